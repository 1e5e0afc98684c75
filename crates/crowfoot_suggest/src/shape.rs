//! Keys of several columns by their shape: the names and kinds of their columns.
//!
//! Whether a table holds all columns of a key depends on the shape alone, and many tables have keys
//! of the same one, such as unique indexes on `status` and `created_at`.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{
    candidate::Asking,
    facts::{ColumnFacts, Standing, TableFacts},
    kind::Kind,
    lexicon,
    name::ColumnName,
};

/// Keys of more columns than this are not looked for.
const LONGEST: usize = 12;
/// Keys of which even the rarest column stands in so many keys are not looked for.
const MOST: usize = 400;

/// All keys of several columns in a catalog.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shapes {
    all: Vec<Shape>,
    /// A number for each name of a column of theirs.
    names: FxHashMap<SmolStr, u32>,
    /// What names of columns are to those, by the place of the name: with the number of what follows
    /// the first word.
    by_name: Vec<(NameLabel, Option<u32>)>,
    /// Places in `all` by the number of a name of the rarest column: a table that holds all columns
    /// of a key holds that one.
    by_rarest: Vec<Vec<u32>>,
    /// Whether a column of that name has another name, too, by the number of the name.
    has_other: Vec<bool>,
}

/// Keys of several columns that are named alike and hold the same.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// In the order of the key.
    pub(crate) columns: Vec<Label>,
    /// Invariant: not empty, and in the order of the tables.
    pub(crate) keys: Vec<KeyAt>,
    /// The highest standing of its keys.
    pub(crate) standing: Standing,
}

/// What decides whether a column is like that of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Label {
    pub(crate) name: NameLabel,
    kind: Kind,
}

/// What the name of a column is to the names of keys' columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NameLabel {
    /// The numbers of the name without the prefix that all columns of its table share, and with it.
    pub(crate) numbers: [Option<u32>; 2],
    has_prefix: bool,
    /// Whether a name says something by itself.
    is_telling: [bool; 2],
}

impl NameLabel {
    fn new(name: &ColumnName, number: &mut dyn FnMut(&SmolStr) -> Option<u32>) -> Self {
        let names = [Some(&name.glued), name.whole.as_ref().map(|it| &it.1)];
        Self {
            numbers: names.map(|it| it.filter(|it| it.len() > 1).and_then(&mut *number)),
            has_prefix: name.whole.is_some(),
            is_telling: names.map(|it| it.is_some_and(|it| !lexicon::is_generic(it))),
        }
    }

    /// Whether one of its names is that one.
    pub(crate) fn is_called(&self, number: u32) -> bool {
        self.numbers.contains(&Some(number))
    }
}

impl Label {
    /// Whether one holds the same as the other.
    pub(crate) fn fits(&self, key: &Self) -> bool {
        self.kind.fits(key.kind)
    }

    /// Whether a column is named like that of a key, and holds the same.
    pub(crate) fn is_same(&self, key: &Self) -> bool {
        // A name that says nothing must be the same with its prefix, too.
        let is_bare = !self.name.has_prefix && !key.name.has_prefix;
        let is_key = |(number, is_telling): (&Option<u32>, &bool)| {
            (is_bare || *is_telling) && number.is_some_and(|it| key.name.is_called(it))
        };
        self.name.numbers.iter().zip(&self.name.is_telling).any(is_key) && self.fits(key)
    }
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

impl Shapes {
    /// Indexes the keys of the tables.
    pub(crate) fn new(tables: &[TableFacts]) -> Self {
        let mut shapes = Self::default();
        let mut places: FxHashMap<Vec<Label>, usize> = FxHashMap::default();
        // In how many keys a name stands, by its number.
        let mut counts: Vec<usize> = Vec::new();
        for (at, table) in tables.iter().enumerate() {
            for (key, facts) in table.keys.iter().enumerate() {
                if !(2..=LONGEST).contains(&facts.columns.len()) || key > 250 {
                    continue;
                }
                let columns = facts.columns.iter().map(|it| &table.columns[*it]);
                let columns: Vec<Label> = columns.map(|it| shapes.learn(it)).collect();
                let mut names: Vec<u32> =
                    columns.iter().flat_map(|it| it.name.numbers).flatten().collect();
                names.sort_unstable();
                names.dedup();
                counts.resize(shapes.names.len(), 0);
                names.into_iter().for_each(|it| counts[it as usize] += 1);
                let place = *places.entry(columns.clone()).or_insert_with(|| {
                    let standing = facts.standing;
                    shapes.all.push(Shape { columns, keys: Vec::new(), standing });
                    shapes.all.len() - 1
                });
                let shape = &mut shapes.all[place];
                shape.keys.push(KeyAt { table: at as u32, key: key as u8 });
                shape.standing = shape.standing.min(facts.standing);
            }
        }
        shapes.by_rarest = vec![Vec::new(); counts.len()];
        shapes.has_other = vec![false; counts.len()];
        for column in shapes.all.iter().flat_map(|it| &it.columns) {
            if let [Some(one), Some(other)] = column.name.numbers {
                shapes.has_other[one as usize] = true;
                shapes.has_other[other as usize] = true;
            }
        }
        for (at, shape) in shapes.all.iter().enumerate() {
            let rarest = shape.columns.iter().min_by_key(|column| {
                let counts = || column.name.numbers.iter().flatten().map(|it| counts[*it as usize]);
                (counts().max().unwrap_or(0), counts().min().unwrap_or(0))
            });
            for name in rarest.iter().flat_map(|it| it.name.numbers).flatten() {
                if counts[name as usize] < MOST {
                    shapes.by_rarest[name as usize].push(at as u32);
                }
            }
        }
        shapes
    }

