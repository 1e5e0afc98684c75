//! The lexer: bytes to tokens, comments and white space left out.
//!
//! It copies nothing (a token is a kind and a span), never fails, and looks at every byte a bounded
//! number of times, whatever is left open in the text.

mod literal;

use crowfoot_schema::Dialect;
use crowfoot_text::Span;

pub(crate) use literal::{is_plain_string, string_value};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A bare word: keyword, name, variable, template placeholder.
    Word,
    /// A name in quotes, quotes included: `"a"`, backticks, `[a]`.
    Quoted,
    /// A string with its quotes and prefix: `'a'`, `E'a'`, `$$a$$`.
    Text,
    Number,
    /// Any other byte, or character when it is not ASCII.
    Punct(u8),
    /// What ends a statement while `DELIMITER` says so.
    Delimiter,
}

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Span,
}

/// Reads tokens from a part of a text.
#[derive(Clone, Debug)]
pub(crate) struct Lexer<'a> {
    pub(crate) text: &'a str,
    bytes: &'a [u8],
    pub(crate) at: usize,
    end: usize,
    dialect: Dialect,
    /// Whether `[a b]` is a name.
    pub(crate) has_brackets: bool,
    /// Whether a carriage return alone ends a comment: to PostgreSQL always, to the others not.
    pub(crate) ends_at_return: bool,
    /// What ends a statement, when it is not a semicolon.
    pub(crate) delimiter: Option<&'a str>,
    /// Whether a line break came before the last token.
    pub(crate) is_line_start: bool,
    /// Inside of MySQL's `/*! ... */`, whose contents are read.
    is_conditional: bool,
    /// Quotes that were opened once and never closed; from then on they end with their line.
    unclosed: Vec<u8>,
    /// How many dollar quotes were never closed: each cost a look at the rest of the text.
    n_unclosed_dollars: u8,
    /// Where a quote or comment begins that never ends.
    pub(crate) open: Option<Span>,
}

