//! Names and types, in quotes where they must be.

use crowfoot_schema::{Column, ColumnType};

use super::Printer;
use crate::string;

impl Printer<'_> {
    pub(super) fn name(&mut self, name: &str) {
        push_name(&mut self.out, name);
    }

    pub(super) fn qualified(&mut self, schema: Option<&str>, name: &str) {
        push_qualified(&mut self.out, schema, name);
    }
}

#[inline]
pub(super) fn push_name(out: &mut String, name: &str) {
    if is_bare(name) {
        out.push_str(name);
    } else {
        string::push_escaped(out, name, '"');
    }
}

pub(super) fn push_qualified(out: &mut String, schema: Option<&str>, name: &str) {
    if let Some(schema) = schema {
        push_name(out, schema);
        out.push('.');
    }
    push_name(out, name);
}

/// Whether a name can stand without quotes: letters, digits and underscores, no digit first.
#[inline]
pub(super) fn is_bare(name: &str) -> bool {
    let bytes = name.as_bytes();
    let Some(first) = bytes.first() else { return false };
    if bytes.iter().all(|it| it.is_ascii_alphanumeric() || *it == b'_') {
        return !first.is_ascii_digit();
    }
    // Letters of other scripts may stand bare too, as long as they are in the basic plane.
    !first.is_ascii_digit()
        && name.chars().all(|it| {
            it == '_' || it.is_ascii_alphanumeric() || (it.is_alphabetic() && it < '\u{10000}')
        })
}

/// The type of a column; `enum_name` finds the schema and name of an enum.
pub(super) fn push_type<'d>(
    out: &mut String,
    column: &Column,
    enum_name: impl FnOnce(crowfoot_schema::EnumId) -> Option<(Option<&'d str>, &'d str)>,
) {
    match &column.ty {
        ColumnType::Named(text) if is_bare_type(text) => out.push_str(text),
        ColumnType::Named(text) => string::push_escaped(out, text, '"'),
        ColumnType::Enum { id, dimensions } => {
            if let Some((schema, name)) = enum_name(*id) {
                push_qualified(out, schema, name);
            }
            for _ in 0..*dimensions {
                out.push_str("[]");
            }
        }
    }
}

/// Whether a type can stand without quotes: a word, perhaps of a schema, arguments without spaces
/// or quotes, array brackets.
fn is_bare_type(text: &str) -> bool {
    let bytes = text.as_bytes();
    let word = |from: usize| {
        let len = bytes[from..]
            .iter()
            .take_while(|it| it.is_ascii_alphanumeric() || **it == b'_')
            .count();
        let is_word = len > 0 && !bytes[from].is_ascii_digit();
        is_word.then_some(from + len)
    };
    let Some(mut at) = word(0) else { return false };
    if bytes.get(at) == Some(&b'.') {
        let Some(end) = word(at + 1) else { return false };
        at = end;
    }
    if bytes.get(at) == Some(&b'(') {
        let rest = &bytes[at + 1..];
        let Some(len) = rest.iter().position(|&it| it == b')') else { return false };
        let mut args = rest[..len].split(|&it| it == b',');
        let is_arg = |arg: &[u8]| {
            let digits = arg.strip_prefix(b"-").unwrap_or(arg);
            let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
            let is_word = !arg.is_empty()
                && !arg[0].is_ascii_digit()
                && arg.iter().all(|it| it.is_ascii_alphanumeric() || *it == b'_');
            is_number || is_word
        };
        if !args.all(is_arg) {
            return false;
        }
        at += len + 2;
    }
    while bytes.get(at) == Some(&b'[') {
        let digits = bytes[at + 1..].iter().take_while(|it| it.is_ascii_digit()).count();
        if bytes.get(at + 1 + digits) != Some(&b']') {
            return false;
        }
        at += digits + 2;
    }
    at == bytes.len()
}

#[cfg(test)]
mod tests {
    use super::{is_bare, is_bare_type};

    #[test]
    fn names_are_quoted_only_when_they_must_be() {
        for name in ["a", "_a1", "Table", "note", "été", "数据"] {
            assert!(is_bare(name), "{name}");
        }
        for name in ["", "2fa", "a b", "a-b", "a$", "a.b", "a\"", "a😀"] {
            assert!(!is_bare(name), "{name}");
        }
    }

    #[test]
    fn types_are_quoted_only_when_they_must_be() {
        for text in [
            "int",
            "varchar(255)",
            "numeric(10,2)",
            "text[]",
            "text[3][]",
            "pg_catalog.int4",
            "varchar(max)",
            "NUMBER(10,-2)",
            "geometry(Point,4326)",
            "varchar(20)[]",
        ] {
            assert!(is_bare_type(text), "{text}");
        }
        for text in [
            "",
            "double precision",
            "numeric(10, 2)",
            "set('a','b')",
            "int unsigned",
            "a.b.c",
            "timestamp(3) with time zone",
            "x()",
            "varchar(20",
            "a[",
            "2x",
            "a(b)c",
        ] {
            assert!(!is_bare_type(text), "{text}");
        }
    }
}
