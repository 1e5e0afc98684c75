//! Expressions: where they end, and the simple values among them.

use crowfoot_schema::{DefaultValue, Dialect};
use smol_str::SmolStr;

use super::{
    Cursor,
    ast::{DefaultClause, Path},
};
use crate::lex::{Lexer, TokenKind, is_plain_string, string_value};

/// Words that begin the next option of a column after a default.
const ENDS: &[&str] = &[
    "not",
    "null",
    "primary",
    "unique",
    "check",
    "references",
    "constraint",
    "collate",
    "generated",
    "auto_increment",
    "autoincrement",
    "comment",
    "on",
    "key",
    "default",
    "storage",
    "column_format",
    "virtual",
    "stored",
    "invisible",
    "visible",
    "deferrable",
    "first",
    "after",
    "using",
    "identity",
    "charset",
    "enable",
    "disable",
    "rowguidcol",
    "encode",
    "srid",
    "compression",
    "with",
];

/// Goes past the expression that comes next, up to the next option of the column.
fn skip_expr(cursor: &mut Cursor<'_>) {
    let start = cursor.at;
    let mut depth = 0_i32;
    while let Some(token) = cursor.peek() {
        match token.kind {
            TokenKind::Punct(b'(' | b'[') => depth += 1,
            TokenKind::Punct(b')' | b']') => {
                depth -= 1;
                if depth < 0 {
                    return;
                }
            }
            TokenKind::Punct(b',') if depth == 0 => return,
            TokenKind::Word if depth == 0 && cursor.at > start => {
                let is_zone = cursor.is("with") && cursor.is_at(1, "time");
                let is_null = cursor.is("null") && cursor.is_at_before("is");
                if cursor.is_any(ENDS) && !is_zone && !is_null {
                    return;
                }
                if cursor.is("character") && cursor.is_at(1, "set") {
                    return;
                }
            }
            _ => {}
        }
        cursor.advance();
    }
}

impl Cursor<'_> {
    /// Whether the token that was passed last is that word.
    fn is_at_before(&self, word: &str) -> bool {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.is_some_and(|it| self.text_of(*it).eq_ignore_ascii_case(word))
    }
}

/// Reads what follows `DEFAULT`.
pub(super) fn default(cursor: &mut Cursor<'_>) -> DefaultClause {
    let start = cursor.at;
    skip_expr(cursor);
    if cursor.at == start {
        cursor.advance();
    }
    let expr = cursor.part(start, cursor.at);
    if let Some(clause) = next_value(&expr) {
        return clause;
    }
    DefaultClause::Value(simple(expr.clone()).unwrap_or_else(|| {
        DefaultValue::Expr(match expr.dialect {
            // Whether parentheses are needed is seen when it is printed.
            Dialect::PostgreSql => condition(expr),
            Dialect::MySql | Dialect::Sqlite => expr.written(0, expr.tokens.len()),
        })
    }))
}

/// `nextval('sequence'::regclass)`.
fn next_value(expr: &Cursor<'_>) -> Option<DefaultClause> {
    let mut cursor = expr.clone();
    let function = cursor.path().ok()?;
    if !function.name.text.eq_ignore_ascii_case("nextval") {
        return None;
    }
    let mut inside = cursor.parens()?;
    if !cursor.is_done() {
        return None;
    }
    while inside.is_punct(b'(') {
        inside = inside.parens()?;
    }
    let name = inside.string()?;
    let sequence = path_in(expr.dialect, &name)?;
    Some(DefaultClause::NextVal { sequence, expr: expr.written(0, expr.tokens.len()) })
}

/// The name that is written in a string: `public."Users_id_seq"`.
fn path_in(dialect: Dialect, text: &str) -> Option<Path> {
    let mut lexer = Lexer::new(dialect, text, crowfoot_text::Span::new(0, text.len() as u32));
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next() {
        tokens.push(token);
    }
    Cursor::new(dialect, text, &tokens).path().ok()
}

