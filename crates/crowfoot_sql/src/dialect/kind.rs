//! What a type holds, whichever database named it, and what each database calls that.

use std::borrow::Cow;

use super::{rules, type_name::TypeName};
use crate::Dialect;

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// No type was said.
    Untyped,
    Bool,
    Int {
        bits: u8,
        is_unsigned: bool,
    },
    /// Digits in all and after the point.
    Decimal(Option<(u32, u32)>),
    Float,
    Double,
    Money,
    Char(u32),
    Varchar(Option<u32>),
    Text,
    /// Text that is compared without regard to case.
    CiText,
    Binary(Option<u32>),
    Blob,
    Date,
    Time {
        digits: Option<u32>,
        has_zone: bool,
    },
    Timestamp {
        digits: Option<u32>,
        has_zone: bool,
    },
    Year,
    Interval,
    Json,
    Uuid,
    Xml,
    Bits {
        n: Option<u32>,
        is_varying: bool,
    },
    Set,
    Inet,
    Mac,
    /// A shape, by its name.
    Shape(String),
    Search,
    Hstore,
    Range,
    Array,
    Other,
}

impl Kind {
    /// What a type of that text holds, as the dialect (none: nobody said which) means it.
    pub(crate) fn of(source: Option<Dialect>, text: &str) -> Self {
        let name = TypeName::parse(text);
        if name.dimensions > 0 { Self::Array } else { Self::named(source, &name) }
    }

    fn named(source: Option<Dialect>, name: &TypeName<'_>) -> Self {
        let is_sqlite = source == Some(Dialect::Sqlite);
        let int = |bits| Self::Int { bits, is_unsigned: name.is_unsigned };
        let digits = if source == Some(Dialect::PostgreSql) {
            Some(name.number(0).unwrap_or(6))
        } else {
            name.number(0)
        };
        match name.base.as_str() {
            "" => Self::Untyped,
            "bool" | "boolean" => Self::Bool,
            "tinyint" | "int1" if name.number(0) == Some(1) && !is_sqlite => Self::Bool,
            // SQLite's integers are as long as they must be.
            "tinyint" | "smallint" | "mediumint" | "int" | "int2" | "integer" if is_sqlite => {
                int(64)
            }
            "tinyint" | "int1" => int(8),
            "smallint" | "int2" | "smallserial" | "serial2" => int(16),
            "mediumint" | "int3" | "middleint" => int(24),
            "int" | "integer" | "int4" | "serial" | "serial4" => int(32),
            "bigint" | "int8" | "bigserial" | "serial8" => int(64),
            "oid" | "xid" => Self::Int { bits: 32, is_unsigned: true },
            "decimal" | "numeric" | "dec" | "fixed" | "number" => {
                Self::Decimal(name.number(0).map(|all| (all, name.number(1).unwrap_or(0))))
            }
            "float4" => Self::Float,
            "float" if name.number(0).is_some_and(|it| it <= 24) => Self::Float,
            "float" if source == Some(Dialect::MySql) && name.args.len() != 1 => Self::Float,
            "real" if source == Some(Dialect::PostgreSql) => Self::Float,
            "float" | "float8" | "real" | "double" | "double precision" => Self::Double,
            "money" | "smallmoney" => Self::Money,
            "\"char\"" => Self::Char(1),
            "char" | "character" | "nchar" | "bpchar" | "national char" | "national character" => {
                Self::Char(name.number(0).unwrap_or(1))
            }
            "varchar" | "character varying" | "char varying" | "nvarchar" | "varchar2"
            | "nvarchar2" | "national varchar" | "varying character" | "native character" => {
                Self::Varchar(name.number(0))
            }
            "name" if source == Some(Dialect::PostgreSql) => Self::Varchar(Some(63)),
            "text" | "clob" | "string" | "tinytext" | "mediumtext" | "longtext" | "ntext" => {
                Self::Text
            }
            "citext" => Self::CiText,
            "binary" => Self::Binary(Some(name.number(0).unwrap_or(1))),
            "varbinary" => Self::Binary(name.number(0)),
            "bytea" | "blob" | "tinyblob" | "mediumblob" | "longblob" | "raw" | "image" => {
                Self::Blob
            }
            "date" => Self::Date,
            "time" | "time without time zone" => Self::Time { digits, has_zone: false },
            "timetz" | "time with time zone" => Self::Time { digits, has_zone: true },
            // MySQL's timestamp is a moment: it is turned to the session's zone and back.
            "timestamp" if source == Some(Dialect::MySql) => {
                Self::Timestamp { digits, has_zone: true }
            }
            "timestamp"
            | "timestamp without time zone"
            | "datetime"
            | "datetime2"
            | "smalldatetime" => Self::Timestamp { digits, has_zone: false },
            "timestamptz" | "timestamp with time zone" | "datetimeoffset" => {
                Self::Timestamp { digits, has_zone: true }
            }
            "year" => Self::Year,
            "json" | "jsonb" => Self::Json,
            "uuid" | "uniqueidentifier" | "guid" => Self::Uuid,
            "xml" => Self::Xml,
            "bit" => Self::Bits { n: Some(name.number(0).unwrap_or(1)), is_varying: false },
            "bit varying" | "varbit" => Self::Bits { n: name.number(0), is_varying: true },
            "set" => Self::Set,
            "inet" | "cidr" | "inet4" | "inet6" => Self::Inet,
            "macaddr" | "macaddr8" => Self::Mac,
            "point" | "line" | "lseg" | "box" | "path" | "polygon" | "circle" | "geometry"
            | "geography" | "linestring" | "multipoint" | "multilinestring" | "multipolygon"
            | "geometrycollection" => Self::Shape(name.base.clone()),
            "tsvector" | "tsquery" => Self::Search,
            "hstore" => Self::Hstore,
            it if it.starts_with("interval") => Self::Interval,
            it if it.ends_with("range") && !is_sqlite => Self::Range,
            it if is_sqlite => Self::by_affinity(it),
            _ => Self::Other,
        }
    }

