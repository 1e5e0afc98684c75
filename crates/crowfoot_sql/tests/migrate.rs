//! Every `data/migrate/DIALECT/CASE.sql` as scripts of all three dialects, up and down, kept beside
//! it as a snapshot with the notices.
//!
//! To add a case, add a file. To accept what changed, run with `INSTA_UPDATE=always` and read the
//! diff. That the scripts run and lead where they should is `migrated_databases.rs`.

mod change;

use std::path::Path;

use change::{Case, DIALECTS};
use crowfoot_schema::Printed;
use crowfoot_sql::migration;

datatest_stable::harness! {
    { test = migrates, root = "tests/data/migrate", pattern = r"\.sql$" },
}

fn migrates(path: &Path) -> datatest_stable::Result<()> {
    let case = Case::read(path)?;
    let mut shown = String::new();
    for (dialect, word) in DIALECTS {
        let migration = migration(dialect, &case.before, &case.after);
        shown.push_str(&format!("== {word}, up\n{}", told(&migration.up)));
        shown.push_str(&format!("== {word}, down\n{}\n", told(&migration.down)));
    }
    let folder = path.parent().ok_or("a case lies in its dialect's folder")?;
    insta::with_settings!({
        snapshot_path => std::path::absolute(folder)?,
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(case.name, shown);
    });
    Ok(())
}

fn told(printed: &Printed) -> String {
    let mut shown = printed.text.clone();
    for notice in &printed.notices {
        shown.push_str(&format!("! {}: {}\n", notice.code, notice.message));
    }
    shown
}
