//! The weights: how many points a candidate gets for its features.

use crate::{
    bounds::Bounds,
    feature::{Feature, Features},
};

/// A sum of points: the score of a candidate against "no key at all", which scores 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub trees: Vec<Tree>,
    /// Confidence by share, both rising; between two of them it is interpolated.
    pub calibration: Vec<(f64, f64)>,
}

/// Points by a few questions, one after the other.
///
/// *Invariant*: the first node is the root; what follows from a yes stands right behind its question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tree {
    nodes: Vec<Node>,
}

/// A question or its last answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Node {
    Points(f32),
    /// Where the feature is not above the cut, the tree goes on at the place `below`.
    Cut {
        feature: Feature,
        cut: f32,
        below: u16,
    },
}

impl Tree {
    /// The same points for all.
    pub(crate) fn of_points(points: f32) -> Self {
        Self { nodes: vec![Node::Points(points)] }
    }

    /// Asks whether the feature is above the cut, and goes on by one tree or the other.
    pub(crate) fn of_cut(feature: Feature, cut: f32, above: &Self, below: &Self) -> Self {
        let moved = |tree: &Self, by: usize| -> Vec<Node> {
            let shift = |node: &Node| match *node {
                Node::Points(points) => Node::Points(points),
                Node::Cut { feature, cut, below } => {
                    Node::Cut { feature, cut, below: below + by as u16 }
                }
            };
            tree.nodes.iter().map(shift).collect()
        };
        let start = above.nodes.len() + 1;
        let mut nodes = vec![Node::Cut { feature, cut, below: start as u16 }];
        nodes.extend(moved(above, 1));
        nodes.extend(moved(below, start));
        Self { nodes }
    }

    pub(crate) fn node(&self, at: usize) -> Node {
        self.nodes[at]
    }

    fn points(&self, features: &Features) -> f32 {
        let mut at = 0;
        loop {
            match self.nodes[at] {
                Node::Points(points) => return points,
                Node::Cut { feature, cut, below } => {
                    let is_above = features[feature as usize] > cut;
                    at = if is_above { at + 1 } else { usize::from(below) };
                }
            }
        }
    }

    /// The most points it can give to a candidate within the bounds, from that node on.
    fn most(&self, at: usize, bounds: &Bounds) -> f32 {
        match self.nodes[at] {
            Node::Points(points) => points,
            Node::Cut { feature, cut, below } => {
                let (above, below) = (at + 1, usize::from(below));
                match bounds.of(feature) {
                    Some((low, _)) if low > cut => self.most(above, bounds),
                    Some((_, high)) if high <= cut => self.most(below, bounds),
                    _ => self.most(above, bounds).max(self.most(below, bounds)),
                }
            }
        }
    }
}

impl Model {
    /// The score of a candidate.
    pub fn score(&self, features: &Features) -> f32 {
        self.trees.iter().map(|it| it.points(features)).sum()
    }

    /// The most that a candidate within the bounds can score.
    pub(crate) fn most(&self, bounds: &Bounds) -> f32 {
        self.trees.iter().map(|it| it.most(0, bounds)).sum()
    }

    /// What at least one candidate of a column must score for a confidence: with less none reaches
    /// it, whatever the others score.
    pub(crate) fn least(&self, confidence: f64) -> f32 {
        let share = self.least_share(confidence);
        // A little less, since what is computed is not exact.
        ((share / (1.0 - share)).ln() - 0.01) as f32
    }

    /// The lowest share that deserves the confidence; 1 if none does.
    fn least_share(&self, confidence: f64) -> f64 {
        let Some(first) = self.calibration.first() else { return confidence };
        if first.1 >= confidence {
            return 0.0;
        }
        for pair in self.calibration.windows(2) {
            let ((from, low), (to, high)) = (pair[0], pair[1]);
            if high >= confidence {
                return from + (confidence - low) / (high - low) * (to - from);
            }
        }
        1.0
    }

    /// How likely each candidate is meant, given that at most one of them is.
    pub fn shares(scores: &[f32]) -> Vec<f64> {
        scores.iter().map(|it| 1.0 / (1.0 + f64::from(-it).exp())).collect()
    }

    /// The confidence that a share has turned out to deserve.
    pub fn confidence(&self, share: f64) -> f64 {
        let points = &self.calibration;
        let Some(first) = points.first() else { return share };
        if share <= first.0 {
            return first.1;
        }
        for pair in points.windows(2) {
            let ((from, low), (to, high)) = (pair[0], pair[1]);
            if share <= to {
                let way = if to > from { (share - from) / (to - from) } else { 1.0 };
                return low + way * (high - low);
            }
        }
        points.last().map_or(share, |it| it.1)
    }
}
