//! Finds places for tables.
//!
//! Tables stand in columns, like text on a page: that is compact, never overlaps, and leaves
//! straight channels for the lines between the columns. Which table stands where follows from the
//! refs: an embedding by pivot multidimensional scaling (Brandes and Pich 2006) on distances that
//! make the way through a hub long, springs and repulsion (Hu 2005), then columns cut from that
//! picture, which is turned in several ways where the part is small, and bettered by annealed swaps,
//! first for short lines and then for few crossings of lines drawn straight. Of small parts several
//! pages are made and the one is kept whose routed lines cross least. The gaps are as wide as the lines need that will run there. Groups, or schemas
//! where there are several, and the unconnected parts of the rest are laid out each for itself and
//! packed as blocks.

mod columns;
mod embed;
mod forces;
mod graph;
mod layered;
mod near;
mod pack;
mod random;
mod tidy;

pub use tidy::tidy;

use crowfoot_schema::{Diagram, Point, TableId};
use rustc_hash::FxHashMap;

use crate::{
    Rect, TableBox,
    progress::Progress,
    sizes::{GROUP_LABEL_HEIGHT, GROUP_PADDING},
};
use graph::Graph;
use layered::Lineage;
use pack::Block;

/// Width to height that a whole diagram strives for: that of a window.
const ASPECT: f64 = 1.6;

/// How tables are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Related tables near each other on as little room as the lines allow.
    #[default]
    Compact,
    /// Tables that are referred to stand left of those that refer to them.
    Layered,
}

/// Places for the tables that have none, in the order of the diagram, in the compact style.
///
/// Tables that have a position stay where they are; a few new ones are put into free space near
/// their relations, many new ones beside what is there. The same diagram gives the same places.
pub fn arrange(diagram: &Diagram) -> Vec<(TableId, Point)> {
    arrange_in(diagram, Style::Compact)
}

/// The same in a style.
pub fn arrange_in(diagram: &Diagram, style: Style) -> Vec<(TableId, Point)> {
    arrange_telling(diagram, style, &|_| {})
}

/// The same, telling now and then how much of it is done, from 0 to 1.
pub fn arrange_telling(
    diagram: &Diagram,
    style: Style,
    tell: &dyn Fn(f32),
) -> Vec<(TableId, Point)> {
    let unplaced: Vec<&crowfoot_schema::Table> =
        diagram.tables().filter(|it| it.position.is_none()).collect();
    if unplaced.is_empty() {
        return Vec::new();
    }
    let boxes: Vec<TableBox> =
        unplaced.iter().map(|it| TableBox::new(diagram, it, Point::default())).collect();
    let placed: Vec<(TableId, Rect)> = diagram
        .tables()
        .filter_map(|it| Some((it.id, TableBox::new(diagram, it, it.position?).rect)))
        .collect();

    let corners = if placed.is_empty() {
        fresh(diagram, &unplaced, &boxes, style, &Progress::new(unplaced.len(), tell))
    } else {
        near::place(diagram, &unplaced, &boxes, &placed, style)
    };
    unplaced.iter().map(|it| it.id).zip(corners).collect()
}

/// Corners for tables in the open, from (0, 0) on.
fn fresh(
    diagram: &Diagram,
    tables: &[&crowfoot_schema::Table],
    boxes: &[TableBox],
    style: Style,
    progress: &Progress<'_>,
) -> Vec<Point> {
    let graph = Graph::new(diagram, boxes);
    let lineage = (style == Style::Layered).then(|| Lineage::new(diagram, tables));
    let one_part = |nodes: &Vec<u32>| match &lineage {
        Some(lineage) => {
            let block = layered::arrange(&graph, lineage, nodes);
            progress.did(nodes.len(), 1.0);
            block
        }
        None => columns::arrange(&graph, nodes, progress),
    };
    let clusters = clusters(tables, &graph);
    let mut blocks: Vec<Block> = Vec::new();
    for cluster in clusters {
        if cluster.is_framed {
            let top = GROUP_PADDING + GROUP_LABEL_HEIGHT;
            blocks.push(whole(&graph, &cluster.nodes, &one_part).padded(GROUP_PADDING, top));
            continue;
        }
        blocks.extend(graph.components(&cluster.nodes).iter().map(one_part));
    }
    let blocks = pack::gather(blocks, ASPECT);

    let mut corners = vec![Point::default(); tables.len()];
    let offsets = pack::pack(&blocks, &graph, ASPECT);
    for (block, offset) in blocks.iter().zip(offsets) {
        for &(node, at) in &block.places {
            corners[node as usize] = Point { x: at.x + offset.x, y: at.y + offset.y };
        }
    }
    corners
}

/// One block of all parts of a cluster.
fn whole(graph: &Graph, nodes: &[u32], one_part: &dyn Fn(&Vec<u32>) -> Block) -> Block {
    let parts = graph.components(nodes);
    let blocks = parts.iter().map(one_part).collect();
    let blocks = pack::gather(blocks, ASPECT);
    let offsets = pack::pack(&blocks, graph, ASPECT);
    Block::joined(&blocks, &offsets)
}

/// Tables that are to stand together.
struct Cluster {
    nodes: Vec<u32>,
    /// Has a frame with a name drawn around it.
    is_framed: bool,
}

/// Groups first; then the rest by schema where there are several, else all of it.
fn clusters(tables: &[&crowfoot_schema::Table], graph: &Graph) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::new();
    let mut by_group = FxHashMap::default();
    let mut by_schema = FxHashMap::default();
    for (at, table) in tables.iter().enumerate() {
        let slot = match table.group {
            Some(group) => by_group.entry(group).or_insert(usize::MAX),
            None => by_schema.entry(table.schema.clone()).or_insert(usize::MAX),
        };
        if *slot == usize::MAX {
            *slot = clusters.len();
            clusters.push(Cluster { nodes: Vec::new(), is_framed: table.group.is_some() });
        }
        clusters[*slot].nodes.push(at as u32);
    }
    // A schema is kept together as if it had a frame, but only where there are others.
    let n_loose = clusters.iter().filter(|it| !it.is_framed).count();
    if n_loose > 1 {
        for cluster in &mut clusters {
            let links = cluster.nodes.iter().any(|&it| !graph.edges[it as usize].is_empty());
            cluster.is_framed |= cluster.nodes.len() > 1 && links;
        }
    }
    clusters
}
