//! The level and upright tracks that lines may take.

use super::{
    CLEARANCE,
    lane::{Lane, Stretch},
    space::{Space, Toward},
};
use crate::{Pt, Rect};

/// From a table's side to the upright track beside it, where there is room.
const BESIDE: i32 = 20;
/// From a table's top or bottom to the level track beside it, where there is room.
const ABOVE: i32 = 10;
/// How far to look for the next table when a track is chosen.
const LOOK: i32 = 120;
/// How far tracks go beyond the outermost tables.
const MARGIN: i32 = 400;
/// With more stretches of track than this, the first way that is found must do.
const LARGE: usize = 5000;

/// All tracks that lines may take: beside each side of each table the stretch that is free there.
///
/// That is a sparse orthogonal visibility graph: a stretch ends at the next table, so that what
/// crosses it is few, however large the diagram is.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracks {
    pub(super) upright: Lane,
    pub(super) level: Lane,
    /// What each table asked for: left, right, above, below.
    asked: Vec<[Option<u32>; 4]>,
    world: Rect,
}

impl Tracks {
    /// Brings the tracks in step after tables moved. Says whether all are new, and know no lines.
    pub(super) fn update(&mut self, space: &Space, moved: &[(u32, Option<Rect>)]) -> bool {
        let mut found = Vec::new();
        let whole = space.rects().map(|it| it.1).reduce(Rect::union).unwrap_or_default();
        let is_inside = self.world.grown(-MARGIN / 2).union(whole) == self.world.grown(-MARGIN / 2);
        let n_tables = space.rects().map(|it| it.0 + 1).max().unwrap_or(0) as usize;
        if !is_inside || moved.len() * 4 > n_tables {
            self.rebuild(space, whole, n_tables);
            self.upright.take_fresh();
            self.level.take_fresh();
            return true;
        }

        self.asked.resize(self.asked.len().max(n_tables), [None; 4]);
        let mut concerned: Vec<u32> = Vec::new();
        for &(table, old) in moved {
            for rect in [old, space.rect(table)].into_iter().flatten() {
                // Tables nearby may now want other tracks, and tracks may be cut or run on.
                space.query(rect.grown(LOOK), &mut found);
                concerned.extend_from_slice(&found);
                let reach = rect.grown(CLEARANCE + 1);
                let (x, y) = ((reach.x, reach.right()), (reach.y, reach.bottom()));
                for (lane, across, along) in [(&self.upright, x, y), (&self.level, y, x)] {
                    for number in lane.touching(across, along) {
                        concerned.extend_from_slice(lane.askers(number));
                    }
                }
            }
            concerned.push(table);
        }
        concerned.sort_unstable();
        concerned.dedup();
        for &table in &concerned {
            let asked = std::mem::take(&mut self.asked[table as usize]);
            for (side, number) in asked.into_iter().enumerate() {
                let Some(number) = number else { continue };
                let lane = if side < 2 { &mut self.upright } else { &mut self.level };
                lane.release(number, table);
            }
        }
        for &table in &concerned {
            self.ask(space, table);
        }
        false
    }

    /// Whether there are too many for a long search.
    pub(super) fn is_large(&self) -> bool {
        self.upright.n_numbers() + self.level.n_numbers() > LARGE
    }

    /// Counts a line through those points on the tracks that it runs along and across, so many
    /// times.
    pub(super) fn count(&mut self, points: &[Pt], n: i32) {
        let mut crossed = Vec::new();
        for pair in points.windows(2) {
            let ((x0, y0), (x1, y1)) = (whole(pair[0]), whole(pair[1]));
            let is_level = y0 == y1;
            let (lane, along, low, high) = if is_level {
                (&mut self.upright, y0, x0.min(x1), x0.max(x1))
            } else {
                (&mut self.level, x0, y0.min(y1), y0.max(y1))
            };
            crossed.clear();
            crossed.extend(lane.crossing(low, high, along));
            for &(at, number) in &crossed {
                lane.load_mut(number).cross(along, n * halves(at, low, high));
            }
            if !is_level && let Some(number) = self.upright.at(x0, i32::midpoint(low, high)) {
                self.upright.load_mut(number).run(low, high, n);
            }
        }
    }

