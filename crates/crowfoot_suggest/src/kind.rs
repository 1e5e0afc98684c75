//! What a column holds, as far as a key must know it: two that refer to each other hold the same.

use crowfoot_schema::{Column, ColumnType};

/// The family of a column's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Nothing was said (SQLite), or it is a type of somebody's own.
    Unknown,
    Int,
    /// A number with digits after the point, or so it may be.
    Decimal,
    Text,
    Uuid,
    Binary,
    Enum(u128),
    /// Dates and times.
    Time,
    Bool,
    /// What never is a key: floats, documents, arrays, shapes.
    Other,
}

impl Kind {
    /// What the column holds.
    pub(crate) fn of(column: &Column) -> Self {
        match &column.ty {
            ColumnType::Enum { id, dimensions: 0 } => Self::Enum(id.0.as_u128()),
            ColumnType::Enum { .. } => Self::Other,
            ColumnType::Named(text) => Self::of_text(text),
        }
    }

    fn of_text(text: &str) -> Self {
        if text.contains('[') {
            return Self::Other;
        }
        let lower = text.to_ascii_lowercase();
        let base = lower.split('(').next().unwrap_or("").trim();
        let base = base.rsplit('.').next().unwrap_or(base);
        let base = base.trim_matches(|it: char| !it.is_ascii_alphanumeric());
        let word = base.split_ascii_whitespace().next().unwrap_or("");
        let args = lower.split_once('(').map_or("", |it| it.1);
        match word {
            "int" | "integer" | "bigint" | "smallint" | "mediumint" | "int2" | "int3" | "int4"
            | "int8" | "serial" | "bigserial" | "smallserial" | "serial2" | "serial4"
            | "serial8" | "oid" | "long" | "rowid" => Self::Int,
            "tinyint" if args.starts_with("1)") => Self::Bool,
            "tinyint" => Self::Int,
            "unsigned" if base.contains("int") => Self::Int,
            "decimal" | "numeric" | "number" | "dec" | "fixed" => {
                let has_fraction = args.split_once(',').is_some_and(|(_, after)| {
                    after.trim_end_matches([')', ' ']).trim().parse::<u32>().unwrap_or(0) > 0
                });
                if has_fraction { Self::Decimal } else { Self::Int }
            }
            "char" | "character" | "nchar" | "bpchar" | "varchar" | "varchar2" | "nvarchar"
            | "nvarchar2" | "text" | "citext" | "name" | "string" | "varying" | "national"
            | "tinytext" | "mediumtext" | "sysname" => Self::Text,
            "uuid" | "uniqueidentifier" | "guid" => Self::Uuid,
            "binary" | "varbinary" | "bytea" | "raw" | "blob" => Self::Binary,
            "date" | "time" | "timestamp" | "timestamptz" | "timetz" | "datetime" | "datetime2"
            | "smalldatetime" | "datetimeoffset" | "year" | "interval" => Self::Time,
            "bool" | "boolean" | "bit" => Self::Bool,
            "float" | "float4" | "float8" | "real" | "double" | "json" | "jsonb" | "xml"
            | "xmltype" | "clob" | "nclob" | "longtext" | "ntext" | "longblob" | "mediumblob"
            | "tinyblob" | "image" | "point" | "polygon" | "geometry" | "geography" | "inet"
            | "cidr" | "macaddr" | "tsvector" | "tsquery" | "money" | "smallmoney" | "hstore"
            | "set" | "bfile" | "hierarchyid" | "sdo_geometry" | "line" | "box" | "circle"
            | "path" | "lseg" | "varbit" | "sql_variant" => Self::Other,
            _ => Self::Unknown,
        }
    }

    /// Whether a column of this kind can refer to one of the other.
    pub(crate) fn fits(self, key: Self) -> bool {
        match (self, key) {
            (Self::Unknown, _) | (_, Self::Unknown) => true,
            (Self::Other, _) | (_, Self::Other) => false,
            // Where a database has no type of its own for UUIDs, they are text or bytes.
            (Self::Uuid, Self::Text | Self::Binary) | (Self::Text | Self::Binary, Self::Uuid) => {
                false
            }
            _ => self == key,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Kind;

    fn check(from: &str, to: &str, fits: bool) {
        assert_eq!(Kind::of_text(from).fits(Kind::of_text(to)), fits, "{from} {to}");
    }

    #[test]
    fn kinds_of_a_family_fit() {
        check("int", "bigint unsigned", true);
        check("integer", "serial", true);
        check("NUMBER(10,0)", "NUMBER", true);
        check("varchar(20)", "text", true);
        check("character varying(20)", "VARCHAR2(20)", true);
        check("uuid", "uniqueidentifier", true);
        check("public.my_domain", "int", true);
        check("", "text", true);
    }

    #[test]
    fn kinds_of_others_do_not() {
        check("int", "varchar(20)", false);
        check("uuid", "int", false);
        check("text[]", "text", false);
        check("jsonb", "jsonb", false);
        check("boolean", "int", false);
        check("tinyint(1)", "int", false);
        check("decimal(10,2)", "int", false);
        check("timestamp", "date", true);
    }
}
