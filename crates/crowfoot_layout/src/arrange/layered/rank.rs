//! Circles are opened and layers are dealt out.

use std::collections::BTreeSet;

/// Rounds of pulling tables towards their relations.
const ROUNDS: usize = 8;

/// Tables in layers; every line runs from a lower one to a higher one.
pub(super) struct Ranked {
    pub(super) ranks: Vec<u32>,
    /// For each table those of lower layers that it is tied to, ascending.
    pub(super) before: Vec<Vec<u32>>,
}

/// Deals out layers to tables whose parents are known.
pub(super) fn rank(parents: &[Vec<u32>]) -> Ranked {
    let sequence = sequence(parents);
    let mut turn = vec![0; parents.len()];
    for (at, &node) in sequence.iter().enumerate() {
        turn[node as usize] = at;
    }
    let mut before: Vec<Vec<u32>> = vec![Vec::new(); parents.len()];
    for (child, list) in (0u32..).zip(parents) {
        for &parent in list {
            let is_forward = turn[parent as usize] < turn[child as usize];
            let (low, high) = if is_forward { (parent, child) } else { (child, parent) };
            before[high as usize].push(low);
        }
    }
    for list in &mut before {
        list.sort_unstable();
        list.dedup();
    }
    let ranks = ranks(&before, &sequence);
    Ranked { ranks, before }
}

/// All tables so that few parents come after their children.
fn sequence(parents: &[Vec<u32>]) -> Vec<u32> {
    let children = turned(parents);
    let mut n_before: Vec<i64> = parents.iter().map(|it| it.len() as i64).collect();
    let mut n_after: Vec<i64> = children.iter().map(|it| it.len() as i64).collect();
    // What comes first: tables that refer to nothing left, then those that more refer to than they do.
    let key = |n_before: i64, n_after: i64| {
        if n_before == 0 { (0, 0) } else { (1, n_before - n_after) }
    };
    let mut waiting: BTreeSet<((i64, i64), u32)> = (0u32..)
        .zip(n_before.iter().zip(&n_after))
        .map(|(node, (&before, &after))| (key(before, after), node))
        .collect();
    let mut sequence = Vec::with_capacity(parents.len());
    let mut is_gone = vec![false; parents.len()];
    while let Some((_, node)) = waiting.pop_first() {
        is_gone[node as usize] = true;
        sequence.push(node);
        let mut change = |other: u32, before: i64, after: i64| {
            let at = other as usize;
            if is_gone[at] {
                return;
            }
            waiting.remove(&(key(n_before[at], n_after[at]), other));
            n_before[at] -= before;
            n_after[at] -= after;
            waiting.insert((key(n_before[at], n_after[at]), other));
        };
        for &child in &children[node as usize] {
            change(child, 1, 0);
        }
        for &parent in &parents[node as usize] {
            change(parent, 0, 1);
        }
    }
    sequence
}

/// Layers by the longest path, then each table where its lines are shortest in sum.
fn ranks(before: &[Vec<u32>], sequence: &[u32]) -> Vec<u32> {
    let after = turned(before);
    let mut ranks = vec![0u32; before.len()];
    for &node in sequence {
        let lowest = before[node as usize].iter().map(|&it| ranks[it as usize] + 1).max();
        ranks[node as usize] = lowest.unwrap_or(0);
    }
    for _ in 0..ROUNDS {
        let mut is_changed = false;
        for &node in sequence.iter().rev() {
            let at = node as usize;
            let lowest = before[at].iter().map(|&it| ranks[it as usize] + 1).max().unwrap_or(0);
            let highest = after[at].iter().map(|&it| ranks[it as usize] - 1).min();
            let goal = match highest {
                Some(highest) if after[at].len() > before[at].len() => highest,
                _ => lowest,
            };
            is_changed |= ranks[at] != goal;
            ranks[at] = goal;
        }
        if !is_changed {
            break;
        }
    }
    ranks
}

/// The same lines from their other ends.
pub(super) fn turned(lists: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut turned: Vec<Vec<u32>> = vec![Vec::new(); lists.len()];
    for (node, list) in (0u32..).zip(lists) {
        for &other in list {
            turned[other as usize].push(node);
        }
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn parents_stand_in_lower_layers() {
        // 0 <- 1 <- 2, 0 <- 2, 0 <- 3
        let ranked = rank(&[vec![], vec![0], vec![0, 1], vec![0]]);
        assert_eq!(ranked.ranks, [0, 1, 2, 1]);
    }

    #[test]
    fn a_circle_is_opened_once() {
        let ranked = rank(&[vec![2], vec![0], vec![1]]);
        assert_eq!(ranked.before.iter().map(Vec::len).sum::<usize>(), 3);
        let mut ranks = ranked.ranks.clone();
        ranks.sort_unstable();
        assert_eq!(ranks, [0, 1, 2]);
    }

    #[test]
    fn a_parent_is_pulled_to_its_only_child() {
        // 0 <- 1 <- 2 <- 3, and 4 <- 3 alone
        let ranked = rank(&[vec![], vec![0], vec![1], vec![2, 4], vec![]]);
        assert_eq!(ranked.ranks, [0, 1, 2, 3, 2]);
    }
}
