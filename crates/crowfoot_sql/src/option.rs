//! The keys of `options`: clauses of one dialect that the diagram keeps but does not interpret.
//!
//! The value is the text of the clause without its introducing word, as it was written; a clause
//! that is a bare word has no value. The part before the dot names the dialect whose printer prints
//! it. Keys that reading makes up for MySQL's table options follow the pattern `mysql.` plus the
//! option's name in small letters and underscores.

/// Table: the storage engine.
pub const MYSQL_ENGINE: &str = "mysql.engine";
/// Table: the default character set.
pub const MYSQL_CHARSET: &str = "mysql.charset";
/// Table: the default collation.
pub const MYSQL_COLLATE: &str = "mysql.collate";
/// Table: the whole `PARTITION BY ...` clause, without these two words.
pub const MYSQL_PARTITION_BY: &str = "mysql.partition_by";
/// Column: the expression after `ON UPDATE`.
pub const MYSQL_ON_UPDATE: &str = "mysql.on_update";
/// Column: hidden from `SELECT *`. Index: not used by the optimizer.
pub const MYSQL_INVISIBLE: &str = "mysql.invisible";
/// Column: the spatial reference system.
pub const MYSQL_SRID: &str = "mysql.srid";
/// Index: the parser of a full-text index.
pub const MYSQL_PARSER: &str = "mysql.parser";
/// Check: written down but not enforced.
pub const MYSQL_NOT_ENFORCED: &str = "mysql.not_enforced";

/// Diagram: a domain, which is what follows `CREATE DOMAIN`: its name, `AS`, the type that it is
/// based on, and its clauses.
pub const PG_DOMAIN: &str = "pg.domain";
/// Diagram: a composite type, which is what follows `CREATE TYPE`: its name, `AS`, and the list.
pub const PG_TYPE: &str = "pg.type";
/// Table: created `UNLOGGED`.
pub const PG_UNLOGGED: &str = "pg.unlogged";
/// Table or index: the storage parameters, with their parentheses.
pub const PG_WITH: &str = "pg.with";
/// Table or index: the tablespace.
pub const PG_TABLESPACE: &str = "pg.tablespace";
/// Table: the access method.
pub const PG_USING: &str = "pg.using";
/// Table: what follows `PARTITION BY`.
pub const PG_PARTITION_BY: &str = "pg.partition_by";
/// Table: what follows `PARTITION OF`: the parent's name and the bounds.
pub const PG_PARTITION_OF: &str = "pg.partition_of";
/// Table: the parents of `INHERITS`, separated by commas.
pub const PG_INHERITS: &str = "pg.inherits";
/// Table: a whole `EXCLUDE` constraint, with `CONSTRAINT` and its name where it has one.
pub const PG_EXCLUDE: &str = "pg.exclude";
/// Column: the sequence options of an identity column, with their parentheses.
pub const PG_IDENTITY_OPTIONS: &str = "pg.identity_options";
/// Column: the storage strategy.
pub const PG_STORAGE: &str = "pg.storage";
/// Column: the compression method.
pub const PG_COMPRESSION: &str = "pg.compression";
/// Index or unique constraint: two nulls count as equal.
pub const PG_NULLS_NOT_DISTINCT: &str = "pg.nulls_not_distinct";
/// Unique constraint: `deferrable`, or `deferrable initially deferred`.
pub const PG_DEFERRABLE: &str = "pg.deferrable";
/// Ref: which of its columns `ON DELETE SET NULL` or `SET DEFAULT` sets, separated by commas.
pub const PG_DELETE_COLUMNS: &str = "pg.delete_columns";
/// Ref or check: existing rows were not checked.
pub const PG_NOT_VALID: &str = "pg.not_valid";
/// Check: not handed down to children.
pub const PG_NO_INHERIT: &str = "pg.no_inherit";
/// Ref: `full` or `partial`, the word after `MATCH`.
pub const MATCH: &str = "pg.match";

/// Table: `WITHOUT ROWID`.
pub const SQLITE_WITHOUT_ROWID: &str = "sqlite.without_rowid";
/// Table: `STRICT`.
pub const SQLITE_STRICT: &str = "sqlite.strict";
/// Column, on its NOT NULL, UNIQUE or PRIMARY KEY: what follows `ON CONFLICT`.
pub const SQLITE_ON_CONFLICT: &str = "sqlite.on_conflict";
