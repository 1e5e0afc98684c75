use std::collections::BTreeMap;

use crowfoot_schema::{ColumnId, ColumnType, Dialect, TableId};

use super::{Lens, holds, words};
use crate::{
    Editor,
    kinship::{Kinship, kinship},
    view::{ColumnChoice, TableChoice},
    words::{column_names, enum_label, type_text},
};

impl Editor {
    /// Tables whose name holds all words; those whose name begins with them first.
    pub(super) fn table_choices(&mut self, text: &str, limit: usize) -> Vec<TableChoice> {
        let words = words(text);
        let first = words.first().cloned().unwrap_or_default();
        let mut found: Vec<(bool, String, TableId)> = Vec::new();
        let sorted = self.sorted_tables().to_vec();
        for (label, id) in sorted {
            if holds(&label, &words) {
                let name = self.shown.table(id).map(|it| it.name.to_lowercase());
                let begins = name.is_some_and(|it| it.starts_with(&first));
                found.push((!begins, label, id));
            }
        }
        // The list is sorted already, and this keeps its order among equals.
        found.sort_by_key(|(late, ..)| *late);
        let choice = |(_, label, id): (bool, String, TableId)| {
            let table = self.shown.table(id)?;
            let key = column_names(table, table.primary_columns()).join(", ");
            Some(TableChoice { id, label, key, n_columns: table.columns.len() })
        };
        found.into_iter().take(limit).filter_map(choice).collect()
    }

    /// Types that hold the text: enums, then what the diagram uses most, then what is usual.
    pub(super) fn type_choices(&self, text: &str) -> Vec<String> {
        let words = words(text);
        let mut used: BTreeMap<String, usize> = BTreeMap::new();
        for column in self.shown.tables().flat_map(|it| &it.columns) {
            if let ColumnType::Named(_) = column.ty {
                *used.entry(type_text(&self.shown, column)).or_default() += 1;
            }
        }
        let mut used: Vec<_> = used.into_iter().filter(|(it, _)| !it.is_empty()).collect();
        used.sort_by(|(a, n), (b, m)| m.cmp(n).then(a.cmp(b)));

        let enums = self.shown.enums().map(enum_label);
        let used = used.into_iter().map(|(it, _)| it);
        let usual = usual_types(self.shown.settings().dialect).iter().map(|it| (*it).to_owned());
        let mut choices: Vec<String> = Vec::new();
        for choice in enums.chain(used).chain(usual) {
            if holds(&choice, &words) && !choices.contains(&choice) {
                choices.push(choice);
            }
            if choices.len() == 60 {
                break;
            }
        }
        choices
    }
}

impl Lens<'_> {
    /// The columns of a table whose name holds all words; those that go with `like` first.
    pub(super) fn column_choices(
        &self,
        table: TableId,
        text: &str,
        like: Option<ColumnId>,
    ) -> Vec<ColumnChoice> {
        let Some(table) = self.diagram.table(table) else { return Vec::new() };
        let words = words(text);
        let like = like.and_then(|id| self.diagram.tables().find_map(|it| it.column(id)));
        let columns = table.columns.iter().filter(|it| holds(&it.name, &words));
        let mut choices: Vec<ColumnChoice> = columns
            .map(|column| {
                let (is_compatible, reason) = match like.map(|it| kinship(self.diagram, it, column))
                {
                    None | Some(Kinship::Same) => (true, None),
                    Some(Kinship::Loose(why)) => (true, Some(why)),
                    Some(Kinship::Strange(why)) => (false, Some(why)),
                };
                ColumnChoice {
                    id: column.id,
                    name: column.name.clone(),
                    ty: type_text(self.diagram, column),
                    is_primary: table.is_primary(column.id),
                    is_unique: table.is_unique(&[column.id]),
                    is_compatible,
                    reason,
                }
            })
            .collect();
        choices.sort_by_key(|it| !it.is_compatible);
        choices
    }
}

const fn usual_types(dialect: Option<Dialect>) -> &'static [&'static str] {
    match dialect {
        Some(Dialect::MySql) => &[
            "int",
            "bigint",
            "smallint",
            "tinyint(1)",
            "varchar(255)",
            "char(36)",
            "text",
            "longtext",
            "decimal(10,2)",
            "double",
            "date",
            "datetime",
            "timestamp",
            "time",
            "json",
            "blob",
        ],
        Some(Dialect::Sqlite) => &["integer", "text", "real", "blob", "numeric"],
        Some(Dialect::PostgreSql) | None => &[
            "integer",
            "bigint",
            "smallint",
            "varchar(255)",
            "text",
            "boolean",
            "uuid",
            "numeric(10,2)",
            "double precision",
            "date",
            "timestamp",
            "timestamptz",
            "time",
            "jsonb",
            "bytea",
        ],
    }
}
