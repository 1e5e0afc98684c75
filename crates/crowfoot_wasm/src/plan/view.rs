//! Views: which tables they show, and where things stand in them.

use std::collections::HashSet;

use crowfoot_layout::arrange;
use crowfoot_schema::{
    Change, ChangeSet, Diagram, NoteId, Placed, Point, Shown, Table, TableId, View, ViewId,
    ViewPatch,
};

use super::{free_name, name, table::changes};
use crate::{
    Editor,
    command::ViewFields,
    outcome::Fault,
    words::{count, label_of},
};

/// With more tables than this a new view takes over the places that are there: to arrange them
/// would take longer than a person waits without a word.
const MANY: usize = 300;

impl Editor {
    /// A view of those tables, arranged by themselves; or, of none, of all that there is.
    pub(super) fn plan_new_view(
        &mut self,
        fields: ViewFields,
        tables: &[TableId],
    ) -> Result<ChangeSet, Fault> {
        for &id in tables {
            self.table_at(id)?;
        }
        let wanted = fields.name.map(name).filter(|it| !it.is_empty());
        let wanted = wanted.unwrap_or_else(|| {
            free_name("view", |it| self.shown.views().any(|view| view.name == it))
        });
        let mut view = View::new(self.mint.id(), wanted);
        if tables.is_empty() {
            view.tables = Shown::All;
            view.notes = Shown::All;
        } else {
            view.tables = Shown::Only(tables.to_vec());
        }
        let seen = self.shown.seen_by(&view);
        if tables.is_empty() || tables.len() > MANY {
            let here = seen.tables().filter_map(|it| Some((it.id, self.standing(it.id)?)));
            view.places.tables = here.collect();
        } else {
            view.places.tables = arrange(&seen).into_iter().collect();
        }
        let notes = self.scene.notes().iter();
        let here =
            notes.filter(|it| seen.note(it.id).is_some()).map(|it| (it.id, it.rect.corner()));
        view.places.notes = here.collect();
        let said = format!("add view {}", view.name);
        Ok(ChangeSet::new(said, vec![Change::CreateView { view }]))
    }

    pub(super) fn plan_view(&self, id: ViewId, fields: ViewFields) -> Result<ChangeSet, Fault> {
        let view = self.view_at(id)?;
        let wanted = fields.name.map(name).filter(|it| *it != view.name);
        let said = match &wanted {
            Some(new) => format!("rename view {} to {new}", view.name),
            None => format!("change view {}", view.name),
        };
        let patch = ViewPatch { name: wanted, ..ViewPatch::default() };
        Ok(ChangeSet::new(said, changes(patch.is_empty(), Change::UpdateView { id, patch })))
    }

    pub(super) fn plan_delete_view(&self, id: ViewId) -> Result<ChangeSet, Fault> {
        let said = format!("delete view {}", self.view_at(id)?.name);
        Ok(ChangeSet::new(said, vec![Change::DeleteView { id }]))
    }

    /// Has a view show more tables, or fewer.
    pub(super) fn plan_viewing(
        &self,
        id: ViewId,
        tables: &[TableId],
        is_shown: bool,
    ) -> Result<ChangeSet, Fault> {
        let view = self.view_at(id)?;
        let whom = match tables {
            [one] => label_of(&self.shown, *one),
            many => count(many.len(), "table"),
        };
        let there: Vec<&Table> = self.shown.tables_of(view).collect();
        if is_shown {
            let known: HashSet<TableId> = there.iter().map(|it| it.id).collect();
            let more = tables.iter().copied().filter(|it| !known.contains(it));
            let said = format!("show {whom} in view {}", view.name);
            return Ok(ChangeSet::new(said, shown_too(view, more.collect())));
        }
        let going: HashSet<TableId> = tables.iter().copied().collect();
        let left = there.iter().map(|it| it.id).filter(|it| !going.contains(it));
        let mut patch = ViewPatch::default();
        if there.iter().any(|it| going.contains(&it.id)) {
            // Groups and schemas would show the table all the same.
            let is_by_other = there.iter().any(|it| going.contains(&it.id) && view.has_kind_of(it));
            patch = match &view.tables {
                Shown::Only(list) if !is_by_other => {
                    let named = list.iter().copied().filter(|it| !going.contains(it));
                    ViewPatch { tables: Some(Shown::Only(named.collect())), ..patch }
                }
                Shown::Only(_) | Shown::All => shows_only(left.collect()),
            };
        }
        let said = format!("hide {whom} in view {}", view.name);
        let mut all = changes(patch.is_empty(), Change::UpdateView { id, patch });
        for &table in tables.iter().filter(|it| view.places.tables.contains_key(it)) {
            all.push(Change::PlaceInView { id, thing: Placed::Table(table), position: None });
        }
        Ok(ChangeSet::new(said, all))
    }

