use std::fmt::Write;

use crate::{Scene, Theme};

/// How a picture is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SvgOptions {
    pub theme: Theme,
    /// Around everything, in pixels.
    pub margin: i32,
}

impl Default for SvgOptions {
    fn default() -> Self {
        Self { theme: Theme::Light, margin: 40 }
    }
}

/// The scene as an SVG document. Text stays text.
pub fn svg(scene: &Scene, options: SvgOptions) -> String {
    let palette = options.theme.palette();
    let frame = scene.bounds().unwrap_or_default().grown(options.margin);
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{} {} {} {}\">",
        frame.x, frame.y, frame.w, frame.h
    );
    let _ = write!(out, "<style>text{{fill:{}}}</style></svg>", palette.text);
    out
}
