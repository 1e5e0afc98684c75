//! The formats that we read and write.

use std::path::Path;

use clap::ValueEnum;
use crowfoot_app as app;
use crowfoot_layout::{Scene, SvgOptions};
use crowfoot_schema::{Change, ChangeSet, Diagram, Dialect, Document, IdMint, Printed, TablePatch};
use crowfoot_text::Parsed;

use crate::WrongUse;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[value(name = "postgresql", aliases = ["postgres", "pg"])]
    PostgreSql,
    /// MySQL and MariaDB
    #[value(name = "mysql", alias = "mariadb")]
    MySql,
    #[value(name = "sqlite")]
    Sqlite,
    Dbml,
    /// Crowfoot's own format
    Json,
    /// A picture; for output only
    Svg,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Theme {
    #[default]
    Light,
    Dark,
}

impl Format {
    /// As people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::PostgreSql => "PostgreSQL",
            Self::MySql => "MySQL",
            Self::Sqlite => "SQLite",
            Self::Dbml => "DBML",
            Self::Json => "JSON",
            Self::Svg => "SVG",
        }
    }

    fn of_dialect(dialect: Dialect) -> Self {
        match dialect {
            Dialect::PostgreSql => Self::PostgreSql,
            Dialect::MySql => Self::MySql,
            Dialect::Sqlite => Self::Sqlite,
        }
    }

    pub(crate) fn dialect(self) -> Option<Dialect> {
        match self {
            Self::PostgreSql => Some(Dialect::PostgreSql),
            Self::MySql => Some(Dialect::MySql),
            Self::Sqlite => Some(Dialect::Sqlite),
            Self::Dbml | Self::Json | Self::Svg => None,
        }
    }

    /// The format that a file's ending names.
    fn of_ending(path: &Path) -> Ending {
        let ending = path.extension().and_then(|it| it.to_str()).unwrap_or("");
        match ending.to_ascii_lowercase().as_str() {
            "sql" | "ddl" => Ending::Sql,
            "pgsql" | "psql" => Ending::Known(Self::PostgreSql),
            "mysql" => Ending::Known(Self::MySql),
            "dbml" => Ending::Known(Self::Dbml),
            "json" => Ending::Known(Self::Json),
            "svg" => Ending::Known(Self::Svg),
            _ => Ending::Unknown,
        }
    }

    /// The format of an input: by its ending, else by its text.
    pub(crate) fn of_input(path: &Path, text: &str) -> Guess {
        let guess = match Self::of_ending(path) {
            Ending::Known(format) => return Guess::Sure(format),
            Ending::Sql => app::Guess::of_sql(text),
            Ending::Unknown => {
                let assumed = app::Guess::Assumed(app::Format::PostgreSql);
                app::detect_format(text).unwrap_or(assumed)
            }
        };
        match guess {
            app::Guess::Sure(format) => Guess::Sure(format.into()),
            app::Guess::Assumed(format) => Guess::Assumed(format.into()),
        }
    }

    /// The format of an output: by its ending. `.sql` is in the dialect of the diagram.
    pub(crate) fn of_output(path: &Path, diagram: &Diagram) -> Result<Self, WrongUse> {
        match (Self::of_ending(path), diagram.settings().dialect) {
            (Ending::Known(format), _) => Ok(format),
            (Ending::Sql, Some(dialect)) => Ok(Self::of_dialect(dialect)),
            (Ending::Sql, None) => Err(WrongUse(format!(
                "`{}` can be SQL of any dialect, say which with `--to postgresql`, `--to mysql` or \
                 `--to sqlite`",
                path.display()
            ))),
            (Ending::Unknown, _) => Err(WrongUse(
                "the format of the output is not known, say it with `--to`".to_owned(),
            )),
        }
    }

    /// Reads a text of this format.
    ///
    /// The ids follow from the text, so that the same text gives the same diagram each time.
    pub(crate) fn read(self, text: &str) -> Result<Parsed<Diagram>, WrongUse> {
        let format = match self {
            Self::PostgreSql => app::Format::PostgreSql,
            Self::MySql => app::Format::MySql,
            Self::Sqlite => app::Format::Sqlite,
            Self::Dbml => app::Format::Dbml,
            Self::Json => app::Format::Json,
            Self::Svg => return Err(WrongUse("SVG can be written, not read".to_owned())),
        };
        Ok(app::read_text(format, text, &mut mint(text)))
    }

    /// Writes a diagram in this format.
    pub(crate) fn print(self, diagram: &Diagram, theme: Theme) -> Printed {
        match (self, self.dialect()) {
            (_, Some(dialect)) => crowfoot_sql::print(dialect, diagram),
            (Self::Json, None) => {
                Printed { text: Document::from(diagram).to_json(), notices: Vec::new() }
            }
            (Self::Svg, None) => Printed { text: picture(diagram, theme), notices: Vec::new() },
            (_, None) => crowfoot_dbml::print(diagram),
        }
    }
}

