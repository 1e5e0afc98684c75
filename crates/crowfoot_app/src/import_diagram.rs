use crowfoot_schema::{Change, ChangeSet, Diagram, TablePatch};
use crowfoot_text::Parsed;

use crate::{
    App, AppError, DiagramRecord, ImportFormat, format::read_text, fresh, open::blocking,
    preview_import::place,
};

/// A text to make a diagram of.
#[derive(Clone, Debug)]
pub struct ImportDiagram {
    pub name: String,
    pub format: ImportFormat,
    pub text: String,
}

impl App {
    /// Makes a diagram of a text. What is not understood is left out; tables without a place get
    /// one.
    ///
    /// # Errors
    /// [`AppError::Unreadable`] when nothing at all was understood.
    pub async fn import_diagram(&self, wish: ImportDiagram) -> Result<DiagramRecord, AppError> {
        self.limits().check_name(&wish.name)?;
        let (format, text) = (wish.format, wish.text);
        let Parsed { value, .. } = self.read_text(format, text).await?;
        self.limits().check_diagram(&value)?;
        let diagram = blocking(move || arranged(value)).await??;
        self.keep_diagram(&wish.name, diagram).await
    }

    /// Reads a text that must hold something.
    pub(crate) async fn read_text(
        &self,
        format: ImportFormat,
        text: String,
    ) -> Result<Parsed<Diagram>, AppError> {
        let (mut mint, limits) = (fresh::mint()?, *self.limits());
        blocking(move || {
            let parsed = read_text(format.resolve(&text)?, &text, &mut mint);
            if is_empty(&parsed.value) && parsed.has_errors() {
                let diagnostics = place(&text, &parsed.diagnostics, limits.diagnostics);
                return Err(AppError::Unreadable { diagnostics });
            }
            limits.check_names(&parsed.value)?;
            Ok(parsed)
        })
        .await?
    }
}

/// The diagram with a place for each table that had none.
pub(crate) fn arranged(mut diagram: Diagram) -> Result<Diagram, AppError> {
    let changes = places(&diagram);
    diagram.apply(&ChangeSet::new("arrange", changes))?;
    Ok(diagram)
}

/// Changes that give a place to each table that has none.
fn places(diagram: &Diagram) -> Vec<Change> {
    crowfoot_layout::arrange(diagram)
        .into_iter()
        .map(|(id, point)| Change::UpdateTable {
            id,
            patch: TablePatch { position: Some(Some(point)), ..TablePatch::default() },
        })
        .collect()
}

fn is_empty(diagram: &Diagram) -> bool {
    diagram.tables().len() == 0
        && diagram.enums().len() == 0
        && diagram.notes().len() == 0
        && diagram.groups().len() == 0
        && diagram.partials().len() == 0
}
