use crowfoot_schema::{
    Cardinality, Change, ChangeSet, Column, ColumnId, ColumnPairs, ColumnPatch, ColumnType,
    Diagram, Dialect, IdMint, PrimaryKey, Ref, Side, Table, TableId,
};

use super::print;

/// A diagram of tables with an integer key `id` and integer columns, nobody's dialect.
struct Sketch {
    mint: IdMint,
    diagram: Diagram,
}

impl Sketch {
    fn new(tables: &[(&str, &[&str])]) -> Self {
        let mut it = Self { mint: IdMint::new(1, 1), diagram: Diagram::new() };
        for (name, columns) in tables {
            let mut table = Table::new(it.mint.id(), None, *name);
            for name in std::iter::once(&"id").chain(*columns) {
                let id = it.mint.id();
                table.columns.push(Column::new(id, *name, ColumnType::named("integer")));
            }
            table.primary_key = Some(PrimaryKey { name: None, columns: vec![table.columns[0].id] });
            it.apply(Change::CreateTable { table: Box::new(table) });
        }
        it
    }

    fn apply(&mut self, change: Change) {
        self.diagram.apply(&ChangeSet::new("sketch", vec![change])).unwrap();
    }

    fn place(&self, table: &str, column: &str) -> (TableId, ColumnId) {
        let table = self.diagram.table_named(None, table).unwrap();
        (table.id, table.column_named(column).unwrap().id)
    }

    fn add_ref(&mut self, from: (&str, &str), to: (&str, &str), change: impl Fn(&mut Ref)) {
        let (from, from_column) = self.place(from.0, from.1);
        let (to, to_column) = self.place(to.0, to.1);
        let pairs = ColumnPairs::one(from_column, to_column);
        let mut reference = Ref::new(self.mint.id(), from, to, pairs);
        change(&mut reference);
        self.apply(Change::CreateRef { reference: Box::new(reference) });
    }

    fn check(&self, dialect: Dialect, expected: &str, notices: &[&str]) {
        let printed = print(dialect, &self.diagram);
        assert_eq!(printed.text.trim(), expected.trim());
        let told: Vec<&str> = printed.notices.iter().map(|it| it.message.as_str()).collect();
        assert_eq!(told, notices);
    }
}

