//! Each kind of change, made on the work in progress and written down with its inverse.

use std::sync::Arc;

use super::{
    Work,
    list::{before, find, insert},
};
use crate::{
    Change, Check, CheckId, Column, ColumnId, ColumnPatch, Dismissal, DismissalId, EntityId, Enum,
    EnumId, EnumValueId, Group, GroupId, Index, IndexId, Note, NoteId, Partial, PartialId, Placed,
    Point, Ref, RefId, Table, TableId, TablePatch, View, ViewId,
};

/// Steps on one of the lists of a table.
macro_rules! table_list {
    ($list:ident, $entity:ident, $kind:ident, $unknown:literal, $duplicate:literal, $word:literal,
     $create:ident, $update:ident, $relocate:ident, $delete:ident,
     $fn_create:ident, $fn_update:ident, $fn_move:ident, $fn_delete:ident, $id:ty, $patch:ty, $field:ident) => {
        pub(super) fn $fn_create(&mut self, table: TableId, $field: &$entity, after: Option<$id>) {
            let id = $field.id;
            let Some(owner) = self.table_mut(table) else { return };
            if find(&owner.$list, id).is_some() {
                let message = format!("`{}` has that {} already", owner.name, $word);
                self.refuse(EntityId::$kind(id), $duplicate, message);
                return;
            }
            insert(&mut owner.$list, $field.clone(), after);
            self.done(
                Change::$create { table, $field: $field.clone(), after },
                Change::$delete { table, id },
            );
        }

        pub(super) fn $fn_update(&mut self, table: TableId, id: $id, patch: &$patch) {
            let Some(owner) = self.table_mut(table) else { return };
            let Some(at) = find(&owner.$list, id) else {
                let message = format!("`{}` no longer has that {}", owner.name, $word);
                self.refuse(EntityId::$kind(id), $unknown, message);
                return;
            };
            let inverse = patch.clone().apply(&mut owner.$list[at]);
            if inverse.is_empty() {
                return;
            }
            self.done(
                Change::$update { table, id, patch: patch.clone().keep(&inverse) },
                Change::$update { table, id, patch: inverse },
            );
        }

        pub(super) fn $fn_move(&mut self, table: TableId, id: $id, after: Option<$id>) {
            let Some(owner) = self.table_mut(table) else { return };
            let Some(at) = find(&owner.$list, id) else {
                let message = format!("`{}` no longer has that {}", owner.name, $word);
                self.refuse(EntityId::$kind(id), $unknown, message);
                return;
            };
            let was_after = before(&owner.$list, at);
            if was_after == after || after == Some(id) {
                return;
            }
            let item = owner.$list.remove(at);
            insert(&mut owner.$list, item, after);
            self.done(
                Change::$relocate { table, id, after },
                Change::$relocate { table, id, after: was_after },
            );
        }

        pub(super) fn $fn_delete(&mut self, table: TableId, id: $id) {
            let Some(owner) = self.table_mut(table) else { return };
            let Some(at) = find(&owner.$list, id) else {
                let message = format!("`{}` no longer has that {}", owner.name, $word);
                self.refuse(EntityId::$kind(id), $unknown, message);
                return;
            };
            let after = before(&owner.$list, at);
            let $field = owner.$list.remove(at);
            self.done(Change::$delete { table, id }, Change::$create { table, $field, after });
        }
    };
}

