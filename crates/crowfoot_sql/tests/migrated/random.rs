//! Random diagrams that databases take, and random changes to them.

use crowfoot_schema::{
    Change, ChangeSet, Check, CheckPatch, Column, ColumnId, ColumnPairs, ColumnPatch, ColumnType,
    DefaultValue, Diagram, Dialect, Enum, EnumHead, EnumPatch, EnumValue, EnumValuePatch, IdMint,
    Increment, Index, IndexPart, IndexPatch, PrimaryKey, Ref, RefPatch, ReferentialAction,
    SettingsPatch, Table, TableId, TablePatch, Uniqueness,
};
use smol_str::SmolStr;

const NAMES: [&str; 8] = ["users", "orders", "item", "order", "Key", "line item", "tag", "kind"];
const COLUMNS: [&str; 9] = ["name", "code", "Total", "group", "a b", "n", "day", "flag", "x"];

/// A source of choices that follows from its seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn roll(&mut self, sides: usize) -> usize {
        // Marsaglia's xorshift.
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % sides
    }

    fn chance(&mut self, one_in: usize) -> bool {
        self.roll(one_in) == 0
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.roll(from.len())].clone()) }
    }

    fn name(&mut self) -> SmolStr {
        NAMES[self.roll(NAMES.len())].into()
    }

    fn column_name(&mut self) -> SmolStr {
        COLUMNS[self.roll(COLUMNS.len())].into()
    }

    fn note(&mut self) -> Option<String> {
        ["", "it's a note", "two\nlines"].get(self.roll(4)).map(|it| (*it).to_owned())
    }
}

/// A diagram and what it takes to change it.
pub(crate) struct Sketch {
    dice: Dice,
    mint: IdMint,
    dialect: Dialect,
    pub(crate) diagram: Diagram,
}

impl Sketch {
    pub(crate) fn new(dialect: Dialect, seed: u64) -> Self {
        let mut it = Self {
            dice: Dice::new(seed),
            mint: IdMint::new(1, u128::from(seed) << 32),
            dialect,
            diagram: Diagram::new(),
        };
        if !seed.is_multiple_of(3) {
            let patch = SettingsPatch { dialect: Some(Some(dialect)), ..SettingsPatch::default() };
            it.apply(Change::UpdateSettings { patch });
        }
        it.enumeration();
        for _ in 0..3 {
            it.table();
        }
        for _ in 0..4 {
            it.reference();
        }
        it
    }

    /// Changes up to `n` things.
    pub(crate) fn change(&mut self, n: usize) {
        for _ in 0..n {
            match self.dice.roll(12) {
                0 => self.change_table(),
                1..6 => self.change_column(),
                6 => self.change_index(),
                7 => self.change_check(),
                8 | 9 => self.change_ref(),
                10 => self.change_enum(),
                _ => self.change_key(),
            }
        }
    }

    fn apply(&mut self, change: Change) {
        self.all(vec![change]);
    }

    /// What the diagram refuses is left as it is.
    fn all(&mut self, changes: Vec<Change>) {
        let _ = self.diagram.apply(&ChangeSet::new("", changes));
    }

    fn some_table(&mut self) -> Option<Table> {
        let tables: Vec<Table> = self.diagram.tables().cloned().collect();
        self.dice.pick(&tables)
    }

    fn ty(&mut self) -> ColumnType {
        let enums: Vec<_> = self.diagram.enums().map(|it| it.id).collect();
        match self.dice.pick(&enums) {
            Some(id) if self.dice.chance(5) => ColumnType::Enum { id, dimensions: 0 },
            _ => {
                let types = ["integer", "bigint", "varchar(20)", "varchar(60)", "date", "boolean"];
                ColumnType::named(types[self.dice.roll(types.len())])
            }
        }
    }

