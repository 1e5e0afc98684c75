//! `ALTER TABLE`, with any number of actions.

use crowfoot_schema::Dialect;
use crowfoot_text::Diagnostic;

use super::{
    Cursor, Parse,
    ast::{AlterAction, AlterTable, Identity, Name, Skipped, Statement},
    column::column,
    constraint, expr, sequence, skipped, table_options,
    type_name::type_name,
};
use crate::{lex::TokenKind, option};

/// With the cursor on `TABLE`.
pub(super) fn parse(cursor: &mut Cursor<'_>, notes: &mut Vec<Diagnostic>) -> Parse<Statement> {
    cursor.advance();
    let is_if_exists = cursor.eat_if_exists();
    cursor.eat("only");
    let path = cursor.path()?;
    cursor.eat_punct(b'*');
    // SQL Server's way to say whether rows are checked.
    let _ = cursor.eat_all(&["with", "check"]) || cursor.eat_all(&["with", "nocheck"]);

    let mut actions = Vec::new();
    let mut is_adding = false;
    while !cursor.is_done() {
        let comma = cursor.here();
        let mut element = cursor.element();
        if element.is_done() {
            let message = "nothing stands before the comma";
            notes.push(Diagnostic::warning("sql/empty-element", comma, message));
            continue;
        }
        let is_add = element.is("add");
        // In `ADD a int, b int` (SQL Server) the verb holds for what follows.
        let result = if is_adding && !is_verb(&element) {
            add(&mut element, &mut actions, notes)
        } else {
            is_adding = is_add;
            action(&mut element, &mut actions, notes)
        };
        if let Err(problem) = result {
            let at = element.tokens.iter().position(|it| it.span.start >= problem.span.start);
            element.at = at.unwrap_or(element.tokens.len());
            notes.push(element.unknown_clause(&format!("{} was wanted", problem.wanted)));
        }
    }
    Ok(Statement::AlterTable(AlterTable { path, is_if_exists, actions }))
}

const VERBS: &[&str] = &[
    "add",
    "alter",
    "modify",
    "change",
    "drop",
    "rename",
    "set",
    "reset",
    "owner",
    "enable",
    "disable",
    "attach",
    "detach",
    "validate",
    "cluster",
    "replica",
    "force",
    "no",
    "inherit",
    "order",
    "convert",
    "engine",
    "auto_increment",
    "comment",
    "default",
    "charset",
    "collate",
    "algorithm",
    "lock",
    "row_format",
    "discard",
    "import",
    "check",
    "nocheck",
    "rebuild",
    "partition",
    "remove",
    "with",
    "without",
    "character",
    "swap",
    "truncate",
    "analyze",
    "optimize",
    "repair",
    "coalesce",
    "reorganize",
    "exchange",
    "key_block_size",
    "checksum",
    "stats_persistent",
    "max_rows",
    "min_rows",
    "avg_row_length",
    "pack_keys",
    "delay_key_write",
    "not",
    "secondary_load",
    "depends",
    "upgrade",
    "monitoring",
    "nologging",
    "logging",
    "type",
    "tablespace",
    "union",
    "compression",
    "encryption",
    "storage",
];

fn is_verb(cursor: &Cursor<'_>) -> bool {
    cursor.is_any(VERBS)
}

