//! The examples of `docs/format.md` are what they say they are.

#![expect(clippy::unwrap_used, reason = "all of it is tests")]

use crowfoot_schema::{ChangeSet, Conflict, Document, Rejected, outline};

const TEXT: &str = include_str!("../../../docs/format.md");

/// The blocks of JSON, in order.
fn examples() -> Vec<&'static str> {
    TEXT.split("```json\n").skip(1).map(|it| it.split("```").next().unwrap()).collect()
}

#[test]
fn the_examples_are_read_and_written_alike() {
    let examples = examples();
    let [document, changes, refusal, conflict] = examples.as_slice() else {
        panic!("there are {} examples", examples.len());
    };
    let document = Document::from_json(document).unwrap();
    let mut diagram = document.clone().into_diagram().unwrap();
    assert_eq!(Document::from(&diagram), document);
    let changes: ChangeSet = serde_json::from_str(changes).unwrap();
    diagram.apply(&changes).unwrap();
    let outline = outline(&diagram);
    assert!(outline.contains("name orders_user on delete cascade"), "{outline}");

    let refusal: Rejected = serde_json::from_str(refusal).unwrap();
    assert_eq!(refusal.reasons.len(), 1);
    let conflict: Conflict = serde_json::from_str(conflict).unwrap();
    assert_eq!(conflict.field.as_deref(), Some("name"));
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
            assert!(TEXT.contains(&format!("`{verb}{kind}`")), "{verb}{kind}");
        }
    }
}
