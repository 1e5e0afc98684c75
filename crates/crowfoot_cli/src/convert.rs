use std::{
    fs,
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result};

use crate::{
    Outcome, WrongUse, args,
    format::{Format, Guess},
    input,
    progress::Progress,
    report::Reporter,
    schema::Schema,
};

/// Reads one format and writes another.
pub(crate) fn convert(options: &args::Convert) -> Result<Outcome> {
    if options.to.is_none() && is_standard(&options.output) {
        return Err(WrongUse(
            "the format of the output is not known, say it with `--to`".to_owned(),
        )
        .into());
    }
    let mut reporter = Reporter::new(&options.report);
    let progress = Progress::new();
    let input = input::read(&options.input)?;
    let guess =
        options.from.map_or_else(|| Format::of_input(&options.input, &input.text), Guess::Sure);
    progress.say(format!("reading {} as {}", input.name, guess.format().name()));
    let schema = Schema::read(&options.input, input, guess.format())?;
    let format = match options.to {
        Some(format) => format,
        None => Format::of_output(&options.output, &schema.diagram)?,
    };
    progress.say(format!("writing {}", format.name()));
    let printed = format.print(&schema.diagram, options.theme);
    write(&options.output, &printed.text)?;
    drop(progress);

    if let Guess::Assumed(format) = guess {
        reporter.warning(&format!(
            "{}: nothing tells the dialect, it was read as {}; say another one with `--from`",
            schema.name(),
            format.name()
        ));
    }
    schema.tell(&mut reporter);
    reporter.notices(&printed.notices);
    Ok(reporter.finish(options.report.strict))
}

fn is_standard(path: &Path) -> bool {
    path == Path::new("-")
}

fn write(path: &Path, text: &str) -> Result<()> {
    if is_standard(path) {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        return Ok(out.flush()?);
    }
    fs::write(path, text).with_context(|| format!("cannot write `{}`", path.display()))
}
