//! How high the items of the columns stand.

use super::columns::Columns;

const ROUNDS: usize = 16;
/// Between two tables, between a table and a line that passes, and between two such lines.
const GAPS: [f32; 3] = [40.0, 20.0, 8.0];
/// How much straighter a passing line wants to be than a table wants to be near its relations.
const STRAIGHT: f32 = 4.0;

/// The middle of each item, near to what it is joined to, in the order of its column.
pub(super) fn middles(columns: &Columns) -> Vec<f32> {
    let mut middles = vec![0.0; columns.n_items()];
    let offsets: Vec<Vec<f32>> = columns.all.iter().map(|it| offsets(columns, it)).collect();
    for (column, offsets) in columns.all.iter().zip(&offsets) {
        let last = offsets.last().copied().unwrap_or_default();
        for (item, offset) in column.iter().zip(offsets) {
            middles[*item as usize] = offset - last / 2.0;
        }
    }
    let n = columns.all.len();
    for round in 0..ROUNDS {
        for step in 0..n {
            let at = if round % 2 == 0 { step } else { n - 1 - step };
            settle(columns, &columns.all[at], &offsets[at], &mut middles);
        }
    }
    middles
}

/// How far below the first item of a column each one stands at least.
fn offsets(columns: &Columns, column: &[u32]) -> Vec<f32> {
    let mut offsets = Vec::with_capacity(column.len());
    let mut y = 0.0;
    for (at, &item) in column.iter().enumerate() {
        if let Some(&above) = at.checked_sub(1).and_then(|it| column.get(it)) {
            let n_lines = [above, item].iter().filter(|it| !columns.is_table(**it)).count();
            y += (columns.height(above) + columns.height(item)) / 2.0 + GAPS[n_lines];
        }
        offsets.push(y);
    }
    offsets
}

/// Least squares of the distances to relations with the order kept: neighbours that want to
/// pass one another are pooled and moved as one (pool adjacent violators, Barlow and others 1972).
fn settle(columns: &Columns, column: &[u32], offsets: &[f32], middles: &mut [f32]) {
    /// A run of items without slack: their weight, where they want to be, and how many.
    struct Pool {
        weight: f32,
        aim: f32,
        n_items: usize,
    }
    let mut pools: Vec<Pool> = Vec::with_capacity(column.len());
    for (&item, offset) in column.iter().zip(offsets) {
        let (weight, aim) = wish(columns, item, middles);
        let mut pool = Pool { weight, aim: aim - offset, n_items: 1 };
        while let Some(above) = pools.pop_if(|it| it.aim > pool.aim) {
            let weight = above.weight + pool.weight;
            pool = Pool {
                weight,
                aim: (above.aim * above.weight + pool.aim * pool.weight) / weight,
                n_items: above.n_items + pool.n_items,
            };
        }
        pools.push(pool);
    }
    let aims = pools.iter().flat_map(|it| std::iter::repeat_n(it.aim, it.n_items));
    for ((&item, offset), aim) in column.iter().zip(offsets).zip(aims) {
        middles[item as usize] = aim + offset;
    }
}

/// How much an item wants to be at which height.
fn wish(columns: &Columns, item: u32, middles: &[f32]) -> (f32, f32) {
    let at = item as usize;
    let (mut weight, mut sum) = (0.0, 0.0);
    for other in columns.left[at].iter().chain(&columns.right[at]) {
        let is_straight = !columns.is_table(item) || !columns.is_table(*other);
        let pull = if is_straight { STRAIGHT } else { 1.0 };
        weight += pull;
        sum += middles[*other as usize] * pull;
    }
    if weight == 0.0 { (0.01, middles[at]) } else { (weight, sum / weight) }
}
