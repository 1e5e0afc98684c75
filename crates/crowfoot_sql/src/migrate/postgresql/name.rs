//! The names that constraints, indexes and sequences have in PostgreSQL, given or not.
//!
//! What the script leaves without a name gets one by PostgreSQL's own rules: parts joined by
//! underscores, cut to 63 bytes at the longer part, with a number when the name is taken.

use crowfoot_schema::{CheckId, ColumnId, Diagram, IndexId, IndexTarget, RefId, TableId};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::{
    super::{expression::mentions, shape::Target},
    merge::{Merged, merged},
};
use crate::print::{index::IndexForm, plan::TablePlan};

/// The bytes that a name has room for.
const ROOM: usize = 63;

/// A name, and whether PostgreSQL made it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) text: SmolStr,
    pub(super) is_made_up: bool,
}

/// All names of a database that our export made.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub(super) primary_keys: FxHashMap<TableId, Name>,
    pub(super) indexes: FxHashMap<IndexId, Name>,
    pub(super) checks: FxHashMap<CheckId, Name>,
    pub(super) foreign_keys: FxHashMap<RefId, Name>,
    /// Of the columns that count up.
    pub(super) sequences: FxHashMap<ColumnId, Name>,
    relations: FxHashSet<(SmolStr, SmolStr)>,
    constraints: FxHashSet<(SmolStr, SmolStr)>,
}

impl Names {
    /// The names that follow when the script of that target runs.
    pub(super) fn of(target: &Target<'_>, diagram: &Diagram) -> Self {
        let mut names = Self::default();
        let plans: Vec<&TablePlan<'_>> =
            target.ids().into_iter().filter_map(|id| target.table_plan(id)).collect();
        for plan in &plans {
            names.relations.insert((schema(plan), clip(&plan.plain_name)));
        }
        for plan in &plans {
            let merged = merged(target, plan);
            names.given(plan, &merged);
            // What is left out has lent its name at the most.
            for id in &merged.gone {
                names.indexes.insert(*id, given(""));
            }
        }
        for plan in plans {
            names.table(target, diagram, plan);
        }
        names
    }

    /// The tables of the newer diagram in which something is called otherwise than in the older
    /// one, even if only since names that PostgreSQL makes up depend on each other.
    pub(super) fn other_than(&self, older: &Self, after: &Diagram) -> Vec<TableId> {
        let mut found = Vec::new();
        for table in after.tables() {
            let is_other = is_other(&self.primary_keys, &older.primary_keys, table.id)
                || table.indexes.iter().any(|it| is_other(&self.indexes, &older.indexes, it.id))
                || table.checks.iter().any(|it| is_other(&self.checks, &older.checks, it.id))
                || table
                    .columns
                    .iter()
                    .any(|it| is_other(&self.sequences, &older.sequences, it.id));
            if is_other {
                found.push(table.id);
            }
        }
        for reference in after.refs() {
            if is_other(&self.foreign_keys, &older.foreign_keys, reference.id) {
                found.extend([reference.from, reference.to]);
            }
        }
        found
    }

    /// Whether a table, an index or a sequence has the name.
    pub(super) fn has_relation(&self, schema: &SmolStr, name: &SmolStr) -> bool {
        self.relations.contains(&(schema.clone(), name.clone()))
    }

    /// Sets aside the names that the diagram gives.
    fn given(&mut self, plan: &TablePlan<'_>, merged: &Merged) {
        let schema = schema(plan);
        let primary = plan.primary_key_name.as_ref().or(merged.primary_name.as_ref());
        if let Some(name) = primary {
            self.give_relation(&schema, name);
            self.primary_keys.insert(plan.table.id, given(name));
        }
        for (index, name) in plan.table.indexes.iter().zip(&plan.index_names) {
            let lent = merged.names.iter().find(|it| it.0 == index.id).map(|it| &it.1);
            if let Some(name) = name.as_ref().or(lent) {
                self.give_relation(&schema, name);
                self.indexes.insert(index.id, given(name));
            }
        }
        for (check, name) in plan.table.checks.iter().zip(&plan.check_names) {
            if let Some(name) = name {
                self.constraints.insert((schema.clone(), clip(name)));
                self.checks.insert(check.id, given(name));
            }
        }
        for key in &plan.keys {
            if let Some(name) = &key.name {
                self.constraints.insert((schema.clone(), clip(name)));
                self.foreign_keys.insert(key.reference.id, given(name));
            }
        }
    }

