//! Expressions, in the target's words.
//!
//! In its own dialect an expression is copied. For another one it is taken apart into tokens, and
//! what is certain to mean the same there is put together again; one token that is not makes the
//! whole expression untranslatable.

use crowfoot_text::Span;

use super::{Printer, plan::TablePlan};
use crate::{
    Dialect,
    dialect::kind::Kind,
    lex::{Lexer, TokenKind, is_plain_string, string_value},
};

impl<'a> Printer<'a> {
    /// A condition over the columns of a table; none if it has no translation that is certain. What
    /// nobody said the dialect of is copied.
    pub(crate) fn condition(&self, plan: &TablePlan<'a>, expr: &str) -> Option<String> {
        let Some(source) = self.source.filter(|it| *it != self.target) else {
            return Some(expr.to_owned());
        };
        let translation = self.translation(plan, source, expr)?;
        // A number is no condition in PostgreSQL.
        let is_condition = self.target != Dialect::PostgreSql
            || translation.compares
            || translation.has_only_bools;
        is_condition.then_some(translation.out)
    }

    /// A formula over the columns of a table, likewise.
    pub(crate) fn formula(&self, plan: &TablePlan<'a>, expr: &str) -> Option<String> {
        let Some(source) = self.source.filter(|it| *it != self.target) else {
            return Some(expr.to_owned());
        };
        Some(self.translation(plan, source, expr)?.out)
    }

    fn translation(&self, plan: &TablePlan<'a>, source: Dialect, expr: &str) -> Option<Translated> {
        let tokens = tokens(source, expr)?;
        let mut translation = Translation {
            printer: self,
            plan,
            source,
            target: self.target,
            out: String::with_capacity(expr.len()),
            groups: Vec::new(),
            has_bool: false,
            has_only_bools: true,
            compares: false,
            has_sign: false,
        };
        translation.all(&tokens)?;
        Some(Translated {
            out: translation.out,
            compares: translation.compares,
            has_only_bools: translation.has_only_bools,
        })
    }
}

/// An expression in the target's words.
struct Translated {
    out: String,
    /// Whether something is compared at all.
    compares: bool,
    /// Whether all its columns are true or false.
    has_only_bools: bool,
}

/// A piece of an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece<'e> {
    /// A bare word in small letters.
    Word(String),
    /// A name in quotes, without them.
    Name(String),
    Text(String),
    Number(&'e str),
    /// An operator or a mark.
    Mark(&'static str),
}

/// Two characters that are one mark come before those that they begin with.
const MARKS: [&str; 26] = [
    "::", "<=", ">=", "<>", "!=", "==", "||", "&&", "->", "!~", "=", "<", ">", "+", "-", "*", "/",
    "%", "(", ")", ",", ".", "[", "]", "!", ":",
];

/// The pieces of an expression; none where it holds what we have no name for.
fn tokens(source: Dialect, expr: &str) -> Option<Vec<Piece<'_>>> {
    let end = u32::try_from(expr.len()).ok()?;
    let mut lexer = Lexer::new(source, expr, Span::new(0, end));
    let mut pieces = Vec::new();
    let mut skip_until = 0;
    while let Some(token) = lexer.next() {
        let start = token.span.start as usize;
        if start < skip_until {
            continue;
        }
        let text = expr.get(start..token.span.end as usize)?;
        pieces.push(match token.kind {
            TokenKind::Word => Piece::Word(text.to_ascii_lowercase()),
            TokenKind::Quoted => Piece::Name(unquoted(text)),
            TokenKind::Text if is_plain_string(text) => {
                Piece::Text(string_value(source, text).into_owned())
            }
            TokenKind::Number if !text.starts_with("0x") => Piece::Number(text),
            TokenKind::Punct(_) => {
                let mark = MARKS.into_iter().find(|it| expr[start..].starts_with(it))?;
                skip_until = start + mark.len();
                Piece::Mark(mark)
            }
            TokenKind::Text | TokenKind::Number | TokenKind::Delimiter => return None,
        });
    }
    Some(pieces)
}

