//! The keys that a column may mean: found by its name, weighed later.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{
    catalog::Catalog,
    facts::{ColumnFacts, TableFacts},
    kind::Kind,
    lexicon::{self, Ending},
    vocabulary::Words,
};

/// A key of one column that a column may refer to, and how it was found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Candidate {
    /// Place in the catalog, or [`Asking::own_place`].
    pub(crate) table: u32,
    /// Place in the target's columns.
    pub(crate) column: usize,
    /// Place in the target's keys.
    pub(crate) key: usize,
    pub(crate) found: Found,
}

/// By what a candidate was found, each from 0 (not at all) to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Found {
    /// Which part of the stem is the end of the target's name ...
    pub(crate) name: f32,
    /// ... which part of the target's name that is ...
    pub(crate) of_table: f32,
    /// ... and how many words stand before it there.
    pub(crate) n_before: u8,
    /// Which part of the stem's beginning is the target's name.
    pub(crate) head: f32,
    /// Which part of the column's name is the name of the key.
    pub(crate) key: f32,
    /// 1 to 3 if the column names a role of those whom the target holds.
    pub(crate) actor: f32,
    pub(crate) is_tree: bool,
    /// 1 a shortened word, 2 first letters.
    pub(crate) abbreviation: u8,
    /// Which part of the stem is letters of the target's name that end or begin inside of words.
    pub(crate) letters: f32,
    /// Which part of the target's name those letters are.
    pub(crate) of_letters: f32,
    /// The words of the target's name in another order.
    pub(crate) is_shuffled: bool,
    /// Those words in their order, with others between them.
    pub(crate) is_gapped: bool,
    /// Declared keys on columns of that name or role go there.
    pub(crate) is_habit: bool,
}

/// The way in which a candidate was found: the strongest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Way {
    /// The column is named after the table.
    Name,
    /// And after the key.
    NameAndKey,
    /// Words before it say a role.
    Role,
    /// It has the name of the key.
    Key,
    /// It ends in the name of the key.
    RoleAndKey,
    /// It is named after the end of the table's name.
    Tail,
    Head,
    Actor,
    Tree,
    Abbreviation,
    Shuffled,
    Gapped,
    Letters,
    Habit,
}

impl Found {
    /// The strongest way.
    pub(crate) fn way(&self) -> Way {
        if self.is_tree {
            Way::Tree
        } else if self.name >= 1.0 && self.of_table >= 1.0 {
            if self.key >= 1.0 { Way::NameAndKey } else { Way::Name }
        } else if self.key >= 1.0 {
            Way::Key
        } else if self.name > 0.0 && self.of_table >= 1.0 {
            Way::Role
        } else if self.actor > 0.0 {
            Way::Actor
        } else if self.key > 0.0 {
            Way::RoleAndKey
        } else if self.name > 0.0 {
            Way::Tail
        } else if self.head > 0.0 {
            Way::Head
        } else if self.is_shuffled {
            Way::Shuffled
        } else if self.abbreviation > 0 {
            Way::Abbreviation
        } else if self.is_gapped {
            Way::Gapped
        } else if self.letters > 0.0 {
            Way::Letters
        } else {
            Way::Habit
        }
    }

    /// How near the names are, to tell rivals: more is nearer.
    pub(crate) fn nearness(&self) -> f32 {
        let name = self.name * (0.5 + 0.5 * self.of_table);
        let tree = if self.is_tree { 1.0 } else { 0.0 };
        let short = if self.abbreviation > 0 { 0.3 } else { 0.0 };
        name.max(self.key * 0.95)
            .max(self.head * 0.6)
            .max(tree)
            .max(0.2 * self.actor)
            .max(short)
            .max(if self.is_shuffled { 0.8 } else { 0.0 })
            .max(if self.is_gapped { 0.65 } else { 0.0 })
            .max(0.6 * self.letters * self.of_letters)
    }

