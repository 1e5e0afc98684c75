//! Ids: a UUID of its own kind for each kind of entity, and the mint that makes them.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[serde(transparent)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(type = "string"))]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// Names a table for as long as it lives.
    TableId,
    /// Names a column, of a table or of a table partial.
    ColumnId,
    /// Names an index or unique constraint.
    IndexId,
    /// Names a check constraint.
    CheckId,
    /// Names a ref.
    RefId,
    /// Names an enum.
    EnumId,
    /// Names one value of an enum.
    EnumValueId,
    /// Names a table group.
    GroupId,
    /// Names a sticky note.
    NoteId,
    /// Names a view of the diagram.
    ViewId,
    /// Names a table partial.
    PartialId,
    /// Names a suggestion that was dismissed.
    DismissalId,
}

/// Makes ids: UUIDs of version 7 that rise in the order they are made.
///
/// The core reads no clock and no random source; who calls it gives both, once. Two mints never
/// meet as long as their 74 random bits differ.
#[derive(Clone, Debug)]
pub struct IdMint {
    millis: u64,
    /// The low 74 bits of the ids, which count up from a random start.
    tail: u128,
}

impl IdMint {
    const TAIL: u128 = (1 << 74) - 1;

    /// A mint for the time `millis` (milliseconds since 1970) that starts at `random`.
    pub fn new(millis: u64, random: u128) -> Self {
        // A clear top bit leaves room to count for ever without a carry into the time.
        Self { millis: millis & 0xffff_ffff_ffff, tail: random & (Self::TAIL >> 1) }
    }

    /// The next id, of whichever kind is asked for.
    pub fn id<Id: From<Uuid>>(&mut self) -> Id {
        self.tail = (self.tail + 1) & Self::TAIL;
        let high = self.tail >> 62;
        let low = self.tail & ((1 << 62) - 1);
        let bits = (u128::from(self.millis) << 80) | (7 << 76) | (high << 64) | (2 << 62) | low;
        Id::from(Uuid::from_u128(bits))
    }
}

#[cfg(test)]
mod tests {
    use super::{IdMint, TableId};

    #[test]
    fn ids_are_version_7_and_rise() {
        let mut mint = IdMint::new(1_700_000_000_000, u128::MAX);
        let ids: Vec<TableId> = (0..1000).map(|_| mint.id()).collect();
        assert!(ids.is_sorted());
        assert!(ids.iter().all(|id| id.0.get_version_num() == 7));
        assert!(ids.iter().all(|id| id.0.get_variant() == uuid::Variant::RFC4122));
    }

    #[test]
    fn the_same_start_gives_the_same_ids() {
        let next = |seed| IdMint::new(1, seed).id::<TableId>();
        assert_eq!(next(7), next(7));
        assert_ne!(next(7), next(8));
    }
}
