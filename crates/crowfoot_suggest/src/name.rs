//! What the names and types of columns say, read once for all columns that have them.

use std::{
    hash::{Hash, Hasher},
    sync::{Arc, OnceLock},
};

use crowfoot_schema::{Column, ColumnType};
use rustc_hash::{FxHashMap, FxHasher};
use smol_str::SmolStr;

use crate::{
    kind::Kind,
    lexicon::{self, Ending},
    stem::{KeyMarks, Stem, StemAt},
    vocabulary::Words,
};

/// The name of a column as the engine sees it.
#[derive(Debug)]
pub(crate) struct ColumnName {
    /// As it is written.
    pub(crate) name: SmolStr,
    /// The words of the name in the singular, without the prefix that all columns share.
    pub(crate) words: Words,
    /// `words` written together.
    pub(crate) glued: SmolStr,
    /// The same with the shared prefix, where there is one.
    pub(crate) whole: Option<(Words, SmolStr)>,
    /// Found when the marks of keys are known.
    stem: OnceLock<StemAt>,
    /// Only tables of people and programs have a column of that name.
    pub(crate) is_personal: bool,
    /// A bit for the name as it is written: names of other bits are other ones.
    pub(crate) bit: u64,
    /// Its place among the names that were read.
    pub(crate) place: usize,
}

impl ColumnName {
    /// The name without what only says that it is a key.
    pub(crate) fn stem(&self) -> Stem<'_> {
        self.stem_with(&KeyMarks::default())
    }

    /// The same for the marks that a schema has; asked for the first time, it is so for good.
    pub(crate) fn stem_with(&self, marks: &KeyMarks) -> Stem<'_> {
        self.stem.get_or_init(|| StemAt::of(&self.words, marks)).within(&self.words)
    }

    /// What the name ends in, though nothing may stand before it.
    pub(crate) fn ending(&self) -> Ending {
        let plain = self.words.last().map_or(Ending::Bare, |it| lexicon::ending(it));
        if plain == Ending::Bare { self.stem().ending } else { plain }
    }

    /// `words` written together, with the shared prefix where there is one.
    pub(crate) fn whole_glued(&self) -> &SmolStr {
        self.whole.as_ref().map_or(&self.glued, |it| &it.1)
    }
}

/// What was read of columns.
#[derive(Debug, Default)]
pub(crate) struct ColumnReader {
    /// Each name as many times as it means something else.
    pub(crate) names: Vec<Arc<ColumnName>>,
    by_name: FxHashMap<SmolStr, usize>,
    readings: Vec<Reading>,
    by_type: FxHashMap<SmolStr, (Kind, SmolStr)>,
}

/// The words of a name, and its place among the names that were read: by itself and without the first
/// word, which all columns of its table share.
#[derive(Debug)]
struct Reading {
    name: SmolStr,
    words: Words,
    places: [Option<usize>; 2],
}

impl ColumnReader {
    /// The names of the columns of one table; `words` gives the words of a name.
    pub(crate) fn names(
        &mut self,
        columns: &[Column],
        words: &mut dyn FnMut(&str) -> Words,
    ) -> Vec<Arc<ColumnName>> {
        let readings: Vec<usize> = columns.iter().map(|it| self.reading(&it.name, words)).collect();
        let has_prefix = has_shared_prefix(readings.iter().map(|it| &self.readings[*it].words));
        readings.into_iter().map(|it| self.name(it, has_prefix)).collect()
    }

    fn reading(&mut self, name: &SmolStr, words: &mut dyn FnMut(&str) -> Words) -> usize {
        if let Some(place) = self.by_name.get(name) {
            return *place;
        }
        let place = self.readings.len();
        let words = words(name);
        self.readings.push(Reading { name: name.clone(), words, places: [None; 2] });
        self.by_name.insert(name.clone(), place);
        place
    }

    fn name(&mut self, reading: usize, has_prefix: bool) -> Arc<ColumnName> {
        let reading = &mut self.readings[reading];
        let known = reading.places[usize::from(has_prefix)];
        let place = known.unwrap_or(self.names.len());
        if known.is_none() {
            self.names.push(Arc::new(ColumnName::new(reading, has_prefix, place)));
            reading.places[usize::from(has_prefix)] = Some(place);
        }
        self.names[place].clone()
    }

    /// What a column holds, and the text of its type in small letters without blanks, which is empty
    /// for an enum.
    pub(crate) fn kind(&mut self, column: &Column) -> (Kind, SmolStr) {
        let ColumnType::Named(text) = &column.ty else {
            return (Kind::of(column), SmolStr::default());
        };
        if let Some(known) = self.by_type.get(text.as_str()) {
            return known.clone();
        }
        let plain = text.chars().filter(|it| *it != ' ').flat_map(char::to_lowercase).collect();
        let found = (Kind::of(column), plain);
        self.by_type.insert(text.as_str().into(), found.clone());
        found
    }
}

impl ColumnName {
    fn new(reading: &Reading, has_prefix: bool, place: usize) -> Self {
        let Reading { name, words, .. } = reading;
        let (short, whole) = if has_prefix {
            (words[1..].to_vec(), Some((words.clone(), words.concat().into())))
        } else {
            (words.clone(), None)
        };
        let glued: SmolStr = short.concat().into();
        let is_whole_personal =
            whole.as_ref().is_some_and(|it: &(Words, SmolStr)| lexicon::is_actor_column(&it.1));
        Self {
            is_personal: lexicon::is_actor_column(&glued) || is_whole_personal,
            name: name.clone(),
            stem: OnceLock::new(),
            glued,
            words: short,
            whole,
            bit: name_bit(name),
            place,
        }
    }
}

/// One of 64 bits for a name.
pub(crate) fn name_bit(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    1 << (hasher.finish() >> 58)
}

/// Whether the names of all columns begin with one word, and something is left of each without it.
fn has_shared_prefix<'a>(names: impl Iterator<Item = &'a Words> + Clone) -> bool {
    let Some(first) = names.clone().next().and_then(|it| it.first()) else { return false };
    names.clone().all(|it| it.len() > 1 && it.first() == Some(first)) && names.count() > 2
}
