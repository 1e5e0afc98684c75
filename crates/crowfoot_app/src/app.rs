use std::sync::Arc;

use crate::{
    AppError, DiagramId, DiagramRecord, Limits, Store, events::Events, open::OpenDiagrams,
};

/// The whole application. A clone is another handle to the same one.
#[derive(Clone)]
pub struct App {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) limits: Limits,
    pub(crate) events: Events,
    pub(crate) open: OpenDiagrams,
}

impl App {
    /// The application on a store.
    pub fn new(store: Arc<dyn Store>, limits: Limits) -> Self {
        let inner =
            Inner { store, limits, events: Events::default(), open: OpenDiagrams::default() };
        Self { inner: Arc::new(inner) }
    }

    /// How much of everything is allowed.
    pub fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.inner.store
    }

    /// The record of a diagram, trashed or not.
    ///
    /// # Errors
    /// When there is no such diagram.
    pub async fn find_diagram(&self, id: DiagramId) -> Result<DiagramRecord, AppError> {
        self.store().find(id).await?.ok_or(AppError::NoDiagram(id))
    }

    /// The record of a diagram that may be changed.
    pub(crate) async fn find_kept(&self, id: DiagramId) -> Result<DiagramRecord, AppError> {
        let record = self.find_diagram(id).await?;
        if record.trashed_at.is_some() { Err(AppError::Trashed) } else { Ok(record) }
    }
}
