//! Random changes of every kind that fit a diagram, from a list of random numbers.

use std::sync::Arc;

use crowfoot_schema::{
    Cardinality, Cell, Change, ChangeSet, Check, CheckId, CheckPatch, Color, Column, ColumnId,
    ColumnPairs, ColumnPatch, ColumnType, DefaultValue, Deferrable, Diagram, Dialect, Dismissal,
    Enum, EnumHead, EnumId, EnumPatch, EnumValue, EnumValueId, EnumValuePatch, Extra, Generated,
    Group, GroupId, GroupPatch, IdMint, Increment, Index, IndexId, IndexPart, IndexPatch,
    IndexTarget, LineColors, Notation, Note, NoteId, NotePatch, Partial, PartialId, PartialPatch,
    Placed, Places, Point, PrimaryKey, Records, Ref, RefId, RefPatch, ReferentialAction,
    SettingsPatch, Shown, Side, Size, Table, TableId, TablePatch, Uniqueness, View, ViewId,
    ViewPatch,
};
use smol_str::SmolStr;

/// The names of tables and enums are drawn from these, so that they clash now and then.
pub(crate) const NAMES: [&str; 7] = ["users", "orders", "items", "Users", "naïve name", "a.b", "x"];
pub(crate) const SCHEMAS: [Option<&str>; 3] = [None, Some("shop"), Some("users")];

/// Random numbers; when they run out, every roll is 0.
pub(crate) struct Dice<'a> {
    rolls: &'a [u16],
}

impl<'a> Dice<'a> {
    pub(crate) fn new(rolls: &'a [u16]) -> Self {
        Self { rolls }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rolls.is_empty()
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        let Some((first, rest)) = self.rolls.split_first() else { return 0 };
        self.rolls = rest;
        usize::from(*first) % sides
    }

    pub(crate) fn chance(&mut self, one_in: usize) -> bool {
        self.roll(one_in) == 1
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.roll(from.len())].clone()) }
    }

    /// Some of them, in a random order.
    fn some<T: Clone + PartialEq>(&mut self, from: &[T]) -> Vec<T> {
        let mut picked = Vec::new();
        for _ in 0..self.roll(4) {
            if let Some(item) = self.pick(from).filter(|it| !picked.contains(it)) {
                picked.push(item);
            }
        }
        picked
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.chance(2).then(|| make(self))
    }

    fn name(&mut self) -> SmolStr {
        NAMES[self.roll(NAMES.len())].into()
    }

    fn text(&mut self) -> String {
        ["", "a note", "it's \"quoted\"\n", "`x` > 0"][self.roll(4)].to_owned()
    }

    fn color(&mut self) -> Color {
        Color::parse(["#aabbcc", "#123"][self.roll(2)]).unwrap()
    }

    fn point(&mut self) -> Point {
        Point { x: self.roll(9) as i32, y: self.roll(9) as i32 }
    }

    fn extras(&mut self) -> Vec<Extra> {
        let value = self.maybe(Self::text);
        self.maybe(|dice| Extra { key: dice.name(), value }).into_iter().collect()
    }
}

/// A change-set of one to five changes that the diagram takes.
pub(crate) fn change_set(dice: &mut Dice<'_>, diagram: &Diagram, mint: &mut IdMint) -> ChangeSet {
    let mut scratch = diagram.clone();
    let mut changes = Vec::new();
    for _ in 0..=dice.roll(5) {
        let Some(change) = change(dice, &scratch, mint) else { continue };
        let alone = ChangeSet::new("", vec![change.clone()]);
        if scratch.apply(&alone).is_ok() {
            changes.push(change);
        }
    }
    ChangeSet::new("at random", changes)
}

/// A change-set that the diagram may well refuse.
pub(crate) fn wild_change_set(
    dice: &mut Dice<'_>,
    diagram: &Diagram,
    mint: &mut IdMint,
) -> ChangeSet {
    let changes = (0..=dice.roll(5)).filter_map(|_| change(dice, diagram, mint)).collect();
    ChangeSet::new("wild", changes)
}

