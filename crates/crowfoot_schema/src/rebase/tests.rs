use serde_json::Value;

use super::{Conflict, rebase};
use crate::{
    Change, ChangeSet, Column, ColumnPatch, ColumnType, Diagram, IdMint, Index, IndexPart,
    PrimaryKey, Ref, RefPatch, ReferentialAction, Table, TablePatch, Uniqueness,
};

/// Two tables, `users` and `orders`, joined by one ref; and a mint for more.
struct Shop {
    diagram: Diagram,
    users: Table,
    orders: Table,
    reference: Ref,
    mint: IdMint,
}

fn shop() -> Shop {
    let mut mint = IdMint::new(1, 1);
    let mut table = |name: &str, columns: &[&str]| {
        let mut table = Table::new(mint.id(), None, name);
        for column in columns {
            table.columns.push(Column::new(mint.id(), *column, ColumnType::named("int")));
        }
        table.primary_key = Some(PrimaryKey { name: None, columns: vec![table.columns[0].id] });
        table
    };
    let users = table("users", &["id", "name"]);
    let orders = table("orders", &["id", "user_id"]);
    let pairs = crate::ColumnPairs::one(orders.columns[1].id, users.columns[0].id);
    let reference = Ref::new(mint.id(), orders.id, users.id, pairs);
    let mut diagram = Diagram::new();
    let changes = vec![
        Change::CreateTable { table: Box::new(users.clone()) },
        Change::CreateTable { table: Box::new(orders.clone()) },
        Change::CreateRef { reference: Box::new(reference.clone()) },
    ];
    diagram.apply(&ChangeSet::new("", changes)).unwrap();
    Shop { diagram, users, orders, reference, mint }
}

impl Shop {
    fn rename(&self, name: &str) -> Change {
        let patch = TablePatch { name: Some(name.into()), ..TablePatch::default() };
        Change::UpdateTable { id: self.users.id, patch }
    }

    fn note(&self, note: &str) -> Change {
        let patch = TablePatch { note: Some(Some(note.into())), ..TablePatch::default() };
        Change::UpdateTable { id: self.users.id, patch }
    }

    fn retype(&self, ty: &str) -> Change {
        let patch = ColumnPatch { ty: Some(ColumnType::named(ty)), ..ColumnPatch::default() };
        Change::UpdateColumn { table: self.users.id, id: self.users.columns[1].id, patch }
    }

    fn cascade(&self) -> Change {
        let patch =
            RefPatch { on_delete: Some(Some(ReferentialAction::Cascade)), ..RefPatch::default() };
        Change::UpdateRef { id: self.reference.id, patch: Box::new(patch) }
    }

    fn drop_users(&self) -> Change {
        Change::DeleteTable { id: self.users.id }
    }

    fn drop_user_id(&self) -> Change {
        Change::DeleteColumn { table: self.orders.id, id: self.orders.columns[1].id }
    }

    /// Applies theirs, rebases mine onto it, applies that too.
    fn merge(&self, theirs: Vec<Change>, mine: Vec<Change>) -> Result<Diagram, Vec<Conflict>> {
        let mut now = self.diagram.clone();
        let theirs = now.apply(&ChangeSet::new("theirs", theirs)).unwrap().effective;
        let rebased = now.rebase(&ChangeSet::new("mine", mine), &[theirs])?;
        now.apply(&rebased).unwrap();
        Ok(now)
    }

    fn codes(&self, theirs: Vec<Change>, mine: Vec<Change>) -> Vec<String> {
        let conflicts = self.merge(theirs, mine).unwrap_err();
        conflicts
            .iter()
            .map(|it| format!("{} {}", it.code, it.field.as_deref().unwrap_or("-")))
            .collect()
    }
}

#[test]
fn disjoint_fields_merge() {
    let shop = shop();
    let merged = shop.merge(vec![shop.rename("people")], vec![shop.note("who buys")]).unwrap();
    let users = merged.table(shop.users.id).unwrap();
    assert_eq!((users.name.as_str(), users.note.as_deref()), ("people", Some("who buys")));
}

