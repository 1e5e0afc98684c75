use axum::{Json, extract::State};
use crowfoot_app::App;

use crate::{
    extract::{Path, Query},
    problem::{ApiResult, Problem},
    wire::{Changes, ChangesQuery, DiagramPath, Entry},
};

/// Lists what was committed to a diagram after a revision.
#[utoipa::path(
    get,
    path = "/api/diagrams/{id}/changes",
    tag = "changes",
    params(DiagramPath, ChangesQuery),
    responses(
        (status = OK, body = Changes),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list_changes(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    Query(query): Query<ChangesQuery>,
) -> ApiResult<Json<Changes>> {
    let commits = app.list_changes(path.id, query.after).await?;
    let changes = commits.iter().map(Entry::of).collect::<ApiResult<_>>()?;
    Ok(Json(Changes { changes }))
}
