//! Lines into the same columns run together as far as they can; where their notations differ they
//! fan out at the last moment, so that each notation stands by itself.

use crate::{
    Pt,
    sizes::{FAN, STUB},
};

/// A bend closer than this behind the fan takes its place, lest the line turn back at once.
const SHORT: f32 = 12.0;

/// Which end of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Tip {
    First,
    Last,
}

/// Lets a line end so far below where it ends now.
pub(super) fn fan(points: &mut Vec<Pt>, tip: Tip, offset: f32) {
    if offset == 0.0 || points.len() < 2 {
        return;
    }
    if tip == Tip::Last {
        points.reverse();
    }
    fan_first(points, offset);
    if tip == Tip::Last {
        points.reverse();
    }
}

fn fan_first(points: &mut Vec<Pt>, offset: f32) {
    let (at, next) = (points[0], points[1]);
    let room = (next.x - at.x).abs();
    if at.y != next.y || room == 0.0 {
        return;
    }
    let after = points.get(2).copied();
    let turns_away = after.is_some_and(|it| (it.y - at.y) * offset > 0.0);
    let has_bend = after.is_some();
    let is_at_bend = has_bend && (room <= STUB as f32 || (turns_away && room < FAN + SHORT));
    let x = match is_at_bend {
        true => next.x,
        false if has_bend => at.x + FAN * (next.x - at.x).signum(),
        false => at.x + FAN.min((room / 2.0).round()) * (next.x - at.x).signum(),
    };
    let y = at.y + offset;
    let (stub, knee, joint) = (Pt::new(at.x, y), Pt::new(x, y), Pt::new(x, at.y));
    if !is_at_bend {
        points.splice(0..1, [stub, knee, joint]);
        return;
    }
    let goes_level = after.is_some_and(|it| it.y == y);
    // What was a small step is none any more.
    let upto = if goes_level { 3 } else { 2 };
    let knee = (!goes_level).then_some(knee);
    points.splice(0..upto, std::iter::once(stub).chain(knee));
}

#[cfg(test)]
mod tests {
    use super::{Tip, fan};
    use crate::Pt;

    fn fanned(points: &[(f32, f32)], offsets: [f32; 2]) -> Vec<(f32, f32)> {
        let mut points: Vec<Pt> = points.iter().map(|it| Pt::new(it.0, it.1)).collect();
        fan(&mut points, Tip::First, offsets[0]);
        fan(&mut points, Tip::Last, offsets[1]);
        points.iter().map(|it| (it.x, it.y)).collect()
    }

    #[test]
    fn a_line_leaves_its_row_beside_its_table() {
        let line = [(0.0, 0.0), (100.0, 0.0), (100.0, 50.0)];
        assert_eq!(
            fanned(&line, [-6.0, 0.0]),
            [(0.0, -6.0), (23.0, -6.0), (23.0, 0.0), (100.0, 0.0), (100.0, 50.0)]
        );
        assert_eq!(fanned(&line, [0.0, 0.0]), line);
    }

    #[test]
    fn a_straight_line_has_room_for_both_fans() {
        let line = [(0.0, 0.0), (-30.0, 0.0)];
        assert_eq!(
            fanned(&line, [6.0, -6.0]),
            [(0.0, 6.0), (-15.0, 6.0), (-15.0, -6.0), (-30.0, -6.0)]
        );
        assert_eq!(
            fanned(&line, [0.0, -6.0]),
            [(0.0, 0.0), (-15.0, 0.0), (-15.0, -6.0), (-30.0, -6.0)]
        );
    }

    #[test]
    fn a_near_bend_takes_the_place_of_the_fan() {
        let line = |y| [(0.0, 0.0), (34.0, 0.0), (34.0, y), (90.0, y)];
        assert_eq!(
            fanned(&line(50.0), [6.0, 0.0]),
            [(0.0, 6.0), (34.0, 6.0), (34.0, 50.0), (90.0, 50.0)]
        );
        assert_eq!(fanned(&line(-50.0), [6.0, 0.0])[..3], [(0.0, 6.0), (23.0, 6.0), (23.0, 0.0)]);
        assert_eq!(fanned(&line(6.0), [6.0, 0.0]), [(0.0, 6.0), (90.0, 6.0)]);
    }
}
