use crate::{App, AppError, DiagramId, DiagramRecord, fresh};

impl App {
    /// Puts a diagram in the trash, from where it can be taken back. Doing so twice changes
    /// nothing.
    ///
    /// # Errors
    /// When there is no such diagram.
    pub async fn trash_diagram(&self, id: DiagramId) -> Result<(), AppError> {
        if self.find_diagram(id).await?.trashed_at.is_none() {
            self.store().set_trashed(id, Some(fresh::now())).await?;
        }
        Ok(())
    }

    /// Takes a diagram out of the trash.
    ///
    /// # Errors
    /// When there is no such diagram, or it is not in the trash.
    pub async fn restore_diagram(&self, id: DiagramId) -> Result<DiagramRecord, AppError> {
        if self.find_diagram(id).await?.trashed_at.is_none() {
            return Err(AppError::NotTrashed);
        }
        self.store().set_trashed(id, None).await?;
        self.find_diagram(id).await
    }

    /// Forgets a diagram in the trash for good.
    ///
    /// # Errors
    /// When there is no such diagram, or it is not in the trash.
    pub async fn delete_diagram(&self, id: DiagramId) -> Result<(), AppError> {
        if self.find_diagram(id).await?.trashed_at.is_none() {
            return Err(AppError::NotTrashed);
        }
        self.store().delete(id).await?;
        self.inner.open.forget(id);
        self.inner.events.close(id);
        Ok(())
    }
}
