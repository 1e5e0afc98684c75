//! Reading SQL never panics, and diagnostics point into the text.
//!
//! Run with `cargo +nightly fuzz run import_sql fuzz/corpus/import_sql fuzz/seeds/import_sql`.

#![no_main]

use crowfoot_schema::IdMint;
use crowfoot_sql::{Dialect, detect, import};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    detect(text);
    for dialect in [Dialect::PostgreSql, Dialect::MySql, Dialect::Sqlite] {
        let parsed = import(dialect, text, &mut IdMint::new(0, 0));
        for diagnostic in parsed.diagnostics {
            let range = diagnostic.span.start as usize..diagnostic.span.end as usize;
            assert!(text.get(range).is_some(), "{diagnostic:?}");
        }
    }
});
