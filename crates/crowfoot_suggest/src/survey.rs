//! The habits of one schema: what it declares, and how its columns are usually named and indexed.

use crowfoot_schema::Diagram;
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{
    candidate::{Asking, Candidate, Habits, Way, candidates},
    catalog::Catalog,
    facts::{ColumnFacts, Indexed},
    lexicon::Ending,
    tally::{Rates, Tallies},
};

/// Of a larger schema only about so many tables, spread over it, are looked through for how names are
/// alike: that tells its habits as well.
const SURVEYED: usize = 1500;

/// So many other columns of a name are many.
const MANY: f32 = 8.0;

/// So many tables may stand between two that declared keys of several columns join.
const MOST_STEPS: usize = 3;

/// Tables to which declared keys lead, with how many do, most first.
type Targets = Vec<(u32, u32)>;

/// What a schema does as a rule.
#[derive(Clone, Debug, Default)]
pub(crate) struct Survey {
    n_declared: u32,
    has_declared: bool,
    has_habits: bool,
    /// Where declared keys on columns of a name lead to.
    by_column: FxHashMap<SmolStr, Targets>,
    /// The same by the last word of the stem.
    by_role: FxHashMap<SmolStr, Targets>,
    /// How many declared keys lead to each table, ...
    incoming: Vec<u32>,
    /// How many declared keys have several columns, and how many of those lead to each table.
    n_several: u32,
    incoming_several: Vec<u32>,
    /// ... and how many it has.
    outgoing: Vec<u32>,
    patterns: FxHashMap<Pattern, PatternCount>,
    /// For how many columns a table is the nearest.
    popular: Vec<u32>,
    /// Which part of the columns of an ending has an index of its own.
    indexed: FxHashMap<Ending, (u32, u32)>,
    /// The columns of each table that hold a declared key.
    taken: Vec<Vec<usize>>,
    /// The declared keys of several columns that each table has.
    several: FxHashMap<u32, Vec<DeclaredKey>>,
    tallies: Tallies,
    /// Only every so many-th table was looked through.
    step: u32,
}

/// A declared key of several columns.
#[derive(Clone, Debug)]
struct DeclaredKey {
    to: u32,
    /// Places of its columns in both tables.
    pairs: Vec<(usize, usize)>,
}

/// How a column and its nearest table are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pattern {
    way: Way,
    ending: Ending,
    is_sole_primary: bool,
}

/// How many columns show a pattern.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct PatternCount {
    pub(crate) n: u32,
}

impl DeclaredKey {
    /// The columns of the other table that stand for these, if the key holds them all.
    fn columns_there(&self, columns: &[usize]) -> Option<Vec<usize>> {
        let there = |own: &usize| Some(self.pairs.iter().find(|it| it.0 == *own)?.1);
        columns.iter().map(there).collect()
    }
}

impl Pattern {
    pub(crate) fn of(column: &ColumnFacts, candidate: &Candidate) -> Self {
        Self {
            way: candidate.found.way(),
            ending: column.stem().ending,
            is_sole_primary: column.is_sole_primary,
        }
    }
}

/// Where the declared keys lead to on columns like one.
pub(crate) struct ColumnHabits<'a> {
    /// Those of the same name.
    by_name: Option<&'a Targets>,
    /// Those whose stem ends in the same word.
    by_role: Option<&'a Targets>,
}

impl ColumnHabits<'_> {
    /// Whether there is a declared key on a column of that name.
    pub(crate) fn has_name(&self) -> bool {
        self.by_name.is_some()
    }

    /// Whether there is one on a column whose stem ends alike.
    pub(crate) fn has_role(&self) -> bool {
        self.by_role.is_some()
    }

    /// Which part of the declared keys on columns of that name goes to the table; -1 for none.
    pub(crate) fn of_name(&self, table: u32) -> f32 {
        part_of(self.by_name, table)
    }

    /// How many declared keys on columns of that name go to the table.
    pub(crate) fn n_of_name(&self, table: u32) -> u32 {
        self.by_name.map_or(0, |it| count_of(it, table))
    }

    /// Which part of the declared keys goes to the table on columns whose stem ends alike; -1 for
    /// none.
    pub(crate) fn of_role(&self, table: u32) -> f32 {
        part_of(self.by_role, table)
    }
}

fn count_of(targets: &Targets, table: u32) -> u32 {
    targets.iter().find(|it| it.0 == table).map_or(0, |it| it.1)
}

fn part_of(targets: Option<&Targets>, table: u32) -> f32 {
    let Some(targets) = targets else { return -1.0 };
    let all: u32 = targets.iter().map(|it| it.1).sum();
    count_of(targets, table) as f32 / all.max(1) as f32
}

