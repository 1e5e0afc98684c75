//! `crowfoot apply`: a change-set onto a diagram in a file, in a data file or at a server.

mod change_set;
mod file;
mod keeper;

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Context, Result};
use crowfoot_schema::{Conflict, Diagram, Reason};

use crate::{
    Outcome, WrongUse, args,
    input::{self, Input},
    report::{Reporter, plural, tell},
};

use change_set::Changes;
use keeper::{Committed, Keeper};

/// A diagram before and after the changes.
struct Step {
    before: Diagram,
    after: Diagram,
}

/// What came of a change-set, apart from failures.
enum Applied {
    /// In a file, which has no revisions.
    ToFile,
    /// The revision that it made.
    Committed(u64),
    /// It could be applied, to the diagram of that revision.
    WouldDo(Option<u64>),
    /// The diagram's file is none.
    NoDiagram(Input, Vec<crowfoot_text::Diagnostic>),
    Conflict(Vec<Conflict>),
    Rejected(Vec<Reason>),
}

/// Applies a change-set to a diagram.
pub(crate) fn apply(options: &args::Apply) -> Result<Outcome> {
    let input = input::read(&options.changes)?;
    let report =
        args::Report { strict: false, quiet: false, max: usize::MAX, color: options.color };
    let mut reporter = Reporter::new(&report);
    let changes = match Changes::read(&input.text) {
        Ok(changes) => changes,
        Err(diagnostics) => {
            reporter.diagnostics(&input, &diagnostics);
            tell("nothing was applied");
            return Ok(Outcome::Findings);
        }
    };
    let count = plural(changes.set.changes.len(), "change");
    let (applied, step) = run(options, &changes)?;
    if let (Some(dialect), Some(step)) = (options.sql, &step) {
        let migration = crowfoot_sql::migration(dialect.into(), &step.before, &step.after);
        io::stdout().lock().write_all(migration.up.text.as_bytes())?;
        reporter.notices(&migration.up.notices);
    }
    Ok(match applied {
        Applied::ToFile => {
            tell(&format!("{}: {count} applied", options.diagram));
            Outcome::Fine
        }
        Applied::Committed(revision) => {
            if options.sql.is_none() {
                writeln!(io::stdout().lock(), "{revision}")?;
            }
            tell(&format!("{}: {count} applied, now at revision {revision}", options.diagram));
            Outcome::Fine
        }
        Applied::WouldDo(revision) => {
            let at = revision.map(|it| format!(" at revision {it}")).unwrap_or_default();
            tell(&format!("{}{at}: {count} can be applied", options.diagram));
            Outcome::Fine
        }
        Applied::NoDiagram(file, diagnostics) => {
            reporter.diagnostics(&file, &diagnostics);
            tell("nothing was applied");
            Outcome::Findings
        }
        Applied::Conflict(conflicts) => {
            reporter.diagnostics(&input, &changes.conflicts(&conflicts));
            let told = plural(conflicts.len(), "conflict");
            tell(&format!("{}: {told}, nothing was applied", options.diagram));
            Outcome::Conflict
        }
        Applied::Rejected(reasons) => {
            reporter.diagnostics(&input, &changes.reasons(&reasons));
            let told = plural(reasons.len(), "reason");
            tell(&format!("{}: refused for {told}, nothing was applied", options.diagram));
            Outcome::Rejected
        }
    })
}

/// Applies, and gives the diagram before and after where that is known.
fn run(options: &args::Apply, changes: &Changes) -> Result<(Applied, Option<Step>)> {
    let keeper = match (&options.server, &options.data) {
        (None, None) if options.base.is_some() => {
            let message = "a file has no revisions, `--base` is for `--server` and `--data`";
            return Err(WrongUse(message.to_owned()).into());
        }
        (None, None) => return file::apply(Path::new(&options.diagram), changes, options.dry_run),
        (Some(server), _) => Keeper::server(server)?,
        (None, Some(data)) => Keeper::data(data)?,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .context("cannot start")?;
    runtime.block_on(keep(&keeper, options, changes))
}

/// Applies to a diagram with revisions.
async fn keep(
    keeper: &Keeper,
    options: &args::Apply,
    changes: &Changes,
) -> Result<(Applied, Option<Step>)> {
    let kept = keeper.open(&options.diagram).await?;
    let base = options.base.unwrap_or(kept.revision);
    if base > kept.revision {
        let message =
            format!("revision {base} does not exist, the diagram is at {}", kept.revision);
        return Err(WrongUse(message).into());
    }
    if !options.dry_run {
        let done = kept.commit(base, options.key, &changes.set).await?;
        let Committed { revision, effective } = match done {
            Ok(committed) => committed,
            Err(refused) => return Ok((refused, None)),
        };
        let mut step = None;
        if options.sql.is_some() {
            if let Some(before) = kept.before(revision).await? {
                let mut after = before.clone();
                after.apply(&effective)?;
                step = Some(Step { before, after });
            } else {
                tell("it had been applied before, there is nothing new to print");
            }
        }
        return Ok((Applied::Committed(revision), step));
    }

    let theirs = kept.changes_after(base).await?;
    let before = kept.diagram()?;
    let mine = match before.rebase(&changes.set, &theirs) {
        Ok(mine) => mine,
        Err(conflicts) => return Ok((Applied::Conflict(conflicts), None)),
    };
    let mut after = before.clone();
    if let Err(rejected) = after.apply(&mine) {
        return Ok((Applied::Rejected(rejected.reasons), None));
    }
    Ok((Applied::WouldDo(Some(kept.revision)), Some(Step { before, after })))
}
