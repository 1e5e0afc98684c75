//! Gives each table its corner.

use super::{Link, MAX_TRIES, Page, Ties, wires};
use crate::{Rect, route::ways};

/// Larger parts are not routed on trial.
const MAX_TRIAL: usize = 12_000;

impl Page<'_> {
    /// Makes room for the lines and gives each table its corner.
    pub(super) fn set(&mut self, ties: &Ties, links: &[Link]) -> Vec<Rect> {
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
}
