//! Positions in a text and diagnostics about it: what every parser of ours speaks.
//!
//! A parser never fails. It gives [`Parsed`]: the value it could make, and what it has to say about
//! the text as [`Diagnostic`]s that carry byte [`Span`]s. [`LineIndex`] turns those into lines and
//! columns for people.

mod diagnostic;
mod line_index;
mod span;

pub use diagnostic::{Diagnostic, Fix, Parsed, Severity};
pub use line_index::{LineColumn, LineIndex};
pub use span::Span;
