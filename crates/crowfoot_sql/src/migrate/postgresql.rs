//! From one PostgreSQL database to another: one transaction.
//!
//! Foreign keys go first and come last; constraints, indexes, tables and columns that go, go before
//! anything is renamed, so that their names are free; then types, columns, new tables and keys.

mod column;
mod constraint;
mod enumeration;
mod merge;
mod name;
mod relation;

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crowfoot_schema::{
    CheckId, ColumnId, Diagram, EntityId, EnumId, IndexId, Printed, RefId, TableId,
};

use super::{
    risk::Notices,
    script::{Clauses, Script, printed},
    shape::{TableShape, Target},
    survivor::{Constraints, survivors},
    touched::{Touched, touched},
};
use crate::{
    Dialect,
    dialect::{Rules, rules},
    print::junction,
};

use name::Names;

/// Everything that is to be done, by the part of the script that does it.
#[derive(Default)]
struct Steps {
    /// Cannot be part of the transaction.
    before: Vec<String>,
    /// Schemas, extensions.
    first: Vec<String>,
    drop_foreign_keys: Clauses,
    drop_constraints: Clauses,
    drop_indexes: Vec<String>,
    drop_tables: Vec<String>,
    drop_columns: Clauses,
    moves: Vec<String>,
    renames: Vec<String>,
    enums: Vec<String>,
    /// Takes away what stands in the way of altering columns.
    loosen: Clauses,
    alter: Clauses,
    /// What belongs to altered columns: sequences, defaults.
    counters: Vec<String>,
    settle: Clauses,
    /// Lets counters go on where the rows end.
    resume: Vec<String>,
    add_constraints: Clauses,
    add_indexes: Vec<String>,
    create: Vec<String>,
    add_foreign_keys: Clauses,
    attach: Vec<String>,
    comments: Vec<String>,
    last: Vec<String>,
}

/// The two databases, table by table.
struct Planner<'a> {
    rules: &'static Rules,
    before: &'a Diagram,
    after: &'a Diagram,
    touched: Touched,
    was: BTreeMap<TableId, Rc<TableShape>>,
    /// What was, under the new names.
    mid: BTreeMap<TableId, Rc<TableShape>>,
    is: BTreeMap<TableId, Rc<TableShape>>,
    old_names: Names,
    new_names: Names,
    steps: Steps,
    notices: Notices,
    /// Columns that are dropped and added again under the same id.
    remade: BTreeSet<ColumnId>,
    /// Enums whose type is made anew.
    rebuilt: BTreeSet<EnumId>,
    /// Columns whose type changes.
    retyped: BTreeSet<ColumnId>,
    /// Primary keys and indexes that do not stay as they are.
    broken_keys: BTreeSet<TableId>,
    broken_indexes: BTreeSet<IndexId>,
    broken_checks: BTreeSet<CheckId>,
    /// Foreign keys that do not stay as they are.
    broken_refs: BTreeSet<RefId>,
}

/// Plans the way from one diagram to the other.
pub(super) fn plan(before: &Diagram, after: &Diagram) -> Printed {
    let renamed = survivors(before, after, Constraints::Renamed);
    let ((before, told_before), (renamed, _), (after, told_after)) =
        (junction::expand(before), junction::expand(&renamed), junction::expand(after));
    let dialect = Dialect::PostgreSql;
    let mut was = Target::new(dialect, &before, told_before);
    let mut mid = Target::new(dialect, &renamed, Vec::new());
    let mut is = Target::new(dialect, &after, told_after);
    let mut touched = touched(&was, &is);
    let (old_names, new_names) = (Names::of(&was, &before), Names::of(&is, &after));
    touched.tables.extend(new_names.other_than(&old_names, &after));
    let mut planner = Planner {
        rules: rules(dialect),
        before: &before,
        after: &after,
        old_names,
        new_names,
        was: shapes(&mut was, &touched),
        mid: shapes(&mut mid, &touched),
        is: shapes(&mut is, &touched),
        touched,
        steps: Steps::default(),
        notices: Notices::default(),
        remade: BTreeSet::new(),
        rebuilt: BTreeSet::new(),
        retyped: BTreeSet::new(),
        broken_keys: BTreeSet::new(),
        broken_indexes: BTreeSet::new(),
        broken_checks: BTreeSet::new(),
        broken_refs: BTreeSet::new(),
    };
    planner.surroundings(&mut was, &mut is);
    planner.enums(&mut was, &mut is);
    planner.columns();
    planner.constraints();
    planner.tables(&was, &mut is);
    planner.renames(&was, &is);
    planner.comments(&mut is);

    let Planner { steps, mut notices, .. } = planner;
    notices.printed(&was.printer.notices, &is.printer.notices);
    printed(dialect, steps.script(), notices.into_list())
}

