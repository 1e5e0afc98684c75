use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// A setting that the model keeps without knowing what it means.
///
/// Two lists of these stand on entities: `extras`, the DBML settings that we do not know and print
/// back, and `options`, clauses of a SQL dialect such as `mysql.engine` that are printed for that
/// dialect only.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Extra {
    pub key: SmolStr,
    /// The value as it was written, quotes and all; none for a bare word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub value: Option<String>,
}
