use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::ColumnId;

/// Sample rows of a table. They are kept and printed back; nothing else is done with them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Records {
    pub columns: Vec<ColumnId>,
    /// Rows of as many cells as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell of a sample row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Cell {
    /// Nothing was written.
    Empty,
    Null,
    Bool(bool),
    Number(SmolStr),
    Text(String),
    /// A bare or dotted word, such as `Status.active`.
    Word(SmolStr),
    Expr(String),
}
