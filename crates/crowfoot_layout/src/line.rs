use crowfoot_schema::{ColumnId, Diagram, Ref, RefId, Side, TableId};
use smol_str::SmolStr;

use crate::{
    Ink, Mark, Pt, ends,
    ink::{Inks, Meaning},
};

/// A ref as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub id: RefId,
    pub from: End,
    pub to: End,
    /// The line from the from end to the to end, both included; neighbours share an x or a y.
    pub points: Vec<Pt>,
    /// What it is drawn with; refs that are documentation only are dotted.
    pub ink: Ink,
    pub(crate) meaning: Meaning,
    pub label: Option<Label>,
}

/// One end of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    pub table: TableId,
    pub columns: Vec<ColumnId>,
    pub mark: Mark,
    /// Where the line proper ends: on the table's edge at the column's row or, when there are
    /// several columns, on the bar beside the table that joins them.
    pub at: Pt,
    /// On which side of the table.
    pub facing: Facing,
    /// The heights of the columns' rows when there are several: the bar spans them and has a
    /// branch of length [`FORK`](crate::sizes::FORK) into the table at each. Empty for one column.
    pub fork: Vec<f32>,
    /// How far the next other notation at its columns is, where there are several.
    pub next: Option<f32>,
    /// How far below the way of its line it is, which fans out to it where there are several.
    pub aside: f32,
}

/// A side of a table at which lines can end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Facing {
    Left,
    #[default]
    Right,
}

impl Facing {
    /// The direction away from the table: -1 or 1.
    pub const fn sign(self) -> f32 {
        match self {
            Self::Left => -1.0,
            Self::Right => 1.0,
        }
    }
}

/// The name of a ref and where its middle stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    pub text: SmolStr,
    pub at: Pt,
}

impl Line {
    /// Whether the ref's line touches that table.
    pub fn touches(&self, table: TableId) -> bool {
        self.from.table == table || self.to.table == table
    }

    /// How far a point is from the line, its forks included.
    pub fn distance(&self, from: Pt) -> f32 {
        let proper = self.points.windows(2).map(|it| from.distance_to(it[0], it[1]));
        let forks = [&self.from, &self.to].into_iter().flat_map(End::fork_segments);
        let forks = forks.map(|(a, b)| from.distance_to(a, b));
        proper.chain(forks).fold(f32::INFINITY, f32::min)
    }

    /// Where a label in the middle of the line stands: the middle of its longest level segment,
    /// or of its longest one if none is long enough for text.
    pub(crate) fn label_place(&self) -> Pt {
        let mut best = (0.0, self.points.first().copied().unwrap_or_default());
        for pair in self.points.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let level = (a.x - b.x).abs();
            let weight = if level > 60.0 { 1000.0 + level } else { level.max((a.y - b.y).abs()) };
            if weight > best.0 {
                best = (weight, Pt::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0));
            }
        }
        best.1
    }
}

impl End {
    /// The bar and the branches of a composite ref's end; nothing for a simple one.
    pub fn fork_segments(&self) -> impl Iterator<Item = (Pt, Pt)> + '_ {
        let low = self.fork.iter().copied().fold(self.at.y, f32::min);
        let high = self.fork.iter().copied().fold(self.at.y, f32::max);
        let bar = (Pt::new(self.at.x, low), Pt::new(self.at.x, high));
        let edge = self.at.x - self.facing.sign() * crate::sizes::FORK as f32;
        let branches = self.fork.iter().map(move |&y| (Pt::new(self.at.x, y), Pt::new(edge, y)));
        let bar = (!self.fork.is_empty()).then_some(bar);
        bar.into_iter().chain(branches)
    }
}

/// The line of a ref without its way.
pub(crate) fn unrouted(diagram: &Diagram, reference: &Ref, inks: &Inks) -> Line {
    let marks = ends::marks(diagram, reference);
    let (meaning, ink) = inks.of_ref(diagram, reference);
    let end = |side, mark| End {
        table: reference.table(side),
        columns: reference.side_columns(side),
        mark,
        at: Pt::default(),
        facing: Facing::Right,
        fork: Vec::new(),
        next: None,
        aside: 0.0,
    };
    Line {
        id: reference.id,
        from: end(Side::From, marks.0),
        to: end(Side::To, marks.1),
        points: Vec::new(),
        ink,
        meaning,
        label: reference.name.as_ref().map(|it| Label { text: it.clone(), at: Pt::default() }),
    }
}
