//! Migrations run on real databases, up and down, and leave what a fresh export would have made.

mod random;

use crowfoot_schema::{Diagram, IdMint, OutlineParts, outline_of};
use crowfoot_sql::{Dialect, import, migration, print};

use crate::{
    change::{Case, DIALECTS, cases},
    servers::Servers,
};

#[test]
fn every_case_leads_where_a_fresh_export_does() {
    let servers = Servers::start().unwrap_or_else(|it| panic!("{it}"));
    // Part of `postgresql/keys as mysql`, to run that alone.
    let only = std::env::var("CROWFOOT_CASE").unwrap_or_default();
    let mut failures = Vec::new();
    for (_, folder) in DIALECTS {
        for path in cases(folder) {
            let case = Case::read(&path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
            for (dialect, word) in DIALECTS {
                let place = format!("{folder}/{} as {word}", case.name);
                if !place.contains(&only) {
                    continue;
                }
                if let Err(it) = there_and_back(&servers, dialect, &case.before, &case.after) {
                    failures.push(format!("{place}: {it}"));
                }
            }
            if let Err(it) = keeps_rows(&servers, &case) {
                failures.push(format!("{folder}/{}, with rows: {it}", case.name));
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// How many random pairs of diagrams to try in each dialect, unless `CROWFOOT_PAIRS` says;
/// `CROWFOOT_SEED` is the first one's.
const PAIRS: u64 = 8;

#[test]
fn random_changes_lead_where_a_fresh_export_does() {
    let servers = Servers::start().unwrap_or_else(|it| panic!("{it}"));
    let number = |name: &str| std::env::var(name).ok().and_then(|it| it.parse::<u64>().ok());
    let n_pairs = number("CROWFOOT_PAIRS").unwrap_or(PAIRS);
    let first = number("CROWFOOT_SEED").unwrap_or(0);
    let seeds = first..first + n_pairs;
    let (mut failures, mut n_refused) = (Vec::new(), 0);
    for (dialect, word) in DIALECTS {
        if std::env::var("CROWFOOT_CASE").is_ok_and(|it| !word.contains(&it)) {
            continue;
        }
        for seed in seeds.clone() {
            let mut sketch = random::Sketch::new(dialect, seed);
            let before = sketch.diagram.clone();
            sketch.change(1 + seed as usize % 9);
            match there_and_back(&servers, dialect, &before, &sketch.diagram) {
                // The database does not take the diagram itself: that is not about migrations.
                Err(it) if it.starts_with("fresh") => n_refused += 1,
                Err(it) => failures.push(format!("{word}, seed {seed}: {it}")),
                Ok(()) => {}
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    // Most of what is tried is to be taken.
    assert!(n_refused <= n_pairs, "{n_refused} diagrams were refused");
}

/// Both ways, with nothing in the tables.
fn there_and_back(
    servers: &Servers,
    dialect: Dialect,
    before: &Diagram,
    after: &Diagram,
) -> Result<(), String> {
    let migration = migration(dialect, before, after);
    let (first, last) = (print(dialect, before).text, print(dialect, after).text);
    let run = |script: &str, what: &str| {
        servers.run(dialect, script, None).map_err(|it| format!("{what}: {it}\n{script}"))
    };
    let (old, new) = (run(&first, "fresh")?, run(&last, "fresh")?);
    let up = format!("{first}\n{}", migration.up.text);
    same(dialect, &new, &run(&up, "up")?).map_err(|it| format!("up: {it}\n{up}"))?;
    let down = format!("{up}\n{}", migration.down.text);
    same(dialect, &old, &run(&down, "down")?).map_err(|it| format!("down: {it}\n{down}"))
}

/// What the case looks at is there before, after, and when all is undone.
fn keeps_rows(servers: &Servers, case: &Case) -> Result<(), String> {
    if case.rows.trim().is_empty() {
        return Ok(());
    }
    let migration = migration(case.dialect, &case.before, &case.after);
    let first = format!("{}\n{}", print(case.dialect, &case.before).text, case.rows);
    let up = format!("{first}\n{}", migration.up.text);
    let down = format!("{up}\n{}", migration.down.text);
    let look = |script: &str, query: &str| {
        servers
            .run(case.dialect, script, Some(query))
            .map_err(|it| format!("{it}\n{script}\n{query}"))
    };
    let wanted = look(&first, &case.look_before)?;
    for (script, query) in [(&up, &case.look_after), (&down, &case.look_before)] {
        let found = look(script, query)?;
        if found != wanted {
            return Err(format!("found\n{found}\nwhere there was\n{wanted}\n{script}"));
        }
    }
    Ok(())
}

/// Whether two dumps say the same.
fn same(dialect: Dialect, wanted: &str, found: &str) -> Result<(), String> {
    let (wanted, found) = (said(dialect, wanted), said(dialect, found));
    let missing: Vec<&String> = wanted.iter().filter(|it| !found.contains(it)).collect();
    let added: Vec<&String> = found.iter().filter(|it| !wanted.contains(it)).collect();
    if missing.is_empty() && added.is_empty() {
        return Ok(());
    }
    Err(format!("missing {missing:#?}, instead {added:#?}"))
}

/// What a dump says, line by line, each with the table that it is about.
fn said(dialect: Dialect, dump: &str) -> Vec<String> {
    let diagram = import(dialect, dump, &mut IdMint::new(0, 1)).value;
    let parts = OutlineParts { drawing: false, ..OutlineParts::SQL };
    let mut lines = Vec::new();
    let mut owner = String::new();
    let mut nth = 0;
    for line in outline_of(&diagram, parts).lines() {
        if !line.starts_with(' ') {
            owner = line.to_owned();
            nth = 0;
        }
        // PostgreSQL cannot move columns.
        let is_column = line.starts_with("  column") && dialect != Dialect::PostgreSql;
        nth += usize::from(is_column);
        let place = if is_column { nth.to_string() } else { String::new() };
        lines.push(format!("{owner} | {place}{line}"));
    }
    // Sequences, and what else our importer reads past.
    if dialect == Dialect::PostgreSql {
        let others = dump.lines().filter(|it| it.contains("SEQUENCE"));
        lines.extend(others.map(|it| it.trim().to_owned()));
    }
    lines.sort();
    lines
}