    fn give_relation(&mut self, schema: &SmolStr, name: &str) {
        self.relations.insert((schema.clone(), clip(name)));
        self.constraints.insert((schema.clone(), clip(name)));
    }

    /// Makes up names in the order in which PostgreSQL does.
    fn table(&mut self, target: &Target<'_>, diagram: &Diagram, plan: &TablePlan<'_>) {
        let schema = schema(plan);
        let (table, owner) = (plan.table, &plan.plain_name);
        for column in &table.columns {
            if target.printer.is_counting(column) {
                let name = self.relation(&schema, owner, &column.name, "seq", false);
                self.sequences.insert(column.id, name);
            }
        }
        let source = diagram.settings().dialect;
        for (check, name) in table.checks.iter().zip(&plan.check_names) {
            if name.is_some() {
                continue;
            }
            let mut mentioned =
                table.columns.iter().filter(|it| mentions(source, &check.expr, &it.name));
            let column = match (mentioned.next(), mentioned.next()) {
                (Some(column), None) => column.name.as_str(),
                _ => "",
            };
            let name = self.constraint(&schema, owner, column, "check");
            self.checks.insert(check.id, name);
        }
        if table.primary_key.is_some() && !self.primary_keys.contains_key(&table.id) {
            let name = self.relation(&schema, owner, "", "pkey", true);
            self.primary_keys.insert(table.id, name);
        }
        let forms = [IndexForm::AtColumn, IndexForm::InTable, IndexForm::Statement];
        for form in forms {
            for (at, index) in table.indexes.iter().enumerate() {
                let has_name = self.indexes.contains_key(&index.id);
                if has_name || target.printer.index_form(plan, at) != form {
                    continue;
                }
                let is_constraint = form != IndexForm::Statement;
                let label = if is_constraint { "key" } else { "idx" };
                let named = |id: ColumnId| {
                    table.column(id).map_or_else(String::new, |it| it.name.to_string())
                };
                let parts = index.parts.iter().map(|part| match &part.target {
                    IndexTarget::Column(id) => named(*id),
                    IndexTarget::Expr(expr) => name_of_expression(expr),
                });
                let parts: Vec<String> =
                    parts.chain(index.include.iter().map(|it| named(*it))).collect();
                let middle = numbered(parts).join("_");
                let name = self.relation(&schema, owner, &middle, label, is_constraint);
                self.indexes.insert(index.id, name);
            }
        }
        for key in &plan.keys {
            if key.name.is_none() {
                let columns: Vec<&str> = key
                    .pairs
                    .iter()
                    .filter_map(|it| table.column(it.0))
                    .map(|it| it.name.as_str())
                    .collect();
                let name = self.constraint(&schema, owner, &columns.join("_"), "fkey");
                self.foreign_keys.insert(key.reference.id, name);
            }
        }
    }

    fn relation(
        &mut self,
        schema: &SmolStr,
        first: &str,
        second: &str,
        label: &str,
        is_constraint: bool,
    ) -> Name {
        let text = free(first, second, label, |name| {
            let key = (schema.clone(), SmolStr::new(name));
            let is_taken =
                self.relations.contains(&key) || (is_constraint && self.constraints.contains(&key));
            !is_taken
        });
        self.relations.insert((schema.clone(), text.clone()));
        if is_constraint {
            self.constraints.insert((schema.clone(), text.clone()));
        }
        Name { text, is_made_up: true }
    }

