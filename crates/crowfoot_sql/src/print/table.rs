//! CREATE TABLE.

use crowfoot_schema::{Check, ColumnId, EntityId, Extra, Table, Uniqueness};
use smol_str::SmolStr;

use super::{
    Printer,
    body::Body,
    comment::MYSQL_TABLE_COMMENT,
    has_option, option,
    plan::{Plan, TablePlan, label},
    split_name,
    types::is_json_check,
};
use crate::{Dialect, dialect::kind::Kind, option as options};

impl<'a> Printer<'a> {
    pub(crate) fn table(&mut self, plan: &Plan<'a>, table: &TablePlan<'a>) {
        self.gap();
        if self.target == Dialect::Sqlite {
            self.remarks(table.table);
        }
        self.put("CREATE ");
        if self.has_own_option(table.table, options::PG_UNLOGGED, Dialect::PostgreSql) {
            self.put("UNLOGGED ");
        }
        self.put("TABLE ");
        self.put(&table.name);
        self.table_body(plan, table);
        self.table_options(table);
        self.put(";\n");
        self.after_table(table);
        self.lost_options(table.table);
    }

    /// Makes a partition of the table, once it has its indexes.
    pub(crate) fn attach(&mut self, table: &TablePlan<'a>) {
        if !self.is_own() || self.target != Dialect::PostgreSql {
            return;
        }
        let clause = option(&table.table.options, options::PG_PARTITION_OF);
        if let Some((parent, bounds)) = clause.map(split_name) {
            self.put("\nALTER TABLE ");
            self.put(parent);
            self.put("\n    ATTACH PARTITION ");
            self.put(&table.name);
            self.put(" ");
            self.put(bounds.trim());
            self.put(";\n");
        }
    }

    pub(crate) fn table_body(&mut self, plan: &Plan<'a>, table: &TablePlan<'a>) {
        let mut body = Body::default();
        for at in 0..table.columns.len() {
            body.item(self);
            self.column(table, at, &mut body);
        }
        self.table_constraints(plan, table, &mut body);
        body.end(self);
    }

    /// What follows the columns.
    pub(crate) fn table_constraints(
        &mut self,
        plan: &Plan<'a>,
        table: &TablePlan<'a>,
        body: &mut Body,
    ) {
        self.primary_key(table, body);
        for at in 0..table.table.indexes.len() {
            if self.is_table_item(table, at) {
                self.index_item(table, at, body);
            }
        }
        for columns in &table.added_indexes {
            self.added_index(table, columns, body);
        }
        if let Some(column) = self.column_that_needs_a_key(table.table) {
            self.added_index(table, &[column], body);
            let name = table.table.column(column).map_or("", |it| it.name.as_str());
            let message = format!(
                "column `{}.{name}` counts up, for which MySQL wants an index: one was added",
                label(table.table)
            );
            self.notice("sql/index-added", EntityId::Column(column), message);
        }
        for (check, name) in table.table.checks.iter().zip(&table.check_names) {
            if !self.is_at_column(check) && !self.is_unchecked_check(check) {
                self.check(table, check, name.as_ref(), Some(&mut *body));
            }
        }
        for key in &table.keys {
            if !self.is_added_later(key) {
                body.item(self);
                self.foreign_key(plan, table, key);
            }
        }
        if self.is_own() && self.target == Dialect::PostgreSql {
            for extra in table.table.options.iter().filter(|it| it.key == options::PG_EXCLUDE) {
                body.item(self);
                self.put(extra.value.as_deref().unwrap_or(""));
            }
        }
    }

    /// The primary key as a constraint of the table, where it does not stand at its column.
    fn primary_key(&mut self, table: &TablePlan<'a>, body: &mut Body) {
        let Some(key) = &table.table.primary_key else { return };
        if self.has_inline_key(table) {
            return;
        }
        body.item(self);
        if let Some(name) = &table.primary_key_name {
            self.put("CONSTRAINT ");
            self.name(name);
            self.put(" ");
        }
        self.put("PRIMARY KEY (");
        self.column_list(table.table, &key.columns);
        self.put(")");
    }

    /// Whether the primary key is said at its column: it has one column and no name, or SQLite
    /// counts it up, which it does only there.
    pub(crate) fn has_inline_key(&self, table: &TablePlan<'_>) -> bool {
        match &table.table.primary_key {
            Some(key) if key.columns.len() == 1 => {
                table.primary_key_name.is_none() || self.counts_in_sqlite(table.table)
            }
            _ => false,
        }
    }

    /// Whether the table's key is a column that SQLite counts up.
    pub(crate) fn counts_in_sqlite(&self, table: &Table) -> bool {
        self.target == Dialect::Sqlite
            && table.primary_columns().len() == 1
            && table.column(table.primary_columns()[0]).is_some_and(|it| self.is_counting(it))
    }

