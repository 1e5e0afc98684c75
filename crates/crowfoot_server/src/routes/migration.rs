use axum::{Json, extract::State};
use crowfoot_app::{App, PlanMigration, PlannedMigration};

use crate::{
    extract::{JsonBody, Path},
    problem::{ApiResult, Problem},
    wire::{ChangesToPlan, DiagramPath},
};

/// Shows a change-set as the SQL that leads a database there, and back. Nothing is committed.
///
/// The script runs on a database as the export of the diagram makes it, and leaves one as the
/// export of the changed diagram would. A change-set made on an older revision is rebased on what
/// was committed since, as it would be when it is committed.
#[utoipa::path(
    post,
    path = "/api/diagrams/{id}/migration",
    tag = "export",
    params(DiagramPath),
    request_body = ChangesToPlan,
    responses(
        (status = OK, body = PlannedMigration),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json",
            description = "`conflict`: somebody else changed the same things since, as `conflicts` \
                tells; `revision` is the newest."),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json",
            description = "`rejected`: the changes cannot be made, as `reasons` tells for each."),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn plan_migration(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    JsonBody(body): JsonBody<ChangesToPlan>,
) -> ApiResult<Json<PlannedMigration>> {
    let ChangesToPlan { base, change_set, dialect } = body;
    Ok(Json(app.plan_migration(path.id, PlanMigration { base, change_set, dialect }).await?))
}
