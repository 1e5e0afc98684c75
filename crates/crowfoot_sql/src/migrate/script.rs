//! A script on its way: statements, and clauses of ALTER TABLE that stand together.

use std::borrow::Cow;

use crowfoot_schema::{EntityId, Notice, Printed};

use crate::{Dialect, dialect::rules};

/// The text of a script.
#[derive(Debug, Default)]
pub(super) struct Script {
    out: String,
}

impl Script {
    /// Adds a statement, without its semicolon, apart from what stands before it.
    pub(super) fn statement(&mut self, text: &str) {
        self.gap();
        self.out.push_str(text);
        self.out.push_str(";\n");
    }

    /// Adds a statement right under the one before.
    pub(super) fn next(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push_str(";\n");
    }

    /// Adds what is a statement, or several, already.
    pub(super) fn printed(&mut self, text: &str) {
        let text = text.trim_matches('\n');
        if !text.is_empty() {
            self.gap();
            self.out.push_str(text);
            self.out.push('\n');
        }
    }

    /// Adds a line for people.
    pub(super) fn remark(&mut self, text: &str) {
        self.gap();
        self.out.push_str("-- ");
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// Adds the ALTER TABLE statements that those clauses make.
    pub(super) fn alter(&mut self, clauses: Clauses) {
        for (table, clauses) in clauses.tables {
            let body = clauses.join(",\n    ");
            self.statement(&format!("ALTER TABLE {table}\n    {body}"));
        }
    }

    /// Adds statements that stand together.
    pub(super) fn group(&mut self, statements: Vec<String>) {
        for (at, statement) in statements.iter().enumerate() {
            match at {
                0 => self.statement(statement),
                _ => self.next(statement),
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.out.is_empty()
    }

    pub(super) fn into_text(self) -> String {
        self.out
    }

    fn gap(&mut self) {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
    }
}

/// Clauses of ALTER TABLE, each table's in one statement, in the order of their first.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    tables: Vec<(String, Vec<String>)>,
}

impl Clauses {
    pub(super) fn add(&mut self, table: &str, clause: String) {
        match self.tables.iter_mut().find(|it| it.0 == table) {
            Some((_, clauses)) => clauses.push(clause),
            None => self.tables.push((table.to_owned(), vec![clause])),
        }
    }
}

/// The script with its notices; none is for changes that the database does not see, and says so.
pub(super) fn printed(dialect: Dialect, script: Option<String>, notices: Vec<Notice>) -> Printed {
    if let Some(text) = script {
        return Printed { text, notices };
    }
    let name = rules(dialect).name;
    let nothing = Notice {
        code: Cow::Borrowed("sql/no-change"),
        entity: EntityId::Settings,
        message: format!("nothing changes in {name}"),
    };
    let notices = std::iter::once(nothing).chain(notices).collect();
    Printed { text: format!("-- Nothing changes in {name}.\n"), notices }
}
