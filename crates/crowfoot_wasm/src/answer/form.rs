//! The ref editor's form: filled from a ref, from a drag, from the tables picked.

use crowfoot_schema::{
    Cardinality, ColumnId, Ends, Ref, RefId, RefSketch, ReferentialAction, Side, Table, TableId,
    Uniqueness,
};

use super::Lens;
use crate::{
    outcome::Fault,
    plan::{color_or_none, name_or_none, text_or_none},
    view::{Direction, NewRef, RefDetail, RefForm, RefPair, RefSeed},
    words::{columns_label, end_label, table_label},
};

impl RefForm {
    /// The form of a ref, which may lack an end still.
    pub(crate) fn of(sketch: &RefSketch) -> Self {
        let pair = |&(from, to): &(Option<ColumnId>, Option<ColumnId>)| RefPair { from, to };
        Self {
            id: Some(sketch.id),
            from_table: sketch.ends.from,
            to_table: sketch.ends.to,
            pairs: sketch.ends.pairs.iter().map(pair).collect(),
            cardinality: sketch.cardinality,
            key_side: sketch.key_side,
            from_optional: sketch.from_optional,
            to_optional: sketch.to_optional,
            on_delete: sketch.on_delete,
            on_update: sketch.on_update,
            deferrable: sketch.deferrable,
            name: sketch.name.as_deref().unwrap_or_default().to_owned(),
            color: sketch.color.as_ref().map_or("", |it| it.as_str()).to_owned(),
            note: sketch.note.clone().unwrap_or_default(),
            inactive: sketch.inactive,
        }
    }

    /// The ref of that id as the form describes it. What the form does not show is as in `known`.
    pub(crate) fn sketch(self, id: RefId, known: Option<&RefSketch>) -> Result<RefSketch, Fault> {
        let pairs = self.pairs.iter().map(|it| (it.from, it.to)).collect();
        Ok(RefSketch {
            id,
            ends: Ends { from: self.from_table, to: self.to_table, pairs },
            cardinality: self.cardinality,
            key_side: self.key_side,
            from_optional: self.from_optional,
            to_optional: self.to_optional,
            name: name_or_none(self.name),
            on_delete: self.on_delete,
            on_update: self.on_update,
            deferrable: self.deferrable,
            inactive: self.inactive,
            color: color_or_none(&self.color)?,
            note: text_or_none(self.note),
            options: known.map(|it| it.options.clone()).unwrap_or_default(),
            extras: known.map(|it| it.extras.clone()).unwrap_or_default(),
        })
    }

    /// From and to exchanged, the type kept: who referred is now referred to.
    #[must_use]
    pub fn swapped(self) -> Self {
        Self {
            from_table: self.to_table,
            to_table: self.from_table,
            pairs: self.pairs.iter().map(|it| RefPair { from: it.to, to: it.from }).collect(),
            from_optional: self.to_optional,
            to_optional: self.from_optional,
            ..self
        }
    }
}

