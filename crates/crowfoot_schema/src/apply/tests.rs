use crate::{
    Change, ChangeSet, Column, ColumnId, ColumnPairs, ColumnType, Diagram, IdMint, Point,
    PrimaryKey, Ref, Table, TablePatch,
};

/// Two tables, `users` and `orders`, joined by one ref.
fn shop() -> (Diagram, Table, Table, Ref) {
    let mut mint = IdMint::new(1, 1);
    let mut table = |name: &str, columns: &[&str]| {
        let mut table = Table::new(mint.id(), None, name);
        for column in columns {
            table.columns.push(Column::new(mint.id(), *column, ColumnType::named("int")));
        }
        let key: ColumnId = table.columns[0].id;
        table.primary_key = Some(PrimaryKey { name: None, columns: vec![key] });
        table
    };
    let users = table("users", &["id", "name"]);
    let orders = table("orders", &["id", "user_id"]);
    let pairs = ColumnPairs::one(orders.columns[1].id, users.columns[0].id);
    let reference = Ref::new(mint.id(), orders.id, users.id, pairs);

    let mut diagram = Diagram::new();
    let changes = vec![
        Change::CreateTable { table: Box::new(users.clone()) },
        Change::CreateTable { table: Box::new(orders.clone()) },
        Change::CreateRef { reference: Box::new(reference.clone()) },
    ];
    diagram.apply(&ChangeSet::new("make the shop", changes)).unwrap();
    (diagram, users, orders, reference)
}

#[test]
fn deleting_a_table_takes_its_refs_along_and_the_inverse_brings_them_back() {
    let (before, users, _, reference) = shop();
    let mut diagram = before.clone();
    let gone = ChangeSet::new("drop users", vec![Change::DeleteTable { id: users.id }]);

    let applied = diagram.apply(&gone).unwrap();

    assert_eq!(diagram.refs().count(), 0);
    assert_eq!(
        applied.effective.changes,
        [Change::DeleteRef { id: reference.id }, Change::DeleteTable { id: users.id }]
    );
    diagram.apply(&applied.inverse).unwrap();
    assert_eq!(diagram, before);
    assert_eq!(diagram.refs_of(users.id).count(), 1);
}

#[test]
fn a_change_set_that_fails_late_leaves_no_trace() {
    let (before, users, _, _) = shop();
    let mut diagram = before.clone();
    let rename = |name: &str| {
        let patch = TablePatch { name: Some(name.into()), ..TablePatch::default() };
        Change::UpdateTable { id: users.id, patch }
    };
    let missing = Change::DeleteRef { id: IdMint::new(9, 9).id() };

    let rejected = diagram.apply(&ChangeSet::new("", vec![rename("people"), missing])).unwrap_err();
    assert_eq!(rejected.reasons.len(), 1);
    assert_eq!((rejected.reasons[0].change, &*rejected.reasons[0].code), (1, "schema/unknown-ref"));
    assert_eq!(diagram, before);

    let rejected = diagram.apply(&ChangeSet::new("", vec![rename("orders")])).unwrap_err();
    assert_eq!(rejected.reasons[0].code, "schema/duplicate-table-name");
    assert_eq!(rejected.reasons[0].field.as_deref(), Some("name"));
    assert_eq!(diagram, before);
    assert!(diagram.table_named(None, "users").is_some());
}

#[test]
fn two_tables_can_swap_names_in_one_change_set() {
    let (mut diagram, users, orders, _) = shop();
    let rename = |id, name: &str| {
        let patch = TablePatch { name: Some(name.into()), ..TablePatch::default() };
        Change::UpdateTable { id, patch }
    };
    let swap = ChangeSet::new("swap", vec![rename(users.id, "orders"), rename(orders.id, "users")]);

    let applied = diagram.apply(&swap).unwrap();
    assert_eq!(diagram.table_named(None, "users").unwrap().id, orders.id);
    diagram.apply(&applied.inverse).unwrap();
    assert_eq!(diagram.table_named(None, "users").unwrap().id, users.id);
}

#[test]
fn change_sets_and_diagrams_survive_json() {
    let (mut diagram, users, ..) = shop();
    let gone = ChangeSet::new("drop users", vec![Change::DeleteTable { id: users.id }]);
    let applied = diagram.apply(&gone).unwrap();
    let json = serde_json::to_string(&applied.inverse).unwrap();
    assert_eq!(serde_json::from_str::<ChangeSet>(&json).unwrap(), applied.inverse);
}

#[test]
fn tables_stay_where_they_can_be_drawn() {
    let (mut diagram, users, _, _) = shop();
    let put = |x: i32| {
        let patch = TablePatch { position: Some(Some(Point { x, y: 0 })), ..TablePatch::default() };
        ChangeSet::new("move users", vec![Change::UpdateTable { id: users.id, patch }])
    };
    diagram.apply(&put(Point::FARTHEST)).unwrap();
    let rejected = diagram.apply(&put(i32::MAX)).unwrap_err();
    assert_eq!(rejected.reasons[0].code, "schema/out-of-reach");
    assert_eq!(rejected.reasons[0].field.as_deref(), Some("position"));
}
