-- MySQL Workbench: qualified names of one database, indexes with options, VISIBLE.
SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0;
CREATE SCHEMA IF NOT EXISTS `mydb` DEFAULT CHARACTER SET utf8 ;
USE `mydb` ;
-- -----------------------------------------------------
-- Table `mydb`.`country`
-- -----------------------------------------------------
DROP TABLE IF EXISTS `mydb`.`country` ;
CREATE TABLE IF NOT EXISTS `mydb`.`country` (
  `country_id` SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `country` VARCHAR(50) NOT NULL,
  PRIMARY KEY (`country_id`),
  UNIQUE INDEX `country_UNIQUE` (`country` ASC) VISIBLE)
ENGINE = InnoDB
DEFAULT CHARACTER SET = utf8
COMMENT = 'lands';
CREATE TABLE IF NOT EXISTS `mydb`.`city` (
  `city_id` SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `country_id` SMALLINT UNSIGNED NOT NULL,
  `is_open` BIT(1) NOT NULL DEFAULT b'0',
  `kind` ENUM('a', 'b') NULL DEFAULT 'a',
  PRIMARY KEY (`city_id`, `country_id`),
  INDEX `idx_fk_country_id` (`country_id` ASC, `city_id` DESC) INVISIBLE,
  CONSTRAINT `fk_city_country`
    FOREIGN KEY (`country_id`)
    REFERENCES `mydb`.`country` (`country_id`)
    ON DELETE NO ACTION
    ON UPDATE CASCADE)
ENGINE = InnoDB;
USE `mydb`;
DELIMITER $$
USE `mydb`$$
CREATE PROCEDURE `p` () BEGIN SELECT 1; CREATE TABLE nope (id INT); END$$
DELIMITER ;
SET SQL_MODE=@OLD_SQL_MODE;
