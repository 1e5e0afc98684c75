//! Properties of drafts: whatever is edited, taken back, saved and done by others meanwhile, the
//! diagram becomes what was meant or stays what it was.

use std::collections::BTreeSet;

use crowfoot_schema::{
    By, Change, ChangeSet, Choice, ColumnPatch, Diagram, Draft, EntityId, IdMint, RefSketch,
    RowState, TableId, TablePatch, Verb, diff,
};
use proptest::prelude::*;

use crate::{applied, generator, generator::Dice, invariants, json, patched, rolls, work};

/// A diagram, and a draft of one of its tables.
fn opened(dice: &mut Dice<'_>, mint: &mut IdMint) -> Option<(Diagram, Draft)> {
    let diagram = generator::diagram(dice, mint);
    let ids: Vec<TableId> = diagram.tables().map(|it| it.id).collect();
    let id = dice.pick(&ids)?;
    let draft = Draft::open(&diagram, id)?;
    Some((diagram, draft))
}

/// One step of somebody who edits.
fn edit(dice: &mut Dice<'_>, draft: &mut Draft, mint: &mut IdMint) {
    let preview = draft.preview();
    let table = draft.table().clone();
    match dice.roll(12) {
        0..6 => {
            let tables: Vec<_> = preview.tables().collect();
            let change = match dice.roll(8) {
                0 => generator::table_change(dice, &preview, mint, &[&table]),
                1..4 => generator::column_change(dice, &preview, mint, &table),
                4 => generator::index_change(dice, &preview, mint, &table),
                5 => generator::check_change(dice, &preview, mint, &table),
                _ => generator::ref_change(dice, &preview, mint, &tables),
            };
            if let Some(change) = change {
                write(draft, change);
            }
        }
        6 => {
            let columns: Vec<_> = table.columns.iter().map(|it| it.id).collect();
            let (is, fresh) = (dice.chance(2), mint.id());
            let Some(id) = dice.pick(&columns) else { return };
            let is_key = dice.chance(2);
            draft.edit(None, |pen| match is_key {
                true => pen.set_primary_of(id, is),
                false => pen.set_unique(id, is, fresh),
            });
        }
        7 => {
            let columns: Vec<_> = table.columns.iter().map(|it| it.id).collect();
            let Some(id) = dice.pick(&columns) else { return };
            let name = Some(["", "users", "c0", "c1"][dice.roll(4)].into());
            let patch = ColumnPatch { name, ..ColumnPatch::default() };
            draft.edit(Some("name"), |pen| pen.set_column(id, patch));
        }
        8 => {
            let refs: Vec<RefSketch> = draft.refs().cloned().collect();
            let Some(mut sketch) = dice.pick(&refs) else { return };
            match dice.roll(4) {
                0 => sketch.ends.to = None,
                1 if !sketch.ends.pairs.is_empty() => sketch.ends.pairs[0].1 = None,
                2 => sketch.ends.pairs.extend(sketch.ends.pairs.first().copied()),
                _ => sketch.ends.pairs.clear(),
            }
            draft.edit(None, |pen| pen.put_ref(sketch));
        }
        9 => restore(dice, draft),
        10 => {
            draft.undo();
        }
        _ => {
            draft.redo();
        }
    }
}

/// Takes back what is removed.
fn restore(dice: &mut Dice<'_>, draft: &mut Draft) {
    let columns = draft.columns();
    let columns: Vec<_> =
        columns.iter().filter(|it| it.state == RowState::Removed).map(|it| it.item.id).collect();
    let indexes = draft.indexes();
    let indexes: Vec<_> =
        indexes.iter().filter(|it| it.state == RowState::Removed).map(|it| it.item.id).collect();
    let refs = draft.ref_rows();
    let refs: Vec<_> =
        refs.iter().filter(|it| it.state != RowState::Added).map(|it| it.item.id).collect();
    let (column, index, reference) = (dice.pick(&columns), dice.pick(&indexes), dice.pick(&refs));
    draft.edit(None, |pen| {
        if let Some(id) = column {
            pen.restore_column(id);
        } else if let Some(id) = index {
            pen.restore_index(id);
        } else if let Some(id) = reference {
            pen.restore_ref(id);
        }
    });
}

