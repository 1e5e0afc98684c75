//! The keys of several columns of which a table holds all, by their names.

use std::{borrow::Cow, cell::OnceCell};

use smol_str::SmolStr;

use crate::{
    candidate::Asking,
    facts::{ColumnFacts, Standing},
    lexicon,
    shape::{KeyAt, Label, NamePlaces, Shape},
};

/// At most so many words are tried that may stand before the name of a key's column.
const MOST_ROLES: usize = 7;

/// A column of the asking table.
struct Own<'a> {
    label: Label,
    /// The first word of its name, and the number of what follows, if that names a key's column.
    role: Option<(&'a SmolStr, u32)>,
}

/// The keys of several columns of which a table holds all, by their names or with one word before some
/// of them.
pub(crate) struct Matches<'a> {
    asking: Asking<'a>,
    own: Vec<Own<'a>>,
    places: NamePlaces,
    /// Found when they are first asked for.
    fits: OnceCell<Vec<Fit<'a>>>,
}

/// Keys of one shape, with the columns of the asking table that are like theirs.
struct Fit<'a> {
    /// The number of the word that stands before the names of some of the columns; 0 for none.
    role: usize,
    shape: &'a Shape,
    /// Whether the key of the asking table itself is meant, or those of the others.
    is_own: bool,
    /// Places in the asking table, in the order of the keys.
    from: Vec<usize>,
    /// How many of the columns have that word before the name of the key's column.
    n_roles: usize,
    /// The tables whose keys are hardly in doubt, found when they are first asked for.
    sure: OnceCell<Vec<u32>>,
}

/// All columns of a key, found in another table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Match<'a> {
    pub(crate) table: u32,
    /// Place in the target's keys.
    pub(crate) key: usize,
    /// Places in the asking table, in the order of the key.
    pub(crate) from: &'a [usize],
    /// Places in the target, in the order of the key.
    pub(crate) to: &'a [usize],
    /// A longer match holds all its columns.
    pub(crate) is_covered: bool,
    /// How many of the columns have another word before the name of the key's column.
    pub(crate) n_roles: usize,
    pub(crate) bond: Bond,
}

/// How well the names tell that a key is meant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bond {
    /// How much the asking table is a part of the target by its name: 1 the target's name stands in
    /// it, 2 it begins with it.
    pub(crate) part_of: u8,
    /// Which part of the target's name stands in the names of the key's columns.
    pub(crate) naming: f32,
}

impl Bond {
    fn new(asking: Asking<'_>, key: KeyAt) -> Self {
        let (own, target) = (asking.own, asking.table(key.table));
        let meant = target.meant_words();
        let is_in =
            own.meant_words().len() > meant.len() && meant.iter().all(|it| own.words.contains(it));
        let is_start = is_in && own.meant_words().starts_with(meant);
        let to = key.columns(target);
        let is_told =
            |word: &&SmolStr| to.iter().any(|at| target.columns[*at].words.contains(word));
        let naming = meant.iter().filter(is_told).count() as f32 / meant.len().max(1) as f32;
        Self { part_of: u8::from(is_in) + u8::from(is_start), naming }
    }

    /// To tell rivals: more is nearer.
    pub(crate) fn nearness(self) -> f32 {
        f32::from(self.part_of) + self.naming
    }

    /// Whether the names leave little doubt.
    fn is_sure(self) -> bool {
        self.part_of > 1 || self.nearness() >= 1.5
    }
}

impl<'a> Own<'a> {
    fn all(asking: Asking<'a>) -> Vec<Self> {
        let labels = asking.catalog.shapes.labels(asking);
        let own = |(column, (label, rest)): (&'a ColumnFacts, (Label, Option<u32>))| {
            let role = column.words.first().zip(rest);
            Self { label, role }
        };
        asking.own.columns.iter().zip(labels).map(own).collect()
    }

    /// Whether it has the name of a key's column, with that word before it.
    fn is_called(&self, word: &str, key: &Label) -> bool {
        self.role.is_some_and(|(role, name)| role == word && key.name.is_called(name))
    }

    /// Whether it is like a key's column, with that word before the name.
    fn plays(&self, word: &str, key: &Label) -> bool {
        self.is_called(word, key) && self.label.fits(key)
    }
}

impl<'a> Matches<'a> {
    pub(crate) fn new(asking: Asking<'a>) -> Self {
        let own = Own::all(asking);
        let places = asking.catalog.shapes.name_places(own.iter().map(|it| it.label));
        Self { asking, own, places, fits: OnceCell::new() }
    }

