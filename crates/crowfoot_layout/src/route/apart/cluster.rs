//! Puts the pieces of one cluster where they belong, and their lines there.

use rustc_hash::FxHashSet;

use super::{Kept, NEAR, Pass};
use crate::route::{
    nudge::{Axis, pieces_of},
    spread::{Piece, can_touch, spread},
};

impl Pass {
    /// Finds the pieces that can touch a free one, directly or through others, and puts them
    /// where they belong. Notes the lines of those that were elsewhere. Tells how many there were.
    pub(super) fn arrange_cluster(
        &mut self,
        seed: u32,
        round: u32,
        concerned: &mut Vec<u32>,
    ) -> usize {
        let is_large = self.is_large();
        let mut cluster = vec![seed];
        let mut fixed = Vec::new();
        self.entries[seed as usize].found = (round, 0);
        let mut done = 0;
        while let Some(&number) = cluster.get(done) {
            done += 1;
            let entries = &mut self.entries;
            let place = entries[number as usize].place;
            self.grid.visit(place.grown(NEAR), |it| {
                let (one, other) = (&entries[number as usize], &entries[it as usize]);
                if other.found.0 == round || !other.place.grown(NEAR).overlaps(one.place) {
                    return;
                }
                let is_next = one.piece.next.contains(&it) || other.piece.next.contains(&number);
                if can_touch(&one.piece, &other.piece, is_next) {
                    let stays = other.piece.is_fixed || (is_large && other.seeded != round);
                    let list = if stays { &mut fixed } else { &mut cluster };
                    list.push(it);
                    entries[it as usize].found.0 = round;
                }
            });
        }
        for &it in &fixed {
            // Another cluster may meet it, too.
            self.entries[it as usize].found.0 = 0;
        }
        let stays: FxHashSet<u32> = fixed.iter().copied().collect();
        cluster.append(&mut fixed);
        cluster.sort_unstable_by_key(|&it| self.entries[it as usize].first);
        for (place, &it) in (0..).zip(&cluster) {
            self.entries[it as usize].found.1 = place;
        }
        let in_cluster = |it: u32| {
            let place = self.entries[it as usize].found.1;
            (cluster.get(place as usize) == Some(&it)).then_some(place)
        };
        let local = |&it: &u32| {
            let mut piece = self.entries[it as usize].piece.clone();
            piece.next = piece.next.iter().filter_map(|&it| in_cluster(it)).collect();
            if stays.contains(&it) {
                piece.fix(self.entries[it as usize].at);
            }
            piece
        };
        let mut pieces: Vec<Piece> = cluster.iter().map(local).collect();
        let n_pieces = pieces.len();
        spread(&mut pieces);
        for (number, piece) in cluster.into_iter().zip(pieces) {
            let entry = &mut self.entries[number as usize];
            if entry.at != piece.at {
                entry.at = piece.at;
                concerned.extend(entry.members.iter().map(|it| it.0));
            }
        }
        n_pieces
    }

    /// Moves the pieces of a line to where they were put; false if that is where they were.
    pub(super) fn take_over(&self, kept: &mut Kept, line: u32) -> bool {
        let mut points = kept.points(self.stage).to_vec();
        let n = points.len().saturating_sub(1);
        for (k, &number) in pieces_of(&kept.way, self.axis).zip(&self.of_line[line as usize]) {
            if k == 0 || k == n - 1 {
                continue;
            }
            let at = self.entries[number as usize].at;
            for point in &mut points[k..=k + 1] {
                match self.axis {
                    Axis::Upright => point.x = at,
                    Axis::Level => point.y = at,
                }
            }
        }
        let old = &mut kept.stages[self.stage];
        let is_other = *old != points;
        *old = points;
        is_other
    }
}