/// Steps on a kind of entity that is nothing but its fields.
macro_rules! plain {
    ($map:ident, $entity:ident, $id:ty, $patch:ty, $unknown:literal, $duplicate:literal, $word:literal,
     $create:ident, $update:ident, $delete:ident,
     $fn_create:ident, $fn_update:ident, $fn_delete:ident, $field:ident, $make:expr, $touched:ident, $key:expr) => {
        pub(super) fn $fn_create(&mut self, $field: &$entity) {
            let id = $field.id;
            if self.diagram.$map.contains_key(&id) {
                let message = format!("the {} `{}` exists already", $word, $field.name);
                self.refuse(EntityId::$entity(id), $duplicate, message);
                return;
            }
            self.$touched.insert($key(id), self.at);
            self.diagram.$map.insert(id, Arc::new($field.clone()));
            self.done(Change::$create { $field: $make($field.clone()) }, Change::$delete { id });
        }

        pub(super) fn $fn_update(&mut self, id: $id, patch: &$patch) {
            let Some(entity) = self.diagram.$map.get_mut(&id) else {
                self.refuse(
                    EntityId::$entity(id),
                    $unknown,
                    concat!("the ", $word, " no longer exists"),
                );
                return;
            };
            let inverse = patch.clone().apply(Arc::make_mut(entity));
            if inverse.is_empty() {
                return;
            }
            self.$touched.insert($key(id), self.at);
            self.done(
                Change::$update { id, patch: patch.clone().keep(&inverse).into() },
                Change::$update { id, patch: inverse.into() },
            );
        }

        pub(super) fn $fn_delete(&mut self, id: $id) {
            let Some(entity) = self.diagram.$map.remove(&id) else {
                self.refuse(
                    EntityId::$entity(id),
                    $unknown,
                    concat!("the ", $word, " no longer exists"),
                );
                return;
            };
            self.$touched.insert($key(id), self.at);
            self.done(
                Change::$delete { id },
                Change::$create { $field: $make(Arc::unwrap_or_clone(entity)) },
            );
        }
    };
}

