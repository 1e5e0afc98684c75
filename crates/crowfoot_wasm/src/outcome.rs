//! What commands and deliveries come back with.

use std::borrow::Cow;

use crowfoot_schema::{
    Change, ChangeSet, ColumnId, EnumId, GroupId, NoteId, Reason, RefId, Rejected, TableId, ViewId,
};
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
    pub views: Vec<ViewId>,
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
    /// What is dismissed of the suggestions changed.
    pub suggestions: bool,
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

/// The change-set that saves a draft, and what it was made on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftOutgoing {
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

impl Fault {
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), message: message.into(), reasons: Vec::new() }
    }
}

/// The first reason says it for all.
impl From<Rejected> for Fault {
    fn from(rejected: Rejected) -> Self {
        let first = rejected.reasons.first();
        Self {
            code: first.map_or(Cow::Borrowed("schema/rejected"), |it| it.code.clone()),
            message: first.map_or_else(|| rejected.to_string(), |it| it.message.clone()),
            reasons: rejected.reasons,
        }
    }
}

impl Done {
    /// What a command did that changed nothing.
    pub(crate) fn nothing() -> Self {
        Self {
            description: String::new(),
            touched: Touched::default(),
            created: Created::default(),
        }
    }
}

impl Created {
    /// What a change-set makes.
    pub(crate) fn by(changes: &ChangeSet) -> Self {
        let mut created = Self::default();
        for change in &changes.changes {
            match change {
                Change::CreateTable { table } => created.tables.push(table.id),
                Change::CreateColumn { column, .. } => created.columns.push(column.id),
                Change::CreateRef { reference } => created.refs.push(reference.id),
                Change::CreateEnum { item } => created.enums.push(item.id),
                Change::CreateGroup { group } => created.groups.push(group.id),
                Change::CreateNote { note } => created.notes.push(note.id),
                Change::CreateView { view } => created.views.push(view.id),
                _ => {}
            }
        }
        created
    }
}

impl Touched {
    pub(crate) fn everything() -> Self {
        Self {
            enums: true,
            groups: true,
            notes: true,
            settings: true,
            suggestions: true,
            all: true,
            ..Self::default()
        }
    }
}
