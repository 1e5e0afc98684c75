use crowfoot_schema::{
    Color, Dialect, EntityId, EnumId, EnumValueId, GroupId, LineColors, Notation, NoteId, Point,
    Size, TableId, ViewId,
};
use serde::Serialize;
use smol_str::SmolStr;

/// What holds for the diagram as a whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DiagramView {
    pub dialect: Option<Dialect>,
    pub notation: Notation,
    #[serde(rename = "lineColors")]
    pub line_colors: LineColors,
    /// The view that the canvas shows; none for the whole diagram.
    pub view: Option<ViewId>,
    pub note: Option<String>,
    pub counts: Counts,
}

/// How many entities of each kind there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Counts {
    pub tables: usize,
    pub columns: usize,
    pub refs: usize,
    pub enums: usize,
    pub groups: usize,
    pub notes: usize,
    pub views: usize,
    /// Tables that nobody and nothing placed yet.
    pub unplaced: usize,
}

/// An enum with its values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EnumView {
    pub id: EnumId,
    /// `schema.name`, or the name alone.
    pub label: String,
    pub schema: Option<SmolStr>,
    pub name: SmolStr,
    pub note: Option<String>,
    pub values: Vec<EnumValueView>,
    /// `table.column` of each column of this type.
    pub used_by: Vec<String>,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct EnumValueView {
    pub id: EnumValueId,
    pub name: SmolStr,
    pub note: Option<String>,
}

/// A table group.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct GroupView {
    pub id: GroupId,
    pub name: SmolStr,
    pub color: Option<Color>,
    pub note: Option<String>,
    pub tables: Vec<TableId>,
}

/// A view of the diagram.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ViewView {
    pub id: ViewId,
    pub name: SmolStr,
    /// How many tables it shows.
    pub n_tables: usize,
}

/// What a view could show, too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ViewChoices {
    pub choices: Vec<ViewChoice>,
    /// All tables that refs join to those that it shows, whatever their names.
    pub related: Vec<TableId>,
}

/// A table that a view does not show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ViewChoice {
    pub id: TableId,
    pub label: String,
    /// Whether a ref joins it to one that the view shows.
    pub is_related: bool,
}

/// A table that a view shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ViewedTable {
    pub id: TableId,
    pub label: String,
}

/// A sticky note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct NoteView {
    pub id: NoteId,
    pub name: SmolStr,
    pub text: String,
    pub color: Option<Color>,
    pub position: Option<Point>,
    pub size: Option<Size>,
}

/// Something that a search over the whole diagram found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SearchHit {
    pub entity: EntityId,
    /// The table to show, for a table or a column.
    pub table: Option<TableId>,
    pub label: String,
    /// What stands beside it in small letters: a type, the two ends of a ref.
    pub detail: String,
}
