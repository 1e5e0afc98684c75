//! The features of a column and the keys that it may refer to.

use smol_str::SmolStr;

use crate::{
    bounds::Bounds,
    candidate::{Asking, Candidate, Found, letters},
    facts::{ColumnFacts, Indexed, Standing, TableFacts},
    feature::{Feature, Features, N_FEATURES, PRIMARY, UNIQUE},
    kind::Kind,
    lexicon::{self, Ending},
    matches::Matches,
    rules,
    stem::Stem,
    survey::{ColumnHabits, Pattern, Survey},
    vocabulary::Words,
};

/// How much a table looks like one that keeps what others held: by its name, by its columns.
pub(crate) fn own_copy(asking: Asking<'_>) -> f32 {
    let is_marked = asking.own.words.iter().any(|it| lexicon::is_copy(it));
    flag(is_marked) + flag(asking.catalog.is_copy(asking.own))
}

/// A column and the keys that it may refer to, to be weighed.
pub(crate) struct Scales<'a> {
    asking: Asking<'a>,
    survey: &'a Survey,
    place: usize,
    column: &'a ColumnFacts,
    candidates: &'a [Candidate],
    /// The table of each candidate and how near it is.
    near: Vec<(u32, f32)>,
    habits: ColumnHabits<'a>,
    index_words: Words,
    /// The features of the column, those of candidates being 0.
    of_column: Features,
}

impl<'a> Scales<'a> {
    pub(crate) fn new(
        asking: Asking<'a>,
        survey: &'a Survey,
        place: usize,
        candidates: &'a [Candidate],
        own_copy: f32,
    ) -> Self {
        let column = &asking.own.columns[place];
        let stem = column.stem();
        let read = |name: &SmolStr| asking.catalog.vocabulary.read(name);
        let index_words: Words = column.index_names.iter().flat_map(read).collect();
        let mut values = [0.0; N_FEATURES];
        of_column(asking, survey, place, &stem, own_copy, &mut values);
        let is_named = |it: &SmolStr| it == "fk" || it == "fki" || it == "fkindex" || it == "ifk";
        values[Feature::IndexNamed as usize] = flag(index_words.iter().any(is_named));
        Self {
            asking,
            survey,
            place,
            column,
            candidates,
            near: candidates.iter().map(|it| (it.table, it.found.nearness())).collect(),
            habits: survey.habits(column, stem.words),
            index_words,
            of_column: values,
        }
    }

    /// What can be told of the candidates without looking at each closely.
    pub(crate) fn bounds(&self) -> Bounds {
        let mut bounds = Bounds::new();
        for feature in OF_COLUMN {
            bounds.add(*feature, self.of_column[*feature as usize]);
        }
        for candidate in self.candidates {
            of_found(&candidate.found, &mut |feature, value| bounds.add(feature, value));
            let (rivals, lead) = self.rivals(candidate);
            bounds.add(Feature::Rivals, rivals);
            bounds.add(Feature::Lead, lead);
            bounds.add(Feature::Standing, standing(candidate, &self.habits));
        }
        if bounds.of(Feature::Rivals).is_some_and(|it| it.0 > 0.0) {
            bounds.add(Feature::Ruled, 0.0);
        }
        let column = self.column;
        if !column.is_sole_primary {
            bounds.add(Feature::SharedKey, 0.0);
        }
        if column.note_words.is_empty() {
            bounds.add(Feature::NoteNames, 0.0);
        }
        if self.index_words.is_empty() {
            bounds.add(Feature::IndexNames, 0.0);
        }
        if !self.habits.has_name() {
            bounds.add(Feature::HabitColumn, self.habits.of_name(0));
            bounds.add(Feature::HabitColumnCount, 0.0);
        }
        if !self.habits.has_role() {
            bounds.add(Feature::HabitRole, self.habits.of_role(0));
        }
        bounds
    }

