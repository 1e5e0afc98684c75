//! What there is to say about a text, gathered while it is read.

use crowfoot_text::{Diagnostic, Span};

use crate::parse::ast::Skipped;

/// How many statements that are not understood are told one by one.
const MAX_UNKNOWN: usize = 200;

/// How codes begin of which only the first place is told.
const LEFT_OUT: &str = "sql/left-out-";

#[derive(Default)]
pub(crate) struct Report {
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Per kind: how many there were, and where the first was.
    skipped: Vec<(&'static Skipped, usize, Span)>,
    n_unknown: usize,
    last_unknown: Span,
}

impl Report {
    pub(crate) fn warn(&mut self, code: &'static str, span: Span, message: String) {
        self.diagnostics.push(Diagnostic::warning(code, span, message));
    }

    pub(crate) fn info(&mut self, code: &'static str, span: Span, message: String) {
        self.diagnostics.push(Diagnostic::info(code, span, message));
    }

    /// Counts a statement that is left out.
    pub(crate) fn skip(&mut self, kind: &'static Skipped, span: Span) {
        match self.skipped.iter_mut().find(|it| it.0 == kind) {
            Some(entry) => entry.1 += 1,
            None => self.skipped.push((kind, 1, span)),
        }
    }

    /// Tells of a statement that is not understood.
    pub(crate) fn unknown_statement(&mut self, span: Span, message: String) {
        self.n_unknown += 1;
        self.last_unknown = span;
        if self.n_unknown <= MAX_UNKNOWN {
            self.diagnostics.push(Diagnostic::error("sql/unknown-statement", span, message));
        }
    }

    /// All there is to say, in the order of the text.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        for (kind, count, span) in self.skipped {
            let statements = if count == 1 { "statement was" } else { "statements were" };
            let message = format!("{count} {} {statements} skipped: {}", kind.name, kind.reason);
            self.diagnostics.push(Diagnostic::info(kind.code, span, message));
        }
        if self.n_unknown > MAX_UNKNOWN {
            let more = self.n_unknown - MAX_UNKNOWN;
            let message = format!("{more} more statements were not understood");
            let code = "sql/unknown-statement";
            self.diagnostics.push(Diagnostic::error(code, self.last_unknown, message));
        }
        self.diagnostics.sort_by_key(|it| (it.span.start, it.span.end));
        let mut told = Vec::new();
        self.diagnostics.retain(|it| {
            let is_new = !it.code.starts_with(LEFT_OUT) || !told.contains(&it.code);
            if is_new && it.code.starts_with(LEFT_OUT) {
                told.push(it.code.clone());
            }
            is_new
        });
        self.diagnostics
    }
}
