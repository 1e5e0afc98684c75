//! How lines run between tables.

use crate::{Facing, Pt, Rect, sizes::STUB};

/// Where a line meets a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Port {
    /// The table's slot.
    pub(crate) table: u32,
    pub(crate) y: f32,
    /// How far outside the table's edge the line ends.
    pub(crate) inset: f32,
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
}

/// Keeps the ways of all lines in step with where tables stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Router {
    rects: Vec<Option<Rect>>,
    wires: Vec<Option<Wire>>,
    paths: Vec<Option<Path>>,
    /// The lines of each table.
    of_table: Vec<Vec<u32>>,
    dirty: Vec<u32>,
}

impl Router {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Places or moves a table.
    pub(crate) fn place(&mut self, table: u32, rect: Rect) {
        let at = table as usize;
        if self.rects.len() <= at {
            self.rects.resize(at + 1, None);
            self.of_table.resize_with(at + 1, Vec::new);
        }
        self.rects[at] = Some(rect);
        self.dirty.extend_from_slice(&self.of_table[at]);
    }

    /// Takes a table away.
    pub(crate) fn unplace(&mut self, table: u32) {
        self.rects[table as usize] = None;
    }

    /// Adds a line or changes its ends.
    pub(crate) fn connect(&mut self, line: u32, wire: Wire) {
        let at = line as usize;
        if self.wires.len() <= at {
            self.wires.resize(at + 1, None);
            self.paths.resize(at + 1, None);
        }
        if self.wires[at] == Some(wire) {
            return;
        }
        self.disconnect(line);
        self.wires[at] = Some(wire);
        self.of_table[wire.from.table as usize].push(line);
        if wire.to.table != wire.from.table {
            self.of_table[wire.to.table as usize].push(line);
        }
        self.dirty.push(line);
    }

    /// Takes a line away.
    pub(crate) fn disconnect(&mut self, line: u32) {
        let Some(Some(wire)) = self.wires.get(line as usize).copied() else { return };
        for table in [wire.from.table, wire.to.table] {
            self.of_table[table as usize].retain(|&it| it != line);
        }
        self.wires[line as usize] = None;
        self.paths[line as usize] = None;
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
    pub(crate) fn settle(&mut self) -> Vec<u32> {
        let mut dirty = std::mem::take(&mut self.dirty);
        dirty.sort_unstable();
        dirty.dedup();
        dirty.retain(|&line| {
            let path = self.wires[line as usize].and_then(|wire| self.direct(wire));
            self.paths[line as usize] = path;
            self.paths[line as usize].is_some()
        });
        dirty
    }

    /// Out, across and in, whatever stands between.
    fn direct(&self, wire: Wire) -> Option<Path> {
        let a = (*self.rects.get(wire.from.table as usize)?)?;
        let b = (*self.rects.get(wire.to.table as usize)?)?;
        let room = 2 * STUB;
        let (from, to) = if a.right() + room <= b.x {
            (Facing::Right, Facing::Left)
        } else if b.right() + room <= a.x {
            (Facing::Left, Facing::Right)
        } else {
            (Facing::Right, Facing::Right)
        };
        let edge = |rect: Rect, facing: Facing, port: Port| match facing {
            Facing::Left => rect.x as f32 - port.inset,
            Facing::Right => rect.right() as f32 + port.inset,
        };
        let (x0, x1) = (edge(a, from, wire.from), edge(b, to, wire.to));
        let middle = if from == to { x0.max(x1) + STUB as f32 } else { (x0 + x1) / 2.0 };
        let mut points = vec![Pt::new(x0, wire.from.y)];
        if wire.from.y != wire.to.y || from == to {
            points.push(Pt::new(middle, wire.from.y));
            points.push(Pt::new(middle, wire.to.y));
        }
        points.push(Pt::new(x1, wire.to.y));
        Some(Path { from, to, points })
    }
}
