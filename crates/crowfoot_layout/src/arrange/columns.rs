//! Sets tables in columns and betters what stands where.

mod uncross;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    ASPECT,
    embed::{self, Ties},
    graph::{Graph, Link},
    pack::Block,
    random::Random,
};
use crate::{
    Rect,
    progress::Progress,
    route::{Port, Way, Wire, crossings, ways},
    sizes::STUB,
};

/// Between two columns and between two tables of one, where few lines run.
const COLUMN_GAP: f32 = 90.0;
const TABLE_GAP: f32 = 40.0;
/// Room that one more line takes.
const LANE: f32 = 8.0;
/// For so many lines that run between two tables on trial there is room for one more, as they may
/// run otherwise in the end.
const SPARE: u32 = 3;
/// Of larger parts one page must do.
const MAX_TRIES: usize = 300;
/// Larger parts are not routed on trial.
const MAX_TRIAL: usize = 12_000;
/// What a swap may cost at first that is to shorten ties.
const HEAT: f32 = 30.0;
/// What a pixel costs by which two columns differ more in height: in small parts, where one table
/// too many in a column shows, and in large ones.
const UNEVEN: (f32, f32) = (0.3, 0.15);
/// The share of the work that the first picture is.
const EMBEDDED: f32 = 0.1;
/// What it costs a tie that both its tables stand in one column: its line goes around.
const SAME_COLUMN: f32 = 60.0;

/// A connected part of the graph as a block.
pub(super) fn arrange(graph: &Graph, nodes: &[u32], progress: &Progress<'_>) -> Block {
    let local: FxHashMap<u32, u32> = nodes.iter().copied().zip(0..).collect();
    let ties: Vec<Vec<(u32, f32)>> = nodes
        .iter()
        .map(|&node| {
            let inside = graph.edges[node as usize].iter();
            inside.filter_map(|(other, weight)| Some((*local.get(other)?, *weight))).collect()
        })
        .collect();
    let sizes: Vec<(f32, f32)> = nodes
        .iter()
        .map(|&it| graph.sizes[it as usize])
        .map(|(w, h)| (w as f32, h as f32))
        .collect();
    let links: Vec<Link> = nodes
        .iter()
        .flat_map(|&it| &graph.links[it as usize])
        .filter_map(|it| Some(Link { from: *local.get(&it.from)?, to: *local.get(&it.to)?, ..*it }))
        .collect();
    let cut = Page::cut(&sizes, &embed::embed(&ties));
    progress.did(nodes.len(), EMBEDDED);
    // Of small parts several pages are tried, and the one is kept whose lines cross least.
    let n_tries = match nodes.len() {
        0..4 => 1,
        4..=40 => 16,
        41..=150 => 8,
        151..=MAX_TRIES => 3,
        _ => 1,
    };
    let mut best: Option<(f64, Vec<Rect>)> = None;
    for seed in 0..n_tries {
        let mut random = Random::new(nodes.len() as u64 + seed);
        let mut page = cut.clone();
        let step = (1.0 - EMBEDDED) / 3.0 / n_tries as f32;
        page.anneal(&ties, &mut random);
        progress.did(nodes.len(), step);
        page.uncross(&ties, &links, &mut random);
        progress.did(nodes.len(), step);
        let rects = page.set(&ties, &links);
        progress.did(nodes.len(), step);
        let badness = if n_tries > 1 { badness(&links, &rects) } else { 0.0 };
        if best.as_ref().is_none_or(|(least, _)| badness < *least) {
            best = Some((badness, rects));
        }
    }
    let rects = best.map(|it| it.1).unwrap_or_default();
    let whole = rects.iter().copied().reduce(Rect::union).unwrap_or_default();
    let places = nodes.iter().copied().zip(rects.iter().map(|it| it.corner())).collect();
    Block { places, width: whole.right(), height: whole.bottom() }
}

/// How often lines cross on a page, and more the further its shape is from that of a window.
fn badness(links: &[Link], rects: &[Rect]) -> f64 {
    let whole = rects.iter().copied().reduce(Rect::union).unwrap_or_default();
    let aspect = f64::from(whole.w.max(1)) / f64::from(whole.h.max(1));
    (crossings(rects, &wires(links, rects)) + 1) as f64 * (1.0 + (aspect / ASPECT).ln().abs())
}

/// Where each ref would be drawn.
fn wires(links: &[Link], rects: &[Rect]) -> Vec<Wire> {
    let port = |table: u32, y: f32| {
        let y = rects[table as usize].y as f32 + y;
        Port { table, y, row: y, inset: 0.0 }
    };
    links
        .iter()
        .map(|it| Wire { from: port(it.from, it.from_y), to: port(it.to, it.to_y) })
        .collect()
}

