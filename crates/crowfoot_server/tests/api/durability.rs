//! Kills the server at random moments while clients save, and looks at what is there afterwards.
//!
//! `CROWFOOT_FAULT_SAVES` makes it as long as that many saves of each client, and
//! `CROWFOOT_FAULT_SEED` chooses the moments again; the test prints its seed and its figures.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use tokio::{
    sync::{mpsc, watch},
    task::JoinSet,
};
use uuid::Uuid;

use crate::test_app::change_set;

/// How many clients save at once. The first have one diagram together, each other one its own.
const CLIENTS: u32 = 5;
const TOGETHER: u32 = 3;
/// How many saves of each client, unless the environment says another number.
const SAVES: u32 = 120;
/// A kill comes after up to this many acknowledged saves.
const SAVES_TO_A_KILL: u64 = 60;
/// A save adds its part and drops the one of so many saves before.
const WINDOW: u32 = 12;

/// A server in a process of its own, which ends with the test.
struct Process {
    child: Child,
    url: String,
}

impl Process {
    fn start(data: &Path) -> Self {
        let mut child = Command::new(example())
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut url).unwrap();
        Self { child, url: url.trim().to_owned() }
    }

    /// Ends it as `kill -9` does.
    fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Cargo builds the examples of a crate before it runs its tests, beside them.
fn example() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let name = format!("dev{}", std::env::consts::EXE_SUFFIX);
    let path = tests.ancestors().nth(2).unwrap().join("examples").join(name);
    assert!(path.exists(), "run `cargo test`, or `cargo build --example dev` before");
    path
}

/// Numbers that follow from a seed (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % limit
    }
}

/// Somebody who edits one table and saves again and again.
struct Editor {
    number: u32,
    diagram: String,
    /// The last save that was acknowledged.
    acknowledged: AtomicU32,
    /// The last save that was sent.
    sent: AtomicU32,
    /// How often a save had to be sent again, since its answer never came.
    n_resent: AtomicU32,
    keys: Mutex<Vec<Uuid>>,
}

impl Editor {
    fn id(&self, kind: u128, save: u32) -> Uuid {
        let start = 0x0190_0000_0000_7000_8000_0000_0000_0000_u128;
        Uuid::from_u128(start + (kind << 56) + (u128::from(self.number) << 32) + u128::from(save))
    }

    fn table(&self) -> Uuid {
        self.id(1, 0)
    }

    /// A save as the table editor makes it: a column, its index, the table that it points at and
    /// the foreign key between them, with what is dropped for it and the table's note. None of it
    /// makes sense without the rest.
    fn changes(&self, save: u32) -> Value {
        let (number, table) = (self.number, self.table());
        let (column, parent) = (self.id(2, save), self.id(3, save));
        let (key, index, reference) = (self.id(4, save), self.id(5, save), self.id(6, save));
        let ty = json!({ "named": "bigint" });
        let last = if save > 1 { json!(self.id(2, save - 1)) } else { json!(null) };
        let mut changes = vec![
            json!({ "op": "createTable", "table": {
                "id": parent, "name": format!("parent_{number}_{save}"),
                "primaryKey": { "columns": [key] },
                "columns": [{ "id": key, "name": "id", "ty": ty, "notNull": true }],
            } }),
            json!({ "op": "createColumn", "table": table, "after": last,
                "column": { "id": column, "name": format!("column_{save}"), "ty": ty } }),
            json!({ "op": "createIndex", "table": table, "after": null,
                "index": { "id": index, "parts": [{ "target": { "column": column } }] } }),
            json!({ "op": "createRef", "reference": {
                "id": reference, "name": format!("key_{save}"),
                "from": table, "to": parent, "columns": [[column, key]], "onDelete": "cascade",
            } }),
            json!({ "op": "updateTable", "id": table, "patch": { "note": save.to_string() } }),
        ];
        if save > WINDOW {
            // The foreign key and the index go with them.
            let old = save - WINDOW;
            changes.push(json!({ "op": "deleteColumn", "table": table, "id": self.id(2, old) }));
            changes.push(json!({ "op": "deleteTable", "id": self.id(3, old) }));
        }
        json!(changes)
    }

