//! Columns, indexes and checks: what tables and table partials hold.

use crowfoot_schema::{
    Check, Column, ColumnId, ColumnType, DefaultValue, Extra, Increment, Index, IndexPart,
    IndexTarget, Uniqueness,
};
use crowfoot_text::{Diagnostic, Span};
use smol_str::SmolStr;

use super::{Key, Lower};
use crate::ast::{self, IndexItem, Setting, TypeText, Value};

/// What the settings of a column say beside the column itself.
#[derive(Default)]
pub(super) struct ColumnMarks<'a> {
    pub(super) is_primary: bool,
    pub(super) is_unique: bool,
    pub(super) checks: Vec<&'a str>,
    pub(super) refs: Vec<&'a Setting<'a>>,
}

const COLUMN_SETTINGS: [&str; 10] = [
    "pk",
    "primary key",
    "null",
    "not null",
    "unique",
    "increment",
    "default",
    "note",
    "check",
    "ref",
];

impl<'a> Lower<'a, '_> {
    pub(super) fn column(&mut self, item: &'a ast::Column<'a>) -> (Column, ColumnMarks<'a>) {
        let ty = self.column_type(&item.ty);
        let mut column = Column::new(self.mint.id(), &*item.name.text, ty);
        let mut marks = ColumnMarks::default();
        let mut null_said = None;
        for setting in &item.settings {
            if setting.is("pk") || setting.is("primary key") {
                marks.is_primary |= self.flag(setting);
            } else if setting.is("not null") {
                column.not_null |= self.flag(setting);
            } else if setting.is("null") {
                null_said = self.flag(setting).then_some(setting.span);
            } else if setting.is("unique") {
                marks.is_unique |= self.flag(setting);
            } else if setting.is("increment") {
                if self.flag(setting) {
                    column.increment = Some(Increment::Auto);
                }
            } else if setting.is("default") {
                if column.default.is_some() {
                    self.repeated(setting);
                }
                column.default = self.default_of(setting).or(column.default);
            } else if setting.is("note") {
                self.set_note(&mut column.note, setting);
            } else if setting.is("check") {
                match setting.value {
                    Value::Expr(expr) => marks.checks.push(expr),
                    _ => self.error(
                        "dbml/bad-value",
                        setting.span,
                        "`check` needs an expression in backticks",
                    ),
                }
            } else if setting.is("ref") {
                match setting.value {
                    Value::Ref(_) => marks.refs.push(setting),
                    // What is missing was reported where it was read.
                    Value::None => {}
                    _ => self.diagnostics.push(
                        Diagnostic::error(
                            "dbml/bad-value",
                            setting.span,
                            "`ref` needs an operator and a column",
                        )
                        .with_help("write `ref: > users.id`"),
                    ),
                }
            } else if setting.is("dep") {
                column.extras.push(self.extra_of(setting));
            } else {
                self.keep(&mut column.extras, setting, &COLUMN_SETTINGS);
            }
        }
        if let (Some(span), true) = (null_said, column.not_null) {
            let message = format!("`{}` is both `null` and `not null`", column.name);
            self.error("dbml/contradiction", span, message);
        }
        (column, marks)
    }

    fn column_type(&mut self, ty: &TypeText<'_>) -> ColumnType {
        if let Some(item) = self.enum_type(ty) {
            return item;
        }
        if let Some(whole) = ty.as_whole() {
            return ColumnType::Named(SmolStr::new(whole));
        }
        let name = match ty.schema() {
            None => SmolStr::from_iter([ty.name(), ty.suffix()]),
            Some(schema) => SmolStr::from_iter([schema, ".", ty.name(), ty.suffix()]),
        };
        ColumnType::Named(name)
    }

    /// The type as an enum of the text, with array brackets perhaps.
    fn enum_type(&self, ty: &TypeText<'_>) -> Option<ColumnType> {
        if self.enum_names.is_empty() {
            return None;
        }
        let schema = ty.schema().filter(|it| *it != "public").unwrap_or("");
        let key: Key<'_> = (schema, ty.name());
        let id = self.enums[*self.enum_names.get(&key)?].id;
        let mut dimensions = 0_u8;
        let mut rest = ty.suffix();
        while !rest.is_empty() {
            let inner = rest.strip_prefix('[')?;
            let end = inner.find(']')?;
            if end != 0 {
                return None;
            }
            dimensions = dimensions.checked_add(1)?;
            rest = &inner[end + 1..];
        }
        Some(ColumnType::Enum { id, dimensions })
    }

    fn default_of(&mut self, setting: &Setting<'a>) -> Option<DefaultValue> {
        Some(match &setting.value {
            Value::Text(text) | Value::Quoted(text) => {
                DefaultValue::Text(text.clone().into_owned())
            }
            Value::Expr(expr) => DefaultValue::Expr((*expr).to_owned()),
            Value::Number(text) => DefaultValue::Number(SmolStr::new(text)),
            Value::Words { last, is_dotted: false } if last.eq_ignore_ascii_case("null") => {
                DefaultValue::Null
            }
            Value::Words { last, is_dotted: false } if last.eq_ignore_ascii_case("true") => {
                DefaultValue::Bool(true)
            }
            Value::Words { last, is_dotted: false } if last.eq_ignore_ascii_case("false") => {
                DefaultValue::Bool(false)
            }
            // A value of an enum: `Status.active`.
            Value::Words { last, is_dotted: true } => DefaultValue::Text(last.clone().into_owned()),
            Value::Words { .. } | Value::Color(_) | Value::Other | Value::Ref(_) => {
                let text = setting.value_span.of(self.text);
                self.diagnostics.push(
                    Diagnostic::error(
                        "dbml/bad-value",
                        setting.value_span,
                        format!("`{text}` is no default value"),
                    )
                    .with_help("put a string in single quotes, an expression in backticks"),
                );
                return None;
            }
            Value::None => {
                if setting.value_span.is_empty() && setting.span == setting.key_span {
                    self.error("dbml/bad-value", setting.span, "`default` needs a value");
                }
                return None;
            }
        })
    }

    /// A unique constraint of one column, as the setting `unique` makes it.
    pub(super) fn unique(&mut self, column: ColumnId) -> Index {
        Index::new(self.mint.id(), Uniqueness::Constraint, vec![IndexPart::column(column)])
    }

    pub(super) fn check_at(&mut self, column: ColumnId, expr: &str) -> Check {
        Check {
            id: self.mint.id(),
            expr: expr.to_owned(),
            name: None,
            column: Some(column),
            partial: None,
            options: Vec::new(),
            extras: Vec::new(),
        }
    }

    /// A check of the `checks` block.
    pub(super) fn check(&mut self, item: &'a ast::CheckItem<'a>) -> Check {
        let mut check = Check {
            id: self.mint.id(),
            expr: item.expr.to_owned(),
            name: None,
            column: None,
            partial: None,
            options: Vec::new(),
            extras: Vec::new(),
        };
        for setting in &item.settings {
            if setting.is("name") {
                check.name = self.name_of(setting);
            } else {
                self.keep(&mut check.extras, setting, &["name"]);
            }
        }
        check
    }

    /// An entry of the `indexes` block.
    pub(super) fn index(
        &mut self,
        item: &'a IndexItem<'a>,
        find: &mut dyn FnMut(&mut Self, &'a ast::Name<'a>) -> Option<ColumnId>,
    ) -> Option<IndexOrKey> {
        let mut parts = Vec::with_capacity(item.parts.len());
        let mut is_complete = true;
        for part in &item.parts {
            match part {
                ast::IndexPart::Expr(expr) => parts.push(IndexPart {
                    target: IndexTarget::Expr((*expr).to_owned()),
                    modifiers: None,
                }),
                ast::IndexPart::Column(name) => match find(self, name) {
                    Some(id) if parts.contains(&IndexPart::column(id)) => {
                        let message = format!("the index names `{}` already", name.text);
                        self.error("dbml/repeated-column", name.span, message);
                    }
                    Some(id) => parts.push(IndexPart::column(id)),
                    None => is_complete = false,
                },
            }
        }
        let mut index = Index::new(self.mint.id(), Uniqueness::None, parts);
        let mut is_primary = false;
        for setting in &item.settings {
            if setting.is("pk") || setting.is("primary key") {
                is_primary |= self.flag(setting);
            } else if setting.is("unique") {
                if self.flag(setting) {
                    index.uniqueness = Uniqueness::Index;
                }
            } else if setting.is("name") {
                index.name = self.name_of(setting);
            } else if setting.is("type") {
                index.method = self.name_of(setting).map(|it| it.to_lowercase().into());
            } else if setting.is("note") {
                self.set_note(&mut index.note, setting);
            } else {
                let known = ["pk", "unique", "name", "type", "note"];
                self.keep(&mut index.extras, setting, &known);
            }
        }
        if !is_complete {
            return None;
        }
        if index.parts.is_empty() {
            self.error("dbml/empty-index", item.span, "an index needs a column");
            return None;
        }
        if !is_primary {
            return Some(IndexOrKey::Index(index));
        }
        let columns: Vec<ColumnId> = index.columns().collect();
        if columns.len() != index.parts.len() {
            self.error(
                "dbml/bad-primary-key",
                item.span,
                "a primary key consists of columns, not of expressions",
            );
            return None;
        }
        if index.note.is_some() || index.method.is_some() || !index.extras.is_empty() {
            self.warn(
                "dbml/primary-key-setting",
                item.span,
                "of the settings of a primary key only the name is kept",
            );
        }
        Some(IndexOrKey::Key { name: index.name, columns, span: item.span })
    }

    /// A property of a table's or a partial's body.
    pub(super) fn body_property(
        &mut self,
        note: &mut Option<String>,
        extras: &mut Vec<Extra>,
        setting: &'a Setting<'a>,
    ) {
        if setting.is("note") {
            self.set_note(note, setting);
        } else if setting.is("metadata") {
            extras.push(self.extra_of(setting));
        } else {
            self.keep(extras, setting, &["note", "indexes", "checks", "records"]);
        }
    }
}

/// What an entry of the `indexes` block makes.
pub(super) enum IndexOrKey {
    Index(Index),
    Key { name: Option<SmolStr>, columns: Vec<ColumnId>, span: Span },
}
