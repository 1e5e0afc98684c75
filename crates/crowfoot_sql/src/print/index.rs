//! Indexes and unique constraints.

use crowfoot_schema::{EntityId, Index, IndexPart, IndexTarget, Table, Uniqueness};
use smol_str::SmolStr;

use super::{
    Printer,
    body::Body,
    comment::MYSQL_COMMENT,
    has_option, option,
    plan::{Plan, TablePlan, label},
    types::{MYSQL_KEY_BYTES, key_bytes},
};
use crate::{Dialect, dialect::kind::Kind, option as options};

impl<'a> Printer<'a> {
    /// Whether the index is an item of CREATE TABLE.
    pub(crate) fn is_table_item(&self, plan: &TablePlan<'_>, at: usize) -> bool {
        let index = &plan.table.indexes[at];
        let is_inline = index.columns().next().is_some_and(|column| {
            self.inline_unique(plan.table, column) == Some(at)
                && self.prefixes(plan, index).is_none()
        });
        !is_inline
            && match index.uniqueness {
                Uniqueness::None => self.target == Dialect::MySql,
                // A statement of its own wants a name.
                Uniqueness::Index => self.target == Dialect::MySql && index.name.is_none(),
                Uniqueness::Constraint => self.can_be_constraint(index),
            }
    }

    /// Whether a unique index can be said as a constraint.
    fn can_be_constraint(&self, index: &Index) -> bool {
        index.predicate.is_none()
            && index.parts.iter().all(|part| {
                matches!(part.target, IndexTarget::Column(_))
                    && (part.modifiers.is_none() || self.target != Dialect::PostgreSql)
            })
    }

    /// The index as an item of CREATE TABLE.
    pub(crate) fn index_item(&mut self, plan: &TablePlan<'a>, at: usize, body: &mut Body) {
        let index = &plan.table.indexes[at];
        if !self.can_say(plan, index) {
            return;
        }
        body.item(self);
        let name = plan.index_names[at].clone();
        if self.target == Dialect::MySql {
            self.mysql_index(plan, index, name.as_ref());
            return;
        }
        if let Some(name) = &name {
            self.put("CONSTRAINT ");
            self.rules.push_name(&mut self.out, name);
            self.put(" ");
        }
        self.unique_constraint(plan, index);
    }

    /// A unique constraint without its name.
    pub(crate) fn unique_constraint(&mut self, plan: &TablePlan<'a>, index: &Index) {
        self.put("UNIQUE ");
        let is_own = self.is_own();
        if is_own && has_option(&index.options, options::PG_NULLS_NOT_DISTINCT) {
            self.put("NULLS NOT DISTINCT ");
        }
        self.parts(plan, index);
        self.include(plan.table, index);
        if is_own {
            if let Some(parameters) = option(&index.options, options::PG_WITH) {
                self.put(" WITH ");
                self.in_parentheses(parameters, true);
            }
            if let Some(clause) = option(&index.options, options::PG_DEFERRABLE) {
                self.put(" ");
                self.put(&clause.to_ascii_uppercase());
            }
            if let Some(clause) = option(&index.options, options::SQLITE_ON_CONFLICT) {
                self.put(" ON CONFLICT ");
                self.put(clause);
            }
        }
    }

    pub(crate) fn mysql_index(
        &mut self,
        plan: &TablePlan<'a>,
        index: &Index,
        name: Option<&SmolStr>,
    ) {
        let method = index.method.as_deref().unwrap_or("");
        self.put(match (method, index.uniqueness) {
            ("fulltext", _) => "FULLTEXT KEY ",
            ("spatial", _) => "SPATIAL KEY ",
            (_, Uniqueness::None) => "KEY ",
            (_, Uniqueness::Index | Uniqueness::Constraint) => "UNIQUE KEY ",
        });
        if let Some(name) = name {
            self.rules.push_name(&mut self.out, name);
            self.put(" ");
        }
        self.parts(plan, index);
        self.mysql_index_options(index);
    }

