//! Tables: their heads first, so that every name is known, then what they hold.

use std::sync::Arc;

use crowfoot_schema::{Cell, Check, ColumnId, Index, PrimaryKey, Records, Table};
use crowfoot_text::Span;
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::{
    Lower,
    body::IndexOrKey,
    items, key,
    partial::{injected_columns, is_column_unique, translate, translate_index},
    refs::PendingRef,
    schema_key, shown,
};
use crate::ast::{Ast, Name, RecordsItem, Table as TableAst, TableItem};

/// What is noted of a column while its table is being put together.
struct Built<'a> {
    is_primary: bool,
    is_unique: bool,
    checks: Vec<&'a str>,
    /// The partial that it comes from, by its place in the list.
    partial: Option<usize>,
}

impl<'a> Lower<'a, '_> {
    /// Makes the tables without what they hold; gives the AST of each.
    pub(super) fn table_heads(&mut self, ast: &'a Ast<'a>) -> Vec<&'a TableAst<'a>> {
        let mut bodies = Vec::new();
        let n_tables = items!(ast, Table).count();
        self.tables.reserve(n_tables);
        self.table_names.reserve(n_tables);
        for item in items!(ast, Table) {
            let name = key(&item.name);
            if self.table_names.contains_key(&name) {
                let message = format!("there is a table `{}` already", shown(name));
                self.error("dbml/duplicate-table", item.name.span(), message);
                continue;
            }
            let schema = (!name.0.is_empty()).then(|| SmolStr::new(name.0));
            self.table_names.insert(name, self.tables.len());
            self.tables.push(Table::new(self.mint.id(), schema, name.1));
            bodies.push(item);
        }
        for (at, item) in bodies.iter().enumerate() {
            let Some(alias) = &item.alias else { continue };
            let text = &*alias.text;
            if self.table_names.contains_key(&("", text)) || self.aliases.contains_key(text) {
                let message = format!("the alias `{text}` is the name of another table");
                self.error("dbml/duplicate-alias", alias.span, message);
                continue;
            }
            self.aliases.insert(text, at);
            self.tables[at].alias = Some(SmolStr::new(text));
        }
        bodies
    }

    pub(super) fn table_bodies(&mut self, bodies: &[&'a TableAst<'a>]) {
        let mut names = FxHashSet::default();
        for (at, item) in bodies.iter().enumerate() {
            let table = self.table(at, item, &mut names);
            self.tables[at] = table;
        }
    }

    /// Fills a table. `names` is room for the names of its columns, used again for each table.
    fn table(
        &mut self,
        at: usize,
        item: &'a TableAst<'a>,
        names: &mut FxHashSet<&'a str>,
    ) -> Table {
        let mut table = self.tables[at].clone();
        for setting in &item.settings {
            if setting.is("note") {
                self.set_note(&mut table.head.note, setting);
            } else if setting.is("headercolor") {
                table.header_color = self.color_of(setting);
            } else if setting.is("dep") {
                table.head.extras.push(self.extra_of(setting));
            } else {
                self.keep(&mut table.head.extras, setting, &["note", "headercolor"]);
            }
        }
        let injections = self.injections(item);
        names.clear();
        table.columns.reserve(item.body.len());
        let mut built: Vec<Built<'a>> = Vec::with_capacity(item.body.len());
        let mut n_injected = 0;
        for part in &item.body {
            match part {
                TableItem::Column(column) => {
                    if !names.insert(&column.name.text) {
                        let (name, table) = (&column.name.text, &table.name);
                        let message = format!("`{table}` has a column `{name}` already");
                        self.error("dbml/duplicate-column", column.name.span, message);
                        continue;
                    }
                    let (column, marks) = self.column(column);
                    for setting in marks.refs {
                        self.pending_refs.push(PendingRef {
                            table: at,
                            column: column.id,
                            setting,
                        });
                    }
                    table.columns.push(column);
                    built.push(Built {
                        is_primary: marks.is_primary,
                        is_unique: marks.is_unique,
                        checks: marks.checks,
                        partial: None,
                    });
                }
                TableItem::Inject(name) => {
                    if injections.get(n_injected).is_some_and(|it| it.1.span == name.span) {
                        self.inject(at, item, &injections, n_injected, &mut table, &mut built);
                        n_injected += 1;
                    }
                }
                TableItem::Property(setting) => {
                    let head = &mut table.head;
                    self.body_property(&mut head.note, &mut head.extras, setting);
                }
                TableItem::Indexes(_) | TableItem::Checks(_) | TableItem::Records(_) => {}
            }
        }
        self.inline_constraints(&mut table, &built);
        let key = self.block_entries(at, item, &mut table);
        for &(partial, _) in &injections {
            self.inject_entries(partial, &mut table);
        }
        let primary = self.primary_key(&table, &built, &injections, key);
        table.primary_key = primary;
        for &(partial, _) in injections.iter().rev() {
            let partial = &self.partials[partial];
            let head = &mut table.head;
            if head.header_color.is_none() {
                head.header_color.clone_from(&partial.header_color);
            }
            if head.note.is_none() {
                head.note.clone_from(&partial.note);
            }
        }
        self.inner_records(at, item, &mut table);
        table
    }

    /// The partials that a table injects, in order, each once.
    fn injections(&mut self, item: &'a TableAst<'a>) -> Vec<(usize, &'a Name<'a>)> {
        let mut injections: Vec<(usize, &'a Name<'a>)> = Vec::new();
        for part in &item.body {
            let TableItem::Inject(name) = part else { continue };
            let Some(at) = self.partials.iter().position(|it| *it.name == *name.text) else {
                let message = format!("there is no table partial `{}`", name.text);
                let known: Vec<_> = self.partials.iter().map(|it| it.name.clone()).collect();
                let known = known.iter().map(|it| it.as_str());
                self.unknown("dbml/unknown-partial", name.span, message, &name.text, known);
                continue;
            };
            if injections.iter().any(|it| it.0 == at) {
                let message = format!("`{}` is injected twice", name.text);
                self.error("dbml/duplicate-injection", name.span, message);
                continue;
            }
            injections.push((at, name));
        }
        injections
    }

    /// Copies the columns of the partial that is injected in place `nth`.
    fn inject(
        &mut self,
        at: usize,
        item: &'a TableAst<'a>,
        injections: &[(usize, &'a Name<'a>)],
        nth: usize,
        table: &mut Table,
        built: &mut Vec<Built<'a>>,
    ) {
        let which = injections[nth].0;
        let partial = self.partials[which].clone();
        let later: Vec<_> = injections[nth + 1..]
            .iter()
            .map(|it| Arc::clone(&self.partials[it.0].columns))
            .collect();
        let is_defined = |name: &str| {
            item.body.iter().any(|it| matches!(it, TableItem::Column(it) if it.name.text == name))
                || later.iter().any(|it| it.iter().any(|column| column.name == name))
        };
        for original in injected_columns(&partial, is_defined) {
            let mut column = original.clone();
            column.id = self.mint.id();
            column.partial = Some(partial.id);
            for written in &self.partial_refs[which] {
                if column.name == written.column {
                    self.pending_refs.push(PendingRef {
                        table: at,
                        column: column.id,
                        setting: written.setting,
                    });
                }
            }
            built.push(Built {
                is_primary: partial.primary_columns.as_slice() == [original.id],
                is_unique: partial
                    .indexes
                    .iter()
                    .any(|it| is_column_unique(it) == Some(original.id)),
                checks: Vec::new(),
                partial: Some(which),
            });
            table.columns.push(column);
        }
    }

    /// The constraints that are written at columns, in the order of the columns.
    fn inline_constraints(&mut self, table: &mut Table, built: &[Built<'a>]) {
        for (at, built) in built.iter().enumerate() {
            let column = table.columns[at].id;
            if built.is_unique {
                let mut index = self.unique(column);
                index.partial = table.columns[at].partial;
                table.indexes.push(index);
            }
            for expr in &built.checks {
                let check = self.check_at(column, expr);
                table.checks.push(check);
            }
            let Some(which) = built.partial else { continue };
            let partial = self.partials[which].clone();
            let name = table.columns[at].name.clone();
            for check in partial.checks.iter() {
                let original = partial.columns.iter().find(|it| Some(it.id) == check.column);
                if original.is_some_and(|it| it.name == name) {
                    let id = self.mint.id();
                    table.checks.push(Check {
                        id,
                        column: Some(column),
                        partial: Some(partial.id),
                        ..check.clone()
                    });
                }
            }
        }
    }

    /// The `indexes` and `checks` blocks; gives the primary key that they name, and where.
    fn block_entries(
        &mut self,
        at: usize,
        item: &'a TableAst<'a>,
        table: &mut Table,
    ) -> Option<(PrimaryKey, Span)> {
        let mut key: Option<(PrimaryKey, Span)> = None;
        let has_blocks =
            item.body.iter().any(|it| matches!(it, TableItem::Indexes(_) | TableItem::Checks(_)));
        if !has_blocks {
            return None;
        }
        // Columns are looked up in the list of tables.
        std::mem::swap(&mut self.tables[at], table);
        let mut indexes: Vec<Index> = Vec::new();
        let mut checks: Vec<Check> = Vec::new();
        for part in &item.body {
            match part {
                TableItem::Indexes(items) => {
                    for item in items {
                        let mut find = |it: &mut Self, name: &'a Name<'a>| -> Option<ColumnId> {
                            let column = it.find_column(at, name)?;
                            Some(it.tables[at].columns[column].id)
                        };
                        match self.index(item, &mut find) {
                            Some(IndexOrKey::Index(index)) => indexes.push(index),
                            Some(IndexOrKey::Key { name, columns, span }) => {
                                if key.is_some() {
                                    let message = format!(
                                        "`{}` has a primary key already",
                                        self.tables[at].name
                                    );
                                    self.error("dbml/duplicate-primary-key", span, message);
                                } else {
                                    key = Some((PrimaryKey { name, columns }, span));
                                }
                            }
                            None => {}
                        }
                    }
                }
                TableItem::Checks(items) => {
                    for item in items {
                        let check = self.check(item);
                        checks.push(check);
                    }
                }
                _ => {}
            }
        }
        std::mem::swap(&mut self.tables[at], table);
        table.indexes.append(&mut indexes);
        table.checks.append(&mut checks);
        key
    }

    /// The indexes and checks that a partial gives to a table as a whole. An index of the same
    /// parts that is there already wins.
    fn inject_entries(&mut self, which: usize, table: &mut Table) {
        let partial = self.partials[which].clone();
        for index in partial.indexes.iter().filter(|it| is_column_unique(it).is_none()) {
            let Some(mut copy) = translate_index(index, &partial, table) else { continue };
            if table.indexes.iter().any(|it| it.parts == copy.parts) {
                continue;
            }
            copy.id = self.mint.id();
            table.indexes.push(copy);
        }
        for check in partial.checks.iter().filter(|it| it.column.is_none()) {
            let id = self.mint.id();
            table.checks.push(Check { id, partial: Some(partial.id), ..check.clone() });
        }
    }

    fn primary_key(
        &mut self,
        table: &Table,
        built: &[Built<'a>],
        injections: &[(usize, &'a Name<'a>)],
        key: Option<(PrimaryKey, Span)>,
    ) -> Option<PrimaryKey> {
        if let Some((key, span)) = key {
            let of_columns = table.columns.iter().zip(built).find(|(column, built)| {
                built.is_primary && built.partial.is_none() && !key.columns.contains(&column.id)
            });
            if let Some((column, _)) = of_columns {
                let message = format!(
                    "this is the primary key of `{}`, the `pk` at `{}` does not count beside it",
                    table.name, column.name
                );
                self.error("dbml/duplicate-primary-key", span, message);
            }
            return Some(key);
        }
        let columns = table.columns.iter().zip(built);
        let inline = columns.filter(|(_, built)| built.is_primary).map(|(it, _)| it.id);
        let mut columns: Vec<ColumnId> = inline.collect();
        for &(which, _) in injections {
            let partial = &self.partials[which];
            if partial.primary_columns.len() < 2 {
                continue;
            }
            for &id in &partial.primary_columns {
                let id = translate(id, partial, table);
                columns.extend(id.filter(|it| !columns.contains(it)));
            }
        }
        (!columns.is_empty()).then_some(PrimaryKey { name: None, columns })
    }

    fn inner_records(&mut self, at: usize, item: &'a TableAst<'a>, table: &mut Table) {
        let has_records = item.body.iter().any(|it| matches!(it, TableItem::Records(_)));
        if !has_records {
            return;
        }
        std::mem::swap(&mut self.tables[at], table);
        for part in &item.body {
            if let TableItem::Records(records) = part {
                self.records(at, records);
            }
        }
        std::mem::swap(&mut self.tables[at], table);
    }

    /// Records that stand outside of their table.
    pub(super) fn outer_records(&mut self, ast: &'a Ast<'a>) {
        for item in items!(ast, Records) {
            let Some(name) = &item.table else { continue };
            if let Some(at) = self.find_table(name) {
                self.records(at, item);
            }
        }
    }

    /// Adds records to a table of the list.
    fn records(&mut self, at: usize, item: &'a RecordsItem<'a>) {
        let columns: Vec<usize> = match &item.columns {
            None => (0..self.tables[at].columns.len()).collect(),
            Some(names) => {
                let mut columns = Vec::with_capacity(names.len());
                for name in names {
                    let Some(column) = self.find_column(at, name) else { return };
                    if columns.contains(&column) {
                        let message = format!("the column `{}` is listed twice", name.text);
                        self.error("dbml/bad-records", name.span, message);
                        return;
                    }
                    columns.push(column);
                }
                columns
            }
        };
        let table = &self.tables[at];
        let columns: Vec<ColumnId> = columns.iter().map(|&it| table.columns[it].id).collect();
        let mut rows = Vec::with_capacity(item.rows.len());
        for row in &item.rows {
            let mut cells = row.cells.clone();
            if cells.len() != columns.len() {
                let (found, wanted) = (cells.len(), columns.len());
                let code = "dbml/cell-count";
                if found > wanted {
                    let message = format!("a row has {found} values for {wanted} columns");
                    self.error(code, row.span, message);
                } else {
                    let message = format!(
                        "a row has {found} values for {wanted} columns, the others stay empty"
                    );
                    self.warn(code, row.span, message);
                }
                cells.resize(columns.len(), Cell::Empty);
            }
            rows.push(cells);
        }
        let table = &mut self.tables[at];
        let all = table.records.get_or_insert_default();
        Arc::make_mut(all).push(Records { columns, rows });
    }

    /// The groups' members.
    pub(super) fn members(&mut self, ast: &'a Ast<'a>) {
        for item in items!(ast, Group) {
            let group = self.groups.iter().find(|it| *it.name == *item.name.text).map(|it| it.id);
            let Some(group) = group else { continue };
            for name in &item.tables {
                let Some(at) = self.find_table(name) else { continue };
                let other = self.tables[at].group.and_then(|id| {
                    self.groups.iter().find(|it| it.id == id).map(|it| it.name.clone())
                });
                match other {
                    Some(other) if self.tables[at].group == Some(group) => {
                        let message = format!("`{}` is in `{other}` already", name.name.text);
                        self.warn("dbml/repeated-member", name.span(), message);
                    }
                    Some(other) => {
                        let message = format!(
                            "`{}` is in the group `{other}`, a table is in one group only",
                            name.name.text
                        );
                        self.error("dbml/two-groups", name.span(), message);
                    }
                    None => self.tables[at].group = Some(group),
                }
            }
        }
    }

    /// Whether a schema is one that a table or enum of the text is in.
    pub(super) fn has_schema(&self, name: &'a Name<'a>) -> bool {
        let schema = schema_key(Some(name));
        schema.is_empty()
            || self.tables.iter().any(|it| it.schema.as_deref() == Some(schema))
            || self.enums.iter().any(|it| it.schema.as_deref() == Some(schema))
    }
}
