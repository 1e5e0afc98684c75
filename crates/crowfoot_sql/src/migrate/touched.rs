//! Which tables a migration has to look at, so that its cost follows what changes.

use std::collections::BTreeSet;

use crowfoot_schema::{ColumnType, EnumId, RefId, Table, TableId};

use super::shape::Target;

/// The tables of either diagram that a change can show in.
#[derive(Debug, Default)]
pub(super) struct Touched {
    /// Those that differ, come or go, and those that refer to them or that they refer to.
    pub(super) tables: BTreeSet<TableId>,
    /// Those that only the older database has.
    pub(super) gone: BTreeSet<TableId>,
    /// Those that only the newer database has.
    pub(super) fresh: BTreeSet<TableId>,
}

/// Compares two diagrams as they are planned.
pub(super) fn touched(was: &Target<'_>, is: &Target<'_>) -> Touched {
    let (before, after) = (was.printer.diagram, is.printer.diagram);
    let mut touched = Touched::default();
    let (old, new) = (before.settings(), after.settings());
    let is_all = old.dialect != new.dialect || old.options != new.options;
    for table in before.tables() {
        match after.table(table.id) {
            None => {
                touched.gone.insert(table.id);
            }
            Some(now) if is_all || !is_same(table, now) => {
                touched.tables.insert(table.id);
            }
            Some(_) => {}
        }
    }
    touched.fresh =
        after.tables().map(|it| it.id).filter(|it| before.table(*it).is_none()).collect();

    let enums: BTreeSet<EnumId> = before
        .enums()
        .filter(|it| after.enumeration(it.id) != Some(it))
        .map(|it| it.id)
        .chain(after.enums().map(|it| it.id).filter(|it| before.enumeration(*it).is_none()))
        .collect();
    if !enums.is_empty() {
        for diagram in [before, after] {
            let uses = |table: &&Table| table.columns.iter().any(|it| is_of(&it.ty, &enums));
            touched.tables.extend(diagram.tables().filter(uses).map(|it| it.id));
        }
    }
    let changed: BTreeSet<RefId> = before
        .refs()
        .filter(|it| after.reference(it.id) != Some(it))
        .map(|it| it.id)
        .chain(after.refs().map(|it| it.id).filter(|it| before.reference(*it).is_none()))
        .collect();
    for id in changed {
        for reference in [before.reference(id), after.reference(id)].into_iter().flatten() {
            touched.tables.extend([reference.from, reference.to]);
        }
    }
    touched.tables.extend(touched.gone.iter().chain(&touched.fresh));
    let around: Vec<TableId> = touched
        .tables
        .iter()
        .flat_map(|id| before.refs_of(*id).chain(after.refs_of(*id)))
        .flat_map(|it| [it.from, it.to])
        .collect();
    touched.tables.extend(around);
    for &id in &touched.tables {
        match (was.table_plan(id).is_some(), is.table_plan(id).is_some()) {
            (true, false) => touched.gone.insert(id),
            (false, true) => touched.fresh.insert(id),
            _ => false,
        };
    }
    touched
}

/// Diagrams share what did not change, which is seen at once.
fn is_same(old: &Table, new: &Table) -> bool {
    std::ptr::eq(old, new) || old == new
}

fn is_of(ty: &ColumnType, enums: &BTreeSet<EnumId>) -> bool {
    match ty {
        ColumnType::Enum { id, .. } => enums.contains(id),
        ColumnType::Named(_) => false,
    }
}
