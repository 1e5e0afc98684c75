//! The fields of a draft's rows as one reads them: to show what they were, and what others made of
//! them.

use crowfoot_schema::{
    Check, Column, ColumnId, Deferrable, Increment, Index, IndexTarget, RefSketch, Side, Table,
    TableId, Uniqueness,
};

use crate::{
    answer::Lens,
    view::{DraftPart, Was},
    words::{action_words, default_text, table_label, type_text},
};

/// Fields by their names in the view.
pub(super) type Texts = Vec<(&'static str, String)>;

/// The fields of `was` that read otherwise than in `now`.
pub(super) fn differing(was: Texts, now: &Texts) -> Was {
    was.into_iter().filter(|it| !now.contains(it)).collect()
}

fn yes(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

fn text(text: Option<&str>) -> String {
    text.unwrap_or_default().to_owned()
}

impl Lens<'_> {
    pub(super) fn head_texts(&self, table: &Table) -> Texts {
        let group = table.group.and_then(|it| self.diagram.group(it));
        vec![
            ("name", table.name.to_string()),
            ("schema", text(table.schema.as_deref())),
            ("alias", text(table.alias.as_deref())),
            ("note", text(table.note.as_deref())),
            ("color", text(table.header_color.as_ref().map(|it| it.as_str()))),
            ("group", text(group.map(|it| it.name.as_str()))),
            ("primary", names(table, table.primary_columns().iter().copied())),
        ]
    }

    pub(super) fn column_texts(&self, table: &Table, column: &Column) -> Texts {
        let increment = match column.increment {
            None => "",
            Some(Increment::Auto) => "auto",
            Some(Increment::Serial) => "serial",
            Some(Increment::IdentityAlways) => "identity always",
            Some(Increment::IdentityByDefault) => "identity by default",
        };
        let default = column.default.as_ref().map_or_else(String::new, default_text);
        let generated = column.generated.as_ref().map(|it| it.expr.as_str());
        vec![
            ("name", column.name.to_string()),
            ("type", type_text(self.diagram, column)),
            ("isPrimary", yes(table.is_primary(column.id))),
            ("isNotNull", yes(column.not_null)),
            ("isUnique", yes(table.is_unique(&[column.id]))),
            ("increment", increment.to_owned()),
            ("default", default),
            ("generated", text(generated)),
            ("note", text(column.note.as_deref())),
        ]
    }

    pub(super) fn index_texts(&self, table: &Table, index: &Index) -> Texts {
        let uniqueness = match index.uniqueness {
            Uniqueness::None => "no",
            Uniqueness::Index => "unique index",
            Uniqueness::Constraint => "unique constraint",
        };
        vec![
            ("name", text(index.name.as_deref())),
            ("parts", index_label(table, index)),
            ("uniqueness", uniqueness.to_owned()),
            ("method", text(index.method.as_deref())),
            ("predicate", text(index.predicate.as_deref())),
            ("note", text(index.note.as_deref())),
        ]
    }

    /// The fields of a foreign key, read from the table that the draft is about.
    pub(super) fn ref_texts(&self, own: &Table, sketch: &RefSketch) -> Texts {
        let said = |it: Option<bool>| match it {
            None => "follows the columns".to_owned(),
            Some(it) => yes(it),
        };
        let action = |it| text(Option::map(it, action_words));
        let deferrable = match sketch.deferrable {
            None => "",
            Some(Deferrable::InitiallyImmediate) => "initially immediate",
            Some(Deferrable::InitiallyDeferred) => "initially deferred",
        };
        vec![
            ("name", text(sketch.name.as_deref())),
            ("pairs", self.sketch_label(own, sketch)),
            ("cardinality", sketch.cardinality.symbol().to_owned()),
            ("fromOptional", said(sketch.from_optional)),
            ("toOptional", said(sketch.to_optional)),
            ("onDelete", action(sketch.on_delete)),
            ("onUpdate", action(sketch.on_update)),
            ("deferrable", deferrable.to_owned()),
            ("inactive", yes(sketch.inactive)),
            ("color", text(sketch.color.as_ref().map(|it| it.as_str()))),
            ("note", text(sketch.note.as_deref())),
        ]
    }

    /// `user_id > users.id`, read from the own table, whichever side of the ref it is.
    pub(super) fn sketch_label(&self, own: &Table, sketch: &RefSketch) -> String {
        let side = sketch.side_held_by(own.id).unwrap_or(Side::From);
        let from = self.side_names(own, sketch, side);
        let to = self.side_names(own, sketch, side.other());
        let table = sketch.table(side.other()).map_or_else(String::new, |it| self.label(own, it));
        let symbol = if sketch.referencing_side().is_some() { ">" } else { "<>" };
        let symbol =
            if sketch.cardinality == crowfoot_schema::Cardinality::OneToOne { "-" } else { symbol };
        match (from.as_slice(), to.as_slice()) {
            ([from], [to]) => format!("{from} {symbol} {table}.{to}"),
            (from, to) => format!("({}) {symbol} {table}.({})", from.join(", "), to.join(", ")),
        }
    }

    /// The names of the columns on a side, `?` for those that are not picked.
    pub(super) fn side_names(&self, own: &Table, sketch: &RefSketch, side: Side) -> Vec<String> {
        let pick = |(from, to): &(Option<ColumnId>, Option<ColumnId>)| match side {
            Side::From => *from,
            Side::To => *to,
        };
        let id = sketch.table(side);
        let table = id.and_then(|id| if id == own.id { Some(own) } else { self.diagram.table(id) });
        let name = |id: Option<ColumnId>| {
            let column = id.and_then(|id| table?.column(id));
            column.map_or_else(|| "?".to_owned(), |it| it.name.to_string())
        };
        sketch.ends.pairs.iter().map(pick).map(name).collect()
    }

    /// The label of a table, the own one as it is given.
    pub(super) fn label(&self, own: &Table, id: TableId) -> String {
        let table = if id == own.id { Some(own) } else { self.diagram.table(id) };
        table.map_or_else(String::new, table_label)
    }
}

pub(super) fn check_texts(check: &Check) -> Texts {
    vec![("name", text(check.name.as_deref())), ("expr", check.expr.clone())]
}

/// Its parts as one reads them: `email, created_at DESC`.
pub(super) fn index_label(table: &Table, index: &Index) -> String {
    let part = |part: &crowfoot_schema::IndexPart| {
        let target = match &part.target {
            IndexTarget::Column(id) => names(table, [*id].into_iter()),
            IndexTarget::Expr(expr) => expr.clone(),
        };
        match &part.modifiers {
            Some(modifiers) => format!("{target} {modifiers}"),
            None => target,
        }
    };
    index.parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

pub(super) fn parts(index: &Index) -> Vec<DraftPart> {
    let part = |part: &crowfoot_schema::IndexPart| {
        let modifiers = part.modifiers.as_ref().map(ToString::to_string);
        match &part.target {
            IndexTarget::Column(id) => DraftPart { column: Some(*id), expr: None, modifiers },
            IndexTarget::Expr(expr) => {
                DraftPart { column: None, expr: Some(expr.clone()), modifiers }
            }
        }
    };
    index.parts.iter().map(part).collect()
}

pub(super) fn names(table: &Table, columns: impl Iterator<Item = ColumnId>) -> String {
    let name = |id| table.column(id).map(|it| it.name.to_string());
    columns.filter_map(name).collect::<Vec<_>>().join(", ")
}
