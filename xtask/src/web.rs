//! The web app: its packages and its build.

use std::{fs, process::Command};

use anyhow::{Result, bail};

use crate::{
    wasm,
    workspace::{command, find_program, path, run},
};

/// A command of npm, in the folder of the web app.
pub(crate) fn npm() -> Command {
    let mut npm = command("npm");
    npm.current_dir(path("web"));
    npm
}

/// Installs the packages of the lock file, unless these very ones are there.
pub(crate) fn install_packages() -> Result<()> {
    if find_program("npm").is_none() {
        bail!("please install Node 20.19 or newer, with npm");
    }
    let wanted = fs::read(path("web/package-lock.json"))?;
    let installed = path("web/node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|it| it == wanted) {
        return Ok(());
    }
    eprintln!("installing the npm packages of web");
    run(npm().args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
    Ok(fs::write(installed, wanted)?)
}

/// Builds `web/dist`; the core must be built.
pub(crate) fn build() -> Result<()> {
    run(npm().args(["run", "--silent", "build", "--", "--logLevel", "warn"]))
}

/// Tells a command of Playwright which browser is there.
pub(crate) fn choose_browser(command: &mut Command) {
    let browsers = ["chromium", "chromium-browser", "google-chrome"];
    if let Some(browser) = browsers.into_iter().find_map(find_program) {
        command.env("CROWFOOT_CHROMIUM", browser);
    }
}

/// Builds `web/dist` and all that it needs.
pub(crate) fn build_with_core() -> Result<()> {
    install_packages()?;
    wasm::build(&wasm::Options::RELEASE)?;
    build()
}
