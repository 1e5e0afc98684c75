//! Finds places for pieces that lie on others where others have to make room first.

use super::{beside::Beside, spread::Piece};
use crate::sizes::LINE_GAP;

/// How close pieces may come to one another, and whether as close to tables as can be.
const ROOMS: [Room; 2] = [
    Room { gap: LINE_GAP / 4.0, is_squeezed: false },
    Room { gap: LINE_GAP / 6.0, is_squeezed: true },
];
/// Pieces closer than this lie on one another.
const TOGETHER: f32 = 1.1;
/// How many pieces may have to make room one for the other.
const DEPTH: usize = 3;
/// How many pieces may make room for the same one.
const MAX_BLOCKERS: usize = 3;
/// How many places are tried for a piece for which others have to make room, and in all for the
/// piece that lies on another.
const MAX_PLACES: usize = 24;
const MAX_TRIES: usize = 400;

#[derive(Clone, Copy)]
struct Room {
    gap: f32,
    is_squeezed: bool,
}

/// Pieces that make room for each other.
pub(super) struct Eviction<'a> {
    pieces: &'a mut [Piece],
    beside: &'a Beside,
    /// What was moved, and where it was.
    moved: Vec<(u32, f32)>,
    /// Those for which others make room.
    waiting: Vec<u32>,
    n_tries: usize,
    room: Room,
}

impl<'a> Eviction<'a> {
    pub(super) fn new(pieces: &'a mut [Piece], beside: &'a Beside) -> Self {
        Self { pieces, beside, moved: Vec::new(), waiting: Vec::new(), n_tries: 0, room: ROOMS[0] }
    }

    /// Gives a piece that lies on another the nearest place where it does not, and to those that
    /// are there places of their own. Leaves all where they are if it finds none.
    pub(super) fn settle(&mut self, piece: u32) {
        let one = &self.pieces[piece as usize];
        let lies_on = |it: &Piece| is_along(one, it) && (it.at - one.at).abs() < TOGETHER;
        let mut others = self.beside[piece as usize].iter().map(|it| &self.pieces[it.0 as usize]);
        if one.is_fixed || !others.any(lies_on) {
            return;
        }
        self.moved.clear();
        for room in ROOMS {
            self.room = room;
            self.n_tries = MAX_TRIES;
            if self.place(piece, DEPTH) {
                return;
            }
        }
    }

    fn place(&mut self, piece: u32, depth: usize) -> bool {
        let one = &self.pieces[piece as usize];
        let Room { gap, is_squeezed } = self.room;
        let slack = if is_squeezed { one.squeeze } else { (one.slack, one.slack) };
        let (min, max) = (one.min - slack.0, one.max + slack.1);
        let others = self.beside[piece as usize].iter().map(|it| it.0);
        let along = others.filter(|&it| is_along(one, &self.pieces[it as usize]));
        let mut taken: Vec<(f32, u32)> =
            along.map(|it| (self.pieces[it as usize].at, it)).collect();
        taken.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let at = one.at;
        let mut places: Vec<f32> = taken.iter().flat_map(|it| [it.0 - gap, it.0 + gap]).collect();
        places.extend([at, min, max]);
        places.retain(|it| min <= *it && *it <= max);
        places.sort_by(|a, b| (a - at).abs().total_cmp(&(b - at).abs()).then(a.total_cmp(b)));
        places.dedup();
        let blockers = |place: f32| {
            let first = taken.partition_point(|it| it.0 <= place - gap + 0.01);
            let near = taken[first..].iter().take_while(move |it| it.0 < place + gap - 0.01);
            near.map(|it| it.1)
        };
        if let Some(&place) = places.iter().find(|it| blockers(**it).next().is_none()) {
            self.put(piece, place);
            return true;
        }
        if depth == 0 {
            return false;
        }
        let can_go = |it: u32| !self.pieces[it as usize].is_fixed && !self.waiting.contains(&it);
        let is_good =
            |place: &f32| blockers(*place).count() <= MAX_BLOCKERS && blockers(*place).all(can_go);
        let places: Vec<(f32, Vec<u32>)> = places
            .into_iter()
            .filter(is_good)
            .take(MAX_PLACES)
            .map(|it| (it, blockers(it).collect()))
            .collect();
        self.waiting.push(piece);
        let is_placed = places.into_iter().any(|(place, blockers)| {
            if self.n_tries == 0 {
                return false;
            }
            self.n_tries -= 1;
            let n_before = self.moved.len();
            self.put(piece, place);
            let is_free = blockers.into_iter().all(|it| self.place(it, depth - 1));
            if !is_free {
                for (it, at) in self.moved.drain(n_before..).rev() {
                    self.pieces[it as usize].at = at;
                }
            }
            is_free
        });
        self.waiting.pop();
        is_placed
    }

    fn put(&mut self, piece: u32, place: f32) {
        let at = &mut self.pieces[piece as usize].at;
        self.moved.push((piece, std::mem::replace(at, place)));
    }
}

/// Whether two pieces are side by side in a part of their stretches.
fn is_along(one: &Piece, other: &Piece) -> bool {
    one.low < other.high && other.low < one.high
}

#[cfg(test)]
mod tests {
    use super::Eviction;
    use crate::route::{beside::Beside, spread::Piece};

    /// A piece that may be put between those limits.
    fn piece(at: f32, (low, high): (f32, f32), (min, max): (f32, f32)) -> Piece {
        let mut piece = Piece::new(at);
        (piece.low, piece.high, piece.min, piece.max) = (low, high, min, max);
        piece
    }

    #[test]
    fn a_short_piece_makes_room_for_a_long_one() {
        // The long one has one place beside each other piece; the middle one can go elsewhere.
        let mut pieces = [
            piece(10.0, (0.0, 300.0), (10.0, 12.0)),
            piece(10.0, (0.0, 100.0), (10.0, 10.0)),
            piece(12.0, (100.0, 200.0), (0.0, 40.0)),
        ];
        pieces[1].fix(10.0);
        let beside = Beside::new(3, &[(0, 1, 0), (0, 2, 0)]);
        Eviction::new(&mut pieces, &beside).settle(0);
        assert_eq!(pieces.map(|it| it.at), [12.0, 10.0, 10.0]);
    }

    #[test]
    fn where_nobody_can_go_all_stay() {
        let mut pieces = [
            piece(10.0, (0.0, 300.0), (10.0, 12.0)),
            piece(10.0, (0.0, 100.0), (10.0, 12.0)),
            piece(12.0, (0.0, 200.0), (10.0, 12.0)),
        ];
        let beside = Beside::new(3, &[(0, 1, 0), (0, 2, 0), (1, 2, 0)]);
        Eviction::new(&mut pieces, &beside).settle(0);
        assert_eq!(pieces.map(|it| it.at), [10.0, 10.0, 12.0]);
    }
}
