//! `cargo xtask frames`: what frames of the canvas cost in a real browser.

use std::path::Path;

use anyhow::Result;

use crate::{
    web,
    workspace::{cargo, path, run, target},
};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Numbers of tables to generate schemas of, and files of SQL or DBML
    #[arg(default_values = ["100", "1000", "10000"])]
    input: Vec<String>,
    /// How many steps a gesture has
    #[arg(long, default_value_t = 90)]
    steps: u32,
    /// Device pixels for a CSS pixel
    #[arg(long, default_value_t = 1)]
    ratio: u32,
    /// Build nothing, and take what is there
    #[arg(long)]
    no_build: bool,
}

/// Builds the product and measures it with the browser tests' tools.
pub(crate) fn frames(options: &Options) -> Result<()> {
    if !options.no_build {
        web::build_with_core()?;
        run(cargo().args(["build", "--release", "--package", "crowfoot_cli"]))?;
    }
    let input: Result<Vec<String>> = options.input.iter().map(|it| absolute(it)).collect();
    let mut bench = web::npm();
    bench
        .args(["run", "--silent", "frames"])
        .env("CROWFOOT_BINARY", target().join("release/crowfoot"))
        .env("CROWFOOT_WEB_DIR", path("web/dist"))
        .env("BENCH_INPUT", input?.join("\n"))
        .env("BENCH_STEPS", options.steps.to_string())
        .env("BENCH_RATIO", options.ratio.to_string());
    web::choose_browser(&mut bench);
    run(&mut bench)
}

/// A number as it is, and a file by its whole path: the bench runs in another folder.
fn absolute(input: &str) -> Result<String> {
    if input.bytes().all(|it| it.is_ascii_digit()) {
        return Ok(input.to_owned());
    }
    Ok(std::path::absolute(Path::new(input))?.to_string_lossy().into_owned())
}
