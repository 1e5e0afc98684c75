//! Diagrams with revisions: at a server, or in the file that a server keeps them in.

use std::{fmt::Display, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result, anyhow, bail};
use crowfoot_app::{App, AppError, CommitChanges, DiagramId, Limits, Shelf};
use crowfoot_schema::{ChangeSet, Conflict, Diagram, Document, Reason};
use crowfoot_store::SqliteStore;
use reqwest::{Client, RequestBuilder, Response, StatusCode};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::Applied;
use crate::{WrongUse, report::tell};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a change-set is sent to a server that does not answer, and how long to wait before
/// the second time; each further wait is twice as long.
const ATTEMPTS: u32 = 4;
const FIRST_PAUSE: Duration = Duration::from_millis(300);

/// Who keeps diagrams.
pub(super) enum Keeper {
    Server { client: Client, url: String },
    Data(std::path::PathBuf),
}

/// A change-set that is in the log.
pub(super) struct Committed {
    pub(super) revision: u64,
    /// What was done in the end.
    pub(super) effective: ChangeSet,
}

/// A diagram that is kept, as it is now.
pub(super) struct Kept {
    at: At,
    id: DiagramId,
    pub(super) revision: u64,
    document: Document,
}

enum At {
    /// The address of the diagram.
    Server {
        client: Client,
        url: String,
    },
    App(App),
}

#[derive(Deserialize)]
struct Listed {
    id: DiagramId,
    name: String,
}

#[derive(Deserialize)]
struct Snapshot {
    revision: u64,
    diagram: Document,
}

#[derive(Deserialize)]
struct Log {
    changes: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    revision: u64,
    change_set: ChangeSet,
}

/// Why a server did not do it.
#[derive(Deserialize)]
struct Problem {
    code: String,
    detail: String,
    #[serde(default)]
    conflicts: Vec<Conflict>,
    #[serde(default)]
    reasons: Vec<Reason>,
}

impl Keeper {
    pub(super) fn server(url: &str) -> Result<Self> {
        let url = url.trim_end_matches('/');
        if !url.starts_with("http://") {
            let message =
                format!("`{url}` is no address of a server, such as http://127.0.0.1:4870");
            return Err(WrongUse(message).into());
        }
        let client = Client::builder().timeout(PATIENCE).build().context("cannot connect")?;
        Ok(Self::Server { client, url: url.to_owned() })
    }

    pub(super) fn data(path: &Path) -> Result<Self> {
        if !path.exists() {
            bail!("there is no file `{}`", path.display());
        }
        Ok(Self::Data(path.to_owned()))
    }

    /// Reads the diagram of that id or name.
    pub(super) async fn open(&self, diagram: &str) -> Result<Kept> {
        match self {
            Self::Server { client, url } => {
                let list: Vec<Listed> = get(client, &format!("{url}/api/diagrams")).await?;
                let id = choose(diagram, &list)?;
                let url = format!("{url}/api/diagrams/{id}");
                let snapshot: Snapshot = get(client, &format!("{url}/snapshot")).await?;
                Ok(Kept {
                    at: At::Server { client: client.clone(), url },
                    id,
                    revision: snapshot.revision,
                    document: snapshot.diagram,
                })
            }
            Self::Data(path) => {
                let store = SqliteStore::open(path)
                    .await
                    .with_context(|| format!("cannot open `{}`", path.display()))?;
                let app = App::new(Arc::new(store), Limits::default());
                let list = app.list_diagrams(Shelf::Kept).await?;
                let list: Vec<Listed> =
                    list.into_iter().map(|it| Listed { id: it.id, name: it.name }).collect();
                let id = choose(diagram, &list)?;
                let snapshot = app.read_snapshot(id).await?.plain().await?;
                let snapshot: Snapshot = serde_json::from_slice(&snapshot)?;
                Ok(Kept {
                    at: At::App(app),
                    id,
                    revision: snapshot.revision,
                    document: snapshot.diagram,
                })
            }
        }
    }
}

impl Kept {
    pub(super) fn diagram(&self) -> Result<Diagram> {
        Ok(self.document.clone().into_diagram()?)
    }

    /// What was committed after a revision, up to the one that was read.
    pub(super) async fn changes_after(&self, base: u64) -> Result<Vec<ChangeSet>> {
        self.changes_between(base, self.revision).await
    }

    async fn changes_between(&self, base: u64, last: u64) -> Result<Vec<ChangeSet>> {
        let mut theirs = Vec::new();
        let mut after = base;
        while after < last {
            let page: Vec<(u64, ChangeSet)> = match &self.at {
                At::Server { client, url } => {
                    let log: Log = get(client, &format!("{url}/changes?after={after}")).await?;
                    log.changes.into_iter().map(|it| (it.revision, it.change_set)).collect()
                }
                At::App(app) => {
                    let commits = app.list_changes(self.id, after).await?;
                    let read = commits.iter().map(|it| Ok((it.revision, it.changes()?)));
                    read.collect::<Result<_>>()?
                }
            };
            let Some((newest, _)) = page.last() else { break };
            after = *newest;
            let known = page.into_iter().filter(|it| it.0 <= last);
            theirs.extend(known.map(|it| it.1));
        }
        Ok(theirs)
    }

