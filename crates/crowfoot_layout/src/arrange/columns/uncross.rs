//! Swaps tables so that fewer lines cross.

use super::{Link, Page, Random, Ties, channels::Channels};

/// What a crossing costs, in pixels of length.
pub(super) const CROSSING: f32 = 200.0;
/// What a swap may cost at first, and how much longer it may make lines that their crossings are
/// counted: where there is time for few swaps, and where there is enough.
const HEAT: (f32, f32) = (20.0, 800.0);
const TOO_LONG: (f32, f32) = (150.0, 800.0);
/// How often two lines are to be looked at for slow cooling to pay.
const ENOUGH: f32 = 90.0;
/// How often a piece of a line may be looked at, for all pages of a part together.
const BUDGET: f32 = 200e6;
/// With fewer lines than this it is as much less, and with more than that as much more.
const FEW_LINES: f32 = 270.0;
const MANY_LINES: f32 = 1500.0;
const MOST: f32 = 6.0;
/// What a trial costs at least, in looks.
const TRIAL: usize = 20;
/// How many columns around where its ties pull it a table may go.
const REACH: f32 = 5.0;
/// Tables with more lines stay.
const MAX_LINES: usize = 200;

impl Page<'_> {
    /// Swaps tables by annealing as long as that saves crossings and length of lines that are drawn
    /// straight. This page is one of so many.
    pub(super) fn uncross(
        &mut self,
        ties: &Ties,
        links: &[Link],
        n_pages: usize,
        random: &mut Random,
    ) {
        let n = self.sizes.len();
        if n < 4 || links.len() < 4 {
            return;
        }
        let mut of: Vec<Vec<u32>> = vec![Vec::new(); n];
        for (at, link) in (0u32..).zip(links) {
            of[link.from as usize].push(at);
            of[link.to as usize].push(at);
        }
        let n_lines = links.len() as f32;
        let budget =
            BUDGET * (n_lines / FEW_LINES).min(1.0) * (n_lines / MANY_LINES).clamp(1.0, MOST);
        let share = (budget / (n_lines * n_lines) / ENOUGH).min(1.0);
        let between = |(low, high): (f32, f32)| low + (high - low) * share;
        let (most_heat, too_long) = (between(HEAT), between(TOO_LONG));
        let budget = budget / n_pages as f32;
        let mut channels = Channels::new(links.len(), self.columns.len());
        let mut lines: Vec<u32> = Vec::new();
        loop {
            let spent = channels.n_looks as f32 / budget;
            if spent >= 1.0 {
                break;
            }
            channels.clear();
            for (at, link) in (0u32..).zip(links) {
                channels.put(self, at, link);
            }
            let heat = most_heat * (1.0 - spent).powi(2);
            for _ in 0..n {
                channels.n_looks += TRIAL;
                let a = random.below(n) as u32;
                let Some(b) = self.partner(ties, a, REACH, random) else { continue };
                let most = -heat * random.unit().max(1e-9).ln();
                let longer = self.longer(ties, a, b);
                if longer > most.max(too_long)
                    || of[a as usize].len() + of[b as usize].len() > MAX_LINES
                {
                    continue;
                }
                lines.clear();
                lines.extend_from_slice(&of[a as usize]);
                let is_new = |it: &u32| {
                    let link = links[*it as usize];
                    link.from != a && link.to != a
                };
                lines.extend(of[b as usize].iter().copied().filter(is_new));
                self.try_uncross(&mut channels, links, &lines, [a, b], most - longer);
            }
            self.stack();
        }
    }

    /// Swaps two tables with those lines if what more crossings cost is not more than that.
    fn try_uncross(
        &mut self,
        channels: &mut Channels,
        links: &[Link],
        lines: &[u32],
        [a, b]: [u32; 2],
        most: f32,
    ) {
        let mut before = 0;
        for &it in lines {
            before += channels.crossings(it);
            channels.take(it);
        }
        self.swap(a, b);
        let most = before as f32 + most / CROSSING;
        let (mut after, mut n_put) = (0, 0);
        for &it in lines {
            if after as f32 > most {
                break;
            }
            channels.put(self, it, &links[it as usize]);
            after += channels.crossings(it);
            n_put += 1;
        }
        if after as f32 <= most {
            return;
        }
        self.swap(a, b);
        for &it in &lines[..n_put] {
            channels.take(it);
        }
        for &it in lines {
            channels.put(self, it, &links[it as usize]);
        }
    }
}
