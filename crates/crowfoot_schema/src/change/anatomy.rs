//! What every kind of change has in common: what it does, to which entity, and what it names.

use serde_json::Value;

use super::Change;
use crate::{
    Check, Column, ColumnType, EntityId, EnumId, Index, IndexPart, IndexTarget, PartialId, Placed,
    PrimaryKey, Records, Shown, Table, TableId,
};

/// What a change does to its entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    Create,
    Update,
    /// To another place in its list.
    Move,
    Delete,
}

macro_rules! verbs {
    ($change:expr, $($verb:ident: $($variant:ident)*;)*) => {
        match $change {
            $($(Change::$variant { .. } => Verb::$verb,)*)*
        }
    };
}

impl Change {
    /// What it does to its entity.
    pub fn verb(&self) -> Verb {
        verbs! { self,
            Create: CreateTable CreateColumn CreateIndex CreateCheck CreateRef CreateEnum
                CreateEnumValue CreateGroup CreateNote CreateView CreatePartial DismissSuggestion;
            Update: UpdateSettings UpdateTable UpdateColumn UpdateIndex UpdateCheck UpdateRef
                UpdateEnum UpdateEnumValue UpdateGroup UpdateNote UpdateView PlaceInView UpdatePartial;
            Move: MoveColumn MoveIndex MoveCheck MoveEnumValue;
            Delete: DeleteTable DeleteColumn DeleteIndex DeleteCheck DeleteRef DeleteEnum
                DeleteEnumValue DeleteGroup DeleteNote DeleteView DeletePartial RestoreSuggestion;
        }
    }

    /// The entity that it creates, updates, moves or deletes.
    pub fn entity(&self) -> EntityId {
        match self {
            Self::UpdateSettings { .. } => EntityId::Settings,
            Self::CreateTable { table } => EntityId::Table(table.id),
            Self::UpdateTable { id, .. } | Self::DeleteTable { id } => EntityId::Table(*id),
            Self::CreateColumn { column, .. } => EntityId::Column(column.id),
            Self::UpdateColumn { id, .. }
            | Self::MoveColumn { id, .. }
            | Self::DeleteColumn { id, .. } => EntityId::Column(*id),
            Self::CreateIndex { index, .. } => EntityId::Index(index.id),
            Self::UpdateIndex { id, .. }
            | Self::MoveIndex { id, .. }
            | Self::DeleteIndex { id, .. } => EntityId::Index(*id),
            Self::CreateCheck { check, .. } => EntityId::Check(check.id),
            Self::UpdateCheck { id, .. }
            | Self::MoveCheck { id, .. }
            | Self::DeleteCheck { id, .. } => EntityId::Check(*id),
            Self::CreateRef { reference } => EntityId::Ref(reference.id),
            Self::UpdateRef { id, .. } | Self::DeleteRef { id } => EntityId::Ref(*id),
            Self::CreateEnum { item } => EntityId::Enum(item.id),
            Self::UpdateEnum { id, .. } | Self::DeleteEnum { id } => EntityId::Enum(*id),
            Self::CreateEnumValue { value, .. } => EntityId::EnumValue(value.id),
            Self::UpdateEnumValue { value, .. }
            | Self::MoveEnumValue { value, .. }
            | Self::DeleteEnumValue { value, .. } => EntityId::EnumValue(*value),
            Self::CreateGroup { group } => EntityId::Group(group.id),
            Self::UpdateGroup { id, .. } | Self::DeleteGroup { id } => EntityId::Group(*id),
            Self::CreateNote { note } => EntityId::Note(note.id),
            Self::UpdateNote { id, .. } | Self::DeleteNote { id } => EntityId::Note(*id),
            Self::CreateView { view } => EntityId::View(view.id),
            Self::UpdateView { id, .. }
            | Self::PlaceInView { id, .. }
            | Self::DeleteView { id } => EntityId::View(*id),
            Self::CreatePartial { partial } => EntityId::Partial(partial.id),
            Self::UpdatePartial { id, .. } | Self::DeletePartial { id } => EntityId::Partial(*id),
            Self::DismissSuggestion { dismissal } => EntityId::Dismissal(dismissal.id),
            Self::RestoreSuggestion { id } => EntityId::Dismissal(*id),
        }
    }

