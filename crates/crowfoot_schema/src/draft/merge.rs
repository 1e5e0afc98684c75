//! Bringing a draft up to a newer diagram, by three values of everything: what the base had, what
//! it has now, and what is pending.
//!
//! What only one side changed is as that side has it. Where both changed the same, what is pending
//! stays and is marked as a conflict, so that nothing that was typed is lost and nothing that was
//! saved is overwritten without a question.

use std::{collections::BTreeSet, sync::Arc};

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Dismissals, DraftConflict, Parts, Pending, RefSketch, RefSketchPatch, Refs, Taken,
    conflict::{DELETED, DELETES_CHANGED, DELETES_USED, USES_DELETED},
    pen::{put_back, records_of},
};
use crate::{
    Check, CheckPatch, Column, ColumnId, ColumnPatch, ColumnType, Diagram, Dismissal, EntityId,
    Index, IndexPatch, RefId, Side, Table, TableHead, TableId, TablePatch,
    apply::Listed,
    diff::{Edit, edits},
};

/// Three sides of one merge; the fourth, what is pending, comes with each step of undo.
pub(super) struct Merge<'a> {
    pub(super) id: TableId,
    /// What is pending was made on this.
    pub(super) old: &'a Parts,
    pub(super) new: &'a Parts,
    /// The diagrams that `old` and `new` are of.
    pub(super) before: &'a Diagram,
    pub(super) after: &'a Diagram,
}

/// Something with fields that are merged one by one.
pub(super) trait Fields: Clone + PartialEq {
    /// The fields that differ, by their names in JSON, with their values in `new`.
    fn changed(old: &Self, new: &Self) -> Map<String, Value>;
    /// Gives `to` the fields that `new` has otherwise than `old`.
    fn carry(old: &Self, new: &Self, to: &mut Self);
    /// Gives `to` that field of `from`.
    fn copy(field: &str, from: &Self, to: &mut Self);
}

macro_rules! fields {
    ($($entity:ty: $patch:ty,)*) => {$(
        impl Fields for $entity {
            fn changed(old: &Self, new: &Self) -> Map<String, Value> {
                json_fields(&<$patch>::between(old, new))
            }

            fn carry(old: &Self, new: &Self, to: &mut Self) {
                <$patch>::between(old, new).apply(to);
            }

            fn copy(field: &str, from: &Self, to: &mut Self) {
                let mut fields = json_fields(&<$patch>::between(to, from));
                fields.retain(|name, _| name == field);
                if let Ok(patch) = serde_json::from_value::<$patch>(Value::Object(fields)) {
                    patch.apply(to);
                }
            }
        }
    )*};
}
fields! {
    TableHead: TablePatch,
    Column: ColumnPatch,
    Index: IndexPatch,
    Check: CheckPatch,
    RefSketch: RefSketchPatch,
}

fn json_fields(patch: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(patch) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

impl Merge<'_> {
    /// What is pending, on the new base.
    pub(super) fn pending(&self, mine: &Pending) -> Pending {
        let (Some(old), Some(new)) = (self.old.table.as_deref(), self.new.table.as_deref()) else {
            return mine.clone();
        };
        let mut work = Work { merge: self, found: Vec::new() };
        let mut table = work.table(old, new, &mine.table);
        let mut refs = work.refs(&mine.refs);
        work.keep_what_is_used(old, &mut table, &refs);
        let mut taken = mine.taken.clone();
        for column in &old.columns {
            if mine.table.column(column.id).is_none() && new.column(column.id).is_some() {
                let went = work.drop_again(column.id, old, new, &mut table, &mut refs);
                taken.insert(column.id, Arc::new(went));
            }
        }
        taken = taken.into_iter().filter(|(id, _)| new.column(*id).is_some()).collect();
        table.head.records = records_of(new, &table);
        work.leave_what_is_gone(&mut table);
        work.open_ends(&table, &mut refs);
        let dismissals = self.dismissals(&mine.dismissals, &table);

        let mut conflicts = mine.conflicts.clone();
        for conflict in work.found {
            if !conflicts.contains(&conflict) {
                conflicts.push(conflict);
            }
        }
        // The allocation is shared where nothing is pending, so that equality is quick.
        let table = if table == *new {
            self.new.table.clone().unwrap_or_else(|| Arc::new(table))
        } else {
            Arc::new(table)
        };
        let mut merged = Pending { table, refs, dismissals, taken, conflicts };
        let open = std::mem::take(&mut merged.conflicts);
        merged.conflicts = open.into_iter().filter(|it| it.stands(self.new, &merged)).collect();
        merged
    }
}

