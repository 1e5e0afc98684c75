//! The scene as a picture in SVG. Text stays text; the geometry is that of the canvas.

use std::fmt::Write;

use crowfoot_schema::Color;

use crate::{
    End, GroupBox, Line, MarkShape, NoteBox, Palette, Pt, Rect, RowFlags, Scene, TableBox, Theme,
    fit_text, mark_shapes,
    sizes::{
        BEND_RADIUS, CORNER_RADIUS, FONT_FAMILY, HEADER_HEIGHT, LABEL_FACE, NULL_WIDTH, PADDING,
        ROW_HEIGHT, TITLE_FACE, TYPE_FACE,
    },
    text_width,
};

/// How a picture is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SvgOptions {
    pub theme: Theme,
    /// Around everything, in pixels.
    pub margin: i32,
    /// Writes the names of refs on their lines.
    pub has_ref_names: bool,
}

impl Default for SvgOptions {
    fn default() -> Self {
        Self { theme: Theme::Light, margin: 40, has_ref_names: false }
    }
}

/// The scene as an SVG document.
pub fn svg(scene: &Scene, options: SvgOptions) -> String {
    let palette = options.theme.palette();
    let frame = scene.bounds().unwrap_or_default().grown(options.margin);
    let mut pen =
        Pen { out: String::with_capacity(4096), palette, has_ref_names: options.has_ref_names };
    pen.open(frame);

    let mut groups: Vec<&GroupBox> = scene.groups().iter().collect();
    groups.sort_by_key(|it| it.id);
    for group in groups {
        pen.group(group);
    }
    for note in scene.notes() {
        pen.note(note);
    }
    let mut lines: Vec<&Line> = scene.lines().map(|it| it.1).collect();
    lines.sort_by_key(|it| it.id);
    pen.raw("<g class=\"lines\" fill=\"none\" stroke-width=\"1.5\">\n");
    for line in &lines {
        pen.line(scene, line);
    }
    pen.raw("</g>\n");
    let mut tables: Vec<&TableBox> = scene.tables().map(|it| it.1).collect();
    tables.sort_by_key(|it| it.id);
    for table in tables {
        pen.table(table);
    }
    pen.raw("</svg>\n");
    pen.out
}

/// Writes the parts of the document.
struct Pen {
    out: String,
    palette: Palette,
    has_ref_names: bool,
}

