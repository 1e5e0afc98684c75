use rustc_hash::FxHashMap;

use crate::Rect;

/// From this many cells on a query ticks off what it finds.
const MANY_CELLS: i64 = 64;

/// A uniform grid that finds what lies near a rectangle.
///
/// Things are numbered slots; one may cover several rectangles.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    shift: u32,
    cells: FxHashMap<(i32, i32), Vec<u32>>,
    /// Which cells a slot stands in.
    places: Vec<Vec<(i32, i32)>>,
}

impl Grid {
    /// A grid with cells of 2 to the power of `shift` pixels.
    pub(crate) fn new(shift: u32) -> Self {
        Self { shift, cells: FxHashMap::default(), places: Vec::new() }
    }

    /// Adds a rectangle to what a slot covers.
    pub(crate) fn insert(&mut self, slot: u32, rect: Rect) {
        let at = slot as usize;
        if self.places.len() <= at {
            self.places.resize_with(at + 1, Vec::new);
        }
        for y in (rect.y >> self.shift)..=(rect.bottom() >> self.shift) {
            for x in (rect.x >> self.shift)..=(rect.right() >> self.shift) {
                let cell = self.cells.entry((x, y)).or_default();
                // A slot's rectangles come one after another, so a repeat stands last.
                if cell.last() != Some(&slot) {
                    cell.push(slot);
                    self.places[at].push((x, y));
                }
            }
        }
    }

    /// Forgets a slot.
    pub(crate) fn remove(&mut self, slot: u32) {
        let Some(places) = self.places.get_mut(slot as usize) else { return };
        for key in places.drain(..) {
            // Most are forgotten that were added last.
            if let Some(cell) = self.cells.get_mut(&key)
                && let Some(at) = cell.iter().rposition(|&it| it == slot)
            {
                cell.swap_remove(at);
            }
        }
    }

    /// Calls back with the slots in the cells that a rectangle touches; one may come several times.
    pub(crate) fn visit(&self, rect: Rect, mut call: impl FnMut(u32)) {
        for y in (rect.y >> self.shift)..=(rect.bottom() >> self.shift) {
            for x in (rect.x >> self.shift)..=(rect.right() >> self.shift) {
                if let Some(cell) = self.cells.get(&(x, y)) {
                    cell.iter().copied().for_each(&mut call);
                }
            }
        }
    }

    /// Whether a slot in the cells that a rectangle touches is such a one.
    pub(crate) fn has(&self, rect: Rect, mut is_it: impl FnMut(u32) -> bool) -> bool {
        let columns = (rect.x >> self.shift)..=(rect.right() >> self.shift);
        let mut rows = (rect.y >> self.shift)..=(rect.bottom() >> self.shift);
        rows.any(|y| {
            columns.clone().any(|x| {
                let cell = self.cells.get(&(x, y));
                cell.is_some_and(|it| it.iter().copied().any(&mut is_it))
            })
        })
    }

    /// Adds to `found` the slots in the cells that the rectangle touches, ascending, each once.
    pub(crate) fn query(&self, rect: Rect, found: &mut Vec<u32>) {
        let start = found.len();
        let columns = (rect.right() >> self.shift) - (rect.x >> self.shift) + 1;
        let rows = (rect.bottom() >> self.shift) - (rect.y >> self.shift) + 1;
        if i64::from(columns) * i64::from(rows) > MANY_CELLS {
            self.query_many(rect, found);
            return;
        }
        self.visit(rect, |slot| found.push(slot));
        found[start..].sort_unstable();
        let mut kept = start;
        for at in start..found.len() {
            if at == start || found[at] != found[kept - 1] {
                found[kept] = found[at];
                kept += 1;
            }
        }
        found.truncate(kept);
    }

    /// The same where a long line stands in hundreds of cells: ticking slots off beats sorting.
    fn query_many(&self, rect: Rect, found: &mut Vec<u32>) {
        let (left, right) = (rect.x >> self.shift, rect.right() >> self.shift);
        let (top, bottom) = (rect.y >> self.shift, rect.bottom() >> self.shift);
        let is_within = |&(x, y): &(i32, i32)| left <= x && x <= right && top <= y && y <= bottom;
        let n_cells = (i64::from(right - left) + 1) * (i64::from(bottom - top) + 1);
        if n_cells as usize > self.cells.len() {
            // More cells than there are: most slots have their first one within.
            let slots = self.places.iter().enumerate();
            let near = slots.filter(|(_, places)| places.iter().any(is_within));
            found.extend(near.map(|(slot, _)| slot as u32));
            return;
        }
        let mut is_found = vec![false; self.places.len()];
        self.visit(rect, |slot| is_found[slot as usize] = true);
        let slots = is_found.iter().enumerate().filter(|(_, is_found)| **is_found);
        found.extend(slots.map(|(slot, _)| slot as u32));
    }
}

#[cfg(test)]
mod tests {
    use super::Grid;
    use crate::Rect;

    #[test]
    fn what_is_near_is_found_once_and_no_more_once_removed() {
        let mut grid = Grid::new(4);
        grid.insert(3, Rect { x: -40, y: -40, w: 80, h: 80 });
        grid.insert(1, Rect { x: 10, y: 10, w: 5, h: 5 });
        let find = |grid: &Grid| {
            let mut found = Vec::new();
            grid.query(Rect { x: 0, y: 0, w: 20, h: 20 }, &mut found);
            found
        };
        assert_eq!(find(&grid), [1, 3]);
        grid.remove(3);
        assert_eq!(find(&grid), [1]);
    }

    #[test]
    fn a_large_query_finds_what_small_ones_find() {
        let mut grid = Grid::new(4);
        for slot in 0..200 {
            let (x, y) = (slot as i32 * 37 % 900, slot as i32 * 61 % 700);
            grid.insert(slot, Rect { x, y, w: slot as i32 * 3 % 200, h: 1 });
        }
        for rect in [
            Rect { x: 0, y: 0, w: 400, h: 300 },
            Rect { x: 250, y: 40, w: 150, h: 600 },
            Rect { x: -5000, y: -5000, w: 20_000, h: 20_000 },
        ] {
            let mut expected = Vec::new();
            grid.visit(rect, |slot| expected.push(slot));
            expected.sort_unstable();
            expected.dedup();
            let mut found = vec![7];
            grid.query(rect, &mut found);
            assert_eq!(found[0], 7);
            assert_eq!(found[1..], expected);
        }
    }
}
