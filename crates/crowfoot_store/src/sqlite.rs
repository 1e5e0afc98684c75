mod checkpoint;
mod migrate;
mod row;

use std::{path::Path, sync::Arc, time::Duration};

use async_trait::async_trait;
use crowfoot_app::{
    Appended, Commit, DiagramId, DiagramRecord, Revision, Shelf, Snapshot, Store, StoreError, Tally,
};
use crowfoot_schema::Dialect;
use jiff::Timestamp;
use sqlx::{
    Row, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use uuid::Uuid;

use self::{
    checkpoint::Checkpoints,
    row::{commit_of, dialect_name, failed, integer, record_of},
};

/// Diagrams in one SQLite file.
///
/// The file is in WAL mode and every commit waits for the disk: what was acknowledged survives a
/// crash of the process and of the machine. One connection writes, some read beside it.
#[derive(Debug)]
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    checkpoints: Arc<Checkpoints>,
}

/// How many connections read at once.
const READERS: u32 = 4;
/// How long to wait for another process that writes to the same file.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pages of log at which SQLite itself moves them to the file within a commit; our own checkpoints
/// come long before, beside the commits.
const LAST_RESORT_PAGES: &str = "16384";

impl SqliteStore {
    /// Opens the file, makes it if there is none, and brings its tables up to date.
    ///
    /// # Errors
    /// When the file cannot be opened, is another program's, or was written by a later version.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .pragma("wal_autocheckpoint", LAST_RESORT_PAGES);
        let pool = |connections| {
            SqlitePoolOptions::new()
                .max_connections(connections)
                .idle_timeout(None)
                .max_lifetime(None)
                .test_before_acquire(false)
        };

