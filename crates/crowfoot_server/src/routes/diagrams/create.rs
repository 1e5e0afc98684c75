use axum::{Json, extract::State, http::StatusCode};
use crowfoot_app::{App, CreateDiagram, DiagramRecord};

use crate::{
    extract::JsonBody,
    problem::{ApiResult, Problem},
    wire::NewDiagram,
};

/// Makes an empty diagram.
#[utoipa::path(
    post,
    path = "/api/diagrams",
    tag = "diagrams",
    request_body = NewDiagram,
    responses(
        (status = CREATED, body = DiagramRecord),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn create_diagram(
    State(app): State<App>,
    JsonBody(body): JsonBody<NewDiagram>,
) -> ApiResult<(StatusCode, Json<DiagramRecord>)> {
    let wish = CreateDiagram { name: body.name, dialect: body.dialect };
    Ok((StatusCode::CREATED, Json(app.create_diagram(wish).await?)))
}
