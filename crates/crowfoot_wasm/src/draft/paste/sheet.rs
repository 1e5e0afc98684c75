//! Rows of a spreadsheet: cells with tabs between them, a column of a table in each row.
//!
//! A first row of headings says what the cells mean; without one they are name, type and then
//! whatever they say of themselves: `pk`, `not null`, `unique`, `default 0`, `note: ...`.

use crowfoot_schema::Increment;

use super::Pasted;
use crate::{command::IncrementField, draft::DraftColumnFields};

/// What the cells below a heading hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    Name,
    Type,
    Primary,
    NotNull,
    /// The opposite: yes means nullable.
    Null,
    Unique,
    Increment,
    Default,
    Note,
    /// Flags of any kind.
    Flags,
    /// A counter, or whatever else is not ours.
    Ignored,
}

/// Whether a line is one word, such as a name in a list of names.
pub(super) fn is_bare(line: &str) -> bool {
    line.chars().all(|it| it.is_alphanumeric() || it == '_')
}

pub(super) fn read(text: &str) -> Pasted {
    let mut pasted = Pasted::default();
    let mut headings: Option<Vec<Heading>> = None;
    for (at, row) in rows(text).into_iter().enumerate() {
        if row.iter().all(String::is_empty) {
            continue;
        }
        if at == 0 {
            headings = headings_of(&row);
            if headings.is_some() {
                continue;
            }
        }
        let mut fields = DraftColumnFields::default();
        for (place, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let heading = match &headings {
                Some(headings) => headings.get(place).copied().unwrap_or(Heading::Ignored),
                None => {
                    [Heading::Name, Heading::Type].get(place).copied().unwrap_or(Heading::Flags)
                }
            };
            if !set(&mut fields, heading, cell) {
                pasted.told.push(format!("row {}: `{cell}` is not understood", at + 1));
            }
        }
        if fields.name.is_none() {
            pasted.told.push(format!("row {} has no name and is left out", at + 1));
            continue;
        }
        // A list of bare names says no types.
        fields.ty.get_or_insert_with(|| "text".to_owned());
        pasted.columns.push(fields);
    }
    pasted
}

/// The cells of all rows. A cell in quotes may hold tabs, line ends and doubled quotes.
fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = vec![Vec::new()];
    let mut cell = String::new();
    let mut is_quoted = false;
    let mut letters = text.chars().peekable();
    let end_cell = |cell: &mut String, rows: &mut Vec<Vec<String>>| {
        let text = std::mem::take(cell);
        if let Some(row) = rows.last_mut() {
            row.push(text.trim().to_owned());
        }
    };
    while let Some(letter) = letters.next() {
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if is_quoted || cell.is_empty() => is_quoted = !is_quoted,
            '\t' if !is_quoted => end_cell(&mut cell, &mut rows),
            '\n' if !is_quoted => {
                end_cell(&mut cell, &mut rows);
                rows.push(Vec::new());
            }
            other => cell.push(other),
        }
    }
    end_cell(&mut cell, &mut rows);
    rows
}

/// The headings of a first row, if it is one: it names the names, and nothing in it is strange.
fn headings_of(row: &[String]) -> Option<Vec<Heading>> {
    let headings: Option<Vec<Heading>> = row.iter().map(|it| heading(it)).collect();
    headings.filter(|it| it.contains(&Heading::Name) && it.len() > 1)
}

fn heading(cell: &str) -> Option<Heading> {
    let cell = cell.to_lowercase();
    let cell = cell.trim_end_matches('?').replace(['_', '-'], " ");
    Some(match cell.trim() {
        "name" | "column" | "column name" | "field" | "field name" | "attribute" => Heading::Name,
        "type" | "data type" | "datatype" | "column type" | "field type" => Heading::Type,
        "pk" | "key" | "primary" | "primary key" | "is primary" => Heading::Primary,
        "not null" | "nn" | "required" | "mandatory" | "is not null" => Heading::NotNull,
        "null" | "nullable" | "is nullable" | "optional" => Heading::Null,
        "unique" | "uq" | "is unique" => Heading::Unique,
        "increment" | "auto increment" | "ai" | "identity" => Heading::Increment,
        "default" | "default value" | "column default" => Heading::Default,
        "note" | "notes" | "comment" | "comments" | "description" | "remarks" => Heading::Note,
        "flags" | "settings" | "options" | "constraints" | "extra" | "attributes" => Heading::Flags,
        "" | "#" | "no" | "nr" | "ordinal position" => Heading::Ignored,
        _ => return None,
    })
}

