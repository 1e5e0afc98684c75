//! `CREATE INDEX` and `ALTER INDEX`.

use crowfoot_text::{Diagnostic, Span};
use smol_str::SmolStr;

use super::{
    Cursor, Parse,
    ast::{CreateIndex, KeyDef, Statement},
    constraint, skipped,
};

/// With `CREATE` passed; none when something else is created.
pub(super) fn parse(
    cursor: &mut Cursor<'_>,
    notes: &mut Vec<Diagnostic>,
) -> Parse<Option<Statement>> {
    let start = cursor.at;
    let first = cursor.here();
    cursor.eat_all(&["or", "replace"]);
    let _ = cursor.eat("online") || cursor.eat("offline");
    let is_unique = cursor.eat("unique");
    let mut method = None;
    for word in ["fulltext", "spatial", "vector", "bitmap", "clustered", "nonclustered"] {
        if cursor.eat(word) && !word.ends_with("clustered") {
            method = Some(SmolStr::new_static(word));
        }
    }
    if !cursor.eat("index") {
        cursor.at = start;
        return Ok(None);
    }
    cursor.eat("concurrently");
    let is_if_not_exists = cursor.eat_if_not_exists();
    let mut key = KeyDef::default();
    let mut name = None;
    if !cursor.is("on") || cursor.is_at(1, "on") {
        name = Some(cursor.path()?.name);
    }
    constraint::index_options(cursor, &mut key);
    if !cursor.eat("on") {
        return cursor.wanted("`ON` and a table");
    }
    cursor.eat("only");
    let table = cursor.path()?;
    constraint::index_options(cursor, &mut key);
    let Some(inside) = cursor.parens() else { return cursor.wanted("a list of columns") };
    key.parts = constraint::parts(inside);
    constraint::index_options(cursor, &mut key);
    if !cursor.is_done() {
        notes.push(cursor.unknown_clause("the end of the index was wanted"));
    }
    if method.is_some() {
        key.method = method;
    }
    let span = Span::new(first.start, cursor.end());
    let index = CreateIndex { name, table, is_unique, is_if_not_exists, key, span };
    Ok(Some(Statement::CreateIndex(Box::new(index))))
}

/// With the cursor on `INDEX`.
pub(super) fn alter(cursor: &mut Cursor<'_>) -> Parse<Statement> {
    cursor.advance();
    cursor.eat_if_exists();
    let index = cursor.path()?;
    if cursor.eat_all(&["rename", "to"]) {
        return Ok(Statement::AlterIndex { index, new_name: cursor.name()? });
    }
    Ok(Statement::Skipped(&skipped::OBJECT))
}
