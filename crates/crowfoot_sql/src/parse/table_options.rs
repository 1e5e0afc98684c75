//! What stands after a table's body.

use crowfoot_schema::{Dialect, Extra};
use crowfoot_text::{Diagnostic, Span};
use smol_str::SmolStr;

use super::{
    Cursor,
    ast::{CreateTable, Parent, ParentKind},
    constraint::{bare, extra},
};
use crate::option;

/// Reads the options after the body, up to the end of the statement.
pub(super) fn after_body(
    cursor: &mut Cursor<'_>,
    table: &mut CreateTable,
    notes: &mut Vec<Diagnostic>,
) {
    // What other databases say of a table's storage is no news once they were recognised.
    let is_foreign = cursor.foreign.is_some();
    let mut is_told = is_foreign;
    while !cursor.is_done() {
        let start = cursor.at;
        if cursor.eat_punct(b',') {
            continue;
        }
        if !option(cursor, table, notes) {
            if !is_told {
                notes.push(cursor.unknown_clause("an option of the table was wanted"));
                is_told = true;
            }
            cursor.at = start + 1;
        } else {
            is_told = is_foreign;
        }
    }
}

fn option(cursor: &mut Cursor<'_>, table: &mut CreateTable, notes: &mut Vec<Diagnostic>) -> bool {
    if cursor.is("inherits") && cursor.is_punct_at(1, b'(') {
        cursor.advance();
        let Some(mut inside) = cursor.parens() else { return false };
        table.options.push(extra(option::PG_INHERITS, inside.clone().rest()));
        while !inside.is_done() {
            if let Ok(path) = inside.element().path() {
                table.parents.push(Parent { path, kind: ParentKind::Inherits });
            }
        }
        return true;
    }
    if cursor.are(&["partition", "by"]) {
        cursor.at += 2;
        let key = match cursor.dialect {
            Dialect::MySql => option::MYSQL_PARTITION_BY,
            Dialect::PostgreSql | Dialect::Sqlite => option::PG_PARTITION_BY,
        };
        let start = cursor.at;
        if cursor.dialect == Dialect::MySql {
            let is_by_history = cursor.is("system_time");
            let span = cursor.here();
            cursor.at = cursor.tokens.len();
            if is_by_history {
                notes.push(no_history(span));
                return true;
            }
        } else {
            cursor.advance();
            cursor.parens();
        }
        table.options.push(extra(key, cursor.written(start, cursor.at)));
        return true;
    }
    if cursor.is("with") && cursor.is_punct_at(1, b'(') {
        cursor.advance();
        let start = cursor.at;
        cursor.parens();
        if cursor.foreign.is_none() {
            table.options.push(extra(option::PG_WITH, cursor.written(start, cursor.at)));
        }
        return true;
    }
    if cursor.eat_all(&["without", "rowid"]) {
        table.options.push(bare(option::SQLITE_WITHOUT_ROWID));
        return true;
    }
    if cursor.dialect == Dialect::Sqlite && cursor.eat("strict") {
        table.options.push(bare(option::SQLITE_STRICT));
        return true;
    }
    if cursor.eat_all(&["without", "oids"]) || cursor.eat_all(&["with", "oids"]) {
        return true;
    }
    let span = cursor.here();
    if cursor.eat_all(&["with", "system", "versioning"]) {
        notes.push(no_history(Span::new(span.start, cursor.end())));
        return true;
    }
    if cursor.eat_all(&["on", "commit"]) {
        while cursor.is_any(&["preserve", "delete", "drop", "rows"]) {
            cursor.advance();
        }
        return true;
    }
    if cursor.eat("tablespace") {
        cursor.eat_punct(b'=');
        if let Ok(name) = cursor.name()
            && cursor.dialect == Dialect::PostgreSql
            && name.text != "pg_default"
        {
            table.options.push(extra(option::PG_TABLESPACE, name.text));
        }
        return true;
    }
    if cursor.dialect == Dialect::PostgreSql && cursor.is("using") && cursor.is_name_at(1) {
        cursor.advance();
        if let Ok(name) = cursor.name() {
            table.options.push(extra(option::PG_USING, name.text));
        }
        return true;
    }
    if cursor.is("as")
        || cursor.is_any(&["select", "with"])
        || (cursor.is_any(&["ignore", "replace"]) && cursor.is_any(&["as", "select"]))
    {
        let start = cursor.here();
        cursor.at = cursor.tokens.len();
        table.as_query = Some(Span::new(start.start, cursor.end()));
        return true;
    }
    if cursor.dialect == Dialect::MySql { mysql_option(cursor, table) } else { false }
}

fn no_history(span: Span) -> Diagnostic {
    let message = "the history of the table was left out: it shows in no diagram";
    Diagnostic::info("sql/left-out-versioning", span, message)
}

/// `ENGINE=InnoDB`, `DEFAULT CHARSET utf8mb4`, `COMMENT='...'` and their like.
fn mysql_option(cursor: &mut Cursor<'_>, table: &mut CreateTable) -> bool {
    let Some((comment, options)) = mysql_pair(cursor) else { return false };
    if comment.is_some() {
        table.comment = comment;
    }
    table.options.extend(options);
    true
}

/// One option of a MySQL table: a comment, or something to keep.
pub(super) fn mysql_pair(cursor: &mut Cursor<'_>) -> Option<(Option<String>, Option<Extra>)> {
    let start = cursor.at;
    cursor.eat("default");
    let first = cursor.peek()?;
    let mut name = cursor.text_of(first).to_ascii_lowercase();
    let is_word = first.kind == crate::lex::TokenKind::Word;
    cursor.advance();
    if name == "character" && cursor.eat("set") {
        name = "charset".to_owned();
    } else if (name == "data" || name == "index") && cursor.eat("directory") {
        name.push_str("_directory");
    } else if name == "start" && cursor.eat("transaction") {
        return Some((None, None));
    } else if name == "type" {
        name = "engine".to_owned();
    }
    let has_equals = cursor.eat_punct(b'=');
    const KNOWN: &[&str] = &[
        "engine",
        "charset",
        "collate",
        "comment",
        "auto_increment",
        "row_format",
        "checksum",
        "avg_row_length",
        "max_rows",
        "min_rows",
        "pack_keys",
        "delay_key_write",
        "key_block_size",
        "stats_persistent",
        "stats_auto_recalc",
        "stats_sample_pages",
        "insert_method",
        "union",
        "compression",
        "encryption",
        "connection",
        "page_checksum",
        "transactional",
        "storage",
    ];
    if !is_word || !(has_equals || KNOWN.contains(&name.as_str())) || cursor.is_done() {
        cursor.at = start;
        return None;
    }
    if name == "comment" {
        let text = cursor.string().map(|it| it.into_owned()).filter(|it| !it.is_empty());
        return Some((text, None));
    }
    let begin = cursor.at;
    if cursor.parens().is_none() {
        cursor.advance();
    }
    let mut value = cursor.written(begin, cursor.at);
    if matches!(name.as_str(), "engine" | "charset" | "collate") {
        value = value.trim_matches(['\'', '"', '`']).to_owned();
    }
    if name == "auto_increment" {
        // Where counting goes on is about the rows, not about the schema.
        return Some((None, None));
    }
    let key = SmolStr::new(format!("mysql.{name}"));
    Some((None, Some(Extra { key, value: Some(value) })))
}
