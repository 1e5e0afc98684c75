/// Why a picture was not made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ImageError {
    #[error("the scale {0} is not between {min} and {max}", min = crate::MIN_SCALE, max = crate::MAX_SCALE)]
    Scale(f32),
    #[error(
        "a PNG of {width} x {height} pixels is too large, at most {} million pixels are drawn; \
         with scale {fitting:.2} it would fit, and SVG and PDF have no such limit",
        most / 1_000_000
    )]
    TooManyPixels {
        width: u64,
        height: u64,
        most: u64,
        /// The largest scale that would do, rounded down.
        fitting: f32,
    },
    #[error(
        "a PDF of {pages} pages is too long, at most {most} are made; take a smaller scale, larger \
         paper, or one page"
    )]
    TooManyPages { pages: u64, most: u32 },
    /// A fault of ours or of the machine.
    #[error("the picture could not be made: {0}")]
    Failed(String),
}
