use smol_str::SmolStr;

use crate::{Color, Extra, GroupId, patch::patch};

patch! {
    /// A named group of tables. Tables say which group they are in.
    Group: GroupId,
    GroupPatch {
        name: SmolStr,
        ;
        color: Option<Color>,
        note: Option<String>,
        extras: Vec<Extra>,
    }
}
