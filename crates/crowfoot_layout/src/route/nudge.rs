//! Moves lines that run side by side apart.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    CLEARANCE, Path, Wire,
    apart::Near,
    around,
    names::hash,
    space::{Space, Toward},
    spread::{Piece, spread},
};
use crate::{Facing, Pt, sizes::STUB};

/// How far a piece may be moved from where the search put it.
pub(super) const REACH: i32 = 120;
/// How much of the stub at a table stays straight, if there is room.
const STRAIGHT: f32 = STUB as f32;

/// How close to a table a piece may come that finds no room elsewhere.
const CLOSEST: f32 = 3.0;
/// The same for one that would lie on another else.
const SQUEEZED: f32 = 1.5;

/// A line on its way from the search to its final place: pieces that are level and upright in
/// turn, level first and last.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// The way that the search found.
    pub(super) raw: Path,
    pub(super) wire: Wire,
    /// The same with its pieces moved.
    pub(super) points: Vec<Pt>,
    /// For each piece the name of the bundle that it runs in. Lines into the same column share
    /// their bundles from where they meet.
    pub(super) bundles: Vec<u64>,
}

/// The direction of pieces that are moved together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    Upright,
    Level,
}

impl Run {
    pub(super) fn new(wire: Wire, mut raw: Path) -> Self {
        tidy(&mut raw.points);
        Self { points: raw.points.clone(), raw, wire, bundles: Vec::new() }
    }

    /// The way as it is drawn.
    pub(super) fn path(&self) -> Path {
        let mut points = self.points.clone();
        tidy(&mut points);
        Path { points, ..self.raw }
    }
}

/// The numbers of the pieces of a way in one direction.
pub(super) fn pieces_of(way: &Path, axis: Axis) -> impl Iterator<Item = usize> + use<> {
    let n = if way.is_forced { 0 } else { way.points.len().saturating_sub(1) };
    (usize::from(axis == Axis::Upright)..n).step_by(2)
}

/// Adds a piece of a line through those points, which leaves its tables on those sides, to the
/// bundle that it runs in.
pub(super) fn add_to(
    piece: &mut Piece,
    axis: Axis,
    points: &[Pt],
    (from, to): (Facing, Facing),
    k: usize,
) {
    let n = points.len() - 1;
    let (a, b) = (along(axis, points[k]), along(axis, points[k + 1]));
    piece.low = piece.low.min(a.min(b));
    piece.high = piece.high.max(a.max(b));
    piece.is_fixed |= k == 0 || k == n - 1;
    if k > 0 {
        piece.joint(a, across(axis, points[k - 1]));
    }
    if k + 1 < n {
        piece.joint(b, across(axis, points[k + 2]));
    }
    if axis == Axis::Upright && k == 1 {
        piece.keep_off(from, points[0].x, STRAIGHT);
    }
    if axis == Axis::Upright && k + 2 == n {
        piece.keep_off(to, points[n].x, STRAIGHT);
    }
}

/// Moves some lines apart from each other and from upright and level pieces near them, which stay.
pub(super) fn nudge(
    space: &Space,
    runs: &mut [Option<Run>],
    lines: &[u32],
    [upright, level]: &[Near; 2],
) {
    for &line in lines {
        if let Some(run) = &mut runs[line as usize] {
            run.points.clone_from(&run.raw.points);
        }
    }
    pass(space, runs, lines, upright, Axis::Upright);
    pass(space, runs, lines, level, Axis::Level);
    pass(space, runs, lines, upright, Axis::Upright);
}

/// Moves all pieces of one direction.
fn pass(space: &Space, runs: &mut [Option<Run>], lines: &[u32], near: &Near, axis: Axis) {
    // Those that stay come first, and are put in when it is known which of them matter.
    let n_near = near.len();
    let mut joined: BTreeMap<usize, Piece> = BTreeMap::new();
    let mut own: Vec<Piece> = Vec::with_capacity(lines.len());
    let mut numbers: FxHashMap<u64, usize> = FxHashMap::default();
    // Which piece each piece of a line became, in the order of the lines.
    let mut taken: Vec<usize> = Vec::new();
    for &line in lines {
        let Some(run) = &runs[line as usize] else { continue };
        let mut before: Option<u32> = None;
        for k in pieces_of(&run.raw, axis) {
            let known = |numbers: &FxHashMap<u64, usize>, bundle| {
                near.of_bundle(bundle).or_else(|| numbers.get(&bundle).copied())
            };
            let mut bundle = run.bundles[k];
            let mut number = known(&numbers, bundle);
            if let Some(other) = number {
                let at = other.checked_sub(n_near).map_or_else(|| near.at(other), |it| own[it].at);
                if is_blocked(space, axis, run, k, at) {
                    bundle = hash(&(bundle, line));
                    number = known(&numbers, bundle);
                }
            }
            let number = number.unwrap_or_else(|| {
                own.push(Piece::new(across(axis, run.points[k])));
                numbers.insert(bundle, n_near + own.len() - 1);
                n_near + own.len() - 1
            });
            let piece = match number.checked_sub(n_near) {
                Some(number) => &mut own[number],
                None => joined.entry(number).or_insert_with(|| near.piece(number)),
            };
            add_to(piece, axis, &run.points, (run.raw.from, run.raw.to), k);
            taken.push(number);
            if let Some(before) = before.replace(number as u32)
                && !piece.next.contains(&before)
            {
                piece.next.push(before);
            }
        }
    }
    for piece in joined.values_mut().chain(&mut own) {
        limit(space, axis, piece);
    }
    for number in near.beside(own.iter()) {
        joined.entry(number).or_insert_with(|| {
            let mut piece = near.piece(number);
            limit(space, axis, &mut piece);
            piece
        });
    }

    let kept: Vec<usize> = joined.keys().copied().collect();
    let place = |number: usize| match number.checked_sub(n_near) {
        Some(number) => kept.len() + number,
        None => kept.partition_point(|&it| it < number),
    };
    let mut pieces: Vec<Piece> = joined.into_values().chain(own).collect();
    for next in pieces.iter_mut().flat_map(|it| &mut it.next) {
        *next = place(*next as usize) as u32;
    }
    spread(&mut pieces);

    let mut taken = taken.into_iter();
    for &line in lines {
        let Some(run) = &mut runs[line as usize] else { continue };
        let n = run.points.len().saturating_sub(1);
        for (k, number) in pieces_of(&run.raw, axis).zip(taken.by_ref()) {
            if k == 0 || k == n - 1 {
                continue;
            }
            let at = pieces[place(number)].at;
            for point in &mut run.points[k..=k + 1] {
                match axis {
                    Axis::Upright => point.x = at,
                    Axis::Level => point.y = at,
                }
            }
        }
    }
}

