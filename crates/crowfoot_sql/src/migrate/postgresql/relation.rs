//! Tables that come and go, and everything that is called otherwise or moves to another schema.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use crowfoot_schema::{EntityId, TableId};
use smol_str::{SmolStr, format_smolstr};

use super::{
    super::{
        rename::{Rename, in_order},
        shape::{TableShape, Target},
    },
    Pair, Planner,
    enumeration::without_end,
    name::clip,
};
use crate::{Dialect, option as options, print::option};

/// What has its name among the tables of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Table,
    Index,
    Sequence,
    Type,
}

/// The schema where what has none stands.
const PUBLIC: &str = "public";

impl Planner<'_> {
    /// Plans which tables are dropped and made, and the clauses of those that stay.
    pub(super) fn tables(&mut self, was: &Target<'_>, is: &mut Target<'_>) {
        // Partitions and heirs go before their parents.
        for id in was.ids().into_iter().rev() {
            let is_gone = self.touched.gone.contains(&id);
            let Some(table) = self.was.get(&id).filter(|_| is_gone) else { continue };
            self.steps.drop_tables.push(format!("DROP TABLE {}", table.written));
            let message = format!("table `{}` goes with its data", table.label);
            self.notices.lost(EntityId::Table(id), message);
        }
        for id in is.ids().into_iter().filter(|it| self.touched.fresh.contains(it)) {
            let Target { printer, plan, .. } = is;
            let Some(table) = plan.tables.iter().find(|it| it.table.id == id) else { continue };
            let text = printer.captured(|it| {
                it.table(plan, table);
                it.indexes(plan, table);
            });
            self.steps.create.push(text);
            let text = printer.captured(|it| it.late_foreign_keys(plan, table));
            self.steps.attach.push(text);
            let text = printer.captured(|it| it.attach(table));
            self.steps.attach.push(text);
        }
        for pair in self.pairs() {
            self.clauses(&pair);
        }
    }

    /// The clauses of the table itself.
    fn clauses(&mut self, pair: &Pair) {
        let table = &pair.is.written;
        let keys: BTreeSet<&str> = pair
            .was
            .options
            .iter()
            .chain(&pair.is.options)
            .map(|it| it.key.as_str())
            .filter(|it| it.starts_with("pg."))
            .collect();
        for key in keys {
            let (old, new) = (option(&pair.was.options, key), option(&pair.is.options, key));
            if old == new {
                continue;
            }
            let clause = match (key, old, new) {
                (options::PG_UNLOGGED, _, None) => "SET LOGGED".to_owned(),
                (options::PG_UNLOGGED, _, Some(_)) => "SET UNLOGGED".to_owned(),
                (options::PG_TABLESPACE, _, Some(place)) => format!("SET TABLESPACE {place}"),
                (options::PG_USING, _, Some(method)) => format!("SET ACCESS METHOD {method}"),
                (options::PG_WITH, None, Some(parameters)) => {
                    let bare = parameters.trim_start_matches('(').trim_end_matches(')');
                    format!("SET ({bare})")
                }
                _ => {
                    let words = key.trim_start_matches("pg.").replace('_', " ").to_uppercase();
                    let message = format!(
                        "table `{}`: its clause {words} changes, which the script leaves to you",
                        pair.is.label
                    );
                    self.notices.impossible(pair.is.entity(), message);
                    continue;
                }
            };
            self.steps.settle.add(table, clause);
        }
    }

    /// Plans moves to other schemas and new names.
    pub(super) fn renames(&mut self, was: &Target<'_>, is: &Target<'_>) {
        let mut waiting: BTreeMap<SmolStr, Vec<Rename<Relation>>> = BTreeMap::new();
        for pair in self.pairs() {
            let (from, to) = (schema_of(&pair.was), schema_of(&pair.is));
            let mut things = self.relations(&pair);
            if from != to {
                for thing in &mut things {
                    // What is called like that there may move as well.
                    if self.is_taken(was, &to, &thing.from) {
                        let aside = clip(&format_smolstr!("{}_aside", thing.from));
                        let step = Rename {
                            thing: thing.thing,
                            from: std::mem::replace(&mut thing.from, aside.clone()),
                            to: aside,
                        };
                        let schema = pair.was.schema.as_deref();
                        let statement = self.rename(schema, &step);
                        self.steps.renames.push(statement);
                    }
                }
                let table = things.iter().find(|it| it.thing == Relation::Table);
                let name = table.map_or(&pair.was.name, |it| &it.from);
                let name = self.qualified(pair.was.schema.as_deref(), name);
                let schema = self.name(&to);
                self.steps.moves.push(format!("ALTER TABLE {name} SET SCHEMA {schema}"));
            }
            waiting.entry(to).or_default().extend(things);
        }
        for item in self.before.enums() {
            let from = was.printer.plain_enum_name(item);
            let old = item.schema.as_deref();
            let (to, new) = match self.after.enumeration(item.id) {
                Some(now) => (is.printer.plain_enum_name(now), now.schema.as_deref()),
                None => (self.gone_enum_name(item, was), old),
            };
            if old.unwrap_or(PUBLIC) != new.unwrap_or(PUBLIC) {
                let (name, schema) = (self.qualified(old, &from), new.unwrap_or(PUBLIC));
                let schema = self.name(schema);
                self.steps.moves.push(format!("ALTER TYPE {name} SET SCHEMA {schema}"));
            }
            let things = waiting.entry(SmolStr::new(new.unwrap_or(PUBLIC))).or_default();
            things.push(Rename { thing: Relation::Type, from, to });
        }
        let moves = std::mem::take(&mut self.steps.moves);
        self.steps.renames.extend(moves);
        for (schema, things) in waiting {
            // Where nobody said the schema, the script does not say it either.
            let said = self.said_schema(&schema);
            for step in in_order(Dialect::PostgreSql, things) {
                let statement = self.rename(said.as_deref(), &step);
                self.steps.renames.push(statement);
            }
        }
        for pair in self.pairs() {
            self.columns_and_constraints(&pair);
        }
    }

    /// The schema as the diagram says it: none for the one that needs no name.
    fn said_schema(&self, schema: &str) -> Option<String> {
        let is_said = self.is.values().any(|it| it.schema.as_deref() == Some(schema));
        (schema != PUBLIC || is_said).then(|| schema.to_owned())
    }

    /// Whether the older database has something of that name.
    fn is_taken(&self, was: &Target<'_>, schema: &SmolStr, name: &SmolStr) -> bool {
        self.old_names.has_relation(schema, name)
            || self.before.enums().any(|it| {
                it.schema.as_deref().unwrap_or(PUBLIC) == schema
                    && was.printer.plain_enum_name(it) == *name
            })
    }

    /// The table and what hangs on it that has its name in the schema, each with old and new name.
    fn relations(&self, pair: &Pair) -> Vec<Rename<Relation>> {
        let (old, new) = (&self.old_names, &self.new_names);
        let mut things = vec![Rename {
            thing: Relation::Table,
            from: clip(&pair.was.name),
            to: clip(&pair.is.name),
        }];
        let mut add = |thing, from: Option<&super::name::Name>, to: Option<&super::name::Name>| {
            if let (Some(from), Some(to)) = (from, to) {
                things.push(Rename { thing, from: from.text.clone(), to: to.text.clone() });
            }
        };
        let id = pair.is.id;
        if !self.broken_keys.contains(&id) {
            add(Relation::Index, old.primary_keys.get(&id), new.primary_keys.get(&id));
        }
        for index in &pair.is.indexes {
            let was_there = pair.mid.indexes.iter().any(|it| it.id == index.id);
            if !was_there || self.broken_indexes.contains(&index.id) {
                continue;
            }
            add(Relation::Index, old.indexes.get(&index.id), new.indexes.get(&index.id));
        }
        for column in pair.is.columns.iter().filter(|it| !self.remade.contains(&it.id)) {
            let counts =
                |it: &TableShape| it.column(column.id).is_some_and(|it| it.counter.is_some());
            let stays = counts(&pair.was)
                && counts(&pair.is)
                && pair.was.column(column.id).map(|it| is_serial(it.counter))
                    == Some(is_serial(column.counter));
            if stays {
                let id = column.id;
                add(Relation::Sequence, old.sequences.get(&id), new.sequences.get(&id));
            }
        }
        things
    }

    fn rename(&self, schema: Option<&str>, step: &Rename<Relation>) -> String {
        let what = match step.thing {
            Relation::Table => "TABLE",
            Relation::Index => "INDEX",
            Relation::Sequence => "SEQUENCE",
            Relation::Type => "TYPE",
        };
        let (from, to) = (self.qualified(schema, &step.from), self.name(&step.to));
        format!("ALTER {what} {from} RENAME TO {to}")
    }

    /// New names within a table.
    fn columns_and_constraints(&mut self, pair: &Pair) {
        let table = &pair.is.written;
        let columns = pair
            .was
            .columns
            .iter()
            .filter(|it| !self.remade.contains(&it.id))
            .filter_map(|it| {
                let to = pair.is.column(it.id)?.name.clone();
                Some(Rename { thing: (), from: it.name.clone(), to })
            })
            .collect();
        let is_partition = pair.was.is_partition() && pair.is.is_partition();
        for step in in_order(Dialect::PostgreSql, columns).into_iter().filter(|_| !is_partition) {
            let (from, to) = (self.name(&step.from), self.name(&step.to));
            let statement = format!("ALTER TABLE {table} RENAME COLUMN {from} TO {to}");
            self.steps.renames.push(statement);
        }
        let (old, new) = (&self.old_names, &self.new_names);
        let checks = pair
            .is
            .checks
            .iter()
            .filter(|it| !self.broken_checks.contains(&it.id))
            .map(|it| (old.checks.get(&it.id), new.checks.get(&it.id)));
        let keys = pair
            .is
            .foreign_keys
            .iter()
            .filter(|it| !self.broken_refs.contains(&it.id))
            .map(|it| (old.foreign_keys.get(&it.id), new.foreign_keys.get(&it.id)));
        let constraints = checks
            .chain(keys)
            .filter_map(|(from, to)| {
                let (from, to) = (from?.text.clone(), to?.text.clone());
                Some(Rename { thing: (), from, to })
            })
            .collect();
        for step in in_order(Dialect::PostgreSql, constraints) {
            let (from, to) = (self.name(&step.from), self.name(&step.to));
            let statement = format!("ALTER TABLE {table} RENAME CONSTRAINT {from} TO {to}");
            self.steps.renames.push(statement);
        }
    }

    /// Plans what is said about tables, columns, indexes and types.
    pub(super) fn comments(&mut self, is: &mut Target<'_>) {
        let (before, after) = (self.before, self.after);
        for item in after.enums() {
            let old = before.enumeration(item.id).filter(|it| !self.rebuilt.contains(&it.id));
            let was = old.and_then(|it| it.note.as_deref());
            let name = is.printer.enum_name(item);
            self.comment("TYPE", &name, was, item.note.as_deref());
        }
        let ids: Vec<TableId> = is.ids();
        for id in ids {
            let Some(table) = self.is.get(&id).map(Rc::clone) else { continue };
            let was = self.was.get(&id).map(Rc::clone);
            let old = was.as_ref().and_then(|it| it.note.as_deref());
            self.comment("TABLE", &table.written, old, table.note.as_deref());
            for column in &table.columns {
                let stays = !self.remade.contains(&column.id);
                let old = was.as_ref().filter(|_| stays).and_then(|it| it.column(column.id));
                let name = format!("{}.{}", table.written, self.name(&column.name));
                let old = old.and_then(|it| it.note.as_deref());
                self.comment("COLUMN", &name, old, column.note.as_deref());
            }
            for index in table.indexes.iter().filter(|it| it.name.is_some()) {
                let stays = !self.broken_indexes.contains(&index.id);
                let old = was
                    .as_ref()
                    .filter(|_| stays)
                    .and_then(|it| it.indexes.iter().find(|it| it.id == index.id));
                let old = old.filter(|it| it.name.is_some()).and_then(|it| it.note.as_deref());
                let Some(name) = self.new_names.indexes.get(&index.id) else { continue };
                let name = self.qualified(table.schema.as_deref(), &name.text);
                self.comment("INDEX", &name, old, index.note.as_deref());
            }
            for key in table.foreign_keys.iter().filter(|it| it.name.is_some()) {
                let stays = !self.broken_refs.contains(&key.id);
                let old = was
                    .as_ref()
                    .filter(|_| stays)
                    .and_then(|it| it.foreign_keys.iter().find(|it| it.id == key.id));
                let old = old.filter(|it| it.name.is_some()).and_then(|it| it.note.as_deref());
                let Some(name) = self.new_names.foreign_keys.get(&key.id) else { continue };
                let name = format!("{} ON {}", self.name(&name.text), table.written);
                self.comment("CONSTRAINT", &name, old, key.note.as_deref());
            }
        }
    }

    fn comment(&mut self, what: &str, name: &str, was: Option<&str>, is: Option<&str>) {
        if was == is {
            return;
        }
        let text = is.map_or_else(|| "NULL".to_owned(), |it| self.rules.text_of(it));
        self.steps.comments.push(without_end(&format!("COMMENT ON {what} {name} IS {text}")));
    }
}

fn is_serial(counter: Option<crate::print::column::Counter>) -> bool {
    counter == Some(crate::print::column::Counter::Serial)
}

fn schema_of(table: &TableShape) -> SmolStr {
    table.schema.clone().unwrap_or_else(|| SmolStr::new_static(PUBLIC))
}
