//! Properties of changes: whatever is done to whatever diagram, these hold.

#![expect(clippy::unwrap_used, reason = "all of it is tests")]

mod drafts;
mod generator;
mod invariants;

use std::collections::{BTreeMap, BTreeSet};

use crowfoot_schema::{
    Change, ChangeSet, Diagram, Document, EntityId, IdMint, Verb, diff, outline,
};
use generator::Dice;
use proptest::{prelude::*, strategy::ValueTree as _};

fn rolls() -> impl Strategy<Value = Vec<u16>> {
    proptest::collection::vec(any::<u16>(), 0..400)
}

fn json<T: serde::Serialize + serde::de::DeserializeOwned>(value: &T) -> T {
    serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap()
}

/// Applies what must be accepted.
fn applied(diagram: &Diagram, changes: &ChangeSet) -> Diagram {
    let mut diagram = diagram.clone();
    diagram.apply(changes).unwrap_or_else(|it| panic!("{it}: {changes:#?}"));
    diagram
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_and_its_inverse_leave_no_trace(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let mut diagram = generator::diagram(&mut dice, &mut mint);
        invariants::check(&diagram);
        while !dice.is_empty() {
            let changes = generator::change_set(&mut dice, &diagram, &mut mint);
            let before = diagram.clone();
            let done = diagram.apply(&changes).unwrap();
            invariants::check(&diagram);

            let again = applied(&before, &json(&done.effective));
            prop_assert_eq!(&again, &diagram);
            let back = applied(&diagram, &json(&done.inverse));
            prop_assert_eq!(&back, &before);
            invariants::check(&back);
        }
    }

    #[test]
    fn what_is_refused_leaves_no_trace(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let mut diagram = generator::diagram(&mut dice, &mut mint);
        while !dice.is_empty() {
            let before = diagram.clone();
            let changes = generator::wild_change_set(&mut dice, &diagram, &mut mint);
            match diagram.apply(&changes) {
                Ok(_) => {}
                Err(rejected) => {
                    prop_assert!(!rejected.reasons.is_empty());
                    prop_assert_eq!(&diagram, &before);
                }
            }
            invariants::check(&diagram);
        }
    }

    #[test]
    fn a_difference_applied_to_the_old_gives_the_new(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let old = generator::diagram(&mut dice, &mut mint);
        let mut new = old.clone();
        while !dice.is_empty() {
            let changes = generator::change_set(&mut dice, &new, &mut mint);
            new = applied(&new, &changes);
        }
        prop_assert_eq!(&applied(&old, &diff(&old, &new)), &new);
        prop_assert_eq!(&applied(&new, &diff(&new, &old)), &old);
        prop_assert_eq!(&applied(&Diagram::new(), &diff(&Diagram::new(), &new)), &new);
        prop_assert_eq!(&applied(&new, &diff(&new, &Diagram::new())), &Diagram::new());
        prop_assert!(diff(&new, &new.clone()).is_empty());
    }

    #[test]
    fn a_difference_is_no_longer_than_what_was_done(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let old = generator::diagram(&mut dice, &mut mint);
        let changes = generator::change_set(&mut dice, &old, &mut mint);
        let mut new = old.clone();
        let done = new.apply(&changes).unwrap();
        let found = diff(&old, &new);
        prop_assert!(
            found.changes.len() <= done.effective.changes.len(),
            "{:#?}\nis longer than\n{:#?}", found.changes, done.effective.changes
        );
    }

    #[test]
    fn documents_give_the_diagram_back(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let diagram = generator::diagram(&mut dice, &mut mint);
        let document = Document::from(&diagram);
        let back = Document::from_json(&document.to_json()).unwrap();
        prop_assert_eq!(&back, &document);
        let back = back.into_diagram().unwrap();
        invariants::check(&back);
        prop_assert_eq!(outline(&back), outline(&diagram));
        prop_assert_eq!(back, diagram);
    }

    #[test]
    fn disjoint_change_sets_commute(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let base = generator::diagram(&mut dice, &mut mint);
        let a = generator::change_set(&mut dice, &base, &mut mint);
        let b = generator::change_set(&mut dice, &base, &mut mint);
        let (mut after_a, mut after_b) = (base.clone(), base);
        let a = after_a.apply(&a).unwrap().effective;
        let b = after_b.apply(&b).unwrap().effective;
        if !touched(&a).is_disjoint(&touched(&b)) {
            return Ok(());
        }

        let b_on_a = after_a.rebase(&b, std::slice::from_ref(&a)).unwrap();
        let a_on_b = after_b.rebase(&a, std::slice::from_ref(&b)).unwrap();
        prop_assert_eq!(&b_on_a, &b);
        prop_assert_eq!(&a_on_b, &a);
        // Names may clash, but then both ways.
        let accepted = (after_a.apply(&b_on_a).is_ok(), after_b.apply(&a_on_b).is_ok());
        prop_assert_eq!(accepted.0, accepted.1);
        if accepted.0 {
            prop_assert_eq!(after_a, after_b);
        }
    }

    #[test]
    fn a_rebase_loses_nobodys_work(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let base = generator::diagram(&mut dice, &mut mint);
        let theirs = generator::change_set(&mut dice, &base, &mut mint);
        let mine = generator::change_set(&mut dice, &base, &mut mint);
        let mut now = base.clone();
        let theirs = now.apply(&theirs).unwrap().effective;
        let Ok(rebased) = now.rebase(&mine, std::slice::from_ref(&theirs)) else { return Ok(()) };
        let mut merged = now.clone();
        if merged.apply(&rebased).is_err() {
            return Ok(());
        }
        invariants::check(&merged);
        let work = work(&diff(&base, &now));
        for change in &diff(&now, &merged).changes {
            let Some(fields) = work.get(&change.entity()) else { continue };
            prop_assert!(change.verb() != Verb::Delete, "{:#?} deletes their work", change);
            let again: BTreeSet<String> = patched(change).collect();
            let lost: Vec<&String> = fields.intersection(&again).collect();
            prop_assert!(lost.is_empty(), "{:#?} overwrites {:?}", change, lost);
        }
    }
}

