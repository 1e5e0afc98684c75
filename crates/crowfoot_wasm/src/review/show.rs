//! The review as panels and the canvas show it.

use std::collections::{BTreeMap, BTreeSet};

use crowfoot_schema::{Change, ChangeSet, ColumnPairs, Ref, TableId};
use crowfoot_suggest::Suggestion;

use super::{Key, declared};
use crate::{
    Editor,
    view::{SuggestionCount, SuggestionReview, SuggestionRow},
    words::columns_label,
};

/// With fewer declared foreign keys for each table than this, more are worth looking for.
const FEW_DECLARED: f64 = 0.2;

/// Fewer suggestions than this are not worth a question.
const WORTH_OFFERING: usize = 3;

/// More dashed lines than this are not drawn: nobody could tell them apart.
const MAX_PREVIEWS: usize = 1000;

impl Editor {
    /// What the diagram seems to mean. Of a large one that changed much it is what was found so far:
    /// [`Editor::look_for_suggestions`] goes on.
    pub fn suggestions(&mut self) -> SuggestionReview {
        self.look_at_few();
        let mut rows = Vec::new();
        let mut dismissed: BTreeMap<String, SuggestionRow> = self
            .shown
            .dismissals()
            .filter_map(|it| {
                let row = self.row(&Key::of_dismissal(it), None)?;
                Some((row.key.clone(), row))
            })
            .collect();
        for suggestion in self.review.found.values().flatten() {
            let key = Key::of(suggestion);
            let is_dismissed = self.is_dismissed(&key);
            let Some(row) = self.row(&key, Some(suggestion)) else { continue };
            if is_dismissed {
                dismissed.insert(row.key.clone(), row);
            } else {
                rows.push(row);
            }
        }
        let mut dismissed: Vec<_> = dismissed.into_values().collect();
        for list in [&mut rows, &mut dismissed] {
            list.sort_by(|a, b| (&a.to, &a.from, &a.key).cmp(&(&b.to, &b.from, &b.key)));
        }
        let (n_tables, n_refs) = (self.shown.tables().len(), self.shown.refs().len());
        SuggestionReview {
            is_worth_offering: rows.len() >= WORTH_OFFERING
                && (n_refs as f64) < FEW_DECLARED * n_tables as f64,
            n_waiting: self.n_waiting(),
            n_tables,
            rows,
            dismissed,
        }
    }

    /// How many foreign keys are suggested, of the tables that have some.
    pub fn suggestion_counts(&mut self) -> Vec<SuggestionCount> {
        self.look_at_few();
        let dismissed: BTreeSet<TableId> = self.shown.dismissals().map(|it| it.from).collect();
        let mut counts = Vec::with_capacity(self.review.found.len());
        for (table, found) in &self.review.found {
            let n = if dismissed.contains(table) {
                found.iter().filter(|it| !self.is_dismissed(&Key::of(it))).count()
            } else {
                found.len()
            };
            if n > 0 {
                counts.push(SuggestionCount { table: *table, n });
            }
        }
        counts
    }

    /// The lines of those suggestions, or of the likeliest of all, as they would be drawn, in the
    /// stream of [`Editor::line_stream`]. The diagram does not change.
    pub fn preview_suggestions(&mut self, keys: Option<&[String]>) -> Vec<f32> {
        let keys: Vec<Key> = match keys {
            Some(keys) => keys.iter().filter_map(|it| Key::parse(it)).collect(),
            None => {
                let mut rows = self.suggestions().rows;
                rows.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
                rows.iter().filter_map(|it| Key::parse(&it.key)).collect()
            }
        };
        let keys = keys.into_iter().filter(|it| it.resolves(&self.seen)).take(MAX_PREVIEWS);
        let keys: Vec<Key> = keys.collect();
        let refs: Vec<Ref> = keys.into_iter().filter_map(|it| self.meant(it)).collect();
        let ids: Vec<_> = refs.iter().map(|it| it.id).collect();
        let create = |it| Change::CreateRef { reference: Box::new(it) };
        let changes = ChangeSet::new("", refs.into_iter().map(create).collect());
        let mut diagram = self.seen.clone();
        if diagram.apply(&changes).is_err() {
            return Vec::new();
        }
        let mut scene = self.scene.clone();
        scene.update(&diagram, &changes);
        let slots = ids.into_iter().filter_map(|it| scene.line_slot(it));
        let lines = slots.filter_map(|it| scene.line(it)).enumerate();
        let mut stream = Vec::new();
        for (at, line) in lines {
            self.write_line(at as u32, line, &mut stream);
        }
        stream
    }

    /// The ref that a suggestion means, if its columns can be paired.
    pub(super) fn meant(&mut self, key: Key) -> Option<Ref> {
        let Key { from, to, pairs } = key;
        let columns: Vec<_> = pairs.iter().map(|it| it.0).collect();
        let mut reference = Ref::new(self.mint.id(), from, to, ColumnPairs::new(pairs).ok()?);
        reference.cardinality = crowfoot_suggest::cardinality(self.shown.table(from)?, &columns);
        Some(reference)
    }

    fn is_dismissed(&self, key: &Key) -> bool {
        self.shown.dismissals().any(|it| it.is_of(key.from, key.to, &key.pairs))
    }

    /// None if something of it is gone, or if it was declared since.
    fn row(&self, key: &Key, suggestion: Option<&Suggestion>) -> Option<SuggestionRow> {
        let (from, to) = (self.shown.table(key.from)?, self.shown.table(key.to)?);
        let (from_columns, to_columns): (Vec<_>, Vec<_>) = key.pairs.iter().copied().unzip();
        let is_known = |columns: &[_]| {
            declared(&self.shown, key.from)
                .iter()
                .any(|it| it.from_columns == columns && it.to_table == key.to)
        };
        if !key.resolves(&self.shown) || is_known(&from_columns) {
            return None;
        }
        let cardinality = crowfoot_suggest::cardinality(from, &from_columns);
        Some(SuggestionRow {
            key: key.to_string(),
            from_table: key.from,
            to_table: key.to,
            from: columns_label(from, &from_columns),
            to: columns_label(to, &to_columns),
            from_columns,
            to_columns,
            symbol: cardinality.symbol(),
            cardinality,
            confidence: suggestion.map_or(0.0, |it| it.confidence),
            reason: suggestion.map_or_else(String::new, |it| it.reason.clone()),
        })
    }
}
