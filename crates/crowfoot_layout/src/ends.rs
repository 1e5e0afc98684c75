use crowfoot_schema::{Cardinality, Diagram, Notation, Ref, Side, Table};

/// How many rows of a side go with one row of the other side: what the notation at that end says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// Many rows, not just one.
    pub is_many: bool,
    /// Maybe none at all.
    pub is_optional: bool,
    /// The side that holds the foreign key, where IDEF1X has its dot; both sides of a
    /// many-to-many.
    pub is_child: bool,
}

impl Mark {
    /// The same for all marks that a notation draws alike.
    pub(crate) fn drawn_in(self, notation: Notation) -> Self {
        let Self { is_many, is_optional, is_child } = self;
        match notation {
            Notation::CrowsFoot => Self { is_child: false, ..self },
            Notation::Labels => {
                Self { is_optional: is_optional && !is_many, is_child: false, is_many }
            }
            Notation::Idef1x if is_child => Self { is_optional: false, ..self },
            Notation::Idef1x => Self { is_many: false, ..self },
        }
    }
}

/// The marks at the from end and at the to end of a ref.
///
/// What the ref does not say follows from the columns: the parent is optional when any column of
/// the foreign key is nullable; the child always is, and there is at most one child when the
/// foreign key is unique.
pub fn marks(diagram: &Diagram, reference: &Ref) -> (Mark, Mark) {
    let from = mark(diagram, reference, Side::From);
    let to = mark(diagram, reference, Side::To);
    (from, to)
}

fn mark(diagram: &Diagram, reference: &Ref, side: Side) -> Mark {
    let said = match side {
        Side::From => reference.from_optional,
        Side::To => reference.to_optional,
    };
    let Some(child) = reference.referencing_side() else {
        return Mark { is_many: true, is_optional: said.unwrap_or(true), is_child: true };
    };
    let key_table = diagram.table(reference.table(child));
    let key = reference.side_columns(child);

    if side == child {
        let is_many = match reference.cardinality {
            Cardinality::OneToOne => false,
            Cardinality::ManyToOne | Cardinality::OneToMany | Cardinality::ManyToMany => {
                !key_table.is_some_and(|it| it.is_unique(&key))
            }
        };
        return Mark { is_many, is_optional: said.unwrap_or(true), is_child: true };
    }
    let is_nullable = |table: &Table| key.iter().any(|&it| table.is_nullable(it));
    let is_optional = said.unwrap_or_else(|| key_table.is_some_and(is_nullable));
    Mark { is_many: false, is_optional, is_child: false }
}
