//! Each kind of change, made on the work in progress and written down with its inverse.

use std::sync::Arc;

use super::Work;
use crate::{
    Change, Check, CheckId, Column, ColumnId, ColumnPatch, ColumnType, EntityId, Enum, EnumId,
    EnumValue, EnumValueId, Group, GroupId, Index, IndexId, Note, NoteId, Partial, PartialId,
    Records, Ref, RefId, Shown, Table, TableId, TablePatch, View, ViewId, ViewPatch,
};

/// Something that stands in a list whose order people see.
pub(crate) trait Listed {
    type Id: Copy + PartialEq;
    fn id(&self) -> Self::Id;
}

macro_rules! listed {
    ($($entity:ty: $id:ty,)*) => {$(
        impl Listed for $entity {
            type Id = $id;
            fn id(&self) -> $id {
                self.id
            }
        }
    )*};
}
listed! { Column: ColumnId, Index: IndexId, Check: CheckId, EnumValue: EnumValueId, }

fn find<T: Listed>(list: &[T], id: T::Id) -> Option<usize> {
    list.iter().position(|it| it.id() == id)
}

/// What the element at that place follows.
fn before<T: Listed>(list: &[T], at: usize) -> Option<T::Id> {
    at.checked_sub(1).map(|at| list[at].id())
}

fn insert<T: Listed>(list: &mut Vec<T>, item: T, after: Option<T::Id>) {
    let at = match after {
        None => 0,
        Some(id) => find(list, id).map_or(list.len(), |at| at + 1),
    };
    list.insert(at, item);
}

