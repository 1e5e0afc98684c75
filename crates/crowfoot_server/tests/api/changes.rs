use serde_json::json;
use uuid::Uuid;

use crate::test_app::{TestApp, change_set, create_table, table_id, update_table};

#[tokio::test]
async fn a_change_set_is_applied_whole_or_not_at_all() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    let done = app.commit(&path, 0, json!([create_table(1), create_table(2)])).await;
    assert_eq!((done.status.as_u16(), &done.body["revision"]), (200, &json!(1)));
    assert_eq!(done.body["changeSet"]["changes"].as_array().unwrap().len(), 2);

    let twice = json!([create_table(3), update_table(9, json!({ "name": "x" })), create_table(3)]);
    let refused = app.commit(&path, 1, twice).await;
    refused.is_problem(422, "rejected");
    let changes: Vec<_> = refused.body["reasons"].as_array().unwrap().iter().collect();
    assert!(changes.iter().any(|it| it["change"] == 1), "{changes:?}");
    assert!(changes.iter().any(|it| it["change"] == 2), "{changes:?}");
    assert_eq!(app.tables(&path).await, ["t1", "t2"]);
    assert_eq!(app.get(&path).await.body["revision"], 1);
    assert_eq!(app.get(&path).await.body["nTables"], 2);
}

#[tokio::test]
async fn a_key_sent_again_gets_the_same_answer_and_applies_nothing() {
    let mut app = TestApp::start().await;
    let path = app.diagram().await;
    let wish = change_set(0, Uuid::now_v7(), json!([create_table(1)]));
    let changes = format!("{path}/changes");
    let first = app.post(&changes, &wish).await;
    app.commit(&path, 1, json!([update_table(1, json!({ "name": "renamed" }))])).await;
    let again = app.post(&changes, &wish).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    app.restart().await;
    assert_eq!(app.post(&changes, &wish).await.body, first.body);
    assert_eq!(app.tables(&path).await, ["renamed"]);
    assert_eq!(app.get(&path).await.body["revision"], 2);
}

#[tokio::test]
async fn one_request_sent_many_times_at_once_is_applied_once() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    let wish = change_set(0, Uuid::now_v7(), json!([create_table(1)]));
    let changes = format!("{path}/changes");
    let answers = futures_util::future::join_all((0..16).map(|_| app.post(&changes, &wish))).await;
    for answer in answers {
        assert_eq!((answer.status.as_u16(), &answer.body["revision"]), (200, &json!(1)));
    }
    assert_eq!(app.get(&path).await.body["revision"], 1);
}

#[tokio::test]
async fn writers_of_different_things_all_succeed() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    let all: Vec<_> = (0..24).map(create_table).collect();
    app.commit(&path, 0, json!(all)).await;
    let commits = (0..24).map(|number| {
        let changes = json!([update_table(number, json!({ "note": format!("{number}") }))]);
        let (app, path) = (&app, &path);
        async move { app.commit(path, 1, changes).await }
    });
    let mut revisions = Vec::new();
    for answer in futures_util::future::join_all(commits).await {
        assert_eq!(answer.status, 200, "{}", answer.body);
        revisions.push(answer.body["revision"].as_u64().unwrap());
    }
    revisions.sort_unstable();
    assert_eq!(revisions, (2..=25).collect::<Vec<_>>());
    let snapshot = app.get(&format!("{path}/snapshot")).await.body;
    for (number, table) in snapshot["diagram"]["tables"].as_array().unwrap().iter().enumerate() {
        assert_eq!(table["note"], format!("{number}"));
    }
}

#[tokio::test]
async fn disjoint_fields_of_one_table_merge_and_the_same_field_conflicts() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    app.commit(&path, 0, json!([create_table(1)])).await;
    app.commit(&path, 1, json!([update_table(1, json!({ "name": "theirs" }))])).await;

    let merged = app.commit(&path, 1, json!([update_table(1, json!({ "note": "mine" }))])).await;
    assert_eq!((merged.status.as_u16(), &merged.body["revision"]), (200, &json!(3)));

    let lost = app.commit(&path, 1, json!([update_table(1, json!({ "name": "mine" }))])).await;
    lost.is_problem(409, "conflict");
    assert_eq!(lost.body["revision"], 3);
    let conflict = &lost.body["conflicts"][0];
    assert_eq!(conflict["entity"], json!({ "kind": "table", "id": table_id(1) }));
    assert_eq!(
        (&conflict["field"], &conflict["theirs"], &conflict["mine"]),
        (&json!("name"), &json!("theirs"), &json!("mine"))
    );
    assert_eq!(app.tables(&path).await, ["theirs"]);
}

