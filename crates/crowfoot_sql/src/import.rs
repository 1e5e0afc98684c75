//! From SQL text to a diagram.

use crowfoot_schema::{Diagram, Dialect, IdMint};
use crowfoot_text::{Parsed, Span};

use crate::lower::Catalog;

/// Reads the DDL of a text into a diagram.
///
/// It never fails: what could not be understood is told in the diagnostics, the rest is in the
/// diagram.
pub fn import(dialect: Dialect, text: &str, mint: &mut IdMint) -> Parsed<Diagram> {
    let mut catalog = Catalog::new(dialect, text);
    catalog.play_all(Span::new(0, u32::try_from(text.len()).unwrap_or(u32::MAX)));
    catalog.finish(mint)
}
