//! Drafts keep step with the diagram, and go to the server whole.

use crowfoot_schema::{
    By, ChangeSet, Choice, ColumnId, Draft, KeptDraft, Reason, RefSketch, TableId,
};

use super::{ConflictChoice, DraftCall, conflict::conflict_id, show::view, write::no_draft};
use crate::{
    Editor,
    outcome::{DraftOutgoing, Fault, Received},
    view::{DraftView, RefRow},
};

impl Editor {
    /// What the table editor wants; null where there is no draft (any more).
    ///
    /// # Errors
    /// When an edit cannot be understood; nothing is changed then.
    pub fn draft(&mut self, table: TableId, call: DraftCall) -> Result<Option<DraftView>, Fault> {
        self.notices.clear();
        match call {
            DraftCall::Open => {
                if !self.drafts.contains_key(&table)
                    && let Some(draft) = Draft::open(&self.shown, table)
                {
                    self.drafts.insert(table, draft);
                }
            }
            DraftCall::View => {}
            DraftCall::Edit { edit } => self.write_draft(table, edit)?,
            DraftCall::Undo => {
                self.drafts.get_mut(&table).ok_or_else(no_draft)?.undo();
            }
            DraftCall::Redo => {
                self.drafts.get_mut(&table).ok_or_else(no_draft)?.redo();
            }
            DraftCall::Discard => {
                self.drafts.remove(&table);
            }
            DraftCall::Resolve { conflict, choice } => {
                self.resolve_draft(table, &conflict, choice)?;
            }
            DraftCall::DismissNews => {
                self.drafts.get_mut(&table).ok_or_else(no_draft)?.dismiss_news();
            }
        }
        Ok(self.draft_view(table))
    }

    fn draft_view(&mut self, table: TableId) -> Option<DraftView> {
        let draft = self.drafts.remove(&table)?;
        let suggestions = self.suggest_for(&draft);
        let mut shown = view(&draft, &suggestions);
        shown.notices = std::mem::take(&mut self.notices);
        self.drafts.insert(table, draft);
        Some(shown)
    }

    fn resolve_draft(
        &mut self,
        table: TableId,
        conflict: &str,
        choice: ConflictChoice,
    ) -> Result<(), Fault> {
        let draft = self.drafts.get_mut(&table).ok_or_else(no_draft)?;
        // One that is not there any more was decided, or went away by itself.
        let found = draft.conflicts().into_iter().find(|it| conflict_id(it) == conflict);
        let choice = match choice {
            ConflictChoice::Theirs => Choice::Theirs,
            ConflictChoice::Mine => Choice::Mine,
        };
        if let Some(found) = found
            && !draft.resolve(&found, choice)
        {
            self.drafts.remove(&table);
        }
        Ok(())
    }

    /// The refs that would go with a column, those of other tables too.
    pub(crate) fn refs_that_go(&self, table: TableId, column: ColumnId) -> Vec<RefRow> {
        let Some(draft) = self.drafts.get(&table) else { return Vec::new() };
        let preview = draft.preview();
        let lens = crate::answer::Lens { diagram: &preview };
        let refs = draft.refs_that_go(column).filter_map(RefSketch::complete);
        refs.map(|it| lens.row_of(&it)).collect()
    }

    /// The change-set that saving would make.
    pub(crate) fn draft_changes(&self, table: TableId) -> Option<ChangeSet> {
        Some(self.drafts.get(&table)?.compile())
    }

    /// Brings all drafts up to what is shown. A table that has gone takes its draft along if
    /// nothing was pending.
    pub(crate) fn rebase_drafts(&mut self, by: By) {
        for (id, draft) in &mut self.drafts {
            if draft.rebase(&self.shown, by) {
                self.stale_drafts.insert(*id);
            }
        }
        self.drafts.retain(|_, draft| !draft.is_gone() || draft.is_dirty());
    }

    /// The tables whose drafts changed by themselves since this was asked last.
    pub fn take_stale_drafts(&mut self) -> Vec<TableId> {
        std::mem::take(&mut self.stale_drafts).into_iter().collect()
    }

    /// The change-set to save; null if nothing is pending. Nothing else may wait to be sent.
    ///
    /// # Errors
    /// When something is wrong with it, which its view tells.
    pub fn send_draft(&mut self, table: TableId) -> Result<Option<DraftOutgoing>, Fault> {
        if self.n_pending() > 0 {
            return Err(Fault::new("draft/not-yet", "other changes are sent first"));
        }
        let base = self.revision;
        let draft = self.drafts.get_mut(&table).ok_or_else(no_draft)?;
        if !draft.conflicts().is_empty() {
            return Err(Fault::new("draft/conflicts", "there are conflicts to decide first"));
        }
        if let Some(first) = draft.problems().into_iter().next() {
            return Err(Fault {
                code: first.code.clone(),
                message: first.message.clone(),
                reasons: vec![first],
            });
        }
        if !draft.is_dirty() {
            return Ok(None);
        }
        let change_set = draft.send();
        Ok(Some(DraftOutgoing { base, change_set }))
    }

    /// Takes in what the server made of a draft that was sent: it is shown now, as one step of
    /// undo, and what was edited meanwhile stays pending.
    ///
    /// # Errors
    /// When it does not fit what was committed before: the snapshot must be read again.
    pub fn draft_saved(
        &mut self,
        table: TableId,
        revision: u64,
        changes: &ChangeSet,
    ) -> Result<Received, Fault> {
        let received = self.receive_draft(revision, changes)?;
        if let Some(draft) = self.drafts.get_mut(&table) {
            draft.saved(&self.shown);
            self.stale_drafts.insert(table);
        }
        self.rebase_drafts(By::Me);
        Ok(received)
    }

    /// What was sent is part of the diagram already: a snapshot brought it.
    pub fn draft_confirmed(&mut self, table: TableId) {
        if let Some(draft) = self.drafts.get_mut(&table) {
            draft.saved(&self.shown);
            self.stale_drafts.insert(table);
        }
    }

    /// The server did not take a draft, for those reasons; without any, it is just not saved.
    pub fn draft_not_saved(&mut self, table: TableId, reasons: Vec<Reason>) {
        if let Some(draft) = self.drafts.get_mut(&table) {
            draft.not_saved(reasons);
            self.stale_drafts.insert(table);
        }
    }

    /// What must be kept to take a draft up again later; null if nothing is pending.
    pub fn keep_draft(&self, table: TableId) -> Option<KeptDraft> {
        self.drafts.get(&table).filter(|it| it.is_dirty()).map(Draft::keep)
    }

    /// Takes a kept draft up again, as if it had been open meanwhile.
    ///
    /// # Errors
    /// When the text is no kept draft.
    pub fn restore_draft(&mut self, kept: &str) -> Result<Option<DraftView>, Fault> {
        let draft = Draft::restore(kept, &self.shown)
            .map_err(|it| Fault::new("draft/not-kept", it.to_string()))?;
        let table = draft.id();
        if draft.is_gone() && !draft.is_dirty() {
            return Ok(None);
        }
        self.drafts.insert(table, draft);
        Ok(self.draft_view(table))
    }
}
