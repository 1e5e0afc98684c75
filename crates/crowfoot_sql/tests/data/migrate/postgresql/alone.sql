-- A table that has to do with no other goes, and another comes.
CREATE TABLE stays (id integer PRIMARY KEY);
CREATE TABLE goes (id integer PRIMARY KEY, name text);
--- after
CREATE TABLE stays (id integer PRIMARY KEY);
CREATE TABLE comes (id integer PRIMARY KEY, name text);
