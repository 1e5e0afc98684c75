//! Foreign keys, in their table or added later.

use crowfoot_schema::{Deferrable, Ref, ReferentialAction, Table};

use super::{
    Printer, has_option, option,
    plan::{KeyPlan, Plan, TablePlan},
};
use crate::{Dialect, option as options};

impl<'a> Printer<'a> {
    /// The constraint, without what leads to it.
    pub(crate) fn foreign_key(
        &mut self,
        plan: &Plan<'a>,
        owner: &TablePlan<'a>,
        key: &KeyPlan<'a>,
    ) {
        if let Some(name) = &key.name {
            self.put("CONSTRAINT ");
            self.name(name);
            self.put(" ");
        }
        self.foreign_key_body(plan, owner, key);
    }

    /// The constraint without its name.
    pub(crate) fn foreign_key_body(
        &mut self,
        plan: &Plan<'a>,
        owner: &TablePlan<'a>,
        key: &KeyPlan<'a>,
    ) {
        let target = &plan.tables[key.target];
        self.put("FOREIGN KEY (");
        for (at, (from, _)) in key.pairs.iter().enumerate() {
            if at > 0 {
                self.put(", ");
            }
            self.column_name(owner.table, *from);
        }
        self.put(") REFERENCES ");
        self.put(&target.name);
        self.put(" (");
        for (at, (_, to)) in key.pairs.iter().enumerate() {
            if at > 0 {
                self.put(", ");
            }
            self.column_name(target.table, *to);
        }
        self.put(")");
        let match_word = option(&key.reference.options, options::MATCH);
        if let Some(word) = match_word.filter(|_| self.rules.has_match) {
            self.put(" MATCH ");
            self.put(&word.to_ascii_uppercase());
        }
        if let Some(action) = key.on_delete {
            self.put(" ON DELETE ");
            self.put(action_words(action));
            if let Some(columns) = self.delete_columns(owner.table, key.reference) {
                self.put(" (");
                self.put(columns);
                self.put(")");
            }
        }
        if let Some(action) = key.on_update {
            self.put(" ON UPDATE ");
            self.put(action_words(action));
        }
        if self.rules.has_deferrable {
            match key.reference.deferrable {
                None => {}
                Some(Deferrable::InitiallyImmediate) => self.put(" DEFERRABLE"),
                Some(Deferrable::InitiallyDeferred) => self.put(" DEFERRABLE INITIALLY DEFERRED"),
            }
        }
    }

    /// The columns that a delete sets, where they are not all and the target can say so.
    pub(super) fn delete_columns(&self, owner: &Table, reference: &'a Ref) -> Option<&'a str> {
        let columns = partly_set(reference)?;
        if self.target != Dialect::PostgreSql || !self.is_own() {
            return None;
        }
        let (_, _, pairs) = reference.foreign_key()?;
        let names: Vec<String> = pairs
            .iter()
            .filter_map(|(from, _)| owner.column(*from))
            .map(|it| self.rules.name_of(&it.name))
            .collect();
        columns.split(", ").all(|it| names.iter().any(|name| name == it)).then_some(columns)
    }

    /// The foreign keys that had to wait until all tables stood.
    pub(crate) fn late_foreign_keys(&mut self, plan: &Plan<'a>, owner: &TablePlan<'a>) {
        for key in &owner.keys {
            if !self.is_added_later(key) {
                continue;
            }
            self.gap();
            self.put("ALTER TABLE ");
            self.put(&owner.name);
            self.put("\n    ADD ");
            self.foreign_key(plan, owner, key);
            if self.is_unchecked(key) {
                self.put(" NOT VALID");
            }
            self.put(";\n");
        }
    }

    /// Whether the foreign key is not part of CREATE TABLE.
    pub(crate) fn is_added_later(&self, key: &KeyPlan<'_>) -> bool {
        key.is_late || self.is_unchecked(key)
    }

    /// Whether PostgreSQL is told not to look at the rows that are there.
    pub(crate) fn is_unchecked(&self, key: &KeyPlan<'_>) -> bool {
        self.target == Dialect::PostgreSql
            && has_option(&key.reference.options, options::PG_NOT_VALID)
    }
}

/// The columns of a foreign key that a delete is said to set; none where all are meant.
pub(super) fn partly_set(reference: &Ref) -> Option<&str> {
    let is_set = matches!(
        reference.on_delete,
        Some(ReferentialAction::SetNull | ReferentialAction::SetDefault)
    );
    option(&reference.options, options::PG_DELETE_COLUMNS).filter(|_| is_set)
}

fn action_words(action: ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "NO ACTION",
        ReferentialAction::Restrict => "RESTRICT",
        ReferentialAction::Cascade => "CASCADE",
        ReferentialAction::SetNull => "SET NULL",
        ReferentialAction::SetDefault => "SET DEFAULT",
    }
}
