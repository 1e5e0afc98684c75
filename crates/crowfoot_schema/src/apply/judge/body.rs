//! What must hold of columns, a key, indexes and checks, in a table as in a table partial.

use std::hash::Hash;

use rustc_hash::FxHashSet;

use crate::apply::Work;
use crate::{Check, Column, ColumnId, ColumnType, EntityId, Index, IndexTarget, PartialId};

/// The columns of a table or table partial and what is built on them.
pub(super) struct Body<'a> {
    /// The table or partial, and its name.
    pub(super) entity: EntityId,
    pub(super) name: &'a str,
    pub(super) columns: &'a [Column],
    pub(super) indexes: &'a [Index],
    pub(super) checks: &'a [Check],
    /// The field that holds the primary key and its columns.
    pub(super) primary: Option<(&'static str, &'a [ColumnId])>,
    /// The change that touched it last.
    pub(super) at: usize,
}

/// Up to how many items a look along the list is quicker than a set.
const NARROW: usize = 24;

/// The ids of a body's columns.
pub(super) enum ColumnIds<'a> {
    Few(&'a [Column]),
    Many(FxHashSet<ColumnId>),
}

impl ColumnIds<'_> {
    pub(super) fn contains(&self, id: ColumnId) -> bool {
        match self {
            Self::Few(columns) => columns.iter().any(|it| it.id == id),
            Self::Many(ids) => ids.contains(&id),
        }
    }
}

/// For each item whether an earlier one has the same key.
fn repeats<'a, T, K: Eq + Hash + 'a>(
    items: &'a [T],
    key: impl Fn(&'a T) -> K + 'a,
) -> impl FnMut(usize) -> bool + 'a {
    let mut seen = FxHashSet::default();
    move |at| {
        let own = key(&items[at]);
        if items.len() <= NARROW {
            items[..at].iter().any(|it| key(it) == own)
        } else {
            !seen.insert(own)
        }
    }
}

