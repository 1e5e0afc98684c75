-- Changes that a database does not see make an empty script that says so.
CREATE TABLE users (id integer PRIMARY KEY, name text DEFAULT 'x');
--- after
CREATE TABLE users (id integer PRIMARY KEY, name text DEFAULT 'x');
