//! How lines run between tables.
//!
//! Lines are orthogonal. There are tracks beside the sides of each table, as far as they are free
//! ([`tracks`]); each line takes the cheapest way over them by length, bends and the lines that it
//! crosses ([`load`]), found with A* ([`search`]; Hart, Nilsson and Raphael 1968, on an orthogonal
//! visibility graph as in Wybrow, Marriott and Stuckey, *Orthogonal Connector Routing*, 2009).
//! Changes of track that only the places of the tracks call for are taken out again
//! ([`straighten`]). Lines into the same column run together from where they meet ([`bundle`],
//! [`merge`]). The last step moves the pieces of lines that run side by side apart, in an order
//! that crosses least, and centres them between the tables ([`nudge`]; as in the same paper, with
//! two passes of packing in place of a solver); those that this leaves on others are put beside
//! them ([`part`]).
//!
//! What clusters of pieces got is kept until one of them changes ([`apart`]), so the cost of a change
//! follows the change. While a table is dragged only its lines are moved apart, from each other and
//! from those near them, and what they did is undone before the table is dropped.
//!
//! Only lines around a table that changed find new ways; what changes far away moves no line.

mod apart;
mod bundle;
mod gradual;
mod lane;
mod load;
mod merge;
mod names;
mod nudge;
mod part;
mod search;
mod sift;
mod space;
mod spread;
mod straighten;
mod tracks;

use rustc_hash::FxHashMap;

use crate::{Facing, Pt, Rect, grid::Grid};
use apart::Apart;
use gradual::Gradual;
use names::Names;
use nudge::Run;
pub(crate) use nudge::Way;
use search::Search;
use space::Space;
use tracks::Tracks;

/// Where a line meets a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Port {
    /// The table's slot.
    pub(crate) table: u32,
    pub(crate) y: f32,
    /// The middle of its column's row. Lines with several notations end beside it, each kind at
    /// its own height.
    pub(crate) row: f32,
    /// How far outside the table's edge the line ends.
    pub(crate) inset: f32,
}

/// A table and the height of a row, as bits.
type Column = (u32, u32);

impl Port {
    fn column(self) -> Column {
        (self.table, self.row.to_bits())
    }
}

/// What a line joins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wire {
    pub(crate) from: Port,
    pub(crate) to: Port,
}

/// The way of a line.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Path {
    pub(crate) from: Facing,
    pub(crate) to: Facing,
    pub(crate) points: Vec<Pt>,
    /// Found no way around the tables and runs across them.
    is_forced: bool,
}

/// How close a line that passes a table comes to it, at least.
const CLEARANCE: i32 = 6;
/// What was within this distance of a table that moved away may find a better way.
const FREED: i32 = 48;

/// Keeps the ways of all lines in step with where tables stand.
#[derive(Clone, Debug)]
pub(crate) struct Router {
    space: Space,
    tracks: Tracks,
    search: Search,
    wires: Vec<Option<Wire>>,
    /// The ways over the tracks, and what became of them when lines were moved apart.
    runs: Vec<Option<Run>>,
    raw_grid: Grid,
    paths: Vec<Option<Path>>,
    names: Names,
    /// Where all lines run when nothing is previewed.
    apart: Apart,
    /// Since all lines were last moved apart: those that were previewed, those whose bundles got
    /// names, and where tables came or went.
    previewed: Vec<u32>,
    unsettled: Vec<u32>,
    unsettled_at: Vec<Rect>,
    /// The lines of each table.
    of_table: Vec<Vec<u32>>,
    /// Tables that were placed, moved or taken since lines were last settled, and where they were.
    moved: Vec<(u32, Option<Rect>)>,
    dirty: Vec<u32>,
    /// Where tables and lines were before a preview changed them.
    homes: Vec<(u32, Option<Rect>)>,
    set_aside: Vec<(u32, Option<Run>)>,
    /// How far lines are routed that are routed bit by bit.
    gradual: Option<Gradual>,
    /// How many lines end at each column.
    sharing: FxHashMap<Column, u32>,
}

