//! Table partials, and their injection into tables.

use std::sync::Arc;

use crowfoot_schema::{
    Check, Column, ColumnId, Index, IndexPart, IndexTarget, Partial, PartialId, Table, Uniqueness,
};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::{Lower, body::IndexOrKey, items};
use crate::ast::{Ast, Setting, Table as TableAst, TableItem};

/// A ref that is written at a column of a partial.
pub(super) struct PartialRef<'a> {
    pub(super) column: &'a str,
    pub(super) setting: &'a Setting<'a>,
}

impl<'a> Lower<'a, '_> {
    pub(super) fn partials(&mut self, ast: &'a Ast<'a>) {
        let mut names: FxHashSet<&str> = FxHashSet::default();
        for item in items!(ast, Partial) {
            let name = &item.name.name;
            if let Some(schema) = &item.name.schema {
                let message = "a table partial has no schema";
                self.warn("dbml/qualified-name", schema.span, message);
            }
            if !names.insert(&name.text) {
                let message = format!("there is a table partial `{}` already", name.text);
                self.error("dbml/duplicate-partial", name.span, message);
                continue;
            }
            self.partial(item);
        }
    }

    fn partial(&mut self, item: &'a TableAst<'a>) {
        let id: PartialId = self.mint.id();
        let mut partial = Partial {
            id,
            name: SmolStr::new(&item.name.name.text),
            columns: Arc::default(),
            indexes: Arc::default(),
            checks: Arc::default(),
            primary_columns: Vec::new(),
            header_color: None,
            note: None,
            extras: Vec::new(),
        };
        for setting in &item.settings {
            if setting.is("note") {
                self.set_note(&mut partial.note, setting);
            } else if setting.is("headercolor") {
                partial.header_color = self.color_of(setting);
            } else {
                self.keep(&mut partial.extras, setting, &["note", "headercolor"]);
            }
        }
        let mut columns: Vec<Column> = Vec::new();
        let mut indexes: Vec<Index> = Vec::new();
        let mut checks: Vec<Check> = Vec::new();
        let mut refs = Vec::new();
        for item in &item.body {
            match item {
                TableItem::Column(item) => {
                    if columns.iter().any(|it| *it.name == *item.name.text) {
                        let message = format!("there is a column `{}` already", item.name.text);
                        self.error("dbml/duplicate-column", item.name.span, message);
                        continue;
                    }
                    let (column, marks) = self.column(item);
                    if marks.is_primary {
                        partial.primary_columns.push(column.id);
                    }
                    if marks.is_unique {
                        indexes.push(self.unique(column.id));
                    }
                    for expr in marks.checks {
                        checks.push(self.check_at(column.id, expr));
                    }
                    let column_name = &*item.name.text;
                    refs.extend(
                        marks
                            .refs
                            .into_iter()
                            .map(|setting| PartialRef { column: column_name, setting }),
                    );
                    columns.push(column);
                }
                TableItem::Inject(name) => {
                    let message = "a table partial cannot inject another";
                    self.error("dbml/nested-partial", name.span, message);
                }
                TableItem::Records(records) => {
                    self.error("dbml/bad-records", records.span, "a table partial has no records");
                }
                TableItem::Property(setting) => {
                    self.body_property(&mut partial.note, &mut partial.extras, setting);
                }
                TableItem::Indexes(_) | TableItem::Checks(_) => {}
            }
        }
        for item in &item.body {
            match item {
                TableItem::Indexes(items) => {
                    for item in items {
                        let mut find = |it: &mut Self, name: &'a crate::ast::Name<'a>| {
                            let found = columns.iter().find(|column| *column.name == *name.text);
                            if found.is_none() {
                                let message = format!("the partial has no column `{}`", name.text);
                                let names = columns.iter().map(|it| it.name.as_str());
                                let code = "dbml/unknown-column";
                                it.unknown(code, name.span, message, &name.text, names);
                            }
                            found.map(|it| it.id)
                        };
                        match self.index(item, &mut find) {
                            Some(IndexOrKey::Index(index)) => indexes.push(index),
                            Some(IndexOrKey::Key { columns, .. }) => {
                                partial.primary_columns = columns;
                            }
                            None => {}
                        }
                    }
                }
                TableItem::Checks(items) => {
                    for item in items {
                        checks.push(self.check(item));
                    }
                }
                _ => {}
            }
        }
        partial.columns = Arc::new(columns);
        partial.indexes = Arc::new(indexes);
        partial.checks = Arc::new(checks);
        self.partials.push(partial);
        self.partial_refs.push(refs);
    }
}

/// What a partial gives to a table: copies of those of its columns that neither the table itself
/// nor a partial injected later defines. Ids are given by the caller.
pub(crate) fn injected_columns(
    partial: &Partial,
    is_defined: impl Fn(&str) -> bool,
) -> impl Iterator<Item = &Column> {
    partial.columns.iter().filter(move |it| !is_defined(&it.name))
}

/// Whether an index is what the setting `unique` of its column makes.
pub(crate) fn is_column_unique(index: &Index) -> Option<ColumnId> {
    let [IndexPart { target: IndexTarget::Column(id), modifiers: None }] = index.parts.as_slice()
    else {
        return None;
    };
    let is_plain = index.uniqueness == Uniqueness::Constraint
        && index.name.is_none()
        && index.method.is_none()
        && index.note.is_none()
        && index.extras.is_empty();
    is_plain.then_some(*id)
}

/// A partial's index with the columns of the table in place of the partial's; none when the table
/// lacks one.
pub(crate) fn translate_index(index: &Index, partial: &Partial, table: &Table) -> Option<Index> {
    let mut copy = index.clone();
    for part in &mut copy.parts {
        if let IndexTarget::Column(id) = &mut part.target {
            *id = translate(*id, partial, table)?;
        }
    }
    copy.partial = Some(partial.id);
    Some(copy)
}

/// The table's column that has the name of a column of the partial.
pub(crate) fn translate(id: ColumnId, partial: &Partial, table: &Table) -> Option<ColumnId> {
    let name = &partial.columns.iter().find(|it| it.id == id)?.name;
    table.column_named(name).map(|it| it.id)
}
