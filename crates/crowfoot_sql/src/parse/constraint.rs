//! Constraints of tables and columns, and the indexes that MySQL writes among them.

use crowfoot_schema::{Deferrable, Dialect, Extra, ReferentialAction};
use crowfoot_text::Span;
use smol_str::SmolStr;

use super::{
    Cursor, Parse,
    ast::{Constraint, ConstraintKind, ForeignKey, KeyDef, Name, PartDef, PartTarget},
    expr,
};
use crate::{lex::TokenKind, option};

/// Reads an element of a table's body as a constraint; none if it is a column.
pub(super) fn table_constraint(cursor: &mut Cursor<'_>) -> Parse<Option<Constraint>> {
    if cursor.kind_at(0) != Some(TokenKind::Word) {
        return Ok(None);
    }
    let start = cursor.here();
    let mut name = None;
    if cursor.is("constraint") {
        let is_nameless = is_constraint_at(cursor, 1);
        let is_named = cursor.is_name_at(1) && is_constraint_at(cursor, 2);
        // H2 qualifies the names of constraints.
        if cursor.is_name_at(1) && cursor.is_punct_at(2, b'.') && is_constraint_at(cursor, 4) {
            cursor.advance();
            name = Some(cursor.path()?.name);
            let begin = cursor.at;
            let kind = kind(cursor, &mut name, begin)?;
            let span = Span::new(start.start, cursor.end());
            return Ok(Some(Constraint { name, span, kind }));
        }
        if !is_nameless && !is_named {
            // The word is reserved everywhere, so that no column can be called so without quotes.
            let name_length = usize::from(cursor.is_name_at(1));
            cursor.at += 1 + name_length;
            return cursor.wanted("`PRIMARY KEY`, `UNIQUE`, `FOREIGN KEY` or `CHECK`");
        }
        cursor.advance();
        // `CONSTRAINT unique UNIQUE (a)` has a name, `CONSTRAINT UNIQUE KEY (a)` has none.
        let is_word =
            ["primary", "unique", "foreign", "check"].iter().any(|it| cursor.is_at(1, it));
        if is_named && (!is_nameless || is_word) {
            name = Some(cursor.name()?);
        }
    } else if !is_constraint_at(cursor, 0) {
        if cursor.peek_at(1).is_none() && cursor.is_any(&["unique", "check", "primary", "foreign"])
        {
            cursor.advance();
            return cursor.wanted("what the constraint is about");
        }
        return Ok(None);
    }
    let begin = cursor.at;
    let kind = kind(cursor, &mut name, begin)?;
    let span = Span::new(start.start, cursor.end());
    Ok(Some(Constraint { name, span, kind }))
}

/// Whether a constraint begins `ahead` from here, and not a column that is called like one.
fn is_constraint_at(cursor: &Cursor<'_>, ahead: usize) -> bool {
    let is_paren = |at: usize| cursor.is_punct_at(ahead + at, b'(');
    let is = |at: usize, word: &str| cursor.is_at(ahead + at, word);
    // `UNIQUE name (a, b)`, but not `unique varchar(10)`.
    let is_named_list = |at: usize| {
        cursor.is_name_at(ahead + at)
            && is_paren(at + 1)
            && (cursor.is_punct_at(ahead + at + 2, b'(')
                || (cursor.is_name_at(ahead + at + 2)
                    && cursor.kind_at(ahead + at + 2) != Some(TokenKind::Text)))
    };
    let is_using = |at: usize| is(at, "using") && cursor.is_name_at(ahead + at + 1);

    if is(0, "primary") || is(0, "foreign") {
        return is(1, "key");
    }
    if is(0, "unique") {
        return is_paren(1)
            || is(1, "key")
            || is(1, "index")
            || is(1, "nulls")
            || is(1, "using")
            || is(1, "clustered")
            || is(1, "nonclustered")
            || (is_using(2) && cursor.dialect == Dialect::MySql)
            || is_named_list(1);
    }
    if is(0, "check") {
        return is_paren(1);
    }
    if is(0, "exclude") {
        return is(1, "using") || is_paren(1);
    }
    if is(0, "not") {
        return is(1, "null");
    }
    if cursor.dialect != Dialect::MySql {
        // CockroachDB writes indexes like MySQL; `index geometry(Point)` is a column.
        let is_spatial = is(1, "geometry") || is(1, "geography");
        return is(0, "index") && !is_spatial && (is_paren(1) || is_named_list(1));
    }
    if is(0, "key") || is(0, "index") {
        return is_paren(1) || is_named_list(1) || is_using(1) || is_using(2);
    }
    if is(0, "fulltext") || is(0, "spatial") || is(0, "vector") {
        return is(1, "key") || is(1, "index") || is_paren(1) || is_named_list(1);
    }
    false
}

