//! Keys of several columns: a table that holds all columns of another table's key may refer to it.

use crate::{
    candidate::Asking,
    catalog::Catalog,
    facts::{ColumnFacts, Standing},
    feature::{Feature, Features, N_FEATURES, PRIMARY, UNIQUE},
    kind::Kind,
    lexicon,
    matches::{Match, names},
    survey::Survey,
};

fn says_nothing(name: &str) -> bool {
    lexicon::is_generic(name)
}

/// How many columns of a key have the name of a key of one column elsewhere.
fn n_borrowed(asking: Asking<'_>, table: u32, columns: &[usize]) -> usize {
    let target = asking.table(table);
    let is_borrowed = |at: &&usize| {
        let column = &target.columns[**at];
        let has_stem = |it: &ColumnFacts| {
            let stem = it.stem().words;
            stem.len() < it.words.len()
                && !target.words.ends_with(stem)
                && asking
                    .catalog
                    .ending_in(&stem.concat())
                    .iter()
                    .any(|it| it.table != table && it.n_before <= 2)
        };
        names(column).any(|name| asking.catalog.keys_named(name).iter().any(|it| it.table != table))
            || has_stem(column)
    };
    columns.iter().filter(is_borrowed).count()
}

/// The features of a match among those on the same columns.
pub(crate) fn features(
    asking: Asking<'_>,
    survey: &Survey,
    one: &Match<'_>,
    group: &[Match<'_>],
) -> Features {
    let mut values = [0.0; N_FEATURES];
    let mut set = |feature: Feature, value: f32| values[feature as usize] = value;
    let (own, target) = (asking.own, asking.table(one.table));
    let catalog: &Catalog = asking.catalog;
    let part = |n: usize, all: usize| n as f32 / all.max(1) as f32;
    let n_primary = one.from.iter().filter(|it| own.columns[**it].is_primary).count();
    set(Feature::KeySize, one.from.len() as f32);
    set(Feature::Primary, part(n_primary, one.from.len()));
    set(Feature::OwnPrimary, part(n_primary, own.primary.len()));
    let is_primary = target.keys[one.key].standing == Standing::Primary;
    set(Feature::Standing, if is_primary { PRIMARY } else { UNIQUE });
    set(Feature::Covered, f32::from(u8::from(one.is_covered)));
    let others = group.iter().filter(|it| it.table != one.table);
    let best = others.clone().map(|it| it.bond.nearness()).fold(0.0, f32::max);
    let n_rivals = others.filter(|it| it.bond.nearness() >= one.bond.nearness()).take(8).count();
    set(Feature::Rivals, n_rivals as f32);
    set(Feature::Lead, one.bond.nearness() - best);
    set(Feature::KeyCover, 1.0 - part(one.n_roles, one.from.len()));
    set(Feature::Borrowed, part(n_borrowed(asking, one.table, one.to), one.to.len()));
    set(Feature::PartOf, f32::from(one.bond.part_of));
    set(Feature::TableCover, one.bond.naming);
    let is_empty = |at: &&usize| {
        let words = &target.columns[**at].words;
        words.iter().all(|it| says_nothing(it)) || target.columns[**at].kind == Kind::Time
    };
    set(Feature::Generic, part(one.to.iter().filter(is_empty).count(), one.to.len()));
    set(Feature::SelfRef, f32::from(u8::from(one.table == asking.own_place)));
    let is_alike = |(from, to): (&usize, &usize)| {
        own.columns[*from].type_text == target.columns[*to].type_text
    };
    let n_alike = one.from.iter().zip(one.to).filter(|it| is_alike(*it)).count();
    set(Feature::TypeFit, part(n_alike, one.to.len()));
    set(Feature::TargetNamesOwn, f32::from(u8::from(target.is_named_after(own))));
    let counts = one.to.iter().map(|it| {
        let column = &target.columns[*it];
        catalog.column_count(column.whole_glued()).n
    });
    let rarest = counts.min().unwrap_or(0);
    set(Feature::Common, (1.0 + rarest as f32).log2());
    set(Feature::TargetSize, (1.0 + target.columns.len() as f32).log2());
    let has_declared = survey.has_declared();
    let incoming = (1.0 + survey.n_incoming(one.table) as f32).log2();
    set(Feature::HabitTarget, if has_declared { incoming } else { -1.0 });
    set(Feature::HabitSeveral, survey.several());
    let incoming = (1.0 + survey.n_incoming_several(one.table) as f32).log2();
    set(Feature::HabitTargetSeveral, if has_declared { incoming } else { -1.0 });
    set(Feature::HabitDensity, survey.density(catalog));
    let n_taken = one.from.iter().filter(|it| survey.is_taken(asking.own_place, **it)).count();
    set(Feature::HabitTaken, part(n_taken, one.from.len()));
    set(Feature::Held, f32::from(survey.held(asking.own_place, one.from, one.table)));
    set(Feature::OwnDeclares, survey.own_declares(asking.own_place));
    values
}