impl Work {
    /// Checks a body and returns the ids of its columns.
    pub(super) fn judge_body<'a>(&mut self, body: &Body<'a>) -> ColumnIds<'a> {
        let ids = self.judge_columns(body);
        if let Some((field, key)) = body.primary {
            self.judge_key(body, field, key, &ids);
        }
        let mut is_repeated = repeats(body.indexes, |it| it.id);
        for (at, index) in body.indexes.iter().enumerate() {
            if is_repeated(at) {
                let message = format!("two indexes of `{}` have one id", body.name);
                let entity = EntityId::Index(index.id);
                self.refuse_at(body.at, entity, None, "schema/duplicate-index", message);
            }
            self.judge_index(body, index, &ids);
        }
        let mut is_repeated = repeats(body.checks, |it| it.id);
        for (at, check) in body.checks.iter().enumerate() {
            if is_repeated(at) {
                let message = format!("two checks of `{}` have one id", body.name);
                let entity = EntityId::Check(check.id);
                self.refuse_at(body.at, entity, None, "schema/duplicate-check", message);
            }
            self.judge_check(body, check, &ids);
        }
        ids
    }

    fn judge_columns<'a>(&mut self, body: &Body<'a>) -> ColumnIds<'a> {
        let mut is_name_repeated = repeats(body.columns, |it| it.name.as_str());
        let mut is_id_repeated = repeats(body.columns, |it| it.id);
        for (at, column) in body.columns.iter().enumerate() {
            let entity = EntityId::Column(column.id);
            if column.name.is_empty() {
                let message = format!("a column of `{}` needs a name", body.name);
                self.refuse_at(body.at, entity, Some("name"), "schema/empty-name", message);
            } else if is_name_repeated(at) {
                let message = format!("`{}` has a column `{}` already", body.name, column.name);
                let code = "schema/duplicate-column-name";
                self.refuse_at(body.at, entity, Some("name"), code, message);
            }
            if is_id_repeated(at) {
                let message = format!("two columns of `{}` have one id", body.name);
                self.refuse_at(body.at, entity, None, "schema/duplicate-column", message);
            }
            if let ColumnType::Enum { id, .. } = &column.ty
                && !self.diagram.enums.contains_key(id)
            {
                let message = format!(
                    "the type of `{}.{}` is an enum that does not exist",
                    body.name, column.name
                );
                self.refuse_at(body.at, entity, Some("ty"), "schema/unknown-enum", message);
            }
            let label = || format!("the column `{}.{}`", body.name, column.name);
            self.judge_origin(body, entity, column.partial, label);
        }
        if body.columns.len() <= NARROW {
            ColumnIds::Few(body.columns)
        } else {
            ColumnIds::Many(body.columns.iter().map(|it| it.id).collect())
        }
    }

    fn judge_key(
        &mut self,
        body: &Body<'_>,
        field: &'static str,
        key: &[ColumnId],
        ids: &ColumnIds<'_>,
    ) {
        let mut is_repeated = repeats(key, |it| *it);
        let fault = if key.is_empty() {
            Some("names no column")
        } else if (0..key.len()).any(&mut is_repeated) {
            Some("names a column twice")
        } else {
            None
        };
        if let Some(fault) = fault {
            let message = format!("the primary key of `{}` {fault}", body.name);
            self.refuse_at(body.at, body.entity, Some(field), "schema/bad-primary-key", message);
        }
        if !key.iter().all(|it| ids.contains(*it)) {
            let message =
                format!("the primary key of `{}` names a column that it lacks", body.name);
            self.refuse_at(body.at, body.entity, Some(field), "schema/unknown-column", message);
        }
    }

    fn judge_index(&mut self, body: &Body<'_>, index: &Index, ids: &ColumnIds<'_>) {
        let entity = EntityId::Index(index.id);
        let label = || match &index.name {
            Some(name) => format!("the index `{name}` of `{}`", body.name),
            None => format!("an index of `{}`", body.name),
        };
        let has_parts = index.parts.iter().all(|part| match &part.target {
            IndexTarget::Column(id) => ids.contains(*id),
            IndexTarget::Expr(_) => true,
        });
        let has_included = index.include.iter().all(|it| ids.contains(*it));
        for (field, resolves) in [("parts", has_parts), ("include", has_included)] {
            if !resolves {
                let message = format!("{} names a column that the table lacks", label());
                self.refuse_at(body.at, entity, Some(field), "schema/unknown-column", message);
            }
        }
        if index.parts.is_empty() {
            let message = format!("{} names no column", label());
            self.refuse_at(body.at, entity, Some("parts"), "schema/empty-index", message);
        }
        if index.name.as_ref().is_some_and(|it| it.is_empty()) {
            let message = format!("an index of `{}` has an empty name", body.name);
            self.refuse_at(body.at, entity, Some("name"), "schema/empty-name", message);
        }
        self.judge_origin(body, entity, index.partial, label);
    }

    fn judge_check(&mut self, body: &Body<'_>, check: &Check, ids: &ColumnIds<'_>) {
        let entity = EntityId::Check(check.id);
        let label = || match &check.name {
            Some(name) => format!("the check `{name}` of `{}`", body.name),
            None => format!("a check of `{}`", body.name),
        };
        if check.column.is_some_and(|id| !ids.contains(id)) {
            let message = format!("{} names a column that the table lacks", label());
            self.refuse_at(body.at, entity, Some("column"), "schema/unknown-column", message);
        }
        if check.name.as_ref().is_some_and(|it| it.is_empty()) {
            let message = format!("a check of `{}` has an empty name", body.name);
            self.refuse_at(body.at, entity, Some("name"), "schema/empty-name", message);
        }
        self.judge_origin(body, entity, check.partial, label);
    }

    /// The partial that something says it was injected from must be there.
    fn judge_origin(
        &mut self,
        body: &Body<'_>,
        entity: EntityId,
        partial: Option<PartialId>,
        label: impl FnOnce() -> String,
    ) {
        if partial.is_some_and(|id| !self.diagram.partials.contains_key(&id)) {
            let message = format!("{} comes from a table partial that does not exist", label());
            self.refuse_at(body.at, entity, Some("partial"), "schema/unknown-partial", message);
        }
    }
}
