use serde::{Deserialize, Serialize};

/// A place in a text as people count: both numbers from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct LineColumn {
    pub line: u32,
    pub column: u32,
}

/// Where the lines of a text begin, to turn byte offsets into lines and columns.
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    /// Finds the lines of `text`. Lines end with `\n`; a `\r` before it belongs to the line.
    pub fn new(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1)).collect();
        Self { text, starts }
    }

    /// The line and column of a byte offset; one past the end of the text is its last place.
    pub fn locate(&self, offset: u32) -> LineColumn {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|&start| start as usize <= offset) - 1;
        let before = &self.text[self.starts[line] as usize..offset];
        LineColumn { line: line as u32 + 1, column: before.chars().count() as u32 + 1 }
    }

    /// The text of a line, counted from 1, without its end; empty if there is no such line.
    pub fn line(&self, line: u32) -> &'a str {
        let Some(&start) = (line as usize).checked_sub(1).and_then(|at| self.starts.get(at)) else {
            return "";
        };
        let end = self.starts.get(line as usize).map_or(self.text.len(), |&next| next as usize);
        self.text[start as usize..end].trim_end_matches(['\n', '\r'])
    }
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, LineIndex};

    fn check(text: &str, offset: u32, line: u32, column: u32) {
        assert_eq!(LineIndex::new(text).locate(offset), LineColumn { line, column });
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        check("", 0, 1, 1);
        check("ab\ncd", 1, 1, 2);
        check("ab\ncd", 3, 2, 1);
        check("ab\n", 3, 2, 1);
        check("ab", 99, 1, 3);
    }

    #[test]
    fn columns_count_characters_and_never_split_one() {
        check("éé x", 5, 1, 4);
        check("é", 1, 1, 1);
    }

    #[test]
    fn a_line_comes_without_its_end() {
        let index = LineIndex::new("one\r\ntwo");
        assert_eq!((index.line(1), index.line(2), index.line(3)), ("one", "two", ""));
    }
}
