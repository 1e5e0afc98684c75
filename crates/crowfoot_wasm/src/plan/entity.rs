use crowfoot_schema::{
    Change, ChangeSet, Enum, EnumHead, EnumId, EnumPatch, EnumValue, EnumValuePatch, Group,
    GroupId, GroupPatch, Note, NoteId, NotePatch, TableId,
};

use super::{
    color_or_none, free_name, name, name_or_none, place::grouped, table::changes, text_or_none,
};
use crate::{
    Editor,
    command::{EnumFields, EnumValueFields, GroupFields, NoteFields},
    outcome::Fault,
    words::enum_label,
};

impl Editor {
    pub(super) fn plan_new_enum(&mut self, fields: EnumFields) -> Result<ChangeSet, Fault> {
        let schema = fields.schema.and_then(name_or_none);
        let wanted = fields.name.map(name).filter(|it| !it.is_empty());
        let wanted = wanted.unwrap_or_else(|| {
            free_name("enum", |it| self.shown.enum_named(schema.as_deref(), it).is_some())
        });
        let note = fields.note.and_then(text_or_none);
        let head = EnumHead { id: self.mint.id(), name: wanted, schema, note, extras: Vec::new() };
        let values = fields.values.unwrap_or_default();
        let values = values.into_iter().map(|it| self.new_value(it)).collect();
        let item = Enum { head, values };
        let said = format!("add enum {}", enum_label(&item));
        Ok(ChangeSet::new(said, vec![Change::CreateEnum { item }]))
    }

    /// Changes an enum; where values are given, they are all values in their order.
    pub(super) fn plan_enum(&mut self, id: EnumId, fields: EnumFields) -> Result<ChangeSet, Fault> {
        let item = self.enum_at(id)?.clone();
        let mut wanted = item.head.clone();
        EnumPatch {
            name: fields.name.map(name),
            schema: fields.schema.map(name_or_none),
            note: fields.note.map(text_or_none),
            ..EnumPatch::default()
        }
        .apply(&mut wanted);
        let patch = EnumPatch::between(&item.head, &wanted);
        let mut all = changes(patch.is_empty(), Change::UpdateEnum { id, patch });
        if let Some(values) = fields.values {
            self.plan_values(&item, values, &mut all);
        }
        Ok(ChangeSet::new(format!("change enum {}", enum_label(&item)), all))
    }

    fn plan_values(&mut self, item: &Enum, wanted: Vec<EnumValueFields>, all: &mut Vec<Change>) {
        let id = item.id;
        let mut order: Vec<_> = item.values.iter().map(|it| it.id).collect();
        for old in &item.values {
            if !wanted.iter().any(|it| it.id == Some(old.id)) {
                all.push(Change::DeleteEnumValue { id, value: old.id });
                order.retain(|it| *it != old.id);
            }
        }
        let mut after = None;
        for (at, fields) in wanted.into_iter().enumerate() {
            let old = item.values.iter().find(|it| Some(it.id) == fields.id);
            let Some(old) = old else {
                let value = self.new_value(fields);
                order.insert(at, value.id);
                let made = value.id;
                all.push(Change::CreateEnumValue { id, value, after });
                after = Some(made);
                continue;
            };
            if order.get(at) != Some(&old.id) {
                all.push(Change::MoveEnumValue { id, value: old.id, after });
                order.retain(|it| *it != old.id);
                order.insert(at, old.id);
            }
            let mut new = old.clone();
            new.name = name(fields.name);
            if let Some(note) = fields.note {
                new.note = text_or_none(note);
            }
            let patch = EnumValuePatch::between(old, &new);
            if !patch.is_empty() {
                all.push(Change::UpdateEnumValue { id, value: old.id, patch });
            }
            after = Some(old.id);
        }
    }

    fn new_value(&mut self, fields: EnumValueFields) -> EnumValue {
        EnumValue {
            id: self.mint.id(),
            name: name(fields.name),
            note: fields.note.and_then(text_or_none),
            extras: Vec::new(),
        }
    }

