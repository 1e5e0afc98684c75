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
//! two passes of packing in place of a solver, [`pack`]); those that this leaves on others are put
//! beside them ([`part`]), or others make room for them ([`evict`]).
//!
//! What clusters of pieces got is kept until one of them changes ([`apart`]), so the cost of a change
//! follows the change. While a table is dragged only its lines are moved apart, from each other and
//! from those near them, and what they did is undone before the table is dropped.
//!
//! Only lines around a table that changed find new ways; what changes far away moves no line.

mod apart;
mod beside;
mod bundle;
mod evict;
mod gradual;
mod lane;
mod load;
mod merge;
mod names;
mod nudge;
mod pack;
mod part;
mod search;
mod settle;
mod sift;
mod space;
mod spread;
mod straighten;
mod tracks;
mod trial;

use rustc_hash::FxHashMap;

use crate::{Facing, Pt, Rect, grid::Grid};
use apart::Apart;
use gradual::Gradual;
use names::Names;
use nudge::Run;
pub(crate) use nudge::Way;
use search::Search;
use settle::add_all;
use space::Space;
use tracks::Tracks;
pub(crate) use trial::{crossings, ways};

/// Where a line meets a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Port {
    /// The table's slot.
    pub(crate) table: u32,
    pub(crate) y: f32,
    /// How far outside the table's edge the line ends.
    pub(crate) inset: f32,
}

/// A table and where lines meet it, as bits.
type Column = (u32, u32);

impl Port {
    fn column(self) -> Column {
        (self.table, self.y.to_bits())
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
    /// Where previewed tables were last, once that is over.
    passed: Vec<(u32, Option<Rect>)>,
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
            passed: Vec::new(),
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
