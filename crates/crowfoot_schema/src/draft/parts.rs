//! The part of a diagram that a draft is about: one table, the refs that touch it, and the
//! dismissed suggestions that do.

use std::sync::Arc;

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use super::RefSketch;
use crate::{Diagram, Dismissal, DismissalId, RefId, Table, TableId};

/// A table, if it is there, the refs that touch it, and the dismissed suggestions that do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Parts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) table: Option<Arc<Table>>,
    #[serde(with = "by_id")]
    pub(super) refs: Refs,
    #[serde(default, skip_serializing_if = "OrdMap::is_empty", with = "by_id")]
    pub(super) dismissals: Dismissals,
}

pub(super) type Refs = OrdMap<RefId, Arc<RefSketch>>;
pub(super) type Dismissals = OrdMap<DismissalId, Arc<Dismissal>>;

impl Parts {
    pub(super) fn of(diagram: &Diagram, id: TableId) -> Self {
        let refs = diagram.refs_of(id).map(|it| (it.id, Arc::new(RefSketch::of(it))));
        let own = diagram.dismissals.iter().filter(|(_, it)| it.touches(id));
        Self {
            table: diagram.tables.get(&id).cloned(),
            refs: refs.collect(),
            dismissals: own.map(|(id, it)| (*id, Arc::clone(it))).collect(),
        }
    }
}

/// The diagram with those parts instead of its own. What comes of it need not be sound: it is for
/// reading and for `diff`. Refs that are not complete stay as the diagram has them.
pub(super) fn with_parts(diagram: &Diagram, id: TableId, parts: &Parts) -> Diagram {
    let mut made = diagram.clone();
    match &parts.table {
        Some(table) => {
            made.tables.insert(id, Arc::clone(table));
        }
        None => {
            made.tables.remove(&id);
        }
    }
    for reference in diagram.refs_of(id) {
        if !parts.refs.contains_key(&reference.id) {
            made.refs.remove(&reference.id);
            for table in [reference.from, reference.to] {
                made.refs_by_table.remove(&(table, reference.id));
            }
        }
    }
    for sketch in parts.refs.values() {
        let Some(reference) = sketch.complete() else { continue };
        if let Some(old) = made.refs.get(&reference.id) {
            for table in [old.from, old.to] {
                made.refs_by_table.remove(&(table, old.id));
            }
        }
        for table in [reference.from, reference.to] {
            made.refs_by_table.insert((table, reference.id));
        }
        made.refs.insert(reference.id, Arc::new(reference));
    }
    for dismissal in diagram.dismissals().filter(|it| it.touches(id)) {
        if !parts.dismissals.contains_key(&dismissal.id) {
            made.dismissals.remove(&dismissal.id);
        }
    }
    made.dismissals.extend(parts.dismissals.iter().map(|(id, it)| (*id, Arc::clone(it))));
    made
}

/// What stands alone as a list: the ids stand in the items.
mod by_id {
    use std::sync::Arc;

    use imbl::OrdMap;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::{Dismissal, DismissalId, RefId, draft::RefSketch};

    pub(super) trait Item {
        type Id: Copy + Ord;
        fn id(&self) -> Self::Id;
    }

    impl Item for RefSketch {
        type Id = RefId;
        fn id(&self) -> RefId {
            self.id
        }
    }

    impl Item for Dismissal {
        type Id = DismissalId;
        fn id(&self) -> DismissalId {
            self.id
        }
    }

    pub(super) fn serialize<T: Item + Serialize, S: Serializer>(
        items: &OrdMap<T::Id, Arc<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(items.values())
    }

    pub(super) fn deserialize<'de, T: Item + Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<OrdMap<T::Id, Arc<T>>, D::Error> {
        let list = Vec::<T>::deserialize(deserializer)?;
        Ok(list.into_iter().map(|it| (it.id(), Arc::new(it))).collect())
    }
}
