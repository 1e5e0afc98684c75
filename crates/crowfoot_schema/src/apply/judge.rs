//! What must hold after the last change of a change-set.

mod body;

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::Work;
use crate::{
    ColumnId, Diagram, Dismissal, EntityId, Partial, Placed, Ref, Shown, Side, Table, TableId,
    diagram::Names,
};
use body::Body;

impl Work {
    /// Checks what was touched and brings the indexes of names up to date. `old` is the diagram
    /// before the first change.
    pub(super) fn judge(&mut self, old: &Diagram) {
        self.judge_table_names(old);
        self.judge_enum_names(old);
        for (id, at) in std::mem::take(&mut self.tables) {
            if let Some(table) = self.diagram.tables.get(&id).cloned() {
                self.judge_table(&table, at);
            }
        }
        let mut names = FxHashMap::default();
        for (id, at) in std::mem::take(&mut self.refs) {
            if let Some(reference) = self.diagram.refs.get(&id).cloned() {
                self.judge_ref(&reference, at, &mut names);
            }
        }
        self.judge_enums();
        self.judge_views();
        self.judge_others();
        // Reasons are found kind by kind; people read them in the order of the changes.
        self.reasons.sort_by_key(|it| it.change);
    }

    fn judge_table_names(&mut self, old: &Diagram) {
        let touched: Vec<_> = self.tables.iter().map(|(id, at)| (*id, *at)).collect();
        let before = touched.iter().filter_map(|(id, _)| {
            let table = old.table(*id)?;
            Some(((table.schema.clone(), table.name.clone()), *id))
        });
        forget(&mut self.diagram.table_names, before);
        for (id, at) in touched {
            let Some(table) = self.diagram.tables.get(&id) else { continue };
            let key = (table.schema.clone(), table.name.clone());
            let entity = EntityId::Table(id);
            self.judge_qualified(&key, "table", entity, at);
            if key.1.is_empty() {
                continue;
            }
            if self.diagram.table_names.insert(key.clone(), id).is_some() {
                let message = format!("there is a table `{}` already", qualified(&key));
                self.refuse_at(at, entity, Some("name"), "schema/duplicate-table-name", message);
            }
        }
    }

    fn judge_enum_names(&mut self, old: &Diagram) {
        let touched: Vec<_> = self.enums.iter().map(|(id, at)| (*id, *at)).collect();
        let before = touched.iter().filter_map(|(id, _)| {
            let item = old.enumeration(*id)?;
            Some(((item.schema.clone(), item.name.clone()), *id))
        });
        forget(&mut self.diagram.enum_names, before);
        for (id, at) in touched {
            let Some(item) = self.diagram.enums.get(&id) else { continue };
            let key = (item.schema.clone(), item.name.clone());
            let entity = EntityId::Enum(id);
            self.judge_qualified(&key, "enum", entity, at);
            if key.1.is_empty() {
                continue;
            }
            if self.diagram.enum_names.insert(key.clone(), id).is_some() {
                let message = format!("there is an enum `{}` already", qualified(&key));
                self.refuse_at(at, entity, Some("name"), "schema/duplicate-enum-name", message);
            }
        }
    }

    /// Neither half of a qualified name may be empty.
    fn judge_qualified(&mut self, key: &QualifiedName, word: &str, entity: EntityId, at: usize) {
        let (schema, name) = key;
        if name.is_empty() {
            let message = match word {
                "enum" => "an enum needs a name".to_owned(),
                _ => format!("a {word} needs a name"),
            };
            self.refuse_at(at, entity, Some("name"), "schema/empty-name", message);
        }
        if schema.as_ref().is_some_and(|it| it.is_empty()) {
            let message = format!("the schema of `{name}` has no name, leave it out instead");
            self.refuse_at(at, entity, Some("schema"), "schema/empty-name", message);
        }
    }

    fn judge_table(&mut self, table: &Table, at: usize) {
        let entity = EntityId::Table(table.id);
        let body = Body {
            entity,
            name: &table.name,
            columns: &table.columns,
            indexes: &table.indexes,
            checks: &table.checks,
            primary: table.primary_key.as_ref().map(|it| ("primaryKey", it.columns.as_slice())),
            at,
        };
        let ids = self.judge_body(&body);
        if let Some(key) = &table.primary_key
            && key.name.as_ref().is_some_and(|it| it.is_empty())
        {
            let message = format!("the primary key of `{}` has an empty name", table.name);
            self.refuse_at(at, entity, Some("primaryKey"), "schema/empty-name", message);
        }
        if table.group.is_some_and(|id| !self.diagram.groups.contains_key(&id)) {
            let message = format!("`{}` is put in a group that does not exist", table.name);
            self.refuse_at(at, entity, Some("group"), "schema/unknown-group", message);
        }
        if table.position.is_some_and(|it| !it.is_in_reach()) {
            self.refuse_place(at, entity, "position", &table.name);
        }
        for records in table.records.iter().flat_map(|it| it.iter()) {
            let fits = |row: &Vec<crate::Cell>| row.len() == records.columns.len();
            if !records.columns.iter().all(|it| ids.contains(*it)) {
                let message =
                    format!("the sample rows of `{}` name a column that it lacks", table.name);
                self.refuse_at(at, entity, Some("records"), "schema/bad-records", message);
            } else if !records.rows.iter().all(fits) {
                let message = format!(
                    "a sample row of `{}` has another number of cells than columns",
                    table.name
                );
                self.refuse_at(at, entity, Some("records"), "schema/bad-records", message);
            }
        }
    }

