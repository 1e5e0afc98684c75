//! Packages of the operating system that chores need.

use std::{fs, path::Path, process::Command};

use anyhow::{Result, bail};

use crate::workspace::{find_program, output, run};

/// Something that a chore needs: present when any of the files or programs is.
pub(crate) struct Need {
    pub(crate) package: &'static str,
    pub(crate) files: &'static [&'static str],
    pub(crate) programs: &'static [&'static str],
}

impl Need {
    fn is_met(&self) -> bool {
        self.files.iter().any(|it| Path::new(it).exists())
            || self.programs.iter().any(|it| find_program(it).is_some())
    }
}

/// Sees to it that all needs are met: on Debian as root by installing, elsewhere by saying what
/// is to be installed.
pub(crate) fn ensure(needs: &[Need]) -> Result<()> {
    let missing: Vec<&str> =
        needs.iter().filter(|it| !it.is_met()).map(|need| need.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !can_install() {
        bail!("please install what is missing and run this again: {}", missing.join(", "));
    }
    install(&missing)?;
    match needs.iter().find(|it| !it.is_met()) {
        Some(need) => bail!("`{}` is installed and yet not to be found", need.package),
        None => Ok(()),
    }
}

/// Whether this is Debian (or a child of it), and we are root.
pub(crate) fn can_install() -> bool {
    find_program("apt-get").is_some() && is_root()
}

/// Installs packages of Debian, without questions and without starting their services.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    eprintln!("installing {}", packages.join(", "));
    let services = NoServices::begin();
    let installed =
        run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
            .or_else(|_| {
                run(apt_get().arg("update"))?;
                run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(packages))
            });
    drop(services);
    installed
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .arg("--quiet=2")
        .args(["-o", "Dpkg::Use-Pty=0"])
        .stdin(std::process::Stdio::null());
    command
}

fn is_root() -> bool {
    output(Command::new("id").arg("-u")).is_ok_and(|it| it == "0")
}

/// While it lives, packages that are being installed start no service: tests start their own
/// servers. A policy that was there before is left alone.
struct NoServices {
    is_ours: bool,
}

const POLICY: &str = "/usr/sbin/policy-rc.d";

impl NoServices {
    fn begin() -> Self {
        use std::os::unix::fs::PermissionsExt as _;

        let is_ours = !Path::new(POLICY).exists()
            && fs::write(POLICY, "#!/bin/sh\nexit 101\n").is_ok()
            && fs::set_permissions(POLICY, fs::Permissions::from_mode(0o755)).is_ok();
        Self { is_ours }
    }
}

impl Drop for NoServices {
    fn drop(&mut self) {
        if self.is_ours && fs::remove_file(POLICY).is_err() {
            eprintln!("could not remove {POLICY}");
        }
    }
}
