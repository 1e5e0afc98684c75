//! Refs in their three forms.

use crowfoot_schema::Cardinality;
use crowfoot_text::Diagnostic;

use super::Parser;
use crate::{
    ast::{Ast, Endpoint, InlineRef, Item, Operator, RefItem, Value},
    lex::Kind,
};

impl<'a> Parser<'a, '_> {
    /// The short and the long form.
    pub(super) fn ref_item(&mut self, ast: &mut Ast<'a>) {
        self.bump();
        let name = match self.current.kind {
            Kind::Word | Kind::Quoted => {
                let Some(name) = self.qualified("the name of a ref") else {
                    self.skip_line();
                    return;
                };
                if let Some(schema) = &name.schema {
                    self.error(
                        "dbml/qualified-ref-name",
                        schema.span,
                        "the name of a ref has no schema",
                    );
                }
                Some(name.name)
            }
            _ => None,
        };
        let header = self.settings_if_any();
        if self.eat(Kind::Colon) {
            if let Some(mut item) = self.endpoints() {
                item.name = name;
                item.settings.extend(header);
                ast.items.push(Item::Ref(item));
            }
            return;
        }
        let open = self.current.span;
        if !self.expect(Kind::BraceOpen, "`:` or `{`") {
            self.skip_line();
            return;
        }
        let mut name = name;
        let mut header = header;
        while self.in_body() {
            let Some(mut item) = self.endpoints() else {
                if self.in_body() && !self.current.starts_line {
                    self.bump();
                }
                continue;
            };
            item.name = name.take();
            item.settings.append(&mut header);
            ast.items.push(Item::Ref(item));
        }
        self.close_brace(open);
    }

    /// `a.b > c.d [settings]`; what cannot be read is reported and the line skipped.
    fn endpoints(&mut self) -> Option<RefItem<'a>> {
        let start = self.current.span.start;
        let Some(left) = self.endpoint() else {
            self.skip_line_in_body();
            return None;
        };
        let Some(operator) = self.operator() else {
            self.skip_line();
            return None;
        };
        let Some(right) = self.endpoint() else {
            self.skip_line();
            return None;
        };
        let span = self.span_from(start);
        let settings = self.settings_if_any();
        if !self.current.starts_line && !matches!(self.current.kind, Kind::BraceClose | Kind::End) {
            self.unexpected("the end of the line");
            self.skip_line();
        }
        Some(RefItem { name: None, left, operator, right, settings, span })
    }

    /// What follows `ref:` at a column.
    pub(super) fn inline_ref(&mut self) -> Value<'a> {
        let Some(operator) = self.operator() else { return Value::None };
        let Some(target) = self.endpoint() else { return Value::None };
        let start = self.current.span;
        let settings = self.settings_if_any();
        if !settings.is_empty() {
            self.diagnostics.push(
                Diagnostic::warning(
                    "dbml/inline-ref-settings",
                    self.span_from(start.start),
                    "a ref at a column has no settings in other tools",
                )
                .with_help(
                    "write the ref on a line of its own: `Ref: a.b > c.d [delete: cascade]`",
                ),
            );
        }
        Value::Ref(Box::new(InlineRef { operator, target, settings }))
    }

    fn operator(&mut self) -> Option<Operator> {
        let is_left_optional = self.eat(Kind::Question);
        let cardinality = match self.current.kind {
            Kind::Less => {
                let less = self.bump().span;
                if self.at(Kind::Greater) && self.current.span.start == less.end {
                    self.bump();
                    Cardinality::ManyToMany
                } else {
                    Cardinality::OneToMany
                }
            }
            Kind::Greater => {
                self.bump();
                Cardinality::ManyToOne
            }
            Kind::Minus => {
                self.bump();
                Cardinality::OneToOne
            }
            _ => {
                let found = self.describe();
                let span = self.current.span;
                self.diagnostics.push(
                    Diagnostic::error(
                        "dbml/unknown-operator",
                        span,
                        format!("{found} where `<`, `>`, `-` or `<>` is expected"),
                    )
                    .with_help("write `Ref: orders.user_id > users.id`"),
                );
                return None;
            }
        };
        let is_right_optional = self.eat(Kind::Question);
        Some(Operator { cardinality, is_left_optional, is_right_optional })
    }

    /// `table.column`, `schema.table.column` or `table.(a, b)`.
    pub(super) fn endpoint(&mut self) -> Option<Endpoint<'a>> {
        let start = self.current.span.start;
        let mut parts = vec![self.name("the table of a ref")?];
        let mut columns = None;
        while self.eat(Kind::Dot) {
            if self.at(Kind::ParenOpen) {
                columns = Some(self.column_list()?);
                break;
            }
            parts.push(self.name("a column")?);
        }
        let span = self.span_from(start);
        let columns = match columns {
            Some(columns) => columns,
            None if parts.len() > 1 => parts.pop().into_iter().collect(),
            None => {
                let name = &parts[0].text;
                let message = format!("`{name}` is a table, and its column is missing");
                self.diagnostics.push(
                    Diagnostic::error("dbml/missing-column", span, message)
                        .with_help(format!("write `{name}.column`")),
                );
                return None;
            }
        };
        let table = self.qualify(parts);
        Some(Endpoint { table, columns, span })
    }

    /// `(a, b)`.
    pub(super) fn column_list(&mut self) -> Option<Vec<crate::ast::Name<'a>>> {
        self.bump();
        let mut columns = Vec::new();
        loop {
            match self.current.kind {
                Kind::ParenClose => {
                    self.bump();
                    return Some(columns);
                }
                Kind::Comma => {
                    self.bump();
                }
                _ => columns.push(self.name("a column")?),
            }
        }
    }
}
