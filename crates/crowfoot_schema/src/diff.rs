//! Diff: the changes that turn one diagram into another.
//!
//! Entities are matched by their ids. What a delete takes along by itself is not written out, and
//! lists are put in order with as few moves as can be (a longest increasing subsequence stays).
//! Everything is created and updated first and deleted last, so that no delete takes along what the
//! newer diagram still has.

use std::{collections::BTreeSet, sync::Arc};

use imbl::{OrdMap, ordmap::DiffItem};
use smol_str::SmolStr;

use crate::{
    Change, ChangeSet, CheckPatch, Column, ColumnId, ColumnPatch, ColumnType, Diagram, Dismissal,
    Enum, EnumId, EnumPatch, EnumValuePatch, GroupId, GroupPatch, Index, IndexPatch, NoteId,
    NotePatch, Partial, PartialId, PartialPatch, Placed, Ref, RefPatch, SettingsPatch, Shown,
    Table, TableId, TablePatch, View, ViewPatch,
    apply::{Listed, cells_without},
};

/// The change-set that makes `new` of `old`: empty if they are equal.
///
/// Cost follows what differs when one diagram was made from the other by changes.
pub fn diff(old: &Diagram, new: &Diagram) -> ChangeSet {
    let gone = Gone {
        tables: gone(&old.tables, &new.tables),
        enums: gone(&old.enums, &new.enums),
        groups: gone(&old.groups, &new.groups),
        notes: gone(&old.notes, &new.notes),
        partials: gone(&old.partials, &new.partials),
    };
    let mut diff = Diff { old, gone, gone_columns: BTreeSet::new(), changes: Vec::new() };
    diff.run(new);
    ChangeSet::new("", diff.changes)
}

/// What the newer diagram does not have any more.
struct Gone {
    tables: BTreeSet<TableId>,
    enums: BTreeSet<EnumId>,
    groups: BTreeSet<GroupId>,
    notes: BTreeSet<NoteId>,
    partials: BTreeSet<PartialId>,
}

struct Diff<'a> {
    old: &'a Diagram,
    gone: Gone,
    /// Columns that go from tables that stay.
    gone_columns: BTreeSet<(TableId, ColumnId)>,
    changes: Vec<Change>,
}

type Entities<Id, T> = OrdMap<Id, Arc<T>>;

/// The ids that only `old` has.
fn gone<Id: Ord + Copy, T: PartialEq>(
    old: &Entities<Id, T>,
    new: &Entities<Id, T>,
) -> BTreeSet<Id> {
    old.diff(new)
        .filter_map(|it| match it {
            DiffItem::Remove(id, _) => Some(*id),
            DiffItem::Add(..) | DiffItem::Update { .. } => None,
        })
        .collect()
}

/// What is in both and differs, and what only `new` has (then without an old one).
fn differing<'a, Id: Ord + Copy, T: PartialEq>(
    old: &'a Entities<Id, T>,
    new: &'a Entities<Id, T>,
) -> Vec<(Option<&'a T>, &'a T)> {
    let mut found: Vec<(Id, Option<&T>, &T)> = old
        .diff(new)
        .filter_map(|it| match it {
            DiffItem::Add(id, new) => Some((*id, None, &**new)),
            DiffItem::Update { old: (_, old), new: (id, new) } => Some((*id, Some(&**old), &**new)),
            DiffItem::Remove(..) => None,
        })
        .collect();
    found.sort_by_key(|(id, ..)| *id);
    found.into_iter().map(|(_, old, new)| (old, new)).collect()
}

