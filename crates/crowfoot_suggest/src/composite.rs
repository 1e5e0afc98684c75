//! Keys of several columns: a table that holds all columns of another table's key may refer to it.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::{
    candidate::Asking,
    catalog::Catalog,
    facts::{ColumnFacts, Standing, TableFacts, name_bit},
    feature::{Feature, Features, N_FEATURES},
    kind::Kind,
    lexicon,
    survey::Survey,
};

/// Keys of more columns than this are not looked for.
const LONGEST: usize = 12;
/// Keys of which even the rarest column stands in so many keys are not looked for.
const MOST: usize = 400;

/// Keys of several columns by the names of the rarest of their columns: a table that holds all
/// columns of a key holds that one.
#[derive(Clone, Debug, Default)]
pub(crate) struct CompositeKeys {
    by_rarest: FxHashMap<SmolStr, Vec<KeyAt>>,
    /// The names of all their columns.
    names: FxHashSet<SmolStr>,
}

/// Where a key stands, and at a glance which names a table must have to hold it.
#[derive(Clone, Copy, Debug)]
struct KeyAt {
    table: u32,
    key: u8,
    /// The bits of its columns' names ...
    bits: u64,
    /// ... and of those columns that have one name alone.
    needed: u64,
}

/// The columns of the asking table, with the word before what may be the name of a key's column.
type Roles<'a> = [Option<(&'a SmolStr, SmolStr)>];

/// All columns of a key, found in another table.
#[derive(Clone, Debug, PartialEq)]
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
    /// How many of the columns have another word before the name of the key's column.
    pub(crate) n_roles: usize,
    /// How much the asking table is a part of the target by its name: 1 the target's name stands in
    /// it, 2 it begins with it.
    pub(crate) part_of: u8,
    /// Which part of the target's name stands in the names of the key's columns.
    pub(crate) naming: f32,
}

impl Match {
    /// How well the names tell that this key is meant, to tell rivals.
    fn nearness(&self) -> f32 {
        f32::from(self.part_of) + self.naming
    }

    /// Whether the names leave little doubt.
    fn is_sure(&self) -> bool {
        self.part_of > 1 || self.nearness() >= 1.5
    }
}

/// The names by which a column can be found: without the shared prefix and with it.
fn names(column: &ColumnFacts) -> impl Iterator<Item = &SmolStr> {
    let whole = column.whole.as_ref().map(|it| &it.1);
    std::iter::once(&column.glued).chain(whole).filter(|it| it.len() > 1)
}

fn is_same(own: &ColumnFacts, key: &ColumnFacts) -> bool {
    // A name that says nothing must be the same with its prefix, too.
    let is_meant = |it: &SmolStr| own.whole.is_none() && key.whole.is_none() || !says_nothing(it);
    own.kind.fits(key.kind)
        && names(own).any(|it| is_meant(it) && names(key).any(|other| it == other))
}

fn says_nothing(name: &str) -> bool {
    lexicon::is_generic(name)
}

/// The first word of a column and what follows, which may be the name of a key's column.
fn role(column: &ColumnFacts) -> Option<(&SmolStr, SmolStr)> {
    let (role, rest) = column.words.split_first()?;
    (rest.len() > 1).then(|| (role, rest.concat().into()))
}

fn bits<'a>(names: impl Iterator<Item = &'a SmolStr>) -> u64 {
    names.fold(0, |bits, it| bits | name_bit(it))
}

