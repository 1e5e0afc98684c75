//! What PostgreSQL can say, and which names it wants quoted.

use super::{Limit, Rules};
use crate::Dialect;

pub(super) const RULES: Rules = Rules {
    dialect: Dialect::PostgreSql,
    name: "PostgreSQL",
    quote: '"',
    keeps_case: false,
    reserved: RESERVED,
    max_name: Some(Limit::Bytes(63)),
    has_deferrable: true,
    has_partial_indexes: true,
    has_expression_indexes: true,
    has_include: true,
    has_set_default: true,
    has_match: true,
    needs_unique_target: true,
    methods: &["btree", "hash", "gin", "gist", "spgist", "brin"],
    types: TYPES,
};

/// Words that mean something to PostgreSQL wherever a name could stand. As in its own dumps, that
/// is every keyword that is not wholly free.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric",
    "authorization", "between", "bigint", "binary", "bit", "boolean", "both", "case", "cast",
    "char", "character", "check", "coalesce", "collate", "collation", "column", "concurrently",
    "constraint", "create", "cross", "current_catalog", "current_date", "current_role",
    "current_schema", "current_time", "current_timestamp", "current_user", "dec", "decimal",
    "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "exists",
    "extract", "false", "fetch", "float", "for", "foreign", "freeze", "from", "full", "grant",
    "greatest", "group", "grouping", "having", "ilike", "in", "initially", "inner", "inout",
    "int", "integer", "intersect", "interval", "into", "is", "isnull", "join", "json_array",
    "json_arrayagg", "json_exists", "json_object", "json_objectagg", "json_query",
    "json_scalar", "json_serialize", "json_table", "json_value", "lateral", "leading", "least",
    "left", "like", "limit", "localtime", "localtimestamp", "merge_action", "national",
    "natural", "nchar", "none", "normalize", "not", "notnull", "null", "nullif", "numeric",
    "offset", "on", "only", "or", "order", "out", "outer", "overlaps", "overlay", "placing",
    "position", "precision", "primary", "real", "references", "returning", "right", "row",
    "select", "session_user", "setof", "similar", "smallint", "some", "substring", "symmetric",
    "system_user", "table", "tablesample", "then", "time", "timestamp", "to", "trailing",
    "treat", "trim", "true", "union", "unique", "user", "using", "values", "varchar",
    "variadic", "verbose", "when", "where", "window", "with", "xmlattributes", "xmlconcat",
    "xmlelement", "xmlexists", "xmlforest", "xmlnamespaces", "xmlparse", "xmlpi", "xmlroot",
    "xmlserialize", "xmltable",
];

/// The names of types that it takes as they are, arguments, signs and brackets aside.
#[rustfmt::skip]
const TYPES: &[&str] = &[
    "bigint", "bigserial", "bit", "bit varying", "bool", "boolean", "box", "bpchar", "bytea",
    "char", "character", "character varying", "cidr", "circle", "citext", "date", "daterange",
    "decimal", "double precision", "float", "float4", "float8", "geography", "geometry",
    "hstore", "inet", "int", "int2", "int4", "int4range", "int8", "int8range", "integer",
    "interval", "json", "jsonb", "line", "lseg", "ltree", "macaddr", "macaddr8", "money",
    "name", "numeric", "numrange", "oid", "path", "point", "polygon", "real", "serial",
    "serial2", "serial4", "serial8", "smallint", "smallserial", "text", "time", "time with time
    zone", "time without time zone", "timestamp", "timestamp with time zone", "timestamp without
    time zone", "timestamptz", "timetz", "tsquery", "tsrange", "tstzrange", "tsvector", "uuid",
    "varbit", "varchar", "vector", "xml",
];
