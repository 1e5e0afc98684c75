//! The lexer: bytes to tokens, one at a time, without copying.

use crowfoot_text::Span;

/// What a token is. Comments and white space are none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A bare name or keyword; may begin with a digit.
    Word,
    /// Digits with an optional fraction and exponent, without a sign.
    Number,
    /// `"name"`.
    Quoted,
    /// `'text'`.
    Str,
    /// `'''text'''`.
    MultiStr,
    /// An expression in backticks.
    Expr,
    /// `#` and what follows it.
    Color,
    BraceOpen,
    BraceClose,
    BracketOpen,
    BracketClose,
    ParenOpen,
    ParenClose,
    Colon,
    Comma,
    Dot,
    Tilde,
    Star,
    Less,
    Greater,
    Minus,
    Question,
    /// A character that begins no token.
    Other,
    End,
}

/// A token: what it is and where.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    /// A line ended between the token before it and this one.
    pub(crate) starts_line: bool,
    /// A string, quoted name, expression or comment has no end.
    pub(crate) is_open: bool,
    pub(crate) span: Span,
}

/// The bytes that words consist of.
static IN_WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte >= 0x80
            || (byte as u8).is_ascii_alphanumeric()
            || byte as u8 == b'_'
            || byte as u8 == b'$';
        byte += 1;
    }
    table
};

/// A place in a text from which tokens are read. Copying it is how the parser looks ahead.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexer<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Reads from a place on; tokens have their places in the whole text, which is at most 4 GiB
    /// long.
    pub(crate) fn starting_at(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    /// The next token; [`Kind::End`] for ever after the last.
    #[inline]
    pub(crate) fn next(&mut self) -> Token {
        let (starts_line, open_comment) = self.skip_space();
        if let Some(start) = open_comment {
            return Token {
                kind: Kind::Other,
                starts_line,
                is_open: true,
                span: Span::new(start as u32, self.at as u32),
            };
        }
        let start = self.at;
        let bytes = self.text.as_bytes();
        let Some(&first) = bytes.get(start) else {
            let span = Span::at(start as u32);
            return Token { kind: Kind::End, starts_line: true, is_open: false, span };
        };
        let mut is_open = false;
        let kind = match first {
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' | 0x80.. => {
                self.at += 1;
                self.eat_word();
                Kind::Word
            }
            b'0'..=b'9' => self.number(),
            b'"' => {
                is_open = !self.quoted(b'"', true);
                Kind::Quoted
            }
            b'\'' if bytes[start..].starts_with(b"'''") => {
                is_open = !self.multi_line();
                Kind::MultiStr
            }
            b'\'' => {
                is_open = !self.quoted(b'\'', true);
                Kind::Str
            }
            b'`' => {
                is_open = !self.quoted(b'`', false);
                Kind::Expr
            }
            b'#' => {
                self.at += 1;
                self.eat_word();
                Kind::Color
            }
            single => {
                self.at += 1;
                match single {
                    b'{' => Kind::BraceOpen,
                    b'}' => Kind::BraceClose,
                    b'[' => Kind::BracketOpen,
                    b']' => Kind::BracketClose,
                    b'(' => Kind::ParenOpen,
                    b')' => Kind::ParenClose,
                    b':' => Kind::Colon,
                    b',' => Kind::Comma,
                    b'.' => Kind::Dot,
                    b'~' => Kind::Tilde,
                    b'*' => Kind::Star,
                    b'<' => Kind::Less,
                    b'>' => Kind::Greater,
                    b'-' => Kind::Minus,
                    b'?' => Kind::Question,
                    _ => Kind::Other,
                }
            }
        };
        Token { kind, starts_line, is_open, span: Span::new(start as u32, self.at as u32) }
    }

    /// Skips white space and comments: whether a line ended, and where a comment without end began.
    #[inline]
    fn skip_space(&mut self) -> (bool, Option<usize>) {
        let bytes = self.text.as_bytes();
        let mut starts_line = self.at == 0;
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\r' | 0x0b | 0x0c => self.at += 1,
                b'\n' => {
                    starts_line = true;
                    self.at += 1;
                }
                b'/' if bytes.get(self.at + 1) == Some(&b'/') => {
                    let rest = &bytes[self.at..];
                    self.at += rest.iter().position(|&it| it == b'\n').unwrap_or(rest.len());
                }
                b'/' if bytes.get(self.at + 1) == Some(&b'*') => {
                    let start = self.at;
                    let Some(len) = self.text[start + 2..].find("*/") else {
                        self.at = bytes.len();
                        return (starts_line, Some(start));
                    };
                    starts_line |= self.text[start..start + 2 + len].contains('\n');
                    self.at = start + len + 4;
                }
                0x80.. => match wide_space(&self.text[self.at..]) {
                    Some(len) => self.at += len,
                    None => break,
                },
                _ => break,
            }
        }
        (starts_line, None)
    }

    /// Goes on to the end of a word.
    #[inline]
    fn eat_word(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if !IN_WORD[usize::from(byte)]
                || (byte >= 0xc0 && wide_space(&self.text[self.at..]).is_some())
            {
                break;
            }
            self.at += 1;
        }
        // A character is never split: a word begins and ends at character boundaries, since all
        // bytes of a character other than white space are taken together.
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }

    /// A number, or a word that begins with digits.
    fn number(&mut self) -> Kind {
        let bytes = self.text.as_bytes();
        let digits =
            |from: usize| from + bytes[from..].iter().take_while(|it| it.is_ascii_digit()).count();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let start = self.at;
        let mut end = digits(start);
        let mut is_number = true;
        if bytes.get(end) == Some(&b'.') && is_digit(end + 1) {
            end = digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            if is_digit(end + 1 + sign) {
                end = digits(end + 1 + sign);
            }
        }
        self.at = end;
        self.eat_word();
        if self.at != end {
            is_number = false;
        }
        if is_number { Kind::Number } else { Kind::Word }
    }

    /// Reads up to the closing quote; false when the text, the line (of names and strings) or the
    /// body around (of expressions) ends first. What has no end is taken to end with its line.
    fn quoted(&mut self, quote: u8, has_escapes: bool) -> bool {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut at = start;
        while let Some(&byte) = bytes.get(at) {
            if byte == quote {
                self.at = at + 1;
                return true;
            }
            match byte {
                b'\\' if has_escapes => at += 1,
                b'\n' if has_escapes => break,
                // An expression may go over several lines, but a body does not end in one.
                b'\n' if begins_with_brace(&bytes[at + 1..]) => break,
                _ => {}
            }
            at += 1;
        }
        let rest = &bytes[start..];
        let mut end = start + rest.iter().position(|&it| it == b'\n').unwrap_or(rest.len());
        if bytes[..end].ends_with(b"\r") && end > start {
            end -= 1;
        }
        self.at = end;
        false
    }

    /// Reads up to the closing three quotes; false when there are none.
    fn multi_line(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 3;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\'' if bytes[at..].starts_with(b"'''") => {
                    self.at = at + 3;
                    return true;
                }
                _ => {}
            }
            at += 1;
        }
        self.at = bytes.len();
        false
    }
}

