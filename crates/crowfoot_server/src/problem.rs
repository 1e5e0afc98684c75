use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use crowfoot_app::{AppError, StoreError};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// What went wrong, as RFC 9457 has it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    #[serde(skip)]
    http_status: StatusCode,
    /// Names the kind of problem; `code` says the same in short.
    #[serde(rename = "type")]
    kind: String,
    title: &'static str,
    status: u16,
    /// A stable name such as `conflict`.
    code: &'static str,
    /// What happened and what to do.
    detail: String,
    /// What a code adds: `conflicts` and `revision`, `reasons`, or `diagnostics`.
    #[serde(flatten)]
    #[schema(value_type = Object, additional_properties)]
    more: Map<String, Value>,
}

/// An answer, or a problem.
pub(crate) type ApiResult<T> = Result<T, Problem>;

impl Problem {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            http_status: status,
            kind: format!("urn:crowfoot:problem:{code}"),
            title,
            status: status.as_u16(),
            code,
            detail: detail.into(),
            more: Map::new(),
        }
    }

    pub(crate) fn title(&self) -> &'static str {
        self.title
    }

    fn with(mut self, name: &str, value: impl Serialize) -> Self {
        // What is told here is made of plain data, which JSON can always say.
        let value = serde_json::to_value(value).unwrap_or(Value::Null);
        self.more.insert(name.to_owned(), value);
        self
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "Something went wrong on our side",
            "the log of the server has more, under the id in the header `x-request-id`",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self)
            .unwrap_or_else(|_| json!({ "code": self.code }).to_string().into_bytes());
        let kind = HeaderValue::from_static("application/problem+json");
        (self.http_status, [(header::CONTENT_TYPE, kind)], body).into_response()
    }
}

impl From<AppError> for Problem {
    fn from(error: AppError) -> Self {
        let detail = error.to_string();
        match error {
            AppError::NoDiagram(_) => {
                Self::new(StatusCode::NOT_FOUND, "no-diagram", "No such diagram", detail)
            }
            AppError::NoSample(_) => {
                Self::new(StatusCode::NOT_FOUND, "no-sample", "No such sample", detail)
            }
            AppError::Trashed => {
                let detail = format!("{detail}: restore it to change it");
                Self::new(StatusCode::CONFLICT, "trashed", "The diagram is in the trash", detail)
            }
            AppError::NotTrashed => Self::new(
                StatusCode::CONFLICT,
                "not-trashed",
                "The diagram is not in the trash",
                detail,
            ),
            AppError::Conflict { conflicts, revision } => Self::new(
                StatusCode::CONFLICT,
                "conflict",
                "Somebody else changed the same things",
                detail,
            )
            .with("conflicts", conflicts)
            .with("revision", revision),
            AppError::Rejected(rejected) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "rejected",
                "The changes cannot be made",
                detail,
            )
            .with("reasons", rejected.reasons),
            AppError::UnknownRevision { revision, .. } => Self::new(
                StatusCode::CONFLICT,
                "unknown-revision",
                "The diagram has not reached that revision",
                detail,
            )
            .with("revision", revision),
            AppError::TooFarBehind { revision, .. } => Self::new(
                StatusCode::CONFLICT,
                "too-far-behind",
                "The diagram has changed too much since",
                detail,
            )
            .with("revision", revision),
            AppError::BadName { .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "bad-name", "Not a name", detail)
            }
            AppError::OverLimit { limit, found, .. } => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, "over-limit", "Too much", detail)
                    .with("limit", limit)
                    .with("found", found)
            }
            AppError::UnknownFormat(_) => {
                let detail = format!("{detail}: choose the format yourself");
                let status = StatusCode::UNPROCESSABLE_ENTITY;
                Self::new(status, "unknown-format", "Unknown format", detail)
            }
            AppError::Unreadable { diagnostics } => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "unreadable",
                "Nothing could be understood",
                detail,
            )
            .with("diagnostics", diagnostics),
            AppError::Store(error) => {
                tracing::error!(%error, "the store failed");
                match error {
                    StoreError::Unavailable(_) => Self::new(
                        StatusCode::SERVICE_UNAVAILABLE,
                        "store-unavailable",
                        "The data cannot be reached",
                        "nothing was changed: try again in a moment",
                    ),
                    StoreError::Corrupt(_) | StoreError::TooNew { .. } | StoreError::NotOurs => {
                        Self::internal()
                    }
                }
            }
            AppError::Internal(error) => {
                tracing::error!(%error, "internal error");
                Self::internal()
            }
        }
    }
}
