//! Moves lines that run side by side apart.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::{
    CLEARANCE, Path, Wire,
    space::{Space, Toward},
    spread::{Piece, spread},
};
use crate::{Facing, Pt, sizes::STUB};

/// How far a piece may be moved from where the search put it.
const REACH: i32 = 120;
/// How much of the stub at a table stays straight, if there is room.
const STRAIGHT: f32 = (STUB - 4) as f32;

/// All lines while they are moved apart.
pub(super) struct Nudge<'a> {
    space: &'a Space,
    lines: Vec<Run>,
    found: Vec<u32>,
}

/// A line: pieces that are level and upright in turn, level first and last.
struct Run {
    line: u32,
    path: Path,
    /// For each piece the name of the bundle that it runs in. Lines into the same column share
    /// their bundles from where they meet.
    bundles: Vec<u64>,
    insets: (f32, f32),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    Upright,
    Level,
}

impl<'a> Nudge<'a> {
    pub(super) fn new(space: &'a Space, wires: &[Option<Wire>], raw: &[Option<Path>]) -> Self {
        let mut lines = Vec::with_capacity(raw.len());
        for ((line, path), wire) in (0..).zip(raw).zip(wires) {
            let (Some(path), Some(wire)) = (path, wire) else { continue };
            let mut path = path.clone();
            tidy(&mut path.points);
            let insets = (wire.from.inset, wire.to.inset);
            lines.push(Run { line, path, bundles: Vec::new(), insets });
        }
        name_bundles(&mut lines, wires);
        Self { space, lines, found: Vec::new() }
    }

    /// The ways of all lines in their order.
    pub(super) fn run(&mut self) -> impl Iterator<Item = (u32, Path)> {
        self.pass(Axis::Upright);
        self.pass(Axis::Level);
        self.pass(Axis::Upright);
        std::mem::take(&mut self.lines).into_iter().map(|mut it| {
            tidy(&mut it.path.points);
            (it.line, it.path)
        })
    }

    /// Moves all pieces of one direction.
    fn pass(&mut self, axis: Axis) {
        let mut numbers: FxHashMap<u64, usize> = FxHashMap::default();
        let mut pieces: Vec<Piece> = Vec::new();
        for run in &self.lines {
            let points = &run.path.points;
            if run.path.is_forced || points.len() < 2 {
                continue;
            }
            let n = points.len() - 1;
            let first = usize::from(axis == Axis::Upright);
            for k in (first..n).step_by(2) {
                let number = *numbers.entry(run.bundles[k]).or_insert_with(|| {
                    pieces.push(Piece::new(across(axis, points[k])));
                    pieces.len() - 1
                });
                let piece = &mut pieces[number];
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
                if axis == Axis::Upright {
                    if k == 1 {
                        piece.keep_off(run.path.from, points[0].x, STRAIGHT + run.insets.0);
                    }
                    if k + 2 == n {
                        piece.keep_off(run.path.to, points[n].x, STRAIGHT + run.insets.1);
                    }
                }
            }
        }
        for piece in &mut pieces {
            limit(self.space, axis, piece, &mut self.found);
        }
        spread(&mut pieces);
        for run in &mut self.lines {
            let points = &mut run.path.points;
            if run.path.is_forced || points.len() < 2 {
                continue;
            }
            let n = points.len() - 1;
            let first = if axis == Axis::Upright { 1 } else { 2 };
            for k in (first..n.saturating_sub(1)).step_by(2) {
                let Some(&number) = numbers.get(&run.bundles[k]) else { continue };
                let at = pieces[number].at;
                for point in &mut points[k..=k + 1] {
                    match axis {
                        Axis::Upright => point.x = at,
                        Axis::Level => point.y = at,
                    }
                }
            }
        }
    }
}

fn along(axis: Axis, point: Pt) -> f32 {
    match axis {
        Axis::Upright => point.y,
        Axis::Level => point.x,
    }
}

fn across(axis: Axis, point: Pt) -> f32 {
    match axis {
        Axis::Upright => point.x,
        Axis::Level => point.y,
    }
}

/// Finds how far a piece can be moved between the tables beside it.
fn limit(space: &Space, axis: Axis, piece: &mut Piece, found: &mut Vec<u32>) {
    if piece.is_fixed {
        (piece.min, piece.max) = (piece.at, piece.at);
        return;
    }
    let stretch = (piece.low.floor() as i32 - 4, piece.high.ceil() as i32 + 4);
    let at = piece.at as i32;
    let (less, more) = match axis {
        Axis::Upright => (Toward::Left, Toward::Right),
        Axis::Level => (Toward::Up, Toward::Down),
    };
    let low = space.clear(less, at, stretch, REACH, found);
    let high = space.clear(more, at, stretch, REACH, found);
    let room = (high - low) as f32;
    let clearance = (CLEARANCE as f32 + 2.0).min(room / 4.0);
    let (min, max) = (low as f32 + clearance, high as f32 - clearance);
    let kept = (piece.min.max(min), piece.max.min(max));
    (piece.min, piece.max) = if kept.0 <= kept.1 { kept } else { (min, max) };
    if piece.min > piece.max {
        (piece.min, piece.max) = (piece.at, piece.at);
    }
}

/// Drops points that say nothing: repeated ones, and those on the straight way between others.
fn tidy(points: &mut Vec<Pt>) {
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

/// Names the bundles of all lines, from the end that more lines share.
fn name_bundles(lines: &mut [Run], wires: &[Option<Wire>]) {
    let port = |port: super::Port, facing: Facing| hash(&(port.table, port.y.to_bits(), facing));
    let mut shares: FxHashMap<u64, u32> = FxHashMap::default();
    let ends = |run: &Run| {
        let wire = wires[run.line as usize]?;
        Some((port(wire.from, run.path.from), port(wire.to, run.path.to)))
    };
    for (from, to) in lines.iter().filter_map(ends) {
        *shares.entry(from).or_default() += 1;
        if to != from {
            *shares.entry(to).or_default() += 1;
        }
    }
    let mut twins: FxHashMap<(u64, u64), u32> = FxHashMap::default();
    for run in lines {
        let Some((from, to)) = ends(run) else { continue };
        let twin = twins.entry((from, to)).or_default();
        *twin += 1;
        let n = run.path.points.len().saturating_sub(1);
        let is_to = shares[&to] >= shares[&from];
        let is_shared = shares[if is_to { &to } else { &from }] > 1;
        let mut names = vec![0; n];
        // The far stub belongs to its own column.
        let mut name = if is_to { to } else { from };
        for step in 0..n {
            let k = if is_to { n - 1 - step } else { step };
            let at = run.path.points[k];
            let place = if k % 2 == 1 { at.x } else { at.y };
            name = match step {
                0 => name,
                _ if step == n - 1 => hash(&(if is_to { from } else { to })),
                // Lines that share both ends part at once.
                1 if !is_shared || *twin > 1 => hash(&(name, place.to_bits(), run.line)),
                _ => hash(&(name, place.to_bits())),
            };
            names[k] = if step == 0 { hash(&name) } else { name };
        }
        run.bundles = names;
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
