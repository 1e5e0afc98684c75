//! The type of each column in the target.

use crowfoot_schema::{Column, ColumnId, ColumnType, EntityId, Enum, IndexTarget, Uniqueness};
use smol_str::{SmolStr, format_smolstr};

use super::{
    Printer,
    plan::{TablePlan, label},
};
use crate::{
    Dialect,
    dialect::{
        kind::{self, Kind},
        type_name::TypeName,
    },
};

/// A column in the target.
#[derive(Clone, Debug)]
pub(crate) struct ColumnPlan {
    /// Its type as the script writes it.
    pub(crate) ty: SmolStr,
    /// What it holds.
    pub(crate) kind: Kind,
}

/// The bytes that an InnoDB key can hold, four for each character.
pub(crate) const MYSQL_KEY_BYTES: u32 = 3072;
/// The bytes that a MySQL row can hold, long texts and blobs aside.
const MYSQL_ROW_BYTES: u32 = 65_000;

impl<'a> Printer<'a> {
    /// Gives each column its type in the target.
    pub(crate) fn column_types(&mut self, tables: &mut [TablePlan<'a>], order: &[usize]) {
        let key_chars =
            if self.target == Dialect::MySql { self.key_chars(tables) } else { Vec::new() };
        for (at, plan) in tables.iter_mut().enumerate() {
            let chars = key_chars.get(at).map_or(&[][..], Vec::as_slice);
            plan.columns = (0..plan.table.columns.len())
                .map(|nth| {
                    let column = &plan.table.columns[nth];
                    self.column_type(plan, column, chars.get(nth).copied().flatten())
                })
                .collect();
            if self.target == Dialect::MySql && !self.is_own() {
                self.fit_row(plan, chars);
            }
        }
        if !self.is_own() && self.target != Dialect::Sqlite {
            for &at in order {
                self.align(tables, at);
            }
        }
    }

    fn column_type(
        &mut self,
        plan: &TablePlan<'_>,
        column: &Column,
        key_chars: Option<u32>,
    ) -> ColumnPlan {
        match &column.ty {
            ColumnType::Enum { id, dimensions } => match self.diagram.enumeration(*id) {
                Some(item) => self.enum_type(plan, column, item, *dimensions),
                None => ColumnPlan { ty: SmolStr::new_static("text"), kind: Kind::Text },
            },
            ColumnType::Named(text) => self.named_type(plan, column, text, key_chars),
        }
    }

    fn named_type(
        &mut self,
        plan: &TablePlan<'_>,
        column: &Column,
        text: &SmolStr,
        key_chars: Option<u32>,
    ) -> ColumnPlan {
        let is_missing = text.is_empty() && self.target != Dialect::Sqlite;
        if self.is_own() && !is_missing {
            return ColumnPlan { ty: text.clone(), kind: self.kind(text) };
        }
        let kind = self.kind_of(plan, column, text);
        let is_long_key = key_chars.is_some() && kind.is_long_in_mysql();
        // Where nobody said whose types they are, PostgreSQL and SQLite may know more than we do.
        let is_unknown = kind == Kind::Other && self.target != Dialect::MySql;
        let is_taken = kind::is_native(self.target, text) || is_unknown;
        if self.source.is_none() && is_taken && !is_long_key && !is_missing {
            return ColumnPlan { ty: text.clone(), kind };
        }

        let rendered = kind::render(&kind, self.target, key_chars);
        if let Some(loss) = rendered.loss {
            self.type_notice(plan, column, text, &rendered.text, loss);
        }
        ColumnPlan { ty: SmolStr::new(&rendered.text), kind }
    }

    /// What the column holds, as far as its checks tell more than its type.
    fn kind_of(&mut self, plan: &TablePlan<'_>, column: &Column, text: &SmolStr) -> Kind {
        let kind = self.kind(text);
        // MariaDB has no type for JSON: it is a long text with a check.
        let is_json = kind == Kind::Text
            && self.source == Some(Dialect::MySql)
            && plan.table.checks.iter().any(|it| is_json_check(&it.expr, &column.name));
        if is_json { Kind::Json } else { kind }
    }

    fn type_notice(
        &mut self,
        plan: &TablePlan<'_>,
        column: &Column,
        before: &str,
        after: &str,
        loss: &str,
    ) {
        self.notice(
            "sql/type-changed",
            EntityId::Column(column.id),
            format!(
                "column `{}.{}`: type `{before}` becomes `{after}` in {}: {loss}",
                label(plan.table),
                column.name,
                self.rules.name,
            ),
        );
    }

    fn enum_type(
        &mut self,
        plan: &TablePlan<'_>,
        column: &Column,
        item: &Enum,
        dimensions: u8,
    ) -> ColumnPlan {
        let (ty, loss) = match self.target {
            Dialect::PostgreSql => {
                let name = self.enum_name(item);
                (name + &"[]".repeat(usize::from(dimensions)), None)
            }
            Dialect::MySql if dimensions > 0 => {
                ("json".to_owned(), Some("an array becomes a JSON array"))
            }
            Dialect::MySql if item.values.is_empty() => {
                ("varchar(255)".to_owned(), Some("an enum without values is not possible"))
            }
            Dialect::MySql => {
                let values: Vec<String> =
                    item.values.iter().map(|it| self.rules.text_of(&it.name)).collect();
                (format!("enum({})", values.join(", ")), None)
            }
            Dialect::Sqlite if dimensions > 0 => {
                ("text".to_owned(), Some("an array becomes a text"))
            }
            Dialect::Sqlite => ("text".to_owned(), None),
        };
        if let Some(loss) = loss {
            self.type_notice(plan, column, &item.name, &ty, loss);
        }
        let kind = if dimensions > 0 { Kind::Array } else { Kind::Char(64) };
        ColumnPlan { ty: ty.into(), kind }
    }

    /// How many characters each column that stands in a key may have, table by table.
    fn key_chars(&mut self, tables: &[TablePlan<'a>]) -> Vec<Vec<Option<u32>>> {
        let mut found: Vec<Vec<Option<u32>>> =
            tables.iter().map(|it| vec![None; it.table.columns.len()]).collect();
        if self.is_own() {
            return found;
        }
        for (at, plan) in tables.iter().enumerate() {
            let table = plan.table;
            self.share_key(plan, table.primary_columns(), &mut found[at]);
            for index in &table.indexes {
                let is_plain =
                    index.parts.iter().all(|it| matches!(it.target, IndexTarget::Column(_)));
                if index.uniqueness != Uniqueness::None && is_plain {
                    let columns: Vec<ColumnId> = index.columns().collect();
                    self.share_key(plan, &columns, &mut found[at]);
                }
            }
            for key in &plan.keys {
                let (from, to): (Vec<ColumnId>, Vec<ColumnId>) = key.pairs.iter().copied().unzip();
                self.share_key(plan, &from, &mut found[at]);
                self.share_key(&tables[key.target], &to, &mut found[key.target]);
            }
        }
        found
    }

    /// Shares the bytes of a key among its texts.
    fn share_key(&mut self, plan: &TablePlan<'_>, columns: &[ColumnId], found: &mut [Option<u32>]) {
        let mut fixed = 0;
        let mut texts = Vec::new();
        for &column in columns {
            let Some(at) = plan.place(column) else { continue };
            let ColumnType::Named(text) = &plan.table.columns[at].ty else {
                fixed += 2;
                continue;
            };
            match self.kind(text) {
                Kind::Varchar(Some(n)) => texts.push((at, Some(n))),
                it if it.is_long_in_mysql() => texts.push((at, None)),
                it => {
                    fixed += key_bytes(&kind::render(&it, Dialect::MySql, None).text).unwrap_or(0)
                }
            }
        }
        let needed: u32 = texts.iter().map(|it| it.1.unwrap_or(255).saturating_mul(4)).sum();
        let room = MYSQL_KEY_BYTES.saturating_sub(fixed);
        let n_texts = u32::try_from(texts.len()).unwrap_or(u32::MAX).max(1);
        let share = room / 4 / n_texts;
        for (at, length) in texts {
            let most = match length {
                Some(_) if needed <= room => continue,
                Some(n) if n <= share => continue,
                Some(_) => share,
                None if needed <= room => 255,
                None => share.min(255),
            };
            found[at] = Some(found[at].map_or(most, |it| it.min(most)).max(1));
        }
    }

    /// Moves the longest texts out of a row that MySQL would refuse.
    fn fit_row(&mut self, plan: &mut TablePlan<'_>, key_chars: &[Option<u32>]) {
        let sizes: Vec<u32> =
            plan.columns.iter().map(|it| key_bytes(&it.ty).unwrap_or(12)).collect();
        let mut total: u32 = sizes.iter().sum();
        if total <= MYSQL_ROW_BYTES {
            return;
        }
        let mut longest: Vec<usize> = (0..sizes.len()).collect();
        longest.sort_by_key(|&at| std::cmp::Reverse(sizes[at]));
        for at in longest {
            if total <= MYSQL_ROW_BYTES {
                break;
            }
            let column = &plan.table.columns[at];
            let is_free =
                key_chars.get(at).is_none_or(Option::is_none) && !plan.table.is_primary(column.id);
            if !is_free || !plan.columns[at].ty.starts_with("varchar(") {
                continue;
            }
            let before =
                std::mem::replace(&mut plan.columns[at].ty, SmolStr::new_static("longtext"));
            total = total - sizes[at] + 12;
            self.type_notice(plan, column, &before, "longtext", "the row would be too long");
        }
    }

    /// Gives the columns of foreign keys the type of what they refer to, where the target refuses
    /// the difference.
    fn align(&mut self, tables: &mut [TablePlan<'a>], at: usize) {
        for nth in 0..tables[at].keys.len() {
            let key = &tables[at].keys[nth];
            let target = key.target;
            for (from, to) in key.pairs.clone() {
                let (Some(from), Some(to)) = (tables[at].place(from), tables[target].place(to))
                else {
                    continue;
                };
                let wanted = tables[target].columns[to].clone();
                let found = &tables[at].columns[from];
                let fits = match self.target {
                    Dialect::MySql => {
                        found.ty == wanted.ty || (found.kind.is_text() && wanted.kind.is_text())
                    }
                    Dialect::PostgreSql | Dialect::Sqlite => {
                        found.kind.is_comparable_in_postgresql(&wanted.kind)
                    }
                };
                if fits {
                    continue;
                }
                let before = found.ty.clone();
                let column = &tables[at].table.columns[from];
                let loss = "it has the type of the column that it refers to";
                let ty = without_collation(&wanted.ty);
                self.type_notice(&tables[at], column, &before, &ty, loss);
                tables[at].columns[from] = ColumnPlan { ty, kind: wanted.kind };
            }
        }
    }
}

fn without_collation(ty: &SmolStr) -> SmolStr {
    ty.split_once(" COLLATE ").map_or_else(|| ty.clone(), |(it, _)| format_smolstr!("{it}"))
}

/// Whether the check says no more than that the column holds JSON.
pub(crate) fn is_json_check(expr: &str, column: &str) -> bool {
    let rest: String =
        expr.chars().filter(|it| !matches!(it, '`' | ' ' | '(' | ')' | '"')).collect();
    rest.get(..10).is_some_and(|it| it.eq_ignore_ascii_case("json_valid"))
        && rest[10..].eq_ignore_ascii_case(column)
}

/// The bytes that a column takes in a MySQL key; none where it can stand there only by its start.
pub(crate) fn key_bytes(ty: &str) -> Option<u32> {
    let name = TypeName::parse(ty);
    match name.base.as_str() {
        "char" | "varchar" => Some(name.number(0).unwrap_or(1).saturating_mul(4)),
        "binary" | "varbinary" => Some(name.number(0).unwrap_or(1)),
        "decimal" => Some(30),
        it if it.ends_with("text") || it.ends_with("blob") || it == "json" => None,
        _ => Some(8),
    }
}
