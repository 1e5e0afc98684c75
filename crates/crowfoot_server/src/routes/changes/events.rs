use std::{convert::Infallible, time::Duration};

use axum::{
    extract::{Extension, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use crowfoot_app::{App, Commit, Watch, WatchEvent};
use futures_util::stream;

use crate::{
    extract::{Path, Query},
    problem::{ApiResult, Problem},
    serve::Closing,
    wire::{DiagramPath, Entry, EventsQuery},
};

/// How soon a browser that lost the connection tries again.
const RETRY: Duration = Duration::from_secs(1);
/// How long the connection may be silent.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Streams what is committed to a diagram, as server-sent events.
///
/// An event `change` carries an entry of the log, with its revision as the event's id; a browser
/// that reconnects says the last one by itself and is told what it missed. An event `reload` says
/// that too much was missed: read the diagram again, the stream ends.
#[utoipa::path(
    get,
    path = "/api/diagrams/{id}/events",
    tag = "changes",
    params(
        DiagramPath,
        EventsQuery,
        ("Last-Event-ID" = Option<u64>, Header, description = "As `after`, and before it."),
    ),
    responses(
        (status = OK, body = Entry, content_type = "text/event-stream"),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn watch_changes(
    State(app): State<App>,
    Extension(closing): Extension<Closing>,
    Path(path): Path<DiagramPath>,
    Query(query): Query<EventsQuery>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let last = headers.get("last-event-id").and_then(|it| it.to_str().ok()?.parse().ok());
    let watch = app.watch_changes(path.id, last.or(query.after)).await?;
    let events = stream::unfold((watch, closing), |(mut watch, mut closing)| async move {
        let event = tokio::select! {
            event = next(&mut watch) => event?,
            () = closing.wait() => return None,
        };
        Some((Ok::<_, Infallible>(event), (watch, closing)))
    });
    let answer = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // Proxies must pass events on as they come.
    let unbuffered = (HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(([unbuffered], answer).into_response())
}

async fn next(watch: &mut Watch) -> Option<Event> {
    Some(match watch.next().await? {
        WatchEvent::Change(commit) => {
            change(&commit).unwrap_or_else(|_| Event::default().event("reload").data("{}"))
        }
        WatchEvent::Reload => Event::default().event("reload").data("{}"),
    })
}

fn change(commit: &Commit) -> Result<Event, axum::Error> {
    let entry =
        Entry::of(commit).map_err(|it| axum::Error::new(std::io::Error::other(it.title())))?;
    let event = Event::default().event("change").id(commit.revision.to_string()).retry(RETRY);
    event.json_data(entry)
}
