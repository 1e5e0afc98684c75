//! What a person asks to be changed, before it is a change-set.

use crowfoot_schema::{
    CheckId, ColumnId, Dialect, EnumId, EnumValueId, GroupId, Increment, IndexId, LineColors,
    Notation, NoteId, Point, RefId, Size, TableId, Uniqueness, ViewId,
};
use serde::{Deserialize, Serialize};

use crate::view::RefForm;

/// One thing that a person does. It becomes one change-set, and one step of undo.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub enum Command {
    /// Makes the ref, or changes the one whose id the form holds.
    SaveRef {
        form: RefForm,
    },
    /// Deletes whatever is named; columns go with their table, refs with theirs.
    Delete {
        things: Selection,
    },
    /// Puts tables and notes where they were dropped.
    Move {
        #[serde(default)]
        #[cfg_attr(test, ts(as = "Option<Vec<PlacedTable>>"))]
        tables: Vec<PlacedTable>,
        #[serde(default)]
        #[cfg_attr(test, ts(as = "Option<Vec<PlacedNote>>"))]
        notes: Vec<PlacedNote>,
    },
    /// Finds places for all tables, or for those that have none.
    Arrange {
        scope: ArrangeScope,
        #[serde(default)]
        #[cfg_attr(test, ts(as = "Option<ArrangeStyle>"))]
        style: ArrangeStyle,
    },
    /// Puts all tables where an arrangement that was made beside the page has them; those that are
    /// gone meanwhile are left out.
    Arranged {
        tables: Vec<PlacedTable>,
    },
    /// Arranges some tables anew where they stand; no other table moves.
    Tidy {
        tables: Vec<TableId>,
        #[serde(default)]
        #[cfg_attr(test, ts(as = "Option<ArrangeStyle>"))]
        style: ArrangeStyle,
    },

    CreateTable {
        fields: TableFields,
        position: Option<Point>,
    },
    UpdateTable {
        id: TableId,
        fields: TableFields,
    },
    /// Puts tables into a group, or out of any.
    SetGroup {
        tables: Vec<TableId>,
        group: Option<GroupId>,
    },

    CreateColumn {
        table: TableId,
        fields: ColumnFields,
        after: Option<ColumnId>,
    },
    UpdateColumn {
        table: TableId,
        id: ColumnId,
        fields: ColumnFields,
    },
    /// None puts it first.
    MoveColumn {
        table: TableId,
        id: ColumnId,
        after: Option<ColumnId>,
    },
    /// Takes the columns' refs with them.
    DeleteColumns {
        table: TableId,
        ids: Vec<ColumnId>,
    },
    /// An empty list removes the primary key.
    SetPrimary {
        table: TableId,
        columns: Vec<ColumnId>,
    },
    /// Makes or removes the unique constraint on one column alone.
    SetUnique {
        table: TableId,
        column: ColumnId,
        unique: bool,
    },

    CreateIndex {
        table: TableId,
        fields: IndexFields,
    },
    UpdateIndex {
        table: TableId,
        id: IndexId,
        fields: IndexFields,
    },
    DeleteIndex {
        table: TableId,
        id: IndexId,
    },
    CreateCheck {
        table: TableId,
        fields: CheckFields,
    },
    UpdateCheck {
        table: TableId,
        id: CheckId,
        fields: CheckFields,
    },
    DeleteCheck {
        table: TableId,
        id: CheckId,
    },

    CreateEnum {
        fields: EnumFields,
    },
    UpdateEnum {
        id: EnumId,
        fields: EnumFields,
    },
    /// Columns of that type keep its name as the text of their type.
    DeleteEnum {
        id: EnumId,
    },
    CreateGroup {
        fields: GroupFields,
        tables: Vec<TableId>,
    },
    UpdateGroup {
        id: GroupId,
        fields: GroupFields,
    },
    /// Its tables stay, in no group.
    DeleteGroup {
        id: GroupId,
    },
    CreateNote {
        fields: NoteFields,
    },
    UpdateNote {
        id: NoteId,
        fields: NoteFields,
    },

    /// Makes a view of those tables, or of all that there is, arranged by itself.
    CreateView {
        fields: ViewFields,
        tables: Vec<TableId>,
    },
    UpdateView {
        id: ViewId,
        fields: ViewFields,
    },
    /// Nothing that it shows is deleted.
    DeleteView {
        id: ViewId,
    },
    /// Has a view show tables, or not show them.
    SetViewed {
        id: ViewId,
        tables: Vec<TableId>,
        is_shown: bool,
    },

    /// Makes refs of suggestions, all in one step.
    AcceptSuggestions {
        keys: Vec<String>,
    },
    /// Has suggestions not made again.
    DismissSuggestions {
        keys: Vec<String>,
    },
    /// Lets suggestions that were dismissed be made again.
    RestoreSuggestions {
        keys: Vec<String>,
    },

    SetNotation {
        notation: Notation,
    },
    SetLineColors {
        by: LineColors,
    },
    SetDialect {
        dialect: Option<Dialect>,
    },
}

