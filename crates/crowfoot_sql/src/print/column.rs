//! One column of CREATE TABLE.

use crowfoot_schema::{Column, ColumnId, ColumnType, DefaultValue, EntityId, Increment, Table};

use super::{
    Printer,
    body::Body,
    comment::MYSQL_COMMENT,
    has_option, option,
    plan::{TablePlan, label},
};
use crate::{
    Dialect,
    dialect::{kind::Kind, type_name::TypeName},
    option as options,
};

impl<'a> Printer<'a> {
    pub(crate) fn column(&mut self, plan: &TablePlan<'a>, at: usize, body: &mut Body) {
        let column = &plan.table.columns[at];
        let counter = self.column_definition(plan, at);
        if plan.table.is_primary(column.id) && self.has_inline_key(plan) {
            if let Some(name) = &plan.primary_key_name {
                self.put(" CONSTRAINT ");
                self.name(name);
            }
            self.put(" PRIMARY KEY");
            self.on_conflict(column, !column.not_null);
            if counter == Some(Counter::Sqlite) {
                self.put(" AUTOINCREMENT");
            }
        }
        let unique = self.inline_unique(plan.table, column.id);
        if unique.is_some_and(|at| !self.is_table_item(plan, at)) {
            self.put(" UNIQUE");
        }
        self.column_checks(plan, at);
        match (self.target, &column.note) {
            (Dialect::MySql, Some(_)) => self.mysql_column_comment(column),
            (Dialect::Sqlite, Some(note)) if self.has_remarks => body.remark(note),
            _ => {}
        }
    }

    /// The column's note as a clause, where there is one.
    pub(crate) fn mysql_column_comment(&mut self, column: &Column) {
        if let Some(note) = &column.note {
            self.put(" COMMENT ");
            self.mysql_comment(EntityId::Column(column.id), note, MYSQL_COMMENT);
        }
    }

    /// The column without its constraints, and how it counts up.
    pub(crate) fn column_definition(&mut self, plan: &TablePlan<'a>, at: usize) -> Option<Counter> {
        let column = &plan.table.columns[at];
        let counter = self.counter(plan, at);
        self.name(&column.name);
        self.column_type_text(plan, at, counter);
        self.collation_clause(plan, column);
        if self.is_own()
            && let Some(method) = option(&column.options, options::PG_COMPRESSION)
        {
            self.put(" COMPRESSION ");
            self.put(method);
        }
        let is_generated = self.generated(plan, column);
        self.identity(column, counter);
        let is_key = plan.table.is_primary(column.id);
        self.nullability(plan, at, is_key, is_generated);
        if counter.is_none() && !is_generated {
            self.default(plan, at);
        }
        self.mysql_column_options(plan, column);
        if counter == Some(Counter::MySql) {
            self.put(" AUTO_INCREMENT");
        }
        counter
    }

    /// Whether the column counts up by itself.
    pub(crate) fn is_counting(&self, column: &Column) -> bool {
        column.increment.is_some() || is_serial(column)
    }

    /// The column that MySQL counts up: the first that counts at all.
    pub(crate) fn mysql_counter(&self, table: &Table) -> Option<ColumnId> {
        table.columns.iter().find(|it| self.is_counting(it)).map(|it| it.id)
    }

    /// How the target counts the column up; what it cannot is told.
    pub(crate) fn counter(&mut self, plan: &TablePlan<'a>, at: usize) -> Option<Counter> {
        let column = &plan.table.columns[at];
        if !self.is_counting(column) {
            return None;
        }
        let is_whole = matches!(plan.columns[at].kind, Kind::Int { .. });
        let is_possible = match self.target {
            Dialect::PostgreSql => is_whole || self.is_own(),
            Dialect::MySql => {
                (is_whole || self.is_own()) && self.mysql_counter(plan.table) == Some(column.id)
            }
            Dialect::Sqlite => plan.table.primary_columns() == [column.id],
        };
        if !is_possible {
            let message = format!(
                "column `{}.{}` does not count up in {}",
                label(plan.table),
                column.name,
                self.rules.name
            );
            self.notice("sql/no-increment", EntityId::Column(column.id), message);
            return None;
        }
        Some(match self.target {
            Dialect::MySql => Counter::MySql,
            Dialect::Sqlite => Counter::Sqlite,
            Dialect::PostgreSql => match column.increment {
                Some(Increment::IdentityAlways) => Counter::IdentityAlways,
                Some(Increment::Serial) => Counter::Serial,
                None => Counter::Serial,
                Some(Increment::Auto | Increment::IdentityByDefault) if !is_serial(column) => {
                    Counter::IdentityByDefault
                }
                Some(Increment::Auto | Increment::IdentityByDefault) => Counter::Serial,
            },
        })
    }

