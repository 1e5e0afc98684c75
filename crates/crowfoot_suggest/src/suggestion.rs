use crowfoot_schema::{Cardinality, ColumnId, Dismissal, Table, TableId};
use serde::Serialize;

/// A suggestion is shown from this confidence on, unless somebody says otherwise.
pub const DEFAULT_CONFIDENCE: f64 = 0.55;

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

impl From<&Dismissal> for ExistingKey {
    fn from(dismissal: &Dismissal) -> Self {
        let (from_columns, to_columns) = dismissal.columns.iter().unzip();
        Self { from_columns, to_table: dismissal.to, to_columns }
    }
}

impl Suggestion {
    /// Whether that key of the same table is what it suggests, whatever the order of its columns.
    pub fn is_of(&self, key: &ExistingKey) -> bool {
        let pairs = |from: &[ColumnId], to: &[ColumnId]| {
            let mut pairs: Vec<_> = from.iter().copied().zip(to.iter().copied()).collect();
            pairs.sort_unstable();
            pairs
        };
        key.to_table == self.to_table
            && pairs(&key.from_columns, &key.to_columns)
                == pairs(&self.from_columns, &self.to_columns)
    }
}

/// The type of relationship of a foreign key on those columns, as their uniqueness says it.
pub fn cardinality(table: &Table, columns: &[ColumnId]) -> Cardinality {
    if table.is_unique(columns) { Cardinality::OneToOne } else { Cardinality::ManyToOne }
}
