//! The scene as a picture in SVG: what the canvas paints at zoom 1, without its grid. Text stays
//! text.

mod ground;
mod lines;
mod part;
mod pen;
mod tables;

pub use part::Part;

use crate::{Rect, Scene, Theme, svg::pen::Pen};

/// How a picture is to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SvgOptions {
    pub theme: Theme,
    /// What of the scene is drawn.
    pub part: Part,
    /// Around everything that is drawn, in pixels.
    pub margin: i32,
    /// The rectangle that is seen, instead of all that is drawn with its margin. What does not reach
    /// into it is left out.
    pub frame: Option<Rect>,
    /// Paints the ground behind everything; else it is transparent.
    pub has_ground: bool,
    /// Writes the names of refs on their lines.
    pub has_ref_names: bool,
    /// Says how wide each text is, so that nothing overflows where another font is shown.
    pub has_text_lengths: bool,
    /// What the picture is of, for those who do not see it.
    pub title: String,
}

impl Default for SvgOptions {
    fn default() -> Self {
        Self {
            theme: Theme::Light,
            part: Part::All,
            margin: 40,
            frame: None,
            has_ground: true,
            has_ref_names: false,
            has_text_lengths: true,
            title: "Entity-relationship diagram".to_owned(),
        }
    }
}

impl SvgOptions {
    /// What is seen of a scene, in its pixels; at least one pixel in each direction.
    pub fn frame(&self, scene: &Scene) -> Rect {
        let all = || self.part.bounds(scene).unwrap_or_default().grown(self.margin);
        let Rect { x, y, w, h } = self.frame.unwrap_or_else(all);
        Rect { x, y, w: w.max(1), h: h.max(1) }
    }
}

/// The scene as an SVG document.
pub fn svg(scene: &Scene, options: &SvgOptions) -> String {
    let frame = options.frame(scene);
    let mut pen = Pen::new(scene, options);
    pen.open(frame);
    pen.ground(frame);
    pen.lines(frame);
    pen.tables(frame);
    pen.raw("</svg>\n");
    pen.out
}
