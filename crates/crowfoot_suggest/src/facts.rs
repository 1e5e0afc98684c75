//! What names, keys and indexes say about one table, read once and asked often.

use std::{ops::Deref, sync::Arc};

use crowfoot_schema::{Column, ColumnId, DefaultValue, Table, TableId, Uniqueness};
use smol_str::SmolStr;

use crate::{
    kind::Kind,
    name::{ColumnName, ColumnReader, name_bit},
    vocabulary::Words,
};

/// A table as the engine sees it.
#[derive(Clone, Debug)]
pub(crate) struct TableFacts {
    pub(crate) id: TableId,
    pub(crate) name: SmolStr,
    pub(crate) schema: Option<SmolStr>,
    /// The words of its name in the singular.
    pub(crate) words: Words,
    /// How many of them begin the names of several tables: they say where the table belongs and not
    /// what it is.
    pub(crate) n_prefix: usize,
    /// The first word of its name that is not on most tables: those that have it belong together.
    pub(crate) module: Option<SmolStr>,
    pub(crate) columns: Vec<ColumnFacts>,
    /// What names a row: the primary key first, then unique constraints and indexes.
    pub(crate) keys: Vec<KeyFacts>,
    /// The columns of the primary key.
    pub(crate) primary: Vec<usize>,
    /// How many columns only tables of those who act have.
    pub(crate) n_personal: usize,
    /// A bit for each name of a column: two tables without a bit in common share no name.
    pub(crate) name_bits: u64,
    /// The same for the words of its name.
    pub(crate) word_bits: u64,
}

/// Columns that name a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct KeyFacts {
    /// Places in [`TableFacts::columns`].
    pub(crate) columns: Vec<usize>,
    pub(crate) standing: Standing,
    pub(crate) naming: Naming,
}

/// What the name of a key of one column says among those of all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Naming {
    /// How many tables have a key of that name.
    pub(crate) n_tables: u32,
    /// It has the name of its table.
    pub(crate) is_of_table: bool,
    /// It has the name of another one.
    pub(crate) is_of_other: bool,
}

impl KeyFacts {
    fn new(columns: Vec<usize>, standing: Standing) -> Self {
        Self { columns, standing, naming: Naming::default() }
    }
}

/// How a key is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Standing {
    Primary,
    Unique,
    /// The table declares no key, and this column looks like one.
    Assumed,
}

/// A column as the engine sees it.
#[derive(Clone, Debug)]
pub(crate) struct ColumnFacts {
    pub(crate) id: ColumnId,
    called: Arc<ColumnName>,
    pub(crate) kind: Kind,
    /// The text of the type in small letters without blanks; empty for an enum.
    pub(crate) type_text: SmolStr,
    pub(crate) is_not_null: bool,
    pub(crate) is_primary: bool,
    /// It alone is the primary key.
    pub(crate) is_sole_primary: bool,
    /// It alone is unique, apart from the primary key.
    pub(crate) is_unique: bool,
    pub(crate) index: Indexed,
    /// The names of the indexes on it alone. Their words are read when they are asked for: few are.
    pub(crate) index_names: Vec<SmolStr>,
    /// It counts up or is computed.
    pub(crate) is_generated: bool,
    pub(crate) has_default: bool,
    pub(crate) note_words: Words,
}

/// A column has all that its name says.
impl Deref for ColumnFacts {
    type Target = ColumnName;

    fn deref(&self) -> &ColumnName {
        &self.called
    }
}

/// How a column is indexed, apart from keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Indexed {
    No,
    /// An index of several columns begins with it.
    First,
    /// An index of its own.
    Alone,
}

impl TableFacts {
    /// Reads a table; `words` gives the words of a name.
    pub(crate) fn new(
        table: &Table,
        reader: &mut ColumnReader,
        words: &mut dyn FnMut(&str) -> Words,
    ) -> Self {
        let names = reader.names(&table.columns, words);
        let n_personal = names.iter().filter(|it| it.is_personal).count();
        let name_bits = names.iter().fold(0, |bits, it| bits | it.bit);
        let mut columns: Vec<ColumnFacts> = Vec::with_capacity(names.len());
        for (column, name) in table.columns.iter().zip(names) {
            columns.push(ColumnFacts::new(column, name, reader.kind(column), words));
        }
        let primary: Vec<usize> = places(table, table.primary_columns().iter().copied());
        for &at in &primary {
            columns[at].is_primary = true;
            columns[at].is_sole_primary = primary.len() == 1;
        }
        let own_words = words(&table.name);
        let mut facts = Self {
            id: table.id,
            name: table.name.clone(),
            schema: table.schema.clone(),
            word_bits: own_words.iter().fold(0, |bits, it| bits | name_bit(it)),
            words: own_words,
            n_prefix: 0,
            module: None,
            columns,
            keys: Vec::new(),
            primary,
            n_personal,
            name_bits,
        };
        facts.read_keys(table);
        facts
    }

