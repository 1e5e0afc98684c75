//! What is wrong, or odd, about a ref that is being edited.

use std::collections::BTreeSet;

use crowfoot_schema::{
    Cardinality, Change, ChangeSet, Color, ColumnPairs, Ref, RefId, RefPatch, RefSketch,
    ReferentialAction, Side, Table,
};
use uuid::Uuid;

use super::Lens;
use crate::{
    kinship::{Kinship, kinship},
    outcome::Fault,
    view::{RefField, RefForm, RefProblem, Severity},
    words::{column_names, columns_label, ref_label},
};

impl Lens<'_> {
    /// Everything there is to say about a form, errors first. `fresh` stands for the id of a new
    /// ref.
    pub(super) fn check_ref(&self, form: RefForm, fresh: RefId) -> Vec<RefProblem> {
        let mut found = self.check_form(&form);
        if !found.iter().any(|it| it.severity == Severity::Error)
            && let Ok(reference) = self.ref_of(form, fresh)
        {
            self.try_out(&reference, &mut found);
        }
        found.sort_by_key(|it| it.severity as u8);
        found
    }

    /// What there is to say about a form, apart from what the diagram refuses.
    pub(crate) fn check_form(&self, form: &RefForm) -> Vec<RefProblem> {
        let mut found = Vec::new();
        let from = form.from_table.and_then(|id| self.diagram.table(id));
        let to = form.to_table.and_then(|id| self.diagram.table(id));
        if from.is_none() {
            found.push(error(RefField::FromTable, "ref/no-from-table", "pick the from table"));
        }
        if to.is_none() {
            found.push(error(RefField::ToTable, "ref/no-to-table", "pick the to table"));
        }
        if Color::parse(form.color.trim()).is_err() && !form.color.trim().is_empty() {
            found.push(error(RefField::Color, "ref/bad-color", "a colour is written `#rrggbb`"));
        }
        if let (Some(from), Some(to)) = (from, to) {
            self.check_pairs(form, from, to, &mut found);
        }
        if !found.iter().any(|it| it.severity == Severity::Error)
            && let Ok(reference) = self.ref_of(form.clone(), RefId::from(Uuid::nil()))
        {
            self.check_whole(&reference, &mut found);
        }
        found
    }

    /// The ref that a form describes, called `fresh` if it is a new one. What the form does not
    /// show is kept.
    pub(crate) fn ref_of(&self, form: RefForm, fresh: RefId) -> Result<Ref, Fault> {
        let incomplete = |message| Fault::new("ref/incomplete", message);
        if form.from_table.is_none() {
            return Err(incomplete("the from table is missing"));
        }
        if form.to_table.is_none() {
            return Err(incomplete("the to table is missing"));
        }
        if form.pairs.is_empty() || form.pairs.iter().any(|it| it.from.is_none() || it.to.is_none())
        {
            return Err(incomplete("a column is missing in a pair"));
        }
        let known = form.id.and_then(|id| self.diagram.reference(id)).map(RefSketch::of);
        let sketch = form.id.unwrap_or(fresh);
        let sketch = form.sketch(sketch, known.as_ref())?;
        sketch
            .complete()
            .ok_or_else(|| Fault::new("ref/bad-pairs", "a column stands twice on the same side"))
    }

    fn check_pairs(&self, form: &RefForm, from: &Table, to: &Table, found: &mut Vec<RefProblem>) {
        let (mut left, mut right) = (BTreeSet::new(), BTreeSet::new());
        for (at, pair) in form.pairs.iter().enumerate() {
            let a = pair.from.and_then(|id| from.column(id));
            let b = pair.to.and_then(|id| to.column(id));
            let mut tell = |problem: RefProblem| {
                found.push(RefProblem { pair: Some(at), ..problem });
            };
            let (Some(a), Some(b)) = (a, b) else {
                let (table, code) = match a {
                    None => (from, "ref/no-from-column"),
                    Some(_) => (to, "ref/no-to-column"),
                };
                tell(error(RefField::Pairs, code, format!("pick a column of `{}`", table.name)));
                continue;
            };
            for (is_new, name) in [(left.insert(a.id), &a.name), (right.insert(b.id), &b.name)] {
                if !is_new {
                    let message = format!("`{name}` stands twice on the same side");
                    tell(error(RefField::Pairs, "ref/repeated-column", message));
                }
            }
            if from.id == to.id && a.id == b.id {
                let message = format!("`{}` cannot refer to itself", a.name);
                tell(error(RefField::Pairs, "ref/same-column", message));
                continue;
            }
            match kinship(self.diagram, a, b) {
                Kinship::Same => {}
                Kinship::Loose(why) => tell(warning(RefField::Pairs, "ref/type-differs", why)),
                Kinship::Strange(why) => tell(warning(RefField::Pairs, "ref/type-mismatch", why)),
            }
        }
        if form.pairs.is_empty() {
            found.push(error(RefField::Pairs, "ref/no-columns", "pick the columns"));
        }
    }

    /// What can be judged once the ref is complete.
    fn check_whole(&self, reference: &Ref, found: &mut Vec<RefProblem>) {
        if let Some(side) = reference.referencing_side() {
            self.check_keys(reference, side, found);
            self.check_actions(reference, side, found);
        }
        if let Some(twin) = self.twin(reference) {
            let message =
                format!("there is the same ref already: `{}`", ref_label(self.diagram, twin));
            found.push(warning(RefField::Pairs, "ref/duplicate", message));
        }
    }

    /// What the diagram has against the ref.
    fn try_out(&self, reference: &Ref, found: &mut Vec<RefProblem>) {
        let change = match self.diagram.reference(reference.id) {
            Some(known) => {
                let patch = Box::new(RefPatch::between(known, reference));
                Change::UpdateRef { id: reference.id, patch }
            }
            None => Change::CreateRef { reference: Box::new(reference.clone()) },
        };
        let trial = self.diagram.clone().apply(&ChangeSet::new("", vec![change]));
        for reason in trial.err().into_iter().flat_map(|it| it.reasons) {
            let field = match reason.field.as_deref() {
                Some("name") => RefField::Name,
                _ => RefField::Pairs,
            };
            found.push(error(field, "ref/refused", reason.message));
        }
    }

    fn check_keys(&self, reference: &Ref, side: Side, found: &mut Vec<RefProblem>) {
        let child = self.diagram.table(reference.table(side));
        let parent = self.diagram.table(reference.table(side.other()));
        let (Some(child), Some(parent)) = (child, parent) else { return };
        let (keys, targets) = (reference.side_columns(side), reference.side_columns(side.other()));
        if !parent.is_unique(&targets) {
            let label = columns_label(parent, &targets);
            let mut message = format!("`{label}` is neither the primary key nor unique");
            let primary = parent.primary_columns();
            if !primary.is_empty() {
                let names = column_names(parent, primary).join(", ");
                message.push_str(&format!("; the primary key is `{names}`"));
            }
            found.push(warning(RefField::Pairs, "ref/target-not-unique", message));
        }
        if reference.cardinality == Cardinality::OneToOne && !child.is_unique(&keys) {
            let label = columns_label(child, &keys);
            let message = format!("nothing makes `{label}` unique, as a one-to-one needs it to be");
            found.push(info(RefField::Cardinality, "ref/one-to-one-repeats", message));
        }
        if reference.cardinality != Cardinality::OneToOne && child.is_unique(&keys) {
            let label = columns_label(child, &keys);
            let message = format!("`{label}` is unique: this is a one-to-one");
            found.push(info(RefField::Cardinality, "ref/is-one-to-one", message));
        }
    }

    fn check_actions(&self, reference: &Ref, side: Side, found: &mut Vec<RefProblem>) {
        let Some(child) = self.diagram.table(reference.table(side)) else { return };
        let keys = reference.side_columns(side);
        let actions =
            [(RefField::OnDelete, reference.on_delete), (RefField::OnUpdate, reference.on_update)];
        for (field, action) in actions {
            let columns = keys.iter().filter_map(|&id| child.column(id));
            if action == Some(ReferentialAction::SetNull) {
                for column in columns.filter(|it| !child.is_nullable(it.id)) {
                    let message =
                        format!("`{}` is never null, so it cannot be set to null", column.name);
                    found.push(warning(field, "ref/set-null-on-not-null", message));
                }
            } else if action == Some(ReferentialAction::SetDefault) {
                for column in columns.filter(|it| it.default.is_none()) {
                    let message = format!("`{}` has no default to be set to", column.name);
                    found.push(warning(field, "ref/set-default-without-default", message));
                }
            }
        }
    }

    /// Another ref that joins the same columns, read from either side.
    fn twin(&self, reference: &Ref) -> Option<&Ref> {
        let turned: Vec<_> = reference.columns.iter().map(|(from, to)| (to, from)).collect();
        let turned = ColumnPairs::new(turned).ok()?;
        self.diagram.refs_of(reference.from).find(|it| {
            it.id != reference.id
                && ((it.from, it.to, &it.columns)
                    == (reference.from, reference.to, &reference.columns)
                    || (it.from, it.to, &it.columns) == (reference.to, reference.from, &turned))
        })
    }
}

fn error(field: RefField, code: &'static str, message: impl Into<String>) -> RefProblem {
    RefProblem { field, pair: None, severity: Severity::Error, code, message: message.into() }
}

fn warning(field: RefField, code: &'static str, message: impl Into<String>) -> RefProblem {
    RefProblem { severity: Severity::Warning, ..error(field, code, message) }
}

fn info(field: RefField, code: &'static str, message: impl Into<String>) -> RefProblem {
    RefProblem { severity: Severity::Info, ..error(field, code, message) }
}