fn kind(cursor: &mut Cursor<'_>, name: &mut Option<Name>, begin: usize) -> Parse<ConstraintKind> {
    if cursor.eat_all(&["primary", "key"]) {
        if cursor.eat_all(&["using", "index"]) {
            let index = cursor.name()?;
            return Ok(ConstraintKind::UsingIndex { index, is_primary: true });
        }
        return Ok(ConstraintKind::PrimaryKey(key(cursor, &mut None)?));
    }
    if cursor.eat("unique") {
        if cursor.are(&["using", "index"]) && cursor.is_name_at(2) {
            cursor.at += 2;
            let index = cursor.name()?;
            return Ok(ConstraintKind::UsingIndex { index, is_primary: false });
        }
        let _ = cursor.eat("key") || cursor.eat("index");
        return Ok(ConstraintKind::Unique(key(cursor, name)?));
    }
    if cursor.eat_all(&["foreign", "key"]) {
        cursor.eat_if_not_exists();
        // MySQL lets a foreign key have the name of its index here.
        if cursor.is_name_at(0) && !cursor.is("references") {
            let index = cursor.name()?;
            name.get_or_insert(index);
        }
        let columns = cursor.names();
        if columns.is_empty() {
            return cursor.wanted("the columns of the foreign key");
        }
        if !cursor.is("references") {
            return cursor.wanted("`REFERENCES`");
        }
        return Ok(ConstraintKind::ForeignKey(references(cursor, columns)?));
    }
    if cursor.eat("check") {
        return check(cursor);
    }
    if cursor.eat("exclude") {
        cursor.at = begin;
        return Ok(ConstraintKind::Exclude(cursor.rest()));
    }
    if cursor.eat_all(&["not", "null"]) {
        return Ok(ConstraintKind::NotNull(cursor.name()?));
    }
    let method = ["fulltext", "spatial", "vector"].iter().find(|it| cursor.eat(it));
    let _ = cursor.eat("key") || cursor.eat("index");
    cursor.eat_if_not_exists();
    let mut key = key(cursor, name)?;
    if let Some(method) = method {
        key.method = Some(SmolStr::new(method));
    }
    Ok(ConstraintKind::Index(key))
}

/// With `CHECK` passed.
pub(super) fn check(cursor: &mut Cursor<'_>) -> Parse<ConstraintKind> {
    let Some(inside) = cursor.parens() else { return cursor.wanted("a condition in parentheses") };
    let expr = expr::condition(inside);
    let mut options = Vec::new();
    loop {
        if cursor.eat_all(&["no", "inherit"]) {
            options.push(bare(option::PG_NO_INHERIT));
        } else if cursor.eat_all(&["not", "valid"]) {
            options.push(bare(option::PG_NOT_VALID));
        } else if cursor.eat_all(&["not", "enforced"]) {
            options.push(bare(option::MYSQL_NOT_ENFORCED));
        } else if !cursor.eat("enforced") {
            return Ok(ConstraintKind::Check { expr, options });
        }
    }
}

/// The parts of a key or index, with a name before them and all that may come after them.
pub(super) fn key(cursor: &mut Cursor<'_>, name: &mut Option<Name>) -> Parse<KeyDef> {
    let mut key = KeyDef::default();
    index_options(cursor, &mut key);
    if cursor.is_name_at(0) && !cursor.is_punct(b'(') {
        let own = cursor.name()?;
        // The name of the constraint, if there is one, is the name of its index too.
        name.get_or_insert(own);
        index_options(cursor, &mut key);
    }
    let Some(inside) = cursor.parens() else { return cursor.wanted("a list of columns") };
    key.parts = parts(inside);
    index_options(cursor, &mut key);
    Ok(key)
}

