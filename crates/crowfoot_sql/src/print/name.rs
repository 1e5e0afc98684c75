//! Names in the target: unique where it wants them unique, and not too long.

use std::borrow::Cow;

use crowfoot_schema::{EntityId, Enum, Index, IndexTarget, Table, Uniqueness};
use rustc_hash::FxHashSet;
use smol_str::{SmolStr, format_smolstr};

use super::{
    Printer,
    plan::{TablePlan, label},
};
use crate::{Dialect, dialect::Rules};

/// The names that are given away, each within its scope.
struct Claims {
    rules: &'static Rules,
    /// Whether names stay as long as they are.
    keeps_length: bool,
    taken: FxHashSet<(SmolStr, SmolStr)>,
}

impl Claims {
    fn new(printer: &Printer<'_>) -> Self {
        let keeps_length = printer.is_own() && printer.target == Dialect::PostgreSql;
        Self { rules: printer.rules, keeps_length, taken: FxHashSet::default() }
    }

    fn fit<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.keeps_length { Cow::Borrowed(name) } else { self.rules.fit(name) }
    }

    fn take(&mut self, scope: &SmolStr, name: &str) -> bool {
        let folded = match self.rules.dialect {
            Dialect::PostgreSql => SmolStr::new(name),
            Dialect::MySql | Dialect::Sqlite => SmolStr::new(name.to_lowercase()),
        };
        self.taken.insert((scope.clone(), folded))
    }

    /// That name, or the owner's name before it, or a number behind it, whichever is free.
    fn claim(&mut self, scope: &SmolStr, name: &str, owner: &str) -> SmolStr {
        let fitting = SmolStr::new(self.fit(name));
        if self.take(scope, &fitting) {
            return fitting;
        }
        let wanted = format!("{owner}_{name}");
        for n in 1_u32.. {
            let numbered = if n == 1 { wanted.clone() } else { format!("{wanted}_{n}") };
            let fitting = SmolStr::new(self.fit(&numbered));
            if self.take(scope, &fitting) {
                return fitting;
            }
        }
        fitting
    }
}

impl<'a> Printer<'a> {
    /// For each table its name as the script writes it, and the bare name.
    pub(crate) fn table_names(&mut self, has_schemas: bool) -> Vec<(String, SmolStr)> {
        let diagram = self.diagram;
        let mut claims = Claims::new(self);
        let nowhere = SmolStr::default();
        // Tables without a schema keep their names, whatever the others are called.
        let mut names: Vec<Option<SmolStr>> = diagram
            .tables()
            .map(|table| match &table.schema {
                Some(_) if !has_schemas => None,
                schema => {
                    let scope = schema.as_ref().unwrap_or(&nowhere);
                    Some(claims.claim(scope, &table.name, "table"))
                }
            })
            .collect();
        let mut told: Vec<&str> = Vec::new();
        for (table, name) in diagram.tables().zip(&mut names) {
            let (None, Some(schema)) = (&name, &table.schema) else { continue };
            let wanted = format!("{schema}_{}", table.name);
            *name = Some(claims.claim(&nowhere, &wanted, schema));
            if !told.contains(&schema.as_str()) {
                told.push(schema);
                let message = format!(
                    "schema `{schema}` becomes the start of its tables' names, such as `{wanted}`"
                );
                self.notice("sql/no-schemas", EntityId::Settings, message);
            }
        }

        let rules = self.rules;
        let mut written = Vec::with_capacity(names.len());
        for (table, name) in diagram.tables().zip(names) {
            let name = name.unwrap_or_default();
            let is_kept = name == table.name || (table.schema.is_some() && !has_schemas);
            if !is_kept {
                let message = format!("table `{}` is called `{name}`", label(table));
                self.notice("sql/renamed", EntityId::Table(table.id), message);
            }
            let mut text = String::new();
            if let Some(schema) = table.schema.as_ref().filter(|_| has_schemas) {
                rules.push_name(&mut text, &self.fit(schema));
                text.push('.');
            }
            rules.push_name(&mut text, &name);
            written.push((text, name));
        }
        written
    }

    /// The enum's name as a PostgreSQL script writes it.
    pub(crate) fn enum_name(&self, item: &Enum) -> String {
        let mut text = String::new();
        if let Some(schema) = &item.schema {
            self.rules.push_name(&mut text, &self.fit(schema));
            text.push('.');
        }
        self.rules.push_name(&mut text, &self.plain_enum_name(item));
        text
    }

    /// The enum's name in PostgreSQL without schema and quotes.
    pub(crate) fn plain_enum_name(&self, item: &Enum) -> SmolStr {
        // A table is a type too.
        let is_taken = self.diagram.table_named(item.schema.as_deref(), &item.name).is_some();
        let name = if is_taken { format_smolstr!("{}_enum", item.name) } else { item.name.clone() };
        SmolStr::new(self.fit(&name))
    }

