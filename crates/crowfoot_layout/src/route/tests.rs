use super::{Apart, Port, Router, Wire, names::Names};
use crate::Rect;

/// A source of numbers that are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        ((self.0 >> 33) % u64::from(n)) as u32
    }
}

const N_TABLES: u32 = 36;
const N_LINES: u32 = 70;

/// A table somewhere in its own field of a raster.
fn rect(table: u32, numbers: &mut Numbers) -> Rect {
    let (column, row) = (table as i32 % 6, table as i32 / 6);
    let (x, y) = (numbers.below(90) as i32, numbers.below(90) as i32);
    let (w, h) = (120 + numbers.below(60) as i32, 80 + numbers.below(60) as i32);
    Rect { x: column * 300 + x, y: row * 260 + y, w, h }
}

fn wire(router: &Router, numbers: &mut Numbers) -> Option<Wire> {
    let hub = numbers.below(3);
    let tables = [numbers.below(N_TABLES), numbers.below(N_TABLES), hub];
    let mut port = |table| {
        let rect = router.space.rect(table)?;
        let row = numbers.below(3) as i32;
        let y = (rect.y + 16 + row * 22) as f32;
        Some(Port { table, y, inset: 0.0 })
    };
    let to = if port(hub)?.y as i32 % 2 == 0 { tables[1] } else { tables[2] };
    Some(Wire { from: port(tables[0])?, to: port(to)? })
}

/// Gives a moved table's lines their ends again.
fn follow(router: &mut Router, table: u32, dy: f32) {
    for line in router.wires_of(table).to_vec() {
        let Some(mut wire) = router.wires[line as usize] else { continue };
        for port in [&mut wire.from, &mut wire.to] {
            if port.table == table {
                port.y += dy;
            }
        }
        router.connect(line, wire);
    }
}

fn edit(router: &mut Router, numbers: &mut Numbers) {
    let table = numbers.below(N_TABLES);
    let line = numbers.below(N_LINES);
    match numbers.below(5) {
        0 => router.disconnect(line),
        1 | 2 => {
            if let Some(wire) = wire(router, numbers) {
                router.connect(line, wire);
            }
        }
        _ => {
            let old = router.space.rect(table).map_or(0, |it| it.y);
            let new = rect(table, numbers);
            router.place(table, new);
            follow(router, table, (new.y - old) as f32);
        }
    }
}

#[test]
fn changes_one_by_one_leave_lines_apart_as_if_all_came_at_once() {
    for seed in 0..12 {
        let numbers = &mut Numbers(seed);
        let mut router = made(numbers);
        router.settle(false);
        for step in 0..40 {
            edit(&mut router, numbers);
            // Now and then some steps of a drag come in between.
            router.settle(step % 4 == 1);
        }
        router.settle(false);
        check_apart(&router, seed);
    }
}

#[test]
fn bit_by_bit_lines_run_as_if_routed_at_once() {
    for seed in 0..12 {
        let mut router = made(&mut Numbers(seed));
        let mut at_once = router.clone();
        let changed = at_once.settle(false);
        router.go_gradually();
        assert_eq!(finished(&mut router), changed, "seed {seed}");
        assert!(!router.is_gradual());
        assert_eq!(router.paths, at_once.paths, "seed {seed}");
    }
}

#[test]
fn what_changes_while_lines_are_routed_is_routed_too() {
    for seed in 0..12 {
        let numbers = &mut Numbers(seed);
        let mut router = made(numbers);
        router.go_gradually();
        for step in 0..30 {
            edit(&mut router, numbers);
            assert_eq!(router.settle(step % 2 == 0), [0u32; 0], "all waits");
            assert_eq!(router.go_on(9), None, "seed {seed}: there are always lines left");
        }
        // Also between the steps in which lines are named and moved apart.
        for _ in 0..25 {
            assert_eq!(router.go_on(3 + 40 * (seed as usize % 3)), None, "seed {seed}");
            edit(&mut router, numbers);
        }
        finished(&mut router);
        for (wire, path) in router.wires.iter().zip(&router.paths) {
            assert_eq!(wire.is_some(), path.is_some());
            let (Some(wire), Some(path)) = (wire, path) else { continue };
            let ends = [path.points[0], path.points[path.points.len() - 1]];
            let is_loop = wire.from.table == wire.to.table && wire.from.y == wire.to.y;
            for (port, at) in [wire.from, wire.to].into_iter().zip(ends).filter(|_| !is_loop) {
                assert_eq!(port.y, at.y, "seed {seed}: a line ends at its port");
            }
        }
        check_apart(&router, seed);
    }
}

fn made(numbers: &mut Numbers) -> Router {
    let mut router = Router::new();
    for table in 0..N_TABLES {
        router.place(table, rect(table, numbers));
    }
    for line in 0..N_LINES {
        if let Some(wire) = wire(&router, numbers) {
            router.connect(line, wire);
        }
    }
    router
}

/// Goes on until all is routed; gives what changed.
fn finished(router: &mut Router) -> Vec<u32> {
    loop {
        if let Some(changed) = router.go_on(7) {
            return changed;
        }
    }
}

/// Lines are moved apart as if all of them came now.
fn check_apart(router: &Router, seed: u64) {
    let mut fresh = router.clone();
    (fresh.names, fresh.apart) = (Names::default(), Apart::new());
    let all: Vec<u32> = (0..fresh.runs.len() as u32).collect();
    let named = fresh.names.update(&mut fresh.runs, &all, &fresh.of_table);
    let changed = fresh.nudge_all(named);
    assert_eq!(changed, [0u32; 0], "seed {seed}: lines that would run elsewhere");
}

#[test]
fn tables_that_touch_are_joined_by_a_line_without_length() {
    let mut router = Router::new();
    for (slot, x) in [(0, 0), (1, 200), (2, 600)] {
        router.place(slot, Rect { x, y: 0, w: 200, h: 100 });
    }
    let port = |table| Port { table, y: 40.0, inset: 0.0 };
    for (line, from) in [(0, 0), (1, 2), (2, 2)] {
        router.connect(line, Wire { from: port(from), to: port(1) });
    }
    router.settle(false);
    let path = router.path(0).expect("it is routed");
    assert!(path.points.len() > 1);
}
