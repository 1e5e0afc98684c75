//! Throw-away PostgreSQL, MariaDB and SQLite databases.
//!
//! The servers listen on sockets in a temporary folder that goes away with them. They refuse to run
//! as root, so they run as the users that their packages make.

use std::{
    fs, io,
    io::Write,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use crowfoot_sql::Dialect;

/// The three databases, running.
pub(crate) struct Servers {
    postgresql: PostgreSql,
    mariadb: MariaDb,
}

impl Servers {
    /// Starts the servers, each in a folder of its own.
    ///
    /// # Errors
    /// When one is not installed or does not start; the message says what to do.
    pub(crate) fn start() -> Result<Self, String> {
        require("sqlite3", "sqlite3")?;
        std::thread::scope(|scope| {
            let mariadb = scope.spawn(MariaDb::start);
            let postgresql = PostgreSql::start()?;
            let mariadb = mariadb.join().map_err(|_| "starting MariaDB panicked")??;
            Ok(Self { postgresql, mariadb })
        })
    }

    /// Runs a script in an empty database and gives what it answers to a query, or without one the
    /// schema as the database's own tool dumps it.
    ///
    /// # Errors
    /// With what the database said first.
    pub(crate) fn run(
        &self,
        dialect: Dialect,
        script: &str,
        query: Option<&str>,
    ) -> Result<String, String> {
        match dialect {
            Dialect::PostgreSql => self.postgresql.run(script, query),
            Dialect::MySql => self.mariadb.run(script, query),
            Dialect::Sqlite => run_sqlite(script, query.unwrap_or(".schema")),
        }
    }
}

/// A folder that is removed when it is dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, owner: Option<(u32, u32)>) -> Result<Self, String> {
        // In memory, where there is such a place: databases sync to disk again and again.
        let shared = Path::new("/dev/shm");
        let place = if shared.is_dir() { shared.to_owned() } else { std::env::temp_dir() };
        // Tests of one program run beside each other.
        let path = place.join(format!("{}-{name}-{}", next_name(), std::process::id()));
        fs::create_dir_all(&path).map_err(|it| it.to_string())?;
        if let Some((user, group)) = owner {
            chown(&path, Some(user), Some(group)).map_err(|it| it.to_string())?;
        }
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left behind lies in the folder for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The user and group to run a server as: none when we are not root.
fn owner(name: &str) -> Result<Option<(u32, u32)>, String> {
    let output = Command::new("id").arg("-u").output().map_err(|it| it.to_string())?;
    if output.stdout.trim_ascii() != b"0" {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").map_err(|it| it.to_string())?;
    users
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>())
        .find(|it| it.first() == Some(&name))
        .and_then(|it| Some((it.get(2)?.parse().ok()?, it.get(3)?.parse().ok()?)))
        .map(Some)
        .ok_or_else(|| format!("there is no user `{name}` to run the server as"))
}

/// Where a program lies: on the path, or in a folder that packages use.
fn find(program: &str) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).collect();
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|it| it.path().join("bin"))
        .collect();
    versions.sort();
    folders.extend(versions.into_iter().rev());
    folders.extend([PathBuf::from("/usr/sbin"), PathBuf::from("/usr/local/sbin")]);
    folders.into_iter().map(|it| it.join(program)).find(|it| it.is_file())
}

fn require(program: &str, package: &str) -> Result<PathBuf, String> {
    find(program).ok_or_else(|| {
        format!(
            "`{program}` is missing: install the package `{package}` (apt-get install {package})"
        )
    })
}

fn as_user(command: &mut Command, user: Option<(u32, u32)>) -> &mut Command {
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}

/// Runs a program with a text as its input.
fn feed(command: &mut Command, input: &str) -> Result<Output, String> {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|it| it.to_string())?;
    let mut stdin = child.stdin.take().expect("it was asked for");
    let input = input.to_owned();
    // A program that stops at an error does not read to the end.
    let writer =
        std::thread::spawn(move || -> io::Result<()> { stdin.write_all(input.as_bytes()) });
    let output = child.wait_with_output().map_err(|it| it.to_string())?;
    let _ = writer.join();
    Ok(output)
}

/// What a program printed, or its first complaint.
fn checked(output: Output) -> Result<String, String> {
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let mut lines = said.lines();
    let complaint = lines.clone().find(|it| it.contains("ERROR") || it.contains("rror:"));
    Err(complaint.or_else(|| lines.next()).unwrap_or("it failed and said nothing").to_owned())
}

fn checked_command(command: &mut Command) -> Result<String, String> {
    checked(command.stdin(Stdio::null()).output().map_err(|it| it.to_string())?)
}

