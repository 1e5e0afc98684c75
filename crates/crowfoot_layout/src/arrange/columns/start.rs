//! The page that is bettered.

use super::{Link, MAX_TRIES, Page, Random, Ties, channels::Channels, uncross::CROSSING};

/// How many turns of the first picture are tried for one page.
const N_TURNS: usize = 8;
/// Cosine and sine of the angle from one turn to the next: about the golden part of a half turn, so
/// that all are far from each other, however many there are.
const TURN: (f32, f32) = (5.0 / 13.0, 12.0 / 13.0);

impl<'a> Page<'a> {
    /// The best of several pages that are cut from a picture, which is turned on from each to the next,
    /// and annealed for short lines: the one that promises the fewest crossings and the shortest lines.
    pub(super) fn start(
        sizes: &'a [(f32, f32)],
        picture: &mut [(f32, f32)],
        n_columns: usize,
        (ties, links): (&Ties, &[Link]),
        random: &mut Random,
    ) -> Self {
        let mut begin = |picture: &[(f32, f32)]| {
            let mut page = Self::cut(sizes, picture, n_columns);
            page.anneal(ties, random);
            page
        };
        let mut best = begin(picture);
        if sizes.len() > MAX_TRIES {
            return best;
        }
        best.level(ties);
        let mut least = best.promise(ties, links);
        for _ in 1..N_TURNS {
            turn(picture);
            let mut page = begin(picture);
            page.level(ties);
            let cost = page.promise(ties, links);
            if cost < least {
                (least, best) = (cost, page);
            }
        }
        turn(picture);
        best
    }

    /// What the crossings and lengths of its lines cost, drawn straight, and columns of uneven height.
    fn promise(&self, ties: &Ties, links: &[Link]) -> f32 {
        let mut channels = Channels::new(links.len(), self.columns.len());
        let mut n = 0;
        for (at, link) in (0..).zip(links) {
            channels.put(self, at, link);
            n += channels.crossings(at);
        }
        n as f32 * CROSSING + self.total(ties)
    }
}

fn turn(points: &mut [(f32, f32)]) {
    let (cos, sin) = TURN;
    for it in points {
        *it = (it.0 * cos - it.1 * sin, it.0 * sin + it.1 * cos);
    }
}

#[cfg(test)]
mod tests {
    use super::{Link, Page, Random, turn};

    #[test]
    fn a_page_promises_more_than_one_cut_from_the_picture_as_it_is() {
        // A ring, and a picture that has nothing to do with it.
        let n = 24;
        let sizes = vec![(100.0, 60.0); n];
        let neighbour = |it: usize, by: usize| ((it + by) % n) as u32;
        let ties: Vec<Vec<(u32, f32)>> =
            (0..n).map(|it| vec![(neighbour(it, n - 1), 1.0), (neighbour(it, 1), 1.0)]).collect();
        let link = |it: usize| Link {
            from: it as u32,
            to: neighbour(it, 1),
            from_y: 30.0,
            to_y: 30.0,
            inset: 0.0,
            number: it as u32,
        };
        let links: Vec<Link> = (0..n).map(link).collect();
        let mut picture: Vec<(f32, f32)> =
            (0..n).map(|it| ((it * 7 % n) as f32, (it * 5 % n) as f32)).collect();
        let mut plain = Page::cut(&sizes, &picture, 4);
        plain.anneal(&ties, &mut Random::new(1));
        plain.level(&ties);
        let start = Page::start(&sizes, &mut picture, 4, (&ties, &links), &mut Random::new(1));
        assert!(start.promise(&ties, &links) < plain.promise(&ties, &links));
    }

    #[test]
    fn turns_are_far_from_each_other() {
        let mut points = [(1.0f32, 0.0f32)];
        let mut angles = Vec::new();
        for _ in 0..8 {
            // As columns are the same upside down and from right to left, half turns do not count.
            angles.push((points[0].1 / points[0].0).atan());
            turn(&mut points);
        }
        angles.sort_by(f32::total_cmp);
        let gaps = angles.windows(2).map(|it| it[1] - it[0]);
        assert!(gaps.fold(f32::INFINITY, f32::min) > 0.1);
    }
}
