//! What holds for suggestions of any diagram.

#![expect(clippy::unwrap_used, reason = "all of it is tests")]

use std::collections::BTreeSet;

use crowfoot_schema::{
    Change, ChangeSet, Column, ColumnPairs, ColumnType, Diagram, Dismissal, IdMint, PrimaryKey,
    Ref, Table,
};
use crowfoot_suggest::{ExistingKey, Suggester, Suggestion};
use proptest::prelude::*;

const TABLES: [&str; 12] = [
    "users",
    "orders",
    "order_items",
    "OrderItem",
    "m_users",
    "m_orders",
    "m_items",
    "m_parts",
    "users_log",
    "vm_static",
    "größe",
    "",
];
const COLUMNS: [&str; 16] = [
    "id",
    "user_id",
    "userId",
    "order_id",
    "order_no",
    "parent_id",
    "created_by",
    "item",
    "type",
    "order_type",
    "billing_order_no",
    "vm",
    "m_id",
    "größe_id",
    "_",
    "",
];
const TYPES: [&str; 4] = ["int", "bigint", "varchar(20)", ""];

/// A table by the places of its name and of its columns' names and types, and the size of its key.
type Sketch = (usize, Vec<(usize, usize)>, usize);

fn sketches() -> impl Strategy<Value = Vec<Sketch>> {
    let columns = prop::collection::vec((0..COLUMNS.len(), 0..TYPES.len()), 0..8);
    prop::collection::vec((0..TABLES.len(), columns, 0..4_usize), 0..14)
}

/// Changes that make the tables, and every third of them refer to the one before.
fn changes(sketches: &[Sketch]) -> (Vec<Change>, Vec<Change>) {
    let mut mint = IdMint::new(1, 1);
    let mut tables: Vec<Table> = Vec::new();
    for (nth, (name, columns, n_key)) in sketches.iter().enumerate() {
        // The same name in another schema: a diagram holds no table twice.
        let schema = Some(format!("s{nth}").into());
        let mut table = Table::new(mint.id(), schema, format!("{}t", TABLES[*name]));
        for (name, ty) in columns {
            let name = COLUMNS[*name];
            if table.columns.iter().all(|it| it.name != name) && !name.is_empty() {
                table.columns.push(Column::new(mint.id(), name, ColumnType::named(TYPES[*ty])));
            }
        }
        let columns: Vec<_> = table.columns.iter().take(*n_key).map(|it| it.id).collect();
        if !columns.is_empty() {
            table.primary_key = Some(PrimaryKey { name: None, columns });
        }
        tables.push(table);
    }
    let mut refs = Vec::new();
    for pair in tables.windows(2).step_by(3) {
        if let (Some(to), Some(from)) = (pair[0].columns.first(), pair[1].columns.last()) {
            let pairs = ColumnPairs::one(from.id, to.id);
            let reference = Ref::new(mint.id(), pair[1].id, pair[0].id, pairs);
            refs.push(Change::CreateRef { reference: Box::new(reference) });
        }
    }
    let tables = tables.into_iter().map(|it| Change::CreateTable { table: Box::new(it) });
    (tables.collect(), refs)
}

fn diagram(tables: Vec<Change>, refs: Vec<Change>) -> Diagram {
    let mut diagram = Diagram::new();
    let changes = tables.into_iter().chain(refs).collect();
    diagram.apply(&ChangeSet::new("", changes)).unwrap();
    diagram
}

fn all(diagram: &Diagram) -> Vec<Suggestion> {
    Suggester::new(diagram).with_min_confidence(0.0).all()
}

/// Checks that what is suggested could be made a foreign key as it is.
fn check(diagram: &Diagram, found: &[Suggestion]) {
    for it in found {
        let (from, to) =
            (diagram.table(it.from_table).unwrap(), diagram.table(it.to_table).unwrap());
        assert_eq!(it.from_columns.len(), it.to_columns.len());
        assert!(!it.from_columns.is_empty());
        assert!(it.from_columns.iter().all(|id| from.column(*id).is_some()));
        assert!(it.to_columns.iter().all(|id| to.column(*id).is_some()));
        for columns in [&it.from_columns, &it.to_columns] {
            let set: BTreeSet<_> = columns.iter().collect();
            assert_eq!(set.len(), columns.len(), "a column twice");
        }
        assert!(from.id != to.id || it.from_columns != it.to_columns, "a column refers to itself");
        assert!((0.0..=1.0).contains(&it.confidence) && !it.reason.is_empty());
        let is_there = diagram.refs_of(from.id).any(|reference| {
            reference.foreign_key().is_some_and(|(holder, target, pairs)| {
                let mut pairs: Vec<_> = pairs.into_iter().collect();
                let columns = it.from_columns.iter().copied().zip(it.to_columns.iter().copied());
                let mut suggested: Vec<_> = columns.collect();
                pairs.sort_unstable();
                suggested.sort_unstable();
                (holder, target) == (from.id, to.id) && pairs == suggested
            })
        });
        assert!(!is_there, "the key is there already");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn what_is_suggested_is_sound(sketches in sketches()) {
        let (tables, refs) = changes(&sketches);
        let diagram = diagram(tables, refs);
        check(&diagram, &all(&diagram));
    }

    #[test]
    fn the_order_of_changes_does_not_matter(sketches in sketches()) {
        let (tables, refs) = changes(&sketches);
        let reversed = |of: &[Change]| of.iter().rev().cloned().collect::<Vec<_>>();
        let other = diagram(reversed(&tables), reversed(&refs));
        let found = all(&diagram(tables, refs));
        prop_assert_eq!(&found, &all(&other));
    }

    #[test]
    fn what_is_pending_or_dismissed_is_left_out(sketches in sketches()) {
        let (tables, refs) = changes(&sketches);
        let mut diagram = diagram(tables, refs);
        let found = all(&diagram);
        let Some(first) = found.iter().find(|it| it.from_columns.len() == 1) else { return Ok(()) };
        let key = ExistingKey {
            from_columns: first.from_columns.clone(),
            to_table: first.to_table,
            to_columns: first.to_columns.clone(),
        };
        let table = diagram.table(first.from_table).unwrap().clone();
        let suggester = Suggester::new(&diagram).with_min_confidence(0.0);
        let left = suggester.for_table_value(&table, &[key]);
        prop_assert!(left.iter().all(|it| it.from_columns != first.from_columns));

        let dismissal = Dismissal {
            id: IdMint::new(2, 2).id(),
            from: first.from_table,
            to: first.to_table,
            columns: ColumnPairs::one(first.from_columns[0], first.to_columns[0]),
        };
        let change = Change::DismissSuggestion { dismissal };
        diagram.apply(&ChangeSet::new("", vec![change])).unwrap();
        let is_first = |it: &Suggestion| {
            (&it.from_columns, &it.to_columns) == (&first.from_columns, &first.to_columns)
        };
        prop_assert!(!all(&diagram).iter().any(is_first));
    }
}
