//! Bodies and parameters of the API that are not the application's own.

use crowfoot_app::{
    Commit, Committed, DiagramId, ExportFormat, ImportFormat, Picture, Revision, SkippedTable,
};
use crowfoot_schema::{ChangeSet, Dialect};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::problem::{ApiResult, Problem};

/// Which diagram.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct DiagramPath {
    pub(crate) id: DiagramId,
}

/// Which sample.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct SamplePath {
    pub(crate) id: String,
}

#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// List the trash instead.
    #[serde(default)]
    pub(crate) trashed: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DeleteQuery {
    /// Forget a diagram in the trash for good.
    #[serde(default)]
    pub(crate) forever: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ChangesQuery {
    /// The revision after which to begin; 0 for all.
    #[serde(default)]
    pub(crate) after: Revision,
}

#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventsQuery {
    /// The revision that the caller has; without it (and without the header `Last-Event-ID`) the
    /// events begin now.
    pub(crate) after: Option<Revision>,
}

#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ExportQuery {
    pub(crate) format: ExportFormat,
    /// How a picture looks.
    #[serde(default)]
    pub(crate) theme: Picture,
}

/// A picture of a diagram, or of a part of it.
#[derive(Clone, Debug, Deserialize, IntoParams, ToSchema)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImageWish {
    pub(crate) format: ImageKind,
    #[serde(default)]
    pub(crate) theme: Picture,
    /// What the colours of lines tell; as the diagram says, unless told otherwise.
    #[serde(rename = "lineColors")]
    pub(crate) line_colors: Option<ImageLineColors>,
    /// No ground behind the tables.
    #[serde(default)]
    pub(crate) transparent: bool,
    /// These tables alone, by name or id, with commas between them.
    pub(crate) tables: Option<String>,
    /// The tables of these groups alone, by name, with commas between them.
    pub(crate) groups: Option<String>,
    /// What this view shows, by its name.
    pub(crate) view: Option<String>,
    /// What lies in this rectangle of the diagram: `x,y,width,height`.
    pub(crate) area: Option<String>,
    /// Pixels of a PNG for each of the diagram; of a PDF its size on tiled paper.
    pub(crate) scale: Option<f32>,
    #[serde(default)]
    pub(crate) paper: ImagePaper,
    #[serde(default)]
    pub(crate) orientation: ImageOrientation,
    #[serde(default)]
    pub(crate) pages: ImagePages,
}

/// The kind of file that a picture is.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ImageKind {
    Svg,
    Png,
    Pdf,
}

/// What the colours of lines tell.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ImageLineColors {
    /// Each foreign key has its own colour.
    Ref,
    /// What a delete of the referenced row does.
    Action,
    /// The group of the referenced table.
    Group,
}

/// The paper of a PDF; as large as the drawing, unless told otherwise.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ImagePaper {
    #[default]
    Drawing,
    A4,
    A3,
    Letter,
}

/// Which way paper is turned.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ImageOrientation {
    #[default]
    Auto,
    Portrait,
    Landscape,
}

/// Whether a drawing is fitted to one page or goes over many.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ImagePages {
    #[default]
    One,
    Tiled,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewDiagram {
    pub(crate) name: String,
    #[schema(value_type = Option<crowfoot_app::DialectName>)]
    pub(crate) dialect: Option<Dialect>,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DiagramPatch {
    pub(crate) name: String,
}

/// A diagram with all that it holds.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DiagramSnapshot {
    id: DiagramId,
    name: String,
    revision: Revision,
    /// A document, as `docs/format.md` describes it.
    #[schema(value_type = Object)]
    diagram: (),
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NewChanges {
    /// The revision that the change-set was made on.
    pub(crate) base: Revision,
    /// The caller's name for this commit, a fresh UUID: sending it again gives the same answer and
    /// applies nothing.
    pub(crate) key: Uuid,
    /// A change-set, as `docs/format.md` describes it.
    #[schema(value_type = Object)]
    pub(crate) change_set: ChangeSet,
}

/// A change-set to be seen as SQL.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ChangesToPlan {
    /// The revision that the change-set was made on.
    pub(crate) base: Revision,
    /// A change-set, as `docs/format.md` describes it.
    #[schema(value_type = Object)]
    pub(crate) change_set: ChangeSet,
    /// The database to write for.
    #[schema(value_type = crowfoot_app::DialectName)]
    pub(crate) dialect: Dialect,
}

