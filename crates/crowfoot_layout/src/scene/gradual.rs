use crowfoot_schema::Diagram;

use super::{Scene, SceneDelta};

/// So many lines are taken over in the time in which one is searched.
const TAKEN_PER_LINE: usize = 8;
/// No more than this at once.
const MAX_TAKEN: usize = 1024;

/// Lines whose paths are being taken over from the router.
#[derive(Clone, Debug)]
pub(super) struct Taking {
    lines: Vec<u32>,
    n_done: usize,
    /// Those and others that made way for their notations, so far.
    changed: Vec<u32>,
}

impl Scene {
    /// The scene of a diagram for somebody who has other things to do meanwhile: whenever many
    /// lines are to be routed, that is left to [`Self::route_more`], also in later updates.
    pub fn gradual(diagram: &Diagram) -> Self {
        Self::made(diagram, true)
    }

    /// Whether every line is where it belongs. Those that wait have no points, or old ones.
    pub fn is_routed(&self) -> bool {
        !self.router.is_gradual() && self.taking.is_none()
    }

    /// Routes about so many lines more of those that wait. Nothing of it is told before all are
    /// routed; then it gives what changed.
    pub fn route_more(&mut self, n_lines: usize) -> Option<SceneDelta> {
        let Some(mut taking) = self.taking.take() else {
            let taking = |lines| Taking { lines, n_done: 0, changed: Vec::new() };
            self.taking = self.router.go_on(n_lines).map(taking);
            return None;
        };
        let Taking { lines, n_done, .. } = &taking;
        let n = n_lines.saturating_mul(TAKEN_PER_LINE).clamp(1, MAX_TAKEN);
        let upto = lines.len().min(n_done + n);
        taking.changed.extend(self.take_paths(lines[*n_done..upto].to_vec()));
        taking.n_done = upto;
        if upto == taking.lines.len() {
            taking.changed.sort_unstable();
            taking.changed.dedup();
            return Some(SceneDelta { lines: taking.changed, ..SceneDelta::default() });
        }
        self.taking = Some(taking);
        None
    }
}
