//! What the name of a column leads to, whichever table the column stands in: found once for all
//! columns of that name.

use std::sync::OnceLock;

use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use crate::{
    candidate::{Asking, Found, letters},
    catalog::{Catalog, Tail},
    facts::{Standing, TableFacts},
    kind::Kind,
    lexicon::{self, Ending},
    name::{ColumnName, name_bit},
    stem::{Stem, without_numbers},
};

/// A word that so many tables end in says little.
const CROWD: usize = 24;

/// The tables and keys that are named like a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct Links {
    /// By the words of the name.
    pub(crate) by_words: Vec<Link>,
    /// By its letters, where words do not tell enough.
    by_letters: OnceLock<Vec<Link>>,
    pub(crate) role: Role,
}

/// A table that is named like a column, or a key.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) table: u32,
    /// None where the table is meant, by whichever of several keys.
    pub(crate) key: Option<LinkedKey>,
    /// No earlier one leads to that table.
    pub(crate) is_first: bool,
    /// Only columns of tables that begin with the same word are meant.
    pub(crate) is_of_module: bool,
    pub(crate) found: Found,
}

/// A key of one column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LinkedKey {
    /// Place in the target's keys.
    pub(crate) place: usize,
    /// Place in the target's columns.
    pub(crate) column: usize,
    pub(crate) kind: Kind,
    pub(crate) standing: Standing,
}

impl LinkedKey {
    /// The key at a place, if it has one column.
    pub(crate) fn new(table: &TableFacts, place: usize) -> Option<Self> {
        let key = table.keys.get(place)?;
        let [column] = *key.columns.as_slice() else { return None };
        let kind = table.columns[column].kind;
        Some(Self { place, column, kind, standing: key.standing })
    }

    /// All of a table.
    pub(crate) fn all(table: &TableFacts) -> impl Iterator<Item = Self> + Clone + '_ {
        (0..table.keys.len()).filter_map(|it| Self::new(table, it))
    }
}

/// Which roles the words of a name say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Role {
    /// That of another row of the same table.
    pub(crate) is_tree: bool,
    /// The same if the table holds those who act.
    pub(crate) is_superior: bool,
    /// That of somebody who acts.
    pub(crate) is_actor: bool,
}

impl Role {
    fn new(stem: &[SmolStr]) -> Self {
        let has = |is: fn(&str) -> bool| stem.iter().any(|it| is(it));
        let is_actor = |last: &SmolStr| {
            lexicon::is_actor_role(last)
                || lexicon::is_superior_word(last)
                || lexicon::is_person(last)
        };
        Self {
            is_tree: has(lexicon::is_tree_word),
            is_superior: has(lexicon::is_superior_word),
            is_actor: stem.last().is_some_and(is_actor),
        }
    }
}

/// What names are compared with: all tables, one of them perhaps as it is being edited.
#[derive(Clone, Copy)]
pub(crate) struct Targets<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) edited: Option<Asking<'a>>,
}

impl<'a> Targets<'a> {
    fn table(self, at: u32) -> &'a TableFacts {
        self.edited.map_or_else(|| &self.catalog.tables[at as usize], |it| it.table(at))
    }
}

impl Links {
    /// Looks up the words of a name.
    pub(crate) fn new(targets: Targets<'_>, name: &ColumnName) -> Self {
        let stem = name.stem();
        let mut finder = Finder::new(targets);
        finder.by_words(&stem, &name.words);
        if let Some((whole, _)) = &name.whole {
            finder.by_words(&Stem::of(whole, &targets.catalog.marks), whole);
        }
        Self { by_words: finder.found, by_letters: OnceLock::new(), role: Role::new(stem.words) }
    }

    /// The tables that share letters with the name.
    pub(crate) fn by_letters(&self, targets: Targets<'_>, stem: &Stem<'_>) -> &[Link] {
        self.by_letters.get_or_init(|| {
            let mut finder = Finder::new(targets);
            finder.by_letters(stem);
            if stem.ending == Ending::Id || stem.has_leading_id {
                finder.by_abbreviation(stem);
            }
            // The words may have led there.
            finder.found.iter_mut().for_each(|it| it.is_first = false);
            finder.found
        })
    }
}

/// Collects the links of one name.
struct Finder<'a> {
    targets: Targets<'a>,
    found: Vec<Link>,
    /// The tables to which they lead.
    seen: FxHashSet<u32>,
}

