//! View models: what panels and the canvas show, small, immutable and ready to print.

mod choice;
mod draft;
mod entity;
mod reference;
mod suggestion;
mod table;

pub use choice::{ColumnChoice, TableChoice};
pub use draft::{
    DraftCheck, DraftColumn, DraftConflict, DraftCounts, DraftForeignKey, DraftHead, DraftIncoming,
    DraftIndex, DraftNews, DraftPair, DraftPart, DraftProblem, DraftSuggestion, DraftTally,
    DraftView, RowState, Was,
};
pub use entity::{
    Counts, DiagramView, EnumValueView, EnumView, GroupView, NoteView, SearchHit, ViewChoice,
    ViewChoices, ViewView, ViewedTable,
};
pub use reference::{
    Direction, NewRef, RefDetail, RefField, RefForm, RefPair, RefProblem, RefRow, RefRows, RefSeed,
    Severity,
};
pub use suggestion::{SuggestionCount, SuggestionReview, SuggestionRow};
pub use table::{CheckView, ColumnView, IndexView, TableQuery, TableRow, TableRows, TableView};
