//! A first picture of a connected part: points in the plane, tables without extent.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::random::Random;

/// How many nodes distances are measured from.
const N_PIVOTS: usize = 40;

/// A connected graph on nodes 0 to n with weighted ties.
pub(super) type Ties = [Vec<(u32, f32)>];

/// A point for each node; the distance of neighbours is about 1.
pub(super) fn embed(ties: &Ties) -> Vec<(f32, f32)> {
    let mut points = scale(ties);
    relax(ties, &mut points);
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

/// Springs along ties, repulsion between what is near, cooling down.
fn relax(ties: &Ties, points: &mut [(f32, f32)]) {
    let n = points.len();
    let rounds = if n > 4000 { 40 } else { 80 };
    let reach = 2.0f32;
    let mut order: Vec<u32> = (0..n as u32).collect();
    let mut forces = vec![(0.0f32, 0.0f32); n];
    for round in 0..rounds {
        let heat = 0.8 * (1.0 - round as f32 / rounds as f32) + 0.02;
        forces.fill((0.0, 0.0));
        // Nodes sorted by cells of the size of the reach, rows of cells one after another.
        let cell = |p: (f32, f32)| ((p.1 / reach).floor() as i32, (p.0 / reach).floor() as i32);
        order.sort_by_key(|&it| (cell(points[it as usize]), it));
        let keys: Vec<(i32, i32)> = order.iter().map(|&it| cell(points[it as usize])).collect();
        for (at, &a) in order.iter().enumerate() {
            let (row, column) = keys[at];
            let p = points[a as usize];
            for other in row - 1..=row + 1 {
                let start = keys.partition_point(|&it| it < (other, column - 1));
                for next in start..n {
                    if keys[next] > (other, column + 1) {
                        break;
                    }
                    let b = order[next];
                    if a == b {
                        continue;
                    }
                    let q = points[b as usize];
                    let (dx, dy) = (p.0 - q.0, p.1 - q.1);
                    let square = (dx * dx + dy * dy).max(0.01);
                    if square < reach * reach {
                        forces[a as usize].0 += dx / square;
                        forces[a as usize].1 += dy / square;
                    }
                }
            }
        }
        for (a, list) in ties.iter().enumerate() {
            for &(b, weight) in list {
                let (p, q) = (points[a], points[b as usize]);
                let (dx, dy) = (q.0 - p.0, q.1 - p.1);
                let length = (dx * dx + dy * dy).sqrt().min(20.0);
                forces[a].0 += dx * length * weight * 0.3;
                forces[a].1 += dy * length * weight * 0.3;
            }
        }
        for (point, force) in points.iter_mut().zip(&forces) {
            let length = (force.0 * force.0 + force.1 * force.1).sqrt().max(1e-6);
            let step = length.min(heat) / length;
            point.0 += force.0 * step;
            point.1 += force.1 * step;
        }
    }
}
