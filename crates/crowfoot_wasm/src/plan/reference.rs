use crowfoot_schema::{Change, ChangeSet, RefPatch};

use crate::{
    Editor,
    command::Selection,
    outcome::Fault,
    view::RefForm,
    words::{count, label_of, ref_label},
};

impl Editor {
    /// Makes the ref of a form, or changes the one whose id it holds.
    pub(super) fn plan_ref(&mut self, form: RefForm) -> Result<ChangeSet, Fault> {
        let id = form.id;
        let fresh = self.mint.id();
        let wanted = self.lens().ref_of(form, fresh)?;
        let label = ref_label(&self.shown, &wanted);
        let Some(id) = id else {
            let create = Change::CreateRef { reference: Box::new(wanted) };
            return Ok(ChangeSet::new(format!("add ref {label}"), vec![create]));
        };
        let current = self
            .shown
            .reference(id)
            .ok_or_else(|| Fault::new("schema/unknown-ref", "the ref no longer exists"))?;
        let patch = Box::new(RefPatch::between(current, &wanted));
        let changes =
            if patch.is_empty() { Vec::new() } else { vec![Change::UpdateRef { id, patch }] };
        Ok(ChangeSet::new(format!("change ref {label}"), changes))
    }

    /// Deletes what is named and still there.
    pub(super) fn plan_delete(&self, things: &Selection) -> ChangeSet {
        let diagram = &self.shown;
        let refs: Vec<_> = things.refs.iter().filter_map(|&id| diagram.reference(id)).collect();
        let tables: Vec<_> =
            things.tables.iter().copied().filter(|&id| diagram.table(id).is_some()).collect();
        let notes: Vec<_> = things.notes.iter().filter_map(|&id| diagram.note(id)).collect();
        let groups: Vec<_> = things.groups.iter().filter_map(|&id| diagram.group(id)).collect();

        let mut said = Vec::new();
        match tables.as_slice() {
            [] => {}
            [one] => said.push(format!("table {}", label_of(diagram, *one))),
            many => said.push(count(many.len(), "table")),
        }
        match refs.as_slice() {
            [] => {}
            [one] => said.push(format!("ref {}", ref_label(diagram, one))),
            many => said.push(count(many.len(), "ref")),
        }
        match notes.as_slice() {
            [] => {}
            [one] => said.push(format!("note {}", one.name)),
            many => said.push(count(many.len(), "note")),
        }
        match groups.as_slice() {
            [] => {}
            [one] => said.push(format!("group {}", one.name)),
            many => said.push(count(many.len(), "group")),
        }

        // Refs go first: those of a deleted table would be gone already.
        let refs = refs.iter().map(|it| Change::DeleteRef { id: it.id });
        let tables = tables.iter().map(|&id| Change::DeleteTable { id });
        let notes = notes.iter().map(|it| Change::DeleteNote { id: it.id });
        let groups = groups.iter().map(|it| Change::DeleteGroup { id: it.id });
        let changes = refs.chain(tables).chain(notes).chain(groups).collect();
        ChangeSet::new(format!("delete {}", said.join(" and ")), changes)
    }
}
