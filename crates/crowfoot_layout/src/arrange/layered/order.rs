//! Orders each column so that few lines cross.

use super::columns::Columns;

/// Sweeps to and fro over all columns.
const SWEEPS: usize = 24;
/// With more items than this fewer sweeps are made.
const MANY: usize = 20_000;

/// Orders the columns by barycentres; the order with the fewest crossings is kept.
pub(super) fn order(columns: &mut Columns) {
    let mut places = vec![0u32; columns.n_items()];
    for column in &columns.all {
        number(column, &mut places);
    }
    let n_sweeps = if columns.n_items() > MANY { SWEEPS / 4 } else { SWEEPS };
    let mut best = (n_crossings(columns, &places), columns.all.clone());
    for sweep in 0..n_sweeps {
        let n = columns.all.len();
        for step in 1..n {
            let at = if sweep % 2 == 0 { step } else { n - 1 - step };
            let mut column = std::mem::take(&mut columns.all[at]);
            let towards = if sweep % 2 == 0 { &columns.left } else { &columns.right };
            let centre = |item: u32| {
                let list = &towards[item as usize];
                if list.is_empty() {
                    return places[item as usize] as f32;
                }
                list.iter().map(|it| places[*it as usize] as f32).sum::<f32>() / list.len() as f32
            };
            column.sort_by(|a, b| {
                let (a, b) = (*a, *b);
                centre(a).total_cmp(&centre(b)).then(places[a as usize].cmp(&places[b as usize]))
            });
            number(&column, &mut places);
            columns.all[at] = column;
        }
        let crossings = n_crossings(columns, &places);
        if crossings < best.0 {
            best = (crossings, columns.all.clone());
        }
    }
    columns.all = best.1;
}

fn number(column: &[u32], places: &mut [u32]) {
    for (place, item) in (0..).zip(column) {
        places[*item as usize] = place;
    }
}

/// Crossings between neighbouring columns, counted with a tree of sums (Barth, Jünger and Mutzel 2002).
fn n_crossings(columns: &Columns, places: &[u32]) -> u64 {
    let mut n_crossings = 0;
    for pair in columns.all.windows(2) {
        let mut sums = vec![0u64; pair[1].len() + 1];
        let mut n_seen = 0;
        let mut ends = Vec::new();
        for item in &pair[0] {
            ends.clear();
            ends.extend(columns.right[*item as usize].iter().map(|it| places[*it as usize]));
            for &end in &ends {
                let mut n_above = 0;
                let mut at = end as usize + 1;
                while at > 0 {
                    n_above += sums[at];
                    at &= at - 1;
                }
                n_crossings += n_seen - n_above;
            }
            for &end in &ends {
                let mut at = end as usize + 1;
                while at < sums.len() {
                    sums[at] += 1;
                    at += at & at.wrapping_neg();
                }
                n_seen += 1;
            }
        }
    }
    n_crossings
}

#[cfg(test)]
mod tests {
    use super::{super::rank::rank, Columns, n_crossings, number, order};

    fn crossings(columns: &Columns) -> u64 {
        let mut places = vec![0; columns.n_items()];
        for column in &columns.all {
            number(column, &mut places);
        }
        n_crossings(columns, &places)
    }

    #[test]
    fn columns_are_untangled() {
        // Three parents, whose children come in the opposite order.
        let parents = [vec![], vec![], vec![], vec![2], vec![1], vec![0]];
        let mut columns = Columns::new(&rank(&parents), &[(100, 50); 6]);
        assert_eq!(columns.all.len(), 2);
        assert_eq!(crossings(&columns), 3);
        order(&mut columns);
        assert_eq!(crossings(&columns), 0);
    }
}