/// What an action is about that nothing is made of.
fn kind(cursor: &Cursor<'_>) -> &'static Skipped {
    let has =
        |words: &[&str]| (1..4).any(|ahead| words.iter().any(|word| cursor.is_at(ahead, word)));
    if cursor.is("owner") {
        &skipped::GRANT
    } else if cursor.is("inherit") || cursor.are(&["no", "inherit"]) {
        &skipped::INHERIT
    } else if has(&["row"]) && cursor.is_any(&["enable", "disable", "force", "no"]) {
        &skipped::POLICY
    } else if has(&["trigger", "rule"]) {
        &skipped::TRIGGER
    } else if has(&["constraint"]) {
        &skipped::CONSTRAINT
    } else {
        &skipped::STORAGE
    }
}

fn action(
    cursor: &mut Cursor<'_>,
    actions: &mut Vec<AlterAction>,
    notes: &mut Vec<Diagnostic>,
) -> Parse<()> {
    if cursor.eat("add") {
        return add(cursor, actions, notes);
    }
    let action = if cursor.eat("drop") {
        drop(cursor)?
    } else if cursor.eat("alter") {
        alter(cursor)?
    } else if cursor.eat("modify") {
        cursor.eat("column");
        cursor.eat_if_exists();
        let column = column(cursor, notes)?;
        AlterAction::ReplaceColumn { old: column.name.clone(), column: Box::new(column) }
    } else if cursor.eat("change") {
        cursor.eat("column");
        cursor.eat_if_exists();
        let old = cursor.name()?;
        AlterAction::ReplaceColumn { old, column: Box::new(column(cursor, notes)?) }
    } else if cursor.eat("rename") {
        rename(cursor)?
    } else if cursor.eat_all(&["set", "schema"]) {
        AlterAction::SetSchema(cursor.name()?)
    } else if cursor.eat_all(&["attach", "partition"]) {
        let child = cursor.path()?;
        AlterAction::AttachPartition { child, bounds: cursor.rest() }
    } else if cursor.eat_all(&["detach", "partition"]) {
        AlterAction::DetachPartition(cursor.path()?)
    } else if cursor.dialect == Dialect::MySql
        && let Some(options) = options(cursor)
    {
        options
    } else if cursor.eat_all(&["validate", "constraint"]) {
        AlterAction::Validate(cursor.name()?)
    } else if is_verb(cursor) {
        AlterAction::Skipped(kind(cursor))
    } else {
        return cursor.wanted("`ADD`, `DROP`, `ALTER`, `RENAME` or another action");
    };
    actions.push(action);
    Ok(())
}

fn add(
    cursor: &mut Cursor<'_>,
    actions: &mut Vec<AlterAction>,
    notes: &mut Vec<Diagnostic>,
) -> Parse<()> {
    // MariaDB's `ADD INDEX IF NOT EXISTS`: reading goes on as if these words were not there.
    let is_thing = cursor.is_any(&[
        "index",
        "key",
        "unique",
        "constraint",
        "foreign",
        "fulltext",
        "spatial",
        "primary",
    ]);
    let exists = (1..4).find(|it| {
        cursor.is_at(*it, "if") && cursor.is_at(it + 1, "not") && cursor.is_at(it + 2, "exists")
    });
    if let Some(exists) = exists.filter(|_| is_thing) {
        let (before, after) = cursor.tokens[cursor.at..].split_at(exists);
        let tokens: Vec<_> = before.iter().chain(&after[3..]).copied().collect();
        let mut stripped = Cursor { tokens: &tokens, at: 0, ..cursor.clone() };
        return add(&mut stripped, actions, notes);
    }
    if cursor.is("constraint") && cursor.is_name_at(1) && cursor.is_at(2, "default") {
        // SQL Server's `CONSTRAINT name DEFAULT (value) FOR column`.
        let end = cursor.tokens.len() - 2;
        let mut value = cursor.part(cursor.at + 3, end.max(cursor.at + 3));
        cursor.at = end;
        if value.is_done() || !cursor.eat("for") {
            return cursor.wanted("`FOR` and a column");
        }
        let default = Some(expr::default(&mut value));
        actions.push(AlterAction::SetDefault { column: cursor.name()?, default });
        return Ok(());
    }
    let is_column = cursor.is("column") && cursor.peek_at(1).is_some() && !is_type_at(cursor, 1);
    if is_column {
        cursor.advance();
    } else if cursor.is("partition") && cursor.dialect == Dialect::MySql {
        actions.push(AlterAction::Skipped(&skipped::STORAGE));
        return Ok(());
    } else if let Some(constraint) = constraint::table_constraint(cursor)? {
        // What other databases add says how to do it (`ONLINE`, `ENABLE`), not what.
        if !cursor.is_done() && cursor.foreign.is_none() {
            notes.push(cursor.unknown_clause("the end of the constraint was wanted"));
        }
        actions.push(AlterAction::AddConstraint(constraint));
        return Ok(());
    }
    let is_if_not_exists = cursor.eat_if_not_exists();
    if let Some(mut inside) = cursor.parens() {
        while !inside.is_done() {
            let mut element = inside.element();
            if let Some(constraint) = constraint::table_constraint(&mut element)? {
                actions.push(AlterAction::AddConstraint(constraint));
            } else {
                let column = Box::new(column(&mut element, notes)?);
                actions.push(AlterAction::AddColumn { column, is_if_not_exists });
            }
        }
        return Ok(());
    }
    let column = Box::new(column(cursor, notes)?);
    actions.push(AlterAction::AddColumn { column, is_if_not_exists });
    Ok(())
}

/// Whether a word `ahead` is the type of a column that is itself called `column`.
fn is_type_at(cursor: &Cursor<'_>, ahead: usize) -> bool {
    ["int", "integer", "text", "varchar", "bigint", "boolean"]
        .iter()
        .any(|it| cursor.is_at(ahead, it))
        && matches!(cursor.kind_at(ahead + 1), None | Some(TokenKind::Punct(_)))
}

fn drop(cursor: &mut Cursor<'_>) -> Parse<AlterAction> {
    if cursor.eat_all(&["primary", "key"]) {
        return Ok(AlterAction::DropPrimaryKey);
    }
    if cursor.eat("constraint") || cursor.eat("check") {
        let is_if_exists = cursor.eat_if_exists();
        return Ok(AlterAction::DropConstraint { name: cursor.name()?, is_if_exists });
    }
    if cursor.eat_all(&["foreign", "key"]) {
        let is_if_exists = cursor.eat_if_exists();
        return Ok(AlterAction::DropForeignKey { name: cursor.name()?, is_if_exists });
    }
    if cursor.is_any(&["index", "key"]) && (cursor.is_name_at(1)) {
        cursor.advance();
        let is_if_exists = cursor.eat_if_exists();
        return Ok(AlterAction::DropIndex { name: cursor.name()?, is_if_exists });
    }
    if cursor.is("partition") && cursor.peek_at(1).is_some() {
        return Ok(AlterAction::Skipped(&skipped::STORAGE));
    }
    if cursor.is("column") && cursor.peek_at(1).is_some() {
        cursor.advance();
    }
    let is_if_exists = cursor.eat_if_exists();
    Ok(AlterAction::DropColumn { name: cursor.name()?, is_if_exists })
}

fn alter(cursor: &mut Cursor<'_>) -> Parse<AlterAction> {
    if cursor.is_any(&["index", "check", "constraint"]) && cursor.is_name_at(1) {
        return Ok(AlterAction::Skipped(&skipped::CONSTRAINT));
    }
    if cursor.is("column") && cursor.is_name_at(1) {
        cursor.advance();
    }
    let column = cursor.name()?;
    if cursor.eat_all(&["set", "data", "type"]) || cursor.eat("type") {
        return Ok(AlterAction::SetType { column, ty: type_name(cursor) });
    }
    if cursor.eat_all(&["set", "default"]) {
        let default = Some(expr::default(cursor));
        return Ok(AlterAction::SetDefault { column, default });
    }
    if cursor.eat_all(&["drop", "default"]) {
        return Ok(AlterAction::SetDefault { column, default: None });
    }
    if cursor.eat_all(&["set", "not", "null"]) {
        return Ok(AlterAction::SetNotNull { column, not_null: true });
    }
    if cursor.eat_all(&["drop", "not", "null"]) {
        return Ok(AlterAction::SetNotNull { column, not_null: false });
    }
    if cursor.eat_all(&["drop", "identity"]) {
        return Ok(AlterAction::SetIdentity { column, identity: None, options: None });
    }
    if cursor.eat_all(&["drop", "expression"]) {
        return Ok(AlterAction::SetGenerated { column });
    }
    if cursor.eat("add") || cursor.is_at(1, "generated") {
        return identity(cursor, column);
    }
    for (word, key) in [("storage", option::PG_STORAGE), ("compression", option::PG_COMPRESSION)] {
        if cursor.eat_all(&["set", word]) {
            let option = constraint::extra(key, cursor.rest().to_ascii_lowercase());
            return Ok(AlterAction::SetOption { column, option });
        }
    }
    if cursor.is_any(&["set", "reset"]) {
        return Ok(AlterAction::Skipped(&skipped::STORAGE));
    }
    // SQL Server's `ALTER COLUMN name type [NOT NULL]`.
    let ty = type_name(cursor);
    if ty.text.is_empty() {
        return cursor.wanted("`TYPE`, `SET` or `DROP`");
    }
    Ok(AlterAction::SetType { column, ty })
}

/// `ADD GENERATED ... AS IDENTITY (...)`, with `ADD` passed; or `SET GENERATED ...`.
fn identity(cursor: &mut Cursor<'_>, column: Name) -> Parse<AlterAction> {
    cursor.eat("set");
    if !cursor.eat("generated") {
        return cursor.wanted("`GENERATED`");
    }
    let identity = if cursor.eat("always") {
        Identity::Always
    } else {
        cursor.eat_all(&["by", "default"]);
        Identity::ByDefault
    };
    cursor.eat_all(&["as", "identity"]);
    let start = cursor.at;
    let options = sequence::options(cursor).then(|| cursor.written(start, cursor.at));
    Ok(AlterAction::SetIdentity { column, identity: Some(identity), options })
}

fn rename(cursor: &mut Cursor<'_>) -> Parse<AlterAction> {
    if cursor.eat("constraint") {
        let (old, new) = old_and_new(cursor)?;
        return Ok(AlterAction::RenameConstraint { old, new });
    }
    if cursor.is_any(&["index", "key"]) && cursor.is_at(2, "to") {
        cursor.advance();
        let (old, new) = old_and_new(cursor)?;
        return Ok(AlterAction::RenameIndex { old, new });
    }
    if cursor.is_any(&["to", "as"]) && cursor.is_name_at(1) && !cursor.is_at(1, "to") {
        cursor.advance();
        return Ok(AlterAction::RenameTo(cursor.path()?));
    }
    if cursor.is("column") && !cursor.is_at(1, "to") {
        cursor.advance();
    }
    if !cursor.is_at(1, "to") {
        // MySQL lets `TO` be left out when a table is renamed.
        return Ok(AlterAction::RenameTo(cursor.path()?));
    }
    let (old, new) = old_and_new(cursor)?;
    Ok(AlterAction::RenameColumn { old, new })
}

fn old_and_new(cursor: &mut Cursor<'_>) -> Parse<(Name, Name)> {
    let old = cursor.name()?;
    if !cursor.eat("to") {
        return cursor.wanted("`TO` and the new name");
    }
    Ok((old, cursor.name()?))
}

/// MySQL's options of the table itself.
fn options(cursor: &mut Cursor<'_>) -> Option<AlterAction> {
    const NONE: &[&str] = &["algorithm", "lock"];
    if cursor.is_any(NONE) || cursor.eat_all(&["convert", "to"]) {
        return Some(AlterAction::Skipped(&skipped::STORAGE));
    }
    let mut comment = None;
    let mut options = Vec::new();
    let start = cursor.at;
    while let Some((text, option)) = table_options::mysql_pair(cursor) {
        comment = text.or(comment);
        options.extend(option);
    }
    (cursor.at > start).then_some(AlterAction::SetOptions { comment, options })
}
