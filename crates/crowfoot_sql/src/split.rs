//! The statement splitter: where statements begin and end, and what between them is none.
//!
//! A semicolon ends a statement, except inside of the body of a routine; a client's `DELIMITER`,
//! `GO` on a line of its own, or a `CREATE TABLE` at the start of a line after a statement that
//! nobody ended do so too. Data after `COPY ... FROM stdin` and commands of psql and of the SQLite
//! shell are passed over.

use crowfoot_schema::Dialect;
use crowfoot_text::Span;

use crate::{
    foreign::Foreign,
    lex::{Lexer, Token, TokenKind},
};

/// Gives the statements of a text one after the other.
pub(crate) struct Splitter<'a> {
    lexer: Lexer<'a>,
    text: &'a str,
    /// Commands of SQL*Plus end with their line.
    is_oracle: bool,
    /// A routine's body was left open once, so that `BEGIN` cannot be trusted any more.
    has_lost_end: bool,
    /// There is no end of COPY data anywhere in the rest of the text.
    has_no_data_end: bool,
}

/// What kind of statement the first words promise, as far as splitting cares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Unknown,
    Plain,
    /// Its body may hold semicolons.
    Routine,
    /// Only its first tokens are of interest.
    Data,
}

/// The first words of commands of SQL*Plus.
const SQL_PLUS: &[&str] = &["rem", "remark", "prompt", "set", "spool", "define", "whenever"];

/// How many tokens of a statement that is only data are kept.
const DATA_TOKENS: usize = 12;

impl<'a> Splitter<'a> {
    /// A splitter for the part of the text under `span`.
    pub(crate) fn new(
        dialect: Dialect,
        foreign: Option<Foreign>,
        text: &'a str,
        span: Span,
    ) -> Self {
        let mut lexer = Lexer::new(dialect, text, span);
        lexer.has_brackets |= foreign == Some(Foreign::SqlServer);
        // Some old files have no other line ends.
        lexer.ends_at_return |= !text.contains('\n');
        let is_oracle = foreign == Some(Foreign::Oracle);
        Self { lexer, text, is_oracle, has_lost_end: false, has_no_data_end: false }
    }

    /// Where a quote or comment begins that never ends, if that was met.
    pub(crate) fn open(&self) -> Option<Span> {
        self.lexer.open
    }

    /// Puts the tokens of the next statement, without what ends it, into `tokens`. False at the end.
    pub(crate) fn next(&mut self, tokens: &mut Vec<Token>) -> bool {
        loop {
            tokens.clear();
            if !self.read(tokens) {
                return false;
            }
            if !tokens.is_empty() {
                return true;
            }
        }
    }

    fn is_any(&self, token: Token, words: &[&str]) -> bool {
        words.iter().any(|it| self.is(token, it))
    }

    fn is(&self, token: Token, word: &str) -> bool {
        token.kind == TokenKind::Word && token.span.of(self.text).eq_ignore_ascii_case(word)
    }

