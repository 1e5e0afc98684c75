//! Sequences, as far as columns own them.

use super::{
    Cursor, Parse,
    ast::{Name, Path, Statement},
    comment::column_path,
    skipped,
};

/// `CREATE SEQUENCE`; none when something else is created.
pub(super) fn create(cursor: &mut Cursor<'_>) -> Parse<Option<Statement>> {
    let start = cursor.at;
    let _ = cursor.eat("temporary") || cursor.eat("temp") || cursor.eat("unlogged");
    if !cursor.eat("sequence") {
        cursor.at = start;
        return Ok(None);
    }
    cursor.eat_if_not_exists();
    let path = cursor.path()?;
    Ok(Some(Statement::CreateSequence { path, owner: owner(cursor) }))
}

/// `ALTER SEQUENCE`, with the cursor on `SEQUENCE`.
pub(super) fn alter(cursor: &mut Cursor<'_>) -> Parse<Statement> {
    cursor.advance();
    cursor.eat_if_exists();
    let path = cursor.path()?;
    Ok(match owner(cursor) {
        Some(owner) => Statement::OwnSequence { path, owner },
        None => Statement::Skipped(&skipped::SEQUENCE),
    })
}

/// Looks for `OWNED BY table.column` among the options.
fn owner(cursor: &mut Cursor<'_>) -> Option<(Path, Name)> {
    while !cursor.is_done() {
        if cursor.eat_all(&["owned", "by"]) {
            return if cursor.is("none") { None } else { column_path(cursor).ok() };
        }
        cursor.advance();
    }
    None
}
