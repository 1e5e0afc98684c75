//! The model: a diagram of tables and refs, and the changes to it.
//!
//! [`Diagram`] holds the entities by stable ids. A [`ChangeSet`] is the only way to alter one:
//! [`Diagram::apply`] does all of it or nothing and hands back the inverse. The serde form of the
//! entities and of change-sets is our documented file format.

mod align;
mod apply;
mod change;
mod check;
mod column;
mod diagram;
mod diff;
mod dismissal;
mod document;
mod draft;
mod enums;
mod extra;
mod geometry;
mod group;
mod id;
mod index;
mod note;
mod outline;
mod partial;
mod patch;
mod printed;
mod rebase;
mod records;
mod refs;
mod rejected;
mod seen;
mod settings;
mod table;
mod view;

pub use align::{Renames, align};
pub use apply::Applied;
pub use change::{Change, ChangeSet, Verb};
pub use check::{Check, CheckPatch};
pub use column::{Column, ColumnPatch, ColumnType, DefaultValue, Generated, Increment};
pub use diagram::Diagram;
pub use diff::diff;
pub use dismissal::Dismissal;
pub use document::{Document, DocumentError, FormatVersion, UnknownVersion, read_document};
pub use draft::{
    By, Choice, Draft, DraftConflict, DraftRow, Ends, HeadField, KeptDraft, KeptDraftError, Pen,
    RefSketch, RefSketchPatch, RowState, describe,
};
pub use enums::{Enum, EnumHead, EnumPatch, EnumValue, EnumValuePatch};
pub use extra::Extra;
pub use geometry::{Color, ColorError, Point, Size};
pub use group::{Group, GroupPatch};
pub use id::{
    CheckId, ColumnId, DismissalId, EnumId, EnumValueId, GroupId, IdMint, IndexId, NoteId,
    PartialId, RefId, TableId, ViewId,
};
pub use index::{Index, IndexPart, IndexPatch, IndexTarget, Uniqueness};
pub use note::{Note, NotePatch};
pub use outline::{OutlineParts, outline, outline_of};
pub use partial::{Partial, PartialPatch};
pub use printed::{Notice, Printed};
pub use rebase::{Conflict, rebase};
pub use records::{Cell, Records};
pub use refs::{
    Cardinality, ColumnPairs, ColumnPairsError, Deferrable, KeyColumns, Ref, RefPatch,
    ReferentialAction, Side,
};
pub use rejected::{EntityId, Reason, Rejected};
pub use settings::{Dialect, LineColors, Notation, Settings, SettingsPatch};
pub use table::{PrimaryKey, Table, TableHead, TablePatch};
pub use view::{Placed, Places, Shown, View, ViewPatch};
