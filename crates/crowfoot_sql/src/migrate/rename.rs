//! An order of renames in which no name is given twice at any moment.

use std::collections::BTreeSet;

use smol_str::{SmolStr, format_smolstr};

/// A thing that is called otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rename<T> {
    pub(super) thing: T,
    pub(super) from: SmolStr,
    pub(super) to: SmolStr,
}

/// The renames one after the other. Things that take each other's names go by a third one.
pub(super) fn in_order<T: Clone>(mut waiting: Vec<Rename<T>>) -> Vec<Rename<T>> {
    waiting.retain(|it| it.from != it.to);
    let mut done = Vec::new();
    while !waiting.is_empty() {
        let held: BTreeSet<SmolStr> = waiting.iter().map(|it| it.from.clone()).collect();
        match waiting.iter().position(|it| !held.contains(&it.to)) {
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
    use super::{Rename, in_order};

    fn check(renames: &[(&str, &str)], expected: &[&str]) {
        let renames = renames
            .iter()
            .map(|(from, to)| Rename { thing: (), from: (*from).into(), to: (*to).into() })
            .collect();
        let done: Vec<String> =
            in_order(renames).iter().map(|it| format!("{}>{}", it.from, it.to)).collect();
        assert_eq!(done, expected);
    }

    #[test]
    fn names_are_free_when_they_are_given() {
        check(&[("a", "a")], &[]);
        check(&[("a", "b"), ("b", "c")], &["b>c", "a>b"]);
        check(&[("a", "b"), ("b", "a")], &["a>b_aside", "b>a", "b_aside>b"]);
    }
}
