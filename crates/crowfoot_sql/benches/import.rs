//! How long reading DDL into a diagram takes, beside what `sqlparser` takes to parse the same text.
//!
//! `cargo bench -p crowfoot_sql --bench import [-- FILE.sql ...]`; without files it reads schemas of
//! its own of 100, 1,000 and 10,000 tables. Files are taken for the dialect they look like. Times are
//! those spent on a processor, where the system tells them; memory is the growth of the process's
//! peak while importing.

#![expect(clippy::print_stdout, reason = "this is a program for the terminal")]

use std::{fmt::Write as _, time::Instant};

use crowfoot_schema::IdMint;
use crowfoot_sql::{Dialect, detect, import};
use sqlparser::{
    dialect::{MySqlDialect, PostgreSqlDialect, SQLiteDialect},
    parser::Parser,
};

const ROUNDS: u32 = 5;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    println!(
        "{:>28} {:>8} {:>9} {:>9} {:>8} {:>10} {:>7}",
        "text", "MB", "ms", "MB/s", "peak MB", "sqlparser", "ratio"
    );
    if files.is_empty() {
        for n_tables in [100, 1_000, 10_000] {
            measure(&format!("own, {n_tables} tables"), &schema(n_tables));
        }
    }
    for file in files {
        match std::fs::read_to_string(&file) {
            Ok(text) => measure(file.rsplit('/').next().unwrap_or(&file), &text),
            Err(error) => println!("{file}: {error}"),
        }
    }
}

fn measure(name: &str, text: &str) {
    let dialect = detect(text).unwrap_or(Dialect::PostgreSql);
    let megabytes = text.len() as f64 / 1e6;
    let before = peak();
    let ours = best(|| import(dialect, text, &mut IdMint::new(1, 1)).value.tables().len());
    let memory = peak().zip(before).map_or("?".to_owned(), |(a, b)| format!("{:.0}", a - b));
    let theirs = best(|| {
        let parsed = match dialect {
            Dialect::PostgreSql => Parser::parse_sql(&PostgreSqlDialect {}, text),
            Dialect::MySql => Parser::parse_sql(&MySqlDialect {}, text),
            Dialect::Sqlite => Parser::parse_sql(&SQLiteDialect {}, text),
        };
        parsed.map_or(0, |it| it.len())
    });
    let (theirs, ratio) = match theirs {
        (_, 0) => ("refused".to_owned(), "-".to_owned()),
        (seconds, _) => (format!("{:.1} ms", seconds * 1e3), format!("{:.1}", seconds / ours.0)),
    };
    println!(
        "{name:>28} {megabytes:>8.2} {:>9.1} {:>9.1} {memory:>8} {theirs:>10} {ratio:>7}",
        ours.0 * 1e3,
        megabytes / ours.0,
    );
}

/// The quickest of a few rounds in seconds, and what the last gave.
fn best(mut work: impl FnMut() -> usize) -> (f64, usize) {
    let mut seconds = f64::INFINITY;
    let mut result = 0;
    for _ in 0..ROUNDS {
        let (start, busy) = (Instant::now(), processor_time());
        result = std::hint::black_box(work());
        let elapsed = start.elapsed().as_secs_f64();
        let spent = processor_time().zip(busy).map_or(elapsed, |(now, then)| now - then);
        seconds = seconds.min(spent);
    }
    (seconds, result)
}

/// The time that the process has been on a processor, in seconds; other programs do not blur it.
fn processor_time() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/schedstat").ok()?;
    stat.split_whitespace().next()?.parse::<f64>().ok().map(|it| it / 1e9)
}

/// The most memory the process has held, in MB.
fn peak() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|it| it.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|it| it / 1e3)
}

/// A schema with the usual mix of columns, keys and indexes.
fn schema(n_tables: usize) -> String {
    let mut text = String::new();
    for at in 0..n_tables {
        let _ = write!(
            text,
            "CREATE TABLE \"table_{at}\" (\n  \"id\" bigserial PRIMARY KEY,\n  \"name\" varchar(255) NOT NULL,\n"
        );
        for column in 0..8 {
            let ty = ["integer", "text", "numeric(10,2)", "timestamp with time zone"][column % 4];
            let _ = writeln!(text, "  \"column_{column}\" {ty} DEFAULT NULL,");
        }
        let _ = write!(
            text,
            "  \"parent_id\" bigint REFERENCES \"table_{}\" (\"id\") ON DELETE CASCADE,\n  \
             CONSTRAINT \"table_{at}_uq\" UNIQUE (\"name\", \"column_0\")\n);\n\
             CREATE INDEX \"table_{at}_ix\" ON \"table_{at}\" (\"parent_id\");\n",
            at / 2
        );
    }
    text
}
