-- Columns that are called like clauses, quoted and not; comments that look like statements.
create table t (
  `key` varchar(10), `index` int, `primary` int, `unique` int, `check` int, `constraint` int, `foreign` int,
  checksum varchar(32), comment text comment 'a comment; with (parens), commas', type varchar(10), position int,
  fulltext_body text, `fulltext` text, key_name varchar(20), index_no int, partition_id int, data json, engine varchar(3),
  `like` int, after_date date, `order` int, charset_name varchar(5), default_id int default 5, on_update int,
  # a comment; with a semicolon
  name varchar(10) -- it's odd
  , key (key_name), index by_no (index_no), unique (position), unique key (type), fulltext (fulltext_body), key k2 using hash (data_id), data_id int
);
