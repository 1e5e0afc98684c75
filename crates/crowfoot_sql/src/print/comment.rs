//! Notes as COMMENT ON statements.

use crowfoot_schema::Table;

use super::{
    Printer,
    plan::{Plan, TablePlan},
};

impl<'a> Printer<'a> {
    /// All notes that PostgreSQL can keep, behind everything else.
    pub(super) fn comments(&mut self, plan: &Plan<'a>) {
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