/// A diagram that a few change-sets made.
pub(crate) fn diagram(dice: &mut Dice<'_>, mint: &mut IdMint) -> Diagram {
    let mut diagram = Diagram::new();
    let mut changes = vec![];
    for name in ["users", "orders", "items"] {
        changes.push(Change::CreateTable { table: Box::new(table(dice, mint, name.into())) });
    }
    diagram.apply(&ChangeSet::new("", changes)).unwrap();
    for _ in 0..dice.roll(12) {
        let changes = change_set(dice, &diagram, mint);
        diagram.apply(&changes).unwrap();
    }
    diagram
}

fn table(dice: &mut Dice<'_>, mint: &mut IdMint, name: SmolStr) -> Table {
    let mut table = Table::new(mint.id(), None, name);
    for column in 0..1 + dice.roll(4) {
        let mut it = Column::new(mint.id(), format!("c{column}"), ColumnType::named("int"));
        it.not_null = dice.chance(2);
        table.columns.push(it);
    }
    let columns: Vec<ColumnId> = table.columns.iter().map(|it| it.id).collect();
    if dice.chance(2) {
        table.primary_key = primary_key(dice, &columns);
    }
    if dice.chance(3) {
        table.indexes.push(index(dice, mint, &columns));
    }
    table
}

fn primary_key(dice: &mut Dice<'_>, columns: &[ColumnId]) -> Option<PrimaryKey> {
    let columns = dice.some(columns);
    let name = dice.maybe(Dice::name);
    (!columns.is_empty()).then_some(PrimaryKey { name, columns })
}

fn parts(dice: &mut Dice<'_>, columns: &[ColumnId]) -> Vec<IndexPart> {
    let mut parts: Vec<IndexPart> = dice.some(columns).into_iter().map(IndexPart::column).collect();
    if parts.is_empty() || dice.chance(3) {
        let modifiers = dice.maybe(Dice::name);
        parts.push(IndexPart { target: IndexTarget::Expr("lower(x)".to_owned()), modifiers });
    }
    parts
}

fn index(dice: &mut Dice<'_>, mint: &mut IdMint, columns: &[ColumnId]) -> Index {
    let uniqueness = uniqueness(dice);
    let mut index = Index::new(mint.id(), uniqueness, parts(dice, columns));
    index.include = if dice.chance(3) { dice.some(columns) } else { Vec::new() };
    index.name = dice.maybe(Dice::name);
    index
}

fn uniqueness(dice: &mut Dice<'_>) -> Uniqueness {
    [Uniqueness::None, Uniqueness::Index, Uniqueness::Constraint][dice.roll(3)]
}

fn action(dice: &mut Dice<'_>) -> ReferentialAction {
    [
        ReferentialAction::NoAction,
        ReferentialAction::Restrict,
        ReferentialAction::Cascade,
        ReferentialAction::SetNull,
        ReferentialAction::SetDefault,
    ][dice.roll(5)]
}

fn column_type(dice: &mut Dice<'_>, diagram: &Diagram) -> ColumnType {
    let enums: Vec<EnumId> = diagram.enums().map(|it| it.id).collect();
    match dice.pick(&enums) {
        Some(id) if dice.chance(2) => ColumnType::Enum { id, dimensions: dice.roll(3) as u8 },
        _ => ColumnType::named(["int", "varchar(20)", ""][dice.roll(3)]),
    }
}

fn column(dice: &mut Dice<'_>, diagram: &Diagram, mint: &mut IdMint) -> Column {
    let ty = column_type(dice, diagram);
    let mut column = Column::new(mint.id(), dice.name(), ty);
    column.partial = dice.maybe(|dice| pick_partial(dice, diagram)).flatten();
    column
}

fn pick_partial(dice: &mut Dice<'_>, diagram: &Diagram) -> Option<PartialId> {
    dice.pick(&diagram.partials().map(|it| it.id).collect::<Vec<_>>())
}