impl Router {
    pub(crate) fn new() -> Self {
        Self {
            space: Space::new(),
            tracks: Tracks::default(),
            search: Search::default(),
            wires: Vec::new(),
            runs: Vec::new(),
            raw_grid: Grid::new(8),
            paths: Vec::new(),
            names: Names::default(),
            apart: Apart::new(),
            previewed: Vec::new(),
            unsettled: Vec::new(),
            unsettled_at: Vec::new(),
            of_table: Vec::new(),
            moved: Vec::new(),
            dirty: Vec::new(),
            homes: Vec::new(),
            set_aside: Vec::new(),
            gradual: None,
            sharing: FxHashMap::default(),
        }
    }

    /// With tables and lines in slots from 0 on, not yet routed.
    fn of(rects: &[Rect], wires: &[Wire]) -> Self {
        let mut router = Self::new();
        for (slot, rect) in (0..).zip(rects) {
            router.place(slot, *rect);
        }
        for (line, wire) in (0..).zip(wires) {
            router.connect(line, *wire);
        }
        router
    }

    /// Places or moves a table.
    pub(crate) fn place(&mut self, table: u32, rect: Rect) {
        let at = table as usize;
        if self.of_table.len() <= at {
            self.of_table.resize_with(at + 1, Vec::new);
        }
        let old = self.space.rect(table);
        if old == Some(rect) {
            return;
        }
        self.space.place(table, rect);
        self.moved.push((table, old));
        self.dirty.extend_from_slice(&self.of_table[at]);
    }

    /// Takes a table away.
    pub(crate) fn unplace(&mut self, table: u32) {
        if let Some(old) = self.space.rect(table) {
            self.space.unplace(table);
            self.moved.push((table, Some(old)));
        }
    }

    /// Adds a line or changes its ends.
    pub(crate) fn connect(&mut self, line: u32, wire: Wire) {
        let at = line as usize;
        if self.wires.len() <= at {
            self.wires.resize(at + 1, None);
            self.runs.resize(at + 1, None);
            self.paths.resize(at + 1, None);
        }
        if self.wires[at] == Some(wire) {
            return;
        }
        self.forget(line);
        self.wires[at] = Some(wire);
        for port in [wire.from, wire.to] {
            *self.sharing.entry(port.column()).or_default() += 1;
        }
        self.of_table[wire.from.table as usize].push(line);
        if wire.to.table != wire.from.table {
            self.of_table[wire.to.table as usize].push(line);
        }
        self.dirty.push(line);
    }

    /// Takes a line away.
    pub(crate) fn disconnect(&mut self, line: u32) {
        self.forget(line);
        self.lift(line);
        if let Some(path) = self.paths.get_mut(line as usize) {
            *path = None;
            // Those that ran beside it move together.
            self.dirty.push(line);
        }
    }

    fn forget(&mut self, line: u32) {
        let Some(Some(wire)) = self.wires.get(line as usize).copied() else { return };
        for table in [wire.from.table, wire.to.table] {
            self.of_table[table as usize].retain(|&it| it != line);
        }
        for port in [wire.from, wire.to] {
            self.sharing.entry(port.column()).and_modify(|it| *it -= 1);
        }
        self.wires[line as usize] = None;
    }

    /// The lines of a table.
    pub(crate) fn wires_of(&self, table: u32) -> &[u32] {
        self.of_table.get(table as usize).map_or(&[], Vec::as_slice)
    }

    /// The way of a line, once settled.
    pub(crate) fn path(&self, line: u32) -> Option<&Path> {
        self.paths.get(line as usize)?.as_ref()
    }

    /// Routes what changed; returns the lines whose way did, ascending.
    ///
    /// A preview leaves the lines that need not change where they are. While lines are routed bit by
    /// bit, all that changed waits for that.
    pub(crate) fn settle(&mut self, is_preview: bool) -> Vec<u32> {
        if self.is_gradual() {
            return Vec::new();
        }
        self.search.is_hasty = is_preview;
        let restored = if is_preview { Vec::new() } else { self.end_preview() };
        let mut dirty = self.update_tracks(is_preview);
        self.search_all(&dirty);
        add_all(&mut dirty, &restored);
        let named = self.names.update(&mut self.runs, &dirty, &self.of_table);
        if is_preview {
            add_all(&mut self.previewed, &dirty);
            add_all(&mut self.unsettled, &named);
            self.nudge_some(&dirty)
        } else {
            self.nudge_all(named)
        }
    }

