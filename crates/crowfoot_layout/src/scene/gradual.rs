use crowfoot_schema::Diagram;

use super::{Scene, SceneDelta};

impl Scene {
    /// The scene of a diagram for somebody who has other things to do meanwhile: whenever many
    /// lines are to be routed, that is left to [`Self::route_more`], also in later updates.
    pub fn gradual(diagram: &Diagram) -> Self {
        Self::made(diagram, true)
    }

    /// Whether every line is where it belongs. Those that wait have no points, or old ones.
    pub fn is_routed(&self) -> bool {
        !self.router.is_gradual()
    }

    /// Routes about so many lines more of those that wait. Nothing of it is seen before all are
    /// routed; then it gives what changed.
    pub fn route_more(&mut self, n_lines: usize) -> Option<SceneDelta> {
        let lines = self.router.go_on(n_lines)?;
        let lines = self.take_paths(lines);
        Some(SceneDelta { lines, ..SceneDelta::default() })
    }
}
