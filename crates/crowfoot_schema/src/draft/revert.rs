//! Bringing one row, or one field of the table, back to what it was.

use super::{
    Pen,
    pen::{is_alone, put_back},
};
use crate::{CheckId, ColumnId, IndexId, TableHead};

/// A field of the table itself that can be brought back by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadField {
    Name,
    Schema,
    Alias,
    Note,
    Color,
    Group,
    /// The order of the columns of the primary key, when nothing else of it changed.
    Primary,
}

impl Pen<'_> {
    /// Brings a field of the table itself back.
    pub fn revert_head(&mut self, field: HeadField) {
        let Some(base) = self.base.table.clone() else { return };
        let TableHead { name, schema, alias, note, header_color, group, .. } = base.head.clone();
        let head = self.head_mut();
        match field {
            HeadField::Name => head.name = name,
            HeadField::Schema => head.schema = schema,
            HeadField::Alias => head.alias = alias,
            HeadField::Note => head.note = note,
            HeadField::Color => head.header_color = header_color,
            HeadField::Group => head.group = group,
            HeadField::Primary => self.set_primary(base.primary_columns().to_vec()),
        }
    }

    /// Brings a column of the base that is still there back to what it was: its fields, its place,
    /// whether it is part of the primary key and unique by itself. A new constraint that this needs
    /// gets the id `fresh`.
    pub fn revert_column(&mut self, id: ColumnId, fresh: IndexId) {
        let Some(base) = self.base.table.clone() else { return };
        let Some(column) = base.column(id).filter(|_| self.table().column(id).is_some()) else {
            return;
        };
        let columns = &mut self.table_mut().columns;
        columns.retain(|it| it.id != id);
        put_back(columns, &base.columns, column.clone());
        self.set_primary_of(id, base.is_primary(id));
        self.set_unique(id, base.indexes.iter().any(|it| is_alone(it, id)), fresh);
    }

    /// Brings an index of the base that is still there back to what it was and to its place.
    pub fn revert_index(&mut self, id: IndexId) {
        let Some(base) = self.base.table.clone() else { return };
        let Some(index) = base.index(id).filter(|_| self.table().index(id).is_some()) else {
            return;
        };
        let indexes = &mut self.table_mut().indexes;
        indexes.retain(|it| it.id != id);
        put_back(indexes, &base.indexes, index.clone());
    }

    /// Brings a check of the base that is still there back to what it was and to its place.
    pub fn revert_check(&mut self, id: CheckId) {
        let Some(base) = self.base.table.clone() else { return };
        let Some(check) = base.check(id).filter(|_| self.table().check(id).is_some()) else {
            return;
        };
        let checks = &mut self.table_mut().checks;
        checks.retain(|it| it.id != id);
        put_back(checks, &base.checks, check.clone());
    }
}
