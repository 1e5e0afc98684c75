use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{LineIndex, Span};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Severity {
    /// Something was left out on purpose, or is worth knowing.
    Info,
    /// Something was understood only in part, or is probably not what was meant.
    Warning,
    /// Something was not understood and is missing from the result.
    Error,
}

/// A change to the text that would silence the diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Fix {
    /// What it does, as an imperative.
    pub label: String,
    /// What it replaces.
    pub span: Span,
    /// What it puts there.
    pub replacement: String,
}

/// Something to tell about a text, at a place in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Diagnostic {
    /// A stable name such as `sql/unknown-statement`: area, then the fault in kebab-case.
    #[cfg_attr(feature = "ts", ts(as = "String"))]
    pub code: Cow<'static, str>,
    pub severity: Severity,
    pub span: Span,
    /// What is, and what was wanted: lower case first, no full stop, names in backticks.
    pub message: String,
    /// What to do about it, as an imperative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A diagnostic with neither help nor fix.
    pub fn new(
        severity: Severity,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code: Cow::Borrowed(code),
            severity,
            span,
            message: message.into(),
            help: None,
            fix: None,
        }
    }

    /// Something that was not understood and is missing from the result.
    pub fn error(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, span, message)
    }

    /// Something that was understood only in part.
    pub fn warning(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, span, message)
    }

    /// Something that was left out on purpose.
    pub fn info(code: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, code, span, message)
    }

    /// The same with a word on what to do.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// One line, `line:column severity code: message`, as snapshots and logs show it.
    pub fn summary(&self, lines: &LineIndex<'_>) -> String {
        let place = lines.locate(self.span.start);
        let severity = match self.severity {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        format!("{}:{} {severity} {}: {}", place.line, place.column, self.code, self.message)
    }
}

/// What came of reading a text: the value that could be made, and what there is to say about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed<T> {
    pub value: T,
    /// In the order of their places in the text.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Parsed<T> {
    /// Whether something of the text is missing from the value.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|it| it.severity == Severity::Error)
    }

    /// The same diagnostics about another value.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Parsed<U> {
        Parsed { value: make(self.value), diagnostics: self.diagnostics }
    }
}

#[cfg(test)]
mod tests {
    use super::{Diagnostic, Parsed};
    use crate::{LineIndex, Span};

    #[test]
    fn a_summary_names_place_severity_and_code() {
        let text = "a\nbc";
        let diagnostic = Diagnostic::warning("sql/unknown-clause", Span::new(3, 4), "no `c` here");
        assert_eq!(
            diagnostic.summary(&LineIndex::new(text)),
            "2:2 warning sql/unknown-clause: no `c` here"
        );
    }

    #[test]
    fn only_errors_count_as_errors() {
        let warned =
            Parsed { value: 1, diagnostics: vec![Diagnostic::warning("a/b", Span::at(0), "hm")] };
        assert!(!warned.has_errors());
    }
}
