//! Fitting the points: gradient boosting of a choice among the candidates of a column and none.
//!
//! Friedman's "Greedy function approximation: a gradient boosting machine" (2001), with second-order
//! steps, the loss of a conditional logit, and small trees that are grown at their best leaf. What
//! always speaks for a key never takes points away: each cut of such a feature binds what stands
//! below it on either side.

use crate::{
    feature::{Feature, Features, N_FEATURES},
    model::{Model, Tree},
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
    /// How many trees.
    pub n_rounds: usize,
    /// How many ends a tree has at most ...
    pub n_leaves: usize,
    /// ... and how many questions it asks for one.
    pub depth: usize,
    pub step: f32,
    /// How much points are held back.
    pub ridge: f32,
    /// The least sum of curvature on either side of a cut.
    pub least: f32,
    /// Features that may speak; all of them if there are none.
    pub features: &'static [Feature],
}

/// A feature has at most so many cuts.
const CUTS: usize = 24;

struct Binned {
    /// The step of each row, feature by feature.
    steps: Vec<Vec<u8>>,
    cuts: Vec<Vec<f32>>,
}

/// The sum of slopes and of curvature.
type Sum = (f32, f32);

/// A part of the rows that a tree gives the same points.
struct Leaf {
    rows: Vec<u32>,
    depth: usize,
    sum: Sum,
    /// Between which points it must stay.
    least: f32,
    most: f32,
    best: Option<Split>,
    /// Its place among the nodes of the tree.
    node: usize,
}

/// How a leaf is cut in two.
#[derive(Clone, Copy)]
struct Split {
    feature: usize,
    cut: usize,
    gain: f32,
    below: Sum,
    above: Sum,
}

enum Node {
    Leaf(f32),
    Cut { feature: usize, cut: usize, above: usize, below: usize },
}

/// Fits points to samples.
pub fn fit(samples: &[Sample], plan: Plan) -> Model {
    let binned = bin(samples);
    let n_rows = samples.iter().map(|it| it.options.len()).sum();
    let mut scores = vec![0.0_f32; n_rows];
    let mut slopes = vec![(0.0_f32, 0.0_f32); n_rows];
    let bias = usual_score(samples);
    scores.fill(bias);
    let mut trees = vec![Tree::of_points(bias)];
    for nth in 0..plan.n_rounds {
        find_slopes(samples, &scores, &mut slopes);
        let grower = Grower { binned: &binned, slopes: &slopes, plan, nth };
        let nodes = grower.grow(rows_of_round(samples, nth));
        if nodes.len() == 1 {
            continue;
        }
        for (row, score) in scores.iter_mut().enumerate() {
            *score += binned.points(&nodes, row);
        }
        trees.push(binned.tree(&nodes, 0));
    }
    Model { trees, calibration: Vec::new() }
}

/// The score of a candidate of which nothing is known.
fn usual_score(samples: &[Sample]) -> f32 {
    let sum = |count: &dyn Fn(&Sample) -> usize| -> f32 {
        samples.iter().map(|it| it.weight * count(it) as f32).sum()
    };
    let n_right = sum(&|it| it.right.len());
    (n_right.max(1.0) / (sum(&|it| it.options.len()) - n_right).max(1.0)).ln()
}

/// Each round looks at seven in ten of the samples, so that none of them decides all.
fn rows_of_round(samples: &[Sample], nth: usize) -> Vec<u32> {
    let mut rows = Vec::new();
    let mut start = 0;
    for (at, sample) in samples.iter().enumerate() {
        let end = start + sample.options.len() as u32;
        if mix(at, nth) % 10 < 7 {
            rows.extend(start..end);
        }
        start = end;
    }
    rows
}

struct Grower<'a> {
    binned: &'a Binned,
    slopes: &'a [Sum],
    plan: Plan,
    nth: usize,
}