    /// Puts the lines back to where they were before a preview, as if tables moved from there in
    /// one go. Returns those that were elsewhere.
    fn end_preview(&mut self) -> Vec<u32> {
        for (table, home) in std::mem::take(&mut self.homes) {
            if home != self.space.rect(table) {
                self.moved.push((table, home));
            }
        }
        let mut restored = Vec::new();
        for (line, run) in std::mem::take(&mut self.set_aside) {
            self.lift(line);
            restored.push(line);
            match run {
                Some(run) if self.wires[line as usize] == Some(run.wire) => {
                    self.dirty.retain(|&it| it != line);
                    self.lay(line, run);
                }
                _ => self.dirty.push(line),
            }
        }
        restored.sort_unstable();
        restored
    }

    /// Brings the tracks in step with the tables, and finds the lines that need new ways, which
    /// have none then; ascending.
    fn update_tracks(&mut self, is_preview: bool) -> Vec<u32> {
        let moved = std::mem::take(&mut self.moved);
        if is_preview {
            for &(table, old) in &moved {
                if self.homes.iter().all(|it| it.0 != table) {
                    self.homes.push((table, old));
                }
            }
        }
        let mut near = Vec::new();
        for &(table, old) in &moved {
            let now = self.space.rect(table);
            self.unsettled_at.extend([old, now].into_iter().flatten());
            if let Some(old) = old {
                near.clear();
                self.raw_grid.query(old.grown(FREED), &mut near);
                near.retain(|&it| self.passes(it, old.grown(FREED)));
                self.dirty.extend_from_slice(&near);
            }
            if let Some(now) = now {
                near.clear();
                self.raw_grid.query(now.grown(CLEARANCE), &mut near);
                let reach = now.grown(CLEARANCE);
                near.retain(|&it| self.passes(it, reach));
                self.dirty.extend_from_slice(&near);
            }
        }
        let mut dirty = std::mem::take(&mut self.dirty);
        dirty.sort_unstable();
        dirty.dedup();
        for &line in &dirty {
            let run = self.lift(line);
            if is_preview && self.previewed.binary_search(&line).is_err() {
                self.set_aside.push((line, run));
            }
        }
        if moved.is_empty() {
            return dirty;
        }
        if self.tracks.update(&self.space, &moved) {
            for run in self.runs.iter().flatten() {
                self.tracks.count(&run.raw.points, 1);
            }
            return dirty;
        }
        let (runs, grid) = (&self.runs, &self.raw_grid);
        self.tracks.count_fresh(|rect| {
            let mut found = Vec::new();
            grid.query(rect, &mut found);
            found
                .into_iter()
                .filter_map(|it| Some(runs[it as usize].as_ref()?.raw.points.as_slice()))
        });
        dirty
    }

    /// Whether the way of a line comes into a rectangle.
    fn passes(&self, line: u32, rect: Rect) -> bool {
        let Some(Some(run)) = self.runs.get(line as usize) else { return false };
        run.raw.points.windows(2).any(|it| around(it[0], it[1], 0).grown(1).overlaps(rect))
    }

    /// Moves lines apart wherever lines or tables are others than when that was last done.
    /// Returns the lines whose way is another than before.
    fn nudge_all(&mut self, named: Vec<u32>) -> Vec<u32> {
        let lines = self.unsettled(named);
        let moved = std::mem::take(&mut self.unsettled_at);
        let mut begun = self.apart.begin(&self.runs, lines, moved);
        loop {
            match self.apart.go_on(&self.space, begun) {
                Ok(lines) => return self.take_apart(&lines),
                Err(again) => begun = again,
            }
        }
    }

