use std::fmt::{Arguments, Write};

use crate::{
    Palette, Rect, Scene, SvgOptions, Theme, Typeface, Weight,
    sizes::{FONT_FAMILY, LABEL_FACE, TITLE_FACE, TYPE_FACE},
    text_width,
};

/// How many tables a picture names for those who do not see it.
const NAMED: usize = 12;

/// The marks of rows, each around its middle, as the canvas paints them.
const ICONS: &str = "<defs>\
    <g id=\"pk\"><circle cx=\"-2.4\" r=\"2.6\"/><path d=\"M.2 0H6M3.4 0V2.6M5.6 0V2.2\"/></g>\
    <g id=\"fk\"><rect x=\"-5\" y=\"-1.9\" width=\"6\" height=\"3.8\" rx=\"1.9\"/>\
    <rect x=\"-.6\" y=\"-1.9\" width=\"6\" height=\"3.8\" rx=\"1.9\"/></g>\
    <path id=\"uq\" d=\"M0-3.6L3.6 0 0 3.6-3.6 0Z\"/>\
    <circle id=\"nil\" r=\"2.4\"/>\
    <path id=\"said\" d=\"M-8-5H-2A2 2 0 0 1 0-3V.5A2 2 0 0 1-2 2.5H-4L-7.5 5.5V2.5H-8A2 2 0 0 1-10 .5V-3A2 2 0 0 1-8-5Z\"/>\
    </defs>\n";

/// Writes the parts of a picture.
pub(super) struct Pen<'a> {
    pub(super) out: String,
    pub(super) scene: &'a Scene,
    pub(super) options: &'a SvgOptions,
    pub(super) palette: Palette,
}

/// Where a text stands from its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl<'a> Pen<'a> {
    pub(super) fn new(scene: &'a Scene, options: &'a SvgOptions) -> Self {
        let palette = options.theme.palette();
        Self { out: String::with_capacity(4096), scene, options, palette }
    }

    pub(super) fn is_dark(&self) -> bool {
        self.options.theme == Theme::Dark
    }

    pub(super) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    pub(super) fn put(&mut self, text: Arguments<'_>) {
        self.out.write_fmt(text).expect("writing to a string does not fail");
    }

    /// The head of the document with its styles, marks and ground.
    pub(super) fn open(&mut self, frame: Rect) {
        let Rect { x, y, w, h } = frame;
        let p = self.palette;
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" \
             width=\"{w}\" height=\"{h}\" viewBox=\"{x} {y} {w} {h}\">\n<title id=\"title\">"
        ));
        self.escaped(&self.options.title);
        self.raw("</title>\n<desc id=\"desc\">");
        self.escaped(&self.description());
        self.raw("</desc>\n<style>");
        self.put(format_args!(
            "text{{font-family:{FONT_FAMILY};font-size:{name}px;fill:{text};white-space:pre}}\
             .title,.key{{font-weight:600}}.schema{{font-size:{small}px}}\
             .type{{font-size:{small}px;fill:{muted}}}\
             .group,.mark{{font-size:{label}px;font-weight:600}}\
             .note{{font-size:{label}px}}\
             .end{{text-anchor:end}}.mid{{text-anchor:middle}}\
             .pk{{stroke:{primary}}}.fk{{stroke:{foreign}}}.uq{{stroke:{unique}}}\
             .pk,.fk,.uq{{fill:none;stroke-width:1.4}}\
             .dot{{fill:{foreign}}}\
             .nil{{fill:none;stroke:{muted};stroke-opacity:.7;stroke-width:1.1}}\
             .shadow{{{shadow}}}.body{{fill:{table}}}.rule{{fill:{divider}}}\
             .edge{{fill:none;stroke:{outline}}}\
             .label{{font-size:{label}px;fill:{muted};paint-order:stroke;stroke:{ground};stroke-width:4px}}\
             </style>\n",
            name = TITLE_FACE.size,
            small = TYPE_FACE.size,
            label = LABEL_FACE.size,
            text = p.text,
            muted = p.muted,
            primary = p.primary,
            foreign = p.foreign,
            unique = p.unique,
            shadow =
                if self.is_dark() { "fill-opacity:.35" } else { "fill:#172033;fill-opacity:.07" },
            table = p.table,
            divider = p.divider,
            outline = p.outline,
            ground = p.ground,
        ));
        self.raw(ICONS);
        if self.options.has_ground {
            self.put(format_args!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"{}\"/>\n",
                p.ground
            ));
        }
    }

    /// What there is to see, in a sentence.
    fn description(&self) -> String {
        let part = &self.options.part;
        let mut names: Vec<&str> =
            part.tables(self.scene).iter().map(|it| it.title.as_str()).collect();
        names.sort_unstable();
        let count = |n: usize, thing: &str| format!("{n} {thing}{}", if n == 1 { "" } else { "s" });
        let tables = count(names.len(), "table");
        let refs = count(part.lines(self.scene).len(), "reference");
        let more = if names.len() > NAMED { ", …" } else { "" };
        names.truncate(NAMED);
        match names.as_slice() {
            [] => "No tables".to_owned(),
            names => format!("{tables} with {refs}: {}{more}", names.join(", ")),
        }
    }

    /// A text at its baseline. `class` and `style` may be empty.
    pub(super) fn text(
        &mut self,
        text: &str,
        face: Typeface,
        (x, y): (f32, f32),
        anchor: Anchor,
        (class, style): (&str, &str),
    ) {
        if text.is_empty() {
            return;
        }
        self.raw("<text");
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => "mid",
            Anchor::End => "end",
        };
        if !(class.is_empty() && anchor.is_empty()) {
            let gap = if class.is_empty() || anchor.is_empty() { "" } else { " " };
            self.put(format_args!(" class=\"{class}{gap}{anchor}\""));
        }
        self.put(format_args!(" x=\"{}\" y=\"{}\"", round(x), round(y)));
        if self.options.has_text_lengths {
            let width = round(text_width(text, face));
            self.put(format_args!(" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\""));
        }
        if !style.is_empty() {
            self.put(format_args!(" style=\"{style}\""));
        }
        self.raw(">");
        self.escaped(text);
        self.raw("</text>");
    }

    pub(super) fn escaped(&mut self, text: &str) {
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

/// To a hundredth of a pixel.
pub(super) fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// The faces of the texts that have no name of their own in the sizes.
pub(super) const GROUP_FACE: Typeface =
    Typeface { size: LABEL_FACE.size, weight: Weight::Semibold };
