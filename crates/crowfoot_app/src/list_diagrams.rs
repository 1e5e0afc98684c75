use crate::{App, AppError, DiagramRecord, Shelf};

impl App {
    /// The diagrams of a shelf, the one changed last first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn list_diagrams(&self, shelf: Shelf) -> Result<Vec<DiagramRecord>, AppError> {
        Ok(self.store().list(shelf).await?)
    }
}
