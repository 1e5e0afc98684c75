use std::{path::PathBuf, sync::Arc};

use axum::{
    Extension, Router,
    body::Body,
    http::{HeaderMap, HeaderName, Method, Request, StatusCode, Uri},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
};
use crowfoot_app::{App, ExportFormat, Picture};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    trace::TraceLayer,
};
use utoipa::{OpenApi as _, openapi::OpenApi};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    guard::{Hosts, guard},
    headers::secure,
    problem::Problem,
    routes::{
        changes, diagrams, export, health, image, imports, migration, openapi, samples, snapshot,
        suggestions,
    },
    serve::Closing,
    web::WebApp,
    wire,
};

/// What a router needs beside the application.
#[derive(Clone, Debug, Default)]
pub struct RouterOptions {
    /// The names under which the server may be asked.
    pub hosts: Hosts,
    /// A folder with the web app, instead of the one inside the program.
    pub web_dir: Option<PathBuf>,
    pub(crate) closing: Closing,
}

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Everything that can be asked over HTTP.
pub fn router(app: App, options: RouterOptions) -> Router {
    let web = Arc::new(WebApp::new(options.web_dir));
    let (api, _) = documented().split_for_parts();
    api.fallback(move |method: Method, uri: Uri, headers: HeaderMap| {
        let web = Arc::clone(&web);
        async move { elsewhere(&web, &method, &uri, &headers).await }
    })
    .method_not_allowed_fallback(wrong_method)
    .layer(Extension(options.closing))
    .layer(CompressionLayer::new().gzip(true))
    .layer(from_fn_with_state(Arc::new(options.hosts), guard))
    .layer(from_fn(secure))
    .layer(CatchPanicLayer::custom(|_| Problem::internal().into_response()))
    .layer(PropagateRequestIdLayer::new(REQUEST_ID))
    .layer(TraceLayer::new_for_http().make_span_with(span))
    .layer(SetRequestIdLayer::new(REQUEST_ID, MakeRequestUuid))
    .with_state(app)
}

/// The description of the API, made from the handlers.
pub fn openapi() -> OpenApi {
    let mut document = documented().into_openapi();
    document.info.title = "Crowfoot".to_owned();
    document.info.description =
        Some("Diagrams of relational schemas, their changes, imports and exports.".to_owned());
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document.info.license = None;
    document.info.contact = None;
    document
}

/// Types that stand in parameters alone, which the router does not find by itself.
#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(
    ExportFormat,
    Picture,
    wire::ImageKind,
    wire::ImagePaper,
    wire::ImageOrientation,
    wire::ImagePages
)))]
struct Parameters;

fn documented() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Parameters::openapi())
        .routes(routes!(diagrams::list::list_diagrams, diagrams::create::create_diagram))
        .routes(routes!(imports::create::import_diagram))
        .routes(routes!(
            diagrams::get::get_diagram,
            diagrams::rename::rename_diagram,
            diagrams::delete::delete_diagram
        ))
        .routes(routes!(diagrams::restore::restore_diagram))
        .routes(routes!(snapshot::get_snapshot))
        .routes(routes!(changes::list::list_changes, changes::add::add_changes))
        .routes(routes!(changes::events::watch_changes))
        .routes(routes!(imports::add::import_into_diagram))
        .routes(routes!(export::export_diagram))
        .routes(routes!(image::get_image, image::make_image))
        .routes(routes!(migration::plan_migration))
        .routes(routes!(imports::preview::preview_import))
        .routes(routes!(suggestions::list::list_suggestions))
        .routes(routes!(suggestions::read::suggest_keys))
        .routes(routes!(samples::list::list_samples))
        .routes(routes!(samples::open::open_sample))
        .routes(routes!(openapi::get_openapi))
        .routes(routes!(health::get_health))
}

/// Whatever is no route: a file of the web app, or nothing.
async fn elsewhere(web: &WebApp, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response {
    if uri.path() == "/api" || uri.path().starts_with("/api/") {
        let detail = format!("the API has no `{}`", uri.path());
        return Problem::new(StatusCode::NOT_FOUND, "no-route", "No such thing", detail)
            .into_response();
    }
    web.answer(method, uri.path(), headers).await
}

async fn wrong_method(request: Request<Body>) -> Problem {
    let detail = format!("`{}` does not take {}", request.uri().path(), request.method());
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, "wrong-method", "Wrong method", detail)
}

fn span(request: &Request<Body>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().map(|it| it.header_value());
    let id = id.and_then(|it| it.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", method = %request.method(), path = request.uri().path(), id)
}
