use std::collections::BTreeMap;

use super::Draft;
use crate::{Column, EntityId, Reason};

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
        let trial = self.base.clone().apply(&self.compile());
        let refused = trial.err().into_iter().flat_map(|it| it.reasons);
        found.extend(refused.filter(|it| it.code != DUPLICATE_NAME));
        for it in &self.refused {
            if !found.iter().any(|known| known.entity == it.entity && known.field == it.field) {
                found.push(it.clone());
            }
        }
        found
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
