//! What we print is read by the reference implementation without an error and means the same to
//! it; what people write means the same to both of us.
//!
//! The reference is the npm package `@dbml/core`, pinned in `oracle/`. It is an oracle for tests
//! and nothing else; it is installed by `npm ci` when it is not there yet.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use crowfoot_schema::{
    Cardinality, ColumnType, Diagram, IdMint, Increment, IndexTarget, Ref, Side, Table, Uniqueness,
};
use serde_json::Value;

fn mint() -> IdMint {
    IdMint::new(1_700_000_000_000, 7)
}

/// What the reference implementation says of each file.
fn ask(files: &[PathBuf]) -> BTreeMap<PathBuf, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle");
    static INSTALL: Mutex<()> = Mutex::new(());
    let guard = INSTALL.lock().unwrap();
    if !folder.join("node_modules/@dbml/core").exists() {
        let status = Command::new("npm")
            .args(["ci", "--no-audit", "--no-fund", "--silent"])
            .current_dir(&folder)
            .status()
            .expect("npm is needed to install the reference implementation of DBML");
        assert!(status.success(), "`npm ci` failed in {}", folder.display());
    }
    drop(guard);
    let mut found = BTreeMap::new();
    for some in files.chunks(200) {
        let output = Command::new("node")
            .arg(folder.join("read.mjs"))
            .args(some)
            .output()
            .expect("node is needed to run the reference implementation of DBML");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let answer: BTreeMap<PathBuf, Value> = serde_json::from_slice(&output.stdout).unwrap();
        found.extend(answer);
    }
    found
}

/// Writes the texts to a folder of their own and asks about them.
fn ask_about(name: &str, texts: &[(String, String)]) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).unwrap();
    let paths: Vec<PathBuf> =
        texts.iter().map(|(name, _)| folder.join(format!("{name}.dbml"))).collect();
    for (path, (_, text)) in paths.iter().zip(texts) {
        fs::write(path, text).unwrap();
    }
    let mut answers = ask(&paths);
    paths.iter().map(|it| answers.remove(it).unwrap()).collect()
}

fn qualified(schema: Option<&str>, name: &str) -> String {
    schema.map_or_else(|| name.to_owned(), |it| format!("{it}.{name}"))
}

/// The tables, columns, refs and enums of a diagram, one a line, sorted.
fn ours(diagram: &Diagram) -> Vec<String> {
    let mut lines = Vec::new();
    for table in diagram.tables() {
        let title = qualified(table.schema.as_deref(), &table.name);
        lines.push(format!("table {title}"));
        for column in &table.columns {
            let ty = match &column.ty {
                ColumnType::Named(text) => text.to_string(),
                ColumnType::Enum { id, dimensions } => {
                    let item = diagram.enumeration(*id).unwrap();
                    let name = qualified(item.schema.as_deref(), &item.name);
                    name + &"[]".repeat(usize::from(*dimensions))
                }
            };
            let is_unique = table.indexes.iter().any(|it| {
                it.uniqueness == Uniqueness::Constraint
                    && it.name.is_none()
                    && matches!(&*it.parts, [part] if part.target == IndexTarget::Column(column.id))
            });
            lines.push(format!(
                "column {title} {} {ty} pk {} unique {is_unique} not null {} increment {}",
                column.name,
                table.is_primary(column.id),
                column.not_null,
                column.increment == Some(Increment::Auto),
            ));
        }
    }
    lines.extend(diagram.refs().map(|it| our_ref(diagram, it)));
    for item in diagram.enums() {
        let values: Vec<_> = item.values.iter().map(|it| it.name.as_str()).collect();
        let name = qualified(item.schema.as_deref(), &item.name);
        lines.push(format!("enum {name} {values:?}"));
    }
    lines.sort();
    lines
}

fn our_ref(diagram: &Diagram, it: &Ref) -> String {
    let named = |table: &Table, id| table.column(id).unwrap().name.to_string();
    let end = |side: Side, is_many: bool, optional: Option<bool>| {
        let table = diagram.table(it.table(side)).unwrap();
        let columns: Vec<_> = it.side_columns(side).iter().map(|id| named(table, *id)).collect();
        let relation = match (is_many, optional) {
            (true, Some(true)) => "0..*",
            (true, _) => "*",
            (false, Some(true)) => "0..1",
            (false, _) => "1",
        };
        format!("{} {columns:?} {relation}", qualified(table.schema.as_deref(), &table.name))
    };
    let (from_many, to_many) = match it.cardinality {
        Cardinality::ManyToOne => (true, false),
        Cardinality::OneToMany => (false, true),
        Cardinality::OneToOne => (false, false),
        Cardinality::ManyToMany => (true, true),
    };
    let mut ends =
        [end(Side::From, from_many, it.from_optional), end(Side::To, to_many, it.to_optional)];
    ends.sort();
    let name = it.name.as_deref().unwrap_or("");
    format!("ref {name:?} {} {}", ends[0], ends[1])
}

