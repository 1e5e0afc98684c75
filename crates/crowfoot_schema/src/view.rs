use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Extra, GroupId, Note, NoteId, Point, Table, TableId, ViewId, patch::patch};

patch! {
    /// A named part of the diagram to look at, with places of its own. What any of its four lists
    /// names is in it.
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
    /// Where things stand in it, set one by one.
    places: Places,
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

impl<T: PartialEq> Shown<T> {
    /// Whether it is among them.
    pub fn has(&self, it: &T) -> bool {
        match self {
            Self::All => true,
            Self::Only(list) => list.contains(it),
        }
    }
}

/// Where tables and notes stand in a view. What is shown and has no place here was never put
/// anywhere in the view; where it stands in the whole diagram does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Places {
    #[serde(with = "list", skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "ts", ts(type = "{ id: TableId, position: Point }[]", optional))]
    pub tables: BTreeMap<TableId, Point>,
    #[serde(with = "list", skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "ts", ts(type = "{ id: NoteId, position: Point }[]", optional))]
    pub notes: BTreeMap<NoteId, Point>,
}

/// Something that has a place in a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "id", rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Placed {
    Table(TableId),
    Note(NoteId),
}

impl Places {
    /// Where it stands, if somebody has put it anywhere.
    pub fn get(&self, thing: Placed) -> Option<Point> {
        match thing {
            Placed::Table(id) => self.tables.get(&id).copied(),
            Placed::Note(id) => self.notes.get(&id).copied(),
        }
    }

    /// Puts it somewhere, or nowhere. Gives where it stood.
    pub(crate) fn set(&mut self, thing: Placed, position: Option<Point>) -> Option<Point> {
        match (thing, position) {
            (Placed::Table(id), Some(at)) => self.tables.insert(id, at),
            (Placed::Table(id), None) => self.tables.remove(&id),
            (Placed::Note(id), Some(at)) => self.notes.insert(id, at),
            (Placed::Note(id), None) => self.notes.remove(&id),
        }
    }

    /// All things that have a place.
    pub fn things(&self) -> impl Iterator<Item = Placed> + '_ {
        let tables = self.tables.keys().map(|it| Placed::Table(*it));
        tables.chain(self.notes.keys().map(|it| Placed::Note(*it)))
    }
}

impl View {
    /// A view of that name that shows nothing.
    pub fn new(id: ViewId, name: impl Into<SmolStr>) -> Self {
        Self {
            id,
            name: name.into(),
            tables: Shown::default(),
            notes: Shown::default(),
            groups: Shown::default(),
            schemas: Shown::default(),
            extras: Vec::new(),
            places: Places::default(),
        }
    }

    /// Whether the table is in it: named itself, or by its group or schema.
    pub fn has_table(&self, table: &Table) -> bool {
        self.tables.has(&table.id) || self.has_kind_of(table)
    }

    /// Whether a table is in it that it does not name itself: by its group or schema.
    pub fn has_kind_of(&self, table: &Table) -> bool {
        table.group.is_some_and(|it| self.groups.has(&it))
            || table.schema.as_ref().is_some_and(|it| self.schemas.has(it))
            || self.schemas == Shown::All
    }

    /// Whether the note is in it.
    pub fn has_note(&self, note: &Note) -> bool {
        self.notes.has(&note.id)
    }
}

/// Places as a list, in files: an id is never the name of a field there.
mod list {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::Point;

    #[derive(Serialize, Deserialize)]
    struct Place<Id> {
        id: Id,
        position: Point,
    }

    pub(super) fn serialize<Id: Copy + Serialize, S: Serializer>(
        places: &BTreeMap<Id, Point>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(places.iter().map(|(&id, &position)| Place { id, position }))
    }

    pub(super) fn deserialize<'de, Id: Ord + Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<Id, Point>, D::Error> {
        let list = Vec::<Place<Id>>::deserialize(deserializer)?;
        Ok(list.into_iter().map(|it| (it.id, it.position)).collect())
    }
}