    /// The table or enum in one of whose lists the entity stands; none for what stands alone.
    pub fn owner(&self) -> Option<EntityId> {
        match self {
            Self::CreateColumn { table, .. }
            | Self::UpdateColumn { table, .. }
            | Self::MoveColumn { table, .. }
            | Self::DeleteColumn { table, .. }
            | Self::CreateIndex { table, .. }
            | Self::UpdateIndex { table, .. }
            | Self::MoveIndex { table, .. }
            | Self::DeleteIndex { table, .. }
            | Self::CreateCheck { table, .. }
            | Self::UpdateCheck { table, .. }
            | Self::MoveCheck { table, .. }
            | Self::DeleteCheck { table, .. } => Some(EntityId::Table(*table)),
            Self::CreateEnumValue { id, .. }
            | Self::UpdateEnumValue { id, .. }
            | Self::MoveEnumValue { id, .. }
            | Self::DeleteEnumValue { id, .. } => Some(EntityId::Enum(*id)),
            Self::UpdateSettings { .. }
            | Self::CreateTable { .. }
            | Self::UpdateTable { .. }
            | Self::DeleteTable { .. }
            | Self::CreateRef { .. }
            | Self::UpdateRef { .. }
            | Self::DeleteRef { .. }
            | Self::CreateEnum { .. }
            | Self::UpdateEnum { .. }
            | Self::DeleteEnum { .. }
            | Self::CreateGroup { .. }
            | Self::UpdateGroup { .. }
            | Self::DeleteGroup { .. }
            | Self::CreateNote { .. }
            | Self::UpdateNote { .. }
            | Self::DeleteNote { .. }
            | Self::CreateView { .. }
            | Self::UpdateView { .. }
            | Self::PlaceInView { .. }
            | Self::DeleteView { .. }
            | Self::CreatePartial { .. }
            | Self::UpdatePartial { .. }
            | Self::DeletePartial { .. }
            | Self::DismissSuggestion { .. }
            | Self::RestoreSuggestion { .. } => None,
        }
    }

    /// The table that owns the entity.
    pub(crate) fn owner_table(&self) -> Option<TableId> {
        match self.owner() {
            Some(EntityId::Table(id)) => Some(id),
            _ => None,
        }
    }

    /// The fields that an update sets, as a JSON object by the names that files use.
    pub(crate) fn patch_json(&self) -> serde_json::Map<String, Value> {
        let json = match self {
            Self::UpdateSettings { patch } => serde_json::to_value(patch),
            Self::UpdateTable { patch, .. } => serde_json::to_value(patch),
            Self::UpdateColumn { patch, .. } => serde_json::to_value(patch),
            Self::UpdateIndex { patch, .. } => serde_json::to_value(patch),
            Self::UpdateCheck { patch, .. } => serde_json::to_value(patch),
            Self::UpdateRef { patch, .. } => serde_json::to_value(patch),
            Self::UpdateEnum { patch, .. } => serde_json::to_value(patch),
            Self::UpdateEnumValue { patch, .. } => serde_json::to_value(patch),
            Self::UpdateGroup { patch, .. } => serde_json::to_value(patch),
            Self::UpdateNote { patch, .. } => serde_json::to_value(patch),
            Self::UpdateView { patch, .. } => serde_json::to_value(patch),
            Self::UpdatePartial { patch, .. } => serde_json::to_value(patch),
            _ => Ok(Value::Null),
        };
        match json {
            Ok(Value::Object(fields)) => fields,
            _ => serde_json::Map::new(),
        }
    }

