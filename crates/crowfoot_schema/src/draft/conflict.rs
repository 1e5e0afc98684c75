//! What somebody else saved that does not go with what is pending, and how it is decided.

use std::{borrow::Cow, sync::Arc};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{By, Draft, Parts, Pen, Pending, merge::Fields, merge::Merge, words};
use crate::{Diagram, EntityId, Reason, Side, diff};

/// Both set the field, to different values.
pub(super) const BOTH_CHANGED: &str = "conflict/both-changed";
/// They deleted what is changed or used here.
pub(super) const DELETED: &str = "conflict/deleted";
/// It is dropped here, and they changed it.
pub(super) const DELETES_CHANGED: &str = "conflict/deletes-changed";
/// It is dropped here, and they built on it.
pub(super) const DELETES_USED: &str = "conflict/deletes-used";
/// A foreign key that is pending pointed at what they deleted.
pub(super) const USES_DELETED: &str = "conflict/uses-deleted";

/// Something that two people want in ways that do not go together.
///
/// Theirs is what the base of the draft has, mine is what is pending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftConflict {
    /// The table, or a column, index, check or ref of it.
    pub entity: EntityId,
    /// The field that it is about, by its name in JSON (`ends` for what a ref joins); none for the
    /// entity as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// A stable name such as `conflict/both-changed`.
    pub code: Cow<'static, str>,
}

/// Which of two values stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Theirs,
    Mine,
}

impl DraftConflict {
    /// Whether there is still something to decide.
    pub(super) fn stands(&self, base: &Parts, mine: &Pending) -> bool {
        match &self.field {
            Some(field) => self.differing(base, mine).is_some_and(|it| it.contains_key(field)),
            None => {
                let (theirs, mine) = (has(base, self.entity), is_pending(mine, self.entity));
                match &*self.code {
                    DELETED => !theirs && mine,
                    DELETES_CHANGED | DELETES_USED => theirs && !mine,
                    _ => mine,
                }
            }
        }
    }

    /// The fields in which the pending entity differs from the base; none if one lacks it.
    fn differing(&self, base: &Parts, mine: &Pending) -> Option<Map<String, Value>> {
        let table = base.table.as_deref()?;
        Some(match self.entity {
            EntityId::Table(_) => Fields::changed(&table.head, &mine.table.head),
            EntityId::Column(id) => Fields::changed(table.column(id)?, mine.table.column(id)?),
            EntityId::Index(id) => Fields::changed(table.index(id)?, mine.table.index(id)?),
            EntityId::Check(id) => Fields::changed(table.check(id)?, mine.table.check(id)?),
            EntityId::Ref(id) => Fields::changed(&**base.refs.get(&id)?, &**mine.refs.get(&id)?),
            _ => return None,
        })
    }
}

fn has(base: &Parts, entity: EntityId) -> bool {
    let table = base.table.as_deref();
    match entity {
        EntityId::Table(_) => table.is_some(),
        EntityId::Column(id) => table.is_some_and(|it| it.column(id).is_some()),
        EntityId::Index(id) => table.is_some_and(|it| it.index(id).is_some()),
        EntityId::Check(id) => table.is_some_and(|it| it.check(id).is_some()),
        EntityId::Ref(id) => base.refs.contains_key(&id),
        _ => false,
    }
}

fn is_pending(mine: &Pending, entity: EntityId) -> bool {
    match entity {
        EntityId::Table(_) => true,
        EntityId::Column(id) => mine.table.column(id).is_some(),
        EntityId::Index(id) => mine.table.index(id).is_some(),
        EntityId::Check(id) => mine.table.check(id).is_some(),
        EntityId::Ref(id) => mine.refs.contains_key(&id),
        _ => false,
    }
}

impl Draft {
    /// Whether somebody else deleted the table, and nobody decided yet what to do about it.
    pub fn is_gone(&self) -> bool {
        self.is_gone
    }

    /// What has to be decided before the draft can be saved.
    pub fn conflicts(&self) -> Vec<DraftConflict> {
        let gone =
            DraftConflict { entity: EntityId::Table(self.id), field: None, code: DELETED.into() };
        let gone = self.is_gone.then_some(gone);
        // What the table is goes before what is in it, and all of that waits for the table.
        if gone.is_some() {
            return gone.into_iter().collect();
        }
        let stand = self.now.conflicts.iter().filter(|it| it.stands(&self.parts, &self.now));
        stand.cloned().collect()
    }

    /// Brings the draft up to a newer diagram; true if anything in it is different now. What others
    /// changed of the table is told as news.
    pub fn rebase(&mut self, current: &Diagram, by: By) -> bool {
        let (before, old_base) = (self.parts.clone(), self.base.clone());
        let (pending, was_gone) = (self.now.clone(), self.is_gone);
        self.move_onto(&before, current);
        let has_news = before != self.parts;
        if by == By::Others && has_news && !self.is_gone {
            let old = super::with_parts(current, self.id, &before);
            let changes = diff(&old, current);
            for words in words::sentences(&changes, &old_base, current) {
                let id = self.next_news;
                self.next_news += 1;
                self.news.push((id, words));
            }
        }
        has_news || was_gone != self.is_gone || pending != self.now
    }

