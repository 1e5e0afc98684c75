//! Telling people on standard error what was found, with an excerpt of their text.

use std::io::{self, IsTerminal, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use crowfoot_schema::Notice;
use crowfoot_text::{Diagnostic, LineIndex, Severity};

use crate::{args, input::Input};

/// Tells findings on standard error.
pub(crate) struct Reporter {
    renderer: Renderer,
    is_quiet: bool,
    /// So many more findings are told in full.
    left: usize,
    n_errors: usize,
    n_warnings: usize,
    n_untold: usize,
}

impl Reporter {
    pub(crate) fn new(options: &args::Report) -> Self {
        let renderer =
            if is_colored(options.color) { Renderer::styled() } else { Renderer::plain() };
        Self {
            renderer,
            is_quiet: options.quiet,
            left: options.max,
            n_errors: 0,
            n_warnings: 0,
            n_untold: 0,
        }
    }

    /// Tells what there is to say about a text.
    pub(crate) fn diagnostics<'d>(
        &mut self,
        input: &Input,
        diagnostics: impl IntoIterator<Item = &'d Diagnostic>,
    ) {
        let lines = LineIndex::new(&input.text);
        for diagnostic in diagnostics {
            if self.counts(diagnostic.severity) {
                let text = self.rendered(input, &lines, diagnostic);
                tell(&text);
            }
        }
    }

    /// Tells what a format could not say.
    pub(crate) fn notices(&mut self, notices: &[Notice]) {
        for notice in notices {
            if self.counts(Severity::Warning) {
                let title = Level::WARNING.primary_title(&*notice.message).id(&*notice.code);
                tell(&self.renderer.render(&[Group::with_title(title)]));
            }
        }
    }

    /// Tells one thing about the input as a whole.
    pub(crate) fn warning(&mut self, message: &str) {
        if self.counts(Severity::Warning) {
            let title = Level::WARNING.primary_title(message);
            tell(&self.renderer.render(&[Group::with_title(title)]));
        }
    }

    /// Counts a finding and says whether it is to be told.
    fn counts(&mut self, severity: Severity) -> bool {
        match severity {
            Severity::Error => self.n_errors += 1,
            Severity::Warning => self.n_warnings += 1,
            Severity::Info => {}
        }
        if self.is_quiet && severity != Severity::Error {
            return false;
        }
        if self.left == 0 {
            self.n_untold += 1;
            return false;
        }
        self.left -= 1;
        true
    }

    /// Tells how much was not told, and whether there were findings.
    pub(crate) fn finish(&self, is_strict: bool) -> crate::Outcome {
        if self.n_untold > 0 {
            tell(&format!(
                "... and {}, see them with --max",
                plural(self.n_untold, "more finding")
            ));
        }
        if self.n_errors > 0 || (is_strict && self.n_warnings > 0) {
            crate::Outcome::Findings
        } else {
            crate::Outcome::Fine
        }
    }

    /// `2 errors, 1 warning`, or that there is nothing.
    pub(crate) fn summary(&self) -> String {
        match (self.n_errors, self.n_warnings) {
            (0, 0) => "no findings".to_owned(),
            (0, warnings) => plural(warnings, "warning"),
            (errors, 0) => plural(errors, "error"),
            (errors, warnings) => {
                format!("{}, {}", plural(errors, "error"), plural(warnings, "warning"))
            }
        }
    }

    fn rendered(&self, input: &Input, lines: &LineIndex<'_>, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Info => Level::INFO,
            Severity::Warning => Level::WARNING,
            Severity::Error => Level::ERROR,
        };
        let title = level.primary_title(&*diagnostic.message).id(&*diagnostic.code);
        let excerpt = Excerpt::new(&input.text, lines, diagnostic);
        let mut snippet = Snippet::source(excerpt.text)
            .line_start(excerpt.line as usize)
            .annotation(AnnotationKind::Primary.span(excerpt.start..excerpt.end));
        let mut group = Group::with_title(title);
        if excerpt.is_cut {
            // The column cannot be counted in what is left of the line.
            let origin = Origin::path(&*input.name)
                .line(excerpt.line as usize)
                .char_column(excerpt.column as usize);
            group = group.element(origin);
        } else {
            snippet = snippet.path(&*input.name);
        }
        group = group.element(snippet);
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(&**help));
        }
        self.renderer.render(&[group])
    }
}

/// The line that a diagnostic is about, or as much of it as fits.
struct Excerpt<'a> {
    text: &'a str,
    line: u32,
    column: u32,
    /// What is marked, in bytes of `text`.
    start: usize,
    end: usize,
    /// The beginning of the line is missing.
    is_cut: bool,
}

impl<'a> Excerpt<'a> {
    /// So many bytes of a line are shown before and after the place.
    const REACH: usize = 500;

    fn new(text: &'a str, lines: &LineIndex<'_>, diagnostic: &Diagnostic) -> Self {
        let place = lines.locate(diagnostic.span.start);
        let at = boundary(text, diagnostic.span.start as usize);
        let line_start = text[..at].rfind('\n').map_or(0, |it| it + 1);
        let line_end = text[at..].find('\n').map_or(text.len(), |it| at + it);
        let line_end = line_start + text[line_start..line_end].trim_end_matches('\r').len();
        let start = boundary(text, line_start.max(at.saturating_sub(Self::REACH)));
        let end = boundary(text, line_end.min(at + Self::REACH)).max(start);
        let mark_end = boundary(text, (diagnostic.span.end as usize).clamp(at, end.max(at)));
        Self {
            text: &text[start..end],
            line: place.line,
            column: place.column,
            start: (at - start).min(end - start),
            end: (mark_end - start).min(end - start),
            is_cut: start > line_start,
        }
    }
}

/// The nearest place at or before `at` that splits no character.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Tells why a command failed.
pub(crate) fn failure(error: &anyhow::Error) {
    let message = error.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ");
    let renderer =
        if is_colored(args::Color::Auto) { Renderer::styled() } else { Renderer::plain() };
    tell(&renderer.render(&[Group::with_title(Level::ERROR.primary_title(&*message))]));
}

/// `1 error`, `2 errors`.
pub(crate) fn plural(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}

/// Writes a line to standard error; there is nobody to tell if that fails.
pub(crate) fn tell(text: &str) {
    let _unheard = writeln!(io::stderr(), "{text}");
}

/// Whether what is told on standard error has colours.
pub(crate) fn is_colored(color: args::Color) -> bool {
    match color {
        args::Color::Always => true,
        args::Color::Never => false,
        args::Color::Auto => {
            let is_set = |name| std::env::var_os(name).is_some_and(|it| !it.is_empty());
            let is_dumb = std::env::var_os("TERM").is_some_and(|it| it == "dumb");
            io::stderr().is_terminal() && !is_set("NO_COLOR") && !is_dumb
        }
    }
}
