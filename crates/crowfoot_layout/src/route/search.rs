//! The cheapest way of one line over the tracks.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{
    CLEARANCE, Path, Wire, edge,
    space::{Space, Toward},
    tracks::{Track, Tracks},
};
use crate::{Facing, Pt, Rect, sizes::STUB};

/// What a bend costs, as so many pixels of length.
const BEND: i32 = 60;
/// Looks no further than this beyond the box around both ends, at first.
const WINDOW: i32 = 600;
/// With more stretches of track than this, the first way that is found must do.
const LARGE: usize = 100_000;
/// How far a line runs straight out of a table before it may bend, where there is room.
const STRAIGHT: i32 = STUB - 6;
/// How far straight lines out of tables are followed.
const REACH: i32 = 6000;

/// The memory of the search, kept from line to line.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    nodes: Vec<Node>,
    heap: BinaryHeap<(Reverse<i32>, u32)>,
    /// For each stretch the cheapest arrival: in which search, at what cost, where.
    best: Vec<(u32, i32, i32)>,
    stamp: u32,
    /// How much more the way ahead counts than the way done, in quarters: greed finds a way
    /// sooner, but maybe not the best one.
    greed: i32,
    found: Vec<u32>,
}

/// An arrival on a stretch of a track, or at the goal.
#[derive(Clone, Copy, Debug)]
struct Node {
    parent: u32,
    cost: i32,
    on: On,
    /// Where on the track it arrived.
    x: i32,
    y: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum On {
    /// The straight line out of the from side.
    Start(Facing),
    /// Upright track, stretch.
    Upright(u32, u32),
    /// Level track, stretch.
    Level(u32, u32),
    /// The straight line into the to side.
    Goal(Facing),
}

/// A straight line out of a side of a table.
#[derive(Clone, Copy, Debug)]
struct Stub {
    facing: Facing,
    /// The line's end at the table.
    x: i32,
    y: i32,
    /// Between which coordinates it may bend.
    low: i32,
    high: i32,
}

const NONE: u32 = u32::MAX;

impl Search {
    /// The way of a line between tables at `a` and `b`, if there is one.
    pub(super) fn find(
        &mut self,
        space: &Space,
        tracks: &Tracks,
        wire: Wire,
        a: Rect,
        b: Rect,
    ) -> Option<Path> {
        let starts = self.stubs(space, a, wire.from.y as i32, wire.from.inset as i32);
        let goals = self.stubs(space, b, wire.to.y as i32, wire.to.inset as i32);
        let near = a.union(b).grown(WINDOW);
        let all = a.union(b).grown(100_000);
        let is_large = tracks.n_stretches > LARGE;
        let tries = if is_large {
            [(near, 6, 1000), (near, 12, 1500), (all, 24, 4000)]
        } else {
            [(near, 1, 4000), (near, 4, 6000), (all, 8, 40_000)]
        };
        let end = tries.into_iter().find_map(|(window, greed, n_steps)| {
            self.greed = greed;
            self.run(tracks, &starts, &goals, window, n_steps)
        })?;
        self.trace(end, wire, a, b)
    }

    fn stubs(&mut self, space: &Space, rect: Rect, y: i32, inset: i32) -> [Stub; 2] {
        let across = (y - 1, y + 1);
        let left = space.clear(Toward::Left, rect.x, across, REACH, &mut self.found);
        let right = space.clear(Toward::Right, rect.right(), across, REACH, &mut self.found);
        let straight = |room: i32| (STRAIGHT + inset).min(room / 2);
        [
            Stub {
                facing: Facing::Left,
                x: rect.x,
                y,
                low: left + CLEARANCE,
                high: rect.x - straight(rect.x - left),
            },
            Stub {
                facing: Facing::Right,
                x: rect.right(),
                y,
                low: rect.right() + straight(right - rect.right()),
                high: right - CLEARANCE,
            },
        ]
    }

    fn run(
        &mut self,
        tracks: &Tracks,
        starts: &[Stub; 2],
        goals: &[Stub; 2],
        window: Rect,
        max_steps: usize,
    ) -> Option<u32> {
        self.nodes.clear();
        self.heap.clear();
        if self.best.len() < tracks.n_stretches {
            self.best.resize(tracks.n_stretches, (0, 0, 0));
        }
        self.stamp += 1;
        for (at, stub) in (0..).zip(starts) {
            self.nodes.push(Node {
                parent: NONE,
                cost: 0,
                on: On::Start(stub.facing),
                x: stub.x,
                y: stub.y,
            });
            self.heap.push((
                Reverse(rest(goals, On::Start(stub.facing), stub.x, stub.y, self.greed)),
                at,
            ));
            for goal in goals {
                let meets = match (stub.facing, goal.facing) {
                    (Facing::Right, Facing::Left) => stub.low < goal.high && goal.low <= stub.low,
                    (Facing::Left, Facing::Right) => goal.low < stub.high && stub.low <= goal.low,
                    _ => false,
                };
                if stub.y == goal.y && meets {
                    let cost = (stub.x - goal.x).abs();
                    self.push(at, cost, On::Goal(goal.facing), goal.x, goal.y, goals);
                }
            }
        }
        let mut n_steps = 0;
        while let Some((_, at)) = self.heap.pop() {
            let node = self.nodes[at as usize];
            n_steps += 1;
            if n_steps > max_steps {
                return None;
            }
            match node.on {
                On::Goal(_) => return Some(at),
                On::Start(facing) => {
                    let stub = starts[usize::from(facing == Facing::Right)];
                    let span = (stub.low.max(window.x), stub.high.min(window.right()));
                    self.cross_upright(tracks, at, node, span, goals);
                }
                On::Upright(track, stretch) => {
                    if self.is_outdone(
                        tracks.upright[track as usize].first + stretch as usize,
                        node.cost,
                        node.y,
                    ) {
                        continue;
                    }
                    let track = &tracks.upright[track as usize];
                    let (low, high) = track.stretches[stretch as usize];
                    for goal in goals {
                        let is_level = (low..=high).contains(&goal.y);
                        if is_level && goal.low <= node.x && node.x <= goal.high {
                            let way = (node.y - goal.y).abs() + (node.x - goal.x).abs();
                            let bends = if node.y == goal.y { 0 } else { BEND };
                            self.push(
                                at,
                                node.cost + way + bends,
                                On::Goal(goal.facing),
                                goal.x,
                                goal.y,
                                goals,
                            );
                        }
                    }
                    let span = (low.max(window.y), high.min(window.bottom()));
                    self.cross_level(tracks, at, node, span, goals);
                }
                On::Level(track, stretch) => {
                    if self.is_outdone(
                        tracks.level[track as usize].first + stretch as usize,
                        node.cost,
                        node.x,
                    ) {
                        continue;
                    }
                    let (low, high) = tracks.level[track as usize].stretches[stretch as usize];
                    let span = (low.max(window.x), high.min(window.right()));
                    self.cross_upright(tracks, at, node, span, goals);
                }
            }
        }
        None
    }

