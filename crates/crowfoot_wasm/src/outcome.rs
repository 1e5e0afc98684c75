//! What commands and deliveries come back with.

use std::borrow::Cow;

use crowfoot_schema::{ChangeSet, ColumnId, EnumId, GroupId, NoteId, Reason, RefId, TableId};
use serde::Serialize;

/// What a command did: a change-set that is applied here and waits to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Done {
    /// What it did, for people: `delete ref orders.user_id > users.id`. Empty if it did nothing.
    pub description: String,
    pub touched: Touched,
    /// The entities that it made.
    pub created: Created,
}

/// Ids of what a command made, for the panel that opens next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Created {
    pub tables: Vec<TableId>,
    pub columns: Vec<ColumnId>,
    pub refs: Vec<RefId>,
    pub enums: Vec<EnumId>,
    pub groups: Vec<GroupId>,
    pub notes: Vec<NoteId>,
}

/// Which view models are stale. A table is touched when it, what it holds, or a ref of it changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Touched {
    pub tables: Vec<TableId>,
    pub refs: Vec<RefId>,
    pub enums: bool,
    pub groups: bool,
    pub notes: bool,
    pub settings: bool,
    /// Nothing but places changed: lists and panels need not ask again.
    pub moved: bool,
    /// Everything may have changed.
    pub all: bool,
}

/// A change-set that waits to be sent, and what it was made on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Outgoing {
    /// Names it among those that wait; the caller gives it a key for the server.
    pub ticket: u32,
    pub base: u64,
    pub change_set: ChangeSet,
}

/// What a change-set from the server did to the diagram here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Received {
    pub touched: Touched,
    /// Own changes that no longer fit and were taken back, in words.
    pub dropped: Vec<Dropped>,
}

/// An own change that was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Dropped {
    pub ticket: u32,
    pub description: String,
    /// Why, one reason a line.
    pub reasons: Vec<String>,
}

/// What undo and redo would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct History {
    /// What undo takes back, in words; none if there is nothing.
    pub undo: Option<String>,
    pub redo: Option<String>,
}

/// Why a command or a question failed. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Fault {
    /// A stable name such as `schema/duplicate-table-name`.
    #[cfg_attr(test, ts(as = "String"))]
    pub code: Cow<'static, str>,
    pub message: String,
    /// What the diagram has against the change-set, if that is why.
    pub reasons: Vec<Reason>,
}
