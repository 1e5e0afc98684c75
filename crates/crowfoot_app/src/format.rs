use std::fmt;

use crowfoot_schema::{Diagram, Dialect, Document, IdMint};
use crowfoot_text::{Diagnostic, LineIndex, Parsed, Span};
use serde::{Deserialize, Serialize};

/// A text form of diagrams that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Format {
    PostgreSql,
    MySql,
    Sqlite,
    Dbml,
    /// The file format of our own.
    Json,
}

/// What a caller says about the format of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ImportFormat {
    /// To be told from the text.
    #[default]
    Auto,
    PostgreSql,
    MySql,
    Sqlite,
    Dbml,
    Json,
}

/// A form in which a diagram can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ExportFormat {
    PostgreSql,
    MySql,
    Sqlite,
    Dbml,
    Json,
    Svg,
}

/// The names of dialects, for the OpenAPI document.
#[cfg(feature = "openapi")]
#[derive(utoipa::ToSchema)]
#[schema(as = Dialect, rename_all = "lowercase")]
pub enum DialectName {
    PostgreSql,
    MySql,
    Sqlite,
}

/// A text that looks like none of the formats that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text looks like neither SQL, nor DBML, nor a diagram of Crowfoot")]
pub struct UnknownFormat;

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PostgreSql => "postgresql",
            Self::MySql => "mysql",
            Self::Sqlite => "sqlite",
            Self::Dbml => "dbml",
            Self::Json => "json",
        })
    }
}

impl From<Dialect> for Format {
    fn from(dialect: Dialect) -> Self {
        match dialect {
            Dialect::PostgreSql => Self::PostgreSql,
            Dialect::MySql => Self::MySql,
            Dialect::Sqlite => Self::Sqlite,
        }
    }
}

impl ImportFormat {
    /// The format itself, told from the text if need be.
    ///
    /// # Errors
    /// When it cannot be told.
    pub fn resolve(self, text: &str) -> Result<Format, UnknownFormat> {
        Ok(match self {
            Self::Auto => return Ok(detect_format(text).ok_or(UnknownFormat)?.format()),
            Self::PostgreSql => Format::PostgreSql,
            Self::MySql => Format::MySql,
            Self::Sqlite => Format::Sqlite,
            Self::Dbml => Format::Dbml,
            Self::Json => Format::Json,
        })
    }
}

/// What format a text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    Sure(Format),
    /// SQL that every dialect understands.
    Assumed(Format),
}

impl Guess {
    /// The format itself.
    pub fn format(self) -> Format {
        match self {
            Self::Sure(format) | Self::Assumed(format) => format,
        }
    }

    /// The guess for a text that is known to be SQL.
    pub fn of_sql(text: &str) -> Self {
        match crowfoot_sql::detect(text) {
            Some(dialect) => Self::Sure(dialect.into()),
            None => Self::Assumed(Format::PostgreSql),
        }
    }
}

/// How many lines of a text are looked at to tell its format.
const LINES: usize = 4_000;

/// Tells the format of a text by what it says.
pub fn detect_format(text: &str) -> Option<Guess> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return Some(Guess::Sure(Format::Json));
    }

    let (mut dbml, mut sql) = (0, 0);
    for line in text.lines().map(str::trim_start).filter(|it| !it.is_empty()).take(LINES) {
        match Clue::of(line) {
            Some(Clue::Dbml) => dbml += 1,
            Some(Clue::Sql) => sql += 1,
            None => {}
        }
    }
    if dbml > sql {
        return Some(Guess::Sure(Format::Dbml));
    }
    match Guess::of_sql(text) {
        Guess::Assumed(_) if sql == 0 => None,
        guess => Some(guess),
    }
}

/// What the beginning of a line says about the format of its text.
enum Clue {
    Dbml,
    Sql,
}

impl Clue {
    fn of(line: &str) -> Option<Self> {
        let end = line.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        let (word, rest) = line.split_at(end.unwrap_or(line.len()));
        let rest = rest.trim_start();
        let opens =
            || rest.split("//").next().is_some_and(|it| it.trim_end().ends_with(['{', '[', ']']));
        match word.to_ascii_lowercase().as_str() {
            "table" | "enum" | "tablegroup" | "tablepartial" | "project" | "note"
            | "diagramview" | "records"
                if opens() || rest.starts_with(':') =>
            {
                Some(Self::Dbml)
            }
            "ref" if rest.contains(':') || opens() => Some(Self::Dbml),
            "create" | "alter" | "insert" | "comment" | "drop" | "set" | "pragma" | "begin"
            | "copy" | "use" | "lock" | "grant" => Some(Self::Sql),
            _ => None,
        }
    }
}