/// How many columns give about the aspect that is wanted.
fn n_columns(sizes: &[(f32, f32)]) -> usize {
    let height: f32 = sizes.iter().map(|it| it.1 + TABLE_GAP).sum();
    let width = sizes.iter().map(|it| it.0 + COLUMN_GAP).sum::<f32>() / sizes.len() as f32;
    ((ASPECT as f32 * height / width).sqrt().round() as usize).clamp(1, sizes.len())
}

/// Tables in columns.
#[derive(Clone)]
struct Page<'a> {
    sizes: &'a [(f32, f32)],
    /// The tables of each column from top to bottom.
    columns: Vec<Vec<u32>>,
    /// The column of each table and its place there.
    slots: Vec<(u32, u32)>,
    /// The middle of each table.
    ys: Vec<f32>,
    /// The sum of the tables' heights in each column.
    heights: Vec<f32>,
    /// From column to column, about.
    pitch: f32,
}

impl<'a> Page<'a> {
    /// Cuts a picture into columns of about the same height.
    fn cut(sizes: &'a [(f32, f32)], points: &[(f32, f32)]) -> Self {
        let n_columns = n_columns(sizes);
        let mut order: Vec<u32> = (0..sizes.len() as u32).collect();
        order.sort_by(|&a, &b| {
            points[a as usize].0.total_cmp(&points[b as usize].0).then(a.cmp(&b))
        });
        let total: f32 = sizes.iter().map(|it| it.1 + TABLE_GAP).sum();
        let mut columns: Vec<Vec<u32>> = vec![Vec::new(); n_columns];
        let mut filled = 0.0;
        for node in order {
            let height = sizes[node as usize].1 + TABLE_GAP;
            let at = ((filled + height / 2.0) / total * n_columns as f32) as usize;
            columns[at.min(n_columns - 1)].push(node);
            filled += height;
        }
        columns.retain(|it| !it.is_empty());
        let width = sizes.iter().map(|it| it.0).sum::<f32>() / sizes.len() as f32;
        let mut page = Self {
            sizes,
            heights: vec![0.0; columns.len()],
            columns,
            slots: vec![(0, 0); sizes.len()],
            ys: points.iter().map(|it| it.1).collect(),
            pitch: width + COLUMN_GAP,
        };
        page.stack();
        page
    }

    /// Sorts each column by height and sets its tables one below the other, around 0.
    fn stack(&mut self) {
        for (c, column) in self.columns.iter_mut().enumerate() {
            let ys = &self.ys;
            column.sort_by(|&a, &b| ys[a as usize].total_cmp(&ys[b as usize]).then(a.cmp(&b)));
            let height: f32 = column.iter().map(|&it| self.sizes[it as usize].1 + TABLE_GAP).sum();
            self.heights[c] = height;
            let mut y = -height / 2.0;
            for (at, &node) in column.iter().enumerate() {
                let own = self.sizes[node as usize].1;
                self.ys[node as usize] = y + own / 2.0;
                self.slots[node as usize] = (c as u32, at as u32);
                y += own + TABLE_GAP;
            }
        }
    }

    /// What the ties of a table cost if it stood there.
    fn cost(&self, ties: &Ties, node: u32, column: u32, y: f32, but: u32) -> f32 {
        let mut cost = 0.0;
        for &(other, weight) in &ties[node as usize] {
            if other == but {
                continue;
            }
            let far = self.slots[other as usize].0.abs_diff(column);
            let across = if far == 0 { SAME_COLUMN } else { far as f32 * self.pitch };
            cost += weight * (across + (self.ys[other as usize] - y).abs());
        }
        cost
    }

    /// Swaps tables as long as that shortens ties, at first also when it does not (simulated
    /// annealing, Kirkpatrick, Gelatt and Vecchi 1983). Partners are looked for where the ties
    /// pull.
    fn anneal(&mut self, ties: &Ties, random: &mut Random) {
        let n = self.sizes.len();
        if n < 3 {
            return;
        }
        let n_sweeps = if n > 3000 { 40 } else { 90 };
        let mut best = (f32::INFINITY, self.columns.clone(), self.ys.clone());
        for sweep in 0..n_sweeps {
            let heat = HEAT * (1.0 - sweep as f32 / n_sweeps as f32).powi(2);
            for _ in 0..n {
                let a = random.below(n) as u32;
                let Some(b) = self.partner(ties, a, random) else { continue };
                self.try_swap(ties, a, b, heat, random);
            }
            self.stack();
            let total = self.total(ties);
            if total < best.0 {
                best = (total, self.columns.clone(), self.ys.clone());
            }
        }
        (_, self.columns, self.ys) = best;
        self.stack();
    }

