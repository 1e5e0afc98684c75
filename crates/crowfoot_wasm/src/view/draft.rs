use std::collections::BTreeMap;

use crowfoot_schema::{
    Cardinality, CheckId, ColumnId, Deferrable, EntityId, EnumId, GroupId, Increment, IndexId,
    RefId, ReferentialAction, TableId, Uniqueness,
};
use serde::{Deserialize, Serialize};

use super::{RefForm, RefRow, Severity};

/// The table editor as it stands: what the table would be, and what is pending about each row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftView {
    pub table: TableId,
    /// `schema.name`, or the name alone, as the draft has it.
    pub label: String,
    /// The diagram has no such table (any more): saving makes it.
    pub is_new: bool,
    /// Somebody else deleted the table while it was edited here: a conflict asks what to do.
    pub is_dropped: bool,
    pub head: DraftHead,
    /// In the order in which they will stand; removed ones in their old place.
    pub columns: Vec<DraftColumn>,
    /// The columns of the primary key in its order.
    pub primary: Vec<ColumnId>,
    pub indexes: Vec<DraftIndex>,
    pub checks: Vec<DraftCheck>,
    /// Refs whose foreign key this table holds, many-to-many ones too, oldest first.
    pub foreign_keys: Vec<DraftForeignKey>,
    /// Refs of other tables that point here, and whether they go with a column.
    pub referenced_by: Vec<DraftIncoming>,
    pub counts: DraftCounts,
    /// Something would change if it were saved.
    pub is_dirty: bool,
    /// It is dirty, nothing in it is an error, and no conflict is open.
    pub can_save: bool,
    pub can_undo: bool,
    pub can_redo: bool,
    /// A save is under way or waits for the server; editing may go on meanwhile.
    pub is_saving: bool,
    /// Everything there is to say, errors first; those of a row stand in the row too.
    pub problems: Vec<DraftProblem>,
    /// What somebody else saved that does not go with what is pending here.
    pub conflicts: Vec<DraftConflict>,
    /// What the edit that this answers could not do, such as lines of a paste that were not
    /// understood.
    pub notices: Vec<String>,
    /// What somebody else saved to this table since it was opened, newest last.
    pub news: Vec<DraftNews>,
}

/// What is pending about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum RowState {
    Unchanged,
    Added,
    Changed,
    Removed,
}

/// What fields held before, by their names in the row, as one reads them.
pub type Was = BTreeMap<&'static str, String>;

/// The table itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftHead {
    pub state: RowState,
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub was: Was,
    pub problems: Vec<DraftProblem>,
    pub name: String,
    /// Empty for none.
    pub schema: String,
    pub alias: String,
    pub note: String,
    /// `#rrggbb`, empty for none.
    pub color: String,
    pub group: Option<GroupId>,
}

/// A column in the table editor. Texts are empty where there is none.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct DraftColumn {
    pub id: ColumnId,
    pub state: RowState,
    /// `place` is there too, in words, for a column that was moved.
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub was: Was,
    pub problems: Vec<DraftProblem>,
    pub name: String,
    /// The text of the type, an enum by its name.
    #[serde(rename = "type")]
    pub ty: String,
    /// The enum, if the type is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enum_id: Option<EnumId>,
    pub is_primary: bool,
    /// NOT NULL was said; a primary key is never null, said or not.
    pub is_not_null: bool,
    /// Whether no two rows agree on this column alone.
    pub is_unique: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub increment: Option<Increment>,
    /// The default as one types it: `'text'`, `0`, `true`, `null`, `now()`.
    pub default: String,
    /// The expression of a generated column.
    pub generated: String,
    pub note: String,
    /// Whether a foreign key of the draft stands on it.
    pub is_foreign_key: bool,
    /// How many refs of the draft use the column, on either side.
    pub n_refs: usize,
    /// What the column seems to refer to, if it looks like a foreign key and has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<DraftSuggestion>,
}

/// A foreign key that a column looks like.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftSuggestion {
    /// The columns of this table that would form it: more than one for a composite key.
    pub columns: Vec<ColumnId>,
    pub to_table: TableId,
    pub to_columns: Vec<ColumnId>,
    /// `user_id > users.id`.
    pub label: String,
    /// Why, for the person.
    pub reason: String,
    /// Between 0 and 1.
    pub confidence: f64,
}

