//! The web app: files inside the program, or of a folder.

use std::{
    borrow::Cow,
    path::{Component, Path, PathBuf},
};

use axum::{
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use rust_embed::{Embed, EmbeddedFile};

use crate::problem::Problem;

/// What `web/dist` held when the program was built; debug builds read the folder itself.
#[derive(Embed)]
#[folder = "../../web/dist/"]
#[allow_missing = true]
struct Files;

/// Where the files of the web app come from.
#[derive(Clone, Debug)]
pub(crate) struct WebApp {
    folder: Option<PathBuf>,
}

struct File {
    bytes: Cow<'static, [u8]>,
    tag: Option<String>,
}

const NOT_BUILT: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">\
    <title>Crowfoot</title><h1>Crowfoot</h1>\
    <p>The server runs, but the web app is not built. Build it with \
    <code>cargo xtask serve</code>, or with <code>npm ci &amp;&amp; npm run build</code> in \
    <code>web</code>.</p><p>The API is described at \
    <a href=\"/api/openapi.json\">/api/openapi.json</a>.</p></html>";

impl WebApp {
    pub(crate) fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// The file of a path; the app itself for a path without a file, since the app has pages of its
    /// own.
    pub(crate) async fn answer(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Response {
        if method != Method::GET && method != Method::HEAD {
            let detail = format!("`{path}` does not take {method}");
            let status = StatusCode::METHOD_NOT_ALLOWED;
            return Problem::new(status, "wrong-method", "Wrong method", detail).into_response();
        }
        let path = path.trim_start_matches('/');
        if !path.is_empty()
            && let Some(file) = self.read(path).await
        {
            return file.answer(path, headers);
        }
        let is_file = path.rsplit('/').next().is_some_and(|it| it.contains('.'));
        if is_file {
            let detail = format!("there is no file `/{path}`");
            return Problem::new(StatusCode::NOT_FOUND, "no-file", "No such file", detail)
                .into_response();
        }
        match self.read("index.html").await {
            Some(file) => file.answer("index.html", headers),
            None => Html(NOT_BUILT).into_response(),
        }
    }

    async fn read(&self, path: &str) -> Option<File> {
        let Some(folder) = &self.folder else {
            return Files::get(path).map(File::from);
        };
        let is_inside = Path::new(path).components().all(|it| matches!(it, Component::Normal(_)));
        if !is_inside {
            return None;
        }
        let path = folder.join(path);
        let read = tokio::task::spawn_blocking(move || std::fs::read(path)).await.ok()?;
        Some(File { bytes: read.ok()?.into(), tag: None })
    }
}

impl From<EmbeddedFile> for File {
    fn from(file: EmbeddedFile) -> Self {
        let hash = file.metadata.sha256_hash();
        let tag = hash.iter().take(12).map(|it| format!("{it:02x}")).collect::<String>();
        Self { bytes: file.data, tag: Some(format!("\"{tag}\"")) }
    }
}

impl File {
    fn answer(self, path: &str, headers: &HeaderMap) -> Response {
        // The build names files in `assets` by what is in them.
        let is_hashed = path.starts_with("assets/");
        let cache = if is_hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        let known = headers.get(header::IF_NONE_MATCH).and_then(|it| it.to_str().ok());
        let is_known =
            self.tag.as_deref().is_some_and(|tag| known.is_some_and(|it| it.contains(tag)));
        let tag = self.tag.and_then(|it| HeaderValue::from_str(&it).ok());
        if !is_known {
            let kind = mime_guess::from_path(path).first_or_octet_stream();
            let bytes = self.bytes.into_owned();
            response = ([(header::CONTENT_TYPE, kind.as_ref().to_owned())], bytes).into_response();
        }
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        if let Some(tag) = tag {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}
