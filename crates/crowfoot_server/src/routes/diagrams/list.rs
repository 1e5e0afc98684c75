use axum::{Json, extract::State};
use crowfoot_app::{App, DiagramRecord, Shelf};

use crate::{
    extract::Query,
    problem::{ApiResult, Problem},
    wire::ListQuery,
};

/// Lists the diagrams, the one changed last first.
#[utoipa::path(
    get,
    path = "/api/diagrams",
    tag = "diagrams",
    params(ListQuery),
    responses(
        (status = OK, body = Vec<DiagramRecord>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list_diagrams(
    State(app): State<App>,
    Query(query): Query<ListQuery>,
) -> ApiResult<Json<Vec<DiagramRecord>>> {
    let shelf = if query.trashed { Shelf::Trashed } else { Shelf::Kept };
    Ok(Json(app.list_diagrams(shelf).await?))
}
