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

/// Goes past the options of an identity column's sequence, in parentheses; whether one of them says
/// what not every sequence has.
pub(super) fn options(cursor: &mut Cursor<'_>) -> bool {
    const MAXIMA: &[&str] = &["32767", "2147483647", "9223372036854775807"];
    let Some(mut inside) = cursor.parens() else { return false };
    while !inside.is_done() {
        if inside.eat_all(&["sequence", "name"]) {
            if inside.path().is_err() {
                return true;
            }
            continue;
        }
        if inside.eat("no") {
            inside.advance();
            continue;
        }
        let is_maximum = inside.is("maxvalue");
        if !inside.is_any(&["start", "increment", "minvalue", "maxvalue", "cache"]) {
            return true;
        }
        inside.advance();
        let _ = inside.eat("with") || inside.eat("by");
        let number = inside.peek().map_or("", |it| inside.text_of(it));
        if number != "1" && !(is_maximum && MAXIMA.contains(&number)) {
            return true;
        }
        inside.advance();
    }
    false
}
