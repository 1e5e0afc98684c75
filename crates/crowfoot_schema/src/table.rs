use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{
    Check, CheckId, Color, Column, ColumnId, Extra, GroupId, Index, IndexId, IndexTarget, Point,
    Records, TableId, Uniqueness, patch::patch,
};

/// A table with its columns, indexes and checks, in the order in which people see them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Table {
    #[serde(flatten)]
    pub head: TableHead,
    pub columns: Vec<Column>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Index>>"))]
    pub indexes: Vec<Index>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "ts", ts(optional, as = "Option<Vec<Check>>"))]
    pub checks: Vec<Check>,
}

patch! {
    /// What a table is, apart from the lists of what it holds.
    TableHead: TableId,
    TablePatch {
        name: SmolStr,
        ;
        /// The namespace; none for the database's default one.
        schema: Option<SmolStr>,
        alias: Option<SmolStr>,
        note: Option<String>,
        header_color: Option<Color>,
        group: Option<GroupId>,
        /// The top left corner; none until somebody or the layout placed it.
        position: Option<Point>,
        primary_key: Option<PrimaryKey>,
        /// Sample rows, kept and printed back.
        records: Option<Arc<Vec<Records>>>,
        options: Vec<Extra>,
        extras: Vec<Extra>,
    }
}

/// The columns that name a row, in the order of the key.
///
/// Invariant (held by the diagram): not empty, no column twice, all of them columns of the table.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct PrimaryKey {
    /// The name of the constraint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub name: Option<SmolStr>,
    pub columns: Vec<ColumnId>,
}

impl Table {
    /// A table without columns, unplaced.
    pub fn new(id: TableId, schema: Option<SmolStr>, name: impl Into<SmolStr>) -> Self {
        Self {
            head: TableHead {
                id,
                name: name.into(),
                schema,
                alias: None,
                note: None,
                header_color: None,
                group: None,
                position: None,
                primary_key: None,
                records: None,
                options: Vec::new(),
                extras: Vec::new(),
            },
            columns: Vec::new(),
            indexes: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// The column of that id.
    pub fn column(&self, id: ColumnId) -> Option<&Column> {
        self.columns.iter().find(|it| it.id == id)
    }

    /// The column of exactly that name.
    pub fn column_named(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|it| it.name == name)
    }

    /// The index or unique constraint of that id.
    pub fn index(&self, id: IndexId) -> Option<&Index> {
        self.indexes.iter().find(|it| it.id == id)
    }

    /// The check of that id.
    pub fn check(&self, id: CheckId) -> Option<&Check> {
        self.checks.iter().find(|it| it.id == id)
    }

    /// The columns of the primary key, in its order; empty if there is none.
    pub fn primary_columns(&self) -> &[ColumnId] {
        self.head.primary_key.as_ref().map_or(&[], |key| &key.columns)
    }

    /// Whether the column is part of the primary key.
    pub fn is_primary(&self, column: ColumnId) -> bool {
        self.primary_columns().contains(&column)
    }

    /// Whether a row may leave the column null.
    pub fn is_nullable(&self, column: ColumnId) -> bool {
        !self.is_primary(column) && self.column(column).is_none_or(|it| !it.not_null)
    }

    /// Whether no two rows can agree on those columns: they hold all columns of the primary key, of
    /// a unique constraint, or of a unique index that has no predicate and no expression.
    pub fn is_unique(&self, columns: &[ColumnId]) -> bool {
        let primary = self.primary_columns();
        if !primary.is_empty() && primary.iter().all(|it| columns.contains(it)) {
            return true;
        }
        self.indexes.iter().any(|index| {
            index.uniqueness != Uniqueness::None
                && index.predicate.is_none()
                && !index.parts.is_empty()
                && index.parts.iter().all(|part| match &part.target {
                    IndexTarget::Column(id) => columns.contains(id),
                    IndexTarget::Expr(_) => false,
                })
        })
    }
}

/// `head` is where the fields live; reading `table.name` is what people mean.
impl std::ops::Deref for Table {
    type Target = TableHead;

    fn deref(&self) -> &TableHead {
        &self.head
    }
}

impl std::ops::DerefMut for Table {
    fn deref_mut(&mut self) -> &mut TableHead {
        &mut self.head
    }
}
