//! Extractors that answer with problem documents.

use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Request},
    http::{StatusCode, header, request::Parts},
};
use bytes::Bytes;
use http_body_util::LengthLimitError;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The most bytes of a request that is no import.
pub(crate) const BODY_LIMIT: usize = 8 << 20;
/// The most bytes of a request that carries a text to import.
pub(crate) const IMPORT_LIMIT: usize = 32 << 20;
/// Bodies longer than this are read aside.
const SMALL: usize = 64 << 10;

/// A JSON body of at most `LIMIT` bytes.
pub(crate) struct JsonBody<T, const LIMIT: usize = BODY_LIMIT>(pub(crate) T);

impl<S, T, const LIMIT: usize> FromRequest<S> for JsonBody<T, LIMIT>
where
    S: Send + Sync,
    T: DeserializeOwned + Send + 'static,
{
    type Rejection = Problem;

    async fn from_request(request: Request, _state: &S) -> Result<Self, Problem> {
        if !is_json(&request) {
            return Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "not-json",
                "The body must be JSON",
                "send the header `content-type: application/json`",
            ));
        }
        let said = request.headers().get(header::CONTENT_LENGTH);
        let said = said.and_then(|it| it.to_str().ok()).and_then(|it| it.parse::<usize>().ok());
        if said.is_some_and(|it| it > LIMIT) {
            return Err(too_large(LIMIT));
        }
        let bytes = read(request.into_body(), LIMIT).await?;
        let value = if bytes.len() <= SMALL {
            serde_json::from_slice(&bytes)
        } else {
            let work = move || serde_json::from_slice(&bytes);
            tokio::task::spawn_blocking(work).await.map_err(|_| Problem::internal())?
        };
        value.map(Self).map_err(|error| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "bad-body",
                "The body is not what was expected",
                error.to_string(),
            )
        })
    }
}

async fn read(body: Body, limit: usize) -> Result<Bytes, Problem> {
    axum::body::to_bytes(body, limit).await.map_err(|error| {
        if std::error::Error::source(&error).is_some_and(|it| it.is::<LengthLimitError>()) {
            return too_large(limit);
        }
        let detail = "the connection broke before the body was complete";
        Problem::new(StatusCode::BAD_REQUEST, "broken-body", "The body is not complete", detail)
    })
}

fn too_large(limit: usize) -> Problem {
    let detail = format!("at most {} MB are allowed in one request", limit >> 20);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", "The request is too large", detail)
}

fn is_json(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|it| it.to_str().ok());
    let kind = kind.and_then(|it| it.split(';').next()).map(|it| it.trim().to_ascii_lowercase());
    kind.is_some_and(|it| it == "application/json" || it.ends_with("+json"))
}

/// The parameters of a path.
pub(crate) struct Path<T>(pub(crate) T);

impl<S, T> FromRequestParts<S> for Path<T>
where
    S: Send + Sync,
    T: DeserializeOwned + Send,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = axum::extract::Path::<T>::from_request_parts(parts, state).await;
        found.map(|it| Self(it.0)).map_err(|error| {
            Problem::new(StatusCode::NOT_FOUND, "bad-path", "No such thing", error.body_text())
        })
    }
}

/// The parameters after the question mark.
pub(crate) struct Query<T>(pub(crate) T);

impl<S, T> FromRequestParts<S> for Query<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = axum::extract::Query::<T>::from_request_parts(parts, state).await;
        found.map(|it| Self(it.0)).map_err(|error| {
            let detail = error.body_text();
            Problem::new(StatusCode::BAD_REQUEST, "bad-query", "Not a valid query", detail)
        })
    }
}
