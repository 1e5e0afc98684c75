//! Writing in a draft. Nothing here is judged: whatever can be typed can be held.

use std::sync::Arc;

use smol_str::SmolStr;

use super::{Parts, Pending, RefSketch, Taken};
use crate::{
    Check, CheckId, CheckPatch, Column, ColumnId, ColumnPatch, Dismissal, DismissalId, Index,
    IndexId, IndexPart, IndexPatch, PrimaryKey, RefId, Side, Table, TableHead, TablePatch,
    Uniqueness,
    apply::{Listed, cells_without, insert},
};

/// Writes one step of a draft.
pub struct Pen<'a> {
    pub(super) base: &'a Parts,
    pub(super) now: &'a mut Pending,
}

/// Steps on one of the lists of the table: add, set, move, drop and take back.
macro_rules! list {
    ($list:ident, $entity:ident, $id:ident, $patch:ident, $add:ident, $set:ident, $relocate:ident) => {
        #[doc = concat!("Adds one after another, first after none. See [`", stringify!($entity), "`].")]
        pub fn $add(&mut self, item: $entity, after: Option<$id>) {
            insert(&mut self.table_mut().$list, item, after);
        }

        /// Sets fields; nothing happens to what is not there.
        pub fn $set(&mut self, id: $id, patch: $patch) {
            if let Some(item) = self.table_mut().$list.iter_mut().find(|it| it.id == id) {
                patch.apply(item);
            }
        }

        /// Puts it after another one, first after none.
        pub fn $relocate(&mut self, id: $id, after: Option<$id>) {
            let list = &mut self.table_mut().$list;
            if after == Some(id) {
                return;
            }
            if let Some(at) = list.iter().position(|it| it.id == id) {
                let item = list.remove(at);
                insert(list, item, after);
            }
        }
    };
}

