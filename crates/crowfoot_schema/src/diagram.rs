use std::sync::Arc;

use imbl::{GenericHashMap, OrdMap, OrdSet};
use rustc_hash::FxBuildHasher;
use smol_str::SmolStr;

use crate::{
    Dismissal, DismissalId, Enum, EnumId, Group, GroupId, Note, NoteId, Partial, PartialId, Ref,
    RefId, Settings, Table, TableId, View, ViewId,
};

/// A map from schema and name to the entity of that name.
pub(crate) type Names<Id> = GenericHashMap<
    (Option<SmolStr>, SmolStr),
    Id,
    FxBuildHasher,
    imbl::shared_ptr::DefaultSharedPtr,
>;

/// A whole schema as people draw it: tables, refs and all else, and where they stand.
///
/// It is changed by [`Diagram::apply`](Diagram::apply) alone. A clone costs nothing to speak of and
/// shares what did not change since, so a reader keeps a consistent state while a writer goes on.
/// Entities of a kind come in the order of their ids, which is the order in which they were made.
#[derive(Clone, Debug, Default)]
pub struct Diagram {
    pub(crate) settings: Settings,
    pub(crate) tables: OrdMap<TableId, Arc<Table>>,
    pub(crate) refs: OrdMap<RefId, Arc<Ref>>,
    pub(crate) enums: OrdMap<EnumId, Arc<Enum>>,
    pub(crate) groups: OrdMap<GroupId, Arc<Group>>,
    pub(crate) notes: OrdMap<NoteId, Arc<Note>>,
    pub(crate) views: OrdMap<ViewId, Arc<View>>,
    pub(crate) partials: OrdMap<PartialId, Arc<Partial>>,
    pub(crate) dismissals: OrdMap<DismissalId, Arc<Dismissal>>,
    /// Kept in step by `apply`: follows from the maps above.
    pub(crate) table_names: Names<TableId>,
    pub(crate) enum_names: Names<EnumId>,
    /// A ref stands here once for each table that it touches.
    pub(crate) refs_by_table: OrdSet<(TableId, RefId)>,
}

macro_rules! readers {
    ($($(#[$doc:meta])* $one:ident, $many:ident: $id:ty => $entity:ty;)*) => {$(
        $(#[$doc])*
        pub fn $one(&self, id: $id) -> Option<&$entity> {
            self.$many.get(&id).map(Arc::as_ref)
        }

        /// All of them, in the order in which they were made.
        pub fn $many(&self) -> impl ExactSizeIterator<Item = &$entity> + DoubleEndedIterator {
            self.$many.values().map(Arc::as_ref)
        }
    )*};
}

impl Diagram {
    /// A diagram with nothing in it.
    pub fn new() -> Self {
        Self::default()
    }

    /// What holds for the diagram as a whole.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    readers! {
        /// The table of that id.
        table, tables: TableId => Table;
        /// The ref of that id.
        reference, refs: RefId => Ref;
        /// The enum of that id.
        enumeration, enums: EnumId => Enum;
        /// The group of that id.
        group, groups: GroupId => Group;
        /// The sticky note of that id.
        note, notes: NoteId => Note;
        /// The view of that id.
        view, views: ViewId => View;
        /// The table partial of that id.
        partial, partials: PartialId => Partial;
        /// The dismissed suggestion of that id.
        dismissal, dismissals: DismissalId => Dismissal;
    }

    /// The table of exactly that schema and name.
    pub fn table_named(&self, schema: Option<&str>, name: &str) -> Option<&Table> {
        let key = (schema.map(SmolStr::new), SmolStr::new(name));
        self.table(*self.table_names.get(&key)?)
    }

    /// The enum of exactly that schema and name.
    pub fn enum_named(&self, schema: Option<&str>, name: &str) -> Option<&Enum> {
        let key = (schema.map(SmolStr::new), SmolStr::new(name));
        self.enumeration(*self.enum_names.get(&key)?)
    }

    /// The refs that have the table on either side.
    pub fn refs_of(&self, table: TableId) -> impl Iterator<Item = &Ref> + '_ {
        let first = (table, RefId(uuid::Uuid::nil()));
        let last = (table, RefId(uuid::Uuid::max()));
        self.refs_by_table.range(first..=last).filter_map(|(_, id)| self.reference(*id))
    }
}

/// Two diagrams are equal when all entities are, ids included.
impl PartialEq for Diagram {
    fn eq(&self, other: &Self) -> bool {
        self.settings == other.settings
            && self.tables == other.tables
            && self.refs == other.refs
            && self.enums == other.enums
            && self.groups == other.groups
            && self.notes == other.notes
            && self.views == other.views
            && self.partials == other.partials
            && self.dismissals == other.dismissals
    }
}

impl Eq for Diagram {}
