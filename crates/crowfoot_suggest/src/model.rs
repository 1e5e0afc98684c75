//! The weights: how much each feature speaks for a candidate, alone and beside another.

use crate::feature::{Feature, Features};

/// A sum of small trees: the score of a candidate against "no key at all", which scores 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub trees: Vec<Tree>,
    /// Confidence by score, both rising; between two points it is interpolated.
    pub calibration: Vec<(f64, f64)>,
}

/// A question about one feature, asked of all candidates, and two more, one for either answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    pub root: Question,
    /// Asked where the answer was no, and where it was yes.
    pub next: [Question; 2],
    /// What the answers add: no no, no yes, yes no, yes yes.
    pub weights: [f32; 4],
}

/// Whether a feature is above a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Question {
    pub feature: Feature,
    pub above: f32,
}

impl Question {
    fn answer(&self, features: &Features) -> usize {
        usize::from(features[self.feature as usize] > self.above)
    }
}

impl Tree {
    /// What the tree adds to a score.
    pub fn weight(&self, features: &Features) -> f32 {
        let first = self.root.answer(features);
        self.weights[first * 2 + self.next[first].answer(features)]
    }
}

impl Model {
    /// The score of a candidate.
    pub fn score(&self, features: &Features) -> f32 {
        self.trees.iter().map(|it| it.weight(features)).sum()
    }

    /// How likely each candidate is meant, given that at most one of them is.
    pub fn shares(scores: &[f32]) -> Vec<f64> {
        let most = scores.iter().copied().fold(0.0_f32, f32::max);
        let powers: Vec<f64> = scores.iter().map(|it| f64::from(it - most).exp()).collect();
        let all: f64 = powers.iter().sum::<f64>() + f64::from(-most).exp();
        powers.into_iter().map(|it| it / all).collect()
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
