use crowfoot_layout::{Rect, Scene, SvgOptions};
use png::{BitDepth, ColorType, Compression, Encoder, PixelDimensions, Unit};
use resvg::tiny_skia::{Color, Pixmap, Transform};

use crate::{ImageError, ImageOptions, tree};

/// How many pixels are drawn at once.
const BAND: u32 = 4_000_000;
/// What 96 pixels to the inch are to the metre.
const PIXELS_PER_METRE: f32 = 3779.53;

/// The picture in pixels, drawn from top to bottom in bands.
pub(crate) fn render(scene: &Scene, options: &ImageOptions) -> Result<Vec<u8>, ImageError> {
    let (look, scale) = (&options.look, options.scale);
    let frame = look.frame(scene);
    let size = |length: i32| (length as f32 * scale).ceil().max(1.0) as u64;
    let (width, height) = (size(frame.w), size(frame.h));
    let most = options.limits.pixels;
    if width.saturating_mul(height) > most {
        let natural = frame.w as f32 * frame.h as f32;
        let fitting = ((most as f32 / natural).sqrt() * 100.0 * 0.999).floor() / 100.0;
        return Err(ImageError::TooManyPixels { width, height, most, fitting });
    }
    let (width, height) = (width as u32, height as u32);

    let failed = |it: png::EncodingError| ImageError::Failed(it.to_string());
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, width, height);
    let color = if look.has_ground { ColorType::Rgb } else { ColorType::Rgba };
    encoder.set_color(color);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_compression(Compression::Balanced);
    let density = (PIXELS_PER_METRE * scale).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions {
        xppu: density,
        yppu: density,
        unit: Unit::Meter,
    }));
    // Only what Latin-1 can say, which is what this field holds.
    if look.title.chars().all(|it| u32::from(it) < 256) {
        encoder.add_text_chunk("Title".to_owned(), look.title.clone()).map_err(failed)?;
    }
    let mut writer = encoder.write_header().map_err(failed)?;
    let mut stream = writer.stream_writer().map_err(failed)?;

    let rows = (BAND / width).clamp(1, height);
    let mut top = 0;
    while top < height {
        let band = rows.min(height - top);
        let pixels = draw(scene, look, frame, scale, (width, top, band))?;
        let bytes = bytes(&pixels, color);
        std::io::Write::write_all(&mut stream, &bytes)
            .map_err(|it| ImageError::Failed(it.to_string()))?;
        top += band;
    }
    stream.finish().map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}

/// The rows of the picture from `top` on, `band` of them.
fn draw(
    scene: &Scene,
    look: &SvgOptions,
    frame: Rect,
    scale: f32,
    (width, top, band): (u32, u32, u32),
) -> Result<Pixmap, ImageError> {
    let failed = || ImageError::Failed("there is not enough memory".to_owned());
    let mut pixels = Pixmap::new(width, band).ok_or_else(failed)?;
    if look.has_ground {
        pixels.fill(color(look.theme.palette().ground));
    }
    let from = (top as f32 / scale).floor() as i32 - 2;
    let to = ((top + band) as f32 / scale).ceil() as i32 + 2;
    let piece = Rect { y: frame.y + from, h: to - from, ..frame };
    let without_ground = SvgOptions { has_ground: false, ..look.clone() };
    let tree = tree::piece(scene, &without_ground, piece)?;
    let place = Transform::from_row(scale, 0.0, 0.0, scale, 0.0, from as f32 * scale - top as f32);
    resvg::render(&tree, place, &mut pixels.as_mut());
    Ok(pixels)
}

/// The pixels as the file has them: without alpha, or with alpha that is not multiplied in.
fn bytes(pixels: &Pixmap, kind: ColorType) -> Vec<u8> {
    if kind == ColorType::Rgb {
        return pixels.pixels().iter().flat_map(|it| [it.red(), it.green(), it.blue()]).collect();
    }
    let plain = pixels.pixels().iter().map(|it| it.demultiply());
    plain.flat_map(|it| [it.red(), it.green(), it.blue(), it.alpha()]).collect()
}

/// A colour of a palette.
fn color(text: &str) -> Color {
    let channel = |at: usize| {
        text.get(at..at + 2).and_then(|it| u8::from_str_radix(it, 16).ok()).unwrap_or(0)
    };
    Color::from_rgba8(channel(1), channel(3), channel(5), 255)
}