    pub(crate) fn column_type_text(
        &mut self,
        plan: &TablePlan<'a>,
        at: usize,
        counter: Option<Counter>,
    ) {
        let ty = plan.columns[at].ty.as_str();
        let text = match counter {
            // SQLite counts up a column of exactly that type.
            Some(Counter::Sqlite) => "integer",
            Some(Counter::Serial) => match TypeName::parse(ty).base.as_str() {
                "smallint" | "int2" => "smallserial",
                "integer" | "int" | "int4" => "serial",
                "bigint" | "int8" => "bigserial",
                _ => ty,
            },
            _ => ty,
        };
        if !text.is_empty() {
            self.put(" ");
            self.put(text);
        }
    }

    /// Character set and collation, as the target has them.
    pub(crate) fn collation_clause(&mut self, plan: &TablePlan<'_>, column: &Column) {
        if self.target == Dialect::MySql {
            self.mysql_charset(plan, column);
        } else {
            self.collation(plan, column);
        }
    }

    fn mysql_charset(&mut self, plan: &TablePlan<'_>, column: &Column) {
        if !self.is_own() {
            self.collation(plan, column);
            return;
        }
        if let Some(charset) = &column.charset {
            self.put(" CHARACTER SET ");
            self.put(charset);
        }
        if let Some(collation) = &column.collation {
            self.put(" COLLATE ");
            self.put(collation);
        }
    }

    fn collation(&mut self, plan: &TablePlan<'_>, column: &Column) {
        let Some(collation) = &column.collation else { return };
        if self.is_own() {
            self.put(" COLLATE ");
            match collation.strip_prefix("pg_catalog.") {
                Some(name) => {
                    self.put("pg_catalog.");
                    self.rules.push_name(&mut self.out, name.trim_matches('"'));
                }
                None => self.rules.push_name(&mut self.out, collation.trim_matches('"')),
            }
        } else if self.target == Dialect::Sqlite && collation.to_ascii_lowercase().ends_with("_ci")
        {
            self.put(" COLLATE NOCASE");
        } else {
            let message = format!(
                "column `{}.{}`: collation `{collation}` is left out in {}",
                label(plan.table),
                column.name,
                self.rules.name
            );
            self.notice("sql/no-collation", EntityId::Column(column.id), message);
        }
    }

    pub(crate) fn generated(&mut self, plan: &TablePlan<'a>, column: &Column) -> bool {
        let Some(generated) = &column.generated else { return false };
        let Some(expr) = self.formula(plan, &generated.expr) else {
            let what = format!("the formula of column `{}.{}`", label(plan.table), column.name);
            self.left_out(EntityId::Column(column.id), &what, &generated.expr);
            return false;
        };
        self.put(" GENERATED ALWAYS AS (");
        self.put(&expr);
        self.put(")");
        let is_stored =
            generated.is_stored || (self.target == Dialect::PostgreSql && !self.is_own());
        self.put(if is_stored { " STORED" } else { " VIRTUAL" });
        true
    }

    fn identity(&mut self, column: &Column, counter: Option<Counter>) {
        self.put(match counter {
            Some(Counter::IdentityAlways) => " GENERATED ALWAYS AS IDENTITY",
            Some(Counter::IdentityByDefault) => " GENERATED BY DEFAULT AS IDENTITY",
            _ => return,
        });
        if self.is_own()
            && let Some(clause) = option(&column.options, options::PG_IDENTITY_OPTIONS)
        {
            self.put(" ");
            self.in_parentheses(clause, true);
        }
    }

