use std::collections::BTreeSet;

use super::{Draft, RefSketch, pen::put_back};
use crate::{
    Check, Column, Index, RefId,
    apply::Listed,
    diff::{Edit, edits},
};

/// What is pending about a row of the table editor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowState {
    Unchanged,
    Added,
    Changed,
    Removed,
}

/// A row of the table editor: what it is to be, and what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftRow<'a, T> {
    /// As it is to be; as it was, if it is removed.
    pub item: &'a T,
    /// As the base has it; none if it is added.
    pub was: Option<&'a T>,
    pub state: RowState,
    /// It stands somewhere else among those that stay.
    pub is_moved: bool,
}

impl Draft {
    /// The columns in their order, removed ones in their old place.
    pub fn columns(&self) -> Vec<DraftRow<'_, Column>> {
        rows(self.base_table().map_or(&[], |it| &it.columns), &self.table().columns)
    }

    /// The indexes in their order, removed ones in their old place.
    pub fn indexes(&self) -> Vec<DraftRow<'_, Index>> {
        rows(self.base_table().map_or(&[], |it| &it.indexes), &self.table().indexes)
    }

    /// The checks in their order, removed ones in their old place.
    pub fn checks(&self) -> Vec<DraftRow<'_, Check>> {
        rows(self.base_table().map_or(&[], |it| &it.checks), &self.table().checks)
    }

    /// The refs that touch the table, oldest first, removed ones among them.
    pub fn ref_rows(&self) -> Vec<DraftRow<'_, RefSketch>> {
        let (base, now) = (&self.parts.refs, &self.now.refs);
        let ids: BTreeSet<RefId> = base.keys().chain(now.keys()).copied().collect();
        let row = |id: RefId| {
            let (was, now) = (base.get(&id).map(|it| &**it), now.get(&id).map(|it| &**it));
            Some(DraftRow { item: now.or(was)?, was, state: state(was, now), is_moved: false })
        };
        ids.into_iter().filter_map(row).collect()
    }
}

fn state<T: PartialEq>(was: Option<&T>, now: Option<&T>) -> RowState {
    match (was, now) {
        (None, _) => RowState::Added,
        (Some(_), None) => RowState::Removed,
        (Some(was), Some(now)) if was == now => RowState::Unchanged,
        (Some(_), Some(_)) => RowState::Changed,
    }
}

/// An element of a list by the place where it is found, so that lists can be put together without
/// copying what is in them.
#[derive(Clone, Copy)]
struct Found<'a, T>(&'a T);

impl<T: Listed> Listed for Found<'_, T> {
    type Id = T::Id;

    fn id(&self) -> T::Id {
        self.0.id()
    }
}

fn rows<'a, T: Listed + PartialEq>(base: &'a [T], now: &'a [T]) -> Vec<DraftRow<'a, T>> {
    let moved: Vec<T::Id> = edits(base, now)
        .into_iter()
        .filter_map(|it| match it {
            Edit::Move { id, .. } => Some(id),
            Edit::Create { .. } | Edit::Update { .. } | Edit::Delete { .. } => None,
        })
        .collect();
    let old: Vec<Found<'a, T>> = base.iter().map(Found).collect();
    let mut all: Vec<Found<'a, T>> = now.iter().map(Found).collect();
    for item in &old {
        if now.iter().all(|it| it.id() != item.id()) {
            put_back(&mut all, &old, Found(item.0));
        }
    }
    all.into_iter()
        .map(|Found(item)| {
            let is_it = |it: &&T| it.id() == item.id();
            let was = base.iter().find(is_it);
            let now = now.iter().find(is_it);
            let is_moved = moved.contains(&item.id());
            let state = match state(was, now) {
                RowState::Unchanged if is_moved => RowState::Changed,
                other => other,
            };
            DraftRow { item, was, state, is_moved }
        })
        .collect()
}
