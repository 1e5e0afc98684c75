use crowfoot_schema::{Cardinality, ColumnId, TableId};
use serde::Serialize;

/// The foreign keys that the diagram seems to mean without declaring them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SuggestionReview {
    /// By target, then by what would refer to it.
    pub rows: Vec<SuggestionRow>,
    /// Those that were dismissed, in the same order.
    pub dismissed: Vec<SuggestionRow>,
    pub n_tables: usize,
    /// How many tables are still to be looked at. Of those, and of the rows that touch them, what is
    /// here may be stale.
    pub n_waiting: usize,
    /// The diagram declares few foreign keys for its tables and there are some to suggest: worth
    /// offering a review to whoever has just imported it.
    pub is_worth_offering: bool,
}

/// A suggested foreign key.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SuggestionRow {
    /// Names it in commands; the same for the same columns, whenever it is suggested.
    pub key: String,
    pub from_table: TableId,
    pub from_columns: Vec<ColumnId>,
    pub to_table: TableId,
    pub to_columns: Vec<ColumnId>,
    /// `orders.customer_id`, or `orders.(a, b)`.
    pub from: String,
    pub to: String,
    /// The operator between them.
    pub symbol: &'static str,
    pub cardinality: Cardinality,
    /// Between 0 and 1; 0 for one that was dismissed and would not be suggested any more.
    pub confidence: f64,
    /// Why, as one clause; empty for one that would not be suggested any more.
    pub reason: String,
}

/// How many foreign keys are suggested for a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SuggestionCount {
    pub table: TableId,
    pub n: usize,
}
