//! Every `data/suggest/CASE.sql` is read, and what its tables mean without declaring it is held against
//! the lines that begin with `-- >`.
//!
//! `-- > from.a, from.b -> to.c, to.d` and, after a `:`, a part of the reason if that matters.

use std::path::Path;

use crowfoot_schema::{Diagram, Dialect, IdMint, Table};
use crowfoot_suggest::{Suggester, Suggestion};

datatest_stable::harness! {
    { test = suggestions, root = "tests/data/suggest", pattern = r"\.sql$" },
}

fn suggestions(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let dialect = crowfoot_sql::detect(&text).unwrap_or(Dialect::PostgreSql);
    let diagram = crowfoot_sql::import(dialect, &text, &mut IdMint::new(0, 1)).value;
    let found = Suggester::new(&diagram).all();

    let mut faults = Vec::new();
    let mut expected: Vec<(&str, &str)> = Vec::new();
    for line in text.lines().filter_map(|it| it.strip_prefix("-- > ")) {
        expected.push(line.split_once(" : ").unwrap_or((line, "")));
    }
    for suggestion in &found {
        let said = said(&diagram, suggestion);
        match expected.iter().find(|it| it.0 == said) {
            None => faults.push(format!("{said} was not expected ({})", suggestion.reason)),
            Some((_, reason)) if !suggestion.reason.contains(reason) => {
                faults.push(format!("{said} says `{}` and not `{reason}`", suggestion.reason));
            }
            Some(_) => {}
        }
    }
    for (line, _) in expected {
        if !found.iter().any(|it| said(&diagram, it) == line) {
            faults.push(format!("{line} was not suggested"));
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n").into()) }
}

fn said(diagram: &Diagram, suggestion: &Suggestion) -> String {
    let side = |table, columns: &[_]| {
        let table: &Table = diagram.table(table).expect("suggestions are about the diagram");
        let name = |id: &_| table.column(*id).map_or("?", |it| it.name.as_str());
        let names: Vec<String> =
            columns.iter().map(|id| format!("{}.{}", table.name, name(id))).collect();
        names.join(", ")
    };
    format!(
        "{} -> {}",
        side(suggestion.from_table, &suggestion.from_columns),
        side(suggestion.to_table, &suggestion.to_columns)
    )
}