/// An index or unique constraint in the table editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftIndex {
    pub id: IndexId,
    pub state: RowState,
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub was: Was,
    pub problems: Vec<DraftProblem>,
    /// Empty for none.
    pub name: String,
    pub parts: Vec<DraftPart>,
    /// Its parts as one reads them: `email, created_at DESC`.
    pub label: String,
    pub uniqueness: Uniqueness,
    pub method: String,
    pub predicate: String,
    pub note: String,
}

/// One part of an index's key: a column or an expression.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct DraftPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnId>,
    /// The expression of a part that is no column.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expr: Option<String>,
    /// What follows it: `DESC NULLS LAST`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub modifiers: Option<String>,
}

/// A check constraint in the table editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct DraftCheck {
    pub id: CheckId,
    pub state: RowState,
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub was: Was,
    pub problems: Vec<DraftProblem>,
    /// Empty for none.
    pub name: String,
    pub expr: String,
    /// The column that it was written at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<ColumnId>,
}

/// A foreign key in the table editor, read from this table: `from` is always a column of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftForeignKey {
    pub id: RefId,
    pub state: RowState,
    #[cfg_attr(test, ts(type = "Record<string, string>"))]
    pub was: Was,
    pub problems: Vec<DraftProblem>,
    /// What the ref editor shows and `setForeignKey` takes back, in the ref's own direction.
    pub form: RefForm,
    /// Empty for none.
    pub name: String,
    /// None while no table is picked.
    pub to_table: Option<TableId>,
    pub to_label: String,
    pub pairs: Vec<DraftPair>,
    /// `user_id > users.id`.
    pub label: String,
    /// What it means, as a sentence about rows; empty while it is not complete.
    pub meaning: String,
    /// The ref is written from the other table: `form.toTable` is this one.
    pub is_turned: bool,
    pub cardinality: Cardinality,
    pub on_delete: Option<ReferentialAction>,
    pub on_update: Option<ReferentialAction>,
    pub deferrable: Option<Deferrable>,
    pub inactive: bool,
    /// `#rrggbb`, empty for none.
    pub color: String,
    pub note: String,
}

/// A pair of columns of a foreign key; none where nothing is picked yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftPair {
    pub from: Option<ColumnId>,
    pub from_name: String,
    pub to: Option<ColumnId>,
    pub to_name: String,
}

/// A ref of another table that points here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftIncoming {
    pub row: RefRow,
    /// It goes with a column that the draft drops.
    pub is_removed: bool,
}

/// How much is pending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftCounts {
    /// `2 columns changed, 1 foreign key added, 1 removed`; empty where nothing is pending.
    pub words: String,
    /// The table's own fields that changed.
    pub fields: usize,
    pub columns: DraftTally,
    pub indexes: DraftTally,
    pub checks: DraftTally,
    pub foreign_keys: DraftTally,
    /// Refs of other tables that go along.
    pub incoming_removed: usize,
    /// Suggestions that are not to be made again.
    pub dismissed: usize,
    /// Dismissed suggestions that may be made again.
    pub restored: usize,
}

/// How many rows of a kind are pending, by state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftTally {
    pub added: usize,
    pub changed: usize,
    pub removed: usize,
}

/// Something about the draft that the person should know before saving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct DraftProblem {
    pub entity: EntityId,
    /// The field by its name in the row: `name`, `type`, `pairs`; none for the row as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Which pair of columns of a foreign key, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair: Option<usize>,
    pub severity: Severity,
    /// A stable name such as `schema/duplicate-column-name`.
    pub code: String,
    /// Lower case first, no full stop, names in backticks.
    pub message: String,
}

/// A field, or a whole row, that somebody else changed too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct DraftConflict {
    /// Names it in `resolveConflict`.
    pub id: String,
    pub entity: EntityId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What it is about: `the column users.email`.
    pub label: String,
    /// What they made of it, as one reads it.
    pub theirs: String,
    /// What is pending here, as one reads it.
    pub mine: String,
    /// A stable name such as `conflict/both-changed`.
    pub code: String,
    /// What both did, as a sentence.
    pub words: String,
}

/// Something that somebody else saved to the table while it was edited here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DraftNews {
    pub id: u32,
    /// What changed: `column email renamed to mail`.
    pub words: String,
}
