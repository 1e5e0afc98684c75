//! How fast DBML is parsed, imported and printed, in bytes of text per second, on a generated
//! text of 10,000 tables.

use std::fmt::Write;

use crowfoot_schema::IdMint;
use divan::{Bencher, counter::BytesCount};

fn main() {
    divan::main();
}

/// A text of so many tables with about twelve columns and one and a half refs each.
fn text(n_tables: usize) -> String {
    let types = ["bigint", "varchar(255)", "timestamptz", "boolean", "numeric(12,2)", "text"];
    let mut out = String::new();
    for table in 0..n_tables {
        let _ = writeln!(out, "Table module_{}.entity_{table} {{", table % 20);
        out.push_str("  id bigint [pk, increment]\n");
        for column in 0..10 + table % 4 {
            let ty = types[(table + column) % types.len()];
            let settings = match column % 5 {
                0 => " [not null]",
                1 => " [not null, default: 0]",
                2 => " [note: 'what this column is good for']",
                _ => "",
            };
            let _ = writeln!(out, "  attribute_{column} {ty}{settings}");
        }
        out.push_str("\n  indexes {\n    (attribute_1, attribute_2) [unique]\n  }\n}\n\n");
    }
    for table in 1..n_tables {
        let (from, to) = (table % 20, (table / 2) % 20);
        let _ = writeln!(
            out,
            "Ref fk_{table}: module_{from}.entity_{table}.attribute_0 > module_{to}.entity_{}.id \
             [delete: cascade]",
            table / 2,
        );
        if table % 2 == 0 {
            let _ = writeln!(
                out,
                "Ref: module_{from}.entity_{table}.attribute_3 > module_{}.entity_{}.id",
                (table - 1) % 20,
                table - 1,
            );
        }
    }
    out
}

const SIZES: [usize; 2] = [1_000, 10_000];

#[divan::bench(args = SIZES)]
fn parse(bencher: Bencher, n_tables: usize) {
    let text = text(n_tables);
    bencher.counter(BytesCount::of_str(&text)).bench(|| crowfoot_dbml::check_syntax(&text));
}

#[divan::bench(args = SIZES)]
fn import(bencher: Bencher, n_tables: usize) {
    let text = text(n_tables);
    let read = || crowfoot_dbml::import(&text, &mut IdMint::new(1, 1));
    let first = read();
    assert!(first.diagnostics.is_empty() && first.value.tables().len() == n_tables);
    bencher.counter(BytesCount::of_str(&text)).bench(read);
}

#[divan::bench(args = SIZES)]
fn print(bencher: Bencher, n_tables: usize) {
    let diagram = crowfoot_dbml::import(&text(n_tables), &mut IdMint::new(1, 1)).value;
    let printed = crowfoot_dbml::print(&diagram).text;
    bencher.counter(BytesCount::of_str(&printed)).bench(|| crowfoot_dbml::print(&diagram));
}
