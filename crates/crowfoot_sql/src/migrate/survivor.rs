//! A diagram under the names of a newer one.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crowfoot_schema::{
    Change, ChangeSet, Check, CheckPatch, Column, ColumnPatch, Diagram, Dialect, EntityId, Enum,
    EnumId, EnumPatch, Generated, Index, IndexPart, IndexPatch, IndexTarget, Notice, PrimaryKey,
    Ref, RefPatch, Table, TableId, TablePatch,
};
use smol_str::{SmolStr, format_smolstr};

use super::expression::{Renamed, mentions, renamed};

/// Whether constraints and indexes have their new names already, as where they can be renamed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Constraints {
    Renamed,
    Kept,
}

/// The older diagram with the newer one's names.
///
/// What goes stays in it, under a name that nothing else has.
pub(super) fn survivors(before: &Diagram, after: &Diagram, constraints: Constraints) -> Diagram {
    let is_renamed = constraints == Constraints::Renamed;
    let mut changes = Vec::new();
    for item in before.enums() {
        let patch = enum_patch(after, item);
        if !patch.is_empty() {
            changes.push(Change::UpdateEnum { id: item.id, patch });
        }
    }
    for reference in before.refs() {
        let new = after.reference(reference.id);
        if is_renamed && new != Some(reference) {
            let is_same = new.is_some_and(|it| key_holder(it) == key_holder(reference));
            let name = new.filter(|_| is_same).and_then(|it| it.name.clone());
            let patch = RefPatch { name: Some(name), ..RefPatch::default() };
            changes.push(Change::UpdateRef { id: reference.id, patch: Box::new(patch) });
        }
    }
    for table in before.tables() {
        match after.table(table.id) {
            Some(new) if new == table => {}
            Some(new) => table_changes(before, table, new, is_renamed, &mut changes),
            None => {
                let name = name_of_gone(after, table.schema.as_deref(), &table.name);
                if name != table.name {
                    let patch = TablePatch { name: Some(name), ..TablePatch::default() };
                    changes.push(Change::UpdateTable { id: table.id, patch });
                }
            }
        }
    }
    let mut survivors = before.clone();
    let result = survivors.apply(&ChangeSet::new("new names", changes));
    debug_assert!(result.is_ok(), "{result:?}");
    survivors
}

/// The table whose constraint the ref is.
fn key_holder(reference: &Ref) -> Option<TableId> {
    reference.foreign_key().map(|(child, ..)| child)
}

fn enum_patch(after: &Diagram, item: &Enum) -> EnumPatch {
    let mut patch = EnumPatch::default();
    match after.enumeration(item.id) {
        Some(new) => {
            patch.name = Some(new.name.clone()).filter(|it| *it != item.name);
            patch.schema = Some(new.schema.clone()).filter(|it| *it != item.schema);
        }
        None => {
            let name = name_of_gone(after, item.schema.as_deref(), &item.name);
            patch.name = Some(name).filter(|it| *it != item.name);
        }
    }
    patch
}

/// What a table or an enum that goes is called until it has gone: its own name, as long as nothing
/// else takes it.
fn name_of_gone(after: &Diagram, schema: Option<&str>, name: &SmolStr) -> SmolStr {
    free_name(name, |it| {
        after.enum_named(schema, it).is_none() && after.table_named(schema, it).is_none()
    })
}

fn free_name(name: &SmolStr, is_free: impl Fn(&str) -> bool) -> SmolStr {
    std::iter::once(name.clone())
        .chain((1_u32..).map(|n| format_smolstr!("{name}_old{n}")))
        .find(|it| is_free(it))
        .unwrap_or_default()
}

fn table_changes(
    before: &Diagram,
    old: &Table,
    new: &Table,
    is_renamed: bool,
    changes: &mut Vec<Change>,
) {
    let (table, source) = (old.id, before.settings().dialect);
    let mut patch = TablePatch::default();
    if old.name != new.name {
        patch.name = Some(new.name.clone());
    }
    if old.schema != new.schema {
        patch.schema = Some(new.schema.clone());
    }
    if let (Some(was), Some(is)) = (&old.primary_key, &new.primary_key)
        && was.columns == is.columns
        && was.name != is.name
        && is_renamed
    {
        let key = PrimaryKey { name: is.name.clone(), columns: was.columns.clone() };
        patch.primary_key = Some(Some(key));
    }
    if !patch.is_empty() {
        changes.push(Change::UpdateTable { id: table, patch });
    }

    let names = renames(old, new);
    for column in &old.columns {
        let name = match new.column(column.id) {
            Some(now) => now.name.clone(),
            None => free_name(&column.name, |it| new.column_named(it).is_none()),
        };
        let patch = column_patch(source, column, &name, &names);
        if !patch.is_empty() {
            changes.push(Change::UpdateColumn { table, id: column.id, patch });
        }
    }
    for index in &old.indexes {
        let mut patch = index_patch(source, index, &names);
        if let Some(now) = new.index(index.id)
            && index.name != now.name
            && is_renamed
        {
            patch.name = Some(now.name.clone());
        }
        if !patch.is_empty() {
            changes.push(Change::UpdateIndex { table, id: index.id, patch });
        }
    }
    for check in &old.checks {
        let mut patch = check_patch(source, check, &names);
        if let Some(now) = new.check(check.id)
            && check.name != now.name
            && is_renamed
        {
            patch.name = Some(now.name.clone());
        }
        if !patch.is_empty() {
            changes.push(Change::UpdateCheck { table, id: check.id, patch });
        }
    }
}

