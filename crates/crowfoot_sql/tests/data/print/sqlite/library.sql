-- SQLite's own ways: autoincrement, no types, WITHOUT ROWID, forward references, partial indexes.
CREATE TABLE loans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    book_id INTEGER NOT NULL REFERENCES books (id) ON DELETE CASCADE,
    member TEXT NOT NULL COLLATE NOCASE,
    since DATETIME DEFAULT CURRENT_TIMESTAMP,
    day TEXT DEFAULT (date('now')),
    is_late BOOLEAN NOT NULL DEFAULT 0 CHECK (is_late IN (0, 1)),
    anything
);
CREATE TABLE books (
    id INTEGER PRIMARY KEY,
    isbn TEXT UNIQUE,
    title VARCHAR(200) NOT NULL,
    price REAL DEFAULT 9.5 CHECK (price > 0 AND length(title) > 1),
    cover BLOB,
    next_id INTEGER REFERENCES books (id) DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE shelves (
    room TEXT NOT NULL,
    nr INTEGER NOT NULL,
    PRIMARY KEY (room, nr)
) WITHOUT ROWID;
CREATE TABLE places (
    book_id INTEGER NOT NULL,
    room TEXT NOT NULL,
    nr INTEGER NOT NULL,
    UNIQUE (book_id, room),
    FOREIGN KEY (room, nr) REFERENCES shelves (room, nr) ON UPDATE CASCADE,
    CONSTRAINT of_book FOREIGN KEY (book_id) REFERENCES books (id) ON DELETE SET DEFAULT
);
CREATE INDEX late ON loans (member) WHERE is_late = 1;
CREATE INDEX by_title ON books (lower(title), price DESC);
