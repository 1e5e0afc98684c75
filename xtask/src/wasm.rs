//! The core for the browser: `crowfoot_wasm` as WebAssembly, and its JavaScript glue.

mod toolchain;

use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    wasm::toolchain::Toolchain,
    workspace::{cargo, path, run, target},
};

pub(crate) const TARGET: &str = "wasm32-unknown-unknown";

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Build with optimisation
    #[arg(long)]
    release: bool,
}

impl Options {
    pub(crate) const RELEASE: Self = Self { release: true };

    fn profile(&self) -> &'static str {
        if self.release { "release" } else { "debug" }
    }
}

/// Builds the module and the glue into `web/src/core/wasm`.
pub(crate) fn build(options: &Options) -> Result<()> {
    let toolchain = Toolchain::find()?;
    let target = target().join("wasm").join(toolchain.name());

    let mut build = toolchain.cargo_build()?;
    build.args(["--package", "crowfoot_wasm", "--target", TARGET]);
    if options.release {
        // The browser has one thread for it, and everybody waits for that: worth a slower build.
        build
            .arg("--release")
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Ctarget-feature=+simd128")
            .env("CARGO_PROFILE_RELEASE_LTO", "fat")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "1");
    }
    run(build.env("CARGO_TARGET_DIR", &target))?;

    let module = target.join(TARGET).join(options.profile()).join("crowfoot_wasm.wasm");
    make_glue(&module, &path("web/src/core/wasm"))
}

/// Makes the glue, unless it is there for this very module.
fn make_glue(module: &Path, folder: &Path) -> Result<()> {
    let made_from = folder.join("made_from.wasm");
    let bytes = fs::read(module).with_context(|| format!("no module at {}", module.display()))?;
    if fs::read(&made_from).is_ok_and(|it| it == bytes) {
        return Ok(());
    }

    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    run(cargo().args(["run", "--quiet", "--package", "wasm_glue", "--"]).args([module, folder]))?;
    Ok(fs::write(made_from, bytes)?)
}
