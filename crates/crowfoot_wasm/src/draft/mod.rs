//! The table editor: drafts of tables, what may be done to them, and how they are saved.
//!
//! The pending model itself is [`crowfoot_schema::Draft`]. Here texts that were typed or pasted
//! become its values (`write`, `paste`), it becomes what the panel shows (`show`, with `texts` for
//! what was, `conflict` and `counts` in words), and it keeps step with the diagram and the server
//! (`desk`).

mod conflict;
mod counts;
mod desk;
mod edit;
mod paste;
mod show;
mod suggest;
mod texts;
mod write;

pub use edit::{
    ConflictChoice, DraftCall, DraftCheckFields, DraftColumnFields, DraftEdit, DraftIndexFields,
};
