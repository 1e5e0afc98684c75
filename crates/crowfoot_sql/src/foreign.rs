//! Scripts of databases that are not read in full yet, and how they are told.
//!
//! They are read as far as the dialect that was asked for has something in common with them.

use crowfoot_schema::Dialect;
use crowfoot_text::{Diagnostic, Span};

/// A database that is not one of the dialects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Foreign {
    SqlServer,
    Oracle,
}

/// How much of a text is looked at.
const LIMIT: usize = 128 * 1024;
/// From how many points on a text counts as foreign.
const ENOUGH: u32 = 2;
/// With that many points there is no need to look further.
const PLENTY: u32 = 12;

/// The points of one database, and where its first mark is.
#[derive(Clone, Copy, Default)]
struct Score {
    points: u32,
    first: Option<Span>,
}

impl Score {
    fn add(&mut self, points: u32, start: usize, end: usize) {
        self.points += points;
        if points > 0 {
            self.first.get_or_insert(Span::new(start as u32, end as u32));
        }
    }
}

/// The other database that a text was plainly written for, and where that shows first.
///
/// One look along the first part of the text, at parentheses, brackets and line breaks only.
pub(crate) fn foreign(dialect: Dialect, text: &str) -> Option<(Foreign, Span)> {
    let bytes = &text.as_bytes()[..text.len().min(LIMIT)];
    let (mut server, mut oracle) = (Score::default(), Score::default());
    let mut at = line(bytes, 0, &mut server, &mut oracle);
    while at < bytes.len() && server.points.max(oracle.points) < PLENTY {
        match bytes[at] {
            b'\n' => {
                at = line(bytes, at + 1, &mut server, &mut oracle);
                continue;
            }
            b'(' => call(dialect, bytes, at, &mut server, &mut oracle),
            b'[' => server.add(bracket(dialect, bytes, at), at, at + 1),
            _ => {}
        }
        at += 1;
    }
    let (kind, score) = if oracle.points > server.points {
        (Foreign::Oracle, oracle)
    } else {
        (Foreign::SqlServer, server)
    };
    score.first.filter(|_| score.points >= ENOUGH).map(|span| (kind, span))
}

/// What is said of such a text.
pub(crate) fn told(kind: Foreign, dialect: Dialect, span: Span) -> Diagnostic {
    let kind = match kind {
        Foreign::SqlServer => "SQL Server",
        Foreign::Oracle => "Oracle",
    };
    let dialect = match dialect {
        Dialect::PostgreSql => "PostgreSQL",
        Dialect::MySql => "MySQL",
        Dialect::Sqlite => "SQLite",
    };
    let message = format!(
        "this looks like {kind}, which is not read yet in full: what {dialect} has in common with \
         it was read"
    );
    Diagnostic::warning("sql/other-dialect", span, message)
}

/// Looks at a line that begins at `start` and returns where to go on: past it if it is a comment.
fn line(bytes: &[u8], start: usize, server: &mut Score, oracle: &mut Score) -> usize {
    let rest = &bytes[start.min(bytes.len())..];
    let blanks = rest.iter().take_while(|it| matches!(it, b' ' | b'\t')).count();
    let rest = &rest[blanks..];
    let at = start + blanks;
    let is_end = |length: usize| {
        let after = rest[length.min(rest.len())..].iter();
        let mut after = after.skip_while(|it| matches!(it, b' ' | b'\t' | b'\r' | b';'));
        after.next().is_none_or(|it| *it == b'\n')
    };
    if rest.starts_with(b"--") {
        return at + rest.iter().take_while(|it| **it != b'\n').count();
    }
    if rest.starts_with(b"/*") && !rest.starts_with(b"/*!") {
        let end = rest.windows(2).position(|it| it == b"*/");
        return at + end.map_or(rest.len(), |it| it + 2);
    }
    if has(rest, 0, b"go") && is_end(2) {
        server.add(2, at, at + 2);
    } else if rest.first() == Some(&b'/') && is_end(1) {
        // By itself it says little: MySQL's client can be told to end statements with it.
        oracle.add(u32::from(oracle.points == 0), at, at + 1);
    }
    at
}

