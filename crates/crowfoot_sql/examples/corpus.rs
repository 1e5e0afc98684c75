//! Holds what is imported of real schemas against what is known to be in them.
//!
//! `cargo run -p crowfoot_sql --example corpus -- DIR [NAME]` reads `DIR/manifest.tsv`, imports each
//! `DIR/sql/NAME.sql` and compares with `DIR/truth/NAME.json`. Names are compared in small letters
//! and without schemas, since each side normalises them in its own way. Files of dialects that are
//! not read yet go through as PostgreSQL and SQLite, only to see that nothing panics.

#![expect(clippy::print_stdout, reason = "this is a program for the terminal")]

use std::{collections::BTreeSet, path::Path};

use crowfoot_schema::{Diagram, IdMint, IndexTarget, ReferentialAction, Side, Uniqueness};
use crowfoot_sql::{Dialect, import};
use crowfoot_text::{LineIndex, Severity};
use serde_json::Value;

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        println!("usage: corpus DIR [NAME]");
        return Ok(());
    };
    let only = arguments.next();
    let folder = Path::new(&folder);
    let manifest = std::fs::read_to_string(folder.join("manifest.tsv"))?;
    println!("file\ttables\tcolumns\tnot null\tpk\tuniques\tfks\terrors\twarnings");
    let (mut n_files, mut n_complete) = (0, 0);
    for line in manifest.lines().skip(1) {
        let mut fields = line.split('\t');
        let (Some(name), Some(dialect)) = (fields.next(), fields.next()) else { continue };
        if only.as_deref().is_some_and(|it| it != name) {
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(
            folder.join("sql").join(format!("{name}.sql")),
        )?)
        .into_owned();
        let dialect = match dialect {
            "postgresql" => Dialect::PostgreSql,
            "mysql" => Dialect::MySql,
            "sqlite" => Dialect::Sqlite,
            _ => {
                for dialect in [Dialect::PostgreSql, Dialect::MySql, Dialect::Sqlite] {
                    import(dialect, &text, &mut IdMint::new(0, 0));
                }
                continue;
            }
        };
        let truth = std::fs::read_to_string(folder.join("truth").join(format!("{name}.json")))?;
        let truth: Value = serde_json::from_str(&truth).map_err(std::io::Error::other)?;
        n_files += 1;
        n_complete += usize::from(compare(name, dialect, &text, &truth, only.is_some()));
    }
    println!("{n_complete} of {n_files} files hold every table, column, key and foreign key");
    Ok(())
}

/// Prints a line for the file, and what differs. True if nothing that counts does.
fn compare(name: &str, dialect: Dialect, text: &str, truth: &Value, is_verbose: bool) -> bool {
    let parsed = import(dialect, text, &mut IdMint::new(0, 0));
    let lines = LineIndex::new(text);
    let detected = crowfoot_sql::detect(text);
    let wanted = Facts::of_truth(truth);
    let found = Facts::of_diagram(&parsed.value);
    let count = |severity| parsed.diagnostics.iter().filter(|it| it.severity == severity).count();
    let errors = count(Severity::Error);
    println!(
        "{name}\t{}\t{}\t{}\t{}\t{}\t{}\t{errors}\t{}",
        ratio(&found.tables, &wanted.tables),
        ratio(&found.columns, &wanted.columns),
        ratio(&found.not_null, &wanted.not_null),
        ratio(&found.primary, &wanted.primary),
        ratio(&found.uniques, &wanted.uniques),
        ratio(&found.refs, &wanted.refs),
        count(Severity::Warning),
    );
    if detected != Some(dialect) {
        println!("    detected as {detected:?}");
    }
    let limit = if is_verbose { 400 } else { 6 };
    show("table", &found.tables, &wanted.tables, limit);
    show("column", &found.columns, &wanted.columns, limit);
    show("not null", &found.not_null, &wanted.not_null, limit);
    show("primary key", &found.primary, &wanted.primary, limit);
    show("unique", &found.uniques, &wanted.uniques, limit);
    show("foreign key", &found.refs, &wanted.refs, limit);
    let told = parsed.diagnostics.iter().filter(|it| is_verbose || it.severity != Severity::Info);
    for diagnostic in told.take(limit) {
        println!("    {}", diagnostic.summary(&lines));
    }
    found.tables == wanted.tables
        && found.columns == wanted.columns
        && found.primary == wanted.primary
        && found.refs == wanted.refs
        && errors == 0
}

fn ratio(found: &BTreeSet<String>, wanted: &BTreeSet<String>) -> String {
    let n_same = found.intersection(wanted).count();
    match found.len() - n_same {
        0 => format!("{n_same}/{}", wanted.len()),
        more => format!("{n_same}/{}+{more}", wanted.len()),
    }
}