    /// SQLite's rule for names that mean nothing else.
    fn by_affinity(base: &str) -> Self {
        let has = |part: &str| base.contains(part);
        if has("int") {
            Self::Int { bits: 64, is_unsigned: false }
        } else if has("char") || has("clob") || has("text") {
            Self::Text
        } else if has("blob") {
            Self::Blob
        } else if has("real") || has("floa") || has("doub") {
            Self::Double
        } else {
            Self::Decimal(None)
        }
    }

    /// Whether values are texts of some sort.
    pub(crate) const fn is_text(&self) -> bool {
        matches!(self, Self::Char(_) | Self::Varchar(_) | Self::Text | Self::CiText)
    }

    /// Whether MySQL can hold it in a key only up to a length.
    pub(crate) const fn is_long_in_mysql(&self) -> bool {
        matches!(
            self,
            Self::Varchar(None)
                | Self::Text
                | Self::CiText
                | Self::Blob
                | Self::Binary(None)
                | Self::Xml
                | Self::Other
                | Self::Untyped
                | Self::Set
                | Self::Interval
        )
    }

    /// Whether values are numbers.
    pub(crate) const fn is_number(&self) -> bool {
        matches!(
            self,
            Self::Int { .. }
                | Self::Decimal(_)
                | Self::Float
                | Self::Double
                | Self::Money
                | Self::Year
        )
    }

    /// Whether PostgreSQL compares values of the two kinds with each other.
    pub(crate) fn is_comparable_in_postgresql(&self, other: &Self) -> bool {
        self == other
            || (self.is_text() && other.is_text())
            || (self.is_number() && other.is_number())
            || matches!(
                (self, other),
                (Self::Date | Self::Timestamp { .. }, Self::Date | Self::Timestamp { .. })
                    | (Self::Binary(_) | Self::Blob, Self::Binary(_) | Self::Blob)
            )
    }
}

/// A type in the words of one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) text: Cow<'static, str>,
    /// What values lose; none when they lose nothing.
    pub(crate) loss: Option<&'static str>,
}

impl Rendered {
    fn plain(text: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), loss: None }
    }

    fn lossy(text: impl Into<Cow<'static, str>>, loss: &'static str) -> Self {
        Self { text: text.into(), loss: Some(loss) }
    }
}

const NO_EQUIVALENT: &str = "it has no equivalent there";
const NO_ZONE: &str = "the time zone is lost";

/// What the target calls the type. In MySQL, a text that stands in a key has `key_chars` characters
/// at the most; none for one that stands in no key.
pub(crate) fn render(kind: &Kind, target: Dialect, key_chars: Option<u32>) -> Rendered {
    match target {
        Dialect::PostgreSql => in_postgresql(kind),
        Dialect::MySql => in_mysql(kind, key_chars),
        Dialect::Sqlite => in_sqlite(kind),
    }
}

