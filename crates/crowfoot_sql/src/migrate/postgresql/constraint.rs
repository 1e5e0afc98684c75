//! Primary keys, indexes, checks and foreign keys: which stay, which go and which come.

use std::rc::Rc;

use crowfoot_schema::{ColumnId, EntityId, TableId};

use super::{
    super::{
        expression::mentions,
        shape::{IndexShape, TableShape},
    },
    Pair, Planner,
    name::Name,
};

impl Planner<'_> {
    /// Plans what happens to constraints and indexes, other than to their names.
    pub(super) fn constraints(&mut self) {
        let pairs = self.pairs();
        for pair in &pairs {
            self.mark_constraints(pair);
        }
        for pair in &pairs {
            self.mark_foreign_keys(pair);
        }
        for pair in &pairs {
            self.primary_key(pair);
            self.indexes(pair);
            self.checks(pair);
            self.foreign_keys(pair);
        }
        let gone: Vec<Rc<TableShape>> =
            self.was.values().filter(|it| !self.is.contains_key(&it.id)).cloned().collect();
        for table in gone {
            for key in table.foreign_keys.iter().filter(|it| it.parent != table.id) {
                let Some(name) = self.old_names.foreign_keys.get(&key.id) else { continue };
                let clause = format!("DROP CONSTRAINT {}", self.name(&name.text));
                self.steps.drop_foreign_keys.add(&table.written, clause);
            }
        }
    }

    fn is_remade(&self, columns: &[ColumnId]) -> bool {
        columns.iter().any(|it| self.remade.contains(it))
    }

    /// Whether an expression over the table's columns has to be read anew.
    fn is_disturbed(&self, table: &TableShape, expr: &str) -> bool {
        let source = self.after.settings().dialect;
        table.columns.iter().any(|column| {
            (self.remade.contains(&column.id) || self.retyped.contains(&column.id))
                && mentions(source, expr, &column.name)
        })
    }

    fn mark_constraints(&mut self, pair: &Pair) {
        if let Some(was) = &pair.mid.primary_key {
            let is = pair.is.primary_key.as_ref();
            let stays = is.is_some_and(|it| it.definition == was.definition)
                && !self.is_remade(&was.columns);
            if !stays {
                self.broken_keys.insert(pair.is.id);
            }
        }
        for was in &pair.mid.indexes {
            let stays = pair.is.indexes.iter().any(|it| {
                it.id == was.id
                    && it.is_constraint == was.is_constraint
                    && it.head == was.head
                    && it.tail == was.tail
            });
            let is_disturbed = self.is_remade(&was.columns)
                || was.exprs.iter().any(|it| self.is_disturbed(&pair.mid, it));
            if !stays || is_disturbed {
                self.broken_indexes.insert(was.id);
            }
        }
        for was in &pair.mid.checks {
            let stays =
                pair.is.checks.iter().any(|it| it.id == was.id && it.definition == was.definition);
            if !stays || self.is_disturbed(&pair.mid, &was.expr) {
                self.broken_checks.insert(was.id);
            }
        }
    }

    fn mark_foreign_keys(&mut self, pair: &Pair) {
        for was in &pair.mid.foreign_keys {
            let stays = pair
                .is
                .foreign_keys
                .iter()
                .any(|it| it.id == was.id && it.definition == was.definition);
            let is_touched = was.pairs.iter().any(|&(from, to)| {
                [from, to].iter().any(|it| self.remade.contains(it) || self.retyped.contains(it))
            });
            let referenced: Vec<ColumnId> = was.pairs.iter().map(|it| it.1).collect();
            if !stays || is_touched || self.is_key_broken(was.parent, &referenced) {
                self.broken_refs.insert(was.id);
            }
        }
    }

    /// Whether a key of those columns, in whichever order, does not stay.
    fn is_key_broken(&self, table: TableId, columns: &[ColumnId]) -> bool {
        let Some(shape) = self.mid.get(&table) else { return false };
        let is_it = |key: &[ColumnId]| {
            key.len() == columns.len() && columns.iter().all(|it| key.contains(it))
        };
        let is_primary = shape.primary_key.as_ref().is_some_and(|it| is_it(&it.columns));
        self.touched.gone.contains(&table)
            || (is_primary && self.broken_keys.contains(&table))
            || shape.indexes.iter().any(|it| {
                it.is_unique && self.broken_indexes.contains(&it.id) && is_it(&it.columns)
            })
    }

    fn primary_key(&mut self, pair: &Pair) {
        let id = pair.is.id;
        let is_broken = self.broken_keys.contains(&id);
        if is_broken && let Some(name) = self.old_names.primary_keys.get(&id).cloned() {
            let clause = format!("DROP CONSTRAINT {}", self.name(&name.text));
            self.tell_made_up(name, pair.was.entity(), "the primary key", &pair.was.label);
            self.steps.drop_constraints.add(&pair.was.written, clause);
        }
        let Some(key) = &pair.is.primary_key else { return };
        if is_broken || pair.was.primary_key.is_none() {
            let Some(name) = self.new_names.primary_keys.get(&id) else { return };
            let clause = format!("ADD CONSTRAINT {} {}", self.name(&name.text), key.definition);
            self.steps.add_constraints.add(&pair.is.written, clause);
            let is_known =
                pair.mid.primary_key.as_ref().is_some_and(|it| it.definition == key.definition);
            if !is_known {
                let message = format!(
                    "the primary key ({}) of table `{}` is new: the script fails if rows agree \
                     in it or have nothing there",
                    pair.is.column_names(&key.columns),
                    pair.is.label
                );
                self.notices.may_fail(pair.is.entity(), message);
            }
        }
    }

    fn indexes(&mut self, pair: &Pair) {
        for was in &pair.was.indexes {
            if !self.broken_indexes.contains(&was.id) {
                continue;
            }
            let Some(name) = self.old_names.indexes.get(&was.id).cloned() else { continue };
            let written = self.name(&name.text);
            let qualified = self.qualified(pair.was.schema.as_deref(), &name.text);
            self.tell_made_up(name, EntityId::Index(was.id), &was.label, "");
            if was.is_constraint {
                let clause = format!("DROP CONSTRAINT {written}");
                self.steps.drop_constraints.add(&pair.was.written, clause);
            } else {
                self.steps.drop_indexes.push(format!("DROP INDEX {qualified}"));
            }
        }
        for index in &pair.is.indexes {
            let was = pair.mid.indexes.iter().find(|it| it.id == index.id);
            if was.is_some() && !self.broken_indexes.contains(&index.id) {
                continue;
            }
            let Some(name) = self.new_names.indexes.get(&index.id) else { continue };
            let written = self.name(&name.text);
            if index.is_constraint {
                let clause = format!("ADD CONSTRAINT {written} {}", index.head);
                self.steps.add_constraints.add(&pair.is.written, clause);
            } else {
                let IndexShape { head, tail, .. } = index;
                self.steps.add_indexes.push(format!("{head}{written} {tail}"));
            }
            let was_unique = was.is_some_and(|it| {
                it.is_unique && it.columns == index.columns && it.exprs == index.exprs
            });
            if index.is_unique && !was_unique {
                let message = format!(
                    "{} is unique from now on: the script fails if rows agree in it",
                    index.label
                );
                self.notices.may_fail(EntityId::Index(index.id), message);
            }
        }
    }

    fn checks(&mut self, pair: &Pair) {
        for was in &pair.was.checks {
            if !self.broken_checks.contains(&was.id) {
                continue;
            }
            let Some(name) = self.old_names.checks.get(&was.id).cloned() else { continue };
            let clause = format!("DROP CONSTRAINT {}", self.name(&name.text));
            self.steps.drop_constraints.add(&pair.was.written, clause);
            let what = format!("the check `{}`", was.expr);
            self.tell_made_up(name, EntityId::Check(was.id), &what, &pair.was.label);
        }
        for check in &pair.is.checks {
            let was = pair.mid.checks.iter().find(|it| it.id == check.id);
            if was.is_some() && !self.broken_checks.contains(&check.id) {
                continue;
            }
            let Some(name) = self.new_names.checks.get(&check.id) else { continue };
            let clause = format!("ADD CONSTRAINT {} {}", self.name(&name.text), check.definition);
            self.steps.add_constraints.add(&pair.is.written, clause);
            if was.is_none_or(|it| it.definition != check.definition) {
                let message = format!(
                    "check `{}` of table `{}` is new: the script fails if a row does not pass",
                    check.expr, pair.is.label
                );
                self.notices.may_fail(EntityId::Check(check.id), message);
            }
        }
    }

    fn foreign_keys(&mut self, pair: &Pair) {
        for was in &pair.was.foreign_keys {
            if !self.broken_refs.contains(&was.id) {
                continue;
            }
            let Some(name) = self.old_names.foreign_keys.get(&was.id).cloned() else { continue };
            let clause = format!("DROP CONSTRAINT {}", self.name(&name.text));
            self.steps.drop_foreign_keys.add(&pair.was.written, clause);
            let columns: Vec<ColumnId> = was.pairs.iter().map(|it| it.0).collect();
            let what = format!("the foreign key ({})", pair.was.column_names(&columns));
            self.tell_made_up(name, EntityId::Ref(was.id), &what, &pair.was.label);
        }
        for key in &pair.is.foreign_keys {
            let was = pair.mid.foreign_keys.iter().find(|it| it.id == key.id);
            if was.is_some() && !self.broken_refs.contains(&key.id) {
                continue;
            }
            let Some(name) = self.new_names.foreign_keys.get(&key.id) else { continue };
            let clause = format!("ADD CONSTRAINT {} {}", self.name(&name.text), key.definition);
            self.steps.add_foreign_keys.add(&pair.is.written, clause);
            if was.is_none_or(|it| it.pairs != key.pairs || it.parent != key.parent) {
                let columns: Vec<ColumnId> = key.pairs.iter().map(|it| it.0).collect();
                let message = format!(
                    "the foreign key ({}) of table `{}` is new: the script fails if a row \
                     refers to nothing",
                    pair.is.column_names(&columns),
                    pair.is.label
                );
                self.notices.may_fail(EntityId::Ref(key.id), message);
            }
        }
    }

    /// Tells which name of PostgreSQL's own the script counts on.
    fn tell_made_up(&mut self, name: Name, entity: EntityId, what: &str, table: &str) {
        if name.is_made_up {
            let owner =
                if table.is_empty() { String::new() } else { format!(" of table `{table}`") };
            let message = format!(
                "{what}{owner} has no name in the diagram: the script counts on `{}`, which \
                 PostgreSQL gives it",
                name.text
            );
            self.notices.tell("sql/assumed-name", entity, message);
        }
    }
}
