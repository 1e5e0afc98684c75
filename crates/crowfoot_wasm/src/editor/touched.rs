use std::collections::BTreeSet;

use crowfoot_schema::{Change, ChangeSet, Diagram, RefId, TableId, TablePatch};

use crate::outcome::Touched;

/// Beyond this many changes it is cheaper to ask for everything again.
const MANY: usize = 2_000;

/// Which view models a change-set made stale.
pub(super) fn touched(before: &Diagram, after: &Diagram, changes: &ChangeSet) -> Touched {
    if changes.changes.len() > MANY {
        return Touched { moved: is_moving(changes), ..Touched::everything() };
    }
    let mut found = Found::default();
    for change in &changes.changes {
        found.look(change);
    }
    for diagram in [before, after] {
        for &id in &found.refs.clone() {
            let ends = diagram.reference(id).map(|it| [it.from, it.to]);
            found.tables.extend(ends.into_iter().flatten());
        }
        // The names of a table and of its columns stand in the rows of its refs.
        for &id in &found.renamed {
            for reference in diagram.refs_of(id) {
                found.refs.insert(reference.id);
                found.tables.extend([reference.from, reference.to]);
            }
        }
    }
    Touched {
        tables: found.tables.into_iter().collect(),
        refs: found.refs.into_iter().collect(),
        moved: is_moving(changes),
        ..found.rest
    }
}

#[derive(Default)]
struct Found {
    tables: BTreeSet<TableId>,
    refs: BTreeSet<RefId>,
    /// Tables of which more than the place changed.
    renamed: BTreeSet<TableId>,
    rest: Touched,
}

impl Found {
    fn look(&mut self, change: &Change) {
        match change {
            Change::UpdateSettings { .. } => self.rest.settings = true,
            Change::CreateTable { table } => {
                self.tables.insert(table.id);
                self.rest.groups |= table.group.is_some();
            }
            Change::UpdateTable { id, patch } => {
                self.tables.insert(*id);
                self.rest.groups |= patch.group.is_some();
                if !is_place(patch) {
                    self.renamed.insert(*id);
                }
            }
            Change::DeleteTable { id } => {
                self.tables.insert(*id);
                self.renamed.insert(*id);
                self.rest.groups = true;
            }
            Change::CreateColumn { table, .. }
            | Change::UpdateColumn { table, .. }
            | Change::MoveColumn { table, .. }
            | Change::DeleteColumn { table, .. } => {
                self.tables.insert(*table);
                self.renamed.insert(*table);
                self.rest.enums = true;
            }
            Change::CreateIndex { table, .. }
            | Change::UpdateIndex { table, .. }
            | Change::MoveIndex { table, .. }
            | Change::DeleteIndex { table, .. }
            | Change::CreateCheck { table, .. }
            | Change::UpdateCheck { table, .. }
            | Change::MoveCheck { table, .. }
            | Change::DeleteCheck { table, .. } => {
                self.tables.insert(*table);
            }
            Change::CreateRef { reference } => {
                self.refs.insert(reference.id);
            }
            Change::UpdateRef { id, .. } | Change::DeleteRef { id } => {
                self.refs.insert(*id);
            }
            Change::CreateEnum { .. }
            | Change::CreateEnumValue { .. }
            | Change::UpdateEnumValue { .. }
            | Change::MoveEnumValue { .. }
            | Change::DeleteEnumValue { .. } => self.rest.enums = true,
            // Columns show the name of their enum, and which do is not kept.
            Change::UpdateEnum { .. } | Change::DeleteEnum { .. } => {
                self.rest.enums = true;
                self.rest.all = true;
            }
            Change::CreateGroup { .. }
            | Change::UpdateGroup { .. }
            | Change::DeleteGroup { .. } => {
                self.rest.groups = true;
            }
            Change::CreateNote { .. } | Change::UpdateNote { .. } | Change::DeleteNote { .. } => {
                self.rest.notes = true;
            }
            Change::PlaceInView { .. } => {}
            Change::CreateView { .. }
            | Change::UpdateView { .. }
            | Change::DeleteView { .. }
            | Change::CreatePartial { .. }
            | Change::UpdatePartial { .. }
            | Change::DeletePartial { .. } => self.rest.settings = true,
            Change::DismissSuggestion { .. } | Change::RestoreSuggestion { .. } => {
                self.rest.suggestions = true;
            }
        }
    }
}

fn is_moving(changes: &ChangeSet) -> bool {
    changes.changes.iter().all(|it| match it {
        Change::UpdateTable { patch, .. } => is_place(patch),
        Change::PlaceInView { .. } => true,
        _ => false,
    })
}

/// Whether a patch sets nothing but the place.
fn is_place(patch: &TablePatch) -> bool {
    let rest = TablePatch { position: None, ..patch.clone() };
    patch.position.is_some() && rest.is_empty()
}
