use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use crowfoot_schema::{ChangeSet, Diagram, Dialect};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::DiagramId;

/// How many commits a diagram has seen; a new diagram is at 0.
pub type Revision = u64;

/// What is known of a diagram without opening it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DiagramRecord {
    pub id: DiagramId,
    pub name: String,
    #[cfg_attr(feature = "openapi", schema(value_type = Option<crate::format::DialectName>))]
    pub dialect: Option<Dialect>,
    pub revision: Revision,
    #[serde(flatten)]
    pub tally: Tally,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub created_at: Timestamp,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = DateTime))]
    pub updated_at: Timestamp,
    /// When it was put in the trash; none for one that was not.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub trashed_at: Option<Timestamp>,
}

/// How much a diagram holds, for lists of diagrams.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Tally {
    pub n_tables: u32,
    pub n_refs: u32,
}

impl Tally {
    /// Counts a diagram, at no cost to speak of.
    pub fn of(diagram: &Diagram) -> Self {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { n_tables: count(diagram.tables().len()), n_refs: count(diagram.refs().len()) }
    }
}

/// Which diagrams to list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shelf {
    /// Those in use.
    Kept,
    /// Those in the trash.
    Trashed,
}

/// One entry of a diagram's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// The revision that the commit made.
    pub revision: Revision,
    /// The caller's name for the commit: the same key is never applied twice.
    pub key: Uuid,
    pub at: Timestamp,
    /// The effective change-set as JSON.
    pub change_set: Arc<str>,
}

impl Commit {
    /// Reads the change-set.
    ///
    /// # Errors
    /// When the log holds what is not one.
    pub fn changes(&self) -> Result<ChangeSet, StoreError> {
        serde_json::from_str(&self.change_set).map_err(|source| {
            StoreError::Corrupt(format!("change-set of revision {}: {source}", self.revision))
        })
    }
}

/// A diagram as it was at a revision, encoded by [`encode_snapshot`](crate::encode_snapshot).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub revision: Revision,
    pub bytes: Bytes,
}

/// What came of appending a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is on disk.
    Done,
    /// A commit of that key is in the log already; nothing was written.
    Known(Commit),
    /// The diagram is not at the revision before it; nothing was written.
    Stale,
    /// There is no such diagram, or it is in the trash; nothing was written.
    Gone,
}

/// Why a store cannot do what it was asked for. None of it is the caller's fault.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database fails: worth another try later.
    #[error("the store is unavailable: {0}")]
    Unavailable(String),
    /// What was read back is not what was written.
    #[error("the store holds what cannot be read: {0}")]
    Corrupt(String),
    /// The data was written by a later version of the program.
    #[error("the data is of format {found}, this program knows up to {known}")]
    TooNew { found: i64, known: i64 },
    /// The data belongs to another program.
    #[error("the file is a database of another program")]
    NotOurs,
}

/// Where diagrams are kept for good.
///
/// A diagram is a snapshot and the log of commits after it. What a method has acknowledged is on
/// disk. Every store passes [`contract`](crate::contract).
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// The diagrams of a shelf, the one changed last first.
    async fn list(&self, shelf: Shelf) -> Result<Vec<DiagramRecord>, StoreError>;

    /// What is known of a diagram, trashed or not.
    async fn find(&self, id: DiagramId) -> Result<Option<DiagramRecord>, StoreError>;

    /// Keeps a new diagram with its first snapshot, which is of the record's revision.
    async fn create(&self, record: &DiagramRecord, snapshot: &Snapshot) -> Result<(), StoreError>;

    /// Gives a diagram another name; says whether there is such a diagram.
    async fn rename(&self, id: DiagramId, name: &str, at: Timestamp) -> Result<bool, StoreError>;

    /// Puts a diagram in the trash, or takes it out (`None`); says whether there is such a diagram.
    async fn set_trashed(&self, id: DiagramId, at: Option<Timestamp>) -> Result<bool, StoreError>;

    /// Forgets a diagram for good; says whether there was such a diagram.
    async fn delete(&self, id: DiagramId) -> Result<bool, StoreError>;

    /// Adds a commit to the log of a diagram that is at the revision before it, in one transaction
    /// with the diagram's record (revision, tally, dialect, time).
    async fn append(
        &self,
        id: DiagramId,
        commit: &Commit,
        tally: Tally,
        dialect: Option<Dialect>,
    ) -> Result<Appended, StoreError>;

    /// The commit of that key, if it is in the log.
    async fn commit_of_key(&self, id: DiagramId, key: Uuid) -> Result<Option<Commit>, StoreError>;

    /// Up to `limit` commits after a revision, oldest first.
    async fn commits(
        &self,
        id: DiagramId,
        after: Revision,
        limit: u32,
    ) -> Result<Vec<Commit>, StoreError>;

    /// The newest snapshot.
    async fn snapshot(&self, id: DiagramId) -> Result<Option<Snapshot>, StoreError>;

    /// Keeps a snapshot of a revision that the log has reached, so that opening costs less. Older
    /// ones, other than the first, may be forgotten.
    async fn put_snapshot(&self, id: DiagramId, snapshot: &Snapshot) -> Result<(), StoreError>;
}
