//! Changes to tables that are there.

use crowfoot_schema::{Extra, Increment, Uniqueness};
use crowfoot_text::Span;
use smol_str::SmolStr;

use super::{
    catalog::{Catalog, PartDraft, Target},
    create_table::{increment, partition_of, set_default},
};
use crate::{
    option,
    parse::ast::{
        AlterAction, AlterTable, ColumnDef, CommentOn, DefaultClause, Identity, Name, Path,
    },
};

impl Catalog<'_> {
    pub(crate) fn alter_table(&mut self, alter: AlterTable) {
        let Some(table) = self.find_table(&alter.path, None) else {
            let does_something =
                alter.actions.iter().any(|it| !matches!(it, AlterAction::Skipped(_)));
            // A view or a sequence may be renamed by ALTER TABLE, too.
            let is_rename = matches!(
                alter.actions.as_slice(),
                [AlterAction::RenameTo(_) | AlterAction::SetSchema(_)]
            );
            if does_something && !is_rename && !alter.is_if_exists {
                self.no_table(&alter.path, "a change");
            }
            return;
        };
        for action in alter.actions {
            if let AlterAction::Skipped(kind) = action {
                self.report.skip(kind, alter.path.span());
            } else {
                self.alter(table, action);
            }
        }
    }

    fn alter(&mut self, table: usize, action: AlterAction) {
        match action {
            AlterAction::AddColumn { column, is_if_not_exists } => {
                let is_there = self.tables[table].find(&column.name.text).is_some();
                if !is_if_not_exists || !is_there {
                    self.add_column(table, *column);
                }
            }
            AlterAction::AddConstraint(constraint) => self.add_constraint(table, constraint, None),
            AlterAction::ReplaceColumn { old, column } => self.replace_column(table, &old, *column),
            AlterAction::DropColumn { name, is_if_exists } => {
                self.drop_column(table, &name, is_if_exists);
            }
            AlterAction::DropConstraint { name, is_if_exists } => {
                self.drop_constraint(table, &name, is_if_exists);
            }
            AlterAction::DropPrimaryKey => self.tables[table].primary = None,
            AlterAction::DropForeignKey { name, is_if_exists } => {
                if !self.drop_foreign_key(table, &name.text) {
                    self.no_constraint(table, &name, is_if_exists);
                }
            }
            AlterAction::DropIndex { name, is_if_exists } => {
                if name.text.eq_ignore_ascii_case("primary") {
                    self.tables[table].primary = None;
                } else if !self.drop_index_of(table, &name.text) {
                    self.no_constraint(table, &name, is_if_exists);
                }
            }
            AlterAction::RenameColumn { old, new } => self.rename_column(table, &old, &new),
            AlterAction::RenameConstraint { old, new } => {
                self.rename_constraint(table, &old.text, &new.text);
            }
            AlterAction::RenameIndex { old, new } => {
                let Some(at) = self.find_index_of(table, &old.text) else {
                    self.no_constraint(table, &old, false);
                    return;
                };
                self.enter_index(table, &new.text);
                self.tables[table].indexes[at].name = Some(new.text);
            }
            AlterAction::RenameTo(path) => self.rename_table(table, &path),
            AlterAction::SetSchema(name) => {
                let schema = self.schema(&name.text);
                self.move_table(table, schema, self.tables[table].name.clone(), name.span);
            }
            AlterAction::SetType { column, ty } => {
                if let Some(place) = self.place(table, &column) {
                    let mut draft = self.tables[table].columns[place as usize].clone();
                    self.set_type(&mut draft, ty);
                    *self.tables[table].column_mut(place) = draft;
                }
            }
            AlterAction::SetNotNull { column, not_null } => {
                if let Some(place) = self.place(table, &column) {
                    self.tables[table].column_mut(place).column.not_null = not_null;
                }
            }
            AlterAction::SetDefault { column, default } => {
                self.set_column_default(table, &column, default);
            }
            AlterAction::SetIdentity { column, identity, options } => {
                self.set_identity(table, &column, identity, options);
            }
            AlterAction::SetGenerated { column } => {
                if let Some(place) = self.place(table, &column) {
                    self.tables[table].column_mut(place).column.generated = None;
                }
            }
            AlterAction::AttachPartition { child, bounds } => {
                self.attach_partition(table, &child, &bounds);
            }
            AlterAction::DetachPartition(child) => match self.find_table(&child, None) {
                Some(at) => {
                    self.tables[at].options.retain(|it| it.key != option::PG_PARTITION_OF);
                }
                None => self.no_table(&child, "the end of a partition"),
            },
            AlterAction::SetOptions { comment, options } => {
                let draft = &mut self.tables[table];
                draft.comment = comment.or(draft.comment.take());
                for option in options {
                    draft.options.retain(|it| it.key != option.key);
                    draft.options.push(option);
                }
            }
            AlterAction::Validate(name) => self.validate(table, &name.text),
            AlterAction::SetOption { column, option } => {
                if let Some(place) = self.place(table, &column) {
                    let options = &mut self.tables[table].column_mut(place).column.options;
                    options.retain(|it| it.key != option.key);
                    options.push(option);
                }
            }
            AlterAction::Skipped(_) => {}
        }
    }

    /// Takes the mark off that the rows of that time were not checked.
    fn validate(&mut self, table: usize, name: &SmolStr) {
        let checks =
            self.tables[table].checks.iter_mut().filter(|it| it.name.as_ref() == Some(name));
        for check in checks {
            check.options.retain(|it| it.key != option::PG_NOT_VALID);
        }
        if let Some(at) = self.find_foreign_key(table, name) {
            self.refs[at].options.retain(|it| it.key != option::PG_NOT_VALID);
        }
    }

    fn place(&mut self, table: usize, name: &Name) -> Option<u32> {
        let place = self.tables[table].find(&name.text);
        if place.is_none() {
            self.no_column(table, name);
        }
        place
    }

    fn set_column_default(&mut self, table: usize, column: &Name, default: Option<DefaultClause>) {
        let Some(place) = self.place(table, column) else { return };
        let draft = self.tables[table].column_mut(place);
        if draft.column.increment == Some(Increment::Serial) {
            draft.column.increment = None;
        }
        set_default(draft, default);
    }

    fn set_identity(
        &mut self,
        table: usize,
        column: &Name,
        identity: Option<Identity>,
        options: Option<String>,
    ) {
        let Some(place) = self.place(table, column) else { return };
        let column = &mut self.tables[table].column_mut(place).column;
        column.increment = identity.map(increment);
        column.not_null |= identity.is_some();
        column.options.retain(|it| it.key != option::PG_IDENTITY_OPTIONS);
        if let Some(text) = options {
            let key = SmolStr::new_static(option::PG_IDENTITY_OPTIONS);
            column.options.push(Extra { key, value: Some(text) });
        }
    }

    fn attach_partition(&mut self, table: usize, child: &Path, bounds: &str) {
        let Some(at) = self.find_table(child, None) else {
            self.no_table(child, "a partition");
            return;
        };
        let parent = &self.tables[table];
        let option = partition_of(parent.schema.as_deref(), &parent.name, bounds);
        self.tables[at].options.push(option);
    }

    fn replace_column(&mut self, table: usize, old: &Name, mut def: ColumnDef) {
        let Some(place) = self.place(table, old) else { return };
        let constraints = std::mem::take(&mut def.constraints);
        let position = def.position.take();
        if def.name.text != self.tables[table].columns[place as usize].column.name {
            let new = def.name.clone();
            self.rename_column(table, old, &new);
        }
        let note = self.tables[table].columns[place as usize].column.note.clone();
        let mut draft = self.draft(def);
        if self.dialect != crowfoot_schema::Dialect::MySql {
            draft.column.note = draft.column.note.or(note);
        }
        *self.tables[table].column_mut(place) = draft;
        for constraint in constraints {
            self.add_constraint(table, constraint, Some(place));
        }
        let Some(position) = position else { return };
        let order = &mut self.tables[table].order;
        order.retain(|it| *it != place);
        let at = match &position {
            crate::parse::ast::Position::First => Some(0),
            crate::parse::ast::Position::After(name) => self.tables[table]
                .find(&name.text)
                .and_then(|other| self.tables[table].order.iter().position(|it| *it == other))
                .map(|it| it + 1),
        };
        let order = &mut self.tables[table].order;
        order.insert(at.unwrap_or(order.len()), place);
    }

    /// Foreign keys that were written before the table they point at hold on to it from now on,
    /// whatever it and its columns are called later.
    fn attach_early_refs(&mut self, table: usize) {
        for at in 0..self.refs.len() {
            let draft = &self.refs[at];
            if draft.is_live
                && let Target::Named(path) = &draft.target
                && self.find_table(path, Some(&self.tables[draft.from].schema)) == Some(table)
            {
                self.refs[at].target = Target::Table(table);
                self.tables[table].refs_in.push(at);
            }
        }
    }

    fn rename_column(&mut self, table: usize, old: &Name, new: &Name) {
        self.attach_early_refs(table);
        let Some(place) = self.place(table, old) else { return };
        if self.tables[table].find(&new.text).is_some_and(|it| it != place) || new.text.is_empty() {
            let message =
                format!("`{}` has a column `{}` already", self.tables[table].name, new.text);
            self.report.warn("sql/duplicate-column", new.span, message);
            return;
        }
        let column = &mut self.tables[table].column_mut(place).column;
        let old = std::mem::replace(&mut column.name, new.text.clone());
        self.tables[table].forget_names();
        for at in self.tables[table].refs_in.clone() {
            for name in &mut self.refs[at].target_columns {
                if name.eq_ignore_ascii_case(&old) {
                    *name = new.text.clone();
                }
            }
        }
    }

    fn drop_column(&mut self, table: usize, name: &Name, is_if_exists: bool) {
        let Some(place) = self.tables[table].find(&name.text) else {
            if !is_if_exists {
                self.no_column(table, name);
            }
            return;
        };
        let is_mysql = self.dialect == crowfoot_schema::Dialect::MySql;
        let draft = &mut self.tables[table];
        draft.column_mut(place).is_live = false;
        draft.order.retain(|it| *it != place);
        if let Some(key) = &mut draft.primary {
            key.columns.retain(|it| *it != place || !is_mysql);
            if key.columns.is_empty() || key.columns.contains(&place) {
                draft.primary = None;
            }
        }
        let is_it = |part: &(PartDraft, Option<SmolStr>)| matches!(part.0, PartDraft::Column(column) if column == place);
        if is_mysql {
            // MySQL takes the column out of its indexes, others drop them.
            for index in &mut draft.indexes {
                index.parts.retain(|it| !is_it(it));
            }
        }
        draft.indexes.retain(|it| {
            !it.parts.is_empty() && !it.parts.iter().any(is_it) && !it.include.contains(&place)
        });
        draft.checks.retain(|it| it.column != Some(place));
        draft.forget_names();
        let name = draft.columns[place as usize].column.name.clone();
        for at in draft.refs_out.clone() {
            if self.refs[at].columns.contains(&place) {
                self.refs[at].is_live = false;
            }
        }
        for at in self.tables[table].refs_in.clone() {
            if self.refs[at].target_columns.iter().any(|it| it.eq_ignore_ascii_case(&name)) {
                self.refs[at].is_live = false;
            }
        }
    }

    pub(crate) fn rename_table(&mut self, table: usize, path: &Path) {
        let schema = match &path.schema {
            Some(schema) => self.schema(&schema.text),
            None => self.tables[table].schema.clone(),
        };
        self.move_table(table, schema, path.name.text.clone(), path.span());
    }

    fn move_table(&mut self, table: usize, schema: Option<SmolStr>, name: SmolStr, span: Span) {
        if self.same_table(&schema, &name).is_some_and(|it| it != table) {
            let message = format!("there is a table `{name}` already");
            self.report.warn("sql/duplicate-table", span, message);
            return;
        }
        self.attach_early_refs(table);
        self.leave_table(table);
        self.tables[table].schema = schema;
        self.tables[table].name = name;
        self.enter_table(table);
    }

    /// The name that PostgreSQL gives a constraint that was written without one.
    fn given_name(&self, table: usize, columns: &[u32], suffix: &str) -> String {
        let draft = &self.tables[table];
        let mut name = draft.name.to_string();
        for place in columns {
            name.push('_');
            name.push_str(&draft.columns[*place as usize].column.name);
        }
        name.push_str(suffix);
        name
    }

    fn drop_constraint(&mut self, table: usize, name: &Name, is_if_exists: bool) {
        let text = &name.text;
        let draft = &mut self.tables[table];
        if let Some(primary) = &draft.primary {
            let is_given = || format!("{}_pkey", draft.name) == *text || text == "PRIMARY";
            if primary.name.as_ref() == Some(text) || (primary.name.is_none() && is_given()) {
                draft.primary = None;
                return;
            }
        }
        let n_checks = draft.checks.len();
        draft.checks.retain(|it| it.name.as_ref() != Some(text));
        if draft.checks.len() < n_checks {
            return;
        }
        if self.drop_foreign_key(table, text) || self.drop_index_of(table, text) {
            return;
        }
        let unnamed = self.tables[table].checks.iter().position(|check| {
            check.name.is_none()
                && check.column.is_some_and(|it| self.given_name(table, &[it], "_check") == *text)
        });
        match unnamed {
            Some(at) => {
                self.tables[table].checks.remove(at);
            }
            None => self.no_constraint(table, name, is_if_exists),
        }
    }

    fn no_constraint(&mut self, table: usize, name: &Name, is_if_exists: bool) {
        if !is_if_exists {
            let message =
                format!("`{}` has no constraint or index `{}`", self.tables[table].name, name.text);
            self.report.warn("sql/unknown-constraint", name.span, message);
        }
    }

    fn drop_foreign_key(&mut self, table: usize, name: &SmolStr) -> bool {
        let Some(at) = self.find_foreign_key(table, name) else { return false };
        self.refs[at].is_live = false;
        true
    }

    /// The foreign key of that name, its own or the one it was given.
    fn find_foreign_key(&self, table: usize, name: &SmolStr) -> Option<usize> {
        let live = || self.tables[table].refs_out.iter().filter(|it| self.refs[**it].is_live);
        let named = live().find(|it| {
            self.refs[**it].name.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(name))
        });
        let given = || {
            live().enumerate().find(|(nth, it)| {
                let item = &self.refs[**it];
                item.name.is_none()
                    && (self.given_name(table, &item.columns, "_fkey") == *name
                        || format!("{}_ibfk_{}", self.tables[table].name, nth + 1) == *name)
            })
        };
        named.or_else(|| given().map(|(_, it)| it)).copied()
    }

    /// Drops an index or unique constraint by its own name or the one it was given.
    pub(crate) fn drop_index_of(&mut self, table: usize, name: &SmolStr) -> bool {
        let Some(at) = self.find_index_of(table, name) else { return false };
        self.tables[table].indexes.remove(at);
        true
    }

    /// The index or unique constraint of that name, its own or the one it was given.
    fn find_index_of(&self, table: usize, name: &SmolStr) -> Option<usize> {
        let draft = &self.tables[table];
        let named = draft
            .indexes
            .iter()
            .position(|it| it.name.as_ref().is_some_and(|it| it.eq_ignore_ascii_case(name)));
        let given = || {
            draft.indexes.iter().position(|index| {
                let columns: Vec<u32> = index
                    .parts
                    .iter()
                    .filter_map(|(part, _)| match part {
                        PartDraft::Column(place) => Some(*place),
                        PartDraft::Expr(_) => None,
                    })
                    .collect();
                let suffix = if index.uniqueness == Uniqueness::None { "_idx" } else { "_key" };
                let first = columns.first().map(|it| &draft.columns[*it as usize].column.name);
                index.name.is_none()
                    && (first == Some(name) || self.given_name(table, &columns, suffix) == *name)
            })
        };
        named.or_else(given)
    }

    fn rename_constraint(&mut self, table: usize, old: &SmolStr, new: &SmolStr) {
        self.enter_index(table, new);
        let draft = &mut self.tables[table];
        let is_given_primary = format!("{}_pkey", draft.name) == *old;
        if let Some(primary) = &mut draft.primary
            && (primary.name.as_ref() == Some(old) || (primary.name.is_none() && is_given_primary))
        {
            primary.name = Some(new.clone());
            return;
        }
        let indexes = draft.indexes.iter_mut().map(|it| &mut it.name);
        let checks = draft.checks.iter_mut().map(|it| &mut it.name);
        for name in indexes.chain(checks) {
            if name.as_ref() == Some(old) {
                *name = Some(new.clone());
                return;
            }
        }
        let found = self.tables[table].refs_out.iter().copied().find(|it| {
            let item = &self.refs[*it];
            item.name.as_ref() == Some(old)
                || (item.name.is_none() && self.given_name(table, &item.columns, "_fkey") == *old)
        });
        if let Some(at) = found {
            self.refs[at].name = Some(new.clone());
        }
    }

    pub(crate) fn comment(&mut self, on: &CommentOn, text: Option<String>) -> bool {
        match on {
            CommentOn::Table(path) => {
                let Some(table) = self.find_table(path, None) else { return false };
                self.tables[table].comment = text;
            }
            CommentOn::Column { table, column } => {
                let Some(table) = self.find_table(table, None) else { return false };
                let Some(place) = self.tables[table].find(&column.text) else { return false };
                self.tables[table].column_mut(place).column.note = text;
            }
            CommentOn::Type(path) => {
                let Some(at) = self.find_enum(path) else { return false };
                self.enums[at].comment = text;
            }
            CommentOn::Index(path) => {
                let Some((table, at)) = self.find_index(path) else { return false };
                self.tables[table].indexes[at].note = text;
            }
            CommentOn::Constraint { table, name } => {
                let Some(table) = self.find_table(table, None) else { return false };
                let draft = &self.tables[table];
                let found = draft.refs_out.iter().copied().find(|it| {
                    self.refs[*it].is_live && self.refs[*it].name.as_ref() == Some(&name.text)
                });
                if let Some(at) = found {
                    self.refs[at].note = text;
                    return true;
                }
                let draft = &mut self.tables[table];
                let index =
                    draft.indexes.iter_mut().find(|it| it.name.as_ref() == Some(&name.text));
                let Some(index) = index else { return false };
                index.note = text;
            }
        }
        true
    }

    /// `DROP TABLE`. What pointed at it either goes too, or waits for another table of that name.
    pub(crate) fn drop_table(&mut self, table: usize, is_cascade: bool) {
        self.leave_table(table);
        self.tables[table].is_live = false;
        for at in std::mem::take(&mut self.tables[table].refs_out) {
            self.refs[at].is_live = false;
        }
        let name = self.tables[table].name.clone();
        let schema = self.tables[table].schema.clone();
        let name_of = |text: SmolStr| Name { text, span: Span::at(0), is_quoted: true };
        for at in std::mem::take(&mut self.tables[table].refs_in) {
            if is_cascade && self.dialect == crowfoot_schema::Dialect::PostgreSql {
                self.refs[at].is_live = false;
            }
            let schema = schema.clone().map(name_of);
            self.refs[at].target = Target::Named(Path { schema, name: name_of(name.clone()) });
        }
    }
}
