//! Which table partials a table can inject again. A table holds copies of what it injected; where
//! they are still what the partial says, `~name` is printed in their place.

use crowfoot_schema::{Check, Color, Column, ColumnId, Diagram, Index, Partial, PartialId, Table};

use crate::lower::{injected_columns, is_column_unique, translate, translate_index};

/// How a table is printed by injections.
pub(super) struct Plan<'d> {
    /// Each partial with the place among the table's columns at which it is injected, in order.
    pub(super) injections: Vec<(usize, &'d Partial)>,
    /// The primary key that the injections alone would make.
    pub(super) implied_key: Vec<ColumnId>,
    pub(super) implied_color: Option<&'d Color>,
    pub(super) implied_note: Option<&'d str>,
}

impl Plan<'_> {
    /// Whether something comes from one of the injections and so is not printed by itself.
    pub(super) fn covers(&self, mark: Option<PartialId>) -> bool {
        mark.is_some_and(|id| self.injections.iter().any(|it| it.1.id == id))
    }
}

/// The plan for a table that is marked to have injected partials; none when the copies differ from
/// what the partials would give now.
pub(super) fn plan<'d>(diagram: &'d Diagram, table: &'d Table) -> Option<Plan<'d>> {
    let mut injections: Vec<(usize, &'d Partial)> = Vec::new();
    let mut last = None;
    for (at, column) in table.columns.iter().enumerate() {
        if column.partial != last {
            last = column.partial;
            if let Some(id) = last {
                if injections.iter().any(|it| it.1.id == id) {
                    return None;
                }
                injections.push((at, diagram.partial(id)?));
            }
        }
    }
    let others = table.indexes.iter().map(|it| it.partial);
    for id in others.chain(table.checks.iter().map(|it| it.partial)).flatten() {
        if !injections.iter().any(|it| it.1.id == id) {
            injections.push((table.columns.len(), diagram.partial(id)?));
        }
    }
    if injections.is_empty() {
        return None;
    }

    let mut implied_key = Vec::new();
    for (nth, &(at, partial)) in injections.iter().enumerate() {
        let is_defined = |name: &str| {
            table.columns.iter().any(|it| it.partial.is_none() && it.name == name)
                || injections[nth + 1..]
                    .iter()
                    .any(|it| it.1.columns.iter().any(|column| column.name == name))
        };
        let mut n_columns = 0;
        for original in injected_columns(partial, is_defined) {
            let copy = table.columns.get(at + n_columns)?;
            n_columns += 1;
            if copy.partial != Some(partial.id)
                || !is_same_column(original, copy)
                || !has_same_marks(partial, original, table, copy)
            {
                return None;
            }
            if partial.primary_columns.as_slice() == [original.id] {
                implied_key.push(copy.id);
            }
        }
        let n_marked = table.columns.iter().filter(|it| it.partial == Some(partial.id)).count();
        if n_marked != n_columns || !has_same_entries(partial, &injections[..nth], table) {
            return None;
        }
    }
    implied_key.sort_by_key(|id| table.columns.iter().position(|it| it.id == *id));
    for (_, partial) in injections.iter().filter(|it| it.1.primary_columns.len() > 1) {
        for &id in &partial.primary_columns {
            let id = translate(id, partial, table);
            implied_key.extend(id.filter(|it| !implied_key.contains(it)));
        }
    }
    if table.primary_key.is_none() && !implied_key.is_empty() {
        return None;
    }
    let last_first = || injections.iter().rev().map(|it| it.1);
    let implied_color = last_first().find_map(|it| it.header_color.as_ref());
    let implied_note = last_first().find_map(|it| it.note.as_deref());
    if (implied_color.is_some() && table.header_color.is_none())
        || (implied_note.is_some() && table.note.is_none())
    {
        return None;
    }
    Some(Plan { injections, implied_key, implied_color, implied_note })
}

/// Whether a column is a copy of another.
fn is_same_column(original: &Column, copy: &Column) -> bool {
    let mut unmarked = copy.clone();
    unmarked.id = original.id;
    unmarked.partial = None;
    unmarked == *original
}

/// Whether a copied column is unique and checked as the original is.
fn has_same_marks(partial: &Partial, original: &Column, table: &Table, copy: &Column) -> bool {
    let unique = |indexes: &[Index], id: ColumnId, mark: Option<PartialId>| {
        indexes.iter().filter(|it| it.partial == mark && is_column_unique(it) == Some(id)).count()
    };
    let mark = Some(partial.id);
    let wanted = unique(&partial.indexes, original.id, None).min(1);
    if wanted != unique(&table.indexes, copy.id, mark) {
        return false;
    }
    let wanted = partial.checks.iter().filter(|it| it.column == Some(original.id));
    let found = table.checks.iter().filter(|it| it.partial == mark && it.column == Some(copy.id));
    wanted.map(says).eq(found.map(says))
}

/// Whether the indexes and checks of the table as a whole that are marked with the partial are
/// what it gives, `earlier` being what was injected before.
fn has_same_entries(partial: &Partial, earlier: &[(usize, &Partial)], table: &Table) -> bool {
    let mark = Some(partial.id);
    let is_column_wide = |it: &&Index| is_column_unique(it).is_some();
    let marked = table.indexes.iter().filter(|it| it.partial == mark);
    let mut found = marked.filter(|it| !is_column_wide(it));
    for original in partial.indexes.iter().filter(|it| !is_column_wide(it)) {
        let Some(wanted) = translate_index(original, partial, table) else { continue };
        let stands_before = |it: &Index| {
            it.partial.is_none()
                || is_column_unique(it).is_some()
                || earlier.iter().any(|earlier| Some(earlier.1.id) == it.partial)
        };
        if table.indexes.iter().any(|it| stands_before(it) && it.parts == wanted.parts) {
            continue;
        }
        let Some(copy) = found.next() else { return false };
        if *copy != (Index { id: copy.id, ..wanted }) {
            return false;
        }
    }
    let wanted = partial.checks.iter().filter(|it| it.column.is_none());
    let checks = table.checks.iter().filter(|it| it.partial == mark && it.column.is_none());
    found.next().is_none() && wanted.map(says).eq(checks.map(says))
}

fn says(check: &Check) -> (&str, Option<&str>) {
    (&check.expr, check.name.as_deref())
}