    /// Merges what is pending, and all steps, with what became of `old`.
    pub(super) fn move_onto(&mut self, old: &Parts, current: &Diagram) {
        let new = Parts::of(current, self.id);
        if new.table.is_none() && old.table.is_some() {
            // What the table was stays the base of what is pending, in case it comes back.
            self.is_gone = true;
            self.base = current.clone();
            return;
        }
        self.is_gone = false;
        let merge = Merge { id: self.id, old, new: &new, before: &self.base, after: current };
        self.now = merge.pending(&self.now);
        for step in self.undo.iter_mut().chain(&mut self.redo) {
            step.before = merge.pending(&step.before);
        }
        self.sent = self.sent.as_ref().map(|it| merge.pending(it));
        self.base = current.clone();
        self.parts = new;
    }

    /// Decides a conflict, as a step that can be taken back. False if the draft is over with it:
    /// they deleted the table, and so it stays.
    pub fn resolve(&mut self, conflict: &DraftConflict, choice: Choice) -> bool {
        if self.is_gone {
            if choice == Choice::Theirs {
                return false;
            }
            self.make_anew();
            return true;
        }
        let before = self.now.clone();
        self.now.conflicts.retain(|it| it != conflict);
        if choice == Choice::Theirs {
            match &conflict.field {
                Some(field) => self.take_field(conflict.entity, field),
                None => self.take_whole(conflict),
            }
        }
        self.noted(before, None);
        true
    }

    /// The table is made again as it is pending: everything in it is an addition.
    fn make_anew(&mut self) {
        self.is_gone = false;
        self.parts =
            Parts { table: None, refs: super::Refs::new(), dismissals: super::Dismissals::new() };
        self.undo.clear();
        self.redo.clear();
        self.now.taken.clear();
        self.now.conflicts.clear();
        let base = &self.base;
        let id = self.id;
        let is_there = |sketch: &super::RefSketch| {
            [Side::From, Side::To].into_iter().all(|side| match sketch.table(side) {
                Some(table) if table != id => base.table(table).is_some_and(|table| {
                    sketch.side_columns(side).all(|it| table.column(it).is_some())
                }),
                _ => true,
            })
        };
        self.now.refs =
            std::mem::take(&mut self.now.refs).into_iter().filter(|(_, it)| is_there(it)).collect();
        let dismissals = std::mem::take(&mut self.now.dismissals);
        let owns = |at, column| {
            at == id || base.table(at).is_some_and(|table| table.column(column).is_some())
        };
        let is_there = |it: &crate::Dismissal| {
            it.columns.iter().all(|(from, to)| owns(it.from, from) && owns(it.to, to))
        };
        self.now.dismissals = dismissals.into_iter().filter(|(_, it)| is_there(it)).collect();
    }

    fn take_field(&mut self, entity: EntityId, field: &str) {
        let Some(base) = self.parts.table.clone() else { return };
        let table = Arc::make_mut(&mut self.now.table);
        match entity {
            EntityId::Table(_) => Fields::copy(field, &base.head, &mut table.head),
            EntityId::Column(id) => {
                copy(field, &base.columns, &mut table.columns, |it| it.id == id)
            }
            EntityId::Index(id) => copy(field, &base.indexes, &mut table.indexes, |it| it.id == id),
            EntityId::Check(id) => copy(field, &base.checks, &mut table.checks, |it| it.id == id),
            EntityId::Ref(id) => {
                if let (Some(base), Some(mine)) =
                    (self.parts.refs.get(&id), self.now.refs.get_mut(&id))
                {
                    Fields::copy(field, &**base, Arc::make_mut(mine));
                }
            }
            _ => {}
        }
    }

    fn take_whole(&mut self, conflict: &DraftConflict) {
        let mut pen = Pen { base: &self.parts, now: &mut self.now };
        let is_theirs = has(pen.base, conflict.entity);
        match conflict.entity {
            EntityId::Column(id) if is_theirs => pen.restore_column(id),
            EntityId::Column(id) => pen.drop_column(id),
            EntityId::Index(id) if is_theirs => pen.restore_index(id),
            EntityId::Index(id) => pen.drop_index(id),
            EntityId::Check(id) if is_theirs => pen.restore_check(id),
            EntityId::Check(id) => pen.drop_check(id),
            EntityId::Ref(id) if is_theirs => pen.restore_ref(id),
            EntityId::Ref(id) => pen.drop_ref(id),
            _ => {}
        }
    }

    /// A conflict that an edit settled is settled for good: it does not come back when the edit is
    /// followed by another one, only when it is undone.
    pub(super) fn forget_settled(&mut self) {
        let open = std::mem::take(&mut self.now.conflicts);
        let (parts, now) = (&self.parts, &self.now);
        let open: Vec<_> = open.into_iter().filter(|it| it.stands(parts, now)).collect();
        self.now.conflicts = open;
    }

    /// Reasons of the server stand until what they are about is edited.
    pub(super) fn forget_refusals(&mut self, before: &Pending) {
        let now = &self.now;
        let is_same = |it: &Reason| match it.entity {
            EntityId::Table(_) => before.table.head == now.table.head,
            EntityId::Column(id) => before.table.column(id) == now.table.column(id),
            EntityId::Index(id) => before.table.index(id) == now.table.index(id),
            EntityId::Check(id) => before.table.check(id) == now.table.check(id),
            EntityId::Ref(id) => before.refs.get(&id) == now.refs.get(&id),
            _ => before.table == now.table && before.refs == now.refs,
        };
        self.refused.retain(is_same);
    }
}

fn copy<T: Fields>(field: &str, base: &[T], mine: &mut [T], is_it: impl Fn(&T) -> bool) {
    if let (Some(base), Some(mine)) =
        (base.iter().find(|it| is_it(it)), mine.iter_mut().find(|it| is_it(it)))
    {
        T::copy(field, base, mine);
    }
}
