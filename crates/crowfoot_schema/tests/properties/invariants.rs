//! What must hold of every diagram, checked the slow and plain way.

use std::collections::BTreeSet;

use crowfoot_schema::{
    Check, Column, ColumnId, ColumnType, Diagram, Index, IndexTarget, PartialId, Shown, Side,
};

use crate::generator::{NAMES, SCHEMAS};

/// Panics with what is wrong if any invariant does not hold.
pub(crate) fn check(diagram: &Diagram) {
    unique("table", diagram.tables().map(|it| (it.schema.clone(), it.name.clone())));
    unique("enum", diagram.enums().map(|it| (it.schema.clone(), it.name.clone())));
    unique("group", diagram.groups().map(|it| it.name.clone()));
    unique("note", diagram.notes().map(|it| it.name.clone()));
    unique("view", diagram.views().map(|it| it.name.clone()));
    unique("partial", diagram.partials().map(|it| it.name.clone()));

    for table in diagram.tables() {
        assert!(!table.name.is_empty());
        let columns: BTreeSet<ColumnId> = table.columns.iter().map(|it| it.id).collect();
        unique("column", table.columns.iter().map(|it| it.name.clone()));
        unique("column id", table.columns.iter().map(|it| it.id));
        unique("index id", table.indexes.iter().map(|it| it.id));
        unique("check id", table.checks.iter().map(|it| it.id));
        table.columns.iter().for_each(|it| column_resolves(diagram, it));
        table.indexes.iter().for_each(|it| index_resolves(diagram, it, &columns));
        table.checks.iter().for_each(|it| check_resolves(diagram, it, &columns));
        if let Some(key) = &table.primary_key {
            assert!(!key.columns.is_empty());
            unique("key column", key.columns.iter());
            assert!(key.columns.iter().all(|it| columns.contains(it)));
        }
        for records in table.records.iter().flat_map(|it| it.iter()) {
            assert!(records.columns.iter().all(|it| columns.contains(it)));
            assert!(records.rows.iter().all(|it| it.len() == records.columns.len()));
        }
        assert!(table.group.is_none_or(|it| diagram.group(it).is_some()));
    }

    for reference in diagram.refs() {
        for side in [Side::From, Side::To] {
            let table = diagram.table(reference.table(side)).expect("a ref joins tables");
            let columns = reference.side_columns(side);
            assert!(columns.iter().all(|it| table.column(*it).is_some()));
        }
    }
    unique(
        "ref",
        diagram.refs().filter_map(|it| {
            let side = it.referencing_side().unwrap_or_default();
            it.name.clone().map(|name| (it.table(side), name))
        }),
    );

    for dismissal in diagram.dismissals() {
        for (from, to) in dismissal.columns.iter() {
            for (table, column) in [(dismissal.from, from), (dismissal.to, to)] {
                assert!(diagram.table(table).is_some_and(|it| it.column(column).is_some()));
            }
        }
    }

    for item in diagram.enums() {
        assert!(!item.name.is_empty());
        unique("value", item.values.iter().map(|it| it.name.clone()));
        unique("value id", item.values.iter().map(|it| it.id));
    }
    for partial in diagram.partials() {
        let columns: BTreeSet<ColumnId> = partial.columns.iter().map(|it| it.id).collect();
        partial.columns.iter().for_each(|it| column_resolves(diagram, it));
        partial.indexes.iter().for_each(|it| index_resolves(diagram, it, &columns));
        partial.checks.iter().for_each(|it| check_resolves(diagram, it, &columns));
        assert!(partial.primary_columns.iter().all(|it| columns.contains(it)));
    }
    for view in diagram.views() {
        shows(&view.tables, |it| diagram.table(*it).is_some());
        shows(&view.notes, |it| diagram.note(*it).is_some());
        shows(&view.groups, |it| diagram.group(*it).is_some());
        assert!(view.places.tables.keys().all(|it| diagram.table(*it).is_some()));
        assert!(view.places.notes.keys().all(|it| diagram.note(*it).is_some()));
    }
    lookups(diagram);
}

/// The indexes that `apply` keeps say what a search through everything says.
fn lookups(diagram: &Diagram) {
    for table in diagram.tables() {
        let found: Vec<_> = diagram.refs_of(table.id).map(|it| it.id).collect();
        let touches = |it: &&crowfoot_schema::Ref| it.from == table.id || it.to == table.id;
        let expected: Vec<_> = diagram.refs().filter(touches).map(|it| it.id).collect();
        assert_eq!(found, expected, "refs of `{}`", table.name);
    }
    for schema in SCHEMAS {
        for name in NAMES {
            let fits = |other: &Option<smol_str::SmolStr>, other_name: &str| {
                other.as_deref() == schema && other_name == name
            };
            let expected = diagram.tables().find(|it| fits(&it.schema, &it.name));
            assert_eq!(diagram.table_named(schema, name), expected, "{schema:?} {name}");
            let expected = diagram.enums().find(|it| fits(&it.schema, &it.name));
            assert_eq!(diagram.enum_named(schema, name), expected, "{schema:?} {name}");
        }
    }
}

fn unique<T: Ord + std::fmt::Debug>(what: &str, all: impl Iterator<Item = T>) {
    let mut seen = BTreeSet::new();
    for item in all {
        let text = format!("{item:?}");
        assert!(seen.insert(item), "two of one {what}: {text}");
    }
}

fn column_resolves(diagram: &Diagram, column: &Column) {
    assert!(!column.name.is_empty());
    if let ColumnType::Enum { id, .. } = &column.ty {
        assert!(diagram.enumeration(*id).is_some(), "the enum of `{}`", column.name);
    }
    partial_resolves(diagram, column.partial);
}

fn index_resolves(diagram: &Diagram, index: &Index, columns: &BTreeSet<ColumnId>) {
    assert!(!index.parts.is_empty());
    for part in &index.parts {
        match part.target {
            IndexTarget::Column(id) => assert!(columns.contains(&id)),
            IndexTarget::Expr(_) => {}
        }
    }
    assert!(index.include.iter().all(|it| columns.contains(it)));
    partial_resolves(diagram, index.partial);
}

fn check_resolves(diagram: &Diagram, check: &Check, columns: &BTreeSet<ColumnId>) {
    assert!(check.column.is_none_or(|it| columns.contains(&it)));
    partial_resolves(diagram, check.partial);
}

fn partial_resolves(diagram: &Diagram, partial: Option<PartialId>) {
    assert!(partial.is_none_or(|it| diagram.partial(it).is_some()), "the partial is there");
}

fn shows<T>(shown: &Shown<T>, exists: impl Fn(&T) -> bool) {
    match shown {
        Shown::All => {}
        Shown::Only(list) => assert!(list.iter().all(exists), "a view shows what is there"),
    }
}