    /// The features of each candidate.
    pub(crate) fn weigh(&self, matches: &Matches<'_>) -> Vec<Features> {
        let stem = self.column.stem();
        let longer = matches.of_column(self.place);
        let of_each = |candidate: &Candidate| {
            let mut values = self.of_column;
            of_candidate(self, &stem, candidate, &mut values);
            let (rivals, lead) = self.rivals(candidate);
            values[Feature::Rivals as usize] = rivals;
            values[Feature::Lead as usize] = lead;
            values[Feature::Covered as usize] = longer.lead_to(candidate.table, candidate.column);
            values
        };
        let mut features: Vec<Features> = self.candidates.iter().map(of_each).collect();
        let cover = Feature::OwnCover as usize;
        let most = features.iter().map(|it| it[cover]).fold(0.0, f32::max);
        for values in &mut features {
            values[Feature::OwnNearest as usize] = flag(most > 0.0 && values[cover] >= most);
            rules::mark(values);
        }
        features
    }

    /// How many other tables are as near as a candidate, and how much nearer it is than all of them.
    fn rivals(&self, candidate: &Candidate) -> (f32, f32) {
        let nearness = candidate.found.nearness();
        let others = || self.near.iter().filter(|it| it.0 != candidate.table).map(|it| it.1);
        let rivals = others().filter(|it| *it >= nearness - 1e-6);
        (rivals.count() as f32, nearness - others().fold(0.0, f32::max))
    }
}

/// Which part of the name of a table is that of another one with which it begins: rows of
/// `order_line_taxes` belong to `order_lines` and not to `orders`.
fn own_cover(own: &TableFacts, target: &TableFacts) -> f32 {
    let (own, target) = (own.meant_words(), target.meant_words());
    let is_part = !target.is_empty() && target.len() < own.len() && own.starts_with(target);
    if is_part { letters(target) / letters(own) } else { 0.0 }
}

fn log2(n: u32) -> f32 {
    (1.0 + n as f32).log2()
}

fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

/// What is told by the column alone.
const OF_COLUMN: &[Feature] = {
    use Feature::*;
    &[
        Ending,
        LeadingId,
        Indexed,
        IndexMissing,
        IndexNamed,
        Primary,
        Unique,
        NotNull,
        HasDefault,
        Kind,
        First,
        OwnCopy,
        Numbered,
        OwnKey,
        OwnKeyless,
        Common,
        CommonKey,
        StemWords,
        Polymorphic,
        Outside,
        Generic,
        Lookup,
        HabitDensity,
        OwnDeclares,
    ]
};

fn of_column(
    asking: Asking<'_>,
    survey: &Survey,
    place: usize,
    stem: &Stem<'_>,
    own_copy: f32,
    values: &mut Features,
) {
    let column = &asking.own.columns[place];
    let mut set = |feature: Feature, value: f32| values[feature as usize] = value;
    set(
        Feature::Ending,
        match stem.ending {
            Ending::Bare => 0.0,
            Ending::Id => 1.0,
            Ending::Code => 2.0,
        },
    );
    set(Feature::LeadingId, flag(stem.has_leading_id));
    let indexed = match column.index {
        Indexed::No => 0.0,
        Indexed::First => 1.0,
        Indexed::Alone => 2.0,
    };
    set(Feature::Indexed, indexed);
    let is_indexed = indexed > 0.0 || column.is_unique || column.is_primary;
    set(Feature::IndexMissing, if is_indexed { 0.0 } else { -survey.index_rate(column.ending()) });
    set(Feature::Primary, if column.is_sole_primary { 2.0 } else { flag(column.is_primary) });
    set(Feature::Unique, flag(column.is_unique));
    set(Feature::NotNull, flag(column.is_not_null || column.is_primary));
    set(Feature::HasDefault, flag(column.has_default));
    set(
        Feature::Kind,
        match column.kind {
            Kind::Unknown => 0.0,
            Kind::Int => 1.0,
            Kind::Text => 2.0,
            Kind::Uuid => 3.0,
            _ => 4.0,
        },
    );
    set(Feature::First, flag(place == 0));
    set(Feature::OwnCopy, own_copy);
    let is_own = is_glued_alike(stem.words, &asking.own.words)
        || is_glued_alike(stem.words, asking.own.meant_words());
    set(Feature::OwnKey, flag(is_own));
    set(Feature::OwnKeyless, flag(asking.own.primary.is_empty()));
    let name = column.whole.as_ref().map_or(&column.glued, |it| &it.1);
    let count = asking.catalog.column_count(name);
    set(Feature::Common, log2(count.n));
    set(Feature::CommonKey, count.n_sole_primary as f32 / count.n.max(1) as f32);
    set(Feature::StemWords, stem.words.len().min(6) as f32);
    set(Feature::Polymorphic, flag(is_polymorphic(asking, stem)));
    set(Feature::Outside, flag(stem.words.iter().any(|it| lexicon::is_outside(it))));
    set(Feature::Numbered, flag(stem.is_numbered));
    set(Feature::Generic, flag(lexicon::is_generic(&column.glued)));
    set(Feature::Lookup, flag(stem.words.last().is_some_and(|it| lexicon::is_lookup(it))));
    set(Feature::HabitDensity, survey.density(asking.catalog));
    set(Feature::OwnDeclares, survey.own_declares(asking.own_place));
}

