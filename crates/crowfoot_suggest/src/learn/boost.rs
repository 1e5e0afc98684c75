//! Fitting the points: gradient boosting of a choice among the candidates of a column and none.
//!
//! Friedman's "Greedy function approximation: a gradient boosting machine" (2001), with second-order
//! steps and the loss of a conditional logit. Each round adds points on one side of one cut of one
//! feature, or in the quarters that a cut of each of two makes; the sum of many is a [`Term`].

use std::collections::BTreeMap;

use crate::{
    feature::{Feature, Features, N_FEATURES},
    model::{Model, Scale, Term},
};

/// The candidates of one column and which of them is right.
#[derive(Clone, Debug)]
pub struct Sample {
    pub options: Vec<Features>,
    /// Those that are right; none where the column is no key.
    pub right: Vec<usize>,
    pub weight: f32,
}

/// How the points are fitted.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub n_rounds: usize,
    pub step: f32,
    /// How much points are held back.
    pub ridge: f32,
    /// The least sum of curvature on either side of a cut.
    pub least: f32,
    /// Features that may speak; all of them if there are none.
    pub features: &'static [Feature],
    /// Features that may speak together.
    pub pairs: &'static [(Feature, Feature)],
}

/// A feature has at most so many cuts.
const CUTS: usize = 5;

struct Binned {
    /// The step of each row, feature by feature.
    steps: Vec<Vec<u8>>,
    cuts: Vec<Vec<f32>>,
}

/// One feature or two.
type Key = (usize, Option<usize>);

/// What a round adds: points by whether the step is above the cut, for the first feature and the
/// second.
#[derive(Clone, Copy)]
struct Addition {
    key: Key,
    above: (usize, usize),
    points: [[f32; 2]; 2],
    gain: f32,
}

impl Addition {
    fn of(&self, first: usize, second: usize) -> f32 {
        self.points[usize::from(first > self.above.0)][usize::from(second > self.above.1)]
    }
}

/// Fits points to samples.
pub fn fit(samples: &[Sample], plan: Plan) -> Model {
    let rows: Vec<&Features> = samples.iter().flat_map(|it| &it.options).collect();
    let binned = bin(samples);
    let mut scores = vec![0.0_f32; rows.len()];
    let mut slopes = vec![(0.0_f32, 0.0_f32); rows.len()];
    let mut sums: BTreeMap<Key, Vec<f32>> = BTreeMap::new();
    for nth in 0..plan.n_rounds {
        find_slopes(samples, &scores, &mut slopes);
        let Some(best) = best_addition(&binned, &slopes, plan, nth) else { break };
        let n_steps = |feature: usize| binned.cuts[feature].len() + 1;
        let (first, second) = best.key;
        let n_second = second.map_or(1, n_steps);
        let sum = sums.entry(best.key).or_insert_with(|| vec![0.0; n_steps(first) * n_second]);
        for (at, points) in sum.iter_mut().enumerate() {
            *points += best.of(at / n_second, at % n_second);
        }
        for (row, score) in scores.iter_mut().enumerate() {
            let second = second.map_or(0, |it| usize::from(binned.steps[it][row]));
            *score += best.of(usize::from(binned.steps[first][row]), second);
        }
    }
    let terms = sums.into_iter().map(|(key, points)| binned.term(key, points)).collect();
    Model { terms, calibration: Vec::new() }
}

impl Binned {
    /// The term of those points, without the cuts at which nothing changes.
    fn term(&self, key: Key, points: Vec<f32>) -> Term {
        let scale = |feature: usize| Scale {
            feature: Feature::ALL[feature],
            cuts: self.cuts[feature].clone(),
        };
        Term { first: scale(key.0), second: key.1.map(scale), points }.without_idle_cuts()
    }
}

impl Term {
    fn without_idle_cuts(mut self) -> Self {
        let n_second = self.second.as_ref().map_or(1, |it| it.cuts.len() + 1);
        let rows: Vec<&[f32]> = self.points.chunks(n_second).collect();
        let is_idle = |at: usize| rows[at] == rows[at + 1];
        let kept: Vec<usize> = (0..self.first.cuts.len()).filter(|at| !is_idle(*at)).collect();
        let mut points: Vec<f32> = rows[0].to_vec();
        kept.iter().for_each(|at| points.extend(rows[at + 1]));
        self.first.cuts = kept.iter().map(|at| self.first.cuts[*at]).collect();
        self.points = points;
        if let Some(second) = &mut self.second {
            let rows: Vec<&[f32]> = self.points.chunks(n_second).collect();
            let is_idle = |at: usize| rows.iter().all(|it| it[at] == it[at + 1]);
            let kept: Vec<usize> = (0..second.cuts.len()).filter(|at| !is_idle(*at)).collect();
            let shorten = |row: &&[f32]| -> Vec<f32> {
                std::iter::once(row[0]).chain(kept.iter().map(|at| row[at + 1])).collect()
            };
            let points = rows.iter().flat_map(shorten).collect();
            second.cuts = kept.iter().map(|at| second.cuts[*at]).collect();
            self.points = points;
        }
        self
    }
}

