//! Counts what is good and bad about a drawing whose lines may be slanted.

use std::collections::BTreeSet;

/// A table.
#[derive(Clone, Copy)]
pub(crate) struct Rect {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

/// A line between two tables.
pub(crate) struct Line {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) points: Vec<(f64, f64)>,
    /// Where it ends, the same for all lines into a column.
    pub(crate) ends: [(i64, i64); 2],
}

impl Line {
    /// A line that ends at the points where it is drawn to end.
    pub(crate) fn new(from: usize, to: usize, points: Vec<(f64, f64)>) -> Self {
        let rounded = |it: Option<&(f64, f64)>| {
            it.map_or((0, 0), |it| (it.0.round() as i64, it.1.round() as i64))
        };
        let ends = [rounded(points.first()), rounded(points.last())];
        Self { from, to, points, ends }
    }
}

/// Tables and the lines between them.
pub(crate) struct Drawing {
    pub(crate) rects: Vec<Rect>,
    pub(crate) lines: Vec<Line>,
}

/// The counters of a drawing.
#[derive(Debug, Default)]
pub(crate) struct Measures {
    /// Pairs of tables that overlap.
    pub(crate) overlaps: usize,
    /// Passages of a line through a table that it does not end at.
    pub(crate) through: usize,
    /// Length of line on another line that ends elsewhere.
    pub(crate) shared: f64,
    pub(crate) crossings: usize,
    /// Places where lines cross, each counted once however many lines run together there.
    pub(crate) places: usize,
    pub(crate) bends: usize,
    pub(crate) length: f64,
    /// The area of the whole to that of the tables.
    pub(crate) area: f64,
    /// Width to height.
    pub(crate) aspect: f64,
}

/// A straight piece of a line.
struct Piece {
    line: usize,
    a: (f64, f64),
    b: (f64, f64),
}

impl Drawing {
    pub(crate) fn measure(&self) -> Measures {
        let mut measures = Measures::default();
        for (at, a) in self.rects.iter().enumerate() {
            measures.overlaps += self.rects[at + 1..].iter().filter(|b| a.overlaps(**b)).count();
        }
        let mut pieces = Vec::new();
        for (line, it) in self.lines.iter().enumerate() {
            let points = tidy(&it.points);
            measures.bends += points.len().saturating_sub(2);
            let own: Vec<Piece> =
                points.windows(2).map(|it| Piece { line, a: it[0], b: it[1] }).collect();
            measures.length += own.iter().map(Piece::length).sum::<f64>();
            let passed = |(at, rect): &(usize, &Rect)| {
                *at != it.from && *at != it.to && own.iter().any(|it| it.passes(**rect))
            };
            measures.through += self.rects.iter().enumerate().filter(passed).count();
            pieces.extend(own);
        }
        let mut places = BTreeSet::new();
        pieces.sort_by(|a, b| a.left().total_cmp(&b.left()));
        for (at, a) in pieces.iter().enumerate() {
            for b in pieces[at + 1..].iter().take_while(|b| b.left() <= a.right()) {
                if a.line == b.line {
                    continue;
                }
                if let Some((x, y)) = a.crossing(b) {
                    measures.crossings += 1;
                    places.insert((x.round() as i64, y.round() as i64));
                }
                let shared = a.shared(b);
                if shared > 0.5 && !self.ends_together(a.line, b.line) {
                    measures.shared += shared;
                }
            }
        }
        measures.places = places.len();
        let whole = self.whole();
        let tables: f64 =
            self.rects.iter().map(|it| (it.right - it.left) * (it.bottom - it.top)).sum();
        let (w, h) = (whole.right - whole.left, whole.bottom - whole.top);
        (measures.area, measures.aspect) = (w * h / tables, w / h);
        measures
    }

    /// Whether two lines end in the same column or, where it is not known, at the same point.
    fn ends_together(&self, a: usize, b: usize) -> bool {
        self.lines[a].ends.iter().any(|it| self.lines[b].ends.contains(it))
    }

