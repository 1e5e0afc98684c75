use serde_json::json;

use crate::test_app::TestApp;

const SQL: &str = "CREATE TABLE shop.users (id int PRIMARY KEY);
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES shop.users (id), parent_id int);
CREATE TABLE items (id int PRIMARY KEY, order_id int);";

fn sides(answer: &serde_json::Value) -> Vec<String> {
    let side = |table: &serde_json::Value, columns: &serde_json::Value| {
        format!("{}.{}", table.as_str().unwrap(), columns[0].as_str().unwrap())
    };
    let line = |it: &serde_json::Value| {
        let from = side(&it["fromTable"], &it["fromColumns"]);
        format!("{from} > {}", side(&it["toTable"], &it["toColumns"]))
    };
    answer.as_array().unwrap().iter().map(line).collect()
}

#[tokio::test]
async fn a_text_is_judged_with_and_without_what_it_declares() {
    let app = TestApp::start().await;
    let answer = app.post("/api/suggest", &json!({ "text": SQL })).await.body;
    assert_eq!(sides(&answer), ["orders.parent_id > orders.id", "items.order_id > orders.id"]);
    assert_eq!(answer[1]["cardinality"], "manyToOne");
    assert!(answer[1]["confidence"].as_f64().unwrap() >= 0.5);
    assert!(!answer[1]["reason"].as_str().unwrap().is_empty());
    let wish = json!({ "text": SQL, "format": "postgresql", "ignoreDeclared": true });
    let answer = app.post("/api/suggest", &wish).await.body;
    assert!(sides(&answer).contains(&"orders.user_id > shop.users.id".to_owned()), "{answer}");
    assert_eq!(app.get("/api/diagrams").await.body, json!([]), "nothing is kept");
}

#[tokio::test]
async fn a_diagram_is_judged_without_what_was_dismissed() {
    let app = TestApp::start().await;
    let text = json!({ "name": "shop", "format": "postgresql", "text": SQL });
    let made = app.post("/api/diagrams/import", &text).await.body;
    let path = format!("/api/diagrams/{}", made["id"].as_str().unwrap());
    let list = format!("{path}/suggestions");
    assert_eq!(app.get(&list).await.body.as_array().unwrap().len(), 2);

    let tables = app.get(&format!("{path}/snapshot")).await.body["diagram"]["tables"].clone();
    let table = |name: &str| {
        let all = tables.as_array().unwrap();
        all.iter().find(|it| it["name"] == name).unwrap().clone()
    };
    let (items, orders) = (table("items"), table("orders"));
    let dismissal = json!({
        "id": "01900000-0000-7000-8000-000000000001",
        "from": items["id"], "to": orders["id"],
        "columns": [[items["columns"][1]["id"], orders["columns"][0]["id"]]],
    });
    let change = json!({ "op": "dismissSuggestion", "dismissal": dismissal });
    let body = json!({
        "base": made["revision"], "key": "01900000-0000-7000-8000-000000000002",
        "changeSet": { "description": "", "changes": [change] },
    });
    assert_eq!(app.post(&format!("{path}/changes"), &body).await.status, 200);
    assert_eq!(sides(&app.get(&list).await.body), ["orders.parent_id > orders.id"]);
    assert_eq!(app.get(&format!("{list}?minConfidence=1")).await.body, json!([]));
}

#[tokio::test]
async fn a_confidence_is_from_0_to_1_and_a_text_must_be_understood() {
    let app = TestApp::start().await;
    let list = "/api/diagrams/01900000-0000-7000-8000-000000000000/suggestions";
    app.get(list).await.is_problem(404, "no-diagram");
    app.get(&format!("{list}?minConfidence=2")).await.is_problem(400, "bad-query");
    let wish = json!({ "text": SQL, "minConfidence": -1 });
    app.post("/api/suggest", &wish).await.is_problem(400, "bad-body");
    let wish = json!({ "text": "Dear all" });
    app.post("/api/suggest", &wish).await.is_problem(422, "unknown-format");
}
