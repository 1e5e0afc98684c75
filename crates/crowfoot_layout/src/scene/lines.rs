use super::{
    Scene,
    kinds::{self, Kind, Place},
};
use crate::{
    End, Pt, Rect,
    route::{Port, Wire},
    sizes::FORK,
};

/// More lines than this are routed bit by bit where that is wanted: it takes longer than a person
/// waits without a word.
const AT_ONCE: usize = 1500;

impl Scene {
    /// Tells the router what to join for the line in a slot. False if a table of it is missing.
    pub(super) fn reconnect(&mut self, slot: u32) -> bool {
        let Some(line) = self.line(slot) else { return false };
        let (Some(from), Some(to)) = (self.port(&line.from), self.port(&line.to)) else {
            return false;
        };
        let ranks = [&line.from, &line.to].map(|it| self.rank(it).0 as u8);
        let Some(Some(line)) = self.lines.get_mut(slot as usize) else { return false };
        [line.from.rank, line.to.rank] = ranks;
        line.from.fork = from.1;
        line.to.fork = to.1;
        self.router.connect(slot, Wire { from: from.0, to: to.0 });
        true
    }

    /// Where a line meets a table, and the heights between which it forks there.
    pub(super) fn port(&self, end: &End) -> Option<(Port, Vec<f32>)> {
        let slot = self.table_slot(end.table)?;
        let table = self.table(slot)?;
        let mut rows: Vec<f32> = end.columns.iter().map(|&it| table.row_y(it)).collect();
        let (low, high) = rows
            .iter()
            .fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), &y| (low.min(y), high.max(y)));
        if rows.len() > 1 {
            let row = ((low + high) / 2.0).round();
            let y = row + self.offset(end);
            return Some((Port { table: slot, y, row, inset: FORK as f32 }, rows));
        }
        rows.clear();
        let y = low + self.offset(end);
        Some((Port { table: slot, y, row: low, inset: 0.0 }, rows))
    }

    /// Where an end stands at its table.
    pub(super) fn place_of(&self, end: &End) -> Option<Place> {
        let slot = self.table_slot(end.table)?;
        Some(kinds::place(slot, self.table(slot)?, end))
    }

    /// How many other notations at an end's place come before its own, and how many there are.
    fn rank(&self, end: &End) -> (usize, usize) {
        self.place_of(end).map_or((0, 0), |it| self.kinds.rank(it, Kind::of(end)))
    }

    /// How far from the middle of its rows a line ends.
    fn offset(&self, end: &End) -> f32 {
        self.place_of(end).map_or(0.0, |it| self.kinds.offset(it, Kind::of(end)))
    }

    /// Routes what has to be routed and takes the new paths over. Returns the slots of the lines
    /// that changed.
    pub(super) fn settle(&mut self, is_preview: bool) -> Vec<u32> {
        if self.is_gradual && !is_preview && self.router.n_waiting() > AT_ONCE {
            self.router.go_gradually();
        }
        let changed = self.router.settle(is_preview);
        self.take_paths(&changed);
        changed
    }

    /// Takes over the paths that the router has for those lines.
    pub(super) fn take_paths(&mut self, changed: &[u32]) {
        for &slot in changed {
            let Some(path) = self.router.path(slot) else { continue };
            let Some(Some(line)) = self.lines.get_mut(slot as usize) else { continue };
            line.points.clear();
            line.points.extend_from_slice(&path.points);
            line.from.facing = path.from;
            line.to.facing = path.to;
            line.from.at = line.points.first().copied().unwrap_or_default();
            line.to.at = line.points.last().copied().unwrap_or_default();
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
