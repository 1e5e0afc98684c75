-- As sqlite3's .dump writes it, and columns that only SQLite takes.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, email TEXT NOT NULL UNIQUE ON CONFLICT REPLACE, [full name] VARCHAR(50) COLLATE NOCASE, age, data BLOB DEFAULT x'00', born DATE DEFAULT (date('now')));
INSERT INTO users VALUES(1,'a;b','x',NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "posts" (
	"id" INTEGER NOT NULL,
	`user_id` UNSIGNED BIG INT NOT NULL REFERENCES users(id) ON DELETE CASCADE ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED,
	key TEXT, "order" INTEGER DEFAULT "none", title DOUBLE PRECISION CHECK(title > 0),
	stamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
	size INTEGER GENERATED ALWAYS AS (length(key)) STORED,
	half AS (size / 2),
	CONSTRAINT pk PRIMARY KEY("id" AUTOINCREMENT),
	FOREIGN KEY(user_id) REFERENCES users
);
CREATE TABLE tags(name TEXT PRIMARY KEY, post REFERENCES posts, like INT) WITHOUT ROWID, STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('users',1);
CREATE UNIQUE INDEX ix ON posts(key COLLATE NOCASE DESC, lower(title)) WHERE key IS NOT NULL;
CREATE TRIGGER tr AFTER INSERT ON posts WHEN new.id > 1 BEGIN
  UPDATE users SET email = CASE WHEN 1 THEN 'x' ELSE 'y' END;
  INSERT INTO tags VALUES ('a', 1, 2);
END;
CREATE VIEW v AS SELECT * FROM posts;
CREATE VIRTUAL TABLE fts USING fts5(title, body, content='posts');
CREATE TABLE 'quoted'('id' integer primary key, 'p' int references 'posts'('id'));
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE sqlite_stat1(tbl,idx,stat);
COMMIT;
