//! A place in the tokens of a statement.

use std::borrow::Cow;

use crowfoot_schema::Dialect;
use crowfoot_text::{Diagnostic, Span};
use smol_str::{SmolStr, StrExt};

use crate::{
    foreign::Foreign,
    lex::{Token, TokenKind, string_value},
    parse::ast::{Name, Path},
};

/// What was met where something else was wanted.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) span: Span,
    pub(crate) wanted: &'static str,
}

impl Problem {
    /// The same with a better word for what was wanted.
    pub(crate) fn or_wanted(self, wanted: &'static str) -> Self {
        Self { wanted, ..self }
    }
}

pub(crate) type Parse<T> = Result<T, Problem>;

/// Walks over some tokens: those of a statement, or of a part of it.
#[derive(Clone)]
pub(crate) struct Cursor<'a> {
    pub(crate) text: &'a str,
    pub(crate) dialect: Dialect,
    /// The database that the text is for, when it is none of the dialects.
    pub(crate) foreign: Option<Foreign>,
    pub(crate) tokens: &'a [Token],
    pub(crate) at: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(dialect: Dialect, text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, dialect, foreign: None, tokens, at: 0 }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    pub(crate) fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    pub(crate) fn peek_at(&self, ahead: usize) -> Option<Token> {
        self.tokens.get(self.at + ahead).copied()
    }

    pub(crate) fn advance(&mut self) {
        self.at = (self.at + 1).min(self.tokens.len());
    }

    pub(crate) fn text_of(&self, token: Token) -> &'a str {
        token.span.of(self.text)
    }

    /// The span of the next token, or the place after the last one.
    pub(crate) fn here(&self) -> Span {
        match (self.peek(), self.tokens.last()) {
            (Some(token), _) => token.span,
            (None, Some(last)) => Span::at(last.span.end),
            (None, None) => Span::at(0),
        }
    }

    /// Where the last token that was passed ends.
    pub(crate) fn end(&self) -> u32 {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        last.map_or_else(|| self.here().start, |it| it.span.end)
    }

    pub(crate) fn wanted<T>(&self, wanted: &'static str) -> Parse<T> {
        Err(Problem { span: self.here(), wanted })
    }

    /// Whether the token `ahead` from here is that word, in any case.
    pub(crate) fn is_at(&self, ahead: usize, word: &str) -> bool {
        self.peek_at(ahead).is_some_and(|token| {
            token.kind == TokenKind::Word
                && token.span.len() as usize == word.len()
                && self.text_of(token).eq_ignore_ascii_case(word)
        })
    }

    /// Whether the next token is that word.
    pub(crate) fn is(&self, word: &str) -> bool {
        self.is_at(0, word)
    }

    pub(crate) fn is_any(&self, words: &[&str]) -> bool {
        words.iter().any(|it| self.is(it))
    }

    /// Whether the next tokens are those words.
    pub(crate) fn are(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(ahead, word)| self.is_at(ahead, word))
    }

    /// Passes that word if it comes next.
    pub(crate) fn eat(&mut self, word: &str) -> bool {
        let is_there = self.is(word);
        if is_there {
            self.at += 1;
        }
        is_there
    }

    /// Passes those words if all of them come next.
    pub(crate) fn eat_all(&mut self, words: &[&str]) -> bool {
        let are_there = self.are(words);
        if are_there {
            self.at += words.len();
        }
        are_there
    }

    pub(crate) fn is_punct_at(&self, ahead: usize, byte: u8) -> bool {
        self.peek_at(ahead).is_some_and(|it| it.kind == TokenKind::Punct(byte))
    }

    pub(crate) fn is_punct(&self, byte: u8) -> bool {
        self.is_punct_at(0, byte)
    }

    pub(crate) fn eat_punct(&mut self, byte: u8) -> bool {
        let is_there = self.is_punct(byte);
        if is_there {
            self.at += 1;
        }
        is_there
    }

    pub(crate) fn kind_at(&self, ahead: usize) -> Option<TokenKind> {
        self.peek_at(ahead).map(|it| it.kind)
    }

    /// Whether a name could begin with the token `ahead` from here.
    pub(crate) fn is_name_at(&self, ahead: usize) -> bool {
        match self.kind_at(ahead) {
            Some(TokenKind::Word | TokenKind::Quoted) => true,
            Some(TokenKind::Text) => self.dialect != Dialect::PostgreSql,
            _ => false,
        }
    }

    /// The name that a token is, folded as the dialect folds it.
    pub(crate) fn name_of(&self, token: Token) -> Name {
        let written = self.text_of(token);
        let text = match token.kind {
            TokenKind::Quoted => unquoted(written),
            TokenKind::Text => SmolStr::new(string_value(self.dialect, written)),
            _ if self.dialect == Dialect::PostgreSql
                && !written.starts_with(['@', '$', '{', ':'])
                && written.bytes().any(|it| it.is_ascii_uppercase()) =>
            {
                written.to_ascii_lowercase_smolstr()
            }
            _ => SmolStr::new(written),
        };
        Name { text, span: token.span, is_quoted: token.kind != TokenKind::Word }
    }

    /// A name without dots.
    pub(crate) fn name(&mut self) -> Parse<Name> {
        let Some(token) = self.peek().filter(|_| self.is_name_at(0)) else {
            return self.wanted("a name");
        };
        self.advance();
        Ok(self.name_of(token))
    }

    /// A name with what qualifies it: the last two parts of `catalog.schema.name`.
    pub(crate) fn path(&mut self) -> Parse<Path> {
        let mut name = self.name()?;
        let mut schema = None;
        while self.is_punct(b'.') && (self.is_name_at(1) || self.is_punct_at(1, b'.')) {
            while self.eat_punct(b'.') {}
            if !self.is_name_at(0) {
                break;
            }
            schema = Some(std::mem::replace(&mut name, self.name()?));
        }
        Ok(Path { schema, name })
    }

    /// `IF EXISTS`.
    pub(crate) fn eat_if_exists(&mut self) -> bool {
        self.eat_all(&["if", "exists"])
    }

    /// `IF NOT EXISTS`.
    pub(crate) fn eat_if_not_exists(&mut self) -> bool {
        self.eat_all(&["if", "not", "exists"])
    }

    /// Goes past the closing parenthesis of the one that comes next, and gives what is inside.
    pub(crate) fn parens(&mut self) -> Option<Cursor<'a>> {
        if !self.is_punct(b'(') {
            return None;
        }
        let start = self.at + 1;
        let mut depth = 0_u32;
        while let Some(token) = self.peek() {
            self.at += 1;
            match token.kind {
                TokenKind::Punct(b'(') => depth += 1,
                TokenKind::Punct(b')') => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(self.part(start, self.at - 1));
                    }
                }
                _ => {}
            }
        }
        Some(self.part(start, self.at))
    }

    /// A cursor for the tokens from `start` up to `end`.
    pub(crate) fn part(&self, start: usize, end: usize) -> Cursor<'a> {
        let start = start.min(end);
        Cursor { tokens: &self.tokens[start..end], at: 0, ..self.clone() }
    }

    /// The tokens up to the next comma outside of brackets, which is passed.
    pub(crate) fn element(&mut self) -> Cursor<'a> {
        let start = self.at;
        let mut depth = 0_i32;
        while let Some(token) = self.peek() {
            match token.kind {
                TokenKind::Punct(b'(' | b'[' | b'{') => depth += 1,
                TokenKind::Punct(b')' | b']' | b'}') => depth -= 1,
                TokenKind::Punct(b',') if depth <= 0 => {
                    self.at += 1;
                    return self.part(start, self.at - 1);
                }
                _ => {}
            }
            self.at += 1;
        }
        self.part(start, self.at)
    }

    /// The string that comes next.
    pub(crate) fn string(&mut self) -> Option<Cow<'a, str>> {
        let token = self.peek()?;
        let is_string = token.kind == TokenKind::Text
            || (token.kind == TokenKind::Quoted && self.text_of(token).starts_with('"'));
        if !is_string {
            return None;
        }
        self.advance();
        Some(string_value(self.dialect, self.text_of(token)))
    }

    /// What was written in the tokens from `start` up to `end`, runs of blanks and comments as one
    /// blank each.
    pub(crate) fn written(&self, start: usize, end: usize) -> String {
        let tokens = &self.tokens[start.min(end)..end];
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else {
            return String::new();
        };
        let all = first.span.to(last.span).of(self.text);
        let needs_care = |pair: &[u8]| {
            matches!(pair, [b'\n' | b'\r' | b'\t', _] | b"  " | b"--" | b"/*" | b"*/")
                || pair[0] == b'#'
        };
        if !all.as_bytes().windows(2).any(needs_care) {
            return all.to_owned();
        }

        let mut written = String::with_capacity(all.len());
        let mut end = first.span.start;
        for token in tokens {
            if token.span.start > end {
                written.push(' ');
            }
            written.push_str(self.text_of(*token));
            end = token.span.end;
        }
        written
    }

    /// All that is left, as it was written.
    pub(crate) fn rest(&mut self) -> String {
        let start = self.at;
        self.at = self.tokens.len();
        self.written(start, self.at)
    }

    /// The names in a list, each with whatever follows it left out.
    pub(crate) fn names(&mut self) -> Vec<Name> {
        let Some(mut inside) = self.parens() else { return Vec::new() };
        let mut names = Vec::new();
        while !inside.is_done() {
            let mut element = inside.element();
            if let Ok(name) = element.name() {
                names.push(name);
            }
        }
        names
    }

    /// Says that the next tokens were passed over, and why.
    pub(crate) fn unknown_clause(&self, wanted: &str) -> Diagnostic {
        let message = match self.peek() {
            Some(token) => format!("`{}` was not understood; {wanted}", shown(self.text_of(token))),
            None => format!("something is missing; {wanted}"),
        };
        Diagnostic::warning("sql/unknown-clause", self.here(), message)
    }
}

/// A token for a message: not longer than people like to read.
pub(crate) fn shown(text: &str) -> String {
    const LIMIT: usize = 40;
    if text.chars().count() <= LIMIT {
        return text.to_owned();
    }
    text.chars().take(LIMIT).chain(['…']).collect()
}

/// A quoted name without its quotes.
fn unquoted(written: &str) -> SmolStr {
    let open = written.as_bytes()[0] as char;
    let close = if open == '[' { ']' } else { open };
    let inside = &written[1..];
    let inside = inside.strip_suffix(close).unwrap_or(inside);
    if !inside.contains(close) {
        return SmolStr::new(inside);
    }
    let doubled: String = [close, close].iter().collect();
    SmolStr::new(inside.replace(&doubled, &close.to_string()))
}
