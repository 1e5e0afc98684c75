//! What is decided before anything is written.

use crowfoot_schema::{
    Cardinality, ColumnId, EntityId, IndexTarget, Ref, ReferentialAction, Table, TableId,
    Uniqueness,
};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::{Printer, foreign_key, order, types::ColumnPlan};
use crate::{Dialect, option as options};

/// Everything that is known of the script before it is written.
pub(crate) struct Plan<'a> {
    pub(crate) tables: Vec<TablePlan<'a>>,
    /// Indices of the tables in the order in which they are made.
    pub(crate) order: Vec<usize>,
    /// Whether schemas stay what they are.
    pub(crate) has_schemas: bool,
}

/// A table in the target.
pub(crate) struct TablePlan<'a> {
    pub(crate) table: &'a Table,
    /// Its name as the script writes it, with its schema.
    pub(crate) name: String,
    /// Its name without schema and quotes.
    pub(crate) plain_name: SmolStr,
    pub(crate) is_left_out: bool,
    /// As many as the table has.
    pub(crate) columns: Vec<ColumnPlan>,
    /// Its foreign keys.
    pub(crate) keys: Vec<KeyPlan<'a>>,
    /// The tables that should stand before it, because it refers to them.
    pub(crate) needs: Vec<usize>,
    /// The tables that must stand before it: those that it is a partition or an heir of.
    pub(crate) parents: Vec<usize>,
    pub(crate) primary_key_name: Option<SmolStr>,
    /// As many as the table has indexes.
    pub(crate) index_names: Vec<Option<SmolStr>>,
    /// As many as the table has checks.
    pub(crate) check_names: Vec<Option<SmolStr>>,
    /// Columns that need an index which the diagram does not have.
    pub(crate) added_indexes: Vec<Vec<ColumnId>>,
}

/// A foreign key in the target.
pub(crate) struct KeyPlan<'a> {
    pub(crate) reference: &'a Ref,
    pub(crate) target: usize,
    /// Referencing and referenced columns.
    pub(crate) pairs: Vec<(ColumnId, ColumnId)>,
    pub(crate) name: Option<SmolStr>,
    pub(crate) on_delete: Option<ReferentialAction>,
    pub(crate) on_update: Option<ReferentialAction>,
    /// Whether it is added when all tables stand.
    pub(crate) is_late: bool,
}

impl TablePlan<'_> {
    /// Where the column stands in the table.
    pub(crate) fn place(&self, column: ColumnId) -> Option<usize> {
        self.table.columns.iter().position(|it| it.id == column)
    }
}

/// The table's name for messages.
pub(crate) fn label(table: &Table) -> String {
    match &table.schema {
        Some(schema) => format!("{schema}.{}", table.name),
        None => table.name.to_string(),
    }
}

/// The names of columns for messages.
pub(crate) fn column_names(table: &Table, columns: impl IntoIterator<Item = ColumnId>) -> String {
    let names: Vec<&str> =
        columns.into_iter().filter_map(|id| table.column(id)).map(|it| it.name.as_str()).collect();
    names.join(", ")
}

/// The ref's name for messages.
fn ref_label(from: &Table, to: &Table, pairs: &[(ColumnId, ColumnId)]) -> String {
    format!(
        "`{}({})` > `{}({})`",
        label(from),
        column_names(from, pairs.iter().map(|it| it.0)),
        label(to),
        column_names(to, pairs.iter().map(|it| it.1)),
    )
}

impl<'a> Printer<'a> {
    /// Decides everything that must be known before the first line.
    pub(crate) fn plan(&mut self) -> Plan<'a> {
        let has_schemas =
            self.target == Dialect::PostgreSql || (self.target == Dialect::MySql && self.is_own());
        let mut tables = self.table_plans(has_schemas);
        let places: FxHashMap<TableId, usize> =
            tables.iter().enumerate().map(|(at, it)| (it.table.id, at)).collect();

