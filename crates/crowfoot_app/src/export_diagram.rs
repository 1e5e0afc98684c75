use crowfoot_layout::{Scene, SvgOptions, Theme, svg};
use crowfoot_schema::{Diagram, Dialect, Document, Notice, Printed};
use serde::{Deserialize, Serialize};

use crate::{App, AppError, DiagramId, ExportFormat, open::blocking};

/// A diagram as a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Exported {
    pub text: String,
    /// What the format could not say.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub notices: Vec<Notice>,
    /// A name for the file, made of the diagram's.
    pub file_name: String,
}

/// How a picture looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Picture {
    #[default]
    Light,
    Dark,
}

impl App {
    /// The diagram as a text of a format.
    ///
    /// # Errors
    /// When there is no such diagram.
    pub async fn export_diagram(
        &self,
        id: DiagramId,
        format: ExportFormat,
        picture: Picture,
    ) -> Result<Exported, AppError> {
        let record = self.find_diagram(id).await?;
        let (diagram, _) = self.current(id, record.revision).await?;
        let file_name = file_name(&record.name, format);
        let Printed { text, notices } = blocking(move || print(&diagram, format, picture)).await?;
        Ok(Exported { text, notices, file_name })
    }

    /// The name and the newest state of a diagram, to make something of it.
    ///
    /// # Errors
    /// When there is no such diagram.
    pub async fn read_diagram(&self, id: DiagramId) -> Result<(String, Diagram), AppError> {
        let record = self.find_diagram(id).await?;
        let (diagram, _) = self.current(id, record.revision).await?;
        Ok((record.name, diagram))
    }
}

fn print(diagram: &Diagram, format: ExportFormat, picture: Picture) -> Printed {
    let plain = |text| Printed { text, notices: Vec::new() };
    match format {
        ExportFormat::PostgreSql => crowfoot_sql::print(Dialect::PostgreSql, diagram),
        ExportFormat::MySql => crowfoot_sql::print(Dialect::MySql, diagram),
        ExportFormat::Sqlite => crowfoot_sql::print(Dialect::Sqlite, diagram),
        ExportFormat::Dbml => crowfoot_dbml::print(diagram),
        ExportFormat::Json => plain(Document::from(diagram).to_json()),
        ExportFormat::Svg => {
            let theme = match picture {
                Picture::Light => Theme::Light,
                Picture::Dark => Theme::Dark,
            };
            plain(svg(&Scene::new(diagram), &SvgOptions { theme, ..SvgOptions::default() }))
        }
    }
}

fn file_name(name: &str, format: ExportFormat) -> String {
    let ending = match format {
        ExportFormat::PostgreSql | ExportFormat::MySql | ExportFormat::Sqlite => "sql",
        ExportFormat::Dbml => "dbml",
        ExportFormat::Json => "json",
        ExportFormat::Svg => "svg",
    };
    format!("{}.{ending}", file_stem(name))
}

/// A diagram's name as that of a file, without an ending: everything that a file system may dislike
/// is turned into dashes.
pub fn file_stem(name: &str) -> String {
    let words: Vec<String> = name
        .split(|it: char| !it.is_alphanumeric() && it != '_')
        .filter(|it| !it.is_empty())
        .map(str::to_lowercase)
        .collect();
    let stem: String = words.join("-").chars().take(80).collect();
    if stem.is_empty() { "diagram".to_owned() } else { stem }
}

#[cfg(test)]
mod tests {
    use super::{ExportFormat, file_name};

    #[test]
    fn file_names_hold_letters_digits_and_dashes() {
        assert_eq!(file_name("Web shop / v2", ExportFormat::Dbml), "web-shop-v2.dbml");
        assert_eq!(file_name("../..", ExportFormat::Svg), "diagram.svg");
        assert_eq!(file_name("Bücher", ExportFormat::MySql), "bücher.sql");
    }
}
