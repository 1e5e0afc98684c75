//! Whether the types of two columns go together in a ref.

use crowfoot_schema::{Column, ColumnType, Diagram};

use crate::words::type_text;

/// How well the types of two columns go together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kinship {
    Same,
    /// Some databases take it, others do not: the reason in words.
    Loose(String),
    /// No database takes it: the reason in words.
    Strange(String),
}

/// What a type is, apart from how it is spelt.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kind {
    family: Family,
    /// Bits of an integer, characters of a string, digits of a number; 0 where none was said.
    size: u32,
    is_unsigned: bool,
    dimensions: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Family {
    /// No type was said.
    Unknown,
    Integer,
    Decimal,
    Float,
    Bool,
    Text,
    Uuid,
    Date,
    Time,
    Timestamp,
    Json,
    Binary,
    /// An enum, or a type that is compared by name.
    Named(String),
}

/// How the types of two columns go together.
pub(crate) fn kinship(diagram: &Diagram, a: &Column, b: &Column) -> Kinship {
    let (kind_a, kind_b) = (kind(diagram, a), kind(diagram, b));
    let (text_a, text_b) = (type_text(diagram, a), type_text(diagram, b));
    let both = || format!("`{}` is `{text_a}`, `{}` is `{text_b}`", a.name, b.name);

    if kind_a.family == Family::Unknown || kind_b.family == Family::Unknown {
        return Kinship::Same;
    }
    if kind_a.family != kind_b.family || kind_a.dimensions != kind_b.dimensions {
        return Kinship::Strange(format!("the types differ: {}", both()));
    }
    if kind_a.is_unsigned != kind_b.is_unsigned {
        return Kinship::Loose(format!("one side is unsigned: {}", both()));
    }
    if kind_a.size != kind_b.size {
        let what = match kind_a.family {
            Family::Text => "lengths",
            Family::Integer => "integer sizes",
            _ => "sizes",
        };
        return Kinship::Loose(format!("the {what} differ: {}", both()));
    }
    Kinship::Same
}

fn kind(diagram: &Diagram, column: &Column) -> Kind {
    if let ColumnType::Enum { dimensions, .. } = column.ty {
        let family = Family::Named(type_text(diagram, column));
        return Kind { family, size: 0, is_unsigned: false, dimensions: usize::from(dimensions) };
    }
    read(&type_text(diagram, column))
}

fn read(text: &str) -> Kind {
    let mut text = text.trim().to_ascii_lowercase();
    let mut dimensions = 0;
    while let Some(inner) = text.strip_suffix(']').and_then(|it| it.rfind('[').map(|at| &it[..at]))
    {
        text = inner.trim_end().to_owned();
        dimensions += 1;
    }
    let is_unsigned = text.contains("unsigned");
    let (base, arguments) = match text.split_once('(') {
        Some((base, rest)) => {
            let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
            (format!("{} {}", base.trim(), after.trim()), inside.to_owned())
        }
        None => (text.clone(), String::new()),
    };
    let base = base.replace("unsigned", "").replace("zerofill", "");
    let base = base.split_whitespace().collect::<Vec<_>>().join(" ");
    let base = base.strip_prefix("pg_catalog.").unwrap_or(&base);
    let argument = arguments.split(',').next().and_then(|it| it.trim().parse().ok()).unwrap_or(0);
    let (family, size) = family(base, argument);
    Kind { family, size, is_unsigned, dimensions }
}

fn family(base: &str, argument: u32) -> (Family, u32) {
    match base {
        "" => (Family::Unknown, 0),
        "tinyint" if argument == 1 => (Family::Integer, 8),
        "tinyint" | "int1" => (Family::Integer, 8),
        "smallint" | "int2" | "smallserial" | "serial2" => (Family::Integer, 16),
        "mediumint" | "int3" => (Family::Integer, 24),
        "int" | "integer" | "int4" | "serial" | "serial4" => (Family::Integer, 32),
        "bigint" | "int8" | "bigserial" | "serial8" => (Family::Integer, 64),
        "decimal" | "numeric" | "dec" | "number" | "money" => (Family::Decimal, argument),
        "float" | "real" | "float4" | "float8" | "double" | "double precision" => {
            (Family::Float, 0)
        }
        "bool" | "boolean" | "bit" => (Family::Bool, 0),
        "varchar" | "character varying" | "char" | "character" | "bpchar" | "nvarchar"
        | "nchar" | "varchar2" | "nvarchar2" => (Family::Text, argument),
        "text" | "citext" | "tinytext" | "mediumtext" | "longtext" | "clob" | "string" | "name" => {
            (Family::Text, 0)
        }
        "uuid" | "uniqueidentifier" => (Family::Uuid, 0),
        "date" => (Family::Date, 0),
        "time" | "time without time zone" | "timetz" | "time with time zone" => (Family::Time, 0),
        "timestamp"
        | "timestamptz"
        | "datetime"
        | "datetime2"
        | "timestamp with time zone"
        | "timestamp without time zone" => (Family::Timestamp, 0),
        "json" | "jsonb" => (Family::Json, 0),
        "bytea" | "blob" | "tinyblob" | "mediumblob" | "longblob" => (Family::Binary, 0),
        "binary" | "varbinary" => (Family::Binary, argument),
        other => (Family::Named(other.to_owned()), argument),
    }
}

#[cfg(test)]
mod tests {
    use crowfoot_schema::{Column, ColumnType, Diagram, IdMint};

    use super::{Kinship, kinship};

    fn check(a: &str, b: &str, expected: &str) {
        let mut mint = IdMint::new(0, 0);
        let mut column = |name: &str, ty: &str| Column::new(mint.id(), name, ColumnType::named(ty));
        let (a, b) = (column("a", a), column("b", b));
        let found = match kinship(&Diagram::new(), &a, &b) {
            Kinship::Same => "same".to_owned(),
            Kinship::Loose(why) => format!("loose: {why}"),
            Kinship::Strange(why) => format!("strange: {why}"),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn spellings_of_one_type_are_the_same() {
        check("serial", "integer", "same");
        check("INT", "int4", "same");
        check("character varying(20)", "varchar(20)", "same");
        check("int(11) unsigned", "int unsigned", "same");
        check("timestamp(3) with time zone", "timestamptz", "same");
    }

    #[test]
    fn sizes_and_signs_are_told_apart() {
        check("int", "bigint", "loose: the integer sizes differ: `a` is `int`, `b` is `bigint`");
        check(
            "varchar(10)",
            "varchar(20)",
            "loose: the lengths differ: `a` is `varchar(10)`, `b` is `varchar(20)`",
        );
        check(
            "int unsigned",
            "int",
            "loose: one side is unsigned: `a` is `int unsigned`, `b` is `int`",
        );
    }

    #[test]
    fn strangers_are_told_apart() {
        check("uuid", "int", "strange: the types differ: `a` is `uuid`, `b` is `int`");
        check("int[]", "int", "strange: the types differ: `a` is `int[]`, `b` is `int`");
    }

    #[test]
    fn a_column_without_type_goes_with_any() {
        check("", "int", "same");
    }
}
