//! Where tables stand and how lines run.
//!
//! [`arrange`] finds places for tables that have none. A [`Scene`] is a diagram as it is drawn:
//! boxes with their texts, routed lines with the notations at their ends, groups and notes. It is
//! built once and then kept in step change-set by change-set. The browser's canvas paints it, and
//! [`svg`] prints it, so that both show the same.

mod arrange;
mod color;
mod ends;
mod font;
mod geometry;
mod grid;
mod ink;
mod line;
mod marks;
mod progress;
mod route;
mod scene;
pub mod sizes;
mod svg;
mod table_box;
mod text;
mod theme;

pub use arrange::{Style, arrange, arrange_in, arrange_telling, tidy};
pub use ends::{Mark, marks};
pub use geometry::{Pt, Rect};
pub use ink::{Ink, Key, Legend, Pattern, Tint};
pub use line::{End, Facing, Label, Line};
pub use marks::{MARK_FACE, MarkShape, mark_shapes};
pub use scene::{GroupBox, Hit, NoteBox, Scene, SceneDelta};
pub use svg::{Part, SvgOptions, svg};
pub use table_box::{Row, RowFlags, TableBox};
pub use text::{Typeface, Weight, fit_text, text_width};
pub use theme::{Palette, Theme};
