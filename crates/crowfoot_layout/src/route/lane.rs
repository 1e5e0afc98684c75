//! Stretches of track of one direction.

use rustc_hash::FxHashMap;

use super::load::Load;

/// The least size of a cell of the index, as a power of two.
const SHIFT: u32 = 8;
/// How many cells there may be for each stretch that is expected.
const CELLS_PER_STRETCH: i64 = 4;

/// A straight way between two tables, or the edge of the world: a line may run on it anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Stretch {
    /// Its coordinate across: x of an upright stretch, y of a level one.
    pub(super) at: i32,
    /// Between which coordinates along it runs.
    pub(super) low: i32,
    pub(super) high: i32,
}

/// All stretches of one direction, upright or level, and where they are.
#[derive(Clone, Debug, Default)]
pub(super) struct Lane {
    stretches: Vec<Stretch>,
    /// The lines along and across each.
    loads: Vec<Load>,
    /// The loads of those that were given up since [`Self::take_fresh`], in case they come back.
    given_up: FxHashMap<Stretch, Load>,
    /// Those added since then whose load is not known.
    fresh: Vec<u32>,
    /// The sides of tables that asked for each; one that nobody asks for any more is free.
    askers: Vec<Vec<u32>>,
    free: Vec<u32>,
    by_at: FxHashMap<i32, Vec<u32>>,
    /// What runs through each cell, by coordinate: those at one height along stand together.
    cells: Vec<Vec<(Stretch, u32)>>,
    shift: u32,
    /// The cell coordinates of the first cell and the numbers of cells, across and along.
    origin: (i32, i32),
    size: (i32, i32),
}

impl Lane {
    /// Forgets all, for a world between those coordinates with about so many stretches.
    pub(super) fn reset(&mut self, across: (i32, i32), along: (i32, i32), expected: usize) {
        let most = (expected as i64 * CELLS_PER_STRETCH).max(1024);
        self.shift = SHIFT;
        loop {
            let count = |(low, high): (i32, i32)| (high >> self.shift) - (low >> self.shift) + 1;
            self.size = (count(across), count(along));
            if i64::from(self.size.0) * i64::from(self.size.1) <= most {
                break;
            }
            self.shift += 1;
        }
        self.origin = (across.0 >> self.shift, along.0 >> self.shift);
        self.stretches.clear();
        self.loads.clear();
        self.given_up.clear();
        self.fresh.clear();
        self.askers.clear();
        self.free.clear();
        self.by_at.clear();
        self.cells.clear();
        self.cells.resize((self.size.0 * self.size.1) as usize, Vec::new());
    }

    /// One more than the highest number of a stretch.
    pub(super) fn n_numbers(&self) -> usize {
        self.stretches.len()
    }

    pub(super) fn stretch(&self, number: u32) -> Stretch {
        self.stretches[number as usize]
    }

    /// The sides of tables that asked for a stretch.
    pub(super) fn askers(&self, number: u32) -> &[u32] {
        &self.askers[number as usize]
    }

    /// The stretch at a coordinate across that holds one along.
    pub(super) fn at(&self, at: i32, along: i32) -> Option<u32> {
        self.by_at.get(&at)?.iter().copied().find(|&it| {
            let stretch = self.stretch(it);
            stretch.low <= along && along <= stretch.high
        })
    }

    /// Adds a stretch that nobody asked for yet.
    pub(super) fn add(&mut self, stretch: Stretch) -> u32 {
        let number = self.free.pop().unwrap_or(self.stretches.len() as u32);
        let load = self.given_up.remove(&stretch).unwrap_or_else(|| {
            self.fresh.push(number);
            Load::new(stretch.low, stretch.high)
        });
        if number as usize == self.stretches.len() {
            self.stretches.push(stretch);
            self.loads.push(load);
            self.askers.push(Vec::new());
        } else {
            self.stretches[number as usize] = stretch;
            self.loads[number as usize] = load;
        }
        self.by_at.entry(stretch.at).or_default().push(number);
        for cell in self.cells_of(stretch) {
            let cell = &mut self.cells[cell];
            let place = cell.partition_point(|it| (it.0.at, it.0.low) < (stretch.at, stretch.low));
            cell.insert(place, (stretch, number));
        }
        number
    }

    pub(super) fn ask(&mut self, number: u32, asker: u32) {
        self.askers[number as usize].push(asker);
    }

