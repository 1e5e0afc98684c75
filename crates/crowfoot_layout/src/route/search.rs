//! The cheapest way of one line over the tracks.

mod arrivals;
mod trace;

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{
    CLEARANCE, Path, Port,
    lane::{Lane, Stretch},
    space::{Space, Toward},
    tracks::Tracks,
};
use crate::{Facing, Rect, sizes::STUB};
use arrivals::{Arrival, Arrivals};

/// What a bend costs, as so many pixels of length.
const BEND: i32 = 60;
/// Looks no further than this beyond the box around both ends, at first.
const WINDOW: i32 = 600;
/// What it costs to cross a line, as so many pixels of length.
const CROSSING: i32 = 200;
/// The same in a hurry and in large diagrams, where a line has to cross so many that the search
/// would look everywhere, and for a line that is to join others which lie already.
const CHEAP_CROSSING: i32 = 4;

/// How far a line runs straight out of a table before it may bend, where there is room.
const STRAIGHT: i32 = STUB - 6;
/// How much room a straight line out of a table has above and below the middle of the row: lines
/// with several notations end beside it.
const KINDS: i32 = 9;
/// How far straight lines out of tables are followed.
const REACH: i32 = 6000;

/// The memory of the search, kept from line to line.
#[derive(Clone, Debug, Default)]
pub(super) struct Search {
    nodes: Vec<Node>,
    heap: BinaryHeap<(Reverse<i32>, u32)>,
    /// For each stretch, upright and level, the cheapest arrival.
    upright: Vec<Arrivals>,
    level: Vec<Arrivals>,
    stamp: u32,
    /// How much more the way ahead counts than the way done, in quarters: greed finds a way
    /// sooner, but maybe not the best one.
    greed: i32,
    /// What it costs to cross a line.
    crossing: i32,
    /// Whether the first way that is found must do.
    pub(super) is_hasty: bool,
    /// Whether lines that it may join lie already.
    pub(super) is_part: bool,
    /// Where the straight lines into the other table cross upright stretches, by the number of those.
    entries: Vec<Entry>,
    crossed: Vec<(i32, u32)>,
    costs: Vec<(i32, u32, i32)>,
}

/// An end of a line: where, and at which table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    pub(super) port: Port,
    pub(super) rect: Rect,
}

/// Where one can get from an upright stretch to the other table.
#[derive(Clone, Copy, Debug)]
struct Entry {
    upright: u32,
    facing: Facing,
    /// What it costs to cross the lines on the way.
    cost: i32,
}

/// An arrival on a stretch of a track, or at the other table.
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
    /// The straight line out of the first table.
    Start(Facing),
    /// That upright stretch.
    Upright(u32),
    /// That level stretch.
    Level(u32),
    /// The straight line into the other table.
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

/// Where a search goes on its way.
struct Course<'a> {
    tracks: &'a Tracks,
    starts: &'a [Stub; 2],
    goals: &'a [Stub; 2],
    window: Rect,
}

const NONE: u32 = u32::MAX;

impl Search {
    /// The way of a line, if there is one.
    pub(super) fn find(
        &mut self,
        space: &Space,
        tracks: &Tracks,
        from: Terminal,
        to: Terminal,
    ) -> Option<Path> {
        let starts = Self::stubs(space, from);
        let goals = Self::stubs(space, to);
        let both = from.rect.union(to.rect);
        let (near, all) = (both.grown(WINDOW), both.grown(100_000));
        let is_large = tracks.is_large() || self.is_hasty;
        let tries = if is_large {
            [(near, 3, 1000), (near, 12, 1500), (all, 24, 4000)]
        } else {
            [(near, 1, 4000), (near, 4, 6000), (all, 8, 40_000)]
        };
        self.crossing = if is_large || self.is_part { CHEAP_CROSSING } else { CROSSING };
        tries.into_iter().find_map(|(window, greed, n_steps)| {
            self.greed = greed;
            let course = Course { tracks, starts: &starts, goals: &goals, window };
            let end = self.run(&course, n_steps)?;
            self.trace(end, from, to)
        })
    }

