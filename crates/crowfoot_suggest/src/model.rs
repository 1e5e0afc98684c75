//! The weights: how many points each feature gives a candidate, alone and beside another one.

use crate::{
    bounds::Bounds,
    feature::{Feature, Features},
};

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
        self.step_of(features[self.feature as usize])
    }

    fn step_of(&self, value: f32) -> usize {
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

    /// The most points it can give to a candidate within the bounds.
    fn most(&self, bounds: &Bounds) -> f32 {
        let steps = |scale: &Scale| match bounds.of(scale.feature) {
            Some((low, high)) => (scale.step_of(low), scale.step_of(high)),
            None => (0, scale.cuts.len()),
        };
        let n_second = self.second.as_ref().map_or(1, |it| it.cuts.len() + 1);
        let (first, last) = steps(&self.first);
        let (low, high) = self.second.as_ref().map_or((0, 0), steps);
        let rows = self.points.chunks(n_second).take(last + 1).skip(first);
        rows.flat_map(|it| &it[low..=high]).copied().fold(f32::MIN, f32::max)
    }
}

impl Model {
    /// The score of a candidate.
    pub fn score(&self, features: &Features) -> f32 {
        self.terms.iter().map(|it| it.points(features)).sum()
    }

    /// The most that a candidate within the bounds can score.
    pub(crate) fn most(&self, bounds: &Bounds) -> f32 {
        self.terms.iter().map(|it| it.most(bounds)).sum()
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
