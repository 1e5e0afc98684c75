//! The table editor's pending model: one table and its refs as somebody wants them to be.
//!
//! A [`Draft`] holds plain values and no list of what was done: what would be saved is the
//! difference between the base and those values, so edits in any order end in the least change-set
//! that leads there, and an edit taken back leaves no trace. Nothing is judged while editing; a name
//! may be empty and a foreign key may lack its columns. What is wrong is told by
//! [`Draft::problems`], and the diagram's own judgement is among it.

mod conflict;
mod kept;
mod merge;
mod parts;
mod pen;
mod problems;
mod revert;
mod rows;
mod sketch;
mod words;

use std::sync::Arc;

use imbl::OrdMap;

use crate::{
    ChangeSet, Check, ColumnId, Diagram, Dismissal, Index, PrimaryKey, Reason, RefId, Table,
    TableId, diff,
};

pub use conflict::{Choice, DraftConflict};
pub use kept::{KeptDraft, KeptDraftError};
pub use pen::Pen;
pub use revert::HeadField;
pub use rows::{DraftRow, RowState};
pub use sketch::{Ends, RefSketch, RefSketchPatch};
pub use words::describe;

use parts::{Dismissals, Parts, Refs, with_parts};

/// More steps back than this are forgotten.
const MAX_STEPS: usize = 200;

/// A table being edited: what it was, what it is to be, and how to step back.
#[derive(Clone, Debug)]
pub struct Draft {
    id: TableId,
    /// The diagram that it would be saved to. It moves on by [`Draft::rebase`].
    base: Diagram,
    /// What the draft is about, as `base` has it.
    parts: Parts,
    now: Pending,
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// Somebody deleted the table; `parts` is what it was before.
    is_gone: bool,
    /// What is under way to the server; editing goes on meanwhile.
    sent: Option<Pending>,
    refused: Vec<Reason>,
    news: Vec<(u32, String)>,
    next_news: u32,
}

/// The values that the draft would give its table and refs.
///
/// Cheap to clone, so that each step of undo is one.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Pending {
    table: Arc<Table>,
    refs: Refs,
    dismissals: Dismissals,
    /// What went along with columns of the base that are dropped.
    taken: OrdMap<ColumnId, Arc<Taken>>,
    conflicts: Vec<DraftConflict>,
}

/// What went along with a column, as it was then.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Taken {
    indexes: Vec<Index>,
    checks: Vec<Check>,
    primary_key: Option<PrimaryKey>,
    refs: Vec<RefSketch>,
}

/// What was there before a step.
#[derive(Clone, Debug)]
struct Step {
    before: Pending,
    /// Steps of the same typing are one.
    typing: Option<String>,
}

/// Whose change a draft is brought up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The person who edits, elsewhere: nothing is news.
    Me,
    Others,
}

impl Pending {
    fn parts(&self) -> Parts {
        Parts {
            table: Some(Arc::clone(&self.table)),
            refs: self.refs.clone(),
            dismissals: self.dismissals.clone(),
        }
    }
}

impl Draft {
    /// A draft of a table with nothing pending; none if the diagram has no such table.
    pub fn open(diagram: &Diagram, id: TableId) -> Option<Self> {
        let parts = Parts::of(diagram, id);
        let table = Arc::clone(parts.table.as_ref()?);
        let (refs, dismissals) = (parts.refs.clone(), parts.dismissals.clone());
        let (taken, conflicts) = (OrdMap::new(), Vec::new());
        let now = Pending { table, refs, dismissals, taken, conflicts };
        Some(Self::over(diagram.clone(), id, parts, now))
    }

    fn over(base: Diagram, id: TableId, parts: Parts, now: Pending) -> Self {
        Self {
            id,
            base,
            parts,
            now,
            undo: Vec::new(),
            redo: Vec::new(),
            is_gone: false,
            sent: None,
            refused: Vec::new(),
            news: Vec::new(),
            next_news: 1,
        }
    }

    /// The table that it is about.
    pub fn id(&self) -> TableId {
        self.id
    }

    /// The diagram that it would be saved to.
    pub fn base(&self) -> &Diagram {
        &self.base
    }

    /// The table as the base has it; none if the base has none (any more).
    pub fn base_table(&self) -> Option<&Table> {
        self.parts.table.as_deref()
    }

    /// A ref as the base has it.
    pub fn base_ref(&self, id: RefId) -> Option<&RefSketch> {
        self.parts.refs.get(&id).map(Arc::as_ref)
    }

    /// The table as it is to be.
    pub fn table(&self) -> &Table {
        &self.now.table
    }

    /// A ref as it is to be.
    pub fn reference(&self, id: RefId) -> Option<&RefSketch> {
        self.now.refs.get(&id).map(Arc::as_ref)
    }

