//! Every `data/import/DIALECT/CASE.sql` is read, and what came of it is kept beside it as a snapshot:
//! the outline of the diagram, then what was said about the text.
//!
//! To add a case, add a file whose first comment says what it expects. To accept what changed, run
//! with `INSTA_UPDATE=always` and read the diff.

use std::path::Path;

use crowfoot_schema::{IdMint, outline};
use crowfoot_sql::{Dialect, detect, import};
use crowfoot_text::LineIndex;

datatest_stable::harness! {
    { test = imports, root = "tests/data/import", pattern = r"\.sql$" },
}

fn imports(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let folder = path.parent().ok_or("a case lies in its dialect's folder")?;
    let dialect = match folder.file_name().and_then(|it| it.to_str()) {
        Some("postgresql") => Dialect::PostgreSql,
        Some("mysql") => Dialect::MySql,
        Some("sqlite") => Dialect::Sqlite,
        _ => return Err("no dialect is called like that folder".into()),
    };
    let case = path.file_stem().and_then(|it| it.to_str()).ok_or("a case has a name")?;

    let parsed = import(dialect, &text, &mut IdMint::new(0, 0));
    let lines = LineIndex::new(&text);
    let report: Vec<String> = parsed.diagnostics.iter().map(|it| it.summary(&lines)).collect();
    let detected = match detect(&text) {
        Some(found) if found == dialect => String::new(),
        other => format!("\ndetected as {other:?}"),
    };

    insta::with_settings!({
        snapshot_path => std::path::absolute(folder)?,
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        let found = format!("{}---\n{}{detected}", outline(&parsed.value), report.join("\n"));
        insta::assert_snapshot!(case, found);
    });
    Ok(())
}
