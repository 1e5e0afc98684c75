//! What of the diagram is on the canvas: the whole, or what a view shows.

use crowfoot_layout::Scene;
use crowfoot_schema::{Change, ChangeSet, Diagram, ViewId};

use super::Editor;
use crate::scene::SceneChanges;

impl Editor {
    /// The view that the canvas shows; none for the whole diagram.
    pub fn view(&self) -> Option<ViewId> {
        self.view
    }

    /// What the canvas shows, at the places that it has there.
    pub fn seen(&self) -> &Diagram {
        &self.seen
    }

    /// Shows a view on the canvas, or the whole diagram; a view that is not there is the whole.
    pub fn show_view(&mut self, view: Option<ViewId>) {
        self.view = view;
        self.rebuild_scene();
    }

    /// Brings the scene up to what is shown, of which that has changed.
    pub(super) fn update_scene(&mut self, changes: &ChangeSet) {
        self.generation += 1;
        let undone = self.scene.drop_preview();
        self.scene_changes.add(undone);
        let before = self.view;
        self.look();
        // What of a view's tables is in it may be another now.
        let is_other = |it: &Change| match it {
            Change::UpdateView { id, .. } => before == Some(*id),
            _ => false,
        };
        if self.view != before || changes.changes.iter().any(is_other) {
            self.scene = Scene::gradual(&self.seen);
            self.scene_changes = SceneChanges::all();
            return;
        }
        let notation = self.scene.notation();
        let delta = self.scene.update(&self.seen, changes);
        self.scene_changes.add(delta);
        if self.scene.notation() != notation {
            // No line moves, and yet all look different.
            self.scene_changes = SceneChanges::all();
        }
    }

    pub(super) fn rebuild_scene(&mut self) {
        self.generation += 1;
        self.look();
        self.scene = Scene::gradual(&self.seen);
        self.scene_changes = SceneChanges::all();
    }

    /// Takes what is seen from what is shown. A view that is gone is the whole diagram.
    fn look(&mut self) {
        let seen = self.view.and_then(|id| self.shown.seen_in(id));
        if seen.is_none() {
            self.view = None;
        }
        self.seen = seen.unwrap_or_else(|| self.shown.clone());
    }
}