    /// Saves until it has saved so often. When no answer comes it waits for the next server and
    /// sends the same again.
    async fn work(
        self: Arc<Self>,
        client: Client,
        mut server: watch::Receiver<String>,
        n_saves: u32,
        tell: mpsc::UnboundedSender<()>,
    ) {
        let mut base = 0;
        let mut save = 1;
        let mut url = String::new();
        while save <= n_saves {
            if url.is_empty() {
                url = server.wait_for(|it| !it.is_empty()).await.unwrap().clone();
            }
            let key = Uuid::now_v7();
            let body = change_set(base, key, self.changes(save));
            self.sent.store(save, Ordering::SeqCst);
            let answer = loop {
                let path = format!("{url}{}/changes", self.diagram);
                let answer = async {
                    let answer = client.post(path).json(&body).send().await?;
                    Ok::<_, reqwest::Error>((answer.status(), answer.json::<Value>().await?))
                };
                match answer.await {
                    Ok(answer) => break answer,
                    Err(_) => {
                        self.n_resent.fetch_add(1, Ordering::SeqCst);
                        let next = server.wait_for(|it| !it.is_empty() && *it != url).await;
                        url = next.unwrap().clone();
                    }
                }
            };
            let (status, answer) = answer;
            assert_eq!(status, StatusCode::OK, "save {save} of {}: {answer}", self.number);
            base = answer["revision"].as_u64().unwrap();
            self.keys.lock().unwrap().push(key);
            self.acknowledged.store(save, Ordering::SeqCst);
            tell.send(()).unwrap();
            save += 1;
        }
    }

    /// Whether what the snapshot has of this editor is what its saves made: the last one that was
    /// acknowledged is there, and none is there by half.
    fn check(&self, snapshot: &Value) {
        let tables = snapshot["diagram"]["tables"].as_array().unwrap();
        let refs = snapshot["diagram"]["refs"].as_array().unwrap();
        let table = tables.iter().find(|it| it["id"] == json!(self.table())).unwrap();
        let saved: u32 = table["note"].as_str().map_or(0, |it| it.parse().unwrap());
        let (acknowledged, sent) =
            (self.acknowledged.load(Ordering::SeqCst), self.sent.load(Ordering::SeqCst));
        assert!(saved >= acknowledged, "{} lost saves after {saved}", self.number);
        assert!(saved <= sent, "{} has a save {saved} that nobody sent", self.number);

        let first = saved.saturating_sub(WINDOW) + 1;
        let expected = |kind: u128| -> BTreeSet<String> {
            (first..=saved).map(|it| self.id(kind, it).to_string()).collect()
        };
        let ids = |list: &Value| -> BTreeSet<String> {
            list.as_array().into_iter().flatten().map(id_of).collect()
        };
        assert_eq!(ids(&table["columns"]), expected(2), "columns of {}", self.number);
        assert_eq!(ids(&table["indexes"]), expected(5), "indexes of {}", self.number);
        let named = format!("parent_{}_", self.number);
        let is_mine = |it: &&Value| it["name"].as_str().unwrap().starts_with(&named);
        let parents: BTreeSet<String> = tables.iter().filter(is_mine).map(id_of).collect();
        assert_eq!(parents, expected(3), "tables of {}", self.number);
        let is_mine = |it: &&Value| it["from"] == json!(self.table());
        let keys: BTreeSet<String> = refs.iter().filter(is_mine).map(id_of).collect();
        assert_eq!(keys, expected(6), "foreign keys of {}", self.number);
    }
}

fn id_of(entity: &Value) -> String {
    entity["id"].as_str().unwrap().to_owned()
}

async fn get(client: &Client, url: &str) -> Value {
    client.get(url).send().await.unwrap().json().await.unwrap()
}

/// Makes the diagrams, each with the tables of those who edit it.
async fn editors(client: &Client, url: &str) -> Vec<Arc<Editor>> {
    let mut editors: Vec<Arc<Editor>> = Vec::new();
    for number in 0..CLIENTS {
        let diagram = match editors.first() {
            Some(first) if number < TOGETHER => first.diagram.clone(),
            _ => {
                let wish = json!({ "name": format!("of {number}") });
                let made = client.post(format!("{url}/api/diagrams")).json(&wish);
                let made: Value = made.send().await.unwrap().json().await.unwrap();
                format!("/api/diagrams/{}", made["id"].as_str().unwrap())
            }
        };
        let editor = Editor {
            number,
            diagram,
            acknowledged: AtomicU32::new(0),
            sent: AtomicU32::new(0),
            n_resent: AtomicU32::new(0),
            keys: Mutex::default(),
        };
        let table = json!({ "id": editor.table(), "name": format!("t{number}"), "columns": [] });
        let create = json!([{ "op": "createTable", "table": table }]);
        let path = format!("{url}{}/changes", editor.diagram);
        let wish =
            change_set(if number < TOGETHER { number.into() } else { 0 }, Uuid::now_v7(), create);
        let answer = client.post(path).json(&wish).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        editors.push(Arc::new(editor));
    }
    editors
}

