//! `cargo xtask bench`: runs all benches and closes with one table of their figures.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};
use cargo_metadata::{MetadataCommand, TargetKind};

use crate::workspace::{cargo, path, words};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Only benches with that in their name, such as `save` or `crowfoot_sql`
    filter: Option<String>,
}

/// Runs the benches one after another; one that fails is told and the next one runs all the same.
#[expect(clippy::print_stdout, reason = "the table is this chore's result")]
pub(crate) fn bench(options: &Options) -> Result<()> {
    let mut table = String::new();
    let mut n_failed = 0;
    for (package, bench) in benches()? {
        let name = format!("{package} {bench}");
        if options.filter.as_ref().is_some_and(|it| !name.contains(it.as_str())) {
            continue;
        }
        eprintln!("\n=== {name}");
        table.push_str(&format!("\n{name}\n"));
        let run = ["bench", "--quiet", "--package", &package, "--bench", &bench];
        match lines(cargo().args(run)) {
            Ok(lines) => {
                for line in figures(&lines) {
                    table.push_str(&format!("  {line}\n"));
                }
            }
            Err(error) => {
                n_failed += 1;
                table.push_str(&format!("  {error:#}\n"));
            }
        }
    }
    println!("{table}");
    if n_failed > 0 {
        bail!("{n_failed} failed");
    }
    Ok(())
}

/// Package and bench, in alphabetical order.
fn benches() -> Result<Vec<(String, String)>> {
    let metadata = MetadataCommand::new().manifest_path(path("Cargo.toml")).no_deps().exec()?;
    let mut benches: Vec<(String, String)> = metadata
        .packages
        .iter()
        .flat_map(|package| {
            let benches = package.targets.iter().filter(|it| it.kind.contains(&TargetKind::Bench));
            benches.map(|it| (package.name.to_string(), it.name.clone()))
        })
        .collect();
    benches.sort();
    Ok(benches)
}

/// Runs a command and gives what it prints, which is shown as it comes.
fn lines(command: &mut Command) -> Result<Vec<String>> {
    let name = words(command);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start `{name}`"))?;
    let out = child.stdout.take().expect("it was asked for");
    let mut lines = Vec::new();
    for line in BufReader::new(out).lines() {
        let line = line?;
        // Whoever watches may have gone; the figures are still wanted.
        let _unseen = writeln!(std::io::stderr(), "{line}");
        lines.push(line);
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{name}` failed ({status})");
    }
    Ok(lines)
}

/// The figures in what a bench prints: of divan's tree each row with its median, else all lines.
fn figures(lines: &[String]) -> Vec<String> {
    let mut rows = Vec::new();
    let mut names: Vec<&str> = Vec::new();
    for line in lines {
        let Some((depth, name, cells)) = branch(line) else { continue };
        names.truncate(depth);
        names.push(name);
        // Fastest, slowest, median, mean.
        if let Some(median) = cells.get(2).filter(|it| !it.is_empty()) {
            rows.push(format!("{:50} {median:>12}", names.join(" ")));
        }
    }
    if rows.is_empty() {
        return lines.iter().filter(|it| !it.trim().is_empty()).cloned().collect();
    }
    rows
}

/// A row of divan's tree: how deep it stands, its name, and its cells.
fn branch(line: &str) -> Option<(usize, &str, Vec<&str>)> {
    let start = line.find("├─ ").or_else(|| line.find("╰─ "))?;
    let depth = line[..start].chars().count() / 3;
    let row = &line[start + "├─ ".len()..];
    let (first, rest) = row.split_once('│').unwrap_or((row, ""));
    let (name, fastest) = first.trim_end().split_once("  ").unwrap_or((first.trim_end(), ""));
    let mut cells = vec![fastest.trim()];
    cells.extend(rest.split('│').map(str::trim));
    Some((depth, name.trim(), cells))
}

#[cfg(test)]
mod tests {
    use super::figures;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let found = figures(&lines);
        let squeezed: Vec<String> =
            found.iter().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(squeezed, expected);
    }

    #[test]
    fn rows_of_a_tree_are_told_by_their_medians() {
        let tree = "\
apply          fastest       │ slowest       │ median        │ mean          │ samples │ iters
├─ ten         │             │               │               │               │         │
│  ├─ 100      10.5 µs       │ 20 µs         │ 11.2 µs       │ 12 µs         │ 100     │ 100
│  ╰─ 1000     11.5 µs       │ 20 µs         │ 12.2 µs       │ 12 µs         │ 100     │ 100
╰─ one         1 ms          │ 2 ms          │ 1.5 ms        │ 1.6 ms        │ 100     │ 100
";
        check(tree, &["ten 100 11.2 µs", "ten 1000 12.2 µs", "one 1.5 ms"]);
    }

    #[test]
    fn other_tables_stay_as_they_are() {
        check("text   ms\n\nown    3\n", &["text ms", "own 3"]);
    }
}
