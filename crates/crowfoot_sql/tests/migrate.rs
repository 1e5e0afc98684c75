//! Migrations: every `data/migrate/DIALECT/CASE.sql` as scripts of all three dialects, up and down,
//! kept beside it as a snapshot with the notices; and the scripts run on real databases, in
//! `migrated/`.
//!
//! To add a case, add a file. To accept what changed, run with `INSTA_UPDATE=always` and read the
//! diff.

mod change;
mod migrated;
mod servers;

use change::{Case, DIALECTS, cases};
use crowfoot_schema::Printed;
use crowfoot_sql::migration;

#[test]
fn scripts_are_those_that_are_kept() {
    for (_, folder) in DIALECTS {
        for path in cases(folder) {
            let case = Case::read(&path).unwrap_or_else(|it| panic!("{}: {it}", path.display()));
            let mut shown = String::new();
            for (dialect, word) in DIALECTS {
                let migration = migration(dialect, &case.before, &case.after);
                shown.push_str(&format!("== {word}, up\n{}", told(&migration.up)));
                shown.push_str(&format!("== {word}, down\n{}\n", told(&migration.down)));
            }
            insta::with_settings!({
                snapshot_path => path.parent().unwrap(),
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                insta::assert_snapshot!(case.name, shown);
            });
        }
    }
}

fn told(printed: &Printed) -> String {
    let mut shown = printed.text.clone();
    for notice in &printed.notices {
        shown.push_str(&format!("! {}: {}\n", notice.code, notice.message));
    }
    shown
}
