//! What a diagram makes of a database, in pieces that can be compared: the words of the script,
//! without the names that constraints and indexes have by the way.

use crowfoot_schema::{
    CheckId, ColumnId, ColumnType, Diagram, EntityId, EnumId, Extra, IndexId, IndexTarget, Notice,
    RefId, TableId, Uniqueness,
};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{
    Dialect,
    dialect::kind::Kind,
    option as options,
    print::{
        Printer,
        column::Counter,
        has_option,
        index::IndexForm,
        option,
        plan::{Plan, TablePlan, label},
    },
};

/// A diagram as it would be printed, and where its tables are.
pub(super) struct Target<'a> {
    pub(super) printer: Printer<'a>,
    pub(super) plan: Plan<'a>,
    places: FxHashMap<TableId, usize>,
}

/// A table.
#[derive(Clone, Debug)]
pub(super) struct TableShape {
    pub(super) id: TableId,
    pub(super) schema: Option<SmolStr>,
    /// Its name without schema and quotes.
    pub(super) name: SmolStr,
    /// Its name as scripts write it.
    pub(super) written: String,
    /// Its name for messages.
    pub(super) label: String,
    pub(super) columns: Vec<ColumnShape>,
    pub(super) primary_key: Option<PrimaryKeyShape>,
    pub(super) indexes: Vec<IndexShape>,
    pub(super) checks: Vec<CheckShape>,
    pub(super) foreign_keys: Vec<ForeignKeyShape>,
    pub(super) note: Option<String>,
    /// The clauses of its own dialect.
    pub(super) options: Vec<Extra>,
}

/// A column.
#[derive(Clone, Debug)]
pub(super) struct ColumnShape {
    pub(super) id: ColumnId,
    pub(super) name: SmolStr,
    /// All of it but its constraints, name first.
    pub(super) definition: String,
    /// Its type, without what makes it count up.
    pub(super) ty: String,
    pub(super) kind: Kind,
    pub(super) of_enum: Option<(EnumId, u8)>,
    pub(super) collation: String,
    pub(super) generated: Option<String>,
    pub(super) counter: Option<Counter>,
    pub(super) counter_options: Option<String>,
    pub(super) is_not_null: bool,
    pub(super) default: Option<String>,
    pub(super) note: Option<String>,
    /// The clauses of its own dialect.
    pub(super) options: Vec<Extra>,
}

#[derive(Clone, Debug)]
pub(super) struct PrimaryKeyShape {
    pub(super) columns: Vec<ColumnId>,
    /// `PRIMARY KEY (...)`.
    pub(super) definition: String,
}

#[derive(Clone, Debug)]
pub(super) struct IndexShape {
    pub(super) id: IndexId,
    pub(super) name: Option<SmolStr>,
    pub(super) is_unique: bool,
    /// Whether it is a constraint and not a statement of its own.
    pub(super) is_constraint: bool,
    pub(super) columns: Vec<ColumnId>,
    /// Its expressions and its condition.
    pub(super) exprs: Vec<String>,
    /// What stands before its name; for a constraint, all of it.
    pub(super) head: String,
    /// What stands behind its name.
    pub(super) tail: String,
    pub(super) note: Option<String>,
    pub(super) label: String,
}

#[derive(Clone, Debug)]
pub(super) struct CheckShape {
    pub(super) id: CheckId,
    pub(super) name: Option<SmolStr>,
    /// The column that it is written at.
    pub(super) column: Option<ColumnId>,
    pub(super) expr: String,
    pub(super) definition: String,
}

#[derive(Clone, Debug)]
pub(super) struct ForeignKeyShape {
    pub(super) id: RefId,
    pub(super) name: Option<SmolStr>,
    pub(super) parent: TableId,
    pub(super) pairs: Vec<(ColumnId, ColumnId)>,
    pub(super) definition: String,
    pub(super) note: Option<String>,
}