    fn mysql_index_options(&mut self, index: &Index) {
        if let Some(method @ ("btree" | "hash" | "rtree")) = index.method.as_deref()
            && self.source != Some(Dialect::PostgreSql)
        {
            self.put(" USING ");
            self.put(&method.to_ascii_uppercase());
        }
        if self.is_own()
            && let Some(parser) = option(&index.options, options::MYSQL_PARSER)
        {
            self.put(" WITH PARSER ");
            self.put(parser);
        }
        if self.is_own() && has_option(&index.options, options::MYSQL_INVISIBLE) {
            self.put(" /*!80000 INVISIBLE */");
        }
        if let Some(note) = &index.note {
            self.put(" COMMENT ");
            self.mysql_comment(EntityId::Index(index.id), note, MYSQL_COMMENT);
        }
    }

    /// The indexes that are statements of their own.
    pub(crate) fn indexes(&mut self, _: &Plan<'a>, plan: &TablePlan<'a>) {
        let table = plan.table;
        let mut is_first = true;
        for (at, index) in table.indexes.iter().enumerate() {
            if self.index_form(plan, at) != IndexForm::Statement || !self.can_say(plan, index) {
                continue;
            }
            let predicate = match self.predicate(plan, index) {
                Ok(it) => it,
                Err(LeftOut) => continue,
            };
            if std::mem::take(&mut is_first) {
                self.gap();
            }
            self.create_index(plan, index, plan.index_names[at].as_ref(), predicate.as_deref());
        }
    }

    /// Where the script says that index.
    pub(crate) fn index_form(&self, plan: &TablePlan<'_>, at: usize) -> IndexForm {
        let index = &plan.table.indexes[at];
        let is_inline = index
            .columns()
            .next()
            .is_some_and(|column| self.inline_unique(plan.table, column) == Some(at));
        if self.is_table_item(plan, at) {
            IndexForm::InTable
        } else if is_inline {
            IndexForm::AtColumn
        } else {
            IndexForm::Statement
        }
    }

    /// The statement that makes an index.
    pub(crate) fn create_index(
        &mut self,
        plan: &TablePlan<'a>,
        index: &Index,
        name: Option<&SmolStr>,
        predicate: Option<&str>,
    ) {
        self.put("CREATE ");
        if index.uniqueness != Uniqueness::None {
            self.put("UNIQUE ");
        }
        self.put("INDEX ");
        if let Some(name) = name {
            self.rules.push_name(&mut self.out, name);
            self.put(" ");
        }
        self.put("ON ");
        self.put(&plan.name);
        self.put(" ");
        if self.target == Dialect::PostgreSql
            && let Some(method) = self.method_in_postgresql(index)
        {
            self.put("USING ");
            self.put(method);
            self.put(" ");
        }
        self.parts(plan, index);
        self.include(plan.table, index);
        match self.target {
            Dialect::PostgreSql if self.is_own() => {
                if has_option(&index.options, options::PG_NULLS_NOT_DISTINCT) {
                    self.put(" NULLS NOT DISTINCT");
                }
                if let Some(parameters) = option(&index.options, options::PG_WITH) {
                    self.put(" WITH ");
                    self.in_parentheses(parameters, true);
                }
                if let Some(place) = option(&index.options, options::PG_TABLESPACE) {
                    self.put(" TABLESPACE ");
                    self.put(place);
                }
            }
            Dialect::MySql => self.mysql_index_options(index),
            Dialect::PostgreSql | Dialect::Sqlite => {}
        }
        if let Some(predicate) = predicate {
            self.put(" WHERE ");
            self.put(predicate);
        }
        self.put(";\n");
    }