    /// The matches on the same columns in the same order, each group once; without groups of which
    /// no key has a standing that counts.
    pub(crate) fn groups(&self, counts: impl Fn(Standing) -> bool) -> Vec<Vec<Match<'_>>> {
        let mut places = Cow::Borrowed(&self.places);
        for (at, (_, name)) in self.roles() {
            places.to_mut().add(name, at);
        }
        let may_count = |it: &Shape| counts(it.standing) || self.is_edited(it);
        if self.asking.catalog.shapes.held(&places, may_count).is_empty() {
            return Vec::new();
        }
        let has_hope = |it: &&Fit<'_>| it.is_own || counts(it.shape.standing);
        let hopeful: Vec<&Fit<'_>> = self.fits().iter().filter(has_hope).collect();
        let mut groups: Vec<Vec<&Fit<'_>>> = Vec::new();
        for fit in self.fits().iter().filter(|it| hopeful.iter().any(|one| one.from == it.from)) {
            match groups.iter_mut().find(|it| it[0].from == fit.from) {
                Some(group) => group.push(fit),
                None => groups.push(vec![fit]),
            }
        }
        groups.iter().map(|it| self.matches(it)).collect()
    }

    /// All of them, in the order of the roles, and of their first keys.
    fn fits(&self) -> &[Fit<'a>] {
        self.fits.get_or_init(|| {
            let mut words: Vec<&SmolStr> = Vec::new();
            for (_, (word, _)) in self.roles() {
                if !words.contains(&word) && words.len() < MOST_ROLES {
                    words.push(word);
                }
            }
            let mut found = fits(self.asking, &self.own, &self.places, (0, None));
            for (nth, word) in words.into_iter().enumerate() {
                let mut places = self.places.clone();
                for (at, (_, name)) in self.roles().filter(|it| it.1.0 == word) {
                    places.add(name, at);
                }
                found.extend(fits(self.asking, &self.own, &places, (nth + 1, Some(word))));
            }
            found
        })
    }

    /// Whether a key of the asking table has that shape: as it is being edited it may have another
    /// one by now, and another standing.
    fn is_edited(&self, shape: &Shape) -> bool {
        let is_own = |it: &KeyAt| it.table == self.asking.own_place;
        self.asking.is_edited() && shape.keys.iter().any(is_own)
    }

    /// The columns that may play a role, with their places.
    fn roles(&self) -> impl Iterator<Item = (usize, (&'a SmolStr, u32))> {
        self.own.iter().enumerate().filter_map(|(at, own)| Some((at, own.role?)))
    }

    fn matches<'m>(&'m self, group: &[&'m Fit<'a>]) -> Vec<Match<'m>> {
        let mut keys: Vec<(usize, KeyAt, &Fit<'_>)> = Vec::new();
        for fit in group {
            keys.extend(fit.keys(self.asking).map(|key| (fit.role, *key, *fit)));
        }
        keys.sort_by_key(|it| (it.0, it.1));
        let is_covered = self.is_covered(&group[0].from);
        let of_key = |(_, key, fit): (usize, KeyAt, &'m Fit<'a>)| Match {
            table: key.table,
            key: usize::from(key.key),
            from: &fit.from,
            to: key.columns(self.asking.table(key.table)),
            is_covered,
            n_roles: fit.n_roles,
            bond: Bond::new(self.asking, key),
        };
        keys.into_iter().map(of_key).collect()
    }

    /// Whether a longer key that is hardly in doubt holds all those columns.
    fn is_covered(&self, from: &[usize]) -> bool {
        self.fits().iter().any(|fit| {
            fit.from.len() > from.len()
                && from.iter().all(|column| fit.from.contains(column))
                && !fit.sure(self.asking).is_empty()
        })
    }

    /// The keys that hold the column at a place.
    pub(crate) fn of_column(&self, place: usize) -> ColumnMatches<'_, 'a> {
        ColumnMatches { matches: self, place, fits: OnceCell::new() }
    }
}

/// Keys of several columns that hold one column.
pub(crate) struct ColumnMatches<'m, 'a> {
    matches: &'m Matches<'a>,
    place: usize,
    /// With the place of that column in the key, found when they are first asked for.
    fits: OnceCell<Vec<(&'m Fit<'a>, usize)>>,
}

impl<'m, 'a> ColumnMatches<'m, 'a> {
    fn fits(&self) -> &[(&'m Fit<'a>, usize)] {
        let nth = |fit: &Fit<'_>| fit.from.iter().position(|at| *at == self.place);
        let fits = || self.matches.fits().iter().filter_map(|it| Some((it, nth(it)?)));
        self.fits.get_or_init(|| fits().collect())
    }

    /// Whether a key's column that is like this one can be like that of a key, too.
    fn may_lead_to(&self, key: &ColumnFacts) -> bool {
        let Matches { asking, own, .. } = self.matches;
        let Own { label, role } = &own[self.place];
        let column = &asking.own.columns[self.place];
        role.is_some()
            || asking.catalog.shapes.has_other(label)
            || names(column).any(|it| names(key).any(|other| it == other))
    }

