use axum::{Json, extract::State};
use crowfoot_app::{App, DiagramRecord};

use crate::{
    extract::{JsonBody, Path},
    problem::{ApiResult, Problem},
    wire::{DiagramPatch, DiagramPath},
};

/// Gives a diagram another name.
#[utoipa::path(
    patch,
    path = "/api/diagrams/{id}",
    tag = "diagrams",
    params(DiagramPath),
    request_body = DiagramPatch,
    responses(
        (status = OK, body = DiagramRecord),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn rename_diagram(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    JsonBody(body): JsonBody<DiagramPatch>,
) -> ApiResult<Json<DiagramRecord>> {
    Ok(Json(app.rename_diagram(path.id, &body.name).await?))
}
