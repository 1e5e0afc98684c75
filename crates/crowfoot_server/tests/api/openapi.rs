use std::path::Path;

use crowfoot_server::openapi;
use reqwest::Method;
use serde_json::Value;

use crate::test_app::TestApp;

/// The committed document is the one that the handlers make. To accept a change, run the tests
/// with `UPDATE_OPENAPI=1` and read the diff.
#[test]
fn the_committed_document_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("openapi.json");
    let mut made = serde_json::to_string_pretty(&openapi()).unwrap();
    made.push('\n');
    if std::env::var_os("UPDATE_OPENAPI").is_some() {
        std::fs::write(&path, &made).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "openapi.json is stale: run the tests with UPDATE_OPENAPI=1");
}

#[tokio::test]
async fn the_document_is_served_and_each_of_its_routes_answers() {
    let app = TestApp::start().await;
    let document = app.get("/api/openapi.json").await.body;
    assert_eq!(document, serde_json::to_value(openapi()).unwrap());
    let paths = document["paths"].as_object().unwrap();
    let mut n_routes = 0;
    for (path, operations) in paths {
        let path = path.replace("{id}", "01900000-0000-7000-8000-000000000000");
        for (method, operation) in operations.as_object().unwrap() {
            n_routes += 1;
            assert!(operation["summary"].is_string(), "{method} {path} says what it does");
            let method: Method = method.to_uppercase().parse().unwrap();
            let body = serde_json::json!({});
            let request = app.request(method.clone(), &path).json(&body);
            let answer = request.send().await.unwrap();
            let status = answer.status().as_u16();
            let text = answer.text().await.unwrap();
            let code: Value = serde_json::from_str(&text).unwrap_or_default();
            assert_ne!(code["code"], "no-route", "{method} {path}");
            assert_ne!(status, 405, "{method} {path}");
            assert!(status < 500, "{method} {path}: {status}");
        }
        let other = app.request(Method::PUT, &path).send().await.unwrap();
        assert_eq!(other.status(), 405, "{path} takes only what is documented");
    }
    assert!(n_routes >= 18, "{n_routes}");
}
