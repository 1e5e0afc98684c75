//! `crowfoot apply`, on files, data files and a running server.

#![expect(clippy::unwrap_used, reason = "all of it is tests")]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::{Value, json};

const USERS: &str = "018bcfe5-6800-7000-8000-000000000002";
const EMAIL: &str = "018bcfe5-6800-7000-8000-000000000004";

fn crowfoot(args: &[&str], stdin: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_crowfoot"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that fails early does not read its input.
    let _unread = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

/// What it ended with and what it printed; fails the test when it ends in another way.
#[track_caller]
fn check(args: &[&str], stdin: &str, code: i32, told: &[&str]) -> String {
    let output = crowfoot(args, stdin);
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{err}");
    for part in told {
        assert!(err.contains(part), "{part} in:\n{err}");
    }
    String::from_utf8(output.stdout).unwrap()
}

/// A folder of its own for one test, empty.
fn folder(test: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("apply").join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn document() -> Value {
    json!({ "version": 1, "tables": [{
        "id": USERS,
        "name": "users",
        "columns": [{ "id": EMAIL, "name": "email", "ty": { "named": "text" } }],
    }] })
}

fn changes(changes: Value) -> String {
    json!({ "description": "test", "changes": changes }).to_string()
}

fn rename(name: &str) -> Value {
    json!({ "op": "updateTable", "id": USERS, "patch": { "name": name } })
}

fn create(id: u8, name: &str) -> Value {
    let id = format!("018bcfe5-6800-7000-8000-0000000000{id:02}");
    json!({ "op": "createTable", "table": { "id": id, "name": name, "columns": [] } })
}

#[test]
fn a_file_is_changed_whole_or_not_at_all() {
    let folder = folder("file");
    let file = folder.join("shop.json");
    fs::write(&file, document().to_string()).unwrap();
    let path = file.to_str().unwrap();

    let good = changes(json!([rename("people"), create(20, "users")]));
    assert_eq!(check(&["apply", path, "-", "--dry-run"], &good, 0, &["2 changes can be"]), "");
    assert_eq!(fs::read_to_string(&file).unwrap(), document().to_string());
    check(&["apply", path, "-"], &good, 0, &["2 changes applied"]);
    let now = fs::read_to_string(&file).unwrap();
    assert!(now.contains("\"people\"") && now.contains("\"users\""), "{now}");

    let note = json!([{ "op": "deleteColumn", "table": USERS, "id": EMAIL }]);
    let sql = ["apply", path, "-", "--dry-run", "--sql", "postgresql"];
    let script = check(&sql, &changes(note), 0, &[]);
    assert!(script.to_uppercase().contains("DROP COLUMN"), "{script}");

    let bad = changes(json!([create(21, "fine"), create(22, "people")]));
    let told = ["duplicate-table-name", "`changes[1]`, table `", "field `name`", "<stdin>:1:"];
    check(&["apply", path, "-"], &bad, 5, &told);
    assert_eq!(fs::read_to_string(&file).unwrap(), now, "nothing of it was applied");
    let left: Vec<_> = fs::read_dir(&folder).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing lies beside it");
}

#[test]
fn what_is_no_change_set_or_no_diagram_is_told_apart() {
    let folder = folder("unreadable");
    let (file, sql) = (folder.join("shop.json"), folder.join("shop.sql"));
    fs::write(&file, document().to_string()).unwrap();
    fs::write(&sql, "create table t (id int);").unwrap();
    let path = file.to_str().unwrap();

    check(&["apply", path, "-"], "{", 1, &["<stdin>:1:", "nothing was applied"]);
    let unknown = changes(json!([rename("a"), { "op": "explode" }]));
    check(&["apply", path, "-"], &unknown, 1, &["`changes[1]`", "explode"]);
    let unknown = changes(json!([
        { "op": "updateTable", "id": USERS, "patch": { "nmae": "a" } },
    ]));
    check(&["apply", path, "-"], &unknown, 1, &["`changes[0]`", "nmae"]);
    fs::write(&file, "{\"version\": 99}").unwrap();
    check(&["apply", path, "-"], &changes(json!([])), 1, &["version 99"]);
    let convert = ["crowfoot convert"];
    check(&["apply", sql.to_str().unwrap(), "-"], &changes(json!([])), 2, &convert);
    check(&["apply", "no/such.json", "-"], &changes(json!([])), 2, &["--server"]);
    check(&["apply", path, "no/such.json"], "", 3, &["cannot read `no/such.json`"]);
    check(&["apply", path, "-", "--base", "3"], &changes(json!([])), 2, &["no revisions"]);
}

struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_crowfoot"))
            .args(["serve", "--listen", "0", "--data", data.to_str().unwrap()])
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let first = BufReader::new(child.stderr.take().unwrap()).lines().next().unwrap().unwrap();
        let url = first.strip_prefix("Crowfoot is at ").expect(&first).to_owned();
        Self { child, url }
    }

    fn post(&self, path: &str, body: &Value) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let request = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = request.post(format!("{}{path}", self.url)).json(body);
        runtime.block_on(async { request.send().await.unwrap().error_for_status().unwrap() });
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_server_and_its_file_are_changed_with_their_revisions() {
    let data = folder("server").join("data.sqlite");
    let file = data.to_str().unwrap();
    let server = Server::start(&data);
    let text = document().to_string();
    server.post("/api/diagrams/import", &json!({ "name": "Shop", "format": "json", "text": text }));
    let at = |rest: &[&'static str]| -> Vec<String> {
        let start = ["apply", "Shop", "-", "--server", &server.url];
        start.iter().chain(rest).map(|it| (*it).to_owned()).collect()
    };
    let run = |rest: &[&'static str], body: &str, code: i32, told: &[&str]| {
        let args = at(rest);
        check(&args.iter().map(String::as_str).collect::<Vec<_>>(), body, code, told)
    };

    let first = changes(json!([rename("people")]));
    let key = "018bcfe5-6800-7000-8000-0000000000aa";
    assert_eq!(run(&["--key", key], &first, 0, &["now at revision 1"]), "1\n");
    assert_eq!(run(&["--key", key], &first, 0, &["now at revision 1"]), "1\n", "not twice");

    // What was made on the first revision merges, or is a conflict.
    let note = changes(json!([{ "op": "updateTable", "id": USERS, "patch": { "note": "x" } }]));
    assert_eq!(run(&["--base", "0"], &note, 0, &[]), "2\n");
    let added = changes(json!([create(29, "added")]));
    let script = run(&["--sql", "pg"], &added, 0, &["now at revision 3"]);
    assert!(script.contains("CREATE TABLE added"), "{script}");
    let clash = changes(json!([rename("persons")]));
    let told = ["both-changed", "field `name`", "theirs is \"people\", yours is \"persons\""];
    run(&["--base", "0"], &clash, 4, &told);
    run(&["--base", "0", "--dry-run"], &clash, 4, &told);
    assert_eq!(run(&["--base", "1", "--dry-run"], &clash, 0, &["at revision 3"]), "");
    run(&["--base", "9"], &clash, 2, &["the diagram is at 3"]);
    let refused = changes(json!([create(30, "a"), create(31, "a")]));
    run(&[], &refused, 5, &["`changes[1]`", "nothing was applied"]);
    run(&["--dry-run"], &refused, 5, &["`changes[1]`"]);

    // The file says the same, whether or not a server has it open.
    assert_eq!(check(&["apply", "Shop", "-", "--data", file], &clash, 0, &[]), "4\n");
    let late = changes(json!([rename("others")]));
    check(&["apply", "Shop", "-", "--data", file, "--base", "0"], &late, 4, &told[..2]);
    assert_eq!(run(&[], &first, 0, &[]), "5\n");
    check(&["apply", "Nope", "-", "--data", file], &first, 3, &["there are: `Shop`"]);
}
