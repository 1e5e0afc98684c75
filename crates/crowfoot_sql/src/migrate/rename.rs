//! An order of renames in which no name is given twice at any moment.

use std::collections::BTreeSet;

use smol_str::{SmolStr, format_smolstr};

use crate::Dialect;

/// A thing that is called otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rename<T> {
    pub(super) thing: T,
    pub(super) from: SmolStr,
    pub(super) to: SmolStr,
}

/// The renames one after the other. Things that take each other's names go by a third one.
pub(super) fn in_order<T: Clone>(dialect: Dialect, mut waiting: Vec<Rename<T>>) -> Vec<Rename<T>> {
    // To SQLite a name in other capitals is the same.
    let key = |name: &SmolStr| match dialect {
        Dialect::Sqlite => SmolStr::new(name.to_lowercase()),
        Dialect::PostgreSql | Dialect::MySql => name.clone(),
    };
    waiting.retain(|it| it.from != it.to);
    let mut done = Vec::new();
    while !waiting.is_empty() {
        let held: BTreeSet<SmolStr> = waiting.iter().map(|it| key(&it.from)).collect();
        match waiting.iter().position(|it| !held.contains(&key(&it.to))) {
            Some(at) => done.push(waiting.remove(at)),
            None => {
                let first = &mut waiting[0];
                let aside = format_smolstr!("{}_aside", shortened(&first.to));
                let step = Rename {
                    thing: first.thing.clone(),
                    from: std::mem::replace(&mut first.from, aside.clone()),
                    to: aside,
                };
                done.push(step);
            }
        }
    }
    done
}

/// So much of a name that the word behind it finds room in every database.
fn shortened(name: &str) -> &str {
    const ROOM: usize = 50;
    let mut end = name.len().min(ROOM);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    &name[..end]
}

#[cfg(test)]
mod tests {
    use crowfoot_schema::Dialect;

    use super::{Rename, in_order};

    fn check(dialect: Dialect, renames: &[(&str, &str)], expected: &[&str]) {
        let renames = renames
            .iter()
            .map(|(from, to)| Rename { thing: (), from: (*from).into(), to: (*to).into() })
            .collect();
        let done: Vec<String> =
            in_order(dialect, renames).iter().map(|it| format!("{}>{}", it.from, it.to)).collect();
        assert_eq!(done, expected);
    }

    #[test]
    fn names_are_free_when_they_are_given() {
        let pg = Dialect::PostgreSql;
        check(pg, &[("a", "a")], &[]);
        check(pg, &[("a", "b"), ("b", "c")], &["b>c", "a>b"]);
        check(pg, &[("a", "b"), ("b", "a")], &["a>b_aside", "b>a", "b_aside>b"]);
        check(pg, &[("a", "A")], &["a>A"]);
        check(Dialect::Sqlite, &[("a", "A")], &["a>A_aside", "A_aside>A"]);
    }
}
