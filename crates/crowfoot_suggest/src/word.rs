//! Names, taken apart into words.

use smol_str::SmolStr;

/// The words of a name in small letters: `billing_addressId` gives `billing`, `address`, `id`.
///
/// Words end at anything that is neither letter nor digit, where a small letter is followed by a
/// capital, before the last capital of a run that goes on in small letters (`HTTPServer`), and
/// between letters and digits.
pub(crate) fn split(name: &str) -> Vec<SmolStr> {
    let mut words = Vec::new();
    for part in name.split(|it: char| !it.is_alphanumeric()) {
        let mut start = 0;
        let mut before = None;
        for (at, here) in part.char_indices() {
            let after = &part[at + here.len_utf8()..];
            if before.is_some_and(|it| is_boundary(it, here, after)) {
                push(&mut words, &part[start..at]);
                start = at;
            }
            before = Some(here);
        }
        push(&mut words, &part[start..]);
    }
    words
}

fn push(words: &mut Vec<SmolStr>, word: &str) {
    if word.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit()) {
        words.extend((!word.is_empty()).then(|| SmolStr::new(word)));
    } else {
        words.push(word.chars().flat_map(char::to_lowercase).collect());
    }
}

/// Whether a new word begins with a character that is not the first one of its part.
fn is_boundary(before: char, here: char, after: &str) -> bool {
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
    after != "s" && after.starts_with(char::is_lowercase)
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
