//! The tolerant DDL grammar: the tokens of a statement to what it says, one file a statement kind.
//!
//! A part that is not understood is passed over with a warning, up to the next comma or the end of
//! the parentheses it stands in, so that no table is lost to an odd clause.

mod alter_table;
pub(crate) mod ast;
mod column;
mod comment;
mod constraint;
mod create_index;
mod create_table;
mod cursor;
mod drop;
mod expr;
mod rename;
mod sequence;
mod session;
mod skipped;
mod table_options;
mod type_name;
mod types;

use crowfoot_text::Diagnostic;

pub(crate) use cursor::{Cursor, Parse, Problem, shown};
pub(crate) use skipped::{COMMENT, INTERNAL, TYPE};
pub(crate) use types::domain;

use ast::Statement;

/// Reads one statement. What was passed over inside of it is told in `notes`.
///
/// # Errors
/// When nothing of it can be used: the place, and what was wanted there.
pub(crate) fn parse(cursor: &mut Cursor<'_>, notes: &mut Vec<Diagnostic>) -> Parse<Statement> {
    if cursor.is("create") {
        return create(cursor, notes);
    }
    if cursor.is("alter") {
        return alter(cursor, notes);
    }
    if cursor.is("drop")
        && let Some(statement) = drop::parse(cursor)?
    {
        return Ok(statement);
    }
    if cursor.is("comment") {
        return comment::parse(cursor);
    }
    if cursor.is("rename") {
        return rename::parse(cursor);
    }
    if let Some(statement) = session::parse(cursor) {
        return Ok(statement);
    }
    match skipped::skipped(cursor) {
        Some(kind) => Ok(Statement::Skipped(kind)),
        None => cursor.wanted("a statement that is known, such as `CREATE TABLE`"),
    }
}

fn create(cursor: &mut Cursor<'_>, notes: &mut Vec<Diagnostic>) -> Parse<Statement> {
    let start = cursor.at;
    cursor.advance();
    // What may stand between CREATE and the kind of thing.
    while cursor.eat_all(&["or", "replace"])
        || cursor.eat("temporary")
        || cursor.eat("temp")
        || cursor.eat("global")
        || cursor.eat("local")
        || cursor.is_any(&["unlogged", "foreign", "external", "virtual", "column"])
    {
        if cursor.is("virtual") || (cursor.is("foreign") && !cursor.is_at(1, "table")) {
            break;
        }
        if cursor.is_any(&["unlogged", "foreign", "external", "column"]) {
            cursor.advance();
        }
    }
    // Other databases' kinds of tables, such as `CACHED TABLE`.
    if !cursor.is("table") && cursor.is_at(1, "table") && !skipped::is_kind(cursor) {
        cursor.advance();
    }
    if cursor.is("table") {
        return create_table::parse(cursor, notes);
    }
    cursor.at = start + 1;
    if let Some(statement) = create_index::parse(cursor, notes)? {
        return Ok(statement);
    }
    if cursor.is("type") || cursor.is("domain") {
        return types::create(cursor);
    }
    if let Some(statement) = sequence::create(cursor)? {
        return Ok(statement);
    }
    match skipped::created(cursor) {
        Some(kind) => Ok(Statement::Skipped(kind)),
        None => cursor.wanted("`TABLE`, `INDEX`, `TYPE` or another thing to create"),
    }
}

fn alter(cursor: &mut Cursor<'_>, notes: &mut Vec<Diagnostic>) -> Parse<Statement> {
    cursor.advance();
    while cursor.is_any(&["online", "offline", "ignore", "foreign"]) && !cursor.is("table") {
        cursor.advance();
    }
    if cursor.is("table") {
        return alter_table::parse(cursor, notes);
    }
    if cursor.is("type") {
        return types::alter(cursor);
    }
    if cursor.is("domain") {
        return types::alter_domain(cursor);
    }
    if cursor.is("index") {
        return create_index::alter(cursor);
    }
    if cursor.is("sequence") {
        return sequence::alter(cursor);
    }
    match skipped::altered(cursor) {
        Some(kind) => Ok(Statement::Skipped(kind)),
        None => cursor.wanted("`TABLE`, `TYPE` or another thing to alter"),
    }
}
