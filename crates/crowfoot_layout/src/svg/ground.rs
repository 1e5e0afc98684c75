//! The grounds of groups, and the notes.

use crowfoot_schema::Color;

use crate::{
    GroupBox, NoteBox, Rect,
    color::{mixed, readable_on},
    fit_text,
    sizes::LABEL_FACE,
    svg::pen::{Anchor, GROUP_FACE, Pen},
    text_width,
};

/// From a note's edge to its text.
const NOTE_PADDING: i32 = 10;
const NOTE_LINE_HEIGHT: i32 = 17;

impl Pen<'_> {
    pub(super) fn ground(&mut self, frame: Rect) {
        for group in self.options.part.groups(self.scene) {
            if group.rect.overlaps(frame) {
                self.group(group);
            }
        }
        for note in self.options.part.notes(self.scene) {
            if note.rect.overlaps(frame) {
                self.note(note);
            }
        }
    }

    fn group(&mut self, group: &GroupBox) {
        let Rect { x, y, w, h } = group.rect;
        let color = group.color.as_ref().map_or(self.palette.group, Color::as_str);
        let (fill, stroke, ink) = if self.is_dark() {
            (0.16, 0.5, mixed(color, "#ffffff", 0.6))
        } else {
            (0.1, 0.4, mixed(color, "#10151d", 0.7))
        };
        self.put(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{w}\" height=\"{h}\" rx=\"10\" fill=\"{color}\" \
             fill-opacity=\"{fill}\" stroke=\"{color}\" stroke-opacity=\"{stroke}\"/>",
            x as f32 + 0.5,
            y as f32 + 0.5,
        ));
        let at = ((x + 12) as f32, (y + 19) as f32);
        let ink = format!("fill:{ink}");
        self.text(&group.name, GROUP_FACE, at, Anchor::Start, ("group", &ink));
        self.raw("\n");
    }

    fn note(&mut self, note: &NoteBox) {
        let Rect { x, y, w, h } = note.rect;
        let fill = match (&note.color, self.is_dark()) {
            (None, _) => self.palette.note.to_owned(),
            (Some(color), true) => mixed(color.as_str(), "#1b212a", 0.45),
            (Some(color), false) => mixed(color.as_str(), "#ffffff", 0.55),
        };
        let ink = if note.color.is_none() || self.is_dark() {
            self.palette.note_text
        } else {
            readable_on("#ffffff")
        };
        self.put(format_args!(
            "<rect class=\"shadow\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"4\"/>\
             <rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"4\" fill=\"{fill}\"/>",
            x - 1,
            y + 1,
            w + 2,
            h + 2,
        ));
        let style = format!("fill:{ink}");
        for (at, text) in (0..).zip(wrapped(&note.text, (w - 2 * NOTE_PADDING) as f32)) {
            let baseline = y + NOTE_PADDING + 10 + at * NOTE_LINE_HEIGHT;
            if baseline > y + h - 3 {
                break;
            }
            let at = ((x + NOTE_PADDING) as f32, baseline as f32);
            self.text(&text, LABEL_FACE, at, Anchor::Start, ("note", &style));
        }
        self.raw("\n");
    }
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