fn next_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("crowfoot_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

struct PostgreSql {
    folder: Folder,
    user: Option<(u32, u32)>,
    pg_ctl: PathBuf,
}

impl PostgreSql {
    fn start() -> Result<Self, String> {
        let initdb = require("initdb", "postgresql")?;
        let pg_ctl = require("pg_ctl", "postgresql")?;
        let user = owner("postgres")?;
        let server = Self { folder: Folder::new("pg", user)?, user, pg_ctl };
        let data = server.data();
        let mut init = Command::new(initdb);
        init.args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "--no-sync", "-D"])
            .arg(&data)
            .current_dir(&server.folder.0);
        checked_command(as_user(&mut init, user))?;

        let options = format!(
            "-k '{}' -h '' -F -c shared_buffers=32MB -c synchronous_commit=off -c full_page_writes=off",
            server.folder.0.display()
        );
        let mut start = Command::new(&server.pg_ctl);
        start.arg("-D").arg(&data).arg("-l").arg(server.folder.0.join("log"));
        start.args(["-o", &options, "-w", "start"]).current_dir(&server.folder.0);
        // The server keeps what it inherits open, which must not be a pipe that somebody reads.
        let status = as_user(&mut start, user)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .map_err(|it| it.to_string())?;
        if !status.success() {
            let log = fs::read_to_string(server.folder.0.join("log")).unwrap_or_default();
            return Err(format!("PostgreSQL did not start: {log}"));
        }
        Ok(server)
    }

    fn data(&self) -> PathBuf {
        self.folder.0.join("data")
    }

    fn command(&self, program: &str, database: &str) -> Command {
        let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
        command.arg("-h").arg(&self.folder.0).args(["-U", "postgres", "-d", database]);
        command
    }

    /// The answer to the query, or the dump.
    fn run(&self, script: &str, query: Option<&str>) -> Result<String, String> {
        let name = next_name();
        let admin = |statement: &str| {
            let mut psql = self.command("psql", "postgres");
            checked_command(psql.args(["-X", "-q", "-c", statement]))
        };
        admin(&format!("create database {name} template template0"))?;
        let mut psql = self.command("psql", &name);
        psql.args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "-"]);
        let result = feed(&mut psql, script).and_then(checked).and_then(|_| {
            if let Some(query) = query {
                return checked_command(self.command("psql", &name).args(["-XAtq", "-c", query]));
            }
            let mut dump = self.command("pg_dump", &name);
            checked_command(dump.arg("--schema-only"))
        });
        admin(&format!("drop database {name} with (force)"))?;
        result
    }
}

impl Drop for PostgreSql {
    fn drop(&mut self) {
        let mut stop = Command::new(&self.pg_ctl);
        stop.arg("-D").arg(self.data()).args(["-m", "immediate", "-w", "stop"]);
        stop.current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
        // A server that is gone already is what we want.
        let _ = as_user(&mut stop, self.user).status();
    }
}

struct MariaDb {
    child: Child,
    folder: Folder,
}

impl MariaDb {
    fn start() -> Result<Self, String> {
        let install = require("mariadb-install-db", "mariadb-server")?;
        let mariadbd = require("mariadbd", "mariadb-server")?;
        let admin = require("mariadb-admin", "mariadb-client")?;
        let user = owner("mysql")?;
        let folder = Folder::new("mariadb", user)?;
        let data = folder.0.join("data");
        let mut init = Command::new(install);
        init.args(["--no-defaults", "--auth-root-authentication-method=normal", "--skip-test-db"]);
        init.arg(format!("--datadir={}", data.display()));
        init.arg(format!("--tmpdir={}", folder.0.display()));
        if user.is_some() {
            init.arg("--user=mysql");
        }
        checked_command(&mut init)?;

        let socket = folder.0.join("socket");
        let mut server = Command::new(mariadbd);
        server.args([
            "--no-defaults",
            "--skip-networking",
            "--skip-log-bin",
            "--character-set-server=utf8mb4",
            "--innodb-flush-log-at-trx-commit=0",
            "--innodb-buffer-pool-size=64M",
        ]);
        server.arg(format!("--datadir={}", data.display()));
        // A server that starts clears its folder of temporary tables, also of those of others.
        server.arg(format!("--tmpdir={}", folder.0.display()));
        server.arg(format!("--socket={}", socket.display()));
        server.arg(format!("--pid-file={}", folder.0.join("pid").display()));
        let log = fs::File::create(folder.0.join("log")).map_err(|it| it.to_string())?;
        let child = as_user(&mut server, user)
            .current_dir(&folder.0)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(|it| it.to_string())?;
        let server = Self { child, folder };
        let mut ping = Command::new(admin);
        ping.arg("--no-defaults").arg(format!("--socket={}", socket.display()));
        ping.args(["--user=root", "--wait=60", "ping"]);
        checked_command(&mut ping).map_err(|it| format!("MariaDB did not start: {it}"))?;
        Ok(server)
    }

    fn socket(&self) -> PathBuf {
        self.folder.0.join("socket")
    }

    fn client(&self, program: &str) -> Command {
        let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
        command.arg("--no-defaults").arg(format!("--socket={}", self.socket().display()));
        command.args(["--user=root", "--default-character-set=utf8mb4"]);
        command
    }

    /// The answer to the query, or the dump.
    fn run(&self, script: &str, asked: Option<&str>) -> Result<String, String> {
        let name = next_name();
        let query =
            |statement: &str| checked_command(self.client("mariadb").args(["-N", "-e", statement]));
        query(&format!("create database {name}"))?;
        let mut client = self.client("mariadb");
        client.arg(&name);
        let result = feed(&mut client, script).and_then(checked).and_then(|_| {
            if let Some(asked) = asked {
                return checked_command(self.client("mariadb").args(["-N", &name, "-e", asked]));
            }
            let mut dump = self.client("mariadb-dump");
            checked_command(dump.args(["--no-data", &name]))
        });
        // A script may have made databases of its own.
        let all = query("show databases")?;
        let mut clean = String::from("set foreign_key_checks = 0;");
        for database in all.lines() {
            let is_system =
                ["information_schema", "mysql", "performance_schema", "sys"].contains(&database);
            if !is_system && (database == name || !database.starts_with("crowfoot_")) {
                clean.push_str(&format!("drop database `{}`;", database.replace('`', "``")));
            }
        }
        query(&clean)?;
        result
    }
}

impl Drop for MariaDb {
    fn drop(&mut self) {
        // Its data goes with it, so it need not end well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn run_sqlite(script: &str, query: &str) -> Result<String, String> {
    let sqlite = find("sqlite3").unwrap_or_else(|| Path::new("sqlite3").to_owned());
    let mut command = Command::new(sqlite);
    let script = format!("PRAGMA foreign_keys = ON;\n{script}\n{query}\n");
    checked(feed(command.args(["-bail", ":memory:"]), &script)?)
}