fn pairs(dice: &mut Dice<'_>, from: &Table, to: &Table) -> Option<ColumnPairs> {
    let mut pairs = Vec::new();
    for _ in 0..=dice.roll(2) {
        pairs.push((dice.pick(&ids(from))?, dice.pick(&ids(to))?));
    }
    ColumnPairs::new(pairs).ok()
}

fn ids(table: &Table) -> Vec<ColumnId> {
    table.columns.iter().map(|it| it.id).collect()
}

fn shown<Id: Copy + PartialEq>(dice: &mut Dice<'_>, ids: &[Id]) -> Shown<Id> {
    if dice.chance(4) { Shown::All } else { Shown::Only(dice.some(ids)) }
}

fn records(dice: &mut Dice<'_>, columns: &[ColumnId]) -> Option<Arc<Vec<Records>>> {
    let columns = dice.some(columns);
    let row = columns.iter().map(|_| [Cell::Null, Cell::Bool(true)][dice.roll(2)].clone());
    let rows = vec![row.collect()];
    Some(Arc::new(vec![Records { columns, rows }]))
}

/// One change of any kind; none where the diagram has nothing to do it to.
pub(crate) fn change(dice: &mut Dice<'_>, diagram: &Diagram, mint: &mut IdMint) -> Option<Change> {
    let tables: Vec<&Table> = diagram.tables().collect();
    let table = dice_table(dice, &tables);
    match dice.roll(16) {
        0..3 => table_change(dice, diagram, mint, &tables),
        3..6 => column_change(dice, diagram, mint, *table.as_ref()?),
        6 => index_change(dice, diagram, mint, *table.as_ref()?),
        7 => check_change(dice, diagram, mint, *table.as_ref()?),
        8..11 => ref_change(dice, diagram, mint, &tables),
        11 | 12 => enum_change(dice, diagram, mint),
        13 => group_change(dice, diagram, mint),
        14 => partial_change(dice, diagram, mint),
        _ => drawing_change(dice, diagram, mint, &tables),
    }
}

