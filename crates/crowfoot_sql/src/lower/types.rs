//! Enums.

use crowfoot_text::Span;
use smol_str::SmolStr;

use super::catalog::{Catalog, EnumDraft};
use crate::parse::ast::{EnumAction, EnumPlace, Path};

impl Catalog<'_> {
    pub(crate) fn create_enum(&mut self, path: &Path, values: Vec<(SmolStr, Span)>) {
        let schema = self.home(path);
        if self.enum_in(Some(&schema), &path.name.text).is_some() {
            let message = format!("there is an enum `{path}` already; the first one is kept");
            self.report.warn("sql/duplicate-enum", path.span(), message);
            return;
        }
        let mut seen = rustc_hash::FxHashSet::default();
        let mut list = Vec::with_capacity(values.len());
        for (value, span) in values {
            if seen.insert(value.clone()) {
                list.push(value);
            } else {
                let message = format!("`{path}` has a value `{value}` already");
                self.report.warn("sql/duplicate-enum-value", span, message);
            }
        }
        let name = path.name.text.clone();
        let at = self.enums.len();
        self.enums.push(EnumDraft { schema, name, values: list, comment: None, is_live: true });
        self.enter_enum(at);
    }

    /// False when the type is no enum of the schema.
    pub(crate) fn alter_enum(&mut self, path: &Path, action: EnumAction) -> bool {
        let Some(at) = self.find_enum(path) else { return false };
        match action {
            EnumAction::AddValue { value, place, is_if_not_exists } => {
                let values = &mut self.enums[at].values;
                if values.contains(&value) {
                    if !is_if_not_exists {
                        let message = format!("`{path}` has a value `{value}` already");
                        self.report.warn("sql/duplicate-enum-value", path.span(), message);
                    }
                    return true;
                }
                let position = |wanted: &SmolStr| values.iter().position(|it| it == wanted);
                let index = match &place {
                    Some(EnumPlace::Before(other)) => position(other),
                    Some(EnumPlace::After(other)) => position(other).map(|it| it + 1),
                    None => None,
                };
                let index = index.unwrap_or(values.len());
                values.insert(index, value);
            }
            EnumAction::RenameValue { old, new } => {
                let values = &mut self.enums[at].values;
                if !values.contains(&new)
                    && let Some(value) = values.iter_mut().find(|it| **it == old)
                {
                    *value = new;
                }
            }
            EnumAction::RenameTo(name) => {
                let schema = self.enums[at].schema.clone();
                if self.enum_in(Some(&schema), &name.text).is_none() {
                    self.leave_enum(at);
                    self.enums[at].name = name.text;
                    self.enter_enum(at);
                }
            }
            EnumAction::SetSchema(name) => {
                let schema = self.schema(&name.text);
                if self.enum_in(Some(&schema), &self.enums[at].name).is_none() {
                    self.leave_enum(at);
                    self.enums[at].schema = schema;
                    self.enter_enum(at);
                }
            }
            EnumAction::Nothing => {}
        }
        true
    }

    pub(crate) fn drop_enum(&mut self, path: &Path) {
        if let Some(at) = self.find_enum(path) {
            self.leave_enum(at);
            self.enums[at].is_live = false;
        }
    }
}