    fn judge_partial(&mut self, partial: &Partial, at: usize) {
        let primary = partial.primary_columns.as_slice();
        self.judge_body(&Body {
            entity: EntityId::Partial(partial.id),
            name: &partial.name,
            columns: &partial.columns,
            indexes: &partial.indexes,
            checks: &partial.checks,
            primary: (!primary.is_empty()).then_some(("primaryColumns", primary)),
            at,
        });
    }

    /// `names` keeps how often each name stands among the foreign keys of a table, so that a table
    /// with many refs is looked through once.
    fn judge_ref(
        &mut self,
        reference: &Ref,
        at: usize,
        names: &mut FxHashMap<TableId, FxHashMap<SmolStr, u32>>,
    ) {
        let entity = EntityId::Ref(reference.id);
        let label = self.ref_label(reference);
        for (side, field) in [(Side::From, "from"), (Side::To, "to")] {
            let Some(table) = self.diagram.tables.get(&reference.table(side)).cloned() else {
                let message = format!("{label} names a table that does not exist");
                self.refuse_at(at, entity, Some(field), "schema/unknown-table", message);
                continue;
            };
            if !reference.side_columns(side).iter().all(|id| table.column(*id).is_some()) {
                let message = format!("{label} names a column that `{}` lacks", table.name);
                self.refuse_at(at, entity, Some("columns"), "schema/unknown-column", message);
            }
        }
        let Some(name) = &reference.name else { return };
        if name.is_empty() {
            let message = format!("the name of {label} is empty, leave it out instead");
            self.refuse_at(at, entity, Some("name"), "schema/empty-name", message);
        }
        let holder = holder(reference);
        let names = names.entry(holder).or_insert_with(|| {
            let mut names = FxHashMap::default();
            let own = self.diagram.refs_of(holder).filter(|it| self::holder(it) == holder);
            for name in own.filter_map(|it| it.name.clone()) {
                *names.entry(name).or_default() += 1;
            }
            names
        });
        let taken = names.get(name).is_some_and(|it| *it > 1);
        if taken {
            let table = self.table_label(holder);
            let message = format!("{table} has a foreign key `{name}` already");
            self.refuse_at(at, entity, Some("name"), "schema/duplicate-ref-name", message);
        }
    }

    fn table_label(&self, id: TableId) -> String {
        self.diagram.table(id).map_or("a table".to_owned(), |it| format!("`{}`", it.name))
    }

    fn ref_label(&self, reference: &Ref) -> String {
        match &reference.name {
            Some(name) if !name.is_empty() => format!("the ref `{name}`"),
            _ => format!(
                "the ref from {} to {}",
                self.table_label(reference.from),
                self.table_label(reference.to)
            ),
        }
    }

