use std::{
    io::{BufRead, BufReader},
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use crowfoot_server::{ServeOptions, bind};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::sync::mpsc;
use uuid::Uuid;

use crate::test_app::{change_set, create_table};

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

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_server_has_kept_every_commit_that_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data.sqlite");
    let client = Client::builder().no_proxy().build().unwrap();
    let mut acknowledged: Vec<(String, u32)> = Vec::new();
    let mut next = 0;

    for round in 1..=4_u32 {
        let process = Process::start(&data);
        let (tell, mut told) = mpsc::unbounded_channel();
        for _ in 0..3 {
            tokio::spawn(write_while_it_lives(
                client.clone(),
                process.url.clone(),
                next,
                tell.clone(),
            ));
            next += 1_000;
        }
        drop(tell);

        let (wanted, mut count) = (round * 7, 0);
        let mut process = Some(process);
        while let Some(commit) = told.recv().await {
            acknowledged.push(commit);
            count += 1;
            if count == wanted {
                process.take().unwrap().kill();
            }
        }
        assert!(count >= wanted, "{count} of {wanted}");
    }

    let mut options = ServeOptions::local(&data);
    options.listen = (Ipv4Addr::LOCALHOST, 0).into();
    let server = bind(options).await.unwrap();
    let url = format!("http://{}", server.address());
    tokio::spawn(server.run(std::future::pending()));
    for (diagram, number) in acknowledged {
        let snapshot: Value = client
            .get(format!("{url}{diagram}/snapshot"))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap();
        let tables = snapshot["diagram"]["tables"].as_array().unwrap();
        let name = format!("t{number}");
        assert!(tables.iter().any(|it| it["name"] == name.as_str()), "{diagram} lost {name}");
        assert_eq!(snapshot["revision"], tables.len(), "a commit is whole or not there");
    }
}

/// Makes a diagram and adds tables to it as long as the server answers; tells of each that was
/// acknowledged.
async fn write_while_it_lives(
    client: Client,
    url: String,
    first: u32,
    tell: mpsc::UnboundedSender<(String, u32)>,
) {
    let name = json!({ "name": format!("from {first}") });
    let made = client.post(format!("{url}/api/diagrams")).json(&name).send().await;
    let Ok(made) = made else { return };
    let Ok(made) = made.json::<Value>().await else { return };
    let diagram = format!("/api/diagrams/{}", made["id"].as_str().unwrap());
    for number in first..first + 1_000 {
        let base = u64::from(number - first);
        let wish = change_set(base, Uuid::now_v7(), json!([create_table(number)]));
        let sent = client.post(format!("{url}{diagram}/changes")).json(&wish).send().await;
        if !sent.is_ok_and(|it| it.status() == 200) || tell.send((diagram.clone(), number)).is_err()
        {
            return;
        }
    }
}
