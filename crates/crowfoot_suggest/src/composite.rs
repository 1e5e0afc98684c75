//! Keys of several columns: a table that holds all columns of another table's key may refer to it.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{
    candidate::Asking,
    catalog::Catalog,
    facts::{ColumnFacts, Standing, TableFacts},
    feature::{Feature, Features, N_FEATURES},
    survey::Survey,
};

/// Keys of more columns than this are not looked for.
const LONGEST: usize = 12;
/// A column name that stands in more keys than this is looked up in the rarer columns' keys alone.
const MOST: usize = 400;

/// Keys of several columns by the names of their columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct CompositeKeys {
    by_name: FxHashMap<SmolStr, Vec<(u32, u8)>>,
}

/// All columns of a key, found in another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) table: u32,
    /// Place in the target's keys.
    pub(crate) key: usize,
    /// Places in the asking table, in the order of the key.
    pub(crate) from: Vec<usize>,
    /// Places in the target, in the order of the key.
    pub(crate) to: Vec<usize>,
    /// A longer match holds all its columns.
    pub(crate) is_covered: bool,
}

/// The names by which a column can be found: without the shared prefix and with it.
fn names(column: &ColumnFacts) -> impl Iterator<Item = &SmolStr> {
    let whole = column.whole.as_ref().map(|it| &it.1);
    std::iter::once(&column.glued).chain(whole).filter(|it| it.len() > 1)
}

fn is_same(own: &ColumnFacts, key: &ColumnFacts) -> bool {
    own.kind.fits(key.kind) && names(own).any(|it| names(key).any(|other| it == other))
}

impl CompositeKeys {
    /// Indexes the keys of the tables.
    pub(crate) fn new(tables: &[TableFacts]) -> Self {
        let mut by_name: FxHashMap<SmolStr, Vec<(u32, u8)>> = FxHashMap::default();
        for (at, table) in tables.iter().enumerate() {
            for (key, facts) in table.keys.iter().enumerate() {
                if !(2..=LONGEST).contains(&facts.columns.len()) || key > 250 {
                    continue;
                }
                for &column in &facts.columns {
                    for name in names(&table.columns[column]) {
                        let keys = by_name.entry(name.clone()).or_default();
                        let key = (at as u32, key as u8);
                        if keys.last() != Some(&key) {
                            keys.push(key);
                        }
                    }
                }
            }
        }
        Self { by_name }
    }

    /// The keys of other tables of which the asking one holds all columns.
    pub(crate) fn matches(&self, asking: Asking<'_>) -> Vec<Match> {
        let own = asking.own;
        let mut counts: FxHashMap<(u32, u8), u32> = FxHashMap::default();
        for column in &own.columns {
            for name in names(column) {
                let Some(keys) = self.by_name.get(name).filter(|it| it.len() < MOST) else {
                    continue;
                };
                for key in keys.iter().filter(|it| it.0 != asking.own_place) {
                    *counts.entry(*key).or_default() += 1;
                }
            }
        }
        let mut keys: Vec<(u32, u8)> = counts.into_iter().map(|it| it.0).collect();
        keys.sort_unstable();
        let mut found: Vec<Match> = keys
            .into_iter()
            .filter_map(|(table, key)| match_key(asking, table, usize::from(key)))
            .collect();
        let sets: Vec<Vec<usize>> = found
            .iter()
            .map(|it| {
                let mut set = it.from.clone();
                set.sort_unstable();
                set
            })
            .collect();
        for (at, one) in found.iter_mut().enumerate() {
            one.is_covered = sets.iter().any(|it| {
                it.len() > sets[at].len() && sets[at].iter().all(|column| it.contains(column))
            });
        }
        found
    }
}

