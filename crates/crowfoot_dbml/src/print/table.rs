//! Tables and table partials: columns in aligned lines, then indexes, checks, records and the note.

use crowfoot_schema::{
    Cell, Check, Column, ColumnId, DefaultValue, EntityId, Increment, Index, IndexTarget, Partial,
    Records, Table, Uniqueness,
};

use super::{
    Faithful, List, Printer, is_block, name,
    partial::{Plan, plan},
};
use crate::{lower::is_column_unique, string};

/// Room for what is worked out once per table, kept from table to table.
#[derive(Default)]
pub(super) struct Room {
    /// Names and types of the columns, one after the other.
    texts: String,
    /// Where in `texts` a column's name and type end, and how wide both are.
    cells: Vec<(usize, usize, usize, usize)>,
}

/// Wider names and types than this do not push all others to the right.
const WIDEST: usize = 40;
const SPACES: &str = "                                        ";

/// What a table and a partial have in common.
struct Body<'d> {
    entity: EntityId,
    name: &'d str,
    columns: &'d [Column],
    indexes: &'d [Index],
    checks: &'d [Check],
    key: &'d [ColumnId],
    key_name: Option<&'d str>,
    plan: Option<Plan<'d>>,
}

/// What of a table DBML cannot say: for each kind the names of what is concerned.
#[derive(Default)]
struct Lost(Vec<(&'static str, &'static str, Vec<String>)>);

/// What one table or partial lost of a kind.
pub(super) struct LostBy {
    entity: EntityId,
    name: String,
    names: Vec<String>,
}

/// By code and in words, what tables lost.
pub(super) type AllLost = Vec<(&'static str, &'static str, Vec<LostBy>)>;

/// How many tables are told one by one.
const MANY: usize = 3;

impl Lost {
    fn add(&mut self, code: &'static str, what: &'static str, name: &str) {
        let name = name.to_owned();
        match self.0.iter_mut().find(|it| it.0 == code) {
            Some(found) => found.2.push(name),
            None => self.0.push((code, what, vec![name])),
        }
    }
}

impl Body<'_> {
    fn column_name(&self, id: ColumnId) -> &str {
        self.columns.iter().find(|it| it.id == id).map_or("", |it| &it.name)
    }

    /// Whether something is printed by an injection.
    fn is_covered(&self, mark: Option<crowfoot_schema::PartialId>) -> bool {
        mark.is_some() && self.plan.as_ref().is_some_and(|it| it.covers(mark))
    }

    /// Whether the primary key is written as the setting `pk` of its only column.
    fn is_key_inline(&self) -> bool {
        self.key.len() == 1 && self.key_name.is_none()
    }

    /// Whether the primary key needs a line among the indexes.
    fn is_key_in_block(&self) -> bool {
        if self.key.is_empty() {
            return false;
        }
        let implied = self.plan.as_ref().map_or(&[][..], |it| &it.implied_key);
        if !implied.is_empty() {
            return self.key_name.is_some() || implied != self.key;
        }
        !self.is_key_inline() || self.is_covered(self.mark_of(self.key[0]))
    }

    fn mark_of(&self, id: ColumnId) -> Option<crowfoot_schema::PartialId> {
        self.columns.iter().find(|it| it.id == id).and_then(|it| it.partial)
    }
}

