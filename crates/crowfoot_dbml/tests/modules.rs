//! Files that use one another, read from a list in place of a disk.

#![expect(clippy::unwrap_used, reason = "all of it is tests")]

use crowfoot_dbml::{Source, import_files};
use crowfoot_schema::{IdMint, outline};
use crowfoot_text::LineIndex;

/// Reads the first of the files; gives the outline, and what was told of each file.
fn read(files: &[(&str, &str)]) -> (String, Vec<String>) {
    let source = |name: &str| {
        let found = files.iter().find(|it| it.0 == name);
        found.map(|it| Source { name: it.0.to_owned(), text: it.1.to_owned() })
    };
    let root = source(files[0].0).unwrap();
    let mut load = |_: &Source, path: &str| {
        let name = path.trim_start_matches("./");
        source(name).ok_or_else(|| format!("there is no file `{name}`"))
    };
    let linked = import_files(root, &mut load, &mut IdMint::new(0, 1));
    let told = linked.diagnostics.iter().map(|(at, it)| {
        let source = &linked.sources[*at];
        format!("{} {}", source.name, it.summary(&LineIndex::new(&source.text)))
    });
    (outline(&linked.diagram), told.collect())
}

#[track_caller]
fn check(files: &[(&str, &str)], there: &[&str], absent: &[&str], told: &[&str]) {
    let (outline, found) = read(files);
    for part in there {
        assert!(outline.contains(part), "`{part}` is missing:\n{outline}{found:?}");
    }
    for part in absent {
        assert!(!outline.contains(part), "`{part}` is there:\n{outline}{found:?}");
    }
    assert_eq!(found, told);
}

const USERS: &str = "\
Enum role {
  admin
}
TablePartial stamps {
  made_at timestamp
}
Table users {
  id int [pk]
  role role
  boss int [ref: > users.id]
  ~stamps
}
Table secrets {
  id int [pk, ref: > users.id]
}
";

const LEFT_OUT: &str = "users 14:15 info dbml/unused-target: \
                        this ref is left out: the table `users` is not used";

#[test]
fn everything_of_a_file_can_be_used() {
    let main = "\
use * from './users'
Table orders {
  user_id int
}
Ref: orders.user_id > users.id
";
    check(
        &[("main", main), ("users", USERS)],
        &["table secrets", "enum role", "ref orders(user_id) > users(id)", "ref users(boss)"],
        &[],
        &[],
    );
}

#[test]
fn chosen_tables_come_with_what_they_are_made_of() {
    let main = "\
use { table users as u } from './users'
Table orders {
  user_id int [ref: > u.id]
}
";
    check(
        &[("main", main), ("users", USERS)],
        &["made_at timestamp", "role enum role", "ref orders(user_id) > users(id)"],
        &["secrets"],
        &[],
    );
}

#[test]
fn a_ref_to_what_is_not_used_is_left_out_and_told() {
    let main = "use { TABLE secrets } from './users'\n";
    check(
        &[("main", main), ("users", USERS)],
        &["table secrets"],
        &["table users", "ref "],
        &[LEFT_OUT],
    );
}

#[test]
fn only_what_is_handed_on_goes_further() {
    let middle = "\
use { enum role as kind } from './users'
reuse { table secrets } from './users'
Table own {
  role kind
}
";
    check(
        &[("main", "use * from './middle'\n"), ("middle", middle), ("users", USERS)],
        &["table secrets", "table own", "role enum role"],
        &["table users"],
        &[LEFT_OUT],
    );
}

#[test]
fn groups_and_schemas_bring_their_tables() {
    let shop = "\
Table s.a {
  id int
}
Table s.b {
  id int
}
Table c {
  id int
}
TableGroup some {
  c
}
";
    let of_group = "use { tablegroup some } from './shop'\n";
    check(&[("main", of_group), ("shop", shop)], &["table c", "group some"], &["s.a"], &[]);
    let of_schema = "use { schema s } from './shop'\n";
    check(&[("main", of_schema), ("shop", shop)], &["s.a", "s.b"], &["table c"], &[]);
}

#[test]
fn what_cannot_be_had_is_told_at_its_place() {
    let main = "\
use * from './nowhere'
use { table x  view y } from './users'
use *
";
    check(
        &[("main", main), ("users", USERS)],
        &[],
        &["table"],
        &[
            "main 1:1 error dbml/unreadable-use: there is no file `nowhere`",
            "main 2:13 error dbml/unknown-import: that file has no table `x` to use",
            "main 2:16 error dbml/unknown-kind: `view` is no kind of element that can be used",
            "main 4:1 error dbml/unexpected-token: \
             the text ends where `from` and the path of a file is expected",
        ],
    );
}

#[test]
fn a_circle_is_told_and_cut() {
    let one = "use * from './two'\nTable a {\n  id int\n}\n";
    let two = "\nuse * from './one'\nTable b {\n  id int\n}\n";
    check(
        &[("one", one), ("two", two)],
        &["table a", "table b"],
        &[],
        &["two 2:1 error dbml/use-circle: files use each other in a circle: one > two > one"],
    );
}
