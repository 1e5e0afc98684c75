//! Columns: name, type and options.

use crowfoot_schema::Dialect;
use crowfoot_text::{Diagnostic, Span};
use smol_str::SmolStr;

use super::{
    Cursor, Parse,
    ast::Position,
    ast::{ColumnDef, Constraint, ConstraintKind, Identity, KeyDef, Name, PartDef, PartTarget},
    constraint::{self, bare, extra},
    expr,
    type_name::type_name,
};
use crate::{lex::TokenKind, option};

/// Reads a column from its own part of the tokens.
pub(super) fn column(cursor: &mut Cursor<'_>, notes: &mut Vec<Diagnostic>) -> Parse<ColumnDef> {
    let name = cursor.name()?;
    let ty = type_name(cursor);
    let mut column = ColumnDef {
        name,
        ty,
        not_null: false,
        default: None,
        identity: None,
        generated: None,
        charset: None,
        collation: None,
        comment: None,
        options: Vec::new(),
        constraints: Vec::new(),
        position: None,
    };
    let mut constraint_name: Option<Name> = None;
    let mut is_told = false;
    while !cursor.is_done() {
        let start = cursor.at;
        if cursor.is("constraint") && cursor.is_name_at(1) {
            cursor.advance();
            constraint_name = cursor.name().ok();
            continue;
        }
        let span = cursor.here();
        if let Some(kind) = inline_constraint(cursor, &mut column)? {
            let span = Span::new(span.start, cursor.end());
            let name = constraint_name.take();
            column.constraints.push(Constraint { name, span, kind });
        } else if !option(cursor, &mut column) {
            if !is_told {
                notes.push(cursor.unknown_clause("an option of the column was wanted"));
                is_told = true;
            }
            cursor.at = start + 1;
            // What stands in parentheses belongs to what was not understood.
            cursor.parens();
            continue;
        } else {
            constraint_name = None;
        }
        is_told = false;
        if cursor.at == start {
            cursor.advance();
        }
    }
    Ok(column)
}

fn own_key(column: &ColumnDef, modifiers: Option<SmolStr>) -> KeyDef {
    let target = PartTarget::Column(column.name.clone());
    KeyDef { parts: vec![PartDef { target, modifiers }], ..KeyDef::default() }
}

fn inline_constraint(
    cursor: &mut Cursor<'_>,
    column: &mut ColumnDef,
) -> Parse<Option<ConstraintKind>> {
    if cursor.is("primary") || (cursor.is("key") && cursor.dialect == Dialect::MySql) {
        cursor.eat("primary");
        cursor.eat("key");
        let mut key = own_key(column, None);
        let _ = cursor.eat("asc") || cursor.eat("desc");
        constraint::index_options(cursor, &mut key);
        if cursor.eat("autoincrement") {
            column.identity = Some(Identity::Auto);
        }
        return Ok(Some(ConstraintKind::PrimaryKey(key)));
    }
    if cursor.eat("unique") {
        cursor.eat("key");
        let mut key = own_key(column, None);
        constraint::index_options(cursor, &mut key);
        return Ok(Some(ConstraintKind::Unique(key)));
    }
    if cursor.is("check") && cursor.is_punct_at(1, b'(') {
        cursor.advance();
        return constraint::check(cursor).map(Some);
    }
    if cursor.is("references") {
        let columns = vec![column.name.clone()];
        return constraint::references(cursor, columns)
            .map(|it| Some(ConstraintKind::ForeignKey(it)));
    }
    if cursor.are(&["foreign", "key"]) && cursor.is_at(2, "references") {
        cursor.at += 2;
        let columns = vec![column.name.clone()];
        return constraint::references(cursor, columns)
            .map(|it| Some(ConstraintKind::ForeignKey(it)));
    }
    Ok(None)
}

