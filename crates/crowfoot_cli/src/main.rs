//! The command line of Crowfoot.
//!
//! Each command is a file. What it says goes to standard error, what it makes to standard output or
//! a file. The exit code is 0 when all is fine, 1 when there are findings, 2 for wrong use and 3
//! when something failed; `apply` ends with 4 and 5 when its changes are not made.

mod apply;
mod args;
mod check;
mod convert;
mod format;
mod input;
mod migrate;
mod progress;
mod render;
mod report;
mod schema;
mod serve;
mod suggest;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

/// How a command ended, apart from failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// The text has faults, which were told.
    Findings,
    /// Somebody else changed the same things: nothing was applied.
    Conflict,
    /// The changes cannot be made: nothing was applied.
    Rejected,
}

/// Something that the caller asked for in a wrong way.
#[derive(Debug)]
struct WrongUse(String);

impl std::fmt::Display for WrongUse {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for WrongUse {}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Serve(options) => serve::serve(&options),
        Command::Convert(options) => convert::convert(&options),
        Command::Render(options) => render::render(&options),
        Command::Check(options) => check::check(&options),
        Command::Apply(options) => apply::apply(&options),
        Command::Migrate(options) => migrate::migrate(&options),
        Command::Suggest(options) => suggest::suggest(&options),
    };
    match result {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Ok(Outcome::Conflict) => ExitCode::from(4),
        Ok(Outcome::Rejected) => ExitCode::from(5),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            report::failure(&error);
            ExitCode::from(if error.is::<WrongUse>() { 2 } else { 3 })
        }
    }
}

/// Whether the reader of our output went away, as `head` does: nothing that it would want to hear.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|it| it.kind() == std::io::ErrorKind::BrokenPipe)
}
