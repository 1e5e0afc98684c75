use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use crowfoot_schema::Dialect;
use uuid::Uuid;

use crate::format::{Format, Theme};

/// Crowfoot: a visual designer for relational schemas.
#[derive(Parser)]
#[command(
    name = "crowfoot",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 fine, 1 findings, 2 wrong use, 3 failed."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    Serve(Serve),
    Convert(Convert),
    Render(Render),
    Check(Check),
    Apply(Apply),
    Migrate(Migrate),
    Suggest(Suggest),
}

/// Serve the app to your browser
///
/// Keeps all diagrams in one file and answers on this machine alone, unless told otherwise.
#[derive(Args)]
#[command(after_help = "Examples:
  crowfoot serve --open
  crowfoot serve --data team.sqlite --listen 0.0.0.0:4870 --host diagrams.example.org

There is no login yet: whoever can reach the address can read and change all diagrams.
CROWFOOT_LOG sets what is logged to standard error, as `info` or `crowfoot_server=debug`.")]
pub(crate) struct Serve {
    /// File that the diagrams are kept in; made if there is none [default: the user's data folder]
    #[arg(long, value_name = "FILE", env = "CROWFOOT_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// Address or port to listen on; port 0 takes a free one
    #[arg(
        long,
        value_name = "ADDR",
        env = "CROWFOOT_LISTEN",
        default_value = "127.0.0.1:4870",
        value_parser = crate::serve::address
    )]
    pub(crate) listen: SocketAddr,
    /// Name under which the server may be asked, beside this machine's own; can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) host: Vec<String>,
    /// Open the app in the browser
    #[arg(long)]
    pub(crate) open: bool,
    /// Folder with the web app, instead of the one inside the program
    #[arg(long, value_name = "FOLDER", hide = true)]
    pub(crate) web_dir: Option<PathBuf>,
}

/// Convert a schema from one format to another
///
/// Reads SQL (PostgreSQL, MySQL, MariaDB, SQLite), DBML or Crowfoot's JSON and writes any of them, or
/// a picture as SVG. What was not understood, and what the target cannot say, is told on standard
/// error.
#[derive(Args)]
#[command(after_help = "Examples:
  crowfoot convert schema.sql schema.dbml
  crowfoot convert schema.dbml schema.sql --to mysql
  crowfoot convert dump.sql diagram.svg --theme dark
  pg_dump --schema-only shop | crowfoot convert - - --from postgresql --to dbml

Exits with 1 when something of the input is missing from the output.")]
pub(crate) struct Convert {
    /// File to read; `-` for standard input
    pub(crate) input: PathBuf,
    /// File to write; `-` for standard output
    #[arg(default_value = "-")]
    pub(crate) output: PathBuf,
    /// Format of the input [default: by the file's ending, else by its text]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) from: Option<Format>,
    /// Format of the output [default: by the file's ending; .sql keeps the dialect of the input]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) to: Option<Format>,
    /// Colours of an SVG
    #[arg(long, value_enum, default_value_t)]
    pub(crate) theme: Theme,
    #[command(flatten)]
    pub(crate) report: Report,
}

/// Draw a schema as a picture: SVG, PNG or PDF
///
/// Draws what the app's canvas shows. Tables that have no place yet are arranged; the font is inside
/// of the file. What of the schema was not understood is told on standard error.
#[derive(Args)]
#[command(after_help = "Examples:
  crowfoot render schema.sql schema.svg
  crowfoot render schema.dbml schema.png --theme dark --scale 2
  crowfoot render schema.sql orders.png --tables orders,order_items,customers
  crowfoot render schema.sql wall.pdf --paper a3 --pages tiled --scale 0.6
  pg_dump --schema-only shop | crowfoot render - - --as png > shop.png

