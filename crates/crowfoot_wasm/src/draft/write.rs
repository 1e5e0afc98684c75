//! What somebody typed becomes values of a draft.

use crowfoot_schema::{
    Check, CheckPatch, Column, ColumnId, ColumnPatch, ColumnType, Draft, EntityId, HeadField,
    Index, IndexId, IndexPart, IndexPatch, IndexTarget, Pen, RefId, TableId, TablePatch,
    Uniqueness,
};

use super::{DraftColumnFields, DraftEdit, DraftIndexFields};
use crate::{
    Editor,
    command::ColumnFields,
    outcome::Fault,
    plan::{color_or_none, column::patch_of, free_name, name, name_or_none, text_or_none},
    view::{DraftPart, RefForm},
};

impl Editor {
    /// Carries an edit of the table editor out in its draft.
    pub(super) fn write_draft(&mut self, table: TableId, edit: DraftEdit) -> Result<(), Fault> {
        let mut draft = self.drafts.remove(&table).ok_or_else(no_draft)?;
        let typing = typing(&edit);
        let done = self.write(&mut draft, edit, typing.as_deref());
        self.drafts.insert(table, draft);
        done
    }

    fn write(
        &mut self,
        draft: &mut Draft,
        edit: DraftEdit,
        typing: Option<&str>,
    ) -> Result<(), Fault> {
        let empty = TablePatch::default;
        let patch = match edit {
            DraftEdit::SetName { name: it } => TablePatch { name: Some(name(it)), ..empty() },
            DraftEdit::SetSchema { schema } => {
                TablePatch { schema: Some(name_or_none(schema)), ..empty() }
            }
            DraftEdit::SetAlias { alias } => {
                TablePatch { alias: Some(name_or_none(alias)), ..empty() }
            }
            DraftEdit::SetNote { note } => TablePatch { note: Some(text_or_none(note)), ..empty() },
            DraftEdit::SetColor { color } => {
                TablePatch { header_color: Some(color_or_none(&color)?), ..empty() }
            }
            DraftEdit::SetGroup { group } => TablePatch { group: Some(group), ..empty() },
            other => return self.write_inside(draft, other, typing),
        };
        draft.edit(typing, |pen| pen.set_table(patch));
        Ok(())
    }

    fn write_inside(
        &mut self,
        draft: &mut Draft,
        edit: DraftEdit,
        typing: Option<&str>,
    ) -> Result<(), Fault> {
        match edit {
            DraftEdit::AddColumn { after, fields } => {
                let (id, fresh) = (self.mint.id(), self.mint.id());
                let after = after.or(draft.table().columns.last().map(|it| it.id));
                let column = self.new_column(draft, id, &fields);
                draft.edit(None, |pen| {
                    pen.add_column(column, after);
                    set_keys(pen, id, &fields, fresh);
                });
            }
            DraftEdit::SetColumn { id, fields } => {
                let column = draft.table().column(id).ok_or_else(|| gone("column"))?;
                let fresh = self.mint.id();
                let patch = self.column_patch(&fields, column);
                draft.edit(typing, |pen| {
                    pen.set_column(id, patch);
                    set_keys(pen, id, &fields, fresh);
                });
            }
            DraftEdit::MoveColumn { id, after } => {
                draft.edit(None, |pen| pen.move_column(id, after));
            }
            DraftEdit::DropColumn { id } => draft.edit(None, |pen| pen.drop_column(id)),
            DraftEdit::RestoreColumn { id } => draft.edit(None, |pen| pen.restore_column(id)),
            DraftEdit::Revert { entity, field } => {
                let fresh = self.mint.id();
                draft.edit(None, |pen| revert(pen, entity, field.as_deref(), fresh));
            }
            DraftEdit::SetPrimary { columns } => draft.edit(None, |pen| pen.set_primary(columns)),
            DraftEdit::PasteColumns { after, text } => self.paste(draft, after, &text)?,

            DraftEdit::AddIndex { fields } => {
                let after = draft.table().indexes.last().map(|it| it.id);
                let mut index = Index::new(self.mint.id(), Uniqueness::None, Vec::new());
                index_patch(fields).apply(&mut index);
                draft.edit(None, |pen| pen.add_index(index, after));
            }
            DraftEdit::SetIndex { id, fields } => {
                draft.table().index(id).ok_or_else(|| gone("index"))?;
                let patch = index_patch(fields);
                draft.edit(typing, |pen| pen.set_index(id, patch));
            }
            DraftEdit::MoveIndex { id, after } => {
                draft.edit(None, |pen| pen.move_index(id, after));
            }
            DraftEdit::DropIndex { id } => draft.edit(None, |pen| pen.drop_index(id)),
            DraftEdit::RestoreIndex { id } => draft.edit(None, |pen| pen.restore_index(id)),

            DraftEdit::AddCheck { fields } => {
                let after = draft.table().checks.last().map(|it| it.id);
                let check = Check {
                    id: self.mint.id(),
                    expr: fields.expr.unwrap_or_default().trim().to_owned(),
                    name: fields.name.and_then(name_or_none),
                    column: None,
                    partial: None,
                    options: Vec::new(),
                    extras: Vec::new(),
                };
                draft.edit(None, |pen| pen.add_check(check, after));
            }
            DraftEdit::SetCheck { id, fields } => {
                draft.table().check(id).ok_or_else(|| gone("check"))?;
                let patch = CheckPatch {
                    expr: fields.expr.map(|it| it.trim().to_owned()),
                    name: fields.name.map(name_or_none),
                    ..CheckPatch::default()
                };
                draft.edit(typing, |pen| pen.set_check(id, patch));
            }
            DraftEdit::DropCheck { id } => draft.edit(None, |pen| pen.drop_check(id)),
            DraftEdit::RestoreCheck { id } => draft.edit(None, |pen| pen.restore_check(id)),

            other => return self.write_keys(draft, other),
        }
        Ok(())
    }