/// Steps on one of the lists of a table.
macro_rules! table_list {
    ($list:ident, $entity:ident, $kind:ident, $unknown:literal, $duplicate:literal, $word:literal,
     $create:ident, $update:ident, $relocate:ident, $delete:ident,
     $fn_create:ident, $fn_update:ident, $fn_move:ident, $fn_delete:ident, $id:ty, $patch:ty, $field:ident) => {
        fn $fn_create(&mut self, table: TableId, $field: &$entity, after: Option<$id>) {
            let id = $field.id;
            let Some(owner) = self.table_mut(table) else { return };
            if find(&owner.$list, id).is_some() {
                self.refuse(
                    EntityId::$kind(id),
                    $duplicate,
                    concat!("the ", $word, " exists already"),
                );
                return;
            }
            insert(&mut owner.$list, $field.clone(), after);
            self.done(
                Change::$create { table, $field: $field.clone(), after },
                Change::$delete { table, id },
            );
        }

        fn $fn_update(&mut self, table: TableId, id: $id, patch: &$patch) {
            let Some(owner) = self.table_mut(table) else { return };
            let Some(at) = find(&owner.$list, id) else {
                self.refuse(
                    EntityId::$kind(id),
                    $unknown,
                    concat!("the ", $word, " no longer exists"),
                );
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

        fn $fn_move(&mut self, table: TableId, id: $id, after: Option<$id>) {
            let Some(owner) = self.table_mut(table) else { return };
            let Some(at) = find(&owner.$list, id) else {
                self.refuse(
                    EntityId::$kind(id),
                    $unknown,
                    concat!("the ", $word, " no longer exists"),
                );
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

        fn $fn_delete(&mut self, table: TableId, id: $id) {
            let Some(owner) = self.table_mut(table) else { return };
            let Some(at) = find(&owner.$list, id) else {
                self.refuse(
                    EntityId::$kind(id),
                    $unknown,
                    concat!("the ", $word, " no longer exists"),
                );
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
        fn $fn_create(&mut self, $field: &$entity) {
            let id = $field.id;
            if self.diagram.$map.contains_key(&id) {
                self.refuse(
                    EntityId::$entity(id),
                    $duplicate,
                    concat!("the ", $word, " exists already"),
                );
                return;
            }
            self.$touched.insert($key(id), self.at);
            self.diagram.$map.insert(id, Arc::new($field.clone()));
            self.done(Change::$create { $field: $make($field.clone()) }, Change::$delete { id });
        }

        fn $fn_update(&mut self, id: $id, patch: &$patch) {
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

        fn $fn_delete(&mut self, id: $id) {
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
                    self.refuse(entity, "schema/duplicate-enum-value", "the value exists already");
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
            Change::CreatePartial { partial } => self.create_partial(partial),
            Change::UpdatePartial { id, patch } => self.update_partial(*id, patch),
            Change::DeletePartial { id } => self.delete_partial(*id),
        }
    }

    fn create_table(&mut self, table: &Table) {
        let id = table.id;
        if self.diagram.tables.contains_key(&id) {
            let entity = EntityId::Table(id);
            self.refuse(entity, "schema/duplicate-table", "the table exists already");
            return;
        }
        self.tables.insert(id, self.at);
        self.diagram.tables.insert(id, Arc::new(table.clone()));
        self.done(
            Change::CreateTable { table: Box::new(table.clone()) },
            Change::DeleteTable { id },
        );
    }

    fn update_table(&mut self, id: TableId, patch: &TablePatch) {
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

    fn delete_table(&mut self, id: TableId) {
        if self.table_mut(id).is_none() {
            return;
        }
        let refs: Vec<RefId> = self.diagram.refs_of(id).map(|it| it.id).collect();
        for reference in refs {
            self.delete_ref(reference);
        }
        self.leave_views(|view| ViewPatch {
            tables: without(&view.tables, &id),
            ..ViewPatch::default()
        });
        let Some(table) = self.diagram.tables.remove(&id) else { return };
        let table = Box::new(Arc::unwrap_or_clone(table));
        self.done(Change::DeleteTable { id }, Change::CreateTable { table });
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

    fn delete_column(&mut self, table: TableId, id: ColumnId) {
        let refs: Vec<RefId> = self
            .diagram
            .refs_of(table)
            .filter(|it| it.mentions(table, id))
            .map(|it| it.id)
            .collect();
        for reference in refs {
            self.delete_ref(reference);
        }
        let Some(owner) = self.diagram.table(table) else {
            self.table_mut(table);
            return;
        };
        let indexes: Vec<IndexId> =
            owner.indexes.iter().filter(|it| it.mentions(id)).map(|it| it.id).collect();
        let checks: Vec<CheckId> =
            owner.checks.iter().filter(|it| it.column == Some(id)).map(|it| it.id).collect();
        let patch = TablePatch {
            primary_key: owner.is_primary(id).then_some(None),
            records: cells_without(owner.records.as_deref(), id),
            ..TablePatch::default()
        };
        for index in indexes {
            self.delete_index(table, index);
        }
        for check in checks {
            self.delete_check(table, check);
        }
        if !patch.is_empty() {
            self.update_table(table, &patch);
        }
        self.remove_column(table, id);
    }

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

    fn delete_ref(&mut self, id: RefId) {
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

    fn create_enum(&mut self, item: &Enum) {
        let id = item.id;
        if self.diagram.enums.contains_key(&id) {
            self.refuse(EntityId::Enum(id), "schema/duplicate-enum", "the enum exists already");
            return;
        }
        self.enums.insert(id, self.at);
        self.diagram.enums.insert(id, Arc::new(item.clone()));
        self.done(Change::CreateEnum { item: item.clone() }, Change::DeleteEnum { id });
    }

    fn delete_enum(&mut self, id: EnumId) {
        let Some(item) = self.enum_mut(id) else { return };
        let item = item.clone();
        let uses = |columns: &[Column]| -> Vec<(ColumnId, u8)> {
            let dimensions = |it: &Column| match it.ty {
                ColumnType::Enum { id: used, dimensions } if used == id => {
                    Some((it.id, dimensions))
                }
                ColumnType::Enum { .. } | ColumnType::Named(_) => None,
            };
            columns.iter().filter_map(dimensions).collect()
        };
        let text = |dimensions: u8| item.name_as_type(dimensions);

        let in_tables: Vec<_> = self
            .diagram
            .tables()
            .flat_map(|table| uses(&table.columns).into_iter().map(|it| (table.id, it)))
            .collect();
        for (table, (column, dimensions)) in in_tables {
            let patch = ColumnPatch { ty: Some(text(dimensions)), ..ColumnPatch::default() };
            self.update_column(table, column, &patch);
        }
        let in_partials: Vec<PartialId> = self
            .diagram
            .partials()
            .filter(|it| !uses(&it.columns).is_empty())
            .map(|it| it.id)
            .collect();
        for partial in in_partials {
            let Some(old) = self.diagram.partial(partial) else { continue };
            let mut columns = Vec::clone(&old.columns);
            for (column, dimensions) in uses(&old.columns) {
                if let Some(at) = find(&columns, column) {
                    columns[at].ty = text(dimensions);
                }
            }
            let patch = crate::PartialPatch {
                columns: Some(Arc::new(columns)),
                ..crate::PartialPatch::default()
            };
            self.update_partial(partial, &patch);
        }

        let Some(item) = self.diagram.enums.remove(&id) else { return };
        let item = Arc::unwrap_or_clone(item);
        self.done(Change::DeleteEnum { id }, Change::CreateEnum { item });
    }

    fn enum_mut(&mut self, id: EnumId) -> Option<&mut Enum> {
        if !self.diagram.enums.contains_key(&id) {
            self.refuse(EntityId::Enum(id), "schema/unknown-enum", "the enum no longer exists");
            return None;
        }
        self.enums.insert(id, self.at);
        self.diagram.enums.get_mut(&id).map(Arc::make_mut)
    }

    fn enum_value_mut(&mut self, id: EnumId, value: EnumValueId) -> Option<(&mut Enum, usize)> {
        let at = find(&self.enum_mut(id)?.values, value);
        let Some(at) = at else {
            let entity = EntityId::EnumValue(value);
            self.refuse(entity, "schema/unknown-enum-value", "the value no longer exists");
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

    fn delete_group(&mut self, id: GroupId) {
        let members: Vec<TableId> =
            self.diagram.tables().filter(|it| it.group == Some(id)).map(|it| it.id).collect();
        for table in members {
            let patch = TablePatch { group: Some(None), ..TablePatch::default() };
            self.update_table(table, &patch);
        }
        self.leave_views(|view| ViewPatch {
            groups: without(&view.groups, &id),
            ..ViewPatch::default()
        });
        self.remove_group(id);
    }

    fn delete_note(&mut self, id: NoteId) {
        self.leave_views(|view| ViewPatch {
            notes: without(&view.notes, &id),
            ..ViewPatch::default()
        });
        self.remove_note(id);
    }

    fn delete_partial(&mut self, id: PartialId) {
        let users: Vec<Arc<Table>> = self
            .diagram
            .tables
            .values()
            .filter(|table| {
                table.columns.iter().any(|it| it.partial == Some(id))
                    || table.indexes.iter().any(|it| it.partial == Some(id))
                    || table.checks.iter().any(|it| it.partial == Some(id))
            })
            .cloned()
            .collect();
        for table in users {
            for column in table.columns.iter().filter(|it| it.partial == Some(id)) {
                let patch = ColumnPatch { partial: Some(None), ..ColumnPatch::default() };
                self.update_column(table.id, column.id, &patch);
            }
            for index in table.indexes.iter().filter(|it| it.partial == Some(id)) {
                let patch = crate::IndexPatch { partial: Some(None), ..Default::default() };
                self.update_index(table.id, index.id, &patch);
            }
            for check in table.checks.iter().filter(|it| it.partial == Some(id)) {
                let patch = crate::CheckPatch { partial: Some(None), ..Default::default() };
                self.update_check(table.id, check.id, &patch);
            }
        }
        self.remove_partial(id);
    }

    /// Takes something that goes away out of every view that names it.
    fn leave_views(&mut self, leave: impl Fn(&View) -> ViewPatch) {
        let patches: Vec<(ViewId, ViewPatch)> =
            self.diagram.views().map(|view| (view.id, leave(view))).collect();
        for (view, patch) in patches {
            if !patch.is_empty() {
                self.update_view(view, &patch);
            }
        }
    }
}

/// The list without the element; none if it does not hold it.
fn without<T: Clone + PartialEq>(shown: &Shown<T>, gone: &T) -> Option<Shown<T>> {
    match shown {
        Shown::Only(list) if list.contains(gone) => {
            Some(Shown::Only(list.iter().filter(|it| *it != gone).cloned().collect()))
        }
        Shown::Only(_) | Shown::All => None,
    }
}

/// The field `records` of a table's patch.
pub(crate) type RecordsPatch = Option<Option<Arc<Vec<Records>>>>;

/// The records without the cells of a column; none if they do not hold it.
pub(crate) fn cells_without(records: Option<&Vec<Records>>, gone: ColumnId) -> RecordsPatch {
    let records = records?;
    if !records.iter().any(|it| it.columns.contains(&gone)) {
        return None;
    }
    let kept = |it: &Records| -> Records {
        let keep: Vec<bool> = it.columns.iter().map(|column| *column != gone).collect();
        let pick = |row: &Vec<crate::Cell>| {
            row.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(cell, _)| cell.clone()).collect()
        };
        Records {
            columns: it.columns.iter().copied().filter(|column| *column != gone).collect(),
            rows: it.rows.iter().map(pick).collect(),
        }
    };
    let left: Vec<Records> = records.iter().map(kept).filter(|it| !it.columns.is_empty()).collect();
    Some((!left.is_empty()).then(|| Arc::new(left)))
}
