//! Gives parallel pieces their places beside each other.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{beside::Beside, pack::Packed, part::part, sift::sift};
use crate::{
    Facing,
    sizes::{FORK, LINE_GAP},
};

/// Pieces are side by side when their stretches come this close.
const NEAR: f32 = 6.0;
/// What a joint on the same line as another's, from the other side, weighs: the two would lie on
/// one another.
const COLLISION: i32 = 1000;
/// What it weighs that two pieces cannot stand otherwise.
const FORCED: i32 = 1_000_000;

/// A straight piece of one line, or of several that run together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Its coordinate across, which is to be chosen.
    pub(super) at: f32,
    /// Its stretch along.
    pub(super) low: f32,
    pub(super) high: f32,
    /// Between which coordinates it may be put.
    pub(super) min: f32,
    pub(super) max: f32,
    /// How far beyond that it may go before it touches a table.
    pub(super) slack: f32,
    /// The same downwards and upwards where it would lie on another else.
    pub(super) squeeze: (f32, f32),
    pub(super) is_fixed: bool,
    /// Where along the piece a line goes off, and to which side: -1 or 1.
    joints: Vec<(f32, i32)>,
    /// The pieces that lines of this one run on to, round a bend each.
    pub(super) next: Vec<u32>,
}

impl Piece {
    pub(super) fn new(at: f32) -> Self {
        Self {
            at,
            low: f32::INFINITY,
            high: f32::NEG_INFINITY,
            min: f32::NEG_INFINITY,
            max: f32::INFINITY,
            slack: 0.0,
            squeeze: (0.0, 0.0),
            is_fixed: false,
            joints: Vec::new(),
            next: Vec::new(),
        }
    }

    /// Puts it where it is to stay.
    pub(super) fn fix(&mut self, at: f32) {
        self.at = at;
        self.is_fixed = true;
    }

    /// Notes that a line goes off there, to another coordinate across.
    pub(super) fn joint(&mut self, along: f32, to: f32) {
        let joint = (along, if to < self.at { -1 } else { 1 });
        if !self.joints.contains(&joint) {
            self.joints.push(joint);
        }
    }

    /// Keeps it so far away from a side of a table, or from the bar beside it.
    pub(super) fn keep_off(&mut self, facing: Facing, side: f32, by: f32) {
        match facing {
            Facing::Right => self.min = self.min.max((side + by).min(self.at + BAR)),
            Facing::Left => self.max = self.max.min((side - by).max(self.at - BAR)),
        }
    }
}

/// How far a piece may be moved out so that there is room for the notation at a bar.
const BAR: f32 = FORK as f32;
/// How many pieces are tried for one that must go first.
const MAX_DETOURS: usize = 20;

/// Puts each piece somewhere between its limits so that those side by side keep their distance, as
/// far as there is room, in an order in which few cross, and in the middle of what is free.
pub(super) fn spread(pieces: &mut [Piece]) {
    let n = pieces.len();
    let beside = Beside::new(n, &pairs(pieces));
    let mut rank = order(pieces, &beside);
    sift(&beside, &mut rank);
    let n_ranked = rank.iter().filter(|it| **it != u32::MAX).count();
    let mut sorted = vec![0u32; n_ranked];
    for (it, place) in (0..).zip(&rank).filter(|it| *it.1 != u32::MAX) {
        sorted[*place as usize] = it;
    }

    let mut packed = Packed::new(pieces, &beside, &rank, &sorted);
    packed.pack(pieces);
    for piece in packed.order.iter().map(|&it| it as usize) {
        let middle = f32::midpoint(packed.lows[piece], packed.highs[piece]);
        let piece = &mut pieces[piece];
        piece.at = middle.clamp(piece.min, piece.max);
    }
    let gaps = packed.gaps;
    hug(pieces, &beside, &rank, &sorted, &gaps);
    for piece in pieces.iter_mut().filter(|it| !it.is_fixed) {
        let rounded = (piece.at * 2.0).round() / 2.0;
        if piece.min <= rounded && rounded <= piece.max {
            piece.at = rounded;
        }
    }
    part(pieces, &beside, &sorted);
}

/// Pulls pieces whose lines all go off to one side to that side, as far as the others let them.
fn hug(pieces: &mut [Piece], beside: &Beside, rank: &[u32], sorted: &[u32], gaps: &[f32]) {
    for &it in sorted {
        let at = it as usize;
        if !pieces[at].is_fixed && pieces[at].joints.iter().all(|it| it.1 < 0) {
            let mut low = pieces[at].min;
            for &(other, _) in &beside[at] {
                let other = other as usize;
                if rank[other] < rank[at] {
                    low = low.max(pieces[other].at + gaps[at].min(gaps[other]));
                }
            }
            pieces[at].at = pieces[at].at.min(low);
        }
    }
    for &it in sorted.iter().rev() {
        let at = it as usize;
        if !pieces[at].is_fixed && pieces[at].joints.iter().all(|it| it.1 > 0) {
            let mut high = pieces[at].max;
            for &(other, _) in &beside[at] {
                let other = other as usize;
                if rank[other] > rank[at] {
                    high = high.min(pieces[other].at - gaps[at].min(gaps[other]));
                }
            }
            pieces[at].at = pieces[at].at.max(high);
        }
    }
}