    pub(crate) fn nullability(
        &mut self,
        plan: &TablePlan<'a>,
        at: usize,
        is_key: bool,
        is_generated: bool,
    ) {
        let column = &plan.table.columns[at];
        let is_said = match self.target {
            // Its keys may be null, unless they are the number of the row.
            Dialect::Sqlite if self.is_own() => column.not_null,
            Dialect::Sqlite if is_key => {
                !self.has_inline_key(plan) || !matches!(plan.columns[at].kind, Kind::Int { .. })
            }
            Dialect::Sqlite => column.not_null,
            // MariaDB takes no NOT NULL there.
            Dialect::MySql if is_generated && !self.is_own() => false,
            Dialect::MySql | Dialect::PostgreSql => column.not_null && !is_key,
        };
        if is_said {
            self.put(" NOT NULL");
            self.on_conflict(column, true);
        } else if self.target == Dialect::MySql
            && !is_key
            && !is_generated
            && plan.columns[at].ty.starts_with("timestamp")
        {
            // Some versions take a timestamp for NOT NULL when nothing is said.
            self.put(" NULL");
        }
    }

    fn on_conflict(&mut self, column: &Column, is_here: bool) {
        if let Some(clause) = option(&column.options, options::SQLITE_ON_CONFLICT)
            && is_here
            && self.is_own()
        {
            self.put(" ON CONFLICT ");
            self.put(clause);
        }
    }

    fn mysql_column_options(&mut self, plan: &TablePlan<'_>, column: &Column) {
        let on_update = option(&column.options, options::MYSQL_ON_UPDATE);
        if !self.is_own() {
            if on_update.is_some() {
                let message = format!(
                    "column `{}.{}` is not set when its row is updated: {} has no ON UPDATE",
                    label(plan.table),
                    column.name,
                    self.rules.name
                );
                self.notice("sql/no-on-update", EntityId::Column(column.id), message);
            }
            return;
        }
        if let Some(expr) = on_update {
            self.put(" ON UPDATE ");
            self.put(expr);
        }
        if has_option(&column.options, options::MYSQL_INVISIBLE) {
            self.put(" INVISIBLE");
        }
        if let Some(srid) = option(&column.options, options::MYSQL_SRID) {
            self.put(" /*!80003 SRID ");
            self.put(srid);
            self.put(" */");
        }
    }

    pub(crate) fn column_checks(&mut self, plan: &TablePlan<'a>, at: usize) {
        let column = &plan.table.columns[at];
        if self.target == Dialect::Sqlite
            && let ColumnType::Enum { id, dimensions: 0 } = column.ty
            && let Some(item) = self.diagram.enumeration(id)
            && !item.values.is_empty()
        {
            self.put(" CHECK (");
            self.name(&column.name);
            self.put(" IN (");
            for (nth, value) in item.values.iter().enumerate() {
                if nth > 0 {
                    self.put(", ");
                }
                self.rules.push_text(&mut self.out, &value.name);
            }
            self.put("))");
        }
        for (check, name) in plan.table.checks.iter().zip(&plan.check_names) {
            if check.column == Some(column.id) && self.is_at_column(check) {
                self.check(plan, check, name.as_ref(), None);
            }
        }
    }

    /// The default, where there is one that the target can say.
    pub(crate) fn default(&mut self, plan: &TablePlan<'a>, at: usize) {
        let column = &plan.table.columns[at];
        let Some(default) = &column.default else { return };
        if let Some(text) = self.default_text(&plan.columns[at], default) {
            self.put(" DEFAULT ");
            self.put(&text);
            return;
        }
        let written = match default {
            DefaultValue::Null => "null".to_owned(),
            DefaultValue::Bool(value) => value.to_string(),
            DefaultValue::Number(text) => text.to_string(),
            DefaultValue::Text(text) => format!("'{text}'"),
            DefaultValue::Expr(expr) => expr.clone(),
        };
        let what = format!("the default of column `{}.{}`", label(plan.table), column.name);
        self.left_out(EntityId::Column(column.id), &what, &written);
    }
}

/// In which words a column counts up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counter {
    MySql,
    Sqlite,
    Serial,
    IdentityAlways,
    IdentityByDefault,
}

/// Whether the type itself says that the column counts up.
fn is_serial(column: &Column) -> bool {
    match &column.ty {
        ColumnType::Named(text) => {
            let has_name = |name: &str| text.len() == name.len() && text.eq_ignore_ascii_case(name);
            ["serial", "bigserial", "smallserial", "serial4", "serial8", "serial2"]
                .into_iter()
                .any(has_name)
        }
        ColumnType::Enum { .. } => false,
    }
}
