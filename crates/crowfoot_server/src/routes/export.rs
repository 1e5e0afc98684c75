use axum::{Json, extract::State};
use crowfoot_app::{App, Exported};

use crate::{
    extract::{Path, Query},
    problem::{ApiResult, Problem},
    wire::{DiagramPath, ExportQuery},
};

/// Gives a diagram as SQL of a dialect, DBML, JSON or a picture, with what that form cannot say.
#[utoipa::path(
    get,
    path = "/api/diagrams/{id}/export",
    tag = "export",
    params(DiagramPath, ExportQuery),
    responses(
        (status = OK, body = Exported),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn export_diagram(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    Query(query): Query<ExportQuery>,
) -> ApiResult<Json<Exported>> {
    Ok(Json(app.export_diagram(path.id, query.format, query.theme).await?))
}
