//! SQL text: reading DDL into a diagram and printing a diagram as DDL.
//!
//! Reading goes lexer, statement splitter, a tolerant grammar with one file a statement kind, and
//! lowering, which plays the statements on a catalog as a database would. A clause that is not
//! needed is skipped or kept in `options`; a statement that is not understood is reported and the
//! next one is read.

mod detect;
mod dialect;
mod foreign;
mod import;
mod lex;
mod lower;
mod migrate;
pub mod option;
mod parse;
mod print;
mod split;

pub use crowfoot_schema::Dialect;
pub use detect::detect;
pub use import::import;
pub use migrate::{Migration, migration};
pub use print::print;
