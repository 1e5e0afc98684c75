//! Two diagrams that were read by themselves, brought to the same ids.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use crate::{
    Check, CheckId, Column, ColumnId, Diagram, Dismissal, Document, Enum, EnumId, EnumValueId,
    Index, IndexId, IndexTarget, Ref, RefId, Side, Table, read_document,
};

/// What got another name on the way from one diagram to the next, as nobody can tell by looking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renames {
    /// Old and new name of tables, with their schemas where they have some.
    pub tables: Vec<(String, String)>,
    /// The new name of a table, with its schema, and old and new name of one of its columns.
    pub columns: Vec<(String, String, String)>,
}

/// The newer diagram with the ids of the older one, wherever they mean the same by name.
///
/// Tables, columns and enums are found by their names, indexes, checks and refs by theirs or else
/// by what they say. What has another name is another thing, unless `renames` tells. The two
/// diagrams must not share ids before; they hold for `diff` afterwards.
pub fn align(older: &Diagram, newer: &Diagram, renames: &Renames) -> Diagram {
    let mut found = Found { older, newer, ids: BTreeMap::new() };
    found.tables(renames);
    found.refs();
    found.enums();
    found.drawing();

    let mut value = match serde_json::to_value(Document::from(newer)) {
        Ok(value) => value,
        // A document is plain data, which JSON can always say.
        Err(_) => return newer.clone(),
    };
    let texts = found.ids.iter().map(|(from, to)| (from.to_string(), to.to_string())).collect();
    replace(&mut value, &texts);
    read_document(&value.to_string()).unwrap_or_else(|_| newer.clone())
}