    pub(crate) fn column_list(&mut self, table: &Table, columns: &[ColumnId]) {
        for (at, column) in columns.iter().enumerate() {
            if at > 0 {
                self.put(", ");
            }
            self.column_name(table, *column);
        }
    }

    pub(crate) fn column_name(&mut self, table: &Table, column: ColumnId) {
        self.name(table.column(column).map_or("", |it| it.name.as_str()));
    }

    fn added_index(&mut self, table: &TablePlan<'a>, columns: &[ColumnId], body: &mut Body) {
        body.item(self);
        self.put("KEY (");
        self.column_list(table.table, columns);
        self.put(")");
    }

    /// The column that MySQL counts up and that begins no index.
    pub(crate) fn column_that_needs_a_key(&self, table: &Table) -> Option<ColumnId> {
        if self.target != Dialect::MySql {
            return None;
        }
        let column = self.mysql_counter(table)?;
        let begins_key = table.primary_columns().first() == Some(&column)
            || table.indexes.iter().any(|it| it.columns().next() == Some(column));
        (!begins_key).then_some(column)
    }

    /// Whether the check is written at its column. MariaDB takes only those without a name there.
    pub(crate) fn is_at_column(&self, check: &Check) -> bool {
        let is_refused = self.target == Dialect::MySql && check.name.is_some() && !self.is_own();
        check.column.is_some() && !is_refused
    }

    /// A check, at its column or (with a body) as an item of the table.
    pub(crate) fn check(
        &mut self,
        table: &TablePlan<'a>,
        check: &Check,
        name: Option<&SmolStr>,
        body: Option<&mut Body>,
    ) {
        let Some(expr) = self.check_expression(table, check) else { return };
        match body {
            Some(body) => body.item(self),
            None => self.put(" "),
        }
        if let Some(name) = name {
            self.put("CONSTRAINT ");
            self.name(name);
            self.put(" ");
        }
        self.put("CHECK (");
        self.put(&expr);
        self.put(")");
        if self.is_own() {
            if has_option(&check.options, options::PG_NO_INHERIT) {
                self.put(" NO INHERIT");
            }
            if has_option(&check.options, options::MYSQL_NOT_ENFORCED) {
                self.put(" /*!80016 NOT ENFORCED */");
            }
        }
    }

    pub(crate) fn check_expression(
        &mut self,
        table: &TablePlan<'a>,
        check: &Check,
    ) -> Option<String> {
        let is_said_by_type = !self.is_own()
            && table.table.columns.iter().zip(&table.columns).any(|(column, planned)| {
                planned.kind == Kind::Json && is_json_check(&check.expr, &column.name)
            });
        if is_said_by_type {
            return None;
        }
        let expr = self.condition(table, &check.expr);
        if expr.is_none() {
            let name = check.name.as_ref().map_or_else(String::new, |it| format!("`{it}` "));
            self.left_out(
                EntityId::Check(check.id),
                &format!("check {name}of table `{}`", label(table.table)),
                &check.expr,
            );
        }
        expr
    }

    /// Tells that an expression has no translation.
    pub(crate) fn left_out(&mut self, entity: EntityId, what: &str, expr: &str) {
        let target = self.rules.name;
        let expr: String = expr.split_whitespace().collect::<Vec<_>>().join(" ");
        let message =
            format!("{what} is left out: `{expr}` has no translation that is certain in {target}");
        self.notice("sql/expression-left-out", entity, message);
    }

    /// Whether the check is told not to look at the rows that are there.
    pub(crate) fn is_unchecked_check(&self, check: &Check) -> bool {
        self.is_own()
            && self.target == Dialect::PostgreSql
            && has_option(&check.options, options::PG_NOT_VALID)
    }

    fn has_own_option(&self, table: &Table, key: &str, dialect: Dialect) -> bool {
        self.target == dialect && self.is_own() && has_option(&table.options, key)
    }

