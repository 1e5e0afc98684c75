//! Counts what is good and bad about a drawing.

use crowfoot_layout::{Line, Pt, Rect, Scene};

/// The counters of a drawing.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Quality {
    pub(crate) tables: usize,
    pub(crate) lines: usize,
    /// Pairs of tables that overlap.
    pub(crate) overlaps: usize,
    /// Passages of a line through a table.
    pub(crate) through: usize,
    /// Pixels of line on another line, apart from the last stretch into the same column.
    pub(crate) shared: f64,
    pub(crate) crossings: usize,
    /// Places where lines cross, each counted once however many lines run together there.
    pub(crate) places: usize,
    pub(crate) bends: usize,
    /// Places where a line turns back within a short stretch.
    pub(crate) hooks: usize,
    pub(crate) length: f64,
    /// The area of the whole to that of the tables.
    pub(crate) area: f64,
    /// Width to height.
    pub(crate) aspect: f64,
}

/// A level or upright piece of a line.
struct Piece {
    line: u32,
    /// The fixed coordinate, and from where to where the other one goes.
    at: f32,
    low: f32,
    high: f32,
}

impl Quality {
    pub(crate) fn of(scene: &Scene) -> Self {
        let rects: Vec<Rect> = scene.tables().map(|it| it.1.rect).collect();
        let mut near = Vec::new();
        let mut quality = Self { tables: rects.len(), ..Self::default() };
        for (slot, table) in scene.tables() {
            near.clear();
            scene.tables_in(table.rect, &mut near);
            quality.overlaps += near.iter().filter(|&&it| it > slot).count();
        }
        let (mut level, mut upright) = (Vec::new(), Vec::new());
        for (slot, line) in scene.lines() {
            quality.lines += 1;
            quality.bends += line.points.len().saturating_sub(2);
            quality.hooks += hooks(line);
            for pair in line.points.windows(2) {
                let (a, b) = (pair[0], pair[1]);
                quality.length += f64::from((a.x - b.x).abs() + (a.y - b.y).abs());
                near.clear();
                scene.tables_in(around(a, b), &mut near);
                let tables = near.iter().filter_map(|&it| scene.table(it));
                quality.through += tables.filter(|it| crosses(it.rect, a, b)).count();
                if a.y == b.y {
                    level.push(Piece {
                        line: slot,
                        at: a.y,
                        low: a.x.min(b.x),
                        high: a.x.max(b.x),
                    });
                } else {
                    upright.push(Piece {
                        line: slot,
                        at: a.x,
                        low: a.y.min(b.y),
                        high: a.y.max(b.y),
                    });
                }
            }
        }
        (quality.crossings, quality.places) = crossings(&level, &upright);
        quality.shared = shared(scene, level) + shared(scene, upright);
        let tables: f64 = rects.iter().map(|it| f64::from(it.w) * f64::from(it.h)).sum();
        if let Some(whole) = scene.bounds() {
            quality.area = f64::from(whole.w) * f64::from(whole.h) / tables;
            quality.aspect = f64::from(whole.w) / f64::from(whole.h);
        }
        quality
    }
}

/// U-turns whose middle stretch is short, but for those next to a table: from which side of it a
/// line comes is given, and the first step may be that to its own notation.
fn hooks(line: &Line) -> usize {
    let points = &line.points;
    let is_hook = |&at: &usize| {
        let [a, b, c, d] = [points[at], points[at + 1], points[at + 2], points[at + 3]];
        let is_upright = a.x == b.x;
        let is_inner = at > 0 && at + 4 < points.len();
        let is_fan =
            (at == 1 && line.from.aside != 0.0) || (at + 5 == points.len() && line.to.aside != 0.0);
        let turns = (b.x - a.x) * (d.x - c.x) + (b.y - a.y) * (d.y - c.y) < 0.0;
        turns && (is_upright || is_inner) && !is_fan && (c.x - b.x).abs() + (c.y - b.y).abs() < 24.0
    };
    (0..points.len().saturating_sub(3)).filter(is_hook).count()
}

fn around(a: Pt, b: Pt) -> Rect {
    Rect::spanning(
        a.x.min(b.x) as i32 - 1,
        a.y.min(b.y) as i32 - 1,
        a.x.max(b.x) as i32 + 2,
        a.y.max(b.y) as i32 + 2,
    )
}

/// Whether a piece of line passes through the inside of a table.
fn crosses(rect: Rect, a: Pt, b: Pt) -> bool {
    a.x.min(b.x) < rect.right() as f32 - 0.5
        && a.x.max(b.x) > rect.x as f32 + 0.5
        && a.y.min(b.y) < rect.bottom() as f32 - 0.5
        && a.y.max(b.y) > rect.y as f32 + 0.5
}

/// How often lines cross, pair by pair, and at how many places.
fn crossings(level: &[Piece], upright: &[Piece]) -> (usize, usize) {
    let mut level: Vec<&Piece> = level.iter().collect();
    level.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut places = Vec::new();
    for u in upright {
        let from = level.partition_point(|it| it.at <= u.low + 0.5);
        let crossing = level[from..]
            .iter()
            .take_while(|it| it.at < u.high - 0.5)
            .filter(|it| it.line != u.line && it.low < u.at - 0.5 && u.at + 0.5 < it.high);
        places.extend(crossing.map(|it| ((u.at * 4.0) as i32, (it.at * 4.0) as i32)));
    }
    let n = places.len();
    places.sort_unstable();
    places.dedup();
    (n, places.len())
}

/// How many pixels of pieces lie on pieces of other lines that do not end in the same column.
fn shared(scene: &Scene, mut pieces: Vec<Piece>) -> f64 {
    pieces.sort_by(|a, b| a.at.total_cmp(&b.at));
    let mut sum = 0.0;
    for (at, a) in pieces.iter().enumerate() {
        for b in pieces[at + 1..].iter().take_while(|it| it.at - a.at < 1.0) {
            let both = a.high.min(b.high) - a.low.max(b.low);
            if a.line != b.line && both > 0.5 && !is_same_end(scene, a.line, b.line) {
                sum += f64::from(both);
            }
        }
    }
    sum
}

fn is_same_end(scene: &Scene, a: u32, b: u32) -> bool {
    let ends =
        |it: &Line| [&it.from, &it.to].map(|end| (end.table, end.columns.clone(), end.facing));
    match (scene.line(a), scene.line(b)) {
        (Some(a), Some(b)) => ends(a).iter().any(|it| ends(b).contains(it)),
        _ => false,
    }
}
