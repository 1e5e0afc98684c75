//! Which arrivals on a stretch are worth to be followed.

/// An arrival on a stretch.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Arrival {
    pub(super) cost: i32,
    /// Where on the stretch.
    pub(super) along: i32,
    /// How many lines cross the stretch before that place, in halves.
    pub(super) before: i32,
}

/// The arrivals on a stretch from which some place on it is reached the cheapest.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Arrivals {
    /// In which search.
    stamp: u32,
    n: u32,
    list: [Arrival; N_ARRIVALS],
}

/// How many arrivals on a stretch are remembered.
const N_ARRIVALS: usize = 6;

impl Arrival {
    /// What it costs to get on to another place of the stretch when crossing a line has that price.
    fn cost_at(self, other: Self, price: i32) -> i32 {
        let length = (other.along - self.along).abs();
        self.cost + length + (other.before - self.before).abs() * price / 2
    }
}

impl Arrivals {
    /// Notes an arrival; false if an earlier one gets there as cheaply.
    pub(super) fn improve(&mut self, stamp: u32, arrival: Arrival, price: i32) -> bool {
        if self.stamp != stamp {
            (self.stamp, self.n) = (stamp, 0);
        }
        let known = &mut self.list[..self.n as usize];
        if known.iter().any(|it| arrival.cost >= it.cost_at(arrival, price)) {
            return false;
        }
        // It takes the place of one that it outdoes, or of the dearest.
        let place = if known.len() < N_ARRIVALS {
            known.iter().position(|&it| it.cost >= arrival.cost_at(it, price))
        } else {
            (0..N_ARRIVALS).max_by_key(|&it| known[it].cost)
        };
        match place {
            Some(place) => known[place] = arrival,
            None => {
                self.list[self.n as usize] = arrival;
                self.n += 1;
            }
        }
        true
    }

    /// Whether one of them gets there cheaper.
    pub(super) fn outdo(&self, arrival: Arrival, price: i32) -> bool {
        let known = &self.list[..self.n as usize];
        known.iter().any(|it| arrival.cost > it.cost_at(arrival, price))
    }
}
