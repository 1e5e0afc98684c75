//! Packs pieces as closely as they may stand, to the low end and to the high end.

use super::{beside::Beside, spread::Piece};
use crate::sizes::LINE_GAP;

/// How often distances are made smaller where there is too little room.
const N_ROUNDS: usize = 14;

/// How far down and how far up each piece can stand.
pub(super) struct Packed {
    /// The pieces that are not fixed, in their order.
    pub(super) order: Vec<u32>,
    /// The distance that each keeps from others.
    pub(super) gaps: Vec<f32>,
    pub(super) lows: Vec<f32>,
    pub(super) highs: Vec<f32>,
    before: Neighbours,
    after: Neighbours,
}

/// The neighbours of each piece in the order, one after another.
struct Neighbours {
    ends: Vec<u32>,
    list: Vec<u32>,
}

impl Packed {
    pub(super) fn new(pieces: &[Piece], beside: &Beside, rank: &[u32], sorted: &[u32]) -> Self {
        let order: Vec<u32> =
            sorted.iter().copied().filter(|&it| !pieces[it as usize].is_fixed).collect();
        // One that can only stand on the other side does not push.
        let is_before = |a: u32, b: u32| {
            rank[a as usize] < rank[b as usize] && pieces[a as usize].min <= pieces[b as usize].max
        };
        let before = Neighbours::new(&order, beside, |it, other| is_before(other, it));
        let after = Neighbours::new(&order, beside, is_before);
        let ends: Vec<f32> = pieces.iter().map(|it| it.at).collect();
        let gaps = vec![LINE_GAP; pieces.len()];
        Self { order, gaps, lows: ends.clone(), highs: ends, before, after }
    }

    /// Packs all to the low end and to the high end, with smaller distances where that leaves
    /// no place.
    pub(super) fn pack(&mut self, pieces: &[Piece]) {
        for _ in 0..N_ROUNDS {
            self.pack_once(pieces);
            let mut is_tight = false;
            for at in self.order.iter().map(|&it| it as usize) {
                if self.lows[at] > self.highs[at] + 0.01 {
                    self.gaps[at] *= 0.75;
                    is_tight = true;
                }
            }
            if !is_tight {
                return;
            }
        }
    }

    fn pack_once(&mut self, pieces: &[Piece]) {
        let gaps = &self.gaps;
        for (place, &it) in self.order.iter().enumerate() {
            let at = it as usize;
            let mut low = pieces[at].min;
            for other in self.before.of(place) {
                low = low.max(self.lows[other] + gaps[at].min(gaps[other]));
            }
            self.lows[at] = low;
        }
        for (place, &it) in self.order.iter().enumerate().rev() {
            let at = it as usize;
            let mut high = pieces[at].max;
            for other in self.after.of(place) {
                high = high.min(self.highs[other] - gaps[at].min(gaps[other]));
            }
            self.highs[at] = high;
        }
    }
}

impl Neighbours {
    fn new(order: &[u32], beside: &Beside, is_it: impl Fn(u32, u32) -> bool) -> Self {
        let mut list = Vec::new();
        let ends = order.iter().map(|&it| {
            let all = beside[it as usize].iter().map(|it| it.0);
            list.extend(all.filter(|&other| is_it(it, other)));
            list.len() as u32
        });
        Self { ends: ends.collect(), list }
    }

    /// Those of the piece at that place of the order.
    fn of(&self, place: usize) -> impl Iterator<Item = usize> {
        let start = place.checked_sub(1).map_or(0, |it| self.ends[it] as usize);
        self.list[start..self.ends[place] as usize].iter().map(|&it| it as usize)
    }
}
