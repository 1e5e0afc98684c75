//! Domains and composite types, which only PostgreSQL has: it gets them as they were written, and
//! elsewhere a column of a domain has the type that the domain is based on.

use std::borrow::Cow;

use crowfoot_schema::{Diagram, EntityId};
use crowfoot_text::Span;
use smol_str::{SmolStr, ToSmolStr};

use super::Printer;
use crate::{
    Dialect,
    lex::Lexer,
    option,
    parse::{self, Cursor},
};

/// A domain of the diagram.
pub(crate) struct Domain {
    /// As columns name it.
    name: SmolStr,
    schema: Option<SmolStr>,
    /// The text of the type that it is based on.
    base: SmolStr,
    /// What else it says of its values.
    clauses: String,
}

/// The domains that a diagram has.
pub(crate) fn domains(diagram: &Diagram) -> Vec<Domain> {
    let options = diagram.settings().options.iter().filter(|it| it.key == option::PG_DOMAIN);
    options.filter_map(|it| domain(it.value.as_deref()?)).collect()
}

fn domain(text: &str) -> Option<Domain> {
    let read = with_cursor(text, parse::domain)?;
    let name = read.path.span().of(text).to_smolstr();
    let schema = read.path.schema.map(|it| it.text);
    Some(Domain { name, schema, base: read.base.text, clauses: read.clauses })
}

fn with_cursor<T>(text: &str, read: impl FnOnce(&mut Cursor<'_>) -> Option<T>) -> Option<T> {
    let length = u32::try_from(text.len()).ok()?;
    let mut lexer = Lexer::new(Dialect::PostgreSql, text, Span::new(0, length));
    let tokens: Vec<_> = std::iter::from_fn(|| lexer.next()).collect();
    read(&mut Cursor::new(Dialect::PostgreSql, text, &tokens))
}

impl Printer<'_> {
    /// The type itself, or for a domain the one that it is based on in the end.
    pub(crate) fn base_of<'t>(&self, text: &'t SmolStr) -> Cow<'t, SmolStr> {
        let mut text = Cow::Borrowed(text);
        // As many steps as there are domains, so that two which name each other end.
        for _ in 0..self.domains.len() {
            let (name, brackets) = text.split_at(text.find('[').unwrap_or(text.len()));
            let Some(domain) = self.domains.iter().find(|it| it.name == name) else { break };
            text = Cow::Owned(SmolStr::new(format!("{}{brackets}", domain.base)));
        }
        text
    }

    /// Tells what becomes of the domains where there are none.
    pub(crate) fn tell_domains(&mut self) {
        if self.target == Dialect::PostgreSql {
            return;
        }
        for domain in &std::mem::take(&mut self.domains) {
            let mut message = format!(
                "domain `{}` becomes its type `{}`: {} has no domains",
                domain.name, domain.base, self.rules.name
            );
            if !domain.clauses.is_empty() {
                message.push_str(&format!("; `{}` is left out", domain.clauses));
            }
            self.notice("sql/no-domains", EntityId::Settings, message);
        }
        self.domains = domains(self.diagram);
    }

    /// Writes domains and composite types in the order in which they were made.
    pub(crate) fn user_types(&mut self) {
        if self.target != Dialect::PostgreSql {
            return;
        }
        for item in &self.diagram.settings().options {
            let Some(definition) = &item.value else { continue };
            let start = match item.key.as_str() {
                option::PG_DOMAIN => "CREATE DOMAIN ",
                option::PG_TYPE => "CREATE TYPE ",
                _ => continue,
            };
            self.gap();
            self.put(start);
            self.put(definition);
            self.put(";\n");
        }
    }

    /// The schemas that domains and composite types are in.
    pub(crate) fn schemas_of_user_types(&self) -> Vec<SmolStr> {
        if self.target != Dialect::PostgreSql {
            return Vec::new();
        }
        let types = self.diagram.settings().options.iter().filter(|it| it.key == option::PG_TYPE);
        let of_types = types.filter_map(|it| {
            let path = with_cursor(it.value.as_deref()?, |cursor| cursor.path().ok())?;
            path.schema.map(|it| it.text)
        });
        self.domains.iter().filter_map(|it| it.schema.clone()).chain(of_types).collect()
    }

    /// Whether the diagram has a composite type of that name.
    pub(crate) fn has_composite(&self, text: &str) -> bool {
        let name = text.split('[').next().unwrap_or(text);
        let options = &self.diagram.settings().options;
        options.iter().filter(|it| it.key == option::PG_TYPE).any(|it| {
            let rest = it.value.as_deref().and_then(|it| it.strip_prefix(name));
            rest.is_some_and(|it| it.starts_with(" AS "))
        })
    }
}
