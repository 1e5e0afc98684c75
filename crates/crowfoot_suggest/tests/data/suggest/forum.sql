-- A forum: people by role, trees, plurals of all sorts.
-- > threads.author_id -> users.id
-- > threads.board_id -> boards.id
-- > posts.thread_id -> threads.id
-- > posts.author_id -> users.id
-- > posts.created_by -> users.id
-- > posts.approved_by_user_id -> users.id
-- > posts.reply_to_post_id -> posts.id
-- > boards.parent_board_id -> boards.id
-- > boards.moderator_id -> users.id
-- > messages.sender_id -> users.id
-- > messages.recipient_id -> users.id
-- > memberships.user_id -> users.id
-- > memberships.community_id -> communities.id
-- > reactions.post_id -> posts.id
-- > reactions.user_id -> users.id
create table users (id int primary key, email text, password text);
create table communities (id int primary key, name text);
create table boards (id int primary key, parent_board_id int, moderator_id int, title text);
create table threads (id int primary key, board_id int not null, author_id int not null, title text);
create table posts (
    id int primary key,
    thread_id int not null,
    author_id int not null,
    reply_to_post_id int,
    created_by int,
    approved_by_user_id int,
    body text
);
create table messages (id int primary key, sender_id int not null, recipient_id int not null, body text);
create table memberships (
    user_id int not null,
    community_id int not null,
    primary key (user_id, community_id)
);
create table reactions (id int primary key, post_id int not null, user_id int not null, emoji text);
