//! SVG, read again to be drawn as pixels or on pages.

use std::sync::{Arc, OnceLock};

use crowfoot_layout::{Rect, Scene, SvgOptions, svg};
use resvg::usvg::{FontResolver, Options, Tree, fontdb::Database};

use crate::{ImageError, font};

/// What of the picture reaches into a rectangle of it.
pub(crate) fn piece(scene: &Scene, look: &SvgOptions, frame: Rect) -> Result<Tree, ImageError> {
    let look = SvgOptions { frame: Some(frame), has_text_lengths: false, ..look.clone() };
    parse(&svg(scene, &look))
}

pub(crate) fn parse(text: &str) -> Result<Tree, ImageError> {
    let fallback = FontResolver::default_fallback_selector();
    let options = Options {
        font_family: "Inter".to_owned(),
        fontdb: bundled(),
        font_resolver: FontResolver {
            select_font: FontResolver::default_font_selector(),
            select_fallback: Box::new(move |c, used, fonts| {
                *fonts = with_system_fonts();
                fallback(c, used, fonts)
            }),
        },
        ..Options::default()
    };
    Tree::from_str(text, &options).map_err(|it| ImageError::Failed(it.to_string()))
}

fn bundled() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    Arc::clone(FONTS.get_or_init(|| {
        let mut fonts = Database::new();
        fonts.load_font_data(font::REGULAR.to_vec());
        fonts.load_font_data(font::SEMIBOLD.to_vec());
        fonts.set_sans_serif_family("Inter");
        Arc::new(fonts)
    }))
}

/// Our fonts, under the same numbers, and those of the machine: for scripts that ours lack.
fn with_system_fonts() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    Arc::clone(FONTS.get_or_init(|| {
        let mut fonts = Database::clone(&bundled());
        fonts.load_system_fonts();
        Arc::new(fonts)
    }))
}
