//! Why a key is suggested, in words.

use crate::{
    candidate::{Found, Way},
    facts::{ColumnFacts, Indexed, TableFacts},
    feature::{Feature, Features},
};

/// Why a column of one table means a key of another.
pub(crate) fn of_one(
    column: &ColumnFacts,
    target: &TableFacts,
    key: &ColumnFacts,
    found: &Found,
    features: &Features,
) -> String {
    let (name, table, key) = (&column.name, &target.name, &key.name);
    let value = |feature: Feature| features[feature as usize];
    let mut reason = match found.way() {
        Way::Tree => format!("`{name}` names another row of the same table"),
        Way::NameAndKey => {
            format!("`{name}` is named after the table `{table}` and has the name of its key")
        }
        Way::Name => format!("`{name}` is named after the table `{table}`"),
        Way::Role => format!("`{name}` ends in the name of the table `{table}`"),
        Way::Key => format!("`{name}` has the name of the key of `{table}`"),
        Way::RoleAndKey => format!("`{name}` ends in `{key}`, the key of `{table}`"),
        Way::Tail => format!("`{name}` is named after the end of the table's name `{table}`"),
        Way::Head => format!("the name of the table `{table}` stands in `{name}`"),
        Way::Actor => format!("`{name}` says who, and those are in `{table}`"),
        Way::Abbreviation => format!("`{name}` seems to be short for `{table}`"),
        Way::Shuffled | Way::Gapped => format!("`{name}` has the words of `{table}`"),
        Way::Letters => format!("`{name}` shares letters with the name of `{table}`"),
        Way::Habit => format!("columns like `{name}` refer to `{table}` elsewhere"),
    };
    let n_alike = value(Feature::HabitColumnCount).exp2().round() as u32 - 1;
    if n_alike > 0 && found.way() != Way::Habit {
        let others =
            if n_alike == 1 { "another column".to_owned() } else { format!("{n_alike} columns") };
        reason.push_str(&format!("; {others} of that name refer to it"));
        if n_alike == 1 {
            reason = reason.replace("of that name refer to it", "of that name refers to it");
        }
    }
    if column.index != Indexed::No {
        reason.push_str("; it has an index");
    }
    reason
}

/// Why columns of one table mean a key of several columns of another.
pub(crate) fn of_several(columns: &[&str], target: &TableFacts) -> String {
    let names: Vec<String> = columns.iter().map(|it| format!("`{it}`")).collect();
    let names = match names.split_last() {
        Some((last, head)) if !head.is_empty() => format!("{} and {last}", head.join(", ")),
        _ => names.concat(),
    };
    format!("{names} are together the key of `{}`", target.name)
}
