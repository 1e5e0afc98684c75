//! What it takes to add an imported diagram to one that exists.
//!
//! What both have by name stays as it is: a table is skipped and told, an enum or a group is used
//! as the one that is there. Refs of new tables to tables that exist are attached by column name.

use std::collections::{BTreeMap, BTreeSet};

use crowfoot_schema::{
    Change, ColumnId, ColumnPairs, ColumnType, Diagram, EnumId, Extra, GroupId, PartialId, Point,
    Ref, SettingsPatch, Table, TableId,
};
use serde::Serialize;

/// A table of an import that was left out, since there is one of that name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SkippedTable {
    pub schema: Option<String>,
    pub name: String,
}

/// The changes that add an import, and what of it is left out.
#[derive(Debug)]
pub(crate) struct Merge {
    pub(crate) changes: Vec<Change>,
    pub(crate) skipped: Vec<SkippedTable>,
    /// Refs that were left out, as people name them.
    pub(crate) lost_refs: Vec<String>,
}

/// Adds `import`, all tables of which have places, to `diagram`.
pub(crate) fn merge(diagram: &Diagram, import: &Diagram) -> Merge {
    let mut merge = Merge { changes: Vec::new(), skipped: Vec::new(), lost_refs: Vec::new() };
    let known = Known::of(diagram, import);

    merge.changes.extend(added_options(diagram, import));
    for item in import.enums().filter(|it| !known.enums.contains_key(&it.head.id)) {
        merge.changes.push(Change::CreateEnum { item: item.clone() });
    }
    for group in import.groups().filter(|it| !known.groups.contains_key(&it.id)) {
        merge.changes.push(Change::CreateGroup { group: group.clone() });
    }
    for partial in import.partials().filter(|it| !known.partials.contains_key(&it.id)) {
        merge.changes.push(Change::CreatePartial { partial: Box::new(partial.clone()) });
    }

    let shift = free_place(diagram, import);
    for table in import.tables() {
        if known.tables.contains_key(&table.id) {
            merge.skipped.push(SkippedTable {
                schema: table.schema.as_ref().map(ToString::to_string),
                name: table.name.to_string(),
            });
            continue;
        }
        let table = Box::new(known.attach(table, shift));
        merge.changes.push(Change::CreateTable { table });
    }
    for reference in import.refs() {
        // What is between tables that exist is theirs to say.
        let sides = [reference.from, reference.to];
        if sides.iter().all(|it| known.tables.contains_key(it)) {
            continue;
        }
        match known.reattach(reference) {
            Some(reference) => {
                merge.changes.push(Change::CreateRef { reference: Box::new(reference) });
            }
            None => merge.lost_refs.push(describe(import, reference)),
        }
    }
    for note in import.notes() {
        let mut note = note.clone();
        note.position = note.position.map(|it| moved(it, shift));
        merge.changes.push(Change::CreateNote { note });
    }
    merge
}

/// The domains and the like that an import brings and the diagram has none of the same name of.
fn added_options(diagram: &Diagram, import: &Diagram) -> Option<Change> {
    let name =
        |it: &Extra| it.value.as_deref().and_then(|it| it.split(" AS ").next()).map(str::to_owned);
    let mut options = diagram.settings().options.clone();
    let names: BTreeSet<_> = options.iter().map(name).collect();
    let new = import.settings().options.iter().filter(|it| !names.contains(&name(it)));
    options.extend(new.cloned());
    let is_changed = options.len() > diagram.settings().options.len();
    let patch = SettingsPatch { options: Some(options), ..SettingsPatch::default() };
    is_changed.then_some(Change::UpdateSettings { patch })
}

/// What of an import exists already, by name.
struct Known {
    tables: BTreeMap<TableId, TableId>,
    /// For columns of those tables, where a column of that name exists.
    columns: BTreeMap<ColumnId, Option<ColumnId>>,
    enums: BTreeMap<EnumId, EnumId>,
    groups: BTreeMap<GroupId, GroupId>,
    partials: BTreeMap<PartialId, PartialId>,
}

