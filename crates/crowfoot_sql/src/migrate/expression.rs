//! Names of columns in expressions: which there are, and what they become.

use crowfoot_text::Span;
use smol_str::SmolStr;

use crate::{
    Dialect,
    dialect::rules,
    lex::{Lexer, TokenKind},
};

/// A column's old and new name.
pub(super) type Renamed = (SmolStr, SmolStr);

/// Whether an expression in that dialect's words (none: nobody said which) mentions a column.
pub(super) fn mentions(source: Option<Dialect>, expr: &str, column: &str) -> bool {
    let mut found = false;
    each_name(source, expr, |name, _| found |= is_same(source, name, column));
    found
}

/// The expression with new names for columns, all at once, so that two may swap theirs.
pub(super) fn renamed(source: Option<Dialect>, expr: &str, names: &[Renamed]) -> String {
    let rules = rules(source.unwrap_or(Dialect::PostgreSql));
    let mut out = String::with_capacity(expr.len());
    let mut done = 0;
    each_name(source, expr, |name, span| {
        let Some((_, new)) = names.iter().find(|(old, _)| is_same(source, name, old)) else {
            return;
        };
        out.push_str(&expr[done..span.start as usize]);
        rules.push_name(&mut out, new);
        done = span.end as usize;
    });
    out.push_str(&expr[done..]);
    out
}

/// A name as it stands in an expression.
#[derive(Clone, Copy)]
enum Written<'e> {
    Bare(&'e str),
    /// What is between the quotes.
    Quoted(&'e str),
}

fn is_same(source: Option<Dialect>, written: Written<'_>, name: &str) -> bool {
    match (source, written) {
        (Some(Dialect::PostgreSql), Written::Bare(it)) => it.to_lowercase() == name,
        (Some(Dialect::PostgreSql), Written::Quoted(it)) => it == name,
        (_, Written::Bare(it) | Written::Quoted(it)) => it.to_lowercase() == name.to_lowercase(),
    }
}

/// Goes through what may be a column's name: words that are neither calls nor types of a cast.
fn each_name<'e>(source: Option<Dialect>, expr: &'e str, mut visit: impl FnMut(Written<'e>, Span)) {
    let Ok(end) = u32::try_from(expr.len()) else { return };
    let dialect = source.unwrap_or(Dialect::PostgreSql);
    let mut lexer = Lexer::new(dialect, expr, Span::new(0, end));
    let mut is_type = false;
    while let Some(token) = lexer.next() {
        let text = token.span.of(expr);
        match token.kind {
            TokenKind::Word if !is_type => {
                let rest = expr[token.span.end as usize..].trim_start();
                if !rest.starts_with('(') {
                    visit(Written::Bare(text), token.span);
                }
            }
            TokenKind::Quoted if !is_type && text.len() >= 2 => {
                visit(Written::Quoted(&text[1..text.len() - 1]), token.span);
            }
            _ => {}
        }
        is_type = expr[..token.span.end as usize].ends_with("::");
    }
}

#[cfg(test)]
mod tests {
    use crowfoot_schema::Dialect;

    use super::{mentions, renamed};

    fn check(dialect: Dialect, expr: &str, names: &[(&str, &str)], expected: &str) {
        let names: Vec<_> = names.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
        assert_eq!(renamed(Some(dialect), expr, &names), expected);
    }

    #[test]
    fn names_follow_and_all_else_stays() {
        let pg = Dialect::PostgreSql;
        check(
            pg,
            "price > 0 AND note <> 'price'",
            &[("price", "cost")],
            "cost > 0 AND note <> 'price'",
        );
        check(pg, "\"Price\" > price", &[("Price", "Cost")], "\"Cost\" > price");
        check(pg, "lower(lower) = a::lower", &[("lower", "name")], "lower(name) = a::lower");
        check(pg, "a < b", &[("a", "b"), ("b", "a")], "b < a");
        check(Dialect::MySql, "`Price` > 0", &[("price", "order")], "`order` > 0");
        check(Dialect::Sqlite, "[a b] > A", &[("a b", "c"), ("a", "d e")], "c > \"d e\"");
    }

    #[test]
    fn mentions_are_names_and_nothing_else() {
        assert!(mentions(None, "Price > 0", "price"));
        assert!(!mentions(Some(Dialect::PostgreSql), "'price' = prices", "price"));
    }
}