    pub(crate) fn table_options(&mut self, table: &TablePlan<'a>) {
        let own: &[_] = if self.is_own() { &table.table.options } else { &[] };
        match self.target {
            Dialect::PostgreSql => {
                for (key, words, has_parentheses) in [
                    (options::PG_INHERITS, " INHERITS ", true),
                    (options::PG_PARTITION_BY, " PARTITION BY ", false),
                    (options::PG_USING, " USING ", false),
                    (options::PG_WITH, " WITH ", true),
                    (options::PG_TABLESPACE, " TABLESPACE ", false),
                ] {
                    if let Some(value) = option(own, key) {
                        self.put(words);
                        self.in_parentheses(value, has_parentheses);
                    }
                }
            }
            Dialect::MySql => {
                for clause in own.iter().filter_map(mysql_option) {
                    self.put(" ");
                    self.put(&clause);
                }
                if let Some(note) = &table.table.note {
                    self.put(" COMMENT=");
                    let entity = EntityId::Table(table.table.id);
                    self.mysql_comment(entity, note, MYSQL_TABLE_COMMENT);
                }
                if let Some(clause) = option(own, options::MYSQL_PARTITION_BY) {
                    self.put("\nPARTITION BY ");
                    self.put(clause);
                }
            }
            Dialect::Sqlite => {
                let has_strict = has_option(own, options::SQLITE_STRICT);
                let has_no_rowid = has_option(own, options::SQLITE_WITHOUT_ROWID);
                self.put(match (has_no_rowid, has_strict) {
                    (true, true) => " WITHOUT ROWID, STRICT",
                    (true, false) => " WITHOUT ROWID",
                    (false, true) => " STRICT",
                    (false, false) => "",
                });
            }
        }
    }

    pub(crate) fn in_parentheses(&mut self, value: &str, has_parentheses: bool) {
        if has_parentheses && !value.starts_with('(') {
            self.put("(");
            self.put(value);
            self.put(")");
        } else {
            self.put(value);
        }
    }

    /// What PostgreSQL can say of a table only when it is there.
    fn after_table(&mut self, table: &TablePlan<'a>) {
        if self.target != Dialect::PostgreSql || !self.is_own() {
            return;
        }
        for column in &table.table.columns {
            if let Some(strategy) = option(&column.options, options::PG_STORAGE) {
                self.put("\nALTER TABLE ");
                self.put(&table.name);
                self.put("\n    ALTER COLUMN ");
                self.name(&column.name);
                self.put(" SET STORAGE ");
                self.put(strategy);
                self.put(";\n");
            }
        }
        for (check, name) in table.table.checks.iter().zip(&table.check_names) {
            if self.is_unchecked_check(check) {
                self.put("\nALTER TABLE ");
                self.put(&table.name);
                self.put("\n    ADD");
                self.check(table, check, name.as_ref(), None);
                self.put(" NOT VALID;\n");
            }
        }
    }

    /// Tells which clauses of another dialect meant more than how rows are stored.
    fn lost_options(&mut self, table: &Table) {
        if self.is_own() {
            return;
        }
        let meanings = [
            (options::PG_PARTITION_BY, "the table is not partitioned"),
            (options::PG_PARTITION_OF, "it is no partition but a table of its own"),
            (options::PG_INHERITS, "it does not inherit"),
            (options::PG_EXCLUDE, "its EXCLUDE constraint is left out"),
            (options::MYSQL_PARTITION_BY, "the table is not partitioned"),
        ];
        for (key, meaning) in meanings {
            if has_option(&table.options, key) {
                let message = format!("table `{}`: {meaning} in {}", label(table), self.rules.name);
                self.notice("sql/option-left-out", EntityId::Table(table.id), message);
            }
        }
    }

    /// Notes as remarks, for a database that keeps none.
    fn remarks(&mut self, table: &Table) {
        for line in table.note.iter().flat_map(|it| it.lines()) {
            self.put("-- ");
            self.put(line);
            self.put("\n");
        }
    }

    /// The index that is said in one word at its column: unique, of that column, and nothing more.
    pub(crate) fn inline_unique(&self, table: &Table, column: ColumnId) -> Option<usize> {
        table.indexes.iter().position(|index| {
            index.uniqueness == Uniqueness::Constraint
                && index.parts.len() == 1
                && index.columns().next() == Some(column)
                && index.parts[0].modifiers.is_none()
                && index.name.is_none()
                && index.method.is_none()
                && index.predicate.is_none()
                && index.include.is_empty()
                && index.options.is_empty()
                && (index.note.is_none() || self.target != Dialect::MySql)
        })
    }
}

/// An option of a MySQL table as its clause; none if it is another dialect's or no plain option.
pub(crate) fn mysql_option(extra: &Extra) -> Option<String> {
    let word = match extra.key.as_str() {
        options::MYSQL_PARTITION_BY => return None,
        options::MYSQL_ENGINE => "ENGINE".to_owned(),
        options::MYSQL_CHARSET => "DEFAULT CHARSET".to_owned(),
        options::MYSQL_COLLATE => "COLLATE".to_owned(),
        it => match it.strip_prefix("mysql.")? {
            "data_directory" => "DATA DIRECTORY".to_owned(),
            "index_directory" => "INDEX DIRECTORY".to_owned(),
            word => word.to_ascii_uppercase(),
        },
    };
    Some(match extra.value.as_deref().unwrap_or("") {
        "" => word,
        value => format!("{word}={value}"),
    })
}
