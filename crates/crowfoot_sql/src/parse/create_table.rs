//! `CREATE TABLE`.

use crowfoot_schema::Dialect;
use crowfoot_text::Diagnostic;

use super::{
    Cursor, Parse,
    ast::{CreateTable, Included, Parent, ParentKind, Statement},
    column,
    constraint::{self, bare},
    table_options,
};
use crate::{lex::TokenKind, option};

/// With the cursor on `TABLE`.
pub(super) fn parse(cursor: &mut Cursor<'_>, notes: &mut Vec<Diagnostic>) -> Parse<Statement> {
    let mut table = CreateTable::default();
    if cursor.tokens[..cursor.at]
        .iter()
        .any(|it| cursor.text_of(*it).eq_ignore_ascii_case("unlogged"))
    {
        table.options.push(bare(option::PG_UNLOGGED));
    }
    cursor.advance();
    table.is_if_not_exists = cursor.eat_if_not_exists();
    table.path = Some(cursor.path().map_err(|it| it.or_wanted("the name of the table"))?);

    if cursor.eat_all(&["partition", "of"]) {
        let path = cursor.path()?;
        let own_body = cursor.is_punct(b'(').then(|| cursor.parens()).flatten();
        if let Some(inside) = own_body {
            body(inside, &mut table, notes);
        }
        let start = cursor.at;
        skip_bounds(cursor);
        let bounds = cursor.written(start, cursor.at);
        table.parents.push(Parent { path, kind: ParentKind::PartitionOf { bounds } });
    } else if cursor.is("like") && cursor.is_name_at(1) {
        // MySQL's `CREATE TABLE a LIKE b`.
        cursor.advance();
        let kind = ParentKind::Like(Included::ALL);
        table.parents.push(Parent { path: cursor.path()?, kind });
    } else if cursor.eat("of") {
        let ty = cursor.path()?;
        let message = format!("the columns of the type `{ty}` are not known, so they are missing");
        notes.push(Diagnostic::warning("sql/unknown-columns", ty.span(), message));
        if let Some(inside) = cursor.parens() {
            body(inside, &mut table, notes);
        }
    } else if cursor.is_punct(b'(') && !(cursor.is_at(1, "select") || cursor.is_at(1, "with")) {
        let open = cursor.here();
        if let Some(inside) = cursor.parens() {
            let end = inside.tokens.last().map_or(open.end, |it| it.span.end);
            body(inside, &mut table, notes);
            if cursor.end() == end {
                let message = "the parenthesis of the table is never closed";
                notes.push(
                    Diagnostic::warning("sql/unclosed-parenthesis", open, message)
                        .with_help("put `)` after the last column or constraint"),
                );
            }
        }
    } else if !cursor.is_any(&["as", "select", "with"]) && !cursor.is_punct(b'(') {
        return cursor.wanted("`(` and the columns of the table");
    }
    table_options::after_body(cursor, &mut table, notes);
    Ok(Statement::CreateTable(Box::new(table)))
}

/// `FOR VALUES ...` or `DEFAULT`, up to the next option.
fn skip_bounds(cursor: &mut Cursor<'_>) {
    while !cursor.is_done() {
        let is_storage =
            cursor.is("with") && cursor.is_punct_at(1, b'(') && !cursor.is_at(2, "modulus");
        let is_option = cursor.are(&["partition", "by"]) || cursor.is_any(&["tablespace", "using"]);
        if is_storage || is_option {
            return;
        }
        cursor.advance();
    }
}

/// The elements between the parentheses. One that is not understood costs only itself.
fn body(mut inside: Cursor<'_>, table: &mut CreateTable, notes: &mut Vec<Diagnostic>) {
    table.columns.reserve(inside.tokens.len() / 6 + 1);
    empty_elements(&inside, notes);
    while !inside.is_done() {
        let mut element = inside.element();
        if !element.is_done() {
            body_element(&mut element, table, notes);
        }
    }
}

