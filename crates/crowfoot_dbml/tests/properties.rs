//! What holds for every diagram and every text.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use crowfoot_schema::{IdMint, outline};
use proptest::prelude::*;

fn mint() -> IdMint {
    IdMint::new(1_700_000_000_000, 7)
}

fn fixtures() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.extension().is_some_and(|it| it == "dbml"))
        .collect();
    paths.sort();
    paths.iter().map(|it| std::fs::read_to_string(it).unwrap()).collect()
}

/// Reads a text whatever it is, and sees that all places lie in it and that what was read prints
/// and reads again.
fn check_text(text: &str) {
    let parsed = crowfoot_dbml::import(text, &mut mint());
    for it in &parsed.diagnostics {
        assert_ne!(it.code, "dbml/refused", "{}\n{text}", it.message);
        let span = it.span;
        assert!(span.start <= span.end && span.end as usize <= text.len(), "{it:?}\n{text}");
        let (start, end) = (span.start as usize, span.end as usize);
        assert!(text.is_char_boundary(start) && text.is_char_boundary(end), "{it:?}\n{text}");
    }
    let starts: Vec<_> = parsed.diagnostics.iter().map(|it| it.span.start).collect();
    assert!(starts.is_sorted());
    let printed = crowfoot_dbml::print(&parsed.value);
    let again = crowfoot_dbml::import(&printed.text, &mut mint());
    let twice = crowfoot_dbml::print(&again.value);
    let thrice = crowfoot_dbml::import(&twice.text, &mut mint());
    assert!(thrice.value.tables().len() == again.value.tables().len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_printed_reads_back_as_the_same_diagram(seed in any::<u64>(), size in 1..6_usize) {
        let diagram = support::diagram(seed, size, false);
        let printed = crowfoot_dbml::print(&diagram);
        prop_assert!(printed.notices.is_empty(), "{:?}", printed.notices);
        let read = crowfoot_dbml::import(&printed.text, &mut mint());
        prop_assert!(!read.has_errors(), "{:?}\n{}", read.diagnostics, printed.text);
        prop_assert_eq!(outline(&read.value), outline(&diagram), "{}", printed.text);
        prop_assert_eq!(crowfoot_dbml::print(&read.value).text, printed.text);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,200}") {
        check_text(&text);
    }

    #[test]
    fn any_soup_of_tokens_is_read_without_panic(
        tokens in prop::collection::vec(prop::sample::select(vec![
            "Table", "Ref", "Enum", "TableGroup", "TablePartial", "Note", "DiagramView", "Project",
            "records", "Dep", "use", "from", "as", "a", "b", "id", "int", "\"q\"", "'s'", "'''m\n'''",
            "`e`", "#fff", "{", "}", "[", "]", "(", ")", ":", ",", ".", "~", "*", "<", ">", "-", "?",
            "<>", "1", "-2.5", "\n", "\n", "//c\n", "/*", "'", "\"", "`", "pk", "not null", "unique",
            "ref: > a.id", "indexes {", "checks {", "é",
        ]), 0..60)
    ) {
        check_text(&tokens.join(" "));
    }

    #[test]
    fn a_spoilt_fixture_is_read_without_panic(
        which in any::<prop::sample::Index>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..12_usize, "[\\PC\n]{0,3}"), 1..6),
    ) {
        let fixtures = fixtures();
        let mut text: Vec<char> = which.get(&fixtures).chars().collect();
        for (at, len, put) in cuts {
            let at = at.index(text.len().max(1)).min(text.len());
            let end = (at + len).min(text.len());
            text.splice(at..end, put.chars());
        }
        check_text(&text.into_iter().collect::<String>());
    }
}
