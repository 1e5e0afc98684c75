//! The core for the browser: an `Editor` that holds a diagram, what is not saved yet, and its
//! scene.

pub mod command;
pub mod outcome;
pub mod query;
pub mod view;

#[cfg(test)]
mod typescript;
