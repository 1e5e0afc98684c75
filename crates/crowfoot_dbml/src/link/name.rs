//! Names across modules: how they are compared, and calling things by their own ones.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::ast::{Item, Listed, Name, Qualified, Table, TableItem, TypeParts, TypeText, Value};

/// Schema and name as they are compared.
pub(super) type Key = (String, String);

/// A schema as it is compared: `public` is the default one.
pub(super) fn schema_key(name: &str) -> String {
    if name == "public" { String::new() } else { name.to_lowercase() }
}

pub(super) fn key(name: &Qualified<'_>) -> Key {
    let schema = name.schema.as_ref().map_or("", |it| &it.text);
    (schema_key(schema), name.name.text.to_lowercase())
}

pub(super) fn shown(name: &Qualified<'_>) -> String {
    match &name.schema {
        Some(schema) => format!("{}.{}", schema.text, name.name.text),
        None => name.name.text.to_string(),
    }
}

/// The name of an element that modules can call by another one.
pub(super) fn name_of<'a>(item: &Item<'a>) -> Option<Qualified<'a>> {
    match item {
        Item::Table(it) | Item::Partial(it) => Some(it.name.clone()),
        Item::Enum(it) => Some(it.name.clone()),
        _ => None,
    }
}

/// Other names and the own names that they stand for.
pub(super) type Names<'a> = FxHashMap<String, Qualified<'a>>;

/// Puts own names in the place of others, wherever they stand in an element.
pub(super) fn rename<'a>(item: &mut Item<'a>, names: &Names<'a>) {
    match item {
        Item::Table(table) | Item::Partial(table) => rename_in_table(table, names),
        Item::Ref(it) => {
            rename_one(&mut it.left.table, names);
            rename_one(&mut it.right.table, names);
        }
        Item::Group(it) => it.tables.iter_mut().for_each(|it| rename_one(it, names)),
        Item::Records(it) => it.table.iter_mut().for_each(|it| rename_one(it, names)),
        Item::View(it) => {
            if let Some(Listed::Names(tables)) = &mut it.tables {
                tables.iter_mut().for_each(|it| rename_one(it, names));
            }
        }
        Item::Project(_) | Item::Enum(_) | Item::Note(_) | Item::Use(_) | Item::Verbatim(_) => {}
    }
}

fn rename_in_table<'a>(table: &mut Table<'a>, names: &Names<'a>) {
    for part in &mut table.body {
        match part {
            TableItem::Column(column) => {
                for setting in &mut column.settings {
                    if let Value::Ref(reference) = &mut setting.value {
                        rename_one(&mut reference.target.table, names);
                    }
                }
                if column.ty.schema().is_none()
                    && let Some(own) = names.get(column.ty.name())
                {
                    let suffix = Cow::Owned(column.ty.suffix().to_owned());
                    let schema = own.schema.as_ref().map(|it| it.text.clone());
                    let name = own.name.text.clone();
                    column.ty = TypeText::parts(TypeParts { schema, name, suffix });
                }
            }
            TableItem::Inject(name) => {
                if let Some(own) = names.get(&*name.text) {
                    name.text = own.name.text.clone();
                }
            }
            TableItem::Indexes(_)
            | TableItem::Checks(_)
            | TableItem::Records(_)
            | TableItem::Property(_) => {}
        }
    }
}

/// The place stays, since that is where it is written.
fn rename_one<'a>(name: &mut Qualified<'a>, names: &Names<'a>) {
    if name.schema.is_some() {
        return;
    }
    let Some(own) = names.get(&*name.name.text) else { return };
    let span = name.name.span;
    name.schema = own.schema.as_ref().map(|it| Name { text: it.text.clone(), span });
    name.name.text = own.name.text.clone();
}
