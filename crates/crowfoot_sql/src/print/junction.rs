//! Many-to-many refs as tables: two foreign keys and a key of both.

use std::borrow::Cow;

use crowfoot_schema::{
    Cardinality, Change, ChangeSet, Column, ColumnId, ColumnPairs, ColumnType, Diagram, EntityId,
    IdMint, Notice, PrimaryKey, Ref, ReferentialAction, Side, Table, TableId,
};
use smol_str::{SmolStr, format_smolstr};

use crate::dialect::type_name::TypeName;

/// The diagram with a table in the place of each many-to-many ref.
pub(crate) fn expand(diagram: &Diagram) -> (Diagram, Vec<Notice>) {
    let mut expanded = diagram.clone();
    let mut notices = Vec::new();
    for reference in diagram.refs() {
        if reference.cardinality != Cardinality::ManyToMany || reference.inactive {
            continue;
        }
        let Some((changes, name)) = junction(&expanded, reference) else { continue };
        let message = match expanded.apply(&changes) {
            Ok(_) => format!(
                "a many-to-many ref needs a table of its own: `{name}` was added for the one \
                 between `{}` and `{}`",
                table_name(diagram, reference.from),
                table_name(diagram, reference.to),
            ),
            Err(rejected) => {
                format!("the many-to-many ref is left out: its table is not possible: {rejected}")
            }
        };
        notices.push(Notice {
            code: Cow::Borrowed("sql/junction-table"),
            entity: EntityId::Ref(reference.id),
            message,
        });
    }
    (expanded, notices)
}

fn table_name(diagram: &Diagram, id: TableId) -> &str {
    diagram.table(id).map_or("", |it| it.name.as_str())
}

/// The table and its two refs, with the table's name.
fn junction(diagram: &Diagram, reference: &Ref) -> Option<(ChangeSet, SmolStr)> {
    let from = diagram.table(reference.from)?;
    let to = diagram.table(reference.to)?;
    // The ids follow from the ref's, later than all others, so that the same diagram gives the same
    // script.
    let mut mint = IdMint::new(u64::MAX, reference.id.0.as_u128());

    let wanted = format_smolstr!("{}_{}", from.name, to.name);
    let is_taken = |name: &str| diagram.table_named(from.schema.as_deref(), name).is_some();
    let name = std::iter::once(wanted.clone())
        .chain((2..1000).map(|n| format_smolstr!("{wanted}_{n}")))
        .find(|it| !is_taken(it))?;

    let mut table = Table::new(mint.id(), from.schema.clone(), name.clone());
    let mut sides = Vec::new();
    for (side, parent) in [(Side::From, from), (Side::To, to)] {
        let prefix = if side == Side::To && reference.is_self_ref() { "related_" } else { "" };
        let mut pairs = Vec::new();
        for target in reference.side_columns(side) {
            let id = mint.id();
            let column = column(id, &table, parent, target, prefix)?;
            table.columns.push(column);
            pairs.push((id, target));
        }
        sides.push((parent.id, ColumnPairs::new(pairs).ok()?));
    }
    table.primary_key =
        Some(PrimaryKey { name: None, columns: table.columns.iter().map(|it| it.id).collect() });

    let table_id = table.id;
    let mut changes = vec![Change::CreateTable { table: Box::new(table) }];
    for (parent, pairs) in sides {
        let mut key = Ref::new(mint.id(), table_id, parent, pairs);
        // The columns are the key of a row, which cannot be emptied.
        key.on_delete = reference
            .on_delete
            .filter(|it| !matches!(it, ReferentialAction::SetNull | ReferentialAction::SetDefault));
        key.on_update = reference
            .on_update
            .filter(|it| !matches!(it, ReferentialAction::SetNull | ReferentialAction::SetDefault));
        changes.push(Change::CreateRef { reference: Box::new(key) });
    }
    Some((ChangeSet::new("junction table", changes), name))
}

fn column(
    id: ColumnId,
    table: &Table,
    parent: &Table,
    target: ColumnId,
    prefix: &str,
) -> Option<Column> {
    let referenced = parent.column(target)?;
    let wanted = format_smolstr!("{prefix}{}_{}", parent.name, referenced.name);
    let name = std::iter::once(wanted.clone())
        .chain((2..1000).map(|n| format_smolstr!("{wanted}_{n}")))
        .find(|it| table.column_named(it).is_none())?;
    let ty = match &referenced.ty {
        ColumnType::Named(text) => ColumnType::Named(without_counting(text)),
        it @ ColumnType::Enum { .. } => it.clone(),
    };
    let mut column = Column::new(id, name, ty);
    column.not_null = true;
    column.charset.clone_from(&referenced.charset);
    column.collation.clone_from(&referenced.collation);
    Some(column)
}

/// The type of a column that refers to one of that type: `integer` for `serial`.
fn without_counting(text: &SmolStr) -> SmolStr {
    match TypeName::parse(text).base.as_str() {
        "smallserial" | "serial2" => SmolStr::new_static("smallint"),
        "serial" | "serial4" => SmolStr::new_static("integer"),
        "bigserial" | "serial8" => SmolStr::new_static("bigint"),
        _ => text.clone(),
    }
}
