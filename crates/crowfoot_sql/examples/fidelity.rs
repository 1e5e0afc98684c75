//! How faithfully whole schemas come back, and whether what we print runs.
//!
//! `cargo run -p crowfoot_sql --example fidelity -- DIR [NAME...]` reads every `DIR/sql/*.sql` (or
//! `DIR/*.sql`) of a dialect that we speak, as `DIR/manifest.tsv` names it (columns `name` and
//! `dialect`) or as it looks. Each is imported, printed in its own dialect and imported again,
//! which must give the same outline, and its prints in all three dialects are run on real
//! databases. `--keep OUT` writes the prints to a folder.
//!
//! Where PostgreSQL lacks an extension, the script is run with built-in types in the place of the
//! extension's, which the table marks with a star.

#[path = "../tests/servers/mod.rs"]
mod servers;

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use crowfoot_schema::{Diagram, IdMint, OutlineParts, outline_of};
use crowfoot_sql::{Dialect, detect, import, print};
use servers::Servers;

const DIALECTS: [(Dialect, &str); 3] =
    [(Dialect::PostgreSql, "postgresql"), (Dialect::MySql, "mysql"), (Dialect::Sqlite, "sqlite")];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let mut folder = None;
    let mut names = Vec::new();
    let mut keep = None;
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--keep" => keep = arguments.next().map(PathBuf::from),
            _ if folder.is_none() => folder = Some(PathBuf::from(argument)),
            _ => names.push(argument),
        }
    }
    let Some(folder) = folder else {
        return complain("say which folder: fidelity DIR [NAME...] [--keep OUT]");
    };
    match report(&folder, &names, keep.as_deref()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(message) => complain(&message),
    }
}

fn complain(message: &str) -> ExitCode {
    // There is nobody left to tell when the error channel is closed.
    let _ = writeln!(std::io::stderr(), "{message}");
    ExitCode::from(2)
}

/// What became of one schema.
struct Row {
    name: String,
    dialect: &'static str,
    n_tables: usize,
    n_refs: usize,
    difference: Option<String>,
    /// What each database said, in the order of `DIALECTS`.
    runs: Vec<Result<Run, String>>,
}

fn report(folder: &Path, names: &[String], keep: Option<&Path>) -> Result<bool, String> {
    let files = files(folder)?;
    let servers = Servers::start()?;
    let mut rows = Vec::new();
    for (name, dialect, path) in files {
        if !names.is_empty() && !names.contains(&name) {
            continue;
        }
        let text = fs::read(&path).map_err(|it| format!("{}: {it}", path.display()))?;
        rows.push(row(&servers, name, dialect, &String::from_utf8_lossy(&text), keep)?);
    }
    write(&rows).map_err(|it| it.to_string())
}

/// The schemas of a folder that are in a dialect which we speak.
fn files(folder: &Path) -> Result<Vec<(String, Dialect, PathBuf)>, String> {
    let nested = folder.join("sql");
    let sql = if nested.is_dir() { nested } else { folder.to_owned() };
    let dialects = manifest(&folder.join("manifest.tsv"));
    let mut found = Vec::new();
    for entry in fs::read_dir(&sql).map_err(|it| format!("{}: {it}", sql.display()))? {
        let path = entry.map_err(|it| it.to_string())?.path();
        let Some(name) = path.file_stem().and_then(|it| it.to_str()) else { continue };
        if path.extension().is_none_or(|it| it != "sql") {
            continue;
        }
        let dialect = match dialects.get(name) {
            Some(word) => DIALECTS.into_iter().find(|it| it.1 == word).map(|it| it.0),
            None => fs::read_to_string(&path).ok().and_then(|it| detect(&it)),
        };
        if let Some(dialect) = dialect {
            found.push((name.to_owned(), dialect, path.clone()));
        }
    }
    found.sort_by(|left, right| left.0.cmp(&right.0));
    Ok(found)
}

/// The dialect of each schema that the manifest names.
fn manifest(path: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut lines = text.lines().map(|it| it.split('\t').collect::<Vec<_>>());
    let header = lines.next().unwrap_or_default();
    let place = |name: &str| header.iter().position(|it| *it == name);
    let (Some(name), Some(dialect)) = (place("name"), place("dialect")) else {
        return BTreeMap::new();
    };
    lines
        .filter_map(|it| Some(((*it.get(name)?).to_owned(), (*it.get(dialect)?).to_owned())))
        .collect()
}

fn row(
    servers: &Servers,
    name: String,
    dialect: Dialect,
    text: &str,
    keep: Option<&Path>,
) -> Result<Row, String> {
    let diagram = import(dialect, text, &mut IdMint::new(0, 1)).value;
    let own = print(dialect, &diagram);
    let again = import(dialect, &own.text, &mut IdMint::new(0, 2)).value;
    let difference = difference(&outline(dialect, &diagram), &outline(dialect, &again));
    let mut runs = Vec::new();
    for (target, word) in DIALECTS {
        let printed = print(target, &diagram);
        if let Some(folder) = keep {
            fs::create_dir_all(folder).map_err(|it| it.to_string())?;
            let notices: String =
                printed.notices.iter().map(|it| format!("{}: {}\n", it.code, it.message)).collect();
            fs::write(folder.join(format!("{name}.{word}.sql")), &printed.text)
                .and_then(|()| fs::write(folder.join(format!("{name}.{word}.txt")), notices))
                .map_err(|it| it.to_string())?;
        }
        runs.push(run(servers, target, &printed.text));
    }
    let word = DIALECTS.iter().find(|it| it.0 == dialect).map_or("", |it| it.1);
    Ok(Row {
        name,
        dialect: word,
        n_tables: diagram.tables().len(),
        n_refs: diagram.refs().len(),
        difference,
        runs,
    })
}

