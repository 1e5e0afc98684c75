use crowfoot_schema::{
    Cardinality, Change, ChangeSet, Column, ColumnType, Diagram, Document, IdMint, Index,
    IndexPart, Point, PrimaryKey, Table, TableId, Uniqueness,
};
use serde_json::json;

use super::{AT_ONCE, MANY};
use crate::{
    Editor,
    command::{Command, Selection, TableFields},
    view::SuggestionReview,
};

/// Tables of columns that are ints, the first one the primary key.
fn diagram(tables: &[(&str, &[&str])]) -> Diagram {
    let mut mint = IdMint::new(1_700_000_000_000, 1);
    let mut diagram = Diagram::new();
    let made = tables.iter().enumerate().map(|(at, (name, columns))| {
        let mut table = Table::new(mint.id(), None, *name);
        for column in *columns {
            let ty = ColumnType::named("integer");
            table.columns.push(Column::new(mint.id(), *column, ty));
        }
        let columns = vec![table.columns[0].id];
        table.head.primary_key = Some(PrimaryKey { name: None, columns });
        table.head.position = Some(Point { x: 400 * (at as i32 % 10), y: 300 * (at as i32 / 10) });
        if *name == "profiles" {
            let parts = vec![IndexPart::column(table.columns[1].id)];
            table.indexes.push(Index::new(mint.id(), Uniqueness::Constraint, parts));
        }
        Change::CreateTable { table: Box::new(table) }
    });
    let changes = made.collect();
    diagram.apply(&ChangeSet::new("", changes)).unwrap();
    diagram
}

fn open(diagram: &Diagram) -> Editor {
    let diagram = serde_json::to_value(Document::from(diagram)).unwrap();
    let snapshot = json!({ "id": "d", "name": "Shop", "revision": 1, "diagram": diagram });
    let mut editor = Editor::new(1_700_000_001_000, 7);
    editor.open(&snapshot.to_string()).unwrap();
    editor
}

fn shop() -> Editor {
    open(&diagram(&[
        ("users", &["id"]),
        ("orders", &["id", "user_id", "note"]),
        ("profiles", &["id", "user_id"]),
        ("items", &["id", "order_id"]),
    ]))
}

fn id(editor: &Editor, name: &str) -> TableId {
    editor.shown.table_named(None, name).unwrap().id
}

fn said(review: &SuggestionReview) -> Vec<String> {
    review.rows.iter().map(|it| format!("{} {} {}", it.from, it.symbol, it.to)).collect()
}

fn keys(review: &SuggestionReview) -> Vec<String> {
    review.rows.iter().map(|it| it.key.clone()).collect()
}

fn rename(editor: &mut Editor, table: &str, name: &str) {
    let (id, name) = (id(editor, table), Some(name.to_owned()));
    let fields = TableFields { name, ..TableFields::default() };
    editor.run(Command::UpdateTable { id, fields }).unwrap();
}

#[test]
fn all_tables_are_looked_through_and_listed_by_target() {
    let mut editor = shop();
    let review = editor.suggestions();
    let wanted =
        ["items.order_id > orders.id", "orders.user_id > users.id", "profiles.user_id - users.id"];
    assert_eq!(said(&review), wanted);
    assert_eq!(review.n_waiting, 0);
    assert!(review.is_worth_offering);
    assert!(review.rows.iter().all(|it| it.confidence >= 0.5 && !it.reason.is_empty()));
    let counts: Vec<_> = editor.suggestion_counts().iter().map(|it| it.n).collect();
    assert_eq!(counts, [1, 1, 1]);
}

#[test]
fn accepting_some_is_one_step_that_can_be_taken_back() {
    let mut editor = shop();
    let before = editor.shown.clone();
    let keys = keys(&editor.suggestions());
    let done = editor.run(Command::AcceptSuggestions { keys: keys[1..].to_vec() }).unwrap();
    assert_eq!(done.description, "add 2 suggested refs");
    let mut made: Vec<_> = editor.shown.refs().map(|it| it.cardinality).collect();
    made.sort_by_key(|it| it.symbol());
    assert_eq!(made, [Cardinality::OneToOne, Cardinality::ManyToOne]);
    assert!(editor.shown.refs().all(|it| it.on_delete.is_none() && it.on_update.is_none()));
    assert_eq!(said(&editor.suggestions()), ["items.order_id > orders.id"]);
    assert!(!editor.suggestions().is_worth_offering);
    // Once more changes nothing.
    let again = editor.run(Command::AcceptSuggestions { keys: keys[1..].to_vec() }).unwrap();
    assert!(again.touched.refs.is_empty());
    editor.undo().unwrap();
    assert_eq!(editor.shown, before);
    assert_eq!(editor.suggestions().rows.len(), 3);
}

