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
    schema::Schema,
};

/// One finding as `--json` prints it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    /// The file, when it is one that the file asked for uses.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
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
    let schema = Schema::read(&options.input, input, guess.format())?;
    drop(progress);

    if options.json {
        let mut findings = Vec::new();
        let mut lines: Option<(&str, LineIndex<'_>)> = None;
        for (input, diagnostic) in schema.findings() {
            if lines.as_ref().is_none_or(|it| it.0 != input.name) {
                lines = Some((&input.name, LineIndex::new(&input.text)));
            }
            let Some((name, index)) = &lines else { continue };
            let place = index.locate(diagnostic.span.start);
            let file = (*name != schema.name()).then_some(*name);
            findings.push(Finding { file, line: place.line, column: place.column, diagnostic });
        }
        let mut out = io::stdout().lock();
        serde_json::to_writer_pretty(&mut out, &findings)?;
        writeln!(out)?;
        let is_found =
            schema.has(Severity::Error) || (options.report.strict && schema.has(Severity::Warning));
        return Ok(if is_found { Outcome::Findings } else { Outcome::Fine });
    }
    if let Guess::Assumed(format) = guess {
        reporter.warning(&format!(
            "{}: nothing tells the dialect, it was read as {}; say another one with `--from`",
            schema.name(),
            format.name()
        ));
    }
    schema.tell(&mut reporter);
    let outcome = reporter.finish(options.report.strict);
    if !options.report.quiet {
        let counts = counts(&schema.diagram);
        let format = guess.format().name();
        tell(&format!("{}: {format}, {counts}, {}", schema.name(), reporter.summary()));
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
