//! A draft as the table editor shows it.

use crowfoot_schema::{
    Column, ColumnId, ColumnType, Draft, DraftRow, EntityId, Reason, RefSketch, RowState as State,
    Side, Table,
};

use super::texts::{Texts, check_texts, differing, index_label, names, parts};
use crate::{
    answer::Lens,
    view::{
        DraftCheck, DraftColumn, DraftForeignKey, DraftHead, DraftIncoming, DraftIndex, DraftNews,
        DraftPair, DraftProblem, DraftSuggestion, DraftView, RefField, RefForm, RefProblem,
        RowState, Severity,
    },
    words::{column_names, columns_label, default_text, table_label, type_text},
};
use crowfoot_suggest::Suggestion;

impl From<State> for RowState {
    fn from(state: State) -> Self {
        match state {
            State::Unchanged => Self::Unchanged,
            State::Added => Self::Added,
            State::Changed => Self::Changed,
            State::Removed => Self::Removed,
        }
    }
}

/// The view of a draft, with what is suggested for its columns.
pub(super) fn view(draft: &Draft, suggestions: &[Suggestion]) -> DraftView {
    let preview = draft.preview();
    let show = Show {
        draft,
        now: Lens { diagram: &preview },
        base: Lens { diagram: draft.base() },
        suggestions,
    };
    show.view()
}

/// What a draft is shown from.
pub(super) struct Show<'a> {
    pub(super) draft: &'a Draft,
    /// The diagram with the draft laid upon it.
    pub(super) now: Lens<'a>,
    pub(super) base: Lens<'a>,
    suggestions: &'a [Suggestion],
}

