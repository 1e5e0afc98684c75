//! Sets tables in layers: those that are referred to stand left of those that refer to them.
//!
//! The steps of Sugiyama, Tagawa and Toda 1981: refs that run in a circle are turned (greedily, Eades, Lin
//! and Smyth 1993), tables get layers by the longest path and are then pulled towards their
//! relations, layers that are too high for the window become several columns, lines that pass
//! a column get a place in it, barycentre sweeps order the columns, and heights follow from least
//! squares that keep the order (pool adjacent violators). Lines from one table share their places in the
//! columns that they pass, as they run side by side.

mod columns;
mod height;
mod order;
mod rank;

use crowfoot_schema::{Diagram, Point, Table, TableId};
use rustc_hash::FxHashMap;

use super::{graph::Graph, pack::Block};
use columns::Columns;

/// Between two columns: the least, for each line that turns there, and the most.
const COLUMN_GAP: i32 = 90;
const LANE: i32 = 6;
const MAX_COLUMN_GAP: i32 = 480;

/// Which tables refer to which.
pub(super) struct Lineage {
    /// For each table those that it refers to, ascending, without itself.
    parents: Vec<Vec<u32>>,
}

impl Lineage {
    pub(super) fn new(diagram: &Diagram, tables: &[&Table]) -> Self {
        let places: FxHashMap<TableId, u32> = tables.iter().map(|it| it.id).zip(0..).collect();
        let mut parents: Vec<Vec<u32>> = vec![Vec::new(); tables.len()];
        for reference in diagram.refs() {
            let (child, parent) = match reference.foreign_key() {
                Some((child, parent, _)) => (child, parent),
                None => (reference.from, reference.to),
            };
            let (Some(&child), Some(&parent)) = (places.get(&child), places.get(&parent)) else {
                continue;
            };
            if child != parent {
                parents[child as usize].push(parent);
            }
        }
        for list in &mut parents {
            list.sort_unstable();
            list.dedup();
        }
        Self { parents }
    }

    /// The parents of some tables among themselves, by their places in that list.
    fn among(&self, nodes: &[u32]) -> Vec<Vec<u32>> {
        let local: FxHashMap<u32, u32> = nodes.iter().copied().zip(0..).collect();
        let parents = |node: &u32| {
            let all = self.parents[*node as usize].iter();
            all.filter_map(|it| local.get(it).copied()).collect()
        };
        nodes.iter().map(parents).collect()
    }
}

/// A connected part of the graph as a block.
pub(super) fn arrange(graph: &Graph, lineage: &Lineage, nodes: &[u32]) -> Block {
    let sizes: Vec<(i32, i32)> = nodes.iter().map(|&it| graph.sizes[it as usize]).collect();
    let ranked = rank::rank(&lineage.among(nodes));
    let mut columns = Columns::new(&ranked, &sizes);
    order::order(&mut columns);
    let middles = height::middles(&columns);

    let top = |at: u32| middles[at as usize] - columns.height(at) / 2.0;
    let highest =
        columns.all.iter().flatten().map(|&it| top(it)).reduce(f32::min).unwrap_or_default();
    let mut block = Block { places: Vec::new(), width: 0, height: 0 };
    let mut x = 0;
    for (at, column) in columns.all.iter().enumerate() {
        let tables = column.iter().copied().filter(|it| columns.is_table(*it));
        let widest = tables.clone().map(|it| sizes[it as usize].0).max().unwrap_or(0);
        for table in tables {
            let (w, h) = sizes[table as usize];
            let y = (top(table) - highest).round() as i32;
            block.places.push((nodes[table as usize], Point { x: x + (widest - w) / 2, y }));
            block.height = block.height.max(y + h);
        }
        block.width = x + widest;
        x += widest + gap_after(&columns, &middles, at);
    }
    block
}

/// As wide as the lines need that turn between a column and the next.
fn gap_after(columns: &Columns, middles: &[f32], at: usize) -> i32 {
    let turns = |&it: &u32| {
        let bends = |other: &u32| (middles[*other as usize] - middles[it as usize]).abs() > 8.0;
        columns.right[it as usize].iter().any(bends)
    };
    let n_turning = columns.all[at].iter().filter(|it| turns(it)).count();
    let lanes = i32::try_from(n_turning).unwrap_or(i32::MAX).saturating_mul(LANE);
    COLUMN_GAP.saturating_add(lanes).min(MAX_COLUMN_GAP)
}