/// A literal, with parentheses around it or a cast after it that say nothing more.
fn simple(mut cursor: Cursor<'_>) -> Option<DefaultValue> {
    let mut parens = 0;
    while cursor.is_punct(b'(') {
        cursor.advance();
        parens += 1;
    }
    let start = cursor.at;
    let is_negative = cursor.is_punct(b'-');
    if is_negative || cursor.is_punct(b'+') {
        cursor.advance();
    }
    let is_fraction = cursor.is_punct(b'.');
    if is_fraction {
        cursor.advance();
    }
    let token = cursor.peek()?;
    let written = cursor.text_of(token);
    cursor.advance();
    let value = match token.kind {
        TokenKind::Number => {
            let text = cursor.tokens[start].span.to(token.span).of(cursor.text);
            DefaultValue::Number(SmolStr::new(text.replace(' ', "").trim_start_matches('+')))
        }
        _ if cursor.at != start + 1 => return None,
        TokenKind::Text if is_plain_string(written) => {
            let mut text = string_value(cursor.dialect, written).into_owned();
            while cursor.kind_at(0) == Some(TokenKind::Text) {
                text.push_str(&cursor.string()?);
            }
            DefaultValue::Text(text)
        }
        TokenKind::Quoted if written.starts_with('"') && cursor.dialect != Dialect::PostgreSql => {
            DefaultValue::Text(string_value(cursor.dialect, written).into_owned())
        }
        TokenKind::Word if written.eq_ignore_ascii_case("null") => DefaultValue::Null,
        TokenKind::Word if written.eq_ignore_ascii_case("true") => DefaultValue::Bool(true),
        TokenKind::Word if written.eq_ignore_ascii_case("false") => DefaultValue::Bool(false),
        _ => return None,
    };
    for _ in 0..parens {
        if !cursor.eat_punct(b')') {
            return None;
        }
    }
    if cursor.is_done() {
        return Some(value);
    }
    cast(cursor, value)
}

/// A value with one cast after it, when the column's type says the same.
fn cast(mut cursor: Cursor<'_>, value: DefaultValue) -> Option<DefaultValue> {
    if !(cursor.eat_punct(b':') && cursor.eat_punct(b':')) {
        return None;
    }
    let ty = super::type_name::type_name(&mut cursor);
    if !cursor.is_done() {
        return None;
    }
    let base = ty.text.split(['(', ' ', '[']).next().unwrap_or("");
    let base = base.strip_prefix("pg_catalog.").unwrap_or(base);
    let is_number_type = matches!(
        base,
        "smallint"
            | "integer"
            | "int"
            | "bigint"
            | "numeric"
            | "decimal"
            | "real"
            | "double"
            | "int2"
            | "int4"
            | "int8"
            | "float4"
            | "float8"
    );
    match value {
        DefaultValue::Text(text) if ty.dimensions == 0 && is_number_type => {
            let is_number = !text.is_empty()
                && text.parse::<f64>().is_ok()
                && text.bytes().all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'-'));
            Some(if is_number {
                DefaultValue::Number(SmolStr::new(text))
            } else {
                DefaultValue::Text(text)
            })
        }
        DefaultValue::Text(_) if matches!(base, "regclass" | "regproc" | "\"bit\"" | "bit") => None,
        DefaultValue::Text(text) => Some(DefaultValue::Text(text)),
        DefaultValue::Number(number) if is_number_type => Some(DefaultValue::Number(number)),
        DefaultValue::Null => Some(DefaultValue::Null),
        DefaultValue::Bool(bool) if base == "boolean" || base == "bool" => {
            Some(DefaultValue::Bool(bool))
        }
        DefaultValue::Bool(_) | DefaultValue::Number(_) | DefaultValue::Expr(_) => None,
    }
}

/// What stands in parentheses, without the outermost ones: `(a > 0)` and `((a > 0))` are `a > 0`.
pub(super) fn condition(inside: Cursor<'_>) -> String {
    let mut inside = inside;
    // A bound, so that a thousand parentheses are not a thousand times looked through.
    for _ in 0..8 {
        let mut probe = inside.clone();
        match probe.parens() {
            Some(inner) if probe.is_done() && !inner.tokens.is_empty() => inside = inner,
            _ => break,
        }
    }
    inside.rest()
}
