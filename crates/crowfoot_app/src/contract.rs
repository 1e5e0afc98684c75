//! What every store must do, as one test function that each store's tests call.

use std::{future::Future, sync::Arc};

use crowfoot_schema::{Change, ChangeSet, Diagram, Dialect, IdMint, Table};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Appended, Commit, DiagramId, DiagramRecord, Revision, Shelf, Snapshot, Store, Tally,
    encode_snapshot,
};

/// Checks that the stores which `open` gives keep the contract. Each of them is empty at first.
///
/// # Panics
/// When one does not.
pub async fn check_store<S: Store, F: Future<Output = S>>(open: impl Fn() -> F) {
    keeps_diagrams(&open().await).await;
    lists_shelves(&open().await).await;
    appends_in_order(&open().await).await;
    knows_keys(&open().await).await;
    refuses_what_is_gone(&open().await).await;
    pages_the_log(&open().await).await;
    keeps_the_newest_snapshot(&open().await).await;
    lets_one_of_many_writers_win(open().await).await;
}

async fn keeps_diagrams(store: &dyn Store) {
    let record = add(store, 1, "Bücher “1”").await;
    assert_eq!(find(store, record.id).await, Some(record.clone()), "what was kept is found");
    let snapshot = store.snapshot(record.id).await.expect("reading works");
    assert_eq!(snapshot, Some(snapshot_of(0)), "with its first snapshot");
    assert_eq!(find(store, id(9)).await, None, "what was not kept is not");
    assert_eq!(store.snapshot(id(9)).await.expect("reading works"), None);

    assert!(store.rename(record.id, "other", time(7)).await.expect("writing works"));
    let renamed = find(store, record.id).await.expect("it is still there");
    assert_eq!((renamed.name.as_str(), renamed.updated_at), ("other", time(7)));
    assert!(!store.rename(id(9), "other", time(7)).await.expect("writing works"));
}

async fn lists_shelves(store: &dyn Store) {
    let (one, two) = (add(store, 1, "one").await.id, add(store, 2, "two").await.id);
    store.rename(one, "newer", time(50)).await.expect("writing works");
    assert_eq!(listed(store, Shelf::Kept).await, [one, two], "the one changed last comes first");

    assert!(store.set_trashed(one, Some(time(60))).await.expect("writing works"));
    assert_eq!(listed(store, Shelf::Kept).await, [two]);
    assert_eq!(listed(store, Shelf::Trashed).await, [one]);
    assert!(store.set_trashed(one, None).await.expect("writing works"));
    assert_eq!(listed(store, Shelf::Trashed).await, []);
    assert!(!store.set_trashed(id(9), None).await.expect("writing works"));

    store.append(one, &commit(1), Tally::default(), None).await.expect("writing works");
    assert!(store.delete(one).await.expect("writing works"));
    assert_eq!(find(store, one).await, None, "deleting leaves nothing");
    assert_eq!(store.snapshot(one).await.expect("reading works"), None);
    assert!(revisions(store, one, 0, 9).await.is_empty());
    assert!(!store.delete(one).await.expect("writing works"));
}

async fn appends_in_order(store: &dyn Store) {
    let it = add(store, 1, "one").await.id;
    let tally = Tally { n_tables: 3, n_refs: 2 };
    let dialect = Some(Dialect::Sqlite);
    let done = store.append(it, &commit(1), tally, dialect).await.expect("writing works");
    assert_eq!(done, Appended::Done);
    let record = find(store, it).await.expect("it is there");
    assert_eq!((record.revision, record.tally, record.dialect), (1, tally, dialect));
    assert_eq!(record.updated_at, commit(1).at, "the record moves with the log");

    for stale in [commit_with(1, 71), commit_with(3, 73)] {
        let answer = store.append(it, &stale, Tally::default(), None).await;
        assert_eq!(answer.expect("writing works"), Appended::Stale, "{}", stale.revision);
    }
    assert_eq!(find(store, it).await, Some(record), "a stale commit leaves no trace");
    let log = store.commits(it, 0, 9).await.expect("reading works");
    assert_eq!(log, [commit(1)], "what is read is what was written");
}

async fn knows_keys(store: &dyn Store) {
    let (one, two) = (add(store, 1, "one").await.id, add(store, 2, "two").await.id);
    append(store, one, 1).await;
    append(store, one, 2).await;
    let again = Commit { revision: 3, ..commit(1) };
    let answer = store.append(one, &again, Tally::default(), None).await.expect("writing works");
    assert_eq!(answer, Appended::Known(commit(1)), "a key is applied once");
    assert_eq!(revisions(store, one, 0, 9).await, [1, 2]);

    let found = store.commit_of_key(one, commit(2).key).await.expect("reading works");
    assert_eq!(found, Some(commit(2)));
    let elsewhere = store.commit_of_key(two, commit(2).key).await.expect("reading works");
    assert_eq!(elsewhere, None, "keys are each diagram's own");
    append(store, two, 1).await;
}