/// Does with the pen what a change does with a diagram.
fn write(draft: &mut Draft, change: Change) {
    let id = draft.id();
    let known = |it: crowfoot_schema::RefId| draft.reference(it).cloned();
    match change {
        Change::UpdateTable { patch, .. } => {
            let patch = TablePatch { position: None, records: None, ..patch };
            draft.edit(None, |pen| pen.set_table(patch));
        }
        Change::CreateColumn { column, after, .. } => {
            draft.edit(None, |pen| pen.add_column(column, after));
        }
        Change::UpdateColumn { id, patch, .. } => {
            draft.edit(None, |pen| pen.set_column(id, patch));
        }
        Change::MoveColumn { id, after, .. } => draft.edit(None, |pen| pen.move_column(id, after)),
        Change::DeleteColumn { id, .. } => draft.edit(None, |pen| pen.drop_column(id)),
        Change::CreateIndex { index, after, .. } => {
            draft.edit(None, |pen| pen.add_index(index, after));
        }
        Change::UpdateIndex { id, patch, .. } => draft.edit(None, |pen| pen.set_index(id, patch)),
        Change::MoveIndex { id, after, .. } => draft.edit(None, |pen| pen.move_index(id, after)),
        Change::DeleteIndex { id, .. } => draft.edit(None, |pen| pen.drop_index(id)),
        Change::CreateCheck { check, after, .. } => {
            draft.edit(None, |pen| pen.add_check(check, after));
        }
        Change::UpdateCheck { id, patch, .. } => draft.edit(None, |pen| pen.set_check(id, patch)),
        Change::MoveCheck { id, after, .. } => draft.edit(None, |pen| pen.move_check(id, after)),
        Change::DeleteCheck { id, .. } => draft.edit(None, |pen| pen.drop_check(id)),
        Change::DismissSuggestion { dismissal } if dismissal.touches(id) => {
            draft.edit(None, |pen| pen.dismiss(dismissal));
        }
        Change::RestoreSuggestion { id } => draft.edit(None, |pen| pen.restore_suggestion(id)),
        Change::CreateRef { reference } if [reference.from, reference.to].contains(&id) => {
            draft.edit(None, |pen| pen.put_ref(RefSketch::of(&reference)));
        }
        Change::UpdateRef { id, patch } => {
            if let Some(mut reference) = known(id).and_then(|it| it.complete()) {
                patch.apply(&mut reference);
                let sketch = RefSketch::of(&reference);
                let is_own = [reference.from, reference.to].contains(&draft.id());
                if is_own {
                    draft.edit(None, |pen| pen.put_ref(sketch));
                }
            }
        }
        Change::DeleteRef { id } => draft.edit(None, |pen| pen.drop_ref(id)),
        _ => {}
    }
}

fn can_save(draft: &Draft) -> bool {
    draft.conflicts().is_empty() && draft.problems().is_empty()
}

/// Decides all conflicts one way; false if the draft is over with it.
fn decide(draft: &mut Draft, choice: Choice) -> bool {
    for _ in 0..200 {
        let Some(first) = draft.conflicts().into_iter().next() else { return true };
        if !draft.resolve(&first, choice) {
            return false;
        }
    }
    panic!("conflicts without end: {:#?}", draft.conflicts());
}

fn undo_all(draft: &mut Draft) {
    while draft.undo() {}
}

