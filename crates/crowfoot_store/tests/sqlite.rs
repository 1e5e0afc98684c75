//! The contract of stores, kept by SQLite, and what holds for its file.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::{
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
};

use crowfoot_app::{Store, StoreError, contract::check_store};
use crowfoot_store::SqliteStore;

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    let files = AtomicU32::new(0);
    check_store(|| {
        let file = folder.path().join(format!("{}.sqlite", files.fetch_add(1, Ordering::Relaxed)));
        async move { SqliteStore::open(&file).await.unwrap() }
    })
    .await;
}

#[tokio::test]
async fn two_stores_on_one_file_see_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("shared.sqlite");
    let (one, two) = (open(&file).await.unwrap(), open(&file).await.unwrap());
    assert_eq!(one.list(crowfoot_app::Shelf::Kept).await.unwrap(), []);
    assert_eq!(two.list(crowfoot_app::Shelf::Kept).await.unwrap(), []);
    one.close().await;
    two.close().await;
    let left: Vec<_> =
        std::fs::read_dir(folder.path()).unwrap().map(|it| it.unwrap().file_name()).collect();
    assert_eq!(left, ["shared.sqlite"], "closing in good order leaves one file");
}

#[tokio::test]
async fn a_file_of_another_program_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.sqlite");
    run(&file, "CREATE TABLE theirs (id INTEGER)").await;
    assert!(matches!(open(&file).await, Err(StoreError::NotOurs)));
    run(&file, "INSERT INTO theirs VALUES (1)").await;
}

#[tokio::test]
async fn a_file_of_a_later_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("later.sqlite");
    open(&file).await.unwrap().close().await;
    run(&file, "PRAGMA user_version = 1000").await;
    let answer = open(&file).await;
    assert!(matches!(answer, Err(StoreError::TooNew { found: 1000, .. })));
}

#[tokio::test]
async fn what_is_no_database_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("letter.txt");
    std::fs::write(&file, "Dear all,\n".repeat(500)).unwrap();
    assert!(open(&file).await.is_err());
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("Dear all"));
}

async fn open(file: &Path) -> Result<SqliteStore, StoreError> {
    SqliteStore::open(file).await
}

async fn run(file: &Path, statement: &'static str) {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::raw_sql(statement).execute(&pool).await.unwrap();
    pool.close().await;
}