fn match_key(asking: Asking<'_>, table: u32, key: usize) -> Option<Match> {
    let target = asking.table(table);
    let to = &target.keys.get(key)?.columns;
    let mut from = Vec::with_capacity(to.len());
    for &column in to {
        let key_column = &target.columns[column];
        let place = asking
            .own
            .columns
            .iter()
            .enumerate()
            .position(|(at, own)| !from.contains(&at) && is_same(own, key_column))?;
        from.push(place);
    }
    Some(Match { table, key, from, to: to.clone(), is_covered: false })
}

/// For each column of the asking table whether a longer key holds it and leads, by the column of the
/// same name there, to the same key.
pub(crate) fn leads_there(
    asking: Asking<'_>,
    matches: &[Match],
    place: usize,
    target: u32,
    target_column: usize,
) -> bool {
    let key = &asking.table(target).columns[target_column];
    matches.iter().any(|it| {
        if it.table == target {
            return false;
        }
        let Some(nth) = it.from.iter().position(|at| *at == place) else { return false };
        let there = &asking.table(it.table).columns[it.to[nth]];
        is_same(there, key)
    })
}

/// The features of a match among those on the same columns.
pub(crate) fn features(
    asking: Asking<'_>,
    survey: &Survey,
    one: &Match,
    n_rivals: usize,
) -> Features {
    let mut values = [0.0; N_FEATURES];
    let mut set = |feature: Feature, value: f32| values[feature as usize] = value;
    let (own, target) = (asking.own, asking.table(one.table));
    let catalog: &Catalog = asking.catalog;
    let part = |n: usize, all: usize| n as f32 / all.max(1) as f32;
    let n_primary = one.from.iter().filter(|it| own.columns[**it].is_primary).count();
    set(Feature::KeySize, one.from.len() as f32);
    set(Feature::Primary, part(n_primary, one.from.len()));
    set(Feature::OwnPrimary, part(n_primary, own.primary.len()));
    let is_primary = target.keys[one.key].standing == Standing::Primary;
    set(Feature::Standing, if is_primary { 2.0 } else { 1.0 });
    set(Feature::Covered, f32::from(u8::from(one.is_covered)));
    set(Feature::Rivals, n_rivals.min(8) as f32);
    let holds = |outer: &[SmolStr], inner: &[SmolStr]| {
        !inner.is_empty() && inner.len() < outer.len() && inner.iter().all(|it| outer.contains(it))
    };
    set(Feature::OwnNamesTarget, f32::from(u8::from(holds(&own.words, &target.words))));
    set(Feature::TargetNamesOwn, f32::from(u8::from(holds(&target.words, &own.words))));
    let counts = one.to.iter().map(|it| {
        let column = &target.columns[*it];
        let name = column.whole.as_ref().map_or(&column.glued, |it| &it.1);
        catalog.column_count(name).n
    });
    let rarest = counts.min().unwrap_or(0);
    set(Feature::Common, (1.0 + rarest as f32).log2());
    // A column of the key that is named after the target tells whose key it is.
    let is_named = |at: &usize| {
        let words = &target.columns[*at].words;
        words.iter().any(|it| target.words.contains(it) && it.len() > 2)
    };
    set(Feature::KeyOwner, part(one.to.iter().filter(|it| is_named(it)).count(), one.to.len()));
    set(Feature::TargetSize, (1.0 + target.columns.len() as f32).log2());
    let has_declared = survey.n_declared > 0;
    let incoming = (1.0 + survey.n_incoming(one.table) as f32).log2();
    set(Feature::HabitTarget, if has_declared { incoming } else { -1.0 });
    set(Feature::HabitDensity, survey.density(catalog));
    let n_taken = one.from.iter().filter(|it| survey.is_taken(asking.own_place, **it)).count();
    set(Feature::HabitTaken, part(n_taken, one.from.len()));
    set(Feature::OwnDeclares, survey.own_declares(asking.own_place));
    values
}

/// Matches on the same columns in the same order, each group once.
pub(crate) fn groups(matches: &[Match]) -> Vec<Vec<&Match>> {
    let mut groups: Vec<Vec<&Match>> = Vec::new();
    for one in matches {
        match groups.iter_mut().find(|it| it[0].from == one.from) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}