/// Commits something of others, as the server does.
fn others(dice: &mut Dice<'_>, now: &mut Diagram, mint: &mut IdMint) -> ChangeSet {
    let theirs = generator::change_set(dice, now, mint);
    now.apply(&theirs).unwrap().effective
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_save_makes_what_was_pending_and_no_more(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let Some((base, mut draft)) = opened(&mut dice, &mut mint) else { return Ok(()) };
        while !dice.is_empty() {
            edit(&mut dice, &mut draft, &mut mint);
            let changes = draft.compile();
            prop_assert!(draft.is_dirty() || changes.is_empty());
            if !can_save(&draft) {
                continue;
            }
            let mut saved = base.clone();
            let done = saved.apply(&changes).unwrap();
            invariants::check(&saved);
            prop_assert_eq!(&saved, &draft.preview());
            prop_assert!(diff(&base, &saved).changes.len() >= changes.changes.len());
            prop_assert_eq!(&applied(&saved, &done.inverse), &base);
        }
        prop_assert_eq!(draft.base(), &base);
        undo_all(&mut draft);
        prop_assert!(!draft.is_dirty());
        prop_assert!(draft.compile().is_empty());
    }

    #[test]
    fn saves_and_edits_in_any_order_lead_where_they_should(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let Some((mut now, mut draft)) = opened(&mut dice, &mut mint) else { return Ok(()) };
        while !dice.is_empty() {
            for _ in 0..dice.roll(5) {
                edit(&mut dice, &mut draft, &mut mint);
            }
            if dice.chance(3) {
                others(&mut dice, &mut now, &mut mint);
                draft.rebase(&now, By::Others);
                prop_assert_eq!(draft.base(), &now);
                let choice = if dice.chance(2) { Choice::Mine } else { Choice::Theirs };
                if !decide(&mut draft, choice) {
                    prop_assert!(now.table(draft.id()).is_none());
                    return Ok(());
                }
                prop_assert!(draft.conflicts().is_empty());
            }
            if dice.chance(4) {
                let id = draft.id();
                let Some(again) = Draft::open(&now, id) else { return Ok(()) };
                prop_assert!(again.compile().is_empty());
                draft = again;
            }
            if dice.chance(2) && can_save(&draft) {
                let changes = draft.send();
                let meant = draft.preview();
                // What is edited while the change-set is on its way is a second save.
                let more = dice.chance(2);
                if more {
                    edit(&mut dice, &mut draft, &mut mint);
                }
                now = applied(&now, &changes);
                prop_assert_eq!(&now, &meant);
                draft.saved(&now);
                invariants::check(&now);
                prop_assert!(draft.conflicts().is_empty(), "{:#?}", draft.conflicts());
                if !more {
                    prop_assert!(!draft.is_dirty());
                    prop_assert!(draft.compile().is_empty());
                }
            }
        }
    }

    #[test]
    fn nothing_that_others_saved_is_lost_in_silence(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let Some((base, mut draft)) = opened(&mut dice, &mut mint) else { return Ok(()) };
        for _ in 0..1 + dice.roll(6) {
            edit(&mut dice, &mut draft, &mut mint);
        }
        let mut now = base.clone();
        others(&mut dice, &mut now, &mut mint);
        draft.rebase(&now, By::Others);
        let asked: BTreeSet<EntityId> = draft.conflicts().iter().map(|it| it.entity).collect();
        let work = work(&diff(&base, &now));
        let check = |draft: &Draft, asked: &BTreeSet<EntityId>| -> Result<(), TestCaseError> {
            for change in &draft.compile().changes {
                let entity = change.entity();
                let Some(fields) = work.get(&entity) else { continue };
                if asked.contains(&entity) {
                    continue;
                }
                prop_assert!(change.verb() != Verb::Delete, "{change:#?} deletes their work");
                let again: BTreeSet<String> = patched(change).collect();
                // A primary key goes with a column of it, which the drop of the column asks for.
                let lost: Vec<&String> =
                    fields.intersection(&again).filter(|it| *it != "records").collect();
                prop_assert!(lost.is_empty(), "{change:#?} overwrites {lost:?}");
            }
            Ok(())
        };
        if now.table(draft.id()).is_none() {
            return Ok(());
        }
        check(&draft, &asked)?;
        prop_assert!(decide(&mut draft, Choice::Theirs));
        check(&draft, &BTreeSet::new())?;
    }

    #[test]
    fn taking_everything_back_leaves_what_others_made(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let Some((mut now, mut draft)) = opened(&mut dice, &mut mint) else { return Ok(()) };
        while !dice.is_empty() {
            edit(&mut dice, &mut draft, &mut mint);
            if dice.chance(4) {
                others(&mut dice, &mut now, &mut mint);
                draft.rebase(&now, By::Others);
            }
        }
        undo_all(&mut draft);
        if now.table(draft.id()).is_some() {
            prop_assert!(draft.conflicts().is_empty(), "{:#?}", draft.conflicts());
            prop_assert!(draft.compile().is_empty(), "{:#?}", draft.compile());
            prop_assert!(!draft.is_dirty());
        }
    }

    #[test]
    fn a_kept_draft_is_taken_up_where_it_was(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let Some((base, mut draft)) = opened(&mut dice, &mut mint) else { return Ok(()) };
        for _ in 0..dice.roll(8) {
            edit(&mut dice, &mut draft, &mut mint);
        }
        prop_assert_eq!(json(&draft.keep()), draft.keep());
        let kept = serde_json::to_string(&draft.keep()).unwrap();
        let back = Draft::restore(&kept, &base).unwrap();
        prop_assert_eq!(back.table(), draft.table());
        prop_assert!(back.refs().eq(draft.refs()));
        prop_assert_eq!(back.compile(), draft.compile());
        prop_assert!(back.conflicts().is_empty());

        // On a newer diagram it is as if it had been open meanwhile.
        let mut now = base.clone();
        others(&mut dice, &mut now, &mut mint);
        draft.rebase(&now, By::Others);
        let back = Draft::restore(&kept, &now).unwrap();
        prop_assert_eq!(back.is_gone(), draft.is_gone());
        prop_assert_eq!(back.table(), draft.table());
        prop_assert_eq!(back.compile(), draft.compile());
        let (a, b) = (back.conflicts(), draft.conflicts());
        prop_assert_eq!(a, b);
    }

    #[test]
    fn what_was_saved_before_a_crash_is_not_pending_after_it(rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let Some((base, mut draft)) = opened(&mut dice, &mut mint) else { return Ok(()) };
        for _ in 0..dice.roll(8) {
            edit(&mut dice, &mut draft, &mut mint);
        }
        if can_save(&draft) {
            let kept = serde_json::to_string(&draft.keep()).unwrap();
            let saved = applied(&base, &draft.compile());
            let back = Draft::restore(&kept, &saved).unwrap();
            prop_assert!(!back.is_dirty());
            prop_assert!(back.conflicts().is_empty());
        }
    }

    #[test]
    fn no_text_that_is_kept_makes_it_panic(text in ".{0,200}", cut in 0usize..4000, rolls in rolls()) {
        let (mut dice, mut mint) = (Dice::new(&rolls), IdMint::new(1, 1));
        let Some((base, mut draft)) = opened(&mut dice, &mut mint) else { return Ok(()) };
        edit(&mut dice, &mut draft, &mut mint);
        let mut kept = serde_json::to_string(&draft.keep()).unwrap();
        prop_assert!(Draft::restore(&text, &base).is_err());
        prop_assert!(Draft::restore(&kept.replace("\"version\":1", "\"version\":7"), &base).is_err());
        // What one diagram kept is no draft of sense in another, and yet is read.
        let other = Diagram::new();
        if let Ok(mut foreign) = Draft::restore(&kept, &other) {
            let _ = (foreign.problems(), foreign.compile(), foreign.conflicts());
            decide(&mut foreign, Choice::Mine);
            let _ = foreign.problems();
        }
        let cut = (0..=cut.min(kept.len())).rev().find(|it| kept.is_char_boundary(*it)).unwrap_or(0);
        kept.truncate(cut);
        let _ = Draft::restore(&kept, &base).map(|it| it.compile());
    }
}
