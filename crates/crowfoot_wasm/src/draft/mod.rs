//! The table editor: drafts of tables, what may be done to them, and how they are saved.

mod edit;

pub use edit::{
    ConflictChoice, DraftCall, DraftCheckFields, DraftColumnFields, DraftEdit, DraftIndexFields,
};
