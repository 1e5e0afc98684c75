//! The project, enums, groups, sticky notes, views and blocks that are kept as they were written.

use crowfoot_schema::{ColumnId, Dialect, Dismissal, EntityId, GroupId, Shown, Table, TableId};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{List, Printer, is_block, name};
use crate::{DISMISSED, string};

impl<'d> Printer<'d> {
    pub(super) fn project(&mut self) {
        let settings = self.diagram.settings();
        if !settings.options.is_empty() {
            let n_types = settings.options.len();
            let types = if n_types == 1 { "type" } else { "types" };
            let message = format!(
                "DBML has no domains and composite types: {n_types} {types} of the schema left out, \
                 columns keep the name"
            );
            self.notice("dbml/no-domains", EntityId::Settings, message);
        }
        if settings.name.is_none()
            && settings.dialect.is_none()
            && settings.note.is_none()
            && settings.extras.is_empty()
            && self.diagram.dismissals().len() == 0
        {
            return;
        }
        self.out.push_str("Project ");
        if let Some(name) = &settings.name {
            self.name(name);
            self.out.push(' ');
        }
        self.out.push_str("{\n");
        if let Some(dialect) = settings.dialect {
            self.out.push_str("  database_type: ");
            self.out.push_str(match dialect {
                Dialect::PostgreSql => "'PostgreSQL'\n",
                Dialect::MySql => "'MySQL'\n",
                Dialect::Sqlite => "'SQLite'\n",
            });
        }
        for extra in &settings.extras {
            self.out.push_str("  ");
            self.out.push_str(&extra.key);
            self.out.push_str(if is_block(extra) { " " } else { ": " });
            self.out.push_str(extra.value.as_deref().unwrap_or("''"));
            self.out.push('\n');
        }
        self.dismissals();
        self.note_line(settings.note.as_deref());
        self.out.push_str("}\n");
    }

    /// Dismissed suggestions as a setting of the project, which may say anything about itself: refs,
    /// one a line.
    fn dismissals(&mut self) {
        let mut seen = FxHashSet::default();
        let mut lines = Vec::new();
        for Dismissal { from, to, columns, .. } in self.diagram.dismissals() {
            let (Some(from), Some(to)) = (self.diagram.table(*from), self.diagram.table(*to))
            else {
                continue;
            };
            let (ones, others) = columns.iter().unzip();
            let mut line = String::new();
            push_end(&mut line, from, ones);
            line.push_str(" > ");
            push_end(&mut line, to, others);
            if seen.insert(line.clone()) {
                lines.push(line);
            }
        }
        if !lines.is_empty() {
            self.out.push_str("  ");
            self.out.push_str(DISMISSED);
            self.out.push_str(": ");
            string::push_string(&mut self.out, &lines.join("\n"), "  ");
            self.out.push('\n');
        }
    }

    /// `Note: '…'` in a body.
    pub(super) fn note_line(&mut self, note: Option<&str>) {
        if let Some(note) = note {
            self.out.push_str("  Note: ");
            string::push_string(&mut self.out, note, "  ");
            self.out.push('\n');
        }
    }

    pub(super) fn enums(&mut self) {
        for item in self.diagram.enums() {
            let entity = EntityId::Enum(item.id);
            let is_said = |name: &str| !name.is_empty();
            if !item.values.iter().any(|it| is_said(&it.name)) {
                let message = format!("the enum `{}` is left out: it has no values", item.name);
                self.notice("dbml/empty-enum", entity, message);
                continue;
            }
            self.begin();
            self.out.push_str("Enum ");
            self.qualified(item.schema.as_deref(), &item.name);
            let mut list = List::default();
            self.extra_settings(&mut list, &item.extras);
            self.end_settings(list);
            self.out.push_str(" {\n");
            for value in item.values.iter().filter(|it| is_said(&it.name)) {
                self.out.push_str("  ");
                self.name(&value.name);
                let mut list = List::default();
                self.note_setting(&mut list, value.note.as_deref(), "  ");
                self.extra_settings(&mut list, &value.extras);
                self.end_settings(list);
                self.out.push('\n');
            }
            self.out.push_str("}\n");
            if item.note.is_some() {
                let message = format!("the enum `{}` is printed without its note", item.name);
                self.notice("dbml/no-enum-note", entity, message);
            }
            if item.values.iter().any(|it| !is_said(&it.name)) {
                let message =
                    format!("the enum `{}` is printed without the empty value", item.name);
                self.notice("dbml/no-empty-value", entity, message);
            }
        }
    }