    fn total(&self, ties: &Ties) -> f32 {
        let cost = |it: u32| {
            let (column, _) = self.slots[it as usize];
            self.cost(ties, it, column, self.ys[it as usize], it)
        };
        let length: f32 = (0..self.sizes.len() as u32).map(cost).sum();
        let mean = self.heights.iter().sum::<f32>() / self.heights.len() as f32;
        let uneven: f32 = self.heights.iter().map(|it| (it - mean).max(0.0)).sum();
        length / 2.0 + uneven * 0.5
    }

    /// A table near to where the ties of another pull it.
    fn partner(&self, ties: &Ties, a: u32, random: &mut Random) -> Option<u32> {
        let (mut x, mut y, mut sum) = (0.0, 0.0, 0.0);
        for &(other, weight) in &ties[a as usize] {
            x += weight * self.slots[other as usize].0 as f32;
            y += weight * self.ys[other as usize];
            sum += weight;
        }
        let (x, y) = if sum > 0.0 {
            (x / sum, y / sum)
        } else {
            (random.unit() * self.columns.len() as f32, 0.0)
        };
        let x = x + (random.unit() - 0.5) * 3.0;
        let y = y + (random.unit() - 0.5) * 3.0 * self.pitch;
        let last = self.columns.len() - 1;
        let column = &self.columns[(x.round().max(0.0) as usize).min(last)];
        let at = column.partition_point(|&it| self.ys[it as usize] < y);
        let b = *column.get(at.min(column.len() - 1))?;
        (a != b).then_some(b)
    }

    fn try_swap(&mut self, ties: &Ties, a: u32, b: u32, heat: f32, random: &mut Random) {
        let worse = self.longer(ties, a, b);
        if worse <= 0.0 || (heat > 0.0 && random.unit() < (-worse / heat).exp()) {
            self.swap(a, b);
        }
    }

    /// What swapping two tables costs in length of ties and in columns of uneven height.
    fn longer(&self, ties: &Ties, a: u32, b: u32) -> f32 {
        let (i, j) = (a as usize, b as usize);
        let (ca, cb) = (self.slots[i].0, self.slots[j].0);
        let (ya, yb) = (self.ys[i], self.ys[j]);
        let before = self.cost(ties, a, ca, ya, b) + self.cost(ties, b, cb, yb, a);
        let after = self.cost(ties, a, cb, yb, b) + self.cost(ties, b, ca, ya, a);
        let mut uneven = 0.0;
        if ca != cb {
            // What the columns' heights then differ from each other more than now.
            let growth = self.sizes[i].1 - self.sizes[j].1;
            let (ha, hb) = (self.heights[ca as usize], self.heights[cb as usize]);
            let now = (ha - hb).abs();
            let then = (ha - hb - 2.0 * growth).abs();
            let price = if self.sizes.len() <= MAX_TRIES { UNEVEN.0 } else { UNEVEN.1 };
            uneven = (then - now) * price + growth.abs() * 0.05;
        }
        after - before + uneven
    }

    fn swap(&mut self, a: u32, b: u32) {
        let (i, j) = (a as usize, b as usize);
        let ((ca, ia), (cb, ib)) = (self.slots[i], self.slots[j]);
        let growth = self.sizes[i].1 - self.sizes[j].1;
        self.slots.swap(i, j);
        self.ys.swap(i, j);
        self.columns[ca as usize][ia as usize] = b;
        self.columns[cb as usize][ib as usize] = a;
        self.heights[ca as usize] -= growth;
        self.heights[cb as usize] += growth;
    }

    /// Makes room for the lines and gives each table its corner.
    fn set(&mut self, ties: &Ties, links: &[Link]) -> Vec<Rect> {
        let mut below = self.gaps_below(ties);
        let mut tops = self.tops(ties, &below);
        let mut beside = self.gaps_beside(ties);
        // Trial routes tell better how much room lines need; in the end they may run otherwise.
        let n_trials = match self.sizes.len() {
            n if n <= MAX_TRIES => 2,
            n if n <= MAX_TRIAL => 1,
            _ => 0,
        };
        for _ in 0..n_trials {
            let (rects, lefts) = self.rects(&tops, &beside);
            let ways = ways(&rects, &wires(links, &rects));
            self.widen(&rects, &lefts, &ways, &mut below, &mut beside);
            tops = self.tops(ties, &below);
        }
        self.rects(&tops, &beside).0
    }

