//! Refs, one a line, after the tables.

use crowfoot_schema::{Cardinality, ColumnId, EntityId, Ref, ReferentialAction, Side, Table};
use rustc_hash::FxHashSet;

use super::{List, Printer};

/// The columns that were joined by refs already, the lesser side first.
#[derive(Default)]
struct Seen {
    single: FxHashSet<(ColumnId, ColumnId)>,
    composite: FxHashSet<(Vec<ColumnId>, Vec<ColumnId>)>,
}

impl<'d> Printer<'d> {
    pub(super) fn refs(&mut self) {
        let mut is_first = true;
        let mut seen = Seen::default();
        for reference in self.diagram.refs() {
            if !self.is_printable(reference, &mut seen) {
                continue;
            }
            if std::mem::replace(&mut is_first, false) {
                self.begin();
            }
            self.reference(reference);
        }
    }

    /// Whether DBML can have the ref beside those before it: it takes one only between the same
    /// columns, and none from columns to themselves.
    fn is_printable(&mut self, reference: &Ref, seen: &mut Seen) -> bool {
        if reference.columns.len() == 1
            && let Some((from, to)) = reference.columns.iter().next()
            && from != to
            && seen.single.insert((from.min(to), from.max(to)))
        {
            return true;
        }
        let mut from = reference.side_columns(Side::From);
        let mut to = reference.side_columns(Side::To);
        from.sort_unstable();
        to.sort_unstable();
        let is_loop = from == to;
        if from > to {
            std::mem::swap(&mut from, &mut to);
        }
        let (code, why) = if is_loop {
            ("dbml/same-endpoints", "both of its sides are the same columns")
        } else if reference.columns.len() > 1 && seen.composite.insert((from, to)) {
            return true;
        } else {
            ("dbml/duplicate-ref", "another ref joins the same columns")
        };
        let message = format!("{} is left out: {why}", self.described(reference));
        self.notice(code, EntityId::Ref(reference.id), message);
        false
    }

    /// A ref in words.
    fn described(&self, reference: &Ref) -> String {
        if let Some(name) = &reference.name {
            return format!("the ref `{name}`");
        }
        let table = |side| self.diagram.table(reference.table(side)).map_or("", |it| &it.name);
        format!("the ref from `{}` to `{}`", table(Side::From), table(Side::To))
    }

    fn reference(&mut self, reference: &Ref) {
        let diagram: &'d crowfoot_schema::Diagram = self.diagram;
        let (Some(from), Some(to)) = (diagram.table(reference.from), diagram.table(reference.to))
        else {
            return;
        };
        self.out.push_str("Ref");
        if let Some(name) = &reference.name {
            self.out.push(' ');
            self.name(name);
        }
        self.out.push_str(": ");
        // The second side of a one-to-one holds the key.
        let is_swapped =
            reference.cardinality == Cardinality::OneToOne && reference.key_side == Side::From;
        let sides =
            [(Side::From, from, reference.from_optional), (Side::To, to, reference.to_optional)];
        let [left, right] = if is_swapped { [sides[1], sides[0]] } else { sides };
        self.side(reference, left.0, left.1);
        self.out.push(' ');
        if left.2 == Some(true) {
            self.out.push('?');
        }
        self.out.push_str(reference.cardinality.symbol());
        if right.2 == Some(true) {
            self.out.push('?');
        }
        self.out.push(' ');
        self.side(reference, right.0, right.1);
        self.ref_settings(reference);
        self.out.push('\n');
        self.lost_of_ref(reference);
    }

    fn side(&mut self, reference: &Ref, side: Side, table: &Table) {
        self.qualified(table.schema.as_deref(), &table.name);
        self.out.push('.');
        let is_list = reference.columns.len() > 1;
        if is_list {
            self.out.push('(');
        }
        for (at, (from, to)) in reference.columns.iter().enumerate() {
            if at > 0 {
                self.out.push_str(", ");
            }
            let id = if side == Side::From { from } else { to };
            self.name(table.column(id).map_or("", |it| &it.name));
        }
        if is_list {
            self.out.push(')');
        }
    }

    fn ref_settings(&mut self, reference: &Ref) {
        let mut list = List::default();
        for (key, action) in [("delete: ", reference.on_delete), ("update: ", reference.on_update)]
        {
            if let Some(action) = action {
                self.next_setting(&mut list);
                self.out.push_str(key);
                self.out.push_str(match action {
                    ReferentialAction::NoAction => "no action",
                    ReferentialAction::Restrict => "restrict",
                    ReferentialAction::Cascade => "cascade",
                    ReferentialAction::SetNull => "set null",
                    ReferentialAction::SetDefault => "set default",
                });
            }
        }
        self.color_setting(&mut list, "color", reference.color.as_ref());
        if reference.inactive {
            self.next_setting(&mut list);
            self.out.push_str("inactive");
        }
        self.extra_settings(&mut list, &reference.extras);
        self.end_settings(list);
    }

    fn lost_of_ref(&mut self, reference: &Ref) {
        let entity = EntityId::Ref(reference.id);
        if reference.deferrable.is_some() {
            let message = format!("{} is printed without DEFERRABLE", self.described(reference));
            self.notice("dbml/no-deferrable", entity, message);
        }
        if reference.note.is_some() {
            let message = format!("{} is printed without its note", self.described(reference));
            self.notice("dbml/no-ref-note", entity, message);
        }
        if reference.from_optional == Some(false) || reference.to_optional == Some(false) {
            let message = format!(
                "{} is printed without the word on a mandatory side",
                self.described(reference)
            );
            self.notice("dbml/no-mandatory-side", entity, message);
        }
        if !reference.options.is_empty() {
            let message =
                format!("{} is printed without its SQL clauses", self.described(reference));
            self.notice("dbml/no-options", entity, message);
        }
    }
}
