//! Routes many lines bit by bit, so that whoever waits for them can do other things in between.
//!
//! What comes of it is what [`Router::settle`] gives at once, unless something changes meanwhile:
//! what that concerns is routed after the rest.

use super::{Column, Path, Router, Wire, add_all, apart::Begun};

/// So many pieces are moved apart in the time in which a line is searched.
const PIECES_PER_LINE: usize = 16;
/// No more pieces than this at once: who waits learns only afterwards how long they took.
const MAX_PIECES: usize = 2048;

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
    /// These have ways, and the bundles that they run in get names.
    Name(Vec<u32>),
    /// These have other ways or names.
    Begin(Vec<u32>),
    /// All are moved apart.
    Part(Begun),
    /// Lines are put where they were moved, the last ones first.
    Take(Vec<u32>),
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
    /// How many are done, in whole bundles.
    n_done: usize,
    /// How many of the next bundle are searched, and the ways of these.
    n_found: usize,
    ways: Vec<(u32, Wire, Path)>,
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

    /// Routes about so many lines more. Once all are routed, it gives those whose way is another than
    /// before, ascending.
    pub(crate) fn go_on(&mut self, n_lines: usize) -> Option<Vec<u32>> {
        let Gradual { step, mut changed } = self.gradual.take()?;
        let n_pieces = n_lines.saturating_mul(PIECES_PER_LINE).clamp(1, MAX_PIECES);
        let step = match step {
            Step::Search(queue) => self.search_on(queue, n_lines),
            Step::Name(lines) => {
                Step::Begin(self.names.update(&mut self.runs, &lines, &self.of_table))
            }
            Step::Begin(named) => {
                let moved = std::mem::take(&mut self.unsettled_at);
                let lines = self.unsettled(named);
                Step::Part(self.apart.begin(&self.runs, lines, moved))
            }
            Step::Part(begun) => match self.apart.go_on(&self.space, begun, n_pieces) {
                Ok(lines) => Step::Take(lines),
                Err(begun) => Step::Part(begun),
            },
            Step::Take(mut lines) => {
                let some = lines.split_off(lines.len().saturating_sub(n_pieces));
                changed.extend(self.take_apart(&some));
                if !lines.is_empty() {
                    Step::Take(lines)
                } else if self.moved.is_empty() && self.dirty.is_empty() {
                    add_all(&mut changed, &[]);
                    return Some(changed);
                } else {
                    Step::default()
                }
            }
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
            let n_passes = self.n_passes(lines.len());
            queue = Queue { lines, n_passes, all: queue.all, ..Queue::default() };
        }
        let n_all = queue.lines.len() * queue.n_passes;
        let mut n_left = n_lines.max(1);
        while queue.n_done < n_all && n_left > 0 {
            let is_again = queue.n_done >= queue.lines.len();
            let rest = &queue.lines[queue.n_done % queue.lines.len()..];
            let Some(bundle) = rest.chunk_by(|a, b| a.0 == b.0).next() else { break };
            if is_again && queue.n_found == 0 {
                self.lift_bundle(bundle);
            }
            let some = &bundle[queue.n_found..bundle.len().min(queue.n_found + n_left)];
            self.find_ways(bundle, some, &mut queue.ways);
            n_left -= some.len();
            queue.n_found += some.len();
            if queue.n_found == bundle.len() {
                self.lay_bundle(bundle, std::mem::take(&mut queue.ways));
                queue.n_done += bundle.len();
                queue.n_found = 0;
            }
        }
        if queue.n_done < n_all { Step::Search(queue) } else { Step::Name(queue.all) }
    }
}
