//! From one SQLite database to another.
//!
//! SQLite renames tables and columns, adds plain columns at the end and drops columns that nothing
//! uses. For all else a table is made anew under another name, filled from the old one, and takes
//! its place, as SQLite's own documentation advises. Foreign keys are not enforced meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use crowfoot_schema::{ColumnId, Diagram, EntityId, EnumId, Printed, TableId};
use smol_str::SmolStr;

use super::{
    rename::{Rename, in_order},
    risk::Notices,
    script::{Script, printed},
    shape::{ColumnShape, IndexShape, TableShape, Target},
    survivor::{Constraints, renamed_values, survivors},
    touched::touched,
};
use crate::{
    Dialect,
    dialect::{Rules, rules},
    print::{body::Body, junction},
};

/// A table as CREATE TABLE says it, in the parts that can be altered by themselves.
struct Parts {
    shape: TableShape,
    columns: Vec<(ColumnId, String)>,
    /// Constraints and options.
    rest: String,
    /// All of it, behind the name.
    body: String,
}

/// Everything that is to be done, by the part of the script that does it.
#[derive(Default)]
struct Steps {
    drop_indexes: Vec<String>,
    drop_tables: Vec<String>,
    renames: Vec<String>,
    create: Vec<String>,
    alter: Vec<String>,
    rebuild: Vec<Vec<String>>,
    add_indexes: Vec<String>,
}

struct Planner {
    rules: &'static Rules,
    /// Enum values with other names.
    values: BTreeMap<EnumId, Vec<(SmolStr, SmolStr)>>,
    /// What tables are called before and after, in small letters.
    taken: BTreeSet<String>,
    steps: Steps,
    notices: Notices,
}

/// Plans the way from one diagram to the other.
pub(super) fn plan(before: &Diagram, after: &Diagram) -> Printed {
    let dialect = Dialect::Sqlite;
    let values = renamed_values(before, after);
    let renamed = survivors(before, after, Constraints::Kept);
    let ((before, told_before), (renamed, _), (after, told_after)) =
        (junction::expand(before), junction::expand(&renamed), junction::expand(after));
    let mut was = Target::new(dialect, &before, told_before);
    let mut mid = Target::new(dialect, &renamed, Vec::new());
    let mut is = Target::new(dialect, &after, told_after);
    let taken =
        was.plan.tables.iter().chain(&is.plan.tables).map(|it| it.plain_name.to_lowercase());
    let mut planner = Planner {
        rules: rules(dialect),
        values,
        taken: taken.collect(),
        steps: Steps::default(),
        notices: Notices::default(),
    };

    let touched = touched(&was, &is).tables;
    let mut renames = Vec::new();
    for id in was.ids().into_iter().rev().filter(|it| touched.contains(it)) {
        let Some(old) = was.shape(id) else { continue };
        match is.shape(id) {
            Some(new) => renames.push(Rename { thing: (), from: old.name, to: new.name }),
            None => {
                planner.steps.drop_tables.push(format!("DROP TABLE {}", old.written));
                let message = format!("table `{}` goes with its data", old.label);
                planner.notices.lost(EntityId::Table(id), message);
            }
        }
    }
    for step in in_order(dialect, renames) {
        let (from, to) = (planner.name(&step.from), planner.name(&step.to));
        planner.steps.renames.push(format!("ALTER TABLE {from} RENAME TO {to}"));
    }
    for id in is.ids().into_iter().filter(|it| touched.contains(it)) {
        if was.table_plan(id).is_none() {
            planner.create(&mut is, id);
            continue;
        }
        let (Some(old), Some(mid), Some(new)) =
            (was.shape(id), parts(&mut mid, id), parts(&mut is, id))
        else {
            continue;
        };
        planner.table(&old, &mid, &new);
    }

    let Planner { steps, mut notices, .. } = planner;
    notices.printed(&was.printer.notices, &is.printer.notices);
    printed(dialect, steps.script(), notices.into_list())
}