impl<'d> Printer<'d> {
    /// `has_alias` is whether its alias, if it has one, can be printed.
    pub(super) fn table(&mut self, table: &'d Table, has_alias: bool) {
        let is_marked = table.columns.iter().any(|it| it.partial.is_some())
            || table.indexes.iter().any(|it| it.partial.is_some())
            || table.checks.iter().any(|it| it.partial.is_some());
        let plan = if is_marked { plan(self.diagram, table) } else { None };
        self.begin();
        self.out.push_str("Table ");
        self.qualified(table.schema.as_deref(), &table.name);
        if let Some(alias) = table.alias.as_deref().filter(|_| has_alias) {
            self.out.push_str(" as ");
            self.name(alias);
        }
        let mut list = List::default();
        let implied = plan.as_ref().and_then(|it| it.implied_color);
        let color = table.header_color.as_ref().filter(|it| Some(*it) != implied);
        self.color_setting(&mut list, "headercolor", color);
        self.extra_settings(&mut list, &table.extras);
        self.end_settings(list);
        self.out.push_str(" {\n");

        let implied = plan.as_ref().and_then(|it| it.implied_note);
        let note = table.note.as_deref().filter(|it| Some(*it) != implied);
        let body = Body {
            entity: EntityId::Table(table.id),
            name: &table.name,
            columns: &table.columns,
            indexes: &table.indexes,
            checks: &table.checks,
            key: table.primary_columns(),
            key_name: table.primary_key.as_ref().and_then(|it| it.name.as_deref()),
            plan,
        };
        let mut lost = Lost::default();
        self.body(&body, &mut lost);
        for records in table.records.iter().flat_map(|it| it.iter()) {
            self.records(&body, records);
        }
        self.extra_blocks(&table.extras);
        if note.is_some() {
            self.out.push('\n');
        }
        self.note_line(note);
        self.out.push_str("}\n");
        if !table.options.is_empty() {
            let keys: Vec<&str> = table.options.iter().map(|it| it.key.as_str()).collect();
            lost.add("dbml/no-options", "the table's SQL clauses", &keys.join(", "));
        }
        self.tell(&body, lost);
    }

    pub(super) fn partial(&mut self, partial: &'d Partial) {
        self.begin();
        self.out.push_str("TablePartial ");
        self.name(&partial.name);
        let mut list = List::default();
        self.color_setting(&mut list, "headercolor", partial.header_color.as_ref());
        self.extra_settings(&mut list, &partial.extras);
        self.end_settings(list);
        self.out.push_str(" {\n");
        let body = Body {
            entity: EntityId::Partial(partial.id),
            name: &partial.name,
            columns: &partial.columns,
            indexes: &partial.indexes,
            checks: &partial.checks,
            key: &partial.primary_columns,
            key_name: None,
            plan: None,
        };
        let mut lost = Lost::default();
        self.body(&body, &mut lost);
        self.extra_blocks(&partial.extras);
        if partial.note.is_some() {
            self.out.push('\n');
        }
        self.note_line(partial.note.as_deref());
        self.out.push_str("}\n");
        self.tell(&body, lost);
    }

    /// Remembers what a table or partial lost, to be told when all are written.
    fn tell(&mut self, body: &Body<'_>, lost: Lost) {
        for (code, what, names) in lost.0 {
            let one = LostBy { entity: body.entity, name: body.name.to_string(), names };
            match self.lost.iter_mut().find(|it| it.0 == code) {
                Some(found) => found.2.push(one),
                None => self.lost.push((code, what, vec![one])),
            }
        }
    }

    /// Tells what tables lost: a few one by one, many as one.
    pub(super) fn tell_lost(&mut self) {
        for (code, what, all) in std::mem::take(&mut self.lost) {
            if all.len() > MANY {
                let few: Vec<String> =
                    all.iter().take(MANY).map(|it| format!("`{}`", it.name)).collect();
                let message = format!(
                    "{} tables are printed without {what}: {} and {} more",
                    all.len(),
                    few.join(", "),
                    all.len() - MANY
                );
                self.notice(code, EntityId::Settings, message);
                continue;
            }
            for one in all {
                let names: Vec<String> = one.names.iter().map(|it| format!("`{it}`")).collect();
                let names = names.join(", ");
                let message = format!("`{}` is printed without {what}: {names}", one.name);
                self.notice(code, one.entity, message);
            }
        }
    }

    fn body(&mut self, body: &Body<'d>, lost: &mut Lost) {
        let uniques = uniques(body);
        self.columns(body, &uniques, lost);
        let is_shown = |at: usize, index: &Index| {
            !body.is_covered(index.partial) && !uniques.iter().any(|it| it.1 == at)
        };
        let has_indexes = body.indexes.iter().enumerate().any(|(at, it)| is_shown(at, it));
        if has_indexes || body.is_key_in_block() {
            self.gap(body);
            self.out.push_str("  indexes {\n");
            if body.is_key_in_block() {
                self.key_entry(body);
            }
            for (at, index) in body.indexes.iter().enumerate() {
                if is_shown(at, index) {
                    self.index_entry(body, index, lost);
                }
            }
            self.out.push_str("  }\n");
        }
        let is_shown =
            |it: &&Check| !body.is_covered(it.partial) && (it.column.is_none() || !is_inline(it));
        if body.checks.iter().any(|it| is_shown(&it)) {
            self.gap(body);
            self.out.push_str("  checks {\n");
            for check in body.checks.iter().filter(is_shown) {
                self.check_entry(check, lost);
            }
            self.out.push_str("  }\n");
        }
    }

