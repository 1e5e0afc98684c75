//! Refs: resolved once all tables are known, in the order of the text.

use crowfoot_schema::{Cardinality, ColumnId, ColumnPairs, Ref, Side};
use crowfoot_text::{Diagnostic, Span};
use rustc_hash::FxHashSet;
use smol_str::SmolStr;

use super::{Lower, items};
use crate::ast::{Ast, Endpoint, InlineRef, Operator, Setting, Value};

/// A ref that is written at a column, in the setting `ref`; its other side is still a name.
pub(super) struct PendingRef<'a> {
    pub(super) table: usize,
    pub(super) column: ColumnId,
    pub(super) setting: &'a Setting<'a>,
}

/// One side of a ref: a table by its place in the list, and its columns.
struct End {
    table: usize,
    columns: Vec<ColumnId>,
}

/// The two sides of a ref with the lesser one first, to find those that are there twice.
#[derive(PartialEq, Eq, Hash)]
struct Sides(Vec<ColumnId>, Vec<ColumnId>);

impl<'a> Lower<'a, '_> {
    /// All refs of the text. Those at columns come first, as they do when we print.
    pub(super) fn refs(&mut self, ast: &'a Ast<'a>) -> Vec<Ref> {
        let pending = std::mem::take(&mut self.pending_refs);
        let n_items = items!(ast, Ref).count();
        let mut refs = Vec::with_capacity(pending.len() + n_items);
        let mut seen = FxHashSet::default();
        let mut names = FxHashSet::default();
        for PendingRef { table, column, setting } in pending {
            let Value::Ref(inline) = &setting.value else { continue };
            let InlineRef { operator, target, settings } = &**inline;
            let Some(to) = self.end(target) else { continue };
            let from = End { table, columns: vec![column] };
            let found = self.reference(*operator, from, to, setting.span, &mut seen);
            let Some(mut reference) = found else { continue };
            // At a column, that column is the foreign key of a one-to-one.
            reference.key_side = Side::From;
            self.ref_settings(&mut reference, settings);
            refs.push(reference);
        }
        for item in items!(ast, Ref) {
            let (left, right) = (self.end(&item.left), self.end(&item.right));
            let (Some(left), Some(right)) = (left, right) else { continue };
            let Some(mut reference) =
                self.reference(item.operator, left, right, item.span, &mut seen)
            else {
                continue;
            };
            if reference.cardinality == Cardinality::OneToOne {
                reference.key_side = Side::To;
            }
            self.ref_settings(&mut reference, &item.settings);
            if let Some(name) = &item.name {
                let side = reference.referencing_side().unwrap_or_default();
                let holder = reference.table(side);
                let text = SmolStr::new(&name.text);
                if names.insert((holder, text.clone())) {
                    reference.name = Some(text);
                } else {
                    let message = format!(
                        "another ref of the same table is named `{}`, this one goes without a name",
                        name.text
                    );
                    self.warn("dbml/duplicate-ref-name", name.span, message);
                }
            }
            refs.push(reference);
        }
        refs
    }

    /// The table and the columns of a side, or a report of what is not there.
    fn end(&mut self, endpoint: &'a Endpoint<'a>) -> Option<End> {
        let table = self.find_table(&endpoint.table)?;
        let mut columns = Vec::with_capacity(endpoint.columns.len());
        let mut is_complete = true;
        for name in &endpoint.columns {
            match self.find_column(table, name) {
                Some(at) => columns.push(self.tables[table].columns[at].id),
                None => is_complete = false,
            }
        }
        if columns.is_empty() && is_complete {
            self.error("dbml/missing-column", endpoint.span, "this side of the ref has no column");
            return None;
        }
        is_complete.then_some(End { table, columns })
    }

    /// The ref without its settings, or a report of why it cannot be.
    fn reference(
        &mut self,
        operator: Operator,
        from: End,
        to: End,
        span: Span,
        seen: &mut FxHashSet<Sides>,
    ) -> Option<Ref> {
        if from.columns.len() != to.columns.len() {
            let message = format!(
                "{} on the left and {} on the right cannot be paired",
                counted(from.columns.len()),
                counted(to.columns.len())
            );
            self.diagnostics.push(
                Diagnostic::error("dbml/column-count", span, message)
                    .with_help("give both sides the same number of columns"),
            );
            return None;
        }
        let pairs = from.columns.iter().copied().zip(to.columns.iter().copied()).collect();
        let Ok(pairs) = ColumnPairs::new(pairs) else {
            self.error(
                "dbml/repeated-column",
                span,
                "a column stands twice on one side of the ref",
            );
            return None;
        };
        let (mut left, mut right) = (from.columns, to.columns);
        if left == right {
            self.error("dbml/same-endpoints", span, "both sides of the ref are the same columns");
            return None;
        }
        // Pairs in any order are the same ref; so are both directions.
        if left > right {
            std::mem::swap(&mut left, &mut right);
        }
        if left.len() > 1 {
            let mut both: Vec<_> = left.into_iter().zip(right).collect();
            both.sort_unstable();
            (left, right) = both.into_iter().unzip();
        }
        if !seen.insert(Sides(left, right)) {
            let (a, b) = (&self.tables[from.table].name, &self.tables[to.table].name);
            let message = format!("these columns of `{a}` and `{b}` have a ref already");
            self.error("dbml/duplicate-ref", span, message);
            return None;
        }
        let (from, to) = (self.tables[from.table].id, self.tables[to.table].id);
        let mut reference = Ref::new(self.mint.id(), from, to, pairs);
        reference.cardinality = operator.cardinality;
        reference.from_optional = operator.is_left_optional.then_some(true);
        reference.to_optional = operator.is_right_optional.then_some(true);
        Some(reference)
    }

    fn ref_settings(&mut self, reference: &mut Ref, settings: &'a [Setting<'a>]) {
        for setting in settings {
            if setting.is("delete") {
                reference.on_delete = self.action_of(setting).or(reference.on_delete);
            } else if setting.is("update") {
                reference.on_update = self.action_of(setting).or(reference.on_update);
            } else if setting.is("color") {
                reference.color = self.color_of(setting).or(reference.color.take());
            } else if setting.is("inactive") {
                reference.inactive = self.flag(setting);
            } else if setting.is("note") {
                self.set_note(&mut reference.note, setting);
            } else {
                let known = ["delete", "update", "color", "inactive"];
                self.keep(&mut reference.extras, setting, &known);
            }
        }
    }
}

fn counted(n: usize) -> String {
    if n == 1 { "1 column".to_owned() } else { format!("{n} columns") }
}
