use crowfoot_schema::{CheckId, ColumnId, EntityId, GroupId, IndexId, RefId, Uniqueness};
use serde::Deserialize;

use crate::{
    command::IncrementField,
    view::{DraftPart, RefForm},
};

/// One thing that a person does in the table editor. It is one step of the draft's undo.
///
/// Edits are not judged: a name may be empty or taken, and the view says what is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "edit", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub enum DraftEdit {
    SetName {
        name: String,
    },
    /// Empty for the database's default one.
    SetSchema {
        schema: String,
    },
    SetAlias {
        alias: String,
    },
    SetNote {
        note: String,
    },
    /// `#rrggbb`, empty for none.
    SetColor {
        color: String,
    },
    SetGroup {
        #[cfg_attr(test, ts(optional = false))]
        group: Option<GroupId>,
    },

    /// Last unless it is said what it follows.
    AddColumn {
        after: Option<ColumnId>,
        #[serde(default)]
        #[cfg_attr(test, ts(as = "Option<DraftColumnFields>"))]
        fields: DraftColumnFields,
    },
    SetColumn {
        id: ColumnId,
        fields: DraftColumnFields,
    },
    /// None puts it first.
    MoveColumn {
        id: ColumnId,
        #[cfg_attr(test, ts(optional = false))]
        after: Option<ColumnId>,
    },
    /// Takes along what is built on it, refs of other tables too: ask `refsThatGo` first.
    DropColumn {
        id: ColumnId,
    },
    /// Takes the drop of a column back, with what went along.
    RestoreColumn {
        id: ColumnId,
    },
    /// Rows of a spreadsheet, DBML column lines or SQL column lines: several columns at once.
    PasteColumns {
        after: Option<ColumnId>,
        text: String,
    },
    /// The columns of the primary key in its order; an empty list removes it.
    SetPrimary {
        columns: Vec<ColumnId>,
    },

    /// Brings a changed row back to what it was; of the table itself, the field that is named as in
    /// its `was`, or all of them.
    Revert {
        entity: EntityId,
        field: Option<String>,
    },

    AddIndex {
        fields: DraftIndexFields,
    },
    SetIndex {
        id: IndexId,
        fields: DraftIndexFields,
    },
    /// None puts it first.
    MoveIndex {
        id: IndexId,
        #[cfg_attr(test, ts(optional = false))]
        after: Option<IndexId>,
    },
    DropIndex {
        id: IndexId,
    },
    RestoreIndex {
        id: IndexId,
    },

    AddCheck {
        fields: DraftCheckFields,
    },
    SetCheck {
        id: CheckId,
        fields: DraftCheckFields,
    },
    DropCheck {
        id: CheckId,
    },
    RestoreCheck {
        id: CheckId,
    },

    /// The form may lack an end or a column still; saving waits for it.
    AddForeignKey {
        form: RefForm,
    },
    SetForeignKey {
        id: RefId,
        form: RefForm,
    },
    DropForeignKey {
        id: RefId,
    },
    RestoreForeignKey {
        id: RefId,
    },
    /// Turns the suggestion that stands beside a column into a pending foreign key.
    AcceptSuggestion {
        column: ColumnId,
    },
    /// Has what stands beside a column not suggested again. Like all edits it waits for the save:
    /// the column may not be in the diagram yet, and discarding leaves no trace.
    DismissSuggestion {
        column: ColumnId,
    },
}

/// Fields of a column in the table editor; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct DraftColumnFields {
    pub name: Option<String>,
    /// The text of a type, or the name of an enum of the diagram.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    pub is_primary: Option<bool>,
    pub is_not_null: Option<bool>,
    pub is_unique: Option<bool>,
    /// `none` removes it.
    #[cfg_attr(test, ts(optional, type = "Increment | 'none'"))]
    pub increment: Option<IncrementField>,
    /// As one types it: `'text'`, `0`, `true`, `null`, `now()`.
    pub default: Option<String>,
    /// The expression of a generated column.
    pub generated: Option<String>,
    pub note: Option<String>,
}

/// Fields of an index in the table editor; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct DraftIndexFields {
    pub name: Option<String>,
    pub parts: Option<Vec<DraftPart>>,
    pub uniqueness: Option<Uniqueness>,
    pub method: Option<String>,
    pub predicate: Option<String>,
    pub note: Option<String>,
}

/// Fields of a check in the table editor; those left out stay as they are, an empty text removes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct DraftCheckFields {
    pub name: Option<String>,
    pub expr: Option<String>,
}

/// Which of two values a conflict ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum ConflictChoice {
    Theirs,
    Mine,
}

/// What the table editor wants of the draft of a table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "call", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum DraftCall {
    /// Begins a draft, unless there is one.
    Open,
    View,
    Edit {
        edit: DraftEdit,
    },
    Undo,
    Redo,
    Discard,
    Resolve {
        conflict: String,
        choice: ConflictChoice,
    },
    /// The person has read the news.
    DismissNews,
}
