use std::sync::Arc;

use crowfoot_schema::{ChangeSet, Diagram};
use uuid::Uuid;

use crate::{
    App, AppError, Appended, Commit, DiagramId, Revision, Snapshot, StoreError, Tally,
    encode_snapshot, fresh,
    open::{PAGE, State, Tail, blocking, catch_up},
};

/// A change-set to commit.
#[derive(Clone, Debug)]
pub struct CommitChanges {
    /// The revision that the change-set was made on.
    pub base: Revision,
    /// The caller's name for this commit: sending it again gives the same answer and applies
    /// nothing.
    pub key: Uuid,
    pub change_set: ChangeSet,
}

/// What was committed: the log's entry, on disk.
pub type Committed = Arc<Commit>;

/// After how many commits, or bytes of them, the diagram is written as a whole again.
const SNAPSHOT_COMMITS: usize = 500;
const SNAPSHOT_BYTES: usize = 4 << 20;
/// Change-sets of more changes than this are worked on aside.
const SMALL: usize = 200;
/// How often to try when other processes commit to the same diagram in between.
const ATTEMPTS: usize = 16;

impl App {
    /// Commits a change-set to a diagram: all of it or nothing. What it answers is on disk.
    ///
    /// A change-set made on an older revision is rebased on what was committed since. The work goes
    /// on when the caller stops waiting.
    ///
    /// # Errors
    /// [`AppError::Conflict`] when somebody else changed the same things since,
    /// [`AppError::Rejected`] when the changes cannot be made.
    pub async fn commit_changes(
        &self,
        id: DiagramId,
        wish: CommitChanges,
    ) -> Result<Committed, AppError> {
        self.limits().check_change_set(&wish.change_set)?;
        let app = self.clone();
        tokio::spawn(async move { app.commit(id, wish).await })
            .await
            .map_err(|source| AppError::Internal(source.to_string()))?
    }

    async fn commit(&self, id: DiagramId, wish: CommitChanges) -> Result<Committed, AppError> {
        let record = self.find_kept(id).await?;
        let slot = self.inner.open.slot(id);
        let mut guard = slot.lock(self.store(), id, record.revision).await?;
        let state = guard.as_mut().ok_or(AppError::NoDiagram(id))?;
        if let Some(known) = self.store().commit_of_key(id, wish.key).await? {
            return Ok(Arc::new(known));
        }

        for _ in 0..ATTEMPTS {
            let now = (&state.diagram, state.revision);
            let mine = self.rebased(id, now, wish.base, &wish.change_set).await?;
            let (next, effective) = apply(state.clone(), mine).await?;
            self.limits().check_diagram(&next.diagram)?;

            let commit = Arc::new(Commit {
                revision: next.revision,
                key: wish.key,
                at: fresh::now(),
                change_set: effective,
            });
            let tally = Tally::of(&next.diagram);
            let dialect = next.diagram.settings().dialect;
            match self.store().append(id, &commit, tally, dialect).await? {
                Appended::Done => {
                    *state = next;
                    self.inner.events.tell(id, Arc::clone(&commit));
                    self.inner.open.weigh(id, state.diagram.tables().len());
                    self.snapshot_if_due(id, state);
                    return Ok(commit);
                }
                Appended::Known(known) => return Ok(Arc::new(known)),
                Appended::Stale => catch_up(self.store(), id, state).await?,
                Appended::Gone => return Err(AppError::NoDiagram(id)),
            }
        }
        Err(StoreError::Unavailable("others commit without a pause".to_owned()).into())
    }

    /// Changes made on the revision `base` as they are to be made on the newest one.
    pub(crate) async fn rebased(
        &self,
        id: DiagramId,
        (diagram, revision): (&Diagram, Revision),
        base: Revision,
        changes: &ChangeSet,
    ) -> Result<ChangeSet, AppError> {
        if base == revision {
            return Ok(changes.clone());
        }
        if base > revision {
            return Err(AppError::UnknownRevision { base, revision });
        }
        if revision - base > u64::from(self.limits().commits_to_rebase) {
            return Err(AppError::TooFarBehind { base, revision });
        }

        let mut commits = Vec::new();
        let mut after = base;
        while after < revision {
            let page = self.store().commits(id, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.revision;
            commits.extend(page.into_iter().filter(|it| it.revision <= revision));
        }
        let (mine, now) = (changes.clone(), diagram.clone());
        blocking(move || {
            let theirs = commits.iter().map(Commit::changes).collect::<Result<Vec<_>, _>>()?;
            now.rebase(&mine, &theirs)
                .map_err(|conflicts| AppError::Conflict { conflicts, revision })
        })
        .await?
    }

    /// Writes the diagram as a whole, aside, when its log has grown long.
    fn snapshot_if_due(&self, id: DiagramId, state: &mut State) {
        if state.tail.commits < SNAPSHOT_COMMITS && state.tail.bytes < SNAPSHOT_BYTES {
            return;
        }
        state.tail = Tail::default();
        let (app, diagram, revision) = (self.clone(), state.diagram.clone(), state.revision);
        tokio::spawn(async move {
            let written = async {
                let bytes = blocking(move || encode_snapshot(&diagram)).await?;
                app.store().put_snapshot(id, &Snapshot { revision, bytes }).await?;
                Ok::<_, AppError>(())
            };
            // The log holds everything; only opening costs more until the next one.
            if let Err(error) = written.await {
                tracing::warn!(diagram = %id, revision, %error, "a snapshot was not written");
            }
        });
    }
}

/// The state after the changes, and what they did as JSON.
async fn apply(mut next: State, changes: ChangeSet) -> Result<(State, Arc<str>), AppError> {
    let is_small = changes.changes.len() <= SMALL;
    let work = move || {
        let applied = next.diagram.apply(&changes)?;
        let effective = serde_json::to_string(&applied.effective)
            .map_err(|source| AppError::Internal(source.to_string()))?;
        next.revision += 1;
        next.tail.commits += 1;
        next.tail.bytes += effective.len();
        Ok((next, Arc::from(effective)))
    };
    if is_small { work() } else { blocking(work).await? }
}
