use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    CheckId, ColumnId, DismissalId, EnumId, EnumValueId, GroupId, IndexId, NoteId, PartialId,
    RefId, TableId, ViewId,
};

/// Any entity of a diagram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum EntityId {
    Settings,
    Table(TableId),
    Column(ColumnId),
    Index(IndexId),
    Check(CheckId),
    Ref(RefId),
    Enum(EnumId),
    EnumValue(EnumValueId),
    Group(GroupId),
    Note(NoteId),
    View(ViewId),
    Partial(PartialId),
    Dismissal(DismissalId),
}

/// Why one change of a change-set cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Reason {
    /// Which change of the change-set, from 0.
    pub change: usize,
    /// The entity that it is about.
    pub entity: EntityId,
    /// The field that it is about, by its name in JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<Cow<'static, str>>,
    /// A stable name such as `schema/duplicate-table`.
    #[cfg_attr(feature = "ts", ts(as = "String"))]
    pub code: Cow<'static, str>,
    /// What is and what was wanted: lower case first, no full stop, names in backticks.
    pub message: String,
}

/// Why a change-set was not applied. Nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("the change-set cannot be applied: {}", .reasons.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("; "))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Rejected {
    /// At least one.
    pub reasons: Vec<Reason>,
}