fn bin(samples: &[Sample]) -> Binned {
    let rows: Vec<&Features> = samples.iter().flat_map(|it| &it.options).collect();
    // Cuts lie where those that are right differ from one another, and where the others do.
    let is_right: Vec<bool> = samples
        .iter()
        .flat_map(|it| (0..it.options.len()).map(|at| it.right.contains(&at)))
        .collect();
    let mut steps = Vec::with_capacity(N_FEATURES);
    let mut all_cuts = Vec::with_capacity(N_FEATURES);
    for feature in 0..N_FEATURES {
        let values = |right: bool| -> Vec<f32> {
            let chosen = rows.iter().zip(&is_right).filter(|it| *it.1 == right);
            let mut values: Vec<f32> = chosen.map(|it| it.0[feature]).collect();
            values.sort_by(f32::total_cmp);
            values
        };
        let (right, wrong) = (values(true), values(false));
        let mut distinct: Vec<f32> = right.iter().chain(&wrong).copied().collect();
        distinct.sort_by(f32::total_cmp);
        distinct.dedup();
        let mut cuts: Vec<f32> = if distinct.len() <= CUTS + 1 {
            distinct.windows(2).map(|it| (it[0] + it[1]) / 2.0).collect()
        } else {
            let quantile = |values: &[f32], part: usize| {
                values.get(part * values.len() / (CUTS + 1)).copied().unwrap_or(0.0)
            };
            let middle = |part| f32::midpoint(quantile(&right, part), quantile(&wrong, part));
            (1..=CUTS).map(|part| round(middle(part))).collect()
        };
        cuts.dedup();
        let step = |it: &&Features| cuts.iter().take_while(|cut| it[feature] > **cut).count() as u8;
        steps.push(rows.iter().map(step).collect());
        all_cuts.push(cuts);
    }
    Binned { steps, cuts: all_cuts }
}

/// Two digits after the point are enough for a cut.
fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

/// The slope and curvature of the loss at each row.
fn find_slopes(samples: &[Sample], scores: &[f32], slopes: &mut [(f32, f32)]) {
    let mut start = 0;
    for sample in samples {
        let n = sample.options.len();
        let shares = Model::shares(&scores[start..start + n]);
        for (at, share) in shares.iter().enumerate() {
            let share = *share as f32;
            let wanted =
                if sample.right.contains(&at) { 1.0 / sample.right.len() as f32 } else { 0.0 };
            slopes[start + at] =
                (sample.weight * (wanted - share), sample.weight * (share * (1.0 - share) + 1e-3));
        }
        start += n;
    }
}

type Sums = [[(f32, f32); CUTS + 1]; CUTS + 1];

fn best_addition(
    binned: &Binned,
    slopes: &[(f32, f32)],
    plan: Plan,
    nth: usize,
) -> Option<Addition> {
    let may_speak =
        |it: &usize| plan.features.is_empty() || plan.features.contains(&Feature::ALL[*it]);
    let singles = (0..N_FEATURES).filter(may_speak).map(|it| (it, None));
    let pairs = plan.pairs.iter().map(|it| (it.0 as usize, Some(it.1 as usize)));
    let mut best: Option<Addition> = None;
    // Each round looks at half of the features, so that no single one hides all others.
    for (at, key) in singles.chain(pairs).enumerate() {
        if is_left_out(at, nth) {
            continue;
        }
        let sums = sums(binned, slopes, key);
        let n_cuts = |feature: usize| binned.cuts[feature].len();
        let seconds = key.1.map_or(1, n_cuts);
        for first in 0..n_cuts(key.0) {
            for second in 0..seconds {
                let Some(addition) = addition(&sums, key, (first, second), plan) else { continue };
                if best.is_none_or(|it| addition.gain > it.gain) {
                    best = Some(addition);
                }
            }
        }
    }
    best
}

fn sums(binned: &Binned, slopes: &[(f32, f32)], key: Key) -> Sums {
    let mut sums: Sums = Default::default();
    let firsts = &binned.steps[key.0];
    let mut add = |first: u8, second: u8, slope: (f32, f32)| {
        let sum = &mut sums[usize::from(first)][usize::from(second)];
        sum.0 += slope.0;
        sum.1 += slope.1;
    };
    match key.1 {
        None => firsts.iter().zip(slopes).for_each(|it| add(*it.0, 0, *it.1)),
        Some(second) => {
            let both = firsts.iter().zip(&binned.steps[second]).zip(slopes);
            both.for_each(|((first, second), slope)| add(*first, *second, *slope));
        }
    }
    sums
}

fn addition(sums: &Sums, key: Key, above: (usize, usize), plan: Plan) -> Option<Addition> {
    let mut parts = [[(0.0_f32, 0.0_f32); 2]; 2];
    for (first, row) in sums.iter().enumerate() {
        for (second, sum) in row.iter().enumerate() {
            let is_second = key.1.is_some() && second > above.1;
            let part = &mut parts[usize::from(first > above.0)][usize::from(is_second)];
            part.0 += sum.0;
            part.1 += sum.1;
        }
    }
    let sides: &[usize] = if key.1.is_some() { &[0, 1] } else { &[0] };
    let mut points = [[0.0; 2]; 2];
    let (mut gain, mut whole) = (0.0, (0.0, 0.0));
    for first in [0, 1] {
        for &second in sides {
            let (slope, curve) = parts[first][second];
            if curve < plan.least {
                return None;
            }
            points[first][second] = plan.step * slope / (curve + plan.ridge);
            gain += slope * slope / (curve + plan.ridge);
            whole = (whole.0 + slope, whole.1 + curve);
        }
    }
    let goes = |feature: usize, rise: f32| rise * Feature::ALL[feature].direction() >= 0.0;
    for at in [0, 1] {
        if !goes(key.0, points[1][at] - points[0][at]) && (at == 0 || key.1.is_some()) {
            return None;
        }
        if key.1.is_some_and(|it| !goes(it, points[at][1] - points[at][0])) {
            return None;
        }
    }
    // Two features must earn their keep together.
    gain *= if key.1.is_some() { 0.9 } else { 1.0 };
    Some(Addition { key, above, points, gain })
}

fn is_left_out(feature: usize, nth: usize) -> bool {
    let mut mixed = (feature as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (nth as u64 + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^= mixed >> 29;
    mixed = mixed.wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed >> 40).is_multiple_of(2)
}
