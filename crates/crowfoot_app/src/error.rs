use crowfoot_schema::{Conflict, Rejected};

use crate::{DiagramId, Revision, StoreError, UnknownFormat, preview_import::PlacedDiagnostic};

/// Why the application does not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    #[error("there is no diagram `{0}`")]
    NoDiagram(DiagramId),
    #[error("there is no sample `{0}`")]
    NoSample(String),
    #[error("the diagram is in the trash")]
    Trashed,
    #[error("the diagram is not in the trash")]
    NotTrashed,
    /// Somebody else changed the same things since `base`. Nothing was applied.
    #[error("the diagram has changed since: {} of the same things", .conflicts.len())]
    Conflict { conflicts: Vec<Conflict>, revision: Revision },
    /// The changes cannot be made. Nothing was applied.
    #[error(transparent)]
    Rejected(#[from] Rejected),
    /// The change-set is based on a revision that the diagram has not reached.
    #[error("revision {base} does not exist, the diagram is at {revision}")]
    UnknownRevision { base: Revision, revision: Revision },
    /// The change-set is based on a revision so old that it must be read again.
    #[error("revision {base} is too old to build on, the diagram is at {revision}")]
    TooFarBehind { base: Revision, revision: Revision },
    #[error("{message}")]
    BadName { message: String },
    /// More of something than is allowed.
    #[error("{what}: {found}, at most {limit} are allowed")]
    OverLimit { what: &'static str, found: usize, limit: usize },
    #[error(transparent)]
    UnknownFormat(#[from] UnknownFormat),
    /// Nothing of the text was understood.
    #[error("nothing in the text could be understood")]
    Unreadable { diagnostics: Vec<PlacedDiagnostic> },
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A fault of ours.
    #[error("internal error: {0}")]
    Internal(String),
}
