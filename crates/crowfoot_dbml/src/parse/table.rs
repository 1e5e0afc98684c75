//! Tables and table partials.

use std::borrow::Cow;

use crowfoot_text::{Diagnostic, Fix, Span};

use super::Parser;
use crate::{
    ast::{
        CheckItem, Column, IndexItem, IndexPart, Setting, Table, TableItem, TypeParts, TypeText,
        Value,
    },
    lex::Kind,
    string,
};

impl<'a> Parser<'a, '_> {
    /// A table or a table partial.
    pub(super) fn table(&mut self) -> Option<Table<'a>> {
        self.bump();
        let Some(name) = self.qualified("the name of a table") else {
            self.skip_line();
            return None;
        };
        let alias = if self.at_word("as") {
            self.bump();
            self.name("an alias")
        } else {
            None
        };
        let settings = self.settings_if_any();
        let mut table = Table { name, alias, settings, body: Vec::with_capacity(8) };
        let open = self.current.span;
        if !self.at(Kind::BraceOpen) {
            self.unexpected("`{`");
            while !self.current.starts_line && !self.at(Kind::BraceOpen) && !self.at(Kind::End) {
                self.bump();
            }
        }
        if !self.eat(Kind::BraceOpen) {
            return Some(table);
        }
        while self.in_body() {
            self.table_item(&mut table.body);
        }
        self.close_brace(open);
        Some(table)
    }

    fn table_item(&mut self, body: &mut Vec<TableItem<'a>>) {
        match self.current.kind {
            Kind::Tilde => {
                self.bump();
                body.extend(self.name("the name of a table partial").map(TableItem::Inject));
            }
            Kind::Word => {
                let word = self.word();
                // Only these few words need a look at what follows.
                match word.as_bytes()[0].to_ascii_lowercase() {
                    b'n' | b'i' | b'c' | b'r' if self.keyword_item(word, body) => {}
                    _ => self.column(body),
                }
            }
            Kind::Quoted | Kind::Number => self.column(body),
            Kind::Comma => {
                self.bump();
            }
            _ => {
                self.unexpected("a column");
                self.skip_line_in_body();
            }
        }
    }

    /// An item of a body that begins with a keyword; false if a column of that name comes.
    fn keyword_item(&mut self, word: &str, body: &mut Vec<TableItem<'a>>) -> bool {
        let is = |it: &str| word.eq_ignore_ascii_case(it);
        if !is("note") && !is("indexes") && !is("checks") && !is("records") {
            return false;
        }
        let next = self.peek();
        match next.kind {
            Kind::Colon | Kind::BraceOpen if is("note") => {
                body.extend(self.property().map(TableItem::Property));
            }
            Kind::BraceOpen if is("indexes") => {
                let indexes = self.indexes();
                body.push(TableItem::Indexes(indexes));
            }
            Kind::BraceOpen if is("checks") => {
                let checks = self.checks();
                body.push(TableItem::Checks(checks));
            }
            Kind::BraceOpen | Kind::ParenOpen if is("records") => {
                body.extend(self.records(false).map(TableItem::Records));
            }
            _ => return false,
        }
        true
    }

    fn column(&mut self, body: &mut Vec<TableItem<'a>>) {
        let name_token = self.current;
        let Some(name) = self.name("a column") else {
            self.skip_line_in_body();
            return;
        };
        // A property or a block that we do not know.
        if !self.current.starts_line
            && name_token.kind == Kind::Word
            && matches!(self.current.kind, Kind::Colon | Kind::BraceOpen)
        {
            body.push(TableItem::Property(self.unknown_property(name_token.span)));
            return;
        }
        if self.current.starts_line || !matches!(self.current.kind, Kind::Word | Kind::Quoted) {
            self.diagnostics.push(
                Diagnostic::error(
                    "dbml/missing-type",
                    name.span,
                    format!("the column `{}` has no type", name.text),
                )
                .with_help(format!("write one after the name: `{} integer`", name.text)),
            );
            let is_list = self.at(Kind::BracketOpen) && !self.current.starts_line;
            let settings = if is_list { self.settings_if_any() } else { Vec::new() };
            body.push(TableItem::Column(Column { name, ty: TypeText::default(), settings }));
            self.end_of_column();
            return;
        }
        let mut settings = Vec::new();
        let ty = self.column_type(&mut settings);
        if self.at(Kind::BracketOpen) {
            if settings.is_empty() {
                settings = self.settings_if_any();
            } else {
                settings.extend(self.settings_if_any());
            }
        }
        body.push(TableItem::Column(Column { name, ty, settings }));
        self.end_of_column();
    }

    /// `foo: 'x'` or `foo { … }` inside a table, after `foo`.
    fn unknown_property(&mut self, key_span: Span) -> Setting<'a> {
        let key = self.slice(key_span);
        let (value, value_span) = if self.eat(Kind::Colon) {
            self.value(key)
        } else {
            let start = self.current.span.start;
            let open = self.bump().span;
            let mut depth = 1_u32;
            while depth > 0 && !self.at(Kind::End) && !self.begins_element() {
                match self.current.kind {
                    Kind::BraceOpen => depth += 1,
                    Kind::BraceClose => depth -= 1,
                    _ => {}
                }
                self.bump();
            }
            if depth > 0 {
                self.error("dbml/missing-brace", open, "this `{` is never closed");
            }
            (Value::Other, self.span_from(start))
        };
        let span = key_span.to(value_span);
        Setting { key, value, key_span, span, value_span }
    }

    /// Reports what stands behind a column on its line. A second column there is read as one.
    fn end_of_column(&mut self) {
        if self.current.starts_line || matches!(self.current.kind, Kind::BraceClose | Kind::End) {
            return;
        }
        if matches!(self.current.kind, Kind::Word | Kind::Quoted | Kind::Tilde) {
            let span = self.current.span;
            self.diagnostics.push(
                Diagnostic::error(
                    "dbml/same-line",
                    span,
                    "each column stands on a line of its own",
                )
                .with_help("begin a new line here"),
            );
            return;
        }
        if !self.eat(Kind::Comma) {
            self.unexpected("the end of the line");
            self.skip_line();
        }
    }

    /// A type; `pk` and `unique` may follow it as bare words and become settings.
    fn column_type(&mut self, settings: &mut Vec<Setting<'a>>) -> TypeText<'a> {
        let start = self.current.span.start;
        let mut is_whole = self.at(Kind::Word);
        let mut name = self.type_name();
        let mut schema = None;
        let name_end = self.last_end;
        while self.at(Kind::Dot) && !self.current.starts_line {
            self.bump();
            if !matches!(self.current.kind, Kind::Word | Kind::Quoted) {
                self.unexpected("the name of a type");
                break;
            }
            is_whole &= self.at(Kind::Word);
            schema = Some(std::mem::replace(&mut name, self.type_name()));
        }
        let suffix_start = self.last_end;
        if matches!(self.current.kind, Kind::ParenOpen | Kind::BracketOpen) {
            self.type_suffix();
        }
        let raw = self.slice(self.span_from(suffix_start));
        let suffix = strip_space(raw);
        is_whole &= matches!(suffix, Cow::Borrowed(_));
        if self.at(Kind::Word) && !self.current.starts_line {
            let type_end = self.last_end;
            self.words_after_type(settings);
            let end = settings.first().map_or(self.last_end, |it| it.key_span.start);
            if !self.slice(Span::new(type_end, end)).trim().is_empty() {
                return self.spaced_type(Span::new(start, end));
            }
        }
        if is_whole && schema.is_none() {
            let end = suffix_start + raw.len() as u32;
            return TypeText::whole(self.slice(Span::new(start, end)), name_end - start);
        }
        TypeText::parts(TypeParts { schema, name, suffix })
    }

    fn type_name(&mut self) -> Cow<'a, str> {
        let token = self.bump();
        match token.kind {
            Kind::Quoted => string::unescape(self.inner(token)),
            _ => Cow::Borrowed(self.slice(token.span)),
        }
    }

    /// Arguments in parentheses and array brackets; a list of settings is left alone.
    fn type_suffix(&mut self) {
        if self.at(Kind::ParenOpen) && !self.current.starts_line {
            let open = self.bump().span;
            let mut depth = 1_u32;
            while depth > 0 {
                match self.current.kind {
                    Kind::End | Kind::BraceOpen | Kind::BraceClose => {
                        self.error("dbml/missing-paren", open, "this `(` is never closed");
                        return;
                    }
                    Kind::ParenOpen => depth += 1,
                    Kind::ParenClose => depth -= 1,
                    _ => {}
                }
                self.bump();
            }
        }
        while self.at(Kind::BracketOpen) && !self.current.starts_line {
            let mut ahead = self.lexer;
            let mut next = ahead.next();
            if next.kind == Kind::Number {
                next = ahead.next();
            }
            if next.kind != Kind::BracketClose {
                return;
            }
            while self.bump().kind != Kind::BracketClose {}
        }
    }

    /// Words behind a type on its line: settings without brackets, or more of a type that should
    /// stand in quotes.
    fn words_after_type(&mut self, settings: &mut Vec<Setting<'a>>) {
        while !self.current.starts_line {
            match self.current.kind {
                Kind::Word if self.at_word("pk") || self.at_word("unique") => {
                    let span = self.bump().span;
                    settings.push(Setting {
                        key: self.slice(span),
                        value: Value::None,
                        key_span: span,
                        span,
                        value_span: Span::at(span.end),
                    });
                }
                Kind::Word if settings.is_empty() && self.continues_type() => {
                    self.bump();
                    self.type_suffix();
                }
                _ => return,
            }
        }
    }

    /// Whether the current word goes on with a type: one that types are known to go on with, or
    /// the last of its line. Otherwise it is the next column: `a int b int`.
    fn continues_type(&self) -> bool {
        const WORDS: [&str; 16] = [
            "precision",
            "varying",
            "unsigned",
            "signed",
            "zerofill",
            "with",
            "without",
            "time",
            "local",
            "zone",
            "large",
            "object",
            "binary",
            "character",
            "raw",
            "to",
        ];
        if WORDS.iter().any(|it| self.at_word(it)) {
            return true;
        }
        let next = self.peek();
        next.starts_line || !matches!(next.kind, Kind::Word | Kind::Quoted)
    }

    /// A type of several words that stands without quotes.
    fn spaced_type(&mut self, full: Span) -> TypeText<'a> {
        let text = self.slice(full).trim_end();
        let span = Span::new(full.start, full.start + text.len() as u32);
        let mut problem = Diagnostic::warning(
            "dbml/needs-quotes",
            span,
            format!("the type `{text}` has spaces and stands without quotes"),
        )
        .with_help("write it in double quotes");
        problem.fix = Some(Fix {
            label: "put the type in double quotes".to_owned(),
            span,
            replacement: format!("\"{text}\""),
        });
        self.diagnostics.push(problem);
        TypeText::whole(text, text.len() as u32)
    }

    fn indexes(&mut self) -> Vec<IndexItem<'a>> {
        self.bump();
        let open = self.bump().span;
        let mut indexes = Vec::new();
        while self.in_body() {
            let start = self.current.span.start;
            let mut parts = Vec::new();
            match self.current.kind {
                Kind::ParenOpen => {
                    self.bump();
                    self.index_parts(&mut parts);
                }
                Kind::Word | Kind::Quoted | Kind::Expr | Kind::Number => {
                    parts.extend(self.index_part());
                }
                Kind::Comma => {
                    self.bump();
                    continue;
                }
                _ => {
                    self.unexpected("a column, `(` or an expression in backticks");
                    self.skip_line_in_body();
                    continue;
                }
            }
            let span = self.span_from(start);
            let settings = self.settings_if_any();
            self.end_of_entry();
            indexes.push(IndexItem { parts, settings, span });
        }
        self.close_brace(open);
        indexes
    }

    fn index_parts(&mut self, parts: &mut Vec<IndexPart<'a>>) {
        loop {
            match self.current.kind {
                Kind::ParenClose => {
                    self.bump();
                    return;
                }
                Kind::Comma => {
                    self.bump();
                }
                Kind::Word | Kind::Quoted | Kind::Expr | Kind::Number => {
                    parts.extend(self.index_part());
                    if !matches!(self.current.kind, Kind::Comma | Kind::ParenClose) {
                        self.unexpected("`,` or `)`");
                        while !self.current.starts_line
                            && !matches!(
                                self.current.kind,
                                Kind::Comma | Kind::ParenClose | Kind::BraceClose | Kind::End
                            )
                        {
                            self.bump();
                        }
                        if self.current.starts_line {
                            return;
                        }
                    }
                }
                _ => {
                    self.unexpected("a column or `)`");
                    return;
                }
            }
        }
    }

    fn index_part(&mut self) -> Option<IndexPart<'a>> {
        if self.at(Kind::Expr) {
            let token = self.bump();
            return Some(IndexPart::Expr(self.inner(token)));
        }
        self.name("a column").map(IndexPart::Column)
    }

    /// Reports what stands behind an index or a check on its line.
    fn end_of_entry(&mut self) {
        if !self.current.starts_line
            && !matches!(self.current.kind, Kind::BraceClose | Kind::End | Kind::Comma)
        {
            self.unexpected("the end of the line");
            self.skip_line();
        }
    }

    fn checks(&mut self) -> Vec<CheckItem<'a>> {
        self.bump();
        let open = self.bump().span;
        let mut checks = Vec::new();
        while self.in_body() {
            if !self.at(Kind::Expr) {
                self.unexpected("an expression in backticks");
                self.skip_line_in_body();
                continue;
            }
            let token = self.bump();
            let settings = self.settings_if_any();
            self.end_of_entry();
            self.eat(Kind::Comma);
            checks.push(CheckItem { expr: self.inner(token), settings });
        }
        self.close_brace(open);
        checks
    }
}

/// The text without white space outside of quotes.
fn strip_space(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|it| it.is_ascii_whitespace()) {
        return Cow::Borrowed(text);
    }
    let mut quote = None;
    let kept = text.chars().filter(|&it| {
        match quote {
            Some(open) if open == it => quote = None,
            None if matches!(it, '\'' | '"') => quote = Some(it),
            _ => {}
        }
        quote.is_some() || !it.is_whitespace()
    });
    Cow::Owned(kept.collect())
}
