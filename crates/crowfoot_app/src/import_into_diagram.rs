use std::{collections::BTreeMap, sync::Arc};

use crowfoot_schema::{ChangeSet, Diagram, Document, IdMint};
use crowfoot_text::Parsed;
use serde_json::Value;
use uuid::Uuid;

use crate::{
    App, AppError, CommitChanges, Committed, DiagramId, ImportFormat, Revision, SkippedTable,
    fresh,
    import_diagram::arranged,
    merge_import::{Merge, merge},
    open::blocking,
};

/// A text to add to a diagram.
#[derive(Clone, Debug)]
pub struct ImportIntoDiagram {
    pub format: ImportFormat,
    pub text: String,
    /// The revision that the caller knows.
    pub base: Revision,
    /// The caller's name for this commit.
    pub key: Uuid,
}

/// What was added.
#[derive(Clone, Debug)]
pub struct ImportedInto {
    pub commit: Committed,
    /// Tables that exist already and were left as they are.
    pub skipped: Vec<SkippedTable>,
    /// Refs that could not be attached, since a table that exists lacks their columns.
    pub lost_refs: Vec<String>,
}

impl App {
    /// Adds what a text holds to a diagram, right of what is there, as one commit.
    ///
    /// # Errors
    /// [`AppError::Unreadable`] when nothing was understood, and all that committing can say.
    pub async fn import_into_diagram(
        &self,
        id: DiagramId,
        wish: ImportIntoDiagram,
    ) -> Result<ImportedInto, AppError> {
        let record = self.find_kept(id).await?;
        if let Some(known) = self.store().commit_of_key(id, wish.key).await? {
            let commit = Arc::new(known);
            return Ok(ImportedInto { commit, skipped: Vec::new(), lost_refs: Vec::new() });
        }
        let Parsed { value: import, .. } = self.read_text(wish.format, wish.text).await?;
        let (diagram, revision) = self.current(id, record.revision).await?;
        if wish.base > revision {
            return Err(AppError::UnknownRevision { base: wish.base, revision });
        }
        let mut mint = fresh::mint()?;
        let Merge { changes, skipped, lost_refs } = blocking(move || {
            let import = with_fresh_ids(import, &mut mint)?;
            Ok::<_, AppError>(merge(&diagram, &arranged(import)?))
        })
        .await??;

        let change_set = ChangeSet::new("import", changes);
        let commit = CommitChanges { base: revision, key: wish.key, change_set };
        let commit = self.commit_changes(id, commit).await?;
        Ok(ImportedInto { commit, skipped, lost_refs })
    }
}

/// The diagram with an id of its own for each entity: a file may hold the ids of this very diagram.
fn with_fresh_ids(diagram: Diagram, mint: &mut IdMint) -> Result<Diagram, AppError> {
    let fault = |source: serde_json::Error| AppError::Internal(source.to_string());
    let mut value = serde_json::to_value(Document::from(&diagram)).map_err(fault)?;
    let mut ids = BTreeMap::new();
    collect_ids(&value, &mut |id| {
        ids.entry(id.to_owned()).or_insert_with(|| mint.id::<Uuid>().to_string());
    });
    replace_ids(&mut value, &ids);
    let document: Document = serde_json::from_value(value).map_err(fault)?;
    Ok(document.into_diagram()?)
}

fn collect_ids(value: &Value, found: &mut impl FnMut(&str)) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                match field {
                    Value::String(id) if name == "id" => found(id),
                    other => collect_ids(other, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|it| collect_ids(it, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn replace_ids(value: &mut Value, ids: &BTreeMap<String, String>) {
    match value {
        Value::String(text) => {
            if let Some(id) = ids.get(text) {
                id.clone_into(text);
            }
        }
        Value::Object(fields) => fields.values_mut().for_each(|it| replace_ids(it, ids)),
        Value::Array(items) => items.iter_mut().for_each(|it| replace_ids(it, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
