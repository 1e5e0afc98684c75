use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a text: from `start` up to, not including, `end`.
///
/// Texts are limited to 4 GiB, so that a span is eight bytes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The span of the bytes from `start` to `end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty span at a place between two bytes.
    pub const fn at(offset: u32) -> Self {
        Self::new(offset, offset)
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Span) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The bytes of `text` that the span covers; empty if the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// How many bytes it covers.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

#[cfg(test)]
mod tests {
    use super::Span;

    #[test]
    fn a_span_that_does_not_fit_its_text_is_empty() {
        assert_eq!(Span::new(1, 3).of("abcd"), "bc");
        assert_eq!(Span::new(1, 9).of("abcd"), "");
        assert_eq!(Span::new(1, 2).of("é"), "");
    }

    #[test]
    fn the_union_of_spans_does_not_depend_on_order() {
        assert_eq!(Span::new(4, 5).to(Span::new(1, 2)), Span::new(1, 5));
    }
}
