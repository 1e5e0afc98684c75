//! Springs along ties and repulsion between all points: the second half of the first picture.
//!
//! The forces and the control of the step are those of Hu (*Efficient, High-Quality Force-Directed
//! Graph Drawing*, 2005); far points repel as one (Barnes and Hut 1986).

use super::embed::Ties;

/// How strong repulsion is to springs.
const REPULSION: f32 = 0.2;
/// Cells that look smaller than this, as their size to their distance, count as one point.
const OPENING: f32 = 1.1;
/// How many points a cell of the tree holds that is not split.
const LEAF: usize = 6;
/// What the step becomes when the energy grows; it grows again after some rounds of progress.
const COOLING: f32 = 0.9;
const PROGRESS: u32 = 5;

/// Lets the points come to rest; the distance of neighbours is about 1.
pub(super) fn relax(ties: &Ties, points: &mut [(f32, f32)], n_rounds: usize) {
    let n = points.len();
    let mut tree = Tree::default();
    let mut forces = vec![(0.0f32, 0.0f32); n];
    let (mut step, mut energy, mut progress) = (1.0f32, f32::INFINITY, 0);
    for _ in 0..n_rounds {
        tree.build(points);
        for (at, force) in forces.iter_mut().enumerate() {
            *force = tree.force(points, at);
        }
        for (a, list) in ties.iter().enumerate() {
            let p = points[a];
            for &(b, weight) in list {
                let q = points[b as usize];
                let (dx, dy) = (q.0 - p.0, q.1 - p.1);
                let pull = (dx * dx + dy * dy).sqrt() * weight;
                forces[a].0 += dx * pull;
                forces[a].1 += dy * pull;
            }
        }
        let mut now = 0.0;
        for (point, force) in points.iter_mut().zip(&forces) {
            let square = force.0 * force.0 + force.1 * force.1;
            now += square;
            let length = square.sqrt().max(1e-9);
            point.0 += force.0 / length * step;
            point.1 += force.1 / length * step;
        }
        if now < energy {
            progress += 1;
            if progress >= PROGRESS {
                progress = 0;
                step /= COOLING;
            }
        } else {
            progress = 0;
            step *= COOLING;
        }
        energy = now;
        if step < 0.01 {
            break;
        }
    }
}

/// Points by quarters of quarters.
#[derive(Default)]
struct Tree {
    cells: Vec<Cell>,
    order: Vec<u32>,
    open: Vec<u32>,
}

struct Cell {
    /// The centre of its points, how many they are, and its size.
    centre: (f32, f32),
    mass: f32,
    size: f32,
    /// Its points in the order.
    first: u32,
    end: u32,
    /// The first of its parts, which stand together; none in a leaf.
    parts: Option<u32>,
    n_parts: u32,
}

impl Tree {
    fn build(&mut self, points: &[(f32, f32)]) {
        self.cells.clear();
        self.order.clear();
        self.order.extend(0..points.len() as u32);
        let low = points.iter().fold((f32::MAX, f32::MAX), |a, p| (a.0.min(p.0), a.1.min(p.1)));
        let high = points.iter().fold((f32::MIN, f32::MIN), |a, p| (a.0.max(p.0), a.1.max(p.1)));
        let size = (high.0 - low.0).max(high.1 - low.1).max(1e-3);
        let mut waiting = vec![(0u32, low, 0)];
        self.cells.push(cell(points, &self.order, 0, points.len(), size));
        while let Some((number, corner, depth)) = waiting.pop() {
            let Cell { first, end, size, .. } = self.cells[number as usize];
            let (first, end) = (first as usize, end as usize);
            if end - first <= LEAF || depth > 20 {
                continue;
            }
            let half = size / 2.0;
            let middle = (corner.0 + half, corner.1 + half);
            let quarter = |it: u32| {
                let p = points[it as usize];
                usize::from(p.0 >= middle.0) + 2 * usize::from(p.1 >= middle.1)
            };
            self.order[first..end].sort_by_key(|&it| quarter(it));
            let parts = self.cells.len() as u32;
            let mut start = first;
            while start < end {
                let which = quarter(self.order[start]);
                let n = self.order[start..end].partition_point(|&it| quarter(it) == which);
                let corner = (
                    corner.0 + if which % 2 == 1 { half } else { 0.0 },
                    corner.1 + if which >= 2 { half } else { 0.0 },
                );
                waiting.push((self.cells.len() as u32, corner, depth + 1));
                self.cells.push(cell(points, &self.order, start, start + n, half));
                start += n;
            }
            let n_parts = self.cells.len() as u32 - parts;
            let cell = &mut self.cells[number as usize];
            (cell.parts, cell.n_parts) = (Some(parts), n_parts);
        }
    }

    /// How a point is repelled by all others.
    fn force(&mut self, points: &[(f32, f32)], at: usize) -> (f32, f32) {
        let p = points[at];
        let mut force = (0.0, 0.0);
        let mut repel = |q: (f32, f32), mass: f32| {
            let (dx, dy) = (p.0 - q.0, p.1 - q.1);
            let strength = REPULSION * mass / (dx * dx + dy * dy).max(1e-4);
            force.0 += dx * strength;
            force.1 += dy * strength;
        };
        self.open.clear();
        self.open.push(0);
        while let Some(number) = self.open.pop() {
            let cell = &self.cells[number as usize];
            let (dx, dy) = (p.0 - cell.centre.0, p.1 - cell.centre.1);
            if cell.size * cell.size < OPENING * OPENING * (dx * dx + dy * dy) {
                repel(cell.centre, cell.mass);
            } else if let Some(parts) = cell.parts {
                self.open.extend(parts..parts + cell.n_parts);
            } else {
                for &it in &self.order[cell.first as usize..cell.end as usize] {
                    if it as usize != at {
                        repel(points[it as usize], 1.0);
                    }
                }
            }
        }
        force
    }
}

fn cell(points: &[(f32, f32)], order: &[u32], first: usize, end: usize, size: f32) -> Cell {
    let mass = (end - first) as f32;
    let sum = order[first..end].iter().fold((0.0, 0.0), |sum, &it| {
        let p = points[it as usize];
        (sum.0 + p.0, sum.1 + p.1)
    });
    let centre = (sum.0 / mass, sum.1 / mass);
    let (first, end) = (first as u32, end as u32);
    Cell { centre, mass, size, first, end, parts: None, n_parts: 0 }
}