impl<'a> Target<'a> {
    /// Plans a diagram in which each many-to-many ref is a table already.
    pub(super) fn new(dialect: Dialect, diagram: &'a Diagram, notices: Vec<Notice>) -> Self {
        let mut printer = Printer::new(dialect, diagram, notices);
        let plan = printer.plan();
        let places = plan
            .tables
            .iter()
            .enumerate()
            .filter(|(_, it)| !it.is_left_out)
            .map(|(at, it)| (it.table.id, at))
            .collect();
        Self { printer, plan, places }
    }

    /// The plan of that table, unless there is none in the database.
    pub(super) fn table_plan(&self, id: TableId) -> Option<&TablePlan<'a>> {
        Some(&self.plan.tables[*self.places.get(&id)?])
    }

    /// The tables of the database in the order in which the script makes them.
    pub(super) fn ids(&self) -> Vec<TableId> {
        let tables = self.plan.order.iter().map(|&at| &self.plan.tables[at]);
        tables.filter(|it| !it.is_left_out).map(|it| it.table.id).collect()
    }

    /// A table in pieces.
    pub(super) fn shape(&mut self, id: TableId) -> Option<TableShape> {
        let plan = &self.plan.tables[*self.places.get(&id)?];
        let table = plan.table;
        let printer = &mut self.printer;
        let columns = (0..table.columns.len()).map(|at| column(printer, plan, at)).collect();
        let primary_key = table.primary_key.as_ref().map(|key| PrimaryKeyShape {
            columns: key.columns.clone(),
            definition: printer.captured(|it| {
                it.put("PRIMARY KEY (");
                it.column_list(table, &key.columns);
                it.put(")");
            }),
        });
        let indexes = (0..table.indexes.len()).filter_map(|at| index(printer, plan, at)).collect();
        let checks = (0..table.checks.len()).filter_map(|at| check(printer, plan, at)).collect();
        let foreign_keys = plan
            .keys
            .iter()
            .map(|key| {
                let mut definition =
                    printer.captured(|it| it.foreign_key_body(&self.plan, plan, key));
                if printer.is_unchecked(key) {
                    definition.push_str(" NOT VALID");
                }
                ForeignKeyShape {
                    id: key.reference.id,
                    name: key.name.clone(),
                    parent: self.plan.tables[key.target].table.id,
                    pairs: key.pairs.clone(),
                    definition,
                    note: key.reference.note.clone(),
                }
            })
            .collect();
        Some(TableShape {
            id,
            schema: table.schema.clone().filter(|_| self.plan.has_schemas),
            name: plan.plain_name.clone(),
            written: plan.name.clone(),
            label: label(table),
            columns,
            primary_key,
            indexes,
            checks,
            foreign_keys,
            note: table.note.clone(),
            options: if printer.is_own() { table.options.clone() } else { Vec::new() },
        })
    }
}

fn column<'a>(printer: &mut Printer<'a>, plan: &TablePlan<'a>, at: usize) -> ColumnShape {
    let column = &plan.table.columns[at];
    let planned = &plan.columns[at];
    let is_own = printer.is_own();
    let n_notices = printer.notices.len();
    let mut counter = None;
    let definition = printer.captured(|it| counter = it.column_definition(plan, at));
    // What the pieces say again was told with the whole.
    let told = printer.notices.len();
    let generated = printer.captured(|it| {
        it.generated(plan, column);
    });
    let default = printer.captured(|it| it.default(plan, at));
    let collation = printer.captured(|it| it.collation_clause(plan, column));
    printer.notices.truncate(told.max(n_notices));
    let is_plain = counter.is_none() && generated.is_empty();
    ColumnShape {
        id: column.id,
        name: SmolStr::new(printer.fit(&column.name)),
        definition,
        ty: without_counting(&planned.ty).to_owned(),
        kind: planned.kind.clone(),
        of_enum: match column.ty {
            ColumnType::Enum { id, dimensions } => Some((id, dimensions)),
            ColumnType::Named(_) => None,
        },
        collation,
        generated: Some(generated).filter(|it| !it.is_empty()),
        counter,
        counter_options: option(&column.options, options::PG_IDENTITY_OPTIONS)
            .filter(|_| is_own)
            .map(str::to_owned),
        is_not_null: column.not_null || counter.is_some() || plan.table.is_primary(column.id),
        default: Some(default.trim_start_matches(" DEFAULT ").to_owned())
            .filter(|it| is_plain && !it.is_empty()),
        note: column.note.clone(),
        options: if is_own { column.options.clone() } else { Vec::new() },
    }
}

