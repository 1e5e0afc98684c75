//! `COMMENT ON ... IS ...`.

use super::{
    Cursor, Parse,
    ast::{Comment, CommentOn, Path, Statement},
    skipped,
};

pub(super) fn parse(cursor: &mut Cursor<'_>) -> Parse<Statement> {
    cursor.advance();
    if !cursor.eat("on") {
        return cursor.wanted("`ON`");
    }
    let on = if cursor.eat("table") {
        CommentOn::Table(cursor.path()?)
    } else if cursor.eat("column") {
        let (table, column) = column_path(cursor)?;
        CommentOn::Column { table, column }
    } else if cursor.eat("type") || cursor.eat("domain") {
        CommentOn::Type(cursor.path()?)
    } else if cursor.eat("index") {
        CommentOn::Index(cursor.path()?)
    } else if cursor.eat("constraint") {
        let name = cursor.name()?;
        if !cursor.eat("on") || cursor.eat("domain") {
            return Ok(Statement::Skipped(&skipped::COMMENT));
        }
        CommentOn::Constraint { table: cursor.path()?, name }
    } else {
        return Ok(Statement::Skipped(&skipped::COMMENT));
    };
    if !cursor.eat("is") {
        return cursor.wanted("`IS`");
    }
    // Strings side by side are one string.
    let mut text: Option<String> = None;
    while let Some(piece) = cursor.string() {
        text.get_or_insert_default().push_str(&piece);
    }
    Ok(Statement::Comment(Comment { on, text: text.filter(|it| !it.is_empty()) }))
}

/// `table.column` or `schema.table.column`.
pub(super) fn column_path(cursor: &mut Cursor<'_>) -> Parse<(Path, super::ast::Name)> {
    let mut names = vec![cursor.name()?];
    while cursor.eat_punct(b'.') {
        names.push(cursor.name()?);
    }
    let (Some(column), Some(table)) = (names.pop(), names.pop()) else {
        return cursor.wanted("a table and a column");
    };
    Ok((Path { schema: names.pop(), name: table }, column))
}
