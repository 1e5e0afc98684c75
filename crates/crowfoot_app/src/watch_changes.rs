use std::{collections::VecDeque, sync::Arc};

use tokio::sync::broadcast::{self, error::RecvError};

use crate::{App, AppError, Commit, DiagramId, Revision, open::PAGE};

/// What somebody who has a diagram open is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchEvent {
    /// Something was committed.
    Change(Arc<Commit>),
    /// Too much was missed to be told one by one: the diagram is to be read again. Nothing follows.
    Reload,
}

/// The commits of a diagram from some revision on, as they come.
#[derive(Debug)]
pub struct Watch {
    seen: Revision,
    missed: VecDeque<Commit>,
    live: broadcast::Receiver<Arc<Commit>>,
    state: WatchState,
}

#[derive(Debug, PartialEq, Eq)]
enum WatchState {
    Live,
    ReloadDue,
    Ended,
}

impl App {
    /// Watches a diagram: first what was committed after `after`, then what is committed from now
    /// on. Without `after` it begins now.
    ///
    /// # Errors
    /// When there is no such diagram.
    pub async fn watch_changes(
        &self,
        id: DiagramId,
        after: Option<Revision>,
    ) -> Result<Watch, AppError> {
        // Listening comes first, so that nothing falls between the log and the live commits.
        let live = self.inner.events.listen(id);
        let record = self.find_diagram(id).await?;
        let seen = after.unwrap_or(record.revision);
        let is_known = seen <= record.revision && record.revision - seen <= u64::from(PAGE);
        let missed = match after {
            Some(after) if is_known => self.store().commits(id, after, PAGE).await?.into(),
            Some(_) | None => VecDeque::new(),
        };
        let state = if is_known { WatchState::Live } else { WatchState::ReloadDue };
        Ok(Watch { seen, missed, live, state })
    }
}

impl Watch {
    /// The next event; none when there will be no more.
    pub async fn next(&mut self) -> Option<WatchEvent> {
        match self.state {
            WatchState::Live => {}
            WatchState::ReloadDue => return Some(self.reload()),
            WatchState::Ended => return None,
        }
        if let Some(commit) = self.missed.pop_front() {
            self.seen = commit.revision;
            return Some(WatchEvent::Change(Arc::new(commit)));
        }
        loop {
            match self.live.recv().await {
                Ok(commit) if commit.revision <= self.seen => {}
                Ok(commit) if commit.revision == self.seen + 1 => {
                    self.seen = commit.revision;
                    return Some(WatchEvent::Change(commit));
                }
                Ok(_) | Err(RecvError::Lagged(_)) => return Some(self.reload()),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    fn reload(&mut self) -> WatchEvent {
        self.state = WatchState::Ended;
        WatchEvent::Reload
    }
}