impl Merge<'_> {
    /// What they dismissed and took back with what was here. Nobody's work is in that, so there is
    /// nothing to decide; what is about columns that are gone goes.
    fn dismissals(&self, mine: &Dismissals, table: &Table) -> Dismissals {
        let (old, new) = (&self.old.dismissals, &self.new.dismissals);
        if old == new && self.before.dismissals == self.after.dismissals {
            return mine.clone();
        }
        let owns = |id: TableId, column: ColumnId| {
            let owner = if id == self.id { Some(table) } else { self.after.table(id) };
            owner.is_some_and(|it| it.column(column).is_some())
        };
        let is_there = |it: &Dismissal| {
            it.columns.iter().all(|(from, to)| owns(it.from, from) && owns(it.to, to))
        };
        let theirs = new.iter().filter(|(id, _)| mine.contains_key(*id) || !old.contains_key(*id));
        let mine = mine.iter().filter(|(id, _)| new.contains_key(*id) || !old.contains_key(*id));
        let all = theirs.chain(mine).filter(|(_, it)| is_there(it));
        all.map(|(id, it)| (*id, Arc::clone(it))).collect()
    }
}

struct Work<'a> {
    merge: &'a Merge<'a>,
    found: Vec<DraftConflict>,
}

impl Work<'_> {
    fn report(&mut self, entity: EntityId, field: Option<String>, code: &'static str) {
        let conflict = DraftConflict { entity, field, code: code.into() };
        if !self.found.contains(&conflict) {
            self.found.push(conflict);
        }
    }

    fn table(&mut self, old: &Table, new: &Table, mine: &Table) -> Table {
        // Where the table stands is nothing that a draft edits, and its rows are seen to later.
        let mut head = mine.head.clone();
        head.position = old.position;
        head.records = old.records.clone();
        let theirs = TableHead { records: old.records.clone(), ..new.head.clone() };
        let mut head = self.fields(&old.head, &theirs, &head, EntityId::Table(self.merge.id));
        head.position = new.position;
        Table {
            head,
            columns: self.list(&old.columns, &new.columns, &mine.columns, EntityId::Column),
            indexes: self.list(&old.indexes, &new.indexes, &mine.indexes, EntityId::Index),
            checks: self.list(&old.checks, &new.checks, &mine.checks, EntityId::Check),
        }
    }

    fn fields<T: Fields>(&mut self, old: &T, new: &T, mine: &T, entity: EntityId) -> T {
        if old == mine {
            return new.clone();
        }
        if old == new {
            return mine.clone();
        }
        let theirs = T::changed(old, new);
        for (field, value) in T::changed(old, mine) {
            if theirs.get(&field).is_some_and(|it| *it != value) {
                self.report(entity, Some(field), super::conflict::BOTH_CHANGED);
            }
        }
        let mut merged = new.clone();
        T::carry(old, mine, &mut merged);
        merged
    }

    /// Both have it and the base had not: it was saved from here and changed since.
    fn twins<T: Fields>(&mut self, new: &T, mine: &T, entity: EntityId) -> T {
        for (field, _) in T::changed(new, mine) {
            self.report(entity, Some(field), super::conflict::BOTH_CHANGED);
        }
        mine.clone()
    }

    /// The newer list with what was done to the old one here.
    fn list<T: Listed + Fields>(
        &mut self,
        old: &[T],
        new: &[T],
        mine: &[T],
        entity: impl Fn(T::Id) -> EntityId,
    ) -> Vec<T> {
        if old == new {
            return mine.to_vec();
        }
        let mut merged = new.to_vec();
        for edit in edits(old, mine) {
            match edit {
                Edit::Create { item, .. } => {
                    match merged.iter().position(|it| it.id() == item.id()) {
                        Some(at) => merged[at] = self.twins(&merged[at], item, entity(item.id())),
                        None => put_back(&mut merged, mine, item.clone()),
                    }
                }
                Edit::Update { old, new: mine_item } => {
                    let id = old.id();
                    match merged.iter().position(|it| it.id() == id) {
                        Some(at) => {
                            merged[at] = self.fields(old, &merged[at], mine_item, entity(id));
                        }
                        None => {
                            put_back(&mut merged, mine, mine_item.clone());
                            self.report(entity(id), None, DELETED);
                        }
                    }
                }
                Edit::Move { id, .. } => {
                    if let Some(at) = merged.iter().position(|it| it.id() == id) {
                        let item = merged.remove(at);
                        put_back(&mut merged, mine, item);
                    }
                }
                Edit::Delete { item } => {
                    let id = item.id();
                    if let Some(at) = merged.iter().position(|it| it.id() == id) {
                        if merged[at] != *item {
                            self.report(entity(id), None, DELETES_CHANGED);
                        }
                        merged.remove(at);
                    }
                }
            }
        }
        merged
    }

    fn refs(&mut self, mine: &Refs) -> Refs {
        let (old, new) = (&self.merge.old.refs, &self.merge.new.refs);
        let ids: BTreeSet<RefId> =
            old.keys().chain(new.keys()).chain(mine.keys()).copied().collect();
        let mut merged = Refs::new();
        for id in ids {
            let entity = EntityId::Ref(id);
            let chosen = match (old.get(&id), new.get(&id), mine.get(&id)) {
                (old, new, mine) if old == new => mine.cloned(),
                (old, new, mine) if old == mine => new.cloned(),
                (Some(old), Some(new), Some(mine)) => {
                    Some(Arc::new(self.fields(&**old, &**new, &**mine, entity)))
                }
                (None, Some(new), Some(mine)) => {
                    Some(Arc::new(self.twins(&**new, &**mine, entity)))
                }
                (_, None, Some(mine)) => {
                    self.report(entity, None, DELETED);
                    Some(Arc::clone(mine))
                }
                (_, Some(_), None) => {
                    self.report(entity, None, DELETES_CHANGED);
                    None
                }
                (_, None, None) => None,
            };
            if let Some(chosen) = chosen {
                merged.insert(id, chosen);
            }
        }
        merged
    }

    /// Columns that they deleted stay as long as something that is pending stands on them.
    fn keep_what_is_used(&mut self, old: &Table, table: &mut Table, refs: &Refs) {
        let new = &self.merge.new;
        let Some(new_table) = new.table.as_deref() else { return };
        let mut used: Vec<ColumnId> = Vec::new();
        if table.primary_key != new_table.primary_key {
            used.extend(table.primary_columns());
        }
        for index in table.indexes.iter().filter(|it| new_table.index(it.id) != Some(*it)) {
            used.extend(index.columns().chain(index.include.iter().copied()));
        }
        for check in table.checks.iter().filter(|it| new_table.check(it.id) != Some(*it)) {
            used.extend(check.column);
        }
        for sketch in refs.values().filter(|it| new.refs.get(&it.id) != Some(*it)) {
            for side in [Side::From, Side::To] {
                if sketch.table(side) == Some(self.merge.id) {
                    used.extend(sketch.side_columns(side));
                }
            }
        }
        for id in used {
            if let (None, Some(column)) = (table.column(id), old.column(id)) {
                put_back(&mut table.columns, &old.columns, column.clone());
                self.report(EntityId::Column(id), None, DELETED);
            }
        }
    }

    /// Drops a column that is dropped here once more: what they built on it since goes as well,
    /// and so do changes of theirs to what went along. Both is a conflict about the column.
    fn drop_again(
        &mut self,
        id: ColumnId,
        old: &Table,
        new: &Table,
        table: &mut Table,
        refs: &mut Refs,
    ) -> Taken {
        let (old_refs, new_refs) = (&self.merge.old.refs, &self.merge.new.refs);
        let mentioned = |it: &&Arc<RefSketch>| it.mentions(self.merge.id, id);
        let went = Taken {
            indexes: new.indexes.iter().filter(|it| it.mentions(id)).cloned().collect(),
            checks: new.checks.iter().filter(|it| it.column == Some(id)).cloned().collect(),
            primary_key: new.primary_key.clone().filter(|it| it.columns.contains(&id)),
            refs: new_refs.values().filter(mentioned).map(|it| RefSketch::clone(it)).collect(),
        };
        let is_changed = went.indexes.iter().any(|it| old.index(it.id) != Some(it))
            || went.checks.iter().any(|it| old.check(it.id) != Some(it))
            || went.refs.iter().any(|it| old_refs.get(&it.id).is_none_or(|old| **old != *it))
            || (went.primary_key.is_some() && old.primary_key != new.primary_key);
        // They are told of once, at the column that they stand on.
        self.found.retain(|it| match it.entity {
            EntityId::Index(index) => went.indexes.iter().all(|it| it.id != index),
            EntityId::Check(check) => went.checks.iter().all(|it| it.id != check),
            EntityId::Ref(reference) => went.refs.iter().all(|it| it.id != reference),
            _ => true,
        });
        if is_changed {
            self.report(EntityId::Column(id), None, DELETES_USED);
        }
        let stays = |it: &ColumnId| *it != id;
        table.indexes.retain(|it| !it.mentions(id));
        table.checks.retain(|it| it.column != Some(id));
        if !table.primary_columns().iter().all(stays) {
            table.head.primary_key = None;
        }
        let along = refs.values().filter(mentioned).map(|it| it.id).collect::<Vec<_>>();
        for reference in along {
            refs.remove(&reference);
        }
        went
    }

    /// Enums, groups and table partials that they deleted leave behind what they leave everywhere:
    /// the enum its name as the text of the type.
    fn leave_what_is_gone(&self, table: &mut Table) {
        let (before, after) = (self.merge.before, self.merge.after);
        if table.group.is_some_and(|it| after.group(it).is_none()) {
            table.head.group = None;
        }
        for column in &mut table.columns {
            if let ColumnType::Enum { id, dimensions } = column.ty
                && after.enumeration(id).is_none()
                && let Some(item) = before.enumeration(id)
            {
                column.ty = item.name_as_type(dimensions);
            }
        }
        let partials = table.columns.iter_mut().map(|it| &mut it.partial);
        let partials = partials.chain(table.indexes.iter_mut().map(|it| &mut it.partial));
        for partial in partials.chain(table.checks.iter_mut().map(|it| &mut it.partial)) {
            if partial.is_some_and(|it| after.partial(it).is_none()) {
                *partial = None;
            }
        }
    }

    /// Foreign keys that are pending and point at what has gone lose that end, and ask.
    fn open_ends(&mut self, table: &Table, refs: &mut Refs) {
        let new = &self.merge.new.refs;
        let mine: Vec<_> =
            refs.values().filter(|it| new.get(&it.id) != Some(*it)).cloned().collect();
        for sketch in mine {
            let mut open = RefSketch::clone(&sketch);
            for side in [Side::From, Side::To] {
                let Some(id) = sketch.table(side) else { continue };
                let owner =
                    if id == self.merge.id { Some(table) } else { self.merge.after.table(id) };
                open.unpick(side, |it| owner.is_none_or(|owner| owner.column(it).is_none()));
                match side {
                    Side::From if owner.is_none() => open.ends.from = None,
                    Side::To if owner.is_none() => open.ends.to = None,
                    Side::From | Side::To => {}
                }
            }
            if open != *sketch {
                let entity = EntityId::Ref(open.id);
                self.found.retain(|it| it.entity != entity || it.field.is_some());
                self.report(entity, None, USES_DELETED);
                refs.insert(open.id, Arc::new(open));
            }
        }
    }
}