    fn method_in_postgresql<'i>(&self, index: &'i Index) -> Option<&'i str> {
        let method = index.method.as_deref()?;
        let is_plain = method == "btree" || method == "hash";
        (self.is_own() || (self.source.is_none() && !is_plain)).then_some(method)
    }

    fn include(&mut self, table: &Table, index: &Index) {
        if !index.include.is_empty() && self.rules.has_include {
            self.put(" INCLUDE (");
            self.column_list(table, &index.include);
            self.put(")");
        }
    }

    /// The key in parentheses.
    fn parts(&mut self, plan: &TablePlan<'a>, index: &Index) {
        let prefixes = self.prefixes(plan, index);
        self.put("(");
        for (at, part) in index.parts.iter().enumerate() {
            if at > 0 {
                self.put(", ");
            }
            match &part.target {
                IndexTarget::Column(id) => self.column_name(plan.table, *id),
                IndexTarget::Expr(expr) => self.key_expression(plan, expr),
            }
            if let Some(length) = prefixes.as_ref().and_then(|it| it[at]) {
                self.put(&format!("({length})"));
            }
            self.modifiers(part);
        }
        self.put(")");
    }

    fn key_expression(&mut self, plan: &TablePlan<'a>, expr: &str) {
        // Whether it can be said was asked before.
        let text = self.formula(plan, expr).unwrap_or_default();
        let is_bare = self.target == Dialect::Sqlite
            || (self.target == Dialect::PostgreSql && is_call(&text));
        if is_bare {
            self.put(&text);
        } else {
            self.put("(");
            self.put(&text);
            self.put(")");
        }
    }

    fn modifiers(&mut self, part: &IndexPart) {
        let Some(modifiers) = part.modifiers.as_deref() else { return };
        if self.is_own() || (self.source.is_none() && self.target == Dialect::PostgreSql) {
            if !modifiers.starts_with('(') {
                self.put(" ");
            }
            self.put(modifiers);
        } else if modifiers.split_whitespace().any(|it| it.eq_ignore_ascii_case("desc")) {
            self.put(" DESC");
        }
    }

    /// How much of each column MySQL takes into the index, where it cannot take all.
    fn prefixes(&self, plan: &TablePlan<'_>, index: &Index) -> Option<Vec<Option<u32>>> {
        let is_whole = matches!(index.method.as_deref(), Some("fulltext" | "spatial"));
        if self.target != Dialect::MySql || self.is_own() || is_whole {
            return None;
        }
        let sizes: Vec<Option<u32>> = index
            .parts
            .iter()
            .map(|part| match &part.target {
                IndexTarget::Column(id) => {
                    plan.place(*id).map_or(Some(8), |at| key_bytes(&plan.columns[at].ty))
                }
                IndexTarget::Expr(_) => Some(8),
            })
            .collect();
        let total: u32 = sizes.iter().map(|it| it.unwrap_or(1020)).sum();
        if total <= MYSQL_KEY_BYTES && sizes.iter().all(Option::is_some) {
            return None;
        }
        let n_long =
            u32::try_from(sizes.iter().filter(|it| it.is_none_or(|it| it > 256)).count()).ok()?;
        let fixed: u32 = sizes.iter().flatten().filter(|it| **it <= 256).sum();
        let share = (MYSQL_KEY_BYTES.saturating_sub(fixed) / 4 / n_long.max(1)).clamp(1, 255);
        let prefix = |size: &Option<u32>| match size {
            None => Some(share),
            Some(size) if *size > 256 && total > MYSQL_KEY_BYTES && *size > share * 4 => {
                Some(share)
            }
            Some(_) => None,
        };
        Some(sizes.iter().map(prefix).collect())
    }

    /// Whether the target can hold the index. What it loses is told.
    pub(crate) fn can_say(&mut self, plan: &TablePlan<'a>, index: &Index) -> bool {
        if self.is_own() {
            return true;
        }
        let target = self.rules.name;
        let entity = EntityId::Index(index.id);
        let said = index_label(plan.table, index);
        let method = index.method.as_deref().unwrap_or("btree");
        let is_special = !matches!(method, "btree" | "hash" | "brin" | "rtree");
        let is_known = self.source.is_none() && self.rules.methods.contains(&method);
        if is_special && !is_known {
            let message = format!("{said} is left out: {target} has no method `{method}`");
            self.notice("sql/index-left-out", entity, message);
            return false;
        }
        for part in &index.parts {
            match &part.target {
                IndexTarget::Expr(expr) => {
                    if !self.rules.has_expression_indexes {
                        let message = format!(
                            "{said} is left out: not every {target} has indexes on expressions"
                        );
                        self.notice("sql/index-left-out", entity, message);
                        return false;
                    }
                    if self.formula(plan, expr).is_none() {
                        self.left_out(entity, &said, expr);
                        return false;
                    }
                }
                IndexTarget::Column(id) => {
                    let kind = plan.place(*id).map(|at| &plan.columns[at].kind);
                    let is_opaque = matches!(
                        kind,
                        Some(Kind::Json | Kind::Array | Kind::Hstore | Kind::Shape(_))
                    );
                    let is_unsortable = match self.target {
                        Dialect::MySql => is_opaque,
                        Dialect::PostgreSql => matches!(kind, Some(Kind::Shape(_))),
                        Dialect::Sqlite => false,
                    };
                    if is_unsortable && !is_special {
                        let message = format!(
                            "{said} is left out: {target} cannot index a column of that type"
                        );
                        self.notice("sql/index-left-out", entity, message);
                        return false;
                    }
                }
            }
        }
        self.told_losses(plan, index, &said);
        true
    }

    fn told_losses(&mut self, plan: &TablePlan<'a>, index: &Index, said: &str) {
        let target = self.rules.name;
        let entity = EntityId::Index(index.id);
        if !index.include.is_empty() && !self.rules.has_include {
            let message = format!("{said}: {target} has no INCLUDE; its columns are left out");
            self.notice("sql/no-include", entity, message);
        }
        let is_unique = index.uniqueness != Uniqueness::None;
        let was_short = index
            .parts
            .iter()
            .any(|it| it.modifiers.as_deref().is_some_and(|it| it.starts_with('(')));
        if is_unique && was_short {
            let message = format!("{said} holds whole values, not only how they begin");
            self.notice("sql/index-changed", entity, message);
        }
        let is_short = self.prefixes(plan, index).is_some_and(|it| it.iter().any(Option::is_some));
        if is_unique && is_short {
            let message = format!(
                "{said}: MySQL's keys are limited, so that only how values begin is unique"
            );
            self.notice("sql/index-changed", entity, message);
        }
        if has_option(&index.options, options::PG_NULLS_NOT_DISTINCT) {
            let message = format!("{said}: nulls differ from one another in {target}");
            self.notice("sql/index-changed", entity, message);
        }
    }

    /// The condition of a partial index.
    pub(crate) fn predicate(
        &mut self,
        plan: &TablePlan<'a>,
        index: &Index,
    ) -> Result<Option<String>, LeftOut> {
        let Some(predicate) = &index.predicate else { return Ok(None) };
        let target = self.rules.name;
        let entity = EntityId::Index(index.id);
        let said = index_label(plan.table, index);
        if self.rules.has_partial_indexes {
            let text = self.condition(plan, predicate);
            if text.is_none() {
                self.left_out(entity, &said, predicate);
            }
            return text.map(Some).ok_or(LeftOut);
        }
        if index.uniqueness != Uniqueness::None {
            let message = format!(
                "{said} is left out: {target} has no partial indexes, and without its condition \
                 it would refuse more rows"
            );
            self.notice("sql/no-partial-index", entity, message);
            return Err(LeftOut);
        }
        let message = format!("{said}: {target} has no partial indexes; it holds all rows");
        self.notice("sql/no-partial-index", entity, message);
        Ok(None)
    }
}