fn parts(target: &mut Target<'_>, id: TableId) -> Option<Parts> {
    let shape = target.shape(id)?;
    let Target { printer, plan, .. } = target;
    let table = plan.tables.iter().find(|it| it.table.id == id)?;
    let body = printer.captured(|it| {
        it.table_body(plan, table);
        it.table_options(table);
    });
    printer.has_remarks = false;
    let columns = (0..table.columns.len())
        .map(|at| {
            let text = printer.captured(|it| it.column(table, at, &mut Body::default()));
            (table.table.columns[at].id, text)
        })
        .collect();
    let rest = printer.captured(|it| {
        it.table_constraints(plan, table, &mut Body::default());
        it.table_options(table);
    });
    printer.has_remarks = true;
    Some(Parts { shape, columns, rest, body })
}

impl Steps {
    /// The script; none if there is nothing to do.
    fn script(self) -> Option<String> {
        let is_unchecked = !self.rebuild.is_empty() || !self.drop_tables.is_empty();
        let mut work = Script::default();
        work.group(self.drop_indexes);
        work.group(self.drop_tables);
        work.group(self.renames);
        for text in self.create {
            work.printed(&text);
        }
        work.group(self.alter);
        for statements in self.rebuild {
            for statement in statements {
                work.statement(&statement);
            }
        }
        work.group(self.add_indexes);
        if work.is_empty() {
            return None;
        }

        let mut script = Script::default();
        if is_unchecked {
            script.remark("Foreign keys are not enforced while tables are made anew.");
            script.next("PRAGMA foreign_keys = OFF");
        }
        script.statement("BEGIN");
        script.printed(&work.into_text());
        if is_unchecked {
            script.remark("Rows that refer to nothing are listed here.");
            script.next("PRAGMA foreign_key_check");
        }
        script.statement("COMMIT");
        if is_unchecked {
            script.statement("PRAGMA foreign_keys = ON");
        }
        Some(script.into_text())
    }
}

impl Planner {
    fn name(&self, name: &str) -> String {
        self.rules.name_of(name)
    }

    fn create(&mut self, is: &mut Target<'_>, id: TableId) {
        let Target { printer, plan, .. } = is;
        let Some(table) = plan.tables.iter().find(|it| it.table.id == id) else { return };
        let text = printer.captured(|it| {
            it.table(plan, table);
            it.indexes(plan, table);
        });
        self.steps.create.push(text);
    }

    fn table(&mut self, was: &TableShape, mid: &Parts, is: &Parts) {
        let table = &is.shape.written;
        let renames = was
            .columns
            .iter()
            .filter_map(|it| {
                let to = is.shape.column(it.id)?.name.clone();
                Some(Rename { thing: (), from: it.name.clone(), to })
            })
            .collect();
        for step in in_order(Dialect::Sqlite, renames) {
            let (from, to) = (self.name(&step.from), self.name(&step.to));
            self.steps.renames.push(format!("ALTER TABLE {table} RENAME COLUMN {from} TO {to}"));
        }
        self.tell_losses(was, &is.shape);

        let has_changed = mid.columns != is.columns || mid.rest != is.rest;
        let is_direct = has_changed && self.alter(mid, is);
        if has_changed && !is_direct {
            self.rebuild(mid, is);
        }
        self.indexes(was, mid, is, has_changed && !is_direct);
    }

    /// Alters the table in place; says whether that can be done.
    fn alter(&mut self, mid: &Parts, is: &Parts) -> bool {
        let stays: Vec<&(ColumnId, String)> =
            mid.columns.iter().filter(|it| is.shape.column(it.0).is_some()).collect();
        let is_start = stays.len() <= is.columns.len()
            && stays.iter().zip(&is.columns).all(|(old, new)| **old == *new);
        let added = &is.columns[stays.len().min(is.columns.len())..];
        let can_add = added.iter().all(|(id, text)| {
            is.shape.column(*id).is_some_and(|it| can_be_added(&is.shape, it, text))
        });
        let dropped: Vec<&ColumnShape> =
            mid.shape.columns.iter().filter(|it| is.shape.column(it.id).is_none()).collect();
        let can_drop = dropped.iter().all(|it| can_be_dropped(&mid.shape, it));
        if !is_start || mid.rest != is.rest || !can_add || !can_drop || stays.is_empty() {
            return false;
        }
        let table = &is.shape.written;
        for column in dropped {
            let name = self.name(&column.name);
            self.steps.alter.push(format!("ALTER TABLE {table} DROP COLUMN {name}"));
        }
        for (_, text) in added {
            self.steps.alter.push(format!("ALTER TABLE {table} ADD COLUMN {text}"));
        }
        true
    }

