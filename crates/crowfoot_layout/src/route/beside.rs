//! Which pieces can come to lie beside which.

use std::ops::Index;

/// For each piece those beside which it can come to lie, and how much better it is that it lies
/// right of them than left.
pub(super) struct Beside {
    /// Where the list of each ends.
    ends: Vec<u32>,
    list: Vec<(u32, i32)>,
}

impl Beside {
    /// From pairs of so many pieces, with how much better it is that the first one lies right of the
    /// second.
    pub(super) fn new(n: usize, pairs: &[(u32, u32, i32)]) -> Self {
        let mut ends = vec![0u32; n];
        for it in pairs.iter().flat_map(|it| [it.0, it.1]) {
            ends[it as usize] += 1;
        }
        let mut sum = 0;
        for end in &mut ends {
            // For now, where the list begins.
            sum += std::mem::replace(end, sum);
        }
        let mut list = vec![(0, 0); sum as usize];
        let mut add = |it: u32, other: u32, wish: i32| {
            let end = &mut ends[it as usize];
            list[*end as usize] = (other, wish);
            *end += 1;
        };
        for &(a, b, wish) in pairs {
            add(a, b, wish);
            add(b, a, -wish);
        }
        Self { ends, list }
    }
}

impl Index<usize> for Beside {
    type Output = [(u32, i32)];

    fn index(&self, at: usize) -> &Self::Output {
        let start = at.checked_sub(1).map_or(0, |it| self.ends[it] as usize);
        &self.list[start..self.ends[at] as usize]
    }
}
