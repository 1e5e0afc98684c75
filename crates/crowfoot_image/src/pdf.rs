use crowfoot_layout::{Rect, Scene};
use krilla::{
    Document, SerializeSettings,
    color::rgb,
    destination::XyzDestination,
    geom::{PathBuilder, Point, Size, Transform},
    metadata::Metadata,
    num::NormalizedF32,
    outline::{Outline, OutlineNode},
    page::PageSettings,
    paint::{Fill, Stroke},
    surface::Surface,
    text::{Font, TextDirection},
};
use krilla_svg::{SurfaceExt, SvgSettings};

use crate::{
    ImageError, ImageOptions, font,
    paper::{MARGIN, OVERLAP, Plan, Tile},
    tree,
};

/// The picture on pages. Its text can be searched and copied; the tables are bookmarks.
pub(crate) fn render(scene: &Scene, options: &ImageOptions) -> Result<Vec<u8>, ImageError> {
    let frame = options.look.frame(scene);
    let plan = Plan::new(options.paper, frame, options.scale);
    if plan.n_pages() > u64::from(options.limits.pages) {
        return Err(ImageError::TooManyPages { pages: plan.n_pages(), most: options.limits.pages });
    }
    let tiles: Vec<Tile> = plan
        .tiles(frame)
        .into_iter()
        .filter(|it| plan.n_pages() == 1 || is_used(scene, options, it.frame))
        .collect();
    let mut document = Document::new_with(SerializeSettings::default());
    document.set_metadata(
        Metadata::new().title(options.look.title.clone()).creator("Crowfoot".to_owned()),
    );
    for (at, tile) in tiles.iter().enumerate() {
        let size = PageSettings::from_wh(plan.page.0, plan.page.1);
        let size = size.ok_or_else(|| ImageError::Failed("a page has no size".to_owned()))?;
        let mut page = document.start_page_with(size);
        let mut surface = page.surface();
        draw(&mut surface, scene, options, &plan, tile)?;
        if plan.n_pages() > 1 {
            frame_page(&mut surface, &plan, tile, &options.look.title, (at + 1, tiles.len()));
        }
        surface.finish();
        page.finish();
    }
    document.set_outline(outline(scene, options, &plan, &tiles));
    document.finish().map_err(|it| ImageError::Failed(format!("{it:?}")))
}

/// Whether anything is to be seen there.
fn is_used(scene: &Scene, options: &ImageOptions, frame: Rect) -> bool {
    options.look.part.reaches(scene, frame)
}

/// The page's part of the picture.
fn draw(
    surface: &mut Surface<'_>,
    scene: &Scene,
    options: &ImageOptions,
    plan: &Plan,
    tile: &Tile,
) -> Result<(), ImageError> {
    let tree = tree::piece(scene, &options.look, tile.frame)?;
    let size = (tile.frame.w as f32 * plan.scale, tile.frame.h as f32 * plan.scale);
    let size = Size::from_wh(size.0, size.1)
        .ok_or_else(|| ImageError::Failed("a picture has no size".to_owned()))?;
    surface.push_transform(&Transform::from_translate(plan.inset.0, plan.inset.1));
    surface.draw_svg(&tree, size, SvgSettings::default());
    surface.pop();
    Ok(())
}

/// What helps to put the sheets together: ticks where the next one begins to repeat this one, and
/// which sheet of which it is.
fn frame_page(
    surface: &mut Surface<'_>,
    plan: &Plan,
    tile: &Tile,
    title: &str,
    (number, of): (usize, usize),
) {
    let ink = rgb::Color::new(110, 120, 135);
    let (w, h) = plan.page;
    let (left, right) = (MARGIN, MARGIN + tile.frame.w as f32 * plan.scale);
    let (top, bottom) = (MARGIN, MARGIN + tile.frame.h as f32 * plan.scale);
    let mut ticks = PathBuilder::new();
    let mut tick = |from: (f32, f32), to: (f32, f32)| {
        ticks.move_to(from.0, from.1);
        ticks.line_to(to.0, to.1);
    };
    let upright =
        [(tile.column > 0, left + OVERLAP), (tile.column + 1 < plan.columns, right - OVERLAP)];
    for (_, x) in upright.into_iter().filter(|it| it.0) {
        tick((x, top - 12.0), (x, top - 3.0));
        tick((x, bottom + 3.0), (x, bottom + 12.0));
    }
    let level = [(tile.row > 0, top + OVERLAP), (tile.row + 1 < plan.rows, bottom - OVERLAP)];
    for (_, y) in level.into_iter().filter(|it| it.0) {
        tick((left - 12.0, y), (left - 3.0, y));
        tick((right + 3.0, y), (right + 12.0, y));
    }
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { paint: ink.into(), width: 0.6, ..Stroke::default() }));
    if let Some(path) = ticks.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
    let Some(font) = Font::new(font::REGULAR.to_vec().into(), 0) else { return };
    surface.set_fill(Some(Fill {
        paint: ink.into(),
        opacity: NormalizedF32::ONE,
        rule: Default::default(),
    }));
    let words = format!("{}   {title}   {number} of {of}", sheet_name(tile));
    let at = Point::from_xy(w.min(right).min(left + 60.0), h - 9.0);
    surface.draw_text(at, font, 8.0, &words, false, TextDirection::Auto);
    surface.set_fill(None);
}

/// `B3`: the second sheet from the left in the third row.
fn sheet_name(tile: &Tile) -> String {
    let mut column = tile.column;
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b'A' + (column % 26) as u8));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    format!("{letters}{}", tile.row + 1)
}

/// A bookmark for each table, by name.
fn outline(scene: &Scene, options: &ImageOptions, plan: &Plan, tiles: &[Tile]) -> Outline {
    let mut tables = options.look.part.tables(scene);
    tables.sort_by(|a, b| (&a.schema, &a.title, a.id).cmp(&(&b.schema, &b.title, b.id)));
    let mut outline = Outline::new();
    for table in tables {
        let (x, y) = (table.rect.x as f32, table.rect.y as f32);
        let Some(page) = tiles.iter().position(|it| it.frame.contains(x, y)) else { continue };
        let frame = tiles[page].frame;
        let at = Point::from_xy(
            plan.inset.0 + (x - frame.x as f32) * plan.scale,
            plan.inset.1 + (y - frame.y as f32) * plan.scale,
        );
        let name = match &table.schema {
            Some(schema) => format!("{schema}.{}", table.title),
            None => table.title.to_string(),
        };
        outline.push_child(OutlineNode::new(name, XyzDestination::new(page, at)));
    }
    outline
}

#[cfg(test)]
mod tests {
    use crowfoot_layout::Rect;

    use super::{Tile, sheet_name};

    #[test]
    fn sheets_are_named_as_in_a_spreadsheet() {
        let name = |column, row| sheet_name(&Tile { column, row, frame: Rect::default() });
        assert_eq!((name(0, 0), name(25, 1)), ("A1".to_owned(), "Z2".to_owned()));
        assert_eq!((name(26, 2), name(52, 0)), ("AA3".to_owned(), "BA1".to_owned()));
    }
}
