use std::collections::BTreeMap;

use super::Draft;
use crate::{Column, ColumnId, EntityId, Reason, Side};

impl Draft {
    /// Everything that keeps the draft from being saved, at the field that it is about: what is
    /// not complete, what the diagram refuses, and what the server refused last.
    ///
    /// `change` of these reasons has no meaning.
    pub fn problems(&self) -> Vec<Reason> {
        let mut found = Vec::new();
        self.judge_column_names(&mut found);
        for sketch in self.refs() {
            if sketch.complete().is_none() {
                let message = "pick a table and its columns, each column once";
                let entity = EntityId::Ref(sketch.id);
                found.push(reason(entity, "ends", "schema/incomplete-ref", message));
            }
        }
        for check in self.table().checks.iter().filter(|it| it.expr.trim().is_empty()) {
            let entity = EntityId::Check(check.id);
            found.push(reason(entity, "expr", "schema/empty-check", "a check needs a condition"));
        }
        self.judge_uses(&mut found);
        let trial = self.base.clone().apply(&self.compile());
        let refused = trial.err().into_iter().flat_map(|it| it.reasons);
        for it in refused.filter(|it| it.code != DUPLICATE_NAME) {
            if !found.iter().any(|known| is_alike(known, &it)) {
                found.push(it);
            }
        }
        for it in &self.refused {
            if !found.iter().any(|known| is_alike(known, it)) {
                found.push(it.clone());
            }
        }
        found
    }

    /// What stands on a column that is dropped would go with it in silence.
    fn judge_uses(&self, found: &mut Vec<Reason>) {
        let table = self.table();
        let is_gone = |id: ColumnId| table.column(id).is_none();
        let mut tell = |entity, field, what: &str| {
            let message = format!("{what} names a column that the table lacks");
            found.push(reason(entity, field, "schema/unknown-column", message));
        };
        if table.primary_columns().iter().any(|id| is_gone(*id)) {
            tell(EntityId::Table(table.id), "primaryKey", "the primary key");
        }
        for index in &table.indexes {
            if index.columns().any(is_gone) {
                tell(EntityId::Index(index.id), "parts", "the index");
            }
            if index.include.iter().any(|id| is_gone(*id)) {
                tell(EntityId::Index(index.id), "include", "the index");
            }
        }
        for check in table.checks.iter().filter(|it| it.column.is_some_and(is_gone)) {
            tell(EntityId::Check(check.id), "column", "the check");
        }
        for sketch in self.refs() {
            let own = [Side::From, Side::To].into_iter();
            let mut own = own.filter(|side| sketch.table(*side) == Some(table.id));
            if own.any(|side| sketch.side_columns(side).any(is_gone)) {
                tell(EntityId::Ref(sketch.id), "columns", "the foreign key");
            }
        }
    }

    /// A name that stands twice is a problem of the column that was touched, wherever it stands.
    fn judge_column_names(&self, found: &mut Vec<Reason>) {
        let table = self.table();
        let mut named: BTreeMap<&str, Vec<&Column>> = BTreeMap::new();
        for column in table.columns.iter().filter(|it| !it.name.is_empty()) {
            named.entry(&column.name).or_default().push(column);
        }
        let is_known = |it: &Column| {
            let base = self.base_table().and_then(|table| table.column(it.id));
            base.is_some_and(|base| base.name == it.name)
        };
        for (name, columns) in named {
            let mut touched: Vec<_> = columns.iter().filter(|it| !is_known(it)).collect();
            if touched.len() == columns.len() {
                touched.remove(0);
            }
            for column in touched {
                let message = format!("`{}` has a column `{name}` already", table.name);
                let entity = EntityId::Column(column.id);
                found.push(reason(entity, "name", DUPLICATE_NAME, message));
            }
        }
    }
}

/// Two reasons at one field say the same to a person.
fn is_alike(a: &Reason, b: &Reason) -> bool {
    a.entity == b.entity && a.field == b.field
}

const DUPLICATE_NAME: &str = "schema/duplicate-column-name";

fn reason(
    entity: EntityId,
    field: &'static str,
    code: &'static str,
    message: impl Into<String>,
) -> Reason {
    Reason {
        change: 0,
        entity,
        field: Some(field.into()),
        code: code.into(),
        message: message.into(),
    }
}