async fn refuses_what_is_gone(store: &dyn Store) {
    let it = add(store, 1, "one").await.id;
    store.set_trashed(it, Some(time(5))).await.expect("writing works");
    for gone in [it, id(9)] {
        let answer = store.append(gone, &commit(1), Tally::default(), None).await;
        assert_eq!(answer.expect("writing works"), Appended::Gone);
    }
}

async fn pages_the_log(store: &dyn Store) {
    let it = add(store, 1, "one").await.id;
    for revision in 1..=5 {
        append(store, it, revision).await;
    }
    assert_eq!(revisions(store, it, 0, 9).await, [1, 2, 3, 4, 5]);
    assert_eq!(revisions(store, it, 2, 2).await, [3, 4]);
    assert!(revisions(store, it, 5, 9).await.is_empty());
}

async fn keeps_the_newest_snapshot(store: &dyn Store) {
    let it = add(store, 1, "one").await.id;
    for revision in 1..=5 {
        append(store, it, revision).await;
        store.put_snapshot(it, &snapshot_of(revision)).await.expect("writing works");
    }
    let newest = store.snapshot(it).await.expect("reading works");
    assert_eq!(newest, Some(snapshot_of(5)));

    store.put_snapshot(it, &snapshot_of(3)).await.expect("an older one is no error");
    store.put_snapshot(it, &snapshot_of(8)).await.expect("one from the future is ignored");
    store.put_snapshot(id(9), &snapshot_of(0)).await.expect("one of nothing too");
    let newest = store.snapshot(it).await.expect("reading works");
    assert_eq!(newest, Some(snapshot_of(5)));
    assert_eq!(store.snapshot(id(9)).await.expect("reading works"), None);
}

async fn lets_one_of_many_writers_win(store: impl Store) {
    let store: Arc<dyn Store> = Arc::new(store);
    let it = add(&*store, 1, "one").await.id;
    for revision in 1..=10 {
        let writers = (0..8_u128).map(|writer| {
            let store = Arc::clone(&store);
            let commit = commit_with(revision, u128::from(revision) * 100 + writer);
            tokio::spawn(async move { store.append(it, &commit, Tally::default(), None).await })
        });
        let mut winners = 0;
        for writer in writers.collect::<Vec<_>>() {
            match writer.await.expect("no writer panics").expect("writing works") {
                Appended::Done => winners += 1,
                Appended::Stale => {}
                other => panic!("{other:?} for a new key"),
            }
        }
        assert_eq!(winners, 1, "of all who write revision {revision} one wins");
    }
    assert_eq!(revisions(&*store, it, 0, 99).await, (1..=10).collect::<Vec<_>>());
}

async fn add(store: &dyn Store, number: u128, name: &str) -> DiagramRecord {
    let record = DiagramRecord {
        id: id(number),
        name: name.to_owned(),
        dialect: Some(Dialect::PostgreSql),
        revision: 0,
        tally: Tally { n_tables: 1, n_refs: 0 },
        created_at: time(1),
        updated_at: time(2),
        trashed_at: None,
    };
    store.create(&record, &snapshot_of(0)).await.expect("writing works");
    record
}

async fn append(store: &dyn Store, id: DiagramId, revision: Revision) {
    let answer = store.append(id, &commit(revision), Tally::default(), None).await;
    assert_eq!(answer.expect("writing works"), Appended::Done);
}

async fn find(store: &dyn Store, id: DiagramId) -> Option<DiagramRecord> {
    store.find(id).await.expect("reading works")
}

async fn listed(store: &dyn Store, shelf: Shelf) -> Vec<DiagramId> {
    store.list(shelf).await.expect("reading works").iter().map(|it| it.id).collect()
}

async fn revisions(store: &dyn Store, id: DiagramId, after: Revision, limit: u32) -> Vec<Revision> {
    let commits = store.commits(id, after, limit).await.expect("reading works");
    commits.iter().map(|it| it.revision).collect()
}

fn id(number: u128) -> DiagramId {
    DiagramId(Uuid::from_u128(number))
}

fn time(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).expect("small numbers are times")
}

fn commit(revision: Revision) -> Commit {
    commit_with(revision, 1_000 + u128::from(revision))
}

fn commit_with(revision: Revision, key: u128) -> Commit {
    let text = format!(r#"{{"description":"“{revision}”","changes":[]}}"#);
    Commit { revision, key: Uuid::from_u128(key), at: time(100), change_set: text.into() }
}

/// A snapshot that differs from those of other revisions.
fn snapshot_of(revision: Revision) -> Snapshot {
    let mut mint = IdMint::new(revision, 1);
    let mut diagram = Diagram::new();
    let table = Box::new(Table::new(mint.id(), None, format!("t{revision}")));
    diagram
        .apply(&ChangeSet::new("add", vec![Change::CreateTable { table }]))
        .expect("a table without columns is fine");
    Snapshot { revision, bytes: encode_snapshot(&diagram) }
}
