//! Foreign keys that a schema means without declaring them.
//!
//! A [`Suggester`] reads a diagram once and then tells for a table, for a table that is being edited,
//! or for the whole diagram, which columns look like foreign keys and to what. Each [`Suggestion`]
//! has a reason in words and a confidence.

mod bounds;
mod candidate;
mod catalog;
mod composite;
mod engine;
mod facts;
mod feature;
mod inflect;
mod kind;
mod lexicon;
mod links;
mod matches;
mod model;
mod name;
mod reason;
mod rules;
mod shape;
mod stem;
mod suggester;
mod suggestion;
mod survey;
mod tally;
mod vocabulary;
mod weigh;
mod weights;
mod word;

pub mod learn;

pub use feature::{Feature, Features, N_FEATURES};
pub use model::{Model, Tree};
pub use rules::with_rules;
pub use suggester::Suggester;
pub use suggestion::{DEFAULT_CONFIDENCE, ExistingKey, Suggestion, cardinality};
pub use weights::Weights;
