//! `cargo xtask serve`: from a checkout to the app in the browser.

use std::{env, fs, net::SocketAddr, path::PathBuf};

use anyhow::{Context, Result};

use crate::{
    web,
    workspace::{cargo, command, run, target},
};

#[derive(clap::Args)]
pub(crate) struct Options {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:4870")]
    listen: SocketAddr,
    /// The file that the diagrams are kept in [default: the user's data folder]
    #[arg(long)]
    data: Option<PathBuf>,
    /// Do not open the browser
    #[arg(long)]
    no_open: bool,
}

/// Builds everything and runs the server until it is stopped.
pub(crate) fn serve(options: &Options) -> Result<()> {
    web::build_with_core()?;
    run(cargo().args(["build", "--release", "--package", "crowfoot_cli"]))?;

    let data = match &options.data {
        Some(data) => std::path::absolute(data)?,
        None => data_folder()?.join("crowfoot.sqlite"),
    };
    if let Some(folder) = data.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }

    let mut server = command(target().join("release/crowfoot"));
    server.arg("serve").arg("--data").arg(&data).arg("--listen").arg(options.listen.to_string());
    if !options.no_open {
        server.arg("--open");
    }
    run(&mut server)
}

/// Where a person's diagrams are kept.
fn data_folder() -> Result<PathBuf> {
    let base = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|it| it.is_absolute());
    let home = || env::var_os("HOME").map(|it| PathBuf::from(it).join(".local/share"));
    let base = base.or_else(home).context("no home folder: please say --data FILE")?;
    Ok(base.join("crowfoot"))
}
