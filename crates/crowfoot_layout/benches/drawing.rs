//! How good and how fast drawings are, as one table.
//!
//! `cargo bench -p crowfoot_layout -- [N_TABLES | FILE.sql ...] [--svg FOLDER]`

#![expect(clippy::print_stdout, reason = "its figures are what it is for")]

#[path = "../tests/support/company.rs"]
mod company;
#[path = "../tests/support/quality.rs"]
mod quality;

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use crowfoot_layout::{Scene, SvgOptions, Theme, arrange, svg};
use crowfoot_schema::{Change, ChangeSet, Diagram, IdMint, Point, TableId, TablePatch};

const HEADING: &str = "diagram           tables  lines overlap through  shared crossings  places bends/line    length  area aspect   arrange     route";

fn main() {
    let mut sizes = Vec::new();
    let mut files = Vec::new();
    let mut folder = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--svg" => folder = arguments.next().map(PathBuf::from),
            "--bench" => {}
            other => match other.parse::<usize>() {
                Ok(n_tables) => sizes.push(n_tables),
                Err(_) => files.push(PathBuf::from(other)),
            },
        }
    }
    if sizes.is_empty() && files.is_empty() {
        sizes = vec![20, 100, 500, 1000, 10_000];
    }

    println!("{}", HEADING);
    for n_tables in sizes {
        measure(&format!("{n_tables} tables"), company::company(n_tables), folder.as_deref());
    }
    for file in files {
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        measure(&name, read(&file), folder.as_deref());
    }
}

/// The diagram that a file of SQL statements describes.
fn read(file: &Path) -> Diagram {
    let text = std::fs::read_to_string(file).expect("the file can be read");
    let dialect = crowfoot_sql::detect(&text).unwrap_or(crowfoot_sql::Dialect::PostgreSql);
    crowfoot_sql::import(dialect, &text, &mut IdMint::new(0, 1)).value
}

fn measure(name: &str, mut diagram: Diagram, folder: Option<&Path>) {
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

    // Drags the table with most lines, and the one with about fifty.
    let n_lines = |it: TableId| scene.lines_of(it).len();
    let tables = || scene.tables().map(|it| it.1.id);
    let most = tables().max_by_key(|&it| n_lines(it));
    let some = tables().min_by_key(|&it| n_lines(it).abs_diff(50)).filter(|it| most != Some(*it));
    for hub in most.into_iter().chain(some) {
        let n_lines = scene.lines_of(hub).len();
        let mut n_changed = 0;
        let start = Clock::start();
        for step in 0..20 {
            let angle = std::f32::consts::TAU * (step + 1) as f32 / 20.0;
            let (dx, dy) = (60.0 * angle.sin(), 60.0 - 60.0 * angle.cos());
            n_changed += scene.preview_move(&[hub], dx as i32, dy as i32).lines.len();
        }
        let took = start.elapsed() / 20;
        scene.drop_preview();
        println!(
            "    drag of a hub of {n_lines} lines: {took:.1?} a step, {} lines anew",
            n_changed / 20
        );
    }

    edit(&mut diagram, &mut scene);

    if let Some(folder) = folder {
        for (theme, suffix) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let text = svg(&scene, &SvgOptions { theme, ..SvgOptions::default() });
            let file = folder.join(format!("{}-{suffix}.svg", name.replace(' ', "-")));
            std::fs::write(&file, text).expect("the folder can be written to");
        }
    }
}

/// Moves some tables a little, one after another.
fn edit(diagram: &mut Diagram, scene: &mut Scene) {
    const N_EDITS: usize = 40;
    let tables: Vec<_> = diagram.tables().map(|it| (it.id, it.position)).collect();
    let mut times = Vec::new();
    let mut n_changed = 0;
    for &(id, at) in tables.iter().step_by((tables.len() / N_EDITS).max(1)) {
        let position = at.map(|it| Some(Point { x: it.x + 6, y: it.y + 4 }));
        let patch = TablePatch { position, ..TablePatch::default() };
        let changes = ChangeSet::new("move", vec![Change::UpdateTable { id, patch }]);
        let effective = diagram.apply(&changes).expect("the table exists").effective;
        let start = Clock::start();
        n_changed += scene.update(diagram, &effective).lines.len();
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!(
        "    moves of single tables: {:.1?} each in the middle, {:.1?} at most, {} lines anew",
        times[times.len() / 2],
        times[times.len() - 1],
        n_changed / times.len()
    );
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
        "{name:17} {:6} {:6} {:7} {:7} {:6.3}% {:9} {:7} {:10.2} {:9.0} {:5.2} {:6.2} {arranged:9.1?} {routed:9.1?}",
        it.tables,
        it.lines,
        it.overlaps,
        it.through,
        it.shared / it.length.max(1.0) * 100.0,
        it.crossings,
        it.places,
        it.bends as f64 / it.lines.max(1) as f64,
        it.length,
        it.area,
        it.aspect,
    )
}
