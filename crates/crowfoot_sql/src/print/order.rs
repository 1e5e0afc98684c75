//! The order of tables: what is referred to comes first, as far as there is no circle.

use super::plan::TablePlan;

/// Indices of the tables in the order in which they are made. Tables keep the diagram's order
/// unless one needs another first. Where foreign keys can wait, those that point at a table that
/// is not there yet are marked late.
pub(crate) fn arrange(tables: &mut [TablePlan<'_>], can_wait: bool) -> Vec<usize> {
    let mut order = Vec::with_capacity(tables.len());
    let mut is_seen = vec![false; tables.len()];
    // Each entry is a table and how many of its needs were looked at.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..tables.len() {
        if is_seen[start] {
            continue;
        }
        is_seen[start] = true;
        path.push((start, 0));
        while let Some((at, next)) = path.last_mut() {
            let at = *at;
            if let Some(&need) = tables[at].needs.get(*next) {
                *next += 1;
                if !is_seen[need] {
                    is_seen[need] = true;
                    path.push((need, 0));
                }
            } else {
                order.push(at);
                path.pop();
            }
        }
    }
    if can_wait {
        let mut place = vec![0; tables.len()];
        for (nth, &at) in order.iter().enumerate() {
            place[at] = nth;
        }
        for (at, table) in tables.iter_mut().enumerate() {
            for key in &mut table.keys {
                key.is_late |= place[key.target] > place[at];
            }
        }
    }
    order
}
