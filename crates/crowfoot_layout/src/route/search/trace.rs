//! Follows the arrivals back to where a line begins.

use super::{On, Search, Terminal};
use crate::{
    Pt,
    route::{Path, edge},
};

impl Search {
    /// The way that led to an arrival at the other table.
    pub(super) fn trace(&self, end: u32, from: Terminal, to: Terminal) -> Option<Path> {
        let mut corners = Vec::new();
        let mut at = end;
        let On::Goal(to_facing) = self.nodes[end as usize].on else { return None };
        let from_facing = loop {
            let node = self.nodes[at as usize];
            corners.push(node);
            if let On::Start(facing) = node.on {
                break facing;
            }
            at = node.parent;
        };
        corners.reverse();
        let mut points = vec![Pt::new(edge(from.rect, from_facing, from.port), from.port.y)];
        let mut y = from.port.y;
        for node in &corners[1..] {
            match node.on {
                On::Start(_) => {}
                On::Upright(..) => points.push(Pt::new(node.x as f32, y)),
                On::Level(..) => {
                    y = node.y as f32;
                    points.push(Pt::new(node.x as f32, y));
                }
                On::Goal(_) => {
                    if corners.len() > 2 {
                        let x = points.last()?.x;
                        points.push(Pt::new(x, to.port.y));
                    }
                    points.push(Pt::new(edge(to.rect, to_facing, to.port), to.port.y));
                }
            }
        }
        Some(Path { from: from_facing, to: to_facing, points, is_forced: false })
    }
}
