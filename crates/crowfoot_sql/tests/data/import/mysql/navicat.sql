/*
 Navicat Premium Data Transfer

 Source Server Type    : MySQL
 Every table, key and action; CHARACTER SET on columns, USING BTREE after the parts.
*/
SET NAMES utf8mb4;
SET FOREIGN_KEY_CHECKS = 0;
-- ----------------------------
-- Table structure for sys_user
-- ----------------------------
DROP TABLE IF EXISTS `sys_user`;
CREATE TABLE `sys_user`  (
  `user_id` bigint(0) NOT NULL AUTO_INCREMENT COMMENT 'id; of the user',
  `dept_id` bigint(0) NULL DEFAULT NULL,
  `name` varchar(30) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NOT NULL COMMENT '''quoted''',
  `sex` char(1) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NULL DEFAULT '0',
  `made` datetime(0) NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP(0),
  `rate` double(16, 2) NULL DEFAULT NULL,
  `big` decimal(20, 0) UNSIGNED ZEROFILL NOT NULL DEFAULT 00000000000000000000,
  PRIMARY KEY (`user_id`) USING BTREE,
  UNIQUE INDEX `uk_name`(`name`) USING BTREE,
  INDEX `idx_dept`(`dept_id`, `sex`) USING BTREE COMMENT 'by dept',
  CONSTRAINT `fk_dept` FOREIGN KEY (`dept_id`) REFERENCES `sys_dept` (`dept_id`) ON DELETE RESTRICT ON UPDATE RESTRICT
) ENGINE = InnoDB AUTO_INCREMENT = 100 CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci COMMENT = 'users' ROW_FORMAT = Dynamic;
-- ----------------------------
-- Records of sys_user
-- ----------------------------
BEGIN;
INSERT INTO `sys_user` VALUES (1, 103, 'a', '1', NULL, 1.00, 00000000000000000001);
COMMIT;
CREATE TABLE `sys_dept`  (`dept_id` bigint NOT NULL, PRIMARY KEY (`dept_id`) USING BTREE) ENGINE = InnoDB;
-- ----------------------------
-- Procedure structure for p
-- ----------------------------
DROP PROCEDURE IF EXISTS `p`;
delimiter ;;
CREATE PROCEDURE `p`()
BEGIN
  DECLARE a int; CREATE TABLE no (id int);
END
;;
delimiter ;
SET FOREIGN_KEY_CHECKS = 1;
