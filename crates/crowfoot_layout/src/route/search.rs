//! The cheapest way of one line over the tracks.

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{
    CLEARANCE, Path, Wire, edge,
    lane::{Lane, Stretch},
    space::{Space, Toward},
    tracks::Tracks,
};
use crate::{Facing, Pt, Rect, sizes::STUB};

/// What a bend costs, as so many pixels of length.
const BEND: i32 = 60;
/// Looks no further than this beyond the box around both ends, at first.
const WINDOW: i32 = 600;
/// With more stretches of track than this, the first way that is found must do.
const LARGE: usize = 5000;

/// How far a line runs straight out of a table before it may bend, where there is room.
const STRAIGHT: i32 = STUB - 6;
/// How far straight lines out of tables are followed.
const REACH: i32 = 6000;

/// The memory of the search, kept from line to line.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    nodes: Vec<Node>,
    heap: BinaryHeap<(Reverse<i32>, u32)>,
    /// For each stretch, upright and level, the cheapest arrival.
    upright: Vec<Arrival>,
    level: Vec<Arrival>,
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
    /// That upright stretch.
    Upright(u32),
    /// That level stretch.
    Level(u32),
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

/// The cheapest arrival on a stretch.
#[derive(Clone, Copy, Debug, Default)]
struct Arrival {
    /// In which search.
    stamp: u32,
    cost: i32,
    along: i32,
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
        let is_large = tracks.upright.n_numbers() + tracks.level.n_numbers() > LARGE;
        let tries = if is_large {
            [(near, 3, 1000), (near, 12, 1500), (all, 24, 4000)]
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
        for (best, lane) in [(&mut self.upright, &tracks.upright), (&mut self.level, &tracks.level)]
        {
            best.resize(best.len().max(lane.n_numbers()), Arrival::default());
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
                    self.cross_upright(&tracks.upright, at, node, span, goals);
                }
                On::Upright(number) => {
                    if self.upright[number as usize].outdoes(node.cost, node.y) {
                        continue;
                    }
                    let Stretch { low, high, .. } = tracks.upright.stretch(number);
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
                    self.cross_level(&tracks.level, at, node, span, goals);
                }
                On::Level(number) => {
                    if self.level[number as usize].outdoes(node.cost, node.x) {
                        continue;
                    }
                    let Stretch { low, high, .. } = tracks.level.stretch(number);
                    let span = (low.max(window.x), high.min(window.right()));
                    self.cross_upright(&tracks.upright, at, node, span, goals);
                }
            }
        }
        None
    }

    /// Goes on to all upright stretches between two coordinates of a level line.
    fn cross_upright(
        &mut self,
        upright: &Lane,
        at: u32,
        node: Node,
        (low, high): (i32, i32),
        goals: &[Stub; 2],
    ) {
        for (x, number) in upright.crossing(low, high, node.y) {
            let cost = node.cost + (x - node.x).abs() + BEND;
            if self.upright[number as usize].improve(self.stamp, cost, node.y) {
                self.push(at, cost, On::Upright(number), x, node.y, goals);
            }
        }
    }

    /// Goes on to all level stretches between two coordinates of an upright line.
    fn cross_level(
        &mut self,
        level: &Lane,
        at: u32,
        node: Node,
        (low, high): (i32, i32),
        goals: &[Stub; 2],
    ) {
        for (y, number) in level.crossing(low, high, node.x) {
            let cost = node.cost + (y - node.y).abs() + BEND;
            if self.level[number as usize].improve(self.stamp, cost, node.x) {
                self.push(at, cost, On::Level(number), node.x, y, goals);
            }
        }
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

impl Arrival {
    /// Notes an arrival; false if an earlier one gets everywhere on the stretch as cheaply.
    fn improve(&mut self, stamp: u32, cost: i32, along: i32) -> bool {
        let is_first = self.stamp != stamp;
        if !is_first && cost >= self.cost + (along - self.along).abs() {
            return false;
        }
        if is_first || cost < self.cost {
            *self = Self { stamp, cost, along };
        }
        true
    }

    /// Whether it came cheaper than another of the same search.
    fn outdoes(self, cost: i32, along: i32) -> bool {
        cost > self.cost + (along - self.along).abs()
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
