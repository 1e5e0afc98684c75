//! Keeps diagrams: the application's [`Store`](crowfoot_app::Store) on SQLite.
//!
//! [`SqliteStore`] is one file that needs no set-up. Another database is another module here that
//! passes the same contract (`crowfoot_app::contract`).

mod sqlite;

pub use sqlite::SqliteStore;
