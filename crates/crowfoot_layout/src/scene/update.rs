use std::collections::BTreeSet;

use crowfoot_schema::{Change, ChangeSet, Diagram, Placed, RefId, TableId};

use super::Scene;
use crate::{TableBox, arrange, ink::Inks};

/// What an update changed, by slots, for whoever keeps pictures of parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SceneDelta {
    /// Tables that were made, changed, moved or taken away.
    pub tables: Vec<u32>,
    /// Lines that were made, changed, routed anew or taken away.
    pub lines: Vec<u32>,
    /// The scene was built anew: all slots may hold something else.
    pub is_rebuilt: bool,
}

/// What a change-set names.
#[derive(Default)]
struct Touched {
    tables: BTreeSet<TableId>,
    refs: BTreeSet<RefId>,
    needs_rebuild: bool,
}

impl Scene {
    /// Brings the scene in step with a diagram to which that change-set was just applied.
    ///
    /// The change-set is the effective one, which names what was taken along. Lines that have
    /// nothing to do with it keep their shape.
    pub fn update(&mut self, diagram: &Diagram, changes: &ChangeSet) -> SceneDelta {
        let mut touched = self.touched(diagram, changes);
        if touched.needs_rebuild {
            *self = Self::made(diagram, self.is_gradual);
            return SceneDelta { is_rebuilt: true, ..SceneDelta::default() };
        }
        if self.notation != diagram.settings().notation {
            self.notation = diagram.settings().notation;
            self.undrawn.extend(0..self.lines.len() as u32);
        }
        self.previewed.clear();
        let mut delta = SceneDelta::default();
        self.ink_again(diagram, &mut delta);

        // Whether a column is part of a foreign key shows in its table.
        for &id in &touched.refs {
            let old = self.line_slot(id).and_then(|slot| self.line(slot));
            touched.tables.extend(old.into_iter().flat_map(|it| [it.from.table, it.to.table]));
            touched
                .tables
                .extend(diagram.reference(id).into_iter().flat_map(|it| [it.from, it.to]));
        }
        for &id in &touched.refs {
            if diagram.reference(id).is_none() {
                delta.lines.extend(self.take_line(id));
            }
        }
        self.update_tables(diagram, &touched.tables, &mut delta);

        // Optionality and uniqueness show at the ends of the table's lines.
        let mut refs = touched.refs;
        for &id in &touched.tables {
            refs.extend(diagram.refs_of(id).map(|it| it.id));
        }
        let references = refs.into_iter().filter_map(|id| diagram.reference(id));
        let slots: Vec<u32> = references.filter_map(|it| self.put_line(diagram, it)).collect();
        for &slot in &slots {
            self.reconnect(slot);
        }
        delta.lines.extend(slots);
        delta.lines.extend(self.settle(false));
        delta.lines.sort_unstable();
        delta.lines.dedup();
        self.draw_groups(diagram);
        self.draw_notes(diagram);
        delta
    }

    /// Inks all lines again if what their looks tell has changed.
    fn ink_again(&mut self, diagram: &Diagram, delta: &mut SceneDelta) {
        let inks = Inks::of(diagram);
        if inks == self.inks {
            return;
        }
        self.inks = inks;
        for (slot, line) in (0..).zip(&mut self.lines) {
            let Some(line) = line else { continue };
            let Some(reference) = diagram.reference(line.id) else { continue };
            let (meaning, ink) = self.inks.of_ref(diagram, reference);
            line.meaning = meaning;
            if std::mem::replace(&mut line.ink, ink) != ink {
                delta.lines.push(slot);
            }
        }
    }

    fn update_tables(
        &mut self,
        diagram: &Diagram,
        touched: &BTreeSet<TableId>,
        delta: &mut SceneDelta,
    ) {
        let is_new = |id: &TableId| {
            !self.table_slots.contains_key(id)
                && diagram.table(*id).is_some_and(|it| it.position.is_none())
        };
        let arranged = if touched.iter().any(is_new) { arrange(diagram) } else { Vec::new() };
        for &id in touched {
            let Some(table) = diagram.table(id) else {
                // In a view, tables go while their refs stay.
                let lines = self.lines_of(id).into_iter();
                let refs: Vec<RefId> =
                    lines.filter_map(|it| self.line(it)).map(|it| it.id).collect();
                for line in refs {
                    delta.lines.extend(self.take_line(line));
                }
                delta.tables.extend(self.take_table(id));
                continue;
            };
            let old = self.table_slot(id).and_then(|slot| self.table(slot)).map(|it| it.rect);
            let at = table
                .position
                .or(old.map(crate::Rect::corner))
                .or_else(|| arranged.iter().find(|(it, _)| *it == id).map(|(_, at)| *at))
                .unwrap_or_default();
            let item = TableBox::new(diagram, table, at);
            let same = self.table_slot(id).and_then(|slot| self.table(slot)) == Some(&item);
            if !same {
                delta.tables.push(self.put_table(item));
            }
        }
    }

    fn touched(&self, diagram: &Diagram, changes: &ChangeSet) -> Touched {
        let mut touched = Touched::default();
        for change in &changes.changes {
            match change {
                Change::CreateTable { table } => {
                    touched.tables.insert(table.id);
                }
                Change::UpdateTable { id, .. } | Change::DeleteTable { id } => {
                    touched.tables.insert(*id);
                }
                Change::CreateColumn { table, .. }
                | Change::UpdateColumn { table, .. }
                | Change::MoveColumn { table, .. }
                | Change::DeleteColumn { table, .. }
                | Change::CreateIndex { table, .. }
                | Change::UpdateIndex { table, .. }
                | Change::MoveIndex { table, .. }
                | Change::DeleteIndex { table, .. } => {
                    touched.tables.insert(*table);
                }
                Change::CreateRef { reference } => {
                    touched.refs.insert(reference.id);
                }
                Change::UpdateRef { id, .. } | Change::DeleteRef { id } => {
                    touched.refs.insert(*id);
                }
                Change::PlaceInView { thing: Placed::Table(id), .. } => {
                    touched.tables.insert(*id);
                }
                // Types show the name of their enum, in any table.
                Change::UpdateEnum { .. } | Change::DeleteEnum { .. } => {
                    touched.needs_rebuild = true;
                }
                Change::DeleteGroup { id } => {
                    let members = self.tables().filter(|(_, it)| it.group == Some(*id));
                    touched.tables.extend(members.map(|(_, it)| it.id));
                }
                Change::UpdateSettings { .. }
                | Change::CreateCheck { .. }
                | Change::UpdateCheck { .. }
                | Change::MoveCheck { .. }
                | Change::DeleteCheck { .. }
                | Change::CreateEnum { .. }
                | Change::CreateEnumValue { .. }
                | Change::UpdateEnumValue { .. }
                | Change::MoveEnumValue { .. }
                | Change::DeleteEnumValue { .. }
                | Change::CreateGroup { .. }
                | Change::UpdateGroup { .. }
                | Change::CreateNote { .. }
                | Change::UpdateNote { .. }
                | Change::DeleteNote { .. }
                | Change::CreateView { .. }
                | Change::UpdateView { .. }
                | Change::DeleteView { .. }
                | Change::PlaceInView { thing: Placed::Note(_), .. }
                | Change::CreatePartial { .. }
                | Change::UpdatePartial { .. }
                | Change::DeletePartial { .. }
                | Change::DismissSuggestion { .. }
                | Change::RestoreSuggestion { .. } => {}
            }
        }
        let n_tables = diagram.tables().len();
        touched.needs_rebuild |= touched.tables.len() > 50 && touched.tables.len() * 2 > n_tables;
        touched
    }
}
