//! Every `data/print/DIALECT/CASE.sql` is imported and printed in all three dialects; what came of
//! it is kept beside it as a snapshot, with the notices.
//!
//! To add a case, add a file. To accept what changed, run with `INSTA_UPDATE=always` and read the
//! diff.

use std::path::Path;

use crowfoot_schema::{Diagram, IdMint, OutlineParts, outline_of};
use crowfoot_sql::{Dialect, import, print};
use crowfoot_text::Severity;
use sqlparser::dialect::{MySqlDialect, PostgreSqlDialect, SQLiteDialect};

datatest_stable::harness! {
    { test = prints, root = "tests/data/print", pattern = r"\.sql$" },
}

const DIALECTS: [(Dialect, &str); 3] =
    [(Dialect::PostgreSql, "postgresql"), (Dialect::MySql, "mysql"), (Dialect::Sqlite, "sqlite")];

fn prints(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let folder = path.parent().ok_or("a case lies in its dialect's folder")?;
    let word = folder.file_name().and_then(|it| it.to_str()).ok_or("the folder has a name")?;
    let (dialect, _) = DIALECTS
        .into_iter()
        .find(|it| it.1 == word)
        .ok_or("no dialect is called like that folder")?;
    let case = path.file_stem().and_then(|it| it.to_str()).ok_or("a case has a name")?;

    let read = import(dialect, &text, &mut IdMint::new(0, 1));
    if read.diagnostics.iter().any(|it| it.severity != Severity::Info) {
        return Err(format!("the case is not clean: {:?}", read.diagnostics).into());
    }
    let mut shown = String::new();
    for (target, word) in DIALECTS {
        let printed = print(target, &read.value);
        shown.push_str(&format!("-- {word}\n{}\n", printed.text));
        for notice in &printed.notices {
            shown.push_str(&format!("! {}: {}\n", notice.code, notice.message));
        }
        is_accepted(target, &printed.text)?;
    }

    let own = print(dialect, &read.value).text;
    let again = import(dialect, &own, &mut IdMint::new(0, 2)).value;
    similar(&outline(dialect, &read.value), &outline(dialect, &again))?;
    // SQLite keeps no notes, so that what is read again has none to print.
    let again = print(dialect, &again).text;
    if dialect != Dialect::Sqlite && again != own {
        return Err(format!("printed the second time it is another script:\n{again}").into());
    }

    insta::with_settings!({
        snapshot_path => std::path::absolute(folder)?,
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(case, shown);
    });
    Ok(())
}

fn outline(dialect: Dialect, diagram: &Diagram) -> String {
    // SQLite keeps no notes: they are printed as remarks for people.
    let parts = OutlineParts { notes: dialect != Dialect::Sqlite, ..OutlineParts::SQL };
    outline_of(diagram, parts)
}

fn similar(before: &str, after: &str) -> Result<(), String> {
    let mut pairs = before.lines().zip(after.lines());
    match pairs.find(|(left, right)| left != right) {
        Some((left, right)) => Err(format!("printed and imported again, `{left}` is `{right}`")),
        None if before != after => Err("printed and imported again, something is missing".into()),
        None => Ok(()),
    }
}

/// An independent parser takes every statement.
fn is_accepted(dialect: Dialect, text: &str) -> Result<(), String> {
    let result = match dialect {
        Dialect::PostgreSql => sqlparser::parser::Parser::parse_sql(&PostgreSqlDialect {}, text),
        Dialect::MySql => sqlparser::parser::Parser::parse_sql(&MySqlDialect {}, text),
        Dialect::Sqlite => sqlparser::parser::Parser::parse_sql(&SQLiteDialect {}, text),
    };
    result.map(|_| ()).map_err(|it| format!("sqlparser does not take it: {it}\n{text}"))
}
