use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Color, ColumnId, Extra, RefId, TableId, patch::patch};

patch! {
    /// A relationship: columns of one table joined with as many of another, or of the same one.
    Ref: RefId,
    RefPatch {
        from: TableId,
        to: TableId,
        columns: ColumnPairs,
        ;
        cardinality: Cardinality,
        /// Which side holds the key of a one-to-one; the other cardinalities say it themselves.
        key_side: Side,
        /// Whether the from side may be missing, where that was said.
        from_optional: Option<bool>,
        /// Whether the to side may be missing, where that was said.
        to_optional: Option<bool>,
        name: Option<SmolStr>,
        /// None where nothing was said, which means no action.
        on_delete: Option<ReferentialAction>,
        /// None where nothing was said, which means no action.
        on_update: Option<ReferentialAction>,
        deferrable: Option<Deferrable>,
        /// Documentation only: drawn dotted, left out of SQL.
        inactive: bool,
        color: Option<Color>,
        note: Option<String>,
        options: Vec<Extra>,
        extras: Vec<Extra>,
    }
}

/// The referencing columns of a foreign key, each with the column that it refers to.
pub type KeyColumns = Vec<(ColumnId, ColumnId)>;

/// One of the two sides of a ref.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Side {
    #[default]
    From,
    To,
}

impl Side {
    /// The other side.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::From => Self::To,
            Self::To => Self::From,
        }
    }
}

impl Ref {
    /// A plain many-to-one ref: `from` holds the foreign key.
    pub fn new(id: RefId, from: TableId, to: TableId, columns: ColumnPairs) -> Self {
        Self {
            id,
            from,
            to,
            columns,
            cardinality: Cardinality::ManyToOne,
            key_side: Side::From,
            from_optional: None,
            to_optional: None,
            name: None,
            on_delete: None,
            on_update: None,
            deferrable: None,
            inactive: false,
            color: None,
            note: None,
            options: Vec::new(),
            extras: Vec::new(),
        }
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

    /// The table on a side.
    pub fn table(&self, side: Side) -> TableId {
        match side {
            Side::From => self.from,
            Side::To => self.to,
        }
    }

    /// The columns on a side, in the order of the key.
    pub fn side_columns(&self, side: Side) -> Vec<ColumnId> {
        let pick = |(from, to)| match side {
            Side::From => from,
            Side::To => to,
        };
        self.columns.iter().map(pick).collect()
    }

    /// The foreign key that it stands for: referencing table, referenced table, and pairs of
    /// referencing and referenced column. None for many-to-many.
    pub fn foreign_key(&self) -> Option<(TableId, TableId, KeyColumns)> {
        Some(match self.referencing_side()? {
            Side::From => (self.from, self.to, self.columns.iter().collect()),
            Side::To => {
                (self.to, self.from, self.columns.iter().map(|(from, to)| (to, from)).collect())
            }
        })
    }

    /// Whether both sides are the same table.
    pub fn is_self_ref(&self) -> bool {
        self.from == self.to
    }

    /// Whether the column stands on either side.
    pub fn mentions(&self, table: TableId, column: ColumnId) -> bool {
        self.columns.iter().any(|(from, to)| {
            (self.from == table && from == column) || (self.to == table && to == column)
        })
    }
}

/// Which column stands beside which, in the order of the key: from side, then to side.
///
/// Invariant: not empty, and no column stands twice on the same side.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<(ColumnId, ColumnId)>", into = "Vec<(ColumnId, ColumnId)>")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "[ColumnId, ColumnId][]"))]
pub struct ColumnPairs(Vec<(ColumnId, ColumnId)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnPairsError {
    #[error("a ref needs at least one pair of columns")]
    Empty,
    #[error("column {0} stands twice on the same side of a ref")]
    Repeated(ColumnId),
}

impl ColumnPairs {
    /// Pairs of a from column and a to column.
    ///
    /// # Errors
    /// When there is none, or a column stands twice on the same side.
    pub fn new(pairs: Vec<(ColumnId, ColumnId)>) -> Result<Self, ColumnPairsError> {
        if pairs.is_empty() {
            return Err(ColumnPairsError::Empty);
        }
        for (at, &(from, to)) in pairs.iter().enumerate() {
            let earlier = &pairs[..at];
            if earlier.iter().any(|&(it, _)| it == from) {
                return Err(ColumnPairsError::Repeated(from));
            }
            if earlier.iter().any(|&(_, it)| it == to) {
                return Err(ColumnPairsError::Repeated(to));
            }
        }
        Ok(Self(pairs))
    }

    /// The single pair of a simple ref.
    pub fn one(from: ColumnId, to: ColumnId) -> Self {
        Self(vec![(from, to)])
    }

    /// The pairs, from column first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (ColumnId, ColumnId)> + '_ {
        self.0.iter().copied()
    }

    /// How many pairs there are: 1 or more.
    #[expect(clippy::len_without_is_empty, reason = "there is always at least one pair")]
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl TryFrom<Vec<(ColumnId, ColumnId)>> for ColumnPairs {
    type Error = ColumnPairsError;

    fn try_from(pairs: Vec<(ColumnId, ColumnId)>) -> Result<Self, ColumnPairsError> {
        Self::new(pairs)
    }
}

impl From<ColumnPairs> for Vec<(ColumnId, ColumnId)> {
    fn from(pairs: ColumnPairs) -> Self {
        pairs.0
    }
}

/// How many rows of one side go with one row of the other, from side first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Cardinality {
    #[default]
    ManyToOne,
    OneToMany,
    OneToOne,
    ManyToMany,
}

impl Cardinality {
    /// DBML's operator for it.
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::ManyToOne => ">",
            Self::OneToMany => "<",
            Self::OneToOne => "-",
            Self::ManyToMany => "<>",
        }
    }
}

/// What happens to referencing rows when the referenced one is deleted or its key updated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum ReferentialAction {
    NoAction,
    Restrict,
    Cascade,
    SetNull,
    SetDefault,
}

/// When a foreign key that can be deferred is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Deferrable {
    InitiallyImmediate,
    InitiallyDeferred,
}