impl CompositeKeys {
    /// Indexes the keys of the tables.
    pub(crate) fn new(tables: &[TableFacts]) -> Self {
        let mut keys: Vec<(u32, u8)> = Vec::new();
        let mut counts: FxHashMap<&SmolStr, usize> = FxHashMap::default();
        for (at, table) in tables.iter().enumerate() {
            for (key, facts) in table.keys.iter().enumerate() {
                if !(2..=LONGEST).contains(&facts.columns.len()) || key > 250 {
                    continue;
                }
                keys.push((at as u32, key as u8));
                let mut own: Vec<&SmolStr> =
                    facts.columns.iter().flat_map(|it| names(&table.columns[*it])).collect();
                own.sort_unstable();
                own.dedup();
                for name in own {
                    *counts.entry(name).or_default() += 1;
                }
            }
        }
        let mut by_rarest: FxHashMap<SmolStr, Vec<KeyAt>> = FxHashMap::default();
        for (at, key) in keys {
            let table = &tables[at as usize];
            let columns = table.keys[usize::from(key)].columns.iter().map(|it| &table.columns[*it]);
            let count = |name: &SmolStr| counts.get(name).copied().unwrap_or(0);
            let rarest = columns.clone().min_by_key(|column| {
                let counts = || names(column).map(count);
                (counts().max().unwrap_or(0), counts().min().unwrap_or(0))
            });
            let lone = columns.clone().filter(|it| it.whole.is_none());
            let key = KeyAt {
                table: at,
                key,
                bits: bits(columns.flat_map(names)),
                needed: bits(lone.flat_map(names)),
            };
            for name in rarest.into_iter().flat_map(names).filter(|it| count(it) < MOST) {
                by_rarest.entry(name.clone()).or_default().push(key);
            }
        }
        let names = counts.into_keys().cloned().collect();
        Self { by_rarest, names }
    }

    /// The keys of which the asking table holds all columns, by their names or with one word before
    /// some of them.
    pub(crate) fn matches(&self, asking: Asking<'_>) -> Vec<Match> {
        let own = asking.own;
        let roles: Vec<_> = own
            .columns
            .iter()
            .map(|it| role(it).filter(|role| self.names.contains(&role.1)))
            .collect();
        let mut words: Vec<Option<&SmolStr>> = vec![None];
        for (word, _) in roles.iter().flatten() {
            if !words.contains(&Some(word)) && words.len() < 8 {
                words.push(Some(word));
            }
        }
        let mut found: Vec<Match> = Vec::new();
        for word in words {
            let keys = self.keys(asking, &roles, word);
            found.extend(keys.into_iter().filter_map(|it| match_key(asking, it, &roles, word)));
        }
        // Those that leave little doubt may hold all columns of shorter ones.
        let sure: Vec<Vec<usize>> =
            found.iter().filter(|it| it.is_sure()).map(|it| it.from.clone()).collect();
        for one in &mut found {
            one.is_covered = sure.iter().any(|it| {
                it.len() > one.from.len() && one.from.iter().all(|column| it.contains(column))
            });
        }
        found
    }

