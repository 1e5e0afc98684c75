use super::{OutlineParts, outline, outline_of};
use crate::{
    Cardinality, Change, ChangeSet, Color, Column, ColumnPairs, ColumnType, DefaultValue, Diagram,
    Enum, EnumHead, EnumValue, Extra, Group, IdMint, Increment, Index, IndexPart, PrimaryKey, Ref,
    ReferentialAction, Side, Table, Uniqueness,
};

/// A shop; `swapped` makes everything the other way round without changing what it means.
fn shop(swapped: bool) -> Diagram {
    let mut mint = IdMint::new(1, if swapped { 1 << 40 } else { 1 });
    let status = Enum {
        head: EnumHead {
            id: mint.id(),
            name: "status".into(),
            schema: None,
            note: None,
            extras: Vec::new(),
        },
        values: ["new", "paid"]
            .map(|it| EnumValue { id: mint.id(), name: it.into(), note: None, extras: Vec::new() })
            .into(),
    };
    let group = Group {
        id: mint.id(),
        name: "core".into(),
        color: None,
        note: Some("the heart".into()),
        extras: Vec::new(),
    };
    let mut users = Table::new(mint.id(), None, "users");
    let mut id = Column::new(mint.id(), "id", ColumnType::named("bigint"));
    id.increment = Some(Increment::IdentityAlways);
    id.not_null = swapped;
    let mut email = Column::new(mint.id(), "e-mail", ColumnType::named("varchar(255)"));
    email.not_null = true;
    email.default = Some(DefaultValue::Text("it's".into()));
    users.columns = vec![id, email];
    let (key, email) = (users.columns[0].id, users.columns[1].id);
    users.primary_key = Some(PrimaryKey { name: Some("users_pk".into()), columns: vec![key] });
    users.indexes = vec![
        Index::new(mint.id(), Uniqueness::Constraint, vec![IndexPart::column(email)]),
        Index::new(mint.id(), Uniqueness::None, vec![IndexPart::column(key)]),
    ];
    users.header_color = Some(Color::parse("#abc").unwrap());
    users.options = vec![Extra { key: "mysql.engine".into(), value: Some("InnoDB".into()) }];
    users.group = Some(group.id);
    let mut orders = Table::new(mint.id(), Some("sales".into()), "orders");
    let ty = ColumnType::Enum { id: status.head.id, dimensions: 1 };
    orders.columns = vec![
        Column::new(mint.id(), "user_id", ColumnType::named("bigint")),
        Column::new(mint.id(), "status", ty),
    ];
    let user_id = orders.columns[0].id;
    let mut reference = if swapped {
        users.indexes.reverse();
        let mut it = Ref::new(mint.id(), users.id, orders.id, ColumnPairs::one(key, user_id));
        it.cardinality = Cardinality::OneToMany;
        it.to_optional = Some(true);
        it.key_side = Side::To;
        it
    } else {
        let mut it = Ref::new(mint.id(), orders.id, users.id, ColumnPairs::one(user_id, key));
        it.from_optional = Some(true);
        it
    };
    reference.name = Some("orders_user".into());
    reference.on_delete = Some(ReferentialAction::Cascade);
    let changes = vec![
        Change::CreateEnum { item: status },
        Change::CreateGroup { group },
        Change::CreateTable { table: Box::new(users) },
        Change::CreateTable { table: Box::new(orders) },
        Change::CreateRef { reference: Box::new(reference) },
    ];
    let mut diagram = Diagram::new();
    diagram.apply(&ChangeSet::new("", changes)).unwrap();
    diagram
}

const SHOP: &str = r##"enum status
  value "new"
  value "paid"
table users #aabbcc in core
  option mysql.engine="InnoDB"
  column id bigint identity always
  column "e-mail" varchar(255) not null default "it's"
  primary key users_pk (id)
  index (id)
  unique ("e-mail")
table sales.orders
  column user_id bigint
  column status enum status[]
ref sales.orders(user_id) > users(id) name orders_user on delete cascade left optional
group core note "the heart"
"##;

#[test]
fn an_outline_says_everything() {
    assert_eq!(outline(&shop(false)), SHOP);
}

#[test]
fn what_means_the_same_has_the_same_outline() {
    assert_eq!(outline(&shop(true)), SHOP);
}

#[test]
fn parts_can_be_left_out() {
    let parts = OutlineParts { options: false, ..OutlineParts::SQL };
    let text = outline_of(&shop(false), parts);
    assert!(!text.contains("group") && !text.contains("engine") && !text.contains("optional"));
    assert!(text.contains("\ntable users\n"));
}
