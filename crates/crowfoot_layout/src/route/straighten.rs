//! Takes needless changes of track out of the ways that the search found.
//!
//! A line has to leave its tables straight for a while. Where no track lies so that it can at both
//! ends, the search changes tracks in between, and may have to run past the height it wants to get
//! over to the other track and back: a hook. One upright piece between the tracks does as well.

use super::{CLEARANCE, around, space::Space};
use crate::{Pt, sizes::STUB};

/// Tracks further apart than this were changed to get around something.
const WIDEST: f32 = 128.0;

/// Puts one upright piece for two wherever no table stands in its way. The pieces are level and
/// upright in turn.
pub(super) fn straighten(space: &Space, points: &mut Vec<Pt>) {
    let mut k = 1;
    while k + 4 < points.len() {
        let Some(at) = straighter(space, points, k) else {
            k += 2;
            continue;
        };
        let corners = [Pt::new(at, points[k].y), Pt::new(at, points[k + 3].y)];
        points.splice(k..k + 4, corners);
        // The new piece may be one with the one before.
        k = k.saturating_sub(2).max(1);
    }
}

/// Where one upright piece can stand for the two that begin at points `k` and `k + 2`.
fn straighter(space: &Space, points: &[Pt], k: usize) -> Option<f32> {
    let (a, b, c, d) = (points[k], points[k + 1], points[k + 2], points[k + 3]);
    let is_change = a.x == b.x && c.x == d.x && b.y == c.y && b.x != c.x;
    if !is_change || (c.x - b.x).abs() > WIDEST {
        return None;
    }
    let (before, after) = (points[k - 1], points[k + 4]);
    // What is left of a stub stays long enough for the notation at its end.
    let is_long = |is_stub: bool, end: f32, old: f32, new: f32| {
        let (old, new) = (old - end, new - end);
        !is_stub || (old * new > 0.0 && new.abs() >= old.abs().min(STUB as f32))
    };
    let is_good = |&x: &f32| {
        is_long(k == 1, before.x, a.x, x)
            && is_long(k + 5 == points.len(), after.x, d.x, x)
            && [(before, a.y), (after, d.y)]
                .into_iter()
                .all(|(end, y)| space.is_free(around(end, Pt::new(x, y), 0)))
            && {
                let upright = around(Pt::new(x, a.y), Pt::new(x, d.y), 0);
                space.is_free(upright.grown(CLEARANCE - 1))
            }
    };
    let between = |p: Pt, q: Pt| f32::midpoint(p.x, q.x).round();
    [b.x, c.x, between(b, c), between(before, after)].into_iter().find(is_good)
}
