//! What stands before the tables in PostgreSQL: extensions, enum types, sequences.

use std::collections::BTreeSet;

use crowfoot_schema::{ColumnType, DefaultValue, EntityId, Enum, Uniqueness};
use rustc_hash::FxHashSet;

use super::{
    Printer,
    plan::{Plan, label},
};
use crate::{Dialect, dialect::kind::Kind};

impl<'a> Printer<'a> {
    /// Extensions that types, functions and operators of the diagram come from.
    pub(crate) fn extensions(&mut self, plan: &Plan<'a>) {
        if self.target != Dialect::PostgreSql {
            return;
        }
        self.unknown_types(plan);
        let mut needed: BTreeSet<&'static str> = BTreeSet::new();
        for table in &plan.tables {
            for (column, planned) in table.table.columns.iter().zip(&table.columns) {
                if let ColumnType::Named(_) = column.ty {
                    needed.extend(extension_of_type(&planned.ty));
                }
                if let Some(DefaultValue::Expr(expr)) = &column.default
                    && self.source != Some(Dialect::MySql)
                    && expr.contains("uuid_generate_v")
                {
                    needed.insert("uuid-ossp");
                }
            }
            for index in &table.table.indexes {
                let modifiers = index.parts.iter().filter_map(|it| it.modifiers.as_deref());
                for modifier in modifiers.filter(|_| index.uniqueness == Uniqueness::None) {
                    if modifier.contains("_trgm_ops") {
                        needed.insert("pg_trgm");
                    }
                }
            }
        }
        if !needed.is_empty() {
            self.gap();
        }
        for name in needed {
            self.put("CREATE EXTENSION IF NOT EXISTS ");
            self.name(name);
            self.put(";\n");
        }
    }

    /// Tells which types the script uses and does not make: domains and composite types.
    fn unknown_types(&mut self, plan: &Plan<'a>) {
        let mut told: BTreeSet<&'a str> = BTreeSet::new();
        for table in &plan.tables {
            for (column, planned) in table.table.columns.iter().zip(&table.columns) {
                let ColumnType::Named(text) = &column.ty else { continue };
                let is_unknown = matches!(planned.kind, Kind::Other | Kind::Year | Kind::Set)
                    && planned.ty == *text
                    && extension_of_type(text).is_none()
                    && !self.has_composite(text);
                if is_unknown && told.insert(text) {
                    let message = format!(
                        "column `{}.{}`: the script does not make its type `{text}`",
                        label(table.table),
                        column.name
                    );
                    self.notice("sql/unknown-type", EntityId::Column(column.id), message);
                }
            }
        }
    }

    /// Enum types, where the target has them.
    pub(crate) fn enums(&mut self) {
        if self.target != Dialect::PostgreSql {
            return;
        }
        for item in self.diagram.enums() {
            self.gap();
            self.create_enum(item);
        }
    }

    /// The statement that makes an enum type.
    pub(crate) fn create_enum(&mut self, item: &Enum) {
        let name = self.enum_name(item);
        self.put("CREATE TYPE ");
        self.put(&name);
        self.put(" AS ENUM (");
        let is_long = item.values.len() > 4;
        for (at, value) in item.values.iter().enumerate() {
            match (at, is_long) {
                (0, false) => {}
                (_, false) => self.put(", "),
                (0, true) => self.put("\n    "),
                (_, true) => self.put(",\n    "),
            }
            self.rules.push_text(&mut self.out, &value.name);
        }
        self.put(if is_long { "\n);\n" } else { ");\n" });
    }

    /// Sequences that defaults take numbers from and that no column owns.
    pub(crate) fn sequences(&mut self) {
        if self.target != Dialect::PostgreSql || self.source == Some(Dialect::MySql) {
            return;
        }
        let mut needed: BTreeSet<&'a str> = BTreeSet::new();
        let diagram = self.diagram;
        // A serial column makes its sequence by itself.
        let owned: FxHashSet<String> = diagram
            .tables()
            .flat_map(|table| table.columns.iter().map(move |column| (table, column)))
            .filter(|(_, column)| self.is_counting(column))
            .map(|(table, column)| match &table.schema {
                Some(schema) => format!("{schema}.{}_{}_seq", table.name, column.name),
                None => format!("{}_{}_seq", table.name, column.name),
            })
            .collect();
        for column in diagram.tables().flat_map(|it| &it.columns) {
            if let Some(DefaultValue::Expr(expr)) = &column.default
                && column.increment.is_none()
                && let Some((_, rest)) = expr.split_once("nextval('")
                && let Some((name, _)) = rest.split_once('\'')
                && !owned.contains(name.strip_prefix("public.").unwrap_or(name))
            {
                needed.insert(name);
            }
        }
        if !needed.is_empty() {
            self.gap();
        }
        for name in needed {
            self.put("CREATE SEQUENCE IF NOT EXISTS ");
            self.put(name);
            self.put(";\n");
        }
    }
}

/// The extension that a type comes from.
fn extension_of_type(ty: &str) -> Option<&'static str> {
    let base = ty.split(['(', '[']).next().unwrap_or(ty).trim();
    let base = base.rsplit('.').next().unwrap_or(base);
    Some(match base {
        "citext" => "citext",
        "hstore" => "hstore",
        "ltree" | "lquery" => "ltree",
        "geometry" | "geography" => "postgis",
        "vector" | "halfvec" => "vector",
        "cube" => "cube",
        "isbn" | "isbn13" | "issn" | "ean13" => "isn",
        _ => return None,
    })
}
