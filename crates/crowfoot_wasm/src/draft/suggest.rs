//! What columns of a draft seem to refer to.

use crowfoot_schema::{ColumnId, ColumnPairs, Dismissal, Draft, RefSketch, RowState, Side};
use crowfoot_suggest::{DEFAULT_CONFIDENCE, ExistingKey, Suggestion};

use crate::{
    Editor,
    view::{RefForm, RefPair},
};

impl Editor {
    /// Foreign keys that the draft of a table seems to mean, pending ones counted as there.
    pub(super) fn suggest_for(&mut self, draft: &Draft) -> Vec<Suggestion> {
        let mut found = self.suggester().for_table_value(draft.table(), &existing(draft));
        // What it read of a large diagram may be gone since.
        let is_there = |it: &Suggestion| {
            let target = if it.to_table == draft.id() {
                Some(draft.table())
            } else {
                self.shown.table(it.to_table)
            };
            target.is_some_and(|table| it.to_columns.iter().all(|id| table.column(*id).is_some()))
        };
        let dismissed: Vec<ExistingKey> =
            draft.dismissals().filter(|it| it.from == draft.id()).map(Into::into).collect();
        let is_dismissed = |it: &Suggestion| dismissed.iter().any(|key| it.is_of(key));
        found.retain(|it| it.confidence >= DEFAULT_CONFIDENCE && is_there(it) && !is_dismissed(it));
        found
    }

    /// The dismissal of what is suggested for a column.
    pub(super) fn dismissed(&mut self, draft: &Draft, column: ColumnId) -> Option<Dismissal> {
        let all = self.suggest_for(draft);
        let found = all.into_iter().find(|it| it.from_columns.contains(&column))?;
        let pairs = found.from_columns.into_iter().zip(found.to_columns).collect();
        Some(Dismissal {
            id: self.mint.id(),
            from: found.from_table,
            to: found.to_table,
            columns: ColumnPairs::new(pairs).ok()?,
        })
    }

    /// The form of the foreign key that is suggested for a column.
    pub(super) fn suggested(&mut self, draft: &Draft, column: ColumnId) -> Option<RefForm> {
        let all = self.suggest_for(draft);
        let found = all.into_iter().find(|it| it.from_columns.contains(&column))?;
        let pairs = found.from_columns.iter().zip(&found.to_columns);
        Some(RefForm {
            from_table: Some(found.from_table),
            to_table: Some(found.to_table),
            pairs: pairs.map(|(from, to)| RefPair { from: Some(*from), to: Some(*to) }).collect(),
            cardinality: found.cardinality,
            ..RefForm::default()
        })
    }
}

/// The foreign keys that the table has or is about to have. One that is not complete yet takes its
/// columns all the same.
fn existing(draft: &Draft) -> Vec<ExistingKey> {
    let key = |sketch: &RefSketch| {
        let side = sketch.side_held_by(draft.id())?;
        let to_table = sketch.table(side.other()).unwrap_or(draft.id());
        Some(ExistingKey {
            from_columns: sketch.side_columns(side).collect(),
            to_table,
            to_columns: sketch.side_columns(side.other()).collect(),
        })
    };
    // One that was just taken out is not proposed again: it can be taken back.
    let rows = draft.ref_rows();
    let removed = rows.iter().filter(|it| it.state == RowState::Removed).map(|it| it.item);
    let own = draft.refs().chain(removed).filter_map(key);
    // A many-to-many that another table wrote down takes our columns as well.
    let turned = draft
        .refs()
        .filter(|it| it.referencing_side().is_none() && it.table(Side::To) == Some(draft.id()));
    let turned = turned.filter_map(|it| {
        Some(ExistingKey {
            from_columns: it.side_columns(Side::To).collect(),
            to_table: it.table(Side::From)?,
            to_columns: it.side_columns(Side::From).collect(),
        })
    });
    own.chain(turned).collect()
}