    fn merge(&mut self, other: &Self) {
        if other.name * other.of_table > self.name * self.of_table {
            (self.name, self.of_table, self.n_before) =
                (other.name, other.of_table, other.n_before);
        }
        self.head = self.head.max(other.head);
        self.key = self.key.max(other.key);
        self.actor = self.actor.max(other.actor);
        self.is_tree |= other.is_tree;
        self.abbreviation = self.abbreviation.max(other.abbreviation);
        self.is_shuffled |= other.is_shuffled;
        self.is_gapped |= other.is_gapped;
        if other.letters * other.of_letters > self.letters * self.of_letters {
            (self.letters, self.of_letters) = (other.letters, other.of_letters);
        }
        self.is_habit |= other.is_habit;
    }
}

/// The table whose columns are looked at, among all others.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) own: &'a TableFacts,
    /// Where it stands in the catalog, or one more than the last place if it is new.
    pub(crate) own_place: u32,
}

impl<'a> Asking<'a> {
    /// The table at a place: the asking one as it is being edited.
    pub(crate) fn table(&self, at: u32) -> &'a TableFacts {
        if at == self.own_place { self.own } else { &self.catalog.tables[at as usize] }
    }
}

/// A name without what only says that it is a key.
pub(crate) struct Stem<'a> {
    pub(crate) words: &'a [SmolStr],
    pub(crate) ending: Ending,
    pub(crate) has_leading_id: bool,
}

impl<'a> Stem<'a> {
    /// The stem of a name; the name itself where nothing else would be left.
    pub(crate) fn of(name: &'a [SmolStr]) -> Self {
        let mut words = name;
        let mut ending = Ending::Bare;
        while let [before @ .., last] = words {
            let found = lexicon::ending(last);
            if before.is_empty()
                || found == Ending::Bare
                || (ending != Ending::Bare && found != Ending::Id)
            {
                break;
            }
            ending = if ending == Ending::Bare { found } else { ending };
            words = before;
        }
        let mut has_leading_id = false;
        while let [first, after @ ..] = words {
            if after.is_empty() || !lexicon::is_leading_id_word(first) {
                break;
            }
            has_leading_id = true;
            words = after;
        }
        Self { words, ending, has_leading_id }
    }
}

/// Keys that declared keys on columns of that name or role lead to.
pub(crate) trait Habits {
    /// The tables to which they lead, most of them first.
    fn targets(&self, column: &ColumnFacts, stem: &[SmolStr]) -> Vec<u32>;
}

/// Collects the candidates of one column.
struct Finder<'a> {
    asking: Asking<'a>,
    column: &'a ColumnFacts,
    place: usize,
    ending: Ending,
    found: Vec<Candidate>,
    by_key: FxHashMap<(u32, usize), usize>,
}

/// A word that so many tables end in says little.
const CROWD: usize = 24;

/// At most so many candidates of a column are weighed.
const MOST: usize = 24;

