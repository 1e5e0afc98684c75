use axum::{Json, extract::State};
use crowfoot_app::{App, DiagramRecord};

use crate::{
    extract::Path,
    problem::{ApiResult, Problem},
    wire::DiagramPath,
};

/// Tells what is known of a diagram without opening it; one in the trash too.
#[utoipa::path(
    get,
    path = "/api/diagrams/{id}",
    tag = "diagrams",
    params(DiagramPath),
    responses(
        (status = OK, body = DiagramRecord),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get_diagram(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
) -> ApiResult<Json<DiagramRecord>> {
    Ok(Json(app.find_diagram(path.id).await?))
}
