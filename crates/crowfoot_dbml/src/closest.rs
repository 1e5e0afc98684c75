//! "Did you mean": the known name that is nearest to a mistyped one.

/// The candidate that differs from `name` by the fewest letters, if that is few enough to be
/// probably what was meant. Case does not count.
pub(crate) fn closest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let name: Vec<char> = name.chars().take(64).flat_map(char::to_lowercase).collect();
    let mut limit = name.len().div_ceil(4).min(3);
    let mut best = None;
    let mut row = Vec::new();
    for candidate in candidates {
        if candidate.len() > 4 * (name.len() + limit) {
            continue;
        }
        let other: Vec<char> = candidate.chars().take(64).flat_map(char::to_lowercase).collect();
        if other.len().abs_diff(name.len()) > limit {
            continue;
        }
        let found = distance(&name, &other, &mut row);
        if found == 0 {
            return Some(candidate);
        }
        if found < limit || (found == limit && best.is_none()) {
            limit = found;
            best = Some(candidate);
        }
    }
    best
}

/// Levenshtein's distance, by the usual table of which one row is kept.
fn distance(a: &[char], b: &[char], row: &mut Vec<usize>) -> usize {
    row.clear();
    row.extend(0..=b.len());
    for (i, left) in a.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, right) in b.iter().enumerate() {
            let change = diagonal + usize::from(left != right);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn a_slip_finds_its_name() {
        let names = ["users", "orders", "order_items"];
        assert_eq!(closest("user", names), Some("users"));
        assert_eq!(closest("Orders", names), Some("orders"));
        assert_eq!(closest("ordr_items", names), Some("order_items"));
        assert_eq!(closest("payments", names), None);
        assert_eq!(closest("", names), None);
    }
}
