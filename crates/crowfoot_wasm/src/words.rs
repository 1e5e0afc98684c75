//! How entities are called in lists and descriptions.

use crowfoot_schema::{
    Column, ColumnId, ColumnType, DefaultValue, Diagram, Enum, Ref, ReferentialAction, Side, Table,
    TableId,
};

/// `schema.name`, or the name alone.
pub(crate) fn table_label(table: &Table) -> String {
    qualified(table.schema.as_deref(), &table.name)
}

/// `schema.name`, or the name alone.
pub(crate) fn enum_label(item: &Enum) -> String {
    qualified(item.schema.as_deref(), &item.name)
}

fn qualified(schema: Option<&str>, name: &str) -> String {
    schema.map_or_else(|| name.to_owned(), |it| format!("{it}.{name}"))
}

/// The label of a table that is there, by its id.
pub(crate) fn label_of(diagram: &Diagram, id: TableId) -> String {
    diagram.table(id).map_or_else(String::new, table_label)
}

/// `table.column`, or `table.(a, b)` for several columns.
pub(crate) fn end_label(diagram: &Diagram, reference: &Ref, side: Side) -> String {
    let Some(table) = diagram.table(reference.table(side)) else { return String::new() };
    columns_label(table, &reference.side_columns(side))
}

/// `table.column`, or `table.(a, b)` for several columns.
pub(crate) fn columns_label(table: &Table, columns: &[ColumnId]) -> String {
    let label = table_label(table);
    match column_names(table, columns).as_slice() {
        [one] => format!("{label}.{one}"),
        many => format!("{label}.({})", many.join(", ")),
    }
}

/// The names of those columns that are there.
pub(crate) fn column_names<'a>(table: &'a Table, columns: &[ColumnId]) -> Vec<&'a str> {
    columns.iter().filter_map(|&id| Some(table.column(id)?.name.as_str())).collect()
}

/// `orders.user_id > users.id`.
pub(crate) fn ref_label(diagram: &Diagram, reference: &Ref) -> String {
    let from = end_label(diagram, reference, Side::From);
    let to = end_label(diagram, reference, Side::To);
    format!("{from} {} {to}", reference.cardinality.symbol())
}

/// The operator with `?` on a side that was said to be optional.
pub(crate) fn symbol(reference: &Ref) -> String {
    let mark = |said: Option<bool>| if said == Some(true) { "?" } else { "" };
    let (from, to) = (mark(reference.from_optional), mark(reference.to_optional));
    format!("{from}{}{to}", reference.cardinality.symbol())
}

/// The text of a column's type, an enum by its name.
pub(crate) fn type_text(diagram: &Diagram, column: &Column) -> String {
    match &column.ty {
        ColumnType::Named(text) => text.to_string(),
        ColumnType::Enum { id, dimensions } => {
            let name = diagram.enumeration(*id).map_or_else(String::new, enum_label);
            name + &"[]".repeat(usize::from(*dimensions))
        }
    }
}

/// A default as one types it.
pub(crate) fn default_text(default: &DefaultValue) -> String {
    match default {
        DefaultValue::Null => "null".to_owned(),
        DefaultValue::Bool(it) => it.to_string(),
        DefaultValue::Number(it) => it.to_string(),
        DefaultValue::Text(it) => format!("'{}'", it.replace('\'', "''")),
        DefaultValue::Expr(it) => it.clone(),
    }
}

/// What somebody typed as a default; none for nothing.
pub(crate) fn read_default(text: &str) -> Option<DefaultValue> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    if text.eq_ignore_ascii_case("null") {
        return Some(DefaultValue::Null);
    }
    if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") {
        return Some(DefaultValue::Bool(text.eq_ignore_ascii_case("true")));
    }
    if text.parse::<f64>().is_ok() && text.bytes().all(|it| !it.is_ascii_alphabetic() || it == b'e')
    {
        return Some(DefaultValue::Number(text.into()));
    }
    let inner = text.strip_prefix('\'').and_then(|it| it.strip_suffix('\''));
    if let Some(inner) = inner {
        let unescaped = inner.replace("''", "\u{0}");
        if !unescaped.contains('\'') {
            return Some(DefaultValue::Text(unescaped.replace('\u{0}', "'")));
        }
    }
    Some(DefaultValue::Expr(text.to_owned()))
}

/// An action as SQL says it, in small letters.
pub(crate) const fn action_words(action: ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "no action",
        ReferentialAction::Restrict => "restrict",
        ReferentialAction::Cascade => "cascade",
        ReferentialAction::SetNull => "set null",
        ReferentialAction::SetDefault => "set default",
    }
}

/// `1 table`, `3 tables`.
pub(crate) fn count(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

#[cfg(test)]
mod tests {
    use super::{default_text, read_default};

    #[test]
    fn a_default_is_read_as_it_is_written() {
        for text in ["null", "true", "-1.5", "1e9", "'it''s'", "''", "now()", "'a' || 'b'"] {
            let read = read_default(text).expect("something is typed");
            assert_eq!(default_text(&read), text, "{read:?}");
        }
        assert_eq!(read_default("  "), None);
    }
}
