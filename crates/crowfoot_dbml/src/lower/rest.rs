//! The project, enums, groups, sticky notes and views.

use crowfoot_schema::{
    Dialect, Enum, EnumHead, EnumValue, Extra, Group, GroupId, Note, NoteId, Shown, TableId, View,
};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::{Lower, items, key, shown};
use crate::{
    DISMISSED,
    ast::{Ast, Listed, Name, Qualified, Value},
};

impl<'a> Lower<'a, '_> {
    /// The project, and the blocks that are kept as they are written.
    pub(super) fn settings(&mut self, ast: &'a Ast<'a>) {
        let mut projects = items!(ast, Project);
        if let Some(project) = projects.next() {
            let mut note = None;
            let mut extras = Vec::new();
            for setting in &project.settings {
                if setting.is("note") {
                    self.set_note(&mut note, setting);
                } else if setting.is("database_type") {
                    match self.text_of(setting).map(|it| (dialect(&it), it)) {
                        Some((Some(dialect), _)) => self.settings.dialect = Some(dialect),
                        Some((None, _)) => extras.push(self.extra_of(setting)),
                        None => {}
                    }
                } else if setting.is(DISMISSED) {
                    // They are read when the tables are there.
                } else if matches!(setting.value, Value::None) {
                    let message = format!("`{}` needs a value", setting.key);
                    self.error("dbml/bad-value", setting.span, message);
                } else {
                    // A project may say anything about itself.
                    extras.push(self.extra_of(setting));
                }
            }
            if let Some(name) = &project.name {
                self.settings.name = Some(SmolStr::new(&name.text));
            }
            self.settings.note = note;
            self.settings.extras = extras;
        }
        for other in projects {
            self.error("dbml/duplicate-project", other.span, "there is a project already");
        }
        let verbatim = items!(ast, Verbatim).map(|span| span.of(self.text).trim().to_owned());
        self.settings.verbatim = verbatim.collect();
    }

    pub(super) fn enums(&mut self, ast: &'a Ast<'a>) {
        for item in items!(ast, Enum) {
            let name = key(&item.name);
            if self.enum_names.contains_key(&name) {
                let message = format!("there is an enum `{}` already", shown(name));
                self.error("dbml/duplicate-enum", item.name.span(), message);
                continue;
            }
            let mut head = EnumHead {
                id: self.mint.id(),
                name: SmolStr::new(name.1),
                schema: (!name.0.is_empty()).then(|| SmolStr::new(name.0)),
                note: None,
                extras: Vec::new(),
            };
            for setting in &item.settings {
                if setting.is("note") {
                    self.set_note(&mut head.note, setting);
                } else {
                    self.keep(&mut head.extras, setting, &["note"]);
                }
            }
            let mut names = FxHashSet::default();
            let mut values = Vec::with_capacity(item.values.len());
            for value in &item.values {
                if !names.insert(&*value.name.text) {
                    let message =
                        format!("`{}` has a value `{}` already", head.name, value.name.text);
                    self.error("dbml/duplicate-enum-value", value.name.span, message);
                    continue;
                }
                let mut note = None;
                let mut extras: Vec<Extra> = Vec::new();
                for setting in &value.settings {
                    if setting.is("note") {
                        self.set_note(&mut note, setting);
                    } else {
                        self.keep(&mut extras, setting, &["note"]);
                    }
                }
                let name = SmolStr::new(&value.name.text);
                values.push(EnumValue { id: self.mint.id(), name, note, extras });
            }
            if values.is_empty() {
                let message = format!("the enum `{}` has no values", head.name);
                self.warn("dbml/empty-enum", item.name.span(), message);
            }
            self.enum_names.insert(name, self.enums.len());
            self.enums.push(Enum { head, values });
        }
    }

    pub(super) fn groups(&mut self, ast: &'a Ast<'a>) {
        let mut names = FxHashSet::default();
        for item in items!(ast, Group) {
            if !names.insert(&*item.name.text) {
                let message = format!("there is a table group `{}` already", item.name.text);
                self.error("dbml/duplicate-group", item.name.span, message);
                continue;
            }
            let mut group = Group {
                id: self.mint.id(),
                name: SmolStr::new(&item.name.text),
                color: None,
                note: None,
                extras: Vec::new(),
            };
            for setting in &item.settings {
                if setting.is("note") {
                    self.set_note(&mut group.note, setting);
                } else if setting.is("color") {
                    group.color = self.color_of(setting);
                } else if setting.is("metadata") {
                    group.extras.push(self.extra_of(setting));
                } else {
                    self.keep(&mut group.extras, setting, &["note", "color"]);
                }
            }
            self.groups.push(group);
        }
    }

    pub(super) fn notes(&mut self, ast: &'a Ast<'a>) {
        let mut names = FxHashSet::default();
        for item in items!(ast, Note) {
            if !names.insert(&*item.name.text) {
                let message = format!("there is a note `{}` already", item.name.text);
                self.error("dbml/duplicate-note", item.name.span, message);
                continue;
            }
            let mut note = Note {
                id: self.mint.id(),
                name: SmolStr::new(&item.name.text),
                text: item.text.clone().into_owned(),
                color: None,
                position: None,
                size: None,
                extras: Vec::new(),
            };
            for setting in &item.settings {
                let is_none = matches!(
                    &setting.value,
                    Value::Words { last, is_dotted: false } if last.eq_ignore_ascii_case("none")
                );
                if setting.is("color") && is_none {
                    note.extras.push(self.extra_of(setting));
                } else if setting.is("color") {
                    note.color = self.color_of(setting);
                } else {
                    self.keep(&mut note.extras, setting, &["color"]);
                }
            }
            self.notes.push(note);
        }
    }

    pub(super) fn views(&mut self, ast: &'a Ast<'a>) -> Vec<View> {
        let mut names = FxHashSet::default();
        let mut views = Vec::new();
        for item in items!(ast, View) {
            if !names.insert(&*item.name.text) {
                let message = format!("there is a view `{}` already", item.name.text);
                self.error("dbml/duplicate-view", item.name.span, message);
                continue;
            }
            let mut view = View::new(self.mint.id(), &*item.name.text);
            for setting in &item.settings {
                let known = ["Tables", "Notes", "TableGroups", "Schemas"];
                self.keep(&mut view.extras, setting, &known);
            }
            view.tables = self.listed(item.tables.as_ref(), |it, name| -> Option<TableId> {
                it.find_table(name).map(|at| it.tables[at].id)
            });
            view.notes = self.listed(item.notes.as_ref(), Self::find_note);
            view.groups = self.listed(item.groups.as_ref(), Self::find_group);
            view.schemas = self.listed(item.schemas.as_ref(), |it, name| {
                if !it.has_schema(&name.name) {
                    let message = format!("nothing is in a schema `{}`", name.name.text);
                    it.warn("dbml/unknown-schema", name.name.span, message);
                }
                Some(SmolStr::new(&name.name.text))
            });
            views.push(view);
        }
        views
    }

    fn listed<T: PartialEq>(
        &mut self,
        listed: Option<&'a Listed<'a>>,
        mut find: impl FnMut(&mut Self, &'a Qualified<'a>) -> Option<T>,
    ) -> Shown<T> {
        match listed {
            None => Shown::default(),
            Some(Listed::All) => Shown::All,
            Some(Listed::Names(names)) => {
                let mut found = Vec::with_capacity(names.len());
                for name in names {
                    let one = find(self, name);
                    found.extend(one.filter(|it| !found.contains(it)));
                }
                Shown::Only(found)
            }
        }
    }

    fn find_note(&mut self, name: &'a Qualified<'a>) -> Option<NoteId> {
        let Name { text, span } = &name.name;
        let found = self.notes.iter().find(|it| *it.name == **text).map(|it| it.id);
        if found.is_none() {
            let names: Vec<_> = self.notes.iter().map(|it| it.name.clone()).collect();
            let message = format!("there is no note `{text}`");
            let names = names.iter().map(|it| it.as_str());
            self.unknown("dbml/unknown-note", *span, message, text, names);
        }
        found
    }

    fn find_group(&mut self, name: &'a Qualified<'a>) -> Option<GroupId> {
        let Name { text, span } = &name.name;
        let found = self.groups.iter().find(|it| *it.name == **text).map(|it| it.id);
        if found.is_none() {
            let names: Vec<_> = self.groups.iter().map(|it| it.name.clone()).collect();
            let message = format!("there is no table group `{text}`");
            let names = names.iter().map(|it| it.as_str());
            self.unknown("dbml/unknown-group", *span, message, text, names);
        }
        found
    }
}

/// The dialect that a `database_type` names, where we speak it.
fn dialect(name: &str) -> Option<Dialect> {
    const NAMES: [(&str, Dialect); 9] = [
        ("postgresql", Dialect::PostgreSql),
        ("postgres", Dialect::PostgreSql),
        ("postgre", Dialect::PostgreSql),
        ("mysql", Dialect::MySql),
        ("mariadb", Dialect::MySql),
        ("my sql", Dialect::MySql),
        ("sqlite", Dialect::Sqlite),
        ("sqlite3", Dialect::Sqlite),
        ("sqlite 3", Dialect::Sqlite),
    ];
    NAMES.iter().find(|(it, _)| it.eq_ignore_ascii_case(name.trim())).map(|it| it.1)
}
