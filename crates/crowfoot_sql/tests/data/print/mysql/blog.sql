-- Auto increment, enum and set columns, unsigned keys, comments, full text, two keys of one name.
CREATE TABLE `users` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(100) NOT NULL DEFAULT '' COMMENT 'as shown; it''s public',
  `role` enum('admin','author','reader') NOT NULL DEFAULT 'reader',
  `flags` set('a','b') DEFAULT NULL,
  `is_active` tinyint(1) NOT NULL DEFAULT 1,
  `score` decimal(6,2) DEFAULT '0.00',
  `created_at` datetime NOT NULL DEFAULT current_timestamp(),
  `updated_at` timestamp NULL DEFAULT NULL ON UPDATE current_timestamp(),
  PRIMARY KEY (`id`),
  UNIQUE KEY `by_name` (`name`),
  KEY `by_role` (`role`,`score`),
  CONSTRAINT `positive` CHECK (`score` >= 0 and `is_active` in (0,1))
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Who writes';

CREATE TABLE `posts` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `author_id` int(10) unsigned NOT NULL,
  `title` varchar(200) NOT NULL,
  `body` mediumtext DEFAULT NULL,
  `meta` json DEFAULT NULL,
  `words` mediumint(9) GENERATED ALWAYS AS (char_length(`title`)) STORED,
  `year` year(4) DEFAULT NULL,
  `hash` binary(16) DEFAULT NULL,
  `bits` bit(1) DEFAULT b'0',
  PRIMARY KEY (`id`),
  KEY `by_name` (`author_id`),
  FULLTEXT KEY `search` (`title`,`body`),
  CONSTRAINT `author` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB;

CREATE TABLE `groups` (
  `post_id` bigint(20) unsigned NOT NULL,
  `user_id` int(10) unsigned NOT NULL,
  `key` varchar(20) NOT NULL,
  PRIMARY KEY (`post_id`,`user_id`),
  CONSTRAINT `groups_post` FOREIGN KEY (`post_id`) REFERENCES `posts` (`id`),
  CONSTRAINT `groups_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT
);
