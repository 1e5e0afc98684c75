use std::io::Write;

use bytes::Bytes;
use crowfoot_schema::{Diagram, Document};
use serde::Serialize;

use crate::{
    App, AppError, DiagramId, Revision,
    open::blocking,
    snapshot::{compress, decompress},
};

/// A diagram as it is handed to who opens it: JSON of id, name, revision and document.
#[derive(Clone, Debug)]
pub struct SnapshotBody {
    pub revision: Revision,
    name: String,
    /// The JSON, compressed with gzip.
    pub gzip: Bytes,
}

impl SnapshotBody {
    /// The diagram's name in it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The JSON itself.
    ///
    /// # Errors
    /// Never but for a fault of ours.
    pub async fn plain(&self) -> Result<Vec<u8>, AppError> {
        let gzip = self.gzip.clone();
        blocking(move || decompress(&gzip))
            .await?
            .map_err(|source| AppError::Internal(source.to_string()))
    }
}

impl App {
    /// The newest state of a diagram, ready to be sent. Asking again costs nothing as long as
    /// nobody changes the diagram.
    ///
    /// # Errors
    /// When there is no such diagram.
    pub async fn read_snapshot(&self, id: DiagramId) -> Result<SnapshotBody, AppError> {
        let record = self.find_diagram(id).await?;
        let slot = self.inner.open.slot(id);
        let mut cached = slot.body.lock().await;
        if let Some(body) = cached.as_ref()
            && body.revision >= record.revision
            && body.name == record.name
        {
            return Ok(body.clone());
        }

        let (diagram, revision) = self.current(id, record.revision).await?;
        let name = record.name.clone();
        let gzip = blocking(move || encode(id, &record.name, revision, &diagram)).await?;
        let body = SnapshotBody { revision, name, gzip };
        *cached = Some(body.clone());
        Ok(body)
    }

    /// The newest state of a diagram and its revision.
    pub(crate) async fn current(
        &self,
        id: DiagramId,
        at_least: Revision,
    ) -> Result<(Diagram, Revision), AppError> {
        let slot = self.inner.open.slot(id);
        let (diagram, revision) = {
            let guard = slot.lock(self.store(), id, at_least).await?;
            let state = guard.as_ref().ok_or(AppError::NoDiagram(id))?;
            (state.diagram.clone(), state.revision)
        };
        self.inner.open.weigh(id, diagram.tables().len());
        Ok((diagram, revision))
    }
}

#[derive(Serialize)]
struct Body<'a> {
    id: DiagramId,
    name: &'a str,
    revision: Revision,
    diagram: Document,
}

fn encode(id: DiagramId, name: &str, revision: Revision, diagram: &Diagram) -> Bytes {
    let body = Body { id, name, revision, diagram: Document::from(diagram) };
    compress(|sink| {
        serde_json::to_writer(&mut *sink, &body)
            .expect("a document has string keys only, and memory takes every byte");
        sink.flush().expect("memory takes every byte");
    })
}
