//! Fitting the trees: gradient boosting of a choice among the candidates of a column and none.
//!
//! Friedman's "Greedy function approximation: a gradient boosting machine" (2001), with second-order
//! steps and the loss of a conditional logit.

use crate::{
    feature::{Feature, Features, N_FEATURES},
    model::{Model, Question, Tree},
};

/// The candidates of one column and which of them is right.
#[derive(Clone, Debug)]
pub struct Sample {
    pub options: Vec<Features>,
    /// Those that are right; none where the column is no key.
    pub right: Vec<usize>,
    pub weight: f32,
}

/// How the trees are fitted.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    pub n_trees: usize,
    pub step: f32,
    /// How much a weight is held back.
    pub ridge: f32,
    /// The least sum of curvature in a leaf.
    pub least: f32,
}

/// At most so many values of a feature are told apart.
const BINS: usize = 24;

struct Binned {
    /// The bin of each row and feature, feature by feature.
    bins: Vec<Vec<u8>>,
    /// The upper bounds of the bins of each feature.
    bounds: Vec<Vec<f32>>,
}

/// Fits trees to samples.
pub fn fit(samples: &[Sample], plan: Plan) -> Model {
    let rows: Vec<&Features> = samples.iter().flat_map(|it| &it.options).collect();
    let binned = bin(&rows);
    let mut scores = vec![0.0_f32; rows.len()];
    let mut trees = Vec::with_capacity(plan.n_trees);
    let mut slopes = vec![(0.0_f32, 0.0_f32); rows.len()];
    for nth in 0..plan.n_trees {
        find_slopes(samples, &scores, &mut slopes);
        let tree = grow(&binned, &slopes, plan, nth);
        for (row, score) in rows.iter().zip(&mut scores) {
            *score += tree.weight(row);
        }
        trees.push(tree);
    }
    Model { trees, calibration: Vec::new() }
}

fn bin(rows: &[&Features]) -> Binned {
    let mut bins = Vec::with_capacity(N_FEATURES);
    let mut bounds = Vec::with_capacity(N_FEATURES);
    for feature in 0..N_FEATURES {
        let mut values: Vec<f32> = rows.iter().map(|it| it[feature]).collect();
        values.sort_by(f32::total_cmp);
        let mut distinct = values.clone();
        distinct.dedup();
        let mut cuts: Vec<f32> = if distinct.len() <= BINS {
            distinct.windows(2).map(|it| (it[0] + it[1]) / 2.0).collect()
        } else {
            (1..BINS).map(|nth| values[nth * (values.len() - 1) / BINS]).collect()
        };
        cuts.dedup();
        bins.push(
            rows.iter().map(|it| cuts.partition_point(|cut| it[feature] > *cut) as u8).collect(),
        );
        bounds.push(cuts);
    }
    Binned { bins, bounds }
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

#[derive(Clone, Copy)]
struct Split {
    gain: f32,
    feature: usize,
    bin: usize,
}

fn grow(binned: &Binned, slopes: &[(f32, f32)], plan: Plan, nth: usize) -> Tree {
    let all: Vec<u32> = (0..slopes.len() as u32).collect();
    let root = best_split(binned, slopes, &all, plan, nth);
    let (no, yes) = part(binned, &all, root);
    let mut weights = [0.0; 4];
    let mut next = [root; 2];
    for (side, rows) in [no, yes].iter().enumerate() {
        let split = best_split(binned, slopes, rows, plan, nth);
        next[side] = split;
        let (no, yes) = part(binned, rows, split);
        for (leaf, rows) in [no, yes].iter().enumerate() {
            let (slope, curve) = sums(slopes, rows);
            weights[side * 2 + leaf] = plan.step * slope / (curve + plan.ridge);
        }
    }
    let question = |split: Split| Question {
        feature: Feature::ALL[split.feature],
        above: binned.bounds[split.feature].get(split.bin).copied().unwrap_or(f32::MAX),
    };
    Tree { root: question(root), next: next.map(question), weights }
}

fn sums(slopes: &[(f32, f32)], rows: &[u32]) -> (f32, f32) {
    let add = |sum: (f64, f64), row: &u32| {
        let (slope, curve) = slopes[*row as usize];
        (sum.0 + f64::from(slope), sum.1 + f64::from(curve))
    };
    let (slope, curve) = rows.iter().fold((0.0, 0.0), add);
    (slope as f32, curve as f32)
}

fn part(binned: &Binned, rows: &[u32], split: Split) -> (Vec<u32>, Vec<u32>) {
    let bins = &binned.bins[split.feature];
    rows.iter().partition(|row| usize::from(bins[**row as usize]) <= split.bin)
}

fn best_split(
    binned: &Binned,
    slopes: &[(f32, f32)],
    rows: &[u32],
    plan: Plan,
    nth: usize,
) -> Split {
    let (slope, curve) = sums(slopes, rows);
    let worth = |slope: f32, curve: f32| slope * slope / (curve + plan.ridge);
    let whole = worth(slope, curve);
    let mut best = Split { gain: 0.0, feature: 0, bin: usize::MAX };
    for feature in 0..N_FEATURES {
        // Each tree looks at half of the features, so that no single one hides all others.
        if is_left_out(feature, nth) {
            continue;
        }
        let mut sums = [(0.0_f32, 0.0_f32); BINS + 1];
        let bins = &binned.bins[feature];
        for row in rows {
            let (slope, curve) = slopes[*row as usize];
            let sum = &mut sums[usize::from(bins[*row as usize])];
            sum.0 += slope;
            sum.1 += curve;
        }
        let mut below = (0.0, 0.0);
        for (bin, sum) in sums.iter().enumerate().take(binned.bounds[feature].len()) {
            below = (below.0 + sum.0, below.1 + sum.1);
            let above = (slope - below.0, curve - below.1);
            if below.1 < plan.least || above.1 < plan.least {
                continue;
            }
            let gain = worth(below.0, below.1) + worth(above.0, above.1) - whole;
            if gain > best.gain {
                best = Split { gain, feature, bin };
            }
        }
    }
    best
}

fn is_left_out(feature: usize, nth: usize) -> bool {
    let mut mixed = (feature as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ (nth as u64 + 1).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed ^= mixed >> 29;
    mixed = mixed.wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed >> 40).is_multiple_of(2)
}