/// Whether a piece would run into a table if it were moved there.
fn is_blocked(space: &Space, axis: Axis, run: &Run, k: usize, at: f32) -> bool {
    let (a, b) = (run.points[k], run.points[k + 1]);
    let rect = match axis {
        Axis::Upright => around(Pt::new(a.x.min(at), a.y), Pt::new(a.x.max(at), b.y), 1),
        Axis::Level => around(Pt::new(a.x, a.y.min(at)), Pt::new(b.x, a.y.max(at)), 1),
    };
    !space.is_free(rect)
}

fn along(axis: Axis, point: Pt) -> f32 {
    match axis {
        Axis::Upright => point.y,
        Axis::Level => point.x,
    }
}

pub(super) fn across(axis: Axis, point: Pt) -> f32 {
    match axis {
        Axis::Upright => point.x,
        Axis::Level => point.y,
    }
}

/// Finds how far a piece can be moved between the tables beside it. Returns where those stand, or
/// how far it was looked for them.
pub(super) fn limit(space: &Space, axis: Axis, piece: &mut Piece) -> (i32, i32) {
    if piece.is_fixed {
        (piece.min, piece.max) = (piece.at, piece.at);
        return (piece.at.floor() as i32, piece.at.ceil() as i32);
    }
    let stretch = (piece.low.floor() as i32 - 4, piece.high.ceil() as i32 + 4);
    let at = piece.at as i32;
    let (less, more) = match axis {
        Axis::Upright => (Toward::Left, Toward::Right),
        Axis::Level => (Toward::Up, Toward::Down),
    };
    let low = space.clear(less, at, stretch, REACH);
    let high = space.clear(more, at, stretch, REACH);
    let room = (high - low) as f32;
    let clearance = (CLEARANCE as f32 + 2.0).min(room / 4.0);
    let (min, max) = (low as f32 + clearance, high as f32 - clearance);
    let kept = (piece.min.max(min), piece.max.min(max));
    if kept == (min, max) {
        piece.slack = (clearance - CLOSEST).max(0.0);
    }
    let squeeze = (clearance - SQUEEZED).max(0.0);
    piece.squeeze.0 = if kept.0 == min { squeeze } else { 0.0 };
    piece.squeeze.1 = if kept.1 == max { squeeze } else { 0.0 };
    (piece.min, piece.max) = if kept.0 <= kept.1 { kept } else { (min, max) };
    if piece.min > piece.max {
        (piece.min, piece.max) = (piece.at, piece.at);
    }
    (low, high)
}

/// Drops points that say nothing: repeated ones, and those on the straight way between others.
pub(super) fn tidy(points: &mut Vec<Pt>) {
    let mut kept: Vec<Pt> = Vec::with_capacity(points.len());
    for &point in points.iter() {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., a, b] = kept[..]
            && ((a.x == b.x && b.x == point.x) || (a.y == b.y && b.y == point.y))
        {
            kept.pop();
        }
        if kept.last() != Some(&point) {
            kept.push(point);
        }
    }
    *points = kept;
}

/// A straight piece of a way that one bundle of lines takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Way {
    pub(crate) is_upright: bool,
    /// Its coordinate across.
    pub(crate) at: f32,
    /// Its stretch along.
    pub(crate) low: f32,
    pub(crate) high: f32,
}

/// The pieces of all bundles but the stubs, in the order of the lines.
pub(super) fn ways(runs: &[Option<Run>]) -> Vec<Way> {
    let mut numbers: FxHashMap<u64, usize> = FxHashMap::default();
    let mut ways: Vec<Way> = Vec::new();
    for run in runs.iter().flatten() {
        for axis in [Axis::Upright, Axis::Level] {
            for k in pieces_of(&run.raw, axis) {
                if k == 0 || k + 2 == run.points.len() {
                    continue;
                }
                let (p, q) = (run.points[k], run.points[k + 1]);
                let (a, b) = (along(axis, p), along(axis, q));
                let number = *numbers.entry(run.bundles[k]).or_insert_with(|| {
                    let is_upright = axis == Axis::Upright;
                    ways.push(Way { is_upright, at: across(axis, p), low: a, high: a });
                    ways.len() - 1
                });
                let way = &mut ways[number];
                way.low = way.low.min(a).min(b);
                way.high = way.high.max(a).max(b);
            }
        }
    }
    ways
}
