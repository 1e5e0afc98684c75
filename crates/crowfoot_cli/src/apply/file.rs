//! A diagram in a file of its own.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use crowfoot_app as app;
use crowfoot_schema::{Diagram, Document, IdMint};

use super::{Applied, Step, change_set::Changes};
use crate::{WrongUse, input};

/// Applies to the file: it holds what it held, or all of the changes, whatever happens in between.
pub(super) fn apply(
    path: &Path,
    changes: &Changes,
    is_dry: bool,
) -> Result<(Applied, Option<Step>)> {
    if !path.exists() {
        let message = format!(
            "there is no file `{}`; for a diagram that a server keeps say `--server` or `--data`",
            path.display()
        );
        return Err(WrongUse(message).into());
    }
    // What a link points at is replaced, not the link.
    let path = fs::canonicalize(path).with_context(|| cannot("read", path))?;
    let file = input::read(&path)?;
    if app::detect_format(&file.text).map(app::Guess::format) != Some(app::Format::Json) {
        let message = format!(
            "`{}` is no diagram of Crowfoot; make one of it with `crowfoot convert`",
            path.display()
        );
        return Err(WrongUse(message).into());
    }
    let parsed = app::read_text(app::Format::Json, &file.text, &mut IdMint::new(0, 0));
    if parsed.has_errors() {
        return Ok((Applied::NoDiagram(file, parsed.diagnostics), None));
    }
    let before = parsed.value;
    let mut after = before.clone();
    if let Err(rejected) = after.apply(&changes.set) {
        return Ok((Applied::Rejected(rejected.reasons), None));
    }
    let applied = if is_dry {
        Applied::WouldDo(None)
    } else {
        replace(&path, &after).with_context(|| cannot("write", &path))?;
        Applied::ToFile
    };
    Ok((applied, Some(Step { before, after })))
}

fn cannot(what: &str, path: &Path) -> String {
    format!("cannot {what} `{}`", path.display())
}

/// Writes the file beside itself and puts it in its place when it is on disk.
fn replace(path: &Path, diagram: &Diagram) -> Result<()> {
    let beside = beside(path);
    let written = write(&beside, path, diagram).and_then(|()| Ok(fs::rename(&beside, path)?));
    if written.is_err() {
        // Nothing is lost with it, and what went wrong is what is told.
        let _left = fs::remove_file(&beside);
    }
    written?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

fn write(beside: &Path, path: &Path, diagram: &Diagram) -> Result<()> {
    let mut file = File::create_new(beside)?;
    file.set_permissions(fs::metadata(path)?.permissions())?;
    file.write_all(Document::from(diagram).to_json().as_bytes())?;
    Ok(file.sync_all()?)
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{}.new", std::process::id()))
}