/// The type that a `serial` column is of.
fn without_counting(ty: &str) -> &str {
    match ty.to_ascii_lowercase().as_str() {
        "smallserial" | "serial2" => "smallint",
        "serial" | "serial4" => "integer",
        "bigserial" | "serial8" => "bigint",
        _ => ty,
    }
}

fn index<'a>(printer: &mut Printer<'a>, plan: &TablePlan<'a>, at: usize) -> Option<IndexShape> {
    let index = &plan.table.indexes[at];
    if !printer.can_say(plan, index) {
        return None;
    }
    let predicate = printer.predicate(plan, index).ok()?;
    let form = printer.index_form(plan, at);
    let is_unique = index.uniqueness != Uniqueness::None;
    // MySQL knows no difference.
    let is_constraint = form != IndexForm::Statement || printer.target == Dialect::MySql;
    let (head, tail) = if is_constraint {
        let definition = match printer.target {
            Dialect::MySql => printer.captured(|it| it.mysql_index(plan, index, None)),
            Dialect::PostgreSql | Dialect::Sqlite => {
                printer.captured(|it| it.unique_constraint(plan, index))
            }
        };
        (definition, String::new())
    } else {
        let head = if is_unique { "CREATE UNIQUE INDEX " } else { "CREATE INDEX " };
        let statement =
            printer.captured(|it| it.create_index(plan, index, None, predicate.as_deref()));
        let tail = statement.strip_prefix(head).unwrap_or(&statement).trim_end();
        (head.to_owned(), tail.strip_suffix(';').unwrap_or(tail).to_owned())
    };
    let exprs = index.parts.iter().filter_map(|part| match &part.target {
        IndexTarget::Expr(expr) => Some(expr.clone()),
        IndexTarget::Column(_) => None,
    });
    let mut columns: Vec<ColumnId> = index.columns().collect();
    columns.extend(&index.include);
    Some(IndexShape {
        id: index.id,
        name: plan.index_names[at].clone(),
        is_unique,
        is_constraint,
        columns,
        exprs: exprs.chain(index.predicate.clone()).collect(),
        head,
        tail,
        note: index.note.clone(),
        label: crate::print::index::index_label(plan.table, index),
    })
}

fn check<'a>(printer: &mut Printer<'a>, plan: &TablePlan<'a>, at: usize) -> Option<CheckShape> {
    let check = &plan.table.checks[at];
    let definition = printer.captured(|it| it.check(plan, check, None, None));
    let definition = definition.trim_start();
    if definition.is_empty() {
        return None;
    }
    let mut definition = definition.to_owned();
    if printer.is_unchecked_check(check) {
        definition.push_str(" NOT VALID");
    }
    Some(CheckShape {
        id: check.id,
        name: plan.check_names[at].clone(),
        column: check.column.filter(|_| printer.is_at_column(check)),
        expr: check.expr.clone(),
        definition,
    })
}

impl TableShape {
    /// Where the diagram keeps it.
    pub(super) fn entity(&self) -> EntityId {
        EntityId::Table(self.id)
    }

    pub(super) fn column(&self, id: ColumnId) -> Option<&ColumnShape> {
        self.columns.iter().find(|it| it.id == id)
    }

    /// The names of columns for messages.
    pub(super) fn column_names(&self, columns: &[ColumnId]) -> String {
        let names: Vec<&str> =
            columns.iter().filter_map(|id| self.column(*id)).map(|it| it.name.as_str()).collect();
        names.join(", ")
    }

    /// Whether it is a partition of another table, which says what columns it has.
    pub(super) fn is_partition(&self) -> bool {
        has_option(&self.options, options::PG_PARTITION_OF)
    }
}
