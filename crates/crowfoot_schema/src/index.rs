use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{ColumnId, Extra, IndexId, PartialId, patch::patch};

patch! {
    /// An index or a unique constraint of a table.
    Index: IndexId,
    IndexPatch {
        parts: Vec<IndexPart>,
        ;
        name: Option<SmolStr>,
        uniqueness: Uniqueness,
        /// The access method in small letters: `btree`, `hash`, `gin`, `fulltext` ...
        method: Option<SmolStr>,
        /// The condition of a partial index, without WHERE.
        predicate: Option<String>,
        /// Columns that are stored in the index without being part of its key.
        include: Vec<ColumnId>,
        note: Option<String>,
        partial: Option<PartialId>,
        options: Vec<Extra>,
        extras: Vec<Extra>,
    }
}

impl Index {
    /// An index of nothing but those parts.
    pub fn new(id: IndexId, uniqueness: Uniqueness, parts: Vec<IndexPart>) -> Self {
        Self {
            id,
            parts,
            name: None,
            uniqueness,
            method: None,
            predicate: None,
            include: Vec::new(),
            note: None,
            partial: None,
            options: Vec::new(),
            extras: Vec::new(),
        }
    }

    /// The columns of its key, without its expressions.
    pub fn columns(&self) -> impl Iterator<Item = ColumnId> + '_ {
        self.parts.iter().filter_map(|part| match part.target {
            IndexTarget::Column(id) => Some(id),
            IndexTarget::Expr(_) => None,
        })
    }

    /// Whether it holds the column, in its key or beside it.
    pub fn mentions(&self, column: ColumnId) -> bool {
        self.columns().any(|it| it == column) || self.include.contains(&column)
    }
}

/// Whether an index lets two rows agree, and how that was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Uniqueness {
    #[default]
    None,
    /// CREATE UNIQUE INDEX.
    Index,
    /// A UNIQUE constraint of the table; on one column and without a name, DBML's `unique`.
    Constraint,
}

/// One part of an index's key.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct IndexPart {
    pub target: IndexTarget,
    /// What follows the column as it was written: `DESC NULLS LAST`, `(10)`, `text_pattern_ops`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub modifiers: Option<SmolStr>,
}

/// What a part of an index's key is.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum IndexTarget {
    Column(ColumnId),
    /// An expression as it was written, without outer parentheses.
    Expr(String),
}

impl IndexPart {
    /// A column without modifiers.
    pub fn column(id: ColumnId) -> Self {
        Self { target: IndexTarget::Column(id), modifiers: None }
    }
}