    fn default(&mut self, ty: &ColumnType) -> Option<DefaultValue> {
        if self.dice.chance(2) {
            return None;
        }
        Some(match ty {
            ColumnType::Enum { id, .. } => {
                let values = &self.diagram.enumeration(*id)?.values;
                DefaultValue::Text(values.first()?.name.to_string())
            }
            ColumnType::Named(name) if name.contains("int") => {
                DefaultValue::Number(["7", "0"][self.dice.roll(2)].into())
            }
            ColumnType::Named(name) if name == "boolean" => DefaultValue::Bool(self.dice.chance(2)),
            ColumnType::Named(name) if name == "date" => DefaultValue::Text("2026-01-31".into()),
            ColumnType::Named(_) => DefaultValue::Text("it's".into()),
        })
    }

    fn column(&mut self) -> Column {
        let ty = self.ty();
        let mut column = Column::new(self.mint.id(), self.dice.column_name(), ty);
        column.default = self.default(&column.ty.clone());
        column.not_null = self.dice.chance(3);
        column.note = self.dice.note().filter(|_| self.dialect != Dialect::Sqlite);
        column
    }

    fn table(&mut self) {
        let mut table = Table::new(self.mint.id(), None, self.dice.name());
        let mut id = Column::new(self.mint.id(), "id", ColumnType::named("integer"));
        id.not_null = true;
        if self.dice.chance(3) {
            id.increment = Some(Increment::Auto);
        }
        table.primary_key = Some(PrimaryKey { name: None, columns: vec![id.id] });
        table.columns.push(id);
        for _ in 0..2 + self.dice.roll(4) {
            let column = self.column();
            if table.column_named(&column.name).is_none() {
                table.columns.push(column);
            }
        }
        table.note = self.dice.note().filter(|_| self.dialect != Dialect::Sqlite);
        for _ in 0..self.dice.roll(3) {
            let index = self.index(&table);
            table.indexes.extend(index);
        }
        if self.dice.chance(2) {
            let check = self.check(&table);
            table.checks.extend(check);
        }
        self.apply(Change::CreateTable { table: Box::new(table) });
    }

    fn index(&mut self, table: &Table) -> Option<Index> {
        let columns: Vec<ColumnId> = table.columns.iter().map(|it| it.id).collect();
        let mut parts = vec![self.dice.pick(&columns)?];
        if self.dice.chance(2) {
            parts.extend(self.dice.pick(&columns).filter(|it| !parts.contains(it)));
        }
        let kinds = [Uniqueness::None, Uniqueness::Index, Uniqueness::Constraint];
        let uniqueness = kinds[self.dice.roll(3)];
        let parts = parts.into_iter().map(IndexPart::column).collect();
        let mut index = Index::new(self.mint.id(), uniqueness, parts);
        if self.dice.chance(2) {
            index.name = Some(self.constraint_name("idx"));
        }
        Some(index)
    }

    fn constraint_name(&mut self, start: &str) -> SmolStr {
        format!("{start}_{}", self.dice.roll(40)).into()
    }

    fn check(&mut self, table: &Table) -> Option<Check> {
        let is_number = |it: &&Column| {
            it.increment.is_none()
                && matches!(&it.ty, ColumnType::Named(name) if name.contains("int"))
        };
        let is_free =
            |it: &&Column| self.diagram.refs_of(table.id).all(|r| !r.mentions(table.id, it.id));
        let columns: Vec<Column> =
            table.columns.iter().filter(is_number).filter(is_free).cloned().collect();
        let column = self.dice.pick(&columns)?;
        let expr = format!("{} > {}", self.quoted(&column.name), self.dice.roll(3));
        let name = self.dice.chance(2).then(|| self.constraint_name("chk"));
        let at = (name.is_none() && self.dice.chance(2)).then_some(column.id);
        let (partial, options, extras) = (None, Vec::new(), Vec::new());
        Some(Check { id: self.mint.id(), expr, name, column: at, partial, options, extras })
    }

    /// The name as an expression has it.
    fn quoted(&self, name: &str) -> String {
        match self.dialect {
            Dialect::MySql => format!("`{name}`"),
            Dialect::PostgreSql | Dialect::Sqlite => format!("\"{name}\""),
        }
    }

