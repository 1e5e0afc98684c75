//! The parser: tokens to [`Ast`], with recovery. What cannot be read is reported and skipped up to
//! the next line or element, so that one slip costs no more than what it touches.

mod element;
mod records;
mod refs;
mod setting;
mod table;

use std::borrow::Cow;

use crowfoot_text::{Diagnostic, Span};

use crate::{
    ast::{Ast, Name, Qualified},
    lex::{Kind, Lexer, Token},
    string,
};

/// Parses a whole text.
pub(crate) fn parse<'a>(text: &'a str, diagnostics: &mut Vec<Diagnostic>) -> Ast<'a> {
    parse_from(text, 0, diagnostics)
}

/// Parses a text from a place on, which is where a line begins.
pub(crate) fn parse_from<'a>(
    text: &'a str,
    start: usize,
    diagnostics: &mut Vec<Diagnostic>,
) -> Ast<'a> {
    let mut lexer = Lexer::starting_at(text, start);
    let current = lexer.next();
    let mut parser = Parser { text, lexer, current, last_end: 0, diagnostics };
    parser.check_open();
    let mut ast = Ast::default();
    while parser.current.kind != Kind::End {
        parser.item(&mut ast);
    }
    ast
}

/// Words that begin an element, in small letters.
const ELEMENTS: [&str; 13] = [
    "project",
    "table",
    "tablepartial",
    "tablegroup",
    "ref",
    "enum",
    "note",
    "diagramview",
    "records",
    "dep",
    "metadata",
    "use",
    "reuse",
];

struct Parser<'a, 'd> {
    text: &'a str,
    lexer: Lexer<'a>,
    current: Token,
    /// Where the token before the current one ends.
    last_end: u32,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl<'a> Parser<'a, '_> {
    /// Goes on to the next token and gives the current one.
    #[inline]
    fn bump(&mut self) -> Token {
        let token = self.current;
        self.last_end = token.span.end;
        self.current = self.lexer.next();
        if self.current.is_open {
            self.check_open();
        }
        token
    }

    /// Reports a current token that has no end.
    #[cold]
    fn check_open(&mut self) {
        if !self.current.is_open {
            return;
        }
        let span = self.current.span;
        let (code, what, with) = match self.current.kind {
            Kind::Quoted => ("dbml/unclosed-name", "a quoted name", "`\"`"),
            Kind::Str => ("dbml/unclosed-string", "a string", "`'`"),
            Kind::MultiStr => ("dbml/unclosed-string", "a multi-line string", "`'''`"),
            Kind::Expr => ("dbml/unclosed-expression", "an expression", "a backtick"),
            Kind::Other
            | Kind::Word
            | Kind::Number
            | Kind::Color
            | Kind::BraceOpen
            | Kind::BraceClose
            | Kind::BracketOpen
            | Kind::BracketClose
            | Kind::ParenOpen
            | Kind::ParenClose
            | Kind::Colon
            | Kind::Comma
            | Kind::Dot
            | Kind::Tilde
            | Kind::Star
            | Kind::Less
            | Kind::Greater
            | Kind::Minus
            | Kind::Question
            | Kind::End => ("dbml/unclosed-comment", "a comment", "`*/`"),
        };
        let is_comment = self.current.kind == Kind::Other;
        self.diagnostics.push(
            Diagnostic::error(code, span, format!("{what} has no end"))
                .with_help(format!("close it with {with}")),
        );
        if is_comment {
            self.current = self.lexer.next();
        }
    }

    /// The token after the current one.
    fn peek(&self) -> Token {
        let mut ahead = self.lexer;
        ahead.next()
    }

    fn at(&self, kind: Kind) -> bool {
        self.current.kind == kind
    }

    /// Takes the current token if it is of that kind.
    fn eat(&mut self, kind: Kind) -> bool {
        let is_there = self.at(kind);
        if is_there {
            self.bump();
        }
        is_there
    }

    /// The text of a token.
    #[inline]
    fn slice(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The current token as a word; empty if it is none.
    fn word(&self) -> &'a str {
        if self.at(Kind::Word) { self.slice(self.current.span) } else { "" }
    }

    fn at_word(&self, word: &str) -> bool {
        self.word().eq_ignore_ascii_case(word)
    }

