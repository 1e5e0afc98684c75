use crowfoot_schema::Point;

use super::graph::Graph;
use crate::Rect;

/// Between blocks.
const GAP: i32 = 90;
/// Between shelves.
const SHELF_GAP: i32 = 60;
/// Blocks of no more tables than this are small.
const SMALL: usize = 5;
/// More blocks than this are set on shelves instead of one by one at the best corner.
const MANY: usize = 120;

/// Tables in places of their own, to be moved as one.
pub(super) struct Block {
    pub(super) places: Vec<(u32, Point)>,
    pub(super) width: i32,
    pub(super) height: i32,
}

impl Block {
    /// With room on all sides: at the sides and below, and above.
    pub(super) fn padded(mut self, side: i32, top: i32) -> Self {
        for (_, at) in &mut self.places {
            at.x += side;
            at.y += top;
        }
        self.width += 2 * side;
        self.height += side + top;
        self
    }

    /// Blocks at their offsets as one block.
    pub(super) fn joined(blocks: &[Self], offsets: &[Point]) -> Self {
        let mut joined = Self { places: Vec::new(), width: 0, height: 0 };
        for (block, offset) in blocks.iter().zip(offsets) {
            let moved = |&(node, at): &(u32, Point)| {
                (node, Point { x: at.x + offset.x, y: at.y + offset.y })
            };
            joined.places.extend(block.places.iter().map(moved));
            joined.width = joined.width.max(offset.x + block.width);
            joined.height = joined.height.max(offset.y + block.height);
        }
        joined
    }
}

/// Puts the small blocks on shelves that fit below or beside the big ones, as one block.
pub(super) fn gather(blocks: Vec<Block>, aspect: f64) -> Vec<Block> {
    let (small, mut big): (Vec<Block>, Vec<Block>) =
        blocks.into_iter().partition(|it| it.places.len() <= SMALL);
    if small.len() < 2 {
        big.extend(small);
        return big;
    }
    let area = |it: &Block| f64::from(it.width + GAP) * f64::from(it.height + SHELF_GAP);
    let needed = small.iter().map(area).sum::<f64>() * 1.1;
    let biggest = big.iter().max_by_key(|it| i64::from(it.width) * i64::from(it.height));
    let width = biggest.map_or_else(
        || (needed * aspect).sqrt(),
        |main| {
            let (w, h) = (f64::from(main.width), f64::from(main.height));
            let below = w / (h + needed / w);
            let beside = (w + needed / h) / h;
            let misfit = |it: f64| (it / aspect).ln().abs();
            if misfit(below) < misfit(beside) { w } else { needed / h }
        },
    );
    let offsets = shelves(&small, width as i32);
    big.push(Block::joined(&small, &offsets));
    big
}

/// Where the blocks go so that none overlap, the whole is compact and has about that aspect, and
/// blocks that are tied are near each other. The top left corner of all is (0, 0).
pub(super) fn pack(blocks: &[Block], graph: &Graph, aspect: f64) -> Vec<Point> {
    if blocks.len() > MANY {
        let area: f64 =
            blocks.iter().map(|it| f64::from(it.width + GAP) * f64::from(it.height + GAP)).sum();
        return shelves(blocks, (area * aspect).sqrt() as i32);
    }
    let ties = ties(blocks, graph);
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    let area = |at: usize| i64::from(blocks[at].width) * i64::from(blocks[at].height);
    order.sort_by_key(|&at| (std::cmp::Reverse(area(at)), at));

    let mut placed: Vec<(usize, Rect)> = Vec::new();
    for &at in &order {
        let (w, h) = (blocks[at].width, blocks[at].height);
        let mut xs = vec![0];
        let mut ys = vec![0];
        for (_, it) in &placed {
            xs.extend([it.x, it.right() + GAP, it.right() - w, it.x - GAP - w]);
            ys.extend([it.y, it.bottom() + GAP, it.bottom() - h, it.y - GAP - h]);
        }
        let whole = placed.iter().map(|it| it.1).reduce(Rect::union);
        let mut best: Option<(f64, Rect)> = None;
        for &x in &xs {
            for &y in &ys {
                let rect = Rect { x, y, w, h };
                if placed.iter().any(|(_, it)| it.grown(GAP - 1).overlaps(rect)) {
                    continue;
                }
                let all = whole.map_or(rect, |it| it.union(rect));
                let side = f64::from(all.w).max(f64::from(all.h) * aspect);
                let area = f64::from(all.w) * f64::from(all.h);
                let pull: f64 = placed
                    .iter()
                    .map(|(other, it)| {
                        let dx = f64::from((2 * it.x + it.w) - (2 * x + w)).abs();
                        let dy = f64::from((2 * it.y + it.h) - (2 * y + h)).abs();
                        (dx + dy) / 2.0 * f64::from(ties[at][*other])
                    })
                    .sum();
                let corner = f64::from(x.abs() + y.abs());
                let cost = side + area.sqrt() * 0.5 + pull.sqrt() * 2.0 + corner * 0.01;
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, rect));
                }
            }
        }
        if let Some((_, rect)) = best {
            placed.push((at, rect));
        }
    }

    let whole = placed.iter().map(|it| it.1).reduce(Rect::union).unwrap_or_default();
    let mut offsets = vec![Point::default(); blocks.len()];
    for (at, rect) in placed {
        offsets[at] = Point { x: rect.x - whole.x, y: rect.y - whole.y };
    }
    offsets
}

/// How strongly each two blocks are tied.
fn ties(blocks: &[Block], graph: &Graph) -> Vec<Vec<f32>> {
    let mut block_of = vec![usize::MAX; graph.sizes.len()];
    for (at, block) in blocks.iter().enumerate() {
        for &(node, _) in &block.places {
            block_of[node as usize] = at;
        }
    }
    let mut ties = vec![vec![0.0; blocks.len()]; blocks.len()];
    for (node, list) in graph.edges.iter().enumerate() {
        for &(other, weight) in list {
            let (a, b) = (block_of[node], block_of[other as usize]);
            if a != b && a != usize::MAX && b != usize::MAX {
                ties[a][b] += weight;
            }
        }
    }
    ties
}

/// Tallest first, row by row, no wider than that unless a block is.
fn shelves(blocks: &[Block], width: i32) -> Vec<Point> {
    let mut order: Vec<usize> = (0..blocks.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(blocks[at].height), at));
    let mut offsets = vec![Point::default(); blocks.len()];
    let (mut x, mut y, mut shelf) = (0, 0, 0);
    for at in order {
        if x > 0 && x + blocks[at].width > width {
            (x, y, shelf) = (0, y + shelf + SHELF_GAP, 0);
        }
        offsets[at] = Point { x, y };
        x += blocks[at].width + GAP;
        shelf = shelf.max(blocks[at].height);
    }
    offsets
}