impl Pen {
    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        self.out.write_fmt(text).expect("writing to a string does not fail");
    }

    fn open(&mut self, frame: Rect) {
        let Rect { x, y, w, h } = frame;
        let p = self.palette;
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"{x} {y} {w} {h}\">\n"
        ));
        self.put(format_args!(
            "<style>text{{font-family:{FONT_FAMILY};font-size:{name}px;fill:{text};white-space:pre}}\
             .title{{font-weight:600;fill:{title}}}.schema{{font-size:{small}px;fill:{schema}}}\
             .key{{font-weight:600}}.type{{font-size:{small}px;fill:{muted}}}\
             .end{{text-anchor:end}}.mid{{text-anchor:middle}}\
             .pk{{fill:{primary}}}.fk{{fill:{foreign}}}.uq{{fill:{unique}}}\
             .badge{{font-size:9px;font-weight:600}}\
             .label{{font-size:{label}px;fill:{muted};paint-order:stroke;stroke:{ground};stroke-width:4px}}\
             </style>\n",
            name = TITLE_FACE.size,
            small = TYPE_FACE.size,
            label = LABEL_FACE.size - 1,
            text = p.text,
            title = p.header_text,
            schema = p.header_muted,
            muted = p.muted,
            primary = p.primary,
            foreign = p.foreign,
            unique = p.unique,
            ground = p.ground,
        ));
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{}\"/>\n",
            p.ground
        ));
    }

    fn group(&mut self, group: &GroupBox) {
        let Rect { x, y, w, h } = group.rect;
        let color = group.color.as_ref().map_or(self.palette.group, Color::as_str);
        self.put(format_args!(
            "<g class=\"group\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"12\" \
             fill=\"{color}\" fill-opacity=\"0.08\" stroke=\"{color}\" stroke-opacity=\"0.45\"/>"
        ));
        self.put(format_args!(
            "<text x=\"{}\" y=\"{}\" style=\"font-weight:600;fill:{color}\">",
            x + 16,
            y + 22
        ));
        self.escaped(&group.name);
        self.raw("</text></g>\n");
    }

    fn note(&mut self, note: &NoteBox) {
        let Rect { x, y, w, h } = note.rect;
        let (fill, ink) = match &note.color {
            Some(color) => (color.as_str().to_owned(), ink_on(color)),
            None => (self.palette.note.to_owned(), self.palette.note_text),
        };
        self.put(format_args!(
            "<g class=\"note\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"4\" fill=\"{fill}\"/>\
             <text x=\"{}\" y=\"{}\" style=\"font-weight:600;fill:{ink}\">",
            x + 10,
            y + 20
        ));
        self.escaped(&fit_text(&note.name, TITLE_FACE, (w - 20) as f32));
        self.raw("</text>");
        for (at, text) in (0..).zip(wrapped(&note.text, (w - 20) as f32)) {
            let baseline = y + 40 + at * 17;
            if baseline > y + h - 6 {
                break;
            }
            self.put(format_args!(
                "<text class=\"type\" x=\"{}\" y=\"{baseline}\" style=\"fill:{ink}\">",
                x + 10
            ));
            self.escaped(&text);
            self.raw("</text>");
        }
        self.raw("</g>\n");
    }

    fn line(&mut self, scene: &Scene, line: &Line) {
        let color = line.color.as_ref().map_or(self.palette.line, Color::as_str).to_owned();
        let dots = if line.is_inactive { " stroke-dasharray=\"2 4\"" } else { "" };
        self.put(format_args!("<g stroke=\"{color}\"><path{dots} d=\""));
        self.rounded(&line.points);
        for end in [&line.from, &line.to] {
            for (a, b) in end.fork_segments() {
                self.put(format_args!("M{} {}L{} {}", a.x, a.y, b.x, b.y));
            }
        }
        self.raw("\"/>");
        for end in [&line.from, &line.to] {
            self.mark(scene, end, &color);
        }
        self.raw("</g>\n");
        if let Some(label) = line.label.as_ref().filter(|_| self.has_ref_names) {
            self.put(format_args!(
                "<text class=\"label mid\" x=\"{}\" y=\"{}\">",
                label.at.x,
                label.at.y - 5.0
            ));
            self.escaped(&label.text);
            self.raw("</text>\n");
        }
    }

    /// A path along some points with its bends rounded.
    fn rounded(&mut self, points: &[Pt]) {
        let Some(first) = points.first() else { return };
        self.put(format_args!("M{} {}", first.x, first.y));
        for at in 1..points.len() {
            let (before, here) = (points[at - 1], points[at]);
            let Some(&after) = points.get(at + 1) else {
                self.put(format_args!("L{} {}", here.x, here.y));
                break;
            };
            let reach = |a: Pt, b: Pt| (a.x - b.x).abs() + (a.y - b.y).abs();
            let radius = BEND_RADIUS.min(reach(before, here) / 2.0).min(reach(here, after) / 2.0);
            let toward = |b: Pt| {
                let length = reach(here, b).max(0.001);
                Pt::new(
                    here.x + (b.x - here.x) / length * radius,
                    here.y + (b.y - here.y) / length * radius,
                )
            };
            let (a, b) = (toward(before), toward(after));
            self.put(format_args!("L{} {}Q{} {} {} {}", a.x, a.y, here.x, here.y, b.x, b.y));
        }
    }

    fn mark(&mut self, scene: &Scene, end: &End, color: &str) {
        let ground = self.palette.ground;
        mark_shapes(end, scene.notation(), |shape| match shape {
            MarkShape::Stroke(a, b) => {
                self.put(format_args!("<path d=\"M{} {}L{} {}\"/>", a.x, a.y, b.x, b.y))
            }
            MarkShape::Circle { center, radius, is_filled } => {
                let fill = if is_filled { color } else { ground };
                self.put(format_args!(
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{radius}\" fill=\"{fill}\"/>",
                    center.x, center.y
                ));
            }
            MarkShape::Diamond { center: Pt { x, y }, radius: r } => self.put(format_args!(
                "<path d=\"M{} {y}L{x} {}L{} {y}L{x} {}Z\" fill=\"{ground}\"/>",
                x - r,
                y - r,
                x + r,
                y + r
            )),
            MarkShape::Text { at, text } => self.put(format_args!(
                "<text class=\"label mid\" x=\"{}\" y=\"{}\">{text}</text>",
                at.x,
                at.y + 4.0
            )),
        });
    }

    fn table(&mut self, table: &TableBox) {
        let Rect { x, y, w, h } = table.rect;
        let p = self.palette;
        let r = CORNER_RADIUS;
        self.put(format_args!(
            "<g class=\"table\"><rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{r}\" fill=\"{}\"/>",
            p.table
        ));
        let (header, title, schema) = match &table.header_color {
            Some(color) => (color.as_str(), ink_on(color), ink_on(color)),
            None => (p.header, p.header_text, p.header_muted),
        };
        let round = if table.rows.is_empty() {
            format!("a{r} {r} 0 0 1 -{r} {r}H{}a{r} {r} 0 0 1 -{r} -{r}", x + r)
        } else {
            format!("H{x}")
        };
        let foot = if table.rows.is_empty() { HEADER_HEIGHT - 2 * r } else { HEADER_HEIGHT - r };
        self.put(format_args!(
            "<path d=\"M{x} {}a{r} {r} 0 0 1 {r} -{r}H{}a{r} {r} 0 0 1 {r} {r}v{foot}{round}Z\" fill=\"{header}\"/>",
            y + r,
            x + w - r,
        ));
        let mut left = (x + PADDING) as f32;
        let baseline = y + 19;
        if let Some(name) = &table.schema {
            self.put(format_args!(
                "<text class=\"schema\" x=\"{left}\" y=\"{baseline}\" style=\"fill:{schema}\">"
            ));
            self.escaped(name);
            self.raw("</text>");
            left += text_width(name, TYPE_FACE) + 6.0;
        }
        self.put(format_args!(
            "<text class=\"title\" x=\"{left:.1}\" y=\"{baseline}\" style=\"fill:{title}\">"
        ));
        self.escaped(&table.title);
        self.raw("</text>");

        for (at, row) in (0..).zip(&table.rows) {
            let top = y + HEADER_HEIGHT + at * ROW_HEIGHT;
            if at > 0 {
                self.put(format_args!("<path d=\"M{x} {top}h{w}\" stroke=\"{}\"/>", p.divider));
            }
            let baseline = top + 15;
            let mark = [
                (RowFlags::PRIMARY, "pk", "PK"),
                (RowFlags::FOREIGN, "fk", "FK"),
                (RowFlags::UNIQUE, "uq", "U"),
            ]
            .into_iter()
            .find(|it| row.flags.has(it.0));
            if let Some((_, class, text)) = mark {
                self.put(format_args!(
                    "<text class=\"badge {class}\" x=\"{}\" y=\"{}\">{text}</text>",
                    x + 9,
                    baseline - 1
                ));
            }
            let key = if row.flags.has(RowFlags::PRIMARY) { " class=\"key\"" } else { "" };
            self.put(format_args!(
                "<text{key} x=\"{}\" y=\"{baseline}\">",
                x + PADDING + crate::sizes::ICON_WIDTH - 4
            ));
            self.escaped(&row.name);
            self.raw("</text>");
            if !row.ty.is_empty() {
                self.put(format_args!(
                    "<text class=\"type end\" x=\"{}\" y=\"{baseline}\">",
                    x + w - PADDING - NULL_WIDTH + 4
                ));
                self.escaped(&row.ty);
                self.raw("</text>");
            }
            if !row.flags.has(RowFlags::NOT_NULL) {
                self.put(format_args!(
                    "<text class=\"type end\" x=\"{}\" y=\"{baseline}\">?</text>",
                    x + w - PADDING + 2
                ));
            }
        }
        self.put(format_args!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{r}\" fill=\"none\" stroke=\"{}\"/></g>\n",
            p.outline
        ));
    }

    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                // What XML cannot hold.
                '\0'..='\u{8}'
                | '\u{b}'
                | '\u{c}'
                | '\u{e}'..='\u{1f}'
                | '\u{fffe}'
                | '\u{ffff}' => self.out.push('\u{fffd}'),
                _ => self.out.push(c),
            }
        }
    }
}

/// Black or white, whichever reads better on a colour (by its relative luminance).
pub(crate) fn ink_on(color: &Color) -> &'static str {
    let channel = |at: usize| {
        let value = u8::from_str_radix(&color.as_str()[at..at + 2], 16).unwrap_or(0);
        let value = f32::from(value) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
    if luminance > 0.4 { "#15191f" } else { "#ffffff" }
}

/// A text in lines of at most that width, broken between words.
fn wrapped(text: &str, width: f32) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if !line.is_empty() && text_width(&longer, LABEL_FACE) > width {
                lines.push(std::mem::replace(&mut line, word.to_owned()));
            } else {
                line = longer;
            }
        }
        lines.push(line);
    }
    lines.iter().map(|it| fit_text(it, LABEL_FACE, width).to_string()).collect()
}
