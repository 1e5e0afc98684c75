//! The order of tables: what is referred to comes first, as far as there is no circle.

use super::plan::TablePlan;

/// Indices of the tables in the order in which they are made. Tables keep the diagram's order
/// unless one needs another first; those that need one another in a circle keep theirs, so that a
/// script that is read and printed again stays as it is. Where foreign keys can wait, those that
/// point at a table that is not there yet are marked late.
pub(super) fn arrange(tables: &mut [TablePlan<'_>], can_wait: bool) -> Vec<usize> {
    let circles = circles(tables);
    for (at, table) in tables.iter_mut().enumerate() {
        table.needs.retain(|&need| need < at || circles[need] != circles[at]);
    }
    let mut order = Vec::with_capacity(tables.len());
    let mut is_seen = vec![false; tables.len()];
    // Each entry is a table and how many of those before it were looked at.
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..tables.len() {
        if is_seen[start] {
            continue;
        }
        is_seen[start] = true;
        path.push((start, 0));
        while let Some((at, next)) = path.last_mut() {
            let at = *at;
            if let Some(need) = earlier(&tables[at], *next) {
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

/// What should stand before a table, parents first.
fn earlier(table: &TablePlan<'_>, nth: usize) -> Option<usize> {
    match nth.checked_sub(table.parents.len()) {
        None => table.parents.get(nth).copied(),
        Some(nth) => table.needs.get(nth).copied(),
    }
}

/// For each table a number that it shares with those that need it and that it needs, directly or
/// not (strongly connected components, Tarjan 1972).
fn circles(tables: &[TablePlan<'_>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let n = tables.len();
    let (mut found, mut low, mut circle) = (vec![NEW; n], vec![NEW; n], vec![NEW; n]);
    let mut n_found = 0;
    let mut open: Vec<usize> = Vec::new();
    let mut path: Vec<(usize, usize)> = Vec::new();
    for start in 0..n {
        if found[start] != NEW {
            continue;
        }
        path.push((start, 0));
        while let Some((at, next)) = path.last_mut() {
            let (at, nth) = (*at, *next);
            *next += 1;
            if nth == 0 {
                (found[at], low[at]) = (n_found, n_found);
                n_found += 1;
                open.push(at);
            }
            if let Some(need) = earlier(&tables[at], nth) {
                if found[need] == NEW {
                    path.push((need, 0));
                } else if circle[need] == NEW {
                    low[at] = low[at].min(found[need]);
                }
                continue;
            }
            path.pop();
            if let Some((before, _)) = path.last() {
                low[*before] = low[*before].min(low[at]);
            }
            if low[at] == found[at] {
                while let Some(member) = open.pop() {
                    circle[member] = at;
                    if member == at {
                        break;
                    }
                }
            }
        }
    }
    circle
}
