use crowfoot_schema::ColumnId;

use super::{
    Scene,
    fan::{Tip, fan},
};
use crate::{
    End, Facing, Pt, Rect,
    route::{Port, Wire},
    sizes::FORK,
};

/// More lines than this are routed bit by bit where that is wanted: it takes longer than a person
/// waits without a word.
const AT_ONCE: usize = 1500;

/// A table and twice the distance of its upper edge to the middle of some columns, where their ends
/// stand: the middle of three rows is that of the second one.
pub(super) type Place = (u32, i32);

/// A side of some columns of a table: lines with the same notation share their place there.
pub(super) type Notations = (u32, Columns, Facing);

/// Which columns of its table a line ends at. They are ordered in the browser as they are elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Columns {
    n: usize,
    mixed: u128,
}

impl Columns {
    pub(super) fn of(end: &End) -> Self {
        let mix = |mixed: u128, it: &ColumnId| mixed.wrapping_mul(31).wrapping_add(it.0.as_u128());
        Self { n: end.columns.len(), mixed: end.columns.iter().fold(0, mix) }
    }
}

impl Scene {
    /// Tells the router what to join for the line in a slot. False if a table of it is missing.
    pub(super) fn reconnect(&mut self, slot: u32) -> bool {
        let Some(line) = self.line(slot) else { return false };
        let (Some(from), Some(to)) = (self.port(&line.from), self.port(&line.to)) else {
            return false;
        };
        let Some(Some(line)) = self.lines.get_mut(slot as usize) else { return false };
        line.from.fork = from.1;
        line.to.fork = to.1;
        self.router.connect(slot, Wire { from: from.0, to: to.0 });
        true
    }

    /// Where a line meets a table, and the heights between which it forks there.
    pub(super) fn port(&self, end: &End) -> Option<(Port, Vec<f32>)> {
        let slot = self.table_slot(end.table)?;
        let table = self.table(slot)?;
        let (low, high) = table.row_span(end.columns.iter().copied());
        let y = ((low + high) / 2.0).round() + self.offset(end);
        if end.columns.len() < 2 {
            return Some((Port { table: slot, y, inset: 0.0 }, Vec::new()));
        }
        let rows = end.columns.iter().map(|&it| table.row_y(it)).collect();
        Some((Port { table: slot, y, inset: FORK as f32 }, rows))
    }

    /// Where an end stands at its table.
    pub(super) fn place_of(&self, end: &End) -> Option<Place> {
        let slot = self.table_slot(end.table)?;
        let table = self.table(slot)?;
        let (low, high) = table.row_span(end.columns.iter().copied());
        Some((slot, (low + high) as i32 - 2 * table.rect.y))
    }

    /// How far from the middle of its rows a line ends: lines of other columns may have the same
    /// middle.
    fn offset(&self, end: &End) -> f32 {
        self.place_of(end).map_or(0.0, |it| self.columns_at.offset(it, Columns::of(end)))
    }

    /// The side of columns at which an end is.
    pub(super) fn notations_of(&self, end: &End) -> Option<Notations> {
        Some((self.table_slot(end.table)?, Columns::of(end), end.facing))
    }

    /// Routes what has to be routed and takes the new paths over. Returns the slots of the lines
    /// that changed.
    pub(super) fn settle(&mut self, is_preview: bool) -> Vec<u32> {
        if self.is_gradual && !is_preview && self.router.n_waiting() > AT_ONCE {
            self.router.go_gradually();
        }
        let changed = self.router.settle(is_preview);
        self.take_paths(changed)
    }

    /// Takes over the paths that the router has for those lines. Returns the slots of the lines that
    /// changed by it: others may have to make way for their notations.
    pub(super) fn take_paths(&mut self, mut changed: Vec<u32>) -> Vec<u32> {
        changed.append(&mut self.undrawn);
        let mut crowds = std::mem::take(&mut self.changed_notations);
        for &slot in &changed {
            let Some((from, to)) = self.router.path(slot).map(|it| (it.from, it.to)) else {
                continue;
            };
            let Some(Some(line)) = self.lines.get_mut(slot as usize) else { continue };
            (line.from.facing, line.to.facing) = (from, to);
            let Some(line) = self.line(slot) else { continue };
            let mark = |end: &End| end.mark.drawn_in(self.notation);
            let marks = (mark(&line.from), mark(&line.to));
            let ends = (self.notations_of(&line.from), self.notations_of(&line.to));
            if let (Some(from), Some(to)) = ends {
                crowds.extend(self.notations.put(slot, [(from, marks.0), (to, marks.1)]));
            }
        }
        for crowd in crowds {
            let lines = self.router.wires_of(crowd.0).iter();
            changed.extend(lines.filter(|&&it| self.notations.is_at(it, crowd)));
        }
        changed.sort_unstable();
        changed.dedup();
        for &slot in &changed {
            self.draw_line(slot);
        }
        changed
    }

    /// How far beside its way a line ends, as other notations are there.
    pub(super) fn aside(&self, end: &End) -> f32 {
        let mark = end.mark.drawn_in(self.notation);
        self.notations_of(end).map_or(0.0, |it| self.notations.offset(it, mark))
    }

    /// Draws a line along its path, each end beside other notations at its columns.
    fn draw_line(&mut self, slot: u32) {
        let Some(line) = self.line(slot) else { return };
        let spread = |end: &End| {
            let there = self.notations_of(end)?;
            Some((self.aside(end), self.notations.step(there)))
        };
        let from = spread(&line.from).unwrap_or_default();
        let to = spread(&line.to).unwrap_or_default();
        let Some(path) = self.router.path(slot) else { return };
        let Some(Some(line)) = self.lines.get_mut(slot as usize) else { return };
        line.points.clear();
        line.points.extend_from_slice(&path.points);
        fan(&mut line.points, Tip::First, from.0);
        fan(&mut line.points, Tip::Last, to.0);
        let tips = [line.points.first(), line.points.last()];
        let ways = [path.points.first(), path.points.last()];
        let ends = [(&mut line.from, from.1), (&mut line.to, to.1)];
        for (((end, next), tip), way) in ends.into_iter().zip(tips).zip(ways) {
            end.at = tip.copied().unwrap_or_default();
            end.aside = end.at.y - way.map_or(end.at.y, |it| it.y);
            end.next = next;
        }
        let place = line.label_place();
        if let Some(label) = &mut line.label {
            label.at = place;
        }
        self.line_grid.remove(slot);
        let forks = [&line.from, &line.to].into_iter().flat_map(End::fork_segments);
        let segments = line.points.windows(2).map(|it| (it[0], it[1])).chain(forks);
        for rect in segments.filter_map(|(a, b)| bounds(&[a, b])) {
            self.line_grid.insert(slot, rect);
        }
    }
}

/// The smallest rectangle of whole pixels around some points.
pub(crate) fn bounds(points: &[Pt]) -> Option<Rect> {
    let first = points.first()?;
    let (mut x0, mut y0, mut x1, mut y1) = (first.x, first.y, first.x, first.y);
    for point in points {
        (x0, y0) = (x0.min(point.x), y0.min(point.y));
        (x1, y1) = (x1.max(point.x), y1.max(point.y));
    }
    Some(Rect::spanning(x0.floor() as i32, y0.floor() as i32, x1.ceil() as i32, y1.ceil() as i32))
}