    fn learn(&mut self, column: &ColumnFacts) -> Label {
        let numbers = &mut self.names;
        let name = NameLabel::new(column, &mut |name| {
            let next = numbers.len() as u32;
            Some(*numbers.entry(name.clone()).or_insert(next))
        });
        Label { name, kind: column.kind }
    }

    /// Compares the names of all columns with those of keys' columns.
    pub(crate) fn compare(&mut self, names: &[Arc<ColumnName>]) {
        let label = |name: &Arc<ColumnName>| NameLabel::new(name, &mut |it| self.number(it));
        self.by_name = names.iter().map(|it| (label(it), self.number_of_rest(it))).collect();
    }

    fn number(&self, name: &str) -> Option<u32> {
        self.names.get(name).copied()
    }

    /// The number of what follows the first word of a name.
    fn number_of_rest(&self, name: &ColumnName) -> Option<u32> {
        let rest = name.words.get(1..).filter(|it| it.len() > 1)?;
        self.number(&rest.concat())
    }

    /// The labels of a table's columns, each with the number of what follows the first word of its
    /// name, if a key's column is called so.
    pub(crate) fn labels(&self, asking: Asking<'_>) -> Vec<(Label, Option<u32>)> {
        let mut others: Vec<SmolStr> = Vec::new();
        // A key that is being edited may have names that no key in the catalog has.
        let mut number = |name: &SmolStr| {
            self.number(name).or_else(|| {
                let place = others.iter().position(|it| it == name).unwrap_or(others.len());
                others.extend((place == others.len()).then(|| name.clone()));
                Some((self.names.len() + place) as u32)
            })
        };
        let is_edited = asking.is_edited();
        let label = |column: &ColumnFacts| {
            let (name, rest) = if is_edited {
                (NameLabel::new(column, &mut number), self.number_of_rest(column))
            } else {
                self.by_name[column.place]
            };
            (Label { name, kind: column.kind }, rest)
        };
        asking.own.columns.iter().map(label).collect()
    }

    /// Whether a key's column that has a name of that label may have another name, too.
    pub(crate) fn has_other(&self, label: &Label) -> bool {
        let mut numbers = label.name.numbers.into_iter().flatten();
        numbers.any(|it| self.has_other.get(it as usize).is_some_and(|it| *it))
    }

    /// The shapes that count of which each column has one of those names.
    pub(crate) fn held(&self, names: &NamePlaces, counts: impl Fn(&Shape) -> bool) -> Vec<&Shape> {
        let is_held = |it: &u32| {
            let shape = &self.all[*it as usize];
            counts(shape) && shape.columns.iter().all(|it| names.has(it))
        };
        let lists = names.named.iter().filter_map(|it| self.by_rarest.get(*it as usize));
        let mut places: Vec<u32> = lists.flatten().copied().filter(is_held).collect();
        places.sort_unstable();
        places.dedup();
        places.into_iter().map(|it| &self.all[it as usize]).collect()
    }

    /// Where columns of those labels stand, by their names.
    pub(crate) fn name_places(&self, labels: impl Iterator<Item = Label>) -> NamePlaces {
        let mut places = NamePlaces { first: vec![None; self.names.len()], named: Vec::new() };
        for (at, label) in labels.enumerate() {
            label.name.numbers.into_iter().flatten().for_each(|it| places.add(it, at));
        }
        places
    }
}

/// The names that the columns of a table have, or may have.
#[derive(Clone)]
pub(crate) struct NamePlaces {
    /// The first column of each name, by the number of the name.
    first: Vec<Option<u16>>,
    named: Vec<u32>,
}

impl NamePlaces {
    /// Adds a name of the column at a place.
    pub(crate) fn add(&mut self, name: u32, place: usize) {
        self.named.push(name);
        if let Some(first @ None) = self.first.get_mut(name as usize) {
            *first = Some(place.min(usize::from(u16::MAX)) as u16);
        }
    }

    /// No column before that place has one of the label's names.
    pub(crate) fn start(&self, label: &Label) -> usize {
        let first = |name: &u32| match self.first.get(*name as usize) {
            Some(Some(place)) => usize::from(*place),
            Some(None) => usize::MAX,
            None => 0,
        };
        label.name.numbers.iter().flatten().map(first).min().unwrap_or(0)
    }

    fn has(&self, label: &Label) -> bool {
        let is_there = |it: &u32| self.first.get(*it as usize).is_some_and(Option::is_some);
        label.name.numbers.iter().flatten().any(is_there)
    }
}
