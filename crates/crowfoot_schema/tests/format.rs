//! The examples of `docs/format.md` are what they say they are.

#![expect(clippy::unwrap_used, reason = "all of it is tests")]

use crowfoot_schema::{ChangeSet, Conflict, Diagram, Document, Rejected, outline};

const TEXT: &str = include_str!("../../../docs/format.md");

/// The blocks of JSON, in order.
fn examples() -> Vec<&'static str> {
    TEXT.split("```json\n").skip(1).map(|it| it.split("```").next().unwrap()).collect()
}

#[test]
fn the_examples_are_read_and_written_alike() {
    let examples = examples();
    let [document, changes, table, each, refusal, conflict] = examples.as_slice() else {
        panic!("there are {} examples", examples.len());
    };
    let document = Document::from_json(document).unwrap();
    let mut diagram = document.clone().into_diagram().unwrap();
    assert_eq!(Document::from(&diagram), document);
    check_table_and_key(&mut diagram.clone(), table);
    check_each(&mut diagram.clone(), each);
    let changes: ChangeSet = serde_json::from_str(changes).unwrap();
    diagram.apply(&changes).unwrap();
    let outline = outline(&diagram);
    assert!(outline.contains("name orders_user on delete cascade"), "{outline}");

    let refusal: Rejected = serde_json::from_str(refusal).unwrap();
    assert_eq!(refusal.reasons.len(), 1);
    let conflict: Conflict = serde_json::from_str(conflict).unwrap();
    assert_eq!(conflict.field.as_deref(), Some("name"));
}

/// A table, its foreign key and what belongs to them go in together, and out again.
fn check_table_and_key(diagram: &mut Diagram, text: &str) {
    let before = diagram.clone();
    let changes: ChangeSet = serde_json::from_str(text).unwrap();
    let applied = diagram.apply(&changes).unwrap();
    let after = outline(diagram);
    assert!(after.contains("ref orders(coupon_id) > coupons(id) on delete set null"), "{after}");
    assert!(after.contains("index (coupon_id)"), "{after}");
    diagram.apply(&applied.inverse).unwrap();
    assert_eq!(*diagram, before);

    // Without the table all of the rest is refused.
    let rest = ChangeSet::new("", changes.changes[1..].to_vec());
    let rejected = diagram.apply(&rest).unwrap_err();
    assert!(rejected.reasons.iter().all(|it| it.code == "schema/unknown-table"), "{rejected}");
    assert_eq!(*diagram, before);
}

/// Each kind of change is there, and together they leave the diagram as it was but for its settings.
fn check_each(diagram: &mut Diagram, text: &str) {
    let before = Document::from(&*diagram);
    let changes: ChangeSet = serde_json::from_str(text).unwrap();
    for change in &changes.changes {
        diagram.apply(&ChangeSet::new("", vec![change.clone()])).unwrap();
    }
    let mut after = Document::from(&*diagram);
    assert_ne!(after.settings, before.settings);
    after.settings = before.settings.clone();
    assert_eq!(after, before);
    for op in kinds() {
        assert!(text.contains(&format!("\"op\": \"{op}\"")), "{op}");
    }
}

/// The kinds of changes that the table of them names.
fn kinds() -> Vec<&'static str> {
    let table = TEXT.split("| changes | fields |").nth(1).unwrap().split("\n\n").next().unwrap();
    let first = |line: &'static str| line.split('|').nth(1).unwrap_or("");
    let words = table.lines().flat_map(|line| first(line).split('`'));
    words.filter(|it| it.starts_with(char::is_lowercase)).collect()
}

#[test]
fn every_kind_of_change_is_described() {
    for kind in [
        "Table",
        "Column",
        "Index",
        "Check",
        "Ref",
        "Enum",
        "EnumValue",
        "Group",
        "Note",
        "View",
        "Partial",
    ] {
        for verb in ["create", "update", "delete"] {
            assert!(kinds().contains(&&*format!("{verb}{kind}")), "{verb}{kind}");
            assert!(TEXT.contains(&format!("`{verb}{kind}`")), "{verb}{kind}");
        }
    }
    for kind in ["dismissSuggestion", "restoreSuggestion"] {
        assert!(kinds().contains(&kind), "{kind}");
    }
}
