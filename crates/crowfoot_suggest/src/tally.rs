//! How much of what looks like keys a schema declares: here, there, and throughout.
//!
//! What is left open where the like of it is declared was forgotten; what is left open everywhere is
//! not meant as a key.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{
    candidate::{Candidate, Way},
    facts::{ColumnFacts, Indexed, TableFacts},
    lexicon::Ending,
};

/// Columns that look like keys, declared and open ones.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Tally {
    pub(crate) n_declared: f32,
    pub(crate) n_open: f32,
}

impl Tally {
    fn add(&mut self, is_declared: bool, weight: f32) {
        if is_declared {
            self.n_declared += weight;
        } else {
            self.n_open += weight;
        }
    }

    /// Without an open column.
    fn without(self, n_own: f32) -> Self {
        Self { n_open: (self.n_open - n_own).max(0.0), ..self }
    }

    /// Which part is declared, where few say less than what is `usual`.
    fn rate(self, usual: f32) -> f32 {
        (self.n_declared + 2.0 * usual) / (self.n_declared + self.n_open + 2.0)
    }
}

/// What columns have in common that stand or fall together, however they are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Shape {
    way: Way,
    ending: Ending,
    index: Indexed,
    is_primary: bool,
    is_not_null: bool,
}

/// How much is declared of each sort of columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tallies {
    all: Tally,
    by_name: FxHashMap<SmolStr, Tally>,
    by_role: FxHashMap<(SmolStr, Ending), Tally>,
    by_target: FxHashMap<u32, Tally>,
    by_table: FxHashMap<u32, Tally>,
    by_module: FxHashMap<SmolStr, Tally>,
    by_way: FxHashMap<(Way, Ending, bool), Tally>,
    by_shape: FxHashMap<Shape, Tally>,
}

/// Which part is declared of the columns like one that is open; that one is not counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rates {
    pub(crate) all: f32,
    pub(crate) name: f32,
    pub(crate) role: f32,
    pub(crate) target: f32,
    pub(crate) table: f32,
    pub(crate) module: f32,
    pub(crate) way: f32,
    pub(crate) shape: f32,
    /// How many others of that name are open.
    pub(crate) n_open_name: f32,
    /// How many others in the table are open.
    pub(crate) n_open_table: f32,
}

/// From this nearness of names on a column looks like a key.
const ALIKE: f32 = 0.7;

fn name(column: &ColumnFacts) -> &SmolStr {
    column.whole.as_ref().map_or(&column.glued, |it| &it.1)
}

fn role(column: &ColumnFacts) -> (SmolStr, Ending) {
    let stem = column.stem();
    (stem.words.last().cloned().unwrap_or_default(), stem.ending)
}

fn shape(column: &ColumnFacts, candidate: &Candidate) -> Shape {
    Shape {
        way: candidate.found.way(),
        ending: column.ending(),
        index: column.index,
        is_primary: column.is_primary,
        is_not_null: column.is_not_null,
    }
}

impl Tallies {
    /// Counts a column; `nearest` is the key that is nearest by name, `declared_to` where it is
    /// declared to go.
    pub(crate) fn add(
        &mut self,
        place: u32,
        own: &TableFacts,
        column: &ColumnFacts,
        nearest: Option<&Candidate>,
        declared_to: Option<u32>,
        weight: f32,
    ) {
        let is_declared = declared_to.is_some();
        if !column.is_sole_primary || is_declared {
            self.by_name.entry(name(column).clone()).or_default().add(is_declared, weight);
            self.by_role.entry(role(column)).or_default().add(is_declared, weight);
        }
        let Some(nearest) = nearest.filter(|it| it.found.nearness() >= ALIKE) else {
            if let Some(target) = declared_to {
                self.by_target.entry(target).or_default().add(true, weight);
            }
            return;
        };
        let target = declared_to.unwrap_or(nearest.table);
        self.by_target.entry(target).or_default().add(is_declared, weight);
        let way = (nearest.found.way(), column.ending(), column.is_sole_primary);
        self.by_way.entry(way).or_default().add(is_declared, weight);
        self.by_shape.entry(shape(column, nearest)).or_default().add(is_declared, weight);
        if column.is_sole_primary && !is_declared {
            return;
        }
        self.all.add(is_declared, weight);
        self.by_table.entry(place).or_default().add(is_declared, weight);
        if let Some(module) = &own.module {
            self.by_module.entry(module.clone()).or_default().add(is_declared, weight);
        }
    }

    /// How many others of its name are open; `weight` is that with which the column was counted.
    pub(crate) fn n_open(&self, column: &ColumnFacts, weight: f32) -> f32 {
        let n_named = if column.is_sole_primary { 0.0 } else { weight };
        self.by_name.get(name(column)).map_or(0.0, |it| it.without(n_named).n_open)
    }

    /// Which part is declared of all that looks like keys.
    pub(crate) fn usual(&self) -> f32 {
        self.all.rate(0.5)
    }

    /// What is declared of columns like this open one and its candidate; `weight` is that with which
    /// it was counted.
    pub(crate) fn rates(
        &self,
        place: u32,
        own: &TableFacts,
        column: &ColumnFacts,
        candidate: &Candidate,
        weight: f32,
    ) -> Rates {
        let tally =
            |found: Option<&Tally>, n_own: f32| found.copied().unwrap_or_default().without(n_own);
        let n_named = if column.is_sole_primary { 0.0 } else { weight };
        let n_alike = if candidate.found.nearness() >= ALIKE { weight } else { 0.0 };
        let n_own = if column.is_sole_primary { 0.0 } else { n_alike };
        let all = self.all.without(n_own).rate(0.5);
        let key = (candidate.found.way(), column.ending(), column.is_sole_primary);
        let way = tally(self.by_way.get(&key), n_alike).rate(all);
        let by_name = tally(self.by_name.get(name(column)), n_named);
        let by_table = tally(self.by_table.get(&place), n_own);
        let module = own.module.as_ref();
        Rates {
            all,
            way,
            shape: tally(self.by_shape.get(&shape(column, candidate)), n_alike).rate(way),
            name: by_name.rate(way),
            role: tally(self.by_role.get(&role(column)), n_named).rate(way),
            target: tally(self.by_target.get(&candidate.table), n_alike).rate(all),
            table: by_table.rate(all),
            module: tally(module.and_then(|it| self.by_module.get(it)), n_own).rate(all),
            n_open_name: by_name.n_open,
            n_open_table: by_table.n_open,
        }
    }
}
