use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{EnumId, EnumValueId, Extra, patch::patch};

/// An enumerated type with its values in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Enum {
    #[serde(flatten)]
    pub head: EnumHead,
    pub values: Vec<EnumValue>,
}

patch! {
    /// What an enum is, apart from its values.
    EnumHead: EnumId,
    EnumPatch {
        name: SmolStr,
        ;
        schema: Option<SmolStr>,
        note: Option<String>,
        extras: Vec<Extra>,
    }
}

patch! {
    /// One value of an enum.
    EnumValue: EnumValueId,
    EnumValuePatch {
        name: SmolStr,
        ;
        note: Option<String>,
        extras: Vec<Extra>,
    }
}

impl std::ops::Deref for Enum {
    type Target = EnumHead;

    fn deref(&self) -> &EnumHead {
        &self.head
    }
}

impl std::ops::DerefMut for Enum {
    fn deref_mut(&mut self) -> &mut EnumHead {
        &mut self.head
    }
}
