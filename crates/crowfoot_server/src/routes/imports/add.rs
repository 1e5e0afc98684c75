use axum::{Json, extract::State};
use crowfoot_app::{App, ImportIntoDiagram};
use uuid::Uuid;

use crate::{
    extract::{IMPORT_LIMIT, JsonBody, Path},
    problem::{ApiResult, Problem},
    wire::{Added, DiagramPath, Entry, TextToAdd},
};

/// Adds what a text holds to a diagram, as one commit. Tables that exist already are skipped and
/// told.
#[utoipa::path(
    post,
    path = "/api/diagrams/{id}/import",
    tag = "import",
    params(DiagramPath),
    request_body = TextToAdd,
    responses(
        (status = OK, body = Added),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn import_into_diagram(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    JsonBody(body): JsonBody<TextToAdd, IMPORT_LIMIT>,
) -> ApiResult<Json<Added>> {
    let wish = ImportIntoDiagram {
        format: body.format,
        text: body.text,
        base: body.base,
        key: body.key.unwrap_or_else(Uuid::now_v7),
    };
    let done = app.import_into_diagram(path.id, wish).await?;
    Ok(Json(Added {
        entry: Entry::of(&done.commit)?,
        skipped: done.skipped,
        lost_refs: done.lost_refs,
    }))
}
