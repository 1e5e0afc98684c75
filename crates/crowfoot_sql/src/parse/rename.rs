//! `RENAME TABLE a TO b, c TO d`.

use super::{Cursor, Parse, ast::Statement, skipped};

pub(super) fn parse(cursor: &mut Cursor<'_>) -> Parse<Statement> {
    cursor.advance();
    if !cursor.eat("table") && !cursor.eat("tables") {
        return if cursor.is("user") {
            Ok(Statement::Skipped(&skipped::GRANT))
        } else {
            cursor.wanted("`TABLE`")
        };
    }
    let mut renames = Vec::new();
    loop {
        cursor.eat_if_exists();
        let old = cursor.path()?;
        if !cursor.eat("to") {
            return cursor.wanted("`TO` and the new name");
        }
        renames.push((old, cursor.path()?));
        if !cursor.eat_punct(b',') {
            return Ok(Statement::RenameTables(renames));
        }
    }
}
