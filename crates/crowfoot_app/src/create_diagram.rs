use crowfoot_schema::{Change, ChangeSet, Diagram, Dialect, SettingsPatch};

use crate::{
    App, AppError, DiagramRecord, Snapshot, Tally, encode_snapshot, fresh, open::blocking,
};

/// A diagram to make.
#[derive(Clone, Debug)]
pub struct CreateDiagram {
    pub name: String,
    pub dialect: Option<Dialect>,
}

impl App {
    /// Makes an empty diagram.
    ///
    /// # Errors
    /// When the name is none.
    pub async fn create_diagram(&self, wish: CreateDiagram) -> Result<DiagramRecord, AppError> {
        let mut diagram = Diagram::new();
        if let Some(dialect) = wish.dialect {
            let patch = SettingsPatch { dialect: Some(Some(dialect)), ..SettingsPatch::default() };
            diagram.apply(&ChangeSet::new(
                "choose the dialect",
                vec![Change::UpdateSettings { patch }],
            ))?;
        }
        self.keep_diagram(&wish.name, diagram).await
    }

    /// Keeps a diagram as a new one at revision 0.
    pub(crate) async fn keep_diagram(
        &self,
        name: &str,
        diagram: Diagram,
    ) -> Result<DiagramRecord, AppError> {
        let name = self.limits().check_name(name)?;
        self.limits().check_diagram(&diagram)?;
        let now = fresh::now();
        let record = DiagramRecord {
            id: fresh::diagram_id(),
            name,
            dialect: diagram.settings().dialect,
            revision: 0,
            tally: Tally::of(&diagram),
            created_at: now,
            updated_at: now,
            trashed_at: None,
        };
        let kept = diagram.clone();
        let bytes = blocking(move || encode_snapshot(&kept)).await?;
        self.store().create(&record, &Snapshot { revision: 0, bytes }).await?;
        // Whoever makes a diagram opens it next.
        self.inner.open.keep(record.id, diagram).await;
        Ok(record)
    }
}