        let writer = pool(1).connect_with(options.clone()).await.map_err(failed)?;
        migrate::migrate(&writer).await?;
        let readers = pool(READERS).connect_lazy_with(options.pragma("query_only", "on"));
        let checkpoints = Checkpoints::start(readers.clone());
        Ok(Self { writer, readers, checkpoints })
    }

    /// Closes the file in good order. Without it nothing is lost, only the next opening has to read
    /// the log.
    pub async fn close(&self) {
        self.checkpoints.stop();
        self.readers.close().await;
        self.writer.close().await;
    }
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        self.checkpoints.stop();
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn list(&self, shelf: Shelf) -> Result<Vec<DiagramRecord>, StoreError> {
        let query = match shelf {
            Shelf::Kept => {
                "SELECT * FROM diagrams WHERE trashed_at IS NULL
                 ORDER BY updated_at DESC, diagram_id DESC"
            }
            Shelf::Trashed => {
                "SELECT * FROM diagrams WHERE trashed_at IS NOT NULL
                 ORDER BY trashed_at DESC, diagram_id DESC"
            }
        };
        let rows = sqlx::query(query).fetch_all(&self.readers).await.map_err(failed)?;
        rows.iter().map(record_of).collect()
    }

    async fn find(&self, id: DiagramId) -> Result<Option<DiagramRecord>, StoreError> {
        sqlx::query("SELECT * FROM diagrams WHERE diagram_id = ?")
            .bind(id.0)
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?
            .as_ref()
            .map(record_of)
            .transpose()
    }

    async fn create(&self, record: &DiagramRecord, snapshot: &Snapshot) -> Result<(), StoreError> {
        let mut work = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        sqlx::query(
            "INSERT INTO diagrams (diagram_id, name, dialect, revision, n_tables, n_refs,
                 created_at, updated_at, trashed_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(record.id.0)
        .bind(record.name.clone())
        .bind(record.dialect.map(dialect_name))
        .bind(integer(record.revision))
        .bind(record.tally.n_tables)
        .bind(record.tally.n_refs)
        .bind(record.created_at.as_millisecond())
        .bind(record.updated_at.as_millisecond())
        .bind(record.trashed_at.map(Timestamp::as_millisecond))
        .execute(&mut *work)
        .await
        .map_err(failed)?;
        sqlx::query("INSERT INTO snapshots (diagram_id, revision, bytes) VALUES (?, ?, ?)")
            .bind(record.id.0)
            .bind(integer(snapshot.revision))
            .bind(snapshot.bytes.to_vec())
            .execute(&mut *work)
            .await
            .map_err(failed)?;
        work.commit().await.map_err(failed)?;
        self.checkpoints.wrote();
        Ok(())
    }

    async fn rename(&self, id: DiagramId, name: &str, at: Timestamp) -> Result<bool, StoreError> {
        sqlx::query("UPDATE diagrams SET name = ?, updated_at = ? WHERE diagram_id = ?")
            .bind(name.to_owned())
            .bind(at.as_millisecond())
            .bind(id.0)
            .execute(&self.writer)
            .await
            .map(|it| it.rows_affected() > 0)
            .map_err(failed)
    }

    async fn set_trashed(&self, id: DiagramId, at: Option<Timestamp>) -> Result<bool, StoreError> {
        sqlx::query("UPDATE diagrams SET trashed_at = ? WHERE diagram_id = ?")
            .bind(at.map(Timestamp::as_millisecond))
            .bind(id.0)
            .execute(&self.writer)
            .await
            .map(|it| it.rows_affected() > 0)
            .map_err(failed)
    }

    async fn delete(&self, id: DiagramId) -> Result<bool, StoreError> {
        sqlx::query("DELETE FROM diagrams WHERE diagram_id = ?")
            .bind(id.0)
            .execute(&self.writer)
            .await
            .map(|it| it.rows_affected() > 0)
            .map_err(failed)
    }

    async fn append(
        &self,
        id: DiagramId,
        commit: &Commit,
        tally: Tally,
        dialect: Option<Dialect>,
    ) -> Result<Appended, StoreError> {
        // The write lock comes first: what is read below cannot change before the commit.
        let mut work = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        let swapped = sqlx::query(
            "UPDATE diagrams SET revision = ?, n_tables = ?, n_refs = ?, dialect = ?, updated_at = ?
             WHERE diagram_id = ? AND revision = ? AND trashed_at IS NULL
                 AND NOT EXISTS (
                     SELECT 1 FROM commits WHERE commits.diagram_id = diagrams.diagram_id
                         AND key = ?)",
        )
        .bind(integer(commit.revision))
        .bind(tally.n_tables)
        .bind(tally.n_refs)
        .bind(dialect.map(dialect_name))
        .bind(commit.at.as_millisecond())
        .bind(id.0)
        .bind(integer(commit.revision) - 1)
        .bind(commit.key)
        .execute(&mut *work)
        .await
        .map_err(failed)?;

        if swapped.rows_affected() == 0 {
            work.rollback().await.map_err(failed)?;
            if let Some(known) = self.commit_of_key(id, commit.key).await? {
                return Ok(Appended::Known(known));
            }
            let is_kept = self.find(id).await?.is_some_and(|it| it.trashed_at.is_none());
            return Ok(if is_kept { Appended::Stale } else { Appended::Gone });
        }

        sqlx::query(
            "INSERT INTO commits (diagram_id, revision, key, committed_at, change_set)
             VALUES (?, ?, ?, ?, ?)",
        )
        .bind(id.0)
        .bind(integer(commit.revision))
        .bind(commit.key)
        .bind(commit.at.as_millisecond())
        .bind(commit.change_set.to_string())
        .execute(&mut *work)
        .await
        .map_err(failed)?;
        work.commit().await.map_err(failed)?;
        self.checkpoints.wrote();
        Ok(Appended::Done)
    }

    async fn commit_of_key(&self, id: DiagramId, key: Uuid) -> Result<Option<Commit>, StoreError> {
        sqlx::query("SELECT * FROM commits WHERE diagram_id = ? AND key = ?")
            .bind(id.0)
            .bind(key)
            .fetch_optional(&self.readers)
            .await
            .map_err(failed)?
            .as_ref()
            .map(commit_of)
            .transpose()
    }

    async fn commits(
        &self,
        id: DiagramId,
        after: Revision,
        limit: u32,
    ) -> Result<Vec<Commit>, StoreError> {
        sqlx::query(
            "SELECT * FROM commits WHERE diagram_id = ? AND revision > ? ORDER BY revision LIMIT ?",
        )
        .bind(id.0)
        .bind(integer(after))
        .bind(limit)
        .fetch_all(&self.readers)
        .await
        .map_err(failed)?
        .iter()
        .map(commit_of)
        .collect()
    }

    async fn snapshot(&self, id: DiagramId) -> Result<Option<Snapshot>, StoreError> {
        let row = sqlx::query(
            "SELECT revision, bytes FROM snapshots WHERE diagram_id = ?
             ORDER BY revision DESC LIMIT 1",
        )
        .bind(id.0)
        .fetch_optional(&self.readers)
        .await
        .map_err(failed)?;
        let Some(row) = row else { return Ok(None) };
        let bytes: Vec<u8> = row.try_get("bytes").map_err(failed)?;
        Ok(Some(Snapshot { revision: row::revision_of(&row)?, bytes: bytes.into() }))
    }

    async fn put_snapshot(&self, id: DiagramId, snapshot: &Snapshot) -> Result<(), StoreError> {
        let mut work = self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
        sqlx::query(
            "INSERT INTO snapshots (diagram_id, revision, bytes)
             SELECT diagram_id, ?, ? FROM diagrams WHERE diagram_id = ? AND revision >= ?
             ON CONFLICT DO NOTHING",
        )
        .bind(integer(snapshot.revision))
        .bind(snapshot.bytes.to_vec())
        .bind(id.0)
        .bind(integer(snapshot.revision))
        .execute(&mut *work)
        .await
        .map_err(failed)?;
        // The first one stays, so that the log can be played from its beginning, and one before the
        // newest, should that be damaged.
        sqlx::query(
            "DELETE FROM snapshots WHERE diagram_id = ?1
                 AND revision > (SELECT min(revision) FROM snapshots WHERE diagram_id = ?1)
                 AND revision NOT IN (
                     SELECT revision FROM snapshots WHERE diagram_id = ?1
                     ORDER BY revision DESC LIMIT 2)",
        )
        .bind(id.0)
        .execute(&mut *work)
        .await
        .map_err(failed)?;
        work.commit().await.map_err(failed)?;
        self.checkpoints.wrote();
        Ok(())
    }
}