impl Lens<'_> {
    pub(crate) fn ref_detail(&self, id: RefId) -> Option<RefDetail> {
        let reference = self.diagram.reference(id)?;
        Some(RefDetail {
            row: self.row_of(reference),
            form: RefForm::of(&RefSketch::of(reference)),
            meaning: self.meaning(reference),
        })
    }

    /// A form for a new ref. Which side is the parent follows from the keys, not from who was
    /// dragged to whom.
    pub(crate) fn new_ref(&self, seed: RefSeed) -> NewRef {
        let blank = RefForm {
            from_table: seed.from_table,
            pairs: vec![RefPair { from: seed.from_column, to: None }],
            ..RefForm::default()
        };
        let from = seed.from_table.and_then(|id| self.diagram.table(id));
        let to = seed.to_table.and_then(|id| self.diagram.table(id));
        let (Some(from), Some(to)) = (from, to) else {
            let form = match seed.to_table {
                Some(table) => self.with_to_table(blank, table),
                None => blank,
            };
            return NewRef { form, direction: Direction::Open, message: String::new() };
        };
        match (seed.from_column, seed.to_column) {
            (Some(a), Some(b)) => self.joined((from, a), (to, b)),
            (Some(a), None) if is_key(from, a) && from.id != to.id => {
                // A key was dropped on a table: that table refers to it.
                let reached = RefForm { from_table: Some(to.id), ..RefForm::default() };
                let mut form = self.with_to_table(reached, from.id);
                if form.pairs.len() == 1 {
                    form.pairs[0].to = Some(a);
                }
                let key = columns_label(from, &[a]);
                let message =
                    format!("`{key}` is a key: pick the column of `{}` that refers to it", to.name);
                NewRef { form, direction: Direction::Clear, message }
            }
            _ => {
                let form = self.with_to_table(blank, to.id);
                NewRef { form, direction: Direction::Open, message: String::new() }
            }
        }
    }

    /// The form for a column dragged onto another one.
    fn joined(&self, (from, a): (&Table, ColumnId), (to, b): (&Table, ColumnId)) -> NewRef {
        let form = |child: TableId, key, parent: TableId, target, cardinality| RefForm {
            from_table: Some(child),
            to_table: Some(parent),
            pairs: vec![RefPair { from: Some(key), to: Some(target) }],
            cardinality,
            ..RefForm::default()
        };
        let (label_a, label_b) = (columns_label(from, &[a]), columns_label(to, &[b]));
        let (unique_a, unique_b) = (from.is_unique(&[a]), to.is_unique(&[b]));
        match (unique_a, unique_b) {
            (false, true) => NewRef {
                form: form(from.id, a, to.id, b, Cardinality::ManyToOne),
                direction: Direction::Clear,
                message: String::new(),
            },
            (true, false) => {
                // Part of a composite key may be meant together with the rest of that key.
                NewRef {
                    form: form(to.id, b, from.id, a, Cardinality::ManyToOne),
                    direction: Direction::Clear,
                    message: format!("`{label_a}` is the key, so `{label_b}` refers to it"),
                }
            }
            (true, true) => NewRef {
                form: form(from.id, a, to.id, b, Cardinality::OneToOne),
                direction: Direction::Ask,
                message: format!(
                    "`{label_a}` and `{label_b}` are both keys: choose which one refers to the other"
                ),
            },
            (false, false) => {
                let composite = [(from, a, to, b), (to, b, from, a)]
                    .into_iter()
                    .find(|(_, _, parent, target)| parent.is_primary(*target));
                if let Some((child, key, parent, target)) = composite {
                    return self.composite((child, key), (parent, target));
                }
                NewRef {
                    form: form(from.id, a, to.id, b, Cardinality::ManyToOne),
                    direction: Direction::NoKey,
                    message: format!(
                        "neither `{label_a}` nor `{label_b}` is a primary key or unique, and a \
                         foreign key must point at one"
                    ),
                }
            }
        }
    }

    /// The form for a column dropped on one part of a composite key: the other parts come along.
    fn composite(
        &self,
        (child, key): (&Table, ColumnId),
        (parent, target): (&Table, ColumnId),
    ) -> NewRef {
        let pair = |&to: &ColumnId| {
            let from = if to == target { Some(key) } else { likely(child, parent, to) };
            RefPair { from: from.filter(|it| to == target || *it != key), to: Some(to) }
        };
        let form = RefForm {
            from_table: Some(child.id),
            to_table: Some(parent.id),
            pairs: parent.primary_columns().iter().map(pair).collect(),
            ..RefForm::default()
        };
        let n = parent.primary_columns().len();
        let message = format!(
            "the key of `{}` has {n} columns: each needs one of `{}`",
            parent.name, child.name
        );
        NewRef { form, direction: Direction::Clear, message }
    }

    /// The form with another from table; its columns are guessed anew.
    pub(crate) fn with_from_table(&self, mut form: RefForm, id: TableId) -> RefForm {
        form.from_table = Some(id);
        let from = self.diagram.table(id);
        let to = form.to_table.and_then(|it| self.diagram.table(it));
        for pair in &mut form.pairs {
            let kept = pair.from.filter(|&it| from.is_some_and(|table| table.column(it).is_some()));
            let guess = || likely(from?, to?, pair.to?);
            pair.from = kept.or_else(guess);
        }
        form
    }

    /// The form with another to table: all columns of its key, and those of the from table that
    /// are called after them.
    pub(crate) fn with_to_table(&self, mut form: RefForm, id: TableId) -> RefForm {
        form.to_table = Some(id);
        let Some(to) = self.diagram.table(id) else { return form };
        let from = form.from_table.and_then(|it| self.diagram.table(it));
        let key = key_of(to);
        let picked: Vec<_> = form.pairs.iter().map(|it| it.from).collect();
        form.pairs = key
            .iter()
            .enumerate()
            .map(|(at, &target)| {
                let kept = picked.get(at).copied().flatten();
                let guess = || likely(from?, to, target).filter(|it| !picked.contains(&Some(*it)));
                RefPair { from: kept.or_else(guess), to: Some(target) }
            })
            .collect();
        if form.pairs.is_empty() {
            let from = picked.first().copied().flatten();
            form.pairs.push(RefPair { from, to: None });
        }
        form
    }

    /// What a ref means, as a sentence about rows.
    pub(crate) fn meaning(&self, reference: &Ref) -> String {
        let Some(side) = reference.referencing_side() else {
            let name = |side| {
                self.diagram.table(reference.table(side)).map_or_else(String::new, table_label)
            };
            return format!(
                "rows of {} and {} go together in any number, through a junction table",
                name(Side::From),
                name(Side::To)
            );
        };
        let child = end_label(self.diagram, reference, side);
        let parent = end_label(self.diagram, reference, side.other());
        let mut text = match reference.cardinality {
            Cardinality::OneToOne => {
                format!("each {child} points at one {parent}, and no two at the same")
            }
            Cardinality::ManyToOne | Cardinality::OneToMany => {
                format!("each {child} points at one {parent}")
            }
            Cardinality::ManyToMany => String::new(),
        };
        let deleted = match reference.on_delete {
            None => None,
            Some(ReferentialAction::NoAction | ReferentialAction::Restrict) => {
                Some("a referenced row cannot be deleted")
            }
            Some(ReferentialAction::Cascade) => {
                Some("deleting the referenced row deletes the referring ones")
            }
            Some(ReferentialAction::SetNull) => {
                Some("deleting the referenced row sets the column to null")
            }
            Some(ReferentialAction::SetDefault) => {
                Some("deleting the referenced row sets the column to its default")
            }
        };
        if let Some(deleted) = deleted {
            text.push_str("; ");
            text.push_str(deleted);
        }
        text
    }
}

