//! Keys of several columns by their shape: the names and kinds of their columns.
//!
//! Whether a table holds all columns of a key depends on the shape alone, and many tables have keys
//! of the same one, such as unique indexes on `status` and `created_at`.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::{
    facts::{ColumnFacts, TableFacts, name_bit},
    kind::Kind,
};

/// Keys of more columns than this are not looked for.
const LONGEST: usize = 12;
/// Keys of which even the rarest column stands in so many keys are not looked for.
const MOST: usize = 400;

/// All keys of several columns in a catalog.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shapes {
    all: Vec<Shape>,
    /// Places in `all` by the names of the rarest column: a table that holds all columns of a key
    /// holds that one.
    by_rarest: FxHashMap<SmolStr, Vec<u32>>,
    /// The names of all their columns.
    names: FxHashSet<SmolStr>,
}

/// Keys of several columns that are named alike and hold the same.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// Invariant: not empty, and in the order of the tables.
    pub(crate) keys: Vec<KeyAt>,
    /// The bits of the columns' names ...
    pub(crate) bits: u64,
    /// ... and of those columns that have one name alone.
    needed: u64,
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct KeyAt {
    pub(crate) table: u32,
    /// Place in [`TableFacts::keys`].
    pub(crate) key: u8,
}

impl KeyAt {
    /// The places of the key's columns.
    pub(crate) fn columns(self, table: &TableFacts) -> &[usize] {
        table.keys.get(usize::from(self.key)).map_or(&[], |it| &it.columns)
    }
}

/// The names by which a column can be found: without the shared prefix and with it.
pub(crate) fn names(column: &ColumnFacts) -> impl Iterator<Item = &SmolStr> {
    let whole = column.whole.as_ref().map(|it| &it.1);
    std::iter::once(&column.glued).chain(whole).filter(|it| it.len() > 1)
}

/// A bit for each of the names.
pub(crate) fn bits<'a>(names: impl Iterator<Item = &'a SmolStr>) -> u64 {
    names.fold(0, |bits, it| bits | name_bit(it))
}

impl Shapes {
    /// Indexes the keys of the tables.
    pub(crate) fn new(tables: &[TableFacts]) -> Self {
        type Parts<'a> = Vec<(&'a SmolStr, Option<&'a SmolStr>, Kind)>;
        let mut places: FxHashMap<Parts<'_>, usize> = FxHashMap::default();
        let mut all: Vec<Shape> = Vec::new();
        let mut counts: FxHashMap<&SmolStr, usize> = FxHashMap::default();
        for (at, table) in tables.iter().enumerate() {
            for (key, facts) in table.keys.iter().enumerate() {
                if !(2..=LONGEST).contains(&facts.columns.len()) || key > 250 {
                    continue;
                }
                let columns = || facts.columns.iter().map(|it| &table.columns[*it]);
                let mut own: Vec<&SmolStr> = columns().flat_map(names).collect();
                own.sort_unstable();
                own.dedup();
                for name in own {
                    *counts.entry(name).or_default() += 1;
                }
                let place = *places.entry(columns().map(part).collect()).or_insert_with(|| {
                    let lone = columns().filter(|it| it.whole.is_none());
                    let needed = bits(lone.flat_map(names));
                    all.push(Shape {
                        keys: Vec::new(),
                        bits: bits(columns().flat_map(names)),
                        needed,
                    });
                    all.len() - 1
                });
                all[place].keys.push(KeyAt { table: at as u32, key: key as u8 });
            }
        }
        let mut by_rarest: FxHashMap<SmolStr, Vec<u32>> = FxHashMap::default();
        for (at, shape) in all.iter().enumerate() {
            let count = |name: &SmolStr| counts.get(name).copied().unwrap_or(0);
            let rarest = shape.columns(tables).min_by_key(|column| {
                let counts = || names(column).map(count);
                (counts().max().unwrap_or(0), counts().min().unwrap_or(0))
            });
            for name in rarest.into_iter().flat_map(names).filter(|it| count(it) < MOST) {
                by_rarest.entry(name.clone()).or_default().push(at as u32);
            }
        }
        let names = counts.into_keys().cloned().collect();
        Self { all, by_rarest, names }
    }

    /// Whether a column of some key has that name.
    pub(crate) fn has_column(&self, name: &SmolStr) -> bool {
        self.names.contains(name)
    }

    /// The shapes that a table with columns of those names may hold, whose bits are `bits`.
    pub(crate) fn held<'n>(
        &self,
        names: impl Iterator<Item = &'n SmolStr>,
        bits: u64,
    ) -> Vec<&Shape> {
        let places = names.filter_map(|it| self.by_rarest.get(it)).flatten().copied();
        let may_hold = |it: &u32| self.all[*it as usize].needed & !bits == 0;
        let mut places: Vec<u32> = places.filter(may_hold).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|it| &self.all[it as usize]).collect()
    }
}

impl Shape {
    /// The columns of its first key, in the order of the key; those of the others are like them.
    pub(crate) fn columns<'a>(
        &self,
        tables: &'a [TableFacts],
    ) -> impl Iterator<Item = &'a ColumnFacts> + Clone + use<'a> {
        let first = self.keys[0];
        let table = &tables[first.table as usize];
        first.columns(table).iter().map(|it| &table.columns[*it])
    }
}

/// What a column is to the shape of its key.
fn part(column: &ColumnFacts) -> (&SmolStr, Option<&SmolStr>, Kind) {
    (&column.glued, column.whole.as_ref().map(|it| &it.1), column.kind)
}
