//! Foreign keys that a schema means without declaring them.
//!
//! A [`Suggester`] reads a diagram once and then tells for a table, for a table that is being edited,
//! or for the whole diagram, which columns look like foreign keys and to what. Each [`Suggestion`]
//! has a reason in words and a confidence.

mod inflect;
mod kind;
mod suggester;
mod suggestion;
mod word;

pub use suggester::Suggester;
pub use suggestion::{DEFAULT_CONFIDENCE, ExistingKey, Suggestion};