/// Whether the name of a column gives no candidates, whichever table it stands in: asks for all that
/// [`candidates`] finds by names, without what depends on the asking table. `names` are the words of
/// the names of the tables.
pub(crate) fn is_barren(catalog: &Catalog, names: &[Words], column: &ColumnFacts) -> bool {
    let whole = column.whole.as_ref().map(|it| it.0.as_slice());
    for name in std::iter::once(column.words.as_slice()).chain(whole) {
        let stem = Stem::of(name);
        let (words, n_words) = (stem.words, stem.words.len());
        let ends = |words: &[SmolStr]| catalog.ending_in(&glue(words)).len();
        let is_tail = (0..n_words).any(|start| ends(&words[start..]) > 0)
            || (stem.ending == Ending::Code && ends(name) > 0);
        let is_head =
            || spans(n_words).any(|(from, to)| (1..=CROWD).contains(&ends(&words[from..to])));
        let is_gapped = || {
            words.last().is_some_and(|last| {
                let mut tables = catalog.with_last_word(last).iter();
                tables.any(|it| is_subsequence(words, &names[*it as usize]))
            })
        };
        let is_key =
            || (0..name.len()).any(|start| !catalog.keys_named(&glue(&name[start..])).is_empty());
        if is_tail || is_key() || is_head() || is_gapped() {
            return false;
        }
    }
    let stem = Stem::of(&column.words);
    let is_role = |it: &SmolStr| {
        lexicon::is_tree_word(it)
            || lexicon::is_superior_word(it)
            || lexicon::is_actor_role(it)
            || lexicon::is_person(it)
    };
    if stem.words.iter().any(is_role) || !catalog.of_words(stem.words).is_empty() {
        return false;
    }
    let glued = glue(stem.words);
    let is_short = (2..=6).contains(&glued.len()) && !lexicon::is_generic(&glued);
    if is_short && (stem.ending == Ending::Id || stem.has_leading_id) {
        return false;
    }
    if !glued.is_ascii() || glued.len() < 3 || lexicon::is_generic(&glued) {
        return true;
    }
    let is_letters = (1..glued.len().saturating_sub(3))
        .any(|start| (1..=CROWD).contains(&catalog.ending_in(&glued[start..]).len()));
    !is_letters
        && catalog.ending_with(&glued).is_empty()
        && catalog.beginning_with(&glued).is_empty()
}

/// The words written together.
fn glue(words: &[SmolStr]) -> SmolStr {
    match words {
        [one] => one.clone(),
        _ => words.concat().into(),
    }
}

/// The keys that the column at that place of the table may refer to.
pub(crate) fn candidates(asking: Asking<'_>, place: usize, habits: &dyn Habits) -> Vec<Candidate> {
    let column = &asking.own.columns[place];
    if !column.can_refer() {
        return Vec::new();
    }
    let stem = Stem::of(&column.words);
    let is_known = (asking.own_place as usize) < asking.catalog.tables.len();
    let is_barren = column.is_barren && is_known && habits.targets(column, stem.words).is_empty();
    if is_barren && !cfg!(debug_assertions) {
        return Vec::new();
    }
    let found = find(asking, place, &stem, habits);
    debug_assert!(!is_barren || found.is_empty(), "{} is not barren", column.name);
    found
}

fn find(asking: Asking<'_>, place: usize, stem: &Stem<'_>, habits: &dyn Habits) -> Vec<Candidate> {
    let column = &asking.own.columns[place];
    let mut finder = Finder {
        asking,
        column,
        place,
        ending: stem.ending,
        found: Vec::new(),
        by_key: FxHashMap::default(),
    };
    finder.by_names(stem, &column.words);
    if let Some((whole, _)) = &column.whole {
        finder.by_names(&Stem::of(whole), whole);
    }
    finder.by_role(stem);
    for table in habits.targets(column, stem.words) {
        finder.add_table(table, Found { is_habit: true, ..Found::default() });
    }
    if finder.found.iter().all(|it| it.found.nearness() < 0.7) {
        finder.by_letters(stem);
        if stem.ending == Ending::Id || stem.has_leading_id {
            finder.by_abbreviation(stem);
        }
    }
    let mut found = finder.found;
    if found.len() > MOST {
        found.sort_by(|a, b| b.found.nearness().total_cmp(&a.found.nearness()));
        found.truncate(MOST);
    }
    found
}