    /// The lines that are to be moved apart with those that got names, ascending.
    fn unsettled(&mut self, named: Vec<u32>) -> Vec<u32> {
        let mut lines = named;
        lines.append(&mut self.unsettled);
        lines.append(&mut self.previewed);
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// Takes over where lines were moved. Returns those whose way is another than before.
    fn take_apart(&mut self, lines: &[u32]) -> Vec<u32> {
        for &line in lines {
            if let Some(run) = &mut self.runs[line as usize] {
                run.points.clear();
                run.points.extend_from_slice(self.apart.points(line));
            }
        }
        self.take_over(lines)
    }

    /// Moves some lines apart from each other and from all others, which stay.
    fn nudge_some(&mut self, lines: &[u32]) -> Vec<u32> {
        let runs = lines.iter().filter_map(|&it| self.runs[it as usize].as_ref());
        let pieces = runs.flat_map(|it| it.raw.points.windows(2)).map(|it| (it[0], it[1]));
        // Lines of earlier steps are elsewhere than where they were moved apart.
        let is_part = |it| self.previewed.binary_search(&it).is_ok();
        let mut near = self.apart.near(pieces, is_part);
        let earlier = self.previewed.iter().filter(|it| lines.binary_search(it).is_err());
        nudge::add_resting(&self.runs, earlier, &mut near);
        nudge::nudge(&self.space, &mut self.runs, lines, &near);
        self.take_over(lines)
    }

    fn take_over(&mut self, lines: &[u32]) -> Vec<u32> {
        let mut changed = Vec::new();
        for &line in lines {
            let path = self.runs[line as usize].as_ref().map(Run::path);
            let old = &mut self.paths[line as usize];
            if *old != path {
                *old = path;
                changed.push(line);
            }
        }
        changed
    }
}

/// Where lines would run between tables, to make room for them beforehand: the bundles of lines
/// that share their way, each once.
pub(crate) fn ways(rects: &[Rect], wires: &[Wire]) -> Vec<Way> {
    let mut router = Router::of(rects, wires);
    let dirty = router.update_tracks(false);
    router.search_all(&dirty);
    let lines: Vec<u32> = (0..router.runs.len() as u32).collect();
    router.names.update(&mut router.runs, &lines, &router.of_table);
    nudge::ways(&router.runs)
}

/// How often lines between tables would cross.
pub(crate) fn crossings(rects: &[Rect], wires: &[Wire]) -> usize {
    let mut router = Router::of(rects, wires);
    router.settle(false);
    let pieces = |line: usize| {
        router.paths[line].iter().flat_map(|it| it.points.windows(2)).map(|it| (it[0], it[1]))
    };
    let lines = 0..router.paths.len();
    let mut level: Vec<(usize, Pt, Pt)> = lines
        .clone()
        .flat_map(|line| pieces(line).map(move |(a, b)| (line, a, b)))
        .filter(|(_, a, b)| a.y == b.y)
        .collect();
    level.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut n = 0;
    for line in lines {
        for (a, b) in pieces(line).filter(|(a, b)| a.y != b.y) {
            let (low, high) = (a.y.min(b.y) + 0.5, a.y.max(b.y) - 0.5);
            let from = level.partition_point(|it| it.1.y <= low);
            n += level[from..]
                .iter()
                .take_while(|it| it.1.y < high)
                .filter(|(other, c, d)| {
                    *other != line && c.x.min(d.x) < a.x - 0.5 && a.x + 0.5 < c.x.max(d.x)
                })
                .count();
        }
    }
    n
}

/// Adds to a list, and keeps it ascending and each line in it once.
fn add_all(list: &mut Vec<u32>, lines: &[u32]) {
    list.extend_from_slice(lines);
    list.sort_unstable();
    list.dedup();
}

/// Where a line ends at a side of a table.
fn edge(rect: Rect, facing: Facing, port: Port) -> f32 {
    match facing {
        Facing::Left => rect.x as f32 - port.inset,
        Facing::Right => rect.right() as f32 + port.inset,
    }
}

/// The rectangle around a piece of line.
fn around(a: Pt, b: Pt, by: i32) -> Rect {
    Rect::spanning(
        a.x.min(b.x).floor() as i32,
        a.y.min(b.y).floor() as i32,
        a.x.max(b.x).ceil() as i32,
        a.y.max(b.y).ceil() as i32,
    )
    .grown(by)
}

#[cfg(test)]
mod tests;
