use crowfoot_app::StoreError;
use sqlx::{AssertSqlSafe, SqlitePool};

use super::row::failed;

/// Every change to the tables, oldest first; the file's `user_version` says how many it has seen.
const MIGRATIONS: &[&str] = &[include_str!("../../migrations/0001_diagrams.sql")];

/// Marks a file as ours ("Crow" in ASCII).
const APPLICATION: i64 = 0x4372_6f77;

/// Brings the tables of a file up to date, in one transaction.
pub(super) async fn migrate(pool: &SqlitePool) -> Result<(), StoreError> {
    let mut work = pool.begin_with("BEGIN IMMEDIATE").await.map_err(failed)?;
    let application: i64 =
        sqlx::query_scalar("PRAGMA application_id").fetch_one(&mut *work).await.map_err(failed)?;
    let seen: i64 =
        sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *work).await.map_err(failed)?;
    let n_tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut *work)
        .await
        .map_err(failed)?;
    if application != APPLICATION && (application != 0 || seen != 0 || n_tables > 0) {
        return Err(StoreError::NotOurs);
    }

    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    let todo = usize::try_from(seen).ok().and_then(|it| MIGRATIONS.get(it..));
    let Some(todo) = todo else {
        return Err(StoreError::TooNew { found: seen, known });
    };
    if todo.is_empty() {
        return work.rollback().await.map_err(failed);
    }
    for migration in todo {
        sqlx::raw_sql(*migration).execute(&mut *work).await.map_err(failed)?;
    }
    // A pragma takes no parameters; both values are numbers of our own.
    let marks = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {known}");
    sqlx::raw_sql(AssertSqlSafe(marks)).execute(&mut *work).await.map_err(failed)?;
    work.commit().await.map_err(failed)
}
