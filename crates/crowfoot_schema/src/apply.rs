//! Applying a change-set: all of it or nothing, with the inverse as the result.
//!
//! The work is done on a clone, which shares everything it does not touch, and judged once after
//! the last change. Cost follows the change-set and the entities it touches; only deleting an
//! enum, a group or a partial looks at all tables, for what still uses it.

mod assemble;
mod cascade;
mod judge;
mod list;
mod steps;

pub(crate) use cascade::cells_without;
pub(crate) use list::{Listed, insert};
use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use crate::{
    Change, ChangeSet, Diagram, EntityId, EnumId, Reason, RefId, Rejected, Table, TableId, ViewId,
};

/// What came of applying a change-set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// What was done, with what it took along (the refs of a deleted table) written out.
    pub effective: ChangeSet,
    /// What undoes it, to the letter.
    pub inverse: ChangeSet,
}

impl Diagram {
    /// Applies a change-set: all of it or nothing.
    ///
    /// # Errors
    /// With every reason that could be found; the diagram is then as it was.
    pub fn apply(&mut self, changes: &ChangeSet) -> Result<Applied, Rejected> {
        let mut work = Work::new(self.clone());
        for (at, change) in changes.changes.iter().enumerate() {
            work.at = at;
            work.step(change);
        }
        work.judge(self);
        if !work.reasons.is_empty() {
            return Err(Rejected { reasons: work.reasons });
        }

        *self = work.diagram;
        work.inverse.reverse();
        Ok(Applied {
            effective: ChangeSet::new(changes.description.clone(), work.effective),
            inverse: ChangeSet::new(format!("undo: {}", changes.description), work.inverse),
        })
    }
}

/// A change-set being applied.
struct Work {
    diagram: Diagram,
    /// Which change of the change-set is being made.
    at: usize,
    effective: Vec<Change>,
    /// Undoes `effective`, last first.
    inverse: Vec<Change>,
    reasons: Vec<Reason>,
    /// What must be judged in the end, with the change that touched it last.
    tables: BTreeMap<TableId, usize>,
    refs: BTreeMap<RefId, usize>,
    enums: BTreeMap<EnumId, usize>,
    views: BTreeMap<ViewId, usize>,
    others: BTreeMap<EntityId, usize>,
}

impl Work {
    fn new(diagram: Diagram) -> Self {
        Self {
            diagram,
            at: 0,
            effective: Vec::new(),
            inverse: Vec::new(),
            reasons: Vec::new(),
            tables: BTreeMap::new(),
            refs: BTreeMap::new(),
            enums: BTreeMap::new(),
            views: BTreeMap::new(),
            others: BTreeMap::new(),
        }
    }

    fn refuse(&mut self, entity: EntityId, code: &'static str, message: impl Into<String>) {
        self.refuse_at(self.at, entity, None, code, message);
    }

    fn refuse_at(
        &mut self,
        change: usize,
        entity: EntityId,
        field: Option<&'static str>,
        code: &'static str,
        message: impl Into<String>,
    ) {
        self.reasons.push(Reason {
            change,
            entity,
            field: field.map(Cow::Borrowed),
            code: Cow::Borrowed(code),
            message: message.into(),
        });
    }

    fn done(&mut self, change: Change, inverse: Change) {
        self.effective.push(change);
        self.inverse.push(inverse);
    }

    /// The table to be changed, or a refusal.
    fn table_mut(&mut self, id: TableId) -> Option<&mut Table> {
        if !self.diagram.tables.contains_key(&id) {
            self.refuse(EntityId::Table(id), "schema/unknown-table", "the table no longer exists");
            return None;
        }
        self.tables.insert(id, self.at);
        self.diagram.tables.get_mut(&id).map(Arc::make_mut)
    }
}

#[cfg(test)]
mod tests;