impl Pen<'_> {
    /// The table as it stands.
    pub fn table(&self) -> &Table {
        &self.now.table
    }

    /// Sets fields of the table itself. The primary key has its own methods.
    pub fn set_table(&mut self, patch: TablePatch) {
        patch.apply(self.head_mut());
    }

    list!(columns, Column, ColumnId, ColumnPatch, add_column, set_column, move_column);
    list!(indexes, Index, IndexId, IndexPatch, add_index, set_index, move_index);
    list!(checks, Check, CheckId, CheckPatch, add_check, set_check, move_check);

    /// Drops a column with what is built on it: refs on either side, indexes, checks that were
    /// written at it, the primary key that it is part of.
    pub fn drop_column(&mut self, id: ColumnId) {
        let table = Arc::clone(&self.now.table);
        if table.column(id).is_none() {
            return;
        }
        let refs = self.now.refs.values().filter(|it| it.mentions(table.id, id));
        let refs: Vec<RefSketch> = refs.map(|it| RefSketch::clone(it)).collect();
        for reference in &refs {
            self.now.refs.remove(&reference.id);
        }
        let is_built_on = |it: &Check| it.column == Some(id);
        let taken = Taken {
            indexes: table.indexes.iter().filter(|it| it.mentions(id)).cloned().collect(),
            checks: table.checks.iter().filter(|it| is_built_on(it)).cloned().collect(),
            primary_key: table.primary_key.clone().filter(|it| it.columns.contains(&id)),
            refs,
        };
        let over = self.now.dismissals.values().filter(|it| it.mentions(table.id, id));
        for dismissal in over.map(|it| it.id).collect::<Vec<_>>() {
            self.now.dismissals.remove(&dismissal);
        }
        let owner = self.table_mut();
        owner.columns.retain(|it| it.id != id);
        owner.indexes.retain(|it| !it.mentions(id));
        owner.checks.retain(|it| !is_built_on(it));
        if taken.primary_key.is_some() {
            owner.primary_key = None;
        }
        if let Some(records) = cells_without(owner.records.as_deref(), id) {
            owner.records = records;
        }
        if self.base_column(id).is_some() {
            self.now.taken.insert(id, Arc::new(taken));
        }
    }

    /// Takes the drop of a column back, with what went along and fits still.
    pub fn restore_column(&mut self, id: ColumnId) {
        let base = self.base;
        let Some(table) = base.table.as_deref() else { return };
        let Some(column) = table.column(id).filter(|_| self.table().column(id).is_none()) else {
            return;
        };
        put_back(&mut self.table_mut().columns, &table.columns, column.clone());
        // Sample rows are not edited here: they are those of the base as far as columns are there.
        let records = records_of(table, self.table());
        self.head_mut().records = records;
        let along = base.dismissals.iter().filter(|(_, it)| it.mentions(table.id, id));
        for (id, dismissal) in along {
            let owns = |at, column| at != table.id || self.now.table.column(column).is_some();
            let Dismissal { from, to, columns, .. } = &**dismissal;
            if columns.iter().all(|(one, other)| owns(*from, one) && owns(*to, other)) {
                self.now.dismissals.insert(*id, Arc::clone(dismissal));
            }
        }
        if let Some(taken) = self.now.taken.remove(&id) {
            self.put_back_taken(Arc::unwrap_or_clone(taken));
        }
    }

    /// Puts back what went along with a column. What stands on another dropped column as well
    /// waits for that one.
    fn put_back_taken(&mut self, taken: Taken) {
        let base = self.base;
        let Some(table) = base.table.as_deref() else { return };
        for index in taken.indexes {
            if let Some(waiting) = self.waits(index.columns().chain(index.include.iter().copied()))
            {
                waiting.indexes.push(index);
            } else if self.table().index(index.id).is_none() {
                put_back(&mut self.table_mut().indexes, &table.indexes, index);
            }
        }
        for check in taken.checks {
            if self.table().check(check.id).is_none() {
                put_back(&mut self.table_mut().checks, &table.checks, check);
            }
        }
        if let Some(key) = taken.primary_key {
            if let Some(waiting) = self.waits(key.columns.iter().copied()) {
                waiting.primary_key = Some(key);
            } else if self.table().primary_key.is_none() {
                self.head_mut().primary_key = Some(key);
            }
        }
        for reference in taken.refs {
            let own = [Side::From, Side::To].into_iter();
            let own = own.filter(|it| reference.table(*it) == Some(table.id));
            let columns: Vec<ColumnId> = own.flat_map(|it| reference.side_columns(it)).collect();
            if let Some(waiting) = self.waits(columns.into_iter()) {
                waiting.refs.push(reference);
            } else if !self.now.refs.contains_key(&reference.id) {
                self.now.refs.insert(reference.id, Arc::new(reference));
            }
        }
    }

    /// What goes back together with the first of those columns that is dropped; none if all are
    /// there.
    fn waits(&mut self, mut columns: impl Iterator<Item = ColumnId>) -> Option<&mut Taken> {
        let table = &self.now.table;
        let missing = columns.find(|it| table.column(*it).is_none())?;
        Some(Arc::make_mut(self.now.taken.entry(missing).or_default()))
    }

    /// Sets the columns of the primary key in its order; none removes it.
    pub fn set_primary(&mut self, columns: Vec<ColumnId>) {
        let base = self.base.table.as_deref().and_then(|it| it.primary_key.as_ref());
        let key = self.table().primary_key.as_ref().or(base);
        let name: Option<SmolStr> = key.and_then(|it| it.name.clone());
        let key = (!columns.is_empty()).then_some(PrimaryKey { name, columns });
        self.head_mut().primary_key = key;
    }

    /// Puts a column into the primary key, or takes it out. A key that holds again what it held
    /// in the base has the order that it had there.
    pub fn set_primary_of(&mut self, id: ColumnId, is_primary: bool) {
        let mut columns = self.table().primary_columns().to_vec();
        if columns.contains(&id) == is_primary {
            return;
        }
        if is_primary {
            columns.push(id);
        } else {
            columns.retain(|it| *it != id);
        }
        let old = self.base.table.as_deref().map_or(&[][..], Table::primary_columns);
        if old.len() == columns.len() && old.iter().all(|it| columns.contains(it)) {
            columns = old.to_vec();
        }
        self.set_primary(columns);
    }

    /// Makes one column unique by itself, or lets it repeat. A constraint of the base that was
    /// dropped is taken back rather than made anew; a new one gets the id `fresh`.
    pub fn set_unique(&mut self, column: ColumnId, is_unique: bool, fresh: IndexId) {
        if !is_unique {
            self.table_mut().indexes.retain(|it| !is_alone(it, column));
            return;
        }
        if self.table().indexes.iter().any(|it| is_alone(it, column)) {
            return;
        }
        let base = self.base;
        let known = base
            .table
            .iter()
            .flat_map(|it| &it.indexes)
            .find(|it| is_alone(it, column) && self.table().index(it.id).is_none());
        if let Some(known) = known {
            self.restore_index(known.id);
            return;
        }
        let after = self.table().indexes.last().map(|it| it.id);
        let parts = vec![IndexPart::column(column)];
        self.add_index(Index::new(fresh, Uniqueness::Constraint, parts), after);
    }

    /// Drops an index or unique constraint.
    pub fn drop_index(&mut self, id: IndexId) {
        self.table_mut().indexes.retain(|it| it.id != id);
    }

    /// Takes the drop of an index back, with the columns that it needs.
    pub fn restore_index(&mut self, id: IndexId) {
        let base = self.base;
        let Some(table) = base.table.as_deref() else { return };
        let Some(index) = table.index(id) else { return };
        self.restore_columns(index.columns().chain(index.include.iter().copied()));
        if self.table().index(id).is_none() {
            put_back(&mut self.table_mut().indexes, &table.indexes, index.clone());
        }
    }

    /// Takes the drops of those columns back that are dropped.
    fn restore_columns(&mut self, columns: impl Iterator<Item = ColumnId>) {
        for column in columns {
            self.restore_column(column);
        }
    }

    /// Drops a check.
    pub fn drop_check(&mut self, id: CheckId) {
        self.table_mut().checks.retain(|it| it.id != id);
    }

    /// Takes the drop of a check back, with the column that it stands at.
    pub fn restore_check(&mut self, id: CheckId) {
        let base = self.base;
        let Some(table) = base.table.as_deref() else { return };
        let Some(check) = table.check(id) else { return };
        self.restore_columns(check.column.into_iter());
        if self.table().check(id).is_none() {
            put_back(&mut self.table_mut().checks, &table.checks, check.clone());
        }
    }

    /// Adds a foreign key, or puts another in the place of the one of that id.
    pub fn put_ref(&mut self, sketch: RefSketch) {
        self.now.refs.insert(sketch.id, Arc::new(sketch));
    }

    /// Drops a foreign key.
    pub fn drop_ref(&mut self, id: RefId) {
        self.now.refs.remove(&id);
    }

    /// Takes the drop, or whatever was done to a foreign key of the base, back, with the columns of
    /// this table that it needs.
    pub fn restore_ref(&mut self, id: RefId) {
        let base = self.base;
        let Some(sketch) = base.refs.get(&id) else { return };
        for side in [Side::From, Side::To] {
            if sketch.table(side) == Some(self.table().id) {
                self.restore_columns(sketch.side_columns(side));
            }
        }
        self.now.refs.insert(id, Arc::clone(sketch));
    }

    /// Has a foreign key of this table not suggested any more.
    pub fn dismiss(&mut self, dismissal: Dismissal) {
        self.now.dismissals.insert(dismissal.id, Arc::new(dismissal));
    }

    /// Lets it be suggested again.
    pub fn restore_suggestion(&mut self, id: DismissalId) {
        self.now.dismissals.remove(&id);
    }

    fn base_column(&self, id: ColumnId) -> Option<&Column> {
        self.base.table.as_ref()?.column(id)
    }

    pub(super) fn table_mut(&mut self) -> &mut Table {
        Arc::make_mut(&mut self.now.table)
    }

    pub(super) fn head_mut(&mut self) -> &mut TableHead {
        &mut self.table_mut().head
    }
}

/// Whether an index makes that one column unique by itself.
pub(super) fn is_alone(index: &Index, column: ColumnId) -> bool {
    index.uniqueness != Uniqueness::None
        && index.predicate.is_none()
        && index.parts.len() == 1
        && index.columns().eq([column])
}

/// Puts an element of the base back after the nearest one before it that is there.
pub(super) fn put_back<T: Listed>(list: &mut Vec<T>, base: &[T], item: T) {
    let at = base.iter().position(|it| it.id() == item.id());
    let earlier = base[..at.unwrap_or(base.len())].iter().rev();
    let after = earlier.map(Listed::id).find(|id| list.iter().any(|it| it.id() == *id));
    match (at, after) {
        (None, _) => list.push(item),
        (Some(_), after) => insert(list, item, after),
    }
}

/// The sample rows of `base` without the cells of columns that `table` lacks.
pub(super) fn records_of(base: &Table, table: &Table) -> Option<Arc<Vec<crate::Records>>> {
    let mut records = base.records.clone();
    for column in &base.columns {
        if table.column(column.id).is_none()
            && let Some(left) = cells_without(records.as_deref(), column.id)
        {
            records = left;
        }
    }
    records
}
