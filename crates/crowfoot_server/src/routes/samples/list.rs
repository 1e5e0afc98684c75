use axum::Json;
use crowfoot_app::{Sample, samples};

/// Lists the samples that a new diagram can be made of.
#[utoipa::path(
    get,
    path = "/api/samples",
    tag = "samples",
    responses((status = OK, body = Vec<Sample>)),
)]
pub(crate) async fn list_samples() -> Json<&'static [Sample]> {
    Json(samples())
}
