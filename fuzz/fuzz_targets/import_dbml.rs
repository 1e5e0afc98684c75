//! Any text is read as DBML without a panic, all places that are reported lie in it, and what is
//! printed of it can be read again.

#![no_main]

use crowfoot_schema::IdMint;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut mint = IdMint::new(1, 1);
    let parsed = crowfoot_dbml::import(text, &mut mint);
    for it in &parsed.diagnostics {
        let (start, end) = (it.span.start as usize, it.span.end as usize);
        assert!(text.get(start..end).is_some(), "{it:?}");
        assert_ne!(it.code, "dbml/refused", "{}", it.message);
    }
    let printed = crowfoot_dbml::print(&parsed.value).text;
    crowfoot_dbml::import(&printed, &mut mint);
});
