-- Where several tables begin with a word, those without it are meant by the plain name.
-- > posts.user_id -> users.id
-- > votes.user_id -> users.id
-- > votes.post_id -> posts.id
create table users (id int primary key, email text);
create table posts (id int primary key, user_id int, body text);
create table votes (id int primary key, user_id int, post_id int);
create table deleted_users (id int primary key, email text);
create table deleted_posts (id int primary key, body text);
create table deleted_photos (id int primary key, path text);
create table deleted_sounds (id int primary key, path text);
