//! What is known of features before all of them are counted: enough to see that no key is likely.

use crate::feature::{Feature, Features, N_FEATURES};

/// Between which values each feature is of several candidates.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    /// Not a number where nothing is known.
    low: Features,
    high: Features,
}

impl Bounds {
    /// Nothing is known.
    pub(crate) fn new() -> Self {
        Self { low: [f32::NAN; N_FEATURES], high: [f32::NAN; N_FEATURES] }
    }

    /// A candidate has that value of a feature; what no candidate was added of stays unknown.
    pub(crate) fn add(&mut self, feature: Feature, value: f32) {
        let (low, high) = (&mut self.low[feature as usize], &mut self.high[feature as usize]);
        // The smaller one of a number and what is not a number is the number.
        (*low, *high) = (low.min(value), high.max(value));
    }

    /// Whether the features of a candidate are as they are known.
    pub(crate) fn hold(&self, features: &Features) -> bool {
        let is_within = |feature: &Feature| {
            let value = features[*feature as usize];
            self.of(*feature).is_none_or(|(low, high)| (low..=high).contains(&value))
        };
        Feature::ALL.iter().all(is_within)
    }

    /// The least and the most value of a feature, if they are known.
    pub(crate) fn of(&self, feature: Feature) -> Option<(f32, f32)> {
        let (low, high) = (self.low[feature as usize], self.high[feature as usize]);
        (!low.is_nan()).then_some((low, high))
    }
}
