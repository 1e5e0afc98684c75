use smol_str::SmolStr;

use crate::{CheckId, ColumnId, Extra, PartialId, patch::patch};

patch! {
    /// A check constraint of a table.
    Check: CheckId,
    CheckPatch {
        /// The condition as it was written, without outer parentheses.
        expr: String,
        ;
        name: Option<SmolStr>,
        /// The column that it was written at; none for a constraint of the table.
        column: Option<ColumnId>,
        partial: Option<PartialId>,
        options: Vec<Extra>,
        extras: Vec<Extra>,
    }
}
