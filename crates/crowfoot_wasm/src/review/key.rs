//! The name of a suggestion: the ids of what it would join.

use std::fmt;

use crowfoot_schema::{ColumnId, Diagram, Dismissal, Ref, TableId};
use crowfoot_suggest::Suggestion;
use uuid::Uuid;

/// What a suggestion would join. As text: the from table and its columns, then the to side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) from: TableId,
    pub(super) to: TableId,
    /// Never empty.
    pub(super) pairs: Vec<(ColumnId, ColumnId)>,
}

impl Key {
    pub(super) fn of(suggestion: &Suggestion) -> Self {
        let Suggestion { from_table, from_columns, to_table, to_columns, .. } = suggestion;
        let pairs = from_columns.iter().copied().zip(to_columns.iter().copied()).collect();
        Self { from: *from_table, to: *to_table, pairs }
    }

    pub(super) fn of_dismissal(dismissal: &Dismissal) -> Self {
        let Dismissal { from, to, columns, .. } = dismissal;
        Self { from: *from, to: *to, pairs: columns.iter().collect() }
    }

    /// Reads what [`fmt::Display`] wrote.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let id = |text: &str| Uuid::parse_str(text).ok();
        let mut words = text.split('.');
        let (from, to) = (id(words.next()?)?.into(), id(words.next()?)?.into());
        let columns = words.map(|it| id(it).map(ColumnId)).collect::<Option<Vec<_>>>()?;
        let pairs: Vec<_> = columns.chunks_exact(2).map(|it| (it[0], it[1])).collect();
        (!pairs.is_empty() && columns.len() % 2 == 0).then_some(Self { from, to, pairs })
    }

    /// Whether all that it names is there.
    pub(super) fn resolves(&self, diagram: &Diagram) -> bool {
        let (from, to) = (diagram.table(self.from), diagram.table(self.to));
        from.zip(to).is_some_and(|(from, to)| {
            let mut pairs = self.pairs.iter();
            pairs.all(|(one, other)| from.column(*one).is_some() && to.column(*other).is_some())
        })
    }

    /// Whether the ref is that foreign key.
    pub(super) fn is_of(&self, reference: &Ref) -> bool {
        reference.foreign_key().is_some_and(|(from, to, pairs)| {
            let is_same = pairs.len() == self.pairs.len();
            from == self.from
                && to == self.to
                && is_same
                && pairs.iter().all(|it| self.pairs.contains(it))
        })
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.from, self.to)?;
        self.pairs.iter().try_for_each(|(one, other)| write!(f, ".{one}.{other}"))
    }
}
