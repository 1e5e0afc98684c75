use serde_json::{Value, json};

use crate::test_app::{TestApp, create_table};

#[tokio::test]
async fn a_diagram_is_made_found_renamed_and_listed() {
    let app = TestApp::start().await;
    let made = app.post("/api/diagrams", &json!({ "name": " Shop ", "dialect": "mysql" })).await;
    assert_eq!(made.status, 201);
    assert_eq!(made.body["name"], "Shop");
    assert_eq!(made.body["dialect"], "mysql");
    assert_eq!(made.body["revision"], 0);
    assert_eq!(made.body["trashedAt"], Value::Null);
    let path = format!("/api/diagrams/{}", made.body["id"].as_str().unwrap());
    assert_eq!(app.get(&path).await.body, made.body);

    let snapshot = app.get(&format!("{path}/snapshot")).await.body;
    assert_eq!(snapshot["diagram"]["settings"]["dialect"], "mysql");

    let renamed = app.patch(&path, &json!({ "name": "Store" })).await;
    assert_eq!((renamed.status.as_u16(), &renamed.body["name"]), (200, &json!("Store")));
    assert_eq!(app.get(&format!("{path}/snapshot")).await.body["name"], "Store");
    let listed = app.get("/api/diagrams").await.body;
    assert_eq!(listed.as_array().unwrap().len(), 1);
    assert_eq!(listed[0], renamed.body);
}

#[tokio::test]
async fn the_trash_gives_back_and_forgets() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    app.post(&format!("{path}/restore"), &json!({})).await.is_problem(409, "not-trashed");
    app.delete(&format!("{path}?forever=true")).await.is_problem(409, "not-trashed");

    assert_eq!(app.delete(&path).await.status, 204);
    assert_eq!(app.delete(&path).await.status, 204, "twice is once");
    assert_eq!(app.get("/api/diagrams").await.body, json!([]));
    assert_eq!(app.get("/api/diagrams?trashed=true").await.body.as_array().unwrap().len(), 1);
    assert_eq!(app.get(&format!("{path}/snapshot")).await.status, 200, "it can be looked at");
    app.commit(&path, 0, json!([create_table(1)])).await.is_problem(409, "trashed");
    app.patch(&path, &json!({ "name": "x" })).await.is_problem(409, "trashed");

    assert_eq!(app.post(&format!("{path}/restore"), &json!({})).await.status, 200);
    assert_eq!(app.commit(&path, 0, json!([create_table(1)])).await.status, 200);
    app.delete(&path).await;
    assert_eq!(app.delete(&format!("{path}?forever=true")).await.status, 204);
    app.get(&path).await.is_problem(404, "no-diagram");
    app.get(&format!("{path}/snapshot")).await.is_problem(404, "no-diagram");
}

#[tokio::test]
async fn names_are_one_line_of_something() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    for name in ["", "  ", "a\nb"] {
        app.post("/api/diagrams", &json!({ "name": name })).await.is_problem(422, "bad-name");
        app.patch(&path, &json!({ "name": name })).await.is_problem(422, "bad-name");
    }
    let long = json!({ "name": "x".repeat(2_000) });
    app.post("/api/diagrams", &long).await.is_problem(422, "over-limit");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let app = TestApp::start().await;
    let path = "/api/diagrams/01900000-0000-7000-8000-000000000000";
    for part in ["", "/snapshot", "/changes", "/events", "/export?format=json"] {
        app.get(&format!("{path}{part}")).await.is_problem(404, "no-diagram");
    }
    app.patch(path, &json!({ "name": "x" })).await.is_problem(404, "no-diagram");
    app.delete(path).await.is_problem(404, "no-diagram");
    app.delete(&format!("{path}?forever=true")).await.is_problem(404, "no-diagram");
    app.post(&format!("{path}/restore"), &json!({})).await.is_problem(404, "no-diagram");
    app.commit(path, 0, json!([])).await.is_problem(404, "no-diagram");
    let text = json!({ "format": "sqlite", "text": "CREATE TABLE a (b int)", "base": 0 });
    app.post(&format!("{path}/import"), &text).await.is_problem(404, "no-diagram");
    app.post("/api/samples/none", &json!({})).await.is_problem(404, "no-sample");
    app.get("/api/diagrams/seven").await.is_problem(404, "bad-path");
    app.get("/api/nothing").await.is_problem(404, "no-route");
}

#[tokio::test]
async fn what_is_no_request_is_refused() {
    let app = TestApp::start().await;
    app.get("/api/diagrams?trashed=perhaps").await.is_problem(400, "bad-query");
    app.post("/api/diagrams", &json!({ "nome": "x" })).await.is_problem(400, "bad-body");
    app.delete("/api/diagrams").await.is_problem(405, "wrong-method");
    let bare = app.request(reqwest::Method::POST, "/api/diagrams").body("{}").send().await;
    crate::test_app::Answer::of(bare.unwrap()).await.is_problem(415, "not-json");
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let mut app = TestApp::start().await;
    let path = app.diagram().await;
    for number in 1..=20 {
        assert_eq!(
            app.commit(&path, u64::from(number) - 1, json!([create_table(number)])).await.status,
            200
        );
    }
    let before = app.get(&format!("{path}/snapshot")).await.body;
    let log = app.get(&format!("{path}/changes")).await.body;
    app.restart().await;
    assert_eq!(app.get(&format!("{path}/snapshot")).await.body, before);
    assert_eq!(app.get(&format!("{path}/changes")).await.body, log);
    assert_eq!(app.commit(&path, 20, json!([create_table(21)])).await.body["revision"], 21);
    app.stop().await;
}

#[tokio::test]
async fn a_snapshot_that_the_caller_has_is_not_sent_again() {
    let app = TestApp::start().await;
    let path = format!("{}/snapshot", app.diagram().await);
    let first = app.request(reqwest::Method::GET, &path).send().await.unwrap();
    let tag = first.headers()["etag"].clone();
    let again = app.request(reqwest::Method::GET, &path).header("if-none-match", &tag);
    assert_eq!(again.send().await.unwrap().status(), 304);

    let packed = app.request(reqwest::Method::GET, &path).header("accept-encoding", "br, gzip");
    let packed = packed.send().await.unwrap();
    assert_eq!(packed.headers()["content-encoding"], "gzip");
    let bytes = packed.bytes().await.unwrap();
    assert_eq!(bytes[..2], [0x1f, 0x8b], "what is said to be gzip is gzip");
    let refused = app.request(reqwest::Method::GET, &path).header("accept-encoding", "gzip;q=0");
    assert!(!refused.send().await.unwrap().headers().contains_key("content-encoding"));
}
