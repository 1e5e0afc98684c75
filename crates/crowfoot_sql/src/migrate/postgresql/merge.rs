//! Unique constraints that PostgreSQL does not make, since one of the same columns is there.
//!
//! Within CREATE TABLE, of two equal keys only the first is made; the primary key comes first, and
//! a key without a name takes that of the one that is left out.

use crowfoot_schema::{ColumnId, IndexId};
use smol_str::SmolStr;

use super::super::shape::Target;
use crate::{
    option as options,
    print::{index::IndexForm, option, plan::TablePlan},
};

/// The keys of one table, as far as they are merged.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// Those that are left out.
    pub(super) gone: Vec<IndexId>,
    /// What the primary key is called after one of them.
    pub(super) primary_name: Option<SmolStr>,
    /// Likewise unique constraints.
    pub(super) names: Vec<(IndexId, SmolStr)>,
}

/// A key that is made.
struct Key {
    /// None for the primary key.
    id: Option<IndexId>,
    name: Option<SmolStr>,
    columns: Vec<ColumnId>,
    include: Vec<ColumnId>,
    clauses: [Option<String>; 2],
}

/// Which keys of the table are one.
pub(super) fn merged(target: &Target<'_>, plan: &TablePlan<'_>) -> Merged {
    let table = plan.table;
    let mut made: Vec<Key> = Vec::new();
    if table.primary_key.is_some() {
        made.push(Key {
            id: None,
            name: plan.primary_key_name.clone(),
            columns: table.primary_columns().to_vec(),
            include: Vec::new(),
            clauses: [None, None],
        });
    }
    let mut merged = Merged::default();
    for form in [IndexForm::AtColumn, IndexForm::InTable] {
        for (at, index) in table.indexes.iter().enumerate() {
            if target.printer.index_form(plan, at) != form {
                continue;
            }
            let clause = |key| {
                let value = option(&index.options, key).filter(|_| target.printer.is_own());
                value.map(str::to_owned)
            };
            let key = Key {
                id: Some(index.id),
                name: plan.index_names[at].clone(),
                columns: index.columns().collect(),
                include: index.include.clone(),
                clauses: [options::PG_NULLS_NOT_DISTINCT, options::PG_DEFERRABLE].map(clause),
            };
            let same = made.iter_mut().find(|it| {
                it.columns == key.columns && it.include == key.include && it.clauses == key.clauses
            });
            let Some(first) = same else {
                made.push(key);
                continue;
            };
            merged.gone.push(index.id);
            if first.name.is_none()
                && let Some(name) = key.name
            {
                first.name = Some(name.clone());
                match first.id {
                    Some(id) => merged.names.push((id, name)),
                    None => merged.primary_name = Some(name),
                }
            }
        }
    }
    merged
}
