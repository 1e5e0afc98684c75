//! Tables that come, go and are called otherwise, their keys and their foreign keys.

use crowfoot_schema::{ColumnId, EntityId, TableId};
use smol_str::{SmolStr, format_smolstr};

use super::{
    Pair, Planner, Reason, RefName, Rename, Side, Target, in_order,
    key::{Key, number_behind},
};
use crate::Dialect;

impl Planner {
    /// The databases that are new.
    pub(super) fn schemas(&mut self, was: &mut Target<'_>, is: &mut Target<'_>) {
        let lines = |target: &mut Target<'_>| {
            let Target { printer, plan, .. } = target;
            let text = printer.captured(|it| it.schemas(plan));
            let lines = text.lines().filter(|it| !it.is_empty());
            lines.map(|it| it.trim_end_matches(';').to_owned()).collect::<Vec<_>>()
        };
        let (old, new) = (lines(was), lines(is));
        self.steps.first = new.into_iter().filter(|it| !old.contains(it)).collect();
    }

    /// Plans which tables are dropped, made and renamed.
    pub(super) fn tables(&mut self, was: &Target<'_>, is: &mut Target<'_>) {
        for id in was.ids().into_iter().rev() {
            if !self.touched.gone.contains(&id) {
                continue;
            }
            let Some(side) = self.was.get(&id).cloned() else { continue };
            for key in side.shape.foreign_keys.iter().filter(|it| it.parent != id) {
                self.drop_foreign_key(&side, key.id);
            }
            self.steps.drop_tables.push(format!("DROP TABLE {}", side.shape.written));
            let message = format!("table `{}` goes with its data", side.shape.label);
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
            self.steps.late.push(printer.captured(|it| it.late_foreign_keys(plan, table)));
        }
        let renames = self
            .pairs()
            .iter()
            .map(|it| Rename {
                thing: (),
                from: SmolStr::new(&it.was.shape.written),
                to: SmolStr::new(&it.is.shape.written),
            })
            .collect();
        for step in in_order(Dialect::MySql, renames) {
            // A name on the way may have lost its quotes.
            let whole = |it: &SmolStr| match it.strip_suffix("_aside") {
                Some(start) if start.ends_with('`') => {
                    format!("{}_aside`", start.trim_end_matches('`'))
                }
                _ => it.to_string(),
            };
            let (from, to) = (whole(&step.from), whole(&step.to));
            self.steps.renames.push(format!("RENAME TABLE {from} TO {to}"));
        }
    }

    /// Which keys and foreign keys do not stay; says whether there are more than before.
    pub(super) fn mark_keys(&mut self, pair: &Pair) -> bool {
        let n_before = self.broken_keys.len() + self.broken_refs.len();
        let id = pair.is.shape.id;
        for key in &pair.was.keys {
            if !self.key_stays(pair, key) {
                self.broken_keys.insert((id, key.reason.clone()));
            }
        }
        for was in &pair.mid.shape.foreign_keys {
            let stays = pair
                .is
                .shape
                .foreign_keys
                .iter()
                .any(|it| it.id == was.id && it.definition == was.definition);
            let is_touched = was.pairs.iter().any(|&(from, to)| {
                [from, to].iter().any(|it| self.remade.contains(it) || self.altered.contains(it))
            });
            let (from, to): (Vec<ColumnId>, Vec<ColumnId>) = was.pairs.iter().copied().unzip();
            let brings =
                |side: &Side| side.keys.iter().any(|it| it.reason == Reason::ForeignKey(was.id));
            let has_lost_key = self.has_broken_key(id, &from)
                || self.has_broken_key(was.parent, &to)
                || self.touched.gone.contains(&was.parent);
            let has_name = self.name_after(pair, was.id) == name_of(&pair.is, was.id);
            if !stays
                || is_touched
                || has_lost_key
                || !has_name
                || brings(&pair.was) != brings(&pair.is)
            {
                self.broken_refs.insert(was.id);
            }
        }
        if !self.has_right_numbers(pair) {
            let made_up = pair.was.refs.iter().filter(|it| it.is_made_up).map(|it| it.id);
            self.broken_refs.extend(made_up);
        }
        self.broken_keys.len() + self.broken_refs.len() > n_before
    }

    fn key_stays(&self, pair: &Pair, key: &Key) -> bool {
        let Some(now) = pair.is.keys.iter().find(|it| it.reason == key.reason) else {
            return false;
        };
        if key.columns.iter().any(|it| self.remade.contains(it)) {
            return false;
        }
        match &key.reason {
            Reason::Primary | Reason::Added(_) => now.columns == key.columns,
            Reason::ForeignKey(id) => now.columns == key.columns && !self.broken_refs.contains(id),
            Reason::Index(id) => {
                let find = |side: &Side| side.shape.indexes.iter().find(|it| it.id == *id).cloned();
                match (find(&pair.mid), find(&pair.is)) {
                    (Some(mid), Some(is)) => {
                        mid.head == is.head
                            && !mid.columns.iter().any(|it| self.remade.contains(it))
                            && !mid.exprs.iter().any(|it| self.is_disturbed(pair, it))
                    }
                    _ => false,
                }
            }
        }
    }

    /// Whether a key goes that begins with those columns.
    fn has_broken_key(&self, table: TableId, columns: &[ColumnId]) -> bool {
        let Some(side) = self.was.get(&table) else { return false };
        side.keys.iter().any(|it| {
            it.columns.starts_with(columns)
                && self.broken_keys.contains(&(table, it.reason.clone()))
        })
    }

    /// What a foreign key is called when its table has its new name: MySQL renames along.
    fn name_after(&self, pair: &Pair, id: crowfoot_schema::RefId) -> Option<SmolStr> {
        let name = name_of(&pair.was, id)?;
        let (old, new) = (&pair.was.shape.name, &pair.is.shape.name);
        let number = number_behind(&format!("{old}_ibfk_"), &name).filter(|_| old != new);
        Some(number.map_or(name, |it| format_smolstr!("{new}_ibfk_{it}")))
    }

    /// Whether the foreign keys without a name get the right numbers when those that were dropped
    /// are added again.
    fn has_right_numbers(&self, pair: &Pair) -> bool {
        let start = format!("{}_ibfk_", pair.is.shape.name);
        let number = |it: &RefName| number_behind(&start, &it.name).unwrap_or(0);
        let stays = |it: &&RefName| {
            !self.broken_refs.contains(&it.id) && pair.was.refs.iter().any(|was| was.id == it.id)
        };
        let mut highest = pair.is.refs.iter().filter(stays).map(number).max().unwrap_or(0);
        for name in pair.is.refs.iter().filter(|it| !stays(it)) {
            if name.is_made_up {
                highest += 1;
                if number(name) != highest {
                    return false;
                }
            } else {
                highest = highest.max(number(name));
            }
        }
        true
    }

    fn drop_foreign_key(&mut self, side: &Side, id: crowfoot_schema::RefId) {
        let Some(name) = side.refs.iter().find(|it| it.id == id) else { return };
        let clause = format!("DROP FOREIGN KEY {}", self.name(&name.name));
        self.steps.drop_foreign_keys.add(&side.shape.written, clause);
        if name.is_made_up {
            let message = format!(
                "a foreign key of table `{}` has no name in the diagram: the script counts on \
                 `{}`, which MySQL gives it",
                side.shape.label, name.name
            );
            self.notices.tell("sql/assumed-name", EntityId::Ref(id), message);
        }
    }

    /// Plans the foreign keys of a table that stays.
    pub(super) fn foreign_keys(&mut self, pair: &Pair) {
        for key in &pair.was.shape.foreign_keys {
            if self.broken_refs.contains(&key.id) {
                self.drop_foreign_key(&pair.was, key.id);
            }
        }
        for key in &pair.is.shape.foreign_keys {
            let was = pair.was.shape.foreign_keys.iter().find(|it| it.id == key.id);
            if was.is_some() && !self.broken_refs.contains(&key.id) {
                continue;
            }
            let constraint = match &key.name {
                Some(name) => format!("CONSTRAINT {} ", self.name(name)),
                None => String::new(),
            };
            let clause = format!("ADD {constraint}{}", key.definition);
            self.steps.add_foreign_keys.add(&pair.is.shape.written, clause);
            if was.is_none_or(|it| it.pairs != key.pairs || it.parent != key.parent) {
                let columns: Vec<ColumnId> = key.pairs.iter().map(|it| it.0).collect();
                let message = format!(
                    "the foreign key ({}) of table `{}` is new: the script fails if a row \
                     refers to nothing",
                    pair.is.shape.column_names(&columns),
                    pair.is.shape.label
                );
                self.notices.may_fail(EntityId::Ref(key.id), message);
            }
        }
    }

    /// The one statement that alters a table.
    pub(super) fn alter(&mut self, pair: &Pair) {
        self.values(pair);
        let id = pair.is.shape.id;
        let is_broken =
            |planner: &Self, reason: &Reason| planner.broken_keys.contains(&(id, reason.clone()));
        let mut clauses = Vec::new();
        for key in &pair.was.keys {
            if !is_broken(self, &key.reason) {
                continue;
            }
            let clause = match key.reason {
                Reason::Primary => "DROP PRIMARY KEY".to_owned(),
                _ => format!("DROP INDEX {}", self.name(&key.name)),
            };
            // A computed column goes earlier, and takes the index with it.
            if self.is_on_remade(pair, key) {
                self.steps.drop_computed.add(&pair.was.shape.written, clause);
            } else {
                clauses.push(clause);
            }
        }
        clauses.extend(self.column_clauses(pair));
        for key in &pair.is.keys {
            let was = pair.was.keys.iter().find(|it| it.reason == key.reason);
            match was {
                Some(was) if !is_broken(self, &key.reason) => {
                    if was.name != key.name {
                        let (from, to) = (self.name(&was.name), self.name(&key.name));
                        clauses.push(format!("RENAME INDEX {from} TO {to}"));
                    }
                }
                _ => clauses.extend(self.added_key(pair, key)),
            }
        }
        clauses.extend(self.table_clauses(pair));
        for clause in clauses {
            self.steps.alter.add(&pair.is.shape.written, clause);
        }
    }

    fn is_on_remade(&self, pair: &Pair, key: &Key) -> bool {
        let indexed = match key.reason {
            Reason::Index(id) => pair.was.shape.indexes.iter().find(|it| it.id == id),
            _ => None,
        };
        let columns = indexed.map_or(&key.columns, |it| &it.columns);
        columns.iter().any(|it| self.remade.contains(it))
    }

    fn added_key(&mut self, pair: &Pair, key: &Key) -> Option<String> {
        match &key.reason {
            Reason::Primary => {
                let primary = pair.is.shape.primary_key.as_ref()?;
                let message = format!(
                    "the primary key ({}) of table `{}` is new: the script fails if rows agree in \
                     it or have nothing there",
                    pair.is.shape.column_names(&primary.columns),
                    pair.is.shape.label
                );
                self.notices.may_fail(pair.is.shape.entity(), message);
                Some(format!("ADD {}", primary.definition))
            }
            Reason::Index(id) => {
                let index = pair.is.shape.indexes.iter().find(|it| it.id == *id)?;
                let was = pair.was.shape.indexes.iter().find(|it| it.id == *id);
                if index.is_unique
                    && !was.is_some_and(|it| it.is_unique && it.columns == index.columns)
                {
                    let message = format!(
                        "{} is unique from now on: the script fails if rows agree in it",
                        index.label
                    );
                    self.notices.may_fail(EntityId::Index(*id), message);
                }
                let text = pair.is.indexes.iter().find(|it| it.0 == *id)?;
                Some(format!("ADD {}", text.1))
            }
            Reason::Added(columns) => {
                let names: Vec<String> = columns
                    .iter()
                    .filter_map(|it| pair.is.shape.column(*it))
                    .map(|it| self.name(&it.name))
                    .collect();
                Some(format!("ADD KEY {} ({})", self.name(&key.name), names.join(", ")))
            }
            // It comes with its foreign key.
            Reason::ForeignKey(_) => None,
        }
    }

    /// The clauses of the table itself.
    fn table_clauses(&mut self, pair: &Pair) -> Vec<String> {
        let (old, new) = (&pair.was.options, &pair.is.options);
        let mut clauses: Vec<String> = new.iter().filter(|it| !old.contains(it)).cloned().collect();
        let word = |it: &String| it.split('=').next().unwrap_or_default().to_owned();
        for gone in old.iter().filter(|it| new.iter().all(|new| word(new) != word(it))) {
            if gone.starts_with("COMMENT=") {
                clauses.push("COMMENT=''".to_owned());
                continue;
            }
            let message = format!(
                "table `{}` keeps `{gone}`: what is usual depends on the server",
                pair.is.shape.label
            );
            self.notices.impossible(pair.is.shape.entity(), message);
        }
        let partitions = |side: &Side| {
            crate::print::option(&side.shape.options, crate::option::MYSQL_PARTITION_BY)
                .map(str::to_owned)
        };
        match (partitions(&pair.was), partitions(&pair.is)) {
            (old, new) if old == new => {}
            (_, Some(new)) => clauses.push(format!("PARTITION BY {new}")),
            (_, None) => clauses.push("REMOVE PARTITIONING".to_owned()),
        }
        clauses
    }
}

fn name_of(side: &Side, id: crowfoot_schema::RefId) -> Option<SmolStr> {
    Some(side.refs.iter().find(|it| it.id == id)?.name.clone())
}
