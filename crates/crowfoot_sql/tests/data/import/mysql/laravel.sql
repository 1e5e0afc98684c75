# Laravel and Navicat: lower case, alter table add constraint, index methods on either side.
create table `users` (`id` bigint unsigned not null auto_increment primary key, `name` varchar(255) not null, `email` varchar(255) not null, `email_verified_at` timestamp null, `created_at` timestamp null) default character set utf8mb4 collate 'utf8mb4_unicode_ci';
alter table `users` add unique `users_email_unique`(`email`);
create table `posts` (`id` char(36) not null, `user_id` bigint unsigned not null, `kind` enum('a', 'b') not null, `commentable_type` varchar(255) not null) default character set utf8mb4;
alter table `posts` add constraint `posts_user_id_foreign` foreign key (`user_id`) references `users` (`id`) on delete cascade;
alter table `posts` add primary key `posts_id_primary`(`id`);
alter table `posts` add index `posts_kind_index`(`kind`);
alter table `posts` add fulltext `ft`(`commentable_type`);
alter table `posts` modify `kind` enum('a', 'b', 'c') not null default 'a' after `id`, change `commentable_type` `subject_type` varchar(100) null comment 'what';
create table tags (id int not null auto_increment comment 'key', post_id char(36) not null, name varchar(20) character set ascii collate ascii_bin not null,
  primary key (id) using btree, unique index uq_name(name asc) using btree, index fk(post_id asc) using btree,
  constraint fk_tag_post foreign key fk_index (post_id) references posts (id) on delete restrict on update restrict,
  foreign key other (post_id) references posts (id)) engine = InnoDB auto_increment = 5 character set = utf8 collate = utf8_general_ci row_format = Compact;
alter table tags drop foreign key fk_tag_post, drop index fk, rename column name to label, add column (a int, b int), rename to labels;
rename table posts to articles, users to people;
create unique index ix on articles (subject_type(10));
drop index ix on articles;
create table clone like labels;
create table s (id serial, `check` int check (`check` > 0), c datetime default now() on update now(), unique (c)) engine=myisam, comment 'x';
alter table labels add index (id);
alter table labels rename index id to by_id, rename index nothing to something;
