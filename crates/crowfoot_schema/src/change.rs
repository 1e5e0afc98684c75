mod anatomy;

use serde::{Deserialize, Serialize};

use crate::{
    Check, CheckId, CheckPatch, Column, ColumnId, ColumnPatch, Dismissal, DismissalId, Enum,
    EnumId, EnumPatch, EnumValue, EnumValueId, EnumValuePatch, Group, GroupId, GroupPatch, Index,
    IndexId, IndexPatch, Note, NoteId, NotePatch, Partial, PartialId, PartialPatch, Placed, Point,
    Ref, RefId, RefPatch, SettingsPatch, Table, TableId, TablePatch, View, ViewId, ViewPatch,
};

pub use anatomy::Verb;
pub(crate) use anatomy::placed;

/// A list of changes that is applied whole or not at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ChangeSet {
    /// What it does, for people: `add ref orders.user_id > users.id`.
    pub description: String,
    /// In the order in which they are applied. Each may use what those before it made; whether
    /// names are unique and ids resolve is judged once, after the last.
    pub changes: Vec<Change>,
}

impl ChangeSet {
    /// A change-set of those changes.
    pub fn new(description: impl Into<String>, changes: Vec<Change>) -> Self {
        Self { description: description.into(), changes }
    }

    /// Whether it changes nothing.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }
}

/// One step of a change-set.
///
/// In lists whose order people see, `after` names the element that the new or moved one follows;
/// none puts it first, and one that is not there (any more) puts it last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "op", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub enum Change {
    UpdateSettings {
        patch: SettingsPatch,
    },

    CreateTable {
        table: Box<Table>,
    },
    UpdateTable {
        id: TableId,
        patch: TablePatch,
    },
    /// Takes the table's refs with it.
    DeleteTable {
        id: TableId,
    },

    CreateColumn {
        table: TableId,
        column: Column,
        after: Option<ColumnId>,
    },
    UpdateColumn {
        table: TableId,
        id: ColumnId,
        patch: ColumnPatch,
    },
    MoveColumn {
        table: TableId,
        id: ColumnId,
        after: Option<ColumnId>,
    },
    /// Takes what the column is part of with it: refs, indexes, the primary key, checks that were
    /// written at it.
    DeleteColumn {
        table: TableId,
        id: ColumnId,
    },

    CreateIndex {
        table: TableId,
        index: Index,
        after: Option<IndexId>,
    },
    UpdateIndex {
        table: TableId,
        id: IndexId,
        patch: IndexPatch,
    },
    MoveIndex {
        table: TableId,
        id: IndexId,
        after: Option<IndexId>,
    },
    DeleteIndex {
        table: TableId,
        id: IndexId,
    },

    CreateCheck {
        table: TableId,
        check: Check,
        after: Option<CheckId>,
    },
    UpdateCheck {
        table: TableId,
        id: CheckId,
        patch: CheckPatch,
    },
    MoveCheck {
        table: TableId,
        id: CheckId,
        after: Option<CheckId>,
    },
    DeleteCheck {
        table: TableId,
        id: CheckId,
    },

    CreateRef {
        reference: Box<Ref>,
    },
    UpdateRef {
        id: RefId,
        patch: Box<RefPatch>,
    },
    DeleteRef {
        id: RefId,
    },

    CreateEnum {
        item: Enum,
    },
    UpdateEnum {
        id: EnumId,
        patch: EnumPatch,
    },
    /// Columns of that type keep its name as the text of their type.
    DeleteEnum {
        id: EnumId,
    },
    CreateEnumValue {
        id: EnumId,
        value: EnumValue,
        after: Option<EnumValueId>,
    },
    UpdateEnumValue {
        id: EnumId,
        value: EnumValueId,
        patch: EnumValuePatch,
    },
    MoveEnumValue {
        id: EnumId,
        value: EnumValueId,
        after: Option<EnumValueId>,
    },
    DeleteEnumValue {
        id: EnumId,
        value: EnumValueId,
    },

    CreateGroup {
        group: Group,
    },
    UpdateGroup {
        id: GroupId,
        patch: GroupPatch,
    },
    /// Its tables stay, in no group.
    DeleteGroup {
        id: GroupId,
    },

    CreateNote {
        note: Note,
    },
    UpdateNote {
        id: NoteId,
        patch: NotePatch,
    },
    DeleteNote {
        id: NoteId,
    },

    CreateView {
        view: View,
    },
    UpdateView {
        id: ViewId,
        patch: ViewPatch,
    },
    DeleteView {
        id: ViewId,
    },
    /// Puts something somewhere in a view, or nowhere; it stands where it did everywhere else.
    PlaceInView {
        id: ViewId,
        thing: Placed,
        position: Option<Point>,
    },

    CreatePartial {
        partial: Box<Partial>,
    },
    UpdatePartial {
        id: PartialId,
        patch: Box<PartialPatch>,
    },
    /// What tables injected from it stays with them as their own.
    DeletePartial {
        id: PartialId,
    },

    /// Has no suggestion made of that foreign key any more.
    DismissSuggestion {
        dismissal: Dismissal,
    },
    /// Lets it be suggested again.
    RestoreSuggestion {
        id: DismissalId,
    },
}