    fn read_keys(&mut self, table: &Table) {
        let mut keys = Vec::new();
        if !self.primary.is_empty() {
            keys.push(KeyFacts::new(self.primary.clone(), Standing::Primary));
        }
        for index in &table.indexes {
            let columns = places(table, index.columns());
            let Some(&first) = columns.first() else { continue };
            let is_whole = columns.len() == index.parts.len() && index.predicate.is_none();
            if index.uniqueness != Uniqueness::None && is_whole {
                if let ([only], true) = (columns.as_slice(), columns != self.primary) {
                    self.columns[*only].is_unique = true;
                }
                if columns.len() > 1 {
                    let fact = &mut self.columns[first].index;
                    *fact = (*fact).max(Indexed::First);
                }
                if keys.iter().all(|it: &KeyFacts| !is_same_set(&it.columns, &columns)) {
                    keys.push(KeyFacts::new(columns, Standing::Unique));
                }
                continue;
            }
            let fact = &mut self.columns[first];
            let indexed = if columns.len() == 1 { Indexed::Alone } else { Indexed::First };
            fact.index = fact.index.max(indexed);
            if let (Some(name), 1) = (&index.name, columns.len()) {
                fact.index_names.push(name.clone());
            }
        }
        if keys.is_empty() {
            keys.extend(self.assumed_key());
        }
        self.keys = keys;
    }

    /// What is probably the key of a table that declares none: `id`, or its own name with `id`, in
    /// the first place.
    fn assumed_key(&self) -> Option<KeyFacts> {
        let first = self.columns.first()?;
        let (last, stem) = first.words.split_last()?;
        let is_own = stem.is_empty() || stem.concat() == self.words.concat();
        let is_key = last == "id" && is_own && first.kind.fits(first.kind);
        is_key.then(|| KeyFacts::new(vec![0], Standing::Assumed))
    }

    /// The words of its name without the prefix.
    pub(crate) fn meant_words(&self) -> &[SmolStr] {
        &self.words[self.n_prefix.min(self.words.len())..]
    }

    /// Whether all words of the other's name stand in its own, which has more of them.
    pub(crate) fn is_named_after(&self, other: &Self) -> bool {
        let words = &other.words;
        other.word_bits & !self.word_bits == 0
            && !words.is_empty()
            && words.len() < self.words.len()
            && words.iter().all(|it| self.words.contains(it))
    }

    /// Where the column of that id stands.
    pub(crate) fn column_at(&self, id: ColumnId) -> Option<usize> {
        self.columns.iter().position(|it| it.id == id)
    }
}

impl ColumnFacts {
    fn new(
        column: &Column,
        called: Arc<ColumnName>,
        (kind, type_text): (Kind, SmolStr),
        words: &mut dyn FnMut(&str) -> Words,
    ) -> Self {
        Self {
            id: column.id,
            called,
            kind,
            type_text,
            is_not_null: column.not_null,
            is_primary: false,
            is_sole_primary: false,
            is_unique: false,
            index: Indexed::No,
            index_names: Vec::new(),
            is_generated: column.increment.is_some() || column.generated.is_some(),
            has_default: !matches!(column.default, None | Some(DefaultValue::Null)),
            note_words: column.note.as_deref().map_or_else(Words::new, words),
        }
    }

    /// Whether the column could hold a key of another table at all.
    pub(crate) fn can_refer(&self) -> bool {
        !self.is_generated && !matches!(self.kind, Kind::Other | Kind::Bool | Kind::Decimal)
    }
}

fn places(table: &Table, columns: impl Iterator<Item = ColumnId>) -> Vec<usize> {
    columns.filter_map(|id| table.columns.iter().position(|it| it.id == id)).collect()
}

fn is_same_set(one: &[usize], other: &[usize]) -> bool {
    one.len() == other.len() && other.iter().all(|it| one.contains(it))
}