    /// Calls `see` for each entity that it makes something point at, with the field that points.
    ///
    /// What it names as its own entity or owner is not among them.
    pub(crate) fn for_each_use(&self, mut see: impl FnMut(&'static str, EntityId)) {
        match self {
            Self::CreateTable { table } => table_uses(table, &mut see),
            Self::UpdateTable { patch, .. } => {
                if let Some(Some(group)) = patch.group {
                    see("group", EntityId::Group(group));
                }
                if let Some(Some(key)) = &patch.primary_key {
                    key_uses(key, &mut see);
                }
                if let Some(Some(records)) = &patch.records {
                    records_uses(records, &mut see);
                }
            }
            Self::CreateColumn { column, .. } => column_uses(column, &mut see),
            Self::UpdateColumn { patch, .. } => {
                if let Some(ty) = &patch.ty {
                    type_uses(ty, &mut see);
                }
                partial_use(patch.partial.flatten(), &mut see);
            }
            Self::CreateIndex { index, .. } => index_uses(index, &mut see),
            Self::UpdateIndex { patch, .. } => {
                parts_uses(patch.parts.as_deref().unwrap_or_default(), &mut see);
                for id in patch.include.iter().flatten() {
                    see("include", EntityId::Column(*id));
                }
                partial_use(patch.partial.flatten(), &mut see);
            }
            Self::CreateCheck { check, .. } => check_uses(check, &mut see),
            Self::UpdateCheck { patch, .. } => {
                if let Some(Some(column)) = patch.column {
                    see("column", EntityId::Column(column));
                }
                partial_use(patch.partial.flatten(), &mut see);
            }
            Self::CreateRef { reference } => {
                see("from", EntityId::Table(reference.from));
                see("to", EntityId::Table(reference.to));
                for (from, to) in reference.columns.iter() {
                    see("columns", EntityId::Column(from));
                    see("columns", EntityId::Column(to));
                }
            }
            Self::DismissSuggestion { dismissal } => {
                see("from", EntityId::Table(dismissal.from));
                see("to", EntityId::Table(dismissal.to));
                for (from, to) in dismissal.columns.iter() {
                    see("columns", EntityId::Column(from));
                    see("columns", EntityId::Column(to));
                }
            }
            Self::UpdateRef { patch, .. } => {
                for (field, table) in [("from", patch.from), ("to", patch.to)] {
                    if let Some(table) = table {
                        see(field, EntityId::Table(table));
                    }
                }
                for (from, to) in patch.columns.iter().flat_map(|it| it.iter()) {
                    see("columns", EntityId::Column(from));
                    see("columns", EntityId::Column(to));
                }
            }
            Self::CreateView { view } => {
                shown_uses("tables", &view.tables, EntityId::Table, &mut see);
                shown_uses("notes", &view.notes, EntityId::Note, &mut see);
                shown_uses("groups", &view.groups, EntityId::Group, &mut see);
                view.places.things().for_each(|it| see("places", placed(it)));
            }
            Self::PlaceInView { thing, position: Some(_), .. } => see("places", placed(*thing)),
            Self::UpdateView { patch, .. } => {
                if let Some(shown) = &patch.tables {
                    shown_uses("tables", shown, EntityId::Table, &mut see);
                }
                if let Some(shown) = &patch.notes {
                    shown_uses("notes", shown, EntityId::Note, &mut see);
                }
                if let Some(shown) = &patch.groups {
                    shown_uses("groups", shown, EntityId::Group, &mut see);
                }
            }
            Self::CreatePartial { partial } => {
                partial.columns.iter().for_each(|it| type_uses(&it.ty, &mut see));
            }
            Self::UpdatePartial { patch, .. } => {
                let columns = patch.columns.iter().flat_map(|it| it.iter());
                columns.for_each(|it| type_uses(&it.ty, &mut see));
            }
            Self::UpdateSettings { .. }
            | Self::PlaceInView { .. }
            | Self::DeleteTable { .. }
            | Self::MoveColumn { .. }
            | Self::DeleteColumn { .. }
            | Self::MoveIndex { .. }
            | Self::DeleteIndex { .. }
            | Self::MoveCheck { .. }
            | Self::DeleteCheck { .. }
            | Self::DeleteRef { .. }
            | Self::CreateEnum { .. }
            | Self::UpdateEnum { .. }
            | Self::DeleteEnum { .. }
            | Self::CreateEnumValue { .. }
            | Self::UpdateEnumValue { .. }
            | Self::MoveEnumValue { .. }
            | Self::DeleteEnumValue { .. }
            | Self::CreateGroup { .. }
            | Self::UpdateGroup { .. }
            | Self::DeleteGroup { .. }
            | Self::CreateNote { .. }
            | Self::UpdateNote { .. }
            | Self::DeleteNote { .. }
            | Self::DeleteView { .. }
            | Self::DeletePartial { .. }
            | Self::RestoreSuggestion { .. } => {}
        }
    }
}

type See<'a> = &'a mut dyn FnMut(&'static str, EntityId);

fn table_uses(table: &Table, see: See<'_>) {
    if let Some(group) = table.group {
        see("group", EntityId::Group(group));
    }
    table.columns.iter().for_each(|it| column_uses(it, see));
    for partial in table.indexes.iter().map(|it| it.partial) {
        partial_use(partial, see);
    }
    for partial in table.checks.iter().map(|it| it.partial) {
        partial_use(partial, see);
    }
}

/// What has a place in a view, as an entity.
pub(crate) fn placed(thing: Placed) -> EntityId {
    match thing {
        Placed::Table(id) => EntityId::Table(id),
        Placed::Note(id) => EntityId::Note(id),
    }
}

fn column_uses(column: &Column, see: See<'_>) {
    type_uses(&column.ty, see);
    partial_use(column.partial, see);
}

fn type_uses(ty: &ColumnType, see: See<'_>) {
    match ty {
        ColumnType::Enum { id, .. } => see("ty", EntityId::Enum(EnumId::clone(id))),
        ColumnType::Named(_) => {}
    }
}

fn partial_use(partial: Option<PartialId>, see: See<'_>) {
    if let Some(id) = partial {
        see("partial", EntityId::Partial(id));
    }
}

fn key_uses(key: &PrimaryKey, see: See<'_>) {
    key.columns.iter().for_each(|id| see("primaryKey", EntityId::Column(*id)));
}

fn records_uses(records: &[Records], see: See<'_>) {
    let columns = records.iter().flat_map(|it| &it.columns);
    columns.for_each(|id| see("records", EntityId::Column(*id)));
}

fn index_uses(index: &Index, see: See<'_>) {
    parts_uses(&index.parts, see);
    index.include.iter().for_each(|id| see("include", EntityId::Column(*id)));
    partial_use(index.partial, see);
}

fn parts_uses(parts: &[IndexPart], see: See<'_>) {
    for part in parts {
        match part.target {
            IndexTarget::Column(id) => see("parts", EntityId::Column(id)),
            IndexTarget::Expr(_) => {}
        }
    }
}

fn check_uses(check: &Check, see: See<'_>) {
    if let Some(column) = check.column {
        see("column", EntityId::Column(column));
    }
    partial_use(check.partial, see);
}

fn shown_uses<Id: Copy>(
    field: &'static str,
    shown: &Shown<Id>,
    entity: impl Fn(Id) -> EntityId,
    see: See<'_>,
) {
    match shown {
        Shown::All => {}
        Shown::Only(list) => list.iter().for_each(|id| see(field, entity(*id))),
    }
}
