//! From one MySQL or MariaDB database to another.
//!
//! Each table is altered in one statement, since columns, keys and counting depend on each other.
//! Foreign keys and checks that are touched go before it and come back after it. MySQL commits each
//! statement by itself.

mod check;
mod column;
mod key;
mod table;

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crowfoot_schema::{
    CheckId, ColumnId, Diagram, EntityId, EnumId, IndexId, Printed, RefId, TableId,
};
use smol_str::SmolStr;

use super::{
    expression::mentions,
    rename::{Rename, in_order},
    risk::Notices,
    script::{Clauses, Script, printed},
    shape::{TableShape, Target},
    survivor::{Constraints, renamed_values, survivors},
    touched::{Touched, touched},
};
use crate::{
    Dialect,
    dialect::{Rules, rules},
    print::junction,
};

use key::{Key, Reason, RefName};

/// A table with its keys as the database knows them.
struct Side {
    shape: TableShape,
    keys: Vec<Key>,
    refs: Vec<RefName>,
    /// Columns with their notes, as MODIFY COLUMN takes them.
    columns: Vec<(ColumnId, String)>,
    /// Indexes with their names, as ADD takes them.
    indexes: Vec<(IndexId, String)>,
    /// The clauses of the table.
    options: Vec<String>,
}

/// A table that was and is: as it was, the same under its new names, and as it is.
#[derive(Clone)]
struct Pair {
    was: Rc<Side>,
    mid: Rc<Side>,
    is: Rc<Side>,
}

/// Everything that is to be done, by the part of the script that does it.
#[derive(Default)]
struct Steps {
    first: Vec<String>,
    drop_foreign_keys: Clauses,
    drop_tables: Vec<String>,
    drop_checks: Vec<String>,
    /// Computed columns that are made anew.
    drop_computed: Clauses,
    renames: Vec<String>,
    /// New names of enum values in the rows.
    values: Vec<String>,
    alter: Clauses,
    add_checks: Vec<String>,
    create: Vec<String>,
    add_foreign_keys: Clauses,
    late: Vec<String>,
}

struct Planner {
    rules: &'static Rules,
    source: Option<Dialect>,
    touched: Touched,
    was: BTreeMap<TableId, Rc<Side>>,
    mid: BTreeMap<TableId, Rc<Side>>,
    is: BTreeMap<TableId, Rc<Side>>,
    /// Enum values with other names.
    values: BTreeMap<EnumId, Vec<(SmolStr, SmolStr)>>,
    steps: Steps,
    notices: Notices,
    /// Columns that are dropped and added again under the same id.
    remade: BTreeSet<ColumnId>,
    /// Columns that foreign keys must let go of before they are altered.
    altered: BTreeSet<ColumnId>,
    broken_keys: BTreeSet<(TableId, Reason)>,
    broken_checks: BTreeSet<CheckId>,
    broken_refs: BTreeSet<RefId>,
}

/// Plans the way from one diagram to the other.
pub(super) fn plan(before: &Diagram, after: &Diagram) -> Printed {
    let values = renamed_values(before, after);
    let renamed = survivors(before, after, Constraints::Renamed);
    let ((before, told_before), (renamed, _), (after, told_after)) =
        (junction::expand(before), junction::expand(&renamed), junction::expand(after));
    let dialect = Dialect::MySql;
    let mut was = Target::new(dialect, &before, told_before);
    let mut mid = Target::new(dialect, &renamed, Vec::new());
    let mut is = Target::new(dialect, &after, told_after);
    let touched = touched(&was, &is);
    let mut planner = Planner {
        rules: rules(dialect),
        source: after.settings().dialect,
        was: sides(&mut was, &touched),
        mid: sides(&mut mid, &touched),
        is: sides(&mut is, &touched),
        touched,
        values,
        steps: Steps::default(),
        notices: Notices::default(),
        remade: BTreeSet::new(),
        altered: BTreeSet::new(),
        broken_keys: BTreeSet::new(),
        broken_checks: BTreeSet::new(),
        broken_refs: BTreeSet::new(),
    };
    planner.schemas(&mut was, &mut is);
    let pairs = planner.pairs();
    for pair in &pairs {
        planner.mark_columns(pair);
        planner.mark_checks(pair);
    }
    while pairs.iter().any(|it| planner.mark_keys(it)) {}
    planner.tables(&was, &mut is);
    for pair in &pairs {
        planner.foreign_keys(pair);
        planner.checks(pair);
        planner.alter(pair);
    }

    let Planner { steps, mut notices, .. } = planner;
    notices.printed(&was.printer.notices, &is.printer.notices);
    printed(dialect, steps.script(), notices.into_list())
}

