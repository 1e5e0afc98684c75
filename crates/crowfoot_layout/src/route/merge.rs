//! Lets lines into the same column share their way from where they meet.
//!
//! Each line has the cheapest way of its own. Two of those that end in the same column may still
//! cross: one that comes level and one that comes upright through the same point cannot change over
//! without the cost of a bend. As nobody can tell from the drawing which of the two goes on where,
//! the later one ends in the other: all ways become one tree, and none crosses itself.

use crate::{Pt, sizes::STUB};

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
    let mut tree: Vec<Piece> = Vec::new();
    for way in order {
        let own = &ways[way];
        // From the far end on, the first point that lies on the tree.
        let meeting = (0..own.len() - 1).rev().find_map(|k| {
            let (from, to) = (own[k + 1], own[k]);
            let is_far = k + 2 == own.len();
            let meets = |it: &Piece| {
                let at = meeting(from, to, it)?;
                let is_early = is_far && distance(from, at) < STUB as f32;
                (!is_early).then_some((at, it.way, it.number))
            };
            let nearest = tree.iter().filter_map(meets).min_by(|a, b| {
                distance(from, a.0)
                    .total_cmp(&distance(from, b.0))
                    .then((a.1, a.2).cmp(&(b.1, b.2)))
            });
            nearest.map(|it| (k, it))
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
        tree.extend(pieces.map(|(number, it)| Piece { way, number, a: it[0], b: it[1] }));
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
