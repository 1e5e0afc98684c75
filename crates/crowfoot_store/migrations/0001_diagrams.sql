-- Times are milliseconds since 1970 in UTC, ids are the 16 bytes of a UUID.

CREATE TABLE diagrams (
    diagram_id BLOB NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    dialect TEXT,
    revision INTEGER NOT NULL,
    n_tables INTEGER NOT NULL,
    n_refs INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    trashed_at INTEGER
) STRICT, WITHOUT ROWID;

-- The log. Every revision of a diagram after 0 is here.
CREATE TABLE commits (
    diagram_id BLOB NOT NULL REFERENCES diagrams (diagram_id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    key BLOB NOT NULL,
    committed_at INTEGER NOT NULL,
    change_set TEXT NOT NULL,
    PRIMARY KEY (diagram_id, revision)
) STRICT;

CREATE UNIQUE INDEX commits_by_key ON commits (diagram_id, key);

CREATE TABLE snapshots (
    diagram_id BLOB NOT NULL REFERENCES diagrams (diagram_id) ON DELETE CASCADE,
    revision INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (diagram_id, revision)
) STRICT;
