use std::io::{self, Write};

use anyhow::Result;
use crowfoot_schema::Diagram;
use crowfoot_text::{Diagnostic, LineIndex, Severity};
use serde::Serialize;

use crate::{
    Outcome, args,
    format::{Format, Guess},
    input,
    progress::Progress,
    report::{Reporter, plural, tell},
};

/// One finding as `--json` prints it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    line: u32,
    column: u32,
    #[serde(flatten)]
    diagnostic: &'a Diagnostic,
}

/// Reads a text and tells what is wrong with it.
pub(crate) fn check(options: &args::Check) -> Result<Outcome> {
    let mut reporter = Reporter::new(&options.report);
    let progress = Progress::new();
    let input = input::read(&options.input)?;
    let guess =
        options.from.map_or_else(|| Format::of_input(&options.input, &input.text), Guess::Sure);
    progress.say(format!("reading {} as {}", input.name, guess.format().name()));
    let parsed = guess.format().read(&input.text)?;
    drop(progress);

    if options.json {
        let lines = LineIndex::new(&input.text);
        let findings: Vec<Finding<'_>> = parsed
            .diagnostics
            .iter()
            .map(|diagnostic| {
                let place = lines.locate(diagnostic.span.start);
                Finding { line: place.line, column: place.column, diagnostic }
            })
            .collect();
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &findings)?;
        writeln!(out)?;
        let has = |severity| parsed.diagnostics.iter().any(|it| it.severity == severity);
        let is_found = has(Severity::Error) || (options.report.strict && has(Severity::Warning));
        return Ok(if is_found { Outcome::Findings } else { Outcome::Fine });
    }
    if let Some(warning) = &input.warning {
        reporter.warning(&format!("{}: {warning}", input.name));
    }
    if let Guess::Assumed(format) = guess {
        reporter.warning(&format!(
            "{}: nothing tells the dialect, it was read as {}; say another one with `--from`",
            input.name,
            format.name()
        ));
    }
    reporter.diagnostics(&input, &parsed.diagnostics);
    let outcome = reporter.finish(options.report.strict);
    if !options.report.quiet {
        let counts = counts(&parsed.value);
        let format = guess.format().name();
        tell(&format!("{}: {format}, {counts}, {}", input.name, reporter.summary()));
    }
    Ok(outcome)
}

/// How much was understood, in words.
fn counts(diagram: &Diagram) -> String {
    let n_columns = diagram.tables().map(|it| it.columns.len()).sum();
    let counts = [
        (diagram.tables().len(), "table"),
        (n_columns, "column"),
        (diagram.refs().len(), "ref"),
        (diagram.enums().len(), "enum"),
    ];
    let words = counts.into_iter().map(|(n, word)| plural(n, word));
    words.collect::<Vec<_>>().join(", ")
}
