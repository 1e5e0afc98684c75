use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result};
use crowfoot_image::{ImageError, ImageFormat, ImageOptions, Limits, Picks};
use crowfoot_layout::{Scene, SvgOptions};
use crowfoot_schema::{Change, ChangeSet, Diagram, LineColors, Notation, SettingsPatch};

use crate::{
    Outcome, WrongUse, args,
    format::{Format, Guess},
    input,
    progress::Progress,
    report::Reporter,
    schema::Schema,
};

/// Draws a schema.
pub(crate) fn render(options: &args::Render) -> Result<Outcome> {
    let format = format(options)?;
    let mut reporter = Reporter::new(&options.report);
    let progress = Progress::new();
    let input = input::read(&options.input)?;
    let guess =
        options.from.map_or_else(|| Format::of_input(&options.input, &input.text), Guess::Sure);
    progress.say(format!("reading {} as {}", input.name, guess.format().name()));
    let schema = Schema::read(&options.input, input, guess.format())?;

    progress.say("arranging".to_owned());
    let picks = Picks {
        tables: options.tables.clone(),
        groups: options.group.clone(),
        view: options.view.clone(),
    };
    let (mut diagram, part) = picks.cut(&schema.diagram).map_err(|it| WrongUse(it.to_string()))?;
    draw_lines_as(&mut diagram, options);
    let scene = Scene::new(&diagram);

    progress.say(format!("drawing {}", format.ending()));
    let image = ImageOptions {
        look: SvgOptions {
            theme: options.theme.into(),
            part,
            has_ground: !options.transparent,
            has_ref_names: options.ref_names,
            title: title(&options.input, &schema.diagram),
            ..SvgOptions::default()
        },
        scale: options.scale,
        paper: options.paper(),
        limits: Limits::default(),
    };
    let picture = crowfoot_image::render(&scene, format, &image).map_err(|it| match it {
        ImageError::Failed(_) => anyhow::Error::from(it),
        told => WrongUse(told.to_string()).into(),
    })?;
    write(&options.output, &picture)?;
    drop(progress);

    if let Guess::Assumed(format) = guess {
        reporter.warning(&format!(
            "{}: nothing tells the dialect, it was read as {}; say another one with `--from`",
            schema.name(),
            format.name()
        ));
    }
    schema.tell(&mut reporter);
    Ok(reporter.finish(options.report.strict))
}

fn format(options: &args::Render) -> Result<ImageFormat, WrongUse> {
    let path = &options.output;
    match options.format {
        Some(args::Picture::Svg) => return Ok(ImageFormat::Svg),
        Some(args::Picture::Png) => return Ok(ImageFormat::Png),
        Some(args::Picture::Pdf) => return Ok(ImageFormat::Pdf),
        None => {}
    }
    let ending = path.extension().and_then(|it| it.to_str());
    ending.and_then(ImageFormat::of_ending).ok_or_else(|| {
        let what = match ending {
            _ if path == Path::new("-") => "the format of the picture is not known".to_owned(),
            Some(ending) => format!("pictures are not written as `.{ending}`"),
            None => format!("`{}` has no ending that says a format", path.display()),
        };
        WrongUse(format!("{what}, end the file in .svg, .png or .pdf or say it with `--as`"))
    })
}

/// What the picture is of: the diagram's own name, else that of the file.
fn title(path: &Path, diagram: &Diagram) -> String {
    let named = diagram.settings().name.as_ref().map(ToString::to_string);
    let stem = path.file_stem().and_then(|it| it.to_str()).filter(|it| *it != "-");
    named.or_else(|| stem.map(str::to_owned)).unwrap_or_else(|| SvgOptions::default().title)
}

fn draw_lines_as(diagram: &mut Diagram, options: &args::Render) {
    let notation = options.notation.map(|it| match it {
        args::Notation::CrowsFoot => Notation::CrowsFoot,
        args::Notation::Labels => Notation::Labels,
        args::Notation::Idef1x => Notation::Idef1x,
    });
    let line_colors = options.line_colors.map(|it| match it {
        args::LineColors::Ref => LineColors::Ref,
        args::LineColors::Action => LineColors::Action,
        args::LineColors::Group => LineColors::Group,
    });
    let patch = SettingsPatch { notation, line_colors, ..SettingsPatch::default() };
    diagram
        .apply(&ChangeSet::new("look of lines", vec![Change::UpdateSettings { patch }]))
        .expect("any look of lines suits any diagram");
}

fn write(path: &Path, picture: &[u8]) -> Result<()> {
    if path == Path::new("-") {
        let mut out = io::stdout().lock();
        out.write_all(picture)?;
        return Ok(out.flush()?);
    }
    fs::write(path, picture).with_context(|| format!("cannot write `{}`", path.display()))
}

impl args::Render {
    fn paper(&self) -> crowfoot_image::Paper {
        use crowfoot_image::{Orientation, Pages, PaperSize};
        crowfoot_image::Paper {
            size: match self.paper {
                args::Paper::Drawing => PaperSize::Drawing,
                args::Paper::A4 => PaperSize::A4,
                args::Paper::A3 => PaperSize::A3,
                args::Paper::Letter => PaperSize::Letter,
            },
            orientation: match self.orientation {
                args::Orientation::Auto => Orientation::Auto,
                args::Orientation::Portrait => Orientation::Portrait,
                args::Orientation::Landscape => Orientation::Landscape,
            },
            pages: match self.pages {
                args::Pages::One => Pages::One,
                args::Pages::Tiled => Pages::Tiled,
            },
        }
    }
}
