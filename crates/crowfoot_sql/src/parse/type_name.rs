//! Types of columns, to their canonical text.

use crowfoot_schema::Dialect;
use smol_str::SmolStr;

use super::{Cursor, ast::TypeName};
use crate::lex::TokenKind;

/// Words that begin an option of a column and so end its type.
const ENDS: &[&str] = &[
    "not",
    "null",
    "default",
    "primary",
    "unique",
    "check",
    "references",
    "constraint",
    "collate",
    "generated",
    "as",
    "auto_increment",
    "autoincrement",
    "comment",
    "on",
    "charset",
    "key",
    "identity",
    "storage",
    "compression",
    "column_format",
    "virtual",
    "stored",
    "persisted",
    "persistent",
    "invisible",
    "visible",
    "deferrable",
    "initially",
    "encoding",
    "options",
    "first",
    "after",
    "sparse",
    "rowguidcol",
    "using",
    "srid",
    "increment",
    "enable",
    "disable",
    "foreign",
    "ascii",
    "unicode",
    "masked",
    "hidden",
    "encode",
    "distkey",
    "sortkey",
    "autoinc",
];

/// Words that go on with a type's name.
const MORE: &[&str] = &[
    "varying",
    "precision",
    "unsigned",
    "signed",
    "zerofill",
    "varchar",
    "varchar2",
    "char",
    "character",
    "text",
    "blob",
    "binary",
    "varbinary",
    "object",
    "raw",
    "large",
    "long",
    "byte",
    "integer",
    "int",
    "bigint",
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "to",
    "local",
    "of",
];

/// Words that begin types of several words.
const FIRST: &[&str] = &["double", "national", "long", "character", "char", "interval", "bit"];

/// Reads the type that comes next; an empty one where there is none.
pub(super) fn type_name(cursor: &mut Cursor<'_>) -> TypeName {
    if is_end(cursor) || !cursor.is_name_at(0) || cursor.kind_at(0) == Some(TokenKind::Text) {
        return TypeName::default();
    }
    cursor.eat("setof");
    let start = cursor.at;
    let Ok(path) = cursor.path() else { return TypeName::default() };
    let mut ty = TypeName::default();
    let mut text = String::new();
    push_words(cursor, start, cursor.at, &mut text);
    ty.path = Some(path);

    loop {
        if cursor.is_punct(b'(') {
            let start = cursor.at;
            let Some(arguments) = cursor.parens() else { break };
            if text == "enum" {
                ty.values = Some(values(arguments.clone()));
            }
            text.push('(');
            text.push_str(&compact(&arguments));
            text.push(')');
            if cursor.at == start {
                break;
            }
        } else if cursor.is_punct(b'[') {
            text.push_str(&dimension(cursor));
            ty.dimensions = ty.dimensions.saturating_add(1);
        } else if cursor.is("array") {
            cursor.advance();
            let is_sized = cursor.is_punct(b'[');
            text.push_str(&if is_sized { dimension(cursor) } else { "[]".to_owned() });
            ty.dimensions = ty.dimensions.saturating_add(1);
        } else if cursor.is_any(&["with", "without"]) && is_zone(cursor) {
            let start = cursor.at;
            cursor.advance();
            cursor.eat("local");
            cursor.at += 2;
            text.push(' ');
            push_words(cursor, start, cursor.at, &mut text);
        } else if goes_on(cursor, &text) {
            let start = cursor.at;
            cursor.advance();
            text.push(' ');
            push_words(cursor, start, cursor.at, &mut text);
        } else if cursor.is_punct(b'%') && cursor.is_at(1, "type") {
            cursor.at += 2;
            text.push_str("%type");
        } else {
            break;
        }
    }
    ty.text = SmolStr::new(text);
    ty
}

/// Whether the next token ends a type.
fn is_end(cursor: &Cursor<'_>) -> bool {
    if cursor.kind_at(0) != Some(TokenKind::Word) {
        return false;
    }
    if cursor.is("character") || cursor.is("char") {
        return cursor.is_at(1, "set");
    }
    cursor.is_any(ENDS) || (cursor.is("with") && !is_zone(cursor))
}

fn goes_on(cursor: &Cursor<'_>, text: &str) -> bool {
    if cursor.kind_at(0) != Some(TokenKind::Word) || is_end(cursor) {
        return false;
    }
    if cursor.dialect == Dialect::Sqlite {
        return !cursor.is_any(&["with", "without"]);
    }
    if cursor.is("to") || cursor.is_any(&["year", "month", "day", "hour", "minute", "second"]) {
        return text.starts_with("interval");
    }
    if cursor.is_any(&["unsigned", "signed", "zerofill", "varying", "precision"]) {
        return true;
    }
    let last = text.rsplit(' ').next().unwrap_or("");
    cursor.is_any(MORE) && (FIRST.contains(&last) || text.starts_with("national"))
}

fn is_zone(cursor: &Cursor<'_>) -> bool {
    let ahead = if cursor.is_at(1, "local") { 2 } else { 1 };
    cursor.is_at(ahead, "time") && cursor.is_at(ahead + 1, "zone")
}

/// `[]`, `[3]`: what was written, without blanks.
fn dimension(cursor: &mut Cursor<'_>) -> String {
    let mut text = String::new();
    while let Some(token) = cursor.peek() {
        cursor.advance();
        text.push_str(cursor.text_of(token));
        if token.kind == TokenKind::Punct(b']') {
            break;
        }
    }
    text
}

/// The words of a type in small letters, quoted names and placeholders as they are.
fn push_words(cursor: &Cursor<'_>, start: usize, end: usize, text: &mut String) {
    for (nth, token) in cursor.tokens[start..end].iter().enumerate() {
        let written = cursor.text_of(*token);
        let is_dot = |token: Option<&crate::lex::Token>| {
            token.is_some_and(|it| it.kind == TokenKind::Punct(b'.'))
        };
        let follows_dot = nth > 0 && is_dot(cursor.tokens.get(start + nth - 1));
        if nth > 0 && !follows_dot && token.kind != TokenKind::Punct(b'.') {
            text.push(' ');
        }
        let in_brackets = written.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        if let Some(inside) = in_brackets.filter(|it| it.bytes().all(is_plain)) {
            // `[int]` is how SQL Server writes `int`.
            text.extend(inside.bytes().map(|it| char::from(it.to_ascii_lowercase())));
        } else if token.kind == TokenKind::Word && !written.starts_with(['@', '$', '{', ':']) {
            let start = text.len();
            text.push_str(written);
            text[start..].make_ascii_lowercase();
        } else {
            text.push_str(written);
        }
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The arguments of a type as they were written, one comma without blanks between them.
fn compact(arguments: &Cursor<'_>) -> String {
    let mut text = String::new();
    let mut end = None;
    for token in arguments.tokens {
        let written = arguments.text_of(*token);
        let is_apart = end.is_some_and(|it| it < token.span.start);
        let is_comma = token.kind == TokenKind::Punct(b',') || text.ends_with(',');
        if is_apart && !is_comma {
            text.push(' ');
        }
        text.push_str(written);
        end = Some(token.span.end);
    }
    text
}

fn values(mut arguments: Cursor<'_>) -> Vec<SmolStr> {
    let mut values = Vec::new();
    while !arguments.is_done() {
        if let Some(value) = arguments.element().string() {
            values.push(SmolStr::new(value));
        }
    }
    values
}