impl Diff<'_> {
    fn run(&mut self, new: &Diagram) {
        let old = self.old;
        let patch = SettingsPatch::between(&old.settings, &new.settings);
        if !patch.is_empty() {
            self.changes.push(Change::UpdateSettings { patch });
        }
        for (was, item) in differing(&old.enums, &new.enums) {
            self.enumeration(was, item);
        }
        for (was, group) in differing(&old.groups, &new.groups) {
            let Some(was) = was else {
                self.changes.push(Change::CreateGroup { group: group.clone() });
                continue;
            };
            let patch = GroupPatch::between(was, group);
            self.changes.push(Change::UpdateGroup { id: group.id, patch });
        }
        for (was, note) in differing(&old.notes, &new.notes) {
            let Some(was) = was else {
                self.changes.push(Change::CreateNote { note: note.clone() });
                continue;
            };
            let patch = NotePatch::between(was, note);
            self.changes.push(Change::UpdateNote { id: note.id, patch });
        }
        for (was, partial) in differing(&old.partials, &new.partials) {
            self.partial(was, partial);
        }

        let mut deletes = Vec::new();
        for (was, table) in differing(&old.tables, &new.tables) {
            match was {
                Some(was) => self.table(was, table, &mut deletes),
                None => {
                    self.changes.push(Change::CreateTable { table: Box::new(table.clone()) });
                }
            }
        }
        for (was, reference) in differing(&old.refs, &new.refs) {
            let Some(was) = was else {
                let reference = Box::new(reference.clone());
                self.changes.push(Change::CreateRef { reference });
                continue;
            };
            let patch = Box::new(RefPatch::between(was, reference));
            self.changes.push(Change::UpdateRef { id: reference.id, patch });
        }
        for (was, view) in differing(&old.views, &new.views) {
            self.view(was, view);
        }
        for (was, dismissal) in differing(&old.dismissals, &new.dismissals) {
            if was.is_some() {
                self.changes.push(Change::RestoreSuggestion { id: dismissal.id });
            }
            let dismissal = dismissal.clone();
            self.changes.push(Change::DismissSuggestion { dismissal });
        }

        self.changes
            .extend(gone(&old.views, &new.views).into_iter().map(|id| Change::DeleteView { id }));
        for id in gone(&old.refs, &new.refs) {
            if !old.reference(id).is_some_and(|it| self.goes_along(it)) {
                self.changes.push(Change::DeleteRef { id });
            }
        }
        for id in gone(&old.dismissals, &new.dismissals) {
            if !old.dismissal(id).is_some_and(|it| self.is_over(it)) {
                self.changes.push(Change::RestoreSuggestion { id });
            }
        }
        self.changes.append(&mut deletes);
        let gone = &self.gone;
        self.changes.extend(gone.tables.iter().map(|id| Change::DeleteTable { id: *id }));
        self.changes.extend(gone.notes.iter().map(|id| Change::DeleteNote { id: *id }));
        self.changes.extend(gone.groups.iter().map(|id| Change::DeleteGroup { id: *id }));
        self.changes.extend(gone.partials.iter().map(|id| Change::DeletePartial { id: *id }));
        self.changes.extend(gone.enums.iter().map(|id| Change::DeleteEnum { id: *id }));
    }

    /// Whether the ref goes because a table or column of it goes.
    fn goes_along(&self, reference: &Ref) -> bool {
        self.gone.tables.contains(&reference.from)
            || self.gone.tables.contains(&reference.to)
            || reference.columns.iter().any(|(from, to)| {
                self.gone_columns.contains(&(reference.from, from))
                    || self.gone_columns.contains(&(reference.to, to))
            })
    }

    /// Whether the dismissed suggestion goes because a table or column of it goes.
    fn is_over(&self, dismissal: &Dismissal) -> bool {
        let Dismissal { from, to, columns, .. } = dismissal;
        let goes = |table: &TableId, column| {
            self.gone.tables.contains(table) || self.gone_columns.contains(&(*table, column))
        };
        columns.iter().any(|(one, other)| goes(from, one) || goes(to, other))
    }

    fn enumeration(&mut self, old: Option<&Enum>, new: &Enum) {
        let Some(old) = old else {
            self.changes.push(Change::CreateEnum { item: new.clone() });
            return;
        };
        let id = new.id;
        let patch = EnumPatch::between(&old.head, &new.head);
        if !patch.is_empty() {
            self.changes.push(Change::UpdateEnum { id, patch });
        }
        for edit in edits(&old.values, &new.values) {
            self.changes.push(match edit {
                Edit::Create { item, after } => {
                    Change::CreateEnumValue { id, value: item.clone(), after }
                }
                Edit::Update { old, new } => {
                    let patch = EnumValuePatch::between(old, new);
                    Change::UpdateEnumValue { id, value: new.id, patch }
                }
                Edit::Move { id: value, after } => Change::MoveEnumValue { id, value, after },
                Edit::Delete { item } => Change::DeleteEnumValue { id, value: item.id },
            });
        }
    }

    fn partial(&mut self, old: Option<&Partial>, new: &Partial) {
        let Some(old) = old else {
            self.changes.push(Change::CreatePartial { partial: Box::new(new.clone()) });
            return;
        };
        // The enums that go leave their names behind by themselves.
        let mut expected = old.clone();
        let columns = old.columns.iter().cloned();
        expected.columns = Arc::new(columns.map(|it| self.column_left_behind(it)).collect());
        let patch = PartialPatch::between(&expected, new);
        if !patch.is_empty() {
            self.changes.push(Change::UpdatePartial { id: new.id, patch: Box::new(patch) });
        }
    }

    fn view(&mut self, old: Option<&View>, new: &View) {
        let Some(old) = old else {
            self.changes.push(Change::CreateView { view: new.clone() });
            return;
        };
        let mut expected = old.clone();
        leave(&mut expected.tables, &self.gone.tables);
        leave(&mut expected.notes, &self.gone.notes);
        leave(&mut expected.groups, &self.gone.groups);
        let patch = ViewPatch::between(&expected, new);
        if !patch.is_empty() {
            self.changes.push(Change::UpdateView { id: new.id, patch });
        }
        let is_gone = |thing| match thing {
            Placed::Table(id) => self.gone.tables.contains(&id),
            Placed::Note(id) => self.gone.notes.contains(&id),
        };
        let left = old.places.things().filter(|it| new.places.get(*it).is_none() && !is_gone(*it));
        let things: Vec<Placed> = left.chain(new.places.things()).collect();
        for thing in things {
            let position = new.places.get(thing);
            if old.places.get(thing) != position {
                self.changes.push(Change::PlaceInView { id: new.id, thing, position });
            }
        }
    }

    fn table(&mut self, old: &Table, new: &Table, deletes: &mut Vec<Change>) {
        let table = new.id;
        let gone: Vec<ColumnId> =
            old.columns.iter().map(|it| it.id).filter(|it| new.column(*it).is_none()).collect();
        self.gone_columns.extend(gone.iter().map(|it| (table, *it)));

        for edit in edits(&old.columns, &new.columns) {
            match edit {
                Edit::Create { item, after } => {
                    self.changes.push(Change::CreateColumn { table, column: item.clone(), after });
                }
                Edit::Update { old, new } => {
                    let patch = ColumnPatch::between(&self.column_left_behind(old.clone()), new);
                    if !patch.is_empty() {
                        self.changes.push(Change::UpdateColumn { table, id: new.id, patch });
                    }
                }
                Edit::Move { id, after } => {
                    self.changes.push(Change::MoveColumn { table, id, after });
                }
                Edit::Delete { item } => {
                    deletes.push(Change::DeleteColumn { table, id: item.id });
                }
            }
        }

        let mut expected = old.head.clone();
        if expected.group.is_some_and(|it| self.gone.groups.contains(&it)) {
            expected.group = None;
        }
        if gone.iter().any(|it| old.is_primary(*it)) {
            expected.primary_key = None;
        }
        for column in &gone {
            if let Some(records) = cells_without(expected.records.as_deref(), *column) {
                expected.records = records;
            }
        }
        let patch = TablePatch::between(&expected, &new.head);
        if !patch.is_empty() {
            self.changes.push(Change::UpdateTable { id: table, patch });
        }

        for edit in edits(&old.indexes, &new.indexes) {
            match edit {
                Edit::Create { item, after } => {
                    self.changes.push(Change::CreateIndex { table, index: item.clone(), after });
                }
                Edit::Update { old, new } => {
                    let mut expected: Index = old.clone();
                    self.leave_partial(&mut expected.partial);
                    let patch = IndexPatch::between(&expected, new);
                    if !patch.is_empty() {
                        self.changes.push(Change::UpdateIndex { table, id: new.id, patch });
                    }
                }
                Edit::Move { id, after } => {
                    self.changes.push(Change::MoveIndex { table, id, after });
                }
                Edit::Delete { item } => {
                    if !gone.iter().any(|it| item.mentions(*it)) {
                        self.changes.push(Change::DeleteIndex { table, id: item.id });
                    }
                }
            }
        }
        for edit in edits(&old.checks, &new.checks) {
            match edit {
                Edit::Create { item, after } => {
                    self.changes.push(Change::CreateCheck { table, check: item.clone(), after });
                }
                Edit::Update { old, new } => {
                    let mut expected = old.clone();
                    self.leave_partial(&mut expected.partial);
                    let patch = CheckPatch::between(&expected, new);
                    if !patch.is_empty() {
                        self.changes.push(Change::UpdateCheck { table, id: new.id, patch });
                    }
                }
                Edit::Move { id, after } => {
                    self.changes.push(Change::MoveCheck { table, id, after });
                }
                Edit::Delete { item } => {
                    if !item.column.is_some_and(|it| gone.contains(&it)) {
                        self.changes.push(Change::DeleteCheck { table, id: item.id });
                    }
                }
            }
        }
    }

    /// A column as the deletes of enums and partials leave it.
    fn column_left_behind(&self, mut column: Column) -> Column {
        self.leave_partial(&mut column.partial);
        if let ColumnType::Enum { id, dimensions } = &column.ty
            && self.gone.enums.contains(id)
            && let Some(item) = self.old.enumeration(*id)
        {
            column.ty = item.name_as_type(*dimensions);
        }
        column
    }

    fn leave_partial(&self, partial: &mut Option<PartialId>) {
        if partial.is_some_and(|it| self.gone.partials.contains(&it)) {
            *partial = None;
        }
    }
}