    /// Whether a longer key holds the column and leads, by the column of the same name there, to that
    /// key: 1 it may, 2 it does.
    pub(crate) fn lead_to(&self, target: u32, target_column: usize) -> f32 {
        let asking = self.matches.asking;
        let key = &asking.table(target).columns[target_column];
        if !self.may_lead_to(key) {
            return 0.0;
        }
        let strength = |(fit, nth): &(&Fit<'_>, usize)| {
            let mut others = fit.keys(asking).filter(|it| it.table != target);
            // The columns of one shape are alike: the first key tells for all.
            let is_there = others.next().is_some_and(|it| {
                let table = asking.table(it.table);
                is_same(&table.columns[it.columns(table)[*nth]], key)
            });
            match is_there {
                false => 0.0,
                true if fit.sure(asking).iter().any(|it| *it != target) => 2.0,
                true => 1.0,
            }
        };
        self.fits().iter().map(strength).fold(0.0, f32::max)
    }
}

impl<'a> Fit<'a> {
    /// The keys, at least one, in the order of the tables.
    fn keys(&self, asking: Asking<'_>) -> impl Iterator<Item = &'a KeyAt> + Clone + use<'a> {
        let (own_place, is_own) = (asking.own_place, self.is_own);
        self.shape.keys.iter().filter(move |it| (it.table == own_place) == is_own)
    }

    fn sure(&self, asking: Asking<'_>) -> &[u32] {
        let is_sure = |it: &&KeyAt| Bond::new(asking, **it).is_sure();
        self.sure.get_or_init(|| self.keys(asking).filter(is_sure).map(|it| it.table).collect())
    }
}

/// The keys that the table holds, if a word is given with that word before some of their columns, in
/// the order of their first keys.
fn fits<'a>(
    asking: Asking<'a>,
    own: &[Own<'_>],
    places: &NamePlaces,
    (role, word): (usize, Option<&SmolStr>),
) -> Vec<Fit<'a>> {
    let is_own = |it: &&KeyAt| it.table == asking.own_place;
    let is_played =
        |it: &Label| own.iter().any(|own| word.is_none_or(|word| own.is_called(word, it)));
    let mut found = Vec::new();
    for shape in asking.catalog.shapes.held(places, |_| true) {
        if !shape.columns.iter().any(is_played) {
            continue;
        }
        let mut add = |is_own: bool, from: Option<(Vec<usize>, usize)>| {
            found.extend(from.map(|(from, n_roles)| Fit {
                role,
                shape,
                is_own,
                from,
                n_roles,
                sure: OnceCell::new(),
            }));
        };
        if !shape.keys.iter().all(|it| is_own(&it)) {
            add(false, fit(own, places, shape.columns.iter(), word));
        }
        // A row refers to another one of its own table by a role alone.
        if let Some(key) = shape.keys.iter().find(is_own).filter(|_| word.is_some()) {
            let to = key.columns(asking.own);
            let labels = to.iter().map(|it| &own[*it].label);
            add(true, fit(own, places, labels, word).filter(|it| it.0 != to));
        }
    }
    found.sort_by_key(|it| it.keys(asking).next());
    found
}

/// The places of the columns that are like those of a key, and how many of them play a role.
fn fit<'k>(
    own: &[Own<'_>],
    places: &NamePlaces,
    key: impl ExactSizeIterator<Item = &'k Label>,
    word: Option<&SmolStr>,
) -> Option<(Vec<usize>, usize)> {
    let mut from: Vec<usize> = Vec::with_capacity(key.len());
    let mut n_roles = 0;
    for column in key {
        let find = |start: usize, is: &dyn Fn(&Own<'_>) -> bool| {
            (start..own.len()).find(|at| is(&own[*at]) && !from.contains(at))
        };
        let played = word.and_then(|word| find(0, &|it| it.plays(word, column)));
        n_roles += usize::from(played.is_some());
        let named = || find(places.start(column), &|it| it.label.is_same(column));
        from.push(played.or_else(named)?);
    }
    (word.is_none() || n_roles > 0).then_some((from, n_roles))
}

/// The names by which a column can be found: without the shared prefix and with it.
pub(crate) fn names(column: &ColumnFacts) -> impl Iterator<Item = &SmolStr> {
    let whole = column.whole.as_ref().map(|it| &it.1);
    std::iter::once(&column.glued).chain(whole).filter(|it| it.len() > 1)
}

/// The same as [`Label::is_same`], of columns that no key of several need hold.
fn is_same(own: &ColumnFacts, key: &ColumnFacts) -> bool {
    let is_bare = own.whole.is_none() && key.whole.is_none();
    own.kind.fits(key.kind)
        && names(own)
            .any(|it| names(key).any(|other| it == other) && (is_bare || !lexicon::is_generic(it)))
}
