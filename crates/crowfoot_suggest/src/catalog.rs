//! All tables of a diagram, findable by the words of their names and of their keys.

use std::sync::{Arc, OnceLock};

use crowfoot_schema::{Diagram, TableId};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::{
    facts::{ColumnFacts, Naming, TableFacts},
    lexicon,
    links::{Links, Targets},
    name::{ColumnName, ColumnReader},
    shape::Shapes,
    stem::{KeyMarks, Stem, without_numbers},
    vocabulary::{Vocabulary, Words},
};

/// At most so many tables are looked at for one word: a word that names more names none.
const MOST: usize = 256;

/// So many tables that begin with a word make it a prefix.
const SHARED: u32 = 4;

/// The tables of a diagram, read and indexed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) vocabulary: Vocabulary,
    pub(crate) tables: Vec<TableFacts>,
    by_id: FxHashMap<TableId, u32>,
    /// Tables by every tail of their name's words, written together.
    by_tail: FxHashMap<SmolStr, Vec<Tail>>,
    /// Keys of one column by the name of the column.
    by_key: FxHashMap<SmolStr, Vec<KeyAt>>,
    /// How many tables begin with a word.
    heads: FxHashMap<SmolStr, u32>,
    /// The names of the tables, their words written together.
    names: FxHashSet<SmolStr>,
    /// How many tables begin with two words, written together.
    double_heads: FxHashMap<SmolStr, u32>,
    /// How often columns have a name, and how often those are the primary key.
    columns: FxHashMap<SmolStr, ColumnCount>,
    /// What says that a column is a key.
    pub(crate) marks: KeyMarks,
    /// Tables that hold those who act, the likeliest first.
    actors: Vec<u32>,
    /// Keys of several columns.
    pub(crate) shapes: Shapes,
    /// Tables by the last word of their name.
    by_last: FxHashMap<SmolStr, Vec<u32>>,
    /// Tables by all words of their name in the order of the alphabet.
    by_bag: FxHashMap<SmolStr, Vec<u32>>,
    /// Names of tables written together, without shared prefixes, in the order of the alphabet, ...
    forward: Vec<(SmolStr, u32)>,
    /// ... and the same read from behind.
    backward: Vec<(SmolStr, u32)>,
    /// What the names of columns lead to, by the place of the name, found when it is first asked
    /// for.
    links: Vec<OnceLock<Links>>,
    /// Tables by the first letter of their last words, for abbreviations.
    by_letter: FxHashMap<char, Vec<u32>>,
}

/// A table whose name ends in certain words.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tail {
    pub(crate) table: u32,
    /// So many words of its name stand before them.
    pub(crate) n_before: u8,
    /// So many words that mark a table stand after them.
    pub(crate) n_after: u8,
}

/// A key of one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct KeyAt {
    pub(crate) table: u32,
    /// Place in [`TableFacts::keys`].
    pub(crate) key: u8,
}

/// How common the name of a column is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ColumnCount {
    pub(crate) n: u32,
    pub(crate) n_sole_primary: u32,
    pub(crate) n_primary: u32,
}

impl ColumnCount {
    fn add(&mut self, column: &ColumnFacts) {
        self.n += 1;
        self.n_sole_primary += u32::from(column.is_sole_primary);
        self.n_primary += u32::from(column.is_primary);
    }
}

impl Catalog {
    /// Reads a diagram.
    pub(crate) fn new(diagram: &Diagram) -> Self {
        let mut vocabulary = Vocabulary::new(diagram.tables().map(|it| it.name.as_str()));
        let mut tables = Vec::with_capacity(diagram.tables().len());
        let mut reader = ColumnReader::default();
        let mut counts: Vec<ColumnCount> = Vec::new();
        for table in diagram.tables() {
            let table = TableFacts::new(table, &mut reader, &mut |name| vocabulary.learn(name));
            counts.resize(reader.names.len(), ColumnCount::default());
            table.columns.iter().for_each(|it| counts[it.place].add(it));
            tables.push(table);
        }
        let mut catalog = Self { vocabulary, tables, ..Self::default() };
        catalog.find_prefixes();
        catalog.index();
        catalog.find_marks(&reader.names);
        catalog.count_columns(&reader.names, &counts);
        catalog.shapes.compare(&reader.names);
        catalog.name_keys();
        catalog.links = reader.names.iter().map(|_| OnceLock::new()).collect();
        catalog
    }

