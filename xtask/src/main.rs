//! The chores of the workspace, run as `cargo xtask <chore>`.

mod bench;
mod codegen;
mod frames;
mod packages;
mod serve;
mod steps;
mod test;
mod tidy;
mod wasm;
mod web;
mod workspace;

use anyhow::Result;
use clap::{Parser, Subcommand};

/// Chores of the Crowfoot workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build everything, start the server and open the app in the browser
    Serve(serve::Options),
    /// Install what is missing, then run every check and test
    Test(test::Options),
    /// Run all benches and print one table of their figures
    Bench(bench::Options),
    /// Measure the frames of the canvas in a real browser and print one table
    Frames(frames::Options),
    /// Hold the source tree against its own rules
    Tidy,
    /// Regenerate the TypeScript that follows from Rust types and from the API
    Codegen(codegen::Options),
    /// Build the core for the browser
    Wasm(wasm::Options),
    /// Build the web app, with the core for the browser
    Web,
}

fn main() -> Result<()> {
    match Cli::parse().chore {
        Chore::Serve(options) => serve::serve(&options),
        Chore::Test(options) => test::test(&options),
        Chore::Bench(options) => bench::bench(&options),
        Chore::Frames(options) => frames::frames(&options),
        Chore::Tidy => tidy::tidy(),
        Chore::Codegen(options) => codegen::codegen(&options),
        Chore::Wasm(options) => wasm::build(&options),
        Chore::Web => web::build_with_core(),
    }
}
