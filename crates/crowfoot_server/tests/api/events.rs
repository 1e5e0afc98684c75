use std::time::Duration;

use futures_util::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};

use crate::test_app::{TestApp, create_table, update_table};

/// A stream of server-sent events, read one by one.
struct Events {
    bytes: std::pin::Pin<Box<dyn futures_util::Stream<Item = reqwest::Result<bytes::Bytes>>>>,
    text: String,
}

struct Event {
    name: String,
    id: Option<u64>,
    data: Value,
}

impl Events {
    async fn open(app: &TestApp, path: &str, last: Option<u64>) -> Self {
        let mut request = app.request(Method::GET, path);
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self { bytes: Box::pin(response.bytes_stream()), text: String::new() }
    }

    /// The next event; none at the end of the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let event = event.to_owned();
                self.text = rest.to_owned();
                let field = |name: &str| {
                    let lines = event.lines().filter_map(|it| it.strip_prefix(name));
                    lines.map(str::trim).next().map(str::to_owned)
                };
                let Some(name) = field("event:") else { continue };
                let data = serde_json::from_str(&field("data:").unwrap()).unwrap();
                return Some(Event { name, id: field("id:").map(|it| it.parse().unwrap()), data });
            }
            let next = tokio::time::timeout(Duration::from_secs(30), self.bytes.next());
            let bytes = next.await.expect("an event comes in time")?.ok()?;
            self.text.push_str(std::str::from_utf8(&bytes).unwrap());
        }
    }

    async fn next_id(&mut self) -> Option<u64> {
        let event = self.next().await.unwrap();
        assert_eq!(event.name, "change");
        event.id
    }
}

#[tokio::test]
async fn commits_are_told_as_they_come() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    let mut events = Events::open(&app, &format!("{path}/events"), None).await;
    let commit = app.commit(&path, 0, json!([create_table(1)])).await;
    let event = events.next().await.unwrap();
    assert_eq!((event.name.as_str(), event.id), ("change", Some(1)));
    assert_eq!(event.data, commit.body, "the event says what the answer said");
}

#[tokio::test]
async fn a_listener_is_told_what_it_missed() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    app.commit(&path, 0, json!([create_table(1)])).await;
    app.commit(&path, 1, json!([create_table(2)])).await;
    app.commit(&path, 2, json!([create_table(3)])).await;

    let mut resumed = Events::open(&app, &format!("{path}/events"), Some(1)).await;
    let mut first = Events::open(&app, &format!("{path}/events?after=2"), None).await;
    let mut both = Events::open(&app, &format!("{path}/events?after=0"), Some(2)).await;
    app.commit(&path, 3, json!([create_table(4)])).await;
    for id in 2..=4 {
        assert_eq!(resumed.next_id().await, Some(id));
    }
    for id in 3..=4 {
        assert_eq!(first.next_id().await, Some(id));
        assert_eq!(both.next_id().await, Some(id), "what was heard last counts");
    }
}

#[tokio::test]
async fn who_is_too_far_behind_is_told_to_read_again() {
    let app = TestApp::start().await;
    let path = app.diagram().await;
    app.commit(&path, 0, json!([create_table(1)])).await;
    for number in 1..=520_u64 {
        app.commit(&path, number, json!([update_table(1, json!({ "note": number.to_string() }))]))
            .await;
    }
    let mut events = Events::open(&app, &format!("{path}/events?after=0"), None).await;
    assert_eq!(events.next().await.unwrap().name, "reload");
    assert!(events.next().await.is_none(), "nothing follows");
    let mut ahead = Events::open(&app, &format!("{path}/events?after=999"), None).await;
    assert_eq!(ahead.next().await.unwrap().name, "reload", "from another life of the data");
}

#[tokio::test]
async fn stopping_ends_the_streams_at_once() {
    let mut app = TestApp::start().await;
    let path = app.diagram().await;
    let mut events = Events::open(&app, &format!("{path}/events"), None).await;
    app.stop().await;
    assert!(events.next().await.is_none());
}
