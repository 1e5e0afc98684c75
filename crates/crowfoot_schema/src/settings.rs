use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use crate::{Extra, patch::patch_of};

/// What holds for the diagram as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
pub struct Settings {
    /// The name of the DBML project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<SmolStr>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dialect: Option<Dialect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "crate::patch::is_default")]
    pub notation: Notation,
    #[serde(skip_serializing_if = "crate::patch::is_default")]
    pub line_colors: LineColors,
    /// Whole blocks of a DBML text that the model does not hold (data lineage, unknown blocks), as
    /// they were written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub verbatim: Vec<String>,
    /// What a script of one SQL dialect makes besides tables and enums, such as domains.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Extra>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub extras: Vec<Extra>,
}

patch_of! {
    Settings, SettingsPatch {
        ;
        name: Option<SmolStr>,
        dialect: Option<Dialect>,
        note: Option<String>,
        notation: Notation,
        line_colors: LineColors,
        verbatim: Vec<String>,
        options: Vec<Extra>,
        extras: Vec<Extra>,
    }
}

/// A database whose SQL we speak.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Dialect {
    #[serde(rename = "postgresql")]
    PostgreSql,
    /// MySQL and MariaDB.
    #[serde(rename = "mysql")]
    MySql,
    #[serde(rename = "sqlite")]
    Sqlite,
}

/// How the ends of lines are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Notation {
    #[default]
    CrowsFoot,
    /// The labels `1` and `*`.
    Labels,
    /// IDEF1X's dots.
    Idef1x,
}

/// What the colours of lines tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum LineColors {
    /// Each ref has its own colour, or the theme's.
    #[default]
    Ref,
    /// What a delete of the referenced row does.
    Action,
    /// The table group of the referenced table.
    Group,
}
