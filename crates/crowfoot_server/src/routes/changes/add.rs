use axum::{Json, extract::State};
use crowfoot_app::{App, CommitChanges};

use crate::{
    extract::{JsonBody, Path},
    problem::{ApiResult, Problem},
    wire::{DiagramPath, Entry, NewChanges},
};

/// Commits a change-set to a diagram: all of it or nothing.
///
/// A change-set made on an older revision is rebased on what was committed since. The answer has
/// what was done in the end, and is given when it is on disk.
#[utoipa::path(
    post,
    path = "/api/diagrams/{id}/changes",
    tag = "changes",
    params(DiagramPath),
    request_body = NewChanges,
    responses(
        (status = OK, body = Entry),
        (status = CONFLICT, body = Problem, content_type = "application/problem+json",
            description = "`conflict`: somebody else changed the same things since, as `conflicts` \
                tells; `revision` is the newest."),
        (status = UNPROCESSABLE_ENTITY, body = Problem, content_type = "application/problem+json",
            description = "`rejected`: the changes cannot be made, as `reasons` tells for each."),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn add_changes(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    JsonBody(body): JsonBody<NewChanges>,
) -> ApiResult<Json<Entry>> {
    let wish = CommitChanges { base: body.base, key: body.key, change_set: body.change_set };
    let commit = app.commit_changes(path.id, wish).await?;
    Ok(Json(Entry::of(&commit)?))
}
