use axum::extract::State;
use crowfoot_app::{App, Shelf};

use crate::problem::{ApiResult, Problem};

/// Says `ok` when the server can do its work.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "server",
    responses(
        (status = OK, body = String, content_type = "text/plain"),
        (status = SERVICE_UNAVAILABLE, body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get_health(State(app): State<App>) -> ApiResult<&'static str> {
    app.list_diagrams(Shelf::Trashed).await?;
    Ok("ok")
}
