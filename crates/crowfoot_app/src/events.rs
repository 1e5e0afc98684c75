use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::broadcast;

use crate::{Commit, DiagramId};

/// Who hears of which diagram's commits.
#[derive(Debug, Default)]
pub(crate) struct Events {
    channels: Mutex<BTreeMap<DiagramId, broadcast::Sender<Arc<Commit>>>>,
}

/// How many commits a listener may be behind before it has to read again.
const BACKLOG: usize = 256;

impl Events {
    /// Hears of all commits of a diagram from now on.
    pub(crate) fn listen(&self, id: DiagramId) -> broadcast::Receiver<Arc<Commit>> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        channels.retain(|_, sender| sender.receiver_count() > 0);
        channels.entry(id).or_insert_with(|| broadcast::channel(BACKLOG).0).subscribe()
    }

    /// Tells all who listen. Commits of a diagram are told in the order of their revisions.
    pub(crate) fn tell(&self, id: DiagramId, commit: Arc<Commit>) {
        let channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sender) = channels.get(&id) {
            // An error only says that nobody listens any more.
            let _ = sender.send(commit);
        }
    }

    /// Ends all listening to a diagram.
    pub(crate) fn close(&self, id: DiagramId) {
        self.channels.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }
}
