-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
-- As mysqldump writes it: conditional comments, keys, comments, a trigger between delimiters.
/*M!999999\- enable the sandbox mode */
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
CREATE DATABASE /*!32312 IF NOT EXISTS*/ `shop` /*!40100 DEFAULT CHARACTER SET utf8mb4 */;
USE `shop`;
DROP TABLE IF EXISTS `orders`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE `orders` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `user_id` bigint unsigned DEFAULT NULL,
  `state` enum('new','it''s paid','a,b') CHARACTER SET latin1 COLLATE latin1_bin NOT NULL DEFAULT 'new' COMMENT 'where it is; now',
  `flags` set('a','b') DEFAULT NULL,
  `total` decimal(10,2) NOT NULL DEFAULT '0.00',
  `note` text CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci,
  `doc` json DEFAULT NULL,
  `gen` int GENERATED ALWAYS AS (json_extract(`doc`,'$.a')) VIRTUAL,
  `made` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  `seen` datetime(6) DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  `place` point NOT NULL /*!80003 SRID 4326 */,
  `secret` int DEFAULT '1' /*!80023 INVISIBLE */,
  PRIMARY KEY (`id`),
  UNIQUE KEY `uq_state` (`state`,`user_id`),
  KEY `idx_user` (`user_id`) USING BTREE COMMENT 'by user',
  KEY `idx_note` (`note`(20),`made` DESC),
  KEY `idx_fn` ((lower(`note`))),
  FULLTEXT KEY `ft` (`note`) /*!50100 WITH PARSER `ngram` */ ,
  SPATIAL KEY `sp` (`place`),
  CONSTRAINT `orders_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT `positive` CHECK ((`total` >= 0)) /*!80016 NOT ENFORCED */
) ENGINE=InnoDB AUTO_INCREMENT=42 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci ROW_FORMAT=DYNAMIC COMMENT='Orders; of people'
/*!50100 PARTITION BY HASH (id)
PARTITIONS 4 */;
/*!40101 SET character_set_client = @saved_cs_client */;

LOCK TABLES `orders` WRITE;
/*!40000 ALTER TABLE `orders` DISABLE KEYS */;
INSERT INTO `orders` VALUES (1,2,'new','a;\'); CREATE TABLE x (y int);',"q\"");
/*!40000 ALTER TABLE `orders` ENABLE KEYS */;
UNLOCK TABLES;

CREATE TABLE `users` (
  `id` bigint unsigned NOT NULL AUTO_INCREMENT,
  `key` varchar(10) NOT NULL,
  `index` int,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB;

/*!50003 SET sql_mode = 'STRICT' */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER `t` BEFORE INSERT ON `orders` FOR EACH ROW BEGIN
  SET NEW.total = 1;
  IF NEW.total > 1 THEN SET NEW.total = 2; END IF;
END */;;
DELIMITER ;
/*!50001 CREATE VIEW `v` AS SELECT 1 AS `a`*/;
/*!50001 DROP VIEW IF EXISTS `v`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 DEFINER=`root`@`localhost` SQL SECURITY DEFINER */
/*!50001 VIEW `v` AS select 1 AS `a` */;
-- Dump completed