    /// An empty line before a block, unless nothing stands before it.
    fn gap(&mut self, body: &Body<'_>) {
        if !body.columns.is_empty() || !self.out.ends_with("{\n") {
            self.out.push('\n');
        }
    }

    fn columns(&mut self, body: &Body<'d>, uniques: &[(ColumnId, usize)], lost: &mut Lost) {
        let diagram = self.diagram;
        let mut room = std::mem::take(&mut self.room);
        room.texts.clear();
        room.cells.clear();
        let (mut name_width, mut type_width) = (0, 0);
        for column in body.columns {
            if body.is_covered(column.partial) {
                room.cells.push((0, 0, 0, 0));
                continue;
            }
            let start = room.texts.len();
            name::push_name(&mut room.texts, &column.name);
            let name_end = room.texts.len();
            name::push_type(&mut room.texts, column, |id| {
                diagram.enumeration(id).map(|it| (it.schema.as_deref(), it.name.as_str()))
            });
            let type_end = room.texts.len();
            let width =
                |text: &str| if text.is_ascii() { text.len() } else { text.chars().count() };
            let widths =
                (width(&room.texts[start..name_end]), width(&room.texts[name_end..type_end]));
            if widths.0 <= WIDEST {
                name_width = name_width.max(widths.0);
            }
            if widths.1 <= WIDEST {
                type_width = type_width.max(widths.1);
            }
            room.cells.push((name_end, type_end, widths.0, widths.1));
        }
        let inline_key = (body.is_key_inline() && !body.is_key_in_block()).then(|| body.key[0]);
        let mut start = 0;
        for (at, column) in body.columns.iter().enumerate() {
            self.injections_at(body, at);
            let (name_end, type_end, name_len, type_len) = room.cells[at];
            if body.is_covered(column.partial) {
                continue;
            }
            self.out.push_str("  ");
            self.out.push_str(&room.texts[start..name_end]);
            self.out.push_str(&SPACES[..name_width.saturating_sub(name_len)]);
            self.out.push(' ');
            self.out.push_str(&room.texts[name_end..type_end]);
            start = type_end;
            let before = self.out.len();
            let padding = type_width.saturating_sub(type_len);
            self.out.push_str(&SPACES[..padding]);
            let is_unique = uniques.iter().any(|it| it.0 == column.id);
            let has_settings =
                self.column_settings(body, column, inline_key == Some(column.id), is_unique, lost);
            if !has_settings {
                self.out.truncate(before);
            }
            self.out.push('\n');
        }
        self.injections_at(body, body.columns.len());
        self.room = room;
    }

    /// The partials that are injected before the column of that place.
    fn injections_at(&mut self, body: &Body<'_>, at: usize) {
        let Some(plan) = &body.plan else { return };
        for (_, partial) in plan.injections.iter().filter(|it| it.0 == at) {
            self.out.push_str("  ~");
            self.name(&partial.name);
            self.out.push('\n');
        }
    }