    fn find_marks(&mut self, names: &[Arc<ColumnName>]) {
        let is_table = |glued: &str| {
            let is_all =
                |it: &Tail| usize::from(it.n_before) <= self.tables[it.table as usize].n_prefix;
            self.ending_in(glued).iter().any(is_all)
        };
        self.marks = KeyMarks::learn(names.iter().map(|it| &**it), is_table);
        for name in names {
            name.stem_with(&self.marks);
        }
    }

    fn find_prefixes(&mut self) {
        for table in &self.tables {
            self.names.insert(table.words.concat().into());
            if let [first, second, ..] = table.words.as_slice() {
                let both: SmolStr = [first.as_str(), second].concat().into();
                *self.double_heads.entry(both).or_default() += 1;
            }
            if let Some(first) = table.words.first() {
                *self.heads.entry(first.clone()).or_default() += 1;
            }
        }
        let mut tables = std::mem::take(&mut self.tables);
        let n_tables = tables.len();
        tables.iter_mut().for_each(|it| self.place_table(it, n_tables));
        self.tables = tables;
    }

    /// Counts names that are written in several ways together.
    fn count_columns(&mut self, names: &[Arc<ColumnName>], counts: &[ColumnCount]) {
        for (name, count) in names.iter().zip(counts) {
            let all = self.columns.entry(name.whole_glued().clone()).or_default();
            all.n += count.n;
            all.n_sole_primary += count.n_sole_primary;
            all.n_primary += count.n_primary;
        }
    }

    fn name_keys(&mut self) {
        let mut tables = std::mem::take(&mut self.tables);
        tables.iter_mut().for_each(|it| self.compare_keys(it));
        self.tables = tables;
    }

    /// Compares the names of a table's keys with those of all tables and keys.
    pub(crate) fn compare_keys(&self, table: &mut TableFacts) {
        for key in &mut table.keys {
            let [column] = key.columns.as_slice() else { continue };
            let column = &table.columns[*column];
            let stem = column
                .whole
                .as_ref()
                .map_or_else(|| column.stem(), |it| Stem::of(&it.0, &self.marks));
            let is_of_table = stem.words.iter().all(|it| table.words.contains(it));
            key.naming = Naming {
                n_tables: self.keys_named(column.whole_glued()).len().max(1) as u32,
                is_of_table,
                is_of_other: !is_of_table
                    && !lexicon::is_generic(&column.glued)
                    && self.ending_in(&stem.words.concat()).iter().any(|it| it.n_before == 0),
            };
        }
    }

    /// Says of a table where it belongs, by the beginning of its name; there are so many tables.
    pub(crate) fn place_table(&self, table: &mut TableFacts, n_tables: usize) {
        table.n_prefix = self.n_prefix(&table.words);
        let is_usual = |it: &SmolStr| 2 * self.n_beginning(it) as usize > n_tables;
        table.module = match table.words.as_slice() {
            [first, second, ..] if is_usual(first) => Some(second.clone()),
            words => words.first().cloned(),
        };
    }

    /// How many words at the beginning of a name several tables share, one being left at least.
    fn n_prefix(&self, words: &[SmolStr]) -> usize {
        let [first, rest @ ..] = words else { return 0 };
        // What is a table itself is a thing and not a prefix: `order_items` are items of orders.
        if rest.is_empty() || self.n_beginning(first) < SHARED || self.names.contains(first) {
            return 0;
        }
        let [second, _, ..] = rest else { return 1 };
        let both: SmolStr = [first.as_str(), second].concat().into();
        let n_both = self.double_heads.get(&both).copied().unwrap_or(0);
        let is_module = n_both >= 2 * SHARED && !self.names.contains(&both);
        let is_thing = self.names.contains(second);
        if is_module && !is_thing { 2 } else { 1 }
    }

