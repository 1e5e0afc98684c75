//! The outline: what a diagram says as text, without ids and places.
//!
//! Two diagrams that mean the same have the same outline, whatever the order in which their
//! entities were made and whichever way round a ref was written. Tests compare by it, and people
//! can read it.

use std::fmt::{self, Display, Write};

use crate::{
    Cardinality, Check, Column, ColumnId, ColumnType, DefaultValue, Deferrable, Diagram, Dialect,
    Dismissal, Enum, Extra, Generated, Increment, Index, IndexTarget, LineColors, Notation,
    Partial, Ref, ReferentialAction, Shown, Side, Table, TableId, Uniqueness,
};

/// Which parts of a diagram an outline tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineParts {
    /// Clauses of single SQL dialects: the `options` of entities.
    pub options: bool,
    /// Notes of tables, columns, indexes, refs, enums and their values.
    pub notes: bool,
    /// What no SQL says: settings, aliases, colours, groups, sticky notes, views, partials, records,
    /// inactive refs, sides said to be optional, extras.
    pub drawing: bool,
}

impl OutlineParts {
    /// Everything but ids and places.
    pub const ALL: Self = Self { options: true, notes: true, drawing: true };
    /// What SQL of one dialect can say.
    pub const SQL: Self = Self { options: true, notes: true, drawing: false };
}

/// Everything that a diagram says apart from ids and places, one thing a line.
pub fn outline(diagram: &Diagram) -> String {
    outline_of(diagram, OutlineParts::ALL)
}

/// Those parts of what a diagram says, one thing a line.
pub fn outline_of(diagram: &Diagram, parts: OutlineParts) -> String {
    let outliner = Outliner { diagram, parts };
    let mut out = String::new();
    if parts.drawing {
        outliner.settings(&mut out);
    }
    if parts.options {
        outliner.extra_lines(&mut out, "diagram", "option", &diagram.settings().options);
    }
    let mut enums: Vec<&Enum> = diagram.enums().collect();
    enums.sort_by_key(|it| (&it.schema, &it.name));
    for item in enums {
        outliner.enumeration(item, &mut out);
    }
    let mut tables: Vec<&Table> = diagram.tables().collect();
    tables.sort_by_key(|it| (&it.schema, &it.name));
    for table in tables {
        outliner.table(table, &mut out);
    }
    let shown = |it: &&Ref| parts.drawing || !it.inactive;
    push_sorted(&mut out, diagram.refs().filter(shown).map(|it| outliner.reference(it)).collect());
    if parts.drawing {
        push_sorted(&mut out, diagram.groups().map(|it| outliner.group(it)).collect());
        push_sorted(&mut out, diagram.notes().map(|it| outliner.sticky_note(it)).collect());
        push_sorted(&mut out, diagram.partials().map(|it| outliner.partial(it)).collect());
        push_sorted(&mut out, diagram.views().map(|it| outliner.view(it)).collect());
        let mut dismissed: Vec<_> = diagram.dismissals().map(|it| outliner.dismissal(it)).collect();
        dismissed.sort();
        dismissed.dedup();
        push_sorted(&mut out, dismissed);
    }
    out
}

fn push_sorted(out: &mut String, mut blocks: Vec<String>) {
    blocks.sort();
    for block in blocks {
        out.push_str(&block);
    }
}

struct Outliner<'a> {
    diagram: &'a Diagram,
    parts: OutlineParts,
}

/// A name as it is, or quoted where it is not a plain word.
struct Name<'a>(&'a str);

impl Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = !self.0.is_empty()
            && self.0.chars().all(|it| it.is_alphanumeric() || it == '_' || it == '$');
        if plain { f.write_str(self.0) } else { write!(f, "{:?}", self.0) }
    }
}

/// Writing to a string cannot fail; this says so in one place.
macro_rules! put {
    ($out:expr, $($arg:tt)*) => {
        write!($out, $($arg)*).expect("a string takes everything")
    };
}

