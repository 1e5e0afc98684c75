//! The elements of a text other than tables, refs and records.

use std::borrow::Cow;

use crowfoot_text::{Diagnostic, Span};

use super::Parser;
use crate::{
    ast::{
        Ast, EnumItem, EnumValue, GroupItem, Item, Listed, Name, NoteItem, Project, Qualified,
        Setting, UseItem, Value, ViewItem, Wanted,
    },
    closest,
    lex::Kind,
    string,
};

impl<'a> Parser<'a, '_> {
    /// One element of the text, or a report and a step forward.
    pub(super) fn item(&mut self, ast: &mut Ast<'a>) {
        let start = self.current.span;
        if !self.at(Kind::Word) {
            self.unexpected("an element such as `Table`");
            self.bump();
            self.skip_to_element();
            return;
        }
        let mut word = [0_u8; 12];
        let keyword = self.word();
        let Some(lower) = word.get_mut(..keyword.len()) else {
            return self.unknown_item(ast);
        };
        lower.copy_from_slice(keyword.as_bytes());
        lower.make_ascii_lowercase();
        match &*lower {
            b"table" => ast.items.extend(self.table().map(Item::Table)),
            b"tablepartial" => ast.items.extend(self.table().map(Item::Partial)),
            b"ref" => self.ref_item(ast),
            b"enum" => ast.items.extend(self.enum_item().map(Item::Enum)),
            b"tablegroup" => ast.items.extend(self.group().map(Item::Group)),
            b"note" => ast.items.extend(self.note().map(Item::Note)),
            b"diagramview" => ast.items.extend(self.view().map(Item::View)),
            b"project" => ast.items.extend(self.project().map(Item::Project)),
            b"records" => ast.items.extend(self.records(true).map(Item::Records)),
            b"dep" | b"metadata" => {
                let span = self.verbatim();
                ast.items.push(Item::Verbatim(span));
            }
            b"use" | b"reuse" => self.use_item(ast),
            _ => self.unknown_item(ast),
        }
        if self.current.span == start {
            self.bump();
        }
    }

    /// Skips to a line that begins an element.
    fn skip_to_element(&mut self) {
        while !self.at(Kind::End) {
            if self.current.starts_line && self.at(Kind::Word) {
                let word = self.word();
                if super::ELEMENTS.iter().any(|it| it.eq_ignore_ascii_case(word)) {
                    return;
                }
            }
            self.bump();
        }
    }

    /// An element that begins with a word that we do not know: kept if it looks like one.
    fn unknown_item(&mut self, ast: &mut Ast<'a>) {
        let keyword = self.word();
        let key_span = self.current.span;
        let close = closest::closest(keyword, super::ELEMENTS.iter().copied());
        let is_element = {
            let mut ahead = self.lexer;
            let mut token = ahead.next();
            let mut left = 8;
            while left > 0
                && matches!(token.kind, Kind::Word | Kind::Quoted | Kind::Dot)
                && !token.starts_line
            {
                token = ahead.next();
                left -= 1;
            }
            matches!(token.kind, Kind::BraceOpen | Kind::BracketOpen)
                || (token.kind == Kind::Colon && !token.starts_line)
        };
        if !is_element || close.is_some() {
            let mut problem = Diagnostic::error(
                "dbml/unknown-element",
                key_span,
                format!("`{keyword}` begins no element that DBML knows"),
            );
            if let Some(close) = close {
                problem = problem.with_help(format!("did you mean `{close}`?"));
            }
            self.diagnostics.push(problem);
            self.verbatim();
            return;
        }
        let span = self.verbatim();
        self.warn(
            "dbml/unknown-element",
            key_span,
            format!("`{keyword}` is not known and is kept as it is written"),
        );
        ast.items.push(Item::Verbatim(span));
    }

    /// Reads an element without looking into it: up to the brace that closes its first block, or
    /// to the end of its line when it has none.
    pub(super) fn verbatim(&mut self) -> Span {
        let start = self.bump().span.start;
        let mut depth = 0_u32;
        loop {
            match self.current.kind {
                Kind::End => break,
                _ if depth == 0
                    && self.current.starts_line
                    && !self.at(Kind::BraceOpen)
                    && !self.at(Kind::BracketOpen) =>
                {
                    break;
                }
                _ if self.begins_element() && depth > 0 => break,
                Kind::BraceClose if depth == 0 => break,
                Kind::BraceOpen | Kind::BracketOpen | Kind::ParenOpen => depth += 1,
                Kind::BraceClose | Kind::BracketClose | Kind::ParenClose => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 && self.at(Kind::BraceClose) {
                        self.bump();
                        break;
                    }
                }
                _ => {}
            }
            self.bump();
        }
        self.span_from(start)
    }

    /// `use … from '…'`.
    fn use_item(&mut self, ast: &mut Ast<'a>) {
        let start = self.current.span.start;
        let is_reuse = self.at_word("reuse");
        self.bump();
        let wanted = if self.at(Kind::BraceOpen) {
            Some(self.wanted())
        } else {
            self.expect(Kind::Star, "`*` or `{`");
            None
        };
        let mut path = None;
        if self.at_word("from") {
            self.bump();
            if self.at(Kind::Str) {
                let token = self.bump();
                path = Some(Name { text: string::unescape(self.inner(token)), span: token.span });
            } else {
                self.unexpected("the path of a file, as `'./users'`");
            }
        } else {
            self.unexpected("`from` and the path of a file");
        }
        let span = self.span_from(start);
        ast.items.push(Item::Use(UseItem { is_reuse, wanted, path, span }));
    }

    /// The elements that are listed in braces.
    fn wanted(&mut self) -> Vec<Wanted<'a>> {
        let open = self.bump().span;
        let mut wanted = Vec::new();
        while !matches!(self.current.kind, Kind::BraceClose | Kind::End) {
            if self.eat(Kind::Comma) {
                continue;
            }
            if !self.at(Kind::Word) {
                self.unexpected("the kind of an element, such as `table`");
                self.skip_line();
                continue;
            }
            let span = self.bump().span;
            let kind = Name { text: Cow::Borrowed(self.slice(span)), span };
            let Some(name) = self.qualified("the name of an element") else {
                self.skip_line();
                continue;
            };
            let mut alias = None;
            if self.at_word("as") {
                self.bump();
                alias = self.name("another name");
            }
            wanted.push(Wanted { kind, name, alias });
        }
        self.close_brace(open);
        wanted
    }

    fn enum_item(&mut self) -> Option<EnumItem<'a>> {
        self.bump();
        let Some(name) = self.qualified("the name of an enum") else {
            self.skip_line();
            return None;
        };
        let settings = self.settings_if_any();
        let mut item = EnumItem { name, settings, values: Vec::new() };
        let open = self.current.span;
        if !self.expect(Kind::BraceOpen, "`{`") {
            self.skip_line();
            return Some(item);
        }
        while self.in_body() {
            if self.at_word("note") {
                let next = self.peek();
                if matches!(next.kind, Kind::Colon | Kind::BraceOpen) {
                    item.settings.extend(self.property());
                    continue;
                }
            }
            if self.at(Kind::Comma) {
                self.bump();
                continue;
            }
            let is_string = matches!(self.current.kind, Kind::Str);
            if is_string {
                let span = self.current.span;
                let text = self.slice(span);
                self.diagnostics.push(
                    Diagnostic::error(
                        "dbml/needs-double-quotes",
                        span,
                        format!("the value {text} stands in single quotes"),
                    )
                    .with_help("write it in double quotes"),
                );
                let text = self.string("a value").unwrap_or_default();
                if !text.is_empty() {
                    let name = crate::ast::Name { text, span };
                    let settings = self.settings_if_any();
                    item.values.push(EnumValue { name, settings });
                }
                continue;
            }
            let Some(name) = self.name("a value") else {
                self.skip_line_in_body();
                continue;
            };
            let settings = self.settings_if_any();
            item.values.push(EnumValue { name, settings });
        }
        self.close_brace(open);
        Some(item)
    }

    /// Skips what cannot be read in a body, at least one token of it.
    pub(super) fn skip_line_in_body(&mut self) {
        let before = self.current.span;
        self.skip_line();
        if self.current.span == before && self.in_body() {
            self.bump();
        }
    }

    fn group(&mut self) -> Option<GroupItem<'a>> {
        self.bump();
        let Some(name) = self.qualified("the name of a table group") else {
            self.skip_line();
            return None;
        };
        let settings = self.settings_if_any();
        let mut group = GroupItem { name: name.name, settings, tables: Vec::new() };
        let open = self.current.span;
        if !self.expect(Kind::BraceOpen, "`{`") {
            self.skip_line();
            return Some(group);
        }
        while self.in_body() {
            if self.is_property() {
                group.settings.extend(self.property());
            } else if self.at(Kind::Comma) {
                self.bump();
            } else if let Some(table) = self.qualified("the name of a table") {
                group.tables.push(table);
            } else {
                self.skip_line_in_body();
            }
        }
        self.close_brace(open);
        Some(group)
    }

    /// Whether a word with a colon or a brace after it comes, not a name.
    pub(super) fn is_property(&self) -> bool {
        self.at(Kind::Word) && matches!(self.peek().kind, Kind::Colon | Kind::BraceOpen)
    }

    /// A sticky note.
    fn note(&mut self) -> Option<NoteItem<'a>> {
        self.bump();
        let Some(name) = self.name("the name of a note") else {
            self.skip_line();
            return None;
        };
        let settings = self.settings_if_any();
        if self.eat(Kind::Colon) {
            let text = self.string("a string")?;
            return Some(NoteItem { name, settings, text });
        }
        let open = self.current.span;
        if !self.expect(Kind::BraceOpen, "`{`") {
            self.skip_line();
            return None;
        }
        let mut note = NoteItem { name, settings, text: Default::default() };
        let mut has_text = false;
        while self.in_body() {
            if self.is_property() {
                note.settings.extend(self.property());
                continue;
            }
            match self.string("a string") {
                Some(text) if !has_text => {
                    has_text = true;
                    note.text = text;
                }
                Some(_) => {
                    let span = Span::at(self.last_end);
                    self.error("dbml/second-text", span, "a note has one text only");
                }
                None => self.skip_line_in_body(),
            }
        }
        self.close_brace(open);
        Some(note)
    }

    fn project(&mut self) -> Option<Project<'a>> {
        let start = self.bump().span;
        let name = if self.at(Kind::BraceOpen) || self.at(Kind::BracketOpen) {
            None
        } else {
            self.name("the name of a project")
        };
        let mut project = Project { name, settings: self.settings_if_any(), span: start };
        let open = self.current.span;
        if !self.expect(Kind::BraceOpen, "`{`") {
            self.skip_line();
            return Some(project);
        }
        while self.in_body() {
            if self.at(Kind::Word) {
                project.settings.extend(self.property());
            } else {
                self.unexpected("a setting such as `database_type: '…'`");
                self.skip_line_in_body();
            }
        }
        self.close_brace(open);
        Some(project)
    }

    fn view(&mut self) -> Option<ViewItem<'a>> {
        self.bump();
        let Some(name) = self.name("the name of a view") else {
            self.skip_line();
            return None;
        };
        let settings = self.settings_if_any();
        let mut view =
            ViewItem { name, settings, tables: None, notes: None, groups: None, schemas: None };
        let open = self.current.span;
        if !self.expect(Kind::BraceOpen, "`{`") {
            self.skip_line();
            return Some(view);
        }
        while self.in_body() {
            if self.eat(Kind::Star) {
                view.tables = Some(Listed::All);
                view.notes = Some(Listed::All);
                view.groups = Some(Listed::All);
                view.schemas = Some(Listed::All);
            } else if self.at_word("tables") && self.is_property() {
                view.tables = Some(self.listed());
            } else if self.at_word("notes") && self.is_property() {
                view.notes = Some(self.listed());
            } else if self.at_word("tablegroups") && self.is_property() {
                view.groups = Some(self.listed());
            } else if self.at_word("schemas") && self.is_property() {
                view.schemas = Some(self.listed());
            } else if self.is_property() {
                view.settings.extend(self.property());
            } else {
                self.unexpected("`Tables`, `Notes`, `TableGroups` or `Schemas`");
                self.skip_line_in_body();
            }
        }
        self.close_brace(open);
        Some(view)
    }

    /// What a view shows of one kind.
    fn listed(&mut self) -> Listed<'a> {
        self.bump();
        self.eat(Kind::Colon);
        let open = self.current.span;
        if !self.expect(Kind::BraceOpen, "`{`") {
            self.skip_line();
            return Listed::Names(Vec::new());
        }
        let mut names: Vec<Qualified<'a>> = Vec::new();
        let mut is_all = false;
        while self.in_body() {
            if self.eat(Kind::Star) {
                is_all = true;
            } else if self.at(Kind::Comma) {
                self.bump();
            } else if let Some(name) = self.qualified("a name or `*`") {
                names.push(name);
            } else {
                self.skip_line_in_body();
            }
        }
        self.close_brace(open);
        if is_all { Listed::All } else { Listed::Names(names) }
    }

    /// A line `key: value` of a body, or a block `key { … }`. Of blocks only that of a note is
    /// looked into.
    pub(super) fn property(&mut self) -> Option<Setting<'a>> {
        let key_span = self.current.span;
        let key = self.word();
        let next = self.peek().kind;
        if next == Kind::BraceOpen && key.eq_ignore_ascii_case("note") {
            self.bump();
            let open = self.bump().span;
            let start = self.current.span.start;
            let text = self.string("a string");
            let value_span = self.span_from(start);
            if !self.at(Kind::BraceClose) {
                self.unexpected("`}`");
                while self.in_body() {
                    self.skip_line_in_body();
                }
            }
            self.close_brace(open);
            let span = self.span_from(key_span.start);
            return text.map(|text| Setting {
                key,
                value: Value::Text(text),
                key_span,
                span,
                value_span,
            });
        }
        if next == Kind::BraceOpen {
            let span = self.verbatim();
            let value_span = Span::new(key_span.end, span.end);
            return Some(Setting { key, value: Value::Other, key_span, span, value_span });
        }
        self.bump();
        if !self.eat(Kind::Colon) {
            self.unexpected("`:`");
            self.skip_line_in_body();
            return None;
        }
        let (value, value_span) = self.value(key);
        let span = self.span_from(key_span.start);
        if !self.current.starts_line && !matches!(self.current.kind, Kind::BraceClose | Kind::End) {
            self.unexpected("the end of the line");
            self.skip_line();
        }
        Some(Setting { key, value, key_span, span, value_span })
    }
}
