//! What a change-set does to a table, in words.

use std::{collections::BTreeSet, fmt::Write as _};

use crate::{
    Cardinality, Change, ChangeSet, ColumnId, Diagram, Dismissal, RefId, Side, Table, TableId,
    TablePatch,
};

/// What a change-set does, as one line: all of it if it is little, else how much more there is.
pub fn describe(changes: &ChangeSet, before: &Diagram, after: &Diagram) -> String {
    let said = sentences(changes, before, after);
    let more = match said.len() {
        0 => return String::new(),
        1..=3 => String::new(),
        n => format!(" and {} more changes", n - 2),
    };
    let shown = if more.is_empty() { said.len() } else { 2 };
    let said = said[..shown].join(", ");
    let id = changes.changes.iter().find_map(table_of);
    match id.map(|id| (before.table(id), after.table(id))) {
        Some((Some(table), _)) => format!("change table {}: {said}{more}", label_of(table)),
        Some((None, Some(table))) => format!("add table {}", label_of(table)),
        Some((None, None)) | None => format!("{said}{more}"),
    }
}

/// What each change does: `column email renamed to mail`. Places on the canvas are not told of.
pub(super) fn sentences(changes: &ChangeSet, before: &Diagram, after: &Diagram) -> Vec<String> {
    let words = Words { before, after };
    let mut said: Vec<String> = Vec::new();
    for change in &changes.changes {
        if let Some(text) = words.of(change)
            && !said.contains(&text)
        {
            said.push(text);
        }
    }
    // What goes along with a column is not written out, and yet happens.
    let mut told = BTreeSet::new();
    for change in &changes.changes {
        match change {
            Change::DeleteRef { id } => {
                told.insert(*id);
            }
            Change::DeleteColumn { table, id } => {
                for reference in before.refs_of(*table).filter(|it| it.mentions(*table, *id)) {
                    if after.reference(reference.id).is_none() && told.insert(reference.id) {
                        said.push(format!("foreign key {} dropped", words.reference(reference.id)));
                    }
                }
            }
            _ => {}
        }
    }
    said
}

struct Words<'a> {
    before: &'a Diagram,
    after: &'a Diagram,
}

fn table_of(change: &Change) -> Option<TableId> {
    match change {
        Change::CreateTable { table } => Some(table.id),
        Change::UpdateTable { id, .. } | Change::DeleteTable { id } => Some(*id),
        Change::CreateRef { reference } => {
            Some(reference.table(reference.referencing_side().unwrap_or(Side::From)))
        }
        Change::DismissSuggestion { dismissal } => Some(dismissal.from),
        other => other.owner_table(),
    }
}

fn label_of(table: &Table) -> String {
    match &table.schema {
        Some(schema) => format!("{schema}.{}", table.name),
        None => table.name.to_string(),
    }
}