/// Puts one text in the place of another wherever it is all there is: ids are never part of one.
fn replace(value: &mut Value, texts: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(new) = texts.get(text) {
                text.clone_from(new);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|it| replace(it, texts)),
        Value::Object(fields) => fields.values_mut().for_each(|it| replace(it, texts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Which id of the newer diagram becomes which of the older one.
struct Found<'a> {
    older: &'a Diagram,
    newer: &'a Diagram,
    ids: BTreeMap<Uuid, Uuid>,
}

fn full_name(table: &Table) -> String {
    match &table.schema {
        Some(schema) => format!("{schema}.{}", table.name),
        None => table.name.to_string(),
    }
}

impl Found<'_> {
    fn tables(&mut self, renames: &Renames) {
        let by_name: BTreeMap<String, &Table> =
            self.older.tables().map(|it| (full_name(it), it)).collect();
        for table in self.newer.tables() {
            let name = full_name(table);
            let old = renames.tables.iter().find(|it| it.1 == name).map_or(&name, |it| &it.0);
            // A name that something else took does not count any more.
            let has_left = *old == name && renames.tables.iter().any(|it| it.0 == name);
            if let Some(was) = by_name.get(old).filter(|_| !has_left) {
                self.table(was, table, &name, renames);
            }
        }
    }

    fn table(&mut self, was: &Table, is: &Table, name: &str, renames: &Renames) {
        self.ids.insert(is.id.0, was.id.0);
        let renamed: Vec<(&str, &str)> = renames
            .columns
            .iter()
            .filter(|it| it.0 == name)
            .map(|it| (it.1.as_str(), it.2.as_str()))
            .collect();
        let old_column = |column: &Column| {
            let new = column.name.as_str();
            let old = renamed.iter().find(|it| it.1 == new).map_or(new, |it| it.0);
            let has_left = old == new && renamed.iter().any(|it| it.0 == new);
            was.column_named(old).filter(|_| !has_left).map(|it| it.id)
        };
        for column in &is.columns {
            if let Some(ColumnId(old)) = old_column(column) {
                self.ids.insert(column.id.0, old);
            }
        }
        let mut left: Vec<&Index> = was.indexes.iter().collect();
        for index in by_name_first(&is.indexes, |it| it.name.is_some()) {
            let at = left.iter().position(|old| match (&old.name, &index.name) {
                (Some(old), Some(new)) => old == new,
                (None, None) => {
                    old.uniqueness == index.uniqueness && self.has_same_parts(old, index)
                }
                _ => false,
            });
            if let Some(IndexId(old)) = at.map(|at| left.remove(at).id) {
                self.ids.insert(index.id.0, old);
            }
        }
        let mut left: Vec<&Check> = was.checks.iter().collect();
        for check in by_name_first(&is.checks, |it| it.name.is_some()) {
            let at = left.iter().position(|old| match (&old.name, &check.name) {
                (Some(old), Some(new)) => old == new,
                (None, None) => old.expr == check.expr,
                _ => false,
            });
            if let Some(CheckId(old)) = at.map(|at| left.remove(at).id) {
                self.ids.insert(check.id.0, old);
            }
        }
    }

    fn has_same_parts(&self, old: &Index, new: &Index) -> bool {
        old.parts.len() == new.parts.len()
            && old.parts.iter().zip(&new.parts).all(|(old, new)| match (&old.target, &new.target) {
                (IndexTarget::Column(old), IndexTarget::Column(new)) => self.is(old.0, new.0),
                (IndexTarget::Expr(old), IndexTarget::Expr(new)) => old == new,
                _ => false,
            })
    }

    /// Whether the older thing is what the newer one was found to be.
    fn is(&self, old: Uuid, new: Uuid) -> bool {
        self.ids.get(&new) == Some(&old)
    }

    fn refs(&mut self) {
        let mut left: Vec<&Ref> = self.older.refs().collect();
        let newer: Vec<&Ref> = self.newer.refs().collect();
        for reference in newer {
            let ends = |it: &Ref| {
                (it.table(Side::From).0, it.table(Side::To).0, it.side_columns(Side::From))
            };
            let (from, to, columns) = ends(reference);
            let at = left.iter().position(|old| {
                let (old_from, old_to, old_columns) = ends(old);
                let has_same_ends = self.is(old_from, from) && self.is(old_to, to);
                let has_same_columns = old_columns.len() == columns.len()
                    && old_columns.iter().zip(&columns).all(|(a, b)| self.is(a.0, b.0));
                match (&old.name, &reference.name) {
                    (Some(a), Some(b)) => a == b && has_same_ends,
                    (None, None) => has_same_ends && has_same_columns,
                    _ => false,
                }
            });
            if let Some(RefId(old)) = at.map(|at| left.remove(at).id) {
                self.ids.insert(reference.id.0, old);
            }
        }
    }

    fn enums(&mut self) {
        let newer: Vec<&Enum> = self.newer.enums().collect();
        for item in newer {
            let Some(was) = self.older.enum_named(item.schema.as_deref(), &item.name) else {
                continue;
            };
            let EnumId(old) = was.id;
            self.ids.insert(item.id.0, old);
            for value in &item.values {
                let same = was.values.iter().find(|it| it.name == value.name);
                if let Some(EnumValueId(old)) = same.map(|it| it.id) {
                    self.ids.insert(value.id.0, old);
                }
            }
        }
    }

    /// What is drawn beside the tables.
    fn drawing(&mut self) {
        for group in self.newer.groups() {
            if let Some(was) = self.older.groups().find(|it| it.name == group.name) {
                self.ids.insert(group.id.0, was.id.0);
            }
        }
        for note in self.newer.notes() {
            if let Some(was) = self.older.notes().find(|it| it.name == note.name) {
                self.ids.insert(note.id.0, was.id.0);
            }
        }
        for view in self.newer.views() {
            if let Some(was) = self.older.views().find(|it| it.name == view.name) {
                self.ids.insert(view.id.0, was.id.0);
            }
        }
        for partial in self.newer.partials() {
            if let Some(was) = self.older.partials().find(|it| it.name == partial.name) {
                self.ids.insert(partial.id.0, was.id.0);
            }
        }
        let mut left: Vec<&Dismissal> = self.older.dismissals().collect();
        let newer: Vec<&Dismissal> = self.newer.dismissals().collect();
        for dismissal in newer {
            let at = left.iter().position(|old| {
                let pairs = old.columns.iter().zip(dismissal.columns.iter());
                self.is(old.from.0, dismissal.from.0)
                    && self.is(old.to.0, dismissal.to.0)
                    && old.columns.len() == dismissal.columns.len()
                    && pairs
                        .into_iter()
                        .all(|(a, b)| self.is(a.0.0, b.0.0) && self.is(a.1.0, b.1.0))
            });
            if let Some(was) = at.map(|at| left.remove(at)) {
                self.ids.insert(dismissal.id.0, was.id.0);
            }
        }
    }
}

/// Those with a name before those without, so that a name is never taken by a likeness.
fn by_name_first<T>(list: &[T], has_name: impl Fn(&T) -> bool) -> Vec<&T> {
    let (mut named, others): (Vec<&T>, Vec<&T>) = list.iter().partition(|it| has_name(it));
    named.extend(others);
    named
}
