use crate::{App, AppError, DiagramId, DiagramRecord, fresh};

impl App {
    /// Gives a diagram another name.
    ///
    /// # Errors
    /// When the name is none, or there is no such diagram.
    pub async fn rename_diagram(
        &self,
        id: DiagramId,
        name: &str,
    ) -> Result<DiagramRecord, AppError> {
        let name = self.limits().check_name(name)?;
        self.find_kept(id).await?;
        self.store().rename(id, &name, fresh::now()).await?;
        self.find_diagram(id).await
    }
}