/// Where an index is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum IndexForm {
    /// In one word at its column.
    AtColumn,
    /// As an item of CREATE TABLE.
    InTable,
    /// In a statement of its own.
    Statement,
}

/// The index cannot be printed; a notice says so.
pub(crate) struct LeftOut;

pub(crate) fn index_label(table: &Table, index: &Index) -> String {
    match &index.name {
        Some(name) => format!("index `{name}` of table `{}`", label(table)),
        None => {
            let parts: Vec<&str> = index
                .parts
                .iter()
                .map(|part| match &part.target {
                    IndexTarget::Column(id) => table.column(*id).map_or("", |it| it.name.as_str()),
                    IndexTarget::Expr(expr) => expr,
                })
                .collect();
            format!("the index on `{}` of table `{}`", parts.join(", "), label(table))
        }
    }
}

/// Whether the expression is one call of a function and nothing else.
fn is_call(expr: &str) -> bool {
    let Some(open) = expr.find('(') else { return false };
    let is_name = open > 0
        && expr[..open].bytes().all(|it| it == b'_' || it == b'.' || it.is_ascii_alphanumeric());
    let mut depth = 0_i32;
    let mut is_quoted = false;
    for (at, byte) in expr.bytes().enumerate() {
        match byte {
            b'\'' => is_quoted = !is_quoted,
            b'(' if !is_quoted => depth += 1,
            b')' if !is_quoted => {
                depth -= 1;
                if depth == 0 {
                    return is_name && at + 1 == expr.len();
                }
            }
            _ => {}
        }
    }
    false
}
