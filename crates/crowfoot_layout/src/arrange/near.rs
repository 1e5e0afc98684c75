//! Places for new tables among others that stay where they are.

use crowfoot_schema::{Diagram, Point, Table, TableId};
use rustc_hash::FxHashMap;

use super::{Style, fresh};
use crate::{Rect, TableBox, grid::Grid, progress::Progress};

/// More new tables than this are laid out by themselves and set beside what is there.
const MANY: usize = 24;
/// Kept free around a new table.
const GAP: (i32, i32) = (70, 40);
/// Between tries.
const STEP: i32 = 40;

/// Corners for the new tables.
pub(super) fn place(
    diagram: &Diagram,
    tables: &[&Table],
    boxes: &[TableBox],
    placed: &[(TableId, Rect)],
    style: Style,
) -> Vec<Point> {
    let whole = placed.iter().map(|it| it.1).reduce(Rect::union).unwrap_or_default();
    let has_placed_neighbour = |table: &Table| {
        diagram.refs_of(table.id).any(|it| {
            [it.from, it.to].iter().any(|&id| {
                id != table.id && diagram.table(id).is_some_and(|it| it.position.is_some())
            })
        })
    };
    let n_near = tables.iter().filter(|it| has_placed_neighbour(it)).count();
    if tables.len() > MANY || (n_near == 0 && tables.len() > 1) {
        let corners = fresh(diagram, tables, boxes, style, &Progress::silent());
        let right = Point { x: whole.right() + 160, y: whole.y };
        let below = Point { x: whole.x, y: whole.bottom() + 160 };
        let offset =
            if f64::from(whole.w) > f64::from(whole.h) * super::ASPECT { below } else { right };
        return corners
            .into_iter()
            .map(|it| Point { x: it.x + offset.x, y: it.y + offset.y })
            .collect();
    }

    let mut known: FxHashMap<TableId, Rect> = placed.iter().copied().collect();
    let mut rects: Vec<Rect> = placed.iter().map(|it| it.1).collect();
    let mut grid = Grid::new(9);
    for (slot, rect) in (0..).zip(&rects) {
        grid.insert(slot, *rect);
    }
    let mut corners = vec![Point::default(); tables.len()];
    let mut left: Vec<usize> = (0..tables.len()).collect();
    while !left.is_empty() {
        // The one with most relations that have a place goes next.
        let neighbours = |at: usize| -> Vec<Rect> {
            let id = tables[at].id;
            diagram
                .refs_of(id)
                .map(|it| if it.from == id { it.to } else { it.from })
                .filter_map(|it| known.get(&it).copied())
                .collect()
        };
        let next = (0..left.len())
            .max_by_key(|&it| (neighbours(left[it]).len(), std::cmp::Reverse(it)))
            .unwrap_or(0);
        let at = left.remove(next);
        let near = neighbours(at);
        let Rect { w, h, .. } = boxes[at].rect;
        let aim = if near.is_empty() {
            Point { x: whole.right() + GAP.0, y: whole.y }
        } else {
            let n = near.len() as i32;
            let x = near.iter().map(|it| it.x + it.w / 2).sum::<i32>() / n;
            let y = near.iter().map(|it| it.y + it.h / 2).sum::<i32>() / n;
            Point { x: x - w / 2, y: y - h / 2 }
        };
        let rect = free_place(&grid, &rects, aim, (w, h));
        grid.insert(rects.len() as u32, rect);
        rects.push(rect);
        known.insert(tables[at].id, rect);
        corners[at] = rect.corner();
    }
    corners
}

/// The free place nearest to an aim, looked for on rings around it.
pub(super) fn free_place(grid: &Grid, rects: &[Rect], aim: Point, (w, h): (i32, i32)) -> Rect {
    let mut found = Vec::new();
    let mut is_free = |rect: Rect| {
        let wide = Rect {
            x: rect.x - GAP.0,
            y: rect.y - GAP.1,
            w: rect.w + 2 * GAP.0,
            h: rect.h + 2 * GAP.1,
        };
        found.clear();
        grid.query(wide, &mut found);
        !found.iter().any(|&it| rects[it as usize].overlaps(wide))
    };
    for ring in 0i32.. {
        let mut best: Option<(i64, Rect)> = None;
        for step in -ring..=ring {
            let (along, out) = (step * STEP, ring * STEP);
            for (dx, dy) in [(along, -out), (along, out), (-out, along), (out, along)] {
                let rect = Rect { x: aim.x + dx, y: aim.y + dy, w, h };
                let far = i64::from(dx) * i64::from(dx) + i64::from(dy) * i64::from(dy);
                if best.is_none_or(|(least, _)| far < least) && is_free(rect) {
                    best = Some((far, rect));
                }
            }
        }
        if let Some((_, rect)) = best {
            return rect;
        }
    }
    unreachable!("beyond the last table every place is free")
}