#[test]
fn what_is_referred_to_comes_first_and_circles_keep_their_order() {
    let columns: [(&str, &[&str]); 3] =
        [("logs", &["user_id"]), ("users", &["team_id"]), ("teams", &["owner_id"])];
    let mut sketch = Sketch::new(&columns);
    sketch.add_ref(("logs", "user_id"), ("users", "id"), |_| {});
    sketch.add_ref(("users", "team_id"), ("teams", "id"), |_| {});
    sketch.add_ref(("teams", "owner_id"), ("users", "id"), |it| it.name = Some("owner".into()));
    sketch.check(
        Dialect::PostgreSql,
        "
CREATE TABLE users (
    id integer PRIMARY KEY,
    team_id integer
);

CREATE TABLE logs (
    id integer PRIMARY KEY,
    user_id integer,
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE teams (
    id integer PRIMARY KEY,
    owner_id integer,
    CONSTRAINT owner FOREIGN KEY (owner_id) REFERENCES users (id)
);

ALTER TABLE users
    ADD FOREIGN KEY (team_id) REFERENCES teams (id);
",
        &[],
    );
    sketch.check(
        Dialect::Sqlite,
        "
CREATE TABLE users (
    id integer PRIMARY KEY,
    team_id integer,
    FOREIGN KEY (team_id) REFERENCES teams (id)
);

CREATE TABLE logs (
    id integer PRIMARY KEY,
    user_id integer,
    FOREIGN KEY (user_id) REFERENCES users (id)
);

CREATE TABLE teams (
    id integer PRIMARY KEY,
    owner_id integer,
    CONSTRAINT owner FOREIGN KEY (owner_id) REFERENCES users (id)
);
",
        &[],
    );
}

#[test]
fn the_direction_of_a_ref_does_not_matter() {
    let mut sketch = Sketch::new(&[("posts", &["author_id"]), ("users", &[])]);
    sketch.add_ref(("users", "id"), ("posts", "author_id"), |it| {
        it.cardinality = Cardinality::OneToMany;
    });
    sketch.check(
        Dialect::MySql,
        "
CREATE TABLE users (
    id integer PRIMARY KEY
);

CREATE TABLE posts (
    id integer PRIMARY KEY,
    author_id integer,
    FOREIGN KEY (author_id) REFERENCES users (id)
);
",
        &[],
    );
}

#[test]
fn a_many_to_many_ref_becomes_a_table() {
    let mut sketch = Sketch::new(&[("books", &[]), ("tags", &[])]);
    sketch.add_ref(("books", "id"), ("tags", "id"), |it| {
        it.cardinality = Cardinality::ManyToMany;
    });
    sketch.check(
        Dialect::PostgreSql,
        "
CREATE TABLE books (
    id integer PRIMARY KEY
);

CREATE TABLE tags (
    id integer PRIMARY KEY
);

CREATE TABLE books_tags (
    books_id integer,
    tags_id integer,
    PRIMARY KEY (books_id, tags_id),
    FOREIGN KEY (books_id) REFERENCES books (id),
    FOREIGN KEY (tags_id) REFERENCES tags (id)
);
",
        &["a many-to-many ref needs a table of its own: `books_tags` was added for the one between \
           `books` and `tags`"],
    );
}

#[test]
fn a_one_to_one_that_nothing_holds_is_told() {
    let mut sketch = Sketch::new(&[("users", &[]), ("profiles", &["user_id"])]);
    sketch.add_ref(("users", "id"), ("profiles", "user_id"), |it| {
        it.cardinality = Cardinality::OneToOne;
        it.key_side = Side::To;
    });
    let printed = print(Dialect::PostgreSql, &sketch.diagram);
    assert!(printed.text.contains("FOREIGN KEY (user_id) REFERENCES users (id)"));
    assert_eq!(printed.notices[0].code, "sql/one-to-one-not-unique");
}

#[test]
fn an_inactive_ref_is_left_out() {
    let mut sketch = Sketch::new(&[("a", &["b_id"]), ("b", &[])]);
    sketch.add_ref(("a", "b_id"), ("b", "id"), |it| it.inactive = true);
    let printed = print(Dialect::Sqlite, &sketch.diagram);
    assert!(!printed.text.contains("FOREIGN"));
    assert_eq!(printed.notices[0].message, "ref `a(b_id)` > `b(id)` is inactive and left out");
}

#[test]
fn what_postgresql_refuses_to_refer_to_is_left_out() {
    let mut sketch = Sketch::new(&[("a", &["code"]), ("b", &["code"])]);
    sketch.add_ref(("a", "code"), ("b", "code"), |_| {});
    assert!(!print(Dialect::PostgreSql, &sketch.diagram).text.contains("FOREIGN"));
    let printed = print(Dialect::MySql, &sketch.diagram);
    assert!(printed.text.contains("    KEY (code)\n"), "{}", printed.text);
    assert_eq!(printed.notices[0].code, "sql/not-a-key");
}

#[test]
fn partitions_find_their_parents_by_quoted_and_qualified_names() {
    let text = r#"
        create table "Daily Readings" (id int) partition by list (id);
        create table one partition of "Daily Readings" for values in (1);
        create table two (id int);
        alter table "Daily Readings" attach partition two default;
        create table three partition of "Daily Readings" for values in (3);
        alter table "Daily Readings" detach partition three concurrently;
        set search_path = app;
        create table events (id int) partition by hash (id);
        create table events_0 partition of events for values with (modulus 1, remainder 0);
    "#;
    let read = crate::import(Dialect::PostgreSql, text, &mut IdMint::new(0, 0));
    assert_eq!(read.diagnostics, []);
    let printed = print(Dialect::PostgreSql, &read.value).text;
    let attached: Vec<&str> =
        printed.split(";\n").filter_map(|it| it.trim().strip_prefix("ALTER TABLE ")).collect();
    assert_eq!(
        attached,
        [
            "\"Daily Readings\"\n    ATTACH PARTITION one for values in (1)",
            "\"Daily Readings\"\n    ATTACH PARTITION two default",
            "app.events\n    ATTACH PARTITION app.events_0 for values with (modulus 1, remainder 0)",
        ]
    );
}

#[test]
fn mysql_keeps_indexes_out_of_the_optimizers_sight() {
    let text = "create table t (a int, key (a) using btree invisible, fulltext key (a) with parser ngram);";
    let read = crate::import(Dialect::MySql, text, &mut IdMint::new(0, 0));
    let printed = print(Dialect::MySql, &read.value).text;
    assert!(printed.contains("KEY (a) USING BTREE /*!80000 INVISIBLE */"), "{printed}");
    assert!(printed.contains("FULLTEXT KEY (a) WITH PARSER ngram"), "{printed}");
}

#[test]
fn a_delete_may_set_some_columns_of_a_foreign_key() {
    let text = r#"
        create table a (x int, "Y" int, primary key (x, "Y"));
        create table b (x int, "Y" int,
            foreign key (x, "Y") references a on delete set null ("Y") on update cascade);
        create table c (x int, "Y" int,
            foreign key (x, "Y") references a on delete set default (x, "Y"));
    "#;
    let mut read = crate::import(Dialect::PostgreSql, text, &mut IdMint::new(0, 0));
    assert_eq!(read.diagnostics, []);
    let script = |diagram: &Diagram| print(Dialect::PostgreSql, diagram).text;
    let printed = script(&read.value);
    assert!(printed.contains("ON DELETE SET NULL (\"Y\") ON UPDATE CASCADE"), "{printed}");
    assert!(printed.contains("ON DELETE SET DEFAULT\n"), "{printed}");
    let told = print(Dialect::MySql, &read.value).notices;
    assert!(told.iter().any(|it| it.code == "sql/no-delete-columns"), "{told:?}");

    // A column that is called otherwise since is not named any more.
    let b = read.value.table_named(None, "b").unwrap();
    let (table, id) = (b.id, b.columns[1].id);
    let patch = ColumnPatch { name: Some("z".into()), ..ColumnPatch::default() };
    let change = Change::UpdateColumn { table, id, patch };
    read.value.apply(&ChangeSet::new("rename", vec![change])).unwrap();
    let printed = print(Dialect::PostgreSql, &read.value);
    assert!(printed.text.contains("ON DELETE SET NULL ON UPDATE CASCADE"), "{}", printed.text);
    assert_eq!(printed.notices[0].code, "sql/no-delete-columns");
}
