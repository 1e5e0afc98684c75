//! Finds the ways of lines, bundle by bundle.
//!
//! Lines into the same column make a bundle. They are routed one after another with the price of
//! crossing lines of other bundles, and then made one tree ([`merge`](super::merge)). As the first
//! bundles do not know of the later ones, all are taken up once more in the end, as routers of
//! circuits rip up and re-route (Dees and Karger, *Automated Rip-Up and Reroute Techniques*, 1982).

use std::cmp::Reverse;

use rustc_hash::FxHashMap;

use super::{
    Column, Path, Router, Wire, around, edge, merge,
    nudge::{self, Run},
    search::Terminal,
    straighten,
};
use crate::{Facing, Pt, Rect, sizes::STUB};

/// How often all lines are routed when they are new.
const N_PASSES: usize = 2;

impl Router {
    /// Takes the way of a line from where it is.
    pub(super) fn lift(&mut self, line: u32) -> Option<Run> {
        self.raw_grid.remove(line);
        let run = self.runs.get_mut(line as usize)?.take()?;
        self.tracks.count(&run.raw.points, -1);
        Some(run)
    }

    /// Puts the way of a line that was found.
    pub(super) fn lay(&mut self, line: u32, run: Run) {
        for pair in run.raw.points.windows(2) {
            self.raw_grid.insert(line, around(pair[0], pair[1], 0));
        }
        self.tracks.count(&run.raw.points, 1);
        self.runs[line as usize] = Some(run);
    }

    /// Finds the ways of lines that have none, the largest bundles first. Where most lines have
    /// none, all are taken up once more when they know what the others cross.
    pub(super) fn search_all(&mut self, lines: &[u32]) {
        let lines = self.in_order(lines);
        for pass in 0..self.n_passes(lines.len()) {
            for bundle in lines.chunk_by(|a, b| a.0 == b.0) {
                self.search_bundle(bundle, pass > 0);
            }
        }
    }

    /// Those of the lines that join something, by their bundles: the largest ones first.
    pub(super) fn in_order(&self, lines: &[u32]) -> Vec<(Column, u32)> {
        let mut lines: Vec<(Column, u32)> =
            lines.iter().filter_map(|&it| Some((self.bundle_of(it)?, it))).collect();
        let mut sizes: FxHashMap<Column, usize> = FxHashMap::default();
        for (bundle, _) in &lines {
            *sizes.entry(*bundle).or_default() += 1;
        }
        lines.sort_unstable_by_key(|it| (Reverse(sizes[&it.0]), *it));
        lines
    }

    /// How often so many lines are searched.
    pub(super) fn n_passes(&self, n_lines: usize) -> usize {
        let is_again = n_lines * 2 > self.wires.len() && !self.tracks.is_large();
        if is_again { N_PASSES } else { 1 }
    }

    /// Finds the ways of a bundle, for the first time or again.
    pub(super) fn search_bundle(&mut self, bundle: &[(Column, u32)], is_again: bool) {
        if is_again {
            self.lift_bundle(bundle);
        }
        let mut ways = Vec::with_capacity(bundle.len());
        self.find_ways(bundle, bundle, &mut ways);
        self.lay_bundle(bundle, ways);
    }

    /// Takes the ways of a bundle from where they are.
    pub(super) fn lift_bundle(&mut self, bundle: &[(Column, u32)]) {
        for &(_, line) in bundle {
            self.lift(line);
        }
    }

    /// The column at which a line joins most others.
    fn bundle_of(&self, line: u32) -> Option<Column> {
        let wire = self.wires[line as usize]?;
        let [from, to] = [wire.from.column(), wire.to.column()];
        Some(if self.sharing.get(&to) >= self.sharing.get(&from) { to } else { from })
    }

    /// Finds the ways of some lines of a bundle, each for itself.
    pub(super) fn find_ways(
        &mut self,
        bundle: &[(Column, u32)],
        some: &[(Column, u32)],
        ways: &mut Vec<(u32, Wire, Path)>,
    ) {
        let Some(&(column, _)) = bundle.first() else { return };
        // Others that it may join are where they are, and count as lines to be crossed.
        self.search.is_part =
            self.sharing.get(&column).is_some_and(|&it| it as usize > bundle.len());
        for &(_, line) in some {
            let Some(wire) = self.wires[line as usize] else { continue };
            let Some(path) = self.route(wire) else { continue };
            ways.push((line, wire, path));
        }
    }

