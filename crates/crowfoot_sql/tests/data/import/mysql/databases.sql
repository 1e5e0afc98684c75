-- Tables of two databases keep them as schemas; names are found whatever their case.
create database a; use a;
create table Users (Id int primary key);
create table posts (id int primary key, user_id int, foreign key (USER_ID) references users (ID));
use b;
create table posts (id int primary key, a_id int, constraint x foreign key (a_id) references a.posts (id));
alter table a.Users add column name varchar(10);