/// Entities picked on the canvas or in a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct Selection {
    #[cfg_attr(test, ts(as = "Option<Vec<TableId>>"))]
    pub tables: Vec<TableId>,
    #[cfg_attr(test, ts(as = "Option<Vec<RefId>>"))]
    pub refs: Vec<RefId>,
    #[cfg_attr(test, ts(as = "Option<Vec<NoteId>>"))]
    pub notes: Vec<NoteId>,
    #[cfg_attr(test, ts(as = "Option<Vec<GroupId>>"))]
    pub groups: Vec<GroupId>,
}

/// Fields of a view; those left out stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct ViewFields {
    pub name: Option<String>,
}

/// Where a table is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PlacedTable {
    pub id: TableId,
    pub position: Point,
}

/// Where a note is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct PlacedNote {
    pub id: NoteId,
    pub position: Point,
    pub size: Option<Size>,
}

/// Which tables get new places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ArrangeScope {
    All,
    Unplaced,
}

/// How tables are set: near their relations, or in layers with parents left of children.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ArrangeStyle {
    #[default]
    Compact,
    Layered,
}

/// Fields of a table; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct TableFields {
    pub name: Option<String>,
    pub schema: Option<String>,
    pub alias: Option<String>,
    pub note: Option<String>,
    /// `#rrggbb`.
    pub color: Option<String>,
}

/// Fields of a column; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct ColumnFields {
    pub name: Option<String>,
    /// The text of a type, or the name of an enum of the diagram.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    pub not_null: Option<bool>,
    /// As one types it: `'text'`, `0`, `true`, `null`, `now()`.
    pub default: Option<String>,
    /// `none` removes it.
    #[cfg_attr(test, ts(optional, type = "Increment | 'none'"))]
    pub increment: Option<IncrementField>,
    /// The expression of a generated column.
    pub generated: Option<String>,
    pub note: Option<String>,
}

/// How a column counts up by itself, or that it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum IncrementField {
    None,
    #[serde(untagged)]
    Some(Increment),
}

/// Fields of an index; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct IndexFields {
    pub name: Option<String>,
    pub columns: Option<Vec<ColumnId>>,
    pub uniqueness: Option<Uniqueness>,
    pub method: Option<String>,
    pub predicate: Option<String>,
    pub note: Option<String>,
}

/// Fields of a check; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct CheckFields {
    pub name: Option<String>,
    pub expr: Option<String>,
}

/// Fields of an enum; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct EnumFields {
    pub name: Option<String>,
    pub schema: Option<String>,
    pub note: Option<String>,
    /// All values in their order; those without an id are made, those that are missing deleted.
    pub values: Option<Vec<EnumValueFields>>,
}

/// One value of an enum.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct EnumValueFields {
    pub id: Option<EnumValueId>,
    #[cfg_attr(test, ts(type = "string"))]
    pub name: String,
    pub note: Option<String>,
}

/// Fields of a group; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct GroupFields {
    pub name: Option<String>,
    /// `#rrggbb`.
    pub color: Option<String>,
    pub note: Option<String>,
}

/// Fields of a sticky note; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct NoteFields {
    pub name: Option<String>,
    pub text: Option<String>,
    /// `#rrggbb`.
    pub color: Option<String>,
    pub position: Option<Point>,
    pub size: Option<Size>,
}
