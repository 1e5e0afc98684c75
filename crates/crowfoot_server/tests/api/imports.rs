use serde_json::{Value, json};

use crate::test_app::TestApp;

const SQL: &str = "CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE orders (
  id int PRIMARY KEY,
  user_id int CONSTRAINT fk_user REFERENCES users (id) ON DELETE CASCADE
);
FROB x;
";

#[tokio::test]
async fn a_preview_tells_what_is_understood_and_what_is_not() {
    let app = TestApp::start().await;
    let preview = app.post("/api/import/preview", &json!({ "text": SQL })).await.body;
    assert_eq!(preview["format"], "postgresql");
    assert_eq!(preview["counts"]["tables"], 2);
    assert_eq!(preview["counts"]["columns"], 4);
    assert_eq!(preview["counts"]["refs"], 1);
    assert_eq!(preview["counts"]["errors"], 1);
    assert_eq!(preview["tables"][1], json!({ "schema": null, "name": "orders", "nColumns": 2 }));
    let diagnostic = &preview["diagnostics"][0];
    assert_eq!((&diagnostic["line"], &diagnostic["column"]), (&json!(6), &json!(1)));
    assert_eq!(diagnostic["excerpt"], "FROB x;");
    assert_eq!(diagnostic["severity"], "error");
    assert_eq!(app.get("/api/diagrams").await.body, json!([]), "nothing is kept");
}

#[tokio::test]
async fn a_text_becomes_a_diagram_with_a_place_for_each_table() {
    let app = TestApp::start().await;
    let text = json!({ "name": "shop", "format": "postgresql", "text": SQL });
    let made = app.post("/api/diagrams/import", &text).await;
    assert_eq!(made.status, 201);
    assert_eq!((&made.body["nTables"], &made.body["nRefs"]), (&json!(2), &json!(1)));
    let path = format!("/api/diagrams/{}", made.body["id"].as_str().unwrap());
    let snapshot = app.get(&format!("{path}/snapshot")).await.body;
    for table in snapshot["diagram"]["tables"].as_array().unwrap() {
        assert!(table["position"].is_object(), "{table}");
    }
    assert_eq!(snapshot["diagram"]["refs"][0]["name"], "fk_user");
}

#[tokio::test]
async fn what_cannot_be_understood_at_all_is_refused_with_the_reasons() {
    let app = TestApp::start().await;
    let unknown = json!({ "name": "x", "text": "Dear all, how are you?" });
    app.post("/api/diagrams/import", &unknown).await.is_problem(422, "unknown-format");
    app.post("/api/import/preview", &unknown_of(&unknown)).await.is_problem(422, "unknown-format");
    let bad = json!({ "name": "x", "format": "json", "text": "{\n \"tables\": 7 }" });
    let answer = app.post("/api/diagrams/import", &bad).await;
    answer.is_problem(422, "unreadable");
    assert_eq!(answer.body["diagnostics"][0]["line"], 2);
    let bad = json!({ "name": "x", "format": "cobol", "text": "" });
    app.post("/api/diagrams/import", &bad).await.is_problem(400, "bad-body");
}

fn unknown_of(wish: &Value) -> Value {
    json!({ "text": wish["text"] })
}

#[tokio::test]
async fn an_import_into_a_diagram_is_one_commit_that_skips_what_is_there() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    let import =
        |text: &str, base: u64| json!({ "format": "postgresql", "text": text, "base": base });
    let first = app.post(&format!("{path}/import"), &import(SQL, 0)).await;
    assert_eq!((first.status.as_u16(), &first.body["revision"]), (200, &json!(1)));
    assert_eq!(first.body["skipped"], json!([]));

    let more = "CREATE TABLE users (id serial PRIMARY KEY, nick text);
        CREATE TABLE notes (
          id int PRIMARY KEY,
          user_id int REFERENCES users (id),
          nick text REFERENCES users (nick)
        );";
    let second = app.post(&format!("{path}/import"), &import(more, 1)).await;
    assert_eq!(second.body["skipped"], json!([{ "schema": null, "name": "users" }]));
    assert_eq!(second.body["lostRefs"], json!(["notes > users"]), "there is no users.nick");
    assert_eq!(app.tables(&path).await, ["users", "orders", "notes"]);
    assert_eq!(app.get(&path).await.body["nRefs"], 2, "the ref to the users that were there");
}

#[tokio::test]
async fn our_own_format_can_be_added_to_the_diagram_it_came_from() {
    let app = TestApp::start().await;
    let text = json!({ "name": "a", "format": "postgresql", "text": SQL });
    let made = app.post("/api/diagrams/import", &text).await.body;
    let path = format!("/api/diagrams/{}", made["id"].as_str().unwrap());
    let exported = app.get(&format!("{path}/export?format=json")).await.body;
    let file = exported["text"].as_str().unwrap().replace("\"orders\"", "\"old_orders\"");
    let add = json!({ "format": "auto", "text": file, "base": 0 });
    let added = app.post(&format!("{path}/import"), &add).await;
    assert_eq!(added.status, 200, "{}", added.body);
    assert_eq!(app.tables(&path).await, ["users", "orders", "old_orders"]);
}

#[tokio::test]
async fn every_format_can_be_had_and_the_texts_read_again() {
    let app = TestApp::start().await;
    let made = app.post("/api/samples/shop", &json!({})).await;
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!((&made.body["nTables"], &made.body["nRefs"]), (&json!(12), &json!(16)));
    let path = format!("/api/diagrams/{}", made.body["id"].as_str().unwrap());
    for format in ["postgresql", "mysql", "sqlite", "dbml", "json"] {
        let exported = app.get(&format!("{path}/export?format={format}")).await.body;
        let text = exported["text"].as_str().unwrap();
        let wish = json!({ "format": format, "text": text });
        let read = app.post("/api/import/preview", &wish).await.body;
        assert_eq!(read["counts"]["tables"], 12, "{format}");
        assert_eq!(read["counts"]["refs"], 16, "{format}");
        assert_eq!(read["counts"]["errors"], 0, "{format}: {}", read["diagnostics"]);
    }
    for theme in ["light", "dark"] {
        let picture = app.get(&format!("{path}/export?format=svg&theme={theme}")).await.body;
        assert!(picture["text"].as_str().unwrap().starts_with("<svg"), "{theme}");
        assert_eq!(picture["fileName"], "web-shop.svg");
    }
    app.get(&format!("{path}/export?format=pdf")).await.is_problem(400, "bad-query");
}

#[tokio::test]
async fn every_sample_is_understood_whole() {
    let app = TestApp::start().await;
    for sample in crowfoot_app::samples() {
        let wish = json!({ "format": sample.format, "text": sample.text });
        let read = app.post("/api/import/preview", &wish).await.body;
        assert_eq!(read["diagnostics"], json!([]), "{}", sample.id);
        assert_eq!(app.post(&format!("/api/samples/{}", sample.id), &json!({})).await.status, 201);
    }
    let listed = app.get("/api/samples").await.body;
    assert_eq!(listed.as_array().unwrap().len(), crowfoot_app::samples().len());
}
