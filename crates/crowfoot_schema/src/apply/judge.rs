//! What must hold after the last change of a change-set.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Work;
use crate::{
    Column, ColumnId, ColumnType, Diagram, EntityId, IndexTarget, Ref, Shown, Side, Table,
};

impl Work {
    /// Checks what was touched and brings the indexes of names up to date. `old` is the diagram
    /// before the first change.
    pub(super) fn judge(&mut self, old: &Diagram) {
        self.judge_table_names(old);
        self.judge_enum_names(old);
        for (id, at) in self.tables.clone() {
            if let Some(table) = self.diagram.tables.get(&id).cloned() {
                self.judge_table(&table, at);
            }
        }
        for (id, at) in self.refs.clone() {
            if let Some(reference) = self.diagram.refs.get(&id).cloned() {
                self.judge_ref(&reference, at);
            }
        }
        self.judge_enums();
        self.judge_views();
        self.judge_others();
    }

    fn judge_table_names(&mut self, old: &Diagram) {
        for id in self.tables.keys() {
            if let Some(table) = old.table(*id) {
                let key = (table.schema.clone(), table.name.clone());
                if self.diagram.table_names.get(&key) == Some(id) {
                    self.diagram.table_names.remove(&key);
                }
            }
        }
        for (id, at) in self.tables.clone() {
            let Some(table) = self.diagram.tables.get(&id) else { continue };
            let key = (table.schema.clone(), table.name.clone());
            let entity = EntityId::Table(id);
            if key.1.is_empty() {
                let message = "a table needs a name";
                self.refuse_at(at, entity, Some("name"), "schema/empty-name", message);
            } else if self.diagram.table_names.insert(key.clone(), id).is_some() {
                let message = format!("there is a table `{}` already", qualified(&key));
                self.refuse_at(at, entity, Some("name"), "schema/duplicate-table-name", message);
            }
        }
    }

    fn judge_enum_names(&mut self, old: &Diagram) {
        for id in self.enums.keys() {
            if let Some(item) = old.enumeration(*id) {
                let key = (item.schema.clone(), item.name.clone());
                if self.diagram.enum_names.get(&key) == Some(id) {
                    self.diagram.enum_names.remove(&key);
                }
            }
        }
        for (id, at) in self.enums.clone() {
            let Some(item) = self.diagram.enums.get(&id) else { continue };
            let key = (item.schema.clone(), item.name.clone());
            let entity = EntityId::Enum(id);
            if key.1.is_empty() {
                let message = "an enum needs a name";
                self.refuse_at(at, entity, Some("name"), "schema/empty-name", message);
            } else if self.diagram.enum_names.insert(key.clone(), id).is_some() {
                let message = format!("there is an enum `{}` already", qualified(&key));
                self.refuse_at(at, entity, Some("name"), "schema/duplicate-enum-name", message);
            }
        }
    }