#[tokio::test]
async fn a_revision_that_does_not_exist_is_told() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    app.commit(&path, 7, json!([create_table(1)])).await.is_problem(409, "unknown-revision");
}

#[tokio::test]
async fn the_log_is_read_from_any_revision() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    for number in 0..3 {
        app.commit(&path, u64::from(number), json!([create_table(number)])).await;
    }
    let log = app.get(&format!("{path}/changes?after=1")).await.body;
    let revisions: Vec<_> =
        log["changes"].as_array().unwrap().iter().map(|it| it["revision"].clone()).collect();
    assert_eq!(revisions, [2, 3]);
    assert_eq!(log["changes"][0]["changeSet"]["changes"][0]["op"], "createTable");
    assert_eq!(app.get(&format!("{path}/changes?after=3")).await.body["changes"], json!([]));
}

#[tokio::test]
async fn a_long_log_is_opened_through_snapshots() {
    let mut app = TestApp::start().await;
    let path = app.diagram().await;
    app.commit(&path, 0, json!([create_table(1)])).await;
    for number in 1..=600_u64 {
        let changes = json!([update_table(1, json!({ "note": format!("{number}") }))]);
        assert_eq!(app.commit(&path, number, changes).await.status, 200);
    }
    app.restart().await;
    let snapshot = app.get(&format!("{path}/snapshot")).await.body;
    assert_eq!(snapshot["revision"], 601);
    assert_eq!(snapshot["diagram"]["tables"][0]["note"], "600");
}

#[tokio::test]
async fn more_than_is_allowed_is_refused_with_the_limit() {
    let app = TestApp::start_with(|options| {
        options.limits.tables_per_diagram = 3;
        options.limits.changes_per_set = 5;
        options.limits.name_bytes = 10;
    })
    .await;
    let path = app.diagram().await;
    let tables = |range: std::ops::Range<u32>| json!(range.map(create_table).collect::<Vec<_>>());
    let answer = app.commit(&path, 0, tables(0..4)).await;
    answer.is_problem(422, "over-limit");
    assert_eq!((&answer.body["limit"], &answer.body["found"]), (&json!(3), &json!(4)));
    app.commit(&path, 0, tables(0..6)).await.is_problem(422, "over-limit");
    assert_eq!(app.commit(&path, 0, tables(0..3)).await.status, 200);
    let id = "018f0000-0000-7000-8000-0000000000aa";
    for long in [
        update_table(0, json!({ "name": "eleven_long" })),
        update_table(0, json!({ "schema": "eleven_long" })),
        json!({ "op": "createView", "view": { "id": id, "name": "eleven_long" } }),
        json!({ "op": "updateEnum", "id": id, "patch": { "name": "eleven_long" } }),
        json!({ "op": "updateRef", "id": id, "patch": { "name": "eleven_long" } }),
    ] {
        app.commit(&path, 1, json!([long])).await.is_problem(422, "over-limit");
    }
    assert_eq!(app.get(&path).await.body["revision"], 1);

    let import = |text: &str| json!({ "name": "x", "format": "sqlite", "text": text });
    let names = import("CREATE TABLE eleven_long (a int)");
    app.post("/api/diagrams/import", &names).await.is_problem(422, "over-limit");
    let four = import("CREATE TABLE a(x); CREATE TABLE b(x); CREATE TABLE c(x); CREATE TABLE d(x)");
    app.post("/api/diagrams/import", &four).await.is_problem(422, "over-limit");
}

#[tokio::test]
async fn two_servers_on_one_file_take_turns_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("shared.sqlite");
    let one = TestApp::start_with(|it| it.data.clone_from(&data)).await;
    let two = TestApp::start_with(|it| it.data.clone_from(&data)).await;
    let path = one.diagram().await;
    let create = |app, first: u32| {
        let path = &path;
        async move {
            let app: &TestApp = app;
            for number in first..first + 12 {
                let answer = app.commit(path, 0, json!([create_table(number)])).await;
                assert_eq!(answer.status, 200, "{}", answer.body);
            }
        }
    };
    futures_util::future::join(create(&one, 0), create(&two, 100)).await;
    for app in [&one, &two] {
        let tables = app.tables(&path).await;
        assert_eq!(tables.len(), 24);
        assert_eq!(app.get(&format!("{path}/snapshot")).await.body["revision"], 24);
    }
}

#[tokio::test]
async fn a_body_over_the_limit_is_refused_with_413() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    let note = json!([update_table(1, json!({ "note": "x".repeat(9 << 20) }))]);
    app.commit(&path, 0, note).await.is_problem(413, "too-large");
    let text = json!({ "format": "sqlite", "text": "-".repeat(33 << 20) });
    app.post("/api/import/preview", &text).await.is_problem(413, "too-large");
}