    /// The diagram just before a revision that came after it was read; none for an older one.
    pub(super) async fn before(&self, revision: u64) -> Result<Option<Diagram>> {
        if revision <= self.revision {
            return Ok(None);
        }
        let mut diagram = self.diagram()?;
        for theirs in self.changes_between(self.revision, revision - 1).await? {
            diagram.apply(&theirs)?;
        }
        Ok(Some(diagram))
    }

    /// Commits a change-set that was made on that revision; else why it was not.
    pub(super) async fn commit(
        &self,
        base: u64,
        key: Option<Uuid>,
        change_set: &ChangeSet,
    ) -> Result<Result<Committed, Applied>> {
        let key = key.unwrap_or_else(Uuid::now_v7);
        match &self.at {
            At::Server { client, url } => {
                let body = json!({ "base": base, "key": key, "changeSet": change_set });
                let request = client.post(format!("{url}/changes")).json(&body);
                let answer = send(request).await.with_context(|| {
                    format!("the server does not answer; send it again with `--key {key}`")
                })?;
                committed(answer).await
            }
            At::App(app) => {
                let wish = CommitChanges { base, key, change_set: change_set.clone() };
                match app.commit_changes(self.id, wish).await {
                    Ok(commit) => Ok(Ok(Committed {
                        revision: commit.revision,
                        effective: commit.changes()?,
                    })),
                    Err(AppError::Conflict { conflicts, .. }) => {
                        Ok(Err(Applied::Conflict(conflicts)))
                    }
                    Err(AppError::Rejected(rejected)) => {
                        Ok(Err(Applied::Rejected(rejected.reasons)))
                    }
                    Err(error) => Err(error.into()),
                }
            }
        }
    }
}

/// The diagram that a person means by its id or name.
fn choose(wanted: &str, list: &[Listed]) -> Result<DiagramId> {
    if let Ok(id) = wanted.parse::<Uuid>() {
        return Ok(DiagramId(id));
    }
    let of_name: Vec<&Listed> = list.iter().filter(|it| it.name == wanted).collect();
    let joined = |it: &mut dyn Iterator<Item = &dyn Display>| -> String {
        let words: Vec<String> = it.take(20).map(|it| format!("`{it}`")).collect();
        words.join(", ")
    };
    match of_name.as_slice() {
        [only] => Ok(only.id),
        [] => {
            let names = joined(&mut list.iter().map(|it| &it.name as &dyn Display));
            bail!("there is no diagram `{wanted}`; there are: {names}")
        }
        several => {
            let ids = joined(&mut several.iter().map(|it| &it.id as &dyn Display));
            Err(WrongUse(format!(
                "{} diagrams are called `{wanted}`, say which: {ids}",
                several.len()
            ))
            .into())
        }
    }
}

async fn get<T: for<'de> Deserialize<'de>>(client: &Client, url: &str) -> Result<T> {
    let answer = client.get(url).send().await.context("the server does not answer")?;
    let status = answer.status();
    if !status.is_success() {
        return Err(refused(answer).await);
    }
    answer.json().await.with_context(|| format!("what `{url}` answers is not understood"))
}

/// Sends a change-set, and again when nobody answers: its key keeps it from being applied twice.
async fn send(request: RequestBuilder) -> Result<Response> {
    let mut pause = FIRST_PAUSE;
    for _ in 1..ATTEMPTS {
        let again = request.try_clone().context("a body in memory can be sent again")?;
        match again.send().await {
            Ok(answer) if answer.status() != StatusCode::SERVICE_UNAVAILABLE => return Ok(answer),
            Ok(answer) => tell(&format!("the server answers {}, trying again", answer.status())),
            Err(_) => tell("the server does not answer, trying again"),
        }
        tokio::time::sleep(pause).await;
        pause *= 2;
    }
    Ok(request.send().await?)
}

async fn committed(answer: Response) -> Result<Result<Committed, Applied>> {
    if answer.status().is_success() {
        let entry: Entry = answer.json().await.context("the answer is not understood")?;
        return Ok(Ok(Committed { revision: entry.revision, effective: entry.change_set }));
    }
    let status = answer.status();
    let problem: Problem =
        answer.json().await.with_context(|| format!("the server answers {status}"))?;
    match problem.code.as_str() {
        "conflict" => Ok(Err(Applied::Conflict(problem.conflicts))),
        "rejected" => Ok(Err(Applied::Rejected(problem.reasons))),
        _ => Err(anyhow!(problem.detail)),
    }
}

async fn refused(answer: Response) -> anyhow::Error {
    let status = answer.status();
    match answer.json::<Problem>().await {
        Ok(problem) => anyhow!(problem.detail),
        Err(_) => anyhow!("the server answers {status}"),
    }
}
