//! What the whole diagram seems to mean without declaring it, kept up to date table by table.
//!
//! Looking at all tables of a large diagram takes a while. So what was found is kept by table
//! (`Review`), tables that a change touched are looked at anew, and whoever shows it has a few
//! looked at between two frames until none is waiting. `show` makes view models of it, `key` names
//! a suggestion, `plan` accepts, dismisses and takes back.

mod key;
mod plan;
mod show;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use crowfoot_schema::{Change, Diagram, EntityId, RefId, TableId, diff};
use crowfoot_suggest::{DEFAULT_CONFIDENCE, ExistingKey, Suggester, Suggestion};

use crate::Editor;
use key::Key;

/// With more tables than this, reading them all takes a while, and a few changes to them do not
/// alter what they are usually called: it is done anew only when there are more or fewer of them.
const MANY: usize = 1000;

/// So many tables are looked at at once when somebody asks.
const AT_ONCE: usize = 200;

/// What was found so far.
#[derive(Default)]
pub(crate) struct Review {
    /// Reads names as the diagram's tables are called; may be of an older state.
    suggester: Option<Suggester>,
    n_tables: usize,
    generation: Option<u64>,
    /// The diagram that `found` and `waiting` are about.
    base: Diagram,
    is_reviewing: bool,
    /// What the tables mean that were looked at, dismissed suggestions included.
    found: BTreeMap<TableId, Vec<Suggestion>>,
    waiting: BTreeSet<TableId>,
}

impl Editor {
    /// What reads the names of this diagram, made anew when it has changed enough.
    pub(crate) fn suggester(&mut self) -> &Suggester {
        let n_tables = self.shown.tables().len();
        let review = &mut self.review;
        let is_near = n_tables > MANY && review.n_tables == n_tables;
        if review.generation != Some(self.generation) && !is_near {
            review.suggester = None;
            review.is_reviewing = false;
        }
        review.generation = Some(self.generation);
        review.n_tables = n_tables;
        review.suggester.get_or_insert_with(|| Suggester::new(&self.shown))
    }

    /// Looks at up to that many tables; true when none is waiting any more.
    pub fn look_for_suggestions(&mut self, n_tables: usize) -> bool {
        self.await_changed();
        let Review { suggester: Some(suggester), found, waiting, .. } = &mut self.review else {
            return true;
        };
        for _ in 0..n_tables {
            let Some(id) = waiting.pop_first() else { break };
            let Some(table) = self.shown.table(id) else { continue };
            let mut meant = suggester.for_table_value(table, &declared(&self.shown, id));
            meant.retain(|it| it.confidence >= DEFAULT_CONFIDENCE);
            if meant.is_empty() {
                found.remove(&id);
            } else {
                found.insert(id, meant);
            }
        }
        waiting.is_empty()
    }

    /// Has the tables wait that what was found may not be true of any more.
    fn await_changed(&mut self) {
        self.suggester();
        let (review, shown) = (&mut self.review, &self.shown);
        if !review.is_reviewing {
            review.is_reviewing = true;
            review.base = shown.clone();
            review.waiting = shown.tables().map(|it| it.id).collect();
        }
        let changes = diff(&review.base, shown).changes;
        if changes.is_empty() {
            return;
        }
        let mut touched = BTreeSet::new();
        for change in &changes {
            touch(change, &[&review.base, shown], &mut touched);
        }
        review.found.retain(|id, _| shown.table(*id).is_some());
        for (id, found) in &review.found {
            if found.iter().any(|it| touched.contains(&it.to_table)) {
                review.waiting.insert(*id);
            }
        }
        review.waiting.extend(touched);
        review.base = shown.clone();
    }

    /// How many tables are to be looked at: all of them, as long as none was.
    fn n_waiting(&self) -> usize {
        match self.review.suggester {
            Some(_) => self.review.waiting.len(),
            None => self.shown.tables().len(),
        }
    }

    /// Looks at what is waiting, unless it is much.
    fn look_at_few(&mut self) {
        // To read the names of a large diagram takes longer than a person who opens it should wait.
        if self.review.suggester.is_none() && self.shown.tables().len() > MANY {
            return;
        }
        self.await_changed();
        if self.review.waiting.len() <= AT_ONCE {
            self.look_for_suggestions(AT_ONCE);
        }
    }
}

/// The tables whose own suggestions may be others after a change.
fn touch(change: &Change, diagrams: &[&Diagram], touched: &mut BTreeSet<TableId>) {
    let mut ends = |id: RefId| {
        for reference in diagrams.iter().filter_map(|it| it.reference(id)) {
            touched.extend([reference.from, reference.to]);
        }
    };
    match (change.entity(), change.owner()) {
        (EntityId::Ref(id), _) => ends(id),
        (EntityId::Table(id), _) | (_, Some(EntityId::Table(id))) => {
            // Refs go with a table or a column and are not told of.
            let before = diagrams.iter().flat_map(|it| it.refs_of(id)).map(|it| it.id);
            before.collect::<Vec<_>>().into_iter().for_each(ends);
            touched.insert(id);
        }
        _ => {}
    }
}

/// The foreign keys that a table declares.
fn declared(diagram: &Diagram, table: TableId) -> Vec<ExistingKey> {
    let mut existing = Vec::new();
    for reference in diagram.refs_of(table) {
        let Some((from, to_table, pairs)) = reference.foreign_key() else { continue };
        if from == table {
            let (from_columns, to_columns) = pairs.into_iter().unzip();
            existing.push(ExistingKey { from_columns, to_table, to_columns });
        }
    }
    existing
}
