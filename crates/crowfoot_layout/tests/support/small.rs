//! Small diagrams, made by hand.

use crowfoot_schema::{
    Column, ColumnId, ColumnPairs, ColumnType, IdMint, PrimaryKey, Ref, RefId, Table,
};

/// A table with columns of those names and types; a `*` before a name puts it in the primary key,
/// a `!` makes it NOT NULL.
pub(crate) fn table(mint: &mut IdMint, name: &str, columns: &[(&str, &str)]) -> Table {
    let mut table = Table::new(mint.id(), None, name);
    let mut key = Vec::new();
    for (name, ty) in columns {
        let plain = name.trim_start_matches(['*', '!']);
        let mut column = Column::new(mint.id::<ColumnId>(), plain, ColumnType::named(*ty));
        column.not_null = name.starts_with('!');
        if name.starts_with('*') {
            key.push(column.id);
        }
        table.columns.push(column);
    }
    if !key.is_empty() {
        table.primary_key = Some(PrimaryKey { name: None, columns: key });
    }
    table
}

/// A many-to-one ref between columns of those names.
pub(crate) fn reference(mint: &mut IdMint, from: (&Table, &str), to: (&Table, &str)) -> Ref {
    let id = |(table, name): (&Table, &str)| {
        table.column_named(name).expect("the table has a column of that name").id
    };
    let pairs = ColumnPairs::one(id(from), id(to));
    Ref::new(mint.id::<RefId>(), from.0.id, to.0.id, pairs)
}
