use axum::Json;
use utoipa::openapi::OpenApi;

/// Hands out this description of the API.
#[utoipa::path(
    get,
    path = "/api/openapi.json",
    tag = "server",
    responses((status = OK, body = Object)),
)]
pub(crate) async fn get_openapi() -> Json<OpenApi> {
    Json(crate::router::openapi())
}
