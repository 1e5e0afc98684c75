//! Diagrams made up at random that say only what DBML can say.

use std::sync::Arc;

use crowfoot_schema::{
    Cardinality, Cell, Change, ChangeSet, Check, Color, Column, ColumnPairs, ColumnType,
    DefaultValue, Diagram, Dialect, Enum, EnumHead, EnumId, EnumValue, Extra, Group, IdMint,
    Increment, Index, IndexPart, IndexTarget, Note, Places, PrimaryKey, Records, Ref,
    ReferentialAction, SettingsPatch, Shown, Side, Table, Uniqueness, View,
};
use smol_str::SmolStr;

const NAMES: [&str; 26] = [
    "id",
    "user_id",
    "users",
    "orders",
    "note",
    "Table",
    "ref",
    "indexes",
    "checks",
    "records",
    "true",
    "null",
    "pk",
    "not",
    "two words",
    "it's",
    "a\"b",
    "back\\slash",
    "x-y",
    "2fa",
    "a.b",
    "été",
    "数据",
    "smile😀",
    "line\nbreak",
    "$",
];
const TEXTS: [&str; 16] = [
    "plain",
    "it's",
    "back\\slash",
    "'''",
    "two\nlines",
    "a\n  b\n\nc",
    "  lead\n  in",
    "end\n",
    "\nstart",
    "tab\there",
    "cr\r\nlf",
    "a\n \nb",
    "\\\n'",
    "“quoted” 😀",
    "// no comment",
    "{ } [ ]",
];
const EXPRS: [&str; 6] = ["now()", "a > 'b'", "x\n+ y", "lower(\"name\")", "", "1 + 1"];
const TYPES: [&str; 14] = [
    "int",
    "varchar(255)",
    "decimal(10,2)",
    "text[]",
    "double precision",
    "int unsigned",
    "timestamp(3) with time zone",
    "set('a','b')",
    "",
    "numeric(10, 2)",
    "x\"y",
    "int[3][]",
    "pg_catalog.int4",
    "NUMBER(10,-2)",
];

