use crowfoot_schema::{Diagram, Point, TableId};
use rustc_hash::FxHashSet;

use super::{Style, fresh, near::free_place};
use crate::{Rect, TableBox, grid::Grid, progress::Progress};

/// New places for some tables, as a block where they stand now; no other table moves.
///
/// The block is centred where the tables' centre was, or at the nearest place where it overlaps nothing.
/// Tables without a position count as standing in that centre. In the order of the diagram.
pub fn tidy(diagram: &Diagram, chosen: &[TableId], style: Style) -> Vec<(TableId, Point)> {
    let chosen: FxHashSet<TableId> = chosen.iter().copied().collect();
    let stands =
        |it: &crowfoot_schema::Table| TableBox::new(diagram, it, it.position.unwrap_or_default());
    let rect = |it: &crowfoot_schema::Table| stands(it).rect;
    let (moved, others): (Vec<_>, Vec<_>) =
        diagram.tables().partition(|it| chosen.contains(&it.id));
    let boxes: Vec<TableBox> = moved.iter().map(|it| stands(it)).collect();
    let corners = fresh(diagram, &moved, &boxes, style, &Progress::silent());

    let placed = |at: &Point, it: &TableBox| Rect { x: at.x, y: at.y, ..it.rect };
    let Some(block) = corners.iter().zip(&boxes).map(|(at, it)| placed(at, it)).reduce(Rect::union)
    else {
        return Vec::new();
    };
    let before = moved.iter().filter(|it| it.position.is_some()).map(|it| rect(it));
    let before = before.reduce(Rect::union).unwrap_or(block);
    let aim =
        Point { x: before.x + (before.w - block.w) / 2, y: before.y + (before.h - block.h) / 2 };
    let rects: Vec<Rect> =
        others.into_iter().filter(|it| it.position.is_some()).map(rect).collect();
    let mut grid = Grid::new(9);
    for (slot, rect) in (0..).zip(&rects) {
        grid.insert(slot, *rect);
    }
    let place = free_place(&grid, &rects, aim, (block.w, block.h));
    let moved_to = |it: &Point| Point { x: it.x - block.x + place.x, y: it.y - block.y + place.y };
    moved.iter().map(|it| it.id).zip(corners.iter().map(moved_to)).collect()
}
