//! The part of a diagram that a draft is about: one table and the refs that touch it.

use std::sync::Arc;

use imbl::OrdMap;
use serde::{Deserialize, Serialize};

use super::RefSketch;
use crate::{Diagram, RefId, Table, TableId};

/// A table, if it is there, and the refs that touch it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Parts {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) table: Option<Arc<Table>>,
    #[serde(with = "by_id")]
    pub(super) refs: Refs,
}

pub(super) type Refs = OrdMap<RefId, Arc<RefSketch>>;

impl Parts {
    pub(super) fn of(diagram: &Diagram, id: TableId) -> Self {
        let refs = diagram.refs_of(id).map(|it| (it.id, Arc::new(RefSketch::of(it))));
        Self { table: diagram.tables.get(&id).cloned(), refs: refs.collect() }
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
    made
}

/// Refs as a list: their ids stand in them.
mod by_id {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serializer};

    use super::Refs;
    use crate::draft::RefSketch;

    pub(super) fn serialize<S: Serializer>(refs: &Refs, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(refs.values())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Refs, D::Error> {
        let list = Vec::<RefSketch>::deserialize(deserializer)?;
        Ok(list.into_iter().map(|it| (it.id, Arc::new(it))).collect())
    }
}
