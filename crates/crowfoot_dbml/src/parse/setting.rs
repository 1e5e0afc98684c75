//! Lists of settings in square brackets, and their values.

use std::borrow::Cow;

use crowfoot_text::{Diagnostic, Span};

use super::Parser;
use crate::{
    ast::{Setting, Value, is_key},
    lex::Kind,
    string,
};

impl<'a> Parser<'a, '_> {
    /// The settings in square brackets that come, if any do.
    #[inline]
    pub(super) fn settings_if_any(&mut self) -> Vec<Setting<'a>> {
        if !self.at(Kind::BracketOpen) {
            return Vec::new();
        }
        let mut settings = Vec::with_capacity(2);
        while self.at(Kind::BracketOpen) {
            self.settings(&mut settings);
        }
        settings
    }

    fn settings(&mut self, settings: &mut Vec<Setting<'a>>) {
        let open = self.bump().span;
        loop {
            match self.current.kind {
                Kind::BracketClose => {
                    self.bump();
                    return;
                }
                Kind::Comma => {
                    self.bump();
                }
                _ if self.list_has_no_end() => return self.missing_bracket(open),
                Kind::Word => {
                    let setting = self.setting();
                    settings.push(setting);
                    match self.current.kind {
                        Kind::Comma | Kind::BracketClose => {}
                        _ if self.list_has_no_end() => {}
                        _ if self.begins_line_of_body() => return self.missing_bracket(open),
                        _ => {
                            self.unexpected("`,` or `]`");
                            if !(self.at(Kind::Word) && self.current.starts_line) {
                                self.skip_setting();
                            }
                        }
                    }
                }
                _ => {
                    self.unexpected("a setting");
                    self.bump();
                    self.skip_setting();
                }
            }
        }
    }

    fn missing_bracket(&mut self, open: Span) {
        self.diagnostics.push(
            Diagnostic::error("dbml/missing-bracket", open, "this `[` is never closed")
                .with_help("add a `]` where the settings end"),
        );
    }

    /// Whether a new line begins with what reads as a column or an injection, not as a setting
    /// with its comma forgotten.
    fn begins_line_of_body(&self) -> bool {
        if !self.current.starts_line {
            return false;
        }
        match self.current.kind {
            Kind::Tilde | Kind::Quoted => true,
            Kind::Word => {
                let next = self.peek();
                matches!(next.kind, Kind::Word | Kind::Quoted)
                    && !next.starts_line
                    && !self.at_word("not")
                    && !self.at_word("primary")
            }
            _ => false,
        }
    }

    /// Whether what comes shows that the closing bracket is missing.
    fn list_has_no_end(&self) -> bool {
        matches!(self.current.kind, Kind::End | Kind::BraceOpen | Kind::BraceClose)
            || self.begins_element()
    }

    /// Skips to the next comma or to the end of the list.
    fn skip_setting(&mut self) {
        let mut depth = 0_u32;
        while !self.list_has_no_end() {
            match self.current.kind {
                Kind::Comma | Kind::BracketClose if depth == 0 => return,
                Kind::BracketOpen | Kind::ParenOpen => depth += 1,
                Kind::BracketClose | Kind::ParenClose => depth = depth.saturating_sub(1),
                _ => {}
            }
            self.bump();
        }
    }

    /// One setting, which begins with a word.
    fn setting(&mut self) -> Setting<'a> {
        let first = self.bump().span;
        let mut key_span = first;
        while self.at(Kind::Word) && !self.current.starts_line {
            key_span.end = self.bump().span.end;
        }
        let key = self.slice(key_span);
        if !self.eat(Kind::Colon) {
            let value_span = Span::at(key_span.end);
            return Setting { key, value: Value::None, key_span, span: key_span, value_span };
        }
        let (value, value_span) = self.value(key);
        Setting { key, value, key_span, span: key_span.to(value_span), value_span }
    }

    /// The value after a colon.
    pub(super) fn value(&mut self, key: &str) -> (Value<'a>, Span) {
        let token = self.current;
        let start = token.span.start;
        let value = match token.kind {
            Kind::Str => {
                self.bump();
                Value::Text(string::unescape(self.inner(token)))
            }
            Kind::MultiStr => {
                self.bump();
                Value::Text(string::unescape_lines(self.inner(token)))
            }
            Kind::Expr => {
                self.bump();
                Value::Expr(self.inner(token))
            }
            Kind::Color => {
                self.bump();
                Value::Color(self.slice(token.span))
            }
            Kind::Number => {
                self.bump();
                Value::Number(self.slice(token.span))
            }
            Kind::Less | Kind::Greater | Kind::Minus | Kind::Question if is_key(key, "ref") => {
                self.inline_ref()
            }
            Kind::Minus | Kind::Other if self.peek().kind == Kind::Number => {
                let sign = self.slice(token.span);
                self.bump();
                let number = self.bump().span;
                match sign {
                    "-" => Value::Number(self.slice(Span::new(start, number.end))),
                    "+" => Value::Number(self.slice(number)),
                    _ => Value::Other,
                }
            }
            Kind::Quoted if self.peek().kind != Kind::Dot => {
                self.bump();
                Value::Quoted(string::unescape(self.inner(token)))
            }
            Kind::Word | Kind::Quoted => self.words(),
            Kind::Less | Kind::Greater | Kind::Minus if is_key(key, "dep") => {
                while !matches!(self.current.kind, Kind::Comma | Kind::BracketClose)
                    && !self.list_has_no_end()
                {
                    self.bump();
                }
                Value::Other
            }
            _ => {
                self.unexpected("a value");
                return (Value::None, Span::at(self.last_end));
            }
        };
        (value, self.span_from(start))
    }

    /// Bare words, with dots between them perhaps.
    fn words(&mut self) -> Value<'a> {
        let mut last = Cow::Borrowed("");
        let mut is_dotted = false;
        let mut is_first = true;
        loop {
            let token = self.current;
            match token.kind {
                // A property of a body ends with its line.
                Kind::Word | Kind::Quoted if is_first || !token.starts_line => {
                    last = match token.kind {
                        Kind::Quoted => string::unescape(self.inner(token)),
                        _ => Cow::Borrowed(self.slice(token.span)),
                    };
                }
                Kind::Dot => is_dotted = true,
                _ => return Value::Words { last, is_dotted },
            }
            is_first = false;
            self.bump();
        }
    }
}
