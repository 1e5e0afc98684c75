//! The keys and foreign keys of a MySQL table under the names that the database gives them.
//!
//! An index without a name is called after its first column. A foreign key without one is called
//! after its table, with a number; and one whose columns no index begins with brings an index of
//! its own, which goes again when another one covers it.

use std::collections::BTreeSet;

use crowfoot_schema::{ColumnId, IndexId, IndexTarget, RefId};
use smol_str::{SmolStr, format_smolstr};

use super::super::shape::{TableShape, Target};
use crate::print::{index::IndexForm, plan::TablePlan};

/// What a key is there for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    Primary,
    Index(IndexId),
    /// The printer adds it, since MySQL wants it.
    Added(Vec<ColumnId>),
    /// The foreign key brings it.
    ForeignKey(RefId),
}

/// A key of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) reason: Reason,
    pub(super) name: SmolStr,
    /// Its columns, up to the first part that is none.
    pub(super) columns: Vec<ColumnId>,
}

/// A foreign key's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RefName {
    pub(super) id: RefId,
    pub(super) name: SmolStr,
    pub(super) is_made_up: bool,
}

/// A key on its way, with the name that was asked for.
struct Wish {
    reason: Reason,
    name: Option<SmolStr>,
    columns: Vec<ColumnId>,
    /// Whether it is as wide as the columns say: no prefix, no expression.
    is_plain: bool,
}

/// The keys of a table as the script for it makes them.
pub(super) fn keys(target: &Target<'_>, plan: &TablePlan<'_>, shape: &TableShape) -> Vec<Key> {
    let printer = &target.printer;
    let table = plan.table;
    let mut wishes = Vec::new();
    let primary = || Wish {
        reason: Reason::Primary,
        name: Some(SmolStr::new_static("PRIMARY")),
        columns: table.primary_columns().to_vec(),
        is_plain: true,
    };
    if table.primary_key.is_some() {
        wishes.push(primary());
    }
    let mut late = Vec::new();
    for form in [IndexForm::AtColumn, IndexForm::InTable, IndexForm::Statement] {
        for (at, index) in table.indexes.iter().enumerate() {
            // A column that is said to be the primary key and unique gets one key.
            let is_primary = form == IndexForm::AtColumn
                && printer.has_inline_key(plan)
                && index.columns().eq(table.primary_columns().iter().copied());
            let is_said = shape.indexes.iter().any(|it| it.id == index.id);
            if printer.index_form(plan, at) != form || !is_said || is_primary {
                continue;
            }
            let is_column = |it: &&crowfoot_schema::IndexPart| {
                matches!(it.target, IndexTarget::Column(_)) && it.modifiers.is_none()
            };
            let plain = index.parts.iter().take_while(is_column).count();
            let columns = index.parts.iter().map_while(|it| match it.target {
                IndexTarget::Column(id) => Some(id),
                IndexTarget::Expr(_) => None,
            });
            let wish = Wish {
                reason: Reason::Index(index.id),
                name: plan.index_names[at].clone(),
                columns: columns.collect(),
                is_plain: plain == index.parts.len(),
            };
            if form == IndexForm::Statement { late.push(wish) } else { wishes.push(wish) }
        }
    }
    let needed = printer.column_that_needs_a_key(table).map(|it| vec![it]);
    for columns in plan.added_indexes.iter().cloned().chain(needed) {
        let reason = Reason::Added(columns.clone());
        wishes.push(Wish { reason, name: None, columns, is_plain: true });
    }
    let (early_keys, late_keys): (Vec<_>, Vec<_>) =
        plan.keys.iter().partition(|it| !printer.is_added_later(it));
    let brought = |key: &&crate::print::plan::KeyPlan<'_>| Wish {
        reason: Reason::ForeignKey(key.reference.id),
        name: key.name.clone(),
        columns: key.pairs.iter().map(|it| it.0).collect(),
        is_plain: true,
    };
    wishes.extend(early_keys.iter().map(brought));
    wishes.append(&mut late);
    wishes.extend(late_keys.iter().map(brought));
    named(plan, without_covered(wishes))
}

/// Drops the keys that foreign keys bring where another key begins with the same columns.
fn without_covered(wishes: Vec<Wish>) -> Vec<Wish> {
    let mut kept: Vec<Wish> = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let is_brought = |it: &Wish| matches!(it.reason, Reason::ForeignKey(_));
        let covers = |wide: &Wish, narrow: &Wish| wide.columns.starts_with(&narrow.columns);
        if is_brought(&wish) && kept.iter().any(|it| covers(it, &wish)) {
            continue;
        }
        if let Some(at) = kept.iter().position(|it| is_brought(it) && covers(&wish, it)) {
            kept.remove(at);
        }
        kept.push(wish);
    }
    kept
}

fn named(plan: &TablePlan<'_>, wishes: Vec<Wish>) -> Vec<Key> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    taken.insert("primary".to_owned());
    let mut keys = Vec::with_capacity(wishes.len());
    for wish in wishes {
        let first = wish.columns.first().and_then(|id| plan.table.column(*id));
        let wanted =
            first.map_or_else(|| SmolStr::new_static("functional_index"), |it| it.name.clone());
        let name = wish.name.unwrap_or_else(|| {
            std::iter::once(wanted.clone())
                .chain((2_u32..).map(|n| format_smolstr!("{wanted}_{n}")))
                .find(|it| !taken.contains(&it.to_lowercase()))
                .unwrap_or_default()
        });
        taken.insert(name.to_lowercase());
        let columns = if wish.is_plain { wish.columns } else { Vec::new() };
        keys.push(Key { reason: wish.reason, name, columns });
    }
    keys
}

/// The names of a table's foreign keys.
pub(super) fn ref_names(target: &Target<'_>, plan: &TablePlan<'_>) -> Vec<RefName> {
    let start = format!("{}_ibfk_", plan.plain_name);
    let (early, late): (Vec<_>, Vec<_>) =
        plan.keys.iter().partition(|it| !target.printer.is_added_later(it));
    let mut highest = 0;
    let mut names = Vec::new();
    for key in early.into_iter().chain(late) {
        let name = match &key.name {
            Some(name) => {
                highest = highest.max(number_behind(&start, name).unwrap_or(0));
                name.clone()
            }
            None => {
                highest += 1;
                format_smolstr!("{start}{highest}")
            }
        };
        names.push(RefName { id: key.reference.id, name, is_made_up: key.name.is_none() });
    }
    names
}

/// The number of a name that MySQL made up.
pub(super) fn number_behind(start: &str, name: &str) -> Option<u32> {
    name.strip_prefix(start)?.parse().ok()
}
