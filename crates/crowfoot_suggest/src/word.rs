//! Names, taken apart into words.

use smol_str::SmolStr;

/// The words of a name in small letters: `billing_addressId` gives `billing`, `address`, `id`.
///
/// Words end at anything that is neither letter nor digit, where a small letter is followed by a
/// capital, before the last capital of a run that goes on in small letters (`HTTPServer`), and
/// between letters and digits.
pub(crate) fn split(name: &str) -> Vec<SmolStr> {
    let mut words = Vec::new();
    let mut chars: Vec<char> = Vec::new();
    for part in name.split(|it: char| !it.is_alphanumeric()) {
        chars.clear();
        chars.extend(part.chars());
        let mut start = 0;
        for at in 1..chars.len() {
            if is_boundary(&chars, at) {
                push(&mut words, &chars[start..at]);
                start = at;
            }
        }
        push(&mut words, &chars[start..]);
    }
    words
}

fn push(words: &mut Vec<SmolStr>, chars: &[char]) {
    if !chars.is_empty() {
        words.push(chars.iter().flat_map(|it| it.to_lowercase()).collect());
    }
}

/// Whether a new word begins at `at`, which is not the first character.
fn is_boundary(chars: &[char], at: usize) -> bool {
    let (before, here) = (chars[at - 1], chars[at]);
    if before.is_numeric() != here.is_numeric() {
        return true;
    }
    if !here.is_uppercase() {
        return false;
    }
    if !before.is_uppercase() {
        return true;
    }
    // `IDs` and `PKs` are one word each.
    let is_plural = chars.get(at + 1) == Some(&'s') && chars.len() == at + 2;
    chars.get(at + 1).is_some_and(|it| it.is_lowercase()) && !is_plural
}

#[cfg(test)]
mod tests {
    use super::split;

    fn check(name: &str, expected: &str) {
        assert_eq!(split(name).join(" "), expected, "{name}");
    }

    #[test]
    fn names_are_taken_apart() {
        check("user_id", "user id");
        check("userId", "user id");
        check("UserID", "user id");
        check("USER_ID", "user id");
        check("HTTPServerId", "http server id");
        check("tag-IDs", "tag ids");
        check("address2_id", "address 2 id");
        check("_id", "id");
        check("größeId", "größe id");
        check("", "");
    }
}