/// The parts in a list of columns and expressions.
pub(super) fn parts(mut inside: Cursor<'_>) -> Vec<PartDef> {
    let mut parts = Vec::new();
    while !inside.is_done() {
        let mut element = inside.element();
        if element.is_done() || element.eat_all(&["without", "overlaps"]) {
            continue;
        }
        parts.push(part(&mut element));
    }
    parts
}

fn part(element: &mut Cursor<'_>) -> PartDef {
    let is_name = element.is_name_at(0) && element.kind_at(0) != Some(TokenKind::Text);
    let next = element.kind_at(1);
    let is_length = element.is_punct_at(1, b'(')
        && element.kind_at(2) == Some(TokenKind::Number)
        && element.is_punct_at(3, b')')
        && !matches!(element.kind_at(4), Some(TokenKind::Punct(_)));
    let is_plain = matches!(next, None | Some(TokenKind::Word | TokenKind::Quoted)) || is_length;
    let target = if is_name && is_plain {
        let token = element.peek().expect("a name is there");
        element.advance();
        PartTarget::Column(element.name_of(token))
    } else if let Some(inside) = element.parens() {
        PartTarget::Expr(expr::condition(inside))
    } else {
        let start = element.at;
        let is_call = element.path().is_ok() && element.parens().is_some();
        let is_whole = element.is_done() || element.kind_at(0) == Some(TokenKind::Word);
        if !is_call || !is_whole {
            element.at = element.tokens.len();
        }
        PartTarget::Expr(element.written(start, element.at))
    };
    element.eat("asc");
    let modifiers = element.rest();
    PartDef { target, modifiers: (!modifiers.is_empty()).then(|| SmolStr::new(modifiers)) }
}

/// What may stand before and after the parts of an index.
pub(super) fn index_options(cursor: &mut Cursor<'_>, key: &mut KeyDef) {
    loop {
        if cursor.are(&["using", "index", "tablespace"]) {
            cursor.at += 2;
        } else if cursor.is("using") && cursor.is_name_at(1) {
            cursor.advance();
            if let Ok(method) = cursor.name() {
                key.method = Some(SmolStr::new(method.text.to_ascii_lowercase()));
            }
        } else if cursor.is("type") && cursor.is_name_at(1) {
            cursor.at += 2;
        } else if cursor.is_any(&["include", "storing"]) && cursor.is_punct_at(1, b'(') {
            cursor.advance();
            key.include = cursor.names();
        } else if cursor.eat_all(&["nulls", "not", "distinct"]) {
            key.options.push(bare(option::PG_NULLS_NOT_DISTINCT));
        } else if cursor.eat_all(&["with", "parser"]) {
            if let Ok(name) = cursor.name() {
                key.options.push(extra(option::MYSQL_PARSER, name.text));
            }
        } else if cursor.is("with") && cursor.is_punct_at(1, b'(') {
            cursor.advance();
            let start = cursor.at;
            cursor.parens();
            if cursor.foreign.is_none() {
                key.options.push(extra(option::PG_WITH, cursor.written(start, cursor.at)));
            }
        } else if cursor.is("tablespace") && cursor.is_name_at(1) {
            cursor.advance();
            if let Ok(name) = cursor.name() {
                key.options.push(extra(option::PG_TABLESPACE, name.text));
            }
        } else if cursor.is("comment") && cursor.kind_at(1) == Some(TokenKind::Text) {
            cursor.advance();
            key.comment = cursor.string().map(|it| it.into_owned());
        } else if cursor.eat_all(&["on", "conflict"]) {
            if let Ok(name) = cursor.name() {
                key.options.push(extra(option::SQLITE_ON_CONFLICT, name.text));
            }
        } else if let Some(deferrable) = deferrable(cursor) {
            let text = match deferrable {
                Some(Deferrable::InitiallyDeferred) => "deferrable initially deferred",
                Some(Deferrable::InitiallyImmediate) => "deferrable",
                None => continue,
            };
            key.options.push(extra(option::PG_DEFERRABLE, text));
        } else if cursor.is("where") {
            cursor.advance();
            let rest = cursor.part(cursor.at, cursor.tokens.len());
            cursor.at = cursor.tokens.len();
            key.predicate = Some(expr::condition(rest));
        } else if cursor.eat("invisible") {
            key.options.push(bare(option::MYSQL_INVISIBLE));
        } else if cursor.is_any(&["visible", "clustered", "nonclustered"])
            || cursor.are(&["nulls", "distinct"])
        {
            cursor.at += if cursor.is("nulls") { 2 } else { 1 };
        } else if cursor.is_any(&["key_block_size", "algorithm", "lock", "engine_attribute"]) {
            cursor.advance();
            cursor.eat_punct(b'=');
            cursor.advance();
        } else {
            return;
        }
    }
}

