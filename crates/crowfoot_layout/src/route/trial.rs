//! Routes lines on trial while places of tables are looked for.

use super::{Router, Way, Wire, nudge};
use crate::{Pt, Rect};

/// Where lines would run between tables, to make room for them beforehand: the bundles of lines
/// that share their way, each once.
pub(crate) fn ways(rects: &[Rect], wires: &[Wire]) -> Vec<Way> {
    let mut router = Router::of(rects, wires);
    let dirty = router.update_tracks(false);
    router.search_all(&dirty);
    let lines: Vec<u32> = (0..router.runs.len() as u32).collect();
    router.names.update(&mut router.runs, &lines, &router.of_table);
    nudge::ways(&router.runs)
}

/// How often lines between tables would cross.
pub(crate) fn crossings(rects: &[Rect], wires: &[Wire]) -> usize {
    let mut router = Router::of(rects, wires);
    router.settle(false);
    let pieces = |line: usize| {
        router.paths[line].iter().flat_map(|it| it.points.windows(2)).map(|it| (it[0], it[1]))
    };
    let lines = 0..router.paths.len();
    let mut level: Vec<(usize, Pt, Pt)> = lines
        .clone()
        .flat_map(|line| pieces(line).map(move |(a, b)| (line, a, b)))
        .filter(|(_, a, b)| a.y == b.y)
        .collect();
    level.sort_by(|a, b| a.1.y.total_cmp(&b.1.y));
    let mut n = 0;
    for line in lines {
        for (a, b) in pieces(line).filter(|(a, b)| a.y != b.y) {
            let (low, high) = (a.y.min(b.y) + 0.5, a.y.max(b.y) - 0.5);
            let from = level.partition_point(|it| it.1.y <= low);
            n += level[from..]
                .iter()
                .take_while(|it| it.1.y < high)
                .filter(|(other, c, d)| {
                    *other != line && c.x.min(d.x) < a.x - 0.5 && a.x + 0.5 < c.x.max(d.x)
                })
                .count();
        }
    }
    n
}