/// Whether the words are the same when they are written together.
fn is_glued_alike(one: &[SmolStr], other: &[SmolStr]) -> bool {
    let letters = |words: &'_ [SmolStr]| -> usize { words.iter().map(|it| it.len()).sum() };
    letters(one) == letters(other)
        && one.iter().flat_map(|it| it.bytes()).eq(other.iter().flat_map(|it| it.bytes()))
}

/// Whether a column beside it says what kind of thing the id belongs to.
fn is_polymorphic(asking: Asking<'_>, stem: &Stem<'_>) -> bool {
    asking.own.columns.iter().any(|other| {
        let Some((last, before)) = other.words.split_last() else { return false };
        lexicon::is_kind_word(last)
            && !before.is_empty()
            && is_glued_alike(before, stem.words)
            && matches!(other.kind, Kind::Text | Kind::Enum(_))
    })
}

/// What is told by how a candidate was found.
fn of_found(found: &Found, set: &mut dyn FnMut(Feature, f32)) {
    set(Feature::NameCover, found.name);
    set(Feature::TableCover, found.of_table);
    set(Feature::WordsBefore, f32::from(found.n_before));
    set(Feature::HeadCover, found.head);
    set(Feature::KeyCover, found.key);
    set(Feature::Actor, found.actor);
    set(Feature::Tree, flag(found.is_tree));
    set(Feature::Abbreviation, f32::from(found.abbreviation));
    set(Feature::LetterCover, found.letters);
    set(Feature::LetterTable, found.of_letters);
    set(Feature::Shuffled, flag(found.is_shuffled));
    set(Feature::Gapped, flag(found.is_gapped));
}

fn standing(candidate: &Candidate, habits: &ColumnHabits<'_>) -> f32 {
    match candidate.standing {
        // A key to which declared keys on columns of its name lead is as good as a primary one.
        _ if candidate.found.key >= 1.0 && habits.n_of_name(candidate.table) > 0 => PRIMARY,
        Standing::Primary => PRIMARY,
        Standing::Unique => UNIQUE,
        Standing::Assumed => 0.0,
    }
}

