use axum::{Json, extract::State};
use crowfoot_app::{App, NamedSuggestion, SuggestKeys};

use crate::{
    extract::{IMPORT_LIMIT, JsonBody},
    problem::{ApiResult, Problem},
    wire::TextToSuggestFor,
};

/// Reads a text and lists the foreign keys that it seems to mean without declaring them.
///
/// Nothing is kept.
#[utoipa::path(
    post,
    path = "/api/suggest",
    tag = "suggestions",
    request_body = TextToSuggestFor,
    responses(
        (status = OK, body = Vec<NamedSuggestion>),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn suggest_keys(
    State(app): State<App>,
    JsonBody(body): JsonBody<TextToSuggestFor, IMPORT_LIMIT>,
) -> ApiResult<Json<Vec<NamedSuggestion>>> {
    let TextToSuggestFor { format, text, min_confidence, ignore_declared } = body;
    let min_confidence = min_confidence.0;
    let wish = SuggestKeys { format, text, min_confidence, ignore_declared };
    Ok(Json(app.suggest_keys(wish).await?))
}
