use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::EntityId;

/// A diagram as text of some language, and what that language could not say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Printed {
    pub text: String,
    /// In the order of the entities that they are about.
    pub notices: Vec<Notice>,
}

/// Something of an entity that the target language cannot say, or says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Notice {
    /// A stable name such as `sql/no-set-default`.
    #[cfg_attr(feature = "ts", ts(as = "String"))]
    pub code: Cow<'static, str>,
    pub entity: EntityId,
    /// Names the entity, what is lost and what was printed instead: lower case first, no full stop.
    pub message: String,
}