impl Words<'_> {
    fn of(&self, change: &Change) -> Option<String> {
        Some(match change {
            Change::CreateTable { .. } => "table added".to_owned(),
            Change::UpdateTable { id, patch } => return self.table(*id, patch),
            Change::DeleteTable { .. } => "table deleted".to_owned(),
            Change::CreateColumn { column, .. } => format!("column {} added", column.name),
            Change::UpdateColumn { table, id, patch } => {
                let name = self.column(self.before, *table, *id);
                match &patch.name {
                    Some(new) => format!("column {name} renamed to {new}"),
                    None => {
                        let fields = named(change, |field| match field {
                            "ty" => "type",
                            "notNull" => "null",
                            other => other,
                        });
                        format!("{fields} of column {name} changed")
                    }
                }
            }
            Change::MoveColumn { table, id, .. } => {
                format!("column {} moved", self.column(self.after, *table, *id))
            }
            Change::DeleteColumn { table, id } => {
                format!("column {} dropped", self.column(self.before, *table, *id))
            }
            Change::CreateIndex { table, index, .. } => {
                format!("index on {} added", self.columns(*table, index.columns()))
            }
            Change::UpdateIndex { table, id, .. } => {
                format!("index on {} changed", self.index(self.after, *table, *id))
            }
            Change::MoveIndex { table, id, .. } => {
                format!("index on {} moved", self.index(self.after, *table, *id))
            }
            Change::DeleteIndex { table, id } => {
                format!("index on {} dropped", self.index(self.before, *table, *id))
            }
            Change::CreateCheck { check, .. } => format!("check {} added", check.expr),
            Change::UpdateCheck { table, id, .. } => {
                format!("check {} changed", self.check(self.after, *table, *id))
            }
            Change::MoveCheck { table, id, .. } => {
                format!("check {} moved", self.check(self.after, *table, *id))
            }
            Change::DeleteCheck { table, id } => {
                format!("check {} dropped", self.check(self.before, *table, *id))
            }
            Change::CreateRef { reference } => {
                format!("foreign key {} added", self.reference(reference.id))
            }
            Change::UpdateRef { id, .. } => {
                format!("foreign key {} changed", self.reference(*id))
            }
            Change::DeleteRef { id } => format!("foreign key {} dropped", self.reference(*id)),
            Change::DismissSuggestion { dismissal } => {
                format!("suggestion for {} dismissed", self.dismissed(dismissal))
            }
            Change::RestoreSuggestion { id } => {
                let dismissal = self.before.dismissal(*id)?;
                format!("dismissed suggestion for {} taken back", self.dismissed(dismissal))
            }
            _ => return None,
        })
    }

    fn table(&self, id: TableId, patch: &TablePatch) -> Option<String> {
        if let Some(name) = &patch.name {
            let old = self.before.table(id).map_or_else(String::new, |it| it.name.to_string());
            return Some(format!("table {old} renamed to {name}"));
        }
        let rest = TablePatch { position: None, ..patch.clone() };
        let change = Change::UpdateTable { id, patch: rest };
        let fields = named(&change, |field| match field {
            "headerColor" => "colour",
            "primaryKey" => "primary key",
            "records" => "sample rows",
            other => other,
        });
        (!fields.is_empty()).then(|| format!("{fields} of the table changed"))
    }

    fn column(&self, diagram: &Diagram, table: TableId, id: ColumnId) -> String {
        let column = diagram.table(table).and_then(|it| it.column(id));
        column.map_or_else(String::new, |it| it.name.to_string())
    }

    /// The names of columns, whichever diagram has them.
    fn columns(&self, table: TableId, ids: impl Iterator<Item = ColumnId>) -> String {
        let name = |id| {
            let name = self.column(self.after, table, id);
            if name.is_empty() { self.column(self.before, table, id) } else { name }
        };
        ids.map(name).collect::<Vec<_>>().join(", ")
    }

    fn dismissed(&self, dismissal: &Dismissal) -> String {
        self.columns(dismissal.from, dismissal.columns.iter().map(|it| it.0))
    }

    fn index(&self, diagram: &Diagram, table: TableId, id: crate::IndexId) -> String {
        let index = diagram.table(table).and_then(|it| it.index(id));
        index.map_or_else(String::new, |it| self.columns(table, it.columns()))
    }

    fn check(&self, diagram: &Diagram, table: TableId, id: crate::CheckId) -> String {
        let check = diagram.table(table).and_then(|it| it.check(id));
        check.map_or_else(String::new, |it| it.expr.clone())
    }

    /// `user_id > users.id`, read from the side that holds the key.
    fn reference(&self, id: RefId) -> String {
        let known = self.after.reference(id).or_else(|| self.before.reference(id));
        let Some(reference) = known else { return String::new() };
        let side = reference.referencing_side().unwrap_or(Side::From);
        let own = self.columns(reference.table(side), reference.side_columns(side).into_iter());
        let other = reference.table(side.other());
        let columns = self.columns(other, reference.side_columns(side.other()).into_iter());
        let table = self.after.table(other).or_else(|| self.before.table(other));
        let symbol = match reference.cardinality {
            Cardinality::OneToMany => Cardinality::ManyToOne.symbol(),
            other => other.symbol(),
        };
        let mut text = format!("{own} {symbol} {}", table.map_or_else(String::new, label_of));
        let _ = match reference.columns.len() {
            1 => write!(text, ".{columns}"),
            _ => write!(text, ".({columns})"),
        };
        text
    }
}

/// The fields of an update in words: `type, default`.
fn named(change: &Change, word: impl Fn(&str) -> &str) -> String {
    let fields = change.patch_json();
    fields.keys().map(|it| word(it)).collect::<Vec<_>>().join(", ")
}
