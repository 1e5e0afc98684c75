//! What meets at one place beside a table, so that nothing is drawn over another.

use std::collections::BTreeMap;
use std::hash::Hash;

use rustc_hash::FxHashMap;

/// How far the first and the last of several things at one place are apart, at most: they stay
/// within their row.
const APART: f32 = 18.0;
/// How far two of them are apart, at most.
const STEP: f32 = 12.0;

/// The kinds of ends that lines have at each place.
#[derive(Clone, Debug)]
pub(crate) struct Meeting<P, K> {
    /// How many ends there are of each kind.
    at: FxHashMap<P, BTreeMap<K, u32>>,
    /// The ends of each line.
    of: FxHashMap<u32, [(P, K); 2]>,
}

impl<P, K> Default for Meeting<P, K> {
    fn default() -> Self {
        Self { at: FxHashMap::default(), of: FxHashMap::default() }
    }
}

impl<P: Copy + Eq + Hash, K: Copy + Ord> Meeting<P, K> {
    /// Notes where the ends of a line stand now. Gives the places at which other kinds meet than
    /// before.
    pub(crate) fn put(&mut self, line: u32, ends: [(P, K); 2]) -> Vec<P> {
        if self.of.get(&line) == Some(&ends) {
            return Vec::new();
        }
        let mut changed = self.take(line);
        for (place, kind) in ends {
            let n = self.at.entry(place).or_default().entry(kind).or_default();
            *n += 1;
            if *n == 1 {
                changed.push(place);
            }
        }
        self.of.insert(line, ends);
        changed
    }

    /// Forgets a line. Gives the places at which other kinds meet than before.
    pub(crate) fn take(&mut self, line: u32) -> Vec<P> {
        let mut changed = Vec::new();
        for (place, kind) in self.of.remove(&line).into_iter().flatten() {
            let Some(kinds) = self.at.get_mut(&place) else { continue };
            if let Some(n) = kinds.get_mut(&kind) {
                *n -= 1;
                if *n == 0 {
                    kinds.remove(&kind);
                    changed.push(place);
                }
            }
            if kinds.is_empty() {
                self.at.remove(&place);
            }
        }
        changed
    }

    /// Whether a line has an end there.
    pub(crate) fn is_at(&self, line: u32, place: P) -> bool {
        self.of.get(&line).is_some_and(|it| it.iter().any(|it| it.0 == place))
    }

    /// How far two neighbours at a place are apart; none where there is but one kind.
    pub(crate) fn step(&self, place: P) -> Option<f32> {
        let n = self.at.get(&place).map_or(0, BTreeMap::len);
        (n > 1).then(|| (APART / (n - 1) as f32).min(STEP))
    }

    /// How far below the middle of a place a kind stands.
    pub(crate) fn offset(&self, place: P, kind: K) -> f32 {
        let (Some(step), Some(kinds)) = (self.step(place), self.at.get(&place)) else { return 0.0 };
        let n_before = kinds.range(..kind).count();
        step * (n_before as f32 - (kinds.len() - 1) as f32 / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::Meeting;

    #[test]
    fn kinds_count_as_long_as_a_line_has_them() {
        let mut meeting: Meeting<u32, char> = Meeting::default();
        assert_eq!(meeting.put(0, [(4, 'a'), (5, 'a')]), [4, 5]);
        assert!(meeting.put(0, [(4, 'a'), (5, 'a')]).is_empty());
        assert_eq!(meeting.offset(4, 'a'), 0.0);
        assert_eq!(meeting.put(1, [(4, 'b'), (4, 'b')]), [4]);
        assert_eq!(meeting.put(2, [(4, 'c'), (5, 'a')]), [4]);
        assert_eq!(['a', 'b', 'c'].map(|it| meeting.offset(4, it)), [-9.0, 0.0, 9.0]);
        assert_eq!(meeting.take(1), [4]);
        assert_eq!(['a', 'c'].map(|it| meeting.offset(4, it)), [-6.0, 6.0]);
        assert_eq!(meeting.put(2, [(5, 'c'), (5, 'a')]), [4, 5]);
        assert_eq!(meeting.step(4), None);
        assert_eq!(meeting.step(5), Some(12.0));
        assert_eq!(meeting.step(6), None);
        assert!(meeting.is_at(2, 5) && !meeting.is_at(2, 4) && !meeting.is_at(7, 4));
    }
}
