use crowfoot_schema::{Change, ChangeSet, Diagram};

use crate::AppError;

/// How much of everything is allowed. A caller that asks for more is told so.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    pub tables_per_diagram: usize,
    pub changes_per_set: usize,
    /// Bytes of the name of a diagram or of anything in one.
    pub name_bytes: usize,
    /// How far behind the head of the log a change-set may be and still be rebased.
    pub commits_to_rebase: u32,
    /// How many diagnostics of an import are told; the rest is counted.
    pub diagnostics: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tables_per_diagram: 50_000,
            changes_per_set: 200_000,
            name_bytes: 1_000,
            commits_to_rebase: 10_000,
            diagnostics: 1_000,
        }
    }
}

impl Limits {
    /// The name of a diagram without the white space around it.
    pub(crate) fn check_name(&self, name: &str) -> Result<String, AppError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(AppError::BadName { message: "a diagram needs a name".to_owned() });
        }
        self.check_name_length(name)?;
        if name.chars().any(char::is_control) {
            let message = "the name of a diagram is one line without control characters";
            return Err(AppError::BadName { message: message.to_owned() });
        }
        Ok(name.to_owned())
    }

    pub(crate) fn check_change_set(&self, changes: &ChangeSet) -> Result<(), AppError> {
        let found = changes.changes.len();
        if found > self.changes_per_set {
            let what = "too many changes in one change-set";
            return Err(AppError::OverLimit { what, found, limit: self.changes_per_set });
        }
        changes.changes.iter().try_for_each(|change| self.check_names_of(change))
    }

    /// The names of an import; those of change-sets are checked with them.
    pub(crate) fn check_names(&self, diagram: &Diagram) -> Result<(), AppError> {
        for table in diagram.tables() {
            self.check_name_length(&table.name)?;
            table.columns.iter().try_for_each(|it| self.check_name_length(&it.name))?;
        }
        diagram.enums().try_for_each(|it| self.check_name_length(&it.name))?;
        diagram.groups().try_for_each(|it| self.check_name_length(&it.name))?;
        diagram.refs().try_for_each(|it| self.check_if_named(it.name.as_deref()))
    }

    pub(crate) fn check_diagram(&self, diagram: &Diagram) -> Result<(), AppError> {
        let found = diagram.tables().len();
        if found > self.tables_per_diagram {
            let what = "too many tables in one diagram";
            return Err(AppError::OverLimit { what, found, limit: self.tables_per_diagram });
        }
        Ok(())
    }

    fn check_names_of(&self, change: &Change) -> Result<(), AppError> {
        match change {
            Change::CreateTable { table } => {
                self.check_name_length(&table.name)?;
                table.columns.iter().try_for_each(|it| self.check_name_length(&it.name))
            }
            Change::UpdateTable { patch, .. } => self.check_if_named(patch.name.as_deref()),
            Change::CreateColumn { column, .. } => self.check_name_length(&column.name),
            Change::UpdateColumn { patch, .. } => self.check_if_named(patch.name.as_deref()),
            Change::CreateEnum { item } => self.check_name_length(&item.name),
            Change::CreateGroup { group } => self.check_name_length(&group.name),
            Change::UpdateGroup { patch, .. } => self.check_if_named(patch.name.as_deref()),
            Change::CreateRef { reference } => self.check_if_named(reference.name.as_deref()),
            _ => Ok(()),
        }
    }

    fn check_if_named(&self, name: Option<&str>) -> Result<(), AppError> {
        name.map_or(Ok(()), |name| self.check_name_length(name))
    }

    fn check_name_length(&self, name: &str) -> Result<(), AppError> {
        if name.len() > self.name_bytes {
            let what = "too long a name, counted in bytes";
            return Err(AppError::OverLimit { what, found: name.len(), limit: self.name_bytes });
        }
        Ok(())
    }
}
