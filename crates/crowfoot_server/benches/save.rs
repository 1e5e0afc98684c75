//! How long a save takes over HTTP, from the request to the answer that it is on disk, on diagrams
//! of growing size.
//!
//! Run with `cargo bench -p crowfoot_server --bench save`. A save is what the table editor sends: a
//! new column with its index and foreign key, a renamed column, the table's note. Beside it stands
//! what the disk itself needs to keep as many bytes, measured in the same run.

#![expect(clippy::unwrap_used, reason = "a bench may stop")]

use std::{
    fs::File,
    io::Write,
    net::Ipv4Addr,
    path::Path,
    time::{Duration, Instant},
};

use crowfoot_server::{ServeOptions, bind};
use reqwest::Client;
use serde_json::{Value, json};
use uuid::Uuid;

const SIZES: [u128; 3] = [100, 1_000, 10_000];
const COLUMNS: u128 = 12;
const SAVES: u128 = 1_500;
/// Saves that are not counted: the first ones open the diagram and fill caches.
const WARM_UP: usize = 50;

#[tokio::main]
async fn main() {
    let folder = tempfile::tempdir().unwrap();
    print(&format!("{:30} {:>8} {:>8} {:>8} {:>8}", "", "median", "p90", "p99", "slowest"));
    print(&row("one write and sync to the disk", syncs(folder.path())));
    for n_tables in SIZES {
        let mut options = ServeOptions::local(folder.path().join(format!("{n_tables}.sqlite")));
        options.listen = (Ipv4Addr::LOCALHOST, 0).into();
        let server = bind(options).await.unwrap();
        let url = format!("http://{}", server.address());
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async move { stopped.await.unwrap_or(()) }));
        let times = saves(&url, n_tables).await;
        print(&row(&format!("a save at {n_tables} tables"), times));
        stop.send(()).unwrap();
        running.await.unwrap().unwrap();
    }
}

/// One row of the result, times in milliseconds.
fn row(name: &str, mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |part: usize| {
        let time = times[(times.len() * part / 1_000).min(times.len() - 1)];
        format!("{:.2} ms", time.as_secs_f64() * 1_000.0)
    };
    format!("{name:30} {:>8} {:>8} {:>8} {:>8}", at(500), at(900), at(990), at(1_000))
}

fn print(line: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}

/// How long the disk takes for as many bytes as a save writes to the log.
fn syncs(folder: &Path) -> Vec<Duration> {
    let mut file = File::create(folder.join("raw")).unwrap();
    let bytes = [7; 8 * 4_096];
    let sync = |_| {
        let start = Instant::now();
        file.write_all(&bytes).unwrap();
        file.sync_data().unwrap();
        start.elapsed()
    };
    (0..300).map(sync).collect()
}

fn id(kind: u128, at: u128) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + (kind << 56) + at)
}

fn column(at: u128, name: &str) -> Value {
    json!({ "id": id(2, at), "name": name, "ty": { "named": "bigint" }, "notNull": true })
}

/// Tables of twelve columns with a primary key, an index and a foreign key each.
fn document(n_tables: u128) -> Value {
    let tables: Vec<Value> = (0..n_tables)
        .map(|table| {
            let columns: Vec<Value> = (0..COLUMNS)
                .map(|it| column(table * COLUMNS + it, &format!("column_{it}")))
                .collect();
            json!({
                "id": id(1, table), "name": format!("table_{table}"), "columns": columns,
                "primaryKey": { "columns": [id(2, table * COLUMNS)] },
                "indexes": [{
                    "id": id(3, table),
                    "parts": [{ "target": { "column": id(2, table * COLUMNS + 1) } }],
                }],
            })
        })
        .collect();
    let refs: Vec<Value> =
        (1..n_tables).map(|table| key(table, table * COLUMNS + 1, table / 2)).collect();
    json!({ "version": 1, "tables": tables, "refs": refs })
}

/// A foreign key from a column to the primary key of a table.
fn key(table: u128, column: u128, to: u128) -> Value {
    json!({
        "id": id(4, column), "from": id(1, table), "to": id(1, to),
        "columns": [[id(2, column), id(2, to * COLUMNS)]],
    })
}

/// How long each save took, one after another.
async fn saves(url: &str, n_tables: u128) -> Vec<Duration> {
    let client = Client::builder().no_proxy().build().unwrap();
    let text = document(n_tables).to_string();
    let wish = json!({ "name": "bench", "format": "json", "text": text });
    let made = client.post(format!("{url}/api/diagrams/import")).json(&wish).send().await.unwrap();
    let made: Value = made.error_for_status().unwrap().json().await.unwrap();
    let path = format!("{url}/api/diagrams/{}/changes", made["id"].as_str().unwrap());

    let mut base = made["revision"].as_u64().unwrap();
    let mut times = Vec::new();
    for save in 0..SAVES {
        // Tables far from each other, as people jump about.
        let table = save * 7_919 % n_tables;
        let new = 1_000_000 + save;
        let changes = json!([
            { "op": "createColumn", "table": id(1, table), "after": null,
              "column": column(new, &format!("new_{save}")) },
            { "op": "createIndex", "table": id(1, table), "after": null,
              "index": { "id": id(5, save), "parts": [{ "target": { "column": id(2, new) } }] } },
            { "op": "createRef", "reference": key(table, new, (table + 1) % n_tables) },
            { "op": "updateColumn", "table": id(1, table), "id": id(2, table * COLUMNS + 3),
              "patch": { "name": format!("renamed_{save}") } },
            { "op": "updateTable", "id": id(1, table), "patch": { "note": format!("note {save}") } },
        ]);
        let body = json!({
            "base": base, "key": Uuid::now_v7(),
            "changeSet": { "description": "save the table", "changes": changes },
        });
        let start = Instant::now();
        let answer = client.post(&path).json(&body).send().await.unwrap();
        let answer: Value = answer.error_for_status().unwrap().json().await.unwrap();
        times.push(start.elapsed());
        base = answer["revision"].as_u64().unwrap();
    }
    times.split_off(WARM_UP)
}
