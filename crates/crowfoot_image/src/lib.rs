//! Diagrams as files to look at: SVG with its font, PNG, and PDF over pages.
//!
//! All three are the picture that `crowfoot_layout` prints as SVG. PNG and PDF are made of it piece
//! by piece, a band of rows or a page at a time, each from an SVG that holds only what reaches into
//! the piece: so a large diagram takes time and not memory. Text is set in the Inter that this crate
//! brings; where a script is not in it, the machine's own fonts help out.

mod error;
mod font;
mod paper;
mod pdf;
mod pick;
mod png;
mod svg;
mod tree;

pub use error::ImageError;
pub use paper::{Orientation, Pages, Paper, PaperSize};
pub use pick::{PickError, Picks};

use crowfoot_layout::{Scene, SvgOptions};

/// What kind of file is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    Svg,
    Png,
    Pdf,
}

impl ImageFormat {
    /// The format that a file's ending stands for.
    pub fn of_ending(ending: &str) -> Option<Self> {
        [Self::Svg, Self::Png, Self::Pdf]
            .into_iter()
            .find(|it| it.ending().eq_ignore_ascii_case(ending))
    }

    /// The usual ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }
}

/// How a picture is made.
#[derive(Clone, Debug, PartialEq)]
pub struct ImageOptions {
    /// What is shown, and how it looks.
    pub look: SvgOptions,
    /// Pixels of a PNG for each pixel of the diagram; on tiled paper, the share of its natural size
    /// of 96 pixels to the inch.
    pub scale: f32,
    /// The pages of a PDF.
    pub paper: Paper,
    /// How much is made at most.
    pub limits: Limits,
}

/// How much is made at most; more is refused with a word on what to do instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pixels of a PNG.
    pub pixels: u64,
    /// Pages of a PDF.
    pub pages: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pixels: 400_000_000, pages: 400 }
    }
}

impl Default for ImageOptions {
    fn default() -> Self {
        Self {
            look: SvgOptions::default(),
            scale: 1.0,
            paper: Paper::default(),
            limits: Limits::default(),
        }
    }
}

/// The picture of a scene, as a file.
///
/// # Errors
/// When the scale is no sensible number, or the picture would be larger than the limits allow.
pub fn render(
    scene: &Scene,
    format: ImageFormat,
    options: &ImageOptions,
) -> Result<Vec<u8>, ImageError> {
    if !(options.scale.is_finite() && (MIN_SCALE..=MAX_SCALE).contains(&options.scale)) {
        return Err(ImageError::Scale(options.scale));
    }
    match format {
        ImageFormat::Svg => Ok(svg::render(scene, options).into_bytes()),
        ImageFormat::Png => png::render(scene, options),
        ImageFormat::Pdf => pdf::render(scene, options),
    }
}

/// The least and greatest scale.
pub const MIN_SCALE: f32 = 0.02;
/// The least and greatest scale.
pub const MAX_SCALE: f32 = 8.0;
