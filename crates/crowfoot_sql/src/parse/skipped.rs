//! Statements that are known and left out: data, code, and what a diagram has no place for.

use super::{Cursor, ast::Skipped};

macro_rules! kinds {
    ($($constant:ident $code:literal $name:literal $reason:literal;)*) => {$(
        pub(crate) static $constant: Skipped =
            Skipped { code: concat!("sql/skipped-", $code), name: $name, reason: $reason };
    )*};
}

kinds! {
    DATA "data" "data" "rows are not part of a diagram";
    GRANT "grant" "access rights" "they are not part of a diagram";
    VIEW "view" "view" "views are not drawn yet";
    ROUTINE "routine" "function or procedure" "code is not part of a diagram";
    TRIGGER "trigger" "trigger" "code is not part of a diagram";
    SEQUENCE "sequence" "sequence" "a sequence shows only as the default of a column that owns it";
    EXTENSION "extension" "extension" "extensions are not part of a diagram";
    POLICY "policy" "row security" "it is not part of a diagram";
    SCHEMA "schema" "schema" "a schema shows by the tables in it";
    DATABASE "database" "database" "the database itself is not part of a diagram";
    TYPE "type" "type or domain" "columns keep its name as the text of their type";
    QUERY "query" "query" "queries change nothing";
    TRANSACTION "transaction" "transaction control" "it changes nothing";
    SESSION "session" "session setting" "settings change nothing";
    MAINTENANCE "maintenance" "maintenance" "it changes nothing";
    CODE "code" "procedural code" "code is not run";
    COMMENT "comment" "comment" "what it is about is not part of a diagram";
    CONSTRAINT "constraint" "constraint change" "the constraint is kept as it was made";
    INHERIT "inherit" "inheritance change" "tables inherit as they were made";
    STORAGE "storage" "storage setting" "it is not part of a diagram";
    INTERNAL "internal" "internal table" "SQLite makes it by itself";
    OBJECT "object" "other object" "it is not part of a diagram";
}

/// The kind of a statement by its first word.
pub(super) fn skipped(cursor: &Cursor<'_>) -> Option<&'static Skipped> {
    let Some(first) = cursor.peek() else { return Some(&QUERY) };
    let word = cursor.text_of(first).to_ascii_lowercase();
    Some(match word.as_str() {
        "insert" | "replace" | "update" | "delete" | "merge" | "copy" | "truncate" | "load"
        | "import" | "upsert" | "handler" | "bulk" => &DATA,
        "grant" | "revoke" | "deny" | "reassign" => &GRANT,
        "begin" | "commit" | "rollback" | "start" | "savepoint" | "release" | "end" | "abort"
        | "xa" => &TRANSACTION,
        "set" | "reset" | "pragma" | "use" | "show" | "discard" | "connect" | "whenever"
        | "prompt" | "spool" | "exit" | "quit" | "define" | "undefine" | "source" | "unset"
        | "alter_session" | "settings" => &SESSION,
        "select" | "with" | "values" | "explain" | "describe" | "desc" | "table" | "(" => &QUERY,
        "lock" | "unlock" | "analyze" | "analyse" | "vacuum" | "reindex" | "cluster" | "flush"
        | "optimize" | "check" | "checksum" | "repair" | "attach" | "detach" | "refresh"
        | "purge" | "reload" | "kill" | "cache" | "checkpoint" | "delimiter" => &MAINTENANCE,
        "do" | "call" | "exec" | "execute" | "declare" | "print" | "if" | "while" | "prepare"
        | "deallocate" | "raise" | "raiserror" | "listen" | "notify" | "unlisten" | "signal"
        | "else" | "return" | "fetch" | "open" | "close" | "move" | "go" | "throw" => &CODE,
        "drop" => created(cursor).unwrap_or(&OBJECT),
        "security" | "install" | "uninstall" | "change" | "stop" => &OBJECT,
        _ => return None,
    })
}

/// The kind of a `CREATE` statement by the words after it.
pub(super) fn created(cursor: &Cursor<'_>) -> Option<&'static Skipped> {
    // Words such as OR REPLACE, DEFINER = x and ALGORITHM = x come before the kind.
    (0..24).find_map(|ahead| {
        let token = cursor.peek_at(ahead)?;
        // MySQL's views say with whose rights they run: `SQL SECURITY DEFINER`.
        if ahead > 0 && cursor.is_at(ahead - 1, "sql") && cursor.is_at(ahead, "security") {
            return None;
        }
        kind(&cursor.text_of(token).to_ascii_lowercase())
    })
}

/// Whether the next word is itself the kind of a thing that is left out.
pub(super) fn is_kind(cursor: &Cursor<'_>) -> bool {
    let word = cursor.peek().map(|it| cursor.text_of(it).to_ascii_lowercase());
    word.is_some_and(|it| kind(&it).is_some())
}

/// The kind of an `ALTER` statement by the words after it.
pub(super) fn altered(cursor: &Cursor<'_>) -> Option<&'static Skipped> {
    created(cursor)
}

fn kind(word: &str) -> Option<&'static Skipped> {
    Some(match word {
        "view" => &VIEW,
        "function" | "procedure" | "proc" | "aggregate" | "package" | "routine" | "library" => {
            &ROUTINE
        }
        "trigger" | "event" | "rule" => &TRIGGER,
        "sequence" => &SEQUENCE,
        "extension" => &EXTENSION,
        "policy" => &POLICY,
        "schema" => &SCHEMA,
        "database" => &DATABASE,
        "type" | "domain" => &TYPE,
        "role" | "user" | "login" | "privileges" | "group" => &GRANT,
        "session" | "system" => &SESSION,
        "operator" | "cast" | "collation" | "conversion" | "language" | "publication"
        | "subscription" | "server" | "foreign" | "statistics" | "tablespace" | "text"
        | "access" | "transform" | "synonym" | "default" | "virtual" | "materialized"
        | "logfile" | "large" | "directory" | "resource" | "context" | "profile" | "fulltext"
        | "spatial" | "xml" | "assembly" | "partition" | "certificate" | "queue" | "service"
        | "instance" | "dictionary" | "message" | "symmetric" | "asymmetric" | "application"
        | "credential" | "security" => &OBJECT,
        _ => return None,
    })
}
