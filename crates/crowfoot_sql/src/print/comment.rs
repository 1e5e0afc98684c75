//! Notes as COMMENT ON statements.

use crowfoot_schema::{EntityId, Table};

use super::{
    Printer,
    plan::{Plan, TablePlan},
};

/// How many characters a comment may have in MySQL.
pub(crate) const MYSQL_TABLE_COMMENT: usize = 2048;
/// Likewise for columns and indexes.
pub(crate) const MYSQL_COMMENT: usize = 1024;

impl<'a> Printer<'a> {
    /// Writes a note as a MySQL comment, cut where it would be refused.
    pub(crate) fn mysql_comment(&mut self, entity: EntityId, note: &str, most: usize) {
        let Some((end, _)) = note.char_indices().nth(most) else {
            self.rules.push_text(&mut self.out, note);
            return;
        };
        self.rules.push_text(&mut self.out, &note[..end]);
        let start: String = note.chars().take(24).collect();
        let message = format!("the note `{start} ...` is cut: MySQL keeps {most} characters");
        self.notice("sql/note-cut", entity, message);
    }

    /// All notes that PostgreSQL can keep, behind everything else.
    pub(crate) fn comments(&mut self, plan: &Plan<'a>) {
        let mut is_first = true;
        for item in self.diagram.enums() {
            if let Some(note) = &item.note {
                let name = self.enum_name(item);
                self.comment(&mut is_first, "TYPE", &name, note);
            }
        }
        for &at in &plan.order {
            self.table_comments(&mut is_first, &plan.tables[at]);
        }
    }

    fn table_comments(&mut self, is_first: &mut bool, plan: &TablePlan<'a>) {
        let table = plan.table;
        if let Some(note) = &table.note {
            self.comment(is_first, "TABLE", &plan.name, note);
        }
        for column in &table.columns {
            if let Some(note) = &column.note {
                let name = self.rules.name_of(&self.fit(&column.name));
                self.comment(is_first, "COLUMN", &format!("{}.{name}", plan.name), note);
            }
        }
        for (index, name) in table.indexes.iter().zip(&plan.index_names) {
            if let (Some(note), Some(name)) = (&index.note, name) {
                let name = self.qualified(table, name);
                self.comment(is_first, "INDEX", &name, note);
            }
        }
        for key in &plan.keys {
            if let (Some(note), Some(name)) = (&key.reference.note, &key.name) {
                let name = format!("{} ON {}", self.rules.name_of(&self.fit(name)), plan.name);
                self.comment(is_first, "CONSTRAINT", &name, note);
            }
        }
    }

    /// A name in the schema of the table.
    fn qualified(&self, table: &Table, name: &str) -> String {
        let name = self.rules.name_of(name);
        match &table.schema {
            Some(schema) => format!("{}.{name}", self.rules.name_of(&self.fit(schema))),
            None => name,
        }
    }

    fn comment(&mut self, is_first: &mut bool, what: &str, name: &str, note: &str) {
        if std::mem::take(is_first) {
            self.gap();
        }
        self.put("COMMENT ON ");
        self.put(what);
        self.put(" ");
        self.put(name);
        self.put(" IS ");
        self.rules.push_text(&mut self.out, note);
        self.put(";\n");
    }
}
