use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use sqlx::SqlitePool;
use tokio::sync::Notify;

/// Moves the log of the database into its file every so many writes, beside the writers, so that
/// no commit has to wait for it.
#[derive(Debug, Default)]
pub(super) struct Checkpoints {
    writes: AtomicU32,
    due: Notify,
    stopped: Notify,
}

const WRITES: u32 = 200;

impl Checkpoints {
    pub(super) fn start(pool: SqlitePool) -> Arc<Self> {
        let checkpoints = Arc::new(Self::default());
        let own = Arc::clone(&checkpoints);
        tokio::spawn(async move {
            loop {
                tokio::select! {
                    () = own.due.notified() => {}
                    () = own.stopped.notified() => return,
                }
                // A passive checkpoint waits for nobody and makes nobody wait.
                let done = sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(&pool).await;
                if let Err(error) = done {
                    tracing::debug!(%error, "the log was not moved into the file");
                }
            }
        });
        checkpoints
    }

    /// Counts a write.
    pub(super) fn wrote(&self) {
        if self.writes.fetch_add(1, Ordering::Relaxed) % WRITES == WRITES - 1 {
            self.due.notify_one();
        }
    }

    pub(super) fn stop(&self) {
        self.stopped.notify_one();
    }
}
