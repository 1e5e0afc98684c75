use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{
    Cardinality, Color, ColumnId, ColumnPairs, Deferrable, Extra, Ref, RefId, ReferentialAction,
    Side, TableId, patch::patch,
};

patch! {
    /// A ref as somebody edits it: it may lack a table or a column still.
    RefSketch: RefId,
    RefSketchPatch {
        /// One field, as its halves make sense together only.
        ends: Ends,
        ;
        cardinality: Cardinality,
        key_side: Side,
        from_optional: Option<bool>,
        to_optional: Option<bool>,
        name: Option<SmolStr>,
        on_delete: Option<ReferentialAction>,
        on_update: Option<ReferentialAction>,
        deferrable: Option<Deferrable>,
        inactive: bool,
        color: Option<Color>,
        note: Option<String>,
        options: Vec<Extra>,
        extras: Vec<Extra>,
    }
}

/// What a ref joins, as far as it is picked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Ends {
    pub from: Option<TableId>,
    pub to: Option<TableId>,
    /// From column and to column, in the order of the key.
    pub pairs: Vec<(Option<ColumnId>, Option<ColumnId>)>,
}

impl RefSketch {
    /// The sketch of a ref that is complete.
    pub fn of(reference: &Ref) -> Self {
        let pairs = reference.columns.iter().map(|(from, to)| (Some(from), Some(to))).collect();
        Self {
            id: reference.id,
            ends: Ends { from: Some(reference.from), to: Some(reference.to), pairs },
            cardinality: reference.cardinality,
            key_side: reference.key_side,
            from_optional: reference.from_optional,
            to_optional: reference.to_optional,
            name: reference.name.clone(),
            on_delete: reference.on_delete,
            on_update: reference.on_update,
            deferrable: reference.deferrable,
            inactive: reference.inactive,
            color: reference.color.clone(),
            note: reference.note.clone(),
            options: reference.options.clone(),
            extras: reference.extras.clone(),
        }
    }

    /// The ref, once all is picked and no column stands twice on one side.
    pub fn complete(&self) -> Option<Ref> {
        let pairs = self.ends.pairs.iter().map(|(from, to)| Some(((*from)?, (*to)?)));
        let columns = ColumnPairs::new(pairs.collect::<Option<Vec<_>>>()?).ok()?;
        Some(Ref {
            id: self.id,
            from: self.ends.from?,
            to: self.ends.to?,
            columns,
            cardinality: self.cardinality,
            key_side: self.key_side,
            from_optional: self.from_optional,
            to_optional: self.to_optional,
            name: self.name.clone(),
            on_delete: self.on_delete,
            on_update: self.on_update,
            deferrable: self.deferrable,
            inactive: self.inactive,
            color: self.color.clone(),
            note: self.note.clone(),
            options: self.options.clone(),
            extras: self.extras.clone(),
        })
    }

    /// The side that holds the foreign key; none for many-to-many.
    pub fn referencing_side(&self) -> Option<Side> {
        match self.cardinality {
            Cardinality::ManyToOne => Some(Side::From),
            Cardinality::OneToMany => Some(Side::To),
            Cardinality::OneToOne => Some(self.key_side),
            Cardinality::ManyToMany => None,
        }
    }

    /// The table on a side, if it is picked.
    pub fn table(&self, side: Side) -> Option<TableId> {
        match side {
            Side::From => self.ends.from,
            Side::To => self.ends.to,
        }
    }

    /// The columns that are picked on a side.
    pub fn side_columns(&self, side: Side) -> impl Iterator<Item = ColumnId> + '_ {
        self.ends.pairs.iter().filter_map(move |(from, to)| match side {
            Side::From => *from,
            Side::To => *to,
        })
    }

    /// Whether the column stands on either side.
    pub fn mentions(&self, table: TableId, column: ColumnId) -> bool {
        [Side::From, Side::To].into_iter().any(|side| {
            self.table(side) == Some(table) && self.side_columns(side).any(|it| it == column)
        })
    }

    /// Which side is that table, when it holds the foreign key there; a many-to-many is held by
    /// its from side.
    pub fn side_held_by(&self, table: TableId) -> Option<Side> {
        let holder = self.referencing_side().unwrap_or(Side::From);
        (self.table(holder) == Some(table)).then_some(holder)
    }

    /// Forgets the columns for which that holds, and leaves their places open.
    pub(super) fn unpick(&mut self, side: Side, is_gone: impl Fn(ColumnId) -> bool) {
        for (from, to) in &mut self.ends.pairs {
            let end = match side {
                Side::From => from,
                Side::To => to,
            };
            if end.is_some_and(&is_gone) {
                *end = None;
            }
        }
    }
}
