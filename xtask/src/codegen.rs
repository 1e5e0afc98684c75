//! `cargo xtask codegen`: TypeScript that follows from Rust and is never typed by hand.

use std::fs;

use anyhow::{Result, bail};

use crate::{
    web,
    workspace::{cargo, path, run, target},
};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Change nothing; fail if something is out of date
    #[arg(long)]
    check: bool,
}

impl Options {
    pub(crate) const CHECK: Self = Self { check: true };
}

/// Regenerates what follows from the model and from the API.
pub(crate) fn codegen(options: &Options) -> Result<()> {
    web::install_packages()?;
    model(options)?;
    api(options)
}

/// The types of the model: a test of `crowfoot_wasm` compares them, and writes them when told so.
fn model(options: &Options) -> Result<()> {
    let mut test = cargo();
    test.args(["test", "--quiet", "--package", "crowfoot_wasm", "--lib", "typescript"]);
    if !options.check {
        test.env("CROWFOOT_UPDATE", "1");
    }
    run(&mut test)
}

/// The types of the API, from its OpenAPI document.
fn api(options: &Options) -> Result<()> {
    let document = path("crates/crowfoot_server/openapi.json");
    let committed = path("web/src/api/generated/openapi.ts");
    let fresh = target().join("openapi.ts");
    fs::create_dir_all(target())?;
    run(web::npm()
        .args(["exec", "--offline", "--", "openapi-typescript"])
        .arg(document)
        .arg("--output")
        .arg(&fresh)
        .stdout(std::process::Stdio::null()))?;

    let fresh = fs::read(fresh)?;
    if fs::read(&committed).is_ok_and(|it| it == fresh) {
        return Ok(());
    }
    if options.check {
        bail!("{} is out of date: run `cargo xtask codegen`", committed.display());
    }
    if let Some(folder) = committed.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(committed, fresh)?)
}