fn dice_table<'a>(dice: &mut Dice<'_>, tables: &[&'a Table]) -> Option<&'a Table> {
    dice.pick(tables)
}

pub(crate) fn table_change(
    dice: &mut Dice<'_>,
    diagram: &Diagram,
    mint: &mut IdMint,
    tables: &[&Table],
) -> Option<Change> {
    let kind = dice.roll(6);
    if kind == 0 {
        let name = dice.name();
        let mut table = table(dice, mint, name);
        table.schema = SCHEMAS[dice.roll(3)].map(SmolStr::new);
        return Some(Change::CreateTable { table: Box::new(table) });
    }
    let table = dice_table(dice, tables)?;
    let id = table.id;
    if kind == 1 {
        return Some(Change::DeleteTable { id });
    }
    let groups: Vec<GroupId> = diagram.groups().map(|it| it.id).collect();
    let mut patch = TablePatch::default();
    for _ in 0..=dice.roll(3) {
        match dice.roll(11) {
            0 => patch.name = Some(dice.name()),
            1 => patch.schema = Some(SCHEMAS[dice.roll(3)].map(SmolStr::new)),
            2 => patch.alias = Some(dice.maybe(Dice::name)),
            3 => patch.note = Some(dice.maybe(Dice::text)),
            4 => patch.header_color = Some(dice.maybe(Dice::color)),
            5 => patch.group = Some(dice.pick(&groups)),
            6 => {
                let x = dice.roll(100) as i32;
                patch.position = Some(dice.maybe(|_| Point { x, y: -x }));
            }
            7 => patch.primary_key = Some(primary_key(dice, &ids(table))),
            8 => patch.records = Some(records(dice, &ids(table))),
            9 => patch.options = Some(dice.extras()),
            _ => patch.extras = Some(dice.extras()),
        }
    }
    Some(Change::UpdateTable { id, patch })
}

pub(crate) fn column_change(
    dice: &mut Dice<'_>,
    diagram: &Diagram,
    mint: &mut IdMint,
    owner: &Table,
) -> Option<Change> {
    let table = owner.id;
    let after = dice.maybe(|dice| dice.pick(&ids(owner))).flatten();
    let kind = dice.roll(6);
    if kind == 0 {
        return Some(Change::CreateColumn { table, column: column(dice, diagram, mint), after });
    }
    let id = dice.pick(&ids(owner))?;
    match kind {
        1 => return Some(Change::DeleteColumn { table, id }),
        2 => return Some(Change::MoveColumn { table, id, after }),
        _ => {}
    }
    let mut patch = ColumnPatch::default();
    match dice.roll(12) {
        0 => patch.name = Some(dice.name()),
        1 => patch.ty = Some(column_type(dice, diagram)),
        2 => patch.not_null = Some(dice.chance(2)),
        3 => patch.default = Some(dice.maybe(|dice| DefaultValue::Text(dice.text()))),
        4 => patch.increment = Some(dice.maybe(|_| Increment::IdentityAlways)),
        5 => {
            let is_stored = dice.chance(2);
            patch.generated = Some(dice.maybe(|dice| Generated { expr: dice.text(), is_stored }));
        }
        6 => patch.charset = Some(dice.maybe(Dice::name)),
        7 => patch.collation = Some(dice.maybe(Dice::name)),
        8 => patch.note = Some(dice.maybe(Dice::text)),
        9 => patch.partial = Some(pick_partial(dice, diagram)),
        10 => patch.options = Some(dice.extras()),
        _ => patch.extras = Some(dice.extras()),
    }
    Some(Change::UpdateColumn { table, id, patch })
}

pub(crate) fn index_change(
    dice: &mut Dice<'_>,
    diagram: &Diagram,
    mint: &mut IdMint,
    owner: &Table,
) -> Option<Change> {
    let table = owner.id;
    let all: Vec<IndexId> = owner.indexes.iter().map(|it| it.id).collect();
    let after = dice.maybe(|dice| dice.pick(&all)).flatten();
    let kind = dice.roll(6);
    if kind < 2 || all.is_empty() {
        return Some(Change::CreateIndex { table, index: index(dice, mint, &ids(owner)), after });
    }
    let id = dice.pick(&all)?;
    match kind {
        2 => return Some(Change::DeleteIndex { table, id }),
        3 => return Some(Change::MoveIndex { table, id, after }),
        _ => {}
    }
    let mut patch = IndexPatch::default();
    match dice.roll(10) {
        0 => patch.parts = Some(parts(dice, &ids(owner))),
        1 => patch.name = Some(dice.maybe(Dice::name)),
        2 => patch.uniqueness = Some(uniqueness(dice)),
        3 => patch.method = Some(dice.maybe(Dice::name)),
        4 => patch.predicate = Some(dice.maybe(Dice::text)),
        5 => patch.include = Some(dice.some(&ids(owner))),
        6 => patch.note = Some(dice.maybe(Dice::text)),
        7 => patch.partial = Some(pick_partial(dice, diagram)),
        8 => patch.options = Some(dice.extras()),
        _ => patch.extras = Some(dice.extras()),
    }
    Some(Change::UpdateIndex { table, id, patch })
}

pub(crate) fn check_change(
    dice: &mut Dice<'_>,
    diagram: &Diagram,
    mint: &mut IdMint,
    owner: &Table,
) -> Option<Change> {
    let table = owner.id;
    let all: Vec<CheckId> = owner.checks.iter().map(|it| it.id).collect();
    let after = dice.maybe(|dice| dice.pick(&all)).flatten();
    let kind = dice.roll(6);
    if kind < 2 || all.is_empty() {
        let check = Check {
            id: mint.id(),
            expr: dice.text(),
            name: dice.maybe(Dice::name),
            column: dice.maybe(|dice| dice.pick(&ids(owner))).flatten(),
            partial: pick_partial(dice, diagram),
            options: dice.extras(),
            extras: dice.extras(),
        };
        return Some(Change::CreateCheck { table, check, after });
    }
    let id = dice.pick(&all)?;
    match kind {
        2 => return Some(Change::DeleteCheck { table, id }),
        3 => return Some(Change::MoveCheck { table, id, after }),
        _ => {}
    }
    let mut patch = CheckPatch::default();
    match dice.roll(6) {
        0 => patch.expr = Some(dice.text()),
        1 => patch.name = Some(dice.maybe(Dice::name)),
        2 => patch.column = Some(dice.pick(&ids(owner))),
        3 => patch.partial = Some(pick_partial(dice, diagram)),
        4 => patch.options = Some(dice.extras()),
        _ => patch.extras = Some(dice.extras()),
    }
    Some(Change::UpdateCheck { table, id, patch })
}

pub(crate) fn ref_change(
    dice: &mut Dice<'_>,
    diagram: &Diagram,
    mint: &mut IdMint,
    tables: &[&Table],
) -> Option<Change> {
    let all: Vec<RefId> = diagram.refs().map(|it| it.id).collect();
    let (from, to) = (dice_table(dice, tables)?, dice_table(dice, tables)?);
    let kind = dice.roll(8);
    if kind == 6 {
        let columns = pairs(dice, from, to)?;
        let dismissal = Dismissal { id: mint.id(), from: from.id, to: to.id, columns };
        return Some(Change::DismissSuggestion { dismissal });
    }
    if kind == 7 {
        let id = dice.pick(&diagram.dismissals().map(|it| it.id).collect::<Vec<_>>())?;
        return Some(Change::RestoreSuggestion { id });
    }
    if kind < 2 || all.is_empty() {
        let mut reference = Ref::new(mint.id(), from.id, to.id, pairs(dice, from, to)?);
        reference.name = dice.maybe(Dice::name);
        reference.on_delete = dice.maybe(action);
        return Some(Change::CreateRef { reference: Box::new(reference) });
    }
    let id = dice.pick(&all)?;
    if kind == 2 {
        return Some(Change::DeleteRef { id });
    }
    let mut patch = RefPatch::default();
    match dice.roll(15) {
        0 | 1 => {
            patch.from = Some(from.id);
            patch.to = Some(to.id);
            patch.columns = Some(pairs(dice, from, to)?);
        }
        2 => {
            patch.cardinality = Some(
                [
                    Cardinality::ManyToOne,
                    Cardinality::OneToMany,
                    Cardinality::OneToOne,
                    Cardinality::ManyToMany,
                ][dice.roll(4)],
            );
        }
        3 => patch.key_side = Some([Side::From, Side::To][dice.roll(2)]),
        4 => patch.from_optional = Some(dice.maybe(|dice| dice.chance(2))),
        5 => patch.to_optional = Some(dice.maybe(|dice| dice.chance(2))),
        6 => patch.name = Some(dice.maybe(Dice::name)),
        7 => patch.on_delete = Some(dice.maybe(action)),
        8 => patch.on_update = Some(dice.maybe(action)),
        9 => patch.deferrable = Some(dice.maybe(|_| Deferrable::InitiallyDeferred)),
        10 => patch.inactive = Some(dice.chance(2)),
        11 => patch.color = Some(dice.maybe(Dice::color)),
        12 => patch.note = Some(dice.maybe(Dice::text)),
        13 => patch.options = Some(dice.extras()),
        _ => patch.extras = Some(dice.extras()),
    }
    Some(Change::UpdateRef { id, patch: Box::new(patch) })
}

fn enum_change(dice: &mut Dice<'_>, diagram: &Diagram, mint: &mut IdMint) -> Option<Change> {
    let mut value = |dice: &mut Dice<'_>| EnumValue {
        id: mint.id(),
        name: dice.name(),
        note: dice.maybe(Dice::text),
        extras: dice.extras(),
    };
    let all: Vec<&Enum> = diagram.enums().collect();
    let kind = dice.roll(8);
    if kind < 2 || all.is_empty() {
        let values: Vec<EnumValue> = (0..dice.roll(3)).map(|_| value(dice)).collect();
        let head = EnumHead {
            id: mint.id(),
            name: dice.name(),
            schema: SCHEMAS[dice.roll(3)].map(SmolStr::new),
            note: dice.maybe(Dice::text),
            extras: dice.extras(),
        };
        return Some(Change::CreateEnum { item: Enum { head, values } });
    }
    let item = dice.pick(&all)?;
    let id = item.id;
    let values: Vec<EnumValueId> = item.values.iter().map(|it| it.id).collect();
    let after = dice.maybe(|dice| dice.pick(&values)).flatten();
    match kind {
        2 => return Some(Change::DeleteEnum { id }),
        3 => return Some(Change::CreateEnumValue { id, value: value(dice), after }),
        4 => return Some(Change::DeleteEnumValue { id, value: dice.pick(&values)? }),
        5 => return Some(Change::MoveEnumValue { id, value: dice.pick(&values)?, after }),
        6 => {
            let mut patch = EnumValuePatch::default();
            match dice.roll(3) {
                0 => patch.name = Some(dice.name()),
                1 => patch.note = Some(dice.maybe(Dice::text)),
                _ => patch.extras = Some(dice.extras()),
            }
            return Some(Change::UpdateEnumValue { id, value: dice.pick(&values)?, patch });
        }
        _ => {}
    }
    let mut patch = EnumPatch::default();
    match dice.roll(4) {
        0 => patch.name = Some(dice.name()),
        1 => patch.schema = Some(SCHEMAS[dice.roll(3)].map(SmolStr::new)),
        2 => patch.note = Some(dice.maybe(Dice::text)),
        _ => patch.extras = Some(dice.extras()),
    }
    Some(Change::UpdateEnum { id, patch })
}

