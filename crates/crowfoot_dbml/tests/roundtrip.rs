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

/// Checks every DBML file of a folder; how many there are.
fn check_folder(folder: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut n_files = 0;
    for entry in std::fs::read_dir(&folder).expect("the folder is in the repository") {
        let path = entry.expect("the folder can be read").path();
        if path.extension().is_some_and(|it| it == "dbml") {
            let text = std::fs::read_to_string(&path).expect("fixtures are text");
            check(&text, &path.display().to_string());
            n_files += 1;
        }
    }
    n_files
}

#[test]
fn fixtures_come_back_from_print_as_they_went_in() {
    assert!(check_folder("tests/data") > 0);
}

#[test]
fn samples_come_back_from_print_as_they_went_in() {
    assert!(check_folder("../../samples") > 0);
}
