-- What SQLite alters itself, what needs a table made anew, and refs between the tables.
CREATE TABLE authors (id integer PRIMARY KEY AUTOINCREMENT, name text NOT NULL, born integer, note text);
CREATE TABLE books (
    id integer PRIMARY KEY,
    author_id integer NOT NULL REFERENCES authors (id) ON DELETE CASCADE,
    title text COLLATE NOCASE,
    pages integer DEFAULT 0,
    thick integer GENERATED ALWAYS AS (pages + 500) VIRTUAL,
    CHECK (pages >= 0)
);
CREATE INDEX books_title ON books (title) WHERE pages > 1;
CREATE UNIQUE INDEX one_name ON authors (name);
CREATE TABLE loans (id integer PRIMARY KEY, book_id integer REFERENCES books (id), day text, extra text);
CREATE TABLE plain (a integer, b text);
--- after
-- table authors writers
-- column writers name full_name
-- column books author_id writer_id
CREATE TABLE writers (id integer PRIMARY KEY AUTOINCREMENT, full_name text NOT NULL, born integer, country text DEFAULT 'CH' NOT NULL);
CREATE TABLE books (
    id integer PRIMARY KEY,
    isbn text UNIQUE,
    writer_id integer REFERENCES writers (id) ON DELETE SET NULL,
    title text NOT NULL COLLATE NOCASE,
    pages integer DEFAULT 1,
    thick integer GENERATED ALWAYS AS (pages + 300) VIRTUAL,
    CHECK (pages >= 0)
);
CREATE INDEX books_title ON books (title) WHERE pages > 2;
CREATE UNIQUE INDEX one_name ON writers (full_name);
CREATE TABLE loans (id integer PRIMARY KEY, book_id integer REFERENCES books (id), day text);
CREATE TABLE plain (a integer, b text, c datetime DEFAULT CURRENT_TIMESTAMP);
CREATE TABLE shelves (id integer PRIMARY KEY, parent_id integer REFERENCES shelves (id), book_id integer REFERENCES books (id)) STRICT;
--- rows
INSERT INTO authors (name, born, note) VALUES ('Ada', 1815, 'x'), ('Ben', NULL, NULL);
INSERT INTO books (author_id, title, pages) VALUES (1, 'Notes', 400), (2, 'More', 20);
INSERT INTO loans (book_id, day) VALUES (1, '2026-01-01');
INSERT INTO plain VALUES (1, 'x');
--- look before
SELECT id, name, born FROM authors; SELECT id, author_id, title, pages FROM books; SELECT id, book_id, day FROM loans; SELECT a, b FROM plain; PRAGMA foreign_key_check;
--- look after
SELECT id, full_name, born FROM writers; SELECT id, writer_id, title, pages FROM books; SELECT id, book_id, day FROM loans; SELECT a, b FROM plain; PRAGMA foreign_key_check;