    fn index(&mut self) {
        for (at, table) in self.tables.iter().enumerate() {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            self.by_id.insert(table.id, at);
            for key in tails(&table.words) {
                let tail = Tail { table: at, n_before: key.1, n_after: key.2 };
                self.by_tail.entry(key.0).or_default().push(tail);
            }
            for (key, facts) in table.keys.iter().enumerate() {
                let ([column], Ok(key)) = (facts.columns.as_slice(), u8::try_from(key)) else {
                    continue;
                };
                let column = &table.columns[*column];
                let mut add = |name: &SmolStr| {
                    if !lexicon::is_generic(name) && name.len() > 1 {
                        let keys = self.by_key.entry(name.clone()).or_default();
                        keys.push(KeyAt { table: at, key });
                    }
                };
                add(&column.glued);
                if let Some((_, whole)) = &column.whole {
                    add(whole);
                }
            }
            for word in table.words.iter().rev().take(2) {
                let letter = word.chars().next().unwrap_or(' ');
                let tables = self.by_letter.entry(letter).or_default();
                if tables.last() != Some(&at) {
                    tables.push(at);
                }
            }
        }
        self.index_letters();
        self.shapes = Shapes::new(&self.tables);
        self.actors = self.find_actors();
    }

    fn index_letters(&mut self) {
        for (at, table) in self.tables.iter().enumerate() {
            let at = at as u32;
            if let Some(last) = table.words.last() {
                self.by_last.entry(last.clone()).or_default().push(at);
            }
            if table.words.len() > 1 {
                self.by_bag.entry(bag(&table.words)).or_default().push(at);
            }
            let glued: SmolStr = table.meant_words().concat().into();
            self.backward.push((glued.chars().rev().collect(), at));
            self.forward.push((glued, at));
        }
        self.forward.sort();
        self.backward.sort();
    }

    /// Tables whose name ends in that word; none if it is a word that most end in.
    pub(crate) fn with_last_word(&self, word: &str) -> &[u32] {
        self.by_last.get(word).filter(|it| it.len() < MOST).map_or(&[], Vec::as_slice)
    }

    /// Tables whose name has those words, in whatever order.
    pub(crate) fn of_words(&self, words: &[SmolStr]) -> &[u32] {
        self.by_bag.get(&bag(words)).map_or(&[], |it| &it[..it.len().min(MOST)])
    }

    /// Tables whose name without a shared prefix begins with those letters, at most a few.
    pub(crate) fn beginning_with(&self, letters: &str) -> Vec<(u32, usize)> {
        within(&self.forward, letters)
    }

    /// Tables whose name ends in those letters, at most a few.
    pub(crate) fn ending_with(&self, letters: &str) -> Vec<(u32, usize)> {
        let reversed: String = letters.chars().rev().collect();
        within(&self.backward, &reversed)
    }

    /// What the name of a column of one of the tables leads to.
    pub(crate) fn links(&self, name: &ColumnName) -> &Links {
        let targets = Targets { catalog: self, edited: None };
        self.links[name.place].get_or_init(|| Links::new(targets, name))
    }

