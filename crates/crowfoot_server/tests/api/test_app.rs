use std::{
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use crowfoot_server::{ServeOptions, bind};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};
use uuid::Uuid;

/// A server with an empty database of its own.
pub(crate) struct TestApp {
    pub(crate) url: String,
    pub(crate) client: Client,
    folder: TempDir,
    running: Option<(oneshot::Sender<()>, JoinHandle<()>)>,
}

/// What a request was answered with.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) body: Value,
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut ServeOptions)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut options = options(&folder);
        change(&mut options);
        let client = Client::builder().no_proxy().build().unwrap();
        let mut app = Self { url: String::new(), client, folder, running: None };
        app.run(options).await;
        app
    }

    async fn run(&mut self, options: ServeOptions) {
        let server = bind(options).await.unwrap();
        self.url = format!("http://{}", server.address());
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            server.run(async move { stopped.await.unwrap_or(()) }).await.unwrap();
        });
        self.running = Some((stop, running));
    }

    /// Stops the server in good order and starts another one on the same data.
    pub(crate) async fn restart(&mut self) {
        self.stop().await;
        self.run(options(&self.folder)).await;
    }

    pub(crate) async fn stop(&mut self) {
        let (stop, running) = self.running.take().unwrap();
        stop.send(()).unwrap();
        running.await.unwrap();
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.url))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::POST, path).json(body).send().await.unwrap()).await
    }

    pub(crate) async fn patch(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.request(Method::PATCH, path).json(body).send().await.unwrap()).await
    }

    pub(crate) async fn delete(&self, path: &str) -> Answer {
        Answer::of(self.request(Method::DELETE, path).send().await.unwrap()).await
    }

    /// A new empty diagram's path.
    pub(crate) async fn diagram(&self) -> String {
        let answer = self.post("/api/diagrams", &json!({ "name": "test" })).await;
        assert_eq!(answer.status, StatusCode::CREATED);
        format!("/api/diagrams/{}", answer.body["id"].as_str().unwrap())
    }

    /// Commits changes with a fresh key.
    pub(crate) async fn commit(&self, diagram: &str, base: u64, changes: Value) -> Answer {
        self.post(&format!("{diagram}/changes"), &change_set(base, Uuid::now_v7(), changes)).await
    }

    pub(crate) async fn tables(&self, diagram: &str) -> Vec<String> {
        let answer = self.get(&format!("{diagram}/snapshot")).await;
        let tables = answer.body["diagram"]["tables"].as_array().unwrap();
        tables.iter().map(|it| it["name"].as_str().unwrap().to_owned()).collect()
    }
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let status = response.status();
        let kind = response.headers().get("content-type").cloned();
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        if status.is_client_error() || status.is_server_error() {
            assert_eq!(kind.unwrap(), "application/problem+json", "{text}");
            assert_eq!(body["status"], status.as_u16());
        }
        Self { status, body }
    }

    /// Status and code of a problem.
    #[track_caller]
    pub(crate) fn is_problem(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.body["code"].as_str()), (status, Some(code)));
    }
}

fn options(folder: &TempDir) -> ServeOptions {
    let data: PathBuf = folder.path().join("sub").join("data.sqlite");
    let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    ServeOptions { listen, ..ServeOptions::local(data) }
}

pub(crate) fn change_set(base: u64, key: Uuid, changes: Value) -> Value {
    json!({ "base": base, "key": key, "changeSet": { "description": "test", "changes": changes } })
}

/// The id of the table that `create_table` makes of that number.
pub(crate) fn table_id(number: u32) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(number))
}

pub(crate) fn create_table(number: u32) -> Value {
    let table = json!({ "id": table_id(number), "name": format!("t{number}"), "columns": [] });
    json!({ "op": "createTable", "table": table })
}

pub(crate) fn update_table(number: u32, patch: Value) -> Value {
    json!({ "op": "updateTable", "id": table_id(number), "patch": patch })
}