    fn write_keys(&mut self, draft: &mut Draft, edit: DraftEdit) -> Result<(), Fault> {
        match edit {
            DraftEdit::AddForeignKey { form } => put(draft, self.mint.id(), form, None)?,
            DraftEdit::SetForeignKey { id, form } => {
                let old = draft.reference(id).ok_or_else(|| gone("foreign key"))?;
                let typing = typing_in_form(id, &RefForm::of(old), &form);
                put(draft, id, form, typing.as_deref())?;
            }
            DraftEdit::DropForeignKey { id } => draft.edit(None, |pen| pen.drop_ref(id)),
            DraftEdit::RestoreForeignKey { id } => draft.edit(None, |pen| pen.restore_ref(id)),
            DraftEdit::AcceptSuggestion { column } => {
                let form = self.suggested(draft, column).ok_or_else(|| {
                    Fault::new("draft/no-suggestion", "nothing is suggested for the column")
                })?;
                put(draft, self.mint.id(), form, None)?;
            }
            DraftEdit::DismissSuggestion { column } => {
                let dismissal = self.dismissed(draft, column).ok_or_else(|| {
                    Fault::new("draft/no-suggestion", "nothing is suggested for the column")
                })?;
                draft.edit(None, |pen| pen.dismiss(dismissal));
            }
            // All others are carried out by those who call this.
            _ => {}
        }
        Ok(())
    }

    pub(super) fn new_column(
        &self,
        draft: &Draft,
        id: ColumnId,
        fields: &DraftColumnFields,
    ) -> Column {
        let table = draft.table();
        let name = match &fields.name {
            Some(text) => name(text.clone()),
            None => free_name("column", |it| table.column_named(it).is_some()),
        };
        let mut column = Column::new(id, name, ColumnType::named("integer"));
        self.column_patch(fields, &column).apply(&mut column);
        column
    }

    fn column_patch(&self, fields: &DraftColumnFields, column: &Column) -> ColumnPatch {
        let fields = fields.clone();
        let fields = ColumnFields {
            name: fields.name,
            ty: fields.ty,
            not_null: fields.is_not_null,
            default: fields.default,
            increment: fields.increment,
            generated: fields.generated,
            note: fields.note,
        };
        patch_of(&self.shown, fields, column)
    }
}

/// Keys of one column: the primary key, and what makes it unique by itself.
pub(super) fn set_keys(
    pen: &mut Pen<'_>,
    id: ColumnId,
    fields: &DraftColumnFields,
    fresh: IndexId,
) {
    if let Some(is_primary) = fields.is_primary {
        pen.set_primary_of(id, is_primary);
    }
    if let Some(is_unique) = fields.is_unique {
        pen.set_unique(id, is_unique, fresh);
    }
}

/// Brings a row, or a field of the table itself, back to what it was.
fn revert(pen: &mut Pen<'_>, entity: EntityId, field: Option<&str>, fresh: IndexId) {
    match entity {
        EntityId::Table(_) => {
            let named = HEAD_FIELDS.iter().filter(|(name, _)| field.is_none_or(|it| it == *name));
            named.for_each(|(_, it)| pen.revert_head(*it));
        }
        EntityId::Column(id) => pen.revert_column(id, fresh),
        EntityId::Index(id) => pen.revert_index(id),
        EntityId::Check(id) => pen.revert_check(id),
        EntityId::Ref(id) => pen.restore_ref(id),
        // Nothing else is edited in a draft.
        _ => {}
    }
}

