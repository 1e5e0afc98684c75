use serde::Serialize;

use crate::{App, AppError, DiagramRecord, ImportDiagram, ImportFormat};

/// A diagram to begin with.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Sample {
    pub id: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    #[serde(skip)]
    pub format: ImportFormat,
    #[serde(skip)]
    pub text: &'static str,
}

const SAMPLES: &[Sample] = &[
    Sample {
        id: "shop",
        title: "Web shop",
        description: "customers, products, orders and what was paid: 12 tables",
        format: ImportFormat::Dbml,
        text: include_str!("../../../samples/shop.dbml"),
    },
    Sample {
        id: "school",
        title: "School",
        description: "people, courses, timetables and grades, with keys of several columns: 28 tables",
        format: ImportFormat::Dbml,
        text: include_str!("../../../samples/school.dbml"),
    },
    Sample {
        id: "tracker",
        title: "Project tracker",
        description: "organisations, issues, workflows, boards and events: 64 tables",
        format: ImportFormat::Dbml,
        text: include_str!("../../../samples/tracker.dbml"),
    },
];

/// All samples, in the order in which they are offered.
pub fn samples() -> &'static [Sample] {
    SAMPLES
}

impl App {
    /// Makes a new diagram of a sample.
    ///
    /// # Errors
    /// When there is no such sample.
    pub async fn open_sample(&self, id: &str) -> Result<DiagramRecord, AppError> {
        let sample = SAMPLES.iter().find(|it| it.id == id);
        let sample = sample.ok_or_else(|| AppError::NoSample(id.to_owned()))?;
        self.import_diagram(ImportDiagram {
            name: sample.title.to_owned(),
            format: sample.format,
            text: sample.text.to_owned(),
        })
        .await
    }
}
