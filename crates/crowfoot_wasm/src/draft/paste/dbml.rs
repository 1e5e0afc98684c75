//! Lines of DBML as they stand in a table: the parser reads them in a table around them.

use std::fmt::Write as _;

use crowfoot_schema::{Diagram, IdMint, Side, Table};
use crowfoot_text::{LineIndex, Severity};

use super::{Pasted, PastedRef};
use crate::{
    command::IncrementField,
    draft::DraftColumnFields,
    words::{default_text, type_text},
};

/// A name that no table has.
const AROUND: &str = "the pasted lines";

/// Reads the lines. Tables that they refer to are looked up in the diagram, `own` among them.
pub(super) fn read(text: &str, diagram: &Diagram, own: &Table) -> Pasted {
    // Lines of a list are parted by commas elsewhere; DBML wants none.
    let lines: Vec<&str> = text.lines().map(|it| it.trim_end().trim_end_matches(',')).collect();
    let mut around = format!("Table \"{AROUND}\" {{\n{}\n}}\n", lines.join("\n"));
    let known: Vec<&Table> = diagram
        .tables()
        .filter(|it| it.id != own.id)
        .chain([own])
        .filter(|it| text.contains(it.name.as_str()))
        .collect();
    for table in &known {
        stub(&mut around, table);
    }

    let parsed = crowfoot_dbml::import(&around, &mut IdMint::new(0, 0));
    let mut pasted = Pasted::default();
    let places = LineIndex::new(&around);
    for it in &parsed.diagnostics {
        let line = places.locate(it.span.start).line.saturating_sub(1);
        let is_pasted = (1..=lines.len()).contains(&(line as usize));
        if is_pasted && it.severity != Severity::Info {
            pasted.told.push(format!("line {line}: {}", it.message));
        }
    }
    let Some(table) = parsed.value.table_named(None, AROUND) else { return pasted };
    let columns = table.columns.iter().map(|column| DraftColumnFields {
        name: Some(column.name.to_string()),
        ty: Some(type_text(&parsed.value, column)),
        is_primary: table.is_primary(column.id).then_some(true),
        is_not_null: Some(column.not_null),
        is_unique: (!table.is_primary(column.id) && table.is_unique(&[column.id])).then_some(true),
        increment: column.increment.map(IncrementField::Some),
        default: column.default.as_ref().map(default_text),
        generated: column.generated.as_ref().map(|it| it.expr.clone()),
        note: column.note.clone(),
    });
    pasted.columns = columns.collect();

    for reference in parsed.value.refs_of(table.id) {
        let side = if reference.from == table.id { Side::From } else { Side::To };
        let place = |id| table.columns.iter().position(|it| it.id == id);
        let from: Option<Vec<usize>> =
            reference.side_columns(side).into_iter().map(place).collect();
        let stub = parsed.value.table(reference.table(side.other()));
        let target = stub.and_then(|stub| {
            known.iter().find(|it| it.schema == stub.schema && it.name == stub.name)
        });
        let (Some(from), Some(stub), Some(target)) = (from, stub, target) else { continue };
        let to = reference.side_columns(side.other()).into_iter();
        let to = to.map(|id| Some(target.column_named(&stub.column(id)?.name)?.id));
        if let Some(to) = to.collect() {
            let mut reference = reference.clone();
            // From here on the pasted columns are the from side.
            if side == Side::To {
                reference.cardinality = turned(reference.cardinality);
                reference.key_side = reference.key_side.other();
                std::mem::swap(&mut reference.from_optional, &mut reference.to_optional);
            }
            reference.to = target.id;
            pasted.refs.push(PastedRef { reference, from, to });
        }
    }
    pasted
}

const fn turned(cardinality: crowfoot_schema::Cardinality) -> crowfoot_schema::Cardinality {
    use crowfoot_schema::Cardinality::{ManyToMany, ManyToOne, OneToMany, OneToOne};
    match cardinality {
        ManyToOne => OneToMany,
        OneToMany => ManyToOne,
        OneToOne => OneToOne,
        ManyToMany => ManyToMany,
    }
}

/// A table with nothing but the names of its columns, so that refs to it are understood.
fn stub(text: &mut String, table: &Table) {
    let quoted = |name: &str| format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
    let schema = table.schema.as_ref().map_or_else(String::new, |it| format!("{}.", quoted(it)));
    let _ = writeln!(text, "Table {schema}{} {{", quoted(&table.name));
    for column in &table.columns {
        let _ = writeln!(text, "  {} int", quoted(&column.name));
    }
    text.push_str("}\n");
}