    /// Makes the table anew under another name, fills it and lets it take the place of the old one.
    fn rebuild(&mut self, mid: &Parts, is: &Parts) {
        let table = &is.shape.written;
        let aside = std::iter::once("_new".to_owned())
            .chain((2_u32..).map(|n| format!("_new{n}")))
            .map(|it| format!("{}{it}", is.shape.name))
            .find(|it| !self.taken.contains(&it.to_lowercase()))
            .unwrap_or_default();
        let aside = self.name(&aside);
        let mut steps = vec![format!("CREATE TABLE {aside}{}", is.body)];
        let kept = is.shape.columns.iter().filter_map(|column| {
            let was = mid.shape.column(column.id).filter(|_| column.generated.is_none())?;
            let name = self.name(&column.name);
            let value = self.value(was, column).unwrap_or_else(|| name.clone());
            Some((name, value))
        });
        let (names, values): (Vec<String>, Vec<String>) = kept.unzip();
        if !names.is_empty() {
            let (names, values) = (names.join(", "), values.join(", "));
            steps.push(format!("INSERT INTO {aside} ({names})\nSELECT {values} FROM {table}"));
        }
        steps.push(format!("DROP TABLE {table}"));
        steps.push(format!("ALTER TABLE {aside} RENAME TO {table}"));
        self.steps.rebuild.push(steps);
    }

    /// What the new column takes from the old one, where values of its enum have other names.
    fn value(&self, was: &ColumnShape, is: &ColumnShape) -> Option<String> {
        let (id, dimensions) = is.of_enum.filter(|it| was.of_enum == Some(*it))?;
        let renames = self.values.get(&id).filter(|_| dimensions == 0)?;
        let name = self.name(&is.name);
        let text = |it: &str| self.rules.text_of(it);
        let cases: String =
            renames.iter().map(|(a, b)| format!(" WHEN {} THEN {}", text(a), text(b))).collect();
        Some(format!("CASE {name}{cases} ELSE {name} END"))
    }

    /// Indexes go before everything and come after everything.
    fn indexes(&mut self, was: &TableShape, mid: &Parts, is: &Parts, is_rebuilt: bool) {
        let statement = |it: &IndexShape| {
            let name = it.name.as_deref().unwrap_or_default();
            format!("{}{} {}", it.head, self.rules.name_of(name), it.tail)
        };
        let mut add = Vec::new();
        let mut kept = Vec::new();
        for index in is.shape.indexes.iter().filter(|it| !it.is_constraint) {
            let old = was.indexes.iter().find(|it| it.id == index.id && !it.is_constraint);
            let same = mid
                .shape
                .indexes
                .iter()
                .any(|it| it.id == index.id && it.head == index.head && it.tail == index.tail);
            let has_same_name = old.is_some_and(|it| it.name == index.name);
            if same && has_same_name && !is_rebuilt {
                kept.push(index.id);
            } else {
                add.push(statement(index));
            }
            if index.is_unique
                && !mid
                    .shape
                    .indexes
                    .iter()
                    .any(|it| it.id == index.id && it.is_unique && it.tail == index.tail)
            {
                let message = format!(
                    "{} is unique from now on: the script fails if rows agree in it",
                    index.label
                );
                self.notices.may_fail(EntityId::Index(index.id), message);
            }
        }
        for index in was.indexes.iter().filter(|it| !it.is_constraint) {
            if !kept.contains(&index.id) {
                let name = self.name(index.name.as_deref().unwrap_or_default());
                self.steps.drop_indexes.push(format!("DROP INDEX {name}"));
            }
        }
        self.steps.add_indexes.extend(add);
    }