    /// Takes back that somebody asked for it.
    pub(super) fn release(&mut self, number: u32, asker: u32) {
        let askers = &mut self.askers[number as usize];
        if let Some(place) = askers.iter().position(|&it| it == asker) {
            askers.swap_remove(place);
        }
        if !askers.is_empty() {
            return;
        }
        let stretch = self.stretches[number as usize];
        if let Some(same) = self.by_at.get_mut(&stretch.at) {
            same.retain(|&it| it != number);
            if same.is_empty() {
                self.by_at.remove(&stretch.at);
            }
        }
        for cell in self.cells_of(stretch) {
            self.cells[cell].retain(|it| it.1 != number);
        }
        let load = std::mem::take(&mut self.loads[number as usize]);
        self.given_up.insert(stretch, load);
        self.free.push(number);
    }

    /// The lines along and across a stretch.
    pub(super) fn load(&self, number: u32) -> &Load {
        &self.loads[number as usize]
    }

    pub(super) fn load_mut(&mut self, number: u32) -> &mut Load {
        &mut self.loads[number as usize]
    }

    /// The stretches that were added since this was last asked, and whose lines are to be counted.
    pub(super) fn take_fresh(&mut self) -> Vec<u32> {
        self.given_up.clear();
        let mut fresh = std::mem::take(&mut self.fresh);
        fresh.sort_unstable();
        fresh.dedup();
        fresh.retain(|&it| !self.askers[it as usize].is_empty());
        fresh
    }

    /// The stretches that come into a rectangle given by its coordinates across and along; one may
    /// come several times.
    pub(super) fn touching(
        &self,
        (left, right): (i32, i32),
        (low, high): (i32, i32),
    ) -> impl Iterator<Item = u32> {
        let (first, last) = (self.cell_along(low), self.cell_along(high));
        (first..=last)
            .flat_map(move |along| &self.cells[self.row(left, right, along)])
            .flatten()
            .filter(move |(it, _)| {
                left <= it.at && it.at <= right && it.low <= high && low <= it.high
            })
            .map(|it| it.1)
    }

    /// The stretches between two coordinates across that hold one along, ascending.
    pub(super) fn crossing(
        &self,
        left: i32,
        right: i32,
        along: i32,
    ) -> impl Iterator<Item = (i32, u32)> {
        let row = if left > right { 0..0 } else { self.row(left, right, self.cell_along(along)) };
        self.cells[row]
            .iter()
            .flatten()
            .filter(move |(it, _)| {
                left <= it.at && it.at <= right && it.low <= along && along <= it.high
            })
            .map(|(it, number)| (it.at, *number))
    }

    fn cell_across(&self, at: i32) -> i32 {
        ((at >> self.shift) - self.origin.0).clamp(0, self.size.0 - 1)
    }

    fn cell_along(&self, along: i32) -> i32 {
        ((along >> self.shift) - self.origin.1).clamp(0, self.size.1 - 1)
    }

    /// The cells between two coordinates across.
    fn row(&self, left: i32, right: i32, cell_along: i32) -> std::ops::Range<usize> {
        let start = cell_along * self.size.0;
        let (first, last) = (self.cell_across(left), self.cell_across(right));
        (start + first) as usize..(start + last + 1) as usize
    }

    fn cells_of(&self, stretch: Stretch) -> impl Iterator<Item = usize> + use<> {
        let (width, at) = (self.size.0, self.cell_across(stretch.at));
        let (first, last) = (self.cell_along(stretch.low), self.cell_along(stretch.high));
        (first..=last).map(move |along| (along * width + at) as usize)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Lane, Stretch};

    #[test]
    fn what_crosses_comes_in_order_until_nobody_asks_for_it() {
        let mut lane = Lane::default();
        lane.reset((-1000, 1000), (-1000, 1000), 4);
        let far = lane.add(Stretch { at: 700, low: -900, high: 900 });
        let near = lane.add(Stretch { at: -20, low: -900, high: 10 });
        let other = lane.add(Stretch { at: -20, low: 40, high: 900 });
        for (asker, number) in (0..).zip([far, near, other]) {
            lane.ask(number, asker);
        }
        let crossing = |lane: &Lane, along| -> Vec<u32> {
            lane.crossing(-500, 800, along).map(|it| it.1).collect()
        };
        assert_eq!(crossing(&lane, 0), [near, far]);
        assert_eq!(crossing(&lane, 20), [far]);
        assert_eq!(crossing(&lane, 500), [other, far]);
        assert_eq!(lane.at(-20, 41), Some(other));
        lane.release(far, 0);
        assert_eq!(crossing(&lane, 0), [near]);
        let touching: BTreeSet<u32> = lane.touching((-30, -10), (-5, 50)).collect();
        assert_eq!(touching, BTreeSet::from([near, other]));
    }
}
