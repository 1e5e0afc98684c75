use reqwest::Method;
use serde_json::json;

use crate::test_app::{Answer, TestApp};

#[tokio::test]
async fn foreign_hosts_and_origins_are_refused_everywhere() {
    let app = TestApp::start().await;
    for path in ["/", "/api/diagrams", "/api/openapi.json", "/healthz", "/nothing"] {
        let foreign = app.request(Method::GET, path).header("host", "evil.example");
        Answer::of(foreign.send().await.unwrap()).await.is_problem(403, "foreign-host");
        let foreign = app.request(Method::GET, path).header("origin", "http://evil.example");
        Answer::of(foreign.send().await.unwrap()).await.is_problem(403, "foreign-origin");
    }
    let foreign = app.request(Method::POST, "/api/diagrams").json(&json!({ "name": "x" }));
    let foreign = foreign.header("origin", "http://localhost:1").send().await.unwrap();
    Answer::of(foreign).await.is_problem(403, "foreign-origin");
    assert_eq!(app.get("/api/diagrams").await.body, json!([]), "nothing was made");

    let own = app.request(Method::POST, "/api/diagrams").json(&json!({ "name": "x" }));
    assert_eq!(own.header("origin", &app.url).send().await.unwrap().status(), 201);
}

#[tokio::test]
async fn names_that_were_allowed_may_ask() {
    let app = TestApp::start_with(|it| it.hosts.push("schemas.example".to_owned())).await;
    let asked = app.request(Method::GET, "/healthz").header("host", "schemas.example");
    assert_eq!(asked.send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn every_answer_tells_browsers_to_be_strict() {
    let app = TestApp::start().await;
    for path in ["/", "/api/diagrams", "/api/nothing"] {
        let answer = app.request(Method::GET, path).send().await.unwrap();
        let headers = answer.headers();
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.contains("script-src 'self' 'wasm-unsafe-eval'"), "{path}: {policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert!(headers.contains_key("x-request-id"));
    }
}
