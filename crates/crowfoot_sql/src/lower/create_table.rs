//! New tables and columns.

use crowfoot_schema::{
    Column, ColumnId, ColumnType, DefaultValue, Dialect, Extra, Generated, IdMint, Increment,
};
use crowfoot_text::Span;
use smol_str::SmolStr;

use super::catalog::{Catalog, ColumnDraft, TableDraft};
use crate::{
    dialect::rules,
    option,
    parse::{
        self,
        ast::{
            ColumnDef, CreateTable, DefaultClause, Identity, Included, Name, Parent, ParentKind,
            Path, Position, TypeName,
        },
    },
};

impl Catalog<'_> {
    pub(crate) fn create_table(&mut self, create: CreateTable) {
        let Some(path) = create.path else { return };
        if self.dialect == Dialect::Sqlite && is_internal(&path.name.text) {
            // The shell's `.schema` shows such tables; nobody else may create one.
            self.report.skip(&parse::INTERNAL, path.span());
            return;
        }
        let schema = self.home(&path);
        if let Some(earlier) = self.same_table(&schema, &path.name.text) {
            if !create.is_if_not_exists {
                let message = format!("there is a table `{path}` already; the first one is kept");
                self.report.warn("sql/duplicate-table", path.span(), message);
            } else if self.tables[earlier].columns.is_empty() {
                self.add_columns(earlier, create.columns);
            }
            return;
        }
        let table = self.add_table(TableDraft::new(schema, path.name.text.clone(), path.span()));
        self.tables[table].comment = create.comment;
        self.tables[table].options = create.options;
        for parent in &create.parents {
            let from = self.find_table(&parent.path, None).filter(|it| *it != table);
            if let ParentKind::PartitionOf { bounds } = &parent.kind {
                let (schema, name) = match from {
                    Some(from) => (self.tables[from].schema.as_deref(), &self.tables[from].name),
                    None => {
                        let schema = parent.path.schema.as_ref().map(|it| it.text.as_str());
                        (schema, &parent.path.name.text)
                    }
                };
                let option = partition_of(schema, name, bounds);
                self.tables[table].options.push(option);
            }
            match from {
                Some(from) => self.copy_columns(table, from, parent),
                None => self.unknown_parent(table, &parent.path, parent.path.span()),
            }
        }
        if let Some(span) = create.as_query
            && create.columns.is_empty()
        {
            let message = format!("the columns of `{path}` come from a query and are not known");
            self.report.warn("sql/unknown-columns", span, message);
        }
        let has_parents = !create.parents.is_empty();
        self.add_columns_over(table, create.columns, has_parents);
        for constraint in create.constraints {
            self.add_constraint(table, constraint, None);
        }
    }

    fn add_columns(&mut self, table: usize, columns: Vec<ColumnDef>) {
        self.add_columns_over(table, columns, false);
    }

    fn add_columns_over(&mut self, table: usize, columns: Vec<ColumnDef>, has_parents: bool) {
        self.tables[table].columns.reserve(columns.len());
        for column in columns {
            if has_parents && let Some(place) = self.tables[table].find(&column.name.text) {
                self.refine(table, place, column);
            } else {
                self.add_column(table, column);
            }
        }
    }

    /// A column of a parent that the child says more about.
    fn refine(&mut self, table: usize, place: u32, def: ColumnDef) {
        let mut def = def;
        let constraints = std::mem::take(&mut def.constraints);
        let has_type = !def.ty.text.is_empty();
        let draft = self.draft(def);
        let old = self.tables[table].column_mut(place);
        old.column.not_null |= draft.column.not_null;
        if draft.column.default.is_some() || draft.sequence.is_some() {
            old.column.default = draft.column.default;
            old.column.increment = draft.column.increment;
            old.sequence = draft.sequence;
        }
        if has_type {
            old.column.ty = draft.column.ty;
            old.enumeration = draft.enumeration;
        }
        for constraint in constraints {
            self.add_constraint(table, constraint, Some(place));
        }
    }

    /// Adds a column with the constraints written at it, unless it is there already.
    pub(crate) fn add_column(&mut self, table: usize, mut def: ColumnDef) {
        if self.tables[table].find(&def.name.text).is_some_and(|place| {
            let name = &self.tables[table].columns[place as usize].column.name;
            self.dialect != Dialect::PostgreSql || *name == def.name.text
        }) {
            let message =
                format!("`{}` has a column `{}` already", self.tables[table].name, def.name.text);
            self.report.warn("sql/duplicate-column", def.name.span, message);
            return;
        }
        if def.name.text.is_empty() {
            self.report.warn("sql/empty-name", def.name.span, "a column has no name".to_owned());
            return;
        }
        let at = def.position.take().and_then(|it| self.place_in_order(table, &it));
        let constraints = std::mem::take(&mut def.constraints);
        let is_serial = self.dialect == Dialect::MySql && def.ty.text == "serial";
        let name = def.name.clone();
        let draft = self.draft(def);
        let place = self.tables[table].add(draft, at);
        for constraint in constraints {
            self.add_constraint(table, constraint, Some(place));
        }
        if is_serial {
            self.unique_serial(table, place, &name);
        }
    }

    fn place_in_order(&self, table: usize, position: &Position) -> Option<usize> {
        match position {
            Position::First => Some(0),
            Position::After(name) => {
                let place = self.tables[table].find(&name.text)?;
                self.tables[table].order.iter().position(|it| *it == place).map(|it| it + 1)
            }
        }
    }

    /// What a definition says, without its constraints.
    pub(crate) fn draft(&mut self, def: ColumnDef) -> ColumnDraft {
        let id: ColumnId = IdMint::new(0, 0).id();
        let mut draft = ColumnDraft {
            column: Column::new(id, def.name.text, ColumnType::named("")),
            is_live: true,
            enumeration: None,
            dimensions: 0,
            values: None,
            sequence: None,
        };
        draft.column.not_null = def.not_null;
        self.set_type(&mut draft, def.ty);
        set_default(&mut draft, def.default);
        if let Some(identity) = def.identity {
            draft.column.increment = Some(increment(identity));
            draft.column.not_null |= identity != Identity::Auto;
        }
        draft.column.generated =
            def.generated.map(|(expr, is_stored)| Generated { expr, is_stored });
        draft.column.charset = def.charset;
        draft.column.collation = def.collation;
        draft.column.note = def.comment;
        draft.column.options = def.options;
        draft
    }

    pub(crate) fn set_type(&mut self, draft: &mut ColumnDraft, ty: TypeName) {
        draft.enumeration = None;
        draft.values = ty.values;
        draft.dimensions = ty.dimensions;
        let mut text = ty.text;
        match self.dialect {
            Dialect::PostgreSql => {
                let integer = match text.as_str() {
                    "serial" | "serial4" => Some("integer"),
                    "bigserial" | "serial8" => Some("bigint"),
                    "smallserial" | "serial2" => Some("smallint"),
                    _ => None,
                };
                if let Some(integer) = integer {
                    text = SmolStr::new_static(integer);
                    draft.column.increment = Some(Increment::Serial);
                    draft.column.not_null = true;
                } else if let Some(path) = &ty.path {
                    draft.enumeration = self.find_enum(path);
                    let is_known_schema = path
                        .schema
                        .as_ref()
                        .is_some_and(|it| matches!(it.text.as_str(), "public" | "pg_catalog"));
                    if is_known_schema && let Some((_, bare)) = text.split_once('.') {
                        text = SmolStr::new(bare);
                    }
                    if let Some(user_type) = self.find_user_type(path) {
                        text = user_type.text(ty.dimensions);
                    }
                }
            }
            Dialect::MySql if text == "serial" => {
                text = SmolStr::new_static("bigint unsigned");
                draft.column.increment = Some(Increment::Auto);
                draft.column.not_null = true;
            }
            Dialect::MySql | Dialect::Sqlite => {}
        }
        draft.column.ty = ColumnType::Named(text);
    }

    /// Puts the columns of a parent into a new table.
    fn copy_columns(&mut self, table: usize, from: usize, parent: &Parent) {
        let source = &self.tables[from];
        let mut columns: Vec<ColumnDraft> = source
            .order
            .iter()
            .map(|place| source.columns[*place as usize].clone())
            .filter(|it| it.is_live)
            .collect();
        let mut checks = Vec::new();
        let mut indexes = Vec::new();
        let mut primary = source.primary.clone();
        match &parent.kind {
            ParentKind::Like(included) => {
                columns.iter_mut().for_each(|it| leave_out(it, *included));
                if included.checks {
                    checks.clone_from(&source.checks);
                }
                if included.keys {
                    indexes.clone_from(&source.indexes);
                } else {
                    primary = None;
                }
            }
            ParentKind::Inherits => primary = None,
            ParentKind::PartitionOf { .. } => {}
        }
        let names: Vec<SmolStr> = source.columns.iter().map(|it| it.column.name.clone()).collect();

        for column in columns {
            if self.tables[table].find(&column.column.name).is_none() {
                self.tables[table].add(column, None);
            }
        }
        let target = &self.tables[table];
        let place = |old: u32| names.get(old as usize).and_then(|name| target.find(name));
        let primary = primary.and_then(|mut key| {
            key.name = None;
            key.columns = key.columns.iter().map(|it| place(*it)).collect::<Option<_>>()?;
            Some(key)
        });
        let mut copied = Vec::new();
        for mut index in indexes {
            let mut is_whole = true;
            for (part, _) in &mut index.parts {
                if let super::catalog::PartDraft::Column(column) = part {
                    match place(*column) {
                        Some(new) => *column = new,
                        None => is_whole = false,
                    }
                }
            }
            index.include = index.include.iter().filter_map(|it| place(*it)).collect();
            if self.dialect != Dialect::MySql {
                index.name = None;
            }
            if is_whole {
                copied.push(index);
            }
        }
        for check in &mut checks {
            check.column = check.column.and_then(place);
        }
        let target = &mut self.tables[table];
        target.primary = primary.or(target.primary.take());
        target.indexes.extend(copied);
        target.checks.append(&mut checks);
    }

    pub(crate) fn unknown_parent(&mut self, table: usize, parent: &Path, span: Span) {
        let message = format!(
            "`{}` takes its columns from `{parent}`, which is not there",
            self.tables[table].name
        );
        self.report.warn("sql/unresolved-reference", span, message);
    }

    /// MySQL's `SERIAL` is unique, too.
    fn unique_serial(&mut self, table: usize, place: u32, name: &Name) {
        use crowfoot_schema::Uniqueness;

        use super::catalog::{IndexDraft, PartDraft};
        let is_primary =
            self.tables[table].primary.as_ref().is_some_and(|it| it.columns == [place]);
        if !is_primary && !name.text.is_empty() {
            self.tables[table].indexes.push(IndexDraft {
                name: None,
                uniqueness: Uniqueness::Constraint,
                parts: vec![(PartDraft::Column(place), None)],
                method: None,
                predicate: None,
                include: Vec::new(),
                note: None,
                options: Vec::new(),
            });
        }
    }
}

