//! The measures of everything that is drawn, in pixels at zoom 1.
//!
//! Canvas and SVG take them from here. Text is set in Inter (npm `@fontsource/inter`, weights 400
//! and 600); a web app that measures with another font will see names cut off.

use crate::{Typeface, Weight};

/// The CSS font family list.
pub const FONT_FAMILY: &str = "Inter, 'Inter Variable', system-ui, sans-serif";
/// Table names.
pub const TITLE_FACE: Typeface = Typeface { size: 13, weight: Weight::Semibold };
/// Column names.
pub const NAME_FACE: Typeface = Typeface { size: 13, weight: Weight::Regular };
/// Column names of the primary key.
pub const KEY_FACE: Typeface = Typeface { size: 13, weight: Weight::Semibold };
/// Column types and the schema badge.
pub const TYPE_FACE: Typeface = Typeface { size: 12, weight: Weight::Regular };
/// Names of refs and groups, text of notes.
pub const LABEL_FACE: Typeface = Typeface { size: 12, weight: Weight::Regular };

/// The header of a table, where its name stands.
pub const HEADER_HEIGHT: i32 = 28;
/// One column of a table.
pub const ROW_HEIGHT: i32 = 22;
/// From a table's edge to its text.
pub const PADDING: i32 = 12;
/// Left of a column's name, for the key mark.
pub const ICON_WIDTH: i32 = 20;
/// Between a column's name and its type, at least.
pub const TYPE_GAP: i32 = 20;
/// Right of a column's type, for the mark of a nullable column.
pub const NULL_WIDTH: i32 = 10;
/// The narrowest table.
pub const MIN_TABLE_WIDTH: i32 = 140;
/// A longer column name ends in an ellipsis.
pub const MAX_NAME_WIDTH: i32 = 220;
/// A longer type ends in an ellipsis.
pub const MAX_TYPE_WIDTH: i32 = 130;
/// A longer table name ends in an ellipsis.
pub const MAX_TITLE_WIDTH: i32 = 300;
/// How round the corners of tables are.
pub const CORNER_RADIUS: i32 = 6;
/// How round the bends of lines are, at most.
pub const BEND_RADIUS: f32 = 6.0;

/// From a group's tables to its edge.
pub const GROUP_PADDING: i32 = 20;
/// Above a group's tables, for its name.
pub const GROUP_LABEL_HEIGHT: i32 = 24;
/// How big a sticky note is that does not say.
pub const NOTE_SIZE: (i32, i32) = (220, 120);

/// How far a line runs straight out of a table before it may bend: room for the end notation.
pub const STUB: i32 = 26;
/// How far from their table lines fan out to different notations: behind these, and before the first
/// bend, so that no fan lies on a line that runs along the table.
pub const FAN: f32 = 23.0;
/// How far from its table the bar is to which a composite ref forks.
pub const FORK: i32 = 10;
/// How close two lines may come that run side by side, where there is room.
pub const LINE_GAP: f32 = 8.0;
