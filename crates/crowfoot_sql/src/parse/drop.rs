//! `DROP TABLE`, `DROP INDEX`, `DROP TYPE`, `DROP SCHEMA`.

use super::{
    Cursor, Parse,
    ast::{Drop, DropKind, Statement},
};

/// None when something else is dropped.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Parse<Option<Statement>> {
    let start = cursor.at;
    cursor.advance();
    let _ = cursor.eat("temporary") || cursor.eat("foreign");
    let kind = if cursor.eat("table") || cursor.eat("tables") {
        DropKind::Table
    } else if cursor.eat("index") {
        DropKind::Index
    } else if cursor.eat("type") || cursor.eat("domain") {
        DropKind::Type
    } else if cursor.eat("schema") {
        DropKind::Schema
    } else {
        cursor.at = start;
        return Ok(None);
    };
    cursor.eat("concurrently");
    let is_if_exists = cursor.eat_if_exists();
    let mut paths = vec![cursor.path()?];
    while cursor.eat_punct(b',') {
        paths.push(cursor.path()?);
    }
    let table = if cursor.eat("on") { Some(cursor.path()?) } else { None };
    let is_cascade = cursor.eat("cascade");
    Ok(Some(Statement::Drop(Drop { kind, paths, is_if_exists, is_cascade, table })))
}