    /// Keys that the table may hold with that word before some of their columns.
    fn keys(
        &self,
        asking: Asking<'_>,
        roles: &Roles<'_>,
        word: Option<&SmolStr>,
    ) -> Vec<(u32, u8)> {
        let played = || roles.iter().flatten().filter(|it| Some(it.0) == word).map(|it| &it.1);
        let named = || asking.own.columns.iter().flat_map(names).chain(played());
        let played_bits = bits(played());
        let all_bits = bits(named());
        let may_hold = |it: &&KeyAt| {
            // A row refers to another one of its own table by a role alone.
            (if word.is_some() { it.bits & played_bits != 0 } else { it.table != asking.own_place })
                && it.needed & !all_bits == 0
        };
        let keys = named().filter_map(|it| self.by_rarest.get(it)).flatten().filter(may_hold);
        let mut keys: Vec<(u32, u8)> = keys.map(|it| (it.table, it.key)).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

fn match_key(
    asking: Asking<'_>,
    key: (u32, u8),
    roles: &Roles<'_>,
    word: Option<&SmolStr>,
) -> Option<Match> {
    let (table, key) = (key.0, usize::from(key.1));
    let target = asking.table(table);
    let to = &target.keys.get(key)?.columns;
    let mut from: Vec<usize> = Vec::with_capacity(to.len());
    let mut n_roles = 0;
    for &column in to {
        let key_column = &target.columns[column];
        let mut own = asking.own.columns.iter().enumerate().filter(|it| !from.contains(&it.0));
        let plays = |own: &ColumnFacts, role: &(&SmolStr, SmolStr)| {
            Some(role.0) == word
                && own.kind.fits(key_column.kind)
                && names(key_column).any(|it| *it == role.1)
        };
        let played = own.clone().find(|(at, own)| {
            word.is_some() && roles[*at].as_ref().is_some_and(|role| plays(own, role))
        });
        n_roles += usize::from(played.is_some());
        let place = played.or_else(|| own.find(|it| is_same(it.1, key_column)))?.0;
        from.push(place);
    }
    let is_itself = table == asking.own_place && from == *to;
    if is_itself || (word.is_some() && n_roles == 0) {
        return None;
    }
    let (own, meant) = (asking.own, target.meant_words());
    let is_in =
        own.meant_words().len() > meant.len() && meant.iter().all(|it| own.words.contains(it));
    let is_start = is_in && own.meant_words().starts_with(meant);
    let part_of = u8::from(is_in) + u8::from(is_start);
    let is_told = |word: &&SmolStr| to.iter().any(|at| target.columns[*at].words.contains(word));
    let naming = meant.iter().filter(is_told).count() as f32 / meant.len().max(1) as f32;
    Some(Match { table, key, from, to: to.clone(), is_covered: false, n_roles, part_of, naming })
}

/// How many columns of a key have the name of a key of one column elsewhere.
fn n_borrowed(asking: Asking<'_>, table: u32, columns: &[usize]) -> usize {
    let target = asking.table(table);
    let is_borrowed = |at: &&usize| {
        let column = &target.columns[**at];
        let has_stem = |it: &ColumnFacts| {
            let stem = crate::candidate::Stem::of(&it.words).words;
            stem.len() < it.words.len()
                && asking
                    .catalog
                    .ending_in(&stem.concat())
                    .iter()
                    .any(|it| it.table != table && it.n_before == 0)
        };
        names(column).any(|name| asking.catalog.keys_named(name).iter().any(|it| it.table != table))
            || has_stem(column)
    };
    columns.iter().filter(is_borrowed).count()
}

/// Whether a longer key holds the column and leads, by the column of the same name there, to the same
/// key: 1 it may, 2 it does.
pub(crate) fn leads_there(
    asking: Asking<'_>,
    matches: &[Match],
    place: usize,
    target: u32,
    target_column: usize,
) -> f32 {
    let key = &asking.table(target).columns[target_column];
    let strength = |it: &Match| {
        if it.table == target {
            return 0.0;
        }
        let Some(nth) = it.from.iter().position(|at| *at == place) else { return 0.0 };
        let there = &asking.table(it.table).columns[it.to[nth]];
        match (is_same(there, key), it.is_sure()) {
            (false, _) => 0.0,
            (true, false) => 1.0,
            (true, true) => 2.0,
        }
    };
    matches.iter().map(strength).fold(0.0, f32::max)
}

/// The features of a match among those on the same columns.
pub(crate) fn features(
    asking: Asking<'_>,
    survey: &Survey,
    one: &Match,
    group: &[&Match],
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
    let others = group.iter().filter(|it| it.table != one.table);
    let best = others.clone().map(|it| it.nearness()).fold(0.0, f32::max);
    let n_rivals = others.filter(|it| it.nearness() >= one.nearness()).take(8).count();
    set(Feature::Rivals, n_rivals as f32);
    set(Feature::Lead, one.nearness() - best);
    set(Feature::KeyCover, 1.0 - part(one.n_roles, one.from.len()));
    set(Feature::Borrowed, part(n_borrowed(asking, one.table, &one.to), one.to.len()));
    set(Feature::PartOf, f32::from(one.part_of));
    set(Feature::TableCover, one.naming);
    let is_empty = |at: &&usize| {
        let words = &target.columns[**at].words;
        words.iter().all(|it| says_nothing(it)) || target.columns[**at].kind == Kind::Time
    };
    set(Feature::Generic, part(one.to.iter().filter(is_empty).count(), one.to.len()));
    set(Feature::SelfRef, f32::from(u8::from(one.table == asking.own_place)));
    let is_alike = |(from, to): (&usize, &usize)| {
        own.columns[*from].type_text == target.columns[*to].type_text
    };
    let n_alike = one.from.iter().zip(&one.to).filter(|it| is_alike(*it)).count();
    set(Feature::TypeFit, part(n_alike, one.to.len()));
    let holds = |outer: &[SmolStr], inner: &[SmolStr]| {
        !inner.is_empty() && inner.len() < outer.len() && inner.iter().all(|it| outer.contains(it))
    };
    set(Feature::TargetNamesOwn, f32::from(u8::from(holds(&target.words, &own.words))));
    let counts = one.to.iter().map(|it| {
        let column = &target.columns[*it];
        let name = column.whole.as_ref().map_or(&column.glued, |it| &it.1);
        catalog.column_count(name).n
    });
    let rarest = counts.min().unwrap_or(0);
    set(Feature::Common, (1.0 + rarest as f32).log2());
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
