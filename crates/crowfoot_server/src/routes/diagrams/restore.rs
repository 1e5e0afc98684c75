use axum::{Json, extract::State};
use crowfoot_app::{App, DiagramRecord};

use crate::{
    extract::Path,
    problem::{ApiResult, Problem},
    wire::DiagramPath,
};

/// Takes a diagram out of the trash.
#[utoipa::path(
    post,
    path = "/api/diagrams/{id}/restore",
    tag = "diagrams",
    params(DiagramPath),
    responses(
        (status = OK, body = DiagramRecord),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn restore_diagram(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
) -> ApiResult<Json<DiagramRecord>> {
    Ok(Json(app.restore_diagram(path.id).await?))
}
