//! Names without what only says that they are keys: `fk_author_id` is about authors.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::{
    lexicon::{self, Ending},
    name::ColumnName,
};

/// A name without what only says that it is a key.
pub(crate) struct Stem<'a> {
    pub(crate) words: &'a [SmolStr],
    pub(crate) ending: Ending,
    pub(crate) has_leading_id: bool,
    /// A number stood behind it: `address_2_id`, `concept_id_1`.
    pub(crate) is_numbered: bool,
}

/// Where the stem of a name stands in it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StemAt {
    start: usize,
    end: usize,
    ending: Ending,
}

impl StemAt {
    /// Finds the stem of a name; the name itself where nothing else would be left.
    pub(crate) fn of(name: &[SmolStr], marks: &KeyMarks) -> Self {
        let mut ending = Ending::Bare;
        let mut end = without_numbers(name).len();
        while end > 1 {
            let found = marks.ending(&name[end - 1]);
            if found == Ending::Bare || (ending != Ending::Bare && found != Ending::Id) {
                break;
            }
            ending = if ending == Ending::Bare { found } else { ending };
            end = without_numbers(&name[..end - 1]).len();
        }
        let mut start = 0;
        while start + 1 < end && marks.is_beginning(&name[start]) {
            start += 1;
        }
        // `fk_author` says as much as `author_id`.
        if start > 0 && ending == Ending::Bare {
            ending = Ending::Id;
        }
        Self { start, end, ending }
    }

    /// The stem within the name in which it was found.
    pub(crate) fn within(self, name: &[SmolStr]) -> Stem<'_> {
        Stem {
            words: &name[self.start..self.end],
            ending: self.ending,
            has_leading_id: self.start > 0,
            is_numbered: name.iter().any(|it| is_number(it)),
        }
    }
}

impl<'a> Stem<'a> {
    /// The stem of a name; the name itself where nothing else would be left.
    pub(crate) fn of(name: &'a [SmolStr], marks: &KeyMarks) -> Self {
        StemAt::of(name, marks).within(name)
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|it| it.is_ascii_digit())
}

/// The words up to the last one that is no number; all of them if there is none.
pub(crate) fn without_numbers(words: &[SmolStr]) -> &[SmolStr] {
    let end = words.iter().rposition(|it| !is_number(it)).map_or(words.len(), |it| it + 1);
    &words[..end]
}

/// So many names must show a mark ...
const LEAST: u32 = 6;
/// ... and this part of those that have it.
const SHARE: f32 = 0.7;

/// What says in a schema that a column is a key: the words that say so everywhere, and those of its
/// own, with which most columns end (or begin) that have the name of a table else.
#[derive(Clone, Debug, Default)]
pub(crate) struct KeyMarks {
    endings: FxHashSet<SmolStr>,
    beginnings: FxHashSet<SmolStr>,
}

impl KeyMarks {
    /// Learns the marks of a schema; `is_table` tells whether words written together name a table.
    pub(crate) fn learn<'a>(
        columns: impl Iterator<Item = &'a ColumnName>,
        is_table: impl Fn(&str) -> bool,
    ) -> Self {
        let mut endings: FxHashMap<&SmolStr, (u32, u32)> = FxHashMap::default();
        let mut beginnings = endings.clone();
        let mut known: FxHashMap<SmolStr, bool> = FxHashMap::default();
        for column in columns.filter(|it| it.words.len() > 1) {
            let mut count = |counts: &mut FxHashMap<_, (u32, u32)>, word, rest: &[SmolStr]| {
                let glued: SmolStr = rest.concat().into();
                let count: &mut (u32, u32) = counts.entry(word).or_default();
                count.0 += u32::from(*known.entry(glued).or_insert_with_key(|it| is_table(it)));
                count.1 += 1;
            };
            let words = &column.words;
            if let Some((last, rest)) = words.split_last().filter(|it| may_mark(it.0)) {
                count(&mut endings, last, rest);
            }
            if let Some((first, rest)) = words.split_first().filter(|it| may_mark(it.0)) {
                count(&mut beginnings, first, rest);
            }
        }
        let usual = |counts: FxHashMap<&SmolStr, (u32, u32)>| {
            let is_usual = |it: &(&SmolStr, (u32, u32))| {
                let (n, all) = it.1;
                n >= LEAST && n as f32 >= SHARE * all as f32
            };
            counts.into_iter().filter(is_usual).map(|it| it.0.clone()).collect()
        };
        Self { endings: usual(endings), beginnings: usual(beginnings) }
    }

    /// What a last word says about a column.
    pub(crate) fn ending(&self, word: &str) -> Ending {
        match lexicon::ending(word) {
            Ending::Bare if self.endings.contains(word) => Ending::Id,
            ending => ending,
        }
    }

    fn is_beginning(&self, word: &str) -> bool {
        lexicon::is_leading_id_word(word) || self.beginnings.contains(word)
    }
}

/// Whether a word may be a mark: one that says something by itself is none.
fn may_mark(word: &str) -> bool {
    !is_number(word)
        && lexicon::ending(word) == Ending::Bare
        && !lexicon::is_leading_id_word(word)
        && !lexicon::is_generic(word)
        && !lexicon::is_lookup(word)
        && !lexicon::is_measure(word)
}

#[cfg(test)]
mod tests {
    use super::{KeyMarks, Stem};
    use crate::{lexicon::Ending, word};

    fn check(name: &str, stem: &str, ending: Ending) {
        let words = word::split(name);
        let found = Stem::of(&words, &KeyMarks::default());
        assert_eq!((found.words.join(" ").as_str(), found.ending), (stem, ending), "{name}");
    }

    #[test]
    fn what_says_that_it_is_a_key_is_left_out() {
        check("author_id", "author", Ending::Id);
        check("fk_author", "author", Ending::Id);
        check("fk_author_id", "author", Ending::Id);
        check("invoice_no", "invoice", Ending::Code);
        check("author", "author", Ending::Bare);
        check("id", "id", Ending::Bare);
    }

    #[test]
    fn numbers_are_left_out() {
        check("author2_id", "author", Ending::Id);
        check("author_id_2", "author", Ending::Id);
        check("author_2", "author", Ending::Bare);
        check("7", "7", Ending::Bare);
    }
}
