//! Printing a diagram as the DDL of a database.
//!
//! First everything is planned: names in the target, types, which foreign keys there are and which
//! of them must wait until all tables stand. Then it is written in one pass. What the target cannot
//! say is told in the notices.

pub(crate) mod body;
pub(crate) mod column;
pub(crate) mod comment;
mod default;
mod enumeration;
mod expression;
mod foreign_key;
pub(crate) mod index;
pub(crate) mod junction;
mod name;
mod order;
pub(crate) mod plan;
pub(crate) mod table;
pub(crate) mod types;
mod user_type;

use std::borrow::Cow;

use crowfoot_schema::{Diagram, EntityId, Extra, Notice, Printed};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{
    Dialect,
    dialect::{Rules, kind::Kind, rules},
};

use plan::Plan;
use user_type::Domain;

/// Prints a diagram as the DDL of a dialect.
///
/// What the diagram says in its own dialect is printed as it was written; for another dialect,
/// types, defaults and expressions are translated. Everything that cannot be said there is told
/// in the notices, which name the entity and what was printed instead.
pub fn print(dialect: Dialect, diagram: &Diagram) -> Printed {
    let (expanded, notices) = junction::expand(diagram);
    let mut printer = Printer::new(dialect, &expanded, notices);
    printer.tell_domains();
    let plan = printer.plan();
    printer.script(&plan);
    Printed { text: printer.out, notices: printer.notices }
}

/// What a script is written with.
pub(crate) struct Printer<'a> {
    pub(crate) diagram: &'a Diagram,
    /// The dialect that types and expressions are written in; none where nobody said.
    pub(crate) source: Option<Dialect>,
    pub(crate) target: Dialect,
    pub(crate) rules: &'static Rules,
    out: String,
    pub(crate) notices: Vec<Notice>,
    /// What types hold, by their text: a schema has few types and many columns.
    kinds: FxHashMap<SmolStr, Kind>,
    domains: Vec<Domain>,
    /// Whether notes become remarks for people where the target keeps none.
    pub(crate) has_remarks: bool,
}

impl<'a> Printer<'a> {
    /// A printer of a diagram in which each many-to-many ref is a table already.
    pub(crate) fn new(target: Dialect, diagram: &'a Diagram, notices: Vec<Notice>) -> Self {
        Self {
            diagram,
            source: diagram.settings().dialect,
            target,
            rules: rules(target),
            out: String::new(),
            notices,
            kinds: FxHashMap::default(),
            domains: user_type::domains(diagram),
            has_remarks: true,
        }
    }

    /// What is written there, by itself.
    pub(crate) fn captured(&mut self, write: impl FnOnce(&mut Self)) -> String {
        let before = std::mem::take(&mut self.out);
        write(self);
        std::mem::replace(&mut self.out, before)
    }

    /// What a type of that text holds.
    fn kind(&mut self, text: &SmolStr) -> Kind {
        if let Some(kind) = self.kinds.get(text) {
            return kind.clone();
        }
        let kind = Kind::of(self.source, &self.base_of(text));
        self.kinds.insert(text.clone(), kind.clone());
        kind
    }

    /// Whether types and expressions are written in the target's own words.
    pub(crate) fn is_own(&self) -> bool {
        self.source == Some(self.target)
    }

    fn notice(&mut self, code: &'static str, entity: EntityId, message: String) {
        self.notices.push(Notice { code: Cow::Borrowed(code), entity, message });
    }

    /// Adds a name, shortened to what the target allows.
    pub(crate) fn name(&mut self, name: &str) {
        let name = self.fit(name);
        self.rules.push_name(&mut self.out, &name);
    }

    /// The name as short as the target wants it. PostgreSQL shortens its own names by itself, and
    /// always in the same way.
    pub(crate) fn fit<'n>(&self, name: &'n str) -> Cow<'n, str> {
        if self.is_own() && self.target == Dialect::PostgreSql {
            return Cow::Borrowed(name);
        }
        self.rules.fit(name)
    }

    /// Adds words that need no quoting.
    pub(crate) fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Begins a statement, apart from what stands before it.
    fn gap(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn script(&mut self, plan: &Plan<'a>) {
        self.extensions(plan);
        self.schemas(plan);
        self.enums();
        self.user_types();
        self.sequences();
        for &at in &plan.order {
            let table = &plan.tables[at];
            if table.is_left_out {
                continue;
            }
            self.table(plan, table);
            self.indexes(plan, table);
            self.attach(table);
        }
        for &at in &plan.order {
            self.late_foreign_keys(plan, &plan.tables[at]);
        }
        if self.target == Dialect::PostgreSql {
            self.comments(plan);
        }
    }

    pub(crate) fn schemas(&mut self, plan: &Plan<'a>) {
        if !plan.has_schemas {
            return;
        }
        let mut schemas: Vec<&str> = self
            .diagram
            .tables()
            .filter_map(|it| it.schema.as_deref())
            .chain(self.diagram.enums().filter_map(|it| it.schema.as_deref()))
            .collect();
        let of_types = self.schemas_of_user_types();
        schemas.extend(of_types.iter().map(SmolStr::as_str));
        schemas.sort_unstable();
        schemas.dedup();
        if self.target == Dialect::MySql {
            schemas.retain(|it| {
                self.diagram.tables().any(|table| table.schema.as_deref() == Some(it))
            });
        }
        if !schemas.is_empty() {
            self.gap();
        }
        for schema in schemas {
            self.put("CREATE SCHEMA IF NOT EXISTS ");
            self.name(schema);
            self.put(";\n");
        }
    }
}

/// Whether the list has that option.
pub(crate) fn has_option(options: &[Extra], key: &str) -> bool {
    options.iter().any(|it| it.key == key)
}

/// The value of that option; empty for a bare word.
pub(crate) fn option<'o>(options: &'o [Extra], key: &str) -> Option<&'o str> {
    options.iter().find(|it| it.key == key).map(|it| it.value.as_deref().unwrap_or(""))
}

/// The name that a clause begins with, quotes included, and what follows it.
fn split_name(clause: &str) -> (&str, &str) {
    let mut is_quoted = false;
    let end = clause.find(|it: char| {
        is_quoted ^= it == '"';
        !is_quoted && it.is_whitespace()
    });
    clause.split_at(end.unwrap_or(clause.len()))
}

#[cfg(test)]
mod tests;