    /// Where the table of that id stands.
    pub(crate) fn place(&self, id: TableId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    /// The tables whose names end in those words, written together.
    pub(crate) fn ending_in(&self, glued: &str) -> &[Tail] {
        self.by_tail.get(glued).map_or(&[], |it| &it[..it.len().min(MOST)])
    }

    /// The keys of one column of that name.
    pub(crate) fn keys_named(&self, glued: &str) -> &[KeyAt] {
        self.by_key.get(glued).map_or(&[], |it| &it[..it.len().min(MOST)])
    }

    /// How many tables begin with that word.
    pub(crate) fn n_beginning(&self, word: &str) -> u32 {
        self.heads.get(word).copied().unwrap_or(0)
    }

    /// How common that name of a column is, prefix and all.
    pub(crate) fn column_count(&self, glued: &str) -> ColumnCount {
        self.columns.get(glued).copied().unwrap_or_default()
    }

    /// Tables that hold those who act, the likeliest first.
    pub(crate) fn actors(&self) -> &[u32] {
        &self.actors
    }

    /// Tables of which one of the last words begins with the letter.
    pub(crate) fn by_letter(&self, letter: char) -> &[u32] {
        self.by_letter.get(&letter).map_or(&[], Vec::as_slice)
    }

    /// Whether the table keeps what rows of another one were: it refers to nothing.
    pub(crate) fn is_archive(&self, own: &TableFacts) -> bool {
        is_marked_copy(&own.words) && self.is_copy(own)
    }

    /// Whether another table, of a shorter name that is part of this one's, has nearly all columns
    /// of this one.
    pub(crate) fn is_copy(&self, own: &TableFacts) -> bool {
        if own.columns.len() < 3 || own.words.len() < 2 {
            return false;
        }
        let is_alike = |other: &TableFacts| {
            let enough =
                |n_same: usize| n_same * 10 >= other.columns.len().max(own.columns.len()) * 7;
            // Where too few bits are the same there is no need to compare names.
            let has = |name: &str| other.columns.iter().any(|it| it.name == name);
            enough(own.columns.iter().filter(|it| it.bit & other.name_bits != 0).count())
                && enough(own.columns.iter().filter(|it| has(&it.name)).count())
        };
        let parts = [&own.words[..own.words.len() - 1], &own.words[1..], without_part(&own.words)];
        parts.iter().any(|part| {
            self.ending_in(&part.concat()).iter().any(|tail| {
                let other = &self.tables[tail.table as usize];
                other.id != own.id && is_alike(other)
            })
        })
    }

    fn find_actors(&self) -> Vec<u32> {
        let mut found: Vec<(usize, usize, u32)> = Vec::new();
        for (at, table) in self.tables.iter().enumerate() {
            let words = without_marks(&table.words);
            let Some((last, before)) = words.split_last() else { continue };
            let is_single = |it: &crate::facts::KeyFacts| it.columns.len() == 1;
            if before.len() > 2 || !table.keys.iter().any(is_single) {
                continue;
            }
            let n_personal = table.n_personal;
            let rank = match lexicon::glued_actor_rank(last) {
                Some(rank) => rank,
                None if n_personal > 2 => 12,
                None => continue,
            };
            // A word before the last that many tables begin with is a prefix and not a meaning.
            let n_meant = before.iter().filter(|it| self.n_beginning(it) < 3).count();
            let distance = 2 * rank + before.len() + 4 * n_meant + 12 - 3 * n_personal.min(4);
            found.push((distance, before.len(), at as u32));
        }
        found.sort_unstable();
        found.into_iter().take(3).map(|it| it.2).collect()
    }
}

/// Whether a table says by its name that it keeps what another one held or a part of it: `log_2026_11`.
fn is_marked_copy(words: &[SmolStr]) -> bool {
    words.iter().any(|it| lexicon::is_copy(it)) || without_part(words).len() < words.len()
}

/// The name of a table without what numbers its parts: `payment_p2026_11`, `events_part_3`.
fn without_part(words: &[SmolStr]) -> &[SmolStr] {
    let whole = without_numbers(words);
    match whole {
        [before @ .., last] if whole.len() < words.len() && !before.is_empty() => {
            let is_part = last.len() == 1 || last == "part" || last == "partition";
            if is_part { before } else { whole }
        }
        _ => whole,
    }
}

/// At most so many tables are told that only share letters.
const FEW: usize = 6;

/// The names that begin with those letters, with how many letters they have.
fn within(names: &[(SmolStr, u32)], letters: &str) -> Vec<(u32, usize)> {
    let start = names.partition_point(|it| it.0.as_str() < letters);
    let found = names[start..].iter().take_while(|it| it.0.starts_with(letters));
    let found: Vec<(u32, usize)> = found.take(FEW + 1).map(|it| (it.1, it.0.len())).collect();
    if found.len() > FEW { Vec::new() } else { found }
}

/// Words in the order of the alphabet, written together.
fn bag(words: &[SmolStr]) -> SmolStr {
    let mut words: Vec<&str> = words.iter().map(SmolStr::as_str).collect();
    words.sort_unstable();
    words.concat().into()
}

/// The tails of a table's words, written together, each with how many words stand before and after.
fn tails(words: &Words) -> Vec<(SmolStr, u8, u8)> {
    let mut tails: Vec<(SmolStr, u8, u8)> = Vec::new();
    let short = without_marks(words);
    let n_marks = words.len() - short.len();
    for (part, after) in [(&words[..], 0), (short, n_marks)].into_iter().take(1 + n_marks.min(1)) {
        let glued = part.concat();
        let mut rest = glued.as_str();
        for (start, word) in part.iter().enumerate() {
            if rest.len() > 1 && !tails.iter().any(|it| it.0 == rest) {
                tails.push((rest.into(), start.min(255) as u8, after.min(255) as u8));
            }
            rest = &rest[word.len()..];
        }
    }
    tails
}

/// The words without those at the end that say only that a table is a table.
fn without_marks(words: &[SmolStr]) -> &[SmolStr] {
    let mut end = words.len();
    while end > 1 && lexicon::is_table_mark(&words[end - 1]) {
        end -= 1;
    }
    &words[..end]
}
