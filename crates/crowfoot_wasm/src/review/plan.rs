//! Accepting, dismissing and taking back suggestions.

use crowfoot_schema::{Change, ChangeSet, ColumnPairs, Dismissal};

use super::Key;
use crate::{
    Editor,
    outcome::Fault,
    words::{column_names, count, ref_label, table_label},
};

impl Editor {
    /// Makes refs of those suggestions. What was declared or deleted meanwhile is left out.
    pub(crate) fn plan_accept(&mut self, keys: &[String]) -> Result<ChangeSet, Fault> {
        let mut refs = Vec::new();
        for key in self.known_keys(keys)? {
            let is_there = self.shown.refs_of(key.from).any(|it| key.is_of(it));
            if !is_there {
                refs.extend(self.meant(key));
            }
        }
        let description = match refs.as_slice() {
            [one] => format!("add ref {}", ref_label(&self.shown, one)),
            many => format!("add {}", count(many.len(), "suggested ref")),
        };
        let create = |it| Change::CreateRef { reference: Box::new(it) };
        Ok(ChangeSet::new(description, refs.into_iter().map(create).collect()))
    }

    /// Has those suggestions not made again.
    pub(crate) fn plan_dismiss(&mut self, keys: &[String]) -> Result<ChangeSet, Fault> {
        let mut changes = Vec::new();
        let keys = self.known_keys(keys)?;
        for Key { from, to, pairs } in &keys {
            let is_there = self.shown.dismissals().any(|it| it.is_of(*from, *to, pairs));
            if is_there {
                continue;
            }
            let Ok(columns) = ColumnPairs::new(pairs.clone()) else { continue };
            let dismissal = Dismissal { id: self.mint.id(), from: *from, to: *to, columns };
            changes.push(Change::DismissSuggestion { dismissal });
        }
        Ok(ChangeSet::new(self.about("dismiss", &keys), changes))
    }

    /// Lets those suggestions be made again.
    pub(crate) fn plan_restore(&mut self, keys: &[String]) -> Result<ChangeSet, Fault> {
        let keys = self.known_keys(keys)?;
        let is_meant =
            |it: &Dismissal| keys.iter().any(|key| it.is_of(key.from, key.to, &key.pairs));
        let meant = self.shown.dismissals().filter(|it| is_meant(it));
        let changes = meant.map(|it| Change::RestoreSuggestion { id: it.id }).collect();
        Ok(ChangeSet::new(self.about("take back", &keys), changes))
    }

    /// The keys whose columns are there.
    fn known_keys(&self, keys: &[String]) -> Result<Vec<Key>, Fault> {
        let known: Vec<Key> = keys
            .iter()
            .filter_map(|it| Key::parse(it))
            .filter(|it| it.resolves(&self.shown))
            .collect();
        if known.is_empty() && !keys.is_empty() {
            let message = "what was suggested is no longer there";
            return Err(Fault::new("wasm/unknown-suggestion", message));
        }
        Ok(known)
    }

    fn about(&self, verb: &str, keys: &[Key]) -> String {
        match keys {
            [Key { from, pairs, .. }] => {
                let columns: Vec<_> = pairs.iter().map(|it| it.0).collect();
                let label = self.shown.table(*from).map_or_else(String::new, |table| {
                    let names = column_names(table, &columns).join(", ");
                    format!("{}.{names}", table_label(table))
                });
                match verb {
                    "dismiss" => format!("dismiss the suggestion for {label}"),
                    _ => format!("{verb} the dismissed suggestion for {label}"),
                }
            }
            many if verb == "dismiss" => format!("dismiss {}", count(many.len(), "suggestion")),
            many => format!("{verb} {}", count(many.len(), "dismissed suggestion")),
        }
    }
}
