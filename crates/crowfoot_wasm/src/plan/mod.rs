//! Commands become change-sets.

pub(crate) mod column;
mod entity;
mod place;
mod reference;
mod table;
mod view;

use crowfoot_schema::{Change, ChangeSet, Color, Column, ColumnId, SettingsPatch, Table, TableId};
use smol_str::SmolStr;

use crate::{Editor, command::Command, outcome::Fault};
pub(crate) use place::arrange_document;

impl Editor {
    /// The change-set that carries a command out.
    pub(crate) fn plan(&mut self, command: Command) -> Result<ChangeSet, Fault> {
        match command {
            Command::SaveRef { form } => self.plan_ref(form),
            Command::Delete { things } => Ok(self.plan_delete(&things)),
            Command::Move { tables, notes } => self.plan_move(&tables, &notes),
            Command::Arrange { scope, style } => self.plan_arrange(scope, style),
            Command::Arranged { tables } => Ok(self.plan_arranged(&tables)),
            Command::Tidy { tables, style } => self.plan_tidy(&tables, style),
            Command::CreateTable { fields, position } => self.plan_new_table(fields, position),
            Command::UpdateTable { id, fields } => self.plan_table(id, fields),
            Command::SetGroup { tables, group } => Ok(self.plan_grouping(&tables, group)),
            Command::CreateColumn { table, fields, after } => {
                self.plan_new_column(table, fields, after)
            }
            Command::UpdateColumn { table, id, fields } => self.plan_column(table, id, fields),
            Command::MoveColumn { table, id, after } => {
                let label = self.column_label(table, id)?;
                Ok(ChangeSet::new(
                    format!("move column {label}"),
                    vec![Change::MoveColumn { table, id, after }],
                ))
            }
            Command::DeleteColumns { table, ids } => self.plan_delete_columns(table, &ids),
            Command::SetPrimary { table, columns } => self.plan_primary(table, columns),
            Command::SetUnique { table, column, unique } => self.plan_unique(table, column, unique),
            Command::CreateIndex { table, fields } => self.plan_new_index(table, fields),
            Command::UpdateIndex { table, id, fields } => self.plan_index(table, id, fields),
            Command::DeleteIndex { table, id } => {
                let label = self.table_label(table)?;
                Ok(ChangeSet::new(
                    format!("delete index of {label}"),
                    vec![Change::DeleteIndex { table, id }],
                ))
            }
            Command::CreateCheck { table, fields } => self.plan_new_check(table, fields),
            Command::UpdateCheck { table, id, fields } => self.plan_check(table, id, fields),
            Command::DeleteCheck { table, id } => {
                let label = self.table_label(table)?;
                Ok(ChangeSet::new(
                    format!("delete check of {label}"),
                    vec![Change::DeleteCheck { table, id }],
                ))
            }
            Command::CreateEnum { fields } => self.plan_new_enum(fields),
            Command::UpdateEnum { id, fields } => self.plan_enum(id, fields),
            Command::DeleteEnum { id } => self.plan_delete_enum(id),
            Command::CreateGroup { fields, tables } => self.plan_new_group(fields, &tables),
            Command::UpdateGroup { id, fields } => self.plan_group(id, fields),
            Command::DeleteGroup { id } => self.plan_delete_group(id),
            Command::CreateNote { fields } => self.plan_new_note(fields),
            Command::UpdateNote { id, fields } => self.plan_note(id, fields),
            Command::CreateView { fields, tables } => self.plan_new_view(fields, &tables),
            Command::UpdateView { id, fields } => self.plan_view(id, fields),
            Command::DeleteView { id } => self.plan_delete_view(id),
            Command::SetViewed { id, tables, is_shown } => self.plan_viewing(id, &tables, is_shown),
            Command::AcceptSuggestions { keys } => self.plan_accept(&keys),
            Command::DismissSuggestions { keys } => self.plan_dismiss(&keys),
            Command::RestoreSuggestions { keys } => self.plan_restore(&keys),
            Command::SetNotation { notation } => Ok(settings(
                "change the notation",
                SettingsPatch { notation: Some(notation), ..SettingsPatch::default() },
            )),
            Command::SetLineColors { by } => Ok(settings(
                "change the colours of lines",
                SettingsPatch { line_colors: Some(by), ..SettingsPatch::default() },
            )),
            Command::SetDialect { dialect } => Ok(settings(
                "change the database",
                SettingsPatch { dialect: Some(dialect), ..SettingsPatch::default() },
            )),
        }
    }

    fn table_at(&self, id: TableId) -> Result<&Table, Fault> {
        self.shown
            .table(id)
            .ok_or_else(|| Fault::new("schema/unknown-table", "the table no longer exists"))
    }

    fn column_at(&self, table: TableId, id: ColumnId) -> Result<&Column, Fault> {
        self.table_at(table)?
            .column(id)
            .ok_or_else(|| Fault::new("schema/unknown-column", "the column no longer exists"))
    }

    fn table_label(&self, id: TableId) -> Result<String, Fault> {
        Ok(crate::words::table_label(self.table_at(id)?))
    }

    fn column_label(&self, table: TableId, id: ColumnId) -> Result<String, Fault> {
        let name = &self.column_at(table, id)?.name;
        Ok(format!("{}.{name}", self.table_label(table)?))
    }
}

fn settings(description: &str, patch: SettingsPatch) -> ChangeSet {
    ChangeSet::new(description, vec![Change::UpdateSettings { patch }])
}

/// A name as typed, without blanks around it.
pub(crate) fn name(text: String) -> SmolStr {
    SmolStr::from(text.trim())
}

/// A name that may be missing: nothing typed means none.
pub(crate) fn name_or_none(text: String) -> Option<SmolStr> {
    let text = text.trim();
    (!text.is_empty()).then(|| SmolStr::from(text))
}

/// A text that may be missing: nothing typed means none.
pub(crate) fn text_or_none(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

/// A colour that may be missing: nothing typed means none.
pub(crate) fn color_or_none(text: &str) -> Result<Option<Color>, Fault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let color = Color::parse(text.trim());
    color.map(Some).map_err(|it| Fault::new("wasm/bad-color", it.to_string()))
}

/// The first of `stem_1`, `stem_2`, `stem_3` ... that is not taken.
pub(crate) fn free_name(stem: &str, is_taken: impl Fn(&str) -> bool) -> SmolStr {
    let mut names = (1_u32..).map(|n| format!("{stem}_{n}"));
    names.find(|it| !is_taken(it)).map_or_else(|| SmolStr::from(stem), SmolStr::from)
}
