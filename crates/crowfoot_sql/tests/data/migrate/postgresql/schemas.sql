-- Tables and types move between schemas.
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('a', 'b');
CREATE TABLE users (id serial PRIMARY KEY, name text UNIQUE);
CREATE TABLE shop.users (id serial PRIMARY KEY, state shop.state, user_id integer REFERENCES users (id));
CREATE TABLE shop.items (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id integer REFERENCES shop.users (id));
--- after
-- table users crm.people
-- table shop.users users
CREATE SCHEMA crm;
CREATE SCHEMA shop;
CREATE TYPE shop.state AS ENUM ('a', 'b');
CREATE TABLE crm.people (id serial PRIMARY KEY, name text UNIQUE);
CREATE TABLE users (id serial PRIMARY KEY, state shop.state, user_id integer REFERENCES crm.people (id));
CREATE TABLE shop.items (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, user_id integer REFERENCES users (id));
--- rows
INSERT INTO users (name) VALUES ('a');
INSERT INTO shop.users (state, user_id) VALUES ('b', 1);
INSERT INTO shop.items (user_id) VALUES (1);
--- look before
SELECT * FROM users; SELECT * FROM shop.users; SELECT * FROM shop.items;
--- look after
SELECT * FROM crm.people; SELECT * FROM users; SELECT * FROM shop.items;