    /// A ref from a column to the key of some table.
    fn reference(&mut self) {
        let (Some(from), Some(to)) = (self.some_table(), self.some_table()) else { return };
        let [key] = to.primary_columns() else { return };
        let Some(target) = to.column(*key) else { return };
        let mut column = Column::new(self.mint.id(), self.dice.column_name(), target.ty.clone());
        column.not_null = self.dice.chance(3);
        let pairs = ColumnPairs::one(column.id, *key);
        let mut reference = Ref::new(self.mint.id(), from.id, to.id, pairs);
        if self.dice.chance(2) {
            reference.name = Some(self.constraint_name("to"));
        }
        reference.on_delete = self.action(!column.not_null);
        self.all(vec![
            Change::CreateColumn { table: from.id, column, after: None },
            Change::CreateRef { reference: Box::new(reference) },
        ]);
    }

    fn action(&mut self, is_nullable: bool) -> Option<ReferentialAction> {
        match self.dice.roll(4) {
            0 => Some(ReferentialAction::Cascade),
            1 if is_nullable => Some(ReferentialAction::SetNull),
            2 => Some(ReferentialAction::Restrict),
            _ => None,
        }
    }

    fn enumeration(&mut self) {
        let head = EnumHead {
            id: self.mint.id(),
            name: self.dice.name(),
            schema: None,
            note: None,
            extras: Vec::new(),
        };
        let values = ["a", "b", "it's"].map(|it| EnumValue {
            id: self.mint.id(),
            name: it.into(),
            note: None,
            extras: Vec::new(),
        });
        self.apply(Change::CreateEnum { item: Enum { head, values: values.to_vec() } });
    }

    fn change_table(&mut self) {
        let Some(table) = self.some_table() else { return };
        let id = table.id;
        match self.dice.roll(6) {
            0 => self.table(),
            1 => self.apply(Change::DeleteTable { id }),
            2 if self.dialect != Dialect::Sqlite => {
                let patch = TablePatch { note: Some(self.dice.note()), ..TablePatch::default() };
                self.apply(Change::UpdateTable { id, patch });
            }
            3 if self.dialect == Dialect::PostgreSql => {
                let schema = [None, Some("shop"), Some("crm")][self.dice.roll(3)];
                let schema = Some(schema.map(SmolStr::new));
                let patch = TablePatch { schema, ..TablePatch::default() };
                self.apply(Change::UpdateTable { id, patch });
            }
            4 => {
                // Two tables swap their names.
                let Some(other) = self.some_table().filter(|it| it.schema == table.schema) else {
                    return;
                };
                let name = |id: TableId, name: &SmolStr| {
                    let patch = TablePatch { name: Some(name.clone()), ..TablePatch::default() };
                    Change::UpdateTable { id, patch }
                };
                self.all(vec![name(id, &other.name), name(other.id, &table.name)]);
            }
            _ => {
                let patch = TablePatch { name: Some(self.dice.name()), ..TablePatch::default() };
                self.apply(Change::UpdateTable { id, patch });
            }
        }
    }

    fn change_column(&mut self) {
        let Some(owner) = self.some_table() else { return };
        let table = owner.id;
        let columns: Vec<Column> = owner.columns.clone();
        let Some(column) = self.dice.pick(&columns) else { return };
        let id = column.id;
        let after = self.dice.pick(&columns).map(|it| it.id).filter(|it| *it != id);
        let patch = match self.dice.roll(8) {
            0 => {
                let column = self.column();
                return self.apply(Change::CreateColumn { table, column, after });
            }
            1 if columns.len() > 2 => return self.drop_column(&owner, &column),
            2 if self.dialect != Dialect::PostgreSql => {
                return self.apply(Change::MoveColumn { table, id, after });
            }
            3 => return self.rename_column(&owner, &column),
            4 => return self.retype(&owner, &column),
            5 => ColumnPatch { default: Some(self.default(&column.ty)), ..ColumnPatch::default() },
            6 if self.dialect != Dialect::Sqlite => {
                ColumnPatch { note: Some(self.dice.note()), ..ColumnPatch::default() }
            }
            _ => ColumnPatch { not_null: Some(!column.not_null), ..ColumnPatch::default() },
        };
        self.apply(Change::UpdateColumn { table, id, patch });
    }

