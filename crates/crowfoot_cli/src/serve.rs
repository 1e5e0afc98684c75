use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    process::{Command, Stdio},
};

use anyhow::{Context, Result};
use crowfoot_app::Limits;
use crowfoot_server::{ServeOptions, bind, stop_signal};
use tracing_subscriber::EnvFilter;

use crate::{Outcome, args, report::tell};

/// Runs the server until it is told to stop.
pub(crate) fn serve(options: &args::Serve) -> Result<Outcome> {
    let filter = EnvFilter::try_from_env("CROWFOOT_LOG").unwrap_or_else(|_| "warn".into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(crate::report::is_colored(args::Color::Auto))
        .init();
    let data = match &options.data {
        Some(file) => file.clone(),
        None => data_folder()?.join("crowfoot.sqlite"),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("cannot start the server")?;
    runtime.block_on(async {
        let server = bind(ServeOptions {
            listen: options.listen,
            data: data.clone(),
            web_dir: options.web_dir.clone(),
            hosts: options.host.clone(),
            limits: Limits::default(),
        })
        .await?;
        let url = url(server.address());
        tell(&format!("Crowfoot is at {url}"));
        tell(&format!("diagrams are kept in {}; stop with Ctrl+C", data.display()));
        if !server.address().ip().is_loopback() {
            tell("whoever can reach this address can read and change all diagrams");
        }
        if options.open {
            open(&url);
        }
        server.run(stop_signal()).await?;
        Ok(Outcome::Fine)
    })
}

/// Reads `HOST:PORT` or a port of this machine alone.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    let local = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    if let Ok(address) = text.parse() {
        return Ok(address);
    }
    let port = text.strip_prefix("localhost:").unwrap_or(text);
    port.parse()
        .map(local)
        .map_err(|_| "an address such as `127.0.0.1:4870`, or a port, is wanted".to_owned())
}

/// Where a browser on this machine finds the server.
fn url(address: SocketAddr) -> String {
    let ip = match address.ip() {
        ip if ip.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, address.port()))
}

/// Where a person's diagrams are kept.
fn data_folder() -> Result<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let base = if cfg!(windows) {
        folder("APPDATA")
    } else {
        folder("XDG_DATA_HOME")
            .filter(|it| it.is_absolute())
            .or_else(|| folder("HOME").map(|it| it.join(".local/share")))
    };
    Ok(base
        .context("there is no home folder, say where to keep diagrams with `--data FILE`")?
        .join("crowfoot"))
}

/// Opens a page in the person's browser; says where to look if there is none.
fn open(url: &str) {
    let (program, args): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("cmd", &["/c", "start", ""])
    } else {
        ("xdg-open", &[])
    };
    let quiet = Command::new(program)
        .args(args)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if quiet.is_err() {
        tell("no browser could be started, open the address yourself");
    }
}

#[cfg(test)]
mod tests {
    use super::{address, url};

    #[test]
    fn an_address_can_be_short() {
        for text in ["127.0.0.1:4870", "localhost:4870", "4870"] {
            assert_eq!(address(text).unwrap().to_string(), "127.0.0.1:4870");
        }
        assert_eq!(address("[::1]:80").unwrap().to_string(), "[::1]:80");
        assert!(address("example.org").is_err() && address("70000").is_err());
    }

    #[test]
    fn the_url_is_one_that_a_browser_here_can_open() {
        assert_eq!(url(address("0.0.0.0:80").unwrap()), "http://127.0.0.1:80");
        assert_eq!(url(address("[::1]:81").unwrap()), "http://[::1]:81");
    }
}
