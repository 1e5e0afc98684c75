use axum::{extract::State, http::StatusCode};
use crowfoot_app::App;

use crate::{
    extract::{Path, Query},
    problem::{ApiResult, Problem},
    wire::{DeleteQuery, DiagramPath},
};

/// Puts a diagram in the trash, or forgets one in the trash for good.
#[utoipa::path(
    delete,
    path = "/api/diagrams/{id}",
    tag = "diagrams",
    params(DiagramPath, DeleteQuery),
    responses(
        (status = NO_CONTENT),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn delete_diagram(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    Query(query): Query<DeleteQuery>,
) -> ApiResult<StatusCode> {
    if query.forever {
        app.delete_diagram(path.id).await?;
    } else {
        app.trash_diagram(path.id).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}
