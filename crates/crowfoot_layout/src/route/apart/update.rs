//! Brings one direction's pieces in step with lines that changed, bit by bit.

use super::{Begun, Kept, Pass};
use crate::route::{nudge::pieces_of, space::Space};

/// How far a pass has come.
#[derive(Clone, Debug, Default)]
pub(super) struct Update {
    step: Step,
    /// How many lines, pieces or seeds of this step are done.
    n_done: usize,
    /// The pieces that may be others than before.
    touched: Vec<u32>,
    /// The pieces that are to be put anew, with all that can touch them.
    seeds: Vec<u32>,
    /// The lines that may be elsewhere.
    concerned: Vec<u32>,
    /// Those that are.
    elsewhere: Vec<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
enum Step {
    /// Changed lines are put to the pieces that they run over now.
    #[default]
    Regroup,
    /// It is looked which pieces are others than before.
    LookAt,
    /// These and what can touch them are arranged.
    Arrange,
    /// Lines are put where their pieces are.
    TakeOver,
}

impl Pass {
    /// Deals with about so many pieces. In the end it gives the lines whose points are others after
    /// this pass.
    pub(super) fn go_on(
        &mut self,
        space: &Space,
        lines: &mut [Kept],
        begun: &Begun,
        mut update: Update,
        n_pieces: usize,
    ) -> Result<Vec<u32>, Update> {
        let mut n_left = n_pieces;
        match update.step {
            Step::Regroup => {
                self.of_line.resize_with(lines.len(), Vec::new);
                while n_left > 0
                    && let Some(&line) = begun.changed.get(update.n_done)
                {
                    let n_touched = update.touched.len();
                    self.regroup(line, &lines[line as usize], &mut update.touched);
                    n_left = n_left.saturating_sub(update.touched.len() - n_touched);
                    update.n_done += 1;
                }
                if update.n_done == begun.changed.len() {
                    self.touch_near(begun, &mut update.touched);
                    (update.step, update.n_done) = (Step::LookAt, 0);
                }
            }
            Step::LookAt => {
                while n_left > 0
                    && let Some(&number) = update.touched.get(update.n_done)
                {
                    self.look_at(number, space, lines, &mut update.seeds);
                    n_left -= 1;
                    update.n_done += 1;
                }
                if update.n_done == update.touched.len() {
                    self.begin_round(&mut update.seeds);
                    update.concerned.clone_from(&begun.changed);
                    (update.step, update.n_done) = (Step::Arrange, 0);
                }
            }
            Step::Arrange => {
                while n_left > 0
                    && let Some(&seed) = update.seeds.get(update.n_done)
                {
                    let it = &self.entries[seed as usize];
                    let is_open =
                        it.found.0 < self.round && !it.piece.is_fixed && !it.members.is_empty();
                    let n = if is_open {
                        self.arrange_cluster(seed, self.round, &mut update.concerned)
                    } else {
                        0
                    };
                    n_left = n_left.saturating_sub(n);
                    update.n_done += 1;
                }
                if update.n_done == update.seeds.len() {
                    update.concerned.sort_unstable();
                    update.concerned.dedup();
                    (update.step, update.n_done) = (Step::TakeOver, 0);
                }
            }
            Step::TakeOver => {
                while n_left > 0
                    && let Some(&line) = update.concerned.get(update.n_done)
                {
                    n_left = n_left.saturating_sub(self.of_line[line as usize].len());
                    if self.take_over(&mut lines[line as usize], line) {
                        update.elsewhere.push(line);
                    }
                    update.n_done += 1;
                }
                if update.n_done == update.concerned.len() {
                    return Ok(update.elsewhere);
                }
            }
        }
        Err(update)
    }

    /// Puts a changed line to the pieces that it runs over now. Adds the pieces concerned.
    fn regroup(&mut self, line: u32, kept: &Kept, touched: &mut Vec<u32>) {
        for number in self.of_line[line as usize].drain(..) {
            self.entries[number as usize].members.retain(|it| it.0 != line);
            touched.push(number);
        }
        for k in pieces_of(&kept.way, self.axis) {
            let number = self.number(kept.bundles[k]);
            let members = &mut self.entries[number as usize].members;
            let member = (line, k as u32);
            let place = members.partition_point(|it| *it < member);
            members.insert(place, member);
            self.of_line[line as usize].push(number);
            touched.push(number);
        }
    }

    /// Adds the pieces near where tables came or went, and orders all.
    fn touch_near(&self, begun: &Begun, touched: &mut Vec<u32>) {
        for rect in &begun.moved {
            let rect = rect.grown(2);
            self.grid.visit(rect, |it| {
                if self.entries[it as usize].place.grown(2).overlaps(rect) {
                    touched.push(it);
                }
            });
        }
        touched.sort_unstable();
        touched.dedup();
    }

    /// Begins a search for clusters around some pieces.
    fn begin_round(&mut self, seeds: &mut Vec<u32>) {
        seeds.sort_unstable();
        seeds.dedup();
        self.round += 1;
        for &seed in seeds.iter() {
            self.entries[seed as usize].seeded = self.round;
        }
    }
}
