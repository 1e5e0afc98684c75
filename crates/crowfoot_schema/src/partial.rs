use std::sync::Arc;

use smol_str::SmolStr;

use crate::{Check, Color, Column, Extra, Index, PartialId, patch::patch};

patch! {
    /// A table partial: definitions that tables inject. Tables hold copies of what they injected,
    /// marked with the partial's id.
    Partial: PartialId,
    PartialPatch {
        name: SmolStr,
        columns: Arc<Vec<Column>>,
        ;
        indexes: Arc<Vec<Index>>,
        checks: Arc<Vec<Check>>,
        /// Columns of the partial that are its primary key, in order.
        primary_columns: Vec<crate::ColumnId>,
        header_color: Option<Color>,
        note: Option<String>,
        extras: Vec<Extra>,
    }
}
