//! `CREATE TYPE`, `CREATE DOMAIN`, `ALTER TYPE` and `ALTER DOMAIN`.

use crowfoot_text::Span;
use smol_str::SmolStr;

use super::{
    Cursor, Parse,
    ast::{EnumAction, EnumPlace, Path, Statement, TypeName, UserTypeKind},
    skipped,
    type_name::type_name,
};

/// With the cursor on `TYPE` or `DOMAIN`.
pub(super) fn create(cursor: &mut Cursor<'_>) -> Parse<Statement> {
    let is_domain = cursor.is("domain");
    cursor.advance();
    cursor.eat_if_not_exists();
    let path = cursor.path()?;
    let is_as = cursor.eat("as");
    if is_domain {
        let ty = type_name(cursor);
        if ty.text.is_empty() {
            return cursor.wanted("the type that the domain is based on");
        }
        let clauses = cursor.rest();
        let definition = format!("{} {clauses}", ty.text).trim_end().to_owned();
        return Ok(Statement::CreateType { path, kind: UserTypeKind::Domain, definition });
    }
    if is_as && cursor.is_punct(b'(') {
        let definition = cursor.rest();
        return Ok(Statement::CreateType { path, kind: UserTypeKind::Composite, definition });
    }
    if !cursor.eat("enum") {
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

/// A domain as its statement defines it.
pub(crate) struct Domain {
    pub(crate) path: Path,
    pub(crate) base: TypeName,
    /// `NOT NULL`, `DEFAULT` and `CHECK`, as they were written.
    pub(crate) clauses: String,
}

/// Reads what follows `CREATE DOMAIN`.
pub(crate) fn domain(cursor: &mut Cursor<'_>) -> Option<Domain> {
    let path = cursor.path().ok()?;
    cursor.eat("as");
    let base = type_name(cursor);
    Some(Domain { path, base, clauses: cursor.rest() })
}

/// `ALTER DOMAIN`, with the cursor on `DOMAIN`.
pub(super) fn alter_domain(cursor: &mut Cursor<'_>) -> Parse<Statement> {
    cursor.advance();
    let path = cursor.path()?;
    let is_clause = cursor.eat("add")
        || (cursor.is("set") && (cursor.is_at(1, "not") || cursor.is_at(1, "default")));
    if !is_clause {
        return Ok(Statement::Skipped(&skipped::TYPE));
    }
    cursor.eat("set");
    let clause = cursor.rest();
    // A new domain has no rows that were not checked.
    let clause = clause.trim_end_matches(|it: char| it.is_ascii_whitespace());
    let is_not_valid = clause.to_ascii_lowercase().ends_with(" not valid");
    let end = clause.len() - if is_not_valid { " not valid".len() } else { 0 };
    Ok(Statement::AlterDomain { path, clause: clause[..end].to_owned() })
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
