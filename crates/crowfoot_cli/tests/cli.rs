//! Runs the binary as people and scripts do.

#![expect(clippy::unwrap_used, reason = "all of it is tests")]

use std::{
    fs,
    io::Write,
    path::PathBuf,
    process::{Command, Output, Stdio},
};

const SHOP: &str = "\
create table users (id serial primary key, email text not null unique);
create table orders (
  id bigserial primary key,
  user_id integer not null references users (id) on delete cascade
);
";

/// Runs `crowfoot` with that on its standard input.
fn crowfoot(args: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crowfoot"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early does not read its input.
    let _unread = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A folder of its own for one test.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn the_version_and_help_are_printed() {
    let version = crowfoot(&["--version"], b"");
    assert_eq!(version.status.code(), Some(0));
    assert_eq!(out(&version), format!("crowfoot {}\n", env!("CARGO_PKG_VERSION")));
    for args in [&["--help"][..], &["convert", "--help"], &["check", "--help"]] {
        let help = crowfoot(args, b"");
        assert_eq!(help.status.code(), Some(0));
        assert!(out(&help).contains("xit"), "exit codes are told: {}", out(&help));
    }
}

#[test]
fn standard_input_becomes_standard_output() {
    let output = crowfoot(&["convert", "-", "-", "--to", "mysql"], SHOP.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let text = out(&output).to_lowercase();
    assert!(text.contains("create table") && text.contains("auto_increment"), "{text}");
    assert!(text.contains("on delete cascade"), "{text}");
}

#[test]
fn files_say_their_format_by_their_ending() {
    let folder = folder("endings");
    let (sql, json, svg) = (folder.join("a.sql"), folder.join("a.json"), folder.join("a.svg"));
    let back = folder.join("b.sql");
    fs::write(&sql, SHOP).unwrap();
    let run = |from: &PathBuf, to: &PathBuf| {
        let output = crowfoot(&["convert", from.to_str().unwrap(), to.to_str().unwrap()], b"");
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        assert_eq!(out(&output), "");
        fs::read_to_string(to).unwrap()
    };
    let first = run(&sql, &json);
    assert!(first.contains("\"version\": 1") && first.contains("\"postgresql\""), "{first}");
    assert_eq!(run(&sql, &json), first, "the same text gives the same bytes");
    assert!(run(&json, &svg).starts_with("<svg"));
    assert!(run(&json, &back).contains("REFERENCES"));
}

#[test]
fn sql_to_dbml_and_back() {
    let dbml = crowfoot(&["convert", "-", "-t", "dbml"], SHOP.as_bytes());
    assert_eq!(dbml.status.code(), Some(0), "{}", err(&dbml));
    assert!(out(&dbml).contains("Table users {"), "{}", out(&dbml));
    let sql = crowfoot(&["convert", "-", "-t", "postgresql"], &dbml.stdout);
    assert_eq!(sql.status.code(), Some(0), "{}", err(&sql));
    assert!(out(&sql).contains("ON DELETE CASCADE"), "{}", out(&sql));
}

#[test]
fn a_schema_becomes_a_picture() {
    let folder = folder("render");
    let sql = folder.join("shop.sql");
    fs::write(&sql, SHOP).unwrap();
    let run = |file: &str, more: &[&str]| {
        let path = folder.join(file);
        let args = [&["render", sql.to_str().unwrap(), path.to_str().unwrap()], more].concat();
        let output = crowfoot(&args, b"");
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        fs::read(path).unwrap()
    };
    let svg = String::from_utf8(run("a.svg", &["--theme", "dark"])).unwrap();
    assert!(svg.contains("<title id=\"title\">shop</title>") && svg.contains("#12161c"), "{svg}");
    assert!(svg.contains(">user_id</text>") && svg.contains("@font-face"), "{svg}");
    let colored = String::from_utf8(run("c.svg", &["--line-colors", "action"])).unwrap();
    assert!(!svg.contains("#d9480f") && colored.contains("<g stroke=\"#d9480f\""), "{colored}");
    let png = run("a.PNG", &["--scale", "2", "--notation", "labels"]);
    assert!(png.starts_with(b"\x89PNG\r\n") && png.len() > 5000, "{} bytes", png.len());
    assert!(run("a.pdf", &["--paper", "a3", "--pages", "tiled"]).starts_with(b"%PDF-"));
    let one = String::from_utf8(run("one.svg", &["--tables", "orders"])).unwrap();
    assert!(one.contains(">orders</text>") && !one.contains(">users</text>"), "{one}");

    let piped = crowfoot(&["render", "-", "-", "--as", "png"], SHOP.as_bytes());
    assert_eq!(piped.status.code(), Some(0), "{}", err(&piped));
    assert!(piped.stdout.starts_with(b"\x89PNG"));
}

#[test]
fn pictures_that_cannot_be_are_told() {
    let cases: [(&[&str], i32, &str); 9] = [
        (&["-", "a.gif"], 2, "pictures are not written as `.gif`, end the file in .svg, .png or"),
        (&["-", "a"], 2, "`a` has no ending that says a format"),
        (&["-", "-"], 2, "the format of the picture is not known"),
        (&["-", "a.png", "--theme", "sepia"], 2, "[possible values: light, dark]"),
        (&["-", "a.png", "--scale", "99"], 2, "the scale 99 is not between 0.02 and 8"),
        (&["-", "a.png", "--tables", "usres"], 2, "there is no table `usres`, there is `orders`"),
        (&["-", "a.png", "--view", "sales"], 2, "there is no view `sales`"),
        (&["-", "no/such/folder/a.png"], 3, "cannot write `no/such/folder/a.png`"),
        (&["no/such/file.sql", "a.png"], 3, "cannot read `no/such/file.sql`"),
    ];
    for (args, code, message) in cases {
        let output = crowfoot(&[&["render"], args].concat(), SHOP.as_bytes());
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", err(&output));
        assert!(err(&output).contains(message), "{args:?}: {}", err(&output));
    }
}

#[test]
fn files_that_a_dbml_file_uses_are_read_with_it() {
    let folder = folder("modules");
    fs::create_dir_all(folder.join("parts/deep")).unwrap();
    let main = folder.join("parts/main.dbml");
    let path = main.to_str().unwrap();
    fs::write(
        &main,
        "use { table users } from './deep/users'\nTable a {\n  b int [ref: > users.id]\n}\n",
    )
    .unwrap();
    let users =
        "Table users {\n  id int [pk]\n}\nuse * from '../main'\nuse * from '../../outside'\n";
    fs::write(folder.join("parts/deep/users.dbml"), users).unwrap();
    fs::write(folder.join("outside.dbml"), "Table o {\n  id int\n}\n").unwrap();

    let output = crowfoot(&["convert", path, "-", "--to", "postgresql"], b"");
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(out(&output).contains("REFERENCES users"), "{}", out(&output));
    let told = err(&output);
    assert!(told.contains("users.dbml:4:1") && told.contains("in a circle"), "{told}");
    assert!(told.contains("users.dbml:5:1") && told.contains("outside of the folder"), "{told}");

    let json = crowfoot(&["check", path, "--json"], b"");
    let findings: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    assert_eq!(findings[0]["line"], 4, "{findings}");
    assert!(findings[0]["file"].as_str().unwrap().ends_with("users.dbml"), "{findings}");
    fs::write(folder.join("parts/deep/users.dbml"), "Table users {\n  id int [pk]\n}\n").unwrap();
    let fine = crowfoot(&["check", path], b"");
    assert_eq!(fine.status.code(), Some(0), "{}", err(&fine));
    assert!(err(&fine).contains("2 tables, 2 columns, 1 ref"), "{}", err(&fine));
}

#[test]
fn wrong_use_is_2() {
    let wrong: &[&[&str]] = &[
        &[],
        &["convert"],
        &["explode"],
        &["convert", "-"],
        &["convert", "-", "picture.bmp"],
        &["convert", "-", "--to", "oracle"],
        &["check", "-", "--from", "svg"],
        &["check", "-", "--max", "many"],
    ];
    for args in wrong {
        let output = crowfoot(args, SHOP.as_bytes());
        assert_eq!(output.status.code(), Some(2), "{args:?}: {}", err(&output));
        assert_eq!(out(&output), "");
        assert!(!err(&output).is_empty());
    }
}

#[test]
fn what_cannot_be_read_or_written_is_3() {
    let missing = crowfoot(&["check", "no/such/file.sql"], b"");
    assert_eq!(missing.status.code(), Some(3));
    assert!(err(&missing).contains("cannot read `no/such/file.sql`"), "{}", err(&missing));
    let nowhere = crowfoot(&["convert", "-", "no/such/file.svg"], SHOP.as_bytes());
    assert_eq!(nowhere.status.code(), Some(3));
    assert!(err(&nowhere).contains("cannot write `no/such/file.svg`"), "{}", err(&nowhere));
    let database = crowfoot(&["check", "-"], b"SQLite format 3\0rest");
    assert_eq!(database.status.code(), Some(3));
    assert!(err(&database).contains("sqlite3 FILE .schema"), "{}", err(&database));
}

#[test]
fn findings_are_1_and_show_their_place() {
    let text = format!("{SHOP}create tabel broken (id int);\n");
    let output = crowfoot(&["check", "-", "--from", "postgresql"], text.as_bytes());
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    let told = err(&output);
    assert!(told.contains("<stdin>:6:"), "{told}");
    assert!(told.contains("create tabel broken"), "the line is shown: {told}");
    assert!(told.contains("error") && told.contains("table"), "{told}");
    assert!(!told.contains('\u{1b}'), "no colours into a pipe");

    let colored = crowfoot(&["check", "-", "--color", "always"], text.as_bytes());
    assert!(err(&colored).contains('\u{1b}'));
}

#[test]
fn findings_can_be_json() {
    let text = format!("{SHOP}create tabel broken (id int);\n");
    let output = crowfoot(&["check", "-", "--json"], text.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let findings: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(findings[0]["line"], 6, "{findings}");
    assert!(findings[0]["message"].is_string() && findings[0]["code"].is_string());

    let fine = crowfoot(&["check", "-", "--json"], SHOP.as_bytes());
    assert_eq!((fine.status.code(), out(&fine).trim()), (Some(0), "[]"));
}

#[test]
fn a_good_file_is_fine_and_counted() {
    let output = crowfoot(&["check", "-"], SHOP.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("2 tables, 4 columns, 1 ref, 0 enums"), "{}", err(&output));
    let quiet = crowfoot(&["check", "-", "--quiet"], SHOP.as_bytes());
    assert_eq!(err(&quiet), "");
}

#[test]
fn byte_order_marks_and_other_encodings_are_read() {
    let marked = [b"\xef\xbb\xbf", SHOP.as_bytes()].concat();
    let output = crowfoot(&["check", "-"], &marked);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(err(&output).contains("2 tables"), "{}", err(&output));

    let latin = b"create table t (id serial); -- caf\xe9\ncomment on table t is 'na\xefve';\n";
    let output = crowfoot(&["convert", "-", "--to", "json"], latin);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    assert!(out(&output).contains("naïve"), "{}", out(&output));
    assert!(err(&output).contains("read as Latin-1"), "{}", err(&output));
}

#[test]
fn json_that_is_no_diagram_is_told_with_its_place() {
    let output = crowfoot(&["check", "-"], b"{\n  \"version\": 99\n}\n");
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(err(&output).contains("version 99"), "{}", err(&output));
    assert!(err(&output).contains("<stdin>:3:1"), "{}", err(&output));
}

#[test]
fn an_unknown_dialect_is_assumed_and_said() {
    let output = crowfoot(&["check", "-"], b"-- nothing");
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("say another one with `--from`"), "{}", err(&output));
    let strict = crowfoot(&["check", "-", "--strict"], b"-- nothing");
    assert_eq!(strict.status.code(), Some(1));
}

#[test]
fn two_schemas_make_a_migration() {
    let folder = folder("migrate");
    let (old, new) = (folder.join("old.sql"), folder.join("new.sql"));
    std::fs::write(&old, "CREATE TABLE users (id serial PRIMARY KEY, name text);").unwrap();
    std::fs::write(&new, "CREATE TABLE people (id serial PRIMARY KEY, full_name text);").unwrap();
    let files = [old.to_str().unwrap(), new.to_str().unwrap()];

    let output = crowfoot(&["migrate", files[0], files[1]], b"");
    assert!(out(&output).contains("DROP TABLE users;"), "{}", out(&output));
    assert!(err(&output).contains("table `users` goes with its data"), "{}", err(&output));

    let renames = ["--table", "users=people", "--column", "people.name=full_name"];
    let output = crowfoot(&[&["migrate", files[0], files[1]], &renames[..]].concat(), b"");
    assert_eq!(output.status.code(), Some(0));
    assert!(out(&output).contains("ALTER TABLE users RENAME TO people;"), "{}", out(&output));
    assert!(!out(&output).contains("DROP"), "{}", out(&output));

    let undo = [&["migrate", files[0], files[1], "--undo"], &renames[..]].concat();
    let output = crowfoot(&undo, b"");
    assert!(out(&output).contains("RENAME COLUMN full_name TO name;"), "{}", out(&output));

    let output = crowfoot(&["migrate", files[0], files[1], "--table", "users"], b"");
    assert_eq!(output.status.code(), Some(2), "{}", err(&output));
}

#[test]
fn the_server_answers_until_it_is_stopped() {
    use std::io::{BufRead, BufReader, Read};

    let data = folder("serve").join("data.sqlite");
    let mut server = Command::new(env!("CARGO_BIN_EXE_crowfoot"))
        .args(["serve", "--listen", "0", "--data", data.to_str().unwrap()])
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(server.stderr.take().unwrap()).lines();
    let first = told.next().unwrap().unwrap();
    let address = first.strip_prefix("Crowfoot is at http://").expect(&first).to_owned();

    let mut stream = std::net::TcpStream::connect(&address).unwrap();
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(data.exists());
}

#[test]
fn a_server_that_cannot_start_says_why() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let data = folder("taken").join("data.sqlite");
    let output = crowfoot(&["serve", "--listen", &address, "--data", data.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(3));
    assert!(err(&output).contains(&format!("cannot listen on {address}")), "{}", err(&output));
}

const UNDECLARED: &str = "\
create table users (id int primary key);
create table orders (id int primary key, user_id int not null);
";

#[test]
fn suggestions_are_printed_in_four_formats() {
    let run = |format: &str| {
        let output = crowfoot(
            &["suggest", "-", "--from", "postgresql", "--format", format],
            UNDECLARED.as_bytes(),
        );
        assert_eq!(output.status.code(), Some(0), "{}", err(&output));
        out(&output)
    };
    let table = run("table");
    assert_eq!(table.lines().count(), 1, "{table}");
    assert!(table.contains("orders.user_id > users.id"), "{table}");

    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    let rows = json.as_array().unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0]["fromTable"], "orders");
    assert_eq!(rows[0]["fromColumns"], serde_json::json!(["user_id"]));
    assert_eq!(rows[0]["toTable"], "users");
    assert!(rows[0]["confidence"].as_f64().unwrap() >= 0.5);
    assert!(rows[0]["reason"].as_str().unwrap().contains("user_id"));

    assert!(run("dbml").starts_with("Ref: \"orders\".\"user_id\" > \"users\".\"id\" //"));

    // What is printed as SQL is what was missing.
    let whole = format!("{UNDECLARED}{}", run("sql"));
    let again =
        crowfoot(&["suggest", "-", "--from", "postgresql", "--format", "json"], whole.as_bytes());
    assert_eq!(out(&again).trim(), "[]", "{whole}");
}
