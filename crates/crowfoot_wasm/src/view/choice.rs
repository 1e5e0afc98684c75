use crowfoot_schema::{ColumnId, TableId};
use serde::Serialize;
use smol_str::SmolStr;

/// A table in a combobox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TableChoice {
    pub id: TableId,
    /// `schema.name`, or the name alone.
    pub label: String,
    /// The columns of its primary key: `id`, `order_id, line_no`; empty if it has none.
    pub key: String,
    pub n_columns: usize,
}

/// A column in a combobox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub struct ColumnChoice {
    pub id: ColumnId,
    pub name: SmolStr,
    #[serde(rename = "type")]
    pub ty: String,
    pub is_primary: bool,
    pub is_unique: bool,
    /// Whether its type goes with the column that it was asked for; true where none was.
    pub is_compatible: bool,
    /// Why it does not go with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}
