//! The diagrams that are held in memory, at the newest revision that this process knows of.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use crowfoot_schema::Diagram;
use tokio::sync::MutexGuard;

use crate::{AppError, DiagramId, Revision, Store, StoreError, decode_snapshot};

/// How many commits are read from the log at once.
pub(crate) const PAGE: u32 = 500;

/// A diagram in memory.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) diagram: Diagram,
    pub(crate) revision: Revision,
    /// What has been added to the log since the last snapshot.
    pub(crate) tail: Tail,
}

#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tail {
    pub(crate) commits: usize,
    pub(crate) bytes: usize,
}

/// A place for one diagram; whoever holds its lock is the only one in this process who reads it in
/// or commits to it.
#[derive(Debug, Default)]
pub(crate) struct Slot {
    state: tokio::sync::Mutex<Option<State>>,
    /// The last answer to who opened the diagram.
    pub(crate) body: tokio::sync::Mutex<Option<crate::read_snapshot::SnapshotBody>>,
}

/// All slots; those used last are kept.
#[derive(Debug, Default)]
pub(crate) struct OpenDiagrams {
    slots: Mutex<Slots>,
}

#[derive(Debug, Default)]
struct Slots {
    by_id: BTreeMap<DiagramId, Entry>,
    clock: u64,
}

#[derive(Debug)]
struct Entry {
    slot: Arc<Slot>,
    used: u64,
    n_tables: usize,
}

/// How many tables all diagrams in memory may have together before the oldest leave.
const TABLES_IN_MEMORY: usize = 60_000;
/// Small diagrams count as this many tables.
const LEAST_WEIGHT: usize = 100;

impl OpenDiagrams {
    pub(crate) fn slot(&self, id: DiagramId) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        slots.clock += 1;
        let used = slots.clock;
        let entry = slots.by_id.entry(id).or_insert_with(|| Entry {
            slot: Arc::default(),
            used,
            n_tables: 0,
        });
        entry.used = used;
        Arc::clone(&entry.slot)
    }

    /// Keeps a new diagram in memory.
    pub(crate) async fn keep(&self, id: DiagramId, diagram: Diagram) {
        let n_tables = diagram.tables().len();
        let state = State { diagram, revision: 0, tail: Tail::default() };
        *self.slot(id).state.lock().await = Some(state);
        self.weigh(id, n_tables);
    }

    pub(crate) fn forget(&self, id: DiagramId) {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).by_id.remove(&id);
    }

    /// Remembers how large a diagram is, and lets those go that were not used for longest when
    /// there are too many. One that somebody works on stays.
    pub(crate) fn weigh(&self, id: DiagramId, n_tables: usize) {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entry) = slots.by_id.get_mut(&id) {
            entry.n_tables = n_tables;
        }
        let weight = |it: &Entry| it.n_tables.max(LEAST_WEIGHT);
        let mut total: usize = slots.by_id.values().map(weight).sum();
        while total > TABLES_IN_MEMORY {
            let idle = slots
                .by_id
                .iter()
                .filter(|(other, entry)| **other != id && Arc::strong_count(&entry.slot) == 1);
            let Some(oldest) = idle.min_by_key(|(_, entry)| entry.used).map(|(id, _)| *id) else {
                return;
            };
            total -= slots.by_id.remove(&oldest).as_ref().map_or(0, weight);
        }
    }
}

impl Slot {
    /// The diagram at the store's revision or later, locked.
    pub(crate) async fn lock(
        &self,
        store: &dyn Store,
        id: DiagramId,
        at_least: Revision,
    ) -> Result<MutexGuard<'_, Option<State>>, AppError> {
        let mut guard = self.state.lock().await;
        if guard.is_none() {
            *guard = Some(read(store, id).await?);
        }
        if let Some(state) = guard.as_mut()
            && state.revision < at_least
        {
            catch_up(store, id, state).await?;
        }
        Ok(guard)
    }
}

/// Reads a diagram from the store: the newest snapshot and the log after it.
async fn read(store: &dyn Store, id: DiagramId) -> Result<State, AppError> {
    let Some(snapshot) = store.snapshot(id).await? else {
        return Err(AppError::NoDiagram(id));
    };
    let revision = snapshot.revision;
    let diagram = blocking(move || decode_snapshot(&snapshot.bytes)).await??;
    let mut state = State { diagram, revision, tail: Tail::default() };
    catch_up(store, id, &mut state).await?;
    Ok(state)
}

/// Applies what the log has after the state's revision.
pub(crate) async fn catch_up(
    store: &dyn Store,
    id: DiagramId,
    state: &mut State,
) -> Result<(), AppError> {
    loop {
        let commits = store.commits(id, state.revision, PAGE).await?;
        if commits.is_empty() {
            return Ok(());
        }
        let mut next = state.clone();
        *state = blocking(move || -> Result<State, StoreError> {
            for commit in &commits {
                if commit.revision != next.revision + 1 {
                    let gap = format!("revision {} follows {}", commit.revision, next.revision);
                    return Err(StoreError::Corrupt(gap));
                }
                next.diagram.apply(&commit.changes()?).map_err(|source| {
                    StoreError::Corrupt(format!("revision {}: {source}", commit.revision))
                })?;
                next.revision = commit.revision;
                next.tail.commits += 1;
                next.tail.bytes += commit.change_set.len();
            }
            Ok(next)
        })
        .await??;
    }
}

/// Runs work that takes long where it holds up nobody.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    tokio::task::spawn_blocking(work).await.map_err(|source| AppError::Internal(source.to_string()))
}