impl Work {
    pub(super) fn step(&mut self, change: &Change) {
        match change {
            Change::UpdateSettings { patch } => {
                let inverse = patch.clone().apply(&mut self.diagram.settings);
                if !inverse.is_empty() {
                    let patch = patch.clone().keep(&inverse);
                    self.done(
                        Change::UpdateSettings { patch },
                        Change::UpdateSettings { patch: inverse },
                    );
                }
            }
            Change::CreateTable { table } => self.create_table(table),
            Change::UpdateTable { id, patch } => self.update_table(*id, patch),
            Change::DeleteTable { id } => self.delete_table(*id),
            Change::CreateColumn { table, column, after } => {
                self.create_column(*table, column, *after);
            }
            Change::UpdateColumn { table, id, patch } => self.update_column(*table, *id, patch),
            Change::MoveColumn { table, id, after } => self.move_column(*table, *id, *after),
            Change::DeleteColumn { table, id } => self.delete_column(*table, *id),
            Change::CreateIndex { table, index, after } => self.create_index(*table, index, *after),
            Change::UpdateIndex { table, id, patch } => self.update_index(*table, *id, patch),
            Change::MoveIndex { table, id, after } => self.move_index(*table, *id, *after),
            Change::DeleteIndex { table, id } => self.delete_index(*table, *id),
            Change::CreateCheck { table, check, after } => self.create_check(*table, check, *after),
            Change::UpdateCheck { table, id, patch } => self.update_check(*table, *id, patch),
            Change::MoveCheck { table, id, after } => self.move_check(*table, *id, *after),
            Change::DeleteCheck { table, id } => self.delete_check(*table, *id),
            Change::CreateRef { reference } => self.create_ref(reference),
            Change::UpdateRef { id, patch } => self.update_ref(*id, patch),
            Change::DeleteRef { id } => self.delete_ref(*id),
            Change::CreateEnum { item } => self.create_enum(item),
            Change::UpdateEnum { id, patch } => {
                let Some(item) = self.enum_mut(*id) else { return };
                let inverse = patch.clone().apply(&mut item.head);
                if !inverse.is_empty() {
                    let (id, patch) = (*id, patch.clone().keep(&inverse));
                    self.done(
                        Change::UpdateEnum { id, patch },
                        Change::UpdateEnum { id, patch: inverse },
                    );
                }
            }
            Change::DeleteEnum { id } => self.delete_enum(*id),
            Change::CreateEnumValue { id, value, after } => {
                let Some(item) = self.enum_mut(*id) else { return };
                if find(&item.values, value.id).is_some() {
                    let entity = EntityId::EnumValue(value.id);
                    let message = format!("`{}` has the value `{}` already", item.name, value.name);
                    self.refuse(entity, "schema/duplicate-enum-value", message);
                    return;
                }
                insert(&mut item.values, value.clone(), *after);
                let inverse = Change::DeleteEnumValue { id: *id, value: value.id };
                self.done(change.clone(), inverse);
            }
            Change::UpdateEnumValue { id, value, patch } => {
                let Some((item, at)) = self.enum_value_mut(*id, *value) else { return };
                let inverse = patch.clone().apply(&mut item.values[at]);
                if !inverse.is_empty() {
                    let (id, value, patch) = (*id, *value, patch.clone().keep(&inverse));
                    self.done(
                        Change::UpdateEnumValue { id, value, patch },
                        Change::UpdateEnumValue { id, value, patch: inverse },
                    );
                }
            }
            Change::MoveEnumValue { id, value, after } => {
                let Some((item, at)) = self.enum_value_mut(*id, *value) else { return };
                let was_after = before(&item.values, at);
                if was_after == *after || *after == Some(*value) {
                    return;
                }
                let moved = item.values.remove(at);
                insert(&mut item.values, moved, *after);
                let inverse = Change::MoveEnumValue { id: *id, value: *value, after: was_after };
                self.done(change.clone(), inverse);
            }
            Change::DeleteEnumValue { id, value } => {
                let Some((item, at)) = self.enum_value_mut(*id, *value) else { return };
                let after = before(&item.values, at);
                let value = item.values.remove(at);
                self.done(change.clone(), Change::CreateEnumValue { id: *id, value, after });
            }
            Change::CreateGroup { group } => self.create_group(group),
            Change::UpdateGroup { id, patch } => self.update_group(*id, patch),
            Change::DeleteGroup { id } => self.delete_group(*id),
            Change::CreateNote { note } => self.create_note(note),
            Change::UpdateNote { id, patch } => self.update_note(*id, patch),
            Change::DeleteNote { id } => self.delete_note(*id),
            Change::CreateView { view } => self.create_view(view),
            Change::UpdateView { id, patch } => self.update_view(*id, patch),
            Change::DeleteView { id } => self.delete_view(*id),
            Change::PlaceInView { id, thing, position } => {
                self.place_in_view(*id, *thing, *position);
            }
            Change::CreatePartial { partial } => self.create_partial(partial),
            Change::UpdatePartial { id, patch } => self.update_partial(*id, patch),
            Change::DeletePartial { id } => self.delete_partial(*id),
            Change::DismissSuggestion { dismissal } => self.dismiss(dismissal),
            Change::RestoreSuggestion { id } => self.restore_suggestion(*id),
        }
    }

    fn create_table(&mut self, table: &Table) {
        let id = table.id;
        if self.diagram.tables.contains_key(&id) {
            let entity = EntityId::Table(id);
            let message = format!("the table `{}` exists already", table.name);
            self.refuse(entity, "schema/duplicate-table", message);
            return;
        }
        self.tables.insert(id, self.at);
        self.diagram.tables.insert(id, Arc::new(table.clone()));
        self.done(
            Change::CreateTable { table: Box::new(table.clone()) },
            Change::DeleteTable { id },
        );
    }

    pub(super) fn update_table(&mut self, id: TableId, patch: &TablePatch) {
        let Some(table) = self.table_mut(id) else { return };
        let inverse = patch.clone().apply(&mut table.head);
        if inverse.is_empty() {
            return;
        }
        self.done(
            Change::UpdateTable { id, patch: patch.clone().keep(&inverse) },
            Change::UpdateTable { id, patch: inverse },
        );
    }

