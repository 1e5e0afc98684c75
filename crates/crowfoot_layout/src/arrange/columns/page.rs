//! Tables in columns.

use super::{ASPECT, COLUMN_GAP, MAX_TRIES, Random, TABLE_GAP, Ties};

/// What a pixel costs by which two columns differ more in height: in small parts, where one table
/// too many in a column shows, and in large ones.
const UNEVEN: (f32, f32) = (0.3, 0.15);
/// What it costs a tie that both its tables stand in one column: its line goes around.
const SAME_COLUMN: f32 = 60.0;

/// Tables in columns.
#[derive(Clone)]
pub(super) struct Page<'a> {
    pub(super) sizes: &'a [(f32, f32)],
    /// The tables of each column from top to bottom.
    pub(super) columns: Vec<Vec<u32>>,
    /// The column of each table and its place there.
    pub(super) slots: Vec<(u32, u32)>,
    /// The middle of each table.
    pub(super) ys: Vec<f32>,
    /// The sum of the tables' heights in each column.
    pub(super) heights: Vec<f32>,
    /// From column to column, about.
    pub(super) pitch: f32,
}

impl<'a> Page<'a> {
    /// Cuts a picture into so many columns of about the same height.
    pub(super) fn cut(sizes: &'a [(f32, f32)], points: &[(f32, f32)], n_columns: usize) -> Self {
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
    pub(super) fn stack(&mut self) {
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
    pub(super) fn cost(&self, ties: &Ties, node: u32, column: u32, y: f32, but: u32) -> f32 {
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

    /// A table near to where the ties of another pull it, somewhere in so many columns.
    pub(super) fn partner(
        &self,
        ties: &Ties,
        a: u32,
        reach: f32,
        random: &mut Random,
    ) -> Option<u32> {
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
        let x = x + (random.unit() - 0.5) * reach;
        let y = y + (random.unit() - 0.5) * reach * self.pitch;
        let last = self.columns.len() - 1;
        let column = &self.columns[(x.round().max(0.0) as usize).min(last)];
        let at = column.partition_point(|&it| self.ys[it as usize] < y);
        let b = *column.get(at.min(column.len() - 1))?;
        (a != b).then_some(b)
    }

    /// What swapping two tables costs in length of ties and in columns of uneven height.
    pub(super) fn longer(&self, ties: &Ties, a: u32, b: u32) -> f32 {
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

    pub(super) fn swap(&mut self, a: u32, b: u32) {
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
}

/// How many columns give about the aspect that is wanted.
pub(super) fn n_columns(sizes: &[(f32, f32)]) -> usize {
    let height: f32 = sizes.iter().map(|it| it.1 + TABLE_GAP).sum();
    let width = sizes.iter().map(|it| it.0 + COLUMN_GAP).sum::<f32>() / sizes.len() as f32;
    ((ASPECT as f32 * height / width).sqrt().round() as usize).clamp(1, sizes.len())
}

/// How many columns give more nearly the aspect that is wanted than so many, which gave that one.
pub(super) fn better_n_columns(n_columns: usize, aspect: f64) -> usize {
    let better = n_columns as f64 * (ASPECT / aspect).sqrt();
    (better.round() as usize).max(1)
}
