use crowfoot_schema::Dialect::{self, MySql, PostgreSql, Sqlite};
use crowfoot_text::Span;

use super::Splitter;

/// Statements by the text between their first and last token.
fn check(dialect: Dialect, text: &str, expected: &[&str]) {
    let mut splitter = Splitter::new(dialect, None, text, Span::new(0, text.len() as u32));
    let mut tokens = Vec::new();
    let mut found = Vec::new();
    while splitter.next(&mut tokens) {
        let first = tokens[0].span;
        found.push(tokens.iter().fold(first, |all, it| all.to(it.span)).of(text));
    }
    assert_eq!(found, expected, "{text}");
}

#[test]
fn semicolons_end_statements() {
    check(PostgreSql, "a; ;b 'x;y'; c", &["a", "b 'x;y'", "c"]);
    check(
        PostgreSql,
        "create function f() as $$ a; b $$; c;",
        &["create function f() as $$ a; b $$", "c"],
    );
}

#[test]
fn bodies_of_routines_stay_whole() {
    check(
        Sqlite,
        "create trigger t begin update x set a = case b when 1 then 2 end; end; c;",
        &["create trigger t begin update x set a = case b when 1 then 2 end; end", "c"],
    );
    check(
        MySql,
        "create procedure p() begin if a then b; end if; end; c",
        &["create procedure p() begin if a then b; end if; end", "c"],
    );
}

#[test]
fn a_body_without_end_ends_at_its_first_semicolon() {
    check(
        Sqlite,
        "create trigger t begin a; create table x (y);",
        &["create trigger t begin a", "create table x (y)"],
    );
}

#[test]
fn delimiters_are_obeyed() {
    check(MySql, "delimiter //\na; b//\nc END//\ndelimiter ;\nd; e", &["a; b", "c END", "d", "e"]);
    check(MySql, "DELIMITER $$\na; END$$\nDELIMITER ;\nb;", &["a; END", "b"]);
    check(MySql, "DELIMITER ;;\n/*!50003 a; b */;;\nDELIMITER ;\nc;", &["a; b", "c"]);
}

#[test]
fn copied_rows_and_commands_are_passed_over() {
    check(
        PostgreSql,
        "\\connect x\nCOPY t FROM stdin;\n1\t';\n\\.\n\na;",
        &["COPY t FROM stdin", "a"],
    );
    check(PostgreSql, "COPY t FROM stdin;\na;", &["COPY t FROM stdin", "a"]);
    check(Sqlite, ".mode csv\na;", &["a"]);
}

#[test]
fn a_missing_semicolon_does_not_swallow_the_next_table() {
    check(
        PostgreSql,
        "create table a (b int)\ncreate table c (d int)\nGO\ne",
        &["create table a (b int)", "create table c (d int)", "e"],
    );
}

#[test]
fn in_old_files_a_carriage_return_ends_a_line() {
    for dialect in [PostgreSql, MySql, Sqlite] {
        check(dialect, "-- a\rb;\r-- c\rd;\r", &["b", "d"]);
    }
    check(MySql, "-- a\rb\nc;", &["c"]);
}