/// A type whose text the target takes as it stands, when nobody said whose it is.
pub(crate) fn is_native(target: Dialect, text: &str) -> bool {
    let name = TypeName::parse(text);
    let needs_length = target == Dialect::MySql
        && name.args.is_empty()
        && matches!(name.base.as_str(), "varchar" | "character varying" | "varbinary" | "enum");
    let allows_arrays = target == Dialect::PostgreSql;
    rules(target).has_type(&name.base)
        && !needs_length
        && (allows_arrays || name.dimensions == 0)
        && (target != Dialect::PostgreSql || !name.is_unsigned)
}

fn with_digits(name: &str, digits: Option<u32>, zone: &str) -> String {
    match digits {
        Some(n @ 0..6) => format!("{name}({n}){zone}"),
        _ => format!("{name}{zone}"),
    }
}

fn in_postgresql(kind: &Kind) -> Rendered {
    let plain = |text: &'static str| Rendered::plain(text);
    match kind {
        Kind::Untyped => plain("text"),
        Kind::Bool => plain("boolean"),
        Kind::Int { bits: 0..=8, .. } | Kind::Int { bits: 16, is_unsigned: false } => {
            plain("smallint")
        }
        Kind::Int { bits: 16..=24, .. } | Kind::Int { bits: 32, is_unsigned: false } => {
            plain("integer")
        }
        Kind::Int { bits: 64.., is_unsigned: true } => {
            Rendered::lossy("bigint", "values above 9223372036854775807 do not fit")
        }
        Kind::Int { .. } => plain("bigint"),
        Kind::Decimal(None) => plain("numeric"),
        Kind::Decimal(Some((all, 0))) => Rendered::plain(format!("numeric({all})")),
        Kind::Decimal(Some((all, after))) => Rendered::plain(format!("numeric({all},{after})")),
        Kind::Float => plain("real"),
        Kind::Double => plain("double precision"),
        Kind::Money => plain("numeric(19,4)"),
        Kind::Char(n) => Rendered::plain(format!("char({n})")),
        Kind::Varchar(Some(n)) => Rendered::plain(format!("varchar({n})")),
        Kind::Varchar(None) | Kind::Text => plain("text"),
        Kind::CiText => plain("citext"),
        Kind::Binary(_) | Kind::Blob => plain("bytea"),
        Kind::Date => plain("date"),
        Kind::Time { digits, has_zone } => {
            let zone = if *has_zone { " with time zone" } else { "" };
            Rendered::plain(with_digits("time", *digits, zone))
        }
        Kind::Timestamp { digits, has_zone: false } => {
            Rendered::plain(with_digits("timestamp", *digits, ""))
        }
        Kind::Timestamp { digits, has_zone: true } => {
            Rendered::plain(with_digits("timestamptz", *digits, ""))
        }
        Kind::Year => plain("smallint"),
        Kind::Interval => plain("interval"),
        Kind::Json => plain("jsonb"),
        Kind::Uuid => plain("uuid"),
        Kind::Xml => plain("xml"),
        Kind::Bits { n: Some(n), is_varying: false } => Rendered::plain(format!("bit({n})")),
        Kind::Bits { n: Some(n), is_varying: true } => Rendered::plain(format!("varbit({n})")),
        Kind::Bits { n: None, .. } => plain("varbit"),
        Kind::Set => Rendered::lossy("text", "the list of its values is not checked"),
        Kind::Inet => plain("inet"),
        Kind::Mac => plain("macaddr"),
        Kind::Shape(name) => match name.as_str() {
            "point" => plain("point"),
            "polygon" => plain("polygon"),
            "linestring" | "path" => plain("path"),
            _ => Rendered::lossy("text", "it needs an extension there"),
        },
        Kind::Search => plain("tsvector"),
        Kind::Hstore => plain("hstore"),
        Kind::Range | Kind::Array | Kind::Other => Rendered::lossy("text", NO_EQUIVALENT),
    }
}

/// The most characters of a column that MySQL can hold within a row, four bytes each.
const MYSQL_VARCHAR: u32 = 16_383;