impl Outliner<'_> {
    fn settings(&self, out: &mut String) {
        let settings = self.diagram.settings();
        if let Some(name) = &settings.name {
            put!(out, "project {}\n", Name(name));
        }
        if let Some(dialect) = settings.dialect {
            let word = match dialect {
                Dialect::PostgreSql => "postgresql",
                Dialect::MySql => "mysql",
                Dialect::Sqlite => "sqlite",
            };
            put!(out, "dialect {word}\n");
        }
        if let Some(note) = &settings.note {
            put!(out, "project note {note:?}\n");
        }
        match settings.notation {
            Notation::CrowsFoot => {}
            Notation::Labels => out.push_str("notation labels\n"),
            Notation::Idef1x => out.push_str("notation idef1x\n"),
        }
        match settings.line_colors {
            LineColors::Ref => {}
            LineColors::Action => out.push_str("line colors action\n"),
            LineColors::Group => out.push_str("line colors group\n"),
        }
        for text in &settings.verbatim {
            put!(out, "verbatim {text:?}\n");
        }
        self.extra_lines(out, "project", "extra", &settings.extras);
    }

    fn enumeration(&self, item: &Enum, out: &mut String) {
        put!(out, "enum {}", Qualified(item.schema.as_deref(), &item.name));
        self.note(out, item.note.as_deref());
        self.extras(out, &item.extras);
        out.push('\n');
        for value in &item.values {
            put!(out, "  value {:?}", value.name);
            self.note(out, value.note.as_deref());
            self.extras(out, &value.extras);
            out.push('\n');
        }
    }

    fn table(&self, table: &Table, out: &mut String) {
        put!(out, "table {}", Qualified(table.schema.as_deref(), &table.name));
        if self.parts.drawing {
            if let Some(alias) = &table.alias {
                put!(out, " as {}", Name(alias));
            }
            if let Some(color) = &table.header_color {
                put!(out, " {}", color.as_str());
            }
            if let Some(group) = table.group.and_then(|id| self.diagram.group(id)) {
                put!(out, " in {}", Name(&group.name));
            }
        }
        self.note(out, table.note.as_deref());
        out.push('\n');
        self.extra_lines(out, " ", "option", if self.parts.options { &table.options } else { &[] });
        self.extra_lines(out, " ", "extra", if self.parts.drawing { &table.extras } else { &[] });
        for column in &table.columns {
            self.column(column, table.is_primary(column.id), out);
        }
        let named = |id: ColumnId| table.column(id).map_or("?", |it| it.name.as_str());
        if let Some(key) = &table.primary_key {
            out.push_str("  primary key");
            if let Some(name) = &key.name {
                put!(out, " {}", Name(name));
            }
            put!(out, " ({})\n", Names(&key.columns, &named));
        }
        let indexes = table.indexes.iter().map(|it| self.index(it, &named)).collect();
        push_sorted(out, indexes);
        push_sorted(out, table.checks.iter().map(|it| self.check(it, &named)).collect());
        if !self.parts.drawing {
            return;
        }
        for records in table.records.iter().flat_map(|it| it.iter()) {
            put!(out, "  records ({})\n", Names(&records.columns, &named));
            for row in &records.rows {
                put!(out, "    {row:?}\n");
            }
        }
    }

    fn column(&self, column: &Column, is_primary: bool, out: &mut String) {
        put!(out, "  column {} ", Name(&column.name));
        match &column.ty {
            ColumnType::Named(text) if text.is_empty() => out.push_str("(no type)"),
            ColumnType::Named(text) => out.push_str(text),
            ColumnType::Enum { id, dimensions } => {
                match self.diagram.enumeration(*id) {
                    Some(item) => {
                        put!(out, "enum {}", Qualified(item.schema.as_deref(), &item.name));
                    }
                    None => out.push_str("enum ?"),
                }
                for _ in 0..*dimensions {
                    out.push_str("[]");
                }
            }
        }
        // A column of a primary key is never null, said or not.
        if column.not_null && !is_primary {
            out.push_str(" not null");
        }
        match &column.default {
            None => {}
            Some(DefaultValue::Null) => out.push_str(" default null"),
            Some(DefaultValue::Bool(value)) => put!(out, " default {value}"),
            Some(DefaultValue::Number(text)) => put!(out, " default {text}"),
            Some(DefaultValue::Text(text)) => put!(out, " default {text:?}"),
            Some(DefaultValue::Expr(text)) => put!(out, " default `{}`", text.escape_debug()),
        }
        match column.increment {
            None => {}
            Some(Increment::Auto) => out.push_str(" increment"),
            Some(Increment::Serial) => out.push_str(" serial"),
            Some(Increment::IdentityAlways) => out.push_str(" identity always"),
            Some(Increment::IdentityByDefault) => out.push_str(" identity by default"),
        }
        if let Some(Generated { expr, is_stored }) = &column.generated {
            let kind = if *is_stored { "stored" } else { "virtual" };
            put!(out, " generated {kind} `{}`", expr.escape_debug());
        }
        if let Some(charset) = &column.charset {
            put!(out, " charset {}", Name(charset));
        }
        if let Some(collation) = &column.collation {
            put!(out, " collate {}", Name(collation));
        }
        self.partial_mark(out, column.partial);
        self.note(out, column.note.as_deref());
        self.options(out, &column.options);
        self.extras(out, &column.extras);
        out.push('\n');
    }

    fn index<'n>(&self, index: &Index, named: &dyn Fn(ColumnId) -> &'n str) -> String {
        let mut out = String::from(match index.uniqueness {
            Uniqueness::None => "  index",
            Uniqueness::Index => "  unique index",
            Uniqueness::Constraint => "  unique",
        });
        if let Some(name) = &index.name {
            put!(out, " {}", Name(name));
        }
        out.push_str(" (");
        for (at, part) in index.parts.iter().enumerate() {
            if at > 0 {
                out.push_str(", ");
            }
            match &part.target {
                IndexTarget::Column(id) => put!(out, "{}", Name(named(*id))),
                IndexTarget::Expr(text) => put!(out, "`{}`", text.escape_debug()),
            }
            if let Some(modifiers) = &part.modifiers {
                put!(out, " {modifiers}");
            }
        }
        out.push(')');
        if !index.include.is_empty() {
            put!(out, " include ({})", Names(&index.include, named));
        }
        if let Some(method) = &index.method {
            put!(out, " using {method}");
        }
        if let Some(predicate) = &index.predicate {
            put!(out, " where `{}`", predicate.escape_debug());
        }
        self.partial_mark(&mut out, index.partial);
        self.note(&mut out, index.note.as_deref());
        self.options(&mut out, &index.options);
        self.extras(&mut out, &index.extras);
        out.push('\n');
        out
    }

    fn check<'n>(&self, check: &Check, named: &dyn Fn(ColumnId) -> &'n str) -> String {
        let mut out = String::from("  check");
        if let Some(name) = &check.name {
            put!(out, " {}", Name(name));
        }
        if let Some(column) = check.column {
            put!(out, " at {}", Name(named(column)));
        }
        put!(out, " `{}`", check.expr.escape_debug());
        self.partial_mark(&mut out, check.partial);
        self.options(&mut out, &check.options);
        self.extras(&mut out, &check.extras);
        out.push('\n');
        out
    }

    fn side(&self, reference: &Ref, side: Side) -> String {
        let table = self.diagram.table(reference.table(side));
        let named = |id| table.and_then(|it| it.column(id)).map_or("?", |it| it.name.as_str());
        let columns = reference.side_columns(side);
        format!("{}({})", self.table_name(reference.table(side)), Names(&columns, &named))
    }

    fn reference(&self, reference: &Ref) -> String {
        let (from, to) = (self.side(reference, Side::From), self.side(reference, Side::To));
        // A many-to-many has no direction: the lesser side comes first.
        let first =
            reference.referencing_side().unwrap_or(if from <= to { Side::From } else { Side::To });
        let (left, right) = if first == Side::From { (from, to) } else { (to, from) };
        let symbol = match reference.cardinality {
            Cardinality::ManyToOne | Cardinality::OneToMany => ">",
            Cardinality::OneToOne => "-",
            Cardinality::ManyToMany => "<>",
        };
        let mut out = format!("ref {left} {symbol} {right}");
        if let Some(name) = &reference.name {
            put!(out, " name {}", Name(name));
        }
        if let Some(action) = reference.on_delete {
            put!(out, " on delete {}", action_words(action));
        }
        if let Some(action) = reference.on_update {
            put!(out, " on update {}", action_words(action));
        }
        match reference.deferrable {
            None => {}
            Some(Deferrable::InitiallyImmediate) => out.push_str(" deferrable"),
            Some(Deferrable::InitiallyDeferred) => out.push_str(" initially deferred"),
        }
        if self.parts.drawing {
            for (word, side) in [("left", first), ("right", first.other())] {
                let said = match side {
                    Side::From => reference.from_optional,
                    Side::To => reference.to_optional,
                };
                match said {
                    None => {}
                    Some(true) => put!(out, " {word} optional"),
                    Some(false) => put!(out, " {word} mandatory"),
                }
            }
            if reference.inactive {
                out.push_str(" inactive");
            }
            if let Some(color) = &reference.color {
                put!(out, " {}", color.as_str());
            }
        }
        self.note(&mut out, reference.note.as_deref());
        self.options(&mut out, &reference.options);
        self.extras(&mut out, &reference.extras);
        out.push('\n');
        out
    }

    fn group(&self, group: &crate::Group) -> String {
        let mut out = format!("group {}", Name(&group.name));
        if let Some(color) = &group.color {
            put!(out, " {}", color.as_str());
        }
        self.note(&mut out, group.note.as_deref());
        self.extras(&mut out, &group.extras);
        out.push('\n');
        out
    }

    fn sticky_note(&self, note: &crate::Note) -> String {
        let mut out = format!("note {} {:?}", Name(&note.name), note.text);
        if let Some(color) = &note.color {
            put!(out, " {}", color.as_str());
        }
        self.extras(&mut out, &note.extras);
        out.push('\n');
        out
    }

    fn partial(&self, partial: &Partial) -> String {
        let mut out = format!("partial {}", Name(&partial.name));
        if let Some(color) = &partial.header_color {
            put!(out, " {}", color.as_str());
        }
        self.note(&mut out, partial.note.as_deref());
        self.extras(&mut out, &partial.extras);
        out.push('\n');
        for column in partial.columns.iter() {
            self.column(column, partial.primary_columns.contains(&column.id), &mut out);
        }
        let find = |id| partial.columns.iter().find(|it| it.id == id);
        let named = |id: ColumnId| find(id).map_or("?", |it| it.name.as_str());
        if !partial.primary_columns.is_empty() {
            put!(out, "  primary key ({})\n", Names(&partial.primary_columns, &named));
        }
        push_sorted(&mut out, partial.indexes.iter().map(|it| self.index(it, &named)).collect());
        push_sorted(&mut out, partial.checks.iter().map(|it| self.check(it, &named)).collect());
        out
    }

    fn view(&self, view: &crate::View) -> String {
        let mut out = format!("view {}", Name(&view.name));
        self.extras(&mut out, &view.extras);
        out.push('\n');
        let note = |id| self.diagram.note(id).map_or("?", |it| it.name.as_str());
        let group = |id| self.diagram.group(id).map_or("?", |it| it.name.as_str());
        shown(&mut out, "tables", &view.tables, |id| self.table_name(*id));
        shown(&mut out, "notes", &view.notes, |id| Name(note(*id)).to_string());
        shown(&mut out, "groups", &view.groups, |id| Name(group(*id)).to_string());
        shown(&mut out, "schemas", &view.schemas, |name| Name(name).to_string());
        out
    }

    fn dismissal(&self, dismissal: &Dismissal) -> String {
        let (ones, others): (Vec<_>, Vec<_>) = dismissal.columns.iter().unzip();
        let side = |id, columns: &[ColumnId]| {
            let table = self.diagram.table(id);
            let named = |id| table.and_then(|it| it.column(id)).map_or("?", |it| it.name.as_str());
            format!("{}({})", self.table_name(id), Names(columns, &named))
        };
        format!("dismissed {} > {}\n", side(dismissal.from, &ones), side(dismissal.to, &others))
    }

    fn table_name(&self, id: TableId) -> String {
        let Some(table) = self.diagram.table(id) else { return "?".to_owned() };
        Qualified(table.schema.as_deref(), &table.name).to_string()
    }

    fn note(&self, out: &mut String, note: Option<&str>) {
        if let (true, Some(note)) = (self.parts.notes, note) {
            put!(out, " note {note:?}");
        }
    }

    fn partial_mark(&self, out: &mut String, partial: Option<crate::PartialId>) {
        let Some(partial) = partial.and_then(|id| self.diagram.partial(id)) else { return };
        if self.parts.drawing {
            put!(out, " from {}", Name(&partial.name));
        }
    }

    fn options(&self, out: &mut String, options: &[Extra]) {
        if self.parts.options {
            extras_in_line(out, "option", options);
        }
    }

    fn extras(&self, out: &mut String, extras: &[Extra]) {
        if self.parts.drawing {
            extras_in_line(out, "extra", extras);
        }
    }

    fn extra_lines(&self, out: &mut String, indent: &str, word: &str, extras: &[Extra]) {
        for extra in sorted(extras) {
            put!(out, "{indent} {word} {}\n", Setting(extra));
        }
    }
}

