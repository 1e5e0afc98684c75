//! The features of a column and the keys that it may refer to.

use smol_str::SmolStr;

use crate::{
    candidate::{Asking, Candidate, Stem},
    composite::Matches,
    facts::{ColumnFacts, Indexed, Standing},
    feature::{Feature, Features, N_FEATURES},
    kind::Kind,
    lexicon::{self, Ending},
    survey::{ColumnHabits, Pattern, Survey},
};

/// How much a table looks like one that keeps what others held: by its name, by its columns.
pub(crate) fn own_copy(asking: Asking<'_>) -> f32 {
    let is_marked = asking.own.words.iter().any(|it| lexicon::is_copy(it));
    flag(is_marked) + flag(asking.catalog.is_copy(asking.own))
}

/// The features of each candidate of a column.
pub(crate) fn features(
    asking: Asking<'_>,
    survey: &Survey,
    place: usize,
    candidates: &[Candidate],
    matches: &Matches<'_>,
    own_copy: f32,
) -> Vec<Features> {
    let column = &asking.own.columns[place];
    let stem = column.stem();
    let mut shared = [0.0; N_FEATURES];
    of_column(asking, survey, place, &stem, own_copy, &mut shared);
    let habits = survey.habits(column, stem.words);
    let longer = matches.of_column(place);
    let near: Vec<(u32, f32)> =
        candidates.iter().map(|it| (it.table, it.found.nearness())).collect();
    let of_each = |candidate: &Candidate| {
        let mut values = shared;
        of_candidate(asking, survey, column, &stem, candidate, &habits, &mut values);
        let nearness = candidate.found.nearness();
        let others = || near.iter().filter(|it| it.0 != candidate.table).map(|it| it.1);
        let rivals = others().filter(|it| *it >= nearness - 1e-6);
        values[Feature::Rivals as usize] = rivals.count() as f32;
        values[Feature::Lead as usize] = nearness - others().fold(0.0, f32::max);
        values[Feature::Covered as usize] = longer.lead_to(candidate.table, candidate.column);
        values
    };
    candidates.iter().map(of_each).collect()
}

fn log2(n: u32) -> f32 {
    (1.0 + n as f32).log2()
}

fn flag(is: bool) -> f32 {
    if is { 1.0 } else { 0.0 }
}

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
    set(Feature::IndexMissing, if is_indexed { 0.0 } else { -survey.index_rate(column.ending) });
    let is_named = |it: &SmolStr| it == "fk" || it == "fki" || it == "fkindex" || it == "ifk";
    set(Feature::IndexNamed, flag(column.index_words.iter().any(is_named)));
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
    let stem_glued = stem.words.concat();
    let is_own =
        stem_glued == asking.own.words.concat() || stem_glued == asking.own.meant_words().concat();
    set(Feature::OwnKey, flag(is_own));
    set(Feature::OwnKeyless, flag(asking.own.primary.is_empty()));
    let name = column.whole.as_ref().map_or(&column.glued, |it| &it.1);
    let count = asking.catalog.column_count(name);
    set(Feature::Common, log2(count.n));
    set(Feature::CommonKey, count.n_sole_primary as f32 / count.n.max(1) as f32);
    set(Feature::StemWords, stem.words.len().min(6) as f32);
    set(Feature::Polymorphic, flag(is_polymorphic(asking, stem)));
    set(Feature::Outside, flag(stem.words.iter().any(|it| lexicon::is_outside(it))));
    set(Feature::Generic, flag(lexicon::is_generic(&column.glued)));
    set(Feature::Lookup, flag(stem.words.last().is_some_and(|it| lexicon::is_lookup(it))));
    set(Feature::HabitDensity, survey.density(asking.catalog));
    set(Feature::OwnDeclares, survey.own_declares(asking.own_place));
}

/// Whether a column beside it says what kind of thing the id belongs to.
fn is_polymorphic(asking: Asking<'_>, stem: &Stem<'_>) -> bool {
    let stem_glued = stem.words.concat();
    asking.own.columns.iter().any(|other| {
        let Some((last, before)) = other.words.split_last() else { return false };
        lexicon::is_kind_word(last)
            && !before.is_empty()
            && before.concat() == stem_glued
            && matches!(other.kind, Kind::Text | Kind::Enum(_))
    })
}

fn of_candidate(
    asking: Asking<'_>,
    survey: &Survey,
    column: &ColumnFacts,
    stem: &Stem<'_>,
    candidate: &Candidate,
    habits: &ColumnHabits<'_>,
    values: &mut Features,
) {
    let own = asking.own;
    let target = asking.table(candidate.table);
    let key = &target.columns[candidate.column];
    let found = &candidate.found;
    let mut set = |feature: Feature, value: f32| values[feature as usize] = value;

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
        match (stem.ending, key.ending) {
            (Ending::Id, Ending::Id) => 1.0,
            (Ending::Bare, _) | (_, Ending::Bare) => 0.0,
            _ => -1.0,
        }
    };
    set(Feature::KeyFit, fit);
    let standing = match target.keys.get(candidate.key).map(|it| it.standing) {
        Some(Standing::Primary) => 2.0,
        Some(Standing::Unique) => 1.0,
        Some(Standing::Assumed) | None => 0.0,
    };
    set(Feature::Standing, standing);
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
    if let (Some(first), Some(other)) = (own.words.first(), target.words.first()) {
        let share = asking.catalog.n_beginning(first) as f32 / n_tables;
        let is_same = first == other && candidate.table != asking.own_place && share < 0.8;
        set(Feature::SameModule, flag(is_same));
    }
    set(Feature::OwnNamesTarget, flag(own.is_named_after(target)));
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
    set(Feature::IndexNames, flag(!is_told && names(&column.index_words)));

    let has_declared = survey.n_declared > 0;
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