fn group_change(dice: &mut Dice<'_>, diagram: &Diagram, mint: &mut IdMint) -> Option<Change> {
    let all: Vec<GroupId> = diagram.groups().map(|it| it.id).collect();
    let kind = dice.roll(4);
    if kind < 2 || all.is_empty() {
        let group = Group {
            id: mint.id(),
            name: dice.name(),
            color: dice.maybe(Dice::color),
            note: dice.maybe(Dice::text),
            extras: dice.extras(),
        };
        return Some(Change::CreateGroup { group });
    }
    let id = dice.pick(&all)?;
    if kind == 2 {
        return Some(Change::DeleteGroup { id });
    }
    let mut patch = GroupPatch::default();
    match dice.roll(4) {
        0 => patch.name = Some(dice.name()),
        1 => patch.color = Some(dice.maybe(Dice::color)),
        2 => patch.note = Some(dice.maybe(Dice::text)),
        _ => patch.extras = Some(dice.extras()),
    }
    Some(Change::UpdateGroup { id, patch })
}

fn partial_change(dice: &mut Dice<'_>, diagram: &Diagram, mint: &mut IdMint) -> Option<Change> {
    let all: Vec<&Partial> = diagram.partials().collect();
    let kind = dice.roll(4);
    let mut columns = |dice: &mut Dice<'_>| -> Arc<Vec<Column>> {
        let make = |_| Column { partial: None, ..column(dice, diagram, mint) };
        Arc::new((0..2).map(make).collect())
    };
    if kind < 2 || all.is_empty() {
        let columns = columns(dice);
        let first = columns[0].id;
        let partial = Partial {
            id: mint.id(),
            name: dice.name(),
            indexes: Arc::new(dice.maybe(|dice| index(dice, mint, &[first])).into_iter().collect()),
            checks: Arc::default(),
            primary_columns: dice.some(&[first]),
            columns,
            header_color: dice.maybe(Dice::color),
            note: dice.maybe(Dice::text),
            extras: dice.extras(),
        };
        return Some(Change::CreatePartial { partial: Box::new(partial) });
    }
    let partial = dice.pick(&all)?;
    let id = partial.id;
    if kind == 2 {
        return Some(Change::DeletePartial { id });
    }
    let mut patch = PartialPatch::default();
    match dice.roll(8) {
        0 => patch.name = Some(dice.name()),
        1 => patch.header_color = Some(dice.maybe(Dice::color)),
        2 => patch.note = Some(dice.maybe(Dice::text)),
        3 => patch.extras = Some(dice.extras()),
        4 => patch.indexes = Some(Arc::default()),
        5 => patch.checks = Some(Arc::default()),
        6 => patch.primary_columns = Some(Vec::new()),
        _ => {
            patch.columns = Some(columns(dice));
            patch.indexes = Some(Arc::default());
            patch.primary_columns = Some(Vec::new());
        }
    }
    Some(Change::UpdatePartial { id, patch: Box::new(patch) })
}