/// The same of what the reference implementation read.
fn theirs(read: &Value) -> Vec<String> {
    let text = |it: &Value| it.as_str().unwrap_or("").to_owned();
    let strings = |it: &Value| -> Vec<String> { it.as_array().unwrap().iter().map(text).collect() };
    let list = |it: &Value| it.as_array().unwrap().clone();
    let mut lines = Vec::new();
    for table in list(&read["tables"]) {
        let title = qualified(table["schema"].as_str(), table["name"].as_str().unwrap());
        lines.push(format!("table {title}"));
        let indexes = list(&table["indexes"]);
        for column in list(&table["columns"]) {
            let name = text(&column["name"]);
            let in_key = indexes
                .iter()
                .filter(|it| it["pk"] == true)
                .any(|it| list(&it["columns"]).iter().any(|it| it["value"] == name.as_str()));
            // The schema of a type is told with its name or beside it.
            let mut ty = text(&column["type"]);
            if let Some(schema) = column["typeSchema"].as_str()
                && !ty.starts_with(&format!("{schema}."))
            {
                ty = format!("{schema}.{ty}");
            }
            lines.push(format!(
                "column {title} {name} {ty} pk {} unique {} not null {} increment {}",
                column["pk"] == true || in_key,
                column["unique"],
                column["notNull"],
                column["increment"],
            ));
        }
    }
    for it in list(&read["refs"]) {
        let mut ends: Vec<String> = list(&it["ends"])
            .iter()
            .map(|end| {
                let table = qualified(end["schema"].as_str(), end["table"].as_str().unwrap());
                format!("{table} {:?} {}", strings(&end["columns"]), text(&end["relation"]))
            })
            .collect();
        ends.sort();
        lines.push(format!("ref {:?} {} {}", text(&it["name"]), ends[0], ends[1]));
    }
    for item in list(&read["enums"]) {
        let name = qualified(item["schema"].as_str(), item["name"].as_str().unwrap());
        lines.push(format!("enum {name} {:?}", strings(&item["values"])));
    }
    lines.sort();
    lines
}

/// How the two readings of a text differ; empty if they do not.
fn compare(name: &str, text: &str, diagram: &Diagram, read: &Value) -> String {
    let errors: Vec<_> =
        read["errors"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
    if !errors.is_empty() {
        return format!("=== {name} is refused: {}\n{text}\n", errors.join("\n  "));
    }
    let (theirs, ours) = (theirs(read), ours(diagram));
    let only = |a: &[String], b: &[String]| {
        let only: Vec<_> = a.iter().filter(|it| !b.contains(it)).cloned().collect();
        only.join("\n  ")
    };
    if theirs == ours {
        return String::new();
    }
    let (theirs, ours) = (only(&theirs, &ours), only(&ours, &theirs));
    format!("=== {name} differs\ntheirs\n  {theirs}\nours\n  {ours}\n{text}\n")
}

fn check_all(folder: &str, texts: &[(String, String)], diagrams: &[Diagram]) {
    let answers = ask_about(folder, texts);
    let differences: String = texts
        .iter()
        .zip(diagrams)
        .zip(&answers)
        .map(|(((name, text), diagram), read)| compare(name, text, diagram, read))
        .collect();
    assert!(differences.is_empty(), "{differences}");
}

fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|it| it.extension().is_some_and(|it| it == "dbml"))
        .map(|it| {
            let name = it.file_stem().unwrap().to_string_lossy().into_owned();
            (name, fs::read_to_string(it).unwrap())
        })
        .collect()
}

/// Those fixtures are full of slips, or of blocks that only we let pass.
const NOT_FOR_ALL: [&str; 3] = ["errors", "unclosed", "kept"];

#[test]
fn fixtures_mean_the_same_to_the_reference_implementation() {
    let mut texts = fixtures();
    texts.retain(|it| !NOT_FOR_ALL.contains(&&*it.0));
    let read = |it: &(String, String)| crowfoot_dbml::import(&it.1, &mut mint()).value;
    let diagrams: Vec<Diagram> = texts.iter().map(read).collect();
    check_all("fixtures", &texts, &diagrams);
    for ((_, text), diagram) in texts.iter_mut().zip(&diagrams) {
        *text = crowfoot_dbml::print(diagram).text;
    }
    check_all("printed", &texts, &diagrams);
}

#[test]
fn random_diagrams_mean_the_same_to_the_reference_implementation() {
    let make = |seed| support::diagram(seed, 1 + seed as usize % 6, true);
    let diagrams: Vec<Diagram> = (0..200).map(make).collect();
    let print = |(at, it): (usize, &Diagram)| (at.to_string(), crowfoot_dbml::print(it).text);
    let texts: Vec<(String, String)> = diagrams.iter().enumerate().map(print).collect();
    check_all("random", &texts, &diagrams);
}