/// Whether the first line of the text begins with a closing brace.
fn begins_with_brace(text: &[u8]) -> bool {
    text.iter().find(|it| !matches!(it, b' ' | b'\t' | b'\r')) == Some(&b'}')
}

/// The length of the white space beyond ASCII that the text begins with: a byte order mark counts.
#[cold]
fn wide_space(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let is_space = first.is_whitespace() || matches!(first, '\u{feff}' | '\u{200b}');
    is_space.then(|| first.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::{Kind, Lexer};

    fn check(text: &str, expected: &str) {
        let mut lexer = Lexer::starting_at(text, 0);
        let mut got = Vec::new();
        loop {
            let token = lexer.next();
            if token.kind == Kind::End {
                break;
            }
            let open = if token.is_open { "!" } else { "" };
            got.push(format!("{:?}{open}({})", token.kind, token.span.of(text)));
        }
        assert_eq!(got.join(" "), expected);
    }

    #[test]
    fn words_and_numbers() {
        check(
            "a_1 2fa 12 1.5 1e-5 été",
            "Word(a_1) Word(2fa) Number(12) Number(1.5) Number(1e-5) Word(été)",
        );
        check("a.b-c", "Word(a) Dot(.) Word(b) Minus(-) Word(c)");
        check("\u{feff}a\u{a0}b", "Word(a) Word(b)");
    }

    #[test]
    fn strings_end_where_they_say_or_with_the_line() {
        check(r"'a\'b' '''x'y''' `n()`", r"Str('a\'b') MultiStr('''x'y''') Expr(`n()`)");
        check("'abc\nd", "Str!('abc) Word(d)");
        check("'''abc\nd", "MultiStr!('''abc\nd)");
        check("`a\n> b`", "Expr(`a\n> b`)");
        check("`a\n}\n`b`", "Expr!(`a) BraceClose(}) Expr(`b`)");
        check("\"a\\", "Quoted!(\"a\\)");
    }

    #[test]
    fn comments_are_skipped() {
        check("a // b\n/* c\n */ d", "Word(a) Word(d)");
        check("a /* b", "Word(a) Other!(/* b)");
    }
}