/// How a script ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    AsItIs,
    WithStandIns,
}

fn run(servers: &Servers, dialect: Dialect, script: &str) -> Result<Run, String> {
    match servers.run(dialect, script, None) {
        Err(message) if message.contains("is not available") => {
            servers.run(dialect, &with_stand_ins(script), None).map(|_| Run::WithStandIns)
        }
        result => result.map(|_| Run::AsItIs),
    }
}

/// The script with built-in types for those of PostGIS and pgvector.
fn with_stand_ins(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    for line in script.lines() {
        if line.starts_with("CREATE EXTENSION IF NOT EXISTS postgis")
            || line.starts_with("CREATE EXTENSION IF NOT EXISTS vector")
        {
            continue;
        }
        let mut words = line.split(' ');
        let name = words.by_ref().take(5).collect::<Vec<_>>().join(" ");
        let rest = words.collect::<Vec<_>>().join(" ");
        let base = rest.split(['(', ',', ' ']).next().unwrap_or("");
        let stand_in = match base.rsplit('.').next().unwrap_or("") {
            "geometry" | "geography" => Some("box"),
            "vector" => Some("text"),
            _ => None,
        };
        match stand_in {
            // A column: four spaces, its name, its type.
            Some(stand_in) if line.starts_with("    ") => {
                let tail = &rest[base.len()..];
                let tail = match (tail.strip_prefix('('), tail.find(')')) {
                    (Some(_), Some(close)) => &tail[close + 1..],
                    _ => tail,
                };
                out.push_str(&format!("{name} {stand_in}{tail}\n"));
            }
            _ => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

fn outline(dialect: Dialect, diagram: &Diagram) -> String {
    // SQLite keeps no notes: they are printed as remarks for people.
    let parts = OutlineParts { notes: dialect != Dialect::Sqlite, ..OutlineParts::SQL };
    outline_of(diagram, parts)
}

/// The first line that differs, and how many do.
fn difference(before: &str, after: &str) -> Option<String> {
    if before == after {
        return None;
    }
    let mut lines: BTreeMap<&str, i32> = BTreeMap::new();
    for line in before.lines() {
        *lines.entry(line).or_default() += 1;
    }
    for line in after.lines() {
        *lines.entry(line).or_default() -= 1;
    }
    let lost: Vec<&str> = lines.iter().filter(|it| *it.1 > 0).map(|it| it.0.trim()).collect();
    let new: Vec<&str> = lines.iter().filter(|it| *it.1 < 0).map(|it| it.0.trim()).collect();
    let first = |list: &[&str]| (*list.first().unwrap_or(&"nothing")).to_owned();
    Some(format!(
        "{} lines lost, such as `{}`; {} new, such as `{}`",
        lost.len(),
        first(&lost),
        new.len(),
        first(&new)
    ))
}

fn write(rows: &[Row]) -> std::io::Result<bool> {
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{:24} {:10} {:>6} {:>6}  {:7} {:10} {:8} {:7}",
        "schema", "dialect", "tables", "refs", "same", "PostgreSQL", "MariaDB", "SQLite"
    )?;
    let yes_no = |is_well: bool| if is_well { "yes" } else { "NO" };
    let ran = |run: &Result<Run, String>| match run {
        Ok(Run::AsItIs) => "yes",
        Ok(Run::WithStandIns) => "yes*",
        Err(_) => "NO",
    };
    for row in rows {
        writeln!(
            out,
            "{:24} {:10} {:6} {:6}  {:7} {:10} {:8} {:7}",
            row.name,
            row.dialect,
            row.n_tables,
            row.n_refs,
            yes_no(row.difference.is_none()),
            ran(&row.runs[0]),
            ran(&row.runs[1]),
            ran(&row.runs[2]),
        )?;
    }
    let n_same = rows.iter().filter(|it| it.difference.is_none()).count();
    let n_ran = |at: usize| rows.iter().filter(|it| it.runs[at].is_ok()).count();
    writeln!(
        out,
        "{:24} {:10} {:6} {:6}  {:7} {:10} {:8} {:7}",
        format!("{} schemas", rows.len()),
        "",
        rows.iter().map(|it| it.n_tables).sum::<usize>(),
        rows.iter().map(|it| it.n_refs).sum::<usize>(),
        n_same,
        n_ran(0),
        n_ran(1),
        n_ran(2),
    )?;
    let mut is_well = true;
    for row in rows {
        if let Some(difference) = &row.difference {
            is_well = false;
            writeln!(out, "\n{}: not the same: {difference}", row.name)?;
        }
        for ((_, word), run) in DIALECTS.iter().zip(&row.runs) {
            if let Err(message) = run {
                is_well = false;
                writeln!(out, "\n{} as {word}: {message}", row.name)?;
            }
        }
    }
    Ok(is_well)
}