/// Sets what a cell says; false if it says nothing that is understood.
fn set(fields: &mut DraftColumnFields, heading: Heading, cell: &str) -> bool {
    match heading {
        Heading::Ignored => {}
        Heading::Name => fields.name = Some(cell.to_owned()),
        Heading::Type => fields.ty = Some(cell.to_owned()),
        Heading::Default => fields.default = Some(cell.to_owned()),
        Heading::Note => fields.note = Some(cell.to_owned()),
        Heading::Flags => return set_flags(fields, cell),
        Heading::Primary
        | Heading::NotNull
        | Heading::Null
        | Heading::Unique
        | Heading::Increment => {
            let Some(is) = truth(cell) else { return set_flags(fields, cell) };
            match heading {
                Heading::Primary if is => fields.is_primary = Some(true),
                Heading::NotNull => fields.is_not_null = Some(is),
                Heading::Null => fields.is_not_null = Some(!is),
                Heading::Unique if is => fields.is_unique = Some(true),
                Heading::Increment if is => {
                    fields.increment = Some(IncrementField::Some(Increment::Auto));
                }
                _ => {}
            }
        }
    }
    true
}

fn truth(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "y" | "true" | "t" | "1" | "x" | "✓" | "✔" => Some(true),
        "no" | "n" | "false" | "f" | "0" | "-" | "✗" => Some(false),
        _ => None,
    }
}

/// Flags with commas between them; a default or a note is the rest of the cell.
fn set_flags(fields: &mut DraftColumnFields, cell: &str) -> bool {
    let mut rest = cell;
    let mut is_understood = true;
    while !rest.trim().is_empty() {
        let small = rest.trim_start().to_lowercase();
        let text = rest.trim_start();
        let value = |word: &str| -> Option<&str> {
            let after = small.strip_prefix(word)?;
            let value = text.get(text.len() - after.len()..)?;
            let is_apart = value.starts_with([':', '=', ' ']);
            is_apart.then(|| value.trim_start_matches([':', '=', ' ']).trim())
        };
        if let Some(default) = value("default") {
            fields.default = Some(default.to_owned());
            return is_understood;
        }
        if let Some(note) = value("note").or_else(|| value("comment")) {
            fields.note = Some(note.trim_matches('\'').to_owned());
            return is_understood;
        }
        let (flag, after) = text.split_once([',', ';']).unwrap_or((text, ""));
        rest = after;
        is_understood &= set_flag(fields, &flag.trim().to_lowercase());
    }
    is_understood
}

fn set_flag(fields: &mut DraftColumnFields, flag: &str) -> bool {
    match flag {
        "pk" | "primary key" | "primary" | "pri" | "key" => fields.is_primary = Some(true),
        "not null" | "nn" | "required" | "mandatory" => fields.is_not_null = Some(true),
        "null" | "nullable" | "optional" => fields.is_not_null = Some(false),
        "unique" | "uq" | "uni" => fields.is_unique = Some(true),
        "increment" | "auto_increment" | "auto increment" | "autoincrement" | "ai" | "identity" => {
            fields.increment = Some(IncrementField::Some(Increment::Auto));
        }
        "" => {}
        _ => return false,
    }
    true
}

#[cfg(test)]
mod tests {
    use super::read;

    fn check(text: &str, columns: &[&str], told: &[&str]) {
        let pasted = read(text);
        let flag = |is: Option<bool>, word: &str| is.map(|is| format!("{word}={is}"));
        let text = |it: &Option<String>, word: &str| Some(format!("{word}={}", it.as_ref()?));
        let found: Vec<String> = pasted
            .columns
            .iter()
            .map(|it| {
                let all = [
                    it.name.clone(),
                    it.ty.clone(),
                    flag(it.is_primary, "pk"),
                    flag(it.is_not_null, "nn"),
                    flag(it.is_unique, "uq"),
                    it.increment.map(|_| "ai".to_owned()),
                    text(&it.default, "default"),
                    text(&it.note, "note"),
                ];
                all.into_iter().flatten().collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(found, columns);
        assert_eq!(pasted.told, told);
    }

    #[test]
    fn cells_say_what_they_are() {
        check(
            "id\tbigint\tpk, increment\nemail\tvarchar(80)\tnot null\tunique\nage\tint\tdefault 0\n",
            &["id bigint pk=true ai", "email varchar(80) nn=true uq=true", "age int default=0"],
            &[],
        );
    }

    #[test]
    fn a_first_row_may_hold_headings() {
        check(
            "#\tColumn\tData type\tNullable\tDefault\tDescription\n\
             1\tid\tint\tNO\t\tthe key\n2\tname\ttext\tyes\t'x'\t\"two\nlines\"\n",
            &["id int nn=true note=the key", "name text nn=false default='x' note=two\nlines"],
            &[],
        );
    }

    #[test]
    fn names_alone_are_columns_too() {
        check("first\nlast\n\nborn\n", &["first text", "last text", "born text"], &[]);
    }

    #[test]
    fn what_is_not_understood_is_told() {
        check(
            "id\tint\tsparkling\n\tint\n",
            &["id int"],
            &["row 1: `sparkling` is not understood", "row 2 has no name and is left out"],
        );
    }
}