    /// The settings of a column; whether it has any.
    fn column_settings(
        &mut self,
        body: &Body<'_>,
        column: &Column,
        is_key: bool,
        is_unique: bool,
        lost: &mut Lost,
    ) -> bool {
        let mut list = List::default();
        if is_key {
            self.next_setting(&mut list);
            self.out.push_str("pk");
        }
        if let Some(increment) = column.increment {
            self.next_setting(&mut list);
            self.out.push_str("increment");
            if matches!(increment, Increment::IdentityAlways | Increment::IdentityByDefault) {
                lost.add("dbml/no-identity", "the kind of identity of", &column.name);
            }
        }
        if column.not_null {
            self.next_setting(&mut list);
            self.out.push_str("not null");
        }
        if is_unique {
            self.next_setting(&mut list);
            self.out.push_str("unique");
        }
        if let Some(default) = &column.default {
            self.next_setting(&mut list);
            self.out.push_str("default: ");
            if !self.default_value(default).0 {
                lost.add("dbml/no-backticks", "the backticks in the default of", &column.name);
            }
        }
        for check in body.checks.iter().filter(|it| it.column == Some(column.id) && is_inline(it)) {
            self.next_setting(&mut list);
            self.out.push_str("check: ");
            if !self.expr(&check.expr).0 {
                lost.add("dbml/no-backticks", "the backticks in a check of", &column.name);
            }
        }
        self.note_setting(&mut list, column.note.as_deref(), "  ");
        self.extra_settings(&mut list, &column.extras);
        let has_settings = list.is_open;
        self.end_settings(list);

        if column.generated.is_some() {
            lost.add("dbml/no-generated", "the expression of the generated column", &column.name);
        }
        if column.charset.is_some() || column.collation.is_some() {
            lost.add("dbml/no-collation", "the character set or collation of", &column.name);
        }
        if !column.options.is_empty() {
            lost.add("dbml/no-column-options", "the SQL clauses of", &column.name);
        }
        has_settings
    }

    fn default_value(&mut self, default: &DefaultValue) -> Faithful {
        match default {
            DefaultValue::Null => self.out.push_str("null"),
            DefaultValue::Bool(true) => self.out.push_str("true"),
            DefaultValue::Bool(false) => self.out.push_str("false"),
            DefaultValue::Number(text) if is_number(text) => self.out.push_str(text),
            DefaultValue::Number(text) => return self.expr(text),
            DefaultValue::Text(text) => string::push_quoted(&mut self.out, text),
            DefaultValue::Expr(text) => return self.expr(text),
        }
        Faithful(true)
    }