    /// Tells which data go and where rows may not fit.
    fn tell_losses(&mut self, was: &TableShape, is: &TableShape) {
        for column in was.columns.iter().filter(|it| is.column(it.id).is_none()) {
            let message = format!("column `{}.{}` goes with its data", was.label, column.name);
            self.notices.lost(EntityId::Column(column.id), message);
        }
        for column in &is.columns {
            let old = was.column(column.id);
            let was_free = old.is_none_or(|it| !it.is_not_null);
            let is_filled = column.generated.is_some()
                || column.counter.is_some()
                || (old.is_none() && column.default.is_some());
            let is_key = is.primary_key.as_ref().is_some_and(|it| it.columns.contains(&column.id));
            if was_free && column.is_not_null && !is_filled && !is_key {
                let message = format!(
                    "column `{}.{}` must not be null: the script fails if a row has nothing there",
                    is.label, column.name
                );
                self.notices.may_fail(EntityId::Column(column.id), message);
            }
        }
        let old_key = was.primary_key.as_ref().map(|it| &it.columns);
        if let Some(key) = is.primary_key.as_ref().filter(|it| Some(&it.columns) != old_key) {
            let message = format!(
                "the primary key ({}) of table `{}` is new: the script fails if rows agree in it",
                is.column_names(&key.columns),
                is.label
            );
            self.notices.may_fail(is.entity(), message);
        }
        for index in is.indexes.iter().filter(|it| it.is_constraint) {
            if !was.indexes.iter().any(|it| it.is_unique && it.columns == index.columns) {
                let message = format!(
                    "{} is unique from now on: the script fails if rows agree in it",
                    index.label
                );
                self.notices.may_fail(EntityId::Index(index.id), message);
            }
        }
        for check in &is.checks {
            if !was.checks.iter().any(|it| it.id == check.id) {
                let message = format!(
                    "check `{}` of table `{}` is new: the script fails if a row does not pass",
                    check.expr, is.label
                );
                self.notices.may_fail(EntityId::Check(check.id), message);
            }
        }
        for key in &is.foreign_keys {
            if !was.foreign_keys.iter().any(|it| it.id == key.id && it.pairs == key.pairs) {
                let columns: Vec<ColumnId> = key.pairs.iter().map(|it| it.0).collect();
                let message = format!(
                    "the foreign key ({}) of table `{}` is new: rows that refer to nothing are \
                     listed, and stay",
                    is.column_names(&columns),
                    is.label
                );
                self.notices.may_fail(EntityId::Ref(key.id), message);
            }
        }
    }
}

/// Whether ALTER TABLE ADD COLUMN takes the column.
fn can_be_added(table: &TableShape, column: &ColumnShape, text: &str) -> bool {
    let is_key = table.primary_key.as_ref().is_some_and(|it| it.columns.contains(&column.id));
    let is_unique = table.indexes.iter().any(|it| it.is_constraint && it.columns == [column.id]);
    let is_constant = column
        .default
        .as_deref()
        .is_none_or(|it| !it.starts_with('(') && !it.to_ascii_uppercase().starts_with("CURRENT_"));
    let is_stored = column.generated.as_deref().is_some_and(|it| it.ends_with("STORED"));
    let is_empty = column.default.as_deref().is_none_or(|it| it.eq_ignore_ascii_case("null"));
    // A check is asked of the rows that are there.
    let is_checked = text.contains(" CHECK (");
    let must_be_filled = column.is_not_null && is_empty;
    let obstacles = [is_key, is_unique, !is_constant, is_stored, is_checked, must_be_filled];
    !obstacles.contains(&true)
}

/// Whether ALTER TABLE DROP COLUMN takes the column, once indexes that go have gone.
fn can_be_dropped(table: &TableShape, column: &ColumnShape) -> bool {
    let is_key = table.primary_key.as_ref().is_some_and(|it| it.columns.contains(&column.id));
    let is_unique =
        table.indexes.iter().any(|it| it.is_constraint && it.columns.contains(&column.id));
    let is_pointing =
        table.foreign_keys.iter().any(|it| it.pairs.iter().any(|pair| pair.0 == column.id));
    let is_stored = column.generated.as_deref().is_some_and(|it| it.ends_with("STORED"));
    !is_key && !is_unique && !is_pointing && !is_stored
}
