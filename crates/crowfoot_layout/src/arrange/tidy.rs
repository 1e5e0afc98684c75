use crowfoot_schema::{Diagram, Point, TableId};
use rustc_hash::FxHashSet;

use super::{Style, fresh, near::free_place};
use crate::{Rect, TableBox, grid::Grid};

/// New places for some tables, as a block where they stand now; no other table moves.
///
/// The block is centred where the tables' centre was, or at the nearest place where it overlaps nothing.
/// Tables without a position count as standing in that centre. In the order of the diagram.
pub fn tidy(diagram: &Diagram, chosen: &[TableId], style: Style) -> Vec<(TableId, Point)> {
    let chosen: FxHashSet<TableId> = chosen.iter().copied().collect();
    let rect = |it: &crowfoot_schema::Table| {
        TableBox::new(diagram, it, it.position.unwrap_or_default()).rect
    };
    let (moved, others): (Vec<_>, Vec<_>) =
        diagram.tables().partition(|it| chosen.contains(&it.id));
    let sizes: Vec<(i32, i32)> = moved.iter().map(|it| rect(it)).map(|it| (it.w, it.h)).collect();
    let corners = fresh(diagram, &moved, &sizes, style);

    let placed =
        |corner: &Point, (w, h): &(i32, i32)| Rect { x: corner.x, y: corner.y, w: *w, h: *h };
    let Some(block) =
        corners.iter().zip(&sizes).map(|(at, size)| placed(at, size)).reduce(Rect::union)
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
