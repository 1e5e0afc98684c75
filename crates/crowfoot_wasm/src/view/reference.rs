use crowfoot_schema::{
    Cardinality, Color, ColumnId, Deferrable, RefId, ReferentialAction, Side, TableId,
};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// One page of the list of refs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RefRows {
    /// How many there are on all pages.
    pub total: usize,
    pub rows: Vec<RefRow>,
}

/// A ref in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct RefRow {
    pub id: RefId,
    /// `table.column`, or `table.(a, b)` for several columns.
    pub from: String,
    /// `>`, `<`, `-` or `<>`, with `?` on a side that was said to be optional.
    pub symbol: String,
    pub to: String,
    pub from_table: TableId,
    pub to_table: TableId,
    pub cardinality: Cardinality,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SmolStr>,
    /// Left out where it is no action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_delete: Option<ReferentialAction>,
    /// Left out where it is no action.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_update: Option<ReferentialAction>,
    /// Both actions in words where they are not the default: `on delete cascade`.
    #[serde(skip_serializing_if = "String::is_empty")]
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub actions: String,
    pub inactive: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What the ref editor holds while somebody edits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RefForm {
    /// None for a ref that is not made yet.
    pub id: Option<RefId>,
    pub from_table: Option<TableId>,
    pub to_table: Option<TableId>,
    /// At least one pair, possibly of nothing yet.
    pub pairs: Vec<RefPair>,
    pub cardinality: Cardinality,
    /// Which side holds the key of a one-to-one.
    pub key_side: Side,
    /// None follows the columns.
    pub from_optional: Option<bool>,
    /// None follows the columns.
    pub to_optional: Option<bool>,
    pub on_delete: Option<ReferentialAction>,
    pub on_update: Option<ReferentialAction>,
    pub deferrable: Option<Deferrable>,
    /// Empty for none.
    pub name: String,
    /// `#rrggbb`, empty for none.
    pub color: String,
    /// Empty for none.
    pub note: String,
    pub inactive: bool,
}

/// A pair of columns in the ref editor; none where nothing is picked yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RefPair {
    pub from: Option<ColumnId>,
    pub to: Option<ColumnId>,
}

/// What a new ref starts from: what was picked, dragged from or dropped on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct RefSeed {
    pub from_table: Option<TableId>,
    pub from_column: Option<ColumnId>,
    pub to_table: Option<TableId>,
    pub to_column: Option<ColumnId>,
}

/// A form for a new ref, and how sure it is which side is the parent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NewRef {
    pub form: RefForm,
    pub direction: Direction,
    /// Why, or what to choose, in words for the person; empty where there is nothing to say.
    pub message: String,
}

/// How the direction of a new ref was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Direction {
    /// Not both ends are known yet.
    Open,
    /// One end alone is a key: it is the parent.
    Clear,
    /// Both ends are keys: ask which is the parent.
    Ask,
    /// Neither end is a key: no database takes it as a foreign key.
    NoKey,
}

/// Something about a ref form that the person should know before saving.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct RefProblem {
    pub field: RefField,
    /// Which pair of columns, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pair: Option<usize>,
    pub severity: Severity,
    /// A stable name such as `ref/type-mismatch`.
    #[cfg_attr(test, ts(as = "String"))]
    pub code: &'static str,
    /// Lower case first, no full stop, names in backticks.
    pub message: String,
}

/// A field of the ref form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum RefField {
    FromTable,
    ToTable,
    Pairs,
    Cardinality,
    OnDelete,
    OnUpdate,
    Name,
    Color,
}

/// How bad a problem is: an error keeps the form from being saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub enum Severity {
    Error,
    Warning,
    Info,
}

/// A ref with its form and the words that go beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct RefDetail {
    pub row: RefRow,
    pub form: RefForm,
    /// What the ref means, as a sentence about rows.
    pub meaning: String,
}
