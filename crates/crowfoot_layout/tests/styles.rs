//! The layered style, and tables that are tidied where they stand.

#[path = "support/company.rs"]
mod company;
#[path = "support/small.rs"]
mod small;

use crowfoot_layout::{Rect, Style, TableBox, arrange, arrange_in, arrange_telling, tidy};
use crowfoot_schema::{Change, ChangeSet, Diagram, IdMint, Point, TableId, TablePatch};
use proptest::prelude::*;

fn moved(diagram: &mut Diagram, places: Vec<(TableId, Point)>) {
    let place = |(id, at)| Change::UpdateTable {
        id,
        patch: TablePatch { position: Some(Some(at)), ..TablePatch::default() },
    };
    let changes = ChangeSet::new("move", places.into_iter().map(place).collect());
    diagram.apply(&changes).expect("the tables exist");
}

fn rects(diagram: &Diagram) -> Vec<(TableId, Rect)> {
    let rect = |it: &crowfoot_schema::Table| {
        let at = it.position.expect("every table is placed");
        (it.id, TableBox::new(diagram, it, at).rect)
    };
    diagram.tables().map(rect).collect()
}

fn overlaps(rects: &[(TableId, Rect)]) -> usize {
    let pairs = |at: usize| rects[at + 1..].iter().filter(move |it| it.1.overlaps(rects[at].1));
    (0..rects.len()).map(|at| pairs(at).count()).sum()
}

/// Tables of that name, and refs from the first to the second of each pair.
fn diagram(names: &[&str], pairs: &[(usize, usize)]) -> Diagram {
    let mint = &mut IdMint::new(1, 1);
    let columns = [("*id", "bigint"), ("a_id", "bigint")];
    let tables: Vec<_> = names.iter().map(|it| small::table(mint, it, &columns)).collect();
    let refs: Vec<_> = pairs
        .iter()
        .map(|&(from, to)| small::reference(mint, (&tables[from], "a_id"), (&tables[to], "id")))
        .collect();
    let tables = tables.into_iter().map(|it| Change::CreateTable { table: Box::new(it) });
    let refs = refs.into_iter().map(|it| Change::CreateRef { reference: Box::new(it) });
    let mut diagram = Diagram::default();
    let changes = ChangeSet::new("make", tables.chain(refs).collect());
    diagram.apply(&changes).expect("the change-set is sound");
    diagram
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn layers_do_not_overlap(n_tables in 1usize..90) {
        let mut diagram = company::company(n_tables);
        let places = arrange_in(&diagram, Style::Layered);
        prop_assert_eq!(&places, &arrange_in(&diagram, Style::Layered));
        prop_assert_eq!(places.len(), n_tables);
        moved(&mut diagram, places);
        prop_assert_eq!(overlaps(&rects(&diagram)), 0);
    }

    #[test]
    fn tidying_moves_the_chosen_alone(n_tables in 2usize..60, from in 0usize..60, n in 0usize..20) {
        let mut diagram = company::company(n_tables);
        let places = arrange(&diagram);
        moved(&mut diagram, places);
        let before = rects(&diagram);
        let chosen: Vec<TableId> =
            before.iter().skip(from % n_tables).take(n).map(|it| it.0).collect();
        for style in [Style::Compact, Style::Layered] {
            let mut tidied = diagram.clone();
            let places = tidy(&diagram, &chosen, style);
            prop_assert_eq!(places.iter().map(|it| it.0).collect::<Vec<_>>(), chosen.clone());
            moved(&mut tidied, places);
            prop_assert_eq!(overlaps(&rects(&tidied)), 0);
        }
    }
}

#[test]
fn parents_stand_left_of_their_children() {
    let names = ["city", "country", "address", "store", "staff"];
    let pairs = [(0, 1), (2, 0), (3, 2), (4, 3), (4, 2)];
    let mut diagram = diagram(&names, &pairs);
    let places = arrange_in(&diagram, Style::Layered);
    moved(&mut diagram, places);
    let rects = rects(&diagram);
    for (child, parent) in pairs {
        assert!(rects[parent].1.right() < rects[child].1.x, "{} {}", names[parent], names[child]);
    }
}

#[test]
fn refs_in_a_circle_and_to_the_same_table_are_arranged() {
    let pairs = [(0, 1), (1, 2), (2, 0), (1, 1)];
    let mut diagram = diagram(&["a", "b", "c"], &pairs);
    let places = arrange_in(&diagram, Style::Layered);
    moved(&mut diagram, places);
    let mut xs: Vec<i32> = rects(&diagram).iter().map(|it| it.1.x).collect();
    xs.sort_unstable();
    xs.dedup();
    assert_eq!(xs.len(), 3);
}

#[test]
fn what_is_tidied_stays_where_there_is_room() {
    let mut diagram = diagram(&["a", "b"], &[(0, 1)]);
    let ids: Vec<TableId> = diagram.tables().map(|it| it.id).collect();
    let far = Point { x: 5_000, y: 5_000 };
    moved(&mut diagram, vec![(ids[0], far), (ids[1], Point { x: 5_040, y: 5_020 })]);
    let places = tidy(&diagram, &ids, Style::Compact);
    moved(&mut diagram, places);
    assert_eq!(overlaps(&rects(&diagram)), 0);
    for (_, rect) in rects(&diagram) {
        assert!((rect.x - far.x).abs() < 600 && (rect.y - far.y).abs() < 400, "{rect:?}");
    }
}

#[test]
fn arranging_tells_how_much_is_done() {
    let pairs: Vec<(usize, usize)> = (1..40).map(|it| (it, it / 3)).collect();
    let names: Vec<String> = (0..45).map(|it| format!("t{it}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut loose = diagram(&names, &pairs);
    let unplace = |it: &crowfoot_schema::Table| Change::UpdateTable {
        id: it.id,
        patch: TablePatch { position: Some(None), ..TablePatch::default() },
    };
    let unplaced = ChangeSet::new("", loose.tables().map(unplace).collect());
    loose.apply(&unplaced).expect("the tables exist");
    for style in [Style::Compact, Style::Layered] {
        let told = std::cell::RefCell::new(Vec::new());
        let places = arrange_telling(&loose, style, &|share| told.borrow_mut().push(share));
        let told = told.into_inner();
        assert_eq!(places, arrange_in(&loose, style));
        assert!(told.is_sorted() && told.len() > 2, "{style:?}: {told:?}");
        assert!(told.last().is_some_and(|it| *it > 0.99), "{style:?}: {told:?}");
    }
}
