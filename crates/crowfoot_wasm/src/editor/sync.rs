//! Keeping step with the server: what waits is sent, what was committed is taken in.

use crowfoot_schema::{By, ChangeSet, Diagram};

use super::{Editor, Pending, touched};
use crate::outcome::{Dropped, Fault, Outgoing, Received, Touched};

impl Editor {
    /// The change-set to send next, if one waits.
    pub fn outgoing(&self) -> Option<Outgoing> {
        let first = self.pending.first()?;
        Some(Outgoing {
            ticket: first.ticket,
            base: self.revision,
            change_set: first.changes.clone(),
        })
    }

    /// Takes a committed change-set in: an own one, named by its ticket, or somebody else's.
    ///
    /// What waits is brought up to it; what no longer fits is taken back.
    ///
    /// # Errors
    /// When it does not fit what was committed before: the snapshot must be read again.
    pub fn receive(
        &mut self,
        revision: u64,
        changes: &ChangeSet,
        own: Option<u32>,
    ) -> Result<Received, Fault> {
        let own = own.and_then(|ticket| self.pending.iter().position(|it| it.ticket == ticket));
        let applied = self.confirmed.apply(changes)?;
        self.revision = revision;

        if let Some(at) = own {
            let sent = self.pending.remove(at);
            if at == 0 && sent.changes.changes == applied.effective.changes {
                // It is shown already, and what waits stands on it as before.
                return Ok(Received { touched: Touched::default(), dropped: Vec::new() });
            }
            let received = self.replay(&applied.effective, false);
            self.rebase_drafts(By::Me);
            return Ok(received);
        }
        self.theirs.push(applied.effective.clone());
        let received = self.replay(&applied.effective, true);
        self.rebase_drafts(By::Others);
        Ok(received)
    }

    /// Takes a draft in that the server saved, as one step of undo.
    pub(crate) fn receive_draft(
        &mut self,
        revision: u64,
        changes: &ChangeSet,
    ) -> Result<Received, Fault> {
        let applied = self.confirmed.apply(changes)?;
        self.revision = revision;
        // What waits was made without it, and is brought up to it like to anything else.
        let received = self.replay(&applied.effective, true);
        self.steps.did(changes.description.clone(), applied.inverse, self.theirs.len());
        Ok(received)
    }

    /// Takes an own change back that the server does not take.
    pub fn drop_pending(&mut self, ticket: u32, reasons: Vec<String>) -> Received {
        let Some(at) = self.pending.iter().position(|it| it.ticket == ticket) else {
            return Received { touched: Touched::default(), dropped: Vec::new() };
        };
        let gone = self.pending.remove(at);
        let mut received = self.replay(&gone.changes, false);
        self.rebase_drafts(By::Me);
        received
            .dropped
            .insert(0, Dropped { ticket, description: gone.changes.description, reasons });
        received
    }

    /// Opens a newer snapshot without losing what waits.
    ///
    /// # Errors
    /// When the text is no snapshot.
    pub fn reopen(&mut self, snapshot: &str) -> Result<Received, Fault> {
        let pending = std::mem::take(&mut self.pending);
        let opened = self.open(snapshot);
        self.pending = pending;
        opened?;
        let mut received = self.replay(&ChangeSet::default(), false);
        received.touched = Touched::everything();
        self.rebase_drafts(By::Others);
        Ok(received)
    }

    /// Lays what waits anew upon what is confirmed. `news` is what changed underneath.
    fn replay(&mut self, news: &ChangeSet, is_theirs: bool) -> Received {
        let before = std::mem::replace(&mut self.shown, self.confirmed.clone());
        let mut changed = news.clone();
        let mut dropped = Vec::new();
        for Pending { ticket, changes } in std::mem::take(&mut self.pending) {
            changed.changes.extend(changes.changes.iter().cloned());
            let theirs = if is_theirs { std::slice::from_ref(news) } else { &[] };
            let description = changes.description.clone();
            let outcome = rebased(&self.shown, &changes, theirs).and_then(|it| {
                self.shown
                    .apply(&it)
                    .map_err(|no| no.reasons.into_iter().map(|it| it.message).collect())
            });
            match outcome {
                Ok(applied) => self.pending.push(Pending { ticket, changes: applied.effective }),
                Err(reasons) => dropped.push(Dropped { ticket, description, reasons }),
            }
        }

        let touched = touched::touched(&before, &self.shown, &changed);
        if dropped.is_empty() && is_theirs {
            self.update_scene(&changed);
        } else {
            self.rebuild_scene();
        }
        Received { touched, dropped }
    }
}

/// An own change-set as it must be after what others did, or why that cannot be.
pub(super) fn rebased(
    diagram: &Diagram,
    mine: &ChangeSet,
    theirs: &[ChangeSet],
) -> Result<ChangeSet, Vec<String>> {
    if theirs.is_empty() {
        return Ok(mine.clone());
    }
    let rebased = diagram.rebase(mine, theirs);
    rebased.map_err(|conflicts| conflicts.into_iter().map(|it| it.message).collect())
}
