//! Deletes, with what they take along or leave behind.

use std::sync::Arc;

use super::{Work, list::find};
use crate::{
    Change, CheckId, Column, ColumnId, ColumnPatch, ColumnType, Dismissal, EnumId, GroupId,
    IndexId, NoteId, PartialId, Placed, Records, RefId, Shown, Table, TableId, TablePatch, View,
    ViewId, ViewPatch,
};

impl Work {
    pub(super) fn delete_table(&mut self, id: TableId) {
        if self.table_mut(id).is_none() {
            return;
        }
        let refs: Vec<RefId> = self.diagram.refs_of(id).map(|it| it.id).collect();
        for reference in refs {
            self.delete_ref(reference);
        }
        self.restore_suggestions(|it| it.touches(id));
        self.leave_places(Placed::Table(id));
        self.leave_views(|view| ViewPatch {
            tables: without(&view.tables, &id),
            ..ViewPatch::default()
        });
        let Some(table) = self.diagram.tables.remove(&id) else { return };
        let table = Box::new(Arc::unwrap_or_clone(table));
        self.done(Change::DeleteTable { id }, Change::CreateTable { table });
    }

    pub(super) fn delete_column(&mut self, table: TableId, id: ColumnId) {
        let refs: Vec<RefId> = self
            .diagram
            .refs_of(table)
            .filter(|it| it.mentions(table, id))
            .map(|it| it.id)
            .collect();
        for reference in refs {
            self.delete_ref(reference);
        }
        self.restore_suggestions(|it| it.mentions(table, id));
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

    pub(super) fn delete_enum(&mut self, id: EnumId) {
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

    pub(super) fn delete_group(&mut self, id: GroupId) {
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

    pub(super) fn delete_note(&mut self, id: NoteId) {
        self.leave_places(Placed::Note(id));
        self.leave_views(|view| ViewPatch {
            notes: without(&view.notes, &id),
            ..ViewPatch::default()
        });
        self.remove_note(id);
    }

    pub(super) fn delete_partial(&mut self, id: PartialId) {
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

    /// Forgets dismissed suggestions that can never be made again.
    fn restore_suggestions(&mut self, is_over: impl Fn(&Dismissal) -> bool) {
        let over: Vec<_> =
            self.diagram.dismissals().filter(|it| is_over(it)).map(|it| it.id).collect();
        for id in over {
            self.restore_suggestion(id);
        }
    }

    /// Forgets where something that goes away stands in views.
    fn leave_places(&mut self, thing: Placed) {
        let has_it = |it: &&View| it.places.get(thing).is_some();
        let views: Vec<ViewId> = self.diagram.views().filter(has_it).map(|it| it.id).collect();
        for view in views {
            self.place_in_view(view, thing, None);
        }
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
