//! The printer: a diagram as DBML, in one form and one order, so that the same diagram always
//! gives the same text.

mod name;
mod partial;
mod refs;
mod rest;
mod table;

use std::borrow::Cow;

use crowfoot_schema::{Diagram, EntityId, Extra, Notice, Printed};

use crate::string;

/// Writes a diagram as DBML.
pub(crate) fn print(diagram: &Diagram) -> Printed {
    let n_bytes = 900 * diagram.tables().len() + 100 * diagram.refs().len() + 200;
    let mut printer = Printer {
        diagram,
        out: String::with_capacity(n_bytes),
        notices: Vec::new(),
        room: table::Room::default(),
        lost: Vec::new(),
    };
    printer.project();
    printer.enums();
    for partial in diagram.partials() {
        printer.partial(partial);
    }
    let aliased = printer.aliased();
    for table in diagram.tables() {
        printer.table(table, aliased.contains(&table.id));
    }
    printer.tell_lost();
    printer.refs();
    printer.groups();
    printer.notes();
    printer.views();
    printer.verbatim();
    Printed { text: printer.out, notices: printer.notices }
}

struct Printer<'d> {
    diagram: &'d Diagram,
    out: String,
    notices: Vec<Notice>,
    room: table::Room,
    /// What tables and partials lost so far.
    lost: table::AllLost,
}

impl Printer<'_> {
    /// An empty line before each element but the first.
    fn begin(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }

    fn notice(&mut self, code: &'static str, entity: EntityId, message: String) {
        self.notices.push(Notice { code: Cow::Borrowed(code), entity, message });
    }

    /// What goes before a setting: an opening bracket for the first, a comma for the others.
    #[inline]
    fn next_setting(&mut self, list: &mut List) {
        self.out.push_str(if list.is_open { ", " } else { " [" });
        list.is_open = true;
    }

    #[inline]
    fn end_settings(&mut self, list: List) {
        if list.is_open {
            self.out.push(']');
        }
    }

    fn note_setting(&mut self, list: &mut List, note: Option<&str>, indent: &str) {
        if let Some(note) = note {
            self.next_setting(list);
            self.out.push_str("note: ");
            string::push_string(&mut self.out, note, indent);
        }
    }

    fn color_setting(
        &mut self,
        list: &mut List,
        key: &str,
        color: Option<&crowfoot_schema::Color>,
    ) {
        if let Some(color) = color {
            self.next_setting(list);
            self.out.push_str(key);
            self.out.push_str(": ");
            self.out.push_str(color.as_str());
        }
    }

    /// Settings that we do not know, as they were written; blocks are left to `extra_blocks`.
    fn extra_settings(&mut self, list: &mut List, extras: &[Extra]) {
        for extra in extras.iter().filter(|it| !is_block(it)) {
            self.next_setting(list);
            self.out.push_str(&extra.key);
            if let Some(value) = &extra.value {
                self.out.push_str(": ");
                self.out.push_str(value);
            }
        }
    }

    /// Blocks that we do not know, as they were written.
    fn extra_blocks(&mut self, extras: &[Extra]) {
        for extra in extras.iter().filter(|it| is_block(it)) {
            self.out.push_str("\n  ");
            self.out.push_str(&extra.key);
            self.out.push(' ');
            self.out.push_str(extra.value.as_deref().unwrap_or(""));
            self.out.push('\n');
        }
    }

    /// An expression in backticks. One that has backticks itself cannot be written; it gets double
    /// quotes in their place, and that is what is given back.
    fn expr(&mut self, expr: &str) -> Faithful {
        self.out.push('`');
        let faithful = if expr.contains('`') {
            self.out.push_str(&expr.replace('`', "\""));
            Faithful(false)
        } else {
            self.out.push_str(expr);
            Faithful(true)
        };
        self.out.push('`');
        faithful
    }
}

/// A list of settings that is being written.
#[derive(Default)]
struct List {
    is_open: bool,
}

/// Whether something was written as it is.
#[must_use]
struct Faithful(bool);

fn is_block(extra: &Extra) -> bool {
    extra.value.as_ref().is_some_and(|it| it.starts_with('{'))
}
