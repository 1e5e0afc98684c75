//! Keeps all lines apart from each other, and computes anew only what a change concerns.
//!
//! Lines are moved apart in three passes, each over the pieces of one direction. In a pass the
//! pieces that can come to lie side by side form clusters, which know nothing of each other. What
//! a cluster gave is kept until one of its pieces becomes another. So the drawing is the same
//! whether lines came one by one or all at once.

mod cluster;
mod near;
mod update;

use rustc_hash::FxHashMap;

pub(super) use self::near::Near;
use self::update::Update;
use super::{
    Path, add_all,
    nudge::{Axis, Run, across, add_to, limit},
    space::Space,
    spread::{Piece, can_touch},
};
use crate::{Pt, Rect, grid::Grid};

/// How large the cells are in which pieces are looked up, as a power of two.
const SHIFT: u32 = 8;
/// Pieces whose places come this close to each other may be side by side.
const NEAR: i32 = 16;
/// How far along itself a previewed piece may grow when those that it joins are moved.
const GROWTH: i32 = 40;

/// With more pieces of one direction than this, only those that changed are put anew, and none gives
/// way to them.
const LARGE: usize = 400;

/// All lines, and how each pass moved them.
#[derive(Clone, Debug)]
pub(super) struct Apart {
    lines: Vec<Kept>,
    passes: [Pass; 3],
}

/// What is kept of a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    way: Path,
    bundles: Vec<u64>,
    /// Its points after each pass.
    stages: [Vec<Pt>; 3],
}

/// The pieces of one direction, as they were when it was that direction's turn.
#[derive(Clone, Debug)]
struct Pass {
    axis: Axis,
    stage: usize,
    entries: Vec<Entry>,
    free: Vec<u32>,
    numbers: FxHashMap<u64, u32>,
    /// The pieces of each line, in its order.
    of_line: Vec<Vec<u32>>,
    grid: Grid,
    /// Counts the searches for clusters.
    round: u32,
}

/// A piece that one or more lines share.
#[derive(Clone, Debug)]
struct Entry {
    bundle: u64,
    /// The lines that run over it, and the number of the piece in each; ascending.
    members: Vec<(u32, u32)>,
    /// The first of them when it was last looked at.
    first: (u32, u32),
    piece: Piece,
    /// What it depends on and may come to lie in.
    place: Rect,
    /// Where it was put.
    at: f32,
    /// The last search that found it, and its number there.
    found: (u32, u32),
    /// The last round in which it was to be put anew.
    seeded: u32,
}

/// Lines that are being moved apart.
#[derive(Clone, Debug)]
pub(super) struct Begun {
    lines: Vec<u32>,
    /// Those of them that have other ways or names.
    renewed: Vec<u32>,
    /// Those that are elsewhere after the passes so far.
    changed: Vec<u32>,
    /// Where tables came or went.
    moved: Vec<Rect>,
    n_passes: usize,
    /// How far the pass under way is.
    update: Option<Box<Update>>,
}

impl Kept {
    fn points(&self, stage: usize) -> &[Pt] {
        if stage == 0 { &self.way.points } else { &self.stages[stage - 1] }
    }
}

impl Apart {
    pub(super) fn new() -> Self {
        let pass = |(stage, axis)| Pass {
            axis,
            stage,
            entries: Vec::new(),
            free: Vec::new(),
            numbers: FxHashMap::default(),
            of_line: Vec::new(),
            grid: Grid::new(SHIFT),
            round: 0,
        };
        let passes = [(0, Axis::Upright), (1, Axis::Level), (2, Axis::Upright)].map(pass);
        Self { lines: Vec::new(), passes }
    }

    /// Begins to move lines apart anew after some of them, in ascending order, may have got other
    /// ways or names and tables came or went there.
    pub(super) fn begin(
        &mut self,
        runs: &[Option<Run>],
        lines: Vec<u32>,
        moved: Vec<Rect>,
    ) -> Begun {
        self.lines.resize_with(runs.len(), Kept::default);
        let mut renewed = Vec::new();
        for &line in &lines {
            let kept = &mut self.lines[line as usize];
            let (way, bundles) = match &runs[line as usize] {
                Some(run) => (run.raw.clone(), run.bundles.clone()),
                None => (Path::default(), Vec::new()),
            };
            if kept.way != way || kept.bundles != bundles {
                (kept.way, kept.bundles) = (way, bundles);
                renewed.push(line);
            }
        }
        Begun { lines, changed: renewed.clone(), renewed, moved, n_passes: 0, update: None }
    }

