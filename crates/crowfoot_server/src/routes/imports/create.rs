use axum::{Json, extract::State, http::StatusCode};
use crowfoot_app::{App, DiagramRecord, ImportDiagram};

use crate::{
    extract::{IMPORT_LIMIT, JsonBody},
    problem::{ApiResult, Problem},
    wire::TextToKeep,
};

/// Makes a new diagram of a text. Tables that the text gives no place are arranged.
#[utoipa::path(
    post,
    path = "/api/diagrams/import",
    tag = "import",
    request_body = TextToKeep,
    responses(
        (status = CREATED, body = DiagramRecord),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn import_diagram(
    State(app): State<App>,
    JsonBody(body): JsonBody<TextToKeep, IMPORT_LIMIT>,
) -> ApiResult<(StatusCode, Json<DiagramRecord>)> {
    let wish = ImportDiagram { name: body.name, format: body.format, text: body.text };
    Ok((StatusCode::CREATED, Json(app.import_diagram(wish).await?)))
}