        for reference in self.diagram.refs() {
            self.add_key(&mut tables, &places, reference);
        }
        self.add_parents(&mut tables);
        let order = order::arrange(&mut tables, self.target != Dialect::Sqlite);
        self.column_types(&mut tables, &order);
        self.names(&mut tables, has_schemas);
        Plan { tables, order, has_schemas }
    }

    fn table_plans(&mut self, has_schemas: bool) -> Vec<TablePlan<'a>> {
        let diagram = self.diagram;
        let names = self.table_names(has_schemas);
        diagram
            .tables()
            .zip(names)
            .map(|(table, (name, plain_name))| {
                let is_left_out = table.columns.is_empty() && self.target != Dialect::PostgreSql;
                if is_left_out {
                    self.notice(
                        "sql/no-columns",
                        EntityId::Table(table.id),
                        format!("table `{}` has no columns and is left out", label(table)),
                    );
                }
                TablePlan {
                    table,
                    name,
                    plain_name,
                    is_left_out,
                    columns: Vec::new(),
                    keys: Vec::new(),
                    needs: Vec::new(),
                    parents: Vec::new(),
                    primary_key_name: None,
                    index_names: Vec::new(),
                    check_names: Vec::new(),
                    added_indexes: Vec::new(),
                }
            })
            .collect()
    }

    fn add_key(
        &mut self,
        tables: &mut [TablePlan<'a>],
        places: &FxHashMap<TableId, usize>,
        reference: &'a Ref,
    ) {
        let Some((child, parent, mut pairs)) = reference.foreign_key() else { return };
        let (at, target) = (places[&child], places[&parent]);
        let (child, parent) = (tables[at].table, tables[target].table);
        let entity = EntityId::Ref(reference.id);
        let said = ref_label(child, parent, &pairs);
        if reference.inactive {
            let message = format!("ref {said} is inactive and left out");
            self.notice("sql/inactive-ref", entity, message);
            return;
        }
        if tables[at].is_left_out || tables[target].is_left_out {
            let message = format!("ref {said} is left out with its table");
            self.notice("sql/no-columns", entity, message);
            return;
        }

        let referenced: Vec<ColumnId> = pairs.iter().map(|it| it.1).collect();
        match key_order(parent, &referenced) {
            Some(order) => {
                let is_strict = self.target == Dialect::MySql && !self.is_own();
                if is_strict && !has_index_on(parent, &referenced) {
                    pairs.sort_by_key(|it| order.iter().position(|column| *column == it.1));
                }
            }
            None if self.target == Dialect::MySql => {
                if !has_index_on(parent, &referenced) {
                    let message = format!(
                        "ref {said} refers to columns that no index begins with: one was added"
                    );
                    self.notice("sql/not-a-key", entity, message);
                    if !tables[target].added_indexes.contains(&referenced) {
                        tables[target].added_indexes.push(referenced);
                    }
                }
            }
            None if self.rules.needs_unique_target && self.target == Dialect::PostgreSql => {
                let message = format!(
                    "ref {said} refers to columns that are neither a primary key nor unique, which \
                     PostgreSQL refuses: it is left out"
                );
                self.notice("sql/not-a-key", entity, message);
                return;
            }
            None => {
                let message = format!(
                    "ref {said} refers to columns that are neither a primary key nor unique: \
                     {} will refuse to write the rows",
                    self.rules.name
                );
                self.notice("sql/not-a-key", entity, message);
            }
        }
        let referencing: Vec<ColumnId> = pairs.iter().map(|it| it.0).collect();
        if reference.cardinality == Cardinality::OneToOne && !child.is_unique(&referencing) {
            let message = format!(
                "one-to-one ref {said} is not held by the database: its columns are not unique"
            );
            self.notice("sql/one-to-one-not-unique", entity, message);
        }
        self.key_clauses(reference, &said, &tables[at]);

        let on_delete = self.action(reference, reference.on_delete, "DELETE", child, &said);
        let on_update = self.action(reference, reference.on_update, "UPDATE", child, &said);
        if target != at && !tables[at].needs.contains(&target) {
            tables[at].needs.push(target);
        }
        let is_unnameable = self.target == Dialect::MySql
            && self.is_own()
            && child.schema.is_some()
            && parent.schema.is_none();
        if is_unnameable {
            let message = format!(
                "ref {said} is left out: it leaves its database for the one without a name"
            );
            self.notice("sql/unnamed-database", entity, message);
            return;
        }
        tables[at].keys.push(KeyPlan {
            reference,
            target,
            pairs,
            name: reference.name.clone(),
            on_delete,
            on_update,
            is_late: false,
        });
    }

    /// Tells which clauses of the foreign key the target does not have.
    fn key_clauses(&mut self, reference: &'a Ref, said: &str, table: &TablePlan<'a>) {
        let entity = EntityId::Ref(reference.id);
        let target = self.rules.name;
        if reference.deferrable.is_some() && !self.rules.has_deferrable {
            let message = format!("ref {said} is deferrable, which {target} has not");
            self.notice("sql/no-deferrable", entity, message);
        }
        let has_match = super::has_option(&reference.options, options::MATCH);
        if has_match && !self.rules.has_match {
            let message = format!("ref {said} says MATCH, which {target} does not heed");
            self.notice("sql/no-match", entity, message);
        }
        let set = foreign_key::partly_set(reference);
        if let Some(set) = set.filter(|_| self.delete_columns(table.table, reference).is_none()) {
            let message = format!(
                "ref {said} sets only `{set}` on a delete; here all of its columns are set"
            );
            self.notice("sql/no-delete-columns", entity, message);
        }
    }

    /// The action as the target can say it.
    fn action(
        &mut self,
        reference: &Ref,
        action: Option<ReferentialAction>,
        event: &str,
        child: &Table,
        said: &str,
    ) -> Option<ReferentialAction> {
        let entity = EntityId::Ref(reference.id);
        match action? {
            ReferentialAction::SetDefault if !self.rules.has_set_default => {
                let message = format!(
                    "ref {said}: {} has no ON {event} SET DEFAULT; the clause is left out",
                    self.rules.name
                );
                self.notice("sql/no-set-default", entity, message);
                None
            }
            ReferentialAction::SetNull if self.target == Dialect::MySql => {
                let Some((_, _, pairs)) = reference.foreign_key() else { return action };
                if pairs.iter().all(|&(column, _)| child.is_nullable(column)) {
                    return action;
                }
                let message = format!(
                    "ref {said}: MySQL refuses ON {event} SET NULL for a column that is not \
                     nullable; the clause is left out"
                );
                self.notice("sql/set-null-not-null", entity, message);
                None
            }
            it => Some(it),
        }
    }

    /// Partitions and heirs come after their parents.
    fn add_parents(&self, tables: &mut [TablePlan<'a>]) {
        if self.target != Dialect::PostgreSql || !self.is_own() {
            return;
        }
        let mut by_name: FxHashMap<String, usize> = FxHashMap::default();
        for (at, plan) in tables.iter().enumerate() {
            by_name.insert(plan.name.clone(), at);
            by_name.entry(format!("public.{}", plan.name)).or_insert(at);
        }
        for (at, plan) in tables.iter_mut().enumerate() {
            let partition = super::option(&plan.table.options, options::PG_PARTITION_OF)
                .map(|it| super::split_name(it).0);
            let parents = super::option(&plan.table.options, options::PG_INHERITS);
            let names = parents.into_iter().flat_map(|it| it.split(',')).chain(partition);
            for name in names {
                if let Some(&parent) = by_name.get(name.trim())
                    && parent != at
                {
                    plan.parents.push(parent);
                }
            }
        }
    }
}

/// The columns in the order of the key of the table that consists of exactly these columns; none
/// if there is no such key.
fn key_order(table: &Table, columns: &[ColumnId]) -> Option<Vec<ColumnId>> {
    let fits =
        |key: &[ColumnId]| key.len() == columns.len() && columns.iter().all(|it| key.contains(it));
    if fits(table.primary_columns()) {
        return Some(table.primary_columns().to_vec());
    }
    table.indexes.iter().find_map(|index| {
        let is_key = index.uniqueness != Uniqueness::None
            && index.predicate.is_none()
            && index.parts.iter().all(|it| matches!(it.target, IndexTarget::Column(_)));
        let key: Vec<ColumnId> = index.columns().collect();
        (is_key && fits(&key)).then_some(key)
    })
}

/// Whether the primary key or an index begins with those columns, in that order.
fn has_index_on(table: &Table, columns: &[ColumnId]) -> bool {
    table.primary_columns().starts_with(columns)
        || table.indexes.iter().any(|index| {
            index.parts.len() >= columns.len()
                && index.predicate.is_none()
                && index
                    .parts
                    .iter()
                    .zip(columns)
                    .all(|(part, column)| part.target == IndexTarget::Column(*column))
        })
}
