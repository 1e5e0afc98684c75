use crowfoot_layout::arrange;
use crowfoot_schema::{
    Change, ChangeSet, Check, CheckId, CheckPatch, Column, ColumnId, ColumnType, Increment, Index,
    IndexId, IndexPart, IndexPatch, Point, PrimaryKey, Table, TableId, TablePatch, Uniqueness,
};

use super::{color_or_none, free_name, name, name_or_none, text_or_none};
use crate::{
    Editor,
    command::{CheckFields, IndexFields, TableFields},
    outcome::Fault,
    words::table_label,
};

impl Editor {
    /// Makes a table with an `id` column as its primary key.
    pub(super) fn plan_new_table(
        &mut self,
        fields: TableFields,
        position: Option<Point>,
    ) -> Result<ChangeSet, Fault> {
        let schema = fields.schema.clone().and_then(name_or_none);
        let wanted = fields.name.clone().map(name).filter(|it| !it.is_empty());
        let wanted = wanted.unwrap_or_else(|| {
            free_name("table", |it| self.shown.table_named(schema.as_deref(), it).is_some())
        });
        let mut table = Table::new(self.mint.id(), schema, wanted);
        patch_of(fields, true)?.apply(&mut table.head);
        let is_whole = self.view.is_none();
        table.position = position.filter(|_| is_whole);

        let mut id = Column::new(self.mint.id(), "id", ColumnType::named("integer"));
        id.not_null = true;
        id.increment = Some(Increment::Auto);
        table.head.primary_key = Some(PrimaryKey { name: None, columns: vec![id.id] });
        table.columns.push(id);

        if table.position.is_none() {
            let mut trial = self.shown.clone();
            trial.apply(&ChangeSet::new("", vec![create(table.clone())]))?;
            let place = arrange(&trial).into_iter().find(|(it, _)| *it == table.id);
            table.position = place.map(|(_, at)| at);
        }
        let said = format!("add table {}", table_label(&table));
        let seen = self.seen_too(table.id, position);
        Ok(ChangeSet::new(said, std::iter::once(create(table)).chain(seen).collect()))
    }

    pub(super) fn plan_table(&self, id: TableId, fields: TableFields) -> Result<ChangeSet, Fault> {
        let table = self.table_at(id)?;
        let patch = narrowed(table, patch_of(fields, false)?);
        let said = match &patch.name {
            Some(new) => format!("rename table {} to {new}", table_label(table)),
            None => format!("change table {}", table_label(table)),
        };
        Ok(ChangeSet::new(said, changes(patch.is_empty(), Change::UpdateTable { id, patch })))
    }

    pub(super) fn plan_primary(
        &self,
        id: TableId,
        columns: Vec<ColumnId>,
    ) -> Result<ChangeSet, Fault> {
        let table = self.table_at(id)?;
        let name = table.primary_key.as_ref().and_then(|it| it.name.clone());
        let key = (!columns.is_empty()).then_some(PrimaryKey { name, columns });
        let patch = narrowed(table, TablePatch { primary_key: Some(key), ..TablePatch::default() });
        let said = format!("change the primary key of {}", table_label(table));
        Ok(ChangeSet::new(said, changes(patch.is_empty(), Change::UpdateTable { id, patch })))
    }

    /// Makes or removes what makes one column unique by itself.
    pub(super) fn plan_unique(
        &mut self,
        table: TableId,
        column: ColumnId,
        unique: bool,
    ) -> Result<ChangeSet, Fault> {
        let label = self.column_label(table, column)?;
        let owner = self.table_at(table)?;
        let alone: Vec<IndexId> = owner
            .indexes
            .iter()
            .filter(|it| it.uniqueness != Uniqueness::None && it.predicate.is_none())
            .filter(|it| it.parts.len() == 1 && it.columns().eq([column]))
            .map(|it| it.id)
            .collect();
        if !unique {
            let gone = alone.into_iter().map(|id| Change::DeleteIndex { table, id }).collect();
            return Ok(ChangeSet::new(format!("let {label} repeat"), gone));
        }
        if !alone.is_empty() {
            return Ok(ChangeSet::default());
        }
        let after = owner.indexes.last().map(|it| it.id);
        let parts = vec![IndexPart::column(column)];
        let index = Index::new(self.mint.id(), Uniqueness::Constraint, parts);
        let change = Change::CreateIndex { table, index, after };
        Ok(ChangeSet::new(format!("make {label} unique"), vec![change]))
    }

