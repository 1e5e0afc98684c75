use crate::{Rect, grid::Grid};

/// How wide the cells of the grid are, as a power of two.
const SHIFT: u32 = 8;

/// Where tables stand, to be asked how far one can go.
#[derive(Clone, Debug)]
pub(super) struct Space {
    rects: Vec<Option<Rect>>,
    grid: Grid,
}

/// A direction to look in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Toward {
    Left,
    Right,
    Up,
    Down,
}

impl Space {
    pub(super) fn new() -> Self {
        Self { rects: Vec::new(), grid: Grid::new(SHIFT) }
    }

    pub(super) fn rect(&self, table: u32) -> Option<Rect> {
        *self.rects.get(table as usize)?
    }

    pub(super) fn rects(&self) -> impl Iterator<Item = (u32, Rect)> {
        (0..).zip(&self.rects).filter_map(|(slot, it)| Some((slot, (*it)?)))
    }

    pub(super) fn place(&mut self, table: u32, rect: Rect) {
        let at = table as usize;
        if self.rects.len() <= at {
            self.rects.resize(at + 1, None);
        }
        self.grid.remove(table);
        self.grid.insert(table, rect);
        self.rects[at] = Some(rect);
    }

    pub(super) fn unplace(&mut self, table: u32) {
        self.grid.remove(table);
        self.rects[table as usize] = None;
    }

    /// The tables that share more than an edge with a rectangle, ascending, in `found`.
    pub(super) fn query(&self, rect: Rect, found: &mut Vec<u32>) {
        found.clear();
        self.grid.visit(inner(rect), |it| {
            if self.rects[it as usize].is_some_and(|it| it.overlaps(rect)) {
                found.push(it);
            }
        });
        found.sort_unstable();
        found.dedup();
    }

    /// Whether no table shares more than an edge with a rectangle.
    pub(super) fn is_free(&self, rect: Rect) -> bool {
        let is_in_way = |it: u32| self.rects[it as usize].is_some_and(|it| it.overlaps(rect));
        !self.grid.has(inner(rect), is_in_way)
    }

    /// The nearest edge of a table in that direction from `start`, looking over the stretch from
    /// `low` to `high` across it, no further than `reach`. Tables that reach back behind the start
    /// block at the start.
    pub(super) fn clear(
        &self,
        toward: Toward,
        start: i32,
        (low, high): (i32, i32),
        reach: i32,
    ) -> i32 {
        let forward = matches!(toward, Toward::Right | Toward::Down);
        let sign = if forward { 1 } else { -1 };
        let end = start + sign * reach;
        let step = 1 << SHIFT;
        let mut from = start;
        loop {
            // To the edge of the next cell.
            let to = if forward {
                (((from >> SHIFT) + 1) << SHIFT).min(end)
            } else {
                (((from - 1) >> SHIFT) << SHIFT).max(end)
            };
            debug_assert!((to - from).abs() <= step, "a step is at most a cell");
            let (a, b) = (from.min(to), from.max(to));
            let strip = match toward {
                Toward::Left | Toward::Right => {
                    Rect::spanning(a, low, b.max(a + 1), high.max(low + 1))
                }
                Toward::Up | Toward::Down => {
                    Rect::spanning(low, a, high.max(low + 1), b.max(a + 1))
                }
            };
            let mut nearest = None;
            self.grid.visit(inner(strip), |it| {
                let Some(rect) = self.rects[it as usize].filter(|it| it.overlaps(strip)) else {
                    return;
                };
                let edge = match toward {
                    Toward::Right => rect.x.max(start),
                    Toward::Left => rect.right().min(start),
                    Toward::Down => rect.y.max(start),
                    Toward::Up => rect.bottom().min(start),
                };
                let is_nearer = nearest.is_none_or(|it| sign * edge < sign * it);
                nearest = if is_nearer { Some(edge) } else { nearest };
            });
            match nearest {
                Some(edge) => return edge,
                None if to == end => return end,
                None => from = to,
            }
        }
    }
}

/// The rectangle without its right and lower edge: what overlaps it stands in a cell of these.
fn inner(rect: Rect) -> Rect {
    Rect { w: (rect.w - 1).max(0), h: (rect.h - 1).max(0), ..rect }
}
