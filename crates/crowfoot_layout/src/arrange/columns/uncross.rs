//! Swaps tables so that fewer lines cross.

use super::{Link, Page, Random, Ties};

/// What a crossing costs, in pixels of length.
const CROSSING: f32 = 400.0;
/// What a swap may cost at first: where there is time for few swaps, and where there is enough.
const HEAT: (f32, f32) = (50.0, 400.0);
/// The crossings of a swap that lengthens lines by more are not counted; the same two.
const TOO_LONG: (f32, f32) = (100.0, 400.0);
/// How often each table is to be swapped for slow cooling to pay.
const ENOUGH_SWEEPS: f32 = 40.0;
/// How often two lines may be looked at.
const BUDGET: usize = 130_000_000;
const MAX_SWEEPS: usize = 400;
/// Tables with more lines stay.
const MAX_LINES: usize = 40;

/// The lines as straight stretches from edge to edge of their tables, by coordinate, so that many
/// are looked at in one go.
struct Stretches<'a> {
    links: &'a [Link],
    /// The lines of each table.
    of: Vec<Vec<u32>>,
    x0: Vec<f32>,
    y0: Vec<f32>,
    x1: Vec<f32>,
    y1: Vec<f32>,
}

impl<'a> Stretches<'a> {
    fn new(links: &'a [Link], n_tables: usize) -> Self {
        let mut of = vec![Vec::new(); n_tables];
        for (at, link) in (0u32..).zip(links) {
            of[link.from as usize].push(at);
            of[link.to as usize].push(at);
        }
        let zeros = vec![0.0; links.len()];
        Self { links, of, x0: zeros.clone(), y0: zeros.clone(), x1: zeros.clone(), y1: zeros }
    }

    /// Draws a line anew.
    fn draw(&mut self, page: &Page, at: u32) {
        let at = at as usize;
        let link = self.links[at];
        let end = |table: u32, y: f32| {
            let half = page.sizes[table as usize].1 / 2.0;
            (page.slots[table as usize].0 as f32, page.ys[table as usize] - half + y)
        };
        let (a, b) = (end(link.from, link.from_y), end(link.to, link.to_y));
        // A line leaves its table on the side where the other one stands. Between two of one column
        // it runs along the right of them.
        let (out, back) = match a.0.total_cmp(&b.0) {
            std::cmp::Ordering::Less => (0.4, -0.4),
            std::cmp::Ordering::Equal => (0.45, 0.45),
            std::cmp::Ordering::Greater => (-0.4, 0.4),
        };
        (self.x0[at], self.y0[at]) = (a.0 + out, a.1);
        (self.x1[at], self.y1[at]) = (b.0 + back, b.1);
    }

    /// Draws the lines of two tables anew.
    fn redraw(&mut self, page: &Page, tables: [u32; 2]) {
        for table in tables {
            for at in 0..self.of[table as usize].len() {
                self.draw(page, self.of[table as usize][at]);
            }
        }
    }

    /// How often the lines of two tables cross any line.
    fn crossings(&self, tables: [u32; 2]) -> u32 {
        let lines = tables.into_iter().flat_map(|it| &self.of[it as usize]);
        lines.map(|&it| self.crossings_of(it as usize)).sum()
    }

    fn crossings_of(&self, at: usize) -> u32 {
        let (px, py, qx, qy) = (self.x0[at], self.y0[at], self.x1[at], self.y1[at]);
        let (dx, dy) = (qx - px, qy - py);
        let n = self.links.len();
        let (x0, y0, x1, y1) = (&self.x0[..n], &self.y0[..n], &self.x1[..n], &self.y1[..n]);
        let mut sum = 0;
        for k in 0..n {
            let a = dx * (y0[k] - py) - dy * (x0[k] - px);
            let b = dx * (y1[k] - py) - dy * (x1[k] - px);
            let (ex, ey) = (x1[k] - x0[k], y1[k] - y0[k]);
            let c = ex * (py - y0[k]) - ey * (px - x0[k]);
            let d = ex * (qy - y0[k]) - ey * (qx - x0[k]);
            sum += u32::from((a * b < 0.0) & (c * d < 0.0));
        }
        sum
    }
}

impl Page<'_> {
    /// Swaps tables by annealing as long as that saves crossings and length of lines that are drawn
    /// straight.
    pub(super) fn uncross(&mut self, ties: &Ties, links: &[Link], random: &mut Random) {
        let n = self.sizes.len();
        if n < 4 || links.len() < 4 {
            return;
        }
        let mut n_looks = 0;
        // Where there is time for few swaps each must pay.
        let n_sweeps = BUDGET as f32 / (8 * links.len() * links.len()) as f32;
        let share = (n_sweeps / ENOUGH_SWEEPS).min(1.0);
        let between = |(low, high): (f32, f32)| low + (high - low) * share;
        let (most_heat, too_long) = (between(HEAT), between(TOO_LONG));
        let mut stretches = Stretches::new(links, n);
        for sweep in 0..MAX_SWEEPS {
            for at in 0..links.len() as u32 {
                stretches.draw(self, at);
            }
            for _ in 0..n {
                let a = random.below(n) as u32;
                let Some(b) = self.partner(ties, a, random) else { continue };
                let longer = self.longer(ties, a, b);
                let n_lines = stretches.of[a as usize].len() + stretches.of[b as usize].len();
                if n_lines > MAX_LINES || longer > too_long {
                    continue;
                }
                n_looks += 2 * n_lines * links.len();
                let spent = n_looks as f32 / BUDGET as f32;
                if spent >= 1.0 {
                    self.stack();
                    return;
                }
                let heat = most_heat * (1.0 - spent.max(sweep as f32 / MAX_SWEEPS as f32)).powi(2);
                let before = stretches.crossings([a, b]);
                self.swap(a, b);
                stretches.redraw(self, [a, b]);
                let after = stretches.crossings([a, b]);
                let worse = longer + CROSSING * (after as f32 - before as f32);
                if worse > 0.0 && random.unit() >= (-worse / heat).exp() {
                    self.swap(a, b);
                    stretches.redraw(self, [a, b]);
                }
            }
            self.stack();
        }
    }
}
