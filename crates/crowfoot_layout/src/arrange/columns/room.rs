//! How much room lines need between tables.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{COLUMN_GAP, MAX_TRIES, Page, TABLE_GAP, Ties};
use crate::{Rect, route::Way, sizes::STUB};

/// Room that one more line takes.
const LANE: f32 = 8.0;
/// For so many lines that run between two tables on trial there is room for one more, as they may
/// run otherwise in the end: in small parts, which are routed on trial twice, and in large ones.
const SPARE: (u32, u32) = (3, 2);
/// The same for lines that run between two columns of large parts.
const SPARE_BESIDE: i32 = 6;

impl Page<'_> {
    /// Makes the gaps as wide as the lines need.
    pub(super) fn widen(
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
        let is_small = rects.len() <= MAX_TRIES;
        let spare = if is_small { SPARE.0 } else { SPARE.1 };
        for (gap, lanes) in below.iter_mut().zip(lanes) {
            *gap = TABLE_GAP.max(24.0 + LANE * (lanes + lanes / spare + 1) as f32);
        }
        for (gap, steps) in beside.iter_mut().zip(steps) {
            let mut now = 0;
            let most = steps.iter().map(|it| {
                now += it;
                now
            });
            let lanes = most.max().unwrap_or(0);
            let spare = if is_small { 0 } else { lanes / SPARE_BESIDE };
            *gap = COLUMN_GAP.max(2.0 * STUB as f32 + LANE * (lanes + spare + 1) as f32);
        }
    }

    /// How much room to leave below each table for lines that cross its column there.
    pub(super) fn gaps_below(&self, ties: &Ties) -> Vec<f32> {
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
    pub(super) fn gaps_beside(&self, ties: &Ties) -> Vec<f32> {
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
