//! Which arrivals on a stretch are worth to be followed.

use crate::route::load::Load;

/// The arrivals on a stretch from which some place on it is reached the cheapest.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Arrivals {
    /// In which search.
    stamp: u32,
    n: u32,
    /// Cost and place of each.
    list: [(i32, i32); N_ARRIVALS],
}

/// How many arrivals on a stretch are remembered.
const N_ARRIVALS: usize = 6;

impl Arrivals {
    /// Notes an arrival; false if an earlier one gets there as cheaply.
    pub(super) fn improve(
        &mut self,
        stamp: u32,
        cost: i32,
        along: i32,
        load: &Load,
        price: i32,
    ) -> bool {
        if self.stamp != stamp {
            (self.stamp, self.n) = (stamp, 0);
        }
        let known = &mut self.list[..self.n as usize];
        if known.iter().any(|&it| cost >= cost_at(it, along, load, price)) {
            return false;
        }
        // It takes the place of one that it outdoes, or of the dearest.
        let place = if known.len() < N_ARRIVALS {
            known.iter().position(|&it| it.0 >= cost_at((cost, along), it.1, load, price))
        } else {
            (0..N_ARRIVALS).max_by_key(|&it| known[it].0)
        };
        match place {
            Some(place) => known[place] = (cost, along),
            None => {
                self.list[self.n as usize] = (cost, along);
                self.n += 1;
            }
        }
        true
    }

    /// Whether one of them gets there cheaper.
    pub(super) fn outdo(&self, cost: i32, along: i32, load: &Load, price: i32) -> bool {
        self.list[..self.n as usize].iter().any(|&it| cost > cost_at(it, along, load, price))
    }
}

/// What it costs to get to another place on a stretch from an arrival.
fn cost_at((cost, from): (i32, i32), along: i32, load: &Load, price: i32) -> i32 {
    let length = (along - from).abs();
    cost + length + load.crossings(along, from).max(0) * price / 2
}