fn leave<Id: Ord>(shown: &mut Shown<Id>, gone: &BTreeSet<Id>) {
    match shown {
        Shown::All => {}
        Shown::Only(list) => list.retain(|it| !gone.contains(it)),
    }
}

/// One step that turns an old list into a new one.
pub(crate) enum Edit<'a, T: Listed> {
    Create { item: &'a T, after: Option<T::Id> },
    Update { old: &'a T, new: &'a T },
    Move { id: T::Id, after: Option<T::Id> },
    Delete { item: &'a T },
}

/// The steps from `old` to `new`; deletes come last.
pub(crate) fn edits<'a, T: Listed + PartialEq>(old: &'a [T], new: &'a [T]) -> Vec<Edit<'a, T>> {
    if old == new {
        return Vec::new();
    }
    let place = |id: T::Id| old.iter().position(|it| it.id() == id);
    let places: Vec<Option<usize>> = new.iter().map(|it| place(it.id())).collect();
    let stays = longest_rise(&places);

    let mut edits = Vec::new();
    let mut after = None;
    for ((item, place), stays) in new.iter().zip(&places).zip(stays) {
        match place {
            None => edits.push(Edit::Create { item, after }),
            Some(at) => {
                if !stays {
                    edits.push(Edit::Move { id: item.id(), after });
                }
                if old[*at] != *item {
                    edits.push(Edit::Update { old: &old[*at], new: item });
                }
            }
        }
        after = Some(item.id());
    }
    let is_gone = |it: &&T| new.iter().all(|other| other.id() != it.id());
    edits.extend(old.iter().filter(is_gone).map(|item| Edit::Delete { item }));
    edits
}

/// Which elements belong to a longest strictly rising subsequence of those that are some (patience
/// sorting, Schensted 1961).
fn longest_rise(places: &[Option<usize>]) -> Vec<bool> {
    // `tops[n]` is the element that ends a rise of n + 1 elements at the lowest place.
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    for (at, place) in places.iter().enumerate() {
        let Some(place) = place else { continue };
        let pile = tops.partition_point(|top| places[*top] < Some(*place));
        before[at] = pile.checked_sub(1).map(|it| tops[it]);
        if pile == tops.len() {
            tops.push(at);
        } else {
            tops[pile] = at;
        }
    }
    let mut chosen = vec![false; places.len()];
    let mut next = tops.last().copied();
    while let Some(at) = next {
        chosen[at] = true;
        next = before[at];
    }
    chosen
}

impl Enum {
    /// The text that a column of this type keeps when the enum goes.
    pub(crate) fn name_as_type(&self, dimensions: u8) -> ColumnType {
        let brackets = "[]".repeat(usize::from(dimensions));
        let mut text = String::new();
        if let Some(schema) = &self.schema {
            text.push_str(schema);
            text.push('.');
        }
        text.push_str(&self.name);
        text.push_str(&brackets);
        ColumnType::Named(SmolStr::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::longest_rise;

    fn check(places: &[Option<usize>], expected: &[usize]) {
        let chosen = longest_rise(places);
        let at: Vec<usize> = (0..places.len()).filter(|it| chosen[*it]).collect();
        assert_eq!(at, expected);
    }

    #[test]
    fn the_longest_rise_stays() {
        check(&[], &[]);
        check(&[Some(0), Some(1), Some(2)], &[0, 1, 2]);
        check(&[Some(2), Some(0), Some(1)], &[1, 2]);
        check(&[Some(0), None, Some(3), Some(1), Some(2)], &[0, 3, 4]);
        check(&[None, None], &[]);
    }
}
