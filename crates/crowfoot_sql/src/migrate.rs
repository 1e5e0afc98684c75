//! Two diagrams as the script that leads a database from one to the other.
//!
//! The script runs on a database as our own export of the older diagram made it, and leaves one as
//! our export of the newer diagram would make it. Ids are stable, so a new name is a rename and not
//! a loss.
//!
//! Three diagrams are planned as for printing and compared piece by piece: the older one; the same
//! under the newer one's names; and the newer one. From the first to the second things are renamed,
//! from the second to the third they are dropped, altered and made. Pieces are compared in the
//! target's words, so what the target cannot see changes nothing.

mod expression;
mod mysql;
mod postgresql;
mod rename;
mod risk;
mod script;
mod shape;
mod sqlite;
mod survivor;
mod touched;

use crowfoot_schema::{Diagram, Printed};

use crate::Dialect;

/// A script and the one that undoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Leads from the older diagram to the newer one.
    pub up: Printed,
    /// Leads back. Data that the way up drops does not come back with it.
    pub down: Printed,
}

/// The scripts that lead a database from one diagram to another and back.
///
/// What loses data, what may fail on the rows that are there and what the dialect cannot do is told
/// in the notices. A script of changes that a database does not see, such as places on the canvas,
/// holds a remark that says so and nothing else.
pub fn migration(dialect: Dialect, before: &Diagram, after: &Diagram) -> Migration {
    let (after, notices) = survivor::follow_renames(before, after);
    let mut up = plan(dialect, before, &after);
    up.notices.splice(0..0, notices);
    Migration { up, down: plan(dialect, &after, before) }
}

fn plan(dialect: Dialect, before: &Diagram, after: &Diagram) -> Printed {
    match dialect {
        Dialect::PostgreSql => postgresql::plan(before, after),
        Dialect::Sqlite => sqlite::plan(before, after),
        Dialect::MySql => mysql::plan(before, after),
    }
}