impl Show<'_> {
    fn view(&self) -> DraftView {
        let draft = self.draft;
        let mut problems: Vec<DraftProblem> =
            draft.problems().into_iter().filter_map(|it| self.problem(it)).collect();
        for row in draft.ref_rows().iter().filter(|it| it.state != State::Removed) {
            if is_held(draft, row) {
                let found = self.now.check_form(&RefForm::of(row.item));
                problems.extend(found.into_iter().map(|it| ref_problem(row.item, it)));
            }
        }
        problems.sort_by_key(|it| it.severity as u8);

        let columns: Vec<DraftColumn> =
            draft.columns().iter().map(|it| self.column(it, &problems)).collect();
        let refs = draft.ref_rows();
        let (held, incoming): (Vec<_>, Vec<_>) = refs.iter().partition(|it| is_held(draft, it));
        let foreign_keys: Vec<_> = held.iter().map(|it| self.foreign_key(it, &problems)).collect();
        let referenced_by: Vec<_> = incoming.iter().filter_map(|it| self.incoming(it)).collect();
        let head = self.head(&problems);
        let indexes = self.indexes(&problems);
        let checks = self.checks(&problems);
        let conflicts: Vec<_> = draft.conflicts().iter().map(|it| self.conflict(it)).collect();
        let counts = self.counts(&head, &columns, &indexes, &checks, &foreign_keys, &referenced_by);
        let is_dirty = draft.is_dirty();
        let has_errors = problems.iter().any(|it| it.severity == Severity::Error);
        DraftView {
            table: draft.id(),
            label: table_label(draft.table()),
            is_new: draft.base_table().is_none(),
            is_dropped: draft.is_gone(),
            primary: draft.table().primary_columns().to_vec(),
            head,
            columns,
            indexes,
            checks,
            foreign_keys,
            referenced_by,
            counts,
            is_dirty,
            can_save: is_dirty && !has_errors && conflicts.is_empty(),
            can_undo: draft.can_undo(),
            can_redo: draft.can_redo(),
            is_saving: draft.is_sending(),
            problems,
            conflicts,
            notices: Vec::new(),
            news: draft
                .news()
                .iter()
                .map(|(id, words)| DraftNews { id: *id, words: words.clone() })
                .collect(),
        }
    }

    fn head(&self, problems: &[DraftProblem]) -> DraftHead {
        let table = self.draft.table();
        let now = self.now.head_texts(table);
        let mut was = match self.draft.base_table() {
            Some(base) => differing(self.base.head_texts(base), &now),
            None => Texts::new().into_iter().collect(),
        };
        // The primary key shows at its columns, and here only where its order is all that changed.
        if let Some(base) = self.draft.base_table() {
            let (mut a, mut b) =
                (base.primary_columns().to_vec(), table.primary_columns().to_vec());
            a.sort_unstable();
            b.sort_unstable();
            if a != b {
                was.remove("primary");
            }
        }
        let state = match self.draft.base_table() {
            None => RowState::Added,
            Some(_) if was.is_empty() => RowState::Unchanged,
            Some(_) => RowState::Changed,
        };
        let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
        DraftHead {
            state,
            was,
            problems: of(problems, EntityId::Table(table.id)),
            name: table.name.to_string(),
            schema: text(table.schema.as_deref()),
            alias: text(table.alias.as_deref()),
            note: text(table.note.as_deref()),
            color: text(table.header_color.as_ref().map(|it| it.as_str())),
            group: table.group,
        }
    }

    fn column(&self, row: &DraftRow<'_, Column>, problems: &[DraftProblem]) -> DraftColumn {
        let column = row.item;
        let is_removed = row.state == State::Removed;
        let base = self.draft.base_table();
        let table = match base {
            Some(base) if is_removed => base,
            _ => self.draft.table(),
        };
        let now = self.now.column_texts(table, column);
        let mut was = match (base, row.was) {
            (Some(base), Some(old)) => differing(self.base.column_texts(base, old), &now),
            _ => Texts::new().into_iter().collect(),
        };
        if let Some(base) = base.filter(|_| row.is_moved) {
            was.insert("place", place(base, column.id));
        }
        let state = match row.state {
            State::Unchanged if !was.is_empty() => RowState::Changed,
            state => state.into(),
        };
        let used = |it: &&RefSketch| it.mentions(table.id, column.id);
        let is_key = |it: &RefSketch| {
            let side = it.referencing_side().filter(|side| it.table(*side) == Some(table.id));
            side.is_some_and(|side| it.side_columns(side).any(|id| id == column.id))
        };
        let refs: Vec<&RefSketch> = self.draft.refs().filter(used).collect();
        DraftColumn {
            id: column.id,
            state,
            was,
            problems: of(problems, EntityId::Column(column.id)),
            name: column.name.to_string(),
            ty: type_text(self.now.diagram, column),
            enum_id: match &column.ty {
                ColumnType::Named(_) => None,
                ColumnType::Enum { id, .. } => Some(*id),
            },
            is_primary: table.is_primary(column.id),
            is_not_null: column.not_null,
            is_unique: table.is_unique(&[column.id]),
            increment: column.increment,
            default: column.default.as_ref().map_or_else(String::new, default_text),
            generated: column.generated.as_ref().map_or_else(String::new, |it| it.expr.clone()),
            note: column.note.clone().unwrap_or_default(),
            is_foreign_key: refs.iter().any(|it| is_key(it)),
            n_refs: refs.len(),
            suggestion: self.suggestion(column.id).filter(|_| !is_removed),
        }
    }

    fn suggestion(&self, column: ColumnId) -> Option<DraftSuggestion> {
        let found = self.suggestions.iter().find(|it| it.from_columns.contains(&column))?;
        let own = self.draft.table();
        let to = match found.to_table == own.id {
            true => own,
            false => self.now.diagram.table(found.to_table)?,
        };
        let from = match column_names(own, &found.from_columns).as_slice() {
            [one] => (*one).to_owned(),
            many => format!("({})", many.join(", ")),
        };
        Some(DraftSuggestion {
            columns: found.from_columns.clone(),
            to_table: found.to_table,
            to_columns: found.to_columns.clone(),
            label: format!("{from} > {}", columns_label(to, &found.to_columns)),
            reason: found.reason.clone(),
            confidence: found.confidence,
        })
    }

    fn indexes(&self, problems: &[DraftProblem]) -> Vec<DraftIndex> {
        let row = |row: &DraftRow<'_, crowfoot_schema::Index>| {
            let index = row.item;
            let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
            let base = self.draft.base_table();
            let table = match base {
                Some(base) if row.state == State::Removed => base,
                _ => self.draft.table(),
            };
            let now = self.now.index_texts(table, index);
            let mut was = match (base, row.was) {
                (Some(base), Some(old)) if old != index => {
                    differing(self.base.index_texts(base, old), &now)
                }
                _ => Texts::new().into_iter().collect(),
            };
            if row.is_moved {
                was.insert("place", "elsewhere in the list".to_owned());
            }
            DraftIndex {
                id: index.id,
                state: row.state.into(),
                was,
                problems: of(problems, EntityId::Index(index.id)),
                name: text(index.name.as_deref()),
                parts: parts(index),
                label: index_label(table, index),
                uniqueness: index.uniqueness,
                method: text(index.method.as_deref()),
                predicate: text(index.predicate.as_deref()),
                note: text(index.note.as_deref()),
            }
        };
        self.draft.indexes().iter().map(row).collect()
    }

    fn checks(&self, problems: &[DraftProblem]) -> Vec<DraftCheck> {
        let row = |row: &DraftRow<'_, crowfoot_schema::Check>| {
            let check = row.item;
            let was = row.was.map(check_texts).unwrap_or_default();
            DraftCheck {
                id: check.id,
                state: row.state.into(),
                was: differing(was, &check_texts(check)),
                problems: of(problems, EntityId::Check(check.id)),
                name: check.name.as_deref().unwrap_or_default().to_owned(),
                expr: check.expr.clone(),
                column: check.column,
            }
        };
        self.draft.checks().iter().map(row).collect()
    }

    fn foreign_key(
        &self,
        row: &DraftRow<'_, RefSketch>,
        problems: &[DraftProblem],
    ) -> DraftForeignKey {
        let sketch = row.item;
        let is_removed = row.state == State::Removed;
        let own = match self.draft.base_table() {
            Some(base) if is_removed => base,
            _ => self.draft.table(),
        };
        let lens = if is_removed { &self.base } else { &self.now };
        let side = sketch.side_held_by(own.id).unwrap_or(Side::From);
        let now = lens.ref_texts(own, sketch);
        let was = match (self.draft.base_table(), row.was) {
            (Some(base), Some(old)) if old != sketch => {
                differing(self.base.ref_texts(base, old), &now)
            }
            _ => Texts::new().into_iter().collect(),
        };
        let from_names = lens.side_names(own, sketch, side);
        let to_names = lens.side_names(own, sketch, side.other());
        let pairs = sketch.ends.pairs.iter().zip(from_names.into_iter().zip(to_names));
        let pairs = pairs.map(|(&(from, to), (from_name, to_name))| {
            let (from, to) = match side {
                Side::From => (from, to),
                Side::To => (to, from),
            };
            let said = |id: Option<ColumnId>, name| if id.is_some() { name } else { String::new() };
            DraftPair { from, from_name: said(from, from_name), to, to_name: said(to, to_name) }
        });
        let to_table = sketch.table(side.other());
        let complete = sketch.complete();
        let text = |it: Option<&str>| it.unwrap_or_default().to_owned();
        DraftForeignKey {
            id: sketch.id,
            state: row.state.into(),
            was,
            problems: of(problems, EntityId::Ref(sketch.id)),
            form: RefForm::of(sketch),
            name: text(sketch.name.as_deref()),
            to_table,
            to_label: to_table.map_or_else(String::new, |it| lens.label(own, it)),
            pairs: pairs.collect(),
            label: lens.sketch_label(own, sketch),
            meaning: complete.map_or_else(String::new, |it| lens.meaning(&it)),
            is_turned: side == Side::To,
            cardinality: sketch.cardinality,
            on_delete: sketch.on_delete,
            on_update: sketch.on_update,
            deferrable: sketch.deferrable,
            inactive: sketch.inactive,
            color: text(sketch.color.as_ref().map(|it| it.as_str())),
            note: text(sketch.note.as_deref()),
        }
    }

    fn incoming(&self, row: &DraftRow<'_, RefSketch>) -> Option<DraftIncoming> {
        let is_removed = row.state == State::Removed;
        let lens = if is_removed { &self.base } else { &self.now };
        Some(DraftIncoming { row: lens.row_of(&row.item.complete()?), is_removed })
    }

    fn problem(&self, reason: Reason) -> Option<DraftProblem> {
        // The form says in more detail what is missing.
        if reason.code == "schema/incomplete-ref" {
            return None;
        }
        let field = reason.field.map(|it| field_name(reason.entity, &it).to_owned());
        Some(DraftProblem {
            entity: reason.entity,
            field,
            pair: None,
            severity: Severity::Error,
            code: reason.code.into_owned(),
            message: reason.message,
        })
    }
}

