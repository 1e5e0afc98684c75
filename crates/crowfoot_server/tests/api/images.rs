use reqwest::{StatusCode, header};
use serde_json::{Value, json};

use crate::test_app::TestApp;

const SQL: &str = "CREATE TABLE users (id serial PRIMARY KEY, name text);
CREATE TABLE orders (id int PRIMARY KEY, user_id int REFERENCES users (id) ON DELETE CASCADE);
";

/// A server with a diagram, and the address of its pictures.
async fn shop() -> (TestApp, String) {
    let app = TestApp::start().await;
    let text = json!({ "name": "Süße Shop", "format": "postgresql", "text": SQL });
    let made = app.post("/api/diagrams/import", &text).await;
    let path = format!("/api/diagrams/{}/image", made.body["id"].as_str().unwrap());
    (app, path)
}

async fn bytes(app: &TestApp, path: &str) -> (String, Vec<u8>) {
    let response = app.client.get(format!("{}{path}", app.url)).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let kind = response.headers()[header::CONTENT_TYPE].to_str().unwrap().to_owned();
    (kind, response.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn a_diagram_is_drawn_in_each_format() {
    let (app, path) = shop().await;
    let (kind, svg) = bytes(&app, &format!("{path}?format=svg&theme=dark")).await;
    let svg = String::from_utf8(svg).unwrap();
    assert_eq!(kind, "image/svg+xml");
    assert!(svg.contains("#12161c") && svg.contains(">user_id</text>"), "{svg}");
    let (kind, png) = bytes(&app, &format!("{path}?format=png&scale=2")).await;
    assert_eq!((kind.as_str(), &png[..4]), ("image/png", &b"\x89PNG"[..]));
    let (kind, pdf) = bytes(&app, &format!("{path}?format=pdf&paper=a4")).await;
    assert_eq!((kind.as_str(), &pdf[..5]), ("application/pdf", &b"%PDF-"[..]));

    let url = format!("{}{path}?format=svg", app.url);
    let response = app.client.get(url).send().await.unwrap();
    let name = response.headers()[header::CONTENT_DISPOSITION].to_str().unwrap();
    assert!(name.ends_with("filename*=UTF-8''s%C3%BC%C3%9Fe-shop.svg"), "{name}");
}

#[tokio::test]
async fn a_part_of_it_is_drawn() {
    let (app, path) = shop().await;
    let (_, one) = bytes(&app, &format!("{path}?format=svg&tables=orders")).await;
    let one = String::from_utf8(one).unwrap();
    assert!(one.contains(">orders</text>") && !one.contains(">users</text>"), "{one}");
    let wish = json!({ "format": "svg", "area": "-5, -5, 40, 30" });
    let url = format!("{}{path}", app.url);
    let area = app.client.post(url).json(&wish).send().await.unwrap().text().await.unwrap();
    assert!(area.contains("viewBox=\"-5 -5 40 30\""), "{area}");
}

#[tokio::test]
async fn lines_are_coloured_as_told() {
    let (app, path) = shop().await;
    let (_, plain) = bytes(&app, &format!("{path}?format=svg")).await;
    let (_, told) = bytes(&app, &format!("{path}?format=svg&lineColors=action")).await;
    let (plain, told) = (String::from_utf8(plain).unwrap(), String::from_utf8(told).unwrap());
    assert!(!plain.contains("#d9480f") && told.contains("<g stroke=\"#d9480f\""), "{told}");
}

#[tokio::test]
async fn what_cannot_be_drawn_is_told() {
    let (app, path) = shop().await;
    let refused = [
        ("tables=nothing", "there is no table `nothing`, there is `orders`, `users`"),
        ("view=mine", "there is no view `mine`"),
        ("scale=0", "the scale 0 is not between 0.02 and 8"),
        ("area=1,2,3", "`1,2,3` is no area"),
        ("area=0,0,9000000,9000000", "a PNG of 9000000 x 9000000 pixels is too large"),
    ];
    for (query, detail) in refused {
        let answer = app.get(&format!("{path}?format=png&{query}")).await;
        answer.is_problem(422, "no-picture");
        let told = answer.body["detail"].as_str().unwrap();
        assert!(told.starts_with(detail), "{query}: {told}");
    }
    app.get(&format!("{path}?format=gif")).await.is_problem(400, "bad-query");
    app.get(&format!("{path}?format=png&them=dark")).await.is_problem(400, "bad-query");
    let nowhere = Value::from("00000000-0000-4000-8000-000000000000");
    let nowhere = format!("/api/diagrams/{}/image?format=svg", nowhere.as_str().unwrap());
    app.get(&nowhere).await.is_problem(404, "no-diagram");
}
