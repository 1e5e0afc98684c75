//! Keys, indexes, checks and foreign keys of tables.

use crowfoot_schema::{Dialect, Extra, Increment, Uniqueness};
use crowfoot_text::Span;
use smol_str::SmolStr;

use super::catalog::{Catalog, CheckDraft, IndexDraft, KeyDraft, PartDraft, RefDraft, Target};
use crate::{
    dialect::rules,
    option,
    parse::ast::{Constraint, ConstraintKind, CreateIndex, ForeignKey, KeyDef, Name, PartTarget},
};

impl Catalog<'_> {
    /// Adds a constraint, which may have been written at a column.
    pub(crate) fn add_constraint(
        &mut self,
        table: usize,
        constraint: Constraint,
        column: Option<u32>,
    ) {
        let name = constraint.name.map(|it| it.text).filter(|it| !it.is_empty());
        match constraint.kind {
            ConstraintKind::PrimaryKey(key) => self.add_primary(table, name, key, constraint.span),
            ConstraintKind::Unique(key) => {
                self.add_index(table, name, key, Uniqueness::Constraint, constraint.span);
            }
            ConstraintKind::Index(key) => {
                self.add_index(table, name, key, Uniqueness::None, constraint.span);
            }
            ConstraintKind::Check { expr, options } => {
                let check = CheckDraft { name, expr, column, options };
                self.add_check(table, check, constraint.span);
            }
            ConstraintKind::ForeignKey(key) => {
                self.add_foreign_key(table, name, key, constraint.span);
            }
            ConstraintKind::NotNull(column) => match self.tables[table].find(&column.text) {
                Some(place) => self.tables[table].column_mut(place).column.not_null = true,
                None => self.no_column(table, &column),
            },
            ConstraintKind::Exclude(text) => {
                let text = match name {
                    Some(name) => {
                        format!("CONSTRAINT {} {text}", rules(Dialect::PostgreSql).name_of(&name))
                    }
                    None => text,
                };
                let key = SmolStr::new_static(option::PG_EXCLUDE);
                self.tables[table].options.push(Extra { key, value: Some(text) });
            }
            ConstraintKind::UsingIndex { index, is_primary } => {
                self.use_index(table, name, &index, is_primary);
            }
        }
    }

    fn add_primary(&mut self, table: usize, name: Option<SmolStr>, key: KeyDef, span: Span) {
        if let Some(name) = key.include.first() {
            let message = "the columns that a primary key includes were left out: they are no part \
                           of the key";
            self.report.info("sql/left-out-include", name.span, message.to_owned());
        }
        let is_kept = |it: &SmolStr| it.eq_ignore_ascii_case("autoincrement");
        let lost = key.parts.iter().find_map(|it| {
            let modifiers = it.modifiers.as_ref().filter(|it| !is_kept(it))?;
            Some(modifiers.to_lowercase())
        });
        let lost = lost.or_else(|| {
            let option = key.options.iter().find(|it| it.key != option::SQLITE_ON_CONFLICT)?;
            Some(option.key.split('.').next_back().unwrap_or_default().replace('_', " "))
        });
        if let Some(lost) = lost.filter(|_| self.foreign.is_none()) {
            let message =
                format!("`{lost}` of a primary key was left out: its columns are kept, no more");
            self.report.info("sql/left-out-key-option", span, message);
        }
        let is_counted = key.parts.iter().any(|part| {
            part.modifiers.as_ref().is_some_and(|it| it.eq_ignore_ascii_case("autoincrement"))
        });
        let names: Vec<Name> = key
            .parts
            .into_iter()
            .filter_map(|part| match part.target {
                PartTarget::Column(name) => Some(name),
                PartTarget::Expr(_) => None,
            })
            .collect();
        let Some(mut columns) = self.columns(table, &names) else { return };
        let mut seen = Vec::new();
        columns.retain(|it| {
            let is_new = !seen.contains(it);
            seen.push(*it);
            is_new
        });
        if columns.is_empty() {
            let message =
                format!("the primary key of `{}` names no column", self.tables[table].name);
            self.report.warn("sql/empty-primary-key", span, message);
            return;
        }
        let draft = &mut self.tables[table];
        if is_counted {
            draft.column_mut(columns[0]).column.increment = Some(Increment::Auto);
        }
        match &mut draft.primary {
            Some(primary) if primary.columns == columns => {
                primary.name = primary.name.take().or(name);
            }
            Some(_) => {
                let message = format!("`{}` has a primary key already", draft.name);
                self.report.warn("sql/duplicate-primary-key", span, message);
            }
            None => draft.primary = Some(KeyDraft { name, columns }),
        }
        if let Some(conflict) =
            key.options.into_iter().find(|it| it.key == option::SQLITE_ON_CONFLICT)
        {
            self.tables[table].options.push(conflict);
        }
    }

    pub(crate) fn add_index(
        &mut self,
        table: usize,
        name: Option<SmolStr>,
        key: KeyDef,
        uniqueness: Uniqueness,
        span: Span,
    ) {
        let mut parts = Vec::with_capacity(key.parts.len());
        for part in key.parts {
            let target = match part.target {
                PartTarget::Expr(expr) => PartDraft::Expr(expr),
                PartTarget::Column(name) => match self.tables[table].find(&name.text) {
                    Some(place) => PartDraft::Column(place),
                    None => {
                        self.no_column(table, &name);
                        return;
                    }
                },
            };
            parts.push((target, part.modifiers));
        }
        if parts.is_empty() {
            let message = format!("an index of `{}` names no column", self.tables[table].name);
            self.report.warn("sql/empty-index", span, message);
            return;
        }
        let include = self.columns(table, &key.include).unwrap_or_default();
        if let Some(name) = &name
            && self.tables[table].indexes.iter().any(|it| it.name.as_ref() == Some(name))
        {
            let message = format!("`{}` has an index `{name}` already", self.tables[table].name);
            self.report.warn("sql/duplicate-index", span, message);
            return;
        }
        // What a constraint cannot say, a unique index can.
        let is_plain = |part: &(PartDraft, Option<SmolStr>)| {
            part.1.is_none() && matches!(part.0, PartDraft::Column(_))
        };
        let uniqueness = match uniqueness {
            Uniqueness::Constraint if !parts.iter().all(is_plain) => Uniqueness::Index,
            other => other,
        };
        if let Some(name) = &name {
            self.enter_index(table, name);
        }
        self.tables[table].indexes.push(IndexDraft {
            name,
            uniqueness,
            parts,
            method: key.method,
            predicate: key.predicate,
            include,
            note: key.comment,
            options: key.options,
        });
    }

    pub(crate) fn create_index(&mut self, create: CreateIndex) {
        let Some(table) = self.find_table(&create.table, None) else {
            self.no_table(&create.table, "an index");
            return;
        };
        let name = create.name.map(|it| it.text).filter(|it| !it.is_empty());
        let is_there = |name: &SmolStr| {
            self.tables[table].indexes.iter().any(|it| it.name.as_ref() == Some(name))
        };
        if create.is_if_not_exists && name.as_ref().is_some_and(is_there) {
            return;
        }
        let uniqueness = if create.is_unique { Uniqueness::Index } else { Uniqueness::None };
        self.add_index(table, name, create.key, uniqueness, create.span);
    }

    fn add_check(&mut self, table: usize, check: CheckDraft, span: Span) {
        if let Some(name) = &check.name
            && self.tables[table].checks.iter().any(|it| it.name.as_ref() == Some(name))
        {
            let message = format!("`{}` has a check `{name}` already", self.tables[table].name);
            self.report.warn("sql/duplicate-constraint", span, message);
            return;
        }
        self.tables[table].checks.push(check);
    }

    pub(crate) fn add_foreign_key(
        &mut self,
        table: usize,
        name: Option<SmolStr>,
        key: ForeignKey,
        span: Span,
    ) {
        let Some(columns) = self.columns(table, &key.columns) else { return };
        let Some(set) = self.columns(table, &key.delete_columns) else { return };
        let mut options = key.options;
        if !set.is_empty() && !columns.iter().all(|it| set.contains(it)) {
            let rules = rules(Dialect::PostgreSql);
            let names: Vec<String> =
                key.delete_columns.iter().map(|it| rules.name_of(&it.text)).collect();
            let key = SmolStr::new_static(option::PG_DELETE_COLUMNS);
            options.push(Extra { key, value: Some(names.join(", ")) });
        }
        let schema = self.tables[table].schema.clone();
        // In PostgreSQL an unqualified name is looked up along the path, elsewhere next door.
        let from = (self.dialect != Dialect::PostgreSql).then_some(&schema);
        let at = self.refs.len();
        let target = match self.find_table(&key.target, from) {
            Some(target) => {
                self.tables[target].refs_in.push(at);
                Target::Table(target)
            }
            None => Target::Named(key.target),
        };
        self.tables[table].refs_out.push(at);
        self.refs.push(RefDraft {
            is_live: true,
            span,
            name,
            from: table,
            columns,
            target,
            target_columns: key.target_columns.into_iter().map(|it| it.text).collect(),
            on_delete: key.on_delete,
            on_update: key.on_update,
            deferrable: key.deferrable,
            note: None,
            options,
        });
    }

    /// `ADD CONSTRAINT x UNIQUE USING INDEX y`: the index becomes the constraint.
    fn use_index(&mut self, table: usize, name: Option<SmolStr>, index: &Name, is_primary: bool) {
        let draft = &mut self.tables[table];
        let Some(at) = draft.indexes.iter().position(|it| it.name.as_ref() == Some(&index.text))
        else {
            let message = format!("`{}` has no index `{}`", draft.name, index.text);
            self.report.warn("sql/unknown-index", index.span, message);
            return;
        };
        let name = name.unwrap_or_else(|| index.text.clone());
        if !is_primary {
            draft.indexes[at].uniqueness = Uniqueness::Constraint;
            draft.indexes[at].name = Some(name.clone());
            self.enter_index(table, &name);
            return;
        }
        let index = draft.indexes.remove(at);
        let columns = index
            .parts
            .iter()
            .filter_map(|(part, _)| match part {
                PartDraft::Column(place) => Some(*place),
                PartDraft::Expr(_) => None,
            })
            .collect();
        draft.primary = Some(KeyDraft { name: Some(name), columns });
    }

    pub(crate) fn no_table(&mut self, path: &crate::parse::ast::Path, what: &str) {
        let message = format!("{what} is for `{path}`, which is not there");
        self.report.warn("sql/unknown-table", path.span(), message);
    }
}
