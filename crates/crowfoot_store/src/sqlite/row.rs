//! Between rows and what they say.

use crowfoot_app::{Commit, DiagramId, DiagramRecord, Revision, StoreError, Tally};
use crowfoot_schema::Dialect;
use jiff::Timestamp;
use sqlx::{Row, sqlite::SqliteRow};

pub(super) fn failed(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::ColumnDecode { .. }
        | sqlx::Error::Decode(_)
        | sqlx::Error::ColumnNotFound(_) => StoreError::Corrupt(error.to_string()),
        other => StoreError::Unavailable(other.to_string()),
    }
}

pub(super) fn integer(revision: Revision) -> i64 {
    i64::try_from(revision).unwrap_or(i64::MAX)
}

pub(super) fn revision_of(row: &SqliteRow) -> Result<Revision, StoreError> {
    let revision: i64 = row.try_get("revision").map_err(failed)?;
    Revision::try_from(revision)
        .map_err(|_| StoreError::Corrupt(format!("{revision} is no revision")))
}

pub(super) fn record_of(row: &SqliteRow) -> Result<DiagramRecord, StoreError> {
    let dialect: Option<String> = row.try_get("dialect").map_err(failed)?;
    let trashed_at: Option<i64> = row.try_get("trashed_at").map_err(failed)?;
    Ok(DiagramRecord {
        id: DiagramId(row.try_get("diagram_id").map_err(failed)?),
        name: row.try_get("name").map_err(failed)?,
        dialect: dialect.as_deref().map(dialect_named).transpose()?,
        revision: revision_of(row)?,
        tally: Tally {
            n_tables: row.try_get("n_tables").map_err(failed)?,
            n_refs: row.try_get("n_refs").map_err(failed)?,
        },
        created_at: time(row.try_get("created_at").map_err(failed)?)?,
        updated_at: time(row.try_get("updated_at").map_err(failed)?)?,
        trashed_at: trashed_at.map(time).transpose()?,
    })
}

pub(super) fn commit_of(row: &SqliteRow) -> Result<Commit, StoreError> {
    let change_set: String = row.try_get("change_set").map_err(failed)?;
    Ok(Commit {
        revision: revision_of(row)?,
        key: row.try_get("key").map_err(failed)?,
        at: time(row.try_get("committed_at").map_err(failed)?)?,
        change_set: change_set.into(),
    })
}

pub(super) fn dialect_name(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::PostgreSql => "postgresql",
        Dialect::MySql => "mysql",
        Dialect::Sqlite => "sqlite",
    }
}

fn dialect_named(name: &str) -> Result<Dialect, StoreError> {
    let all = [Dialect::PostgreSql, Dialect::MySql, Dialect::Sqlite];
    all.into_iter()
        .find(|it| dialect_name(*it) == name)
        .ok_or_else(|| StoreError::Corrupt(format!("`{name}` is no dialect")))
}

fn time(millis: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_millisecond(millis)
        .map_err(|_| StoreError::Corrupt(format!("{millis} is no time")))
}
