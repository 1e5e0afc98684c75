//! What the panels ask of the editor; the answers are the view models.

use crowfoot_schema::{ColumnId, NoteId, RefId, TableId, ViewId};
use serde::Deserialize;

use crate::view::{RefForm, RefSeed, TableQuery};

/// A question that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "ask", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS), ts(optional_fields))]
pub enum Query {
    Diagram,
    TableRows {
        query: TableQuery,
        offset: usize,
        limit: usize,
    },
    Table {
        id: TableId,
    },
    RefRows {
        text: String,
        offset: usize,
        limit: usize,
    },
    Ref {
        id: RefId,
    },
    NewRef {
        seed: RefSeed,
        /// Asks what the diagram would be with the draft of that table.
        draft: Option<TableId>,
    },
    /// The form with another from table; the columns of that side start anew.
    WithFromTable {
        form: RefForm,
        table: TableId,
        /// Asks what the diagram would be with the draft of that table.
        draft: Option<TableId>,
    },
    /// The form with another to table, its whole primary key preselected.
    WithToTable {
        form: RefForm,
        table: TableId,
        /// Asks what the diagram would be with the draft of that table.
        draft: Option<TableId>,
    },
    /// The form with its two sides exchanged and the type kept: who referred is now referred to.
    Swapped {
        form: RefForm,
    },
    CheckRef {
        form: RefForm,
        /// Asks what the diagram would be with the draft of that table.
        draft: Option<TableId>,
    },
    Enums,
    Groups,
    Notes,
    Views,
    /// The tables that a view shows.
    Viewed {
        id: ViewId,
    },
    /// The tables that a view does not show and that go with the text.
    ViewChoices {
        id: ViewId,
        text: String,
        limit: usize,
    },
    Note {
        id: NoteId,
    },
    TableChoices {
        text: String,
        limit: usize,
    },
    ColumnChoices {
        table: TableId,
        text: String,
        like: Option<ColumnId>,
        /// Asks what the diagram would be with the draft of that table.
        draft: Option<TableId>,
    },
    /// The refs that would go with a column of a table's draft, those of other tables too.
    RefsThatGo {
        table: TableId,
        column: ColumnId,
    },
    /// The change-set that saving the draft of a table would make; null if there is no draft.
    DraftChanges {
        table: TableId,
    },
    /// Type names to offer for a column: what the diagram uses, what is usual, the enums.
    TypeChoices {
        text: String,
    },
    /// What the diagram seems to mean without declaring it.
    Suggestions,
    SuggestionCounts,
    /// Tables, columns and refs whose names hold the text, best first.
    Search {
        text: String,
        limit: usize,
    },
}
