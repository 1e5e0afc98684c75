//! Which notations meet at one place beside a table, so that none is drawn over another.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{End, Mark, TableBox};

/// How far the first and the last of several notations at one place are apart, at most.
const APART: f32 = 16.0;

/// A table and twice the distance of its upper edge to the middle of some columns, where their ends
/// stand: the middle of three rows is that of the second one.
pub(crate) type Place = (u32, i32);

/// A notation and of how many columns: lines with the same share their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kind {
    is_child: bool,
    is_optional: bool,
    is_many: bool,
    n_columns: usize,
}

/// The kinds of ends at each place.
#[derive(Clone, Debug, Default)]
pub(crate) struct Kinds {
    /// How many lines there are of each kind.
    at: FxHashMap<Place, BTreeMap<Kind, u32>>,
    /// The ends of each line.
    of: FxHashMap<u32, [(Place, Kind); 2]>,
}

impl Kind {
    pub(crate) fn new(mark: Mark, n_columns: usize) -> Self {
        let Mark { is_many, is_optional, is_child } = mark;
        Self { is_child, is_optional, is_many, n_columns }
    }

    pub(crate) fn of(end: &End) -> Self {
        Self::new(end.mark, end.columns.len())
    }
}

/// Where an end stands at its table, which has that slot.
pub(crate) fn place(slot: u32, table: &TableBox, end: &End) -> Place {
    let rows = end.columns.iter().map(|&it| table.row_y(it) as i32 - table.rect.y);
    let (low, high) = rows.fold((i32::MAX, i32::MIN), |(low, high), y| (low.min(y), high.max(y)));
    (slot, low.saturating_add(high))
}

impl Kinds {
    /// Notes where the ends of a line stand now.
    pub(crate) fn put(&mut self, line: u32, ends: [(Place, Kind); 2]) {
        self.take(line);
        for (place, kind) in ends {
            *self.at.entry(place).or_default().entry(kind).or_default() += 1;
        }
        self.of.insert(line, ends);
    }

    /// Forgets a line.
    pub(crate) fn take(&mut self, line: u32) {
        for (place, kind) in self.of.remove(&line).into_iter().flatten() {
            let Some(kinds) = self.at.get_mut(&place) else { continue };
            if let Some(n) = kinds.get_mut(&kind) {
                *n -= 1;
                if *n == 0 {
                    kinds.remove(&kind);
                }
            }
            if kinds.is_empty() {
                self.at.remove(&place);
            }
        }
    }

    /// How far from the middle of its rows a line of a kind ends. Lines with the same notation share
    /// their place, and so their last stretch; where several notations meet there is a place for
    /// each, so that none is drawn over another.
    pub(crate) fn offset(&self, place: Place, kind: Kind) -> f32 {
        let (n_before, n) = self.rank(place, kind);
        if n < 2 {
            return 0.0;
        }
        let step = (APART / (n - 1) as f32).min(12.0);
        step * (n_before as f32 - (n - 1) as f32 / 2.0)
    }

    /// How many other kinds at a place come before one, and how many there are.
    pub(crate) fn rank(&self, place: Place, kind: Kind) -> (usize, usize) {
        let Some(kinds) = self.at.get(&place) else { return (0, 0) };
        (kinds.range(..kind).count(), kinds.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, Kinds};

    fn kind(is_many: bool, n_columns: usize) -> Kind {
        Kind { is_child: false, is_optional: false, is_many, n_columns }
    }

    #[test]
    fn kinds_count_as_long_as_a_line_has_them() {
        let mut kinds = Kinds::default();
        let (one, many, composite) = (kind(false, 1), kind(true, 1), kind(true, 3));
        let (here, there) = ((4, 100), (5, 100));
        kinds.put(0, [(here, one), (there, one)]);
        kinds.put(1, [(here, many), (here, many)]);
        kinds.put(2, [(here, composite), (there, one)]);
        assert_eq!([one, many, composite].map(|it| kinds.rank(here, it)), [(0, 3), (1, 3), (2, 3)]);
        assert_eq!(kinds.rank(there, one), (0, 1));
        kinds.take(1);
        assert_eq!(kinds.rank(here, composite), (1, 2));
        kinds.put(2, [(there, composite), (there, one)]);
        assert_eq!(kinds.rank(here, one), (0, 1));
        assert_eq!(kinds.rank(there, composite), (1, 2));
        assert_eq!(kinds.rank((6, 100), one), (0, 0));
    }
}
