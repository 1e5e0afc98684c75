//! A server for working on the project: `cargo run -p crowfoot_server --example dev -- [--listen
//! ADDRESS] [--data FILE] [--web-dir FOLDER]`. It prints its address once it answers.

use std::{error::Error, io::Write};

use crowfoot_server::{ServeOptions, bind, stop_signal};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();

    let mut options = ServeOptions::local("target/dev.sqlite");
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = words.next().ok_or_else(|| format!("{word} needs a value"))?;
        match word.as_str() {
            "--listen" => options.listen = value.parse()?,
            "--data" => options.data = value.into(),
            "--web-dir" => options.web_dir = Some(value.into()),
            _ => return Err(format!("unknown option {word}").into()),
        }
    }
    let server = bind(options).await?;
    let mut out = std::io::stdout();
    writeln!(out, "http://{}", server.address())?;
    out.flush()?;
    server.run(stop_signal()).await?;
    Ok(())
}
