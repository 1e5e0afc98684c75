//! The words of one schema: singular forms, and glued names taken apart by what stands alone
//! elsewhere.

use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use crate::{inflect::singular, lexicon, word};

/// Turns names into words in the singular, and remembers words that it found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vocabulary {
    /// What a glued word can be made of: words of table names and general words.
    parts: FxHashSet<SmolStr>,
    /// Words as they were written, with what they stand for.
    known: FxHashMap<SmolStr, Words>,
}

/// Words of a name in their order.
pub(crate) type Words = Vec<SmolStr>;

impl Vocabulary {
    /// The vocabulary of a schema with those tables.
    pub(crate) fn new<'a>(tables: impl Iterator<Item = &'a str>) -> Self {
        let mut parts: FxHashSet<SmolStr> = lexicon::glueable().map(SmolStr::new).collect();
        let mut heads: FxHashMap<SmolStr, u32> = FxHashMap::default();
        let mut seen: FxHashSet<SmolStr> = FxHashSet::default();
        for table in tables {
            let words = word::split(table);
            if let (Some(first), true) = (words.first(), words.len() > 1) {
                *heads.entry(first.clone()).or_default() += 1;
            }
            if words.len() > 1 {
                parts.insert(words.concat().into());
            }
            for word in words {
                if word.len() < 3 || !seen.insert(word.clone()) {
                    continue;
                }
                if word.len() > 3 {
                    parts.insert(singular(&word));
                }
                parts.insert(word);
            }
        }
        // Prefixes that the schema uses throughout may be as short as they are.
        let short = heads.into_iter().filter(|it| it.0.len() == 2 && it.1 > 3).map(|it| it.0);
        parts.extend(short);
        Self { parts, ..Self::default() }
    }

    /// The words of a name, each in the singular.
    pub(crate) fn learn(&mut self, name: &str) -> Words {
        let mut words = Words::new();
        for word in word::split(name) {
            if let Some(known) = self.known.get(&word) {
                words.extend_from_slice(known);
                continue;
            }
            let found = self.resolve(&word);
            words.extend_from_slice(&found);
            self.known.insert(word, found);
        }
        words
    }

    /// The same for a name whose words need not be remembered.
    pub(crate) fn read(&self, name: &str) -> Words {
        let mut words = Words::new();
        for word in word::split(name) {
            match self.known.get(&word) {
                Some(known) => words.extend_from_slice(known),
                None => words.extend(self.resolve(&word)),
            }
        }
        words
    }

    fn resolve(&self, word: &SmolStr) -> Words {
        match self.cut(word) {
            Some(parts) => parts.iter().map(|it| singular(it)).collect(),
            None => vec![singular(word)],
        }
    }

    /// A glued word in as few parts as possible; none if it is not made of known ones.
    fn cut<'a>(&self, word: &'a str) -> Option<Vec<&'a str>> {
        if word.len() < 4 || !word.is_ascii() {
            return None;
        }
        // best[n]: how few parts make up the first n letters, and where the last one begins.
        let mut best: Vec<Option<(usize, usize)>> = vec![None; word.len() + 1];
        best[0] = Some((0, 0));
        for end in 2..=word.len() {
            for start in 0..end - 1 {
                let Some((n, _)) = best[start] else { continue };
                let part = &word[start..end];
                if part.len() == word.len() || !self.is_part(part, start == 0) {
                    continue;
                }
                if best[end].is_none_or(|(fewest, _)| n + 1 < fewest) {
                    best[end] = Some((n + 1, start));
                }
            }
        }
        let mut parts = Vec::new();
        let mut end = word.len();
        while end > 0 {
            let (_, start) = best[end]?;
            parts.push(&word[start..end]);
            end = start;
        }
        parts.reverse();
        // A table's own name is a word, unless long ones make it up.
        let is_word = self.parts.contains(word) || lexicon::is_generic(word);
        (!is_word || parts.iter().all(|it| it.len() > 3)).then_some(parts)
    }

    fn is_part(&self, part: &str, is_first: bool) -> bool {
        if part.len() < 3 {
            return !is_first && (lexicon::is_glue_word(part) || self.parts.contains(part));
        }
        self.parts.contains(part)
    }
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    fn check(tables: &str, name: &str, expected: &str) {
        let mut vocabulary = Vocabulary::new(tables.split(' '));
        assert_eq!(vocabulary.read(name).join(" "), expected, "{name}");
        assert_eq!(vocabulary.learn(name), vocabulary.learn(name));
    }

    #[test]
    fn glued_words_are_cut_by_the_tables() {
        check("orders customers", "orderkey", "order key");
        check("orders customers", "CUSTOMERID", "customer id");
        check("data_element category", "categorydataelementid", "category dataelement id");
        check("a", "createdby", "created by");
        check("a", "parentid", "parent id");
    }

    #[test]
    fn other_words_stay_whole() {
        check("orders", "orderly", "orderly");
        check("rid", "grid", "grid");
        check("paid", "paid", "paid");
        check("android", "android", "android");
        check("users", "valid", "valid");
    }
}