    fn drop_column(&mut self, owner: &Table, column: &Column) {
        let quoted = self.quoted(&column.name);
        let table = owner.id;
        let mut changes: Vec<Change> = owner
            .checks
            .iter()
            .filter(|it| it.expr.contains(&quoted))
            .map(|it| Change::DeleteCheck { table, id: it.id })
            .collect();
        changes.push(Change::DeleteColumn { table, id: column.id });
        self.all(changes);
    }

    fn rename_column(&mut self, owner: &Table, column: &Column) {
        let table = owner.id;
        let name = self.dice.column_name();
        let (old, new) = (self.quoted(&column.name), self.quoted(&name));
        let mut changes: Vec<Change> = owner
            .checks
            .iter()
            .filter(|it| it.expr.contains(&old))
            .map(|it| {
                let expr = Some(it.expr.replace(&old, &new));
                let patch = CheckPatch { expr, ..CheckPatch::default() };
                Change::UpdateCheck { table, id: it.id, patch }
            })
            .collect();
        let patch = ColumnPatch { name: Some(name), ..ColumnPatch::default() };
        changes.push(Change::UpdateColumn { table, id: column.id, patch });
        self.all(changes);
    }

    /// Another type, for the columns that refer to it too.
    fn retype(&mut self, owner: &Table, column: &Column) {
        let quoted = self.quoted(&column.name);
        let is_key =
            owner.is_primary(column.id) || owner.checks.iter().any(|it| it.expr.contains(&quoted));
        let ty = if is_key {
            ColumnType::named(["integer", "bigint"][self.dice.roll(2)])
        } else {
            self.ty()
        };
        let is_pointing = self.diagram.refs_of(owner.id).any(|it| {
            it.foreign_key().is_some_and(|(child, _, pairs)| {
                child == owner.id && pairs.iter().any(|it| it.0 == column.id)
            })
        });
        if is_pointing {
            return;
        }
        let default = self.default(&ty);
        let patch = ColumnPatch {
            ty: Some(ty.clone()),
            default: (!owner.is_primary(column.id)).then_some(default),
            ..ColumnPatch::default()
        };
        let mut changes = vec![Change::UpdateColumn { table: owner.id, id: column.id, patch }];
        for reference in self.diagram.refs_of(owner.id) {
            let Some((child, parent, pairs)) = reference.foreign_key() else { continue };
            for (from, _) in pairs.iter().filter(|it| parent == owner.id && it.1 == column.id) {
                let patch = ColumnPatch {
                    ty: Some(ty.clone()),
                    default: Some(None),
                    ..ColumnPatch::default()
                };
                changes.push(Change::UpdateColumn { table: child, id: *from, patch });
            }
        }
        self.all(changes);
    }

    fn change_index(&mut self) {
        let Some(owner) = self.some_table() else { return };
        let table = owner.id;
        let Some(index) = self.dice.pick(&owner.indexes).filter(|_| !self.dice.chance(3)) else {
            if let Some(index) = self.index(&owner) {
                self.apply(Change::CreateIndex { table, index, after: None });
            }
            return;
        };
        let id = index.id;
        let patch = match self.dice.roll(4) {
            0 => return self.apply(Change::DeleteIndex { table, id }),
            1 => {
                let name = self.dice.chance(2).then(|| self.constraint_name("idx"));
                IndexPatch { name: Some(name), ..IndexPatch::default() }
            }
            2 => {
                let parts = self.index(&owner).map(|it| it.parts);
                IndexPatch { parts, ..IndexPatch::default() }
            }
            _ => {
                let kinds = [Uniqueness::None, Uniqueness::Index, Uniqueness::Constraint];
                let uniqueness = Some(kinds[self.dice.roll(3)]);
                IndexPatch { uniqueness, ..IndexPatch::default() }
            }
        };
        self.apply(Change::UpdateIndex { table, id, patch });
    }

