//! Enum types: made, renamed, given more values, or made anew.

use crowfoot_schema::{ColumnType, EntityId, Enum, EnumId};
use smol_str::{SmolStr, format_smolstr};

use super::{super::shape::Target, Planner};
use crate::{
    Dialect,
    migrate::rename::{Rename, in_order},
};

impl Planner<'_> {
    /// Plans what happens to enums, other than to their names.
    pub(super) fn enums(&mut self, was: &mut Target<'_>, is: &mut Target<'_>) {
        let (before, after) = (self.before, self.after);
        for item in after.enums() {
            match before.enumeration(item.id) {
                None => {
                    let text = is.printer.captured(|it| it.create_enum(item));
                    self.steps.enums.push(without_end(&text));
                }
                Some(old) => self.values(old, item, is),
            }
        }
        for item in before.enums().filter(|it| after.enumeration(it.id).is_none()) {
            self.drop_enum(item, was);
        }
    }

    fn drop_enum(&mut self, item: &Enum, was: &Target<'_>) {
        let is_used = self.after.tables().flat_map(|it| &it.columns).any(|column| {
            matches!(&column.ty, ColumnType::Named(text)
                if text.trim_end_matches("[]").rsplit('.').next() == Some(&item.name))
        });
        if is_used && self.after.enum_named(item.schema.as_deref(), &item.name).is_none() {
            let message = format!("type `{}` stays: columns are still of that type", item.name);
            self.notices.tell("sql/type-left", EntityId::Enum(item.id), message);
            return;
        }
        let name = self.gone_enum_name(item, was);
        let name = self.qualified(item.schema.as_deref(), &name);
        self.steps.last.push(format!("DROP TYPE {name}"));
    }

    /// What an enum that goes is called until then: something that nothing else is called.
    pub(super) fn gone_enum_name(&self, item: &Enum, was: &Target<'_>) -> SmolStr {
        let name = was.printer.plain_enum_name(item);
        let schema = item.schema.as_deref();
        let is_free = |it: &str| {
            self.after.enum_named(schema, it).is_none()
                && self.after.table_named(schema, it).is_none()
        };
        std::iter::once(name.clone())
            .chain((1_u32..).map(|n| SmolStr::new(format!("{name}_old{n}"))))
            .find(|it| is_free(it))
            .unwrap_or(name)
    }

    fn values(&mut self, old: &Enum, new: &Enum, is: &mut Target<'_>) {
        let name = is.printer.enum_name(new);
        let text = |value: &str| self.rules.text_of(value);
        let kept: Vec<usize> = new
            .values
            .iter()
            .filter_map(|value| old.values.iter().position(|it| it.id == value.id))
            .collect();
        let n_gone = old.values.len() - kept.len();
        let renames = old.values.iter().filter_map(|value| {
            let to = match new.values.iter().find(|it| it.id == value.id) {
                Some(now) => now.name.clone(),
                // It makes room for a value that takes its name.
                None if new.values.iter().any(|it| it.name == value.name) => {
                    format_smolstr!("{}_gone", value.name)
                }
                None => return None,
            };
            Some(Rename { thing: (), from: value.name.clone(), to })
        });
        let renames: Vec<String> = in_order(Dialect::PostgreSql, renames.collect())
            .iter()
            .map(|it| {
                let (from, to) = (text(&it.from), text(&it.to));
                format!("ALTER TYPE {name} RENAME VALUE {from} TO {to}")
            })
            .collect();
        if n_gone > 0 || !kept.is_sorted() {
            self.steps.enums.extend(renames);
            self.rebuild(old, new, is);
            return;
        }

        let mut added = Vec::new();
        for (at, value) in new.values.iter().enumerate() {
            if old.values.iter().any(|it| it.id == value.id) {
                continue;
            }
            let place = match (at, new.values.get(at + 1)) {
                (0, None) => String::new(),
                (0, Some(_)) => {
                    let first =
                        new.values.iter().find(|it| old.values.iter().any(|old| old.id == it.id));
                    first.map_or_else(String::new, |it| format!(" BEFORE {}", text(&it.name)))
                }
                _ => format!(" AFTER {}", text(&new.values[at - 1].name)),
            };
            added.push((value.name.clone(), place));
        }
        let is_used = added.iter().any(|(value, _)| self.is_value_used(new.id, value));
        if is_used && (!renames.is_empty() || self.was_name(old) != name) {
            self.steps.enums.extend(renames);
            self.rebuild(old, new, is);
            return;
        }
        let adds = added.iter().map(|(value, place)| {
            let unless = if is_used { "IF NOT EXISTS " } else { "" };
            format!("ALTER TYPE {name} ADD VALUE {unless}{}{place}", text(value))
        });
        if is_used {
            self.steps.before.extend(adds);
        } else {
            self.steps.enums.extend(renames);
            self.steps.enums.extend(adds);
        }
    }

    fn was_name(&self, item: &Enum) -> String {
        let is_taken = self.before.table_named(item.schema.as_deref(), &item.name).is_some();
        let suffix = if is_taken { "_enum" } else { "" };
        self.qualified(item.schema.as_deref(), &format!("{}{suffix}", item.name))
    }

    /// Whether something that the script makes needs the value at once.
    fn is_value_used(&self, id: EnumId, value: &str) -> bool {
        let literal = self.rules.text_of(value);
        self.is.values().any(|table| {
            table.columns.iter().any(|column| {
                if column.of_enum.is_none_or(|it| it.0 != id) {
                    return false;
                }
                let was = self.was.get(&table.id).and_then(|it| it.column(column.id));
                let becomes = was.is_some_and(|it| it.of_enum.is_none_or(|it| it.0 != id));
                let mentions = |text: &str| text.contains(&literal);
                becomes
                    || column.default.as_deref().is_some_and(mentions)
                    || table.checks.iter().any(|it| mentions(&it.expr))
                    || table.indexes.iter().flat_map(|it| &it.exprs).any(|it| mentions(it))
                    || table.columns.iter().filter_map(|it| it.generated.as_deref()).any(mentions)
            })
        })
    }

    /// Makes the type anew beside the old one, which goes when no column is of it any more.
    fn rebuild(&mut self, old: &Enum, new: &Enum, is: &mut Target<'_>) {
        self.rebuilt.insert(new.id);
        let name = is.printer.enum_name(new);
        let plain = is.printer.plain_enum_name(new);
        let is_free = |it: &str| self.after.enum_named(new.schema.as_deref(), it).is_none();
        let aside =
            (1_u32..).map(|n| format!("{plain}_old{n}")).find(|it| is_free(it)).unwrap_or_default();
        self.steps.enums.push(format!("ALTER TYPE {name} RENAME TO {}", self.name(&aside)));
        let text = is.printer.captured(|it| it.create_enum(new));
        self.steps.enums.push(without_end(&text));
        let aside = self.qualified(new.schema.as_deref(), &aside);
        self.steps.last.push(format!("DROP TYPE {aside}"));
        for value in &old.values {
            if new.values.iter().all(|it| it.id != value.id) {
                let message = format!(
                    "enum `{}` loses its value `{}`: the script fails while a row has it",
                    new.name, value.name
                );
                self.notices.may_fail(EntityId::EnumValue(value.id), message);
            }
        }
    }
}

/// A statement without what ends it.
pub(super) fn without_end(text: &str) -> String {
    let text = text.trim();
    text.strip_suffix(';').unwrap_or(text).to_owned()
}
