use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A place on the canvas, in pixels at zoom 1; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Point {
    pub x: i32,
    pub y: i32,
}

impl Point {
    /// How far from (0, 0) a place may be in each direction. Beyond it drawing would cost more
    /// than any diagram is worth.
    pub const FARTHEST: i32 = 1_000_000;

    /// Whether it is no farther out than that.
    pub fn is_in_reach(self) -> bool {
        let reach = -Self::FARTHEST..=Self::FARTHEST;
        reach.contains(&self.x) && reach.contains(&self.y)
    }
}

/// A width and a height on the canvas, in pixels at zoom 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Size {
    pub width: i32,
    pub height: i32,
}

impl Size {
    /// Whether neither side is longer than places reach.
    pub fn is_in_reach(self) -> bool {
        Point { x: self.width, y: self.height }.is_in_reach()
    }
}

/// A colour as `#rrggbb` in small letters.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "SmolStr", into = "SmolStr")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
pub struct Color(SmolStr);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no colour, `#rgb` or `#rrggbb` is expected")]
pub struct ColorError(String);

impl Color {
    /// Reads `#rgb` or `#rrggbb`, in either case of letters.
    ///
    /// # Errors
    /// When the text is neither.
    pub fn parse(text: &str) -> Result<Self, ColorError> {
        let digits = text.strip_prefix('#').unwrap_or("").to_ascii_lowercase();
        if !digits.bytes().all(|it| it.is_ascii_hexdigit()) {
            return Err(ColorError(text.to_owned()));
        }
        match digits.len() {
            6 => Ok(Self(SmolStr::from_iter(["#", &digits]))),
            3 => Ok(Self(
                std::iter::once('#').chain(digits.chars().flat_map(|it| [it, it])).collect(),
            )),
            _ => Err(ColorError(text.to_owned())),
        }
    }

    /// The colour as `#rrggbb`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<SmolStr> for Color {
    type Error = ColorError;

    fn try_from(text: SmolStr) -> Result<Self, ColorError> {
        Self::parse(&text)
    }
}

impl From<Color> for SmolStr {
    fn from(color: Color) -> Self {
        color.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Color, Point};

    #[test]
    fn places_have_an_end() {
        assert!(Point { x: -Point::FARTHEST, y: Point::FARTHEST }.is_in_reach());
        assert!(!Point { x: 0, y: Point::FARTHEST + 1 }.is_in_reach());
        assert!(!Point { x: i32::MIN, y: 0 }.is_in_reach());
    }

    #[test]
    fn colours_have_one_spelling() {
        assert_eq!(Color::parse("#AbC").unwrap().as_str(), "#aabbcc");
        assert_eq!(Color::parse("#A1B2C3").unwrap().as_str(), "#a1b2c3");
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "red", "#12", "#12345", "#ggg", "#ééé"] {
            assert!(Color::parse(text).is_err(), "{text}");
        }
    }
}
