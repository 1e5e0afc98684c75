//! What must hold of columns, a key, indexes and checks, in a table as in a table partial.

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

impl Work {
    /// Checks a body and returns the ids of its columns.
    pub(super) fn judge_body(&mut self, body: &Body<'_>) -> FxHashSet<ColumnId> {
        let ids = self.judge_columns(body);
        if let Some((field, key)) = body.primary {
            self.judge_key(body, field, key, &ids);
        }
        let mut list_ids = FxHashSet::default();
        for index in body.indexes {
            if !list_ids.insert(EntityId::Index(index.id)) {
                let message = format!("two indexes of `{}` have one id", body.name);
                let entity = EntityId::Index(index.id);
                self.refuse_at(body.at, entity, None, "schema/duplicate-index", message);
            }
            self.judge_index(body, index, &ids);
        }
        for check in body.checks {
            if !list_ids.insert(EntityId::Check(check.id)) {
                let message = format!("two checks of `{}` have one id", body.name);
                let entity = EntityId::Check(check.id);
                self.refuse_at(body.at, entity, None, "schema/duplicate-check", message);
            }
            self.judge_check(body, check, &ids);
        }
        ids
    }

    fn judge_columns(&mut self, body: &Body<'_>) -> FxHashSet<ColumnId> {
        let mut names = FxHashSet::default();
        let mut ids = FxHashSet::default();
        for column in body.columns {
            let entity = EntityId::Column(column.id);
            if column.name.is_empty() {
                let message = format!("a column of `{}` needs a name", body.name);
                self.refuse_at(body.at, entity, Some("name"), "schema/empty-name", message);
            } else if !names.insert(column.name.as_str()) {
                let message = format!("`{}` has a column `{}` already", body.name, column.name);
                let code = "schema/duplicate-column-name";
                self.refuse_at(body.at, entity, Some("name"), code, message);
            }
            if !ids.insert(column.id) {
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
        ids
    }

    fn judge_key(
        &mut self,
        body: &Body<'_>,
        field: &'static str,
        key: &[ColumnId],
        ids: &FxHashSet<ColumnId>,
    ) {
        let distinct: FxHashSet<_> = key.iter().collect();
        let fault = if key.is_empty() {
            Some("names no column")
        } else if distinct.len() != key.len() {
            Some("names a column twice")
        } else {
            None
        };
        if let Some(fault) = fault {
            let message = format!("the primary key of `{}` {fault}", body.name);
            self.refuse_at(body.at, body.entity, Some(field), "schema/bad-primary-key", message);
        }
        if !key.iter().all(|it| ids.contains(it)) {
            let message =
                format!("the primary key of `{}` names a column that it lacks", body.name);
            self.refuse_at(body.at, body.entity, Some(field), "schema/unknown-column", message);
        }
    }

    fn judge_index(&mut self, body: &Body<'_>, index: &Index, ids: &FxHashSet<ColumnId>) {
        let entity = EntityId::Index(index.id);
        let label = || match &index.name {
            Some(name) => format!("the index `{name}` of `{}`", body.name),
            None => format!("an index of `{}`", body.name),
        };
        let has_parts = index.parts.iter().all(|part| match &part.target {
            IndexTarget::Column(id) => ids.contains(id),
            IndexTarget::Expr(_) => true,
        });
        let has_included = index.include.iter().all(|it| ids.contains(it));
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

    fn judge_check(&mut self, body: &Body<'_>, check: &Check, ids: &FxHashSet<ColumnId>) {
        let entity = EntityId::Check(check.id);
        let label = || match &check.name {
            Some(name) => format!("the check `{name}` of `{}`", body.name),
            None => format!("a check of `{}`", body.name),
        };
        if check.column.is_some_and(|id| !ids.contains(&id)) {
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