    fn judge_table(&mut self, table: &Table, at: usize) {
        let entity = EntityId::Table(table.id);
        let mut names = FxHashSet::default();
        let mut ids = FxHashSet::default();
        for column in &table.columns {
            self.judge_column_type(column, at);
            let entity = EntityId::Column(column.id);
            if column.name.is_empty() {
                let message = format!("a column of `{}` needs a name", table.name);
                self.refuse_at(at, entity, Some("name"), "schema/empty-name", message);
            } else if !names.insert(column.name.as_str()) {
                let message = format!("`{}` has a column `{}` already", table.name, column.name);
                self.refuse_at(at, entity, Some("name"), "schema/duplicate-column-name", message);
            }
            if !ids.insert(column.id) {
                let message = format!("two columns of `{}` have one id", table.name);
                self.refuse_at(at, entity, None, "schema/duplicate-column", message);
            }
        }

        let has = |id: &ColumnId| ids.contains(id);
        if let Some(key) = &table.primary_key {
            let distinct: FxHashSet<_> = key.columns.iter().collect();
            if key.columns.is_empty() || distinct.len() != key.columns.len() {
                let message =
                    format!("the primary key of `{}` names no column or one twice", table.name);
                self.refuse_at(at, entity, Some("primaryKey"), "schema/bad-primary-key", message);
            }
            if !key.columns.iter().all(has) {
                let message =
                    format!("the primary key of `{}` names a column that is not there", table.name);
                self.refuse_at(at, entity, Some("primaryKey"), "schema/unknown-column", message);
            }
        }
        let mut list_ids = FxHashSet::default();
        for index in &table.indexes {
            let entity = EntityId::Index(index.id);
            let columns_exist = index.parts.iter().all(|part| match &part.target {
                IndexTarget::Column(id) => ids.contains(id),
                IndexTarget::Expr(_) => true,
            });
            if !columns_exist || !index.include.iter().all(has) {
                let message =
                    format!("an index of `{}` names a column that is not there", table.name);
                self.refuse_at(at, entity, Some("parts"), "schema/unknown-column", message);
            }
            if index.parts.is_empty() {
                let message = format!("an index of `{}` names no column", table.name);
                self.refuse_at(at, entity, Some("parts"), "schema/empty-index", message);
            }
            if !list_ids.insert(entity) {
                let message = format!("two indexes of `{}` have one id", table.name);
                self.refuse_at(at, entity, None, "schema/duplicate-index", message);
            }
        }
        for check in &table.checks {
            let entity = EntityId::Check(check.id);
            if check.column.as_ref().is_some_and(|id| !has(id)) {
                let message =
                    format!("a check of `{}` names a column that is not there", table.name);
                self.refuse_at(at, entity, Some("column"), "schema/unknown-column", message);
            }
            if !list_ids.insert(entity) {
                let message = format!("two checks of `{}` have one id", table.name);
                self.refuse_at(at, entity, None, "schema/duplicate-check", message);
            }
        }
        if table.group.is_some_and(|id| !self.diagram.groups.contains_key(&id)) {
            let message = format!("the group of `{}` is not there", table.name);
            self.refuse_at(at, entity, Some("group"), "schema/unknown-group", message);
        }
        for records in table.records.iter().flat_map(|it| it.iter()) {
            let fits = |row: &Vec<crate::Cell>| row.len() == records.columns.len();
            if !records.columns.iter().all(has) || !records.rows.iter().all(fits) {
                let message = format!("the records of `{}` do not fit its columns", table.name);
                self.refuse_at(at, entity, Some("records"), "schema/bad-records", message);
            }
        }
    }

    fn judge_column_type(&mut self, column: &Column, at: usize) {
        let ColumnType::Enum { id, .. } = &column.ty else { return };
        if !self.diagram.enums.contains_key(id) {
            let message = format!("the enum that is the type of `{}` is not there", column.name);
            let entity = EntityId::Column(column.id);
            self.refuse_at(at, entity, Some("ty"), "schema/unknown-enum", message);
        }
    }

    fn judge_ref(&mut self, reference: &Ref, at: usize) {
        let entity = EntityId::Ref(reference.id);
        for (side, field) in [(Side::From, "from"), (Side::To, "to")] {
            let Some(table) = self.diagram.tables.get(&reference.table(side)).cloned() else {
                let message = "a ref names a table that is not there";
                self.refuse_at(at, entity, Some(field), "schema/unknown-table", message);
                continue;
            };
            if !reference.side_columns(side).iter().all(|id| table.column(*id).is_some()) {
                let message = format!("a ref names a column that `{}` does not have", table.name);
                self.refuse_at(at, entity, Some("columns"), "schema/unknown-column", message);
            }
        }
        let Some(name) = &reference.name else { return };
        if name.is_empty() {
            let message = "the name of a ref is empty, leave it out instead";
            self.refuse_at(at, entity, Some("name"), "schema/empty-name", message);
        }
        let holder = holder(reference);
        let taken = self.diagram.refs_of(holder).any(|other| {
            other.id != reference.id
                && other.name.as_ref() == Some(name)
                && self::holder(other) == holder
        });
        if taken {
            let message = format!("the table has a foreign key `{name}` already");
            self.refuse_at(at, entity, Some("name"), "schema/duplicate-ref-name", message);
        }
    }

