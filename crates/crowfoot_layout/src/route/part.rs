//! Takes pieces off one another that still lie together.

use super::{beside::Beside, evict::Eviction, spread::Piece};
use crate::sizes::LINE_GAP;

/// Pieces closer than this are seen as one.
const TOGETHER: f32 = 1.5;
/// How close a piece may come to others where there is less room than wanted, and whether it may come
/// closer to a table than it should.
const GAPS: [(f32, bool); 4] =
    [(LINE_GAP, false), (LINE_GAP / 2.0, false), (LINE_GAP / 4.0, false), (LINE_GAP / 4.0, true)];

/// Moves each piece that lies on another to the nearest place where it does not, if there is one
/// between its limits.
///
/// An order in which few cross cannot always be had: where limits and wishes contradict each other,
/// packing leaves some pieces on others. One more crossing is better than a line that is hidden.
pub(super) fn part(pieces: &mut [Piece], beside: &Beside, sorted: &[u32]) {
    let mut taken = Vec::new();
    for &it in sorted {
        let at = it as usize;
        let piece = &pieces[at];
        if piece.is_fixed {
            continue;
        }
        taken.clear();
        let others = beside[at].iter().map(|it| &pieces[it.0 as usize]);
        let along = others.filter(|it| it.low < piece.high && piece.low < it.high);
        taken.extend(along.map(|it| it.at));
        if taken.iter().all(|it| (it - piece.at).abs() >= TOGETHER) {
            continue;
        }
        taken.sort_by(f32::total_cmp);
        let nearest = |(gap, is_close): (f32, bool)| {
            let slack = if is_close { piece.slack } else { 0.0 };
            let (min, max) = (piece.min - slack, piece.max + slack);
            let is_near = |it: f32, place: f32| (it - place).abs() < gap - 0.01;
            let up = taken.iter().fold(piece.at.max(piece.min), |place, &it| {
                if is_near(it, place) { it + gap } else { place }
            });
            let down = taken.iter().rev().fold(piece.at.min(piece.max), |place, &it| {
                if is_near(it, place) { it - gap } else { place }
            });
            let is_within = |it: &f32| min <= *it && *it <= max;
            let places = [up, down].into_iter().filter(is_within);
            places.min_by(|a, b| (a - piece.at).abs().total_cmp(&(b - piece.at).abs()))
        };
        if let Some(place) = GAPS.into_iter().find_map(nearest) {
            pieces[at].at = place;
        }
    }
    let mut eviction = Eviction::new(pieces, beside);
    for &it in sorted {
        eviction.settle(it);
    }
}

#[cfg(test)]
mod tests {
    use super::part;
    use crate::route::{beside::Beside, spread::Piece};

    /// A piece somewhere between 0 and 40.
    fn piece(at: f32, low: f32, high: f32) -> Piece {
        let mut piece = Piece::new(at);
        (piece.low, piece.high, piece.min, piece.max) = (low, high, 0.0, 40.0);
        piece
    }

    #[test]
    fn a_piece_on_another_goes_to_the_nearest_free_place() {
        let mut pieces =
            [piece(20.0, 0.0, 100.0), piece(20.0, 50.0, 150.0), piece(27.0, 0.0, 90.0)];
        pieces[0].fix(20.0);
        pieces[2].fix(27.0);
        let beside = Beside::new(3, &[(0, 1, 0), (1, 2, 0)]);
        part(&mut pieces, &beside, &[0, 1, 2]);
        assert_eq!(pieces.map(|it| it.at), [20.0, 12.0, 27.0]);
    }

    #[test]
    fn pieces_one_after_another_stay_in_line() {
        let mut pieces = [piece(20.0, 0.0, 100.0), piece(20.0, 103.0, 150.0)];
        part(&mut pieces, &Beside::new(2, &[(0, 1, 0)]), &[0, 1]);
        assert_eq!(pieces.map(|it| it.at), [20.0, 20.0]);
    }
}
