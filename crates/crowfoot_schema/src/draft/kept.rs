//! Drafts that outlive the page: what the browser keeps until they are saved or discarded.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{By, Draft, Parts, Pending, with_parts};
use crate::{ColumnType, Diagram, Enum, EnumHead, EnumId, FormatVersion, TableId};

/// A draft as it is kept: what its table was and what it is to be. Steps of undo are not kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptDraft {
    /// The version of the file format that the entities in it are written in.
    version: FormatVersion,
    table: TableId,
    base: Parts,
    pending: Parts,
    /// The enums that columns are of, by name: one that goes leaves its name behind.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    enums: Vec<EnumHead>,
}

/// Why a kept draft is not taken up again.
#[derive(Debug, thiserror::Error)]
pub enum KeptDraftError {
    /// Not JSON, JSON of another shape, or of a version that is not known here.
    #[error("this is no kept draft: {0}")]
    Malformed(#[from] serde_json::Error),
    /// It names one table and holds another.
    #[error("the kept draft does not hold the table that it is about")]
    Mixed,
}

impl Draft {
    /// What has to be kept of the draft to take it up again.
    pub fn keep(&self) -> KeptDraft {
        let mut used: Vec<EnumId> = self
            .base_table()
            .into_iter()
            .chain([self.table()])
            .flat_map(|table| &table.columns)
            .filter_map(|column| match column.ty {
                ColumnType::Enum { id, .. } => Some(id),
                ColumnType::Named(_) => None,
            })
            .collect();
        used.sort_unstable();
        used.dedup();
        let head = |id| self.base.enumeration(id).map(|it| it.head.clone());
        KeptDraft {
            version: FormatVersion::CURRENT,
            table: self.id,
            base: self.parts.clone(),
            pending: self.now.parts(),
            enums: used.into_iter().filter_map(head).collect(),
        }
    }

    /// Takes a kept draft up again on the diagram as it is now, as if it had been open meanwhile.
    ///
    /// # Errors
    /// When the text is no kept draft.
    pub fn restore(kept: &str, current: &Diagram) -> Result<Self, KeptDraftError> {
        let kept: KeptDraft = serde_json::from_str(kept)?;
        let id = kept.table;
        let is_own = |parts: &Parts| parts.table.as_ref().is_none_or(|it| it.id == id);
        let table = kept.pending.table.clone().filter(|it| it.id == id);
        let Some(table) = table.filter(|_| is_own(&kept.base)) else {
            return Err(KeptDraftError::Mixed);
        };
        let refs = kept.pending.refs.clone();
        let dismissals = kept.pending.dismissals.clone();
        let now = Pending {
            table: Arc::clone(&table),
            refs,
            dismissals,
            taken: imbl::OrdMap::new(),
            conflicts: Vec::new(),
        };
        let mut was = with_parts(current, id, &kept.base);
        for head in kept.enums {
            if was.enumeration(head.id).is_none() {
                was.enums.insert(head.id, Arc::new(Enum { head, values: Vec::new() }));
            }
        }
        let mut draft = Self::over(was, id, kept.base, now);
        draft.rebase(current, By::Others);
        Ok(draft)
    }
}
