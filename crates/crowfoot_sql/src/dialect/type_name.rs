//! The text of a type, taken apart.

/// A type as its text says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TypeName<'a> {
    /// Its words in small letters, without arguments, brackets, signs and schema:
    /// `timestamp with time zone`.
    pub(crate) base: String,
    /// What stood in parentheses.
    pub(crate) args: Vec<&'a str>,
    pub(crate) is_unsigned: bool,
    /// How many array brackets follow.
    pub(crate) dimensions: u8,
}

impl<'a> TypeName<'a> {
    /// Takes the text of a type apart. Any text gives something.
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut name =
            Self { base: String::new(), args: Vec::new(), is_unsigned: false, dimensions: 0 };
        let (before, after) = match text.find('(') {
            Some(open) => {
                let close = closing(text, open).unwrap_or(text.len());
                name.args = arguments(&text[open + 1..close]);
                (&text[..open], text.get(close + 1..).unwrap_or(""))
            }
            None => (text, ""),
        };
        for part in [before, after] {
            let (words, brackets) = part.split_at(part.find('[').unwrap_or(part.len()));
            let n_brackets = brackets.bytes().filter(|&it| it == b'[').count();
            name.dimensions =
                name.dimensions.saturating_add(u8::try_from(n_brackets).unwrap_or(u8::MAX));
            for word in words.split_ascii_whitespace() {
                name.word(word);
            }
        }
        name
    }

    fn word(&mut self, word: &str) {
        let lower = word.to_ascii_lowercase();
        match lower.as_str() {
            "unsigned" | "zerofill" => self.is_unsigned = true,
            "signed" => {}
            "array" => self.dimensions = self.dimensions.max(1),
            _ => {
                if !self.base.is_empty() {
                    self.base.push(' ');
                }
                self.base.push_str(lower.rsplit_once('.').map_or(lower.as_str(), |(_, last)| last));
            }
        }
    }

    /// An argument as a number.
    pub(crate) fn number(&self, at: usize) -> Option<u32> {
        self.args.get(at)?.parse().ok()
    }
}

/// Where the parenthesis that opens at `open` closes.
fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_u32;
    let mut is_quoted = false;
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'\'' => is_quoted = !is_quoted,
            b'(' if !is_quoted => depth += 1,
            b')' if !is_quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

fn arguments(text: &str) -> Vec<&str> {
    let mut is_quoted = false;
    text.split(move |c| {
        if c == '\'' {
            is_quoted = !is_quoted;
        }
        c == ',' && !is_quoted
    })
    .map(str::trim)
    .collect()
}

#[cfg(test)]
mod tests {
    use super::TypeName;

    fn check(text: &str, expected: &str) {
        let it = TypeName::parse(text);
        let sign = if it.is_unsigned { " unsigned" } else { "" };
        let found = format!("{}{sign} {:?} {}", it.base, it.args, it.dimensions);
        assert_eq!(found, expected);
    }

    #[test]
    fn types_are_taken_apart() {
        check("varchar(255)", "varchar [\"255\"] 0");
        check("INT(10) UNSIGNED zerofill", "int unsigned [\"10\"] 0");
        check("timestamp(3) with time zone[]", "timestamp with time zone [\"3\"] 1");
        check("public.citext[][3]", "citext [] 2");
        check("enum('a,b','c)''')", "enum [\"'a,b'\", \"'c)'''\"] 0");
        check("", " [] 0");
    }
}
