//! Answers to the questions of panels and canvas.

mod choice;
mod entity;
mod form;
mod list;
mod problem;
mod table;

use crowfoot_schema::{Diagram, TableId};
use serde::Serialize;

use crate::{Editor, outcome::Fault, query::Query};

pub(crate) use list::Lists;

/// A diagram to ask: the one that is shown, or the one that a draft would make of it.
pub(crate) struct Lens<'a> {
    pub(crate) diagram: &'a Diagram,
}

impl Editor {
    /// What is shown, to ask.
    pub(crate) fn lens(&self) -> Lens<'_> {
        Lens { diagram: &self.shown }
    }

    /// Asks what is shown, or what it would be with the draft of that table.
    fn through<T>(&self, draft: Option<TableId>, ask: impl FnOnce(&Lens<'_>) -> T) -> T {
        match draft.and_then(|id| self.drafts.get(&id)) {
            Some(draft) => ask(&Lens { diagram: &draft.preview() }),
            None => ask(&self.lens()),
        }
    }

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
            Query::Table { id } => json(self.lens().table_view(id)),
            Query::RefRows { text, offset, limit } => json(self.ref_rows(&text, offset, limit)),
            Query::Ref { id } => json(self.lens().ref_detail(id)),
            Query::NewRef { seed, draft } => self.through(draft, |it| json(it.new_ref(seed))),
            Query::WithFromTable { form, table, draft } => {
                self.through(draft, |it| json(it.with_from_table(form, table)))
            }
            Query::WithToTable { form, table, draft } => {
                self.through(draft, |it| json(it.with_to_table(form, table)))
            }
            Query::Swapped { form } => json(form.swapped()),
            Query::CheckRef { form, draft } => {
                let fresh = self.mint.id();
                self.through(draft, |it| json(it.check_ref(form, fresh)))
            }
            Query::Enums => json(self.enum_views()),
            Query::Groups => json(self.group_views()),
            Query::Notes => json(self.note_views()),
            Query::Views => json(self.view_views()),
            Query::Viewed { id } => json(self.viewed(id)),
            Query::ViewChoices { id, text, limit } => json(self.view_choices(id, &text, limit)),
            Query::Note { id } => json(self.note_view(id)),
            Query::TableChoices { text, limit } => json(self.table_choices(&text, limit)),
            Query::ColumnChoices { table, text, like, draft } => {
                self.through(draft, |it| json(it.column_choices(table, &text, like)))
            }
            Query::RefsThatGo { table, column } => json(self.refs_that_go(table, column)),
            Query::DraftChanges { table } => json(self.draft_changes(table)),
            Query::TypeChoices { text } => json(self.type_choices(&text)),
            Query::Suggestions => json(self.suggestions()),
            Query::SuggestionCounts => json(self.suggestion_counts()),
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
