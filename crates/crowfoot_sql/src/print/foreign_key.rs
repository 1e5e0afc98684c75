//! Foreign keys, in their table or added later.

use crowfoot_schema::{Deferrable, ReferentialAction};

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

fn action_words(action: ReferentialAction) -> &'static str {
    match action {
        ReferentialAction::NoAction => "NO ACTION",
        ReferentialAction::Restrict => "RESTRICT",
        ReferentialAction::Cascade => "CASCADE",
        ReferentialAction::SetNull => "SET NULL",
        ReferentialAction::SetDefault => "SET DEFAULT",
    }
}
