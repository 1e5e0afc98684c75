//! One handler a file.

pub(crate) mod changes;
pub(crate) mod diagrams;
pub(crate) mod export;
pub(crate) mod health;
pub(crate) mod image;
pub(crate) mod imports;
pub(crate) mod migration;
pub(crate) mod openapi;
pub(crate) mod samples;
pub(crate) mod snapshot;
pub(crate) mod suggestions;
