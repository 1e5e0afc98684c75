//! Columns of tables, and of places where lines pass between them.

use super::{
    super::ASPECT,
    rank::{Ranked, turned},
};

/// Between two tables, and what a column takes beside its tables, when room is reckoned.
const ROOM: (f32, f32) = (150.0, 40.0);

/// Items in columns: first the tables, then the places where lines pass.
pub(super) struct Columns {
    /// The items of each column, from top to bottom.
    pub(super) all: Vec<Vec<u32>>,
    /// What each item is joined to in the column before, and in the one after.
    pub(super) left: Vec<Vec<u32>>,
    pub(super) right: Vec<Vec<u32>>,
    heights: Vec<f32>,
}

impl Columns {
    pub(super) fn new(ranked: &Ranked, sizes: &[(i32, i32)]) -> Self {
        let (mut all, column_of) = split(ranked, sizes);
        let mut left: Vec<Vec<u32>> = vec![Vec::new(); sizes.len()];
        // All lines from one table pass a column in one place.
        for (node, list) in (0u32..).zip(turned(&ranked.before)) {
            let start = column_of[node as usize];
            let end = list.iter().map(|it| column_of[*it as usize]).max().unwrap_or(start);
            let mut chain = vec![node];
            for column in all.iter_mut().take(end).skip(start + 1) {
                let passage = left.len() as u32;
                left.push(vec![chain[chain.len() - 1]]);
                column.push(passage);
                chain.push(passage);
            }
            for other in list {
                left[other as usize].push(chain[column_of[other as usize] - start - 1]);
            }
        }
        let right = turned(&left);
        Self { all, left, right, heights: sizes.iter().map(|it| it.1 as f32).collect() }
    }

    pub(super) fn is_table(&self, item: u32) -> bool {
        (item as usize) < self.heights.len()
    }

    pub(super) fn n_items(&self) -> usize {
        self.left.len()
    }

    pub(super) fn height(&self, item: u32) -> f32 {
        self.heights.get(item as usize).copied().unwrap_or(0.0)
    }
}

/// One column a layer; layers that are far higher than the window would have them become several.
fn split(ranked: &Ranked, sizes: &[(i32, i32)]) -> (Vec<Vec<u32>>, Vec<usize>) {
    let n_layers = ranked.ranks.iter().max().map_or(0, |it| *it as usize + 1);
    let mut layers: Vec<Vec<u32>> = vec![Vec::new(); n_layers];
    for (node, &rank) in (0u32..).zip(&ranked.ranks) {
        layers[rank as usize].push(node);
    }
    let height = |node: u32| sizes[node as usize].1 as f32 + ROOM.1;
    let area: f32 = sizes.iter().map(|it| (it.0 as f32 + ROOM.0) * (it.1 as f32 + ROOM.1)).sum();
    let limit = (area / ASPECT as f32).sqrt() * 1.1;

    let after = turned(&ranked.before);
    let mut all: Vec<Vec<u32>> = Vec::new();
    for mut layer in layers {
        let total: f32 = layer.iter().map(|it| height(*it)).sum();
        let n_columns = (total / limit).round().max(1.0);
        // Those with children go to the right, next to them.
        layer.sort_by_key(|it| (after[*it as usize].len(), *it));
        let mut done = 0.0;
        let first = all.len();
        for node in layer {
            let column = first + (done / total * n_columns) as usize;
            all.resize_with(all.len().max(column + 1), Vec::new);
            all[column].push(node);
            done += height(node);
        }
    }
    all.retain(|it| !it.is_empty());
    let mut column_of = vec![0; sizes.len()];
    for (at, column) in all.iter().enumerate() {
        for node in column {
            column_of[*node as usize] = at;
        }
    }
    (all, column_of)
}