/// Pieces that can come to lie side by side, and how much better it is that the first one lies right
/// of the second than left of it.
fn pairs(pieces: &[Piece]) -> Vec<(u32, u32, i32)> {
    let mut sorted: Vec<u32> = (0..pieces.len() as u32).collect();
    let key = |it: &u32| pieces[*it as usize].min;
    sorted.sort_by(|a, b| key(a).total_cmp(&key(b)).then(a.cmp(b)));
    // Two that are fixed never are a pair, and most may be fixed.
    let movable: Vec<u32> =
        sorted.iter().copied().filter(|it| !pieces[*it as usize].is_fixed).collect();
    let mut n_movable = 0;
    let mut pairs = Vec::new();
    for (place, &a) in sorted.iter().enumerate() {
        let one = &pieces[a as usize];
        n_movable += usize::from(!one.is_fixed);
        let after = if one.is_fixed { &movable[n_movable..] } else { &sorted[place + 1..] };
        for &b in after {
            let other = &pieces[b as usize];
            if other.min >= one.max + LINE_GAP {
                break;
            }
            let is_next = one.next.contains(&b) || other.next.contains(&a);
            if !can_touch(one, other, is_next) {
                continue;
            }
            let wish = if is_next {
                // A line that turns back stays the same way round.
                if one.at > other.at { FORCED } else { -FORCED }
            } else {
                wish(one, other)
            };
            pairs.push((a, b, wish));
        }
    }
    pairs
}

/// Whether two pieces can come to lie side by side. A piece and the one that its line goes on to
/// may also come to lie in one line.
pub(super) fn can_touch(one: &Piece, other: &Piece, is_next: bool) -> bool {
    let near = if is_next { -NEAR } else { NEAR };
    one.low - near < other.high
        && other.low - near < one.high
        && one.min < other.max + LINE_GAP
        && other.min < one.max + LINE_GAP
        && !(one.is_fixed && other.is_fixed)
}

/// How much better it is that `a` lies right of `b` than left of it.
fn wish(a: &Piece, b: &Piece) -> i32 {
    // Where neither can pass the other there is no choice.
    if a.min >= b.max {
        return FORCED;
    }
    if b.min >= a.max {
        return -FORCED;
    }
    let within = |piece: &Piece, along: f32| piece.low - 1.0 <= along && along <= piece.high + 1.0;
    let mut wish = 0;
    for &(along, side) in &a.joints {
        if within(b, along) {
            wish += side;
        }
    }
    for &(along, side) in &b.joints {
        if within(a, along) {
            wish -= side;
        }
    }
    if a.joints.len() * b.joints.len() < 4000 {
        for &(p, side) in &a.joints {
            let meets = b.joints.iter().any(|&(q, other)| (p - q).abs() < 3.0 && side != other);
            if meets {
                wish += side * COLLISION;
            }
        }
    }
    wish
}

/// An order of all pieces that follows the wishes where they do not contradict each other.
fn order(pieces: &[Piece], beside: &Beside) -> Vec<u32> {
    let n = pieces.len();
    // What would be violated if the piece came next.
    let mut waits: Vec<i32> =
        (0..n).map(|it| beside[it].iter().map(|it| it.1.max(0)).sum()).collect();
    let place = |at: usize| (pieces[at].at * 2.0) as i32;
    let is_busy = |&it: &usize| !(pieces[it].is_fixed && beside[it].is_empty());
    // What waits for less by now stands in it twice.
    let mut queue: BinaryHeap<Reverse<(i32, i32, u32)>> =
        (0..n).filter(is_busy).map(|it| Reverse((waits[it], place(it), it as u32))).collect();
    let mut rank = vec![u32::MAX; n];
    let mut lows: Vec<f32> = pieces.iter().map(|it| it.min).collect();
    let mut next = 0;
    while let Some(&Reverse((waiting, _, first))) = queue.peek() {
        if rank[first as usize] != u32::MAX || waits[first as usize] != waiting {
            queue.pop();
            continue;
        }
        // One that would find no room any more if this one stood before it goes first.
        let mut it = first;
        for _ in 0..MAX_DETOURS {
            let reach = lows[it as usize] + LINE_GAP;
            let urgent = beside[it as usize].iter().map(|it| it.0).find(|&other| {
                rank[other as usize] == u32::MAX
                    && pieces[other as usize].max < reach
                    && lows[other as usize] < reach
            });
            let Some(urgent) = urgent else { break };
            it = urgent;
        }
        rank[it as usize] = next;
        next += 1;
        let reach = lows[it as usize] + LINE_GAP;
        for &(other, wish) in &beside[it as usize] {
            let other = other as usize;
            if rank[other] != u32::MAX {
                continue;
            }
            lows[other] = lows[other].max(reach.min(pieces[other].max));
            // The other's wish is the opposite; it no longer waits for this one.
            if wish < 0 {
                waits[other] += wish;
                queue.push(Reverse((waits[other], place(other), other as u32)));
            }
        }
    }
    rank
}