impl<'a> Finder<'a> {
    fn by_names(&mut self, stem: &Stem<'_>, name: &[SmolStr]) {
        let words = stem.words;
        let n_letters = letters(words);
        for start in 0..words.len() {
            self.by_tail(&words[start..], letters(&words[start..]) / n_letters);
        }
        // `group_name` may be the name of a group, or refer to a table of group names.
        if stem.ending == Ending::Code && !stem.words.is_empty() {
            self.by_tail(name, 1.0);
        }
        for (start, end) in spans(words.len()) {
            let head = glue(&words[start..end]);
            let cover = letters(&words[start..end]) / n_letters;
            let tails = self.asking.catalog.ending_in(&head);
            for tail in tails.iter().filter(|_| tails.len() <= CROWD) {
                if tail.n_before == 0 || self.is_prefix(tail.table, tail.n_before) {
                    self.add_table(tail.table, Found { head: cover, ..Found::default() });
                }
            }
        }
        if let ([_, .., last], true) = (words, words.len() < 8) {
            for table in self.asking.catalog.with_last_word(last) {
                let whole = &self.asking.table(*table).words;
                if whole.len() > words.len() && is_subsequence(words, whole) {
                    let of_letters = n_letters / letters(whole);
                    let found =
                        Found { letters: 1.0, of_letters, is_gapped: true, ..Found::default() };
                    self.add_table(*table, found);
                }
            }
        }
        let n_letters = letters(name);
        for start in 0..name.len() {
            let part = &name[start..];
            let glued = glue(part);
            let cover = letters(part) / n_letters;
            if start > 0 && part.len() < 2 && (glued.len() < 5 || lexicon::is_generic(&glued)) {
                continue;
            }
            for key in self.asking.catalog.keys_named(&glued) {
                let table = self.asking.table(key.table);
                let Some(facts) = table.keys.get(usize::from(key.key)) else { continue };
                let [column] = facts.columns.as_slice() else { continue };
                let found = Found { key: cover, ..Found::default() };
                self.add(key.table, *column, usize::from(key.key), found);
            }
        }
    }

    /// Tables whose name ends in those words, which are that part of the stem.
    fn by_tail(&mut self, words: &[SmolStr], cover: f32) {
        let glued = glue(words);
        if cover < 1.0 && glued.len() < 3 {
            return;
        }
        let tails = self.asking.catalog.ending_in(&glued);
        for tail in tails {
            let table = self.asking.table(tail.table);
            // Where many tables end alike, those of the same module are meant.
            if tails.len() > CROWD && table.words.first() != self.asking.own.words.first() {
                continue;
            }
            let is_prefix = tail.n_before == 0 || self.is_prefix(tail.table, tail.n_before);
            // Half of the one and half of the other is too little.
            if cover < 1.0 && !is_prefix {
                continue;
            }
            let of_table = (glued.len() as f32 / letters(table.meant_words())).min(1.0);
            let of_table = if tail.n_before == 0 && tail.n_after > 0 { 1.0 } else { of_table };
            let found =
                Found { name: cover, of_table, n_before: tail.n_before, ..Found::default() };
            self.add_table(tail.table, found);
        }
        if self.asking.own_place as usize >= self.asking.catalog.tables.len()
            && self.asking.own.words.concat() == glued.as_str()
        {
            let found = Found { name: cover, of_table: 1.0, ..Found::default() };
            self.add_table(self.asking.own_place, found);
        }
    }

    /// Whether the first words of a table's name are ones that other tables share.
    fn is_prefix(&self, table: u32, n_words: u8) -> bool {
        let table = self.asking.table(table);
        let Some(first) = table.words.first() else { return false };
        let is_own = || self.asking.own.words.first() == Some(first);
        usize::from(n_words) <= table.n_prefix || (n_words <= 2 && is_own())
    }

