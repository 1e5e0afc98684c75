//! The arrows of ARCHITECTURE.md: a crate uses crates of lower rows only.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand};

use crate::workspace::path;

/// Our crates and their rows. Those of a row do not know each other, except where [`WITHIN`] says
/// so.
const ROWS: [(&str, u32); 15] = [
    ("crowfoot_text", 0),
    ("crowfoot_schema", 0),
    ("crowfoot_sql", 1),
    ("crowfoot_dbml", 1),
    ("crowfoot_suggest", 1),
    ("crowfoot_layout", 1),
    ("crowfoot_lint", 2),
    ("crowfoot_app", 3),
    ("crowfoot_wasm", 3),
    ("crowfoot_image", 3),
    ("crowfoot_server", 4),
    ("crowfoot_store", 4),
    ("crowfoot_introspect", 4),
    ("crowfoot_cli", 5),
    ("xtask", 6),
];

/// Arrows that are fine inside a row.
const WITHIN: [(&str, &str); 2] =
    [("crowfoot_schema", "crowfoot_text"), ("crowfoot_server", "crowfoot_store")];

/// What only some crates may use directly.
const KEPT: [(&str, &[&str]); 3] = [
    ("sqlx", &["crowfoot_store", "crowfoot_introspect"]),
    ("axum", &["crowfoot_server"]),
    ("clap", &["crowfoot_cli", "xtask"]),
];

/// Packages that stand outside the rows: chores that ship in nothing.
const CHORES: [&str; 2] = ["xtask", "wasm_glue"];

/// The highest row whose crates stay pure: no I/O, no async, no clock.
const PURE: u32 = 2;

/// What a pure crate must not use.
const IMPURE: [&str; 6] = ["tokio", "reqwest", "hyper", "rand", "jiff", "chrono"];

pub(super) fn check() -> Result<Vec<String>> {
    let metadata = MetadataCommand::new()
        .manifest_path(path("Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .no_deps()
        .exec()?;
    Ok(faults(&arrows(&metadata)))
}

/// For each package of the workspace what it depends on, tests left out.
fn arrows(metadata: &Metadata) -> BTreeMap<String, BTreeSet<String>> {
    let of_package = |package: &cargo_metadata::Package| {
        let uses = package.dependencies.iter();
        let uses = uses.filter(|it| it.kind != DependencyKind::Development);
        (package.name.to_string(), uses.map(|it| it.name.clone()).collect())
    };
    metadata.workspace_packages().into_iter().map(of_package).collect()
}

fn faults(arrows: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let rows: BTreeMap<&str, u32> = ROWS.into_iter().collect();
    let mut faults = Vec::new();
    for (package, uses) in arrows {
        for (kept, owners) in KEPT {
            if uses.contains(kept) && !owners.contains(&package.as_str()) {
                faults.push(format!("`{package}` uses `{kept}`, which is for {owners:?} only"));
            }
        }
        if CHORES.contains(&package.as_str()) {
            continue;
        }
        let Some(&row) = rows.get(package.as_str()) else {
            faults.push(format!("`{package}` has no row in xtask/src/tidy/crates.rs"));
            continue;
        };
        for used in uses {
            if row <= PURE && IMPURE.contains(&used.as_str()) {
                faults.push(format!("`{package}` is pure and uses `{used}`"));
            }
            let Some(&below) = rows.get(used.as_str()) else { continue };
            if below >= row && !WITHIN.contains(&(package.as_str(), used.as_str())) {
                faults.push(format!("`{package}` (row {row}) uses `{used}` (row {below})"));
            }
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    fn check(package: &str, uses: &str, expected: &[&str]) {
        let uses = uses.split_whitespace().map(str::to_owned).collect();
        let arrows = BTreeMap::from([(package.to_owned(), uses)]);
        assert_eq!(super::faults(&arrows), expected);
    }

    #[test]
    fn lower_rows_may_be_used() {
        check("crowfoot_app", "crowfoot_sql crowfoot_text serde", &[]);
    }

    #[test]
    fn neighbours_and_upper_rows_may_not() {
        check(
            "crowfoot_sql",
            "crowfoot_dbml crowfoot_app",
            &[
                "`crowfoot_sql` (row 1) uses `crowfoot_app` (row 3)",
                "`crowfoot_sql` (row 1) uses `crowfoot_dbml` (row 1)",
            ],
        );
    }

    #[test]
    fn what_is_kept_stays_where_it_is() {
        check(
            "crowfoot_app",
            "axum",
            &["`crowfoot_app` uses `axum`, which is for [\"crowfoot_server\"] only"],
        );
    }

    #[test]
    fn the_core_stays_pure() {
        check("crowfoot_layout", "tokio", &["`crowfoot_layout` is pure and uses `tokio`"]);
    }

    #[test]
    fn a_new_crate_gets_a_row() {
        check("crowfoot_new", "", &["`crowfoot_new` has no row in xtask/src/tidy/crates.rs"]);
    }
}
