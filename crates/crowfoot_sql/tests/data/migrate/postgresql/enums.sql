-- Enums: values added at all places, one taken away, one used at once, types that come and go.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TYPE size AS ENUM ('s', 'm', 'l');
CREATE TYPE state AS ENUM ('open', 'closed');
CREATE TYPE gone AS ENUM ('x');
CREATE TABLE t (
    id integer PRIMARY KEY,
    mood mood DEFAULT 'ok' NOT NULL,
    sizes size[],
    size size DEFAULT 'm',
    state state DEFAULT 'open',
    g gone,
    kind text,
    CHECK (size <> 'l')
);
CREATE INDEX t_size ON t (size) WHERE size = 's';
--- after
CREATE TYPE mood AS ENUM ('awful', 'sad', 'ok', 'good', 'happy', 'great');
CREATE TYPE size AS ENUM ('m', 'l');
CREATE TYPE state AS ENUM ('open', 'waiting', 'closed');
CREATE TYPE kind AS ENUM ('a', 'b');
CREATE TABLE t (
    id integer PRIMARY KEY,
    mood mood DEFAULT 'ok' NOT NULL,
    sizes size[],
    size size DEFAULT 'm',
    state state DEFAULT 'waiting',
    g text,
    kind kind,
    CHECK (size <> 'l')
);
CREATE INDEX t_size ON t (size) WHERE size = 'm';
--- rows
INSERT INTO t (id, mood, sizes, size, kind, g) VALUES (1, 'sad', '{m,l}', 'm', 'a', 'x');
--- look before
SELECT * FROM t;
--- look after
SELECT * FROM t;
