//! How good and how fast drawings are, as one table.
//!
//! `cargo bench -p crowfoot_layout -- [N_TABLES | FILE.sql ...] [--svg FOLDER]`

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

#[path = "../tests/support/company.rs"]
mod company;
#[path = "../tests/support/quality.rs"]
mod quality;

use std::{
    path::PathBuf,
    time::{Duration, Instant},
};

use crowfoot_layout::{Scene, SvgOptions, Theme, arrange, svg};
use crowfoot_schema::{Change, ChangeSet, Diagram, TablePatch};

const HEADING: &str = "diagram           tables  lines overlap through  shared crossings bends/line    length  area aspect   arrange     route";

fn main() {
    let mut sizes = Vec::new();
    let mut folder = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--svg" => folder = arguments.next().map(PathBuf::from),
            "--bench" => {}
            other => sizes.extend(other.parse::<usize>()),
        }
    }
    if sizes.is_empty() {
        sizes = vec![20, 100, 500, 1000, 10_000];
    }

    println!("{}", HEADING);
    for n_tables in sizes {
        measure(&format!("{n_tables} tables"), company::company(n_tables), folder.as_deref());
    }
}

fn measure(name: &str, mut diagram: Diagram, folder: Option<&std::path::Path>) {
    let start = Clock::start();
    let places = arrange(&diagram);
    let arranged = start.elapsed();
    let place = |(id, at)| Change::UpdateTable {
        id,
        patch: TablePatch { position: Some(Some(at)), ..TablePatch::default() },
    };
    let changes = ChangeSet::new("arrange", places.into_iter().map(place).collect());
    diagram.apply(&changes).expect("the tables exist");

    let start = Clock::start();
    let mut scene = Scene::new(&diagram);
    let routed = start.elapsed();
    println!("{}", row(&quality::Quality::of(&scene), name, arranged, routed));

    // Drags the table with most lines.
    let hub = scene.tables().map(|it| it.1.id).max_by_key(|&it| scene.lines_of(it).len());
    if let Some(hub) = hub {
        let n_lines = scene.lines_of(hub).len();
        let mut n_changed = 0;
        let start = Clock::start();
        for step in 1..=20 {
            n_changed += scene.preview_move(&[hub], step * 7, step * 3).lines.len();
        }
        let took = start.elapsed() / 20;
        scene.drop_preview();
        println!(
            "    drag of a hub of {n_lines} lines: {took:.1?} a step, {} lines anew",
            n_changed / 20
        );
    }

    if let Some(folder) = folder {
        for (theme, suffix) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let text = svg(&scene, SvgOptions { theme, ..SvgOptions::default() });
            let file = folder.join(format!("{}-{suffix}.svg", name.replace(' ', "-")));
            std::fs::write(&file, text).expect("the folder can be written to");
        }
    }
}

/// Measures the time that this thread computes, so that others on the machine do not count; where
/// the system does not tell, the time that passes.
struct Clock {
    computed: Option<Duration>,
    passed: Instant,
}

impl Clock {
    fn start() -> Self {
        Self { computed: Self::computed(), passed: Instant::now() }
    }

    fn elapsed(&self) -> Duration {
        match (self.computed, Self::computed()) {
            (Some(before), Some(now)) => now - before,
            _ => self.passed.elapsed(),
        }
    }

    fn computed() -> Option<Duration> {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        Some(Duration::from_nanos(text.split(' ').next()?.parse().ok()?))
    }
}

fn row(it: &quality::Quality, name: &str, arranged: Duration, routed: Duration) -> String {
    format!(
        "{name:17} {:6} {:6} {:7} {:7} {:6.1}% {:9} {:10.2} {:9.0} {:5.2} {:6.2} {arranged:9.1?} {routed:9.1?}",
        it.tables,
        it.lines,
        it.overlaps,
        it.through,
        it.shared / it.length.max(1.0) * 100.0,
        it.crossings,
        it.bends as f64 / it.lines.max(1) as f64,
        it.length,
        it.area,
        it.aspect,
    )
}
