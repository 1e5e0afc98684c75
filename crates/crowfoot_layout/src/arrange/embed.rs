//! A first picture of a connected part: points in the plane, tables without extent.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{forces::relax, random::Random};

/// How many nodes distances are measured from.
const N_PIVOTS: usize = 40;
/// How long points are moved by forces.
const N_ROUNDS: usize = 100;

/// A connected graph on nodes 0 to n with weighted ties.
pub(super) type Ties = [Vec<(u32, f32)>];

/// A point for each node; the distance of neighbours is about 1.
pub(super) fn embed(ties: &Ties) -> Vec<(f32, f32)> {
    let mut points = scale(ties);
    relax(ties, &mut points, N_ROUNDS);
    points
}

/// Pivot multidimensional scaling.
fn scale(ties: &Ties) -> Vec<(f32, f32)> {
    let n = ties.len();
    let n_pivots = N_PIVOTS.min(n);
    let mut columns: Vec<Vec<f32>> = Vec::with_capacity(n_pivots);
    let mut nearest = vec![f32::INFINITY; n];
    let mut pivot = (0..n).max_by_key(|&it| (ties[it].len(), Reverse(it))).unwrap_or(0);
    for _ in 0..n_pivots {
        let distances = distances(ties, pivot);
        for (least, d) in nearest.iter_mut().zip(&distances) {
            *least = least.min(*d);
        }
        columns.push(distances);
        pivot = (0..n).fold(0, |best, it| if nearest[it] > nearest[best] { it } else { best });
    }

    // Square and centre by rows and columns.
    for column in &mut columns {
        let mean = column.iter().map(|it| it * it).sum::<f32>() / n as f32;
        for d in column {
            *d = mean - *d * *d;
        }
    }
    for row in 0..n {
        let mean = columns.iter().map(|it| it[row]).sum::<f32>() / n_pivots as f32;
        for column in &mut columns {
            column[row] -= mean;
        }
    }

    let product: Vec<Vec<f32>> = columns
        .iter()
        .map(|a| columns.iter().map(|b| a.iter().zip(b).map(|(x, y)| x * y).sum()).collect())
        .collect();
    let first = eigenvector(&product, None);
    let second = eigenvector(&product, Some(&first));
    let project = |vector: &[f32], row: usize| -> f32 {
        columns.iter().zip(vector).map(|(column, v)| column[row] * v).sum()
    };
    let mut random = Random::new(n as u64);
    let mut points: Vec<(f32, f32)> =
        (0..n).map(|row| (project(&first, row), project(&second, row))).collect();
    for axis in [0, 1] {
        let value = |it: &(f32, f32)| if axis == 0 { it.0 } else { it.1 };
        let spread = (points.iter().map(|it| value(it) * value(it)).sum::<f32>() / n as f32).sqrt();
        let target = (n as f32).sqrt() * 0.4;
        let factor = if spread > 1e-3 { target / spread } else { 0.0 };
        for point in &mut points {
            let jitter = random.unit() - 0.5;
            match axis {
                0 => point.0 = point.0 * factor + jitter,
                _ => point.1 = point.1 * factor + jitter,
            }
        }
    }
    points
}

/// The distances from a node (Dijkstra 1959). A step is the longer the more ties its ends have.
fn distances(ties: &Ties, from: usize) -> Vec<f32> {
    let mut distances = vec![u32::MAX; ties.len()];
    let mut heap = BinaryHeap::from([(Reverse(0u32), from)]);
    distances[from] = 0;
    while let Some((Reverse(d), node)) = heap.pop() {
        if d > distances[node] {
            continue;
        }
        for &(next, _) in &ties[node] {
            let next = next as usize;
            let degrees = (ties[node].len() + ties[next].len()) as f32;
            let reached = d + (degrees.ln() * 100.0) as u32 + 30;
            if reached < distances[next] {
                distances[next] = reached;
                heap.push((Reverse(reached), next));
            }
        }
    }
    distances.into_iter().map(|it| it as f32 / 100.0).collect()
}

/// The strongest eigenvector of a symmetric matrix at a right angle to another, by iteration.
fn eigenvector(matrix: &[Vec<f32>], other: Option<&[f32]>) -> Vec<f32> {
    let mut random = Random::new(7);
    let mut vector: Vec<f32> = matrix.iter().map(|_| random.unit() - 0.5).collect();
    for _ in 0..60 {
        if let Some(other) = other {
            let along: f32 = vector.iter().zip(other).map(|(a, b)| a * b).sum();
            for (a, b) in vector.iter_mut().zip(other) {
                *a -= along * b;
            }
        }
        let mut next: Vec<f32> =
            matrix.iter().map(|row| row.iter().zip(&vector).map(|(a, b)| a * b).sum()).collect();
        let length = next.iter().map(|it| it * it).sum::<f32>().sqrt();
        if length < 1e-9 {
            break;
        }
        for it in &mut next {
            *it /= length;
        }
        vector = next;
    }
    vector
}
