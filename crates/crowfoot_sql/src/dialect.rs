//! What each database can say: quoting, reserved words, limits, capabilities, types.

pub(crate) mod kind;
mod mysql;
mod postgresql;
mod sqlite;
pub(crate) mod type_name;

use std::borrow::Cow;

use crate::Dialect;

/// What a dialect can say and how it wants names written.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) dialect: Dialect,
    /// Its name for people.
    pub(crate) name: &'static str,
    quote: char,
    /// Whether a name with capitals means itself without quotes.
    keeps_case: bool,
    /// In small letters, sorted.
    reserved: &'static [&'static str],
    max_name: Option<Limit>,
    pub(crate) has_deferrable: bool,
    pub(crate) has_partial_indexes: bool,
    pub(crate) has_expression_indexes: bool,
    pub(crate) has_include: bool,
    pub(crate) has_set_default: bool,
    /// Whether foreign keys have MATCH FULL.
    pub(crate) has_match: bool,
    /// Whether a foreign key is refused when what it refers to is not exactly a key.
    pub(crate) needs_unique_target: bool,
    /// Index methods that it knows, in small letters.
    pub(crate) methods: &'static [&'static str],
    /// Names of types that it takes as they are, in small letters, sorted; empty where it takes
    /// any.
    types: &'static [&'static str],
}

/// How long a name may be.
#[derive(Clone, Copy, Debug)]
enum Limit {
    Bytes(usize),
    Chars(usize),
}

/// The rules of a dialect.
pub(crate) const fn rules(dialect: Dialect) -> &'static Rules {
    match dialect {
        Dialect::PostgreSql => &postgresql::RULES,
        Dialect::MySql => &mysql::RULES,
        Dialect::Sqlite => &sqlite::RULES,
    }
}

impl Rules {
    /// Writes a name, in quotes where it must be.
    pub(crate) fn push_name(&self, out: &mut String, name: &str) {
        if self.is_plain(name) {
            out.push_str(name);
            return;
        }
        out.push(self.quote);
        for c in name.chars() {
            if c == self.quote {
                out.push(c);
            }
            out.push(c);
        }
        out.push(self.quote);
    }

    /// The name as it is written in a script.
    pub(crate) fn name_of(&self, name: &str) -> String {
        let mut out = String::with_capacity(name.len() + 2);
        self.push_name(&mut out, name);
        out
    }

    /// Whether a name can be written without quotes.
    fn is_plain(&self, name: &str) -> bool {
        let mut bytes = name.bytes();
        let starts_well = bytes
            .next()
            .is_some_and(|it| it == b'_' || it.is_ascii_lowercase() || self.is_capital(it));
        starts_well
            && bytes.all(|it| {
                it == b'_' || it.is_ascii_lowercase() || it.is_ascii_digit() || self.is_capital(it)
            })
            && !self.is_reserved(name)
    }

    fn is_capital(&self, byte: u8) -> bool {
        self.keeps_case && byte.is_ascii_uppercase()
    }

    fn is_reserved(&self, name: &str) -> bool {
        let lower: Cow<'_, str> = if name.bytes().any(|it| it.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        self.reserved.binary_search(&lower.as_ref()).is_ok()
    }

    /// Whether it takes a type of that name (small letters, no arguments) as it is.
    pub(crate) fn has_type(&self, base: &str) -> bool {
        self.types.is_empty() || self.types.binary_search(&base).is_ok()
    }

    /// The name itself, or a shorter one where the database has a limit: its start and a sum of
    /// the whole, so that two long names stay two.
    pub(crate) fn fit<'a>(&self, name: &'a str) -> Cow<'a, str> {
        let (is_short, room) = match self.max_name {
            None => (true, 0),
            Some(Limit::Bytes(most)) => (name.len() <= most, most),
            Some(Limit::Chars(most)) => (name.len() <= most || name.chars().count() <= most, most),
        };
        if is_short {
            return Cow::Borrowed(name);
        }
        let sum = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
            (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut end = room - 7;
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        Cow::Owned(format!("{}_{:06x}", &name[..end], sum & 0xff_ffff))
    }

    /// Writes the characters as a string literal.
    pub(crate) fn push_text(&self, out: &mut String, text: &str) {
        out.push('\'');
        for c in text.chars() {
            match c {
                '\'' => out.push_str("''"),
                '\\' if self.dialect == Dialect::MySql => out.push_str("\\\\"),
                '\n' if self.dialect == Dialect::MySql => out.push_str("\\n"),
                '\r' if self.dialect == Dialect::MySql => out.push_str("\\r"),
                '\0' if self.dialect == Dialect::MySql => out.push_str("\\0"),
                // No other dialect can hold it in a text.
                '\0' => {}
                _ => out.push(c),
            }
        }
        out.push('\'');
    }

    /// The characters as a string literal.
    pub(crate) fn text_of(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 2);
        self.push_text(&mut out, text);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::rules;
    use crate::Dialect;

    fn check(name: &str, expected: [&str; 3]) {
        let printed = [Dialect::PostgreSql, Dialect::MySql, Dialect::Sqlite]
            .map(|dialect| rules(dialect).name_of(name));
        assert_eq!(printed, expected);
    }

    #[test]
    fn names_are_quoted_only_when_they_must_be() {
        check("user_id", ["user_id"; 3]);
        check("order", ["\"order\"", "`order`", "\"order\""]);
        check("user", ["\"user\"", "user", "user"]);
        check("Key", ["\"Key\"", "`Key`", "Key"]);
        check("UserId", ["\"UserId\"", "UserId", "UserId"]);
        check("2fa", ["\"2fa\"", "`2fa`", "\"2fa\""]);
        check("größe", ["\"größe\"", "`größe`", "\"größe\""]);
        check("a\"b`c", ["\"a\"\"b`c\"", "`a\"b``c`", "\"a\"\"b`c\""]);
        check("", ["\"\"", "``", "\"\""]);
    }

    #[test]
    fn word_lists_are_sorted() {
        for dialect in [Dialect::PostgreSql, Dialect::MySql, Dialect::Sqlite] {
            assert!(rules(dialect).reserved.is_sorted());
            assert!(rules(dialect).types.is_sorted());
        }
    }

    #[test]
    fn long_names_are_shortened_and_stay_apart() {
        let rules = rules(Dialect::PostgreSql);
        let long = |end: &str| format!("{}{end}", "ä".repeat(40));
        assert_eq!(rules.fit(&long("x")).len(), 63);
        assert_ne!(rules.fit(&long("x")), rules.fit(&long("y")));
        assert_eq!(rules.fit("short"), "short");
    }
}