Exits with 1 when something of the schema was not understood and is missing from the picture.")]
pub(crate) struct Render {
    /// File to read; `-` for standard input
    pub(crate) input: PathBuf,
    /// File to write, whose ending says the format: .svg, .png or .pdf; `-` for standard output
    pub(crate) output: PathBuf,
    /// Format of the input [default: by the file's ending, else by its text]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) from: Option<Format>,
    /// Format of the picture [default: by the file's ending]
    #[arg(long = "as", value_name = "FORMAT")]
    pub(crate) format: Option<Picture>,
    /// Colours of the picture
    #[arg(long, value_enum, default_value_t)]
    pub(crate) theme: Theme,
    /// Leave the background transparent
    #[arg(long)]
    pub(crate) transparent: bool,
    /// How the ends of lines are drawn [default: as the schema says, else crows-foot]
    #[arg(long)]
    pub(crate) notation: Option<Notation>,
    /// What the colours of lines tell [default: as the schema says, else ref]
    #[arg(long, value_name = "BY")]
    pub(crate) line_colors: Option<LineColors>,
    /// Draw these tables alone, with the lines between them: `a,b` or `schema.a,schema.b`
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(crate) tables: Vec<String>,
    /// Draw the tables of this group alone; can be repeated
    #[arg(long, value_name = "NAME")]
    pub(crate) group: Vec<String>,
    /// Draw what this view of the diagram shows
    #[arg(long, value_name = "NAME")]
    pub(crate) view: Option<String>,
    /// Pixels of a PNG for each of the diagram; of a PDF its size on tiled paper
    #[arg(long, value_name = "X", default_value_t = 1.0)]
    pub(crate) scale: f32,
    /// Write the names of foreign keys on their lines
    #[arg(long)]
    pub(crate) ref_names: bool,
    /// Paper of a PDF
    #[arg(long, default_value = "drawing")]
    pub(crate) paper: Paper,
    /// Which way the paper is turned
    #[arg(long, default_value = "auto")]
    pub(crate) orientation: Orientation,
    /// Fit the drawing to one page, or go over as many as it needs
    #[arg(long, default_value = "one")]
    pub(crate) pages: Pages,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Picture {
    Svg,
    Png,
    Pdf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Notation {
    #[value(name = "crows-foot", aliases = ["crowsfoot", "crowfoot"])]
    CrowsFoot,
    /// The labels 1 and *
    Labels,
    Idef1x,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum LineColors {
    /// Each foreign key has its own colour
    Ref,
    /// What a delete of the referenced row does
    Action,
    /// The group of the referenced table
    Group,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Paper {
    /// One page as large as the drawing
    Drawing,
    A4,
    A3,
    Letter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Orientation {
    /// As suits the drawing
    Auto,
    Portrait,
    Landscape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Pages {
    One,
    /// With overlapping edges and marks to put the sheets together by
    Tiled,
}

/// Read a schema and tell what is wrong with its text
///
/// Prints every finding with its line, column and an excerpt, and a count of what was understood.
#[derive(Args)]
#[command(after_help = "Examples:
  crowfoot check schema.sql
  crowfoot check --from mysql --strict dump.txt
  crowfoot check --json - < schema.dbml

Exits with 1 when there are errors, with --strict also when there are warnings.")]
pub(crate) struct Check {
    /// File to read; `-` for standard input
    pub(crate) input: PathBuf,
    /// Format of the file [default: by its ending, else by its text]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) from: Option<Format>,
    /// Print the findings to standard output as JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) report: Report,
}

/// Apply a change-set to a diagram: all of it or nothing
///
/// The diagram is a file of Crowfoot's JSON, which is replaced in one step, or one that a server or
/// a data file keeps, where the change-set is rebased on what others did since. What a change-set
/// looks like is described in docs/format.md.
#[derive(Args)]
#[command(after_help = "Examples:
  crowfoot apply shop.json changes.json
  crowfoot apply Shop changes.json --server http://127.0.0.1:4870 --base 12
  crowfoot apply Shop - --data team.sqlite < changes.json
  crowfoot apply shop.json changes.json --dry-run --sql postgresql

Prints the new revision, or with --sql the statements that do the same to a database.
Exit codes: 0 applied, 1 the change-set or the file cannot be read as what it should be, 2 wrong
use, 3 failed, 4 conflict (somebody else changed the same things), 5 rejected. With all but 0
nothing was applied, except that after 3 a server may have applied it before the connection
broke: send it again with the --key that was told, which never applies twice.")]
pub(crate) struct Apply {
    /// File of the diagram; with --server or --data its id or name
    pub(crate) diagram: String,
    /// File with the change-set; `-` for standard input
    pub(crate) changes: PathBuf,
    /// Revision that the change-set was made on [default: the newest]
    #[arg(long, value_name = "REVISION")]
    pub(crate) base: Option<u64>,
    /// Server that keeps the diagram
    #[arg(long, value_name = "URL", conflicts_with = "data")]
    pub(crate) server: Option<String>,
    /// File that a server keeps its diagrams in
    #[arg(long, value_name = "FILE")]
    pub(crate) data: Option<PathBuf>,
    /// Name of this application of the changes, a UUID: the same one never applies twice
    #[arg(long, value_name = "UUID")]
    pub(crate) key: Option<Uuid>,
    /// Tell what would come of it and change nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Print the statements that do the same to a database of that dialect, instead of the revision
    #[arg(long, value_name = "DIALECT")]
    pub(crate) sql: Option<SqlDialect>,
    /// Colours in what is told
    #[arg(long, value_enum, default_value_t)]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SqlDialect {
    #[value(name = "postgresql", aliases = ["postgres", "pg"])]
    PostgreSql,
    /// MySQL and MariaDB
    #[value(name = "mysql", alias = "mariadb")]
    MySql,
    #[value(name = "sqlite")]
    Sqlite,
}

impl From<SqlDialect> for Dialect {
    fn from(dialect: SqlDialect) -> Self {
        match dialect {
            SqlDialect::PostgreSql => Self::PostgreSql,
            SqlDialect::MySql => Self::MySql,
            SqlDialect::Sqlite => Self::Sqlite,
        }
    }
}

/// Suggest foreign keys that a schema means without declaring them
///
/// Goes by names, keys, types, indexes and by what the schema declares already. Each suggestion comes
/// with a reason and with a confidence: of those at 0.9, about nine in ten are right.
#[derive(Args)]
#[command(after_help = "Examples:
  crowfoot suggest schema.sql
  crowfoot suggest schema.sql --min-confidence 0.9 --format sql > keys.sql
  crowfoot suggest --ignore-declared --format json - < schema.dbml
  crowfoot suggest --evaluate schemas/

DIR of --evaluate holds `sql/NAME.sql` or `NAME.sql`, and may hold a `manifest.tsv` with the columns
`name`, `family` and `primary`: then one file of each family counts.")]
pub(crate) struct Suggest {
    /// File to read; `-` for standard input
    #[arg(required_unless_present = "evaluate")]
    pub(crate) input: Option<PathBuf>,
    /// Format of the file [default: by its ending, else by its text]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) from: Option<Format>,
    /// Leave out suggestions below this confidence, from 0 to 1
    #[arg(long, value_name = "X", default_value_t = crowfoot_suggest::DEFAULT_CONFIDENCE, value_parser = confidence)]
    pub(crate) min_confidence: f64,
    /// Suggest as if the schema declared no foreign keys
    #[arg(long)]
    pub(crate) ignore_declared: bool,
    /// How suggestions are printed
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: SuggestFormat,
    /// Take declared foreign keys away from all schemas of a folder, suggest and compare
    #[arg(long, value_name = "DIR", conflicts_with = "input")]
    pub(crate) evaluate: Option<PathBuf>,
    /// Chooses the fifth of the keys that --evaluate takes away
    #[arg(long, value_name = "N", default_value_t = 1, requires = "evaluate")]
    pub(crate) seed: u64,
    /// With --evaluate, name wrong and missed keys, too
    #[arg(long, requires = "evaluate")]
    pub(crate) verbose: bool,
    #[command(flatten)]
    pub(crate) report: Report,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum SuggestFormat {
    /// Lines for people
    #[default]
    Table,
    Json,
    /// `Ref` lines
    Dbml,
    /// `ALTER TABLE` statements
    Sql,
}

fn confidence(text: &str) -> Result<f64, String> {
    let value: Option<f64> = text.parse().ok();
    value
        .filter(|it| (0.0..=1.0).contains(it))
        .ok_or_else(|| "a number from 0 to 1 is wanted".to_owned())
}

/// Print the SQL that leads a database from one schema to another
///
/// The script runs on a database as an export of the first file makes it, and leaves one as an export
/// of the second would. What it loses and where it may fail is told on standard error.
#[derive(Args)]
#[command(after_help = "Examples:
  crowfoot migrate old.sql new.sql
  crowfoot migrate old.dbml new.dbml --dialect mysql --undo
  crowfoot migrate old.sql new.sql --table users=people --column people.name=full_name

Things are found again by their names: what has another name is dropped and made anew, unless
--table or --column says that it was renamed. Two files of Crowfoot's JSON need no such words.
Exits with 1 when something of the input was not understood, with --strict also when there is
anything to tell of the script.")]
pub(crate) struct Migrate {
    /// File with the schema as it is
    pub(crate) before: PathBuf,
    /// File with the schema as it is to be
    pub(crate) after: PathBuf,
    /// Database to write for: postgresql, mysql or sqlite [default: that of the second file]
    #[arg(long, short, value_name = "DIALECT")]
    pub(crate) dialect: Option<Format>,
    /// Print the script that leads back
    #[arg(long)]
    pub(crate) undo: bool,
    /// Table that has another name; can be repeated
    #[arg(long, value_name = "OLD=NEW")]
    pub(crate) table: Vec<String>,
    /// Column that has another name, with its table's new one; can be repeated
    #[arg(long, value_name = "TABLE.OLD=NEW")]
    pub(crate) column: Vec<String>,
    /// Format of both files [default: by their endings, else by their texts]
    #[arg(long, short, value_name = "FORMAT")]
    pub(crate) from: Option<Format>,
    #[command(flatten)]
    pub(crate) report: Report,
}

/// How findings are told.
#[derive(Args)]
pub(crate) struct Report {
    /// Count warnings as findings, too
    #[arg(long)]
    pub(crate) strict: bool,
    /// Tell errors only
    #[arg(long, short)]
    pub(crate) quiet: bool,
    /// Tell so many findings in full and count the rest
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) max: usize,
    /// Colours in what is told
    #[arg(long, value_enum, default_value_t)]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}