/// `[NOT] DEFERRABLE [INITIALLY DEFERRED | IMMEDIATE]` in any order; none if it is not there.
fn deferrable(cursor: &mut Cursor<'_>) -> Option<Option<Deferrable>> {
    let mut found = None;
    loop {
        if cursor.eat_all(&["not", "deferrable"]) {
            found = Some(None);
        } else if cursor.eat("deferrable") {
            found = Some(Some(Deferrable::InitiallyImmediate));
        } else if cursor.eat_all(&["initially", "deferred"]) {
            found = Some(Some(Deferrable::InitiallyDeferred));
        } else if cursor.eat_all(&["initially", "immediate"]) {
            found.get_or_insert(None);
        } else {
            return found;
        }
    }
}

/// With the cursor on `REFERENCES`.
pub(super) fn references(cursor: &mut Cursor<'_>, columns: Vec<Name>) -> Parse<ForeignKey> {
    cursor.advance();
    let target = cursor.path().map_err(|it| it.or_wanted("the name of a table"))?;
    let mut key = ForeignKey {
        columns,
        target,
        target_columns: cursor.names(),
        on_delete: None,
        on_update: None,
        deferrable: None,
        delete_columns: Vec::new(),
        options: Vec::new(),
    };
    loop {
        if cursor.is("on") && cursor.is_at(1, "delete") {
            cursor.at += 2;
            key.on_delete = action(cursor).or(key.on_delete);
            key.delete_columns = cursor.names();
        } else if cursor.is("on") && cursor.is_at(1, "update") && is_action_at(cursor, 2) {
            cursor.at += 2;
            key.on_update = action(cursor).or(key.on_update);
        } else if cursor.eat("match") {
            if let Ok(name) = cursor.name()
                && !name.text.eq_ignore_ascii_case("simple")
            {
                key.options.push(extra(option::MATCH, name.text.to_ascii_lowercase()));
            }
        } else if cursor.eat_all(&["not", "valid"]) {
            key.options.push(bare(option::PG_NOT_VALID));
        } else if cursor.eat_all(&["not", "enforced"])
            || cursor.eat_all(&["with", "check"])
            || cursor.eat_all(&["with", "nocheck"])
            || cursor.eat("nocheck")
        {
            continue;
        } else if let Some(deferrable) = deferrable(cursor) {
            key.deferrable = deferrable;
        } else {
            return Ok(key);
        }
    }
}

fn is_action_at(cursor: &Cursor<'_>, ahead: usize) -> bool {
    ["cascade", "restrict", "no", "set"].iter().any(|it| cursor.is_at(ahead, it))
}

fn action(cursor: &mut Cursor<'_>) -> Option<ReferentialAction> {
    let action = if cursor.eat("cascade") {
        ReferentialAction::Cascade
    } else if cursor.eat("restrict") {
        ReferentialAction::Restrict
    } else if cursor.eat_all(&["no", "action"]) {
        ReferentialAction::NoAction
    } else if cursor.eat_all(&["set", "null"]) {
        ReferentialAction::SetNull
    } else if cursor.eat_all(&["set", "default"]) {
        ReferentialAction::SetDefault
    } else {
        return None;
    };
    Some(action)
}

pub(super) fn extra(key: &'static str, value: impl Into<String>) -> Extra {
    Extra { key: SmolStr::new_static(key), value: Some(value.into()) }
}

pub(super) fn bare(key: &'static str) -> Extra {
    Extra { key: SmolStr::new_static(key), value: None }
}