impl Grower<'_> {
    /// A tree, its root first.
    fn grow(&self, rows: Vec<u32>) -> Vec<Node> {
        let sum = self.sum(&rows);
        let mut root = Leaf {
            rows,
            depth: 0,
            sum,
            least: f32::NEG_INFINITY,
            most: f32::INFINITY,
            best: None,
            node: 0,
        };
        root.best = self.best_split(&root);
        let mut nodes = vec![Node::Leaf(0.0)];
        let mut leaves = vec![root];
        while leaves.len() < self.plan.n_leaves {
            let gain = |it: &Leaf| it.best.map_or(0.0, |it| it.gain);
            let at =
                (0..leaves.len()).max_by(|a, b| gain(&leaves[*a]).total_cmp(&gain(&leaves[*b])));
            let Some((at, split)) = at.and_then(|at| Some((at, leaves[at].best?))) else { break };
            let leaf = leaves.swap_remove(at);
            let (above, below) = self.cut(&leaf, split, nodes.len());
            nodes[leaf.node] = Node::Cut {
                feature: split.feature,
                cut: split.cut,
                above: above.node,
                below: below.node,
            };
            nodes.extend([Node::Leaf(0.0), Node::Leaf(0.0)]);
            leaves.extend([above, below]);
        }
        for leaf in leaves {
            nodes[leaf.node] = Node::Leaf(self.plan.step * self.value(leaf.sum, &leaf));
        }
        nodes
    }

    fn sum(&self, rows: &[u32]) -> Sum {
        rows.iter().fold((0.0, 0.0), |sum, row| {
            let slope = self.slopes[*row as usize];
            (sum.0 + slope.0, sum.1 + slope.1)
        })
    }

    /// The points that fit rows of that sum, within what the leaf may give.
    fn value(&self, sum: Sum, leaf: &Leaf) -> f32 {
        (sum.0 / (sum.1 + self.plan.ridge)).clamp(leaf.least, leaf.most)
    }

    fn cut(&self, leaf: &Leaf, split: Split, n_nodes: usize) -> (Leaf, Leaf) {
        let steps = &self.binned.steps[split.feature];
        let is_above = |row: &u32| usize::from(steps[*row as usize]) > split.cut;
        let (above, below): (Vec<u32>, Vec<u32>) = leaf.rows.iter().partition(|it| is_above(it));
        let middle = f32::midpoint(self.value(split.above, leaf), self.value(split.below, leaf));
        let direction = Feature::ALL[split.feature].direction();
        let side = |rows, sum, node, is_higher: bool| {
            let is_bound = direction != 0.0;
            let mut side = Leaf {
                rows,
                depth: leaf.depth + 1,
                sum,
                least: if is_bound && is_higher { middle } else { leaf.least },
                most: if is_bound && !is_higher { middle } else { leaf.most },
                best: None,
                node,
            };
            side.best = self.best_split(&side);
            side
        };
        let above = side(above, split.above, n_nodes, direction > 0.0);
        let below = side(below, split.below, n_nodes + 1, direction < 0.0);
        (above, below)
    }

    fn best_split(&self, leaf: &Leaf) -> Option<Split> {
        if leaf.depth >= self.plan.depth {
            return None;
        }
        let features = self.plan.features;
        let may_speak = |it: &usize| features.is_empty() || features.contains(&Feature::ALL[*it]);
        // Each round looks at half of the features, so that no single one hides all others.
        let chosen =
            (0..N_FEATURES).filter(may_speak).filter(|it| mix(*it, self.nth).is_multiple_of(2));
        let splits = chosen.filter_map(|it| self.best_cut(leaf, it));
        splits.max_by(|a, b| a.gain.total_cmp(&b.gain))
    }

    fn best_cut(&self, leaf: &Leaf, feature: usize) -> Option<Split> {
        let n_cuts = self.binned.cuts[feature].len();
        if n_cuts == 0 {
            return None;
        }
        let steps = &self.binned.steps[feature];
        let mut sums = [(0.0_f32, 0.0_f32); CUTS + 1];
        for &row in &leaf.rows {
            let sum = &mut sums[usize::from(steps[row as usize])];
            let slope = self.slopes[row as usize];
            *sum = (sum.0 + slope.0, sum.1 + slope.1);
        }
        let direction = Feature::ALL[feature].direction();
        let mut best: Option<Split> = None;
        let mut below = (0.0, 0.0);
        for (cut, sum) in sums.iter().enumerate().take(n_cuts) {
            below = (below.0 + sum.0, below.1 + sum.1);
            let above = (leaf.sum.0 - below.0, leaf.sum.1 - below.1);
            if below.1 < self.plan.least || above.1 < self.plan.least {
                continue;
            }
            let (high, low) = (self.value(above, leaf), self.value(below, leaf));
            if (high - low) * direction < 0.0 {
                continue;
            }
            let gain = self.worth(above, high) + self.worth(below, low)
                - self.worth(leaf.sum, self.value(leaf.sum, leaf));
            if gain > 1e-3 && best.is_none_or(|it| gain > it.gain) {
                best = Some(Split { feature, cut, gain, below, above });
            }
        }
        best
    }

    /// How much the loss falls where rows of that sum get those points.
    fn worth(&self, sum: Sum, value: f32) -> f32 {
        2.0 * sum.0 * value - (sum.1 + self.plan.ridge) * value * value
    }
}

impl Binned {
    fn points(&self, nodes: &[Node], row: usize) -> f32 {
        let mut at = 0;
        loop {
            match nodes[at] {
                Node::Leaf(points) => return points,
                Node::Cut { feature, cut, above, below } => {
                    let is_above = usize::from(self.steps[feature][row]) > cut;
                    at = if is_above { above } else { below };
                }
            }
        }
    }

    fn tree(&self, nodes: &[Node], at: usize) -> Tree {
        match nodes[at] {
            Node::Leaf(points) => Tree::of_points(points),
            Node::Cut { feature, cut, above, below } => {
                let (above, below) = (self.tree(nodes, above), self.tree(nodes, below));
                Tree::of_cut(Feature::ALL[feature], self.cuts[feature][cut], &above, &below)
            }
        }
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
            let quantiles = |values: &[f32]| -> Vec<f32> {
                let part = |nth: usize| values.get(nth * values.len() / (CUTS / 2 + 1)).copied();
                (1..=CUTS / 2).filter_map(part).map(round).collect()
            };
            [quantiles(&right), quantiles(&wrong)].concat()
        };
        cuts.sort_by(f32::total_cmp);
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
            let wanted = if sample.right.contains(&at) { 1.0 } else { 0.0 };
            slopes[start + at] =
                (sample.weight * (wanted - share), sample.weight * (share * (1.0 - share) + 1e-3));
        }
        start += n;
    }
}

/// Steele, Lea and Flood's SplitMix64 (2014), of two numbers.
fn mix(one: usize, other: usize) -> u64 {
    super::mix(super::mix(one as u64) ^ (other as u64).wrapping_mul(0xbf58_476d_1ce4_e5b9))
}
