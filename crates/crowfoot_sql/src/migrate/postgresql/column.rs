//! Columns: added, dropped, altered.

use crowfoot_schema::{ColumnId, EntityId};

use super::{
    super::{
        expression::mentions,
        risk::is_widening,
        shape::{ColumnShape, TableShape},
    },
    Pair, Planner,
};
use crate::{
    dialect::kind::Kind,
    option as options,
    print::{column::Counter, option},
};

impl Planner<'_> {
    /// Plans what happens to columns, other than to their names.
    pub(super) fn columns(&mut self) {
        for pair in self.pairs() {
            if pair.was.is_partition() && pair.is.is_partition() {
                continue;
            }
            self.mark_columns(&pair);
            for column in &pair.was.columns {
                if pair.is.column(column.id).is_none() {
                    self.drop_column(&pair.was, column);
                    self.notices.lost(
                        EntityId::Column(column.id),
                        format!("column `{}.{}` goes with its data", pair.was.label, column.name),
                    );
                }
            }
            // What is computed may use what is added.
            let (computed, plain): (Vec<&ColumnShape>, Vec<&ColumnShape>) =
                pair.is.columns.iter().partition(|it| it.generated.is_some());
            for column in plain.into_iter().chain(computed) {
                match pair.was.column(column.id) {
                    Some(was) if self.remade.contains(&column.id) => {
                        self.drop_column(&pair.was, was);
                        self.add_column(&pair.is, column);
                        if was.generated.is_none() {
                            let message = format!(
                                "column `{}.{}` is computed from now on: what it holds goes",
                                pair.is.label, column.name
                            );
                            self.notices.lost(EntityId::Column(column.id), message);
                        }
                    }
                    Some(was) => self.alter_column(&pair, was, column),
                    None => self.add_column(&pair.is, column),
                }
            }
            self.tell_order(&pair);
        }
    }

    /// Which columns change their type, and which cannot be altered but only made anew.
    fn mark_columns(&mut self, pair: &Pair) {
        for column in &pair.is.columns {
            let Some(was) = pair.was.column(column.id) else { continue };
            if self.is_retyped(was, column) {
                self.retyped.insert(column.id);
            }
        }
        let source = self.after.settings().dialect;
        for column in &pair.is.columns {
            let Some(mid) = pair.mid.column(column.id) else { continue };
            let Some(expr) = &column.generated else { continue };
            let depends = pair
                .is
                .columns
                .iter()
                .any(|it| self.retyped.contains(&it.id) && mentions(source, expr, &it.name));
            if mid.generated.as_ref() != Some(expr) || depends || self.retyped.contains(&column.id)
            {
                self.remade.insert(column.id);
                self.retyped.remove(&column.id);
            }
        }
    }

    fn is_retyped(&self, was: &ColumnShape, is: &ColumnShape) -> bool {
        let has_same_type = match (was.of_enum, is.of_enum) {
            (Some(old), Some(new)) => old == new && !self.rebuilt.contains(&new.0),
            (None, None) => was.ty == is.ty,
            _ => false,
        };
        !has_same_type || was.collation != is.collation
    }

    fn drop_column(&mut self, table: &TableShape, column: &ColumnShape) {
        let clause = format!("DROP COLUMN {}", self.name(&column.name));
        self.steps.drop_columns.add(&table.written, clause);
    }

    fn add_column(&mut self, table: &TableShape, column: &ColumnShape) {
        self.steps.alter.add(&table.written, format!("ADD COLUMN {}", column.definition));
        let is_empty =
            column.default.is_none() && column.generated.is_none() && column.counter.is_none();
        if column.is_not_null && is_empty {
            let message = format!(
                "column `{}.{}` must not be null and has no default: the script fails if the \
                 table has rows",
                table.label, column.name
            );
            self.notices.may_fail(EntityId::Column(column.id), message);
        }
        if let Some(strategy) = option(&column.options, options::PG_STORAGE) {
            let clause = format!("ALTER COLUMN {} SET STORAGE {strategy}", self.name(&column.name));
            self.steps.settle.add(&table.written, clause);
        }
    }

    fn alter_column(&mut self, pair: &Pair, was: &ColumnShape, is: &ColumnShape) {
        let table = &pair.is.written;
        let column = format!("ALTER COLUMN {}", self.name(&is.name));
        let is_retyped = self.retyped.contains(&is.id);
        if was.generated.is_some() && is.generated.is_none() {
            self.steps.loosen.add(table, format!("{column} DROP EXPRESSION"));
        }
        let had_identity = is_identity(was.counter);
        let has_identity = is_identity(is.counter);
        let counts_anew = was.counter_options != is.counter_options && had_identity && has_identity;
        if had_identity && (!has_identity || counts_anew) {
            self.steps.loosen.add(table, format!("{column} DROP IDENTITY"));
        }
        let lost_serial =
            was.counter == Some(Counter::Serial) && is.counter != Some(Counter::Serial);
        let has_other_default = was.default != is.default || is_retyped;
        if lost_serial || (was.default.is_some() && has_other_default && is.generated.is_none()) {
            self.steps.loosen.add(table, format!("{column} DROP DEFAULT"));
        }
        if lost_serial {
            self.drop_sequence(pair, is.id);
        }
        if was.is_not_null && !is.is_not_null {
            self.steps.loosen.add(table, format!("{column} DROP NOT NULL"));
        }
        if is_retyped {
            self.retype(pair, was, is, &column);
        }
        self.storage(pair, was, is, &column);
        if let (true, Some(default)) = (has_other_default, &is.default) {
            self.steps.settle.add(table, format!("{column} SET DEFAULT {default}"));
        }
        self.require(pair, was, is, &column);
        self.count(pair, was, is, &column, counts_anew);
    }

    fn retype(&mut self, pair: &Pair, was: &ColumnShape, is: &ColumnShape, column: &str) {
        let mut clause = format!("{column} TYPE {}", is.ty);
        if !is.collation.is_empty() {
            clause.push_str(&is.collation);
        } else if !was.collation.is_empty() {
            clause.push_str(" COLLATE \"default\"");
        }
        let is_rebuilt = is.of_enum.is_some_and(|it| self.rebuilt.contains(&it.0));
        let is_same_enum = is.of_enum == was.of_enum;
        if let Some(using) = conversion(was, is) {
            clause.push_str(" USING ");
            clause.push_str(&using.replace("{}", &self.name(&is.name)));
        }
        self.steps.alter.add(&pair.is.written, clause);
        if is.counter == Some(Counter::Serial)
            && was.counter == Some(Counter::Serial)
            && let Some(sequence) = self.new_sequence(pair, is.id)
        {
            self.steps.counters.push(format!("ALTER SEQUENCE {sequence} AS {}", is.ty));
        }
        let is_safe = (is_same_enum && is_rebuilt)
            || (is_widening(&was.kind, &is.kind) && is.of_enum.is_none());
        if !is_safe {
            let message = format!(
                "column `{}.{}`: type `{}` becomes `{}`; the script fails if a value does not fit",
                pair.is.label, is.name, was.ty, is.ty
            );
            self.notices.may_fail(EntityId::Column(is.id), message);
        }
    }

    fn storage(&mut self, pair: &Pair, was: &ColumnShape, is: &ColumnShape, column: &str) {
        let table = &pair.is.written;
        let of = |shape: &ColumnShape, key| option(&shape.options, key).map(str::to_owned);
        match (of(was, options::PG_STORAGE), of(is, options::PG_STORAGE)) {
            (old, Some(new)) if old.as_ref() != Some(&new) => {
                self.steps.settle.add(table, format!("{column} SET STORAGE {new}"));
            }
            (Some(_), None) => {
                let message = format!(
                    "column `{}.{}` keeps how it is stored: what is usual depends on its type",
                    pair.is.label, is.name
                );
                self.notices.impossible(EntityId::Column(is.id), message);
            }
            _ => {}
        }
        let (old, new) = (of(was, options::PG_COMPRESSION), of(is, options::PG_COMPRESSION));
        if old != new {
            let method = new.as_deref().unwrap_or("default");
            self.steps.settle.add(table, format!("{column} SET COMPRESSION {method}"));
        }
    }

    /// NOT NULL, where no key brings it.
    fn require(&mut self, pair: &Pair, was: &ColumnShape, is: &ColumnShape, column: &str) {
        if was.is_not_null || !is.is_not_null {
            return;
        }
        let is_key = pair.is.primary_key.as_ref().is_some_and(|it| it.columns.contains(&is.id));
        if !is_key || is.counter.is_some() {
            self.steps.settle.add(&pair.is.written, format!("{column} SET NOT NULL"));
        }
        if !is_key {
            let message = format!(
                "column `{}.{}` must not be null: the script fails if a row has nothing there",
                pair.is.label, is.name
            );
            self.notices.may_fail(EntityId::Column(is.id), message);
        }
    }

    /// How the column counts up.
    fn count(
        &mut self,
        pair: &Pair,
        was: &ColumnShape,
        is: &ColumnShape,
        column: &str,
        counts_anew: bool,
    ) {
        if was.counter == is.counter && !counts_anew {
            return;
        }
        let table = &pair.is.written;
        let words = match is.counter {
            Some(Counter::IdentityAlways) => "ALWAYS",
            Some(Counter::IdentityByDefault) => "BY DEFAULT",
            Some(Counter::Serial) => {
                let Some(sequence) = self.new_sequence(pair, is.id) else { return };
                let name = self.name(&is.name);
                self.steps.counters.push(format!("CREATE SEQUENCE {sequence} AS {}", is.ty));
                let literal = self.rules.text_of(&sequence);
                self.steps.settle.add(table, format!("{column} SET DEFAULT nextval({literal})"));
                self.steps
                    .resume
                    .push(format!("ALTER SEQUENCE {sequence} OWNED BY {table}.{name}"));
                self.resume(pair, is);
                return;
            }
            Some(Counter::MySql | Counter::Sqlite) | None => return,
        };
        if is_identity(was.counter) && !counts_anew {
            self.steps.settle.add(table, format!("{column} SET GENERATED {words}"));
            return;
        }
        let mut clause = format!("{column} ADD GENERATED {words} AS IDENTITY");
        if let Some(options) = &is.counter_options {
            let bare = options.trim_start_matches('(').trim_end_matches(')');
            clause.push_str(&format!(" ({bare})"));
        }
        self.steps.settle.add(table, clause);
        self.resume(pair, is);
    }

    /// Lets the counter go on after what is there.
    fn resume(&mut self, pair: &Pair, column: &ColumnShape) {
        let table = &pair.is.written;
        let name = self.name(&column.name);
        self.steps.resume.push(format!(
            "SELECT setval(pg_get_serial_sequence({}, {}), coalesce(max({name}), 0) + 1, false) \
             FROM {table}",
            self.rules.text_of(table),
            self.rules.text_of(&column.name),
        ));
    }

    fn drop_sequence(&mut self, pair: &Pair, column: ColumnId) {
        let Some(name) = self.old_names.sequences.get(&column) else { return };
        let sequence = self.qualified(pair.is.schema.as_deref(), &name.text);
        self.steps.counters.push(format!("DROP SEQUENCE {sequence}"));
    }

    fn new_sequence(&self, pair: &Pair, column: ColumnId) -> Option<String> {
        let name = self.new_names.sequences.get(&column)?;
        Some(self.qualified(pair.is.schema.as_deref(), &name.text))
    }

    /// PostgreSQL adds columns at the end and moves none.
    fn tell_order(&mut self, pair: &Pair) {
        let stays =
            |it: &&ColumnShape| pair.is.column(it.id).is_some() && !self.remade.contains(&it.id);
        let kept: Vec<ColumnId> = pair.was.columns.iter().filter(stays).map(|it| it.id).collect();
        let wanted = pair.is.columns.iter().map(|it| it.id).take(kept.len());
        if !wanted.eq(kept.iter().copied()) {
            let mut order = kept.clone();
            order.extend(pair.is.columns.iter().map(|it| it.id).filter(|it| !kept.contains(it)));
            let message = format!(
                "table `{}`: PostgreSQL cannot move columns; there they stand as {}",
                pair.is.label,
                pair.is.column_names(&order)
            );
            self.notices.tell("sql/column-order", pair.is.entity(), message);
        }
    }
}