fn sides(target: &mut Target<'_>, touched: &Touched) -> BTreeMap<TableId, Rc<Side>> {
    let ids = touched.tables.iter();
    ids.filter_map(|&id| Some((id, Rc::new(side(target, id)?)))).collect()
}

fn side(target: &mut Target<'_>, id: TableId) -> Option<Side> {
    let shape = target.shape(id)?;
    let plan = target.plan.tables.iter().find(|it| it.table.id == id)?;
    let keys = key::keys(target, plan, &shape);
    let refs = key::ref_names(target, plan);
    let printer = &mut target.printer;
    let n_told = printer.notices.len();
    let columns = (0..plan.table.columns.len())
        .map(|at| {
            let column = &plan.table.columns[at];
            let text = printer.captured(|it| {
                it.column_definition(plan, at);
                for check in shape.checks.iter().filter(|it| it.column == Some(column.id)) {
                    // MySQL keeps these with the table, where they have names.
                    if check.name.is_none() {
                        it.put(&format!(" /*M! {} */", check.definition));
                    }
                }
                it.mysql_column_comment(column);
            });
            (column.id, text)
        })
        .collect();
    let indexes = plan
        .table
        .indexes
        .iter()
        .filter(|index| shape.indexes.iter().any(|it| it.id == index.id))
        .map(|index| {
            let key = keys.iter().find(|it| it.reason == Reason::Index(index.id));
            let name = key.map(|it| it.name.clone());
            (index.id, printer.captured(|it| it.mysql_index(plan, index, name.as_ref())))
        })
        .collect();
    let mut options: Vec<String> =
        shape.options.iter().filter_map(crate::print::table::mysql_option).collect();
    if let Some(note) = &plan.table.note {
        let text = printer.captured(|it| {
            it.put("COMMENT=");
            let most = crate::print::comment::MYSQL_TABLE_COMMENT;
            it.mysql_comment(EntityId::Table(id), note, most);
        });
        options.push(text);
    }
    printer.notices.truncate(n_told);
    Some(Side { shape, keys, refs, columns, indexes, options })
}

impl Steps {
    /// The script; none if there is nothing to do.
    fn script(self) -> Option<String> {
        let mut work = Script::default();
        work.group(self.first);
        work.alter(self.drop_foreign_keys);
        work.group(self.drop_tables);
        work.group(self.drop_checks);
        work.alter(self.drop_computed);
        work.group(self.renames);
        work.group(self.values);
        work.alter(self.alter);
        work.group(self.add_checks);
        for text in self.create {
            work.printed(&text);
        }
        work.alter(self.add_foreign_keys);
        for text in self.late {
            work.printed(&text);
        }
        if work.is_empty() {
            return None;
        }
        let mut script = Script::default();
        script.remark("MySQL commits each statement: where one fails, those before it stay done.");
        script.printed(&work.into_text());
        Some(script.into_text())
    }
}

impl Planner {
    fn pairs(&self) -> Vec<Pair> {
        self.is
            .iter()
            .filter_map(|(id, is)| {
                let (was, mid) = (self.was.get(id)?, self.mid.get(id)?);
                Some(Pair { was: Rc::clone(was), mid: Rc::clone(mid), is: Rc::clone(is) })
            })
            .collect()
    }

    fn name(&self, name: &str) -> String {
        self.rules.name_of(name)
    }

    /// Whether an expression mentions a column that has another name, or is made anew.
    fn is_disturbed(&self, pair: &Pair, expr: &str) -> bool {
        pair.mid.shape.columns.iter().any(|column| {
            let was = pair.was.shape.column(column.id);
            let is_touched =
                self.remade.contains(&column.id) || was.is_some_and(|it| it.name != column.name);
            is_touched && mentions(self.source, expr, &column.name)
        })
    }
}
