//! Confidence that keeps its word: isotonic regression of what was right on what was promised.

/// The confidence for each share, from predictions that the weights were not fitted on: pairs of
/// share and whether it was right.
///
/// Pools adjacent violators (Ayer and others, 1955); pools of fewer than `least` are merged with the
/// one before them.
pub fn calibrate(predictions: &[(f64, bool)], least: usize) -> Vec<(f64, f64)> {
    struct Pool {
        share: f64,
        right: f64,
        n: f64,
    }
    let mut predictions = predictions.to_vec();
    predictions.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut pools: Vec<Pool> = Vec::new();
    for chunk in predictions.chunks(least.max(1)) {
        let n = chunk.len() as f64;
        let right = chunk.iter().filter(|it| it.1).count() as f64;
        let mut pool = Pool { share: chunk.iter().map(|it| it.0).sum(), right, n };
        while let Some(last) = pools.pop_if(|it| it.right / it.n >= pool.right / pool.n) {
            pool = Pool {
                share: pool.share + last.share,
                right: pool.right + last.right,
                n: pool.n + last.n,
            };
        }
        pools.push(pool);
    }
    // A little doubt stays with what was always right or always wrong.
    pools.iter().map(|it| (it.share / it.n, (it.right + 0.5) / (it.n + 1.0))).collect()
}

#[cfg(test)]
mod tests {
    use super::calibrate;

    #[test]
    fn confidence_rises_with_the_share() {
        let predictions: Vec<(f64, bool)> =
            (0..100).map(|it| (f64::from(it) / 100.0, it % 3 == 0 || it > 60)).collect();
        let points = calibrate(&predictions, 10);
        assert!(points.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1), "{points:?}");
        assert!(points.last().unwrap().1 > 0.9);
    }
}