    fn judge_enums(&mut self) {
        for (id, at) in self.enums.clone() {
            let Some(item) = self.diagram.enums.get(&id).cloned() else { continue };
            let mut names = FxHashSet::default();
            for value in &item.values {
                if !names.insert(value.name.as_str()) {
                    let message = format!("`{}` has a value `{}` already", item.name, value.name);
                    let entity = EntityId::EnumValue(value.id);
                    self.refuse_at(
                        at,
                        entity,
                        Some("name"),
                        "schema/duplicate-enum-value-name",
                        message,
                    );
                }
            }
        }
    }

    fn judge_views(&mut self) {
        fn all<T>(shown: &Shown<T>, exists: impl Fn(&T) -> bool) -> bool {
            match shown {
                Shown::All => true,
                Shown::Only(list) => list.iter().all(exists),
            }
        }
        for (id, at) in self.views.clone() {
            let Some(view) = self.diagram.views.get(&id).cloned() else { continue };
            let resolves = all(&view.tables, |it| self.diagram.tables.contains_key(it))
                && all(&view.notes, |it| self.diagram.notes.contains_key(it))
                && all(&view.groups, |it| self.diagram.groups.contains_key(it));
            let entity = EntityId::View(id);
            if !resolves {
                let message = format!("the view `{}` names something that is not there", view.name);
                self.refuse_at(at, entity, None, "schema/unknown-entity", message);
            }
            let taken = self.diagram.views().any(|it| it.id != id && it.name == view.name);
            self.judge_name(at, entity, &view.name, taken);
        }
    }

    fn judge_others(&mut self) {
        let others: BTreeMap<_, _> = self.others.clone();
        for (entity, at) in others {
            let diagram = &self.diagram;
            let found = match entity {
                EntityId::Group(id) => diagram.group(id).map(|it| {
                    (
                        it.name.clone(),
                        diagram.groups().any(|other| other.id != id && other.name == it.name),
                    )
                }),
                EntityId::Note(id) => diagram.note(id).map(|it| {
                    (
                        it.name.clone(),
                        diagram.notes().any(|other| other.id != id && other.name == it.name),
                    )
                }),
                EntityId::Partial(id) => diagram.partial(id).map(|it| {
                    (
                        it.name.clone(),
                        diagram.partials().any(|other| other.id != id && other.name == it.name),
                    )
                }),
                EntityId::Settings
                | EntityId::Table(_)
                | EntityId::Column(_)
                | EntityId::Index(_)
                | EntityId::Check(_)
                | EntityId::Ref(_)
                | EntityId::Enum(_)
                | EntityId::EnumValue(_)
                | EntityId::View(_) => None,
            };
            if let Some((name, taken)) = found {
                self.judge_name(at, entity, &name, taken);
            }
        }
    }

    fn judge_name(&mut self, at: usize, entity: EntityId, name: &str, taken: bool) {
        if name.is_empty() {
            let message = "a name is needed";
            self.refuse_at(at, entity, Some("name"), "schema/empty-name", message);
        } else if taken {
            let message = format!("the name `{name}` is taken");
            self.refuse_at(at, entity, Some("name"), "schema/duplicate-name", message);
        }
    }
}

/// The table whose constraint a ref's name is: PostgreSQL and SQLite let two tables have foreign
/// keys of one name, so names are unique within the table that holds the key.
fn holder(reference: &Ref) -> crate::TableId {
    reference.table(reference.referencing_side().unwrap_or_default())
}

fn qualified((schema, name): &(Option<smol_str::SmolStr>, smol_str::SmolStr)) -> String {
    match schema {
        Some(schema) => format!("{schema}.{name}"),
        None => name.to_string(),
    }
}
