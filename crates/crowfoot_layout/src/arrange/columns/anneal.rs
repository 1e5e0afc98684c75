//! Swaps tables so that ties are short.

use super::{Page, Random, Ties};

/// What a swap may cost at first.
const HEAT: f32 = 30.0;
/// How often each table is looked at: where crossings are looked at afterwards for long, and in parts
/// that are too large for that.
const N_SWEEPS: (usize, usize) = (20, 40);
const LARGE: usize = 3000;
/// How many columns around where its ties pull it a table may go.
const REACH: f32 = 3.0;

impl Page<'_> {
    /// Swaps tables as long as that shortens ties, at first also when it does not (simulated
    /// annealing, Kirkpatrick, Gelatt and Vecchi 1983). Partners are looked for where the ties
    /// pull.
    pub(super) fn anneal(&mut self, ties: &Ties, random: &mut Random) {
        let n = self.sizes.len();
        if n < 3 {
            return;
        }
        let n_sweeps = if n > LARGE { N_SWEEPS.1 } else { N_SWEEPS.0 };
        let mut best = (f32::INFINITY, self.columns.clone(), self.ys.clone());
        for sweep in 0..n_sweeps {
            let heat = HEAT * (1.0 - sweep as f32 / n_sweeps as f32).powi(2);
            for _ in 0..n {
                let a = random.below(n) as u32;
                let Some(b) = self.partner(ties, a, REACH, random) else { continue };
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

    /// What ties and columns of uneven height cost.
    pub(super) fn total(&self, ties: &Ties) -> f32 {
        let cost = |it: u32| {
            let (column, _) = self.slots[it as usize];
            self.cost(ties, it, column, self.ys[it as usize], it)
        };
        let length: f32 = (0..self.sizes.len() as u32).map(cost).sum();
        let mean = self.heights.iter().sum::<f32>() / self.heights.len() as f32;
        let uneven: f32 = self.heights.iter().map(|it| (it - mean).max(0.0)).sum();
        length / 2.0 + uneven * 0.5
    }

    fn try_swap(&mut self, ties: &Ties, a: u32, b: u32, heat: f32, random: &mut Random) {
        let worse = self.longer(ties, a, b);
        if worse <= 0.0 || (heat > 0.0 && random.unit() < (-worse / heat).exp()) {
            self.swap(a, b);
        }
    }
}
