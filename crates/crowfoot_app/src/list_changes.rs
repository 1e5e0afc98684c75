use crate::{App, AppError, Commit, DiagramId, Revision};

/// How many commits are listed at once.
const LISTED: u32 = 5_000;

impl App {
    /// The commits after a revision, oldest first, a page of them; the next page is after the last.
    ///
    /// # Errors
    /// When there is no such diagram.
    pub async fn list_changes(
        &self,
        id: DiagramId,
        after: Revision,
    ) -> Result<Vec<Commit>, AppError> {
        self.find_diagram(id).await?;
        Ok(self.store().commits(id, after, LISTED).await?)
    }
}