/// The table holds the key of the ref, now or before.
fn is_held(draft: &Draft, row: &DraftRow<'_, RefSketch>) -> bool {
    let holds = |it: &RefSketch| it.side_held_by(draft.id()).is_some();
    holds(row.item) || row.was.is_some_and(holds)
}

/// A field of the model by its name in the view.
pub(super) fn field_name(entity: EntityId, field: &str) -> &str {
    match (entity, field) {
        (EntityId::Table(_), "headerColor") => "color",
        (EntityId::Table(_), "primaryKey") => "primary",
        (EntityId::Column(_), "ty") => "type",
        (EntityId::Column(_), "notNull") => "isNotNull",
        (EntityId::Ref(_), "ends" | "from" | "to" | "columns") => "pairs",
        (_, other) => other,
    }
}

fn ref_problem(sketch: &RefSketch, problem: RefProblem) -> DraftProblem {
    let field = match problem.field {
        RefField::FromTable => "fromTable",
        RefField::ToTable => "toTable",
        RefField::Pairs => "pairs",
        RefField::Cardinality => "cardinality",
        RefField::OnDelete => "onDelete",
        RefField::OnUpdate => "onUpdate",
        RefField::Name => "name",
        RefField::Color => "color",
    };
    DraftProblem {
        entity: EntityId::Ref(sketch.id),
        field: Some(field.to_owned()),
        pair: problem.pair,
        severity: problem.severity,
        code: problem.code.to_owned(),
        message: problem.message,
    }
}

fn of(problems: &[DraftProblem], entity: EntityId) -> Vec<DraftProblem> {
    problems.iter().filter(|it| it.entity == entity).cloned().collect()
}

/// Where a column stood, in words.
fn place(base: &Table, column: ColumnId) -> String {
    let at = base.columns.iter().position(|it| it.id == column);
    match at.and_then(|it| it.checked_sub(1)) {
        None => "first".to_owned(),
        Some(before) => format!("after {}", names(base, [base.columns[before].id].into_iter())),
    }
}
