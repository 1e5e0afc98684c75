//! The core for the browser: an [`Editor`] that holds a diagram, what is not saved yet, and its
//! scene.
//!
//! `command` and `query` are what may be asked, `plan` turns commands into change-sets, `answer`
//! and `view` make what panels show, `review` keeps what is suggested,
//! `scene` is what the canvas paints. Only `boundary` knows of
//! JavaScript; the rest is plain Rust and is tested natively.

mod answer;
mod boundary;
pub mod command;
pub mod draft;
mod editor;
mod kinship;
pub mod outcome;
mod plan;
pub mod query;
mod review;
pub mod scene;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod typescript;
pub mod view;
mod words;

pub use boundary::WasmEditor;
pub use editor::Editor;
