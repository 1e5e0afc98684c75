//! Routes many lines bit by bit, so that whoever waits for them can do other things in between.
//!
//! What comes of it is what [`Router::settle`] gives at once, unless something changes meanwhile:
//! what that concerns is routed after the rest.

use super::{Column, Router, add_all, apart::Begun};

/// How far routing has come.
#[derive(Clone, Debug, Default)]
pub(super) struct Gradual {
    step: Step,
    /// The lines whose way is another than before.
    changed: Vec<u32>,
}

#[derive(Clone, Debug)]
enum Step {
    /// Lines get their ways.
    Search(Queue),
    /// All have ways, and are moved apart.
    Part(Begun),
}

impl Default for Step {
    fn default() -> Self {
        Self::Search(Queue::default())
    }
}

/// Lines in the order in which they are searched, and how often all of them are.
#[derive(Clone, Debug, Default)]
struct Queue {
    lines: Vec<(Column, u32)>,
    n_passes: usize,
    n_done: usize,
    /// All lines that were in it, ascending.
    all: Vec<u32>,
}

impl Router {
    /// From now on lines are routed by [`Self::go_on`] alone, until all are.
    pub(crate) fn go_gradually(&mut self) {
        self.gradual.get_or_insert_default();
    }

    /// Whether lines are being routed bit by bit.
    pub(crate) fn is_gradual(&self) -> bool {
        self.gradual.is_some()
    }

    /// How many lines are known to wait for being routed.
    pub(crate) fn n_waiting(&self) -> usize {
        self.dirty.len()
    }

    /// Routes about so many lines more, or takes one step with all. Once all are routed, it gives
    /// those whose way is another than before, ascending.
    pub(crate) fn go_on(&mut self, n_lines: usize) -> Option<Vec<u32>> {
        let Gradual { step, mut changed } = self.gradual.take()?;
        let step = match step {
            Step::Search(queue) => self.search_on(queue, n_lines),
            Step::Part(begun) => match self.apart.go_on(&self.space, begun) {
                Ok(lines) => {
                    let lines = self.take_apart(&lines);
                    add_all(&mut changed, &lines);
                    if self.moved.is_empty() && self.dirty.is_empty() {
                        return Some(changed);
                    }
                    Step::default()
                }
                Err(begun) => Step::Part(begun),
            },
        };
        self.gradual = Some(Gradual { step, changed });
        None
    }

    fn search_on(&mut self, mut queue: Queue, n_lines: usize) -> Step {
        if !self.moved.is_empty() || !self.dirty.is_empty() {
            let dirty = self.update_tracks(false);
            let mut waiting: Vec<u32> = queue.lines.iter().map(|it| it.1).collect();
            waiting.retain(|&it| self.runs[it as usize].is_none());
            add_all(&mut waiting, &dirty);
            add_all(&mut queue.all, &dirty);
            let lines = self.in_order(&waiting);
            queue = Queue { n_passes: self.n_passes(lines.len()), n_done: 0, lines, ..queue };
        }
        let n_all = queue.lines.len() * queue.n_passes;
        let until = queue.n_done + n_lines;
        while queue.n_done < until.min(n_all) {
            let pass = queue.n_done / queue.lines.len();
            let rest = &queue.lines[queue.n_done % queue.lines.len()..];
            let Some(bundle) = rest.chunk_by(|a, b| a.0 == b.0).next() else { break };
            self.search_bundle(bundle, pass > 0);
            queue.n_done += bundle.len();
        }
        if queue.n_done < n_all {
            return Step::Search(queue);
        }
        let named = self.names.update(&mut self.runs, &queue.all, &self.of_table);
        let moved = std::mem::take(&mut self.unsettled_at);
        let lines = self.unsettled(named);
        Step::Part(self.apart.begin(&self.runs, lines, moved))
    }
}