/// One commit of a diagram's log.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    /// The revision that it made.
    pub(crate) revision: Revision,
    /// What was done: rebased, and with what it took along written out.
    #[schema(value_type = Object)]
    pub(crate) change_set: Box<RawValue>,
    pub(crate) key: Uuid,
    #[schema(value_type = String, format = DateTime)]
    pub(crate) at: Timestamp,
}

impl Entry {
    pub(crate) fn of(commit: &Commit) -> ApiResult<Self> {
        let change_set = RawValue::from_string(commit.change_set.to_string()).map_err(|error| {
            tracing::error!(%error, revision = commit.revision, "the log holds no JSON");
            Problem::internal()
        })?;
        Ok(Self { revision: commit.revision, change_set, key: commit.key, at: commit.at })
    }
}

impl TryFrom<Committed> for Entry {
    type Error = Problem;

    fn try_from(commit: Committed) -> Result<Self, Problem> {
        Self::of(&commit)
    }
}

#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Changes {
    /// Oldest first. When there are many the list is cut: ask again after the last.
    pub(crate) changes: Vec<Entry>,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextToRead {
    #[serde(default)]
    #[schema(value_type = ImportFormat)]
    pub(crate) format: ImportFormat,
    pub(crate) text: String,
}

#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Query)]
pub(crate) struct SuggestionsQuery {
    /// Leave out what is less sure, from 0 to 1.
    #[serde(default)]
    #[param(value_type = f64, minimum = 0, maximum = 1, default = json!(crowfoot_suggest::DEFAULT_CONFIDENCE))]
    pub(crate) min_confidence: Confidence,
}

/// How sure a suggestion is: from 0 to 1.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "f64")]
pub(crate) struct Confidence(pub(crate) f64);

impl TryFrom<f64> for Confidence {
    type Error = &'static str;

    fn try_from(value: f64) -> Result<Self, Self::Error> {
        let is_one = (0.0..=1.0).contains(&value);
        if is_one { Ok(Self(value)) } else { Err("a confidence is a number from 0 to 1") }
    }
}

impl Default for Confidence {
    fn default() -> Self {
        Self(crowfoot_suggest::DEFAULT_CONFIDENCE)
    }
}

/// A text whose foreign keys are looked for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct TextToSuggestFor {
    #[serde(default)]
    #[schema(value_type = ImportFormat)]
    pub(crate) format: ImportFormat,
    pub(crate) text: String,
    /// Leave out what is less sure, from 0 to 1.
    #[serde(default)]
    #[schema(value_type = f64, minimum = 0, maximum = 1, default = json!(crowfoot_suggest::DEFAULT_CONFIDENCE))]
    pub(crate) min_confidence: Confidence,
    /// Judge the text as if it declared no foreign key.
    #[serde(default)]
    pub(crate) ignore_declared: bool,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextToKeep {
    pub(crate) name: String,
    #[serde(default)]
    #[schema(value_type = ImportFormat)]
    pub(crate) format: ImportFormat,
    pub(crate) text: String,
}

#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TextToAdd {
    #[serde(default)]
    #[schema(value_type = ImportFormat)]
    pub(crate) format: ImportFormat,
    pub(crate) text: String,
    /// The revision that the caller has.
    pub(crate) base: Revision,
    /// As for changes; without it every request adds anew.
    pub(crate) key: Option<Uuid>,
}

/// What an import added to a diagram.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Added {
    #[serde(flatten)]
    pub(crate) entry: Entry,
    /// Tables that exist already and were left as they are.
    pub(crate) skipped: Vec<SkippedTable>,
    /// Refs that could not be attached, since a table that exists lacks their columns.
    pub(crate) lost_refs: Vec<String>,
}