#[test]
fn a_field_that_both_changed_is_a_conflict_with_both_values() {
    let shop = shop();
    let conflicts =
        shop.merge(vec![shop.rename("people")], vec![shop.rename("persons")]).unwrap_err();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].entity, crate::EntityId::Table(shop.users.id));
    assert_eq!(conflicts[0].field.as_deref(), Some("name"));
    assert_eq!(conflicts[0].theirs, Value::from("people"));
    assert_eq!(conflicts[0].mine, Value::from("persons"));
    assert_eq!(
        conflicts[0].message,
        "the table `people`: somebody else set `name` to `people`, you set it to `persons`"
    );
    let conflicts =
        shop.merge(vec![shop.retype("text")], vec![shop.retype("varchar(20)")]).unwrap_err();
    assert!(conflicts[0].message.starts_with("the column `users.name`"), "{conflicts:?}");
}

#[test]
fn the_same_value_twice_merges_in_silence() {
    let shop = shop();
    let merged = shop.merge(vec![shop.rename("people")], vec![shop.rename("people")]).unwrap();
    assert_eq!(merged.table(shop.users.id).unwrap().name, "people");
}

#[test]
fn places_never_conflict() {
    let shop = shop();
    let place = |x| {
        let position = Some(Some(crate::Point { x, y: 0 }));
        let patch = TablePatch { position, ..TablePatch::default() };
        Change::UpdateTable { id: shop.users.id, patch }
    };
    let merged = shop.merge(vec![place(1)], vec![place(2)]).unwrap();
    assert_eq!(merged.table(shop.users.id).unwrap().position.unwrap().x, 2);
    let merged = shop.merge(vec![place(1)], vec![shop.drop_users()]).unwrap();
    assert!(merged.table(shop.users.id).is_none());
}

#[test]
fn what_they_deleted_cannot_be_changed() {
    let shop = shop();
    let theirs = || vec![shop.drop_users()];
    assert_eq!(shop.codes(theirs(), vec![shop.rename("people")]), ["conflict/deleted -"]);
    // One conflict for the table, however many of its columns were changed.
    let mine = vec![shop.retype("text"), shop.retype("char(3)")];
    assert_eq!(shop.codes(theirs(), mine), ["conflict/deleted -"]);
    assert_eq!(shop.codes(theirs(), vec![shop.cascade()]), ["conflict/deleted -"]);
}

#[test]
fn what_both_deleted_is_gone() {
    let shop = shop();
    let merged = shop.merge(vec![shop.drop_users()], vec![shop.drop_users()]).unwrap();
    assert!(merged.table(shop.users.id).is_none());
    let mine = vec![Change::DeleteColumn { table: shop.users.id, id: shop.users.columns[1].id }];
    shop.merge(vec![shop.drop_users()], mine).unwrap();
    // Their column took the ref along, mine deletes the ref by itself.
    let mine = vec![Change::DeleteRef { id: shop.reference.id }];
    shop.merge(vec![shop.drop_user_id()], mine).unwrap();
}

#[test]
fn what_they_changed_cannot_be_deleted() {
    let shop = shop();
    let mine = || vec![shop.drop_users()];
    assert_eq!(shop.codes(vec![shop.note("x")], mine()), ["conflict/deletes-changed -"]);
    assert_eq!(shop.codes(vec![shop.retype("text")], mine()), ["conflict/deletes-changed -"]);
    assert_eq!(shop.codes(vec![shop.cascade()], mine()), ["conflict/deletes-changed -"]);
    let mine = || vec![shop.drop_user_id()];
    assert_eq!(shop.codes(vec![shop.cascade()], mine()), ["conflict/deletes-changed -"]);
}

