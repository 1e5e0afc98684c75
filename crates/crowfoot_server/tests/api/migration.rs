use serde_json::{Value, json};

use crate::test_app::{TestApp, create_table, table_id, update_table};

fn wish(base: u64, dialect: &str, changes: Value) -> Value {
    json!({ "base": base, "dialect": dialect, "changeSet": { "description": "", "changes": changes } })
}

#[tokio::test]
async fn a_change_set_is_shown_as_sql_and_not_committed() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    app.commit(&path, 0, json!([create_table(1)])).await;
    let rename = json!([update_table(1, json!({ "name": "people" }))]);
    let answer = app.post(&format!("{path}/migration"), &wish(1, "postgresql", rename)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let text = |way: &str| answer.body[way]["text"].as_str().unwrap().to_owned();
    assert!(text("up").contains("ALTER TABLE t1 RENAME TO people;"), "{}", text("up"));
    assert!(text("down").contains("ALTER TABLE people RENAME TO t1;"), "{}", text("down"));
    assert_eq!(answer.body["revision"], 1);
    assert_eq!(app.tables(&path).await, ["t1"]);
}

#[tokio::test]
async fn changes_that_sql_does_not_see_say_so() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    app.commit(&path, 0, json!([create_table(1)])).await;
    let moved = json!([update_table(1, json!({ "position": { "x": 1, "y": 2 } }))]);
    let answer = app.post(&format!("{path}/migration"), &wish(1, "postgresql", moved)).await;
    assert_eq!(answer.body["up"]["text"], "-- Nothing changes in PostgreSQL.\n");
    assert_eq!(answer.body["up"]["notices"][0]["code"], "sql/no-change");
}

#[tokio::test]
async fn it_is_refused_for_the_reasons_of_a_commit() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    app.commit(&path, 0, json!([create_table(1), create_table(2)])).await;
    let place = format!("{path}/migration");
    let taken = json!([update_table(1, json!({ "name": "t2" }))]);
    let answer = app.post(&place, &wish(1, "postgresql", taken)).await;
    answer.is_problem(422, "rejected");
    assert_eq!(answer.body["reasons"][0]["code"], "schema/duplicate-table-name");

    app.commit(&path, 1, json!([update_table(1, json!({ "name": "theirs" }))])).await;
    let mine = json!([update_table(1, json!({ "name": "mine" }))]);
    let answer = app.post(&place, &wish(1, "postgresql", mine)).await;
    answer.is_problem(409, "conflict");
    assert_eq!(answer.body["conflicts"][0]["field"], "name");
    assert_eq!(answer.body["conflicts"][0]["entity"]["id"], table_id(1).to_string());

    app.post(&place, &wish(9, "postgresql", json!([]))).await.is_problem(409, "unknown-revision");
    let answer = app.post(&place, &wish(2, "cobol", json!([]))).await;
    assert!(answer.status.is_client_error(), "{}", answer.body);
    let missing = "/api/diagrams/01900000-0000-7000-8000-000000000000/migration";
    app.post(missing, &wish(0, "sqlite", json!([]))).await.is_problem(404, "no-diagram");
}
