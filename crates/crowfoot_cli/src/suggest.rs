mod evaluate;

use std::io::{self, Write};

use anyhow::Result;
use crowfoot_app::NamedSuggestion;
use crowfoot_schema::{ColumnId, Diagram, Dialect, TableId};
use crowfoot_suggest::{
    Suggester, Suggestion,
    learn::{Strip, strip},
};

use crate::{
    Outcome, args,
    args::SuggestFormat,
    format::{Format, Guess},
    input,
    progress::Progress,
    report::{Reporter, plural, tell},
};

/// Tells which foreign keys a schema means without declaring them.
pub(crate) fn suggest(options: &args::Suggest) -> Result<Outcome> {
    let Some(path) = &options.input else {
        let folder = options.evaluate.as_deref().unwrap_or(std::path::Path::new("."));
        return evaluate::evaluate(folder, options);
    };
    let mut reporter = Reporter::new(&options.report);
    let progress = Progress::new();
    let input = input::read(path)?;
    let guess = options.from.map_or_else(|| Format::of_input(path, &input.text), Guess::Sure);
    progress.say(format!("reading {} as {}", input.name, guess.format().name()));
    let parsed = guess.format().read(&input.text)?;
    progress.say("looking for foreign keys");
    let diagram =
        if options.ignore_declared { strip(&parsed.value, Strip::All).0 } else { parsed.value };
    let suggester = Suggester::new(&diagram).with_min_confidence(options.min_confidence);
    let suggestions = suggester.all();
    drop(progress);

    if let Some(warning) = &input.warning {
        reporter.warning(&format!("{}: {warning}", input.name));
    }
    reporter.diagnostics(&input, &parsed.diagnostics);
    let lines: Vec<NamedSuggestion> =
        suggestions.iter().map(|it| NamedSuggestion::of(&diagram, it)).collect();
    let mut out = io::stdout().lock();
    match options.format {
        SuggestFormat::Table => print_table(&mut out, &lines)?,
        SuggestFormat::Json => {
            serde_json::to_writer_pretty(&mut out, &lines)?;
            writeln!(out)?;
        }
        SuggestFormat::Dbml => print_dbml(&mut out, &diagram, &suggestions)?,
        SuggestFormat::Sql => print_sql(&mut out, &diagram, &suggestions)?,
    }
    out.flush()?;
    if !options.report.quiet {
        let n_tables = plural(diagram.tables().len(), "table");
        tell(&format!("{}: {n_tables}, {}", input.name, plural(lines.len(), "suggestion")));
    }
    Ok(reporter.finish(options.report.strict))
}

/// `schema.table` where a schema is given.
fn table_name(diagram: &Diagram, id: TableId) -> String {
    let Some(table) = diagram.table(id) else { return String::new() };
    match &table.schema {
        Some(schema) => format!("{schema}.{}", table.name),
        None => table.name.to_string(),
    }
}

fn column_names<'a>(diagram: &'a Diagram, table: TableId, ids: &[ColumnId]) -> Vec<&'a str> {
    let table = diagram.table(table);
    let name =
        |id: &ColumnId| table.and_then(|it| it.column(*id)).map_or("", |it| it.name.as_str());
    ids.iter().map(name).collect()
}

fn print_table(out: &mut dyn Write, lines: &[NamedSuggestion]) -> io::Result<()> {
    let side = |table: &str, columns: &[String]| match columns {
        [column] => format!("{table}.{column}"),
        _ => format!("{table}.({})", columns.join(", ")),
    };
    let rows: Vec<[String; 2]> = lines
        .iter()
        .map(|it| [side(&it.from_table, &it.from_columns), side(&it.to_table, &it.to_columns)])
        .collect();
    let width = |at: usize| rows.iter().map(|it| it[at].chars().count()).max().unwrap_or(0).min(60);
    let (left, right) = (width(0), width(1));
    for (line, [from, to]) in lines.iter().zip(&rows) {
        let symbol = line.cardinality.symbol();
        writeln!(
            out,
            "{:.2}  {from:left$} {symbol} {to:right$}  {}",
            line.confidence, line.reason
        )?;
    }
    Ok(())
}

fn print_dbml(out: &mut dyn Write, diagram: &Diagram, found: &[Suggestion]) -> io::Result<()> {
    let quoted = |name: &str| format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    for suggestion in found {
        let side = |id: TableId, columns: &[ColumnId]| {
            let table = diagram.table(id);
            let schema = table.and_then(|it| it.schema.as_deref());
            let schema = schema.map(|it| quoted(it) + ".").unwrap_or_default();
            let names: Vec<String> =
                column_names(diagram, id, columns).into_iter().map(quoted).collect();
            let names =
                if names.len() == 1 { names.concat() } else { format!("({})", names.join(", ")) };
            format!("{schema}{}.{names}", quoted(table.map_or("", |it| it.name.as_str())))
        };
        writeln!(
            out,
            "Ref: {} {} {} // {:.2}: {}",
            side(suggestion.from_table, &suggestion.from_columns),
            suggestion.cardinality.symbol(),
            side(suggestion.to_table, &suggestion.to_columns),
            suggestion.confidence,
            suggestion.reason
        )?;
    }
    Ok(())
}

fn print_sql(out: &mut dyn Write, diagram: &Diagram, found: &[Suggestion]) -> io::Result<()> {
    let dialect = diagram.settings().dialect;
    let quote = if dialect == Some(Dialect::MySql) { '`' } else { '"' };
    let quoted =
        |name: &str| format!("{quote}{}{quote}", name.replace(quote, &format!("{quote}{quote}")));
    // SQLite knows foreign keys in CREATE TABLE alone.
    let mark = if dialect == Some(Dialect::Sqlite) { "-- " } else { "" };
    for suggestion in found {
        let name = |id: TableId| {
            let table = diagram.table(id);
            let schema = table.and_then(|it| it.schema.as_deref());
            let schema = schema.map(|it| quoted(it) + ".").unwrap_or_default();
            schema + &quoted(table.map_or("", |it| it.name.as_str()))
        };
        let columns = |id: TableId, columns: &[ColumnId]| {
            let names = column_names(diagram, id, columns).into_iter();
            names.map(quoted).collect::<Vec<_>>().join(", ")
        };
        writeln!(out, "-- {:.2}: {}", suggestion.confidence, suggestion.reason)?;
        writeln!(
            out,
            "{mark}ALTER TABLE {} ADD FOREIGN KEY ({}) REFERENCES {} ({});",
            name(suggestion.from_table),
            columns(suggestion.from_table, &suggestion.from_columns),
            name(suggestion.to_table),
            columns(suggestion.to_table, &suggestion.to_columns),
        )?;
    }
    Ok(())
}
