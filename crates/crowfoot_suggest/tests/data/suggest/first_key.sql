-- The first key that is declared makes nobody think that all others are not meant.
-- > posts.topic_id -> topics.id
-- > posts.user_id -> users.id
-- > likes.post_id -> posts.id
-- > likes.user_id -> users.id
-- > flags.post_id -> posts.id
-- > flags.user_id -> users.id
-- > follows.user_id -> users.id
-- > follows.topic_id -> topics.id
-- > visits.user_id -> users.id
-- > visits.topic_id -> topics.id
create table users (id int primary key, email text);
create table topics (id int primary key, user_id int references users (id), title text);
create table posts (id int primary key, topic_id int, user_id int, body text);
create table likes (id int primary key, post_id int, user_id int);
create table flags (id int primary key, post_id int, user_id int, why text);
create table follows (id int primary key, user_id int, topic_id int);
create table visits (id int primary key, user_id int, topic_id int, seen timestamp);