fn shapes(target: &mut Target<'_>, touched: &Touched) -> BTreeMap<TableId, Rc<TableShape>> {
    touched
        .tables
        .iter()
        .filter_map(|&id| {
            let mut shape = target.shape(id)?;
            let merged = merge::merged(target, target.table_plan(id)?);
            shape.indexes.retain(|it| !merged.gone.contains(&it.id));
            Some((id, Rc::new(shape)))
        })
        .collect()
}

impl Steps {
    /// The script; none if there is nothing to do.
    fn script(self) -> Option<String> {
        let mut work = Script::default();
        for statement in self.first {
            work.next(&statement);
        }
        work.alter(self.drop_foreign_keys);
        work.alter(self.drop_constraints);
        work.group(self.drop_indexes);
        work.group(self.drop_tables);
        work.alter(self.drop_columns);
        work.group(self.renames);
        for statement in self.enums {
            work.statement(&statement);
        }
        work.alter(self.loosen);
        work.alter(self.alter);
        for statement in self.counters {
            work.statement(&statement);
        }
        work.alter(self.settle);
        work.group(self.resume);
        work.alter(self.add_constraints);
        work.group(self.add_indexes);
        for text in self.create {
            work.printed(&text);
        }
        work.alter(self.add_foreign_keys);
        for text in self.attach {
            work.printed(&text);
        }
        work.group(self.comments);
        work.group(self.last);
        if work.is_empty() && self.before.is_empty() {
            return None;
        }

        let mut script = Script::default();
        if !self.before.is_empty() {
            script.remark("A new value of an enum can be used only when it is committed.");
            for statement in self.before {
                script.next(&statement);
            }
        }
        if !work.is_empty() {
            script.statement("BEGIN");
            script.printed(&work.into_text());
            script.statement("COMMIT");
        }
        Some(script.into_text())
    }
}

/// A table that was and is: as it was, the same under its new names, and as it is.
#[derive(Clone)]
struct Pair {
    was: Rc<TableShape>,
    mid: Rc<TableShape>,
    is: Rc<TableShape>,
}

impl Planner<'_> {
    /// The tables that stay.
    fn pairs(&self) -> Vec<Pair> {
        self.is
            .iter()
            .filter_map(|(id, is)| {
                let (was, mid) = (self.was.get(id)?, self.mid.get(id)?);
                Some(Pair { was: Rc::clone(was), mid: Rc::clone(mid), is: Rc::clone(is) })
            })
            .collect()
    }

    /// A name in a schema as scripts write it.
    fn qualified(&self, schema: Option<&str>, name: &str) -> String {
        let name = self.rules.name_of(name);
        match schema {
            Some(schema) => format!("{}.{name}", self.rules.name_of(schema)),
            None => name,
        }
    }

    fn name(&self, name: &str) -> String {
        self.rules.name_of(name)
    }

    /// What must be there before anything else, and schemas that are left behind.
    fn surroundings(&mut self, was: &mut Target<'_>, is: &mut Target<'_>) {
        let lines = |target: &mut Target<'_>| {
            let Target { printer, plan, .. } = target;
            let text = printer.captured(|it| {
                it.extensions(plan);
                it.schemas(plan);
                it.sequences();
            });
            let lines = text.lines().filter(|it| !it.is_empty());
            lines.map(|it| it.trim_end_matches(';').to_owned()).collect::<Vec<_>>()
        };
        let (old, new) = (lines(was), lines(is));
        for line in &old {
            if let (Some(schema), false) =
                (line.strip_prefix("CREATE SCHEMA IF NOT EXISTS "), new.contains(line))
            {
                let message =
                    format!("schema `{schema}` is left behind: drop it when nothing else is in it");
                self.notices.tell("sql/schema-left", EntityId::Settings, message);
            }
        }
        self.steps.first = new.into_iter().filter(|it| !old.contains(it)).collect();

        let types = |target: &mut Target<'_>| {
            let text = target.printer.captured(|it| it.user_types());
            text.split(";\n").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
        };
        let (old, new): (Vec<String>, Vec<String>) = (types(was), types(is));
        for definition in old.iter().filter(|it| !new.contains(it)) {
            let start = definition.split(" AS ").next().unwrap_or(definition);
            let message = format!("the type of `{start}` is left as it is");
            self.notices.tell("sql/type-left", EntityId::Settings, message);
        }
        self.steps.enums.extend(new.into_iter().filter(|it| !old.contains(it)));
    }
}
