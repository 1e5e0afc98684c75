//! What string tokens say.

use std::borrow::Cow;

use crowfoot_schema::Dialect;

/// Whether a string token is text, not bits or bytes.
pub(crate) fn is_plain_string(token: &str) -> bool {
    !matches!(token.as_bytes().first(), Some(b'b' | b'B' | b'x' | b'X'))
}

/// The characters that a string token (or a name in double quotes read as a string) stands for.
pub(crate) fn string_value(dialect: Dialect, token: &str) -> Cow<'_, str> {
    if let Some(rest) = token.strip_prefix('$') {
        let tag = rest.find('$').map_or(0, |it| it + 2);
        return Cow::Borrowed(token.get(tag..token.len().saturating_sub(tag)).unwrap_or(""));
    }
    let Some(open) = token.find(['\'', '"']) else { return Cow::Borrowed(token) };
    let quote = token.as_bytes()[open] as char;
    let inside = &token[open + 1..];
    let inside = inside.strip_suffix(quote).unwrap_or(inside);
    let has_escapes = dialect == Dialect::MySql || token.starts_with(['e', 'E']);
    let has_marks = inside.contains(quote) || (has_escapes && inside.contains('\\'));
    if !has_marks {
        return Cow::Borrowed(inside);
    }

    let mut value = String::with_capacity(inside.len());
    let mut characters = inside.chars().peekable();
    while let Some(character) = characters.next() {
        if character == quote {
            characters.next_if_eq(&quote);
            value.push(quote);
        } else if character == '\\' && has_escapes {
            match characters.next() {
                Some('n') => value.push('\n'),
                Some('t') => value.push('\t'),
                Some('r') => value.push('\r'),
                Some('b') => value.push('\u{8}'),
                Some('0') if dialect == Dialect::MySql => value.push('\0'),
                Some(mark @ ('%' | '_')) if dialect == Dialect::MySql => {
                    value.push('\\');
                    value.push(mark);
                }
                Some(other) => value.push(other),
                None => value.push('\\'),
            }
        } else {
            value.push(character);
        }
    }
    Cow::Owned(value)
}