/// Fields of the table itself by their names in its view.
const HEAD_FIELDS: [(&str, HeadField); 7] = [
    ("name", HeadField::Name),
    ("schema", HeadField::Schema),
    ("alias", HeadField::Alias),
    ("note", HeadField::Note),
    ("color", HeadField::Color),
    ("group", HeadField::Group),
    ("primary", HeadField::Primary),
];

fn put(draft: &mut Draft, id: RefId, form: RefForm, typing: Option<&str>) -> Result<(), Fault> {
    let sketch = form.sketch(id, draft.reference(id))?;
    if sketch.side_held_by(draft.id()).is_none()
        && sketch.table(crowfoot_schema::Side::To) != Some(draft.id())
    {
        let message = "a foreign key of this table begins or ends at it";
        return Err(Fault::new("draft/foreign-ref", message));
    }
    draft.edit(typing, |pen| pen.put_ref(sketch));
    Ok(())
}

fn index_patch(fields: DraftIndexFields) -> IndexPatch {
    let part = |part: DraftPart| {
        let modifiers = part.modifiers.and_then(name_or_none);
        let target = match part.column {
            Some(id) => IndexTarget::Column(id),
            None => IndexTarget::Expr(part.expr.unwrap_or_default()),
        };
        IndexPart { target, modifiers }
    };
    IndexPatch {
        parts: fields.parts.map(|it| it.into_iter().map(part).collect()),
        name: fields.name.map(name_or_none),
        uniqueness: fields.uniqueness,
        method: fields.method.map(name_or_none),
        predicate: fields.predicate.map(text_or_none),
        note: fields.note.map(text_or_none),
        ..IndexPatch::default()
    }
}

/// Edits of one text one after the other are one step of undo: the same key says so.
fn typing(edit: &DraftEdit) -> Option<String> {
    match edit {
        DraftEdit::SetName { .. } => Some("name".to_owned()),
        DraftEdit::SetSchema { .. } => Some("schema".to_owned()),
        DraftEdit::SetAlias { .. } => Some("alias".to_owned()),
        DraftEdit::SetNote { .. } => Some("note".to_owned()),
        DraftEdit::SetColumn { id, fields } => {
            let texts = [
                ("name", &fields.name),
                ("type", &fields.ty),
                ("default", &fields.default),
                ("generated", &fields.generated),
                ("note", &fields.note),
            ];
            let mut said = texts.iter().filter(|(_, text)| text.is_some());
            let (first, more) = (said.next(), said.next());
            let has_flags = fields.is_primary.is_some()
                || fields.is_not_null.is_some()
                || fields.is_unique.is_some()
                || fields.increment.is_some();
            first.filter(|_| more.is_none() && !has_flags).map(|(field, _)| format!("{id} {field}"))
        }
        DraftEdit::SetIndex { id, fields } if fields.parts.is_none() => {
            let texts = [
                ("name", &fields.name),
                ("method", &fields.method),
                ("predicate", &fields.predicate),
                ("note", &fields.note),
            ];
            let mut said = texts.iter().filter(|(_, text)| text.is_some());
            let (first, more) = (said.next(), said.next());
            let is_text = more.is_none() && fields.uniqueness.is_none();
            first.filter(|_| is_text).map(|(field, _)| format!("{id} {field}"))
        }
        DraftEdit::SetCheck { id, fields } => match (&fields.name, &fields.expr) {
            (Some(_), None) => Some(format!("{id} name")),
            (None, Some(_)) => Some(format!("{id} expr")),
            _ => None,
        },
        _ => None,
    }
}

/// As [`typing`], for a form that is always given whole.
fn typing_in_form(id: RefId, old: &RefForm, new: &RefForm) -> Option<String> {
    let name = RefForm { name: new.name.clone(), ..old.clone() };
    let note = RefForm { note: new.note.clone(), ..old.clone() };
    [("name", name), ("note", note)]
        .into_iter()
        .find(|(_, it)| it == new)
        .map(|(field, _)| format!("{id} {field}"))
}

pub(super) fn no_draft() -> Fault {
    Fault::new("draft/none", "the table is not being edited")
}

fn gone(what: &str) -> Fault {
    Fault::new("draft/gone", format!("the {what} is no longer in the draft"))
}