/// Tells of commas that have nothing before or after them, at any depth.
fn empty_elements(inside: &Cursor<'_>, notes: &mut Vec<Diagnostic>) {
    /// How many are told of a table: after some it is clear that it is broken.
    const LIMIT: usize = 10;
    let kind = |at: usize| inside.tokens.get(at).map(|it| it.kind);
    let is_empty = |at: usize| {
        let before = at.checked_sub(1).and_then(kind);
        if before == Some(TokenKind::Punct(b',')) {
            return false;
        }
        let is_first = matches!(before, None | Some(TokenKind::Punct(b'(')));
        let is_last = matches!(kind(at + 1), None | Some(TokenKind::Punct(b',' | b')')));
        is_first || is_last
    };
    let commas = inside.tokens.iter().enumerate();
    let commas = commas.filter(|(at, it)| it.kind == TokenKind::Punct(b',') && is_empty(*at));
    for (at, comma) in commas.take(LIMIT) {
        let message = if at == 0 || kind(at - 1) == Some(TokenKind::Punct(b'(')) {
            "nothing stands before the comma"
        } else if kind(at + 1) == Some(TokenKind::Punct(b',')) {
            "nothing stands between the commas"
        } else {
            "nothing follows the comma"
        };
        notes.push(
            Diagnostic::warning("sql/empty-element", comma.span, message)
                .with_help("leave the comma out, or write what is missing"),
        );
    }
}

fn body_element(element: &mut Cursor<'_>, table: &mut CreateTable, notes: &mut Vec<Diagnostic>) {
    if element.is("like") && element.dialect == Dialect::PostgreSql && element.is_name_at(1) {
        element.advance();
        if let Ok(path) = element.path() {
            let kind = ParentKind::Like(included(element));
            if !element.is_done() {
                notes.push(element.unknown_clause("what to include was wanted"));
            }
            table.parents.push(Parent { path, kind });
            return;
        }
    }
    if element.are(&["period", "for"]) {
        return;
    }
    if element.are(&["supplemental", "log"]) {
        return;
    }
    // CockroachDB's `FAMILY "primary" (id, name)` says how rows are stored.
    let is_family = element.is("family") && element.is_name_at(1) && element.is_punct_at(2, b'(');
    if is_family && element.is_name_at(3) {
        return;
    }
    match constraint::table_constraint(element) {
        Ok(Some(constraint)) => {
            // What other databases add to a constraint is no news once they were recognised.
            if !element.is_done() && element.foreign.is_none() {
                notes.push(element.unknown_clause("the end of the constraint was wanted"));
            }
            table.constraints.push(constraint);
        }
        Ok(None) if column::is_column(element) => {
            let start = element.at;
            match column::column(element, notes) {
                Ok(column) => table.columns.push(column),
                Err(problem) => {
                    // The column stays, without the option that was not understood.
                    let bad = place(element, &problem);
                    element.at = bad;
                    notes.push(element.unknown_clause(&format!("{} was wanted", problem.wanted)));
                    let before = element.part(start, bad.saturating_sub(1).max(start + 1));
                    let shortest = element.part(start, start + 1);
                    for mut part in [before, shortest] {
                        if let Ok(column) = column::column(&mut part, &mut Vec::new()) {
                            table.columns.push(column);
                            break;
                        }
                    }
                }
            }
        }
        Ok(None) => notes.push(element.unknown_clause("a column or a constraint was wanted")),
        Err(problem) => {
            element.at = place(element, &problem);
            notes.push(element.unknown_clause(&format!("{} was wanted", problem.wanted)));
        }
    }
}

/// `INCLUDING x` and `EXCLUDING x`, the later ones over the earlier ones.
fn included(element: &mut Cursor<'_>) -> Included {
    let mut included = Included::default();
    loop {
        let is_in = if element.eat("including") {
            true
        } else if element.eat("excluding") {
            false
        } else {
            return included;
        };
        let word = element.peek().map_or("", |it| element.text_of(it)).to_ascii_lowercase();
        match word.as_str() {
            "all" => included = if is_in { Included::ALL } else { Included::default() },
            "comments" => included.comments = is_in,
            "constraints" => included.checks = is_in,
            "defaults" => included.defaults = is_in,
            "generated" => included.generated = is_in,
            "identity" => included.identity = is_in,
            "indexes" => included.keys = is_in,
            "storage" | "compression" => included.storage = is_in,
            "statistics" => {}
            _ => return included,
        }
        element.advance();
    }
}

/// Which token a problem is about.
fn place(element: &Cursor<'_>, problem: &super::Problem) -> usize {
    element.tokens.partition_point(|it| it.span.start < problem.span.start)
}
