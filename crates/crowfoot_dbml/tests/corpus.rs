//! Real schemas, read from SQL, come back from DBML as they were apart from what DBML cannot say,
//! and the reference implementation reads what we print of them.
//!
//! The schemas stand beside the repository, in `../shared/corpus`; where they do not, there is
//! nothing to test. `crowfoot_sql` is a dependency of tests only: the two languages do not know
//! each other.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod reference;

use std::{fs, path::Path};

use crowfoot_schema::{
    Change, ChangeSet, DefaultValue, Diagram, Dialect, IdMint, Increment, IndexTarget,
    SettingsPatch, Side, Uniqueness, outline,
};

fn mint() -> IdMint {
    IdMint::new(1_700_000_000_000, 7)
}

/// The diagram without what DBML cannot say.
fn sayable(diagram: &Diagram) -> Diagram {
    let patch =
        SettingsPatch { dialect: Some(diagram.settings().dialect), ..SettingsPatch::default() };
    let mut changes = vec![Change::UpdateSettings { patch }];
    for item in diagram.enums() {
        let mut item = item.clone();
        item.head.note = None;
        item.values.retain(|it| !it.name.is_empty());
        changes.push(Change::CreateEnum { item });
    }
    for table in diagram.tables() {
        let mut table = table.clone();
        table.options.clear();
        for column in &mut table.columns {
            column.options.clear();
            column.generated = None;
            column.charset = None;
            column.collation = None;
            column.increment = column.increment.map(|_| Increment::Auto);
            column.note = column.note.take().filter(|it| !it.is_empty());
            column.default = column.default.take().map(|it| match it {
                DefaultValue::Expr(text) => DefaultValue::Expr(text.replace('`', "\"")),
                DefaultValue::Number(text) if !is_plain_number(&text) => {
                    DefaultValue::Expr(text.to_string())
                }
                other => other,
            });
        }
        table.note = table.note.take().filter(|it| !it.is_empty());
        let mut at_columns = Vec::new();
        for index in &mut table.indexes {
            index.options.clear();
            index.predicate = None;
            index.include.clear();
            let mut seen = Vec::new();
            index.parts.retain(|it| {
                let is_new = !seen.contains(&it.target);
                seen.push(it.target.clone());
                is_new
            });
            for part in &mut index.parts {
                part.modifiers = None;
                if let IndexTarget::Expr(text) = &mut part.target {
                    *text = text.replace('`', "\"");
                }
            }
            let is_at_column = index.uniqueness == Uniqueness::Constraint
                && index.name.is_none()
                && index.method.is_none()
                && index.note.is_none()
                && index.parts.len() == 1
                && matches!(index.parts[0].target, IndexTarget::Column(id) if {
                    let is_new = !at_columns.contains(&id);
                    at_columns.push(id);
                    is_new
                });
            if index.uniqueness == Uniqueness::Constraint && !is_at_column {
                index.uniqueness = Uniqueness::Index;
            }
        }
        for check in &mut table.checks {
            check.options.clear();
            check.expr = check.expr.replace('`', "\"");
            if check.name.is_some() {
                check.column = None;
            }
        }
        changes.push(Change::CreateTable { table: Box::new(table) });
    }
    let mut seen = Vec::new();
    for reference in diagram.refs() {
        let mut sides = [reference.side_columns(Side::From), reference.side_columns(Side::To)];
        sides.iter_mut().for_each(|it| it.sort());
        sides.sort();
        if sides[0] == sides[1] || seen.contains(&sides) {
            continue;
        }
        seen.push(sides);
        let mut reference = reference.clone();
        reference.deferrable = None;
        reference.note = None;
        reference.options.clear();
        changes.push(Change::CreateRef { reference: Box::new(reference) });
    }
    let mut sayable = Diagram::new();
    sayable.apply(&ChangeSet::new("", changes)).unwrap();
    sayable
}

fn is_plain_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    text.starts_with(|it: char| it.is_ascii_digit())
        && !text.ends_with('.')
        && text
            .bytes()
            .all(|it| it.is_ascii_digit() || matches!(it, b'.' | b'e' | b'E' | b'-' | b'+'))
}

#[test]
fn real_schemas_come_back_from_dbml() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus");
    let Ok(manifest) = fs::read_to_string(corpus.join("manifest.tsv")) else { return };
    let mut texts = Vec::new();
    let mut diagrams = Vec::new();
    let mut differences = String::new();
    let mut n_equal = 0;
    for line in manifest.lines().skip(1) {
        let mut fields = line.split('\t');
        let (name, dialect) = (fields.next().unwrap(), fields.next().unwrap());
        let dialect = match dialect {
            "postgresql" => Dialect::PostgreSql,
            "mysql" | "mariadb" => Dialect::MySql,
            "sqlite" => Dialect::Sqlite,
            _ => continue,
        };
        let sql = fs::read_to_string(corpus.join("sql").join(format!("{name}.sql"))).unwrap();
        let diagram = crowfoot_sql::import(dialect, &sql, &mut mint()).value;
        let printed = crowfoot_dbml::print(&diagram);
        let read = crowfoot_dbml::import(&printed.text, &mut mint());
        let wanted = sayable(&diagram);
        let (got, want) = (outline(&read.value), outline(&wanted));
        let again = crowfoot_dbml::print(&read.value).text;
        if read.has_errors() || got != want || again != printed.text {
            differences += &format!("=== {name}\n");
            let lines = crowfoot_text::LineIndex::new(&printed.text);
            for it in &read.diagnostics {
                differences += &format!("  {}\n", it.summary(&lines));
            }
            let (got, want): (Vec<_>, Vec<_>) = (got.lines().collect(), want.lines().collect());
            let missing = want.iter().filter(|it| !got.contains(it)).take(4);
            let added = got.iter().filter(|it| !want.contains(it)).take(4);
            differences.extend(missing.map(|it| format!("  - {it}\n")));
            differences.extend(added.map(|it| format!("  + {it}\n")));
            if again != printed.text {
                differences += "  prints otherwise the second time\n";
            }
        } else {
            n_equal += 1;
        }
        texts.push((name.to_owned(), printed.text));
        diagrams.push(read.value);
    }
    let refused = reference::differences("corpus", &texts, &diagrams);
    let n_refused = refused.iter().filter(|it| !it.is_empty()).count();
    println!(
        "{n_equal} of {} schemas come back equal; the reference implementation reads {} of them \
         as we do",
        texts.len(),
        texts.len() - n_refused,
    );
    let refused: String = refused.concat();
    assert!(differences.is_empty() && refused.is_empty(), "{differences}\n{refused}");
}
