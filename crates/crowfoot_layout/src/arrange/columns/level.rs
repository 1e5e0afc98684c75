//! Makes columns about equally high.

use super::{Page, TABLE_GAP, Ties};

/// How many times as high as columns are on average one may be.
const SOME: f32 = 1.1;
/// How many columns away a table may go.
const REACH: u32 = 5;

impl Page<'_> {
    /// Moves tables from the highest columns to lower ones near by, those first whose ties get least
    /// longer. Swaps cannot do that: what stands beside a table that is as high as a column is there
    /// whatever it is swapped for.
    pub(super) fn level(&mut self, ties: &Ties) {
        let mean = self.heights.iter().sum::<f32>() / self.heights.len() as f32;
        for _ in 0..self.sizes.len() {
            let heights = (0..).zip(&self.heights);
            let highest = heights.max_by(|a, b| a.1.total_cmp(b.1));
            let Some((from, _)) = highest.filter(|it| *it.1 > mean * SOME) else { return };
            let Some((table, to)) = self.least_bound(ties, from) else { return };
            self.columns[from as usize].retain(|&it| it != table);
            self.columns[to as usize].push(table);
            self.stack();
        }
    }

    /// The table of a column whose ties get least longer in a column that stays lower than this one
    /// is, and that column.
    fn least_bound(&self, ties: &Ties, from: u32) -> Option<(u32, u32)> {
        let column = &self.columns[from as usize];
        let height = self.heights[from as usize];
        let last = (self.columns.len() as u32 - 1).min(from + REACH);
        let mut best: Option<(f32, u32, u32)> = None;
        for &table in column.iter().filter(|_| column.len() > 1) {
            let own = self.sizes[table as usize].1 + TABLE_GAP;
            let y = self.ys[table as usize];
            let before = self.cost(ties, table, from, y, table);
            for to in from.saturating_sub(REACH)..=last {
                let then = self.heights[to as usize] + own;
                if to == from || then >= height {
                    continue;
                }
                let cost = self.cost(ties, table, to, y, table) - before + then;
                if best.is_none_or(|it| cost < it.0) {
                    best = Some((cost, table, to));
                }
            }
        }
        best.map(|it| (it.1, it.2))
    }
}

#[cfg(test)]
mod tests {
    use super::{Page, TABLE_GAP};

    #[test]
    fn a_table_as_high_as_a_column_stands_alone() {
        let sizes = [(100.0, 1000.0), (100.0, 60.0), (100.0, 60.0), (100.0, 60.0), (100.0, 60.0)];
        let points = [(0.0, 0.0), (0.0, 9.0), (0.0, -9.0), (5.0, 0.0), (9.0, 0.0)];
        let ties = [
            vec![(1, 1.0), (2, 1.0), (3, 1.0)],
            vec![(0, 1.0)],
            vec![(0, 1.0)],
            vec![(0, 1.0), (4, 1.0)],
            vec![(3, 1.0)],
        ];
        let mut page = Page::cut(&sizes, &points, 2);
        page.level(&ties);
        let highest = page.heights.iter().copied().fold(0.0, f32::max);
        assert_eq!(highest, 1000.0 + TABLE_GAP);
        assert!(page.columns.iter().any(|it| it == &[0]));
    }
}
