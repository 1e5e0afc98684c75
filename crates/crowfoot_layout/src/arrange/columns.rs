//! Sets tables in columns and betters what stands where.

mod anneal;
mod channels;
mod level;
mod page;
mod room;
mod set;
mod start;
mod uncross;

use rustc_hash::FxHashMap;

use super::{
    ASPECT,
    embed::{self, Ties},
    graph::{Graph, Link},
    pack::Block,
    random::Random,
};
use crate::{
    Rect,
    progress::Progress,
    route::{Port, Wire, crossings},
};
use page::Page;

/// Between two columns and between two tables of one, where few lines run.
const COLUMN_GAP: f32 = 90.0;
const TABLE_GAP: f32 = 40.0;
/// Of larger parts one page must do.
const MAX_TRIES: usize = 300;
/// By how much a page's shape may differ from that of a window before it counts against it, as a
/// natural logarithm.
const SOME_MISFIT: f64 = 0.15;
/// The share of the work that the first picture is.
const EMBEDDED: f32 = 0.1;

/// A connected part of the graph as a block.
pub(super) fn arrange(graph: &Graph, nodes: &[u32], progress: &Progress<'_>) -> Block {
    let local: FxHashMap<u32, u32> = nodes.iter().copied().zip(0..).collect();
    let ties: Vec<Vec<(u32, f32)>> = nodes
        .iter()
        .map(|&node| {
            let inside = graph.edges[node as usize].iter();
            inside.filter_map(|(other, weight)| Some((*local.get(other)?, *weight))).collect()
        })
        .collect();
    let sizes: Vec<(f32, f32)> = nodes
        .iter()
        .map(|&it| graph.sizes[it as usize])
        .map(|(w, h)| (w as f32, h as f32))
        .collect();
    let mut lines: Vec<Link> = nodes
        .iter()
        .flat_map(|&it| &graph.links[it as usize])
        .filter_map(|it| Some(Link { from: *local.get(&it.from)?, to: *local.get(&it.to)?, ..*it }))
        .collect();
    lines.sort_by_key(|it| it.number);
    let links: Vec<Link> = lines.iter().copied().filter(|it| it.from != it.to).collect();
    let mut picture = embed::embed(&ties);
    progress.did(nodes.len(), EMBEDDED);
    // Of small parts several pages are tried, and the one is kept whose lines cross least.
    let n_tries = match nodes.len() {
        0..4 => 1,
        4..=40 => 24,
        41..=150 => 12,
        151..=MAX_TRIES => 3,
        _ => 1,
    };
    let mut best: Option<(f64, Vec<Rect>)> = None;
    let mut n_columns = page::n_columns(&sizes);
    for seed in 0..n_tries {
        let mut random = Random::new(nodes.len() as u64 + seed);
        let step = (1.0 - EMBEDDED) / 3.0 / n_tries as f32;
        let mut page = Page::start(&sizes, &mut picture, n_columns, (&ties, &links), &mut random);
        progress.did(nodes.len(), step);
        page.uncross(&ties, &links, n_tries as usize, &mut random);
        progress.did(nodes.len(), step);
        let rects = page.set(&ties, &lines);
        progress.did(nodes.len(), step);
        let badness = if n_tries > 1 { badness(&lines, &rects) } else { 0.0 };
        // How wide the gaps are that lines need shows only now.
        n_columns = page::better_n_columns(n_columns, aspect(whole(&rects))).min(nodes.len());
        if best.as_ref().is_none_or(|(least, _)| badness < *least) {
            best = Some((badness, rects));
        }
    }
    let rects = best.map(|it| it.1).unwrap_or_default();
    let whole = whole(&rects);
    let places = nodes.iter().copied().zip(rects.iter().map(|it| it.corner())).collect();
    Block { places, width: whole.right(), height: whole.bottom() }
}

/// How often lines cross on a page, and more the larger it is and where its shape is not like that
/// of a window.
fn badness(links: &[Link], rects: &[Rect]) -> f64 {
    let whole = whole(rects);
    let area = f64::from(whole.w) * f64::from(whole.h);
    let misfit = (aspect(whole) / ASPECT).ln().abs();
    let crossings = crossings(rects, &wires(links, rects));
    (crossings + 1) as f64 * area * (1.0 + (misfit - SOME_MISFIT).max(0.0))
}

/// The smallest rectangle around all tables.
fn whole(rects: &[Rect]) -> Rect {
    rects.iter().copied().reduce(Rect::union).unwrap_or_default()
}

fn aspect(whole: Rect) -> f64 {
    f64::from(whole.w.max(1)) / f64::from(whole.h.max(1))
}

/// Where each ref would be drawn.
fn wires(links: &[Link], rects: &[Rect]) -> Vec<Wire> {
    let port = |table: u32, y: f32, inset: f32| {
        let y = (rects[table as usize].y as f32 + y).round();
        Port { table, y, inset }
    };
    let wire = |it: &Link| Wire {
        from: port(it.from, it.from_y, it.inset),
        to: port(it.to, it.to_y, it.inset),
    };
    links.iter().map(wire).collect()
}