    fn whole(&self) -> Rect {
        let points = self.lines.iter().flat_map(|it| it.points.iter().copied());
        let points = points.map(|(x, y)| Rect { left: x, top: y, right: x, bottom: y });
        let all = self.rects.iter().copied().chain(points);
        let union = |a: Rect, b: Rect| Rect {
            left: a.left.min(b.left),
            top: a.top.min(b.top),
            right: a.right.max(b.right),
            bottom: a.bottom.max(b.bottom),
        };
        all.reduce(union).expect("a drawing has tables")
    }
}

impl Rect {
    fn overlaps(self, other: Self) -> bool {
        self.left + 0.5 < other.right
            && other.left + 0.5 < self.right
            && self.top + 0.5 < other.bottom
            && other.top + 0.5 < self.bottom
    }
}

impl Piece {
    fn left(&self) -> f64 {
        self.a.0.min(self.b.0)
    }

    fn right(&self) -> f64 {
        self.a.0.max(self.b.0)
    }

    fn length(&self) -> f64 {
        (self.a.0 - self.b.0).hypot(self.a.1 - self.b.1)
    }

    /// Whether it runs through the inside of a table: what is left of it when it is cut off at the
    /// four edges (Liang and Barsky 1984).
    fn passes(&self, rect: Rect) -> bool {
        let (mut from, mut to) = (0.0f64, 1.0f64);
        let axes = [
            (self.a.0, self.b.0, rect.left + 1.0, rect.right - 1.0),
            (self.a.1, self.b.1, rect.top + 1.0, rect.bottom - 1.0),
        ];
        for (a, b, low, high) in axes {
            let d = b - a;
            if d.abs() < 1e-9 {
                if a <= low || a >= high {
                    return false;
                }
                continue;
            }
            let (s, t) = ((low - a) / d, (high - a) / d);
            (from, to) = (from.max(s.min(t)), to.min(s.max(t)));
        }
        from < to
    }

    /// On which side of it a point lies.
    fn side(&self, p: (f64, f64)) -> f64 {
        let (dx, dy) = (self.b.0 - self.a.0, self.b.1 - self.a.1);
        (dx * (p.1 - self.a.1) - dy * (p.0 - self.a.0)) / dx.hypot(dy)
    }

    /// Where two cross, if they do so more than half a pixel from the ends of both.
    fn crossing(&self, other: &Self) -> Option<(f64, f64)> {
        let apart = |a: f64, b: f64| a * b < 0.0 && a.abs() > 0.5 && b.abs() > 0.5;
        let (from, to) = (other.side(self.a), other.side(self.b));
        if !apart(from, to) || !apart(self.side(other.a), self.side(other.b)) {
            return None;
        }
        let t = from / (from - to);
        Some((self.a.0 + (self.b.0 - self.a.0) * t, self.a.1 + (self.b.1 - self.a.1) * t))
    }

    /// How much of the other lies on it.
    fn shared(&self, other: &Self) -> f64 {
        if self.side(other.a).abs() > 0.5 || self.side(other.b).abs() > 0.5 {
            return 0.0;
        }
        let (dx, dy) = (self.b.0 - self.a.0, self.b.1 - self.a.1);
        let length = self.length();
        let along = |p: (f64, f64)| (dx * (p.0 - self.a.0) + dy * (p.1 - self.a.1)) / length;
        let (s, t) = (along(other.a), along(other.b));
        (s.max(t).min(length) - s.min(t).max(0.0)).max(0.0)
    }
}

/// Without points that stand twice or between two others on a straight line.
fn tidy(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut tidy: Vec<(f64, f64)> = Vec::new();
    for &point in points {
        if let [.., a, b] = tidy[..]
            && (Piece { line: 0, a, b: point }).side(b).abs() < 0.5
        {
            tidy.pop();
        }
        let is_new =
            tidy.last().is_none_or(|it| (it.0 - point.0).abs() + (it.1 - point.1).abs() > 0.5);
        if is_new {
            tidy.push(point);
        }
    }
    tidy
}
