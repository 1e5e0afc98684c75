//! Domains and composite types of PostgreSQL, which the diagram keeps as they were written.

use crowfoot_schema::{Dialect, Extra};
use smol_str::{SmolStr, format_smolstr};

use super::catalog::{Catalog, is_usual};
use crate::{
    dialect::rules,
    option,
    parse::ast::{Path, UserTypeKind},
};

pub(crate) struct UserTypeDraft {
    schema: Option<SmolStr>,
    name: SmolStr,
    kind: UserTypeKind,
    definition: String,
}

impl UserTypeDraft {
    /// Its name as the type of a column.
    pub(crate) fn text(&self, dimensions: u8) -> SmolStr {
        let rules = rules(Dialect::PostgreSql);
        let name = rules.name_of(&self.name);
        let brackets = "[]".repeat(usize::from(dimensions));
        match &self.schema {
            Some(schema) => format_smolstr!("{}.{name}{brackets}", rules.name_of(schema)),
            None => format_smolstr!("{name}{brackets}"),
        }
    }

    pub(crate) fn option(&self) -> Extra {
        let key = match self.kind {
            UserTypeKind::Domain => option::PG_DOMAIN,
            UserTypeKind::Composite => option::PG_TYPE,
        };
        let value = format!("{} AS {}", self.text(0), self.definition);
        Extra { key: SmolStr::new_static(key), value: Some(value) }
    }
}

impl Catalog<'_> {
    pub(crate) fn create_type(&mut self, path: &Path, kind: UserTypeKind, definition: String) {
        let schema = self.home(path);
        let name = path.name.text.clone();
        if self.user_type_in(&schema, &name).is_some() {
            let message = format!("there is a type `{path}` already; the first one is kept");
            self.report.warn("sql/duplicate-type", path.span(), message);
            return;
        }
        self.user_types.push(UserTypeDraft { schema, name, kind, definition });
    }

    /// Adds a clause to a domain; false when there is no such domain.
    pub(crate) fn alter_domain(&mut self, path: &Path, clause: &str) -> bool {
        let Some(at) = self.place_of_user_type(path) else { return false };
        let definition = &mut self.user_types[at].definition;
        definition.push(' ');
        definition.push_str(clause);
        true
    }

    pub(crate) fn drop_type(&mut self, path: &Path) {
        if let Some(at) = self.place_of_user_type(path) {
            self.user_types.remove(at);
        }
    }

    /// The domain or composite type that a path means.
    pub(crate) fn find_user_type(&self, path: &Path) -> Option<&UserTypeDraft> {
        if self.user_types.is_empty() || (!path.name.is_quoted && is_usual(&path.name.text)) {
            return None;
        }
        self.place_of_user_type(path).map(|at| &self.user_types[at])
    }

    fn place_of_user_type(&self, path: &Path) -> Option<usize> {
        let name = &path.name.text;
        match &path.schema {
            Some(schema) => self.user_type_in(&self.schema(&schema.text), name),
            None => {
                let found = self.search_path.iter().find_map(|it| self.user_type_in(it, name));
                found.or_else(|| self.user_type_in(&None, name))
            }
        }
    }

    fn user_type_in(&self, schema: &Option<SmolStr>, name: &SmolStr) -> Option<usize> {
        self.user_types.iter().position(|it| it.schema == *schema && it.name == *name)
    }
}