    /// The upper edges of all tables, each as near to its ties as the gaps below the others allow.
    fn tops(&mut self, ties: &Ties, below: &[f32]) -> Vec<f32> {
        let mut tops: Vec<f32> = vec![0.0; self.sizes.len()];
        let stacked = |column: &[u32]| -> f32 {
            column.iter().map(|&it| self.sizes[it as usize].1 + below[it as usize]).sum()
        };
        let height = self.columns.iter().map(|it| stacked(it)).fold(0.0, f32::max);
        for column in &self.columns {
            let mut y = (height - stacked(column)) / 2.0;
            for &node in column {
                tops[node as usize] = y;
                y += self.sizes[node as usize].1 + below[node as usize];
            }
        }
        for _ in 0..6 {
            for c in 0..self.columns.len() {
                self.straighten(ties, c, below, height, &mut tops);
            }
        }
        for (node, top) in tops.iter().enumerate() {
            self.ys[node] = top + self.sizes[node].1 / 2.0;
        }
        tops
    }

    /// Where the tables stand, and where each column begins.
    fn rects(&self, tops: &[f32], beside: &[f32]) -> (Vec<Rect>, Vec<i32>) {
        let mut rects = vec![Rect::default(); self.sizes.len()];
        let mut lefts = Vec::with_capacity(self.columns.len());
        let mut x = 0;
        for (column, gap) in self.columns.iter().zip(beside) {
            lefts.push(x);
            let mut width = 0;
            for &node in column {
                let (w, h) = self.sizes[node as usize];
                let y = (tops[node as usize] / 2.0).round() as i32 * 2;
                rects[node as usize] = Rect { x, y, w: w as i32, h: h as i32 };
                width = width.max(w as i32);
            }
            x += width + *gap as i32;
        }
        (rects, lefts)
    }

    /// Makes the gaps as wide as the lines need.
    fn widen(
        &self,
        rects: &[Rect],
        lefts: &[i32],
        ways: &[Way],
        below: &mut [f32],
        beside: &mut [f32],
    ) {
        const BAND: i32 = 16;
        let height = rects.iter().map(|it| it.bottom()).max().unwrap_or(0);
        let n_bands = (height / BAND + 2) as usize;
        let band = |y: f32| ((y.max(0.0) as i32) / BAND) as usize;
        let mut steps = vec![vec![0i32; n_bands + 1]; self.columns.len()];
        let mut lanes = vec![0u32; rects.len()];
        for way in ways {
            if way.is_upright {
                let column = lefts.partition_point(|&it| (it as f32) < way.at);
                if column > 0 {
                    let steps = &mut steps[column - 1];
                    steps[band(way.low).min(n_bands - 1)] += 1;
                    steps[band(way.high).min(n_bands - 1) + 1] -= 1;
                }
                continue;
            }
            let first = lefts.partition_point(|&it| (it as f32) < way.low).saturating_sub(1);
            let last = lefts.partition_point(|&it| (it as f32) < way.high);
            for column in &self.columns[first..last] {
                let at = column.partition_point(|&it| (rects[it as usize].y as f32) < way.at);
                let Some(&above) = at.checked_sub(1).and_then(|it| column.get(it)) else {
                    continue;
                };
                let rect = rects[above as usize];
                if way.low < rect.right() as f32 && rect.x as f32 <= way.high {
                    lanes[above as usize] += 1;
                }
            }
        }
        for (gap, lanes) in below.iter_mut().zip(lanes) {
            *gap = TABLE_GAP.max(24.0 + LANE * (lanes + lanes / SPARE + 1) as f32);
        }
        for (gap, steps) in beside.iter_mut().zip(steps) {
            let mut now = 0;
            let most = steps.iter().map(|it| {
                now += it;
                now
            });
            let lanes = most.max().unwrap_or(0);
            *gap = COLUMN_GAP.max(2.0 * STUB as f32 + LANE * (lanes + 1) as f32);
        }
    }

