//! A generated diagram for tests and benches.

use crowfoot_schema::{
    Change, ChangeSet, Column, ColumnId, ColumnPairs, ColumnType, Diagram, IdMint, PrimaryKey, Ref,
    RefId, Table, TableId,
};

/// The diagram that some changes make.
pub(crate) fn diagram(changes: Vec<Change>) -> Diagram {
    let mut diagram = Diagram::new();
    diagram.apply(&ChangeSet::new("make", changes)).expect("the changes fit each other");
    diagram
}

/// A source of numbers that are the same each time.
pub(crate) struct Numbers(u64);

impl Numbers {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) % n.max(1) as u64) as usize
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.below(from.len())]
    }
}

const MODULES: [&str; 8] =
    ["billing", "catalog", "crm", "hr", "audit", "shipping", "support", "learning"];
const THINGS: [&str; 16] = [
    "invoice", "item", "batch", "session", "event", "entry", "category", "comment", "policy",
    "plan", "refund", "route", "vehicle", "ticket", "campaign", "contract",
];
const FIELDS: [(&str, &str); 10] = [
    ("name", "varchar(255)"),
    ("description", "text"),
    ("amount", "numeric(12,2)"),
    ("quantity", "integer"),
    ("starts_at", "timestamp with time zone"),
    ("is_active", "boolean"),
    ("metadata", "jsonb"),
    ("code", "varchar(32)"),
    ("weight", "double precision"),
    ("ip_address", "inet"),
];

/// A schema as companies have them: modules of tables that refer to each other, a few hubs that
/// everything refers to, some self-refs and composite refs; about 12 columns and 1.5 refs a table.
pub(crate) fn company(n_tables: usize) -> Diagram {
    let mut mint = IdMint::new(1, 1);
    let mut numbers = Numbers::new(n_tables as u64);
    let n_hubs = (n_tables / 8).clamp(2, 12);
    let mut tables: Vec<Table> = Vec::new();
    let mut refs: Vec<Ref> = Vec::new();
    for at in 0..n_tables {
        let module = MODULES[at / 18 % MODULES.len()];
        let name = format!("{module}_{}_{at}", numbers.pick(&THINGS));
        let mut table = Table::new(mint.id::<TableId>(), None, name);
        let mut add = |table: &mut Table, name: String, ty: &str, not_null: bool| {
            let mut column = Column::new(mint.id::<ColumnId>(), name, ColumnType::named(ty));
            column.not_null = not_null;
            table.columns.push(column);
        };
        add(&mut table, "id".into(), "bigint", true);
        let is_joint = at >= n_hubs + 3 && numbers.below(100) < 7;
        if is_joint {
            add(&mut table, "line_no".into(), "integer", true);
        }
        let n_refs = match numbers.below(100) {
            _ if at < n_hubs => numbers.below(2),
            0..20 => 0,
            20..55 => 1,
            55..82 => 2,
            82..95 => 3,
            _ => 4,
        };
        let mut targets = Vec::new();
        for key in 0..n_refs {
            let target = match numbers.below(100) {
                0..38 => {
                    let spread = numbers.below(n_hubs) + 1;
                    numbers.below(spread)
                }
                38..45 => at,
                45..90 if at >= n_hubs => n_hubs.max(at / 18 * 18) + numbers.below(at % 18 + 1),
                _ => numbers.below(at.max(1)),
            };
            let target = target.min(at);
            add(&mut table, format!("ref_{key}_id"), "bigint", numbers.below(10) < 6);
            let key_length = tables.get(target).map_or(1, |it: &Table| it.primary_columns().len());
            if key_length > 1 {
                add(&mut table, format!("ref_{key}_line_no"), "integer", false);
            }
            targets.push((key, target, key_length > 1));
        }
        for _ in 0..4 + numbers.below(10) {
            let (name, ty) = FIELDS[numbers.below(FIELDS.len())];
            let name = format!("{name}_{}", table.columns.len());
            add(&mut table, name, ty, numbers.below(2) == 0);
        }
        let key = table.columns[..if is_joint { 2 } else { 1 }].iter().map(|it| it.id).collect();
        table.primary_key = Some(PrimaryKey { name: None, columns: key });
        tables.push(table);
        for (key, target, is_composite) in targets {
            let (from, to) = (&tables[at], &tables[target]);
            let column = |table: &Table, name: &str| table.column_named(name).map(|it| it.id);
            let mut pairs = vec![(
                column(from, &format!("ref_{key}_id")).expect("it was just added"),
                to.columns[0].id,
            )];
            if is_composite {
                let line = format!("ref_{key}_line_no");
                pairs.push((column(from, &line).expect("it was just added"), to.columns[1].id));
            }
            let pairs = ColumnPairs::new(pairs).expect("the columns differ");
            refs.push(Ref::new(mint.id::<RefId>(), from.id, to.id, pairs));
        }
    }
    let tables = tables.into_iter().map(|it| Change::CreateTable { table: Box::new(it) });
    let refs = refs.into_iter().map(|it| Change::CreateRef { reference: Box::new(it) });
    diagram(tables.chain(refs).collect())
}
