//! How much is pending in a draft, in numbers and in words.

use crowfoot_schema::Uniqueness;

use super::show::Show;
use crate::{
    view::{
        DraftCheck, DraftColumn, DraftCounts, DraftForeignKey, DraftHead, DraftIncoming,
        DraftIndex, DraftTally, RowState,
    },
    words::count,
};

impl Show<'_> {
    pub(super) fn counts(
        &self,
        head: &DraftHead,
        columns: &[DraftColumn],
        indexes: &[DraftIndex],
        checks: &[DraftCheck],
        foreign_keys: &[DraftForeignKey],
        referenced_by: &[DraftIncoming],
    ) -> DraftCounts {
        // The unique constraint on one column shows at the column.
        let is_flag = |it: &&DraftIndex| {
            it.uniqueness == Uniqueness::Constraint
                && it.name.is_empty()
                && it.parts.len() == 1
                && matches!(it.state, RowState::Added | RowState::Removed)
                && columns.iter().any(|column| {
                    it.parts.iter().all(|part| part.column == Some(column.id))
                        && column.state != RowState::Unchanged
                })
        };
        let mut counts = DraftCounts {
            words: String::new(),
            fields: if head.state == RowState::Added { 1 } else { head.was.len() },
            columns: tally(columns.iter().map(|it| it.state)),
            indexes: tally(indexes.iter().filter(|it| !is_flag(it)).map(|it| it.state)),
            checks: tally(checks.iter().map(|it| it.state)),
            foreign_keys: tally(foreign_keys.iter().map(|it| it.state)),
            dismissed: self.draft.n_dismissals().0,
            restored: self.draft.n_dismissals().1,
            incoming_removed: referenced_by.iter().filter(|it| it.is_removed).count(),
        };
        counts.words = counts_in_words(&counts, head);
        counts
    }
}

fn tally(states: impl Iterator<Item = RowState>) -> DraftTally {
    let mut tally = DraftTally::default();
    for state in states {
        match state {
            RowState::Unchanged => {}
            RowState::Added => tally.added += 1,
            RowState::Changed => tally.changed += 1,
            RowState::Removed => tally.removed += 1,
        }
    }
    tally
}

/// `2 columns added, 1 changed, 1 foreign key removed`.
fn counts_in_words(counts: &DraftCounts, head: &DraftHead) -> String {
    let mut said = Vec::new();
    match (head.state, counts.fields) {
        (RowState::Added, _) => said.push("1 table added".to_owned()),
        (_, 0) => {}
        (_, n) => said.push(format!("{} of the table changed", count(n, "field"))),
    }
    let kinds = [
        (counts.columns, "column", "columns"),
        (counts.indexes, "index", "indexes"),
        (counts.checks, "check", "checks"),
        (counts.foreign_keys, "foreign key", "foreign keys"),
    ];
    for (tally, one, many) in kinds {
        let numbers =
            [(tally.added, "added"), (tally.changed, "changed"), (tally.removed, "removed")];
        let mut is_first = true;
        for (n, what) in numbers.into_iter().filter(|(n, _)| *n > 0) {
            let kind = if n == 1 { one } else { many };
            said.push(if is_first { format!("{n} {kind} {what}") } else { format!("{n} {what}") });
            is_first = false;
        }
    }
    if counts.incoming_removed > 0 {
        let refs = count(counts.incoming_removed, "ref");
        said.push(format!("{refs} of other tables removed"));
    }
    if counts.dismissed > 0 {
        said.push(format!("{} dismissed", count(counts.dismissed, "suggestion")));
    }
    if counts.restored > 0 {
        said.push(format!("{} taken back", count(counts.restored, "dismissed suggestion")));
    }
    said.join(", ")
}
