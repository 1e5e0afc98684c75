//! How long printing a diagram takes, in its own dialect and in the two others, and how that grows;
//! and beside it how long the migration of one renamed column takes, both ways.
//!
//! `cargo bench -p crowfoot_sql --bench print [-- FILE.sql ...]`; without files it prints schemas of
//! its own of 100, 1,000 and 10,000 tables. The rate is in bytes printed.

#![expect(clippy::print_stdout, reason = "this is a program for the terminal")]

use std::{fmt::Write as _, time::Instant};

use crowfoot_schema::{Change, ChangeSet, ColumnPatch, Diagram, IdMint};
use crowfoot_sql::{Dialect, detect, import, migration, print};

const ROUNDS: u32 = 5;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    println!(
        "{:>28} {:>12} {:>8} {:>9} {:>9} {:>12}",
        "schema", "printed as", "MB", "ms", "MB/s", "migrated, ms"
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
    let source = detect(text).unwrap_or(Dialect::PostgreSql);
    let diagram = import(source, text, &mut IdMint::new(1, 1)).value;
    let renamed = renamed(&diagram);
    for (target, word) in [
        (Dialect::PostgreSql, "PostgreSQL"),
        (Dialect::MySql, "MySQL"),
        (Dialect::Sqlite, "SQLite"),
    ] {
        let mut seconds = f64::INFINITY;
        let mut megabytes = 0.0;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            let printed = std::hint::black_box(print(target, &diagram));
            seconds = seconds.min(start.elapsed().as_secs_f64());
            megabytes = printed.text.len() as f64 / 1e6;
        }
        let start = Instant::now();
        std::hint::black_box(migration(target, &diagram, &renamed));
        println!(
            "{name:>28} {word:>12} {megabytes:>8.2} {:>9.1} {:>9.1} {:>12.1}",
            seconds * 1e3,
            megabytes / seconds,
            start.elapsed().as_secs_f64() * 1e3
        );
    }
}

/// The diagram with another name for one column.
fn renamed(diagram: &Diagram) -> Diagram {
    let mut renamed = diagram.clone();
    if let Some((table, column)) = diagram.tables().find_map(|it| Some((it.id, it.columns.last()?)))
    {
        let patch = ColumnPatch { name: Some("another_name".into()), ..ColumnPatch::default() };
        let change = Change::UpdateColumn { table, id: column.id, patch };
        let done = renamed.apply(&ChangeSet::new("rename", vec![change]));
        done.expect("no other column has that name");
    }
    renamed
}

/// A schema with the usual mix of columns, keys and indexes.
fn schema(n_tables: usize) -> String {
    let mut text = String::new();
    for at in 0..n_tables {
        let _ = write!(
            text,
            "CREATE TABLE table_{at} (\n  id bigserial PRIMARY KEY,\n  name varchar(255) NOT NULL,\n"
        );
        for column in 0..8 {
            let ty = ["integer", "text", "numeric(10,2)", "timestamp with time zone"][column % 4];
            let _ = writeln!(text, "  column_{column} {ty} DEFAULT NULL,");
        }
        let _ = write!(
            text,
            "  parent_id bigint REFERENCES table_{} (id) ON DELETE CASCADE,\n  \
             CONSTRAINT table_{at}_uq UNIQUE (name, column_0)\n);\n\
             CREATE INDEX table_{at}_ix ON table_{at} (parent_id);\n",
            at / 2
        );
    }
    text
}
