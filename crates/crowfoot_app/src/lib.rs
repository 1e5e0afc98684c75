//! What people do with diagrams: one use case a file, on whatever store there is.
//!
//! [`App`] is the whole application without a face: the server, and later others, translate their
//! requests into its methods. It keeps open diagrams in memory, so that a commit costs what it
//! changes, and tells of every commit as an event. What it keeps for good goes through [`Store`].

mod app;
mod commit_changes;
mod create_diagram;
mod error;
mod events;
mod export_diagram;
mod format;
mod fresh;
mod id;
mod import_diagram;
mod import_into_diagram;
mod limits;
mod list_changes;
mod list_diagrams;
mod merge_import;
mod open;
mod plan_migration;
mod preview_import;
mod read_snapshot;
mod rename_diagram;
mod samples;
mod snapshot;
mod store;
mod suggest_keys;
mod trash_diagram;
mod watch_changes;

#[cfg(feature = "contract")]
pub mod contract;

pub use app::App;
pub use commit_changes::{CommitChanges, Committed};
pub use create_diagram::CreateDiagram;
pub use error::AppError;
pub use export_diagram::{Exported, Picture, file_stem};
#[cfg(feature = "openapi")]
pub use format::DialectName;
pub use format::{
    ExportFormat, Format, Guess, ImportFormat, UnknownFormat, detect_format, read_text,
};
pub use id::DiagramId;
pub use import_diagram::ImportDiagram;
pub use import_into_diagram::{ImportIntoDiagram, ImportedInto};
pub use limits::Limits;
pub use merge_import::SkippedTable;
pub use plan_migration::{MigrationScript, PlanMigration, PlannedMigration};
pub use preview_import::{Counts, PlacedDiagnostic, Preview, PreviewTable};
pub use read_snapshot::SnapshotBody;
pub use samples::{Sample, samples};
pub use snapshot::{decode_snapshot, encode_snapshot};
pub use store::{
    Appended, Commit, DiagramRecord, Revision, Shelf, Snapshot, Store, StoreError, Tally,
};
pub use suggest_keys::{NamedSuggestion, SuggestKeys};
pub use watch_changes::{Watch, WatchEvent};
