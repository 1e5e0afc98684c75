//! Names the bundles that lines run in: lines into the same column share theirs from where they
//! meet.

use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use super::{Port, nudge::Run};
use crate::Facing;

/// How many lines share each end, and which ends those are.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    shares: FxHashMap<u64, u32>,
    lines: Vec<Option<Ends>>,
}

/// The ends of a line, as they were counted.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Ends {
    from: u64,
    to: u64,
    tables: [u32; 2],
}

impl Names {
    /// Names the bundles of lines that have new ways and of those that share a table with them.
    ///
    /// Returns the lines that were named, ascending.
    pub(super) fn update(
        &mut self,
        runs: &mut [Option<Run>],
        lines: &[u32],
        of_table: &[Vec<u32>],
    ) -> Vec<u32> {
        self.lines.resize(self.lines.len().max(runs.len()), None);
        let mut tables: Vec<u32> = Vec::new();
        for &line in lines {
            let now = runs[line as usize].as_ref().map(Ends::of);
            let before = std::mem::replace(&mut self.lines[line as usize], now);
            for end in before.iter().flat_map(Ends::each) {
                self.shares.entry(end).and_modify(|it| *it -= 1);
            }
            for end in now.iter().flat_map(Ends::each) {
                *self.shares.entry(end).or_default() += 1;
            }
            tables.extend(before.into_iter().chain(now).flat_map(|it| it.tables));
        }
        tables.sort_unstable();
        tables.dedup();
        let mut named: Vec<u32> = lines.to_vec();
        named.extend(tables.iter().flat_map(|&it| &of_table[it as usize]));
        named.sort_unstable();
        named.dedup();
        for &line in &named {
            let Some(ends) = self.lines[line as usize] else { continue };
            let is_twin = self.is_twin(line, ends, of_table);
            if let Some(run) = &mut runs[line as usize] {
                self.name(line, ends, is_twin, run);
            }
        }
        named
    }

    /// Whether another line comes before it between the same tables.
    fn is_twin(&self, line: u32, ends: Ends, of_table: &[Vec<u32>]) -> bool {
        let [from, to] = ends.tables.map(|it| &of_table[it as usize]);
        let fewer = if from.len() < to.len() { from } else { to };
        fewer.iter().any(|&it| {
            it < line && self.lines[it as usize].is_some_and(|it| it.tables == ends.tables)
        })
    }

    /// Names the bundles of one line, from the end that more lines share.
    fn name(&self, line: u32, ends: Ends, is_twin: bool, run: &mut Run) {
        let n = run.raw.points.len().saturating_sub(1);
        let shares = |end: u64| self.shares.get(&end).copied().unwrap_or(0);
        let is_to = shares(ends.to) >= shares(ends.from);
        let (near, far) = if is_to { (ends.to, ends.from) } else { (ends.from, ends.to) };
        let is_shared = shares(near) > 1;
        let mut name = near;
        run.bundles.clear();
        run.bundles.resize(n, 0);
        for step in 0..n {
            let k = if is_to { n - 1 - step } else { step };
            let at = run.raw.points[k];
            let place = if k % 2 == 1 { at.x } else { at.y };
            name = match step {
                0 => name,
                // The far stub belongs to its own column.
                _ if step == n - 1 => far,
                1 if !is_shared => hash(&(name, place.to_bits(), line)),
                // Of lines between the same tables only the first shares all of its way.
                _ if is_twin && step + 2 == n => hash(&(name, place.to_bits(), line)),
                _ => hash(&(name, place.to_bits())),
            };
            run.bundles[k] = name;
        }
    }
}

impl Ends {
    fn of(run: &Run) -> Self {
        let end = |it: Port, facing: Facing| {
            hash(&(it.table, it.y.to_bits(), it.inset.to_bits(), facing))
        };
        Self {
            from: end(run.wire.from, run.raw.from),
            to: end(run.wire.to, run.raw.to),
            tables: [run.wire.from.table, run.wire.to.table],
        }
    }

    /// Both ends, or the one that they are.
    fn each(&self) -> impl Iterator<Item = u64> + use<> {
        std::iter::once(self.from).chain((self.to != self.from).then_some(self.to))
    }
}

pub(super) fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
