//! What is printed reads back as the same diagram, and prints the same again.

use std::path::Path;

use crowfoot_schema::{IdMint, outline};
use crowfoot_text::LineIndex;

fn mint() -> IdMint {
    IdMint::new(1_700_000_000_000, 7)
}

/// Reads the text, prints it, reads it again.
fn check(text: &str, name: &str) {
    let first = crowfoot_dbml::import(text, &mut mint());
    let printed = crowfoot_dbml::print(&first.value);
    let second = crowfoot_dbml::import(&printed.text, &mut mint());
    let lines = LineIndex::new(&printed.text);
    let errors: Vec<_> = second
        .diagnostics
        .iter()
        .filter(|it| it.severity == crowfoot_text::Severity::Error)
        .filter(|it| it.code != "dbml/unresolved-use")
        .map(|it| it.summary(&lines))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:?}\n{}", printed.text);
    if printed.notices.is_empty() {
        assert_eq!(outline(&second.value), outline(&first.value), "{name}\n{}", printed.text);
    }
    let again = crowfoot_dbml::print(&second.value);
    assert_eq!(again.text, printed.text, "{name} prints otherwise the second time");
}

#[test]
fn fixtures_come_back_from_print_as_they_went_in() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut n_files = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "dbml") {
            check(&std::fs::read_to_string(&path).unwrap(), &path.display().to_string());
            n_files += 1;
        }
    }
    assert!(n_files > 0);
}
