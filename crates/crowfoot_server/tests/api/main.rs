//! The API as its callers see it: a real server on a free port, asked over HTTP.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod changes;
mod diagrams;
mod durability;
mod events;
mod guards;
mod images;
mod imports;
mod migration;
mod openapi;
mod suggestions;
mod test_app;
mod web;
