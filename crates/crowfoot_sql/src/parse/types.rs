//! `CREATE TYPE`, `CREATE DOMAIN` and `ALTER TYPE`.

use crowfoot_text::Span;
use smol_str::SmolStr;

use super::{
    Cursor, Parse,
    ast::{EnumAction, EnumPlace, Statement},
    skipped,
};

/// With the cursor on `TYPE` or `DOMAIN`.
pub(super) fn create(cursor: &mut Cursor<'_>) -> Parse<Statement> {
    let is_domain = cursor.is("domain");
    cursor.advance();
    cursor.eat_if_not_exists();
    let path = cursor.path()?;
    cursor.eat("as");
    if is_domain || !cursor.eat("enum") {
        return Ok(Statement::Skipped(&skipped::TYPE));
    }
    let Some(mut inside) = cursor.parens() else { return cursor.wanted("the values") };
    let mut values: Vec<(SmolStr, Span)> = Vec::new();
    while !inside.is_done() {
        let mut element = inside.element();
        let span = element.here();
        if let Some(value) = element.string() {
            values.push((SmolStr::new(value), span));
        }
    }
    Ok(Statement::CreateEnum { path, values })
}

/// With the cursor on `TYPE`.
pub(super) fn alter(cursor: &mut Cursor<'_>) -> Parse<Statement> {
    cursor.advance();
    cursor.eat_if_exists();
    let path = cursor.path()?;
    let action = if cursor.eat_all(&["add", "value"]) {
        let is_if_not_exists = cursor.eat_if_not_exists();
        let value = value(cursor)?;
        let place = if cursor.eat("before") {
            Some(EnumPlace::Before(self::value(cursor)?))
        } else if cursor.eat("after") {
            Some(EnumPlace::After(self::value(cursor)?))
        } else {
            None
        };
        EnumAction::AddValue { value, place, is_if_not_exists }
    } else if cursor.eat_all(&["rename", "value"]) {
        let old = value(cursor)?;
        if !cursor.eat("to") {
            return cursor.wanted("`TO` and the new value");
        }
        EnumAction::RenameValue { old, new: value(cursor)? }
    } else if cursor.eat_all(&["rename", "to"]) {
        EnumAction::RenameTo(cursor.name()?)
    } else if cursor.eat_all(&["set", "schema"]) {
        EnumAction::SetSchema(cursor.name()?)
    } else {
        EnumAction::Nothing
    };
    Ok(Statement::AlterEnum { path, action })
}

fn value(cursor: &mut Cursor<'_>) -> Parse<SmolStr> {
    match cursor.string() {
        Some(value) => Ok(SmolStr::new(value)),
        None => cursor.wanted("a value in quotes"),
    }
}