    table_list!(
        columns,
        Column,
        Column,
        "schema/unknown-column",
        "schema/duplicate-column",
        "column",
        CreateColumn,
        UpdateColumn,
        MoveColumn,
        DeleteColumn,
        create_column,
        update_column,
        move_column,
        remove_column,
        ColumnId,
        ColumnPatch,
        column
    );
    table_list!(
        indexes,
        Index,
        Index,
        "schema/unknown-index",
        "schema/duplicate-index",
        "index",
        CreateIndex,
        UpdateIndex,
        MoveIndex,
        DeleteIndex,
        create_index,
        update_index,
        move_index,
        delete_index,
        IndexId,
        crate::IndexPatch,
        index
    );
    table_list!(
        checks,
        Check,
        Check,
        "schema/unknown-check",
        "schema/duplicate-check",
        "check",
        CreateCheck,
        UpdateCheck,
        MoveCheck,
        DeleteCheck,
        create_check,
        update_check,
        move_check,
        delete_check,
        CheckId,
        crate::CheckPatch,
        check
    );

    fn create_ref(&mut self, reference: &Ref) {
        let id = reference.id;
        if self.diagram.refs.contains_key(&id) {
            self.refuse(EntityId::Ref(id), "schema/duplicate-ref", "the ref exists already");
            return;
        }
        self.refs.insert(id, self.at);
        self.register_ref(reference);
        self.diagram.refs.insert(id, Arc::new(reference.clone()));
        let reference = Box::new(reference.clone());
        self.done(Change::CreateRef { reference }, Change::DeleteRef { id });
    }

    fn update_ref(&mut self, id: RefId, patch: &crate::RefPatch) {
        let Some(old) = self.diagram.refs.get(&id).cloned() else {
            self.refuse(EntityId::Ref(id), "schema/unknown-ref", "the ref no longer exists");
            return;
        };
        let mut new = Ref::clone(&old);
        let inverse = patch.clone().apply(&mut new);
        if inverse.is_empty() {
            return;
        }
        self.refs.insert(id, self.at);
        self.unregister_ref(&old);
        self.register_ref(&new);
        self.diagram.refs.insert(id, Arc::new(new));
        self.done(
            Change::UpdateRef { id, patch: Box::new(patch.clone().keep(&inverse)) },
            Change::UpdateRef { id, patch: Box::new(inverse) },
        );
    }

    pub(super) fn delete_ref(&mut self, id: RefId) {
        let Some(reference) = self.diagram.refs.remove(&id) else {
            self.refuse(EntityId::Ref(id), "schema/unknown-ref", "the ref no longer exists");
            return;
        };
        self.unregister_ref(&reference);
        self.refs.remove(&id);
        let reference = Box::new(Arc::unwrap_or_clone(reference));
        self.done(Change::DeleteRef { id }, Change::CreateRef { reference });
    }

    pub(super) fn register_ref(&mut self, reference: &Ref) {
        self.diagram.refs_by_table.insert((reference.from, reference.id));
        self.diagram.refs_by_table.insert((reference.to, reference.id));
    }

    fn unregister_ref(&mut self, reference: &Ref) {
        self.diagram.refs_by_table.remove(&(reference.from, reference.id));
        self.diagram.refs_by_table.remove(&(reference.to, reference.id));
    }

    pub(super) fn place_in_view(&mut self, id: ViewId, thing: Placed, position: Option<Point>) {
        let Some(view) = self.diagram.views.get_mut(&id) else {
            let message = "the view no longer exists";
            self.refuse(EntityId::View(id), "schema/unknown-view", message);
            return;
        };
        let was = view.places.get(thing);
        if was == position {
            return;
        }
        Arc::make_mut(view).places.set(thing, position);
        self.views.insert(id, self.at);
        self.done(
            Change::PlaceInView { id, thing, position },
            Change::PlaceInView { id, thing, position: was },
        );
    }