/// Reads one option; false when the next token begins none.
fn option(cursor: &mut Cursor<'_>, column: &mut ColumnDef) -> bool {
    if cursor.eat_all(&["not", "null"]) {
        column.not_null = true;
        conflict(cursor, column);
        cursor.eat_all(&["no", "inherit"]);
        return true;
    }
    if cursor.eat("null") {
        conflict(cursor, column);
        return true;
    }
    if cursor.eat("default") {
        // MariaDB and SQL Server allow `WITH VALUES` and the like; the expression ends before it.
        column.default = Some(expr::default(cursor));
        return true;
    }
    if cursor.eat("auto_increment") || cursor.eat("autoincrement") || cursor.eat("autoinc") {
        column.identity = Some(Identity::Auto);
        cursor.parens();
        return true;
    }
    if cursor.eat("collate") {
        let name = cursor.path().ok().map(|it| it.name.text);
        // pgAdmin writes out what every column has.
        column.collation = name.filter(|it| it != "default");
        return true;
    }
    if cursor.eat_all(&["character", "set"])
        || cursor.eat_all(&["char", "set"])
        || cursor.eat("charset")
    {
        cursor.eat_punct(b'=');
        column.charset = cursor.name().ok().map(|it| it.text);
        return true;
    }
    if cursor.eat("comment") {
        cursor.eat_punct(b'=');
        column.comment = cursor.string().map(|it| it.into_owned()).filter(|it| !it.is_empty());
        return true;
    }
    if cursor.eat_all(&["on", "update"]) {
        let start = cursor.at;
        cursor.advance();
        cursor.parens();
        let text = cursor.written(start, cursor.at);
        column.options.push(extra(option::MYSQL_ON_UPDATE, text));
        return true;
    }
    if cursor.is("generated") || (cursor.is("as") && cursor.is_punct_at(1, b'(')) {
        return generated(cursor, column);
    }
    if cursor.is("identity") {
        cursor.advance();
        cursor.parens();
        column.identity = Some(Identity::Auto);
        return true;
    }
    if cursor.eat("first") {
        column.position = Some(Position::First);
        return true;
    }
    if cursor.eat("after") {
        column.position = cursor.name().ok().map(Position::After);
        return true;
    }
    other_option(cursor, column)
}

fn other_option(cursor: &mut Cursor<'_>, column: &mut ColumnDef) -> bool {
    if cursor.eat("invisible") {
        column.options.push(bare(option::MYSQL_INVISIBLE));
        return true;
    }
    for (word, key) in [
        ("srid", option::MYSQL_SRID),
        ("storage", option::PG_STORAGE),
        ("compression", option::PG_COMPRESSION),
    ] {
        if cursor.is(word) && cursor.peek_at(1).is_some() {
            cursor.advance();
            let start = cursor.at;
            cursor.advance();
            column.options.push(extra(key, cursor.written(start, cursor.at)));
            return true;
        }
    }
    if cursor.is_any(&[
        "visible",
        "sparse",
        "rowguidcol",
        "ascii",
        "unicode",
        "binary",
        "enable",
        "disable",
        "validate",
        "novalidate",
        "deferrable",
        "hidden",
        "persisted",
        "stored",
        "virtual",
        "zerofill",
        "unsigned",
        "signed",
    ]) {
        cursor.advance();
        return true;
    }
    if cursor.eat_all(&["initially", "deferred"])
        || cursor.eat_all(&["initially", "immediate"])
        || cursor.eat_all(&["not", "deferrable"])
        || cursor.eat_all(&["not", "enforced"])
        || cursor.eat_all(&["not", "valid"])
    {
        return true;
    }
    if cursor.is_any(&["column_format", "encode", "engine_attribute"]) {
        cursor.at = (cursor.at + 2).min(cursor.tokens.len());
        return true;
    }
    if cursor.is("with") && cursor.is_name_at(1) && cursor.is_at(1, "values") {
        cursor.at += 2;
        return true;
    }
    false
}

/// SQLite's `ON CONFLICT` after NOT NULL.
fn conflict(cursor: &mut Cursor<'_>, column: &mut ColumnDef) {
    if cursor.eat_all(&["on", "conflict"])
        && let Ok(name) = cursor.name()
    {
        column.options.push(extra(option::SQLITE_ON_CONFLICT, name.text));
    }
}

fn generated(cursor: &mut Cursor<'_>, column: &mut ColumnDef) -> bool {
    let start = cursor.at;
    cursor.eat("generated");
    let is_always = cursor.eat("always");
    let is_default = !is_always && cursor.eat_all(&["by", "default"]);
    if is_default {
        cursor.eat_all(&["on", "null"]);
    }
    if !cursor.eat("as") {
        cursor.at = start;
        return false;
    }
    if cursor.eat("identity") {
        column.identity = Some(if is_default { Identity::ByDefault } else { Identity::Always });
        let start = cursor.at;
        if super::sequence::options(cursor) {
            let text = cursor.written(start, cursor.at);
            column.options.push(extra(option::PG_IDENTITY_OPTIONS, text));
        }
        return true;
    }
    if cursor.eat("row") {
        // A column of MariaDB's system versioning.
        let _ = cursor.eat("start") || cursor.eat("end");
        return true;
    }
    let Some(inside) = cursor.parens() else {
        cursor.at = start;
        return false;
    };
    let is_stored = cursor.eat("stored") || cursor.eat("persistent") || cursor.eat("persisted");
    if !is_stored {
        cursor.eat("virtual");
    }
    column.generated = Some((expr::condition(inside), is_stored));
    true
}

/// Whether the next token begins a column's definition.
pub(super) fn is_column(cursor: &Cursor<'_>) -> bool {
    cursor.is_name_at(0) && cursor.kind_at(0) != Some(TokenKind::Number)
}
