use axum::{Json, extract::State, http::StatusCode};
use crowfoot_app::{App, DiagramRecord};

use crate::{
    extract::Path,
    problem::{ApiResult, Problem},
    wire::SamplePath,
};

/// Makes a new diagram of a sample.
#[utoipa::path(
    post,
    path = "/api/samples/{id}",
    tag = "samples",
    params(SamplePath),
    responses(
        (status = CREATED, body = DiagramRecord),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn open_sample(
    State(app): State<App>,
    Path(path): Path<SamplePath>,
) -> ApiResult<(StatusCode, Json<DiagramRecord>)> {
    Ok((StatusCode::CREATED, Json(app.open_sample(&path.id).await?)))
}
