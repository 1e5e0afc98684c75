use serde::{Deserialize, Serialize};

use crate::{ColumnId, ColumnPairs, DismissalId, TableId};

/// A foreign key that was suggested and that somebody does not want to be asked about again.
///
/// It never changes: it is made, and taken back. What two people dismiss at the same time stands
/// twice, which means no more than once.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Dismissal {
    pub id: DismissalId,
    /// The table that would hold the key.
    pub from: TableId,
    pub to: TableId,
    /// The referencing column of each pair first.
    pub columns: ColumnPairs,
}

impl Dismissal {
    /// Whether the table stands on either side.
    pub fn touches(&self, table: TableId) -> bool {
        self.from == table || self.to == table
    }

    /// Whether the column stands on either side.
    pub fn mentions(&self, table: TableId, column: ColumnId) -> bool {
        self.columns.iter().any(|(from, to)| {
            (self.from == table && from == column) || (self.to == table && to == column)
        })
    }

    /// Whether it is about that foreign key, whatever the order of its pairs.
    pub fn is_of(&self, from: TableId, to: TableId, pairs: &[(ColumnId, ColumnId)]) -> bool {
        self.from == from
            && self.to == to
            && self.columns.len() == pairs.len()
            && self.columns.iter().all(|it| pairs.contains(&it))
    }
}
