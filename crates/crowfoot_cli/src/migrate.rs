use std::io::{self, Write};

use anyhow::Result;
use crowfoot_schema::{Printed, Renames, align};
use crowfoot_sql::migration;

use crate::{
    Outcome, WrongUse, args,
    format::{Format, Guess},
    input,
    report::Reporter,
    schema::Schema,
};

/// Prints the SQL that leads a database from one schema to another, or back.
pub(crate) fn migrate(options: &args::Migrate) -> Result<Outcome> {
    let renames = renames(options)?;
    let mut reporter = Reporter::new(&options.report);
    let (before, first) = read(&options.before, options.from)?;
    let (after, second) = read(&options.after, options.from)?;
    let dialect = options
        .dialect
        .and_then(Format::dialect)
        .or(after.diagram.settings().dialect)
        .or(before.diagram.settings().dialect)
        .ok_or_else(|| WrongUse("the database is not known, say it with `--dialect`".to_owned()))?;
    before.tell(&mut reporter);
    after.tell(&mut reporter);

    // Our own files name everything by ids, which hold through renames.
    let has_ids = first == Format::Json && second == Format::Json;
    let newer =
        if has_ids { after.diagram } else { align(&before.diagram, &after.diagram, &renames) };
    let migration = migration(dialect, &before.diagram, &newer);
    let Printed { text, notices } = if options.undo { migration.down } else { migration.up };
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    reporter.notices(&notices);
    Ok(reporter.finish(options.report.strict))
}

fn read(path: &std::path::Path, format: Option<Format>) -> Result<(Schema, Format)> {
    let input = input::read(path)?;
    let guess = format.map_or_else(|| Format::of_input(path, &input.text), Guess::Sure);
    let format = guess.format();
    Ok((Schema::read(path, input, format)?, format))
}

/// What the caller says was renamed: `old=new` for tables, `table.old=new` for columns.
fn renames(options: &args::Migrate) -> Result<Renames> {
    let mut renames = Renames::default();
    for text in &options.table {
        let (old, new) = text.split_once('=').ok_or_else(|| wrong("--table", text))?;
        renames.tables.push((old.to_owned(), new.to_owned()));
    }
    for text in &options.column {
        let parts = text.split_once('=').and_then(|(old, new)| {
            let (table, old) = old.rsplit_once('.')?;
            Some((table.to_owned(), old.to_owned(), new.to_owned()))
        });
        renames.columns.push(parts.ok_or_else(|| wrong("--column", text))?);
    }
    Ok(renames)
}

fn wrong(option: &str, text: &str) -> WrongUse {
    WrongUse(format!("`{option} {text}` does not say an old and a new name"))
}