fn renames(old: &Table, new: &Table) -> Vec<Renamed> {
    let name = |it: &Column| Some((it.name.clone(), new.column(it.id)?.name.clone()));
    old.columns.iter().filter_map(name).filter(|(old, new)| old != new).collect()
}

fn column_patch(
    source: Option<Dialect>,
    column: &Column,
    name: &SmolStr,
    names: &[Renamed],
) -> ColumnPatch {
    let mut patch = ColumnPatch::default();
    if column.name != *name {
        patch.name = Some(name.clone());
    }
    if let Some(generated) = &column.generated {
        let expr = renamed(source, &generated.expr, names);
        if expr != generated.expr {
            patch.generated = Some(Some(Generated { expr, ..generated.clone() }));
        }
    }
    patch
}

fn index_patch(source: Option<Dialect>, index: &Index, names: &[Renamed]) -> IndexPatch {
    let mut patch = IndexPatch::default();
    let parts: Vec<IndexPart> = index
        .parts
        .iter()
        .map(|part| match &part.target {
            IndexTarget::Column(_) => part.clone(),
            IndexTarget::Expr(expr) => {
                let target = IndexTarget::Expr(renamed(source, expr, names));
                IndexPart { target, ..part.clone() }
            }
        })
        .collect();
    if parts != index.parts {
        patch.parts = Some(parts);
    }
    if let Some(predicate) = &index.predicate {
        let new = renamed(source, predicate, names);
        if new != *predicate {
            patch.predicate = Some(Some(new));
        }
    }
    patch
}

fn check_patch(source: Option<Dialect>, check: &Check, names: &[Renamed]) -> CheckPatch {
    let expr = renamed(source, &check.expr, names);
    CheckPatch { expr: (expr != check.expr).then_some(expr), ..CheckPatch::default() }
}

/// The newer diagram with expressions that follow the renames of their columns, as databases let
/// them, where the diagram still has the words that name columns which are gone.
pub(super) fn follow_renames(before: &Diagram, after: &Diagram) -> (Diagram, Vec<Notice>) {
    let source = before.settings().dialect;
    let (mut changes, mut notices) = (Vec::new(), Vec::new());
    for new in after.tables() {
        let Some(old) = before.table(new.id).filter(|it| *it != new) else { continue };
        let mut names = renames(old, new);
        names.retain(|(name, _)| new.column_named(name).is_none());
        if names.is_empty() {
            continue;
        }
        let table = new.id;
        let mut told = BTreeSet::new();
        let mut tell = |entity: EntityId, expr: &str| {
            for (name, now) in names.iter().filter(|it| mentions(source, expr, &it.0)) {
                if told.insert((entity, name.clone())) {
                    let message = format!(
                        "`{expr}` names column `{name}` of table `{}`, which is called `{now}` \
                         now: the database changes that by itself, the diagram should follow",
                        new.name
                    );
                    notices.push(Notice { code: Cow::Borrowed("sql/old-name"), entity, message });
                }
            }
        };
        for column in &new.columns {
            let unchanged =
                old.column(column.id).is_some_and(|it| it.generated == column.generated);
            let patch = column_patch(source, column, &column.name, &names);
            if let (true, false, Some(generated)) = (unchanged, patch.is_empty(), &column.generated)
            {
                tell(EntityId::Column(column.id), &generated.expr);
                changes.push(Change::UpdateColumn { table, id: column.id, patch });
            }
        }
        for index in &new.indexes {
            let is_old = old
                .index(index.id)
                .is_some_and(|it| it.parts == index.parts && it.predicate == index.predicate);
            let patch = index_patch(source, index, &names);
            if is_old && !patch.is_empty() {
                let exprs = index.parts.iter().filter_map(|part| match &part.target {
                    IndexTarget::Expr(expr) => Some(expr.as_str()),
                    IndexTarget::Column(_) => None,
                });
                for expr in exprs.chain(index.predicate.as_deref()) {
                    tell(EntityId::Index(index.id), expr);
                }
                changes.push(Change::UpdateIndex { table, id: index.id, patch });
            }
        }
        for check in &new.checks {
            let is_old = old.check(check.id).is_some_and(|it| it.expr == check.expr);
            let patch = check_patch(source, check, &names);
            if is_old && !patch.is_empty() {
                tell(EntityId::Check(check.id), &check.expr);
                changes.push(Change::UpdateCheck { table, id: check.id, patch });
            }
        }
    }
    let mut followed = after.clone();
    if followed.apply(&ChangeSet::new("follow renames", changes)).is_err() {
        return (after.clone(), Vec::new());
    }
    (followed, notices)
}

/// The values of enums that have other names, old and new.
pub(super) fn renamed_values(
    before: &Diagram,
    after: &Diagram,
) -> BTreeMap<EnumId, Vec<(SmolStr, SmolStr)>> {
    let mut found = BTreeMap::new();
    for new in after.enums() {
        let Some(old) = before.enumeration(new.id) else { continue };
        let names: Vec<(SmolStr, SmolStr)> = old
            .values
            .iter()
            .filter_map(|was| {
                let now = new.values.iter().find(|it| it.id == was.id)?;
                (now.name != was.name).then(|| (was.name.clone(), now.name.clone()))
            })
            .collect();
        if !names.is_empty() {
            found.insert(new.id, names);
        }
    }
    found
}
