//! Betters an order piece by piece.

use super::beside::Beside;

/// How often each piece is looked at.
const N_ROUNDS: usize = 3;

/// Moves each piece to where in the order the fewest wishes of its neighbours are against it, all
/// others staying, as sifting does for the variables of a decision diagram (Rudell 1993).
pub(super) fn sift(beside: &Beside, rank: &mut [u32]) {
    let n_ranked = rank.iter().filter(|it| **it != u32::MAX).count();
    let mut order = vec![0u32; n_ranked];
    let mut near: Vec<(f64, i32)> = Vec::new();
    for _ in 0..N_ROUNDS {
        for (it, place) in (0..).zip(rank.iter()).filter(|it| *it.1 != u32::MAX) {
            order[*place as usize] = it;
        }
        let mut keys: Vec<f64> = rank.iter().map(|it| f64::from(*it)).collect();
        let mut is_moved = false;
        for &it in &order {
            let at = it as usize;
            // Most pieces are where all wish them to be.
            let others = beside[at].iter();
            let most: i64 = others.clone().map(|it| i64::from(it.1.max(0))).sum();
            let before = others.clone().filter(|it| keys[it.0 as usize] < keys[at]);
            if before.map(|it| i64::from(it.1)).sum::<i64>() >= most {
                continue;
            }
            near.clear();
            near.extend(others.map(|it| (keys[it.0 as usize], it.1)));
            near.sort_by(|a, b| a.0.total_cmp(&b.0));
            // What is gained by standing after so many of them rather than before all.
            let (mut gain, mut best) = (0i64, (0i64, 0usize));
            let mut now = 0;
            for (place, &(key, wish)) in (1usize..).zip(&near) {
                gain += i64::from(wish);
                if gain > best.0 {
                    best = (gain, place);
                }
                if key < keys[at] {
                    now = gain;
                }
            }
            if best.0 > now {
                let before = best.1.checked_sub(1).map(|it| near[it].0);
                let after = near.get(best.1).map(|it| it.0);
                keys[at] = match (before, after) {
                    (Some(before), Some(after)) => f64::midpoint(before, after),
                    (Some(before), None) => before + 0.5,
                    (None, Some(after)) => after - 0.5,
                    (None, None) => keys[at],
                };
                is_moved = true;
            }
        }
        if !is_moved {
            return;
        }
        order.sort_by(|&a, &b| keys[a as usize].total_cmp(&keys[b as usize]).then(a.cmp(&b)));
        for (place, &it) in (0..).zip(&order) {
            rank[it as usize] = place;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::sift;
    use crate::route::beside::Beside;

    #[test]
    fn a_piece_goes_to_where_most_want_it() {
        // The first wants to be right of both others, and they do not care for each other.
        let beside = Beside::new(4, &[(0, 1, 2), (0, 2, 3)]);
        let mut rank = [0, 1, 2, u32::MAX];
        sift(&beside, &mut rank);
        assert_eq!(rank, [2, 0, 1, u32::MAX]);
    }

    #[test]
    fn an_order_that_nobody_minds_stays() {
        let beside = Beside::new(3, &[(0, 1, -1), (1, 2, 0)]);
        let mut rank = [0, 1, 2];
        sift(&beside, &mut rank);
        assert_eq!(rank, [0, 1, 2]);
    }
}
