use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Extra, GroupId, NoteId, TableId, ViewId, patch::patch};

patch! {
    /// A named part of the diagram to look at. What any of its four lists names is in it.
    View: ViewId,
    ViewPatch {
        name: SmolStr,
        ;
        tables: Shown<TableId>,
        notes: Shown<NoteId>,
        groups: Shown<GroupId>,
        schemas: Shown<SmolStr>,
        extras: Vec<Extra>,
    }
}

/// Which entities of one kind a view shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Shown<T> {
    All,
    Only(Vec<T>),
}

impl<T> Default for Shown<T> {
    fn default() -> Self {
        Self::Only(Vec::new())
    }
}