fn drawing_change(
    dice: &mut Dice<'_>,
    diagram: &Diagram,
    mint: &mut IdMint,
    tables: &[&Table],
) -> Option<Change> {
    let tables: Vec<TableId> = tables.iter().map(|it| it.id).collect();
    let notes: Vec<NoteId> = diagram.notes().map(|it| it.id).collect();
    let groups: Vec<GroupId> = diagram.groups().map(|it| it.id).collect();
    let views: Vec<ViewId> = diagram.views().map(|it| it.id).collect();
    Some(match dice.roll(9) {
        0 => {
            let mut patch = SettingsPatch::default();
            match dice.roll(7) {
                0 => patch.name = Some(dice.maybe(Dice::name)),
                1 => patch.dialect = Some(dice.maybe(|_| Dialect::MySql)),
                2 => patch.note = Some(dice.maybe(Dice::text)),
                3 => patch.notation = Some([Notation::Labels, Notation::Idef1x][dice.roll(2)]),
                4 => patch.verbatim = Some(vec![dice.text()]),
                5 => {
                    patch.line_colors = Some([LineColors::Action, LineColors::Group][dice.roll(2)]);
                }
                _ => patch.extras = Some(dice.extras()),
            }
            Change::UpdateSettings { patch }
        }
        1 => Change::CreateNote {
            note: Note {
                id: mint.id(),
                name: dice.name(),
                text: dice.text(),
                color: dice.maybe(Dice::color),
                position: None,
                size: dice.maybe(|_| Size { width: 10, height: 20 }),
                extras: dice.extras(),
            },
        },
        2 => {
            let mut patch = NotePatch::default();
            match dice.roll(6) {
                0 => patch.name = Some(dice.name()),
                1 => patch.text = Some(dice.text()),
                2 => patch.color = Some(dice.maybe(Dice::color)),
                3 => patch.position = Some(dice.maybe(|_| Point { x: 1, y: 2 })),
                4 => patch.size = Some(dice.maybe(|_| Size { width: 1, height: 2 })),
                _ => patch.extras = Some(dice.extras()),
            }
            Change::UpdateNote { id: dice.pick(&notes)?, patch }
        }
        3 => Change::DeleteNote { id: dice.pick(&notes)? },
        4 | 5 => Change::CreateView {
            view: View {
                id: mint.id(),
                name: dice.name(),
                tables: shown(dice, &tables),
                notes: shown(dice, &notes),
                groups: shown(dice, &groups),
                schemas: Shown::Only(vec![dice.name()]),
                extras: dice.extras(),
                places: Places {
                    tables: tables
                        .iter()
                        .take(dice.roll(3))
                        .map(|it| (*it, dice.point()))
                        .collect(),
                    notes: notes.iter().take(dice.roll(2)).map(|it| (*it, dice.point())).collect(),
                },
            },
        },
        7 => {
            let id = dice.pick(&views)?;
            let thing = match dice.roll(3) {
                0 => Placed::Note(dice.pick(&notes)?),
                _ => Placed::Table(dice.pick(&tables)?),
            };
            Change::PlaceInView { id, thing, position: dice.maybe(Dice::point) }
        }
        6 => {
            let mut patch = ViewPatch::default();
            match dice.roll(6) {
                0 => patch.name = Some(dice.name()),
                1 => patch.tables = Some(shown(dice, &tables)),
                2 => patch.notes = Some(shown(dice, &notes)),
                3 => patch.groups = Some(shown(dice, &groups)),
                4 => patch.schemas = Some(Shown::All),
                _ => patch.extras = Some(dice.extras()),
            }
            Change::UpdateView { id: dice.pick(&views)?, patch }
        }
        _ => Change::DeleteView { id: dice.pick(&views)? },
    })
}
