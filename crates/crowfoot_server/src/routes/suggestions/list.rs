use axum::{Json, extract::State};
use crowfoot_app::{App, NamedSuggestion};

use crate::{
    extract::{Path, Query},
    problem::{ApiResult, Problem},
    wire::{DiagramPath, SuggestionsQuery},
};

/// Lists the foreign keys that a diagram seems to mean without declaring them.
///
/// Those that were dismissed are left out.
#[utoipa::path(
    get,
    path = "/api/diagrams/{id}/suggestions",
    tag = "suggestions",
    params(DiagramPath, SuggestionsQuery),
    responses(
        (status = OK, body = Vec<NamedSuggestion>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn list_suggestions(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    Query(query): Query<SuggestionsQuery>,
) -> ApiResult<Json<Vec<NamedSuggestion>>> {
    Ok(Json(app.list_suggestions(path.id, query.min_confidence.0).await?))
}