/// Reads a text of a format. Long work for a long text.
pub fn read_text(format: Format, text: &str, mint: &mut IdMint) -> Parsed<Diagram> {
    match format {
        Format::PostgreSql => crowfoot_sql::import(Dialect::PostgreSql, text, mint),
        Format::MySql => crowfoot_sql::import(Dialect::MySql, text, mint),
        Format::Sqlite => crowfoot_sql::import(Dialect::Sqlite, text, mint),
        Format::Dbml => crowfoot_dbml::import(text, mint),
        Format::Json => read_json(text),
    }
}

fn read_json(text: &str) -> Parsed<Diagram> {
    let nothing = |diagnostics| Parsed { value: Diagram::new(), diagnostics };
    let document = match Document::from_json(text) {
        Ok(document) => document,
        Err(error) => {
            let span = Span::at(offset_of(text, error.line(), error.column()));
            let said = error.to_string();
            let message = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
            return nothing(vec![Diagnostic::error("json/no-diagram", span, message)]);
        }
    };
    match document.into_diagram() {
        Ok(diagram) => Parsed { value: diagram, diagnostics: Vec::new() },
        Err(rejected) => nothing(
            rejected
                .reasons
                .into_iter()
                .map(|it| Diagnostic {
                    code: it.code,
                    ..Diagnostic::error("json/no-diagram", Span::at(0), it.message)
                })
                .collect(),
        ),
    }
}

/// The byte offset of a line and a column (in bytes), both counted from 1.
fn offset_of(text: &str, line: usize, column: usize) -> u32 {
    let skipped: usize =
        text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let offset = (skipped + column.saturating_sub(1)).min(text.len());
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// Where in the text a diagnostic stands, and the line it stands in.
pub(crate) fn excerpt(lines: &LineIndex<'_>, offset: u32) -> (u32, u32, String) {
    let place = lines.locate(offset);
    let line = lines.line(place.line);
    (place.line, place.column, around(line, place.column as usize))
}

/// How many characters of a line are shown.
const EXCERPT: usize = 160;

/// The part of a line around a column.
fn around(line: &str, column: usize) -> String {
    let first = column.saturating_sub(EXCERPT / 2);
    if line.len() <= EXCERPT {
        return line.to_owned();
    }
    let mut part: String = line.chars().skip(first).take(EXCERPT).collect();
    if first > 0 {
        part.insert(0, '…');
    }
    if line.chars().count() > first + EXCERPT {
        part.push('…');
    }
    part
}

#[cfg(test)]
mod tests {
    use super::{Format, Guess, detect_format, offset_of};

    #[track_caller]
    fn check(text: &str, expected: Option<Guess>) {
        assert_eq!(detect_format(text), expected);
    }

    #[test]
    fn dbml_is_told_by_its_blocks() {
        check("Table users {\n  id int [pk]\n}\n", Some(Guess::Sure(Format::Dbml)));
        check(
            "// shop\nproject p {\n}\ntable a.b as B [headercolor: #fff] { // x\n}",
            Some(Guess::Sure(Format::Dbml)),
        );
        check("Ref: a.id > b.id", Some(Guess::Sure(Format::Dbml)));
        check("Ref name: a.(x, y) <> b.(x, y)", Some(Guess::Sure(Format::Dbml)));
    }

    #[test]
    fn our_own_format_is_told_by_its_brace() {
        check("\u{feff} {\"version\": 1}", Some(Guess::Sure(Format::Json)));
    }

    #[test]
    fn sql_without_a_word_of_a_dialect_is_taken_for_the_strictest() {
        check("CREATE TABLE a (id int);", Some(Guess::Sure(Format::PostgreSql)));
        check("INSERT INTO a VALUES (1);", Some(Guess::Assumed(Format::PostgreSql)));
    }

    #[test]
    fn prose_is_no_format() {
        check("", None);
        check("Dear all,\nthe table is set.", None);
    }

    #[test]
    fn places_of_json_errors_become_offsets() {
        assert_eq!(offset_of("ab\ncd", 2, 2), 4);
        assert_eq!(offset_of("ab", 9, 9), 2);
    }
}
