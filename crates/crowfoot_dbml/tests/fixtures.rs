//! Each `tests/data/<case>.dbml` with what is read of it, what is reported and what is printed
//! beside it. The first comment of a case says what to expect.

use std::path::Path;

use crowfoot_schema::{Change, ChangeSet, IdMint, TablePatch, outline};
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

#[test]
fn lines_may_end_with_a_carriage_return_alone() {
    let text =
        "// users\nTable a {\n  id int [note: \'\'\'\n    x\n      y\'\'\']\n  b int // c\n}\n";
    assert_eq!(describe(&text.replace('\n', "\r")), describe(text));
}

#[test]
fn of_two_tables_with_one_alias_the_first_keeps_it() {
    let mut diagram = crowfoot_dbml::import(
        "Table a as x {\n  id int\n}\nTable b {\n  id int\n}\n",
        &mut IdMint::new(0, 7),
    )
    .value;
    let id = diagram.table_named(None, "b").unwrap().id;
    let patch = TablePatch { alias: Some(Some("x".into())), ..TablePatch::default() };
    diagram.apply(&ChangeSet::new("", vec![Change::UpdateTable { id, patch }])).unwrap();
    let printed = crowfoot_dbml::print(&diagram);
    assert!(printed.text.contains("Table a as x {"), "{}", printed.text);
    assert!(printed.text.contains("Table b {"), "{}", printed.text);
    assert_eq!(printed.notices.len(), 1);
}

#[test]
fn what_many_tables_lose_is_told_once() {
    use crowfoot_schema::{Column, ColumnType, Diagram, Index, IndexPart, Table, Uniqueness};

    let mut mint = IdMint::new(0, 7);
    let mut create = |name: String| {
        let mut table = Table::new(mint.id(), None, name);
        let column = Column::new(mint.id(), "code", ColumnType::named("text"));
        let parts = vec![IndexPart::column(column.id)];
        table.columns.push(column);
        let mut index = Index::new(mint.id(), Uniqueness::Constraint, parts);
        index.name = Some("code_key".into());
        table.indexes.push(index);
        Change::CreateTable { table: Box::new(table) }
    };
    let changes: Vec<Change> = (0..5).map(|it| create(format!("t{it}"))).collect();
    let notices = |changes: &[Change]| {
        let mut diagram = Diagram::new();
        diagram.apply(&ChangeSet::new("", changes.to_vec())).unwrap();
        let notices = crowfoot_dbml::print(&diagram).notices;
        notices.into_iter().map(|it| it.message).collect::<Vec<_>>()
    };
    let lost = "telling the unique constraint from a unique index";
    assert_eq!(notices(&changes[..1]), [format!("`t0` is printed without {lost}: `code_key`")]);
    assert_eq!(
        notices(&changes),
        [format!("5 tables are printed without {lost}: `t0`, `t1`, `t2` and 2 more")]
    );
}
