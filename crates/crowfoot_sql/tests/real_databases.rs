//! What we print runs on real databases, and what they then dump says the same.
//!
//! The cases are those of `data/print`. PostgreSQL, MariaDB and SQLite must be installed (Debian:
//! `postgresql`, `mariadb-server`, `sqlite3`); the test starts servers of its own.

mod servers;

use std::path::PathBuf;

use crowfoot_schema::{Diagram, IdMint, OutlineParts, outline_of};
use crowfoot_sql::{Dialect, import, print};
use servers::Servers;

const DIALECTS: [(Dialect, &str); 3] =
    [(Dialect::PostgreSql, "postgresql"), (Dialect::MySql, "mysql"), (Dialect::Sqlite, "sqlite")];

#[test]
fn every_case_runs_everywhere() {
    let servers = Servers::start().unwrap_or_else(|it| panic!("{it}"));
    let mut failures = Vec::new();
    for (dialect, folder) in DIALECTS {
        for path in cases(folder) {
            let text = std::fs::read_to_string(&path).unwrap();
            let diagram = import(dialect, &text, &mut IdMint::new(0, 1)).value;
            for (target, word) in DIALECTS {
                let script = print(target, &diagram).text;
                let case = format!("{} as {word}", path.display());
                match servers.run(target, &script, None) {
                    Err(message) => failures.push(format!("{case}: {message}\n{script}")),
                    Ok(dump) => {
                        failures
                            .extend(lost(target, &script, &dump).map(|it| format!("{case}: {it}")));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/print").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases lie beside this file")
        .filter_map(|it| Some(it.ok()?.path()))
        .filter(|it| it.extension().is_some_and(|it| it == "sql"))
        .collect();
    paths.sort();
    paths
}

/// What the dump of the database does not say of the script that made it.
fn lost(dialect: Dialect, script: &str, dump: &str) -> Option<String> {
    let said = facts(&import(dialect, script, &mut IdMint::new(0, 1)).value);
    let mut dumped = facts(&import(dialect, dump, &mut IdMint::new(0, 2)).value);
    // A database makes up names for what has none.
    dumped.extend(dumped.iter().map(|it| without_name(it)).collect::<Vec<_>>());
    let missing: Vec<&String> = said.iter().filter(|it| !dumped.contains(it)).collect();
    (!missing.is_empty()).then(|| format!("the dump does not say {missing:#?}\n{dump}"))
}

/// Tables with the names of their columns, and foreign keys with names and actions: what every dump
/// says in the same words.
fn facts(diagram: &Diagram) -> Vec<String> {
    let parts = OutlineParts { options: false, notes: false, drawing: false };
    let mut table = String::new();
    let mut facts = Vec::new();
    for line in outline_of(diagram, parts).lines() {
        let mut words = line.split_whitespace();
        match (words.next(), words.next()) {
            (Some("table"), Some(name)) => table = name.to_owned(),
            (Some("column"), Some(name)) => facts.push(format!("{table}.{name}")),
            (Some("ref"), _) => facts.push(without_defaults(line)),
            _ => {}
        }
    }
    facts
}

/// A foreign key without the actions that dumps do not write: no action is what holds when nothing
/// is said, and to MariaDB it is the same as to restrict.
fn without_defaults(line: &str) -> String {
    let mut line = line.to_owned();
    for event in ["delete", "update"] {
        for action in ["no action", "restrict"] {
            line = line.replace(&format!(" on {event} {action}"), "");
        }
    }
    line
}

fn without_name(line: &str) -> String {
    let mut words: Vec<&str> = line.split(' ').collect();
    if let Some(at) = words.iter().position(|it| *it == "name") {
        words.drain(at..at + 2);
    }
    words.join(" ")
}
