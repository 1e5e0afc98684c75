-- MariaDB dump 10.19: versioned tables, checks at columns, current_timestamp(), sequences, uuid.
/*!40101 SET character_set_client = utf8mb4 */;
CREATE TABLE `t` (
  `id` uuid NOT NULL DEFAULT uuid(),
  `doc` longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_bin DEFAULT NULL CHECK (json_valid(`doc`)),
  `made` timestamp NOT NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  `n` int(11) NOT NULL DEFAULT nextval(`s`),
  `sum` int(11) GENERATED ALWAYS AS (`n` + 1) STORED,
  `old` int(11) AS (`n` * 2) PERSISTENT COMMENT 'twice',
  `start` timestamp(6) GENERATED ALWAYS AS ROW START,
  `stop` timestamp(6) GENERATED ALWAYS AS ROW END,
  `bin` varbinary(16) NOT NULL DEFAULT '\0\0',
  `neg` int(11) DEFAULT -1,
  PRIMARY KEY (`id`,`stop`),
  PERIOD FOR SYSTEM_TIME (`start`, `stop`),
  CONSTRAINT `CONSTRAINT_1` CHECK (`n` > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 WITH SYSTEM VERSIONING
 PARTITION BY SYSTEM_TIME (PARTITION `p0` HISTORY ENGINE = InnoDB);
CREATE SEQUENCE `s` start with 1 minvalue 1 maxvalue 9223372036854775806 increment by 1 cache 1000 nocycle ENGINE=InnoDB;
CREATE OR REPLACE TABLE IF NOT EXISTS u (id int primary key, t_id uuid references t (id) on delete cascade);
create table v as select 1 as a;
create table w (id int) select * from v;
ALTER TABLE t ADD COLUMN IF NOT EXISTS x int FIRST, ADD INDEX IF NOT EXISTS ix (x), DROP COLUMN IF EXISTS nope, ADD CONSTRAINT IF NOT EXISTS fk FOREIGN KEY IF NOT EXISTS (x) REFERENCES u (id);
ALTER TABLE u ADD UNIQUE (t_id), ADD CONSTRAINT UNIQUE KEY nm (id, t_id), ALTER COLUMN id SET DEFAULT 5, ENGINE=Aria, ORDER BY id;
ALTER IGNORE TABLE u CONVERT TO CHARACTER SET utf8mb4;
