//! Undo and redo: inverses of own changes, brought up to what others changed since.

use crowfoot_schema::ChangeSet;

use super::Editor;
use crate::outcome::{Done, Fault, History};

/// More steps back than this are forgotten.
const MAX_STEPS: usize = 500;

/// What can be undone and redone, last at the end.
#[derive(Default)]
pub(super) struct Steps {
    undo: Vec<Step>,
    redo: Vec<Step>,
}

/// A change-set that takes something back.
struct Step {
    /// What it takes back, or makes again, in words.
    label: String,
    changes: ChangeSet,
    /// How many change-sets of others were known when it fitted.
    n_theirs: usize,
}

impl Steps {
    /// Notes something done, which ends what could be redone.
    pub(super) fn did(&mut self, label: String, inverse: ChangeSet, n_theirs: usize) {
        self.redo.clear();
        self.undo.push(Step { label, changes: inverse, n_theirs });
        if self.undo.len() > MAX_STEPS {
            self.undo.remove(0);
        }
    }
}

impl Editor {
    /// What undo and redo would do.
    pub fn history(&self) -> History {
        let label = |steps: &[Step]| steps.last().map(|it| it.label.clone());
        History { undo: label(&self.steps.undo), redo: label(&self.steps.redo) }
    }

    /// Takes the last own change back, as a change of its own.
    ///
    /// # Errors
    /// When others have changed the same since; the step is given up then.
    pub fn undo(&mut self) -> Result<Done, Fault> {
        let Some(step) = self.steps.undo.pop() else { return Ok(Done::nothing()) };
        let (done, inverse) = self.take(&step, "undo")?;
        if let Some(changes) = inverse {
            let n_theirs = self.theirs.len();
            self.steps.redo.push(Step { label: step.label, changes, n_theirs });
        }
        Ok(done)
    }

    /// Makes again what undo took back.
    ///
    /// # Errors
    /// When others have changed the same since; the step is given up then.
    pub fn redo(&mut self) -> Result<Done, Fault> {
        let Some(step) = self.steps.redo.pop() else { return Ok(Done::nothing()) };
        let (done, inverse) = self.take(&step, "redo")?;
        if let Some(changes) = inverse {
            let n_theirs = self.theirs.len();
            self.steps.undo.push(Step { label: step.label, changes, n_theirs });
        }
        Ok(done)
    }

    fn take(&mut self, step: &Step, verb: &str) -> Result<(Done, Option<ChangeSet>), Fault> {
        let since = self.theirs.get(step.n_theirs..).unwrap_or_default();
        let mut changes =
            super::sync::rebased(&self.shown, &step.changes, since).map_err(|reasons| {
                let reasons = reasons.join("; ");
                Fault::new("wasm/cannot-undo", format!("cannot {verb} `{}`: {reasons}", step.label))
            })?;
        changes.description = format!("{verb}: {}", step.label);
        self.commit(&changes).map_err(|mut fault| {
            fault.message = format!("cannot {verb} `{}`: {}", step.label, fault.message);
            fault
        })
    }
}