    pub(super) fn plan_new_index(
        &mut self,
        table: TableId,
        fields: IndexFields,
    ) -> Result<ChangeSet, Fault> {
        let label = self.table_label(table)?;
        let after = self.table_at(table)?.indexes.last().map(|it| it.id);
        let mut index = Index::new(self.mint.id(), Uniqueness::None, Vec::new());
        index_patch(fields, &index).apply(&mut index);
        if index.parts.is_empty() {
            return Err(Fault::new("schema/empty-index", "an index needs a column"));
        }
        let change = Change::CreateIndex { table, index, after };
        Ok(ChangeSet::new(format!("add index to {label}"), vec![change]))
    }

    pub(super) fn plan_index(
        &self,
        table: TableId,
        id: IndexId,
        fields: IndexFields,
    ) -> Result<ChangeSet, Fault> {
        let label = self.table_label(table)?;
        let index = self.table_at(table)?.index(id);
        let index = index
            .ok_or_else(|| Fault::new("schema/unknown-index", "the index no longer exists"))?;
        let mut wanted = index.clone();
        index_patch(fields, index).apply(&mut wanted);
        let patch = IndexPatch::between(index, &wanted);
        let said = format!("change index of {label}");
        Ok(ChangeSet::new(
            said,
            changes(patch.is_empty(), Change::UpdateIndex { table, id, patch }),
        ))
    }

    pub(super) fn plan_new_check(
        &mut self,
        table: TableId,
        fields: CheckFields,
    ) -> Result<ChangeSet, Fault> {
        let label = self.table_label(table)?;
        let after = self.table_at(table)?.checks.last().map(|it| it.id);
        let expr = fields.expr.unwrap_or_default().trim().to_owned();
        if expr.is_empty() {
            return Err(Fault::new("schema/empty-check", "a check needs a condition"));
        }
        let check = Check {
            id: self.mint.id(),
            expr,
            name: fields.name.and_then(name_or_none),
            column: None,
            partial: None,
            options: Vec::new(),
            extras: Vec::new(),
        };
        let change = Change::CreateCheck { table, check, after };
        Ok(ChangeSet::new(format!("add check to {label}"), vec![change]))
    }

    pub(super) fn plan_check(
        &self,
        table: TableId,
        id: CheckId,
        fields: CheckFields,
    ) -> Result<ChangeSet, Fault> {
        let label = self.table_label(table)?;
        let patch = CheckPatch {
            expr: fields.expr.map(|it| it.trim().to_owned()),
            name: fields.name.map(name_or_none),
            ..CheckPatch::default()
        };
        let said = format!("change check of {label}");
        Ok(ChangeSet::new(
            said,
            changes(patch.is_empty(), Change::UpdateCheck { table, id, patch }),
        ))
    }
}

fn create(table: Table) -> Change {
    Change::CreateTable { table: Box::new(table) }
}

/// No change at all where a patch sets nothing.
pub(super) fn changes(is_nothing: bool, change: Change) -> Vec<Change> {
    if is_nothing { Vec::new() } else { vec![change] }
}

/// The patch without the fields that hold already what it says.
fn narrowed(table: &Table, patch: TablePatch) -> TablePatch {
    let mut wanted = table.head.clone();
    patch.apply(&mut wanted);
    TablePatch::between(&table.head, &wanted)
}

fn patch_of(fields: TableFields, is_named: bool) -> Result<TablePatch, Fault> {
    Ok(TablePatch {
        name: if is_named { None } else { fields.name.map(name) },
        schema: fields.schema.map(name_or_none),
        alias: fields.alias.map(name_or_none),
        note: fields.note.map(text_or_none),
        header_color: fields.color.as_deref().map(color_or_none).transpose()?,
        ..TablePatch::default()
    })
}

/// Parts whose column stays keep their modifiers.
fn index_patch(fields: IndexFields, index: &Index) -> IndexPatch {
    let part = |id: ColumnId| {
        let kept = index.parts.iter().find(|it| {
            **it == IndexPart { modifiers: it.modifiers.clone(), ..IndexPart::column(id) }
        });
        kept.cloned().unwrap_or_else(|| IndexPart::column(id))
    };
    IndexPatch {
        parts: fields.columns.map(|it| it.into_iter().map(part).collect()),
        name: fields.name.map(name_or_none),
        uniqueness: fields.uniqueness,
        method: fields.method.map(name_or_none),
        predicate: fields.predicate.map(text_or_none),
        note: fields.note.map(text_or_none),
        ..IndexPatch::default()
    }
}
