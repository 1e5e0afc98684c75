//! Lets lines into the same column share their way from where they meet.
//!
//! Each line has the cheapest way of its own. Two of those that end in the same column may still
//! cross: one that comes level and one that comes upright through the same point cannot change over
//! without the cost of a bend. As nobody can tell from the drawing which of the two goes on where,
//! the later one ends in the other: all ways become one tree, and none crosses itself.

use super::around;
use crate::{Pt, grid::Grid, sizes::STUB};

/// With more ways than this the pieces of a tree are looked up by place.
const MANY: usize = 64;
/// How large the cells are then, as a power of two.
const SHIFT: u32 = 8;

/// A piece of a way that is part of the tree.
struct Piece {
    way: usize,
    /// The number of the point at its end nearer to the root.
    number: usize,
    a: Pt,
    b: Pt,
}

/// Makes a tree of ways from the same root; shorter ones stay as they are.
pub(super) fn into_tree(ways: &mut [Vec<Pt>]) {
    let length = |it: &Vec<Pt>| -> f32 { it.windows(2).map(|it| distance(it[0], it[1])).sum() };
    let lengths: Vec<f32> = ways.iter().map(length).collect();
    let mut order: Vec<usize> = (0..ways.len()).filter(|&it| ways[it].len() > 1).collect();
    order.sort_by(|&a, &b| lengths[a].total_cmp(&lengths[b]).then(a.cmp(&b)));
    let mut tree = Tree::new(order.len());
    for way in order {
        let own = &ways[way];
        // From the far end on, the first point that lies on the tree.
        let meeting = (0..own.len() - 1).rev().find_map(|k| {
            let is_far = k + 2 == own.len();
            let first = tree.first_on(own[k + 1], own[k], if is_far { STUB as f32 } else { 0.0 });
            first.map(|it| (k, it))
        });
        let mut first = 0;
        if let Some((k, (at, other, number))) = meeting {
            let mut points = ways[other][..=number].to_vec();
            first = number;
            points.push(at);
            points.extend_from_slice(&ways[way][k + 1..]);
            ways[way] = points;
        }
        let pieces = ways[way].windows(2).enumerate().skip(first);
        for (number, it) in pieces {
            tree.add(Piece { way, number, a: it[0], b: it[1] });
        }
    }
}

/// The pieces that are part of the tree.
struct Tree {
    pieces: Vec<Piece>,
    /// Where they are, if they may become many.
    grid: Option<Grid>,
}

impl Tree {
    fn new(n_ways: usize) -> Self {
        Self { pieces: Vec::new(), grid: (n_ways > MANY).then(|| Grid::new(SHIFT)) }
    }

    fn add(&mut self, piece: Piece) {
        if let Some(grid) = &mut self.grid {
            grid.insert(self.pieces.len() as u32, around(piece.a, piece.b, 0));
        }
        self.pieces.push(piece);
    }

    /// The first point on the way from one point to another that lies on the tree and is so far away,
    /// with the way and the number of the piece there.
    fn first_on(&self, from: Pt, to: Pt, away: f32) -> Option<(Pt, usize, usize)> {
        let mut first: Option<(Pt, usize, usize)> = None;
        let mut look = |piece: &Piece| {
            let Some(at) = meeting(from, to, piece).filter(|at| distance(from, *at) >= away) else {
                return;
            };
            let key = (distance(from, at), piece.way, piece.number);
            if first.is_none_or(|it| key < (distance(from, it.0), it.1, it.2)) {
                first = Some((at, piece.way, piece.number));
            }
        };
        match &self.grid {
            Some(grid) => grid.visit(around(from, to, 0), |it| look(&self.pieces[it as usize])),
            None => self.pieces.iter().for_each(look),
        }
        first
    }
}

/// The first point on the way from one point to another that lies on a piece.
fn meeting(from: Pt, to: Pt, piece: &Piece) -> Option<Pt> {
    let (x0, x1) = (piece.a.x.min(piece.b.x), piece.a.x.max(piece.b.x));
    let (y0, y1) = (piece.a.y.min(piece.b.y), piece.a.y.max(piece.b.y));
    let x = (from.x.min(to.x).max(x0), from.x.max(to.x).min(x1));
    let y = (from.y.min(to.y).max(y0), from.y.max(to.y).min(y1));
    let is_met = x.0 <= x.1 && y.0 <= y.1;
    is_met.then(|| Pt::new(from.x.clamp(x.0, x.1), from.y.clamp(y.0, y.1)))
}

fn distance(a: Pt, b: Pt) -> f32 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}

#[cfg(test)]
mod tests {
    use super::into_tree;
    use crate::Pt;

    fn ways(lists: &[&[(f32, f32)]]) -> Vec<Vec<Pt>> {
        lists.iter().map(|it| it.iter().map(|&(x, y)| Pt::new(x, y)).collect()).collect()
    }

    #[test]
    fn a_way_ends_in_the_one_that_it_would_cross() {
        let short = [(0.0, 0.0), (20.0, 0.0), (20.0, 80.0), (90.0, 80.0)];
        let long = [(0.0, 0.0), (60.0, 0.0), (60.0, 200.0), (90.0, 200.0)];
        let mut found = ways(&[&long, &short]);
        into_tree(&mut found);
        let joined =
            [(0.0, 0.0), (20.0, 0.0), (20.0, 80.0), (60.0, 80.0), (60.0, 200.0), (90.0, 200.0)];
        assert_eq!(found, ways(&[&joined, &short]));
    }

    #[test]
    fn ways_that_do_not_meet_stay() {
        let left = [(0.0, 0.0), (-20.0, 0.0), (-20.0, 80.0), (-90.0, 80.0)];
        let right = [(50.0, 0.0), (70.0, 0.0), (70.0, 90.0), (90.0, 90.0)];
        let mut found = ways(&[&left, &right]);
        into_tree(&mut found);
        assert_eq!(found, ways(&[&left, &right]));
    }
}
