//! The weights: how many points each feature gives a candidate, alone and beside another one.

use crate::feature::{Feature, Features};

/// A sum of points: the score of a candidate against "no key at all", which scores 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub terms: Vec<Term>,
    /// Confidence by share, both rising; between two of them it is interpolated.
    pub calibration: Vec<(f64, f64)>,
}

/// The points that one feature gives by its value, or two by both of theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    pub first: Scale,
    pub second: Option<Scale>,
    /// For each step of the first scale those of the second one.
    pub points: Vec<f32>,
}

/// The values of a feature in steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Scale {
    pub feature: Feature,
    /// A value above so many of these is on the step of that number.
    pub cuts: Vec<f32>,
}

impl Scale {
    /// The step on which the feature is.
    pub fn step(&self, features: &Features) -> usize {
        let value = features[self.feature as usize];
        self.cuts.iter().take_while(|it| value > **it).count()
    }
}

impl Term {
    fn points(&self, features: &Features) -> f32 {
        let step = self.first.step(features);
        match &self.second {
            None => self.points[step],
            Some(second) => self.points[step * (second.cuts.len() + 1) + second.step(features)],
        }
    }
}

impl Model {
    /// The score of a candidate.
    pub fn score(&self, features: &Features) -> f32 {
        self.terms.iter().map(|it| it.points(features)).sum()
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