/// The points of a name in brackets.
fn bracket(dialect: Dialect, bytes: &[u8], at: usize) -> u32 {
    const LONGEST: usize = 64;
    if has(bytes, at, b"[dbo].") {
        return 3;
    }
    // SQLite takes names in brackets too, and others have arrays: `a[b]`, `'[a]'`.
    let is_alone = at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\n' | b'(' | b',');
    if dialect == Dialect::Sqlite || !is_alone {
        return 0;
    }
    let inside = bytes[at + 1..].iter().take(LONGEST);
    let length = inside.take_while(|it| it.is_ascii_alphanumeric() || **it == b'_').count();
    let end = at + 1 + length;
    let is_pair = ["].[", "] ["].iter().any(|it| has(bytes, end, it.as_bytes()));
    if is_pair && length > 0 { 2 } else { 0 }
}

/// Looks at the word before a parenthesis.
fn call(dialect: Dialect, bytes: &[u8], at: usize, server: &mut Score, oracle: &mut Score) {
    let before = bytes[..at].iter().rev();
    let blanks = before.clone().take_while(|it| **it == b' ').count().min(1);
    let end = at - blanks;
    let is_word = |it: &&u8| it.is_ascii_alphanumeric() || **it == b'_';
    let length = before.skip(blanks).take(20).take_while(is_word).count();
    let start = end - length;
    let has_number = bytes.get(at + 1).is_some_and(|it| it.is_ascii_digit() || *it == b'*');
    let is = |word: &[u8]| bytes[start..end].eq_ignore_ascii_case(word);
    match length {
        6 if is(b"number") && has_number && dialect != Dialect::Sqlite => {
            oracle.add(2, start, end);
        }
        8 if is(b"varchar2") => oracle.add(3, start, end),
        9 if is(b"nvarchar2") => oracle.add(3, start, end),
        8 if is(b"nvarchar") => {
            let points = match dialect {
                _ if has(bytes, at + 1, b"max") => 3,
                Dialect::PostgreSql => 2,
                Dialect::MySql | Dialect::Sqlite => 0,
            };
            server.add(points, start, end);
        }
        // Redshift has it too, and reads like PostgreSQL otherwise.
        8 if is(b"identity") && has_number && dialect == Dialect::PostgreSql => {
            server.add(u32::from(server.points == 0), start, end);
        }
        8 if is(b"identity") && has_number => server.add(2, start, end),
        9 if is(b"datetime2") => server.add(2, start, end),
        _ => {}
    }
}

fn has(bytes: &[u8], at: usize, word: &[u8]) -> bool {
    bytes.get(at..at + word.len()).is_some_and(|it| it.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use crowfoot_schema::Dialect::{self, MySql, PostgreSql, Sqlite};

    use super::{Foreign, foreign};

    /// What a text looks like, and the piece that shows it first.
    fn look(dialect: Dialect, text: &str) -> Option<(Foreign, &str)> {
        foreign(dialect, text).map(|(kind, span)| (kind, span.of(text)))
    }

    #[test]
    fn plain_habits_are_told() {
        for dialect in [PostgreSql, MySql, Sqlite] {
            let found = look(dialect, "create table [dbo].[T] ([id] [int])");
            assert_eq!(found, Some((Foreign::SqlServer, "[")));
            let found = look(dialect, "select 1\nGO\n");
            assert_eq!(found, Some((Foreign::SqlServer, "GO")));
            let found = look(dialect, "create table t (id int IDENTITY(1,1), n nvarchar(max))");
            assert_eq!(found, Some((Foreign::SqlServer, "IDENTITY")));
            let found = look(dialect, "create table t (a VARCHAR2(10), b NUMBER(3))");
            assert_eq!(found, Some((Foreign::Oracle, "VARCHAR2")));
        }
        let found = look(PostgreSql, "begin null; end;\n/\ncreate table t (a number(3));\n/\n");
        assert_eq!(found, Some((Foreign::Oracle, "/")));
    }

    #[test]
    fn usual_texts_are_not_taken_for_others() {
        let texts = [
            "",
            "-- made by NUMBER(1) of [dbo].[x]\ncreate table t (a int[], b text[3]);",
            "/* GO\nGO\n*/ create table t (id int generated always as identity (start 1));",
            "select row_number() over (), to_number('1'), a[1] from t;\ngo_on",
        ];
        for text in texts {
            for dialect in [PostgreSql, MySql, Sqlite] {
                assert_eq!(look(dialect, text), None, "{text}");
            }
        }
        assert_eq!(look(Sqlite, "create table [t] ([a] nvarchar(10), b number(3))"), None);
        assert_eq!(look(MySql, "create table t (a nvarchar(10))"), None);
        assert_eq!(look(MySql, "create table t (a int)\n/\ncreate table u (a int)\n/\n"), None);
        assert_eq!(look(PostgreSql, "create table t (a int identity(1,1)) distkey (a);"), None);
        assert_eq!(look(PostgreSql, "insert into t values ('Live [disc] (one)')"), None);
    }
}
