use std::borrow::Cow;

use crowfoot_schema::Diagram;
use crowfoot_text::{Diagnostic, LineIndex, Parsed, Severity};
use serde::Serialize;

use crate::{
    App, AppError, Format, ImportFormat,
    format::{excerpt, read_text},
    fresh,
    open::blocking,
};

/// What would come of importing a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Preview {
    pub format: Format,
    pub counts: Counts,
    /// In the order of the text.
    pub tables: Vec<PreviewTable>,
    /// The first of them; `counts` has how many there are of each severity.
    pub diagnostics: Vec<PlacedDiagnostic>,
}

/// How many entities of each kind a text holds, and how many diagnostics of each severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Counts {
    pub tables: usize,
    pub columns: usize,
    pub refs: usize,
    pub indexes: usize,
    pub checks: usize,
    pub enums: usize,
    pub groups: usize,
    pub notes: usize,
    pub views: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
}

/// A table that a text holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewTable {
    pub schema: Option<String>,
    pub name: String,
    pub n_columns: usize,
}

/// A diagnostic with its place as people count, and the line it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PlacedDiagnostic {
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(info|warning|error)$"))]
    pub severity: Severity,
    /// A stable name such as `sql/unknown-statement`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub code: Cow<'static, str>,
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Both from 1, the column in characters.
    pub line: u32,
    pub column: u32,
    pub excerpt: String,
}

impl App {
    /// Reads a text and tells what it holds, without keeping anything.
    ///
    /// # Errors
    /// When the format of the text cannot be told.
    pub async fn preview_import(
        &self,
        format: ImportFormat,
        text: String,
    ) -> Result<Preview, AppError> {
        let (mut mint, limit) = (fresh::mint()?, self.limits().diagnostics);
        blocking(move || {
            let format = format.resolve(&text)?;
            let parsed = read_text(format, &text, &mut mint);
            Ok(Preview {
                format,
                counts: Counts::of(&parsed),
                tables: parsed.value.tables().map(PreviewTable::from).collect(),
                diagnostics: place(&text, &parsed.diagnostics, limit),
            })
        })
        .await?
    }
}

impl Counts {
    fn of(parsed: &Parsed<Diagram>) -> Self {
        let diagram = &parsed.value;
        let says = |wanted| parsed.diagnostics.iter().filter(|it| it.severity == wanted).count();
        Self {
            tables: diagram.tables().len(),
            columns: diagram.tables().map(|it| it.columns.len()).sum(),
            refs: diagram.refs().len(),
            indexes: diagram.tables().map(|it| it.indexes.len()).sum(),
            checks: diagram.tables().map(|it| it.checks.len()).sum(),
            enums: diagram.enums().len(),
            groups: diagram.groups().len(),
            notes: diagram.notes().len(),
            views: diagram.views().len(),
            errors: says(Severity::Error),
            warnings: says(Severity::Warning),
            infos: says(Severity::Info),
        }
    }
}

impl From<&crowfoot_schema::Table> for PreviewTable {
    fn from(table: &crowfoot_schema::Table) -> Self {
        Self {
            schema: table.schema.as_ref().map(ToString::to_string),
            name: table.name.to_string(),
            n_columns: table.columns.len(),
        }
    }
}

/// The first diagnostics with their places in the text; errors come before the rest when there are
/// more than `limit`.
pub(crate) fn place(text: &str, diagnostics: &[Diagnostic], limit: usize) -> Vec<PlacedDiagnostic> {
    let lines = LineIndex::new(text);
    let mut told: Vec<&Diagnostic> = diagnostics.iter().collect();
    if told.len() > limit {
        told.sort_by_key(|it| std::cmp::Reverse(it.severity));
        told.truncate(limit);
        told.sort_by_key(|it| it.span.start);
    }
    told.into_iter()
        .map(|it| {
            let (line, column, excerpt) = excerpt(&lines, it.span.start);
            PlacedDiagnostic {
                severity: it.severity,
                code: it.code.clone(),
                message: it.message.clone(),
                help: it.help.clone(),
                line,
                column,
                excerpt,
            }
        })
        .collect()
}
