use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{Diagram, Dismissal, Enum, Group, Note, Partial, Ref, Rejected, Settings, Table, View};

/// A whole diagram as a file: what `*.json` of ours holds and what the API hands out.
///
/// Entities of a kind stand in the order of their ids. A document may say anything that its types
/// can; what it means is judged by [`Document::into_diagram`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Document {
    pub version: FormatVersion,
    #[serde(default)]
    pub settings: Settings,
    #[serde(default)]
    pub tables: Vec<Arc<Table>>,
    #[serde(default)]
    pub refs: Vec<Arc<Ref>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub enums: Vec<Arc<Enum>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Arc<Group>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Arc<Note>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub views: Vec<Arc<View>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partials: Vec<Arc<Partial>>,
    /// Suggestions that are not to be made again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dismissals: Vec<Arc<Dismissal>>,
}

/// The version of our file format that a document is written in: always one that we can read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "number"))]
pub struct FormatVersion(u32);

impl FormatVersion {
    /// The version that we write.
    pub const CURRENT: Self = Self(1);
}

impl Default for FormatVersion {
    fn default() -> Self {
        Self::CURRENT
    }
}

impl TryFrom<u32> for FormatVersion {
    type Error = UnknownVersion;

    fn try_from(version: u32) -> Result<Self, UnknownVersion> {
        if version == Self::CURRENT.0 { Ok(Self(version)) } else { Err(UnknownVersion(version)) }
    }
}

impl From<FormatVersion> for u32 {
    fn from(version: FormatVersion) -> Self {
        version.0
    }
}

impl fmt::Display for FormatVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A document in a version of the file format that is not known here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("version {0} of the file format is not known here, version {current} is", current = FormatVersion::CURRENT)]
pub struct UnknownVersion(pub u32);

/// Why a text is not a diagram.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// Not JSON, or JSON of another shape; the message names line and column.
    #[error("this is no diagram of Crowfoot: {0}")]
    Json(#[from] serde_json::Error),
    /// A document that says what no diagram can be.
    #[error(transparent)]
    Rejected(#[from] Rejected),
}

impl Document {
    /// Reads the JSON text of a document.
    ///
    /// # Errors
    /// When it is not one; [`serde_json::Error`] tells line and column.
    pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text.trim_start_matches('\u{feff}'))
    }

    /// The document as JSON on many lines, as files hold it.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a document has string keys only");
        text.push('\n');
        text
    }

    /// The diagram that the document describes.
    ///
    /// # Errors
    /// When ids do not resolve or names clash: with every reason that could be found.
    pub fn into_diagram(self) -> Result<Diagram, Rejected> {
        Diagram::assemble(self)
    }
}

impl From<&Diagram> for Document {
    fn from(diagram: &Diagram) -> Self {
        Self {
            version: FormatVersion::CURRENT,
            settings: diagram.settings.clone(),
            tables: diagram.tables.values().cloned().collect(),
            refs: diagram.refs.values().cloned().collect(),
            enums: diagram.enums.values().cloned().collect(),
            groups: diagram.groups.values().cloned().collect(),
            notes: diagram.notes.values().cloned().collect(),
            views: diagram.views.values().cloned().collect(),
            partials: diagram.partials.values().cloned().collect(),
            dismissals: diagram.dismissals.values().cloned().collect(),
        }
    }
}

/// Reads a diagram from the JSON text of its document.
///
/// # Errors
/// When the text is no document, or describes what no diagram can be.
pub fn read_document(text: &str) -> Result<Diagram, DocumentError> {
    Ok(Document::from_json(text)?.into_diagram()?)
}

#[cfg(test)]
mod tests {
    use super::{Document, read_document};
    use crate::{Change, ChangeSet, Column, ColumnType, Diagram, IdMint, Table};

    fn one_table() -> (Diagram, Table) {
        let mut mint = IdMint::new(1, 1);
        let mut table = Table::new(mint.id(), None, "users");
        table.columns.push(Column::new(mint.id(), "id", ColumnType::named("int")));
        let mut diagram = Diagram::new();
        let changes = vec![Change::CreateTable { table: Box::new(table.clone()) }];
        diagram.apply(&ChangeSet::new("", changes)).unwrap();
        (diagram, table)
    }

    #[test]
    fn a_document_gives_the_same_diagram_back() {
        let (diagram, _) = one_table();
        let text = Document::from(&diagram).to_json();
        assert_eq!(read_document(&text).unwrap(), diagram);
    }

    #[test]
    fn an_empty_diagram_is_a_short_document() {
        let text = serde_json::to_string(&Document::from(&Diagram::new())).unwrap();
        assert_eq!(text, r#"{"version":1,"settings":{},"tables":[],"refs":[]}"#);
        assert_eq!(read_document("\u{feff}{\"version\": 1}").unwrap(), Diagram::new());
    }

    #[test]
    fn another_version_is_refused_by_its_number() {
        let error = read_document(r#"{"version": 7}"#).unwrap_err().to_string();
        assert!(error.contains("version 7 of the file format is not known here"), "{error}");
        assert!(read_document("{}").unwrap_err().to_string().contains("`version`"));
    }

    #[test]
    fn a_document_that_no_diagram_can_be_is_refused_with_the_reason() {
        let (diagram, table) = one_table();
        let mut document = Document::from(&diagram);
        let mut twin = table;
        twin.head.id = IdMint::new(2, 2).id();
        document.tables.push(twin.into());
        let rejected = document.into_diagram().unwrap_err();
        assert!(
            rejected.reasons.iter().any(|it| it.code == "schema/duplicate-table-name"),
            "{rejected}"
        );
    }
}