#[test]
fn what_is_dismissed_is_not_suggested_until_it_is_taken_back() {
    let mut editor = shop();
    let all = keys(&editor.suggestions());
    let done = editor.run(Command::DismissSuggestions { keys: all[..1].to_vec() }).unwrap();
    assert_eq!(done.description, "dismiss the suggestion for items.order_id");
    assert!(done.touched.suggestions);
    let review = editor.suggestions();
    assert_eq!(keys(&review), all[1..]);
    assert_eq!(review.dismissed.len(), 1);
    assert_eq!(review.dismissed[0].key, all[0]);
    assert!(!review.dismissed[0].reason.is_empty());
    assert_eq!(editor.suggestion_counts().len(), 2);
    editor.run(Command::RestoreSuggestions { keys: all[..1].to_vec() }).unwrap();
    assert_eq!(keys(&editor.suggestions()), all);
    editor.undo().unwrap();
    assert_eq!(keys(&editor.suggestions()), all[1..]);
    editor.undo().unwrap();
    assert_eq!(keys(&editor.suggestions()), all);
}

#[test]
fn a_preview_draws_the_lines_and_changes_nothing() {
    let mut editor = shop();
    let (before, keys) = (editor.shown.clone(), keys(&editor.suggestions()));
    let stream = editor.preview_suggestions(Some(&keys[..1]));
    let (items, orders) = (id(&editor, "items"), id(&editor, "orders"));
    let slot = |id| editor.scene.table_slot(id).unwrap() as f32;
    assert_eq!(stream[..3], [0.0, slot(items), slot(orders)]);
    assert!(stream[9] >= 2.0);
    assert!(editor.preview_suggestions(None).len() > 2 * stream.len());
    assert_eq!(editor.shown, before);
    assert_eq!(editor.scene.n_line_slots(), 0);
    assert!(editor.preview_suggestions(Some(&["?".to_owned()])).is_empty());
}

#[test]
fn keys_of_what_is_gone_are_told() {
    let mut editor = shop();
    let keys = keys(&editor.suggestions());
    let tables = vec![id(&editor, "users")];
    let things = Selection { tables, ..Selection::default() };
    editor.run(Command::Delete { things }).unwrap();
    assert!(editor.suggestions().rows.iter().all(|it| !it.to.starts_with("users.")));
    let gone = editor.run(Command::AcceptSuggestions { keys: keys[1..].to_vec() });
    assert_eq!(gone.unwrap_err().code, "wasm/unknown-suggestion");
}

#[test]
fn a_large_diagram_is_looked_at_in_part_and_only_where_it_changed() {
    let syllables = ["ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "tu"];
    let word = |at: usize| [at / 100, at / 10, at].map(|it| syllables[it % 10]).concat();
    let names: Vec<String> = (0..MANY).map(|at| word(at) + "s").collect();
    let columns: Vec<[String; 2]> =
        (0..MANY).map(|at| ["id".to_owned(), word(at + 1) + "_id"]).collect();
    let columns: Vec<[&str; 2]> = columns.iter().map(|it| [&*it[0], &*it[1]]).collect();
    let mut tables: Vec<(&str, &[&str])> =
        names.iter().zip(&columns).map(|(name, columns)| (&**name, &columns[..])).collect();
    tables.push(("users", &["id"]));
    let mut editor = open(&diagram(&tables));
    let first = editor.suggestions();
    assert_eq!((first.rows.len(), first.n_waiting), (0, MANY + 1));
    assert!(!editor.look_for_suggestions(AT_ONCE));
    let some = editor.suggestions();
    assert_eq!(some.n_waiting, MANY + 1 - AT_ONCE);
    assert!(!some.rows.is_empty());
    assert!(editor.look_for_suggestions(MANY));
    assert_eq!(editor.suggestions().rows.len(), MANY);
    // Only what was touched is looked at again, and that at once.
    rename(&mut editor, "users", "people");
    editor.await_changed();
    assert_eq!(editor.review.waiting.len(), 1);
    let keys = keys(&editor.suggestions());
    editor.run(Command::AcceptSuggestions { keys: keys[..2].to_vec() }).unwrap();
    editor.await_changed();
    let n_waiting = editor.review.waiting.len();
    assert!((2..10).contains(&n_waiting), "{n_waiting}");
    assert_eq!(editor.suggestions().rows.len(), MANY - 2);
    editor.undo().unwrap();
    assert_eq!(editor.suggestions().rows.len(), MANY);
}