impl<'a> Finder<'a> {
    fn new(targets: Targets<'a>) -> Self {
        Self { targets, found: Vec::new(), seen: FxHashSet::default() }
    }

    fn by_words(&mut self, stem: &Stem<'_>, name: &[SmolStr]) {
        let (catalog, words) = (self.targets.catalog, stem.words);
        let n_letters = letters(words);
        // `sort_order` puts rows in order and names none.
        if stem.ending == Ending::Bare && lexicon::is_sorting(words) {
            return;
        }
        for start in 0..words.len() {
            self.by_tail(&words[start..], letters(&words[start..]) / n_letters);
        }
        // `group_name` may be the name of a group, or refer to a table of group names.
        if stem.ending == Ending::Code && !stem.words.is_empty() {
            self.by_tail(name, 1.0);
        }
        for (start, end) in spans(words.len()) {
            let head = letters(&words[start..end]) / n_letters;
            self.by_part(&glue(&words[start..end]), Found { head, ..Found::default() });
        }
        if let ([_, .., last], true) = (words, words.len() < 8) {
            let bits = words.iter().fold(0, |bits, it| bits | name_bit(it));
            for table in catalog.with_last_word(last) {
                let target = self.targets.table(*table);
                let whole = &target.words;
                let may_hold = whole.len() > words.len() && bits & !target.word_bits == 0;
                if may_hold && is_subsequence(words, whole) {
                    let of_letters = n_letters / letters(whole);
                    let found =
                        Found { letters: 1.0, of_letters, is_gapped: true, ..Found::default() };
                    self.add_table(*table, found);
                }
            }
        }
        let name = without_numbers(name);
        let n_letters = letters(name);
        for start in 0..name.len() {
            let part = &name[start..];
            let glued = glue(part);
            let cover = letters(part) / n_letters;
            if start > 0 && part.len() < 2 && (glued.len() < 5 || lexicon::is_generic(&glued)) {
                continue;
            }
            for key in catalog.keys_named(&glued) {
                let table = self.targets.table(key.table);
                let found = Found { key: cover, ..Found::default() };
                if let Some(linked) = LinkedKey::new(table, usize::from(key.key)) {
                    self.add(key.table, Some(linked), false, found);
                }
            }
        }
    }

    /// Tables whose name ends in those words, which are that part of the stem.
    fn by_tail(&mut self, words: &[SmolStr], cover: f32) {
        let glued = glue(words);
        if cover < 1.0 && glued.len() < 3 {
            return;
        }
        let tails = self.targets.catalog.ending_in(&glued);
        for tail in tails {
            let table = self.targets.table(tail.table);
            // Half of the one and half of the other is too little.
            let Some(is_prefixed) = self.needs_module(tail).or((cover >= 1.0).then_some(false))
            else {
                continue;
            };
            // Where many tables end alike, those of the same module are meant.
            let is_of_module = tails.len() > CROWD || (cover < 1.0 && is_prefixed);
            let of_table = (glued.len() as f32 / letters(table.meant_words())).min(1.0);
            let of_table = if tail.n_before == 0 && tail.n_after > 0 { 1.0 } else { of_table };
            let found = Found {
                name: cover,
                of_table,
                n_before: tail.n_before,
                is_marked: tail.n_after > 0,
                ..Found::default()
            };
            self.add(tail.table, None, is_of_module, found);
        }
        let is_new = |it: &Asking<'_>| it.own_place as usize >= it.catalog.tables.len();
        if let Some(asking) = self.targets.edited.filter(is_new)
            && asking.own.words.concat() == glued.as_str()
        {
            let found = Found { name: cover, of_table: 1.0, ..Found::default() };
            self.add_table(asking.own_place, found);
        }
    }

    /// Tables whose name, without a prefix, is that part of the column's.
    fn by_part(&mut self, part: &str, found: Found) {
        let tails = self.targets.catalog.ending_in(part);
        for tail in tails.iter().filter(|_| tails.len() <= CROWD) {
            if let Some(is_of_module) = self.needs_module(tail) {
                self.add(tail.table, None, is_of_module, found);
            }
        }
    }