    /// Reads one statement, maybe an empty one. False when there was nothing left.
    fn read(&mut self, tokens: &mut Vec<Token>) -> bool {
        let mut shape = Shape::Unknown;
        let mut blocks = Blocks::default();
        let mut parens = 0_i32;
        // Where to go on if the body of a routine turns out to have no end.
        let mut first_semicolon: Option<(usize, Lexer<'a>)> = None;
        let mut has_any = false;

        loop {
            let before = self.lexer.at;
            let Some(token) = self.lexer.next() else {
                if blocks.depth > 0
                    && let Some((length, lexer)) = first_semicolon
                {
                    self.has_lost_end = true;
                    let open = self.lexer.open;
                    self.lexer = lexer;
                    self.lexer.open = self.lexer.open.or(open);
                    tokens.truncate(length);
                    return true;
                }
                return has_any;
            };
            has_any = true;

            match token.kind {
                TokenKind::Delimiter => return true,
                TokenKind::Punct(b';') if self.lexer.delimiter.is_none() => {
                    blocks.settle(None);
                    let is_inner = blocks.depth > 0 || (blocks.is_rule && parens > 0);
                    if !is_inner {
                        self.skip_data(tokens);
                        return true;
                    }
                    if first_semicolon.is_none() {
                        first_semicolon = Some((tokens.len(), self.lexer.clone()));
                    }
                }
                TokenKind::Punct(b'\\') => {
                    // A command of psql or of the mysql client; it ends with its line.
                    self.lexer.skip_line();
                    return true;
                }
                TokenKind::Punct(b'.')
                    if tokens.is_empty() && self.lexer.is_line_start && before < self.lexer.at =>
                {
                    self.lexer.skip_line();
                    return true;
                }
                TokenKind::Punct(b'/') if self.lexer.is_line_start && self.lexer.is_line_end() => {
                    return true;
                }
                TokenKind::Punct(b'/') if self.is_oracle && tokens.is_empty() => return true,
                TokenKind::Punct(b'(') => parens += 1,
                TokenKind::Punct(b')') => parens -= 1,
                TokenKind::Word => {
                    if tokens.is_empty() && self.is(token, "delimiter") {
                        let delimiter = self.lexer.rest_of_line().trim();
                        let is_usual = delimiter == ";" || delimiter.is_empty();
                        self.lexer.delimiter = (!is_usual).then_some(delimiter);
                        return true;
                    }
                    if self.lexer.is_line_start && self.is(token, "go") && self.lexer.is_line_end()
                    {
                        return true;
                    }
                    if self.is_oracle && tokens.is_empty() && self.is_any(token, SQL_PLUS) {
                        self.lexer.skip_line();
                        return true;
                    }
                    if shape != Shape::Routine
                        && !tokens.is_empty()
                        && self.lexer.is_line_start
                        && self.begins_statement(token, parens > 0)
                    {
                        self.lexer.at = token.span.start as usize;
                        return true;
                    }
                    if shape == Shape::Unknown {
                        shape = self.shape(token, tokens);
                        blocks.is_rule |= self.is(token, "rule");
                    } else if shape == Shape::Routine && !self.has_lost_end {
                        self.count_blocks(&mut blocks, token, tokens.last());
                    }
                }
                _ => {}
            }
            if token.kind != TokenKind::Word {
                blocks.settle(None);
            }
            if shape != Shape::Data || tokens.len() < DATA_TOKENS {
                tokens.push(token);
            }
        }
    }

    /// What the words up to `token` say about the statement.
    fn shape(&self, token: Token, tokens: &[Token]) -> Shape {
        let is_any = |words: &[&str]| words.iter().any(|word| self.is(token, word));
        if tokens.is_empty() {
            return if is_any(&["insert", "replace", "update", "delete", "merge", "grant", "revoke"])
            {
                Shape::Data
            } else if is_any(&["create", "alter"]) {
                Shape::Unknown
            } else {
                Shape::Plain
            };
        }
        if is_any(&["trigger", "procedure", "function", "event", "package"]) {
            Shape::Routine
        } else if is_any(&["table", "index", "view", "type", "sequence", "schema", "database"]) {
            Shape::Plain
        } else {
            Shape::Unknown
        }
    }

    fn count_blocks(&self, blocks: &mut Blocks, token: Token, last: Option<&Token>) {
        if last.is_some_and(|it| it.kind == TokenKind::Punct(b'.')) {
            return;
        }
        if blocks.is_end_pending {
            let word =
                if ["if", "loop", "while", "repeat", "for"].iter().any(|it| self.is(token, it)) {
                    Some(false)
                } else if self.is(token, "case") {
                    Some(true)
                } else {
                    None
                };
            blocks.settle(word);
            if word.is_some() {
                return;
            }
        }
        if self.is(token, "begin") || (blocks.depth > 0 && self.is(token, "case")) {
            blocks.depth += 1;
        } else if blocks.depth > 0 && self.is(token, "end") {
            blocks.is_end_pending = true;
        }
    }

    /// Whether a new statement begins with this token, though nothing ended the one before.
    ///
    /// Inside of parentheses that nobody closed only a table is certain to be no column.
    fn begins_statement(&self, token: Token, is_inside: bool) -> bool {
        let is_create = self.is(token, "create");
        if !is_create && !self.is(token, "alter") {
            return false;
        }
        let mut ahead = self.lexer.clone();
        let Some(next) = ahead.next() else { return false };
        if !is_create || is_inside {
            return self.is(next, "table");
        }
        ["table", "index", "type", "unique", "sequence"].iter().any(|it| self.is(next, it))
    }

    /// Passes over the rows after `COPY ... FROM stdin;`.
    fn skip_data(&mut self, tokens: &[Token]) {
        let is_copy = tokens.first().is_some_and(|it| self.is(*it, "copy"));
        if !is_copy || self.has_no_data_end || !tokens.iter().any(|it| self.is(*it, "stdin")) {
            return;
        }
        let rest = self.text.get(self.lexer.at..).unwrap_or("");
        let mut at = 0;
        loop {
            let Some(found) = rest[at..].find("\n\\.") else {
                self.has_no_data_end = true;
                return;
            };
            at += found + 3;
            if rest[at..].is_empty() || rest[at..].starts_with(['\n', '\r', ' ']) {
                self.lexer.at += at;
                return;
            }
        }
    }
}

/// How deep in `BEGIN ... END` a routine's body is.
#[derive(Default)]
struct Blocks {
    depth: u32,
    /// An `END` was read; the next word says what it ends.
    is_end_pending: bool,
    /// `CREATE RULE`, whose semicolons stand in parentheses.
    is_rule: bool,
}

impl Blocks {
    /// Decides a pending `END`: of a CASE (true), of IF or a loop, which are not counted (false),
    /// or of a block.
    fn settle(&mut self, ends_case: Option<bool>) {
        if self.is_end_pending {
            self.is_end_pending = false;
            if ends_case != Some(false) {
                self.depth = self.depth.saturating_sub(1);
            }
        }
    }
}

#[cfg(test)]
mod tests;