fn in_mysql(kind: &Kind, key_chars: Option<u32>) -> Rendered {
    let plain = |text: &'static str| Rendered::plain(text);
    let long = |loss| match key_chars {
        Some(n) => Rendered {
            text: format!("varchar({n})").into(),
            loss: Some("a key cannot hold a text without a limit"),
        },
        None => Rendered { text: Cow::Borrowed("longtext"), loss },
    };
    match kind {
        Kind::Untyped | Kind::Varchar(None) | Kind::Text | Kind::CiText => long(None),
        Kind::Bool => plain("boolean"),
        Kind::Int { bits, is_unsigned } => {
            let name = match bits {
                0..=8 => "tinyint",
                9..=16 => "smallint",
                17..=24 => "mediumint",
                25..=32 => "int",
                _ => "bigint",
            };
            Rendered::plain(if *is_unsigned { format!("{name} unsigned") } else { name.to_owned() })
        }
        Kind::Decimal(None) => plain("decimal(65,30)"),
        Kind::Decimal(Some((all, after))) => in_mysql_decimal(*all, *after),
        Kind::Float => plain("float"),
        Kind::Double => plain("double"),
        Kind::Money => plain("decimal(19,4)"),
        Kind::Char(n @ 0..=255) => Rendered::plain(format!("char({n})")),
        Kind::Char(n) | Kind::Varchar(Some(n)) => match key_chars {
            Some(most) if *n > most => Rendered::lossy(
                format!("varchar({most})"),
                "a key cannot hold a text of that length",
            ),
            _ if *n > MYSQL_VARCHAR => plain("longtext"),
            _ => Rendered::plain(format!("varchar({n})")),
        },
        Kind::Binary(Some(n @ 0..=65_000)) => Rendered::plain(format!("varbinary({n})")),
        Kind::Binary(_) | Kind::Blob => match key_chars {
            Some(n) => Rendered::lossy(
                format!("varbinary({n})"),
                "a key cannot hold bytes without a limit",
            ),
            None => plain("longblob"),
        },
        Kind::Date => plain("date"),
        Kind::Time { digits, has_zone } => {
            let text = digits.map_or_else(|| "time".to_owned(), |n| format!("time({})", n.min(6)));
            Rendered { text: text.into(), loss: has_zone.then_some(NO_ZONE) }
        }
        Kind::Timestamp { digits, has_zone } => {
            let text =
                digits.map_or_else(|| "datetime".to_owned(), |n| format!("datetime({})", n.min(6)));
            Rendered { text: text.into(), loss: has_zone.then_some(NO_ZONE) }
        }
        Kind::Year => plain("year"),
        Kind::Interval => Rendered::lossy("varchar(64)", NO_EQUIVALENT),
        Kind::Json => plain("json"),
        Kind::Uuid => plain("char(36)"),
        Kind::Bits { n: Some(n @ 1..=64), .. } => Rendered::plain(format!("bit({n})")),
        Kind::Bits { .. } => Rendered::lossy("varchar(255)", "bits become characters"),
        Kind::Inet => Rendered::lossy("varchar(43)", "addresses are not checked"),
        Kind::Mac => Rendered::lossy("varchar(23)", "addresses are not checked"),
        Kind::Shape(name) => match name.as_str() {
            "geography" => plain("geometry"),
            "line" | "lseg" | "path" => plain("linestring"),
            "box" | "circle" => Rendered::lossy("polygon", "the form of the shape is not checked"),
            _ => Rendered::plain(name.clone()),
        },
        Kind::Hstore => plain("json"),
        Kind::Array => Rendered::lossy("json", "an array becomes a JSON array"),
        Kind::Range => Rendered::lossy("varchar(255)", NO_EQUIVALENT),
        Kind::Xml | Kind::Set | Kind::Search | Kind::Other => long(Some(NO_EQUIVALENT)),
    }
}

fn in_mysql_decimal(all: u32, after: u32) -> Rendered {
    let after_there = after.min(30);
    let all_there = all.max(after_there).clamp(1, 65);
    let text = if after_there == 0 {
        format!("decimal({all_there})")
    } else {
        format!("decimal({all_there},{after_there})")
    };
    let is_whole = (all_there, after_there) == (all.max(after), after);
    Rendered {
        text: text.into(),
        loss: (!is_whole).then_some("MySQL keeps 65 digits, 30 of them after the point"),
    }
}