    /// Whether the words before the tail of a table's name are a prefix only to tables that begin
    /// with the same word; none if they are no prefix to any.
    fn needs_module(&self, tail: &Tail) -> Option<bool> {
        let table = self.targets.table(tail.table);
        if tail.n_before == 0 {
            return Some(false);
        }
        table.words.first()?;
        let is_shared = usize::from(tail.n_before) <= table.n_prefix;
        (is_shared || tail.n_before <= 2).then_some(!is_shared)
    }

    /// Names that share letters with the stem where words do not.
    fn by_letters(&mut self, stem: &Stem<'_>) {
        let catalog = self.targets.catalog;
        if stem.words.len() > 1 {
            for table in catalog.of_words(stem.words) {
                let found =
                    Found { name: 0.9, of_table: 1.0, is_shuffled: true, ..Found::default() };
                self.add_table(*table, found);
            }
        }
        let glued = stem.words.concat();
        if !glued.is_ascii() || glued.len() < 3 || lexicon::is_generic(&glued) {
            return;
        }
        // `locationunit` ends in the name of the table `units`.
        for start in 1..glued.len().saturating_sub(3) {
            let part = &glued[start..];
            let letters = part.len() as f32 / glued.len() as f32;
            self.by_part(part, Found { letters, of_letters: 1.0, ..Found::default() });
        }
        // `entry` ends the name of the table `repositoryentry`, `vm` begins `vm_static`.
        for (table, n_letters) in
            catalog.ending_with(&glued).into_iter().chain(catalog.beginning_with(&glued))
        {
            let of_letters = glued.len() as f32 / n_letters.max(1) as f32;
            self.add_table(table, Found { letters: 1.0, of_letters, ..Found::default() });
        }
    }

    fn by_abbreviation(&mut self, stem: &Stem<'_>) {
        let short = stem.words.concat();
        if !(2..=6).contains(&short.len()) || lexicon::is_generic(&short) {
            return;
        }
        let Some(letter) = short.chars().next() else { return };
        let mut n_found = 0;
        for at in self.targets.catalog.by_letter(letter) {
            let table = self.targets.table(*at);
            let how = if is_initials(&short, &table.words) {
                2
            } else if short.len() > 2 && shortens(&short, &table.words) {
                1
            } else {
                continue;
            };
            self.add_table(*at, Found { abbreviation: how, ..Found::default() });
            n_found += 1;
            if n_found == 8 {
                return;
            }
        }
    }

    fn add_table(&mut self, table: u32, found: Found) {
        self.add(table, None, false, found);
    }

    fn add(&mut self, table: u32, key: Option<LinkedKey>, is_of_module: bool, found: Found) {
        let key = key.or_else(|| sole(LinkedKey::all(self.targets.table(table))));
        let is_first = self.seen.insert(table);
        self.found.push(Link { table, key, is_first, is_of_module, found });
    }
}

fn sole<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// The words written together.
fn glue(words: &[SmolStr]) -> SmolStr {
    match words {
        [one] => one.clone(),
        _ => words.concat().into(),
    }
}

/// Where parts of so many words begin and end that do not reach to the last one.
fn spans(n_words: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..n_words).flat_map(move |start| (start + 1..n_words).map(move |end| (start, end)))
}

/// Whether the words stand in the others in their order.
fn is_subsequence(words: &[SmolStr], whole: &[SmolStr]) -> bool {
    let mut rest = whole.iter();
    words.iter().all(|word| rest.any(|it| it == word))
}

/// Whether the letters are the first ones of several words.
fn is_initials(short: &str, words: &[SmolStr]) -> bool {
    words.len() > 1 && words.iter().filter_map(|it| it.chars().next()).eq(short.chars())
}

/// Whether the letters stand in the last word of the name, or in all its words, in the same order,
/// beginning with the first and without skipping to the next vowel.
fn shortens(short: &str, words: &[SmolStr]) -> bool {
    let is_short_of = |whole: &str| {
        if whole.len() <= short.len() || !whole.is_ascii() {
            return false;
        }
        if whole.starts_with(short) {
            return true;
        }
        let mut rest = whole.chars();
        let is_subsequence = short.chars().all(|letter| rest.any(|it| it == letter));
        is_subsequence
            && whole.as_bytes()[0] == short.as_bytes()[0]
            && short.len() * 3 >= whole.len()
    };
    words.last().is_some_and(|it| is_short_of(it))
        || (words.len() > 1 && is_short_of(&words.concat()))
}