fn extras_in_line(out: &mut String, word: &str, extras: &[Extra]) {
    for extra in sorted(extras) {
        put!(out, " {word} {}", Setting(extra));
    }
}

fn sorted(extras: &[Extra]) -> Vec<&Extra> {
    let mut extras: Vec<&Extra> = extras.iter().collect();
    extras.sort_by_key(|it| &it.key);
    extras
}

struct Setting<'a>(&'a Extra);

impl Display for Setting<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.key)?;
        match &self.0.value {
            Some(value) => write!(f, "={value:?}"),
            None => Ok(()),
        }
    }
}

struct Qualified<'a>(Option<&'a str>, &'a str);

impl Display for Qualified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(schema) = self.0 {
            write!(f, "{}.", Name(schema))?;
        }
        Name(self.1).fmt(f)
    }
}

/// Columns by name, with commas between.
struct Names<'a, 'n>(&'a [ColumnId], &'a dyn Fn(ColumnId) -> &'n str);

impl Display for Names<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, id) in self.0.iter().enumerate() {
            let comma = if at > 0 { ", " } else { "" };
            write!(f, "{comma}{}", Name((self.1)(*id)))?;
        }
        Ok(())
    }
}

fn shown<T>(out: &mut String, word: &str, shown: &Shown<T>, name: impl Fn(&T) -> String) {
    match shown {
        Shown::All => put!(out, "  {word} all\n"),
        Shown::Only(list) if list.is_empty() => {}
        Shown::Only(list) => {
            let mut names: Vec<String> = list.iter().map(name).collect();
            names.sort();
            put!(out, "  {word} {}\n", names.join(", "));
        }
    }
}

fn action_words(action: ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "no action",
        ReferentialAction::Restrict => "restrict",
        ReferentialAction::Cascade => "cascade",
        ReferentialAction::SetNull => "set null",
        ReferentialAction::SetDefault => "set default",
    }
}

#[cfg(test)]
mod tests;
