use crowfoot_schema::{ColumnId, Diagram, Ref, TableId};
use rustc_hash::FxHashMap;

use crate::{TableBox, sizes::FORK};

/// The tables to be placed as nodes, and which are joined by refs.
pub(super) struct Graph {
    pub(super) sizes: Vec<(i32, i32)>,
    /// The neighbours of each node with the weight of the tie, ascending.
    pub(super) edges: Vec<Vec<(u32, f32)>>,
    /// The refs by the node that they start at, also those from a node to itself.
    pub(super) links: Vec<Vec<Link>>,
}

/// A ref between two nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) from: u32,
    pub(super) to: u32,
    /// How far below the upper edges of its tables its line ends.
    pub(super) from_y: f32,
    pub(super) to_y: f32,
    /// How far outside of its tables it ends.
    pub(super) inset: f32,
    /// Its place among all refs: lines are routed in that order.
    pub(super) number: u32,
}

impl Link {
    fn new(reference: &Ref, ids: &FxHashMap<TableId, u32>, tables: &[TableBox]) -> Option<Self> {
        let (from, to) = (*ids.get(&reference.from)?, *ids.get(&reference.to)?);
        let row = |table: u32, columns: &mut dyn Iterator<Item = ColumnId>| {
            let table = &tables[table as usize];
            let (low, high) = table.row_span(columns);
            (low + high) / 2.0 - table.rect.y as f32
        };
        let from_y = row(from, &mut reference.columns.iter().map(|it| it.0));
        let to_y = row(to, &mut reference.columns.iter().map(|it| it.1));
        let inset = if reference.columns.iter().len() > 1 { FORK as f32 } else { 0.0 };
        Some(Self { from, to, from_y, to_y, inset, number: 0 })
    }
}

impl Graph {
    pub(super) fn new(diagram: &Diagram, tables: &[TableBox]) -> Self {
        let ids: FxHashMap<TableId, u32> = tables.iter().map(|it| it.id).zip(0..).collect();
        let sizes = tables.iter().map(|it| (it.rect.w, it.rect.h)).collect();
        let links = diagram.refs().filter_map(|it| Link::new(it, &ids, tables));
        let links = (0..).zip(links).map(|(number, it)| Link { number, ..it });
        Self::of(sizes, links)
    }

    pub(super) fn of(sizes: Vec<(i32, i32)>, refs: impl Iterator<Item = Link>) -> Self {
        let mut edges: Vec<Vec<(u32, f32)>> = vec![Vec::new(); sizes.len()];
        let mut links: Vec<Vec<Link>> = vec![Vec::new(); sizes.len()];
        for link in refs {
            links[link.from as usize].push(link);
            if link.from == link.to {
                continue;
            }
            edges[link.from as usize].push((link.to, 1.0));
            edges[link.to as usize].push((link.from, 1.0));
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
        Self { sizes, edges, links }
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