    fn dismiss(&mut self, dismissal: &Dismissal) {
        let id = dismissal.id;
        let entity = EntityId::Dismissal(id);
        if self.diagram.dismissals.contains_key(&id) {
            let message = "the suggestion is dismissed already";
            self.refuse(entity, "schema/duplicate-dismissal", message);
            return;
        }
        self.others.insert(entity, self.at);
        self.diagram.dismissals.insert(id, Arc::new(dismissal.clone()));
        let dismissal = dismissal.clone();
        self.done(Change::DismissSuggestion { dismissal }, Change::RestoreSuggestion { id });
    }

    pub(super) fn restore_suggestion(&mut self, id: DismissalId) {
        let entity = EntityId::Dismissal(id);
        let Some(dismissal) = self.diagram.dismissals.remove(&id) else {
            let message = "the suggestion is not dismissed any more";
            self.refuse(entity, "schema/unknown-dismissal", message);
            return;
        };
        self.others.remove(&entity);
        let dismissal = Arc::unwrap_or_clone(dismissal);
        self.done(Change::RestoreSuggestion { id }, Change::DismissSuggestion { dismissal });
    }

    fn create_enum(&mut self, item: &Enum) {
        let id = item.id;
        if self.diagram.enums.contains_key(&id) {
            let message = format!("the enum `{}` exists already", item.name);
            self.refuse(EntityId::Enum(id), "schema/duplicate-enum", message);
            return;
        }
        self.enums.insert(id, self.at);
        self.diagram.enums.insert(id, Arc::new(item.clone()));
        self.done(Change::CreateEnum { item: item.clone() }, Change::DeleteEnum { id });
    }

    pub(super) fn enum_mut(&mut self, id: EnumId) -> Option<&mut Enum> {
        if !self.diagram.enums.contains_key(&id) {
            self.refuse(EntityId::Enum(id), "schema/unknown-enum", "the enum no longer exists");
            return None;
        }
        self.enums.insert(id, self.at);
        self.diagram.enums.get_mut(&id).map(Arc::make_mut)
    }

    fn enum_value_mut(&mut self, id: EnumId, value: EnumValueId) -> Option<(&mut Enum, usize)> {
        let item = self.enum_mut(id)?;
        let Some(at) = find(&item.values, value) else {
            let message = format!("`{}` no longer has that value", item.name);
            self.refuse(EntityId::EnumValue(value), "schema/unknown-enum-value", message);
            return None;
        };
        Some((self.enum_mut(id)?, at))
    }

    plain!(
        groups,
        Group,
        GroupId,
        crate::GroupPatch,
        "schema/unknown-group",
        "schema/duplicate-group",
        "group",
        CreateGroup,
        UpdateGroup,
        DeleteGroup,
        create_group,
        update_group,
        remove_group,
        group,
        std::convert::identity,
        others,
        EntityId::Group
    );
    plain!(
        notes,
        Note,
        NoteId,
        crate::NotePatch,
        "schema/unknown-note",
        "schema/duplicate-note",
        "note",
        CreateNote,
        UpdateNote,
        DeleteNote,
        create_note,
        update_note,
        remove_note,
        note,
        std::convert::identity,
        others,
        EntityId::Note
    );
    plain!(
        views,
        View,
        ViewId,
        crate::ViewPatch,
        "schema/unknown-view",
        "schema/duplicate-view",
        "view",
        CreateView,
        UpdateView,
        DeleteView,
        create_view,
        update_view,
        delete_view,
        view,
        std::convert::identity,
        views,
        std::convert::identity
    );
    plain!(
        partials,
        Partial,
        PartialId,
        crate::PartialPatch,
        "schema/unknown-partial",
        "schema/duplicate-partial",
        "partial",
        CreatePartial,
        UpdatePartial,
        DeletePartial,
        create_partial,
        update_partial,
        remove_partial,
        partial,
        Box::new,
        others,
        EntityId::Partial
    );
}