    /// Gives names to indexes and constraints.
    pub(crate) fn names(&mut self, tables: &mut [TablePlan<'a>], has_schemas: bool) {
        let mut claims = Claims::new(self);
        for plan in tables.iter() {
            claims.take(&scope(plan.table, has_schemas), &plan.plain_name);
        }
        for plan in tables.iter_mut() {
            let table = plan.table;
            let scope = scope(table, has_schemas);
            plan.primary_key_name = table
                .primary_key
                .as_ref()
                .and_then(|it| it.name.clone())
                // MySQL reads past the name, so that another dialect's says nothing there.
                .filter(|_| self.target != Dialect::MySql || self.is_own());
            if let Some(name) = &plan.primary_key_name
                && self.target == Dialect::PostgreSql
            {
                let given = claims.claim(&scope, name, &plan.plain_name);
                self.tell_renamed(EntityId::Table(table.id), "primary key", table, name, &given);
                claims.take(&constraints(&scope, plan), &given);
                plan.primary_key_name = Some(given);
            }
            plan.index_names = table
                .indexes
                .iter()
                .map(|index| self.index_name(&mut claims, &scope, plan, index))
                .collect();
            plan.check_names = table.checks.iter().map(|it| it.name.clone()).collect();
            let (keys, checks) = match self.target {
                Dialect::PostgreSql => {
                    let scope = constraints(&scope, plan);
                    (scope.clone(), scope)
                }
                // There they are unique in their database.
                Dialect::MySql => {
                    (format_smolstr!("{scope}\0\0foreign"), format_smolstr!("{scope}\0\0check"))
                }
                // There they may be the same.
                Dialect::Sqlite => continue,
            };
            self.constraint_names(&mut claims, &keys, &checks, plan);
        }
    }

    fn index_name(
        &mut self,
        claims: &mut Claims,
        schema: &SmolStr,
        plan: &TablePlan<'_>,
        index: &Index,
    ) -> Option<SmolStr> {
        let table = plan.table;
        let is_constraint = index.uniqueness == Uniqueness::Constraint;
        let name = match &index.name {
            Some(name) => name.clone(),
            // The database finds a name for these by itself.
            None if is_constraint || self.target == Dialect::PostgreSql => return None,
            None if self.target == Dialect::MySql => return None,
            None => made_up_name(plan, index),
        };
        let scope = match self.target {
            Dialect::PostgreSql => schema.clone(),
            // A constraint's name is a remark there.
            Dialect::Sqlite if is_constraint => return Some(name),
            Dialect::Sqlite => SmolStr::default(),
            Dialect::MySql => format_smolstr!("{schema}\0{}", plan.plain_name),
        };
        let given = claims.claim(&scope, &name, &plan.plain_name);
        if self.target == Dialect::PostgreSql && is_constraint {
            claims.take(&constraints(&scope, plan), &given);
        }
        self.tell_renamed(EntityId::Index(index.id), "index", table, &name, &given);
        Some(given)
    }

    /// Names for foreign keys and checks, each within its scope.
    fn constraint_names(
        &mut self,
        claims: &mut Claims,
        keys: &SmolStr,
        checks: &SmolStr,
        plan: &mut TablePlan<'_>,
    ) {
        let table = plan.table;
        for key in &mut plan.keys {
            let Some(name) = key.name.clone() else { continue };
            let given = claims.claim(keys, &name, &plan.plain_name);
            let entity = EntityId::Ref(key.reference.id);
            self.tell_renamed(entity, "foreign key", table, &name, &given);
            key.name = Some(given);
        }
        for (check, name) in table.checks.iter().zip(&mut plan.check_names) {
            let Some(wanted) = name.clone() else { continue };
            let given = claims.claim(checks, &wanted, &plan.plain_name);
            self.tell_renamed(EntityId::Check(check.id), "check", table, &wanted, &given);
            *name = Some(given);
        }
    }

    fn tell_renamed(
        &mut self,
        entity: EntityId,
        what: &str,
        table: &Table,
        before: &str,
        after: &str,
    ) {
        if before != after {
            let message = format!(
                "{what} `{before}` of table `{}` is called `{after}`: the name is taken or too long",
                label(table)
            );
            self.notice("sql/renamed", entity, message);
        }
    }
}

fn scope(table: &Table, has_schemas: bool) -> SmolStr {
    table.schema.as_ref().filter(|_| has_schemas).cloned().unwrap_or_default()
}

/// The scope of the constraints of one table.
fn constraints(schema: &SmolStr, plan: &TablePlan<'_>) -> SmolStr {
    format_smolstr!("{schema}\0{}\0constraint", plan.plain_name)
}

/// A name for an index that has none: the table, its columns, and what it is.
fn made_up_name(plan: &TablePlan<'_>, index: &Index) -> SmolStr {
    let mut name = plan.plain_name.to_string();
    for part in &index.parts {
        name.push('_');
        match &part.target {
            IndexTarget::Column(id) => {
                name.push_str(plan.table.column(*id).map_or("", |it| it.name.as_str()));
            }
            IndexTarget::Expr(_) => name.push_str("expr"),
        }
    }
    name.push_str(if index.uniqueness == Uniqueness::None { "_idx" } else { "_key" });
    name.into()
}