impl<'a> Lexer<'a> {
    /// A lexer for the bytes of `span`.
    pub(crate) fn new(dialect: Dialect, text: &'a str, span: Span) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: span.start as usize,
            end: span.end as usize,
            dialect,
            has_brackets: dialect == Dialect::Sqlite,
            ends_at_return: dialect == Dialect::PostgreSql,
            delimiter: None,
            is_line_start: true,
            is_conditional: false,
            unclosed: Vec::new(),
            n_unclosed_dollars: 0,
            open: None,
        }
    }

    fn peek(&self, ahead: usize) -> u8 {
        let at = self.at + ahead;
        if at < self.end { self.bytes[at] } else { 0 }
    }

    /// The next token; none at the end.
    pub(crate) fn next(&mut self) -> Option<Token> {
        self.skip_trivia();
        let start = self.at;
        if start >= self.end {
            return None;
        }
        if let Some(delimiter) = self.delimiter
            && self.bytes[start..self.end].starts_with(delimiter.as_bytes())
        {
            self.at += delimiter.len();
            return Some(self.token(TokenKind::Delimiter, start));
        }

        let byte = self.bytes[start];
        let kind = match byte {
            b'\'' => self.string(b'\'', self.dialect == Dialect::MySql),
            b'"' => self.quoted(b'"', self.dialect == Dialect::MySql),
            b'`' => self.quoted(b'`', false),
            b'[' if self.is_bracket_name() => self.quoted(b']', false),
            b'0'..=b'9' => self.number(),
            b'$' => self.dollar(),
            b'{' => self.placeholder(),
            b'@' if is_word_byte(self.peek(1)) || self.peek(1) == b'@' => self.word(),
            b':' => self.colon(),
            _ if is_word_start(byte) => self.word(),
            _ => {
                self.at += 1;
                TokenKind::Punct(byte)
            }
        };
        Some(self.token(kind, start))
    }

    fn token(&self, kind: TokenKind, start: usize) -> Token {
        Token { kind, span: Span::new(start as u32, self.at as u32) }
    }

    /// Goes to the end of the line.
    pub(crate) fn skip_line(&mut self) {
        let is_end = |it: u8| it == b'\n' || (it == b'\r' && self.ends_at_return);
        while self.at < self.end && !is_end(self.bytes[self.at]) {
            self.at += 1;
        }
        self.is_line_start = true;
    }

    /// The rest of the line, which is passed.
    pub(crate) fn rest_of_line(&mut self) -> &'a str {
        let start = self.at;
        self.skip_line();
        self.text.get(start..self.at).unwrap_or("")
    }

    /// Whether nothing but blanks stands between here and the end of the line.
    pub(crate) fn is_line_end(&self) -> bool {
        let rest = self.bytes[self.at..self.end].iter();
        rest.take_while(|it| !matches!(it, b'\n' | b'\r')).all(|it| matches!(it, b' ' | b'\t'))
    }

    fn skip_trivia(&mut self) {
        self.is_line_start = self.at == 0 || matches!(self.bytes[self.at - 1], b'\n' | b'\r');
        while self.at < self.end {
            match self.bytes[self.at] {
                b'\n' | b'\r' => {
                    self.is_line_start = true;
                    self.at += 1;
                }
                b' ' | b'\t' | 0x0c | 0x0b => self.at += 1,
                b'-' if self.peek(1) == b'-' => self.skip_line(),
                b'#' if self.dialect == Dialect::MySql => self.skip_line(),
                b'/' if self.peek(1) == b'*' => self.comment(),
                b'*' if self.is_conditional && self.peek(1) == b'/' => {
                    self.is_conditional = false;
                    self.at += 2;
                }
                0xef if self.peek(1) == 0xbb && self.peek(2) == 0xbf => self.at += 3,
                0xc2..=0xe3 => match wide_blank(&self.bytes[self.at..self.end]) {
                    0 => break,
                    length => self.at += length,
                },
                _ => break,
            }
        }
    }

    fn comment(&mut self) {
        let start = self.at;
        let bang = if self.peek(2) == b'M' { 3 } else { 2 };
        if self.dialect == Dialect::MySql && self.peek(bang) == b'!' {
            let mut digits = bang + 1;
            while self.peek(digits).is_ascii_digit() {
                digits += 1;
            }
            // No version is that high: it is how a comment hides from every server.
            let is_never = self.text.get(start + bang + 1..start + digits) == Some("999999");
            if !is_never {
                self.at += digits;
                self.is_conditional = true;
                return;
            }
        }

        self.at += 2;
        let mut depth = 1;
        while self.at < self.end {
            match (self.bytes[self.at], self.peek(1)) {
                (b'*', b'/') => {
                    self.at += 2;
                    depth -= 1;
                    if depth == 0 {
                        return;
                    }
                }
                (b'/', b'*') if self.dialect == Dialect::PostgreSql => {
                    self.at += 2;
                    depth += 1;
                }
                (b'\n', _) => {
                    self.is_line_start = true;
                    self.at += 1;
                }
                _ => self.at += 1,
            }
        }
        self.open = Some(Span::new(start as u32, start as u32 + 2));
    }

    fn is_bracket_name(&self) -> bool {
        self.has_brackets && is_word_start(self.peek(1))
    }

    fn string(&mut self, quote: u8, has_escapes: bool) -> TokenKind {
        self.quote(quote, has_escapes);
        TokenKind::Text
    }

    fn quoted(&mut self, close: u8, has_escapes: bool) -> TokenKind {
        self.quote(close, has_escapes);
        TokenKind::Quoted
    }

    /// Goes past a quoted piece that begins here; a doubled closing quote stands for itself.
    fn quote(&mut self, close: u8, has_escapes: bool) {
        let start = self.at;
        let is_cut = self.unclosed.contains(&close);
        self.at += 1;
        while self.at < self.end {
            let byte = self.bytes[self.at];
            if byte == close {
                self.at += 1;
                if self.peek(0) != close {
                    return;
                }
                self.at += 1;
            } else if byte == b'\\' && has_escapes {
                self.at += 2;
            } else if byte == b'\n' && is_cut {
                break;
            } else {
                self.at += 1;
            }
        }
        self.at = self.at.min(self.end);
        if !is_cut {
            self.unclosed.push(close);
            self.open = Some(Span::new(start as u32, start as u32 + 1));
            self.at = start;
            while self.at < self.end && self.bytes[self.at] != b'\n' {
                self.at += 1;
            }
        }
    }

    fn number(&mut self) -> TokenKind {
        let start = self.at;
        while self.peek(0).is_ascii_digit() {
            self.at += 1;
        }
        if self.peek(0) == b'.' && self.peek(1) != b'.' {
            self.at += 1;
            while self.peek(0).is_ascii_digit() {
                self.at += 1;
            }
        }
        if matches!(self.peek(0), b'e' | b'E') {
            let sign = usize::from(matches!(self.peek(1), b'+' | b'-'));
            if self.peek(1 + sign).is_ascii_digit() {
                self.at += 2 + sign;
                while self.peek(0).is_ascii_digit() {
                    self.at += 1;
                }
            }
        }
        if self.at - start == 1 && matches!(self.peek(0), b'x' | b'X') && self.bytes[start] == b'0'
        {
            self.at += 1;
            while self.peek(0).is_ascii_hexdigit() {
                self.at += 1;
            }
        }
        if self.is_word_next() {
            // A name may begin with a digit.
            return self.word();
        }
        TokenKind::Number
    }

    fn dollar(&mut self) -> TokenKind {
        if self.dialect == Dialect::PostgreSql && self.n_unclosed_dollars < 16 {
            let mut tag = 1;
            while is_word_byte(self.peek(tag)) && self.peek(tag) != b'$' && tag < 64 {
                tag += 1;
            }
            if self.peek(tag) == b'$' && !self.peek(1).is_ascii_digit() {
                let open = &self.bytes[self.at..=self.at + tag];
                if let Some(length) = find(&self.bytes[self.at + tag + 1..self.end], open) {
                    self.at += 2 * (tag + 1) + length;
                    return TokenKind::Text;
                }
                self.n_unclosed_dollars += 1;
                self.open = Some(Span::new(self.at as u32, (self.at + tag + 1) as u32));
                self.at += tag + 1;
                return TokenKind::Punct(b'$');
            }
        }
        if matches!(self.peek(1), b'{' | b'(') {
            self.at += 1;
            return self.placeholder();
        }
        self.word()
    }

    /// A template's placeholder such as `{prefix}` or `{{ schema }}`, with the word it is part of.
    fn placeholder(&mut self) -> TokenKind {
        let open = self.bytes[self.at];
        let close = if open == b'(' { b')' } else { b'}' };
        let inside = |it: u8| is_word_byte(it) || matches!(it, b'.' | b'-' | b' ' | b':');
        let mut length = 1;
        // No template opens with more than three.
        while self.peek(length) == open && length < 3 {
            length += 1;
        }
        let n_open = length;
        while inside(self.peek(length)) && length < 80 {
            length += 1;
        }
        let is_closed = (0..n_open).all(|it| self.peek(length + it) == close);
        if length == n_open || !is_closed {
            self.at += 1;
            return TokenKind::Punct(open);
        }
        let start = self.at;
        self.at += length + n_open;
        self.word_from(start)
    }

    /// A cast's colon, or a variable: `:name`, `:'name'`, `:"name"`.
    fn colon(&mut self) -> TokenKind {
        let is_cast = self.peek(1) == b':' || (self.at > 0 && self.bytes[self.at - 1] == b':');
        self.at += 1;
        if is_cast || self.dialect != Dialect::PostgreSql {
            return TokenKind::Punct(b':');
        }
        match self.peek(0) {
            quote @ (b'\'' | b'"') => {
                self.quote(quote, false);
                TokenKind::Word
            }
            _ if self.is_word_next() => self.word(),
            _ => TokenKind::Punct(b':'),
        }
    }

    fn is_word_next(&self) -> bool {
        is_word_start(self.peek(0)) && wide_blank(&self.bytes[self.at..self.end]) == 0
    }

    fn word(&mut self) -> TokenKind {
        self.word_from(self.at)
    }

    /// Goes on with a word that began at `start`.
    fn word_from(&mut self, start: usize) -> TokenKind {
        while self.at < self.end {
            let byte = self.bytes[self.at];
            if is_word_byte(byte) || (byte == b'@' && self.at <= start + 1) {
                if byte == b'$' && self.is_at_delimiter() {
                    break;
                }
                if byte >= 0xc2 && wide_blank(&self.bytes[self.at..self.end]) > 0 {
                    break;
                }
                self.at += 1;
            } else if matches!(byte, b'{' | b'$') && self.is_inner_placeholder() {
                self.at += 1;
                while self.at < self.end && self.bytes[self.at] != b'}' {
                    self.at += 1;
                }
                self.at = (self.at + 1).min(self.end);
            } else {
                break;
            }
        }
        if self.peek(0) == b'\'' {
            return self.prefixed(start);
        }
        if self.at == start {
            self.at += 1;
            return TokenKind::Punct(self.bytes[start]);
        }
        TokenKind::Word
    }

    fn is_at_delimiter(&self) -> bool {
        self.delimiter.is_some_and(|it| self.bytes[self.at..self.end].starts_with(it.as_bytes()))
    }

    /// Whether a placeholder goes on with the word that is being read: `wp_{site}_posts`.
    fn is_inner_placeholder(&self) -> bool {
        let mut length = usize::from(self.peek(0) == b'$');
        if self.peek(length) != b'{' {
            return false;
        }
        length += 1;
        let first = length;
        while is_word_byte(self.peek(length)) && length < 80 {
            length += 1;
        }
        length > first && self.peek(length) == b'}'
    }

    /// A word right before a quote: part of the string if it is one of the known prefixes.
    fn prefixed(&mut self, start: usize) -> TokenKind {
        let word = &self.bytes[start..self.at];
        let is_prefix = match word {
            [byte] => matches!(byte, b'e' | b'E' | b'n' | b'N' | b'b' | b'B' | b'x' | b'X'),
            _ => word[0] == b'_' && self.dialect == Dialect::MySql,
        };
        if !is_prefix {
            return TokenKind::Word;
        }
        let has_escapes = matches!(word, [b'e' | b'E']) || self.dialect == Dialect::MySql;
        self.string(b'\'', has_escapes)
    }
}

fn is_word_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte == b'#' || byte >= 0x80
}

fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | b'#') || byte >= 0x80
}

/// How long the blank is that is no ASCII character and begins there: those that texts from the web
/// and from word processors hold. 0 if there is none.
fn wide_blank(bytes: &[u8]) -> usize {
    match bytes {
        [0xc2, 0xa0, ..] => 2,
        // The spaces of various widths, the narrow no-break space, the ideographic space.
        [0xe2, 0x80, 0x80..=0x8b | 0xaf, ..] | [0xe3, 0x80, 0x80, ..] => 3,
        _ => 0,
    }
}

/// Where `needle` (which begins with `$`) is first found.
fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    let mut at = 0;
    while let Some(next) = hay[at..].iter().position(|&it| it == b'$') {
        at += next;
        if hay[at..].starts_with(needle) {
            return Some(at);
        }
        at += 1;
    }
    None
}

#[cfg(test)]
mod tests;
