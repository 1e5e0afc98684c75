//! How good suggestions are on schemas that declare their keys.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use crowfoot_schema::Diagram;
use crowfoot_suggest::{
    Suggester,
    learn::{Judgement, Strip, judge},
};

use super::{column_names, table_name};
use crate::{
    Outcome, args,
    format::{Format, Guess},
    input,
    progress::Progress,
};

/// Schemas with fewer keys for each table leave too many undeclared to be counted.
const LEAST_DECLARED: f64 = 0.8;

/// A schema to be judged by.
struct Schema {
    name: String,
    family: String,
    is_primary: bool,
    diagram: Diagram,
}

impl Schema {
    fn is_counted(&self) -> bool {
        let n_tables = self.diagram.tables().len();
        self.is_primary && self.diagram.refs().len() as f64 >= LEAST_DECLARED * n_tables as f64
    }
}

/// Takes keys away from all schemas of a folder, suggests, and compares.
pub(super) fn evaluate(folder: &Path, options: &args::Suggest) -> Result<Outcome> {
    let progress = Progress::new();
    let mut schemas = Vec::new();
    for (path, family, is_primary) in files(folder)? {
        progress.say(format!("reading {}", path.display()));
        let input = input::read(&path)?;
        let guess = Format::of_input(&path, &input.text);
        let format = options.from.unwrap_or_else(|| Guess::format(guess));
        let diagram = format.read(&input.text)?.value;
        let name = path.file_stem().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
        let family = family.unwrap_or_else(|| name.clone());
        schemas.push(Schema { name, family, is_primary, diagram });
    }
    if schemas.is_empty() {
        bail!("`{}` holds no SQL files", folder.display());
    }
    drop(progress);

    let mut out = io::stdout().lock();
    let modes = [
        ("all keys taken away".to_owned(), Strip::All),
        (
            format!("a fifth of the keys taken away (seed {})", options.seed),
            Strip::OneIn(5, options.seed),
        ),
    ];
    for (title, how) in modes {
        writeln!(out, "{title}\n")?;
        run(&mut out, &schemas, how, options)?;
    }
    let mut slowest = (Duration::ZERO, "", 0);
    let started = Instant::now();
    for schema in &schemas {
        let started = Instant::now();
        Suggester::new(&schema.diagram).all();
        slowest =
            slowest.max((started.elapsed(), schema.name.as_str(), schema.diagram.tables().len()));
    }
    let (time, name, n_tables) = slowest;
    let all = started.elapsed();
    writeln!(
        out,
        "time: {all:.1?} for all schemas, at most {time:.1?} ({name}, {n_tables} tables)"
    )?;
    Ok(Outcome::Fine)
}

fn run(
    out: &mut dyn Write,
    schemas: &[Schema],
    how: Strip,
    options: &args::Suggest,
) -> io::Result<()> {
    writeln!(
        out,
        "{:24} {:20} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "schema", "family", "keys", "shown", "prec.", "recall", "F1"
    )?;
    let mut families: BTreeMap<&str, Judgement> = BTreeMap::new();
    let mut counted: Vec<Judgement> = Vec::new();
    for schema in schemas {
        let judgement = judge(&schema.diagram, how, options.min_confidence);
        let mark = if schema.is_counted() { "*" } else { " " };
        writeln!(
            out,
            "{:24} {}",
            format!("{}{mark}", schema.name),
            row(&schema.family, &judgement)
        )?;
        families.entry(&schema.family).or_default().add(&judgement);
        if options.verbose {
            tell_errors(out, &schema.diagram, &judgement)?;
        }
        if schema.is_counted() {
            counted.push(judgement);
        }
    }
    writeln!(out, "\nfamilies, all their dialects together")?;
    for (family, judgement) in &families {
        writeln!(out, "{:24} {}", "", row(family, judgement))?;
    }
    let mut all = Judgement::default();
    counted.iter().for_each(|it| all.add(it));
    writeln!(
        out,
        "\ncounted are those with a star: one of each family, with {LEAST_DECLARED} declared keys for each table"
    )?;
    writeln!(out, "{:24} {}", "micro", row("", &all))?;
    let with_keys: Vec<&Judgement> = counted.iter().filter(|it| it.n_keys > 0).collect();
    let mean = |of: fn(&Judgement) -> f64| {
        with_keys.iter().map(|it| of(it)).sum::<f64>() / with_keys.len().max(1) as f64
    };
    writeln!(
        out,
        "{:24} {:20} {:>6} {:>6} {:6.3} {:6.3} {:6.3}",
        "macro",
        "",
        "",
        "",
        mean(Judgement::precision),
        mean(Judgement::recall),
        mean(Judgement::f1)
    )?;
    writeln!(out, "\nmissed because of")?;
    for (miss, n) in &all.misses {
        writeln!(out, "  {:20} {n:>6}", miss.name())?;
    }
    writeln!(out, "\nconfidence   said  right      n")?;
    for (at, bin) in all.bins.iter().enumerate().filter(|it| it.1.n > 0) {
        let n = bin.n as f64;
        let (said, right) = (bin.confidence / n, bin.n_right as f64 / n);
        let (from, to) = (at as f64 / 10.0, (at + 1) as f64 / 10.0);
        writeln!(out, "  {from:.1}-{to:.1}   {said:6.3} {right:6.3} {:>6}", bin.n)?;
    }
    writeln!(out)
}