/// What somebody created or updated, with the fields that were set; places apart, and what a delete
/// does to others by itself.
fn work(changes: &ChangeSet) -> BTreeMap<EntityId, BTreeSet<String>> {
    let mut work: BTreeMap<EntityId, BTreeSet<String>> = BTreeMap::new();
    for change in &changes.changes {
        let fields: BTreeSet<String> = patched(change).collect();
        if change.verb() == Verb::Create || !fields.is_empty() {
            work.entry(change.entity()).or_default().extend(fields);
        }
    }
    work
}

fn patched(change: &Change) -> impl Iterator<Item = String> {
    let json = serde_json::to_value(change).unwrap();
    let patch = json.get("patch").and_then(|it| it.as_object()).cloned().unwrap_or_default();
    patch.into_iter().map(|(field, _)| field).filter(|it| it != "position")
}

/// Every entity that a change-set does something to, to whose lists it does, or that it names.
fn touched(changes: &ChangeSet) -> BTreeSet<String> {
    fn ids(value: &serde_json::Value, into: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::String(text) if text.len() == 36 => {
                into.insert(text.clone());
            }
            serde_json::Value::Array(list) => list.iter().for_each(|it| ids(it, into)),
            serde_json::Value::Object(map) => map.values().for_each(|it| ids(it, into)),
            _ => {}
        }
    }
    let mut found = BTreeSet::new();
    for change in &changes.changes {
        if change.entity() == EntityId::Settings {
            found.insert("settings".to_owned());
        }
        ids(&serde_json::to_value(change).unwrap(), &mut found);
    }
    found
}

#[test]
fn every_kind_of_change_is_generated() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut kinds = BTreeSet::new();
    for _ in 0..600 {
        let rolls = rolls().new_tree(&mut runner).unwrap().current();
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let mut diagram = generator::diagram(&mut dice, &mut mint);
        while !dice.is_empty() {
            let changes = generator::change_set(&mut dice, &diagram, &mut mint);
            diagram = applied(&diagram, &changes);
            for change in &changes.changes {
                let json = serde_json::to_value(change).unwrap();
                kinds.insert(json["op"].as_str().unwrap().to_owned());
            }
        }
    }
    assert_eq!(kinds.len(), 41, "{kinds:?}");
}
