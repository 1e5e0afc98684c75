//! What stays where it is while some lines are moved apart beside it.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Apart, Entry, GROWTH, Kept, Pass};
use crate::{
    Pt, Rect,
    route::{
        around,
        nudge::{Axis, REACH, Run, across, add_to, pieces_of},
        spread::{Piece, can_touch},
    },
    sizes::LINE_GAP,
};

/// Pieces of one direction that stay, near lines that are to be moved.
///
/// There are hundreds of them near a dragged table, of which a few stand in the way of others; only
/// those are made whole.
pub(in crate::route) struct Near<'a> {
    pass: &'a Pass,
    lines: &'a [Kept],
    /// The lines that have a part in the preview, and are elsewhere; ascending.
    part: &'a [u32],
    still: Vec<Still>,
    /// The last piece of each bundle.
    of_bundle: FxHashMap<u64, u32>,
}

/// A piece that stays.
#[derive(Debug)]
struct Still {
    at: f32,
    /// Its stretch along, or more.
    low: f32,
    high: f32,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Entry(u32),
    Whole(Piece),
}

impl Apart {
    /// Where the lines run beside which one may come to run that takes part in a preview, upright
    /// and level. `part` has all that do, ascending.
    pub(in crate::route) fn near<'a>(
        &'a self,
        pieces: impl Iterator<Item = (Pt, Pt)>,
        part: &'a [u32],
    ) -> [Near<'a>; 2] {
        let mut seen = FxHashSet::default();
        let (mut upright, mut level) = (Vec::new(), Vec::new());
        for (a, b) in pieces {
            // Lines into the same column have most of their pieces in common.
            if !seen.insert([a.x, a.y, b.x, b.y].map(f32::to_bits)) {
                continue;
            }
            let rect = around(a, b, GROWTH);
            let by = REACH - GROWTH;
            if a.x == b.x {
                let (left, right) = (rect.x - by, rect.right() + by);
                upright.push(Rect::spanning(left, rect.y, right, rect.bottom()));
            } else {
                let (top, bottom) = (rect.y - by, rect.bottom() + by);
                level.push(Rect::spanning(rect.x, top, rect.right(), bottom));
            }
        }
        [
            Near::new(&self.passes[2], &self.lines, &upright, part),
            Near::new(&self.passes[1], &self.lines, &level, part),
        ]
    }
}

impl<'a> Near<'a> {
    /// The pieces near those rectangles, in which some lines run that have a part in a preview.
    pub(super) fn new(pass: &'a Pass, lines: &'a [Kept], rects: &[Rect], part: &'a [u32]) -> Self {
        let mut near =
            Self { pass, lines, part, still: Vec::new(), of_bundle: FxHashMap::default() };
        let mut is_seen = vec![false; pass.entries.len()];
        for &rect in rects {
            pass.grid.visit(rect, |it| {
                let entry = &pass.entries[it as usize];
                if !is_seen[it as usize] && entry.place.overlaps(rect) {
                    is_seen[it as usize] = true;
                    near.add_entry(it, entry);
                }
            });
        }
        near
    }

    fn add_entry(&mut self, number: u32, entry: &Entry) {
        if entry.members.iter().all(|it| self.is_part(it.0)) {
            return;
        }
        // The ends of level pieces were moved once more after they were put.
        let by = if self.pass.axis == Axis::Level { REACH as f32 + 8.0 } else { 0.0 };
        let (low, high) = (entry.piece.low - by, entry.piece.high + by);
        let source = Source::Entry(number);
        self.add(entry.bundle, Still { at: entry.at, low, high, source });
    }

    fn add(&mut self, bundle: u64, still: Still) {
        self.of_bundle.insert(bundle, self.still.len() as u32);
        self.still.push(still);
    }

    /// Adds the pieces of some lines where they are.
    pub(in crate::route) fn add_runs<'b>(
        &mut self,
        runs: &[Option<Run>],
        lines: impl Iterator<Item = &'b u32>,
    ) {
        let axis = self.pass.axis;
        for run in lines.filter_map(|&it| runs[it as usize].as_ref()) {
            for k in pieces_of(&run.raw, axis) {
                let at = across(axis, run.points[k]);
                let mut piece = Piece::new(at);
                add_to(&mut piece, axis, &run.points, (run.raw.from, run.raw.to), k);
                piece.fix(at);
                let (low, high) = (piece.low, piece.high);
                self.add(run.bundles[k], Still { at, low, high, source: Source::Whole(piece) });
            }
        }
    }

    /// How many pieces there are.
    pub(in crate::route) fn len(&self) -> usize {
        self.still.len()
    }

    /// The number of the piece that a bundle runs over.
    pub(in crate::route) fn of_bundle(&self, bundle: u64) -> Option<usize> {
        self.of_bundle.get(&bundle).map(|&it| it as usize)
    }

    /// Where a piece is.
    pub(in crate::route) fn at(&self, number: usize) -> f32 {
        self.still[number].at
    }

    /// A piece as the lines take it that have no part in the preview.
    pub(in crate::route) fn piece(&self, number: usize) -> Piece {
        let still = &self.still[number];
        let number = match &still.source {
            Source::Whole(piece) => return piece.clone(),
            Source::Entry(number) => *number,
        };
        let axis = self.pass.axis;
        let entry = &self.pass.entries[number as usize];
        let mut piece = Piece::new(entry.at);
        for &(line, k) in entry.members.iter().filter(|it| !self.is_part(it.0)) {
            let kept = &self.lines[line as usize];
            let facings = (kept.way.from, kept.way.to);
            add_to(&mut piece, axis, &kept.stages[2], facings, k as usize);
        }
        piece.fix(entry.at);
        piece
    }

    /// The pieces that some of those may come to lie beside, ascending.
    pub(in crate::route) fn beside<'b>(
        &self,
        pieces: impl Iterator<Item = &'b Piece>,
    ) -> Vec<usize> {
        let mut movable: Vec<&Piece> = pieces.filter(|it| !it.is_fixed).collect();
        movable.sort_by(|a, b| a.min.total_cmp(&b.min));
        let widest = movable.iter().map(|it| it.max - it.min).fold(0.0, f32::max) + LINE_GAP;
        let mut one = Piece::new(0.0);
        let is_beside = |number: &usize| {
            let still = &self.still[*number];
            (one.low, one.high) = (still.low, still.high);
            (one.min, one.max) = (still.at, still.at);
            let first = movable.partition_point(|it| it.min < still.at - widest - 1.0);
            let near = movable[first..].iter().take_while(|it| it.min < still.at + LINE_GAP);
            near.into_iter().any(|it| can_touch(&one, it, false))
        };
        (0..self.still.len()).filter(is_beside).collect()
    }

    fn is_part(&self, line: u32) -> bool {
        self.part.binary_search(&line).is_ok()
    }
}
