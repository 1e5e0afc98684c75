use smol_str::SmolStr;

use crate::font;

/// A way in which text is set. Everything on the canvas is in the font family Inter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typeface {
    /// In pixels.
    pub size: u8,
    pub weight: Weight,
}

/// How bold the glyphs are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// CSS weight 400.
    Regular,
    /// CSS weight 600.
    Semibold,
}

impl Weight {
    /// The number that CSS knows it by.
    pub const fn css(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Semibold => 600,
        }
    }
}

/// How wide a text is when set so, in pixels.
pub fn text_width(text: &str, face: Typeface) -> f32 {
    let advance: u32 = text.chars().map(|it| advance(it, face.weight)).sum();
    advance as f32 * f32::from(face.size) / 1000.0
}

/// The text itself if it fits into that width, else as much of it as does and an ellipsis.
pub fn fit_text(text: &str, face: Typeface, width: f32) -> SmolStr {
    if text_width(text, face) <= width {
        return SmolStr::new(text);
    }
    let room = (width - text_width("…", face)) * 1000.0 / f32::from(face.size);
    let mut used = 0.0;
    let mut fitted = String::new();
    for c in text.chars() {
        used += advance(c, face.weight) as f32;
        if used > room {
            break;
        }
        fitted.push(c);
    }
    fitted.push('…');
    SmolStr::from(fitted)
}

/// The advance of a character in thousandths of the font size, estimated generously by script
/// where the table ends.
fn advance(c: char, weight: Weight) -> u32 {
    let table = match weight {
        Weight::Regular => &font::REGULAR,
        Weight::Semibold => &font::SEMIBOLD,
    };
    let known = u32::from(c)
        .checked_sub(font::FIRST)
        .and_then(|at| table.get(at as usize))
        .map_or(0, |&it| u32::from(it));
    match u32::from(c) {
        _ if known > 0 => known,
        // Control characters, combining marks, joiners and variation selectors take no room.
        0..0x20 | 0x7f..0xa0 | 0x300..0x370 | 0x200b..0x2010 | 0xfe00..0xfe10 => 0,
        0x2026 => 960,
        0x180..0x1100 | 0x1e00..0x2e80 => 700,
        // East Asian scripts and pictures are square.
        _ => 1050,
    }
}

#[cfg(test)]
mod tests {
    use super::{Typeface, Weight, fit_text, text_width};

    const FACE: Typeface = Typeface { size: 10, weight: Weight::Regular };

    #[test]
    fn widths_add_up() {
        assert_eq!(text_width("", FACE), 0.0);
        assert!(text_width("iii", FACE) < text_width("www", FACE));
        assert!((text_width("aa", FACE) - 2.0 * text_width("a", FACE)).abs() < 0.01);
        assert_eq!(text_width("表", FACE), 10.5);
    }

    #[test]
    fn long_text_ends_in_an_ellipsis_and_fits() {
        assert_eq!(fit_text("id", FACE, 40.0), "id");
        for width in [12.0, 30.0, 55.5] {
            let text = fit_text("customer_identification_number", FACE, width);
            assert!(text.ends_with('…') && text_width(&text, FACE) <= width, "{text}");
        }
    }
}
