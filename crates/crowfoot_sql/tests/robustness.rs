//! Whatever the text, reading it does not panic, and what is said about it points into it.

use crowfoot_schema::IdMint;
use crowfoot_sql::{Dialect, detect, import};
use proptest::prelude::*;

const SEEDS: &[&str] = &[
    include_str!("data/import/postgresql/pg_dump.sql"),
    include_str!("data/import/postgresql/columns.sql"),
    include_str!("data/import/postgresql/forms.sql"),
    include_str!("data/import/postgresql/migrations.sql"),
    include_str!("data/import/postgresql/prisma.sql"),
    include_str!("data/import/postgresql/inherit.sql"),
    include_str!("data/import/mysql/mysqldump.sql"),
    include_str!("data/import/mysql/laravel.sql"),
    include_str!("data/import/mysql/keywords.sql"),
    include_str!("data/import/sqlite/dump.sql"),
    include_str!("data/import/sqlite/rebuild.sql"),
];

fn check(text: &str) {
    detect(text);
    for dialect in [Dialect::PostgreSql, Dialect::MySql, Dialect::Sqlite] {
        let parsed = import(dialect, text, &mut IdMint::new(0, 0));
        for diagnostic in &parsed.diagnostics {
            let span = diagnostic.span;
            assert!(span.start <= span.end && span.end as usize <= text.len(), "{diagnostic:?}");
            let range = span.start as usize..span.end as usize;
            assert!(text.get(range).is_some(), "{diagnostic:?}");
        }
    }
}

/// A piece that is likely to confuse.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("'".to_owned()),
        Just("\"".to_owned()),
        Just("`".to_owned()),
        Just(",".to_owned()),
        Just(";".to_owned()),
        Just("$$".to_owned()),
        Just("$a$".to_owned()),
        Just("/*".to_owned()),
        Just("/*!".to_owned()),
        Just("*/".to_owned()),
        Just("\\".to_owned()),
        Just("\n".to_owned()),
        Just("é".to_owned()),
        Just(" begin ".to_owned()),
        Just(" end ".to_owned()),
        Just("\ndelimiter //\n".to_owned()),
        Just(" primary key ".to_owned()),
        Just(" references a ".to_owned()),
        Just(" default ".to_owned()),
        Just("\ncreate table ".to_owned()),
        Just("copy a from stdin;\n".to_owned()),
        "[ -~]{0,6}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(160))]

    #[test]
    fn arbitrary_text(text in ".{0,200}") {
        check(&text);
    }

    #[test]
    fn pieces_in_a_row(pieces in prop::collection::vec(piece(), 0..40)) {
        check(&pieces.concat());
    }

    #[test]
    fn mutated_scripts(
        seed in prop::sample::select(SEEDS),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..30_usize, piece()), 1..8),
    ) {
        let mut text: Vec<char> = seed.chars().collect();
        for (at, length, piece) in cuts {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, piece.chars());
        }
        check(&text.into_iter().collect::<String>());
    }
}

#[test]
fn deep_and_long_texts_take_no_longer_than_their_length_asks() {
    let n = 50_000;
    check(&format!("create table a (b int default {}1{});", "(".repeat(n), ")".repeat(n)));
    check(&format!("create table a (b int check {}1{});", "(".repeat(n), ")".repeat(n)));
    check(&"'".repeat(n));
    check(&"$a$ $b$ ".repeat(n / 8));
    check(&"/* ".repeat(n));
    check(&"{".repeat(2 * n));
    check(&"create trigger t begin a;\n".repeat(2_000));
    check(&"copy a from stdin;\n".repeat(2_000));
    check(&format!("create table a ({});", "b int,".repeat(5_000)));
    let columns: Vec<String> = (0..3_000).map(|it| format!("c{it} int references a")).collect();
    check(&format!("create table a (id int primary key, {});", columns.join(", ")));
    let drops: Vec<String> = (0..2_000).map(|it| format!("drop column c{it}")).collect();
    check(&format!("create table a (id int);\nalter table a {};", drops.join(", ")));
}