fn row(family: &str, judgement: &Judgement) -> String {
    format!(
        "{family:20} {:>6} {:>6} {:6.3} {:6.3} {:6.3}",
        judgement.n_keys,
        judgement.n_shown,
        judgement.precision(),
        judgement.recall(),
        judgement.f1()
    )
}

fn tell_errors(out: &mut dyn Write, diagram: &Diagram, judgement: &Judgement) -> io::Result<()> {
    for it in &judgement.wrong {
        let from = column_names(diagram, it.from_table, &it.from_columns).join(", ");
        let to = column_names(diagram, it.to_table, &it.to_columns).join(", ");
        let (from_table, to_table) =
            (table_name(diagram, it.from_table), table_name(diagram, it.to_table));
        let (confidence, reason) = (it.confidence, &it.reason);
        writeln!(
            out,
            "    wrong  {from_table}.({from}) > {to_table}.({to})  {confidence:.2}: {reason}"
        )?;
    }
    for (miss, key) in &judgement.missed {
        let (from, to): (Vec<_>, Vec<_>) = key.pairs.iter().copied().unzip();
        writeln!(
            out,
            "    missed {}.({}) > {}.({}): {}",
            table_name(diagram, key.from),
            column_names(diagram, key.from, &from).join(", "),
            table_name(diagram, key.to),
            column_names(diagram, key.to, &to).join(", "),
            miss.name()
        )?;
    }
    Ok(())
}

/// The SQL files of a folder, with their family where a manifest tells it, and whether they count.
fn files(folder: &Path) -> Result<Vec<(PathBuf, Option<String>, bool)>> {
    let inner = folder.join("sql");
    let place = if inner.is_dir() { inner } else { folder.to_owned() };
    let entries =
        fs::read_dir(&place).with_context(|| format!("cannot read `{}`", place.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.retain(|it| it.extension().is_some_and(|it| it.eq_ignore_ascii_case("sql")));
    paths.sort();
    let manifest = fs::read_to_string(folder.join("manifest.tsv")).unwrap_or_default();
    let mut lines = manifest.lines();
    let heads: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let column = |name: &str| heads.iter().position(|it| *it == name);
    let (Some(name), Some(family)) = (column("name"), column("family")) else {
        return Ok(paths.into_iter().map(|it| (it, None, true)).collect());
    };
    let primary = column("primary");
    let rows: Vec<Vec<&str>> = lines.map(|it| it.split('\t').collect()).collect();
    let told = paths.into_iter().map(|path| {
        let stem = path.file_stem().and_then(|it| it.to_str()).unwrap_or("");
        let row = rows.iter().find(|it| it.get(name) == Some(&stem));
        let family = row.and_then(|it| it.get(family)).map(|it| (*it).to_owned());
        let is_primary = match (row, primary) {
            (Some(row), Some(at)) => row.get(at) == Some(&"1"),
            _ => true,
        };
        (path, family, is_primary)
    });
    Ok(told.collect())
}