impl Survey {
    /// Looks through a schema.
    pub(crate) fn new(catalog: &Catalog, diagram: &Diagram) -> Self {
        let zeros = vec![0; catalog.tables.len()];
        let mut survey = Self {
            incoming: zeros.clone(),
            incoming_several: zeros.clone(),
            outgoing: zeros.clone(),
            popular: zeros,
            taken: vec![Vec::new(); catalog.tables.len()],
            ..Self::default()
        };
        let mut declared: FxHashMap<(u32, usize), u32> = FxHashMap::default();
        for reference in diagram.refs() {
            let Some((from, to, pairs)) = reference.foreign_key() else { continue };
            let (Some(from), Some(to)) = (catalog.place(from), catalog.place(to)) else { continue };
            survey.n_declared += 1;
            survey.incoming[to as usize] += 1;
            survey.outgoing[from as usize] += 1;
            let table = &catalog.tables[from as usize];
            let is_single = pairs.len() == 1;
            survey.n_several += u32::from(!is_single);
            survey.incoming_several[to as usize] += u32::from(!is_single);
            let target = &catalog.tables[to as usize];
            let places = |(own, key)| Some((table.column_at(own)?, target.column_at(key)?));
            let pairs: Vec<(usize, usize)> = pairs.into_iter().filter_map(places).collect();
            survey.taken[from as usize].extend(pairs.iter().map(|it| it.0));
            if let (true, [(place, _)]) = (is_single, pairs.as_slice()) {
                declared.insert((from, *place), to);
                survey.learn(&table.columns[*place], to);
            } else {
                survey.several.entry(from).or_default().push(DeclaredKey { to, pairs });
            }
        }
        for targets in survey.by_column.values_mut().chain(survey.by_role.values_mut()) {
            targets.sort_by_key(|it| (std::cmp::Reverse(it.1), it.0));
        }
        survey.count(catalog, &declared);
        survey.has_declared = survey.n_declared > 2 && survey.declared_density(catalog) > 0.1;
        survey.has_habits = survey.has_declared && survey.tallies.usual() > 0.33;
        survey
    }

    fn learn(&mut self, column: &ColumnFacts, to: u32) {
        let stem = column.stem();
        let role = stem.words.last().cloned().unwrap_or_default();
        for (map, name) in [(&mut self.by_column, column.glued.clone()), (&mut self.by_role, role)]
        {
            let targets = map.entry(name).or_default();
            match targets.iter_mut().find(|it| it.0 == to) {
                Some((_, n)) => *n += 1,
                None => targets.push((to, 1)),
            }
        }
    }

    fn count(&mut self, catalog: &Catalog, declared: &FxHashMap<(u32, usize), u32>) {
        let mut patterns: FxHashMap<Pattern, PatternCount> = FxHashMap::default();
        let step = catalog.tables.len().div_ceil(SURVEYED).max(1);
        let weight = step as u32;
        self.step = weight;
        for (own_place, own) in catalog.tables.iter().enumerate().step_by(step) {
            // What is left open in copies and numbered parts tells nothing.
            if catalog.is_archive(own) {
                continue;
            }
            let own_place = own_place as u32;
            let asking = Asking { catalog, own, own_place };
            for (place, column) in own.columns.iter().enumerate() {
                if !column.is_primary && column.can_refer() {
                    let indexed = self.indexed.entry(column.ending()).or_default();
                    indexed.0 += u32::from(column.index == Indexed::Alone || column.is_unique);
                    indexed.1 += 1;
                }
                let found = candidates(asking, place, &NoHabits);
                let nearest = found.iter().max_by(|a, b| {
                    let order = a.found.nearness().total_cmp(&b.found.nearness());
                    order.then(b.table.cmp(&a.table))
                });
                let to = declared.get(&(own_place, place)).copied();
                if self.n_declared > 0 && column.can_refer() {
                    self.tallies.add(own_place, own, column, nearest, to, weight as f32);
                }
                let Some(nearest) = nearest else { continue };
                let count = patterns.entry(Pattern::of(column, nearest)).or_default();
                count.n += weight;
                self.popular[nearest.table as usize] += weight;
            }
        }
        self.patterns = patterns;
    }

    /// Whether a declared key holds the column.
    pub(crate) fn is_taken(&self, table: u32, column: usize) -> bool {
        self.taken.get(table as usize).is_some_and(|it| it.contains(&column))
    }

    /// Whether a declared key of several columns holds all these columns and leads to another table:
    /// 1 it does, 2 that table's own keys lead on from there to the target.
    pub(crate) fn held(&self, table: u32, columns: &[usize], target: u32) -> u8 {
        let keys = self.several.get(&table);
        let held = keys.into_iter().flatten().filter(|it| it.to != target).filter_map(|key| {
            let there = key.columns_there(columns)?;
            Some(if self.leads_on(key.to, &there, target, MOST_STEPS) { 2 } else { 1 })
        });
        held.max().unwrap_or(0)
    }