/// A small generator of numbers (SplitMix64), so that a seed gives one diagram for ever.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 16) as usize % n
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.roll(n) == 0
    }

    fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.roll(from.len())]
    }

    fn maybe<T>(&mut self, n: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.one_in(n).then(|| make(self))
    }

    fn word(&mut self, from: &[&'static str]) -> &'static str {
        from[self.roll(from.len())]
    }

    /// A name that is not among those taken.
    fn name(&mut self, taken: &mut Vec<String>) -> SmolStr {
        let mut name = (*self.pick(&NAMES)).to_owned();
        while taken.iter().any(|it| it.to_lowercase() == name.to_lowercase()) {
            name.push_str(&self.roll(10).to_string());
        }
        taken.push(name.clone());
        name.into()
    }

    fn text(&mut self) -> String {
        (*self.pick(&TEXTS)).to_owned()
    }

    fn expr(&mut self) -> String {
        (*self.pick(&EXPRS)).to_owned()
    }

    fn color(&mut self) -> Color {
        Color::parse(self.word(&["#abc", "#3498DB", "#000000"])).unwrap()
    }

    fn extras(&mut self) -> Vec<Extra> {
        let extra = |it: &mut Self| Extra {
            key: it.word(&["owner", "data_mask"]).into(),
            value: Some(it.word(&["'me'", "#fff", "'it\\'s'"]).to_string()),
        };
        self.maybe(12, extra).into_iter().collect()
    }

    fn schema(&mut self) -> Option<SmolStr> {
        self.maybe(4, |it| it.word(&["sales", "my schema"]).into())
    }
}

/// A diagram of about `size` tables. Some of what DBML can say the reference implementation cannot
/// read; `for_reference` leaves that out.
pub(crate) fn diagram(seed: u64, size: usize, for_reference: bool) -> Diagram {
    let mut dice = Dice(seed);
    let dice = &mut dice;
    let mut mint = IdMint::new(1, u128::from(seed));
    let mut changes = Vec::new();
    changes.extend(settings(dice));

    let mut taken = Vec::new();
    let mut enums: Vec<EnumId> = Vec::new();
    for _ in 0..dice.roll(3) {
        let item = enumeration(dice, &mut mint, &mut taken);
        enums.push(item.head.id);
        changes.push(Change::CreateEnum { item });
    }
    let mut taken = Vec::new();
    let mut groups = Vec::new();
    for _ in 0..dice.roll(3) {
        groups.push(Group {
            id: mint.id(),
            name: dice.name(&mut taken),
            color: dice.maybe(2, Dice::color),
            note: dice.maybe(3, Dice::text),
            extras: dice.extras(),
        });
    }
    let mut tables: Vec<Table> = Vec::new();
    let mut taken = Vec::new();
    for _ in 0..=dice.roll(size) {
        let mut table = table(dice, &mut mint, &enums, &mut taken);
        if !groups.is_empty() && dice.one_in(3) {
            table.group = Some(dice.pick(&groups).id);
        }
        tables.push(table);
    }
    for table in &mut tables {
        table.alias = dice.maybe(6, |it| it.name(&mut taken));
    }
    let refs = refs(dice, &mut mint, &tables);
    let mut notes = Vec::new();
    let mut taken = Vec::new();
    for _ in 0..dice.roll(3) {
        notes.push(Note {
            id: mint.id(),
            name: dice.name(&mut taken),
            text: dice.text(),
            color: dice.maybe(2, Dice::color),
            position: None,
            size: None,
            extras: dice.extras(),
        });
    }
    let mut views = Vec::new();
    let mut taken = Vec::new();
    for _ in 0..dice.roll(3) {
        let schemas = tables[0].schema.iter().cloned().collect();
        views.push(View {
            id: mint.id(),
            name: dice.name(&mut taken),
            tables: shown(dice, tables.iter().map(|it| it.id).collect()),
            notes: shown(dice, notes.iter().map(|it| it.id).collect()),
            groups: shown(dice, groups.iter().map(|it| it.id).collect()),
            schemas: shown(dice, schemas),
            extras: if for_reference { Vec::new() } else { dice.extras() },
            places: Places::default(),
        });
    }
    changes.extend(groups.into_iter().map(|group| Change::CreateGroup { group }));
    changes.extend(tables.into_iter().map(|it| Change::CreateTable { table: Box::new(it) }));
    changes.extend(refs.into_iter().map(|it| Change::CreateRef { reference: Box::new(it) }));
    changes.extend(notes.into_iter().map(|note| Change::CreateNote { note }));
    changes.extend(views.into_iter().map(|view| Change::CreateView { view }));
    let mut diagram = Diagram::new();
    diagram.apply(&ChangeSet::new("", changes)).unwrap();
    diagram
}

fn settings(dice: &mut Dice) -> Option<Change> {
    let patch = SettingsPatch {
        name: dice.maybe(2, |it| Some(it.name(&mut Vec::new()))),
        dialect: dice
            .maybe(2, |it| Some(*it.pick(&[Dialect::PostgreSql, Dialect::MySql, Dialect::Sqlite]))),
        note: dice.maybe(2, |it| Some(it.text())),
        extras: dice
            .maybe(2, |_| vec![Extra { key: "owner".into(), value: Some("'me'".to_owned()) }]),
        ..SettingsPatch::default()
    };
    (!patch.is_empty()).then_some(Change::UpdateSettings { patch })
}

fn enumeration(dice: &mut Dice, mint: &mut IdMint, taken: &mut Vec<String>) -> Enum {
    let mut names = Vec::new();
    let head = EnumHead {
        id: mint.id(),
        // Types and enums share their names.
        name: format!("{} enum", dice.name(taken)).into(),
        schema: dice.schema(),
        note: None,
        extras: Vec::new(),
    };
    let values = (0..=dice.roll(4)).map(|_| EnumValue {
        id: mint.id(),
        name: dice.name(&mut names),
        note: dice.maybe(3, Dice::text),
        extras: Vec::new(),
    });
    Enum { head, values: values.collect() }
}

fn table(dice: &mut Dice, mint: &mut IdMint, enums: &[EnumId], taken: &mut Vec<String>) -> Table {
    let schema = dice.schema();
    let mut table = Table::new(mint.id(), schema, dice.name(taken));
    table.note = dice.maybe(3, Dice::text);
    table.header_color = dice.maybe(4, Dice::color);
    table.extras = dice.extras();
    let mut names = Vec::new();
    for _ in 0..=dice.roll(6) {
        let ty = if !enums.is_empty() && dice.one_in(4) {
            ColumnType::Enum { id: *dice.pick(enums), dimensions: dice.roll(3) as u8 }
        } else {
            ColumnType::named(*dice.pick(&TYPES))
        };
        let mut column = Column::new(mint.id(), dice.name(&mut names), ty);
        column.not_null = dice.one_in(2);
        column.increment = dice.maybe(8, |_| Increment::Auto);
        column.note = dice.maybe(4, Dice::text);
        column.extras = dice.extras();
        column.default = dice.maybe(2, |it| match it.roll(6) {
            0 => DefaultValue::Null,
            1 => DefaultValue::Bool(it.one_in(2)),
            2 => DefaultValue::Number(it.word(&["0", "-12.5", "1e10", "1.5e-3"]).into()),
            3 => DefaultValue::Expr(it.expr()),
            _ => DefaultValue::Text(it.text()),
        });
        table.columns.push(column);
    }
    let ids: Vec<_> = table.columns.iter().map(|it| it.id).collect();
    if dice.one_in(2) {
        let mut columns = vec![*dice.pick(&ids)];
        let other = *dice.pick(&ids);
        if other != columns[0] && dice.one_in(2) {
            columns.push(other);
        }
        table.primary_key = Some(PrimaryKey { name: dice.maybe(3, |_| "the pk".into()), columns });
    }
    for &id in &ids {
        if dice.one_in(5) {
            let parts = vec![IndexPart::column(id)];
            table.indexes.push(Index::new(mint.id(), Uniqueness::Constraint, parts));
        }
    }
    for _ in 0..dice.roll(3) {
        let mut parts = Vec::new();
        for _ in 0..=dice.roll(3) {
            let part = if dice.one_in(4) {
                IndexPart { target: IndexTarget::Expr(dice.expr()), modifiers: None }
            } else {
                IndexPart::column(*dice.pick(&ids))
            };
            if !parts.contains(&part) {
                parts.push(part);
            }
        }
        let uniqueness = *dice.pick(&[Uniqueness::None, Uniqueness::Index]);
        let mut index = Index::new(mint.id(), uniqueness, parts);
        index.name = dice.maybe(2, |it| it.name(&mut Vec::new()));
        index.method = dice.maybe(3, |it| it.word(&["btree", "hash", "full text"]).into());
        index.note = dice.maybe(4, Dice::text);
        table.indexes.push(index);
    }
    for _ in 0..dice.roll(3) {
        let name: Option<SmolStr> = dice.maybe(2, |it| it.name(&mut Vec::new()));
        let column = if name.is_none() { dice.maybe(2, |it| *it.pick(&ids)) } else { None };
        let expr = dice.expr();
        let (options, extras) = (Vec::new(), Vec::new());
        let id = mint.id();
        table.checks.push(Check { id, expr, name, column, partial: None, options, extras });
    }
    if dice.one_in(5) {
        let mut row = |_| (0..ids.len()).map(|at| cell(dice, at, ids.len())).collect();
        let rows = (0..4).map(&mut row).collect();
        table.records = Some(Arc::new(vec![Records { columns: ids, rows }]));
    }
    table
}

fn cell(dice: &mut Dice, at: usize, n_columns: usize) -> Cell {
    match dice.roll(6) {
        // A row of one empty cell is an empty line, which is no row.
        0 if n_columns > 1 => Cell::Empty,
        0 | 1 => Cell::Null,
        2 => Cell::Bool(dice.one_in(2)),
        // A negative number that begins a row is written as a string.
        3 if at == 0 => Cell::Number("7".into()),
        3 => Cell::Number((*dice.pick(&["0", "-1.5", "1e9"])).into()),
        4 => Cell::Expr("now()".to_owned()),
        _ => Cell::Text(dice.text()),
    }
}

fn refs(dice: &mut Dice, mint: &mut IdMint, tables: &[Table]) -> Vec<Ref> {
    const ACTIONS: [ReferentialAction; 5] = [
        ReferentialAction::NoAction,
        ReferentialAction::Restrict,
        ReferentialAction::Cascade,
        ReferentialAction::SetNull,
        ReferentialAction::SetDefault,
    ];
    let mut refs: Vec<Ref> = Vec::new();
    let mut seen = Vec::new();
    let mut names = Vec::new();
    for _ in 0..dice.roll(2 * tables.len() + 1) {
        let (from, to) = (dice.pick(tables), dice.pick(tables));
        let n_columns = 1 + dice.roll(2);
        let mut left = Vec::new();
        let mut right = Vec::new();
        for _ in 0..n_columns {
            let (a, b) = (dice.pick(&from.columns).id, dice.pick(&to.columns).id);
            if !left.contains(&a) && !right.contains(&b) {
                left.push(a);
                right.push(b);
            }
        }
        let pairs = left.iter().copied().zip(right.iter().copied()).collect();
        left.sort();
        right.sort();
        if left == right {
            continue;
        }
        if left > right {
            std::mem::swap(&mut left, &mut right);
        }
        if seen.contains(&(left.clone(), right.clone())) {
            continue;
        }
        seen.push((left, right));
        let mut it = Ref::new(mint.id(), from.id, to.id, ColumnPairs::new(pairs).unwrap());
        it.cardinality = *dice.pick(&[
            Cardinality::ManyToOne,
            Cardinality::OneToMany,
            Cardinality::OneToOne,
            Cardinality::ManyToMany,
        ]);
        if it.cardinality == Cardinality::OneToOne {
            it.key_side = *dice.pick(&[Side::From, Side::To]);
        }
        it.from_optional = dice.maybe(4, |_| true);
        it.to_optional = dice.maybe(4, |_| true);
        it.name = dice.maybe(2, |it| it.name(&mut names));
        it.on_delete = dice.maybe(2, |it| *it.pick(&ACTIONS));
        it.on_update = dice.maybe(2, |it| *it.pick(&ACTIONS));
        it.color = dice.maybe(4, Dice::color);
        it.inactive = dice.one_in(6);
        refs.push(it);
    }
    refs
}

fn shown<T: Clone>(dice: &mut Dice, all: Vec<T>) -> Shown<T> {
    if dice.one_in(3) {
        return Shown::All;
    }
    let n = dice.roll(all.len() + 1);
    Shown::Only(all[..n].to_vec())
}