fn unquoted(text: &str) -> String {
    let mut inside = text.chars();
    let open = inside.next();
    inside.next_back();
    match open {
        Some(quote @ ('"' | '`')) => {
            let quote = quote.to_string();
            inside.as_str().replace(&quote.repeat(2), &quote)
        }
        _ => inside.as_str().to_owned(),
    }
}

/// An expression on its way.
struct Translation<'t, 'd> {
    printer: &'t Printer<'d>,
    plan: &'t TablePlan<'d>,
    source: Dialect,
    target: Dialect,
    out: String,
    /// The open parentheses.
    groups: Vec<Group>,
    /// Whether the column that was named last is true or false.
    has_bool: bool,
    /// Whether all columns so far are.
    has_only_bools: bool,
    /// Whether something is compared at all.
    compares: bool,
    /// Whether a sign was written that belongs to what follows.
    has_sign: bool,
}

struct Group {
    /// Where its parenthesis stands in what is written.
    start: usize,
    is_call: bool,
    /// How many pieces stand in it.
    n_pieces: usize,
}

impl Translation<'_, '_> {
    fn all(&mut self, pieces: &[Piece<'_>]) -> Option<()> {
        let mut at = 0;
        while at < pieces.len() {
            at = self.piece(pieces, at)?;
        }
        self.groups.is_empty().then_some(())
    }

    /// Writes the piece and gives the place of the next one.
    fn piece(&mut self, pieces: &[Piece<'_>], at: usize) -> Option<usize> {
        let next = pieces.get(at + 1);
        match &pieces[at] {
            Piece::Number(text) => {
                let is_bool = self.has_bool && self.target == Dialect::PostgreSql;
                self.put(match *text {
                    "0" if is_bool => "false",
                    "1" if is_bool => "true",
                    it => it,
                });
            }
            Piece::Text(text) => {
                let literal = self.printer.rules.text_of(text);
                self.put(&literal);
            }
            Piece::Name(name) => {
                if next == Some(&Piece::Mark(".")) {
                    return self.qualifier(name).then_some(at + 2);
                }
                self.column(name)?;
            }
            Piece::Word(word) => return self.word(word, pieces, at),
            Piece::Mark(mark) => return self.mark(mark, pieces, at),
        }
        Some(at + 1)
    }

    fn put(&mut self, text: &str) {
        let is_glued = self.out.is_empty() || self.out.ends_with('(') || self.has_sign;
        self.has_sign = false;
        if !is_glued {
            self.out.push(' ');
        }
        self.out.push_str(text);
        if let Some(group) = self.groups.last_mut() {
            group.n_pieces += 1;
        }
    }

    fn qualifier(&self, name: &str) -> bool {
        name.eq_ignore_ascii_case(&self.plan.table.name)
    }

    fn column(&mut self, name: &str) -> Option<()> {
        let columns = &self.plan.table.columns;
        let at = columns
            .iter()
            .position(|it| it.name == name)
            .or_else(|| columns.iter().position(|it| it.name.eq_ignore_ascii_case(name)))?;
        self.has_bool = self.plan.columns.get(at).is_some_and(|it| it.kind == Kind::Bool);
        self.has_only_bools &= self.has_bool;
        let rules = self.printer.rules;
        let text = rules.name_of(&self.printer.fit(&columns[at].name));
        self.put(&text);
        Some(())
    }

    fn word(&mut self, word: &str, pieces: &[Piece<'_>], at: usize) -> Option<usize> {
        let next = pieces.get(at + 1);
        match word {
            "and" | "or" | "not" | "case" | "when" | "then" | "else" | "end" => {
                self.has_bool = false;
                self.put(&word.to_ascii_uppercase());
                return Some(at + 1);
            }
            "in" | "is" | "between" | "like" => {
                self.compares = true;
                self.put(&word.to_ascii_uppercase());
                return Some(at + 1);
            }
            "null" => {
                self.put("NULL");
                return Some(at + 1);
            }
            "true" | "false" => {
                self.put(word);
                return Some(at + 1);
            }
            "_utf8mb4" | "_utf8" | "_latin1" | "_utf8mb3"
                if matches!(next, Some(Piece::Text(_))) =>
            {
                return Some(at + 1);
            }
            _ => {}
        }
        match next {
            Some(Piece::Mark("(")) => {
                let name = function(word, self.source, self.target)?;
                self.put(name);
                self.groups.push(Group { start: self.out.len(), is_call: true, n_pieces: 0 });
                self.out.push('(');
                Some(at + 2)
            }
            Some(Piece::Mark(".")) => self.qualifier(word).then_some(at + 2),
            _ => {
                self.column(word)?;
                Some(at + 1)
            }
        }
    }

    fn mark(&mut self, mark: &'static str, pieces: &[Piece<'_>], at: usize) -> Option<usize> {
        match mark {
            "(" => {
                self.put("");
                self.groups.push(Group { start: self.out.len(), is_call: false, n_pieces: 0 });
                self.out.push('(');
            }
            ")" => {
                let group = self.groups.pop()?;
                let is_list = self.out[..group.start].trim_end().ends_with(" IN");
                if group.n_pieces == 1 && !group.is_call && !is_list {
                    self.out.remove(group.start);
                } else {
                    self.out.push(')');
                }
            }
            "," => self.out.push(','),
            "=" | "==" | "<>" | "!=" => {
                self.compares = true;
                if let Some(end) = self.list(mark, pieces, at + 1)? {
                    return Some(end);
                }
                self.put(match mark {
                    "==" => "=",
                    "!=" => "<>",
                    it => it,
                });
            }
            "<" | ">" | "<=" | ">=" => {
                self.compares = true;
                self.put(mark);
            }
            "-" => {
                let is_sign = matches!(
                    at.checked_sub(1).map(|before| &pieces[before]),
                    None | Some(Piece::Mark(
                        "(" | "," | "=" | "<" | ">" | "<=" | ">=" | "<>" | "["
                    ))
                );
                self.put(mark);
                self.has_sign = is_sign;
            }
            "+" | "*" | "/" | "%" => self.put(mark),
            "&&" if self.source == Dialect::MySql => self.put("AND"),
            "||" if self.source == Dialect::MySql => self.put("OR"),
            "||" if self.target != Dialect::MySql => self.put("||"),
            "::" => return cast(pieces, at),
            _ => return None,
        }
        Some(at + 1)
    }

    /// PostgreSQL's `= ANY (ARRAY[...])` as a list, with the place behind it.
    fn list(&mut self, mark: &str, pieces: &[Piece<'_>], start: usize) -> Option<Option<usize>> {
        let words = match (mark, pieces.get(start)) {
            ("=", Some(Piece::Word(word))) if word == "any" => "IN (",
            ("<>", Some(Piece::Word(word))) if word == "all" => "NOT IN (",
            (_, Some(Piece::Word(word))) if word == "any" || word == "all" || word == "some" => {
                return None;
            }
            _ => return Some(None),
        };
        let mut at = start + 1;
        let mut depth = 0_usize;
        while pieces.get(at) == Some(&Piece::Mark("(")) {
            depth += 1;
            at += 1;
        }
        let is_array = matches!(pieces.get(at), Some(Piece::Word(word)) if word == "array");
        if depth == 0 || !is_array || pieces.get(at + 1) != Some(&Piece::Mark("[")) {
            return None;
        }
        at += 2;
        self.put(words);
        while pieces.get(at) != Some(&Piece::Mark("]")) {
            if at >= pieces.len() {
                return None;
            }
            at = self.piece(pieces, at)?;
        }
        at += 1;
        self.out.push(')');
        while depth > 0 {
            match pieces.get(at)? {
                Piece::Mark(")") => {
                    depth -= 1;
                    at += 1;
                }
                Piece::Mark("::") => at = type_end(pieces, at + 1)?,
                _ => return None,
            }
        }
        Some(Some(at))
    }
}

/// Goes past a cast, where the value is the same without it.
fn cast(pieces: &[Piece<'_>], at: usize) -> Option<usize> {
    let end = type_end(pieces, at + 1)?;
    let is_text = matches!(
        pieces.get(at + 1),
        Some(Piece::Word(word)) if matches!(
            word.as_str(),
            "text" | "varchar" | "character" | "char" | "bpchar" | "citext" | "numeric"
        )
    );
    (is_text || is_literal_before(pieces, at)).then_some(end)
}

/// Whether the value before that place is a literal, perhaps with a sign and in parentheses.
fn is_literal_before(pieces: &[Piece<'_>], at: usize) -> bool {
    let mut before = pieces[..at].iter().rev().skip_while(|it| **it == Piece::Mark(")"));
    let is_closed = pieces[..at].last() == Some(&Piece::Mark(")"));
    let is_literal = match before.next() {
        Some(Piece::Text(_) | Piece::Number(_)) => true,
        Some(Piece::Word(word)) => matches!(word.as_str(), "true" | "false" | "null"),
        _ => false,
    };
    let opens = match before.next() {
        Some(Piece::Mark("-")) => before.next() == Some(&Piece::Mark("(")),
        Some(Piece::Mark("(")) => true,
        _ => false,
    };
    is_literal && (!is_closed || opens)
}

/// Where the type that begins there ends.
fn type_end(pieces: &[Piece<'_>], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        match pieces.get(at)? {
            Piece::Word(_) | Piece::Name(_) => at += 1,
            _ => return None,
        }
        match pieces.get(at) {
            Some(Piece::Mark(".")) => at += 1,
            Some(Piece::Word(word))
                if matches!(
                    word.as_str(),
                    "varying" | "precision" | "with" | "without" | "time" | "zone"
                ) => {}
            _ => break,
        }
    }
    if pieces.get(at) == Some(&Piece::Mark("(")) {
        at = at + 1 + pieces[at..].iter().position(|it| *it == Piece::Mark(")"))?;
    }
    while pieces.get(at) == Some(&Piece::Mark("[")) && pieces.get(at + 1) == Some(&Piece::Mark("]"))
    {
        at += 2;
    }
    Some(at)
}

/// What the target calls a function of the source; none where it has none that does just the same.
fn function(name: &str, source: Dialect, target: Dialect) -> Option<&'static str> {
    use Dialect::{MySql, PostgreSql, Sqlite};
    Some(match (name, source, target) {
        ("lower" | "lcase", _, _) => "lower",
        ("upper" | "ucase", _, _) => "upper",
        ("coalesce" | "ifnull", _, _) => "coalesce",
        ("abs", _, _) => "abs",
        ("round", _, _) => "round",
        ("nullif", _, _) => "nullif",
        ("trim" | "btrim", _, _) => "trim",
        ("ltrim", _, _) => "ltrim",
        ("rtrim", _, _) => "rtrim",
        ("replace", _, _) => "replace",
        ("substr" | "substring", _, _) => "substr",
        ("length", MySql, PostgreSql) => "octet_length",
        ("length", PostgreSql | Sqlite, MySql) => "char_length",
        ("length", PostgreSql, Sqlite) | ("length", Sqlite, PostgreSql) => "length",
        ("char_length" | "character_length", _, PostgreSql | MySql) => "char_length",
        ("char_length" | "character_length", _, Sqlite) => "length",
        ("octet_length", _, PostgreSql | MySql) => "octet_length",
        ("floor", _, PostgreSql | MySql) => "floor",
        ("ceil" | "ceiling", _, PostgreSql | MySql) => "ceil",
        ("greatest", _, PostgreSql | MySql) | ("max", Sqlite, _) => "greatest",
        ("greatest", _, Sqlite) => "max",
        ("least", _, PostgreSql | MySql) | ("min", Sqlite, _) => "least",
        ("least", _, Sqlite) => "min",
        ("json_valid", _, MySql | Sqlite) => "json_valid",
        _ => return None,
    })
}
