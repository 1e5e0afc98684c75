//! What the characters of a string literal mean, and how a string is written as one.

use std::borrow::Cow;

/// The meaning of what stands between the quotes of a name or of a one-line string.
pub(crate) fn unescape(inner: &str) -> Cow<'_, str> {
    if !inner.as_bytes().contains(&b'\\') {
        return Cow::Borrowed(inner);
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = escape(&rest[at + 1..], &mut out);
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Reads one escape after its backslash, and gives what follows it.
fn escape<'a>(text: &'a str, out: &mut String) -> &'a str {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return "" };
    match first {
        'n' => out.push('\n'),
        't' => out.push('\t'),
        'r' => out.push('\r'),
        'b' => out.push('\u{8}'),
        'f' => out.push('\u{c}'),
        'v' => out.push('\u{b}'),
        '0' => out.push('\0'),
        'u' => {
            let digits = text.get(1..5).filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
            let code = digits.and_then(|it| u32::from_str_radix(it, 16).ok());
            match code.and_then(char::from_u32) {
                Some(it) => {
                    out.push(it);
                    return &text[5..];
                }
                None => out.push('u'),
            }
        }
        // A line joined with the next.
        '\n' => {}
        '\r' if chars.as_str().starts_with('\n') => return &chars.as_str()[1..],
        other => out.push(other),
    }
    chars.as_str()
}

/// The meaning of what stands between the three quotes of a multi-line string: line ends are
/// `\n`, the smallest indentation is removed, a first line with nothing in it and the last line
/// before the closing quotes do not count.
pub(crate) fn unescape_lines(inner: &str) -> Cow<'_, str> {
    if !inner.as_bytes().iter().any(|it| matches!(it, b'\\' | b'\n' | b'\r')) {
        return Cow::Borrowed(inner);
    }
    let mut lines: Vec<&str> =
        inner.split('\n').map(|it| it.strip_suffix('\r').unwrap_or(it)).collect();
    let is_blank = |it: &str| it.bytes().all(|it| matches!(it, b' ' | b'\t'));
    if lines.len() > 1 {
        // A backslash alone joins the first line with the next, which says the same.
        if is_blank(lines[0]) || lines[0] == "\\" {
            lines.remove(0);
        }
        if lines.len() > 1 && lines.last().is_some_and(|it| is_blank(it)) {
            lines.pop();
        }
    }
    let indent = |it: &str| it.bytes().take_while(|it| matches!(it, b' ' | b'\t')).count();
    let least = lines.iter().filter(|it| !is_blank(it)).map(|it| indent(it)).min().unwrap_or(0);
    let mut out = String::with_capacity(inner.len());
    for (at, line) in lines.iter().enumerate() {
        if at > 0 && !ends_joined(lines[at - 1]) {
            out.push('\n');
        }
        let line = &line[least.min(indent(line))..];
        let line = if ends_joined(line) { &line[..line.len() - 1] } else { line };
        out.push_str(&unescape(line));
    }
    Cow::Owned(out)
}

/// Whether a line ends with a backslash that is not itself escaped.
fn ends_joined(line: &str) -> bool {
    line.bytes().rev().take_while(|&it| it == b'\\').count() % 2 == 1
}

/// Writes a string on one line, in single quotes.
pub(crate) fn push_quoted(out: &mut String, text: &str) {
    push_escaped(out, text, '\'');
}

/// Writes a text between two `quote`s, with what needs it escaped.
pub(crate) fn push_escaped(out: &mut String, text: &str, quote: char) {
    out.push(quote);
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            0 => "\\0",
            8 => "\\b",
            0x0b => "\\v",
            0x0c => "\\f",
            _ if byte == quote as u8 => {
                if quote == '"' {
                    "\\\""
                } else {
                    "\\'"
                }
            }
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out.push(quote);
}

/// Writes a string: over several lines, each after `indent`, where it has several and they come
/// back as they are; on one line otherwise.
pub(crate) fn push_string(out: &mut String, text: &str, indent: &str) {
    if !reads_as_lines(text) {
        return push_quoted(out, text);
    }
    out.push_str("'''\n");
    for line in text.split('\n') {
        if !line.is_empty() {
            out.push_str(indent);
            out.push_str("  ");
            let mut from = 0;
            for (at, byte) in line.bytes().enumerate() {
                if matches!(byte, b'\\' | b'\'') && (byte == b'\\' || line[at..].starts_with("'''"))
                {
                    out.push_str(&line[from..at]);
                    out.push('\\');
                    from = at;
                }
            }
            out.push_str(&line[from..]);
        }
        out.push('\n');
    }
    out.push_str(indent);
    out.push_str("'''");
}

/// Whether a multi-line literal gives the text back exactly.
fn reads_as_lines(text: &str) -> bool {
    let is_space = |it: &u8| matches!(it, b' ' | b'\t');
    let mut lines = text.split('\n').map(str::as_bytes);
    let mut first = true;
    let mut n_lines = 0;
    let mut has_margin = false;
    let fits = lines.all(|line| {
        n_lines += 1;
        let is_first = std::mem::replace(&mut first, false);
        has_margin |= line.first().is_some_and(|it| !is_space(it));
        let is_blank = line.iter().all(is_space);
        // Lines of nothing but spaces, and an empty first line, would come back otherwise.
        !(is_blank && (!line.is_empty() || is_first))
            && !line.iter().any(|&it| it < b' ' && it != b'\t')
    });
    fits && n_lines > 1 && has_margin && !text.ends_with('\n')
}

#[cfg(test)]
mod tests {
    use super::{push_quoted, push_string, unescape, unescape_lines};

    #[test]
    fn escapes_are_resolved() {
        assert_eq!(unescape(r"it\'s \\ \n \u0041 \q"), "it's \\ \n A q");
        assert_eq!(unescape("a\\"), "a");
        assert_eq!(unescape("\\u12"), "u12");
    }

    #[test]
    fn indentation_is_removed() {
        assert_eq!(unescape_lines("\n    a\n      b\n\n    c\n  "), "a\n  b\n\nc");
        assert_eq!(unescape_lines("a\n  b"), "a\n  b");
        assert_eq!(unescape_lines("\n  a \\\n  b\n"), "a b");
        assert_eq!(unescape_lines("\r\n  a\r\n  b\r\n"), "a\nb");
        assert_eq!(unescape_lines("one"), "one");
        assert_eq!(unescape_lines("\n\n"), "");
    }

    fn check(text: &str) {
        let mut out = String::new();
        push_string(&mut out, text, "  ");
        let got = match out.strip_prefix("'''").and_then(|it| it.strip_suffix("'''")) {
            Some(inner) if out.len() >= 6 => unescape_lines(inner),
            _ => unescape(&out[1..out.len() - 1]),
        };
        assert_eq!(got, text, "written as {out}");
    }

    #[test]
    fn what_is_written_reads_back() {
        for text in [
            "",
            "a",
            "it's",
            "a\nb",
            "a\n  b\n\nc",
            "  a\n  b",
            "a\n",
            "\na",
            "a\n \nb",
            "\\\n'''",
            "a\\\nb",
            "a\r\nb",
            "x'''''y\nz",
            "a\n'",
            "'\n'",
        ] {
            check(text);
        }
    }

    #[test]
    fn quotes_and_backslashes_are_escaped() {
        let mut out = String::new();
        push_quoted(&mut out, "it's\\");
        assert_eq!(out, r"'it\'s\\'");
    }
}