/// How many saves of each client, and from which seed.
fn wanted() -> (u32, u64) {
    let number = |name: &str| std::env::var(name).ok().map(|it| it.parse::<u64>().unwrap());
    let n_saves = number("CROWFOOT_FAULT_SAVES").map_or(SAVES, |it| it.try_into().unwrap());
    let seed = number("CROWFOOT_FAULT_SEED");
    (n_saves, seed.unwrap_or_else(|| Uuid::now_v7().as_u64_pair().1))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_killed_at_any_moment_has_every_acknowledged_save_whole_and_once() {
    let (n_saves, seed) = wanted();
    eprintln!("CROWFOOT_FAULT_SEED={seed} CROWFOOT_FAULT_SAVES={n_saves}");
    let mut dice = Dice(seed);
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.sqlite");
    let client = Client::builder().no_proxy().build().unwrap();
    let mut process = Process::start(&data);
    let editors = editors(&client, &process.url).await;

    let (tell_url, url) = watch::channel(process.url.clone());
    let (tell, mut told) = mpsc::unbounded_channel();
    let mut work = JoinSet::new();
    for editor in &editors {
        let (editor, client) = (Arc::clone(editor), client.clone());
        work.spawn(editor.work(client, url.clone(), n_saves, tell.clone()));
    }
    drop(tell);

    let (mut n_kills, mut n_whole) = (0, 0);
    'rounds: loop {
        for _ in 0..=dice.below(SAVES_TO_A_KILL) {
            if told.recv().await.is_none() {
                break 'rounds;
            }
        }
        // Somewhere in the midst of the next saves.
        tokio::time::sleep(Duration::from_micros(dice.below(6_000))).await;
        tell_url.send_replace(String::new());
        process.kill();
        n_kills += 1;

        // Nobody is told of the next server before it was looked at.
        process = Process::start(&data);
        for editor in &editors {
            let url = format!("{}{}/snapshot", process.url, editor.diagram);
            editor.check(&get(&client, &url).await);
            n_whole += 1;
        }
        tell_url.send_replace(process.url.clone());
    }
    while let Some(done) = work.join_next().await {
        done.unwrap();
    }

    let mut n_commits = 0;
    for editor in &editors {
        assert_eq!(editor.acknowledged.load(Ordering::SeqCst), n_saves);
        let url = format!("{}{}/snapshot", process.url, editor.diagram);
        editor.check(&get(&client, &url).await);
        let log = log(&client, &format!("{}{}/changes", process.url, editor.diagram)).await;
        for key in editor.keys.lock().unwrap().iter() {
            let n_times = log.iter().filter(|it| **it == key.to_string()).count();
            assert_eq!(n_times, 1, "a save of {} is in the log {n_times} times", editor.number);
        }
        n_commits += editor.keys.lock().unwrap().len();
    }
    assert_eq!(n_commits, (CLIENTS * n_saves) as usize);
    let n_resent: u32 = editors.iter().map(|it| it.n_resent.load(Ordering::SeqCst)).sum();
    eprintln!(
        "{n_commits} saves of {CLIENTS} clients, {n_kills} kills, {n_resent} saves sent again, \
         {n_whole} looks at a diagram after a kill: 0 lost, 0 halves, 0 twice"
    );
    assert!(n_kills > 0);
}

/// The keys of all commits; their revisions have no gap.
async fn log(client: &Client, url: &str) -> Vec<String> {
    let mut keys = Vec::new();
    loop {
        let page = get(client, &format!("{url}?after={}", keys.len())).await;
        let commits = page["changes"].as_array().unwrap();
        if commits.is_empty() {
            return keys;
        }
        for commit in commits {
            keys.push(commit["key"].as_str().unwrap().to_owned());
            assert_eq!(commit["revision"], keys.len());
        }
    }
}