    pub(super) fn groups(&mut self) {
        if self.diagram.groups().len() == 0 {
            return;
        }
        let mut members: FxHashMap<GroupId, Vec<&'d Table>> = FxHashMap::default();
        for table in self.diagram.tables() {
            if let Some(group) = table.group {
                members.entry(group).or_default().push(table);
            }
        }
        for group in self.diagram.groups() {
            self.begin();
            self.out.push_str("TableGroup ");
            self.name(&group.name);
            let mut list = List::default();
            self.color_setting(&mut list, "color", group.color.as_ref());
            self.extra_settings(&mut list, &group.extras);
            self.end_settings(list);
            self.out.push_str(" {\n");
            for table in members.get(&group.id).into_iter().flatten() {
                self.out.push_str("  ");
                self.qualified(table.schema.as_deref(), &table.name);
                self.out.push('\n');
            }
            self.extra_blocks(&group.extras);
            if group.note.is_some() {
                self.out.push('\n');
            }
            self.note_line(group.note.as_deref());
            self.out.push_str("}\n");
        }
    }

    pub(super) fn notes(&mut self) {
        for note in self.diagram.notes() {
            self.begin();
            self.out.push_str("Note ");
            self.name(&note.name);
            let mut list = List::default();
            self.color_setting(&mut list, "color", note.color.as_ref());
            self.extra_settings(&mut list, &note.extras);
            self.end_settings(list);
            self.out.push_str(" {\n  ");
            string::push_string(&mut self.out, &note.text, "  ");
            self.out.push('\n');
            self.extra_blocks(&note.extras);
            self.out.push_str("}\n");
        }
    }

    pub(super) fn views(&mut self) {
        let diagram = self.diagram;
        for view in diagram.views() {
            self.begin();
            self.out.push_str("DiagramView ");
            self.name(&view.name);
            let mut list = List::default();
            self.extra_settings(&mut list, &view.extras);
            self.end_settings(list);
            self.out.push_str(" {\n");
            self.shown("Tables", &view.tables, |it, id| {
                if let Some(table) = diagram.table(*id) {
                    it.qualified(table.schema.as_deref(), &table.name);
                }
            });
            self.shown("Notes", &view.notes, |it, id| {
                it.name(diagram.note(*id).map_or("", |it| &it.name));
            });
            self.shown("TableGroups", &view.groups, |it, id| {
                it.name(diagram.group(*id).map_or("", |it| &it.name));
            });
            self.shown("Schemas", &view.schemas, |it, name| it.name(name));
            self.extra_blocks(&view.extras);
            self.out.push_str("}\n");
        }
    }

    fn shown<T>(&mut self, word: &str, shown: &Shown<T>, print: impl Fn(&mut Self, &T)) {
        match shown {
            Shown::All => {
                self.out.push_str("  ");
                self.out.push_str(word);
                self.out.push_str(" { * }\n");
            }
            Shown::Only(list) if list.is_empty() => {}
            Shown::Only(list) => {
                self.out.push_str("  ");
                self.out.push_str(word);
                self.out.push_str(" {\n");
                for one in list {
                    self.out.push_str("    ");
                    print(self, one);
                    self.out.push('\n');
                }
                self.out.push_str("  }\n");
            }
        }
    }

    pub(super) fn verbatim(&mut self) {
        for text in &self.diagram.settings().verbatim {
            self.begin();
            self.out.push_str(text);
            self.out.push('\n');
        }
    }

    /// The tables whose aliases can be printed: DBML has them share names with the tables.
    pub(super) fn aliased(&mut self) -> FxHashSet<TableId> {
        let mut aliases = FxHashSet::default();
        let mut aliased = FxHashSet::default();
        for table in self.diagram.tables() {
            let Some(alias) = table.alias.as_deref() else { continue };
            if self.diagram.table_named(None, alias).is_none() && aliases.insert(alias) {
                aliased.insert(table.id);
            } else {
                let message = format!(
                    "the table `{}` is printed without its alias `{alias}`, which another has",
                    table.name
                );
                self.notice("dbml/duplicate-alias", EntityId::Table(table.id), message);
            }
        }
        aliased
    }
}

/// `schema.table.column` or `table.(a, b)`.
fn push_end(out: &mut String, table: &Table, columns: Vec<ColumnId>) {
    name::push_qualified(out, table.schema.as_deref(), &table.name);
    out.push('.');
    let is_list = columns.len() > 1;
    out.push_str(if is_list { "(" } else { "" });
    for (at, id) in columns.into_iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { "" });
        name::push_name(out, table.column(id).map_or("", |it| &it.name));
    }
    out.push_str(if is_list { ")" } else { "" });
}
