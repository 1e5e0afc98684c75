//! Who may talk to a server that asks nobody for a password: pages of its own only.
//!
//! A page of the web can send requests to this machine. It cannot choose the headers `Host` and
//! `Origin`, so a request with a foreign one is refused, which also ends DNS rebinding.

use std::{
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{Request, State},
    http::{HeaderMap, StatusCode, Uri, header, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::problem::Problem;

/// The names under which the server may be asked.
#[derive(Clone, Debug, Default)]
pub struct Hosts {
    /// Whether it listens beyond this machine; addresses in numbers are then fine as well.
    is_public: bool,
    names: Vec<String>,
}

impl Hosts {
    /// The hosts of a server that listens on `address`: this machine's own names, the addresses in
    /// numbers if it listens beyond this machine, and `names`.
    pub fn new(address: SocketAddr, names: &[String]) -> Self {
        let names = names.iter().map(|it| it.to_ascii_lowercase()).collect();
        Self { is_public: !address.ip().is_loopback(), names }
    }

    fn allows(&self, authority: &Authority) -> bool {
        let host = authority.host().trim_matches(['[', ']']).to_ascii_lowercase();
        if let Ok(ip) = host.parse::<IpAddr>() {
            return self.is_public || ip.is_loopback();
        }
        host == "localhost" || self.names.contains(&host)
    }
}

/// Lets a request through when its headers say that it comes from a page of ours, or from none.
pub(crate) async fn guard(
    State(hosts): State<Arc<Hosts>>,
    request: Request,
    next: Next,
) -> Response {
    match check(&hosts, request.uri(), request.headers()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn check(hosts: &Hosts, uri: &Uri, headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name| headers.get(name).map(|it| it.to_str().unwrap_or(""));
    let host = text(header::HOST).and_then(|it| it.parse::<Authority>().ok());
    let host = host.or_else(|| uri.authority().cloned());
    let Some(host) = host.filter(|it| hosts.allows(it)) else {
        let detail = "the header `Host` does not name this server: ask for it under its own \
                      address, or allow the name when starting it";
        return Err(Problem::new(StatusCode::FORBIDDEN, "foreign-host", "Foreign host", detail));
    };

    if let Some(origin) = text(header::ORIGIN) {
        let authority = origin.split_once("://").and_then(|(_, it)| it.parse::<Authority>().ok());
        // The port counts: another server on this machine is another origin.
        if authority.is_none_or(|it| !it.as_str().eq_ignore_ascii_case(host.as_str())) {
            return Err(foreign_origin());
        }
    }
    let is_api = uri.path().starts_with("/api/");
    if is_api && text(header::HeaderName::from_static("sec-fetch-site")) == Some("cross-site") {
        return Err(foreign_origin());
    }
    Ok(())
}

fn foreign_origin() -> Problem {
    let detail = "the request comes from a page of another site";
    Problem::new(StatusCode::FORBIDDEN, "foreign-origin", "Foreign origin", detail)
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderName, HeaderValue, Uri};

    use super::{Hosts, check};

    #[track_caller]
    fn ask(listen: &str, headers: &[(&str, &str)], is_allowed: bool) {
        let hosts = Hosts::new(listen.parse().unwrap(), &["schemas.example".to_owned()]);
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (name.parse::<HeaderName>().unwrap(), HeaderValue::from_str(value).unwrap())
            })
            .collect();
        let answer = check(&hosts, &Uri::from_static("/api/diagrams"), &headers);
        assert_eq!(answer.is_ok(), is_allowed, "{headers:?}");
    }

    #[test]
    fn this_machine_may_ask_under_its_own_names() {
        for host in ["127.0.0.1:80", "localhost:80", "[::1]:80", "LOCALHOST", "schemas.example"] {
            ask("127.0.0.1:80", &[("host", host)], true);
        }
    }

    #[test]
    fn foreign_hosts_are_refused() {
        for host in ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "localhost.", ""] {
            ask("127.0.0.1:80", &[("host", host)], false);
        }
        ask("127.0.0.1:80", &[], false);
    }

    #[test]
    fn a_public_server_may_be_asked_by_number_but_not_by_a_foreign_name() {
        ask("0.0.0.0:80", &[("host", "10.0.0.1:80")], true);
        ask("0.0.0.0:80", &[("host", "evil.example")], false);
    }

    #[test]
    fn an_origin_is_fine_when_it_is_the_host() {
        let host = ("host", "127.0.0.1:80");
        ask("127.0.0.1:80", &[host, ("origin", "http://127.0.0.1:80")], true);
        for origin in ["http://evil.example", "http://127.0.0.1:81", "null", ""] {
            ask("127.0.0.1:80", &[host, ("origin", origin)], false);
        }
        ask("127.0.0.1:80", &[host, ("sec-fetch-site", "cross-site")], false);
    }
}