fn of_candidate(
    scales: &Scales<'_>,
    stem: &Stem<'_>,
    candidate: &Candidate,
    values: &mut Features,
) {
    let Scales { asking, survey, column, habits, index_words, .. } = scales;
    let asking = *asking;
    let own = asking.own;
    let target = asking.table(candidate.table);
    let key = &target.columns[candidate.column];
    let found = &candidate.found;
    let mut set = |feature: Feature, value: f32| values[feature as usize] = value;

    of_found(found, &mut set);
    let n_tables = asking.catalog.tables.len().max(1) as f32;
    if let (Some(first), true) = (target.words.first(), found.n_before > 0) {
        set(Feature::BeforeShared, asking.catalog.n_beginning(first) as f32 / n_tables);
        let before = &target.words[..usize::from(found.n_before).min(target.words.len())];
        set(Feature::BeforeOwn, flag(before.iter().all(|it| own.words.contains(it))));
    }

    let naming = target.keys.get(candidate.key).map(|it| it.naming).unwrap_or_default();
    set(Feature::KeyTables, if found.key > 0.0 { log2(naming.n_tables - 1) } else { 0.0 });
    set(Feature::KeyOwner, flag(naming.is_of_table));
    set(Feature::TargetShares, flag(naming.is_of_other));
    let (own_last, key_last) = (column.words.last(), key.words.last());
    let fit = if own_last == key_last {
        2.0
    } else {
        match (stem.ending, key.ending()) {
            (Ending::Id, Ending::Id) => 1.0,
            (Ending::Bare, _) | (_, Ending::Bare) => 0.0,
            _ => -1.0,
        }
    };
    set(Feature::KeyFit, fit);
    set(Feature::Standing, standing(candidate, habits));
    set(Feature::SharedKey, flag(column.is_sole_primary && key.is_generated));
    let type_fit = if column.type_text == key.type_text {
        2.0
    } else if column.kind == Kind::Unknown || key.kind == Kind::Unknown {
        0.0
    } else {
        1.0
    };
    set(Feature::TypeFit, type_fit);

    let same_schema = match (&own.schema, &target.schema) {
        (None, None) => 0.0,
        (one, other) if one == other => 1.0,
        _ => -1.0,
    };
    set(Feature::SameSchema, same_schema);
    set(Feature::SelfRef, flag(candidate.table == asking.own_place));
    if own.module.is_some() && candidate.table != asking.own_place {
        set(Feature::SameModule, flag(own.module == target.module));
    }
    set(Feature::OwnNamesTarget, flag(own.is_named_after(target)));
    set(Feature::OwnCover, own_cover(own, target));
    set(Feature::TargetNamesOwn, flag(target.is_named_after(own)));
    set(Feature::Popular, log2(survey.n_nearest(candidate.table)));
    set(Feature::TargetSize, log2(target.columns.len() as u32));

    let names = |words: &[SmolStr]| {
        let is_meant = |it: &&SmolStr| asking.catalog.n_beginning(it) < 3;
        let mut meant = target.words.iter().filter(is_meant).peekable();
        !words.is_empty() && meant.peek().is_some() && meant.all(|it| words.contains(it))
    };
    set(Feature::NoteNames, flag(names(&column.note_words)));
    let is_told = found.name > 0.0 && found.of_table >= 1.0;
    set(Feature::IndexNames, flag(!is_told && names(index_words)));

    let has_declared = survey.has_declared();
    set(Feature::HabitColumn, habits.of_name(candidate.table));
    let n_here = habits.n_of_name(candidate.table);
    set(Feature::HabitColumnCount, log2(n_here));
    set(Feature::HabitRole, habits.of_role(candidate.table));
    let pattern = survey.pattern(Pattern::of(column, candidate));
    set(Feature::Pattern, log2(pattern.n));
    let incoming = log2(survey.n_incoming(candidate.table));
    set(Feature::HabitTarget, if has_declared { incoming } else { -1.0 });
    if has_declared {
        let rates = survey.rates(asking, column, candidate);
        set(Feature::RateName, rates.name);
        set(Feature::RateRole, rates.role);
        set(Feature::RateTarget, rates.target);
        set(Feature::RateTable, rates.table);
        set(Feature::RateModule, rates.module);
        set(Feature::RateWay, rates.way);
        set(Feature::RateShape, rates.shape);
        set(Feature::RateAll, rates.all);
        set(Feature::OpenName, (1.0 + rates.n_open_name).log2());
        set(Feature::OpenTable, (1.0 + rates.n_open_table).log2());
    }
}
