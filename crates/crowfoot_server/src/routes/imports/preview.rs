use axum::{Json, extract::State};
use crowfoot_app::{App, Preview};

use crate::{
    extract::{IMPORT_LIMIT, JsonBody},
    problem::{ApiResult, Problem},
    wire::TextToRead,
};

/// Reads a text and tells what it holds and what of it was not understood, without keeping it.
#[utoipa::path(
    post,
    path = "/api/import/preview",
    tag = "import",
    request_body = TextToRead,
    responses(
        (status = OK, body = Preview),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn preview_import(
    State(app): State<App>,
    JsonBody(body): JsonBody<TextToRead, IMPORT_LIMIT>,
) -> ApiResult<Json<Preview>> {
    Ok(Json(app.preview_import(body.format, body.text).await?))
}
