//! Statements that say where names are looked up, and `DO` blocks.

use super::{Cursor, ast::Statement};
use crate::lex::TokenKind;

/// `SET search_path`, `SELECT set_config('search_path', ...)`, `USE x`, `DO $$...$$`.
pub(super) fn parse(cursor: &mut Cursor<'_>) -> Option<Statement> {
    if cursor.is("use") && cursor.is_name_at(1) {
        let mut probe = cursor.clone();
        probe.advance();
        return probe.name().ok().map(|it| Statement::Use(it.text));
    }
    if cursor.is("set") {
        return search_path(cursor.clone());
    }
    if cursor.is("select") {
        return set_config(cursor.clone());
    }
    if cursor.is("do") {
        let source = (1..4).find_map(|ahead| {
            let token = cursor.peek_at(ahead)?;
            let is_source = token.kind == TokenKind::Text && cursor.text_of(token).starts_with('$');
            is_source.then_some(token.span)
        })?;
        let text = source.of(cursor.text);
        let tag = text[1..].find('$').map_or(1, |it| it + 2) as u32;
        let inside = crowfoot_text::Span::new(source.start + tag, source.end.saturating_sub(tag));
        return Some(Statement::Do(inside));
    }
    None
}

fn search_path(mut cursor: Cursor<'_>) -> Option<Statement> {
    cursor.advance();
    let _ = cursor.eat("session") || cursor.eat("local");
    if cursor.eat("schema") {
        let name = cursor.string().map(smol_str::SmolStr::new)?;
        return Some(Statement::SearchPath(vec![name]));
    }
    if !cursor.eat("search_path") || !(cursor.eat("to") || cursor.eat_punct(b'=')) {
        return None;
    }
    let mut schemas = Vec::new();
    while !cursor.is_done() {
        let mut element = cursor.element();
        if element.is("default") {
            return Some(Statement::SearchPath(Vec::new()));
        }
        if let Some(text) = element.string() {
            schemas.extend(text.split(',').map(|it| it.trim().into()));
        } else if let Ok(name) = element.name() {
            schemas.push(name.text);
        }
    }
    Some(Statement::SearchPath(schemas))
}

/// As pg_dump writes it: `SELECT pg_catalog.set_config('search_path', '', false)`.
fn set_config(mut cursor: Cursor<'_>) -> Option<Statement> {
    cursor.advance();
    let path = cursor.path().ok()?;
    if path.name.text != "set_config" {
        return None;
    }
    let mut arguments = cursor.parens()?;
    if arguments.element().string()? != "search_path" {
        return None;
    }
    let value = arguments.element().string()?;
    Some(Statement::SearchPath(value.split(',').map(|it| it.trim().into()).collect()))
}
