//! Counts how often lines cross between columns.

use super::{Link, Page};

/// What taking and putting a piece of line costs, as so many looks at others.
const OVERHEAD: usize = 30;

/// The lines as they run straight from row to row, cut at the columns that they pass, so that those
/// between the same two columns stand together and cross when they change their order.
pub(super) struct Channels {
    lines: Vec<Drawn>,
    /// What runs from each column to the next.
    channels: Vec<Channel>,
    /// How often a piece of a line was looked at.
    pub(super) n_looks: usize,
}

/// Where a line runs: from a column to one right of it, or to the same one around its right side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Course {
    first: u32,
    last: u32,
    from: f32,
    to: f32,
}

#[derive(Clone, Default)]
struct Drawn {
    course: Course,
    /// Its place in each channel that it runs through.
    places: Vec<u32>,
}

#[derive(Clone, Default)]
struct Channel {
    through: Pieces,
    turns: Pieces,
}

/// The heights at which lines begin and end.
#[derive(Clone, Default)]
struct Pieces {
    from: Vec<f32>,
    to: Vec<f32>,
    /// Which lines they are.
    lines: Vec<u32>,
}

impl Channels {
    /// Without lines, which are yet to be put.
    pub(super) fn new(n_lines: usize, n_columns: usize) -> Self {
        Self {
            lines: vec![Drawn::default(); n_lines],
            channels: vec![Channel::default(); n_columns],
            n_looks: 0,
        }
    }

    /// Takes all lines away.
    pub(super) fn clear(&mut self) {
        for channel in &mut self.channels {
            channel.through.clear();
            channel.turns.clear();
        }
    }

    /// Puts a line where the page has it.
    pub(super) fn put(&mut self, page: &Page, line: u32, link: &Link) {
        let course = Course::of(page, link);
        let drawn = &mut self.lines[line as usize];
        drawn.course = course;
        drawn.places.clear();
        for (channel, from, to) in course.pieces() {
            let channel = &mut self.channels[channel as usize];
            let pieces = if course.is_turn() { &mut channel.turns } else { &mut channel.through };
            drawn.places.push(pieces.lines.len() as u32);
            pieces.from.push(from);
            pieces.to.push(to);
            pieces.lines.push(line);
        }
    }

    /// Takes a line away.
    pub(super) fn take(&mut self, line: u32) {
        let course = self.lines[line as usize].course;
        let channels = course.first..course.last.max(course.first + 1);
        for (place, number) in channels.enumerate() {
            let place = self.lines[line as usize].places[place];
            let channel = &mut self.channels[number as usize];
            let pieces = if course.is_turn() { &mut channel.turns } else { &mut channel.through };
            pieces.from.swap_remove(place as usize);
            pieces.to.swap_remove(place as usize);
            pieces.lines.swap_remove(place as usize);
            if let Some(&moved) = pieces.lines.get(place as usize) {
                let moved = &mut self.lines[moved as usize];
                moved.places[(number - moved.course.first) as usize] = place;
            }
        }
    }

    /// How often a line that was put, or was taken away, crosses those that are there.
    pub(super) fn crossings(&mut self, line: u32) -> u32 {
        let course = self.lines[line as usize].course;
        let mut n_looks = 0;
        let pieces = course.pieces().map(|(number, from, to)| {
            let channel = &self.channels[number as usize];
            n_looks += OVERHEAD + channel.through.lines.len() + channel.turns.lines.len();
            if course.is_turn() {
                channel.through.starting_between(from, to) + channel.turns.interlocking(from, to)
            } else {
                channel.through.inverted(from, to) + channel.turns.inverted(from, from)
            }
        });
        let n = pieces.sum();
        self.n_looks += n_looks;
        n
    }
}

impl Course {
    fn of(page: &Page, link: &Link) -> Self {
        let end = |table: u32, y: f32| {
            let half = page.sizes[table as usize].1 / 2.0;
            (page.slots[table as usize].0, page.ys[table as usize] - half + y)
        };
        let (a, b) = (end(link.from, link.from_y), end(link.to, link.to_y));
        let (a, b) = if a.0 < b.0 || (a.0 == b.0 && a.1 <= b.1) { (a, b) } else { (b, a) };
        Self { first: a.0, last: b.0, from: a.1, to: b.1 }
    }

    fn is_turn(self) -> bool {
        self.first == self.last
    }

    /// The channels that it runs through, and from where to where.
    fn pieces(self) -> impl Iterator<Item = (u32, f32, f32)> {
        let slope = (self.to - self.from) / (self.last - self.first).max(1) as f32;
        let last = self.last.max(self.first + 1);
        let y = move |column: u32| {
            if column == last { self.to } else { self.from + slope * (column - self.first) as f32 }
        };
        (self.first..last).map(move |column| (column, y(column), y(column + 1)))
    }
}

impl Pieces {
    fn clear(&mut self) {
        self.from.clear();
        self.to.clear();
        self.lines.clear();
    }

    /// How many are on the other side of one at its end than at its beginning.
    fn inverted(&self, from: f32, to: f32) -> u32 {
        let pieces = self.from.iter().zip(&self.to);
        pieces.map(|(a, b)| u32::from((a - from) * (b - to) < 0.0)).sum()
    }

    /// How many begin between two heights.
    fn starting_between(&self, low: f32, high: f32) -> u32 {
        self.from.iter().map(|it| u32::from((it - low) * (it - high) < 0.0)).sum()
    }

    /// How many have one end between two heights, and one not.
    fn interlocking(&self, low: f32, high: f32) -> u32 {
        let is_within = |it: f32| (it - low) * (it - high) < 0.0;
        let pieces = self.from.iter().zip(&self.to);
        pieces.map(|(a, b)| u32::from(is_within(*a) != is_within(*b))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Channels, Link, Page};

    /// Three columns of two tables each, and lines from middle to middle.
    fn crossings(pairs: &[(u32, u32)]) -> (u32, u32) {
        let sizes = [(100.0, 60.0); 6];
        let points = [(0.0, 0.0), (0.0, 9.0), (5.0, 0.0), (5.0, 9.0), (9.0, 0.0), (9.0, 9.0)];
        let page = Page::cut(&sizes, &points, 3);
        let link = |&(from, to)| Link { from, to, from_y: 30.0, to_y: 30.0, inset: 0.0, number: 0 };
        let links: Vec<Link> = pairs.iter().map(link).collect();
        let mut channels = Channels::new(links.len(), 3);
        let mut put = 0;
        for (at, link) in (0..).zip(&links) {
            channels.put(&page, at, link);
            put += channels.crossings(at);
        }
        let mut taken = 0;
        for at in 0..links.len() as u32 {
            taken += channels.crossings(at);
            channels.take(at);
        }
        (put, taken)
    }

    #[test]
    fn lines_cross_where_they_change_their_order() {
        assert_eq!(crossings(&[(0, 3), (1, 2)]), (1, 1));
        assert_eq!(crossings(&[(0, 2), (1, 3)]), (0, 0));
        assert_eq!(crossings(&[(0, 5), (1, 2), (4, 3)]), (2, 2));
    }

    #[test]
    fn lines_from_the_same_row_do_not_cross() {
        assert_eq!(crossings(&[(0, 2), (0, 3), (0, 5)]), (0, 0));
    }

    #[test]
    fn a_line_within_a_column_turns_around_its_right_side() {
        assert_eq!(crossings(&[(0, 1), (0, 3), (1, 2)]), (1, 1));
        assert_eq!(crossings(&[(2, 3), (0, 2), (1, 3)]), (0, 0));
    }
}
