//! What suggestions cost on real schemas, in time that the processor spends on them.
//!
//! `cargo run --release -p crowfoot_suggest --example cost -- FILE.sql... [--say]`, where `--say` prints
//! everything that might be suggested, however unlikely, to compare before a change and after it.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a chore for people at a terminal")]

use std::time::{Duration, Instant};

use crowfoot_schema::{Diagram, Dialect, IdMint};
use crowfoot_suggest::{Suggester, Suggestion};

/// So many times the whole diagram is asked about; the quickest one counts.
const ROUNDS: usize = 3;
/// About so many tables, spread over the diagram, are asked about one by one.
const ASKED: usize = 500;

fn main() {
    let (flags, files): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|it| it.starts_with("--"));
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let dialect = crowfoot_sql::detect(&text).unwrap_or(Dialect::PostgreSql);
        let diagram = crowfoot_sql::import(dialect, &text, &mut IdMint::new(0, 1)).value;
        println!("{file}: {} tables", diagram.tables().len());
        if flags.iter().any(|it| it == "--say") {
            for it in Suggester::new(&diagram).with_min_confidence(0.0).all() {
                println!("{}", said(&diagram, &it));
            }
        } else {
            measure(&diagram);
        }
    }
}

fn measure(diagram: &Diagram) {
    let mut whole = Duration::MAX;
    let mut read = Duration::MAX;
    let mut elapsed = Duration::MAX;
    let mut n_found = 0;
    for _ in 0..ROUNDS {
        let start = spent();
        let suggester = Suggester::new(diagram);
        let after = spent();
        // One by one: what other threads spend is not counted.
        n_found = diagram.tables().map(|it| suggester.for_table(it.id).len()).sum();
        read = read.min(after.saturating_sub(start));
        whole = whole.min(spent().saturating_sub(start));
        let start = Instant::now();
        std::hint::black_box(Suggester::new(diagram).all());
        elapsed = elapsed.min(start.elapsed());
    }
    println!(
        "  {n_found} suggestions; read {read:.1?}, with all suggestions {whole:.1?}; \
         on all processors {elapsed:.1?} pass"
    );
    let suggester = Suggester::new(diagram);
    // The clock on the wall: the other one ticks too seldom for this.
    let ask = |table| {
        let start = Instant::now();
        std::hint::black_box(suggester.for_table_value(table, &[]));
        start.elapsed()
    };
    let step = diagram.tables().len().div_ceil(ASKED).max(1);
    let mut tables: Vec<Duration> = diagram.tables().step_by(step).map(ask).collect();
    tables.sort_unstable();
    let at = |part: f64| tables.get((tables.len() as f64 * part) as usize).copied();
    let [middle, high, highest] = [at(0.5), at(0.9), at(0.99)].map(Option::unwrap_or_default);
    println!("  one table: median {middle:.0?}, 90% {high:.0?}, 99% {highest:.0?}");
}

/// How long this thread has been running on a processor; the time that passes where nobody tells.
fn spent() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = stat.and_then(|it| it.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

fn said(diagram: &Diagram, it: &Suggestion) -> String {
    let side = |table, columns: &[_]| {
        let table = diagram.table(table).unwrap();
        let names: Vec<&str> =
            columns.iter().map(|id| table.column(*id).unwrap().name.as_str()).collect();
        format!("{}({})", table.name, names.join(", "))
    };
    let from = side(it.from_table, &it.from_columns);
    let to = side(it.to_table, &it.to_columns);
    format!(
        "{from} -> {to} {:?} {} {:.4} {}",
        it.cardinality, it.is_optional, it.confidence, it.reason
    )
}
