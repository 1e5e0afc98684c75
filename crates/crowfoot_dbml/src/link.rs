//! Modules: a text with those that it uses, read as one.
//!
//! All texts are put one after another and parsed each for itself, so that every place is one in
//! the whole. What the first text sees is chosen from the elements of the others, with what those
//! are made of, and lowered like one text. Files are read by whoever calls.

mod choose;
mod load;
mod name;

use crowfoot_schema::{Diagram, IdMint};
use crowfoot_text::{Diagnostic, Span};

use crate::{ast::Ast, lower, parse, with_line_feeds};

/// A text and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Two sources of one name are the same one.
    pub name: String,
    pub text: String,
}

/// What came of a text and those that it uses.
#[derive(Debug)]
pub struct Linked {
    pub diagram: Diagram,
    /// The text itself, then those that it uses, in the order in which they were met.
    pub sources: Vec<Source>,
    /// Each with the place of its text in `sources`; in the order of the texts.
    pub diagnostics: Vec<(usize, Diagnostic)>,
}

/// Reads a DBML text together with the files that it uses.
///
/// `load` finds the file that a source names by a path: the source itself, or why it cannot be had,
/// in words. A file is asked for as often as it is named.
pub fn import_files(
    root: Source,
    load: &mut dyn FnMut(&Source, &str) -> Result<Source, String>,
    mint: &mut IdMint,
) -> Linked {
    let (sources, uses, mut problems) = load::load(root, load);
    let mut whole = String::new();
    let mut starts = Vec::with_capacity(sources.len());
    for source in &sources {
        if !starts.is_empty() {
            whole.push('\n');
        }
        starts.push(whole.len());
        whole.push_str(&with_line_feeds(&source.text));
    }
    if u32::try_from(whole.len()).is_err() {
        let problem = Diagnostic::error("dbml/too-long", Span::at(0), "over 4 GiB of text");
        return Linked { diagram: Diagram::new(), sources, diagnostics: vec![(0, problem)] };
    }

    let mut told = Vec::new();
    let modules: Vec<Ast<'_>> = starts
        .iter()
        .zip(&sources)
        .map(|(&start, source)| {
            let end = start + source.text.len();
            // The line feed before it begins a line.
            parse::parse_from(&whole[..end], start.saturating_sub(1), &mut told)
        })
        .collect();
    let ast = choose::choose(modules, uses, &mut told);
    let diagram = lower::lower(&whole, &ast, mint, &mut told);

    let of = |span: Span| starts.partition_point(|it| *it <= span.start as usize).max(1) - 1;
    problems.extend(told.into_iter().map(|mut diagnostic| {
        let at = of(diagnostic.span);
        let start = u32::try_from(starts[at]).expect("the whole is below 4 GiB");
        let moved =
            |it: Span| Span::new(it.start.saturating_sub(start), it.end.saturating_sub(start));
        diagnostic.span = moved(diagnostic.span);
        if let Some(fix) = &mut diagnostic.fix {
            fix.span = moved(fix.span);
        }
        (at, diagnostic)
    }));
    problems.sort_by_key(|(at, it)| (*at, it.span.start, it.span.end));
    Linked { diagram, sources, diagnostics: problems }
}

/// What is said of a `use` where there are no files.
pub(crate) fn no_files(span: Span) -> Diagnostic {
    Diagnostic::error(
        "dbml/unresolved-use",
        span,
        "what another file declares cannot be read from a text alone",
    )
    .with_help("paste the text of that file as well")
}
