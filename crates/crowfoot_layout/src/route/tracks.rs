//! The level and upright tracks that lines may take.

use super::{
    CLEARANCE,
    space::{Space, Toward},
};
use crate::Rect;

/// From a table's side to the upright track beside it, where there is room.
const BESIDE: i32 = 20;
/// From a table's top or bottom to the level track beside it, where there is room.
const ABOVE: i32 = 10;
/// How far to look for the next table when a track is chosen.
const LOOK: i32 = 120;
/// How far tracks go beyond the outermost tables.
const MARGIN: i32 = 400;

/// All tracks.
#[derive(Clone, Debug, Default)]
pub(super) struct Tracks {
    /// Ascending by x.
    pub(super) upright: Vec<Track>,
    /// Ascending by y.
    pub(super) level: Vec<Track>,
    /// How many stretches there are in all.
    pub(super) n_stretches: usize,
    /// The tracks that each table asked for: left, right, above, below.
    asked: Vec<Option<[i32; 4]>>,
    world: Rect,
}

/// An infinite track at one coordinate, cut into stretches where tables stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Track {
    pub(super) at: i32,
    /// Free stretches, ascending, without overlap.
    pub(super) stretches: Vec<(i32, i32)>,
    /// The number of its first stretch among all.
    pub(super) first: usize,
    /// How many sides of tables asked for it.
    n_asked: u32,
}

impl Track {
    /// The stretch that holds a coordinate.
    pub(super) fn stretch_at(&self, along: i32) -> Option<usize> {
        let at = self.stretches.partition_point(|it| it.1 < along);
        (self.stretches.get(at)?.0 <= along).then_some(at)
    }
}

impl Tracks {
    /// Brings the tracks in step after tables moved.
    pub(super) fn update(&mut self, space: &Space, moved: &[(u32, Option<Rect>)]) {
        let mut found = Vec::new();
        let whole = space.rects().map(|it| it.1).reduce(Rect::union).unwrap_or_default();
        let is_inside = self.world.grown(-MARGIN / 2).union(whole) == self.world.grown(-MARGIN / 2);
        let n_tables = space.rects().map(|it| it.0 + 1).max().unwrap_or(0) as usize;
        if !is_inside || moved.len() * 4 > n_tables {
            self.rebuild(space, whole, &mut found);
            return;
        }

        if self.asked.len() < n_tables {
            self.asked.resize(n_tables, None);
        }
        // Tables nearby may now want other tracks.
        let mut concerned: Vec<u32> = Vec::new();
        for &(table, old) in moved {
            for rect in [old, space.rect(table)].into_iter().flatten() {
                space.query(rect.grown(LOOK), &mut found);
                concerned.extend_from_slice(&found);
            }
            concerned.push(table);
        }
        concerned.sort_unstable();
        concerned.dedup();
        let mut stale_x: Vec<(i32, i32)> = Vec::new();
        let mut stale_y: Vec<(i32, i32)> = Vec::new();
        for &(table, old) in moved {
            for rect in [old, space.rect(table)].into_iter().flatten() {
                stale_x.push((rect.x - CLEARANCE, rect.right() + CLEARANCE));
                stale_y.push((rect.y - CLEARANCE, rect.bottom() + CLEARANCE));
            }
        }
        for &table in &concerned {
            let wanted = space.rect(table).map(|rect| choose(space, rect, &mut found));
            let before = std::mem::replace(&mut self.asked[table as usize], wanted);
            if before == wanted {
                continue;
            }
            for (tracks, sides) in [(&mut self.upright, 0..2), (&mut self.level, 2..4)] {
                for side in sides {
                    if let Some(wanted) = wanted {
                        ask(tracks, wanted[side]);
                    }
                    if let Some(before) = before {
                        release(tracks, before[side]);
                    }
                }
            }
        }
        let world = self.world;
        let is_stale = |spans: &[(i32, i32)], at| spans.iter().any(|it| it.0 <= at && at <= it.1);
        for track in &mut self.upright {
            if track.stretches.is_empty() || is_stale(&stale_x, track.at) {
                cut_upright(space, track, world, &mut found);
            }
        }
        for track in &mut self.level {
            if track.stretches.is_empty() || is_stale(&stale_y, track.at) {
                cut_level(space, track, world, &mut found);
            }
        }
        self.number();
    }

