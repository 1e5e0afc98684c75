//! Which toolchain can build for WebAssembly on this machine.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{
    packages,
    wasm::TARGET,
    workspace::{cargo, command, find_program, output},
};

/// A way to build for WebAssembly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toolchain {
    /// The one that runs this chore has the target's standard library.
    Own,
    /// Debian's compiler builds the standard library from its sources first.
    Debian,
}

/// Forces one of the ways: `own` or `debian`.
const CHOICE: &str = "CROWFOOT_WASM_TOOLCHAIN";

/// Debian's packages that have the compiler, cargo and the sources of the standard library.
const PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

impl Toolchain {
    /// The first way that works here; installs what it takes.
    pub(crate) fn find() -> Result<Self> {
        match env::var(CHOICE).ok().as_deref() {
            Some("own") => return Ok(Self::Own),
            Some("debian") => {
                install_debian()?;
                return Ok(Self::Debian);
            }
            Some(other) => bail!("{CHOICE} is `own` or `debian`, not `{other}`"),
            None => {}
        }

        if has_target() || add_target() {
            return Ok(Self::Own);
        }
        if is_debian_installed() || packages::can_install() {
            install_debian()?;
            return Ok(Self::Debian);
        }
        bail!("please install the target {TARGET} (`rustup target add {TARGET}`)")
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Debian => "debian",
        }
    }

    /// `cargo build`, to be completed with the package.
    pub(crate) fn cargo_build(self) -> Result<Command> {
        match self {
            Self::Own => {
                let mut build = cargo();
                build.arg("build");
                Ok(build)
            }
            Self::Debian => debian_cargo_build(),
        }
    }
}

fn has_target() -> bool {
    output(rustc().args(["--print", "target-libdir", "--target", TARGET]))
        .is_ok_and(|folder| Path::new(&folder).is_dir())
}

/// Asks rustup for the target; it may have no network, and that is fine.
fn add_target() -> bool {
    if find_program("rustup").is_none() {
        return false;
    }
    eprintln!("adding the target {TARGET}");
    output(command("rustup").args(["target", "add", TARGET])).is_ok() && has_target()
}

fn is_debian_installed() -> bool {
    PACKAGES.iter().all(|package| {
        output(command("dpkg-query").args(["--show", "--showformat=${db:Status-Status}", package]))
            .is_ok_and(|it| it == "installed")
    })
}

fn install_debian() -> Result<()> {
    if is_debian_installed() { Ok(()) } else { packages::install(&PACKAGES) }
}

fn debian_cargo_build() -> Result<Command> {
    let mut build = command("/usr/bin/cargo");
    // What rustup's cargo told this process would lead Debian's astray.
    for name in
        ["CARGO", "RUSTUP_TOOLCHAIN", "RUSTC_WRAPPER", "RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS"]
    {
        build.env_remove(name);
    }
    build
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", "/usr/bin/rustc")
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker()?)
        .args(["build", "-Zbuild-std=std,panic_abort"]);
    Ok(build)
}

/// `rust-lld` of the toolchain that runs this chore.
fn linker() -> Result<PathBuf> {
    let host = output(rustc().args(["--print", "host-tuple"]))?;
    let sysroot = output(rustc().args(["--print", "sysroot"]))?;
    let linker = Path::new(&sysroot).join("lib/rustlib").join(host).join("bin").join("rust-lld");
    if linker.is_file() {
        return Ok(linker);
    }
    find_program("wasm-ld")
        .or_else(|| find_program("rust-lld"))
        .context("no linker for WebAssembly: please install `lld`")
}

fn rustc() -> Command {
    command(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}
