use crowfoot_schema::{Cardinality, ColumnId, Diagram, TableId};
use crowfoot_suggest::{
    Suggester, Suggestion,
    learn::{Strip, strip},
};
use serde::Serialize;

use crate::{App, AppError, DiagramId, ImportFormat, open::blocking};

/// A suggested foreign key, by names.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NamedSuggestion {
    /// `schema.table` where a schema is given.
    pub from_table: String,
    pub from_columns: Vec<String>,
    pub to_table: String,
    pub to_columns: Vec<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^(manyToOne|oneToOne)$"))]
    pub cardinality: Cardinality,
    /// From 0 to 1, to the hundredth.
    pub confidence: f64,
    /// Why, as one clause without a full stop.
    pub reason: String,
}

impl NamedSuggestion {
    /// A suggestion about a diagram.
    pub fn of(diagram: &Diagram, suggestion: &Suggestion) -> Self {
        Self {
            from_table: table_name(diagram, suggestion.from_table),
            from_columns: column_names(diagram, suggestion.from_table, &suggestion.from_columns),
            to_table: table_name(diagram, suggestion.to_table),
            to_columns: column_names(diagram, suggestion.to_table, &suggestion.to_columns),
            cardinality: suggestion.cardinality,
            confidence: (suggestion.confidence * 100.0).round() / 100.0,
            reason: suggestion.reason.clone(),
        }
    }
}

fn table_name(diagram: &Diagram, id: TableId) -> String {
    let Some(table) = diagram.table(id) else { return String::new() };
    match &table.schema {
        Some(schema) => format!("{schema}.{}", table.name),
        None => table.name.to_string(),
    }
}

fn column_names(diagram: &Diagram, table: TableId, ids: &[ColumnId]) -> Vec<String> {
    let table = diagram.table(table);
    let name =
        |id: &ColumnId| table.and_then(|it| it.column(*id)).map_or("", |it| it.name.as_str());
    ids.iter().map(|id| name(id).to_owned()).collect()
}

/// A text whose foreign keys are looked for.
#[derive(Clone, Debug)]
pub struct SuggestKeys {
    pub format: ImportFormat,
    pub text: String,
    pub min_confidence: f64,
    /// Judge the text as if it declared none.
    pub ignore_declared: bool,
}

impl App {
    /// The foreign keys that a diagram seems to mean and does not declare, but for those that were
    /// dismissed.
    ///
    /// # Errors
    /// When there is no such diagram.
    pub async fn list_suggestions(
        &self,
        id: DiagramId,
        min_confidence: f64,
    ) -> Result<Vec<NamedSuggestion>, AppError> {
        let record = self.find_diagram(id).await?;
        let (diagram, _) = self.current(id, record.revision).await?;
        blocking(move || named(&diagram, min_confidence)).await
    }

    /// The foreign keys that a text seems to mean and does not declare. Nothing is kept.
    ///
    /// # Errors
    /// When nothing at all of the text was understood.
    pub async fn suggest_keys(&self, wish: SuggestKeys) -> Result<Vec<NamedSuggestion>, AppError> {
        let diagram = self.read_text(wish.format, wish.text).await?.value;
        self.limits().check_diagram(&diagram)?;
        blocking(move || {
            let diagram =
                if wish.ignore_declared { strip(&diagram, Strip::All).0 } else { diagram };
            named(&diagram, wish.min_confidence)
        })
        .await
    }
}

fn named(diagram: &Diagram, min_confidence: f64) -> Vec<NamedSuggestion> {
    let suggester = Suggester::new(diagram).with_min_confidence(min_confidence);
    suggester.all().iter().map(|it| NamedSuggestion::of(diagram, it)).collect()
}
