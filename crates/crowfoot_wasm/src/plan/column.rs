use crowfoot_schema::{
    Change, ChangeSet, Column, ColumnId, ColumnPatch, ColumnType, Diagram, Generated, TableId,
};

use super::{free_name, name, text_or_none};
use crate::{
    Editor,
    command::{ColumnFields, IncrementField},
    outcome::Fault,
    words::{count, enum_label, read_default, type_text},
};

impl Editor {
    /// Makes a column, last unless it is said what it follows.
    pub(super) fn plan_new_column(
        &mut self,
        table: TableId,
        fields: ColumnFields,
        after: Option<ColumnId>,
    ) -> Result<ChangeSet, Fault> {
        let label = self.table_label(table)?;
        let id = self.mint.id();
        let owner = self.table_at(table)?;
        let wanted = fields.name.clone().map(name).filter(|it| !it.is_empty());
        let wanted =
            wanted.unwrap_or_else(|| free_name("column", |it| owner.column_named(it).is_some()));
        let after = after.or(owner.columns.last().map(|it| it.id));
        let mut column = Column::new(id, wanted.clone(), ColumnType::named(""));
        let fields = ColumnFields { name: None, ..fields };
        patch_of(&self.shown, fields, &column).apply(&mut column);
        if column.ty == ColumnType::named("") {
            column.ty = ColumnType::named("integer");
        }
        let change = Change::CreateColumn { table, column, after };
        Ok(ChangeSet::new(format!("add column {label}.{wanted}"), vec![change]))
    }

    pub(super) fn plan_column(
        &self,
        table: TableId,
        id: ColumnId,
        fields: ColumnFields,
    ) -> Result<ChangeSet, Fault> {
        let label = self.column_label(table, id)?;
        let column = self.column_at(table, id)?;
        let mut wanted = column.clone();
        patch_of(&self.shown, fields, column).apply(&mut wanted);
        let patch = ColumnPatch::between(column, &wanted);
        let said = match &patch.name {
            Some(new) => format!("rename column {label} to {new}"),
            None => format!("change column {label}"),
        };
        let change = Change::UpdateColumn { table, id, patch: patch.clone() };
        Ok(ChangeSet::new(said, super::table::changes(patch.is_empty(), change)))
    }

    pub(super) fn plan_delete_columns(
        &self,
        table: TableId,
        ids: &[ColumnId],
    ) -> Result<ChangeSet, Fault> {
        let said = match ids {
            [one] => format!("delete column {}", self.column_label(table, *one)?),
            many => {
                let columns = count(many.len(), "column");
                format!("delete {columns} of {}", self.table_label(table)?)
            }
        };
        let changes = ids.iter().map(|&id| Change::DeleteColumn { table, id }).collect();
        Ok(ChangeSet::new(said, changes))
    }
}

/// The patch that sets what somebody typed.
pub(crate) fn patch_of(diagram: &Diagram, fields: ColumnFields, column: &Column) -> ColumnPatch {
    let generated = |text: String| {
        let is_stored = column.generated.as_ref().is_none_or(|it| it.is_stored);
        text_or_none(text).map(|expr| Generated { expr, is_stored })
    };
    ColumnPatch {
        name: fields.name.map(name),
        ty: fields.ty.map(|it| read_type(diagram, &it, column)),
        not_null: fields.not_null,
        default: fields.default.map(|it| read_default(&it)),
        increment: fields.increment.map(|it| match it {
            IncrementField::None => None,
            IncrementField::Some(it) => Some(it),
        }),
        generated: fields.generated.map(generated),
        note: fields.note.map(text_or_none),
        ..ColumnPatch::default()
    }
}

/// The type that somebody typed: an enum of the diagram by its name, or the text.
fn read_type(diagram: &Diagram, text: &str, column: &Column) -> ColumnType {
    let text = text.trim();
    if text == type_text(diagram, column) {
        return column.ty.clone();
    }
    let mut base = text;
    let mut dimensions = 0_u8;
    while let Some(inner) = base.strip_suffix("[]") {
        base = inner.trim_end();
        dimensions = dimensions.saturating_add(1);
    }
    let found = diagram.enums().find(|it| it.name == base || enum_label(it) == base);
    match found {
        Some(item) => ColumnType::Enum { id: item.id, dimensions },
        None => ColumnType::named(text),
    }
}