    fn rebuild(&mut self, space: &Space, whole: Rect, found: &mut Vec<u32>) {
        self.world = whole.grown(MARGIN);
        self.asked.clear();
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        for (table, rect) in space.rects() {
            let wanted = choose(space, rect, found);
            self.asked.resize(table as usize + 1, None);
            self.asked[table as usize] = Some(wanted);
            xs.extend_from_slice(&wanted[..2]);
            ys.extend_from_slice(&wanted[2..]);
        }
        self.upright = counted(xs);
        self.level = counted(ys);
        for track in &mut self.upright {
            cut_upright(space, track, self.world, found);
        }
        for track in &mut self.level {
            cut_level(space, track, self.world, found);
        }
        self.number();
    }

    fn number(&mut self) {
        let mut first = 0;
        for track in self.upright.iter_mut().chain(&mut self.level) {
            track.first = first;
            first += track.stretches.len();
        }
        self.n_stretches = first;
    }
}

/// One track for each coordinate.
fn counted(mut ats: Vec<i32>) -> Vec<Track> {
    ats.sort_unstable();
    let mut tracks: Vec<Track> = Vec::new();
    for at in ats {
        match tracks.last_mut() {
            Some(track) if track.at == at => track.n_asked += 1,
            _ => tracks.push(Track { at, n_asked: 1, ..Track::default() }),
        }
    }
    tracks
}

fn ask(tracks: &mut Vec<Track>, at: i32) {
    match tracks.binary_search_by_key(&at, |it| it.at) {
        Ok(found) => tracks[found].n_asked += 1,
        Err(place) => tracks.insert(place, Track { at, n_asked: 1, ..Track::default() }),
    }
}

fn release(tracks: &mut Vec<Track>, at: i32) {
    if let Ok(found) = tracks.binary_search_by_key(&at, |it| it.at) {
        tracks[found].n_asked -= 1;
        if tracks[found].n_asked == 0 {
            tracks.remove(found);
        }
    }
}

/// The tracks beside a table: left, right, above, below.
fn choose(space: &Space, rect: Rect, found: &mut Vec<u32>) -> [i32; 4] {
    let (x, y) = ((rect.x, rect.right()), (rect.y, rect.bottom()));
    let mut look = |toward, start, across| space.clear(toward, start, across, LOOK, found);
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

fn cut_upright(space: &Space, track: &mut Track, world: Rect, found: &mut Vec<u32>) {
    let strip = Rect { x: track.at - CLEARANCE + 1, w: 2 * CLEARANCE - 2, ..world };
    space.query(strip, found);
    let spans = found.iter().filter_map(|&it| space.rect(it)).map(|it| (it.y, it.bottom()));
    track.stretches = free(spans.collect(), world.y, world.bottom());
}

fn cut_level(space: &Space, track: &mut Track, world: Rect, found: &mut Vec<u32>) {
    let strip = Rect { y: track.at - CLEARANCE + 1, h: 2 * CLEARANCE - 2, ..world };
    space.query(strip, found);
    let spans = found.iter().filter_map(|&it| space.rect(it)).map(|it| (it.x, it.right()));
    track.stretches = free(spans.collect(), world.x, world.right());
}

/// What is free from `low` to `high` beside some spans.
fn free(mut spans: Vec<(i32, i32)>, low: i32, high: i32) -> Vec<(i32, i32)> {
    spans.sort_unstable();
    let mut stretches = Vec::with_capacity(spans.len() + 1);
    let mut from = low;
    for (start, end) in spans {
        if start - CLEARANCE > from {
            stretches.push((from, start - CLEARANCE));
        }
        from = from.max(end + CLEARANCE);
    }
    if high > from {
        stretches.push((from, high));
    }
    stretches
}
