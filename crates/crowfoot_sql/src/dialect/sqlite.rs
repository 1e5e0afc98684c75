//! What SQLite can say, and which names it wants quoted.

use super::Rules;
use crate::Dialect;

pub(super) const RULES: Rules = Rules {
    dialect: Dialect::Sqlite,
    name: "SQLite",
    quote: '"',
    keeps_case: true,
    reserved: RESERVED,
    max_name: None,
    has_deferrable: true,
    has_partial_indexes: true,
    has_expression_indexes: true,
    has_include: false,
    has_set_default: true,
    has_match: false,
    needs_unique_target: true,
    methods: &["btree"],
    types: TYPES,
};

/// Words that SQLite refuses as a plain name of a table or column; its other keywords it takes.
#[rustfmt::skip]
const RESERVED: &[&str] = &[
    "add", "all", "alter", "and", "as", "autoincrement", "between", "case", "cast", "check",
    "collate", "commit", "constraint", "create", "cross", "current_date", "current_time",
    "current_timestamp", "default", "deferrable", "deferred", "delete", "distinct", "drop",
    "else", "escape", "except", "exists", "false", "foreign", "from", "full", "group", "having",
    "if", "in", "index", "inner", "insert", "intersect", "into", "is", "isnull", "join", "left",
    "limit", "natural", "not", "nothing", "notnull", "null", "on", "or", "order", "outer",
    "primary", "raise", "references", "returning", "right", "select", "set", "table", "then",
    "to", "transaction", "true", "union", "unique", "update", "using", "values", "when",
    "where",
];

/// The names of types that it takes as they are, arguments, signs and brackets aside.
#[rustfmt::skip]
const TYPES: &[&str] = &[];