    /// Goes on to all upright tracks between two coordinates of a level line.
    fn cross_upright(
        &mut self,
        tracks: &Tracks,
        at: u32,
        node: Node,
        (low, high): (i32, i32),
        goals: &[Stub; 2],
    ) {
        let first = tracks.upright.partition_point(|it| it.at < low);
        for (number, track) in (first as u32..).zip(&tracks.upright[first..]) {
            if track.at > high {
                break;
            }
            let Some(stretch) = track.stretch_at(node.y) else { continue };
            let cost = node.cost + (track.at - node.x).abs() + BEND;
            if self.arrive(track, stretch, cost, node.y) {
                self.push(at, cost, On::Upright(number, stretch as u32), track.at, node.y, goals);
            }
        }
    }

    /// Goes on to all level tracks between two coordinates of an upright line.
    fn cross_level(
        &mut self,
        tracks: &Tracks,
        at: u32,
        node: Node,
        (low, high): (i32, i32),
        goals: &[Stub; 2],
    ) {
        let first = tracks.level.partition_point(|it| it.at < low);
        for (number, track) in (first as u32..).zip(&tracks.level[first..]) {
            if track.at > high {
                break;
            }
            let Some(stretch) = track.stretch_at(node.x) else { continue };
            let cost = node.cost + (track.at - node.y).abs() + BEND;
            if self.arrive(track, stretch, cost, node.x) {
                self.push(at, cost, On::Level(number, stretch as u32), node.x, track.at, goals);
            }
        }
    }

    /// Notes an arrival on a stretch; false if an earlier one gets everywhere on it as cheaply.
    fn arrive(&mut self, track: &Track, stretch: usize, cost: i32, along: i32) -> bool {
        let best = &mut self.best[track.first + stretch];
        if best.0 == self.stamp && cost >= best.1 + (along - best.2).abs() {
            return false;
        }
        if best.0 != self.stamp || cost < best.1 {
            *best = (self.stamp, cost, along);
        }
        true
    }

    /// Whether a cheaper arrival came after this one was noted.
    fn is_outdone(&self, stretch: usize, cost: i32, along: i32) -> bool {
        let best = self.best[stretch];
        best.0 == self.stamp && cost > best.1 + (along - best.2).abs()
    }

    fn push(&mut self, parent: u32, cost: i32, on: On, x: i32, y: i32, goals: &[Stub; 2]) {
        let rest = rest(goals, on, x, y, self.greed);
        let number = self.nodes.len() as u32;
        self.nodes.push(Node { parent, cost, on, x, y });
        // Of ways that look equally good the one that is further ahead is followed.
        self.heap.push((Reverse(cost + rest), number));
    }

    fn trace(&self, end: u32, wire: Wire, a: Rect, b: Rect) -> Option<Path> {
        let mut corners = Vec::new();
        let mut at = end;
        let On::Goal(to) = self.nodes[end as usize].on else { return None };
        let from = loop {
            let node = self.nodes[at as usize];
            corners.push(node);
            if let On::Start(facing) = node.on {
                break facing;
            }
            at = node.parent;
        };
        corners.reverse();
        let mut points = vec![Pt::new(edge(a, from, wire.from), wire.from.y)];
        let mut y = wire.from.y;
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
                        points.push(Pt::new(x, wire.to.y));
                    }
                    points.push(Pt::new(edge(b, to, wire.to), wire.to.y));
                }
            }
        }
        Some(Path { from, to, points, is_forced: false })
    }
}

/// What the way from an arrival to the nearer goal costs at least.
fn rest(goals: &[Stub; 2], on: On, x: i32, y: i32, greed: i32) -> i32 {
    let one = |goal: &Stub| {
        // The line must come through the stretch on which it may bend towards the goal.
        let through = x.clamp(goal.low.min(goal.high), goal.high.max(goal.low));
        let way = (x - through).abs() + (through - goal.x).abs() + (y - goal.y).abs();
        let n_bends = match on {
            On::Goal(_) => return 0,
            On::Start(_) if y == goal.y => 0,
            On::Start(_) | On::Level(..) => 2,
            On::Upright(..) if through == x => 1,
            On::Upright(..) => 3,
        };
        way + way / 4 * greed + n_bends * BEND
    };
    one(&goals[0]).min(one(&goals[1]))
}