/// Whether SQLite keeps names like that one for its own tables.
fn is_internal(name: &str) -> bool {
    name.get(..7).is_some_and(|it| it.eq_ignore_ascii_case("sqlite_"))
}

/// Takes out of a copied column what does not come along.
fn leave_out(draft: &mut ColumnDraft, included: Included) {
    let column = &mut draft.column;
    let counts = match column.increment {
        Some(Increment::IdentityAlways | Increment::IdentityByDefault) => included.identity,
        Some(Increment::Auto | Increment::Serial) | None => included.defaults,
    };
    if !counts {
        column.increment = None;
    }
    if !included.identity {
        column.options.retain(|it| it.key != option::PG_IDENTITY_OPTIONS);
    }
    if !included.defaults {
        column.default = None;
        draft.sequence = None;
    }
    if !included.generated {
        column.generated = None;
    }
    if !included.comments {
        column.note = None;
    }
    if !included.storage {
        let is_storage = |it: &str| matches!(it, option::PG_STORAGE | option::PG_COMPRESSION);
        column.options.retain(|it| !is_storage(&it.key));
    }
}

/// The option of a partition: the table that it is a part of, by the name that PostgreSQL finds it
/// by, and its bounds.
pub(crate) fn partition_of(schema: Option<&str>, name: &str, bounds: &str) -> Extra {
    let rules = rules(Dialect::PostgreSql);
    let schema = schema.map(|it| format!("{}.", rules.name_of(it))).unwrap_or_default();
    let value = format!("{schema}{} {bounds}", rules.name_of(name));
    Extra { key: SmolStr::new_static(option::PG_PARTITION_OF), value: Some(value) }
}

pub(crate) fn set_default(draft: &mut ColumnDraft, default: Option<DefaultClause>) {
    draft.sequence = None;
    draft.column.default = None;
    match default {
        Some(DefaultClause::Value(DefaultValue::Expr(expr))) if expr.is_empty() => {}
        Some(DefaultClause::Value(value)) => draft.column.default = Some(value),
        Some(DefaultClause::NextVal { sequence, expr }) => {
            draft.sequence = Some(Box::new((sequence, expr)));
        }
        None => {}
    }
}

pub(crate) fn increment(identity: Identity) -> Increment {
    match identity {
        Identity::Auto => Increment::Auto,
        Identity::Always => Increment::IdentityAlways,
        Identity::ByDefault => Increment::IdentityByDefault,
    }
}