    /// Looks at about so many pieces more, or a whole cluster of them. In the end it gives the lines
    /// that may run elsewhere, ascending.
    pub(super) fn go_on(
        &mut self,
        space: &Space,
        mut begun: Begun,
        n_pieces: usize,
    ) -> Result<Vec<u32>, Begun> {
        let Some(pass) = self.passes.get_mut(begun.n_passes) else {
            add_all(&mut begun.lines, &begun.changed);
            return Ok(begun.lines);
        };
        let update = begun.update.take().map_or_else(Update::default, |it| *it);
        match pass.go_on(space, &mut self.lines, &begun, update, n_pieces.max(1)) {
            Ok(mut next) => {
                add_all(&mut next, &begun.renewed);
                begun.changed = next;
                begun.n_passes += 1;
            }
            Err(update) => begun.update = Some(Box::new(update)),
        }
        Err(begun)
    }

    /// Where a line runs.
    pub(super) fn points(&self, line: u32) -> &[Pt] {
        &self.lines[line as usize].stages[2]
    }
}

impl Pass {
    fn number(&mut self, bundle: u64) -> u32 {
        if let Some(&number) = self.numbers.get(&bundle) {
            return number;
        }
        let entry = Entry {
            bundle,
            members: Vec::new(),
            first: (u32::MAX, 0),
            piece: Piece::new(0.0),
            place: Rect::default(),
            at: f32::NAN,
            found: (0, 0),
            seeded: 0,
        };
        let number = self.free.pop().unwrap_or(self.entries.len() as u32);
        match self.entries.get_mut(number as usize) {
            Some(free) => *free = entry,
            None => self.entries.push(entry),
        }
        self.numbers.insert(bundle, number);
        number
    }

    /// Sees whether a piece is another than before. If so, what was or is near it is to be
    /// arranged anew.
    fn look_at(&mut self, number: u32, space: &Space, lines: &[Kept], seeds: &mut Vec<u32>) {
        let entry = &self.entries[number as usize];
        let is_new = entry.first.0 == u32::MAX;
        let is_large = self.is_large();
        let Some(&first) = entry.members.first() else {
            if !is_large {
                self.seed_near(number, seeds);
            }
            self.grid.remove(number);
            self.numbers.remove(&self.entries[number as usize].bundle);
            self.free.push(number);
            return;
        };
        let (piece, place) = self.build(&entry.members, space, lines);
        if !is_new && entry.first == first && entry.piece == piece {
            return;
        }
        if !is_new && !is_large {
            self.seed_near(number, seeds);
        }
        let entry = &mut self.entries[number as usize];
        if entry.place != place || is_new {
            self.grid.remove(number);
            self.grid.insert(number, place);
        }
        let is_fixed = piece.is_fixed;
        if is_fixed {
            entry.at = piece.at;
        }
        (entry.first, entry.piece, entry.place) = (first, piece, place);
        if is_fixed {
            self.seed_near(number, seeds);
        } else {
            seeds.push(number);
        }
    }

    /// The piece that some lines share, and its place.
    fn build(&self, members: &[(u32, u32)], space: &Space, lines: &[Kept]) -> (Piece, Rect) {
        let (line, k) = members[0];
        let points = lines[line as usize].points(self.stage);
        let mut piece = Piece::new(across(self.axis, points[k as usize]));
        for &(line, k) in members {
            let kept = &lines[line as usize];
            let facings = (kept.way.from, kept.way.to);
            add_to(&mut piece, self.axis, kept.points(self.stage), facings, k as usize);
            if k >= 2 {
                let before = self.of_line[line as usize][(k as usize - 2) / 2];
                if !piece.next.contains(&before) {
                    piece.next.push(before);
                }
            }
        }
        let (low, high) = limit(space, self.axis, &mut piece);
        let (start, end) = (piece.low.floor() as i32 - 4, piece.high.ceil() as i32 + 4);
        let place = match self.axis {
            Axis::Upright => Rect::spanning(low, start, high, end),
            Axis::Level => Rect::spanning(start, low, end, high),
        };
        (piece, place)
    }

    fn is_large(&self) -> bool {
        self.entries.len() > LARGE
    }

    /// The free pieces that can touch a piece as it was last looked at.
    fn seed_near(&self, number: u32, seeds: &mut Vec<u32>) {
        let one = &self.entries[number as usize];
        self.grid.visit(one.place.grown(NEAR), |it| {
            let other = &self.entries[it as usize];
            if it != number && !other.piece.is_fixed && can_touch(&one.piece, &other.piece, false) {
                seeds.push(it);
            }
        });
    }
}
