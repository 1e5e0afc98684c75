//! Cases of migrations: a diagram before and after, with rows to keep.
//!
//! A case is a SQL file in parts. What is written before the first divider makes the older diagram;
//! `--- after` the newer one, in which remarks such as `-- table users people` and
//! `-- column people name full_name` tell what was renamed; `--- rows` fills the older database;
//! `--- look before` and `--- look after` ask both databases for what must be the same.

use std::path::{Path, PathBuf};

use crowfoot_schema::{Diagram, IdMint, Renames, align};
use crowfoot_sql::{Dialect, import};
use crowfoot_text::Severity;

/// The dialects and the folders of their cases.
pub(crate) const DIALECTS: [(Dialect, &str); 3] =
    [(Dialect::PostgreSql, "postgresql"), (Dialect::MySql, "mysql"), (Dialect::Sqlite, "sqlite")];

/// One case.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) dialect: Dialect,
    pub(crate) before: Diagram,
    pub(crate) after: Diagram,
    pub(crate) rows: String,
    pub(crate) look_before: String,
    pub(crate) look_after: String,
}

impl Case {
    /// Reads a case.
    ///
    /// # Errors
    /// When the file is not one, or its SQL is not understood to the last word.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let text = std::fs::read_to_string(path).map_err(|it| it.to_string())?;
        let folder = path.parent().and_then(Path::file_name).and_then(|it| it.to_str());
        let (dialect, _) = DIALECTS
            .into_iter()
            .find(|it| Some(it.1) == folder)
            .ok_or("no dialect is called like that folder")?;
        let name = path.file_stem().and_then(|it| it.to_str()).ok_or("a case has a name")?;
        let (mut before, mut after, mut rows) = (String::new(), String::new(), String::new());
        let (mut look_before, mut look_after) = (String::new(), String::new());
        let mut part = &mut before;
        for line in text.lines() {
            match line.strip_prefix("--- ") {
                Some("after") => part = &mut after,
                Some("rows") => part = &mut rows,
                Some("look before") => part = &mut look_before,
                Some("look after") => part = &mut look_after,
                Some(other) => return Err(format!("a case has no part `{other}`")),
                None => {
                    part.push_str(line);
                    part.push('\n');
                }
            }
        }
        let renames = renames(&after);
        let before = read(dialect, &before, 1)?;
        let after = align(&before, &read(dialect, &after, 1 << 40)?, &renames);
        let name = name.to_owned();
        Ok(Self { name, dialect, before, after, rows, look_before, look_after })
    }
}

/// All cases of a dialect's folder.
pub(crate) fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/migrate").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the cases lie beside this file")
        .filter_map(|it| Some(it.ok()?.path()))
        .filter(|it| it.extension().is_some_and(|it| it == "sql"))
        .collect();
    paths.sort();
    paths
}

fn read(dialect: Dialect, text: &str, seed: u128) -> Result<Diagram, String> {
    let read = import(dialect, text, &mut IdMint::new(0, seed));
    match read.diagnostics.iter().find(|it| it.severity != Severity::Info) {
        Some(it) => Err(format!("the case is not clean: {it:?}")),
        None => Ok(read.value),
    }
}

fn renames(text: &str) -> Renames {
    let mut renames = Renames::default();
    for line in text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["--", "table", from, to] => renames.tables.push((from.into(), to.into())),
            ["--", "column", table, from, to] => {
                renames.columns.push((table.into(), from.into(), to.into()));
            }
            _ => {}
        }
    }
    renames
}
