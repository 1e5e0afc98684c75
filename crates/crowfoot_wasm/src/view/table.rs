use crowfoot_schema::{
    CheckId, Color, ColumnId, EnumId, GroupId, Increment, IndexId, TableId, Uniqueness,
};
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::RefRow;

/// Which tables a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct TableQuery {
    /// Words that must all occur in the table's name, schema, alias or columns.
    #[cfg_attr(test, ts(as = "Option<String>"))]
    pub text: String,
    pub group: Option<GroupId>,
}

/// One page of a list of tables.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TableRows {
    /// How many there are on all pages.
    pub total: usize,
    pub rows: Vec<TableRow>,
}

/// A table in a list, by schema and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct TableRow {
    pub id: TableId,
    /// `schema.name`, or the name alone.
    pub label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schema: Option<SmolStr>,
    pub name: SmolStr,
    pub n_columns: usize,
    pub n_refs: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<Color>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<SmolStr>,
    /// Names of columns that the query's text matched, where the table's own name did not.
    pub matched_columns: Vec<SmolStr>,
}

/// A table as the right panel shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TableView {
    pub id: TableId,
    /// `schema.name`, or the name alone.
    pub label: String,
    pub schema: Option<SmolStr>,
    pub name: SmolStr,
    pub alias: Option<SmolStr>,
    pub note: Option<String>,
    pub color: Option<Color>,
    pub group: Option<GroupId>,
    pub columns: Vec<ColumnView>,
    /// The columns of the primary key in its order.
    pub primary: Vec<ColumnId>,
    pub indexes: Vec<IndexView>,
    pub checks: Vec<CheckView>,
    /// Refs whose foreign key this table holds, many-to-many ones too.
    pub foreign_keys: Vec<RefRow>,
    /// Refs of other tables that point here.
    pub referenced_by: Vec<RefRow>,
}

/// A column as the right panel shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ColumnView {
    pub id: ColumnId,
    pub name: SmolStr,
    /// The text of the type, an enum by its name.
    #[serde(rename = "type")]
    pub ty: String,
    /// The enum, if the type is one.
    pub enum_id: Option<EnumId>,
    pub is_primary: bool,
    /// Whether no two rows agree on this column alone.
    pub is_unique: bool,
    /// NOT NULL was said; a primary key is never null, said or not.
    pub is_not_null: bool,
    pub increment: Option<Increment>,
    /// The default as one types it: `'text'`, `0`, `true`, `null`, `now()`; empty for none.
    pub default: String,
    /// The expression of a generated column; empty for none.
    pub generated: String,
    pub note: Option<String>,
    /// Whether a ref has the column on its referencing side.
    pub is_foreign_key: bool,
    /// How many refs use the column, on either side.
    pub n_refs: usize,
}

/// An index or unique constraint as the right panel shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct IndexView {
    pub id: IndexId,
    pub name: Option<SmolStr>,
    pub uniqueness: Uniqueness,
    pub method: Option<SmolStr>,
    /// Its parts as one reads them: `email`, `created_at DESC`, `lower(email)`.
    pub parts: Vec<String>,
    /// The columns among its parts.
    pub columns: Vec<ColumnId>,
    pub predicate: Option<String>,
    pub note: Option<String>,
}

/// A check constraint as the right panel shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CheckView {
    pub id: CheckId,
    pub name: Option<SmolStr>,
    pub expr: String,
}