fn is_identity(counter: Option<Counter>) -> bool {
    matches!(counter, Some(Counter::IdentityAlways | Counter::IdentityByDefault))
}

/// How values of the old type become values of the new one, with `{}` for the column; none where
/// PostgreSQL knows by itself.
fn conversion(was: &ColumnShape, is: &ColumnShape) -> Option<String> {
    let ty = &is.ty;
    let is_array =
        |it: &ColumnShape| it.kind == Kind::Array || it.of_enum.is_some_and(|it| it.1 > 0);
    if was.ty == is.ty && was.of_enum.is_none() && is.of_enum.is_none() {
        return None;
    }
    if was.of_enum.is_some() || is.of_enum.is_some() {
        return Some(match (is_array(was), is_array(is)) {
            (true, true) => format!("{{}}::text[]::{ty}"),
            (false, true) => format!("ARRAY[{{}}::text]::{ty}"),
            (true, false) => format!("({{}})[1]::text::{ty}"),
            (false, false) => format!("{{}}::text::{ty}"),
        });
    }
    match (&was.kind, &is.kind) {
        (Kind::Other, _) | (_, Kind::Other) => Some(format!("{{}}::text::{ty}")),
        (a, b) if a == b => None,
        (Kind::Array, Kind::Array) => None,
        (Kind::Array, b) if b.is_text() => Some(format!("{{}}::text::{ty}")),
        (_, Kind::Array) => Some(format!("ARRAY[{{}}]::{ty}")),
        (Kind::Array, _) => Some(format!("({{}})[1]::{ty}")),
        (a, b) if a.is_number() && b.is_number() => None,
        (a, b) if a.is_text() && b.is_text() => None,
        (_, b) if b.is_text() => Some(format!("{{}}::{ty}")),
        (Kind::Bool, Kind::Int { bits: 32, .. }) => Some(format!("{{}}::{ty}")),
        (Kind::Bool, b) if b.is_number() => Some(format!("{{}}::integer::{ty}")),
        (a, Kind::Bool) if a.is_number() => Some("{} <> 0".to_owned()),
        (Kind::Date | Kind::Timestamp { .. }, Kind::Date | Kind::Timestamp { .. }) => None,
        (Kind::Json, Kind::Json) => Some(format!("{{}}::{ty}")),
        _ => Some(format!("{{}}::text::{ty}")),
    }
}