impl From<Theme> for crowfoot_layout::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}

impl From<app::Format> for Format {
    fn from(format: app::Format) -> Self {
        match format {
            app::Format::PostgreSql => Self::PostgreSql,
            app::Format::MySql => Self::MySql,
            app::Format::Sqlite => Self::Sqlite,
            app::Format::Dbml => Self::Dbml,
            app::Format::Json => Self::Json,
        }
    }
}

/// What the ending of a file says.
enum Ending {
    Known(Format),
    /// SQL of whatever dialect.
    Sql,
    Unknown,
}

/// What format a text is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Guess {
    Sure(Format),
    /// Nothing speaks for another one.
    Assumed(Format),
}

impl Guess {
    pub(crate) fn format(self) -> Format {
        match self {
            Self::Sure(format) | Self::Assumed(format) => format,
        }
    }
}

/// The diagram as SVG; tables that stand nowhere yet are placed first.
fn picture(diagram: &Diagram, theme: Theme) -> String {
    let place = |(id, point)| Change::UpdateTable {
        id,
        patch: TablePatch { position: Some(Some(point)), ..TablePatch::default() },
    };
    let changes = crowfoot_layout::arrange(diagram).into_iter().map(place).collect();
    let mut placed = diagram.clone();
    placed.apply(&ChangeSet::new("arrange", changes)).expect("places are never refused");
    let options = SvgOptions { theme: theme.into(), ..SvgOptions::default() };
    crowfoot_layout::svg(&Scene::new(&placed), &options)
}

/// The ids of what is read from a text, which follow from it.
pub(crate) fn mint(text: &str) -> IdMint {
    IdMint::new(0, fnv1a(text.as_bytes()))
}

/// The 128-bit FNV-1a hash.
fn fnv1a(bytes: &[u8]) -> u128 {
    let start = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
    bytes.iter().fold(start, |hash, byte| {
        (hash ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Format, Guess};

    fn check(name: &str, text: &str, expected: Guess) {
        assert_eq!(Format::of_input(Path::new(name), text), expected, "{name}: {text}");
    }

    #[test]
    fn the_ending_says_the_format() {
        check("a.dbml", "", Guess::Sure(Format::Dbml));
        check("a.JSON", "", Guess::Sure(Format::Json));
        check("a.sql", "create table t (id serial);", Guess::Sure(Format::PostgreSql));
        check("a.sql", "create table t (id int auto_increment);", Guess::Sure(Format::MySql));
        check("a.sql", "", Guess::Assumed(Format::PostgreSql));
    }

    #[test]
    fn else_the_text_says_it() {
        check("-", " {\"version\": 1}", Guess::Sure(Format::Json));
        check("-", "// ours\nTable users {\n}", Guess::Sure(Format::Dbml));
        check("-", "Ref: a.b > c.d", Guess::Sure(Format::Dbml));
        check("-", "create table t (a int) engine=InnoDB;", Guess::Sure(Format::MySql));
    }
}
