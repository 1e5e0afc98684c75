//! The questions that a table asks: which of these keys, if any, do these columns mean?

use std::cell::LazyCell;

use crate::{
    bounds::Bounds,
    candidate::{Asking, Found, candidates},
    composite,
    facts::{Standing, TableFacts},
    feature::{Feature, Features},
    matches::{Match, Matches},
    model::Model,
    rules,
    suggestion::DEFAULT_CONFIDENCE,
    survey::Survey,
    weigh::{self, Scales},
    weights::Weights,
};

/// Columns of one table and the keys that they may refer to.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    /// Places of the columns in their table.
    pub(crate) from: Vec<usize>,
    pub(crate) answers: Vec<Answer>,
}

/// A key that the columns may refer to.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Place of the target in the catalog.
    pub(crate) table: u32,
    /// Place in the target's keys.
    key: usize,
    pub(crate) features: Features,
    /// How a key of one column was found.
    pub(crate) found: Option<Found>,
}

impl Answer {
    /// Places of the key's columns in the target.
    pub(crate) fn to<'a>(&self, target: &'a TableFacts) -> &'a [usize] {
        &target.keys[self.key].columns
    }
}

/// Which questions are worth asking: those of which some answer may be likely enough.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hope<'a> {
    /// The weights of keys of one column; none where all are asked about.
    model: Option<&'a Model>,
    /// What an answer must score.
    least: f32,
    /// Whether what follows from a rule is likely enough.
    has_rules: bool,
}

impl<'a> Hope<'a> {
    /// All questions are.
    pub(crate) const ALL: Self = Self { model: None, least: f32::MIN, has_rules: true };

    /// Those that may reach the confidence.
    pub(crate) fn new(weights: &'a Weights, has_habits: bool, min_confidence: f64) -> Self {
        let single = weights.model(has_habits, false);
        Self {
            model: Some(single),
            least: single.least(min_confidence),
            has_rules: min_confidence <= DEFAULT_CONFIDENCE,
        }
    }

    /// Whether a column may mean one of the candidates that are within the bounds.
    fn has_candidate(&self, bounds: &Bounds) -> bool {
        let may_be = |feature: Feature, value: f32| {
            bounds.of(feature).is_none_or(|(low, high)| (low..=high).contains(&value))
        };
        self.model.is_none_or(|it| it.most(bounds) >= self.least)
            || (self.has_rules && may_be(Feature::Ruled, 1.0))
    }
}

/// All questions of a table that are worth asking; columns that `is_taken` says to hold a key already are asked about in
/// keys of several columns alone.
pub(crate) fn questions(
    asking: Asking<'_>,
    survey: &Survey,
    is_taken: &dyn Fn(usize) -> bool,
    hope: &Hope<'_>,
) -> Vec<Question> {
    if asking.catalog.is_archive(asking.own) {
        return Vec::new();
    }
    let matches = Matches::new(asking);
    let mut questions = of_several_columns(asking, survey, &matches);
    let has_habits = survey.has_habits();
    let own_copy = LazyCell::new(|| weigh::own_copy(asking));
    for place in 0..asking.own.columns.len() {
        // What is left open many times and never declared is not meant, in a schema with habits.
        let column = &asking.own.columns[place];
        if is_taken(place) || (has_habits && survey.is_left_open(asking, column)) {
            continue;
        }
        let found = candidates(asking, place, survey);
        if found.is_empty() {
            continue;
        }
        let scales = Scales::new(asking, survey, place, &found, *own_copy);
        if !hope.has_candidate(&scales.bounds()) {
            continue;
        }
        let features = scales.weigh(&matches);
        debug_assert!(
            features.iter().all(|it| scales.bounds().hold(it)),
            "{place} is out of bounds"
        );
        let answers = found.iter().zip(features).map(|(candidate, features)| Answer {
            table: candidate.table,
            key: candidate.key,
            features,
            found: Some(candidate.found),
        });
        questions.push(Question { from: vec![place], answers: answers.collect() });
    }
    questions
}

fn of_several_columns(asking: Asking<'_>, survey: &Survey, matches: &Matches<'_>) -> Vec<Question> {
    let ask = |group: Vec<Match<'_>>| {
        let answers = group.iter().map(|it| Answer {
            table: it.table,
            key: it.key,
            features: composite::features(asking, survey, it, &group),
            found: None,
        });
        Question { from: group[0].from.to_vec(), answers: answers.collect() }
    };
    // Of the columns of some unique index nearly every table has the like.
    let groups = matches.groups(|it| it == Standing::Primary);
    let mut questions: Vec<Question> = groups.into_iter().map(ask).collect();
    count_rivals_of_other_orders(&mut questions);
    for answer in questions.iter_mut().flat_map(|it| &mut it.answers) {
        rules::mark(&mut answer.features);
    }
    questions
}

/// Keys on the same columns in another order are rivals, too.
fn count_rivals_of_other_orders(questions: &mut [Question]) {
    let sorted = |it: &Question| {
        let mut columns = it.from.clone();
        columns.sort_unstable();
        columns
    };
    let sets: Vec<Vec<usize>> = questions.iter().map(sorted).collect();
    for (question, set) in questions.iter_mut().zip(&sets) {
        let n_others = sets.iter().filter(|it| *it == set).count() - 1;
        for answer in &mut question.answers {
            answer.features[Feature::Rivals as usize] += n_others as f32;
        }
    }
}
