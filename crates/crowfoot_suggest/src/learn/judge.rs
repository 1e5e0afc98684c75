//! Suggestions held against the keys that were taken away.

use std::collections::BTreeMap;

use crowfoot_schema::Diagram;

use super::{Strip, TrueKey, Truth, strip};
use crate::{Suggester, Suggestion, Weights};

/// How suggestions fared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judgement {
    /// Keys that were taken away.
    pub n_keys: usize,
    /// Suggestions at the threshold or above, those that are neither right nor wrong left out.
    pub n_shown: usize,
    pub n_right: usize,
    /// By confidence in tenths, whatever the threshold.
    pub bins: [Bin; 10],
    pub misses: BTreeMap<Miss, usize>,
    /// What was suggested and is not declared.
    pub wrong: Vec<Suggestion>,
    pub missed: Vec<(Miss, TrueKey)>,
}

/// Suggestions of about the same confidence.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    pub n: usize,
    pub n_right: usize,
    /// The sum of their confidence.
    pub confidence: f64,
}

/// Why a key was not suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Miss {
    /// It has several columns.
    SeveralColumns,
    /// Another target was likelier.
    OtherTarget,
    /// The confidence was too low.
    Unsure,
    /// No candidate was found for the column.
    NotFound,
}

impl Miss {
    /// In words.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SeveralColumns => "several columns",
            Self::OtherTarget => "another target",
            Self::Unsure => "not sure enough",
            Self::NotFound => "no candidate",
        }
    }
}

impl Judgement {
    /// The part of what was shown that is right.
    pub fn precision(&self) -> f64 {
        part(self.n_right, self.n_shown)
    }

    /// The part of the keys that was found.
    pub fn recall(&self) -> f64 {
        part(self.n_right, self.n_keys)
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        part(2 * self.n_right, self.n_shown + self.n_keys)
    }

    /// Adds another schema.
    pub fn add(&mut self, other: &Self) {
        self.n_keys += other.n_keys;
        self.n_shown += other.n_shown;
        self.n_right += other.n_right;
        for (bin, other) in self.bins.iter_mut().zip(&other.bins) {
            bin.n += other.n;
            bin.n_right += other.n_right;
            bin.confidence += other.confidence;
        }
        for (miss, n) in &other.misses {
            *self.misses.entry(*miss).or_default() += n;
        }
    }
}

fn part(n: usize, all: usize) -> f64 {
    n as f64 / all.max(1) as f64
}

/// Takes declared keys away, suggests, and compares.
///
/// Direction and columns must match. One pair of columns of a key of several is neither right nor wrong.
pub fn judge(diagram: &Diagram, how: Strip, min_confidence: f64) -> Judgement {
    judge_with(Weights::shipped(), diagram, how, min_confidence)
}

/// The same with other weights than the shipped ones.
pub fn judge_with(
    weights: &'static Weights,
    diagram: &Diagram,
    how: Strip,
    min_confidence: f64,
) -> Judgement {
    let (stripped, keys) = strip(diagram, how);
    let truth = Truth::new(&keys);
    let suggestions =
        Suggester::new(&stripped).with_weights(weights).with_min_confidence(0.0).all();
    let mut judgement = Judgement { n_keys: keys.len(), ..Judgement::default() };
    let mut found: Vec<TrueKey> = Vec::new();
    for suggestion in &suggestions {
        let key = of(suggestion);
        let is_right = truth.has(&key);
        if !is_right && truth.is_part(&key) {
            continue;
        }
        let bin = &mut judgement.bins[((suggestion.confidence * 10.0) as usize).min(9)];
        bin.n += 1;
        bin.n_right += usize::from(is_right);
        bin.confidence += suggestion.confidence;
        if suggestion.confidence < min_confidence {
            continue;
        }
        judgement.n_shown += 1;
        judgement.n_right += usize::from(is_right);
        if is_right {
            found.push(key);
        } else {
            judgement.wrong.push(suggestion.clone());
        }
    }
    for key in keys.iter().filter(|it| !found.contains(it)) {
        let miss = miss(key, &suggestions);
        *judgement.misses.entry(miss).or_default() += 1;
        judgement.missed.push((miss, key.clone()));
    }
    judgement
}

fn miss(key: &TrueKey, suggestions: &[Suggestion]) -> Miss {
    let [(from, _)] = key.pairs.as_slice() else { return Miss::SeveralColumns };
    let on_column = suggestions.iter().find(|it| it.from_columns == [*from]);
    match on_column {
        None => Miss::NotFound,
        Some(it) if of(it) == *key => Miss::Unsure,
        Some(_) => Miss::OtherTarget,
    }
}

fn of(suggestion: &Suggestion) -> TrueKey {
    let (from, to) = (suggestion.from_columns.iter(), suggestion.to_columns.iter());
    let mut pairs: Vec<_> = from.copied().zip(to.copied()).collect();
    pairs.sort_unstable();
    TrueKey { from: suggestion.from_table, to: suggestion.to_table, pairs }
}
