//! An open diagram in the browser: what the server has confirmed, what waits to be sent, and what
//! the person sees, which is one upon the other.

mod history;
mod sight;
mod sync;
mod touched;

use std::collections::{BTreeMap, BTreeSet};

use crowfoot_layout::Scene;
use crowfoot_schema::{
    Applied, By, ChangeSet, Diagram, Document, Draft, IdMint, Rejected, TableId, ViewId,
};
use serde::Deserialize;

use crate::{
    answer::Lists,
    command::Command,
    outcome::{Created, Done, Fault},
    review::Review,
    scene::SceneChanges,
};
use history::Steps;

/// Holds one diagram while it is open.
///
/// Every change is made here first and sent afterwards. `shown` is always `confirmed` with the
/// change-sets of `pending` applied in order.
pub struct Editor {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) revision: u64,
    confirmed: Diagram,
    pending: Vec<Pending>,
    pub(crate) shown: Diagram,
    /// The view that the canvas shows; none for the whole diagram.
    pub(crate) view: Option<ViewId>,
    /// What the canvas shows of `shown`, at its places there.
    pub(crate) seen: Diagram,
    pub(crate) scene: Scene,
    /// What changed in the scene since the canvas last asked.
    pub(crate) scene_changes: SceneChanges,
    pub(crate) lists: Lists,
    pub(crate) mint: IdMint,
    /// Counts every change of `shown`, so that lists know whether what they keep is stale.
    pub(crate) generation: u64,
    steps: Steps,
    /// What others changed while this editor is open, oldest first.
    theirs: Vec<ChangeSet>,
    next_ticket: u32,
    /// Tables being edited; nothing of them is shown before it is saved.
    pub(crate) drafts: BTreeMap<TableId, Draft>,
    /// Drafts that changed by themselves since somebody asked.
    pub(crate) stale_drafts: BTreeSet<TableId>,
    pub(crate) review: Review,
    /// What the last edit of a draft could not do, in words.
    pub(crate) notices: Vec<String>,
}

/// An own change-set that the server has not confirmed.
struct Pending {
    ticket: u32,
    changes: ChangeSet,
}

/// The body of a snapshot.
#[derive(Deserialize)]
struct Snapshot {
    id: String,
    name: String,
    revision: u64,
    diagram: Document,
}

impl Editor {
    /// An editor of an empty diagram; `millis` since 1970 and `random` seed the ids that it makes.
    pub fn new(millis: u64, random: u128) -> Self {
        let shown = Diagram::new();
        Self {
            id: String::new(),
            name: String::new(),
            revision: 0,
            confirmed: Diagram::new(),
            pending: Vec::new(),
            view: None,
            seen: shown.clone(),
            scene: Scene::gradual(&shown),
            shown,
            scene_changes: SceneChanges::all(),
            lists: Lists::default(),
            mint: IdMint::new(millis, random),
            generation: 0,
            steps: Steps::default(),
            theirs: Vec::new(),
            next_ticket: 1,
            drafts: BTreeMap::new(),
            stale_drafts: BTreeSet::new(),
            review: Review::default(),
            notices: Vec::new(),
        }
    }

    /// Opens the diagram of a snapshot as the server sends it.
    ///
    /// # Errors
    /// When the text is no snapshot, or its diagram is not sound.
    pub fn open(&mut self, snapshot: &str) -> Result<(), Fault> {
        let snapshot: Snapshot = serde_json::from_str(snapshot)
            .map_err(|it| Fault::new("wasm/bad-snapshot", it.to_string()))?;
        self.confirmed = snapshot
            .diagram
            .into_diagram()
            .map_err(|it| Fault::new("wasm/bad-snapshot", it.to_string()))?;
        self.id = snapshot.id;
        self.name = snapshot.name;
        self.revision = snapshot.revision;
        self.pending.clear();
        self.steps = Steps::default();
        self.theirs.clear();
        self.shown = self.confirmed.clone();
        self.rebuild_scene();
        Ok(())
    }

    /// The diagram as the person sees it, unsaved changes included.
    pub fn diagram(&self) -> &Diagram {
        &self.shown
    }

    /// The document of what the canvas shows.
    pub fn document(&self) -> String {
        serde_json::to_string(&Document::from(&self.seen)).expect("a document has string keys only")
    }

    /// How many change-sets wait to be saved.
    pub fn n_pending(&self) -> usize {
        self.pending.len()
    }

    /// Carries a command out: the diagram changes at once, the change-set waits to be sent.
    ///
    /// # Errors
    /// When the command cannot be carried out; nothing is changed then.
    pub fn run(&mut self, command: Command) -> Result<Done, Fault> {
        let changes = self.plan(command)?;
        let (done, inverse) = self.commit(&changes)?;
        if let Some(inverse) = inverse {
            self.steps.did(changes.description, inverse, self.theirs.len());
        }
        Ok(done)
    }

    /// Applies an own change-set and queues it. The inverse is there unless nothing was changed.
    fn commit(&mut self, changes: &ChangeSet) -> Result<(Done, Option<ChangeSet>), Fault> {
        let before = self.shown.clone();
        let applied = self.apply(changes)?;
        if applied.effective.is_empty() {
            return Ok((Done::nothing(), None));
        }
        let done = Done {
            description: changes.description.clone(),
            touched: touched::touched(&before, &self.shown, &applied.effective),
            created: Created::by(&applied.effective),
        };
        let ticket = self.next_ticket;
        self.next_ticket += 1;
        self.pending.push(Pending { ticket, changes: applied.effective });
        self.rebase_drafts(By::Me);
        Ok((done, Some(applied.inverse)))
    }

    /// Applies a change-set to what is shown, the scene included.
    fn apply(&mut self, changes: &ChangeSet) -> Result<Applied, Rejected> {
        let applied = self.shown.apply(changes)?;
        self.update_scene(&applied.effective);
        Ok(applied)
    }
}
