use std::hash::{DefaultHasher, Hash, Hasher};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use crowfoot_app::App;

use crate::{
    extract::Path,
    problem::{ApiResult, Problem},
    wire::{DiagramPath, DiagramSnapshot},
};

/// Hands out a diagram with all that it holds, as of its newest revision.
#[utoipa::path(
    get,
    path = "/api/diagrams/{id}/snapshot",
    tag = "diagrams",
    params(DiagramPath),
    responses(
        (status = OK, body = DiagramSnapshot),
        (status = NOT_MODIFIED, description = "The caller has it, as `If-None-Match` says."),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get_snapshot(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    let body = app.read_snapshot(path.id).await?;
    let mut name = DefaultHasher::new();
    body.name().hash(&mut name);
    let tag = format!("W/\"{}-{:x}\"", body.revision, name.finish());
    let common = [
        (header::ETAG, HeaderValue::from_str(&tag).map_err(|_| Problem::internal())?),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache")),
        (header::VARY, HeaderValue::from_static("accept-encoding")),
    ];
    let text = |name| headers.get(name).and_then(|it| it.to_str().ok()).unwrap_or("");
    if text(header::IF_NONE_MATCH).split(',').any(|it| it.trim() == tag) {
        return Ok((StatusCode::NOT_MODIFIED, common).into_response());
    }

    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    let takes_gzip = text(header::ACCEPT_ENCODING).split(',').any(|it| {
        let (name, quality) = it.split_once(';').unwrap_or((it, ""));
        name.trim().eq_ignore_ascii_case("gzip") && !matches!(quality.trim(), "q=0" | "q=0.0")
    });
    if takes_gzip {
        let encoding = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
        return Ok((common, json, encoding, body.gzip).into_response());
    }
    Ok((common, json, body.plain().await?).into_response())
}
