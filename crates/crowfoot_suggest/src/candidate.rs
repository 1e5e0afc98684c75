//! The keys that a column may mean: found by its name, weighed later.

use std::cmp::Reverse;

use smol_str::SmolStr;

use crate::{
    catalog::Catalog,
    facts::{ColumnFacts, Standing, TableFacts},
    kind::Kind,
    lexicon::Ending,
    links::{Link, LinkedKey, Links, Role, Targets},
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
    pub(crate) standing: Standing,
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
    /// Words stand behind it there that say only that it is a table: `report_table`.
    pub(crate) is_marked: bool,
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
        } else if self.is_shuffled {
            Way::Shuffled
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
        // Of two tables of that name the key tells which is meant, or that nothing is left over.
        let doubt = match (self.is_marked, self.n_before) {
            (true, _) => 0.1,
            // `user_id` means `users` rather than `deleted_users`, however common that beginning is.
            (false, 1..) => 0.02,
            (false, 0) => 0.0,
        };
        let name = self.name * (0.5 + 0.5 * self.of_table - doubt) + 0.2 * self.key;
        let name = if self.name > 0.0 { name } else { 0.0 };
        let tree = if self.is_tree { 1.0 } else { 0.0 };
        let short = if self.abbreviation > 0 { 0.3 } else { 0.0 };
        name.max(self.key * 0.95)
            .max(self.head * 0.6)
            .max(tree)
            .max(0.2 * self.actor)
            .max(short)
            .max(if self.is_gapped { 0.65 } else { 0.0 })
            .max(0.6 * self.letters * self.of_letters)
    }

    fn merge(&mut self, other: &Self) {
        if other.name * other.of_table > self.name * self.of_table {
            (self.name, self.of_table, self.n_before, self.is_marked) =
                (other.name, other.of_table, other.n_before, other.is_marked);
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

    /// Whether it may be other than it is in the catalog.
    pub(crate) fn is_edited(&self) -> bool {
        let known = self.catalog.tables.get(self.own_place as usize);
        known.is_none_or(|it| !std::ptr::eq(it, self.own))
    }
}

/// Keys that declared keys on columns of that name or role lead to.
pub(crate) trait Habits {
    /// The tables to which they lead, most of them first.
    fn targets(&self, column: &ColumnFacts, stem: &[SmolStr]) -> Vec<u32>;
}

/// At most so many candidates of a column are weighed.
const MOST: usize = 8;

/// The keys that the column at that place of the table may refer to.
pub(crate) fn candidates(asking: Asking<'_>, place: usize, habits: &dyn Habits) -> Vec<Candidate> {
    let column = &asking.own.columns[place];
    if !column.can_refer() {
        return Vec::new();
    }
    let catalog = asking.catalog;
    if asking.is_edited() {
        let targets = Targets { catalog, edited: Some(asking) };
        return find(asking, place, &Links::new(targets, column), targets, habits);
    }
    let targets = Targets { catalog, edited: None };
    find(asking, place, catalog.links(column), targets, habits)
}

fn find(
    asking: Asking<'_>,
    place: usize,
    links: &Links,
    targets: Targets<'_>,
    habits: &dyn Habits,
) -> Vec<Candidate> {
    let column = &asking.own.columns[place];
    let stem = column.stem();
    let found = Vec::with_capacity(links.by_words.len());
    let mut finder = Finder { asking, column, place, ending: stem.ending, found };
    finder.follow(&links.by_words);
    finder.by_role(links.role);
    for table in habits.targets(column, stem.words) {
        finder.add_table(table, Found { is_habit: true, ..Found::default() });
    }
    if finder.found.iter().all(|it| it.found.nearness() < 0.7) {
        finder.follow(links.by_letters(targets, &stem));
    }
    let mut found = finder.found;
    if found.len() > MOST {
        // Nearness is not negative: its bits have its order.
        let order = |it: &Candidate| Reverse((it.found.is_habit, it.found.nearness().to_bits()));
        found.sort_by_cached_key(order);
        found.truncate(MOST);
    }
    found
}

/// Collects the candidates of one column.
struct Finder<'a> {
    asking: Asking<'a>,
    column: &'a ColumnFacts,
    place: usize,
    ending: Ending,
    found: Vec<Candidate>,
}