    /// The refs as they are to be, on whichever side the table stands.
    pub fn refs(&self) -> impl Iterator<Item = &RefSketch> {
        self.now.refs.values().map(Arc::as_ref)
    }

    /// The dismissed suggestions that touch the table, pending ones included.
    pub fn dismissals(&self) -> impl Iterator<Item = &Dismissal> {
        self.now.dismissals.values().map(Arc::as_ref)
    }

    /// How many suggestions would be dismissed and taken back by saving.
    pub fn n_dismissals(&self) -> (usize, usize) {
        let (old, new) = (&self.parts.dismissals, &self.now.dismissals);
        let n_more = |many: &Dismissals, few: &Dismissals| {
            many.keys().filter(|it| !few.contains_key(*it)).count()
        };
        (n_more(new, old), n_more(old, new))
    }

    /// Whether saving would change anything.
    pub fn is_dirty(&self) -> bool {
        let is_table_same = self.parts.table.as_ref().is_some_and(|it| *it == self.now.table);
        !is_table_same
            || self.parts.refs != self.now.refs
            || self.parts.dismissals != self.now.dismissals
    }

    /// The base with what is pending laid upon it. It need not be sound: it is for reading. Foreign
    /// keys that are not complete are as the base has them.
    pub fn preview(&self) -> Diagram {
        with_parts(&self.base, self.id, &self.now.parts())
    }

    /// The least change-set that makes what is pending of the base.
    pub fn compile(&self) -> ChangeSet {
        self.compiled(&self.now)
    }

    fn compiled(&self, pending: &Pending) -> ChangeSet {
        let preview = with_parts(&self.base, self.id, &pending.parts());
        let mut changes = diff(&self.base, &preview);
        changes.description = describe(&changes, &self.base, &preview);
        changes
    }

    /// Writes one step. Steps that say the same `typing` one after the other are one step of undo.
    pub fn edit(&mut self, typing: Option<&str>, write: impl FnOnce(&mut Pen<'_>)) {
        let before = self.now.clone();
        write(&mut Pen { base: &self.parts, now: &mut self.now });
        self.forget_settled();
        self.noted(before, typing);
    }

    fn noted(&mut self, before: Pending, typing: Option<&str>) {
        if before == self.now {
            return;
        }
        self.redo.clear();
        self.forget_refusals(&before);
        let goes_on =
            typing.is_some() && self.undo.last().is_some_and(|it| it.typing.as_deref() == typing);
        if goes_on {
            return;
        }
        self.undo.push(Step { before, typing: typing.map(str::to_owned) });
        if self.undo.len() > MAX_STEPS {
            self.undo.remove(0);
        }
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether there is a step to make again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    /// Takes the last step back; false if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(Step { before, typing }) = self.undo.pop() else { return false };
        let after = std::mem::replace(&mut self.now, before);
        self.forget_refusals(&after);
        self.redo.push(Step { before: after, typing });
        true
    }

    /// Makes the last step that was taken back again; false if there is none.
    pub fn redo(&mut self) -> bool {
        let Some(Step { before: after, typing }) = self.redo.pop() else { return false };
        let before = std::mem::replace(&mut self.now, after);
        self.forget_refusals(&before);
        self.undo.push(Step { before, typing });
        true
    }

    // Saving.

    /// The change-set to save; editing may go on until [`Draft::saved`] or [`Draft::not_saved`]
    /// says how it ended.
    pub fn send(&mut self) -> ChangeSet {
        self.refused.clear();
        self.sent = Some(self.now.clone());
        self.compile()
    }

    /// Whether a change-set is under way.
    pub fn is_sending(&self) -> bool {
        self.sent.is_some()
    }

    /// What was sent is part of `current`. What was edited since then stays pending.
    pub fn saved(&mut self, current: &Diagram) {
        let Some(sent) = self.sent.take() else {
            self.rebase(current, By::Me);
            return;
        };
        let was_sent = sent.parts();
        self.undo.clear();
        self.redo.clear();
        self.refused.clear();
        self.now.taken.clear();
        self.move_onto(&was_sent, current);
    }

    /// What was sent was not taken, for those reasons; they stand until their place is edited.
    pub fn not_saved(&mut self, reasons: Vec<Reason>) {
        self.sent = None;
        self.refused = reasons;
    }

    // News.

    /// What others changed since the draft was opened, in words, with numbers to tell them by.
    pub fn news(&self) -> &[(u32, String)] {
        &self.news
    }

    /// The person has read the news.
    pub fn dismiss_news(&mut self) {
        self.news.clear();
    }

    /// Refs that go with a column, those of other tables too.
    pub fn refs_that_go(&self, column: ColumnId) -> impl Iterator<Item = &RefSketch> {
        self.refs().filter(move |it| it.mentions(self.id, column))
    }
}
