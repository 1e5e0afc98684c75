//! Brings the ways of lines in step with what changed.

use super::{
    CLEARANCE, FREED, Router, around,
    nudge::{self, Run},
};
use crate::Rect;

impl Router {
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
        let homes = std::mem::take(&mut self.homes);
        // Where a table only came by, lines are as they were; the tracks there change back.
        let is_previewed = |it: &(u32, Option<Rect>)| homes.iter().any(|home| home.0 == it.0);
        self.passed.extend(self.moved.extract_if(.., |it| is_previewed(it)));
        for (table, home) in homes {
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
    pub(super) fn update_tracks(&mut self, is_preview: bool) -> Vec<u32> {
        let mut moved = std::mem::take(&mut self.moved);
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
        moved.append(&mut self.passed);
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
    pub(super) fn nudge_all(&mut self, named: Vec<u32>) -> Vec<u32> {
        let lines = self.unsettled(named);
        let moved = std::mem::take(&mut self.unsettled_at);
        let mut begun = self.apart.begin(&self.runs, lines, moved);
        loop {
            match self.apart.go_on(&self.space, begun, usize::MAX) {
                Ok(lines) => return self.take_apart(&lines),
                Err(again) => begun = again,
            }
        }
    }

    /// The lines that are to be moved apart with those that got names, ascending.
    pub(super) fn unsettled(&mut self, named: Vec<u32>) -> Vec<u32> {
        let mut lines = named;
        lines.append(&mut self.unsettled);
        lines.append(&mut self.previewed);
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// Takes over where lines were moved. Returns those whose way is another than before.
    pub(super) fn take_apart(&mut self, lines: &[u32]) -> Vec<u32> {
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
        let mut near = self.apart.near(pieces, &self.previewed);
        let is_earlier = |it: &&u32| lines.binary_search(it).is_err();
        for near in &mut near {
            near.add_runs(&self.runs, self.previewed.iter().filter(is_earlier));
        }
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

/// Adds to a list, and keeps it ascending and each line in it once.
pub(super) fn add_all(list: &mut Vec<u32>, lines: &[u32]) {
    list.extend_from_slice(lines);
    list.sort_unstable();
    list.dedup();
}