fn in_sqlite(kind: &Kind) -> Rendered {
    let plain = |text: &'static str| Rendered::plain(text);
    match kind {
        Kind::Untyped => plain(""),
        Kind::Bool => plain("boolean"),
        Kind::Int { .. } | Kind::Year => plain("integer"),
        Kind::Decimal(None) | Kind::Money => plain("numeric"),
        Kind::Decimal(Some((all, 0))) => Rendered::plain(format!("numeric({all})")),
        Kind::Decimal(Some((all, after))) => Rendered::plain(format!("numeric({all},{after})")),
        Kind::Float | Kind::Double => plain("real"),
        Kind::Char(n) => Rendered::plain(format!("char({n})")),
        Kind::Varchar(Some(n)) => Rendered::plain(format!("varchar({n})")),
        Kind::Varchar(None) | Kind::Text | Kind::Json | Kind::Uuid => plain("text"),
        Kind::CiText => plain("text COLLATE NOCASE"),
        Kind::Binary(_) | Kind::Blob => plain("blob"),
        Kind::Date => plain("date"),
        Kind::Time { .. } => plain("time"),
        Kind::Timestamp { .. } => plain("datetime"),
        Kind::Array => Rendered::lossy("text", "an array becomes a text"),
        Kind::Bits { .. } => Rendered::lossy("text", "bits become characters"),
        Kind::Set => Rendered::lossy("text", "the list of its values is not checked"),
        Kind::Inet | Kind::Mac => Rendered::lossy("text", "addresses are not checked"),
        Kind::Interval
        | Kind::Xml
        | Kind::Shape(_)
        | Kind::Search
        | Kind::Hstore
        | Kind::Range
        | Kind::Other => Rendered::lossy("text", NO_EQUIVALENT),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, render};
    use crate::Dialect::{self, MySql, PostgreSql, Sqlite};

    fn check(source: Dialect, text: &str, target: Dialect, expected: &str) {
        let it = render(&Kind::of(Some(source), text), target, None);
        let loss = it.loss.map_or_else(String::new, |it| format!(" ({it})"));
        assert_eq!(format!("{}{loss}", it.text), expected, "{text}");
    }

    #[test]
    fn postgresql_types_have_names_in_mysql() {
        check(PostgreSql, "uuid", MySql, "char(36)");
        check(PostgreSql, "jsonb", MySql, "json");
        check(PostgreSql, "text", MySql, "longtext");
        check(PostgreSql, "character varying(80)", MySql, "varchar(80)");
        check(PostgreSql, "timestamptz", MySql, "datetime(6) (the time zone is lost)");
        check(PostgreSql, "timestamp(3) without time zone", MySql, "datetime(3)");
        check(PostgreSql, "text[]", MySql, "json (an array becomes a JSON array)");
        check(PostgreSql, "numeric(10,2)", MySql, "decimal(10,2)");
        check(PostgreSql, "numeric", MySql, "decimal(65,30)");
        check(PostgreSql, "bytea", MySql, "longblob");
        check(PostgreSql, "real", MySql, "float");
        check(PostgreSql, "tsvector", MySql, "longtext (it has no equivalent there)");
    }

    #[test]
    fn mysql_types_have_names_in_postgresql() {
        check(MySql, "tinyint(1)", PostgreSql, "boolean");
        check(MySql, "tinyint(4)", PostgreSql, "smallint");
        check(MySql, "int(10) unsigned", PostgreSql, "bigint");
        check(
            MySql,
            "bigint(20) unsigned",
            PostgreSql,
            "bigint (values above 9223372036854775807 do not fit)",
        );
        check(MySql, "mediumint", PostgreSql, "integer");
        check(MySql, "datetime", PostgreSql, "timestamp");
        check(MySql, "timestamp(3)", PostgreSql, "timestamptz(3)");
        check(MySql, "longtext", PostgreSql, "text");
        check(MySql, "year", PostgreSql, "smallint");
        check(MySql, "varbinary(16)", PostgreSql, "bytea");
        check(MySql, "float", PostgreSql, "real");
        check(MySql, "double", PostgreSql, "double precision");
    }

    #[test]
    fn sqlite_types_follow_their_affinity() {
        check(Sqlite, "INTEGER", PostgreSql, "bigint");
        check(Sqlite, "TEXT", MySql, "longtext");
        check(Sqlite, "VARCHAR(20)", PostgreSql, "varchar(20)");
        check(Sqlite, "UNSIGNED BIG INT", MySql, "bigint");
        check(Sqlite, "STRANGE", PostgreSql, "numeric");
        check(PostgreSql, "jsonb", Sqlite, "text");
        check(MySql, "int unsigned", Sqlite, "integer");
    }
}
