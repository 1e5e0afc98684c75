//! Confidence that keeps its word: isotonic regression of what was right on what was promised.

/// What was promised, whether it was right, and how much it counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prediction {
    pub share: f64,
    pub is_right: bool,
    pub weight: f64,
}

/// The confidence for each share, from predictions that the weights were not fitted on.
///
/// Pools adjacent violators (Ayer and others, 1955); pools of fewer than `least` are merged with the
/// one before them.
pub fn calibrate(predictions: &[Prediction], least: usize) -> Vec<(f64, f64)> {
    struct Pool {
        share: f64,
        right: f64,
        n: f64,
    }
    let mut predictions = predictions.to_vec();
    predictions.sort_by(|a, b| a.share.total_cmp(&b.share));
    let mut pools: Vec<Pool> = Vec::new();
    for chunk in predictions.chunks(least.max(1)) {
        let n = chunk.iter().map(|it| it.weight).sum();
        let right = chunk.iter().filter(|it| it.is_right).map(|it| it.weight).sum();
        let share = chunk.iter().map(|it| it.weight * it.share).sum();
        let mut pool = Pool { share, right, n };
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
    use super::{Prediction, calibrate};

    #[test]
    fn confidence_rises_with_the_share() {
        let prediction = |it: i32| Prediction {
            share: f64::from(it) / 100.0,
            is_right: it % 3 == 0 || it > 60,
            weight: 1.0,
        };
        let predictions: Vec<Prediction> = (0..100).map(prediction).collect();
        let points = calibrate(&predictions, 10);
        assert!(points.is_sorted_by(|a, b| a.0 < b.0 && a.1 <= b.1), "{points:?}");
        assert!(points.last().unwrap().1 > 0.9);
    }
}
