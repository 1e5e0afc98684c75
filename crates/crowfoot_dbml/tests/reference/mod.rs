//! The reference implementation of DBML, the npm package `@dbml/core`, pinned in `oracle/`. It is an
//! oracle for tests and nothing else; `npm ci` installs it when it is not there yet.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Mutex,
};

use crowfoot_schema::{
    Cardinality, ColumnType, Diagram, Increment, IndexTarget, Ref, Side, Table, Uniqueness,
};
use serde_json::Value;

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
        let text = if text.len() < 5_000 { text } else { "" };
        return format!(
            "=== {name} is refused: {}\n{text}\n",
            errors[..errors.len().min(8)].join("\n  ")
        );
    }
    let text = if text.len() < 5_000 { text } else { "" };
    let (theirs, ours) = (theirs(read), ours(diagram));
    let only = |a: &[String], b: &[String]| {
        let b: BTreeSet<_> = b.iter().collect();
        let only: Vec<_> = a.iter().filter(|it| !b.contains(it)).take(8).cloned().collect();
        only.join("\n  ")
    };
    if theirs == ours {
        return String::new();
    }
    let (theirs, ours) = (only(&theirs, &ours), only(&ours, &theirs));
    format!("=== {name} differs\ntheirs\n  {theirs}\nours\n  {ours}\n{text}\n")
}

/// For each text how the reading of the reference implementation differs from ours.
pub(crate) fn differences(
    folder: &str,
    texts: &[(String, String)],
    diagrams: &[Diagram],
) -> Vec<String> {
    let answers = ask_about(folder, texts);
    let all = texts.iter().zip(diagrams).zip(&answers);
    all.map(|(((name, text), diagram), read)| compare(name, text, diagram, read)).collect()
}
