/// Whether the ground is light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    #[default]
    Light,
    Dark,
}

/// The colours of a theme, as CSS knows them. Canvas and SVG share them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub ground: &'static str,
    /// The body of a table.
    pub table: &'static str,
    /// The outline of a table.
    pub outline: &'static str,
    /// Between the rows of a table.
    pub divider: &'static str,
    /// The header of a table that has no colour of its own.
    pub header: &'static str,
    /// Text on such a header.
    pub header_text: &'static str,
    /// The schema's name on such a header.
    pub header_muted: &'static str,
    /// Names of columns.
    pub text: &'static str,
    /// Types of columns and other secondary text.
    pub muted: &'static str,
    /// The mark of a primary key.
    pub primary: &'static str,
    /// The mark of a foreign key.
    pub foreign: &'static str,
    /// The mark of a unique column.
    pub unique: &'static str,
    /// A line that has no colour of its own.
    pub line: &'static str,
    /// The ground of a sticky note that has no colour of its own.
    pub note: &'static str,
    /// Text on such a note.
    pub note_text: &'static str,
    /// A group that has no colour of its own.
    pub group: &'static str,
}

impl Theme {
    /// The colours of the theme.
    pub const fn palette(self) -> Palette {
        match self {
            Self::Light => Palette {
                ground: "#f6f7f9",
                table: "#ffffff",
                outline: "#cfd5de",
                divider: "#eef0f3",
                header: "#e6ebf2",
                header_text: "#1b2430",
                header_muted: "#5b6778",
                text: "#232c38",
                muted: "#667085",
                primary: "#b7791f",
                foreign: "#2f6fde",
                unique: "#7a5af0",
                line: "#7e8ca2",
                note: "#fff3bf",
                note_text: "#4d3f0b",
                group: "#64748b",
            },
            Self::Dark => Palette {
                ground: "#12161c",
                table: "#1b212a",
                outline: "#3a4452",
                divider: "#252d38",
                header: "#2a3340",
                header_text: "#f0f3f7",
                header_muted: "#9aa7b8",
                text: "#dce2ea",
                muted: "#93a0b2",
                primary: "#e0b04c",
                foreign: "#6ea3f7",
                unique: "#a893ff",
                line: "#6f7f95",
                note: "#4a4118",
                note_text: "#f5e9b8",
                group: "#8a99ad",
            },
        }
    }
}
