//! What suggestions cost on diagrams of growing size.
//!
//! Run with `cargo bench -p crowfoot_suggest`.

#![expect(clippy::unwrap_used, reason = "a bench may stop")]

use crowfoot_schema::{
    Change, ChangeSet, Column, ColumnPairs, ColumnType, Diagram, IdMint, PrimaryKey, Ref, Table,
};
use crowfoot_suggest::Suggester;

const SIZES: [usize; 3] = [100, 1_000, 10_000];
const THINGS: [&str; 16] = [
    "account", "address", "budget", "category", "device", "event", "folder", "group", "invoice",
    "job", "language", "message", "note", "order", "product", "report",
];

fn main() {
    divan::main();
}

/// Tables of 12 columns in modules; a third of the keys is declared.
fn diagram(n_tables: usize) -> Diagram {
    let mut mint = IdMint::new(1, 1);
    let mut changes = Vec::new();
    let mut tables: Vec<Table> = Vec::with_capacity(n_tables);
    for at in 0..n_tables {
        let name = format!("m{}_{}_{}s", at / 64, THINGS[at / 4 % 16], THINGS[at % 16]);
        let mut table = Table::new(mint.id(), None, name);
        let mut add = |name: String, ty: &str| {
            table.columns.push(Column::new(mint.id(), name, ColumnType::named(ty)));
        };
        add("id".to_owned(), "bigint");
        for nth in 0..3 {
            add(
                format!("{}_{}_id", THINGS[(at + nth) % 16], THINGS[(at * 7 + nth) % 16]),
                "bigint",
            );
        }
        add("created_by".to_owned(), "bigint");
        for name in ["title", "status", "remark", "city", "unit_code"] {
            add(name.to_owned(), "varchar(80)");
        }
        for name in ["created_at", "updated_at"] {
            add(name.to_owned(), "timestamp");
        }
        table.primary_key = Some(PrimaryKey { name: None, columns: vec![table.columns[0].id] });
        if let (Some(parent), 0) = (tables.get(at / 2), at % 3) {
            let pairs = ColumnPairs::one(table.columns[1].id, parent.columns[0].id);
            let reference = Ref::new(mint.id(), table.id, parent.id, pairs);
            changes.push(Change::CreateRef { reference: Box::new(reference) });
        }
        changes.push(Change::CreateTable { table: Box::new(table.clone()) });
        tables.push(table);
    }
    let mut diagram = Diagram::new();
    diagram.apply(&ChangeSet::new("", changes)).unwrap();
    diagram
}

/// Reading a diagram and suggesting for all its tables.
#[divan::bench(args = SIZES, sample_count = 10)]
fn whole_diagram(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let diagram = diagram(n_tables);
    bencher.bench(|| Suggester::new(&diagram).all());
}

/// Reading a diagram.
#[divan::bench(args = SIZES, sample_count = 10)]
fn read(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let diagram = diagram(n_tables);
    bencher.bench(|| Suggester::new(&diagram));
}

/// Suggesting for a table as it is being typed.
#[divan::bench(args = SIZES, sample_count = 100)]
fn one_table(bencher: divan::Bencher<'_, '_>, n_tables: usize) {
    let diagram = diagram(n_tables);
    let suggester = Suggester::new(&diagram);
    let mut table = diagram.tables().nth(n_tables / 2).unwrap().clone();
    table.columns[4].name = "approved_by_account_id".into();
    bencher.bench(|| suggester.for_table_value(&table, &[]));
}