/// Whether the column is a key by itself.
fn is_key(table: &Table, column: ColumnId) -> bool {
    table.is_unique(&[column])
}

/// The columns that a ref to the table points at: its primary key, else its first unique one.
fn key_of(table: &Table) -> Vec<ColumnId> {
    if !table.primary_columns().is_empty() {
        return table.primary_columns().to_vec();
    }
    let unique = table.indexes.iter().find(|it| {
        it.uniqueness != Uniqueness::None
            && it.predicate.is_none()
            && it.columns().count() == it.parts.len()
    });
    unique.map_or_else(Vec::new, |it| it.columns().collect())
}

/// The column of `child` that is called after a key column of `parent`: `user_id` for `users.id`,
/// or the key's own name when that says more than `id`.
fn likely(child: &Table, parent: &Table, target: ColumnId) -> Option<ColumnId> {
    let key = parent.column(target)?.name.to_lowercase();
    let table = parent.name.to_lowercase();
    let singular = [("ies", "y"), ("sses", "ss"), ("s", "")]
        .iter()
        .find_map(|(end, by)| Some(format!("{}{by}", table.strip_suffix(end)?)))
        .unwrap_or_else(|| table.clone());
    let mut names = vec![
        format!("{singular}_{key}"),
        format!("{table}_{key}"),
        format!("{singular}{key}"),
        format!("{table}{key}"),
    ];
    if child.id != parent.id && key != "id" {
        names.insert(0, key);
    } else if child.id == parent.id {
        names.insert(0, format!("parent_{key}"));
    }
    let named = |name: &String| child.columns.iter().find(|it| it.name.to_lowercase() == *name);
    names.iter().find_map(named).map(|it| it.id).filter(|it| child.id != parent.id || *it != target)
}