    /// Puts things where they were dropped on the canvas: in the view that it shows, where what was
    /// never put anywhere stays where it is seen.
    pub(super) fn placed_in(&self, id: ViewId, places: &[(Placed, Point)]) -> Vec<Change> {
        let Some(view) = self.shown.view(id) else { return Vec::new() };
        let put = |thing, at| Change::PlaceInView { id, thing, position: Some(at) };
        let is_put: HashSet<Placed> = places.iter().map(|it| it.0).collect();
        let tables = self.scene.tables().map(|(_, it)| (Placed::Table(it.id), it.rect.corner()));
        let notes = self.scene.notes().iter().map(|it| (Placed::Note(it.id), it.rect.corner()));
        let loose = tables.chain(notes).filter(|(it, _)| view.places.get(*it).is_none());
        let moved = places.iter().copied().filter(|(it, at)| view.places.get(*it) != Some(*at));
        let pinned: Vec<(Placed, Point)> = if places.is_empty() {
            Vec::new()
        } else {
            loose.filter(|(it, _)| !is_put.contains(it)).collect()
        };
        moved.chain(pinned).map(|(thing, at)| put(thing, at)).collect()
    }

    /// Has the view on the canvas show a table that is being made.
    pub(super) fn seen_too(&self, table: TableId, at: Option<Point>) -> Vec<Change> {
        let Some(view) = self.view.and_then(|id| self.shown.view(id)) else { return Vec::new() };
        let mut all = shown_too(view, vec![table]);
        let thing = Placed::Table(table);
        if let Some(at) = at {
            all.push(Change::PlaceInView { id: view.id, thing, position: Some(at) });
        }
        all
    }

    /// The same for a sticky note.
    pub(super) fn note_seen_too(&self, note: NoteId, at: Option<Point>) -> Vec<Change> {
        let Some(view) = self.view.and_then(|id| self.shown.view(id)) else { return Vec::new() };
        let (id, thing) = (view.id, Placed::Note(note));
        let mut all = Vec::new();
        if let Shown::Only(list) = &view.notes {
            let notes = Shown::Only(list.iter().copied().chain([note]).collect());
            let patch = ViewPatch { notes: Some(notes), ..ViewPatch::default() };
            all.push(Change::UpdateView { id, patch });
        }
        if let Some(at) = at {
            all.push(Change::PlaceInView { id, thing, position: Some(at) });
        }
        all
    }

    /// Where a table stands on the canvas.
    fn standing(&self, id: TableId) -> Option<Point> {
        Some(self.scene.table(self.scene.table_slot(id)?)?.rect.corner())
    }

    fn view_at(&self, id: ViewId) -> Result<&View, Fault> {
        view_of(&self.shown, id)
    }
}

fn view_of(diagram: &Diagram, id: ViewId) -> Result<&View, Fault> {
    diagram.view(id).ok_or_else(|| Fault::new("schema/unknown-view", "the view no longer exists"))
}

/// Names tables in a view that does not show all of them anyway.
fn shown_too(view: &View, more: Vec<TableId>) -> Vec<Change> {
    match &view.tables {
        Shown::Only(list) if !more.is_empty() => {
            let tables = Shown::Only(list.iter().copied().chain(more).collect());
            let patch = ViewPatch { tables: Some(tables), ..ViewPatch::default() };
            vec![Change::UpdateView { id: view.id, patch }]
        }
        Shown::Only(_) | Shown::All => Vec::new(),
    }
}

/// Those tables by themselves, in whatever group or schema they are.
fn shows_only(tables: Vec<TableId>) -> ViewPatch {
    ViewPatch {
        tables: Some(Shown::Only(tables)),
        groups: Some(Shown::default()),
        schemas: Some(Shown::default()),
        ..ViewPatch::default()
    }
}