    fn judge_enums(&mut self) {
        for (id, at) in std::mem::take(&mut self.enums) {
            let Some(item) = self.diagram.enums.get(&id).cloned() else { continue };
            let mut names = FxHashSet::default();
            let mut ids = FxHashSet::default();
            for value in &item.values {
                let entity = EntityId::EnumValue(value.id);
                if !names.insert(value.name.as_str()) {
                    let message = format!("`{}` has a value `{}` already", item.name, value.name);
                    let code = "schema/duplicate-enum-value-name";
                    self.refuse_at(at, entity, Some("name"), code, message);
                }
                if !ids.insert(value.id) {
                    let message = format!("two values of `{}` have one id", item.name);
                    self.refuse_at(at, entity, None, "schema/duplicate-enum-value", message);
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
        let touched = std::mem::take(&mut self.views);
        if touched.is_empty() {
            return;
        }
        let names = count(self.diagram.views().map(|it| it.name.clone()));
        for (id, at) in touched {
            let Some(view) = self.diagram.views.get(&id).cloned() else { continue };
            let entity = EntityId::View(id);
            let fields = [
                ("tables", all(&view.tables, |it| self.diagram.tables.contains_key(it))),
                ("notes", all(&view.notes, |it| self.diagram.notes.contains_key(it))),
                ("groups", all(&view.groups, |it| self.diagram.groups.contains_key(it))),
            ];
            let has_place = |it: Placed| match it {
                Placed::Table(id) => self.diagram.tables.contains_key(&id),
                Placed::Note(id) => self.diagram.notes.contains_key(&id),
            };
            let places = &view.places;
            let fields = fields.into_iter().chain([("places", places.things().all(has_place))]);
            let is_far = places.tables.values().chain(places.notes.values());
            if is_far.into_iter().any(|it| !it.is_in_reach()) {
                self.refuse_place(at, entity, "places", &view.name);
            }
            for (field, resolves) in fields.collect::<Vec<_>>() {
                if !resolves {
                    let message =
                        format!("the view `{}` shows {field} that do not exist", view.name);
                    self.refuse_at(at, entity, Some(field), "schema/unknown-entity", message);
                }
            }
            self.judge_name(at, entity, "view", &view.name, &names);
        }
    }

    fn judge_others(&mut self) {
        let touched = std::mem::take(&mut self.others);
        let has = |kind: fn(&EntityId) -> bool| touched.keys().any(kind);
        let groups = has(|it| matches!(it, EntityId::Group(_)))
            .then(|| count(self.diagram.groups().map(|it| it.name.clone())));
        let notes = has(|it| matches!(it, EntityId::Note(_)))
            .then(|| count(self.diagram.notes().map(|it| it.name.clone())));
        let partials = has(|it| matches!(it, EntityId::Partial(_)))
            .then(|| count(self.diagram.partials().map(|it| it.name.clone())));
        for (entity, at) in &touched {
            let diagram = &self.diagram;
            let (name, word, names) = match entity {
                EntityId::Group(id) => {
                    (diagram.group(*id).map(|it| it.name.clone()), "group", &groups)
                }
                EntityId::Note(id) => {
                    let note = diagram.notes.get(id).cloned();
                    if let Some(note) = &note {
                        if note.position.is_some_and(|it| !it.is_in_reach()) {
                            self.refuse_place(*at, *entity, "position", &note.name);
                        }
                        if note.size.is_some_and(|it| !it.is_in_reach()) {
                            self.refuse_place(*at, *entity, "size", &note.name);
                        }
                    }
                    (note.map(|it| it.name.clone()), "note", &notes)
                }
                EntityId::Partial(id) => {
                    let partial = diagram.partials.get(id).cloned();
                    if let Some(partial) = &partial {
                        self.judge_partial(partial, *at);
                    }
                    (partial.map(|it| it.name.clone()), "table partial", &partials)
                }
                EntityId::Dismissal(id) => {
                    if let Some(dismissal) = diagram.dismissals.get(id).cloned() {
                        self.judge_dismissal(&dismissal, *at);
                    }
                    continue;
                }
                EntityId::Settings
                | EntityId::Table(_)
                | EntityId::Column(_)
                | EntityId::Index(_)
                | EntityId::Check(_)
                | EntityId::Ref(_)
                | EntityId::Enum(_)
                | EntityId::EnumValue(_)
                | EntityId::View(_) => continue,
            };
            if let (Some(name), Some(names)) = (name, names) {
                self.judge_name(*at, *entity, word, &name, names);
            }
        }
    }

    fn judge_dismissal(&mut self, dismissal: &Dismissal, at: usize) {
        let owns = |table: TableId, column: ColumnId| {
            self.diagram.table(table).is_some_and(|it| it.column(column).is_some())
        };
        let resolves = |(from, to)| owns(dismissal.from, from) && owns(dismissal.to, to);
        if !dismissal.columns.iter().all(resolves) {
            let entity = EntityId::Dismissal(dismissal.id);
            let message = "the dismissed suggestion is about columns that do not exist";
            self.refuse_at(at, entity, Some("columns"), "schema/unknown-column", message);
        }
    }

    fn refuse_place(&mut self, at: usize, entity: EntityId, field: &'static str, name: &str) {
        let message =
            format!("the {field} of `{name}` is beyond {} pixels", crate::Point::FARTHEST);
        self.refuse_at(at, entity, Some(field), "schema/out-of-reach", message);
    }

    fn judge_name(
        &mut self,
        at: usize,
        entity: EntityId,
        word: &str,
        name: &SmolStr,
        names: &FxHashMap<SmolStr, usize>,
    ) {
        if name.is_empty() {
            let message = format!("a {word} needs a name");
            self.refuse_at(at, entity, Some("name"), "schema/empty-name", message);
        } else if names.get(name).is_some_and(|it| *it > 1) {
            let message = format!("there is a {word} `{name}` already");
            self.refuse_at(at, entity, Some("name"), "schema/duplicate-name", message);
        }
    }
}

type QualifiedName = (Option<SmolStr>, SmolStr);

/// Takes the names out that those entities had, unless another one got them meanwhile.
fn forget<Id: Copy + Eq>(names: &mut Names<Id>, before: impl Iterator<Item = (QualifiedName, Id)>) {
    for (key, id) in before {
        if names.get(&key) == Some(&id) {
            names.remove(&key);
        }
    }
}

fn count<T: Eq + Hash>(all: impl Iterator<Item = T>) -> FxHashMap<T, usize> {
    let mut counts = FxHashMap::default();
    for item in all {
        *counts.entry(item).or_default() += 1;
    }
    counts
}

/// The table whose constraint a ref's name is: PostgreSQL and SQLite let two tables have foreign
/// keys of one name, so names are unique within the table that holds the key.
fn holder(reference: &Ref) -> TableId {
    reference.table(reference.referencing_side().unwrap_or_default())
}

fn qualified((schema, name): &QualifiedName) -> String {
    match schema {
        Some(schema) => format!("{schema}.{name}"),
        None => name.to_string(),
    }
}
