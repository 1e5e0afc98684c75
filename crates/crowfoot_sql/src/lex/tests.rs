use crowfoot_schema::Dialect::{self, MySql, PostgreSql, Sqlite};
use crowfoot_text::Span;

use super::{Lexer, TokenKind, string_value};

/// Tokens as `kind text`, kinds by their first letter, separated by blanks.
fn check(dialect: Dialect, text: &str, expected: &[&str]) {
    let mut lexer = Lexer::new(dialect, text, Span::new(0, text.len() as u32));
    let mut found = Vec::new();
    while let Some(token) = lexer.next() {
        let kind = match token.kind {
            TokenKind::Word => "w",
            TokenKind::Quoted => "q",
            TokenKind::Text => "t",
            TokenKind::Number => "n",
            TokenKind::Punct(_) => "p",
            TokenKind::Delimiter => "d",
        };
        found.push(format!("{kind} {}", token.span.of(text)));
    }
    assert_eq!(found, expected, "{text}");
}

#[test]
fn words_names_strings_and_numbers() {
    check(
        PostgreSql,
        r#"create "A ""b""" 'it''s' 1.5e3 x_1"#,
        &["w create", r#"q "A ""b""""#, "t 'it''s'", "n 1.5e3", "w x_1"],
    );
    check(MySql, "`a``b` 'x\\'y' \"z\"", &["q `a``b`", "t 'x\\'y'", "q \"z\""]);
    check(Sqlite, "[a b] x[1]", &["q [a b]", "w x", "p [", "n 1", "p ]"]);
    check(MySql, "2fa 0x1F 12", &["w 2fa", "n 0x1F", "n 12"]);
}

#[test]
fn comments_are_left_out() {
    check(PostgreSql, "a -- b\n/* c /* d */ e */ f", &["w a", "w f"]);
    check(MySql, "a # b\n/* c /* d */ e", &["w a", "w e"]);
}

#[test]
fn conditional_comments_are_read() {
    check(MySql, "/*!40101 SET a */ b", &["w SET", "w a", "w b"]);
    check(MySql, "/*M!100100 a */ /*M!999999\\- enable */ b", &["w a", "w b"]);
}

#[test]
fn prefixed_and_dollar_strings() {
    check(PostgreSql, r"E'a\'b' $x$ ' $$ $x$ $1", &[r"t E'a\'b'", "t $x$ ' $$ $x$", "w $1"]);
    check(PostgreSql, "a::text :b", &["w a", "p :", "p :", "w text", "w :b"]);
}

#[test]
fn placeholders_are_words() {
    check(
        PostgreSql,
        "@omop.person ${schema}.t {prefix}users {{ x }}y",
        &[
            "w @omop",
            "p .",
            "w person",
            "w ${schema}",
            "p .",
            "w t",
            "w {prefix}users",
            "w {{ x }}y",
        ],
    );
    check(PostgreSql, "'{1}' [ {", &["t '{1}'", "p [", "p {"]);
}

#[test]
fn what_is_left_open_ends_with_its_line() {
    check(PostgreSql, "'a\nb 'c' d", &["t 'a\nb '", "w c", "t ' d"]);
    check(PostgreSql, "\"a\nb", &["q \"a", "w b"]);
}

#[test]
fn strings_are_unescaped() {
    assert_eq!(string_value(PostgreSql, "'it''s \\n'"), "it's \\n");
    assert_eq!(string_value(MySql, "'it\\'s \\n'"), "it's \n");
    assert_eq!(string_value(PostgreSql, "E'a\\tb'"), "a\tb");
    assert_eq!(string_value(PostgreSql, "$x$a$x$"), "a");
    assert_eq!(string_value(MySql, "\"a\"\"b\""), "a\"b");
}

#[test]
fn blanks_of_any_width_part_words() {
    check(
        PostgreSql,
        "\u{feff}a\u{a0}int\u{2003}x\u{3000}1\u{a0}:\u{a0}é\u{200b}日本",
        &["w a", "w int", "w x", "n 1", "p :", "w é", "w 日本"],
    );
}

#[test]
fn a_lone_carriage_return_ends_a_comment_of_postgresql() {
    check(PostgreSql, "-- a\rb -- c\r\nd", &["w b", "w d"]);
    check(MySql, "# a\rb\nc", &["w c"]);
}