impl Finder<'_> {
    fn follow(&mut self, links: &[Link]) {
        for link in links {
            let first_word = || self.asking.table(link.table).words.first();
            if link.is_of_module && first_word() != self.asking.own.words.first() {
                continue;
            }
            match link.key {
                Some(key) if link.is_first => {
                    self.add_new(link.table, key, link.found);
                }
                Some(key) => {
                    self.add(link.table, key, link.found);
                }
                None => self.add_table(link.table, link.found),
            }
        }
    }

    fn by_role(&mut self, role: Role) {
        // `child_id` means `children` where there are any, `employee_id` no other people.
        let told = self.found.iter().filter(|it| it.found.of_table >= 1.0);
        let told = told.map(|it| it.found.name).fold(0.0, f32::max);
        let actors = self.asking.catalog.actors();
        let is_superior = role.is_superior && actors.contains(&self.asking.own_place);
        if (role.is_tree && told < 1.0) || is_superior {
            let found = Found { is_tree: true, ..Found::default() };
            self.add_table(self.asking.own_place, found);
        }
        if role.is_actor && told == 0.0 {
            for (nth, table) in actors.iter().enumerate() {
                let found = Found { actor: 3.0 - nth as f32, ..Found::default() };
                self.add_table(*table, found);
            }
        }
    }

    /// Adds the keys of a table that the column may mean: the primary key, and those whose name
    /// ends as the column's does.
    fn add_table(&mut self, at: u32, found: Found) {
        let table = self.asking.table(at);
        let mut has_added = false;
        let is_named = |it: &ColumnFacts| {
            it.ending() == Ending::Id && it.words.len() > 1 && it.glued == self.column.glued
        };
        let keys = LinkedKey::all(table);
        if let Some(key) = keys.clone().find(|it| is_named(&table.columns[it.column])) {
            // The key of the same name is meant and no other one.
            self.add(at, key, found);
            return;
        }
        for key in keys {
            let facts = &table.columns[key.column];
            let is_alike = facts.words.last() == self.column.words.last();
            let is_first = !has_added || key.standing == Standing::Primary;
            let is_id = facts.ending() == Ending::Id && self.ending == Ending::Id;
            if (is_first || is_alike || is_id) && self.add(at, key, found) {
                has_added = true;
            }
        }
    }

    /// Adds a key, if the column can hold it.
    fn add(&mut self, at: u32, key: LinkedKey, found: Found) -> bool {
        let known = self.found.iter_mut().find(|it| (it.table, it.column) == (at, key.column));
        match known {
            Some(known) if is_told(self.column, &found) => {
                known.found.merge(&found);
                true
            }
            Some(_) => false,
            None => self.add_new(at, key, found),
        }
    }

    /// The same for a key that was not added yet.
    fn add_new(&mut self, at: u32, key: LinkedKey, found: Found) -> bool {
        let LinkedKey { place, column, kind, standing } = key;
        let is_itself = at == self.asking.own_place && column == self.place;
        let can_hold = !is_itself && self.column.kind.fits(kind) && is_told(self.column, &found);
        if can_hold {
            self.found.push(Candidate { table: at, column, key: place, standing, found });
        }
        can_hold
    }
}

/// Whether that is enough to mean a key: days are keys of calendars alone, and have their name there.
fn is_told(column: &ColumnFacts, found: &Found) -> bool {
    column.kind != Kind::Time || found.key >= 1.0
}

/// How many letters the words have, at least one.
pub(crate) fn letters(words: &[SmolStr]) -> f32 {
    words.iter().map(|it| it.len()).sum::<usize>().max(1) as f32
}