    fn change_check(&mut self) {
        let Some(owner) = self.some_table() else { return };
        let table = owner.id;
        let Some(check) = self.dice.pick(&owner.checks).filter(|_| !self.dice.chance(3)) else {
            if let Some(check) = self.check(&owner) {
                self.apply(Change::CreateCheck { table, check, after: None });
            }
            return;
        };
        let id = check.id;
        let patch = match self.dice.roll(3) {
            0 => return self.apply(Change::DeleteCheck { table, id }),
            1 if check.column.is_none() => {
                let name = self.dice.chance(2).then(|| self.constraint_name("chk"));
                CheckPatch { name: Some(name), ..CheckPatch::default() }
            }
            _ => {
                let expr = Some(format!("{} AND 1 = 1", check.expr));
                CheckPatch { expr, ..CheckPatch::default() }
            }
        };
        self.apply(Change::UpdateCheck { table, id, patch });
    }

    fn change_ref(&mut self) {
        let refs: Vec<Ref> = self.diagram.refs().cloned().collect();
        let Some(reference) = self.dice.pick(&refs).filter(|_| !self.dice.chance(3)) else {
            return self.reference();
        };
        let id = reference.id;
        let patch = match self.dice.roll(3) {
            0 => return self.apply(Change::DeleteRef { id }),
            1 => {
                let name = self.dice.chance(2).then(|| self.constraint_name("to"));
                RefPatch { name: Some(name), ..RefPatch::default() }
            }
            _ => RefPatch { on_delete: Some(self.action(false)), ..RefPatch::default() },
        };
        self.apply(Change::UpdateRef { id, patch: Box::new(patch) });
    }

    fn change_enum(&mut self) {
        let enums: Vec<Enum> = self.diagram.enums().cloned().collect();
        let Some(item) = self.dice.pick(&enums) else { return self.enumeration() };
        let id = item.id;
        let Some(value) = self.dice.pick(&item.values) else { return };
        let after = self.dice.pick(&item.values).map(|it| it.id).filter(|it| *it != value.id);
        let word: SmolStr = ["new", "a", "b", "c d", "it's", "z"][self.dice.roll(6)].into();
        // A default is one of the values.
        let is_default = self
            .diagram
            .tables()
            .flat_map(|it| &it.columns)
            .any(|it| it.default == Some(DefaultValue::Text(value.name.to_string())));
        match self.dice.roll(6) {
            0 => self.enumeration(),
            1 => {
                let patch = EnumPatch { name: Some(self.dice.name()), ..EnumPatch::default() };
                self.apply(Change::UpdateEnum { id, patch });
            }
            2 if !is_default && item.values.len() > 1 => {
                self.apply(Change::DeleteEnumValue { id, value: value.id });
            }
            3 if !is_default => {
                let patch = EnumValuePatch { name: Some(word), ..EnumValuePatch::default() };
                self.apply(Change::UpdateEnumValue { id, value: value.id, patch });
            }
            4 => self.apply(Change::MoveEnumValue { id, value: value.id, after }),
            _ => {
                let (note, extras) = (None, Vec::new());
                let value = EnumValue { id: self.mint.id(), name: word, note, extras };
                self.apply(Change::CreateEnumValue { id, value, after });
            }
        }
    }

    /// Another primary key, where nothing refers to it.
    fn change_key(&mut self) {
        let Some(owner) = self.some_table() else { return };
        let is_target = self
            .diagram
            .refs_of(owner.id)
            .any(|it| it.foreign_key().is_some_and(|(_, parent, _)| parent == owner.id));
        let counts = owner.columns.iter().any(|it| it.increment.is_some());
        if is_target || counts {
            return;
        }
        let all: Vec<ColumnId> = owner.columns.iter().map(|it| it.id).collect();
        let mut columns: Vec<ColumnId> = self.dice.pick(&all).into_iter().collect();
        if self.dice.chance(2) {
            columns.extend(self.dice.pick(&all).filter(|it| !columns.contains(it)));
        }
        let name = self.dice.chance(3).then(|| self.constraint_name("pk"));
        let key = (!self.dice.chance(4)).then_some(PrimaryKey { name, columns });
        let patch = TablePatch { primary_key: Some(key), ..TablePatch::default() };
        self.apply(Change::UpdateTable { id: owner.id, patch });
    }
}