    fn key_entry(&mut self, body: &Body<'_>) {
        self.out.push_str("    ");
        let is_list = body.key.len() > 1;
        if is_list {
            self.out.push('(');
        }
        for (at, id) in body.key.iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            self.name(body.column_name(*id));
        }
        if is_list {
            self.out.push(')');
        }
        self.out.push_str(" [pk");
        if let Some(name) = body.key_name {
            self.out.push_str(", name: ");
            string::push_quoted(&mut self.out, name);
        }
        self.out.push_str("]\n");
    }

    fn index_entry(&mut self, body: &Body<'_>, index: &Index, lost: &mut Lost) {
        self.out.push_str("    ");
        // A column stands in an index once.
        let is_new = |at: usize| {
            let target = &index.parts[at].target;
            index.parts[..at].iter().all(|it| it.target != *target)
        };
        let shown: Vec<usize> = (0..index.parts.len()).filter(|&it| is_new(it)).collect();
        let is_list = shown.len() > 1;
        if is_list {
            self.out.push('(');
        }
        let mut is_faithful = true;
        for (nth, &at) in shown.iter().enumerate() {
            let part = &index.parts[at];
            if nth > 0 {
                self.out.push_str(", ");
            }
            match &part.target {
                IndexTarget::Column(id) => self.name(body.column_name(*id)),
                IndexTarget::Expr(expr) => is_faithful &= self.expr(expr).0,
            }
        }
        if is_list {
            self.out.push(')');
        }
        let mut list = List::default();
        if index.uniqueness != Uniqueness::None {
            self.next_setting(&mut list);
            self.out.push_str("unique");
        }
        if let Some(name) = &index.name {
            self.next_setting(&mut list);
            self.out.push_str("name: ");
            string::push_quoted(&mut self.out, name);
        }
        if let Some(method) = &index.method {
            self.next_setting(&mut list);
            self.out.push_str("type: ");
            self.name(method);
        }
        self.note_setting(&mut list, index.note.as_deref(), "    ");
        self.extra_settings(&mut list, &index.extras);
        self.end_settings(list);
        self.out.push('\n');

        let title = || match (&index.name, index.columns().next()) {
            (Some(name), _) => name.to_string(),
            (None, Some(id)) => body.column_name(id).to_owned(),
            (None, None) => "an index without a name".to_owned(),
        };
        if !is_faithful {
            lost.add("dbml/no-index-backticks", "the backticks in the index", &title());
        }
        if index.uniqueness == Uniqueness::Constraint {
            lost.add(
                "dbml/no-unique-constraint",
                "telling the unique constraint from a unique index",
                &title(),
            );
        }
        if shown.len() < index.parts.len() {
            lost.add("dbml/no-repeated-part", "a part that stands twice in the index", &title());
        }
        if index.predicate.is_some() {
            lost.add("dbml/no-index-predicate", "the condition of the index", &title());
        }
        if !index.include.is_empty() {
            lost.add("dbml/no-index-include", "the included columns of the index", &title());
        }
        if index.parts.iter().any(|it| it.modifiers.is_some()) {
            lost.add(
                "dbml/no-index-modifiers",
                "the order or operator class of columns of the index",
                &title(),
            );
        }
        if !index.options.is_empty() {
            lost.add("dbml/no-index-options", "the SQL clauses of the index", &title());
        }
    }

    fn check_entry(&mut self, check: &Check, lost: &mut Lost) {
        self.out.push_str("    ");
        let faithful = self.expr(&check.expr);
        let mut list = List::default();
        if let Some(name) = &check.name {
            self.next_setting(&mut list);
            self.out.push_str("name: ");
            string::push_quoted(&mut self.out, name);
        }
        self.extra_settings(&mut list, &check.extras);
        self.end_settings(list);
        self.out.push('\n');
        let title = check.name.as_deref().unwrap_or(&check.expr);
        if !faithful.0 {
            lost.add("dbml/no-check-backticks", "the backticks in the check", title);
        }
        if !check.options.is_empty() {
            lost.add("dbml/no-check-options", "the SQL clauses of the check", title);
        }
    }

    fn records(&mut self, body: &Body<'_>, records: &Records) {
        self.out.push_str("\n  records (");
        for (at, id) in records.columns.iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            self.name(body.column_name(*id));
        }
        self.out.push_str(") {\n");
        for row in &records.rows {
            self.out.push_str("    ");
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    self.out.push_str(", ");
                }
                match cell {
                    // Others would read a minus that begins a line as one that takes away.
                    Cell::Number(text) if at == 0 && text.starts_with('-') => {
                        string::push_quoted(&mut self.out, text);
                    }
                    _ => self.cell(cell),
                }
            }
            while self.out.ends_with(' ') && !self.out.ends_with("\n    ") {
                self.out.pop();
            }
            self.out.push('\n');
        }
        self.out.push_str("  }\n");
    }

    fn cell(&mut self, cell: &Cell) {
        match cell {
            Cell::Empty => {}
            Cell::Null => self.out.push_str("null"),
            Cell::Bool(true) => self.out.push_str("true"),
            Cell::Bool(false) => self.out.push_str("false"),
            Cell::Number(text) | Cell::Word(text) => self.out.push_str(text),
            Cell::Text(text) => string::push_quoted(&mut self.out, text),
            // Backticks in a sample value mean nothing to anybody.
            Cell::Expr(expr) => {
                let Faithful(_) = self.expr(expr);
            }
        }
    }
}

/// The columns that are printed with the setting `unique`, each with the place of the constraint
/// that says so.
fn uniques(body: &Body<'_>) -> Vec<(ColumnId, usize)> {
    let mut found: Vec<(ColumnId, usize)> = Vec::new();
    for (at, index) in body.indexes.iter().enumerate() {
        if body.is_covered(index.partial) || index.predicate.is_some() || !index.include.is_empty()
        {
            continue;
        }
        let Some(column) = is_column_unique(index) else { continue };
        let is_shown = !body.is_covered(body.mark_of(column));
        if is_shown && !found.iter().any(|it| it.0 == column) {
            found.push((column, at));
        }
    }
    found
}

/// Whether a check can be a setting of its column.
fn is_inline(check: &Check) -> bool {
    check.column.is_some() && check.name.is_none() && check.extras.iter().all(is_block)
}

/// Whether DBML takes a number as it is.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    is_digits(whole)
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|it| is_digits(it.strip_prefix(['-', '+']).unwrap_or(it)))
}