    /// The straight lines out of both sides of a table.
    fn stubs(space: &Space, end: Terminal) -> [Stub; 2] {
        let (rect, y, inset) = (end.rect, end.port.y as i32, end.port.inset as i32);
        let across = (y - KINDS, y + KINDS);
        let left = space.clear(Toward::Left, rect.x, across, REACH);
        let right = space.clear(Toward::Right, rect.right(), across, REACH);
        // The tracks beside tables are as far away as lines without a bar need; a bend of others is
        // moved further out in the end.
        let straight = |room: i32| STRAIGHT.max(inset + CLEARANCE).min(room / 2);
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

    fn run(&mut self, course: &Course, max_steps: usize) -> Option<u32> {
        let tracks = course.tracks;
        self.nodes.clear();
        self.heap.clear();
        for (best, lane) in [(&mut self.upright, &tracks.upright), (&mut self.level, &tracks.level)]
        {
            best.resize(best.len().max(lane.n_numbers()), Arrivals::default());
        }
        self.stamp += 1;
        self.enter(course);
        for stub in course.starts {
            let number = self.nodes.len() as u32;
            self.push(NONE, 0, On::Start(stub.facing), stub.x, stub.y, course);
            self.go_straight(number, stub, course);
        }
        let mut n_steps = 0;
        while let Some((_, at)) = self.heap.pop() {
            n_steps += 1;
            if n_steps > max_steps {
                return None;
            }
            let node = self.nodes[at as usize];
            match node.on {
                On::Goal(_) => return Some(at),
                On::Start(facing) => {
                    let stub = course.starts[usize::from(facing == Facing::Right)];
                    self.leave(at, node, &stub, course);
                }
                On::Upright(number) => {
                    let before = tracks.upright.load(number).before(node.y);
                    let arrival = Arrival { cost: node.cost, along: node.y, before };
                    if !self.upright[number as usize].outdo(arrival, self.crossing) {
                        self.arrive(at, (node, number), course);
                        self.cross_level(at, (node, number), before, course);
                    }
                }
                On::Level(number) => {
                    let before = tracks.level.load(number).before(node.x);
                    let arrival = Arrival { cost: node.cost, along: node.x, before };
                    if !self.level[number as usize].outdo(arrival, self.crossing) {
                        self.cross_upright(at, (node, number), before, course);
                    }
                }
            }
        }
        None
    }

    /// Notes from which upright stretches one gets to the other table.
    fn enter(&mut self, course: &Course) {
        self.entries.clear();
        let mut costs = std::mem::take(&mut self.costs);
        for stub in course.goals {
            self.stub_costs(&course.tracks.upright, stub, &mut costs);
            let facing = stub.facing;
            let entry = |&(_, upright, cost): &_| Entry { upright, facing, cost };
            self.entries.extend(costs.iter().map(entry));
        }
        self.costs = costs;
        self.entries.sort_by_key(|it| it.upright);
    }

    /// Goes straight on to the other table if it lies on the line out of the first one.
    fn go_straight(&mut self, at: u32, stub: &Stub, course: &Course) {
        for goal in course.goals {
            let meets = match (stub.facing, goal.facing) {
                (Facing::Right, Facing::Left) => stub.low < goal.high && goal.low <= stub.low,
                (Facing::Left, Facing::Right) => goal.low < stub.high && stub.low <= goal.low,
                _ => false,
            };
            if stub.y == goal.y && meets {
                let cost = (stub.x - goal.x).abs();
                self.push(at, cost, On::Goal(goal.facing), goal.x, goal.y, course);
            }
        }
    }

    /// Goes from an upright stretch to the other table where its straight lines cross it.
    fn arrive(&mut self, at: u32, (node, number): (Node, u32), course: &Course) {
        let Stretch { low, high, .. } = course.tracks.upright.stretch(number);
        let load = course.tracks.upright.load(number);
        let first = self.entries.partition_point(|it| it.upright < number);
        for place in first..self.entries.len() {
            let entry = self.entries[place];
            if entry.upright != number {
                break;
            }
            let goal = course.goals[usize::from(entry.facing == Facing::Right)];
            if (low..=high).contains(&goal.y) {
                let way = (node.y - goal.y).abs() + (node.x - goal.x).abs();
                let bends = if node.y == goal.y { 0 } else { BEND };
                let crossings = self.cost_of(load.crossings(node.y, goal.y)) + entry.cost;
                let cost = node.cost + way + bends + crossings;
                self.push(at, cost, On::Goal(goal.facing), goal.x, goal.y, course);
            }
        }
    }

    /// What it costs to cross lines on a straight line out of a table, up to each upright stretch
    /// at which it may bend.
    fn stub_costs(&mut self, upright: &Lane, stub: &Stub, costs: &mut Vec<(i32, u32, i32)>) {
        costs.clear();
        self.crossed.clear();
        let is_right = stub.facing == Facing::Right;
        let (low, high) = if is_right { (stub.x, stub.high) } else { (stub.low, stub.x) };
        self.crossed.extend(upright.crossing(low, high, stub.y));
        if !is_right {
            self.crossed.reverse();
        }
        let mut halves = 0;
        for &(x, number) in &self.crossed {
            let running = upright.load(number).running(stub.y);
            if stub.low <= x && x <= stub.high {
                costs.push((x, number, self.cost_of(halves + running)));
            }
            halves += 2 * running;
        }
    }

    /// Goes on to all upright stretches that the straight line out of a table crosses.
    fn leave(&mut self, at: u32, node: Node, stub: &Stub, course: &Course) {
        let upright = &course.tracks.upright;
        let mut costs = std::mem::take(&mut self.costs);
        self.stub_costs(upright, stub, &mut costs);
        for &(x, number, crossings) in &costs {
            let cost = node.cost + (x - node.x).abs() + BEND + crossings;
            let before = upright.load(number).before(node.y);
            let arrival = Arrival { cost, along: node.y, before };
            if self.upright[number as usize].improve(self.stamp, arrival, self.crossing) {
                self.push(at, cost, On::Upright(number), x, node.y, course);
            }
        }
        self.costs = costs;
    }

    /// Goes on to all upright stretches that a level one crosses.
    fn cross_upright(&mut self, at: u32, (node, on): (Node, u32), here: i32, course: &Course) {
        let (tracks, window) = (course.tracks, course.window);
        let Stretch { low, high, .. } = tracks.level.stretch(on);
        let (low, high) = (low.max(window.x), high.min(window.right()));
        let own = tracks.level.load(on);
        for (x, number) in tracks.upright.crossing(low, high, node.y) {
            let crossings = self.cost_of((own.before(x) - here).abs());
            let cost = node.cost + (x - node.x).abs() + BEND + crossings;
            let before = tracks.upright.load(number).before(node.y);
            let arrival = Arrival { cost, along: node.y, before };
            if self.upright[number as usize].improve(self.stamp, arrival, self.crossing) {
                self.push(at, cost, On::Upright(number), x, node.y, course);
            }
        }
    }

    /// Goes on to all level stretches that an upright one crosses.
    fn cross_level(&mut self, at: u32, (node, on): (Node, u32), here: i32, course: &Course) {
        let (tracks, window) = (course.tracks, course.window);
        let Stretch { low, high, .. } = tracks.upright.stretch(on);
        let (low, high) = (low.max(window.y), high.min(window.bottom()));
        let own = tracks.upright.load(on);
        for (y, number) in tracks.level.crossing(low, high, node.x) {
            let crossings = self.cost_of((own.before(y) - here).abs());
            let cost = node.cost + (y - node.y).abs() + BEND + crossings;
            let before = tracks.level.load(number).before(node.x);
            let arrival = Arrival { cost, along: node.x, before };
            if self.level[number as usize].improve(self.stamp, arrival, self.crossing) {
                self.push(at, cost, On::Level(number), node.x, y, course);
            }
        }
    }

    /// What so many halves of a crossing cost.
    fn cost_of(&self, halves: i32) -> i32 {
        halves.max(0) * self.crossing / 2
    }

    fn push(&mut self, parent: u32, cost: i32, on: On, x: i32, y: i32, course: &Course) {
        let rest = rest(course.goals, on, x, y, self.greed);
        let number = self.nodes.len() as u32;
        self.nodes.push(Node { parent, cost, on, x, y });
        // Of ways that look equally good the one that is further ahead is followed.
        self.heap.push((Reverse(cost + rest), number));
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