    /// Moves the tables of a column towards the middle of their ties without changing their order
    /// (least squares under an order, by pooling adjacent violators).
    fn straighten(&self, ties: &Ties, c: usize, below: &[f32], height: f32, tops: &mut [f32]) {
        let column = &self.columns[c];
        let mut offset = 0.0;
        // Pools of neighbours that touch: sum of weighted wishes, sum of weights, how many.
        let mut pools: Vec<(f32, f32, usize)> = Vec::with_capacity(column.len());
        for &node in column {
            let at = node as usize;
            let own = self.sizes[at].1;
            let (mut wish, mut sum) = (tops[at] * 0.2, 0.2);
            for &(other, weight) in &ties[at] {
                let other = other as usize;
                if self.slots[other].0 as usize != c {
                    let middle = tops[other] + self.sizes[other].1 / 2.0;
                    wish += weight * (middle - own / 2.0);
                    sum += weight;
                }
            }
            let mut pool = (wish - offset * sum, sum, 1);
            while let Some(&(w, s, n)) = pools.last() {
                if w / s <= pool.0 / pool.1 {
                    break;
                }
                pools.pop();
                pool = (pool.0 + w, pool.1 + s, pool.2 + n);
            }
            pools.push(pool);
            offset += own + below[at];
        }
        let room = (height - offset).max(0.0);
        let mut nodes = column.iter();
        let mut offset = 0.0;
        for (wish, sum, n) in pools {
            let start = (wish / sum).clamp(0.0, room);
            for &node in nodes.by_ref().take(n) {
                tops[node as usize] = start + offset;
                offset += self.sizes[node as usize].1 + below[node as usize];
            }
        }
    }

    /// How much room to leave below each table for lines that cross its column there.
    fn gaps_below(&self, ties: &Ties) -> Vec<f32> {
        let mut lanes = vec![0u32; self.sizes.len()];
        let mut seen: FxHashSet<(u32, u32)> = FxHashSet::default();
        for (a, list) in ties.iter().enumerate() {
            for &(b, _) in list.iter().filter(|it| it.0 as usize > a) {
                // Lines into the same hub share their way.
                let hub = if ties[a].len() >= ties[b as usize].len() { a as u32 } else { b };
                let (from, to) = (self.slots[a].0, self.slots[b as usize].0);
                let (y0, y1) = (self.ys[a], self.ys[b as usize]);
                let (from, to, y0, y1) =
                    if from <= to { (from, to, y0, y1) } else { (to, from, y1, y0) };
                for c in from + 1..to {
                    let t = (c - from) as f32 / (to - from) as f32;
                    let y = y0 + (y1 - y0) * t;
                    let column = &self.columns[c as usize];
                    let at = column.partition_point(|&it| self.ys[it as usize] < y);
                    let above = at.saturating_sub(1);
                    let node = column[above];
                    if seen.insert((node, hub)) {
                        lanes[node as usize] += 1;
                    }
                }
            }
        }
        lanes.iter().map(|&it| TABLE_GAP + LANE * (it as f32 - 2.0).clamp(0.0, 12.0)).collect()
    }

    /// How much room to leave right of each column for lines that run along it.
    fn gaps_beside(&self, ties: &Ties) -> Vec<f32> {
        const BAND: f32 = 60.0;
        let low = self.ys.iter().copied().fold(f32::INFINITY, f32::min);
        let band = |y: f32| ((y - low) / BAND) as usize;
        let n_bands = self.ys.iter().map(|&it| band(it)).max().unwrap_or(0) + 1;
        // For each column, the stretch of the channel at its right that each hub uses.
        let mut stretches: Vec<BTreeMap<u32, (usize, usize)>> =
            vec![BTreeMap::new(); self.columns.len()];
        for (a, list) in ties.iter().enumerate() {
            for &(b, _) in list.iter().filter(|it| it.0 as usize > a) {
                let hub = if ties[a].len() >= ties[b as usize].len() { a as u32 } else { b };
                let (from, to) = (self.slots[a].0, self.slots[b as usize].0);
                let channel = from.min(to) as usize;
                let (y0, y1) = (band(self.ys[a]), band(self.ys[b as usize]));
                let (y0, y1) = (y0.min(y1), y0.max(y1));
                stretches[channel]
                    .entry(hub)
                    .and_modify(|it| *it = (it.0.min(y0), it.1.max(y1)))
                    .or_insert((y0, y1));
            }
        }
        let room = |stretches: &BTreeMap<u32, (usize, usize)>| {
            let mut steps = vec![0i32; n_bands + 1];
            for &(y0, y1) in stretches.values() {
                steps[y0] += 1;
                steps[y1 + 1] -= 1;
            }
            let mut now = 0;
            let most = steps.iter().map(|it| {
                now += it;
                now
            });
            let lanes = most.max().unwrap_or(0) as f32;
            COLUMN_GAP.max(2.0 * STUB as f32 + 20.0 + LANE * lanes.min(40.0))
        };
        stretches.iter().map(room).collect()
    }
}