impl Known {
    fn of(diagram: &Diagram, import: &Diagram) -> Self {
        let mut known = Self {
            tables: BTreeMap::new(),
            columns: BTreeMap::new(),
            enums: BTreeMap::new(),
            groups: BTreeMap::new(),
            partials: BTreeMap::new(),
        };
        for table in import.tables() {
            let Some(there) = diagram.table_named(table.schema.as_deref(), &table.name) else {
                continue;
            };
            known.tables.insert(table.id, there.id);
            for column in &table.columns {
                let same = there.column_named(&column.name).map(|it| it.id);
                known.columns.insert(column.id, same);
            }
        }
        for item in import.enums() {
            let there = diagram.enum_named(item.head.schema.as_deref(), &item.head.name);
            known.enums.extend(there.map(|it| (item.head.id, it.head.id)));
        }
        for group in import.groups() {
            let there = diagram.groups().find(|it| it.name == group.name);
            known.groups.extend(there.map(|it| (group.id, it.id)));
        }
        for partial in import.partials() {
            let there = diagram.partials().find(|it| it.name == partial.name);
            known.partials.extend(there.map(|it| (partial.id, it.id)));
        }
        known
    }

    /// A new table with its enums, group and partials replaced by those that exist.
    fn attach(&self, table: &Table, shift: Point) -> Table {
        let mut table = table.clone();
        table.position = table.position.map(|it| moved(it, shift));
        table.group = table.group.map(|it| self.groups.get(&it).copied().unwrap_or(it));
        for column in &mut table.columns {
            if let ColumnType::Enum { id, .. } = &mut column.ty {
                *id = self.enums.get(id).copied().unwrap_or(*id);
            }
            column.partial = column.partial.map(|it| self.partials.get(&it).copied().unwrap_or(it));
        }
        table
    }

    /// A ref with its tables and columns replaced by those that exist; none when one is missing.
    fn reattach(&self, reference: &Ref) -> Option<Ref> {
        let column = |id: ColumnId| self.columns.get(&id).copied().unwrap_or(Some(id));
        let pairs = reference
            .columns
            .iter()
            .map(|(from, to)| Some((column(from)?, column(to)?)))
            .collect::<Option<Vec<_>>>()?;
        let mut reference = reference.clone();
        let table = |id: TableId| self.tables.get(&id).copied().unwrap_or(id);
        (reference.from, reference.to) = (table(reference.from), table(reference.to));
        reference.columns = ColumnPairs::new(pairs).ok()?;
        Some(reference)
    }
}

fn describe(diagram: &Diagram, reference: &Ref) -> String {
    let name = |id| diagram.table(id).map_or("", |it| it.name.as_str());
    format!("{} > {}", name(reference.from), name(reference.to))
}

/// How wide a table may be, for the gap between what is there and what is added.
const GAP: i32 = 480;

/// By how much to move an import so that it stands right of what is there.
fn free_place(diagram: &Diagram, import: &Diagram) -> Point {
    let places =
        |it: &Diagram| -> Vec<Point> { it.tables().filter_map(|it| it.position).collect() };
    let (there, new) = (places(diagram), places(import));
    let right = there.iter().map(|it| it.x).max();
    let top = there.iter().map(|it| it.y).min();
    let (Some(right), Some(top)) = (right, top) else { return Point::default() };
    let left = new.iter().map(|it| it.x).min().unwrap_or(0);
    let first = new.iter().map(|it| it.y).min().unwrap_or(0);
    Point { x: right.saturating_add(GAP).saturating_sub(left), y: top.saturating_sub(first) }
}

fn moved(point: Point, by: Point) -> Point {
    Point { x: point.x.saturating_add(by.x), y: point.y.saturating_add(by.y) }
}
