use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use crowfoot_app::{App, DiagramId, file_stem};
use crowfoot_image::{
    ImageError, ImageFormat, ImageOptions, Limits, Orientation, Pages, Paper, PaperSize, Picks,
    render,
};
use crowfoot_layout::{Part, Rect, Scene, SvgOptions, Theme};
use crowfoot_schema::{Change, ChangeSet, Diagram, LineColors, SettingsPatch};
use tokio::sync::Semaphore;

use crate::{
    extract::{JsonBody, Path, Query},
    problem::{ApiResult, Problem},
    wire::{
        DiagramPath, ImageKind, ImageLineColors, ImageOrientation, ImagePages, ImagePaper,
        ImageWish,
    },
};

/// How much a server draws at most for one request.
const LIMITS: Limits = Limits { pixels: 60_000_000, pages: 200 };
/// How many pictures are drawn at a time; others wait, so that commits do not.
static DRAWING: Semaphore = Semaphore::const_new(2);

/// Draws a diagram as SVG, PNG or PDF.
///
/// Shows what the canvas shows; docs/images.md has more on it.
#[utoipa::path(
    get,
    path = "/api/diagrams/{id}/image",
    tag = "export",
    params(DiagramPath, ImageWish),
    responses(
        (status = OK, content((Vec<u8> = "image/svg+xml"), (Vec<u8> = "image/png"), (Vec<u8> = "application/pdf"))),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn get_image(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    Query(wish): Query<ImageWish>,
) -> ApiResult<Response> {
    draw(&app, path.id, wish).await
}

/// Draws a diagram as SVG, PNG or PDF: for wishes that are too long for an address.
#[utoipa::path(
    post,
    path = "/api/diagrams/{id}/image",
    tag = "export",
    params(DiagramPath),
    request_body = ImageWish,
    responses(
        (status = OK, content((Vec<u8> = "image/svg+xml"), (Vec<u8> = "image/png"), (Vec<u8> = "application/pdf"))),
        (status = "4XX", body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn make_image(
    State(app): State<App>,
    Path(path): Path<DiagramPath>,
    JsonBody(wish): JsonBody<ImageWish>,
) -> ApiResult<Response> {
    draw(&app, path.id, wish).await
}

async fn draw(app: &App, id: DiagramId, wish: ImageWish) -> ApiResult<Response> {
    let (name, diagram) = app.read_diagram(id).await?;
    let file_name = format!("{}.{}", file_stem(&name), format(wish.format).ending());
    let kind = format(wish.format).media_type();
    let _turn = DRAWING.acquire().await.map_err(|_| Problem::internal())?;
    let work = move || picture(&diagram, name, &wish);
    let bytes = tokio::task::spawn_blocking(work).await.map_err(|_| Problem::internal())??;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_DISPOSITION, disposition(&file_name)),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((headers, bytes).into_response())
}

fn picture(diagram: &Diagram, title: String, wish: &ImageWish) -> ApiResult<Vec<u8>> {
    let (mut diagram, part, frame) = asked(diagram, wish)?;
    if let Some(by) = wish.line_colors {
        color_lines(&mut diagram, by);
    }
    let options = ImageOptions {
        look: SvgOptions {
            theme: match wish.theme {
                crowfoot_app::Picture::Light => Theme::Light,
                crowfoot_app::Picture::Dark => Theme::Dark,
            },
            part,
            frame,
            has_ground: !wish.transparent,
            title,
            ..SvgOptions::default()
        },
        scale: wish.scale.unwrap_or(1.0),
        paper: paper(wish),
        limits: LIMITS,
    };
    render(&Scene::new(&diagram), format(wish.format), &options).map_err(|error| match error {
        ImageError::Failed(_) => {
            tracing::error!(%error, "a picture was not made");
            Problem::internal()
        }
        told => refused(told.to_string()),
    })
}

fn color_lines(diagram: &mut Diagram, by: ImageLineColors) {
    let by = match by {
        ImageLineColors::Ref => LineColors::Ref,
        ImageLineColors::Action => LineColors::Action,
        ImageLineColors::Group => LineColors::Group,
    };
    let patch = SettingsPatch { line_colors: Some(by), ..SettingsPatch::default() };
    diagram
        .apply(&ChangeSet::new("colours of lines", vec![Change::UpdateSettings { patch }]))
        .expect("any colours of lines suit any diagram");
}

/// What of the diagram is to be seen, and what it is drawn from.
fn asked(diagram: &Diagram, wish: &ImageWish) -> ApiResult<(Diagram, Part, Option<Rect>)> {
    let names = |list: &Option<String>| match list {
        Some(list) => list.split(',').map(str::trim).map(str::to_owned).collect(),
        None => Vec::new(),
    };
    let picks =
        Picks { tables: names(&wish.tables), groups: names(&wish.groups), view: wish.view.clone() };
    let (diagram, part) = picks.cut(diagram).map_err(|it| refused(it.to_string()))?;
    let frame = wish.area.as_deref().map(area).transpose()?;
    Ok((diagram, part, frame))
}

/// `x,y,w,h` in pixels of the diagram.
fn area(text: &str) -> ApiResult<Rect> {
    let numbers: Option<Vec<i32>> = text.split(',').map(|it| it.trim().parse().ok()).collect();
    // Far beyond any diagram, and far below what overflows.
    let is_sane = |it: &i32| it.unsigned_abs() <= 10_000_000;
    match numbers.as_deref() {
        Some(&[x, y, w, h]) if w > 0 && h > 0 && [x, y, w, h].iter().all(is_sane) => {
            Ok(Rect { x, y, w, h })
        }
        _ => Err(refused(format!("`{text}` is no area, as `x,y,width,height` in whole pixels is"))),
    }
}

fn paper(wish: &ImageWish) -> Paper {
    Paper {
        size: match wish.paper {
            ImagePaper::Drawing => PaperSize::Drawing,
            ImagePaper::A4 => PaperSize::A4,
            ImagePaper::A3 => PaperSize::A3,
            ImagePaper::Letter => PaperSize::Letter,
        },
        orientation: match wish.orientation {
            ImageOrientation::Auto => Orientation::Auto,
            ImageOrientation::Portrait => Orientation::Portrait,
            ImageOrientation::Landscape => Orientation::Landscape,
        },
        pages: match wish.pages {
            ImagePages::One => Pages::One,
            ImagePages::Tiled => Pages::Tiled,
        },
    }
}

fn format(kind: ImageKind) -> ImageFormat {
    match kind {
        ImageKind::Svg => ImageFormat::Svg,
        ImageKind::Png => ImageFormat::Png,
        ImageKind::Pdf => ImageFormat::Pdf,
    }
}

fn refused(detail: String) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no-picture", "No picture of that", detail)
}

/// The file's name in both ways that browsers know: letters beyond ASCII have one of their own.
fn disposition(file_name: &str) -> HeaderValue {
    let plain: String = file_name.chars().map(|it| if it.is_ascii() { it } else { '-' }).collect();
    let coded: String = file_name
        .bytes()
        .map(|it| match it {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
                char::from(it).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect();
    let text = format!("inline; filename=\"{plain}\"; filename*=UTF-8''{coded}");
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static("inline"))
}