    /// Whether declared keys lead from these columns of a table to the target.
    fn leads_on(&self, table: u32, columns: &[usize], target: u32, n_steps: usize) -> bool {
        let keys = self.several.get(&table);
        keys.into_iter().flatten().any(|key| {
            key.columns_there(columns).is_some_and(|there| {
                key.to == target
                    || n_steps > 0 && self.leads_on(key.to, &there, target, n_steps - 1)
            })
        })
    }

    /// Where declared keys on columns like that one lead to.
    pub(crate) fn habits(&self, column: &ColumnFacts, stem: &[SmolStr]) -> ColumnHabits<'_> {
        ColumnHabits {
            by_name: self.by_column.get(&column.glued),
            by_role: stem.last().and_then(|it| self.by_role.get(it)),
        }
    }

    /// Which part is declared of columns like that one.
    pub(crate) fn rates(
        &self,
        asking: Asking<'_>,
        column: &ColumnFacts,
        candidate: &Candidate,
    ) -> Rates {
        let weight = self.weight(asking);
        self.tallies.rates(asking.own_place, asking.own, column, candidate, weight)
    }

    /// With which weight the columns of the asking table were counted.
    fn weight(&self, asking: Asking<'_>) -> f32 {
        let is_counted = (asking.own_place as usize) < asking.catalog.tables.len()
            && asking.own_place.is_multiple_of(self.step.max(1));
        if is_counted { self.step as f32 } else { 0.0 }
    }

    /// Whether many other columns of that name are open and none is declared.
    pub(crate) fn is_left_open(&self, asking: Asking<'_>, column: &ColumnFacts) -> bool {
        !self.by_column.contains_key(&column.glued)
            && self.tallies.n_open(column, self.weight(asking)) >= MANY
    }

    /// Which part of the declared keys has several columns; -1 where there are none.
    pub(crate) fn several(&self) -> f32 {
        if !self.has_declared {
            return -1.0;
        }
        // With few keys it is open whether there are none of several columns.
        (self.n_several as f32 + 0.5) / (self.n_declared as f32 + 10.0)
    }

    /// How many declared keys of several columns lead to the table.
    pub(crate) fn n_incoming_several(&self, table: u32) -> u32 {
        self.incoming_several.get(table as usize).copied().unwrap_or(0)
    }

    /// How many keys the schema declares for each table.
    pub(crate) fn density(&self, catalog: &Catalog) -> f32 {
        if !self.has_declared {
            return 0.0;
        }
        self.declared_density(catalog)
    }

    fn declared_density(&self, catalog: &Catalog) -> f32 {
        (self.n_declared as f32 / catalog.tables.len().max(1) as f32).min(4.0)
    }

    /// Whether it declares more than the first few keys. With these alone all that are still to come
    /// would be taken for what is not meant: it is as if none were declared.
    pub(crate) fn has_declared(&self) -> bool {
        self.has_declared
    }

    /// Whether it declares enough of what looks like keys to learn from.
    pub(crate) fn has_habits(&self) -> bool {
        self.has_habits
    }

    /// How many declared keys a table has, as a power of 2; -1 where the schema has none.
    pub(crate) fn own_declares(&self, table: u32) -> f32 {
        if !self.has_declared {
            return -1.0;
        }
        (1.0 + self.outgoing.get(table as usize).copied().unwrap_or(0) as f32).log2()
    }

    /// How many declared keys lead to the table.
    pub(crate) fn n_incoming(&self, table: u32) -> u32 {
        self.incoming.get(table as usize).copied().unwrap_or(0)
    }

    /// For how many columns the table is the nearest.
    pub(crate) fn n_nearest(&self, table: u32) -> u32 {
        self.popular.get(table as usize).copied().unwrap_or(0)
    }

    /// How common a pattern is.
    pub(crate) fn pattern(&self, pattern: Pattern) -> PatternCount {
        self.patterns.get(&pattern).copied().unwrap_or_default()
    }

    /// Which part of the columns of that ending has an index.
    pub(crate) fn index_rate(&self, ending: Ending) -> f32 {
        let (n, all) = self.indexed.get(&ending).copied().unwrap_or_default();
        n as f32 / all.max(1) as f32
    }
}

impl Habits for Survey {
    fn targets(&self, column: &ColumnFacts, stem: &[SmolStr]) -> Vec<u32> {
        let habits = self.habits(column, stem);
        let lists = habits.by_name.into_iter().chain(habits.by_role);
        let mut targets: Vec<u32> = lists.flat_map(|it| it.iter().take(3)).map(|it| it.0).collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    }
}

/// No declared keys to learn from.
pub(crate) struct NoHabits;

impl Habits for NoHabits {
    fn targets(&self, _: &ColumnFacts, _: &[SmolStr]) -> Vec<u32> {
        Vec::new()
    }
}