    fn by_role(&mut self, stem: &Stem<'_>) {
        let words = stem.words;
        let Some(last) = words.last() else { return };
        let has = |is: fn(&str) -> bool| words.iter().any(|it| is(it));
        // `child_id` means `children` where there are any, `employee_id` no other people.
        let told = self.found.iter().filter(|it| it.found.of_table >= 1.0);
        let told = told.map(|it| it.found.name).fold(0.0, f32::max);
        let is_named = told >= 1.0;
        let is_tree = has(lexicon::is_tree_word) && !is_named;
        let is_actor_table = self.asking.catalog.actors().contains(&self.asking.own_place);
        if is_tree || (is_actor_table && has(lexicon::is_superior_word)) {
            let found = Found { is_tree: true, ..Found::default() };
            self.add_table(self.asking.own_place, found);
        }
        let is_role = lexicon::is_actor_role(last)
            || lexicon::is_superior_word(last)
            || lexicon::is_person(last);
        if is_role && told == 0.0 {
            let actors = self.asking.catalog.actors();
            for (nth, table) in actors.iter().enumerate() {
                let found = Found { actor: 3.0 - nth as f32, ..Found::default() };
                self.add_table(*table, found);
            }
        }
    }

    /// Names that share letters with the stem where words do not.
    fn by_letters(&mut self, stem: &Stem<'_>) {
        let catalog = self.asking.catalog;
        if stem.words.len() > 1 {
            for table in catalog.of_words(stem.words) {
                self.add_table(*table, Found { is_shuffled: true, ..Found::default() });
            }
        }
        let glued = stem.words.concat();
        if !glued.is_ascii() || glued.len() < 3 || lexicon::is_generic(&glued) {
            return;
        }
        // `locationunit` ends in the name of the table `units`.
        for start in 1..glued.len().saturating_sub(3) {
            let part = &glued[start..];
            let tails = catalog.ending_in(part);
            for tail in tails.iter().filter(|_| tails.len() <= CROWD) {
                if tail.n_before == 0 || self.is_prefix(tail.table, tail.n_before) {
                    let letters = part.len() as f32 / glued.len() as f32;
                    let found = Found { letters, of_letters: 1.0, ..Found::default() };
                    self.add_table(tail.table, found);
                }
            }
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
        for at in self.asking.catalog.by_letter(letter) {
            let table = self.asking.table(*at);
            let how = if initials(&table.words) == short {
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

    /// Adds the keys of a table that the column may mean: the primary key, and those whose name
    /// ends as the column's does.
    fn add_table(&mut self, at: u32, found: Found) {
        let table = self.asking.table(at);
        let mut has_added = false;
        let is_named = |it: &ColumnFacts| {
            it.ending == Ending::Id && it.words.len() > 1 && it.glued == self.column.glued
        };
        let named = table.single_keys().find(|it| is_named(&table.columns[it.1]));
        if let Some((key, column, _)) = named {
            // The key of the same name is meant and no other one.
            self.add(at, column, key, found);
            return;
        }
        for (key, column, standing) in table.single_keys() {
            let facts = &table.columns[column];
            let is_alike = facts.words.last() == self.column.words.last();
            let is_first = !has_added || standing == crate::facts::Standing::Primary;
            let is_id = facts.ending == Ending::Id && self.ending == Ending::Id;
            if (is_first || is_alike || is_id) && self.add(at, column, key, found) {
                has_added = true;
            }
        }
    }

    fn add(&mut self, at: u32, column: usize, key: usize, found: Found) -> bool {
        let target = &self.asking.table(at).columns[column];
        if at == self.asking.own_place && column == self.place {
            return false;
        }
        if !self.column.kind.fits(target.kind) {
            return false;
        }
        // Days are keys of calendars alone, and have their name there.
        if self.column.kind == Kind::Time && found.key < 1.0 {
            return false;
        }
        match self.by_key.get(&(at, column)) {
            Some(place) => self.found[*place].found.merge(&found),
            None => {
                self.by_key.insert((at, column), self.found.len());
                self.found.push(Candidate { table: at, column, key, found });
            }
        }
        true
    }
}

/// How many letters the words have, at least one.
pub(crate) fn letters(words: &[SmolStr]) -> f32 {
    words.iter().map(|it| it.len()).sum::<usize>().max(1) as f32
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

fn initials(words: &[SmolStr]) -> String {
    if words.len() < 2 {
        return String::new();
    }
    words.iter().filter_map(|it| it.chars().next()).collect()
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
