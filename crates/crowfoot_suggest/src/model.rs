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
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    Points(f32),
    /// Whether the feature is above the cut says which tree gives the points.
    Cut {
        feature: Feature,
        cut: f32,
        above: Box<Tree>,
        below: Box<Tree>,
    },
}

impl Tree {
    fn points(&self, features: &Features) -> f32 {
        match self {
            Self::Points(points) => *points,
            Self::Cut { feature, cut, above, below } => {
                let is_above = features[*feature as usize] > *cut;
                if is_above { above.points(features) } else { below.points(features) }
            }
        }
    }

    /// The most points it can give to a candidate within the bounds.
    fn most(&self, bounds: &Bounds) -> f32 {
        match self {
            Self::Points(points) => *points,
            Self::Cut { feature, cut, above, below } => match bounds.of(*feature) {
                Some((low, _)) if low > *cut => above.most(bounds),
                Some((_, high)) if high <= *cut => below.most(bounds),
                _ => above.most(bounds).max(below.most(bounds)),
            },
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
        self.trees.iter().map(|it| it.most(bounds)).sum()
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
