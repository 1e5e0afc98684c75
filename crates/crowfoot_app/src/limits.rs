use crowfoot_schema::{Change, ChangeSet, Diagram, Enum, Partial, Table};

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
        changes.changes.iter().flat_map(names_in).try_for_each(|it| self.check_name_length(it))
    }

    /// The names of an import; those of change-sets are checked with them.
    pub(crate) fn check_names(&self, diagram: &Diagram) -> Result<(), AppError> {
        let names = diagram
            .tables()
            .flat_map(names_of_table)
            .chain(diagram.enums().flat_map(names_of_enum))
            .chain(diagram.partials().flat_map(names_of_partial))
            .chain(diagram.groups().map(|it| it.name.as_str()))
            .chain(diagram.notes().map(|it| it.name.as_str()))
            .chain(diagram.views().map(|it| it.name.as_str()))
            .chain(diagram.refs().filter_map(|it| it.name.as_deref()));
        for name in names {
            self.check_name_length(name)?;
        }
        Ok(())
    }

    pub(crate) fn check_diagram(&self, diagram: &Diagram) -> Result<(), AppError> {
        let found = diagram.tables().len();
        if found > self.tables_per_diagram {
            let what = "too many tables in one diagram";
            return Err(AppError::OverLimit { what, found, limit: self.tables_per_diagram });
        }
        Ok(())
    }

    fn check_name_length(&self, name: &str) -> Result<(), AppError> {
        if name.len() > self.name_bytes {
            let what = "too long a name, counted in bytes";
            return Err(AppError::OverLimit { what, found: name.len(), limit: self.name_bytes });
        }
        Ok(())
    }
}

/// The names that a change gives.
fn names_in(change: &Change) -> Vec<&str> {
    match change {
        Change::CreateTable { table } => names_of_table(table),
        Change::UpdateTable { patch, .. } => [
            patch.name.as_deref(),
            patch.schema.as_ref().and_then(Option::as_deref),
            patch.alias.as_ref().and_then(Option::as_deref),
        ]
        .into_iter()
        .flatten()
        .collect(),
        Change::CreateColumn { column, .. } => vec![&column.name],
        Change::UpdateColumn { patch, .. } => patch.name.as_deref().into_iter().collect(),
        Change::CreateIndex { index, .. } => index.name.as_deref().into_iter().collect(),
        Change::UpdateIndex { patch, .. } => patch.name.iter().flatten().map(|it| &**it).collect(),
        Change::CreateCheck { check, .. } => check.name.as_deref().into_iter().collect(),
        Change::UpdateCheck { patch, .. } => patch.name.iter().flatten().map(|it| &**it).collect(),
        Change::CreateRef { reference } => reference.name.as_deref().into_iter().collect(),
        Change::UpdateRef { patch, .. } => patch.name.iter().flatten().map(|it| &**it).collect(),
        Change::CreateEnum { item } => names_of_enum(item),
        Change::UpdateEnum { patch, .. } => patch.name.as_deref().into_iter().collect(),
        Change::CreateEnumValue { value, .. } => vec![&value.name],
        Change::UpdateEnumValue { patch, .. } => patch.name.as_deref().into_iter().collect(),
        Change::CreateGroup { group } => vec![&group.name],
        Change::UpdateGroup { patch, .. } => patch.name.as_deref().into_iter().collect(),
        Change::CreateNote { note } => vec![&note.name],
        Change::UpdateNote { patch, .. } => patch.name.as_deref().into_iter().collect(),
        Change::CreateView { view } => vec![&view.name],
        Change::UpdateView { patch, .. } => patch.name.as_deref().into_iter().collect(),
        Change::CreatePartial { partial } => names_of_partial(partial),
        Change::UpdatePartial { patch, .. } => {
            let columns = patch.columns.iter().flat_map(|it| it.iter()).map(|it| it.name.as_str());
            patch.name.as_deref().into_iter().chain(columns).collect()
        }
        Change::UpdateSettings { .. }
        | Change::MoveColumn { .. }
        | Change::MoveIndex { .. }
        | Change::MoveCheck { .. }
        | Change::MoveEnumValue { .. }
        | Change::DeleteTable { .. }
        | Change::DeleteColumn { .. }
        | Change::DeleteIndex { .. }
        | Change::DeleteCheck { .. }
        | Change::DeleteRef { .. }
        | Change::DeleteEnum { .. }
        | Change::DeleteEnumValue { .. }
        | Change::DeleteGroup { .. }
        | Change::DeleteNote { .. }
        | Change::PlaceInView { .. }
        | Change::DeleteView { .. }
        | Change::DeletePartial { .. }
        | Change::DismissSuggestion { .. }
        | Change::RestoreSuggestion { .. } => Vec::new(),
    }
}

fn names_of_table(table: &Table) -> Vec<&str> {
    let head = [Some(&*table.name), table.schema.as_deref(), table.alias.as_deref()];
    let columns = table.columns.iter().map(|it| it.name.as_str());
    let indexes = table.indexes.iter().filter_map(|it| it.name.as_deref());
    let checks = table.checks.iter().filter_map(|it| it.name.as_deref());
    head.into_iter().flatten().chain(columns).chain(indexes).chain(checks).collect()
}

fn names_of_enum(item: &Enum) -> Vec<&str> {
    let head = [Some(&*item.name), item.schema.as_deref()].into_iter().flatten();
    head.chain(item.values.iter().map(|it| it.name.as_str())).collect()
}

fn names_of_partial(partial: &Partial) -> Vec<&str> {
    let columns = partial.columns.iter().map(|it| it.name.as_str());
    std::iter::once(&*partial.name).chain(columns).collect()
}
