use crowfoot_schema::{Cardinality, ColumnId, Table, TableId};
use serde::Serialize;

/// A suggestion is shown from this confidence on, unless somebody says otherwise.
pub const DEFAULT_CONFIDENCE: f64 = 0.5;

/// A foreign key that the schema seems to mean and does not declare.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Suggestion {
    /// The table that would hold the key.
    pub from_table: TableId,
    /// Its columns, in the order of `to_columns`.
    pub from_columns: Vec<ColumnId>,
    pub to_table: TableId,
    /// A primary or unique key of the target.
    pub to_columns: Vec<ColumnId>,
    /// One-to-one where the columns are unique in their table, else many-to-one.
    pub cardinality: Cardinality,
    /// Whether a row may go without a target: one of the columns is nullable.
    pub is_optional: bool,
    /// How likely it is right, from 0 to 1.
    pub confidence: f64,
    /// Why, in words, as one clause without a full stop.
    pub reason: String,
}

/// A foreign key that exists already or is about to, whatever holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingKey {
    pub from_columns: Vec<ColumnId>,
    pub to_table: TableId,
    pub to_columns: Vec<ColumnId>,
}

/// The type of relationship and its optionality, as the columns say them.
pub(crate) fn cardinality(table: &Table, columns: &[ColumnId]) -> (Cardinality, bool) {
    let cardinality =
        if table.is_unique(columns) { Cardinality::OneToOne } else { Cardinality::ManyToOne };
    (cardinality, columns.iter().any(|it| table.is_nullable(*it)))
}
