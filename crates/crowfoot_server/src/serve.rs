use std::{
    future::Future,
    net::{Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::Arc,
    time::Duration,
};

use crowfoot_app::{App, Limits, StoreError};
use crowfoot_store::SqliteStore;
use tokio::{net::TcpListener, sync::watch};

use crate::{
    guard::Hosts,
    router::{RouterOptions, router},
};

/// How to run the server.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The file that holds the diagrams; it is made if there is none.
    pub data: PathBuf,
    /// A folder with the web app, instead of the one inside the program.
    pub web_dir: Option<PathBuf>,
    /// Names under which the server may be asked, beside this machine's own.
    pub hosts: Vec<String>,
    pub limits: Limits,
}

impl ServeOptions {
    /// This machine only, on the usual port.
    pub fn local(data: impl Into<PathBuf>) -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 4870)),
            data: data.into(),
            web_dir: None,
            hosts: Vec::new(),
            limits: Limits::default(),
        }
    }
}

/// Why the server does not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    #[error("cannot listen on {address}: {source}")]
    Listen { address: SocketAddr, source: std::io::Error },
    #[error("cannot open {}: {source}", .path.display())]
    Data { path: PathBuf, source: StoreError },
    #[error("cannot make the folder {}: {source}", .path.display())]
    Folder { path: PathBuf, source: std::io::Error },
    #[error("the server stopped: {0}")]
    Run(#[from] std::io::Error),
}

/// A server that has its address and its data, and waits to be run.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    store: Arc<SqliteStore>,
    options: ServeOptions,
}

/// How long open requests may take after the server was asked to stop.
const GRACE: Duration = Duration::from_secs(5);

/// Says when the server is about to stop, for answers that would go on for ever.
#[derive(Clone, Debug)]
pub(crate) struct Closing(watch::Receiver<bool>);

impl Default for Closing {
    fn default() -> Self {
        Self(watch::channel(false).1)
    }
}

impl Closing {
    /// Waits until the server stops; for ever if nobody can stop it.
    pub(crate) async fn wait(&mut self) {
        if self.0.wait_for(|it| *it).await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Serves until SIGINT or SIGTERM, then ends what is under way in good order.
///
/// # Errors
/// When the address or the data cannot be had.
pub async fn serve(options: ServeOptions) -> Result<(), ServeError> {
    bind(options).await?.run(stop_signal()).await
}

/// Takes the address and opens the data, so that whoever connects from now on is answered.
///
/// # Errors
/// When either cannot be had.
pub async fn bind(options: ServeOptions) -> Result<Server, ServeError> {
    let address = options.listen;
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| ServeError::Listen { address, source })?;
    let address = listener.local_addr().map_err(|source| ServeError::Listen { address, source })?;

    if let Some(folder) = options.data.parent().filter(|it| !it.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder)
            .map_err(|source| ServeError::Folder { path: folder.to_owned(), source })?;
    }
    let store = SqliteStore::open(&options.data)
        .await
        .map_err(|source| ServeError::Data { path: options.data.clone(), source })?;
    Ok(Server { listener, address, store: Arc::new(store), options })
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` is done, then ends what is under way in good order.
    ///
    /// # Errors
    /// When the socket fails.
    pub async fn run(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServeError> {
        let (close, closing) = watch::channel(false);
        let app =
            App::new(Arc::clone(&self.store) as Arc<dyn crowfoot_app::Store>, self.options.limits);
        let options = RouterOptions {
            hosts: Hosts::new(self.address, &self.options.hosts),
            web_dir: self.options.web_dir,
            closing: Closing(closing.clone()),
        };
        let serving = axum::serve(self.listener, router(app, options))
            .with_graceful_shutdown(async move {
                stop.await;
                tracing::info!("stopping");
                close.send_replace(true);
            })
            .into_future();
        let mut late = Closing(closing);
        let done = tokio::select! {
            done = serving => done,
            () = async { late.wait().await; tokio::time::sleep(GRACE).await } => Ok(()),
        };
        self.store.close().await;
        Ok(done?)
    }
}

/// Done when the process is asked to stop: SIGINT (Ctrl+C) or SIGTERM.
pub async fn stop_signal() {
    let interrupt = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
