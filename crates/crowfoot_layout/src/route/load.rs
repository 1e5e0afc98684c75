//! How many lines run along and across a stretch of track.

/// How long the pieces of a stretch are in which lines are counted, as a power of two.
const SHIFT: u32 = 5;

/// The lines along and across a stretch, so that the search can tell what a way over it crosses.
#[derive(Clone, Debug, Default)]
pub(super) struct Load {
    low: i32,
    /// How many lines cross the stretch before each of its pieces, in halves: a line that ends on
    /// the stretch counts half, as it may or may not have to cross another one there.
    crossed: Vec<i32>,
    /// How many lines run along each piece.
    running: Vec<i32>,
}

impl Load {
    pub(super) fn new(low: i32, high: i32) -> Self {
        let n = ((high - low).max(0) >> SHIFT) as usize + 1;
        Self { low, crossed: vec![0; n + 1], running: vec![0; n] }
    }

    /// Counts a line across the stretch.
    pub(super) fn cross(&mut self, along: i32, halves: i32) {
        let piece = self.piece(along);
        for it in &mut self.crossed[piece + 1..] {
            *it += halves;
        }
    }

    /// Counts a line along a part of the stretch.
    pub(super) fn run(&mut self, low: i32, high: i32, n: i32) {
        let (first, last) = (self.piece(low), self.piece(high));
        for it in &mut self.running[first..=last] {
            *it += n;
        }
    }

    /// How many lines run along the stretch there.
    pub(super) fn running(&self, along: i32) -> i32 {
        self.running[self.piece(along)]
    }

    /// How many lines one crosses from here to there, in halves.
    pub(super) fn crossings(&self, from: i32, to: i32) -> i32 {
        (self.before(from) - self.before(to)).abs()
    }

    /// How many lines cross before a coordinate, in halves; what crosses a piece does so evenly.
    pub(super) fn before(&self, along: i32) -> i32 {
        let piece = self.piece(along);
        let (start, end) = (self.crossed[piece], self.crossed[piece + 1]);
        let rest = (along - self.low - ((piece as i32) << SHIFT)).clamp(0, 1 << SHIFT);
        start + (((end - start) * rest) >> SHIFT)
    }

    fn piece(&self, along: i32) -> usize {
        (((along - self.low).max(0) >> SHIFT) as usize).min(self.running.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::Load;

    #[test]
    fn what_lies_between_is_counted() {
        let mut load = Load::new(-100, 1000);
        load.cross(10, 2);
        load.cross(500, 2);
        load.cross(505, 1);
        assert_eq!(load.crossings(-100, 1000), 5);
        assert_eq!(load.crossings(900, 100), 3);
        assert_eq!(load.crossings(100, 400), 0);
        load.cross(500, -2);
        assert_eq!(load.crossings(100, 1000), 1);
        load.run(0, 200, 1);
        load.run(150, 400, 3);
        assert_eq!([load.running(-90), load.running(20), load.running(180)], [0, 1, 4]);
    }
}