    /// Makes a tree of the ways of a bundle, and puts them.
    pub(super) fn lay_bundle(&mut self, lines: &[(Column, u32)], ways: Vec<(u32, Wire, Path)>) {
        let mut runs = Vec::with_capacity(lines.len());
        let Some(&(column, _)) = lines.first() else { return };
        let mut branches: Vec<(u32, Wire, Path)> = Vec::new();
        for (line, wire, path) in ways {
            // Between tables that touch there is nothing to share.
            let is_point = path.points.iter().all(|it| *it == path.points[0]);
            let is_alone = lines.len() < 2 || wire.from.table == wire.to.table;
            if path.is_forced || is_alone || is_point {
                runs.push((line, Run::new(wire, path)));
            } else {
                branches.push((line, wire, path));
            }
        }
        let root = |(_, wire, path): &mut (u32, Wire, Path)| {
            let mut points = std::mem::take(&mut path.points);
            if wire.to.column() == column {
                points.reverse();
            }
            points
        };
        let mut ways: Vec<Vec<Pt>> = branches.iter_mut().map(root).collect();
        merge::into_tree(&mut ways);
        for ((line, wire, mut path), points) in branches.into_iter().zip(ways) {
            if self.take_branch(&mut path, wire, column, points).is_some() {
                runs.push((line, Run::new(wire, path)));
            }
        }
        for (line, run) in runs {
            self.lay(line, run);
        }
    }

    /// Makes a way out of a branch that begins at a column.
    fn take_branch(
        &self,
        path: &mut Path,
        wire: Wire,
        column: Column,
        mut points: Vec<Pt>,
    ) -> Option<()> {
        let is_to = wire.to.column() == column;
        let port = if is_to { wire.to } else { wire.from };
        let rect = self.space.rect(port.table)?;
        nudge::tidy(&mut points);
        straighten::straighten(&self.space, &mut points);
        let middle = rect.x as f32 + rect.w as f32 / 2.0;
        let facing = if points[0].x < middle { Facing::Left } else { Facing::Right };
        points[0].x = edge(rect, facing, port);
        if is_to {
            path.to = facing;
            points.reverse();
        } else {
            path.from = facing;
        }
        path.points = points;
        Some(())
    }

    fn route(&mut self, wire: Wire) -> Option<Path> {
        let from = Terminal { port: wire.from, rect: self.space.rect(wire.from.table)? };
        let to = Terminal { port: wire.to, rect: self.space.rect(wire.to.table)? };
        if wire.from.table == wire.to.table && wire.from.y == wire.to.y {
            return Some(loop_at(from.rect, wire));
        }
        let Some(mut path) = self.search.find(&self.space, &self.tracks, from, to) else {
            return Some(forced(from.rect, to.rect, wire));
        };
        straighten::straighten(&self.space, &mut path.points);
        Some(path)
    }
}

/// Out, across and in, whatever stands between.
fn forced(a: Rect, b: Rect, wire: Wire) -> Path {
    let room = 2 * STUB;
    let (from, to) = if a.right() + room <= b.x {
        (Facing::Right, Facing::Left)
    } else if b.right() + room <= a.x {
        (Facing::Left, Facing::Right)
    } else {
        (Facing::Right, Facing::Right)
    };
    let (x0, x1) = (edge(a, from, wire.from), edge(b, to, wire.to));
    let middle = if from == to { x0.max(x1) + STUB as f32 } else { (x0 + x1) / 2.0 };
    let points = vec![
        Pt::new(x0, wire.from.y),
        Pt::new(middle, wire.from.y),
        Pt::new(middle, wire.to.y),
        Pt::new(x1, wire.to.y),
    ];
    Path { from, to, points, is_forced: true }
}

/// A column that refers to itself.
fn loop_at(rect: Rect, wire: Wire) -> Path {
    let x = edge(rect, Facing::Right, wire.from);
    let (y, out) = (wire.from.y, x + STUB as f32);
    let points = vec![
        Pt::new(x, y - 4.0),
        Pt::new(out, y - 4.0),
        Pt::new(out, y + 4.0),
        Pt::new(x, y + 4.0),
    ];
    Path { from: Facing::Right, to: Facing::Right, points, is_forced: true }
}
