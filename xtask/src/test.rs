//! `cargo xtask test`: everything that must hold before a change is taken.

use anyhow::Result;

use crate::{
    codegen,
    packages::{self, Need},
    steps::{Steps, Tally, run_counting},
    tidy, wasm, web,
    workspace::{cargo, target},
};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Leave out the browser tests
    #[arg(long)]
    no_browser: bool,
    /// Install nothing, and take what is there
    #[arg(long)]
    no_install: bool,
}

/// What the tests need of the operating system.
const NEEDS: [Need; 5] = [
    Need {
        package: "chromium",
        files: &["/usr/bin/chromium"],
        programs: &["chromium", "chromium-browser", "google-chrome"],
    },
    Need { package: "postgresql", files: &["/usr/lib/postgresql"], programs: &["postgres"] },
    Need {
        package: "mariadb-server",
        files: &["/usr/sbin/mariadbd"],
        programs: &["mariadbd", "mysqld"],
    },
    Need { package: "mariadb-client", files: &[], programs: &["mariadb", "mysql"] },
    Need { package: "sqlite3", files: &[], programs: &["sqlite3"] },
];

/// Runs all steps, also those after a failed one, and closes with how many tests passed and failed.
pub(crate) fn test(options: &Options) -> Result<()> {
    let mut steps = Steps::default();

    if !options.no_install {
        steps.step("system packages", || packages::ensure(&NEEDS).map(|()| Tally::PASSED));
    }
    steps.step("format", || run_counting(cargo().args(["fmt", "--all", "--check"])));
    steps.step("clippy", || {
        run_counting(
            cargo()
                .args(["clippy", "--quiet", "--workspace", "--all-targets", "--"])
                .args(["-D", "warnings"]),
        )
    });
    steps.step("tidy", || tidy::tidy().map(|()| Tally::PASSED));
    steps.step("Rust tests", || {
        run_counting(cargo().args(["test", "--quiet", "--workspace", "--no-fail-fast"]))
    });

    let has_web = steps.step("npm packages", || web::install_packages().map(|()| Tally::PASSED))
        && steps.step("core for the browser", || {
            wasm::build(&wasm::Options::RELEASE).map(|()| Tally::PASSED)
        });
    if has_web {
        steps.step("generated code", || {
            codegen::codegen(&codegen::Options::CHECK).map(|()| Tally::PASSED)
        });
        for (name, script) in [
            ("TypeScript format", "format:check"),
            ("TypeScript and Svelte types", "check"),
            ("TypeScript types of the tests", "check:node"),
            ("TypeScript tests", "test"),
        ] {
            steps.step(name, || run_counting(web::npm().args(["run", "--silent", script])));
        }
        let is_built = steps.step("web app", || web::build().map(|()| Tally::PASSED))
            && steps.step("server", || {
                run_counting(cargo().args(["build", "--quiet", "--package", "crowfoot_cli"]))
            });
        if is_built && !options.no_browser {
            steps.step("browser tests", browser_tests);
        }
    }
    steps.close()
}

fn browser_tests() -> Result<Tally> {
    let mut tests = web::npm();
    tests.args(["run", "--silent", "e2e"]).env("CROWFOOT_BINARY", target().join("debug/crowfoot"));
    web::choose_browser(&mut tests);
    run_counting(&mut tests)
}
