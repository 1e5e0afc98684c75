use crowfoot_schema::{Column, ColumnId, ColumnType, IndexTarget, Side, Table, TableId};

use super::Lens;
use crate::{
    view::{CheckView, ColumnView, IndexView, TableView},
    words::{default_text, table_label, type_text},
};

impl Lens<'_> {
    pub(super) fn table_view(&self, id: TableId) -> Option<TableView> {
        let table = self.diagram.table(id)?;
        let (mut foreign_keys, mut referenced_by) = (Vec::new(), Vec::new());
        for reference in self.diagram.refs_of(id) {
            let row = self.row_of(reference);
            let child = reference.referencing_side().unwrap_or(Side::From);
            if reference.table(child) == id {
                foreign_keys.push(row);
            } else {
                referenced_by.push(row);
            }
        }
        foreign_keys.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        referenced_by.sort_by(|a, b| (&a.from, &a.to).cmp(&(&b.from, &b.to)));
        Some(TableView {
            id,
            label: table_label(table),
            schema: table.schema.clone(),
            name: table.name.clone(),
            alias: table.alias.clone(),
            note: table.note.clone(),
            color: table.header_color.clone(),
            group: table.group,
            columns: table.columns.iter().map(|it| self.column_view(table, it)).collect(),
            primary: table.primary_columns().to_vec(),
            indexes: table.indexes.iter().map(|it| index_view(table, it)).collect(),
            checks: table
                .checks
                .iter()
                .map(|it| CheckView { id: it.id, name: it.name.clone(), expr: it.expr.clone() })
                .collect(),
            foreign_keys,
            referenced_by,
        })
    }

    pub(crate) fn column_view(&self, table: &Table, column: &Column) -> ColumnView {
        let mut is_foreign_key = false;
        let mut n_refs = 0;
        for reference in self.diagram.refs_of(table.id) {
            if !reference.mentions(table.id, column.id) {
                continue;
            }
            n_refs += 1;
            is_foreign_key |= reference.referencing_side().is_some_and(|side| {
                reference.table(side) == table.id
                    && reference.side_columns(side).contains(&column.id)
            });
        }
        let enum_id = match &column.ty {
            ColumnType::Named(_) => None,
            ColumnType::Enum { id, .. } => Some(*id),
        };
        let generated = column.generated.as_ref();
        ColumnView {
            id: column.id,
            name: column.name.clone(),
            ty: type_text(self.diagram, column),
            enum_id,
            is_primary: table.is_primary(column.id),
            is_unique: table.is_unique(&[column.id]),
            is_not_null: column.not_null,
            increment: column.increment,
            default: column.default.as_ref().map_or_else(String::new, default_text),
            generated: generated.map_or_else(String::new, |it| it.expr.clone()),
            note: column.note.clone(),
            is_foreign_key,
            n_refs,
        }
    }
}

fn index_view(table: &Table, index: &crowfoot_schema::Index) -> IndexView {
    let name = |id: ColumnId| table.column(id).map_or_else(String::new, |it| it.name.to_string());
    let parts = index.parts.iter().map(|part| {
        let target = match &part.target {
            IndexTarget::Column(id) => name(*id),
            IndexTarget::Expr(expr) => expr.clone(),
        };
        match &part.modifiers {
            Some(modifiers) => format!("{target} {modifiers}"),
            None => target,
        }
    });
    IndexView {
        id: index.id,
        name: index.name.clone(),
        uniqueness: index.uniqueness,
        method: index.method.clone(),
        parts: parts.collect(),
        columns: index.columns().collect(),
        predicate: index.predicate.clone(),
        note: index.note.clone(),
    }
}