    /// From a place to the end of what was read last.
    fn span_from(&self, start: u32) -> Span {
        Span::new(start, self.last_end.max(start))
    }

    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, span, message));
    }

    fn warn(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(code, span, message));
    }

    /// Reports the current token where something else was wanted.
    fn unexpected(&mut self, wanted: &str) {
        let found = self.describe();
        let span = self.current.span;
        self.error("dbml/unexpected-token", span, format!("{found} where {wanted} is expected"));
    }

    /// The current token in words.
    fn describe(&self) -> String {
        match self.current.kind {
            Kind::End => "the text ends".to_owned(),
            Kind::Str | Kind::MultiStr => "a string".to_owned(),
            Kind::Expr => "an expression".to_owned(),
            _ => format!("`{}`", self.slice(self.current.span)),
        }
    }

    /// Takes a token of that kind or reports that it is missing.
    fn expect(&mut self, kind: Kind, wanted: &str) -> bool {
        let is_there = self.eat(kind);
        if !is_there {
            self.unexpected(wanted);
        }
        is_there
    }

    /// Skips the rest of the line, brackets and braces that open on it with what they hold; stops
    /// before a brace that closes what is around.
    fn skip_line(&mut self) {
        let mut depth = 0_u32;
        let mut is_first = true;
        loop {
            match self.current.kind {
                Kind::End => return,
                Kind::BraceClose if depth == 0 => return,
                _ if depth == 0 && self.current.starts_line && !is_first => return,
                Kind::BraceOpen | Kind::BracketOpen | Kind::ParenOpen => depth += 1,
                Kind::BraceClose | Kind::BracketClose | Kind::ParenClose => {
                    depth = depth.saturating_sub(1);
                }
                // A bracket without its other half must not swallow the elements that follow.
                _ if depth > 0 && self.begins_element() => return,
                _ => {}
            }
            is_first = false;
            self.bump();
        }
    }

    /// Whether the current token begins an element on a line of its own: a keyword, then a name
    /// and a brace, or a colon. Inside a body this says that its closing brace is missing.
    fn begins_element(&self) -> bool {
        if !self.current.starts_line || !self.at(Kind::Word) {
            return false;
        }
        let word = self.word();
        let Some(keyword) = ELEMENTS.iter().find(|it| it.eq_ignore_ascii_case(word)) else {
            return false;
        };
        // These also stand inside bodies.
        if matches!(*keyword, "note" | "records" | "use" | "reuse" | "metadata") {
            return false;
        }
        let mut ahead = self.lexer;
        let mut token = ahead.next();
        for _ in 0..16 {
            match token.kind {
                Kind::BraceOpen | Kind::Colon => return true,
                Kind::Word | Kind::Quoted | Kind::Dot if !token.starts_line => {}
                Kind::BracketOpen => return *keyword != "ref" && has_brace_after_list(ahead),
                _ => return false,
            }
            token = ahead.next();
        }
        false
    }

    /// The closing brace of a body, or a report that it is missing. `open` is the brace that
    /// opened it.
    fn close_brace(&mut self, open: Span) {
        if !self.eat(Kind::BraceClose) {
            self.diagnostics.push(
                Diagnostic::error("dbml/missing-brace", open, "this `{` is never closed")
                    .with_help("add a `}` where the body ends"),
            );
        }
    }

    /// Whether a body goes on: neither its end nor the end of the text nor an element that shows
    /// that the closing brace is missing.
    fn in_body(&self) -> bool {
        !matches!(self.current.kind, Kind::BraceClose | Kind::End) && !self.begins_element()
    }

    /// A name, bare or quoted, or a report that it is missing.
    fn name(&mut self, wanted: &str) -> Option<Name<'a>> {
        match self.current.kind {
            Kind::Word => {
                let span = self.bump().span;
                Some(Name { text: Cow::Borrowed(self.slice(span)), span })
            }
            Kind::Quoted => {
                let token = self.bump();
                let text = string::unescape(self.inner(token));
                if text.is_empty() {
                    self.error("dbml/empty-name", token.span, "a name is empty");
                    return None;
                }
                Some(Name { text, span: token.span })
            }
            Kind::Number => {
                let span = self.current.span;
                let text = self.slice(span);
                self.diagnostics.push(
                    Diagnostic::error(
                        "dbml/needs-quotes",
                        span,
                        format!("the number `{text}` stands where {wanted} is expected"),
                    )
                    .with_help(format!("write it in double quotes: \"{text}\"")),
                );
                self.bump();
                Some(Name { text: Cow::Borrowed(text), span })
            }
            _ => {
                self.unexpected(wanted);
                None
            }
        }
    }

    /// A name that may have a schema before it.
    fn qualified(&mut self, wanted: &str) -> Option<Qualified<'a>> {
        let first = self.name(wanted)?;
        if !self.at(Kind::Dot) {
            return Some(Qualified { schema: None, name: first });
        }
        let mut parts = vec![first];
        while self.eat(Kind::Dot) {
            parts.push(self.name(wanted)?);
        }
        Some(self.qualify(parts))
    }

    /// The last of the parts as the name and the one before it as its schema.
    fn qualify(&mut self, mut parts: Vec<Name<'a>>) -> Qualified<'a> {
        let name = parts.pop().expect("callers give at least one part");
        let schema = parts.pop();
        if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
            let span = first.span.to(last.span);
            let what = self.slice(span);
            self.error(
                "dbml/nested-schema",
                span,
                format!("`{what}` before the schema is one name too many and is left out"),
            );
        }
        Qualified { schema, name }
    }

    /// What stands between the quotes of a token.
    fn inner(&self, token: Token) -> &'a str {
        let text = self.slice(token.span);
        let width = if token.kind == Kind::MultiStr { 3 } else { 1 };
        let end = if token.is_open { text.len() } else { text.len() - width };
        text.get(width..end).unwrap_or("")
    }

    /// A string, or a report that it is missing.
    fn string(&mut self, wanted: &str) -> Option<Cow<'a, str>> {
        let token = self.current;
        let text = match token.kind {
            Kind::Str | Kind::Quoted => string::unescape(self.inner(token)),
            Kind::MultiStr => string::unescape_lines(self.inner(token)),
            _ => {
                self.unexpected(wanted);
                return None;
            }
        };
        self.bump();
        Some(text)
    }
}

/// Whether a brace follows a list whose opening bracket was just read.
fn has_brace_after_list(mut ahead: Lexer<'_>) -> bool {
    for _ in 0..256 {
        match ahead.next().kind {
            Kind::BracketClose => return ahead.next().kind == Kind::BraceOpen,
            Kind::BraceOpen | Kind::BraceClose | Kind::End => return false,
            _ => {}
        }
    }
    false
}
