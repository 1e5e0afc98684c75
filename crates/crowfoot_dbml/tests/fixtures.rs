//! Each `tests/data/<case>.dbml` with what is read of it, what is reported and what is printed
//! beside it. The first comment of a case says what to expect.

use std::path::Path;

use crowfoot_schema::{IdMint, outline};
use crowfoot_text::LineIndex;

fn describe(text: &str) -> String {
    let parsed = crowfoot_dbml::import(text, &mut IdMint::new(1_700_000_000_000, 7));
    let lines = LineIndex::new(text);
    let mut out = String::new();
    for diagnostic in &parsed.diagnostics {
        out += &format!("{}\n", diagnostic.summary(&lines));
        if let Some(help) = &diagnostic.help {
            out += &format!("    help: {help}\n");
        }
    }
    let printed = crowfoot_dbml::print(&parsed.value);
    out += &format!("--- outline\n{}", outline(&parsed.value));
    for notice in &printed.notices {
        out += &format!("--- notice {}: {}\n", notice.code, notice.message);
    }
    out += &format!("--- printed\n{}", printed.text);
    out
}

#[test]
fn cases_read_and_print_as_recorded() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&folder);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|it| it == "dbml") {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            settings.bind(|| insta::assert_snapshot!(name, describe(&text)));
        }
    }
}