    fn constraint(&mut self, schema: &SmolStr, first: &str, second: &str, label: &str) -> Name {
        let text = free(first, second, label, |name| {
            !self.constraints.contains(&(schema.clone(), SmolStr::new(name)))
        });
        self.constraints.insert((schema.clone(), text.clone()));
        Name { text, is_made_up: true }
    }
}

fn is_other<Id: Eq + std::hash::Hash>(
    new: &FxHashMap<Id, Name>,
    old: &FxHashMap<Id, Name>,
    id: Id,
) -> bool {
    match (old.get(&id), new.get(&id)) {
        (Some(old), Some(new)) => old.text != new.text,
        _ => false,
    }
}

fn given(name: &str) -> Name {
    Name { text: clip(name), is_made_up: false }
}

fn schema(plan: &TablePlan<'_>) -> SmolStr {
    plan.table.schema.clone().unwrap_or_else(|| SmolStr::new_static("public"))
}

/// The name as PostgreSQL keeps it.
pub(super) fn clip(name: &str) -> SmolStr {
    SmolStr::new(&name[..boundary(name, ROOM)])
}

/// The end of the longest start of at most that many bytes.
fn boundary(text: &str, most: usize) -> usize {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

fn free(first: &str, second: &str, label: &str, is_free: impl Fn(&str) -> bool) -> SmolStr {
    let wanted = join(first, second, label);
    if is_free(&wanted) {
        return wanted.into();
    }
    (1_u32..)
        .map(|n| join(first, second, &format!("{label}{n}")))
        .find(|it| is_free(it))
        .unwrap_or(wanted)
        .into()
}

fn join(first: &str, second: &str, label: &str) -> String {
    let n_joints = if second.is_empty() { 1 } else { 2 };
    let room = ROOM - label.len() - n_joints;
    let (mut first_room, mut second_room) = (first.len(), second.len());
    while first_room + second_room > room {
        if first_room > second_room {
            first_room -= 1;
        } else {
            second_room -= 1;
        }
    }
    let first = &first[..boundary(first, first_room)];
    let second = &second[..boundary(second, second_room)];
    if second.is_empty() { format!("{first}_{label}") } else { format!("{first}_{second}_{label}") }
}

/// What PostgreSQL calls a part of an index that is an expression: by its function.
fn name_of_expression(expr: &str) -> String {
    let word: String =
        expr.trim().chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
    let rest = expr.trim()[word.len()..].trim_start();
    let is_whole_call = rest.starts_with('(') && closes_at_end(rest);
    if is_whole_call && !word.is_empty() { word.to_lowercase() } else { "expr".to_owned() }
}

fn closes_at_end(text: &str) -> bool {
    let mut depth = 0_i32;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1 == text.len();
                }
            }
            _ => {}
        }
    }
    false
}

/// The names with a number behind those that came before.
fn numbered(parts: Vec<String>) -> Vec<String> {
    let mut done: Vec<String> = Vec::with_capacity(parts.len());
    for part in parts {
        let mut name = part.clone();
        for n in 1_u32.. {
            if !done.contains(&name) {
                break;
            }
            name = format!("{part}{n}");
        }
        done.push(name);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::{join, name_of_expression, numbered};

    #[test]
    fn the_longer_part_is_cut() {
        assert_eq!(join("users", "", "pkey"), "users_pkey");
        assert_eq!(join("users", "email", "key"), "users_email_key");
        let name = join(&"a".repeat(60), "email", "fkey");
        assert_eq!(name, format!("{}_email_fkey", "a".repeat(52)));
        assert_eq!(join(&"a".repeat(60), &"b".repeat(60), "idx").len(), 63);
    }

    #[test]
    fn expressions_are_called_after_their_function() {
        assert_eq!(name_of_expression("lower(email)"), "lower");
        assert_eq!(name_of_expression("lower(a) || lower(b)"), "expr");
        assert_eq!(name_of_expression("a + b"), "expr");
        assert_eq!(numbered(vec!["a".into(), "a".into(), "b".into()]), ["a", "a1", "b"]);
    }
}