    /// Counts the lines on tracks that are new; `lines` tells the ways of those near a rectangle.
    pub(super) fn count_fresh<'a, I>(&mut self, lines: impl Fn(Rect) -> I)
    where
        I: Iterator<Item = &'a [Pt]>,
    {
        for is_upright in [true, false] {
            let lane = if is_upright { &mut self.upright } else { &mut self.level };
            for number in lane.take_fresh() {
                let Stretch { at, low, high } = lane.stretch(number);
                let rect = if is_upright {
                    Rect::spanning(at, low, at, high)
                } else {
                    Rect::spanning(low, at, high, at)
                };
                let load = lane.load_mut(number);
                for pair in lines(rect).flat_map(|it| it.windows(2)) {
                    let ((x0, y0), (x1, y1)) = (whole(pair[0]), whole(pair[1]));
                    let is_level = y0 == y1;
                    let (along, first, last) = match is_level {
                        true => (y0, x0.min(x1), x0.max(x1)),
                        false => (x0, y0.min(y1), y0.max(y1)),
                    };
                    if is_level == is_upright {
                        if (first..=last).contains(&at) && (low..=high).contains(&along) {
                            load.cross(along, halves(at, first, last));
                        }
                    } else if is_upright
                        && along == at
                        && (low..=high).contains(&i32::midpoint(first, last))
                    {
                        load.run(first, last, 1);
                    }
                }
            }
        }
    }

    fn rebuild(&mut self, space: &Space, whole: Rect, n_tables: usize) {
        self.world = whole.grown(MARGIN);
        let (x, y) = ((self.world.x, self.world.right()), (self.world.y, self.world.bottom()));
        self.upright.reset(x, y, n_tables);
        self.level.reset(y, x, n_tables);
        self.asked.clear();
        self.asked.resize(n_tables, [None; 4]);
        for table in 0..n_tables as u32 {
            self.ask(space, table);
        }
    }

    /// Sees to it that there are tracks beside the sides of a table.
    fn ask(&mut self, space: &Space, table: u32) {
        let Some(rect) = space.rect(table) else { return };
        let middle = (rect.x + rect.w / 2, rect.y + rect.h / 2);
        let world = self.world;
        for (side, at) in choose(space, rect).into_iter().enumerate() {
            let across = (at - CLEARANCE + 1, at + CLEARANCE - 1);
            let (lane, along, [less, more], [start, end]) = if side < 2 {
                let toward = [Toward::Up, Toward::Down];
                (&mut self.upright, middle.1, toward, [world.y, world.bottom()])
            } else {
                let toward = [Toward::Left, Toward::Right];
                (&mut self.level, middle.0, toward, [world.x, world.right()])
            };
            let number = lane.at(at, along).or_else(|| {
                let low = space.clear(less, along, across, along - start);
                let high = space.clear(more, along, across, end - along);
                let low = if low == start { low } else { low + CLEARANCE };
                let high = if high == end { high } else { high - CLEARANCE };
                (low <= along && along <= high).then(|| lane.add(Stretch { at, low, high }))
            });
            if let Some(number) = number {
                lane.ask(number, table);
            }
            self.asked[table as usize][side] = number;
        }
    }
}

fn whole(point: Pt) -> (i32, i32) {
    (point.x as i32, point.y as i32)
}

/// What a piece counts on a track across it: half where it ends there.
fn halves(at: i32, low: i32, high: i32) -> i32 {
    if at == low || at == high { 1 } else { 2 }
}

/// The tracks beside a table: left, right, above, below.
fn choose(space: &Space, rect: Rect) -> [i32; 4] {
    let (x, y) = ((rect.x, rect.right()), (rect.y, rect.bottom()));
    let look = |toward, start, across| space.clear(toward, start, across, LOOK);
    let left = look(Toward::Left, rect.x, y);
    let right = look(Toward::Right, rect.right(), y);
    let above = look(Toward::Up, rect.y, x);
    let below = look(Toward::Down, rect.bottom(), x);
    [
        -round_up(-rect.x, -left, BESIDE),
        round_up(rect.right(), right, BESIDE),
        -round_up(-rect.y, -above, ABOVE),
        round_up(rect.bottom(), below, ABOVE),
    ]
}

/// A coordinate in the gap between `edge` and `next`, if it can be as far from both as wanted, and
/// as round as it can be, so that neighbours choose the same.
///
/// Where both sides of the gap can have what they want, an upright track serves both: lines from
/// one to the other would have to change tracks in between otherwise, which shows as a hook.
fn round_up(edge: i32, next: i32, wanted: i32) -> i32 {
    let low = edge + wanted;
    let beyond = if wanted == BESIDE && next - edge >= 2 * wanted {
        wanted
    } else {
        wanted.min(CLEARANCE + 2)
    };
    let high = (next - beyond).min(low + 63);
    for step in [64, 32, 16, 8, 4] {
        let at = low + (-low).rem_euclid(step);
        if at <= high {
            return at;
        }
    }
    if low <= high { low } else { edge + (next - edge) / 2 }
}