fn show(what: &str, found: &BTreeSet<String>, wanted: &BTreeSet<String>, limit: usize) {
    for fact in wanted.difference(found).take(limit) {
        println!("    missing {what} {fact}");
    }
    for fact in found.difference(wanted).take(limit) {
        println!("    surplus {what} {fact}");
    }
}

/// What is compared, each as a line of text.
#[derive(Default)]
struct Facts {
    tables: BTreeSet<String>,
    columns: BTreeSet<String>,
    not_null: BTreeSet<String>,
    primary: BTreeSet<String>,
    uniques: BTreeSet<String>,
    refs: BTreeSet<String>,
}

impl Facts {
    fn of_truth(truth: &Value) -> Self {
        let mut facts = Self::default();
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or("").to_lowercase();
        let names = |value: &Value| list(value).iter().map(text).collect::<Vec<_>>();
        for table in list(&truth["tables"]) {
            let name = text(&table["name"]);
            for column in list(&table["columns"]) {
                let column_name = format!("{name}.{}", text(&column["name"]));
                if column["not_null"] == true {
                    facts.not_null.insert(column_name.clone());
                }
                facts.columns.insert(column_name);
            }
            let primary = names(&table["pk"]);
            if !primary.is_empty() {
                facts.primary.insert(format!("{name}({})", primary.join(", ")));
            }
            for unique in list(&table["uniques"]) {
                let mut columns = names(&unique);
                columns.sort();
                facts.uniques.insert(format!("{name}({})", columns.join(", ")));
            }
            facts.tables.insert(name);
        }
        for key in list(&truth["fks"]) {
            if key["dangling"] == true {
                continue;
            }
            let pairs: Vec<String> = names(&key["from_columns"])
                .iter()
                .zip(names(&key["to_columns"]))
                .map(|(from, to)| format!("{from}={to}"))
                .collect();
            facts.refs.insert(format!(
                "{} > {} ({}) delete {} update {}",
                text(&key["from_table"]),
                text(&key["to_table"]),
                pairs.join(", "),
                action_name(&text(&key["on_delete"])),
                action_name(&text(&key["on_update"])),
            ));
        }
        facts
    }

    fn of_diagram(diagram: &Diagram) -> Self {
        let mut facts = Self::default();
        for table in diagram.tables() {
            let name = table.name.to_lowercase();
            let column = |id| table.column(id).map_or("?".to_owned(), |it| it.name.to_lowercase());
            for column in &table.columns {
                let column_name = format!("{name}.{}", column.name.to_lowercase());
                if !table.is_nullable(column.id) {
                    facts.not_null.insert(column_name.clone());
                }
                facts.columns.insert(column_name);
            }
            let primary: Vec<_> = table.primary_columns().iter().map(|it| column(*it)).collect();
            if !primary.is_empty() {
                facts.primary.insert(format!("{name}({})", primary.join(", ")));
            }
            for index in &table.indexes {
                let is_plain =
                    index.parts.iter().all(|it| matches!(it.target, IndexTarget::Column(_)));
                if index.uniqueness == Uniqueness::None || !is_plain || index.predicate.is_some() {
                    continue;
                }
                let mut columns: Vec<_> = index.columns().map(column).collect();
                columns.sort();
                facts.uniques.insert(format!("{name}({})", columns.join(", ")));
            }
            facts.tables.insert(name);
        }
        for item in diagram.refs() {
            let side = |side| {
                let table = diagram.table(item.table(side)).expect("a ref's tables are there");
                let names: Vec<String> = item
                    .side_columns(side)
                    .into_iter()
                    .filter_map(|it| table.column(it))
                    .map(|it| it.name.to_lowercase())
                    .collect();
                (table.name.to_lowercase(), names)
            };
            let ((from, from_columns), (to, to_columns)) = (side(Side::From), side(Side::To));
            let pairs: Vec<String> = from_columns
                .iter()
                .zip(to_columns)
                .map(|(from, to)| format!("{from}={to}"))
                .collect();
            facts.refs.insert(format!(
                "{from} > {to} ({}) delete {} update {}",
                pairs.join(", "),
                said(item.on_delete),
                said(item.on_update),
            ));
        }
        facts
    }
}

/// "No action" said or not counts as one, since sources of the truth do not keep them apart.
fn action_name(written: &str) -> &str {
    if written.is_empty() { "no action" } else { written }
}

fn said(action: Option<ReferentialAction>) -> &'static str {
    match action {
        None | Some(ReferentialAction::NoAction) => "no action",
        Some(ReferentialAction::Restrict) => "restrict",
        Some(ReferentialAction::Cascade) => "cascade",
        Some(ReferentialAction::SetNull) => "set null",
        Some(ReferentialAction::SetDefault) => "set default",
    }
}