    pub(super) fn plan_delete_enum(&self, id: EnumId) -> Result<ChangeSet, Fault> {
        let label = enum_label(self.enum_at(id)?);
        Ok(ChangeSet::new(format!("delete enum {label}"), vec![Change::DeleteEnum { id }]))
    }

    pub(super) fn plan_new_group(
        &mut self,
        fields: GroupFields,
        tables: &[TableId],
    ) -> Result<ChangeSet, Fault> {
        let wanted = fields.name.map(name).filter(|it| !it.is_empty());
        let wanted = wanted.unwrap_or_else(|| {
            free_name("group", |it| self.shown.groups().any(|group| group.name == it))
        });
        let group = Group {
            id: self.mint.id(),
            name: wanted,
            color: color_or_none(fields.color.as_deref().unwrap_or_default())?,
            note: fields.note.and_then(text_or_none),
            extras: Vec::new(),
        };
        let said = format!("add group {}", group.name);
        let id = group.id;
        let members = tables.iter().map(|&table| grouped(table, Some(id)));
        Ok(ChangeSet::new(
            said,
            std::iter::once(Change::CreateGroup { group }).chain(members).collect(),
        ))
    }

    pub(super) fn plan_group(&self, id: GroupId, fields: GroupFields) -> Result<ChangeSet, Fault> {
        let group = self.group_at(id)?;
        let mut wanted = group.clone();
        GroupPatch {
            name: fields.name.map(name),
            color: fields.color.as_deref().map(color_or_none).transpose()?,
            note: fields.note.map(text_or_none),
            ..GroupPatch::default()
        }
        .apply(&mut wanted);
        let patch = GroupPatch::between(group, &wanted);
        let said = format!("change group {}", group.name);
        Ok(ChangeSet::new(said, changes(patch.is_empty(), Change::UpdateGroup { id, patch })))
    }

    pub(super) fn plan_delete_group(&self, id: GroupId) -> Result<ChangeSet, Fault> {
        let said = format!("delete group {}", self.group_at(id)?.name);
        Ok(ChangeSet::new(said, vec![Change::DeleteGroup { id }]))
    }

    pub(super) fn plan_new_note(&mut self, fields: NoteFields) -> Result<ChangeSet, Fault> {
        let wanted = fields.name.map(name).filter(|it| !it.is_empty());
        let wanted = wanted.unwrap_or_else(|| {
            free_name("note", |it| self.shown.notes().any(|note| note.name == it))
        });
        let note = Note {
            id: self.mint.id(),
            name: wanted,
            text: fields.text.unwrap_or_default(),
            color: color_or_none(fields.color.as_deref().unwrap_or_default())?,
            position: fields.position.filter(|_| self.view.is_none()),
            size: fields.size,
            extras: Vec::new(),
        };
        let said = format!("add note {}", note.name);
        let seen = self.note_seen_too(note.id, fields.position);
        Ok(ChangeSet::new(said, std::iter::once(Change::CreateNote { note }).chain(seen).collect()))
    }

    pub(super) fn plan_note(&self, id: NoteId, fields: NoteFields) -> Result<ChangeSet, Fault> {
        let note = self
            .shown
            .note(id)
            .ok_or_else(|| Fault::new("schema/unknown-note", "the note no longer exists"))?;
        let mut wanted = note.clone();
        NotePatch {
            name: fields.name.map(name),
            text: fields.text,
            color: fields.color.as_deref().map(color_or_none).transpose()?,
            position: fields.position.map(Some),
            size: fields.size.map(Some),
            ..NotePatch::default()
        }
        .apply(&mut wanted);
        let patch = NotePatch::between(note, &wanted);
        let said = format!("change note {}", note.name);
        Ok(ChangeSet::new(said, changes(patch.is_empty(), Change::UpdateNote { id, patch })))
    }

    fn enum_at(&self, id: EnumId) -> Result<&Enum, Fault> {
        self.shown
            .enumeration(id)
            .ok_or_else(|| Fault::new("schema/unknown-enum", "the enum no longer exists"))
    }

    fn group_at(&self, id: GroupId) -> Result<&Group, Fault> {
        self.shown
            .group(id)
            .ok_or_else(|| Fault::new("schema/unknown-group", "the group no longer exists"))
    }
}
