//! Answers to the questions of panels and canvas.

mod choice;
mod entity;
mod form;
mod list;
mod problem;
mod table;

use serde::Serialize;

use crate::{Editor, outcome::Fault, query::Query};

pub(crate) use list::Lists;

impl Editor {
    /// The answer to a question, as JSON.
    ///
    /// # Errors
    /// When the answer cannot be written, which no diagram should lead to.
    pub fn ask(&mut self, query: Query) -> Result<serde_json::Value, Fault> {
        match query {
            Query::Diagram => json(self.diagram_view()),
            Query::TableRows { query, offset, limit } => {
                json(self.table_rows(&query, offset, limit))
            }
            Query::Table { id } => json(self.table_view(id)),
            Query::RefRows { text, offset, limit } => json(self.ref_rows(&text, offset, limit)),
            Query::Ref { id } => json(self.ref_detail(id)),
            Query::NewRef { seed } => json(self.new_ref(seed)),
            Query::WithFromTable { form, table } => json(self.with_from_table(form, table)),
            Query::WithToTable { form, table } => json(self.with_to_table(form, table)),
            Query::Swapped { form } => json(form.swapped()),
            Query::CheckRef { form } => json(self.check_ref(form)),
            Query::Enums => json(self.enum_views()),
            Query::Groups => json(self.group_views()),
            Query::Notes => json(self.note_views()),
            Query::Note { id } => json(self.note_view(id)),
            Query::TableChoices { text, limit } => json(self.table_choices(&text, limit)),
            Query::ColumnChoices { table, text, like } => {
                json(self.column_choices(table, &text, like))
            }
            Query::TypeChoices { text } => json(self.type_choices(&text)),
            Query::Search { text, limit } => json(self.search(&text, limit)),
        }
    }
}

fn json(value: impl Serialize) -> Result<serde_json::Value, Fault> {
    serde_json::to_value(value).map_err(|it| Fault::new("wasm/unprintable", it.to_string()))
}

/// Whether a text holds all words, in any case of letters. `words` are in small letters.
fn holds(text: &str, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = text.to_lowercase();
    words.iter().all(|it| text.contains(it.as_str()))
}

/// The words that somebody typed into a search field.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_lowercase).collect()
}
