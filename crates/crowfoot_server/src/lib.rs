//! The application over HTTP: a JSON API, live events, and the web app.
//!
//! A handler reads, calls one use case of [`crowfoot_app`] and answers; what may be done and what
//! is told to whom is not decided here. Errors leave as RFC 9457 problem documents with a stable
//! `code`. [`serve`] runs it all; [`router`] is the same without a socket.

mod extract;
mod guard;
mod headers;
mod problem;
mod router;
mod routes;
mod serve;
mod web;
mod wire;

pub use guard::Hosts;
pub use problem::Problem;
pub use router::{RouterOptions, openapi, router};
pub use serve::{ServeError, ServeOptions, Server, bind, serve, stop_signal};