#[test]
fn what_they_use_cannot_be_deleted() {
    let mut shop = shop();
    let user_id = shop.orders.columns[1].id;
    let index = Index::new(shop.mint.id(), Uniqueness::None, vec![IndexPart::column(user_id)]);
    let theirs = vec![Change::CreateIndex { table: shop.orders.id, index, after: None }];
    let codes = shop.codes(theirs, vec![shop.drop_user_id()]);
    assert!(codes.contains(&"conflict/deletes-used -".to_owned()), "{codes:?}");

    let pairs = crate::ColumnPairs::one(shop.users.columns[1].id, shop.orders.columns[0].id);
    let another = Ref::new(shop.mint.id(), shop.users.id, shop.orders.id, pairs);
    let theirs = vec![Change::CreateRef { reference: Box::new(another) }];
    // Known without the diagram, too: the new ref says what it joins.
    let mine = ChangeSet::new("", vec![Change::DeleteTable { id: shop.orders.id }]);
    let conflicts = rebase(&mine, &[ChangeSet::new("", theirs)]).unwrap_err();
    assert_eq!(conflicts[0].code, "conflict/deletes-used");
}

#[test]
fn what_they_deleted_cannot_be_used() {
    let mut shop = shop();
    let pairs = crate::ColumnPairs::one(shop.orders.columns[0].id, shop.users.columns[1].id);
    let another = Ref::new(shop.mint.id(), shop.orders.id, shop.users.id, pairs);
    let mine = || vec![Change::CreateRef { reference: Box::new(another.clone()) }];
    let codes = shop.codes(vec![shop.drop_users()], mine());
    assert_eq!(codes, ["conflict/uses-deleted to"]);
    let drop = Change::DeleteColumn { table: shop.users.id, id: shop.users.columns[1].id };
    assert_eq!(shop.codes(vec![drop], mine()), ["conflict/uses-deleted columns"]);
}

#[test]
fn columns_that_both_added_stand_beside_each_other() {
    let mut shop = shop();
    let after = Some(shop.users.columns[0].id);
    let mut add = |name: &str| {
        let column = Column::new(shop.mint.id(), name, ColumnType::named("int"));
        vec![Change::CreateColumn { table: shop.users.id, column, after }]
    };
    let (theirs, mine) = (add("theirs"), add("mine"));
    let merged = shop.merge(theirs, mine).unwrap();
    let names: Vec<&str> =
        merged.table(shop.users.id).unwrap().columns.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["id", "mine", "theirs", "name"]);
}

#[test]
fn a_delete_that_was_undone_is_no_obstacle() {
    let shop = shop();
    let mut now = shop.diagram.clone();
    let gone = now.apply(&ChangeSet::new("", vec![shop.drop_users()])).unwrap();
    let back = now.apply(&gone.inverse).unwrap();
    let theirs = [gone.effective, back.effective];
    let mine = ChangeSet::new("", vec![shop.rename("people"), shop.cascade()]);
    let rebased = now.rebase(&mine, &theirs).unwrap();
    now.apply(&rebased).unwrap();
    assert_eq!(now.table(shop.users.id).unwrap().name, "people");
}

#[test]
fn the_sides_of_a_ref_are_one_thing() {
    let shop = shop();
    let to = |patch: RefPatch| Change::UpdateRef { id: shop.reference.id, patch: Box::new(patch) };
    let turned = RefPatch {
        from: Some(shop.users.id),
        to: Some(shop.orders.id),
        columns: Some(crate::ColumnPairs::one(shop.users.columns[0].id, shop.orders.columns[1].id)),
        ..RefPatch::default()
    };
    let other = RefPatch {
        columns: Some(crate::ColumnPairs::one(shop.orders.columns[0].id, shop.users.columns[0].id)),
        ..RefPatch::default()
    };
    let codes = shop.codes(vec![to(turned)], vec![to(other)]);
    assert_eq!(codes, ["conflict/both-changed columns"]);
}
