use crowfoot_schema::{Diagram, Table, TableId};
use rustc_hash::FxHashMap;

/// The tables to be placed as nodes, and which are joined by refs.
pub(super) struct Graph {
    pub(super) sizes: Vec<(i32, i32)>,
    /// The neighbours of each node with the weight of the tie, ascending.
    pub(super) edges: Vec<Vec<(u32, f32)>>,
}

impl Graph {
    pub(super) fn new(diagram: &Diagram, tables: &[&Table], sizes: &[(i32, i32)]) -> Self {
        let ids: FxHashMap<TableId, u32> = tables.iter().map(|it| it.id).zip(0..).collect();
        let mut edges: Vec<Vec<(u32, f32)>> = vec![Vec::new(); tables.len()];
        for reference in diagram.refs() {
            let (Some(&a), Some(&b)) = (ids.get(&reference.from), ids.get(&reference.to)) else {
                continue;
            };
            if a != b {
                edges[a as usize].push((b, 1.0));
                edges[b as usize].push((a, 1.0));
            }
        }
        for list in &mut edges {
            list.sort_by_key(|it| it.0);
            list.dedup_by(|again, first| {
                let same = again.0 == first.0;
                if same {
                    first.1 += 0.3;
                }
                same
            });
        }
        // A hub is near to everything whatever we do; its many ties must not drown the others.
        let degrees: Vec<f32> = edges.iter().map(|it| it.len() as f32).collect();
        for (a, list) in edges.iter_mut().enumerate() {
            for (b, weight) in list {
                *weight /= degrees[a].max(degrees[*b as usize]).powf(0.4);
            }
        }
        Self { sizes: sizes.to_vec(), edges }
    }

    /// The connected parts of some nodes, each ascending, biggest first.
    pub(super) fn components(&self, nodes: &[u32]) -> Vec<Vec<u32>> {
        let mut part_of: FxHashMap<u32, bool> = nodes.iter().map(|&it| (it, false)).collect();
        let mut parts = Vec::new();
        for &start in nodes {
            if part_of.insert(start, true) == Some(true) {
                continue;
            }
            let mut part = vec![start];
            let mut at = 0;
            while at < part.len() {
                for &(next, _) in &self.edges[part[at] as usize] {
                    if let Some(seen @ false) = part_of.get_mut(&next) {
                        *seen = true;
                        part.push(next);
                    }
                }
                at += 1;
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts.sort_by_key(|it| (std::cmp::Reverse(it.len()), it[0]));
        parts
    }
}
