//! What a person has dismissed is not suggested again.

use crowfoot_schema::{Change, ChangeSet, ColumnPairs, Dialect, Dismissal, IdMint};
use crowfoot_suggest::Suggester;

#[test]
fn what_was_dismissed_is_not_suggested_and_nothing_in_its_place() {
    let text = "CREATE TABLE users (id int PRIMARY KEY);
         CREATE TABLE app_users (id int PRIMARY KEY);
         CREATE TABLE orders (id int PRIMARY KEY, user_id int, parent_id int);";
    let mut diagram = crowfoot_sql::import(Dialect::PostgreSql, text, &mut IdMint::new(1, 1)).value;
    let before = Suggester::new(&diagram).all();
    assert_eq!(before.len(), 2);
    let dismissed = before.iter().find(|it| it.to_table != it.from_table).unwrap();
    let dismissal = Dismissal {
        id: IdMint::new(2, 2).id(),
        from: dismissed.from_table,
        to: dismissed.to_table,
        columns: ColumnPairs::one(dismissed.from_columns[0], dismissed.to_columns[0]),
    };
    let change = Change::DismissSuggestion { dismissal };
    diagram.apply(&ChangeSet::new("", vec![change])).unwrap();
    let left: Vec<_> = before.iter().filter(|it| *it != dismissed).cloned().collect();
    assert_eq!(Suggester::new(&diagram).all(), left);
    let unsure = Suggester::new(&diagram).with_min_confidence(0.01).all();
    assert!(unsure.iter().all(|it| it.from_columns != dismissed.from_columns));
}
