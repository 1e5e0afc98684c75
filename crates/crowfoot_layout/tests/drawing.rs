//! Properties that every drawing has.

#[path = "support/company.rs"]
mod company;
#[path = "support/quality.rs"]
mod quality;
#[path = "support/small.rs"]
mod small;

use crowfoot_layout::{End, Facing, Scene, TableBox, arrange, sizes::FORK};
use crowfoot_schema::{Change, ChangeSet, Diagram, IdMint, Point, TableId, TablePatch};
use proptest::prelude::*;
use quality::Quality;

/// What holds for a drawing in which no tables overlap.
fn check(scene: &Scene) {
    let quality = Quality::of(scene);
    assert_eq!(quality.overlaps, 0, "tables overlap");
    assert_eq!(quality.through, 0, "lines run through tables");
    assert_eq!(quality.hooks, 0, "lines turn back within a short stretch");
    for (_, line) in scene.lines() {
        assert!(line.points.len() >= 2, "a line has two ends");
        for pair in line.points.windows(2) {
            assert!(pair[0].x == pair[1].x || pair[0].y == pair[1].y, "a piece is slanted");
            assert_ne!(pair[0], pair[1], "a piece has no length");
        }
        let ends = [(&line.from, line.points[0]), (&line.to, line.points[line.points.len() - 1])];
        for (end, at) in ends {
            assert_eq!(end.at, at, "an end is the end of its line");
            let slot = scene.table_slot(end.table).expect("a line ends at a table");
            check_end(end, scene.table(slot).expect("the slot is taken"));
        }
    }
}

fn check_end(end: &End, table: &TableBox) {
    let inset = if end.columns.len() > 1 { FORK as f32 } else { 0.0 };
    let edge = match end.facing {
        Facing::Left => table.rect.x as f32 - inset,
        Facing::Right => table.rect.right() as f32 + inset,
    };
    assert_eq!(end.at.x, edge, "a line ends at the edge of its table");
    let rows: Vec<f32> = end.columns.iter().map(|&it| table.row_y(it)).collect();
    match rows[..] {
        [row] => assert!((end.at.y - row).abs() <= 8.0, "a line ends at its column's row"),
        _ => assert_eq!(end.fork, rows, "a fork has a branch for each column"),
    }
}

fn moved(diagram: &mut Diagram, places: Vec<(TableId, Point)>) -> ChangeSet {
    let place = |(id, at)| Change::UpdateTable {
        id,
        patch: TablePatch { position: Some(Some(at)), ..TablePatch::default() },
    };
    let changes = ChangeSet::new("move", places.into_iter().map(place).collect());
    diagram.apply(&changes).expect("the tables exist").effective
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn arranged_tables_do_not_overlap_and_lines_go_around_them(n_tables in 2usize..70) {
        let diagram = company::company(n_tables);
        check(&Scene::new(&diagram));
    }

    #[test]
    fn lines_go_around_tables_wherever_they_stand(seed in 0u64..1000) {
        let mut diagram = company::company(16);
        let mut numbers = company::Numbers::new(seed);
        let places = diagram.tables().enumerate().map(|(at, table)| {
            let jitter = Point { x: numbers.below(60) as i32, y: numbers.below(60) as i32 };
            let (column, row) = ((at % 4) as i32, (at / 4) as i32);
            (table.id, Point { x: column * 430 + jitter.x, y: row * 480 + jitter.y })
        });
        let places = places.collect();
        moved(&mut diagram, places);
        check(&Scene::new(&diagram));
    }

    #[test]
    fn new_tables_move_no_other(n_tables in 3usize..40, n_new in 1usize..3) {
        let mut diagram = company::company(n_tables);
        let mut places = arrange(&diagram);
        let left = places.split_off(places.len() - n_new);
        moved(&mut diagram, places);
        let added = arrange(&diagram);
        prop_assert_eq!(
            added.iter().map(|it| it.0).collect::<Vec<_>>(),
            left.iter().map(|it| it.0).collect::<Vec<_>>()
        );
        moved(&mut diagram, added);
        check(&Scene::new(&diagram));
    }

    #[test]
    fn a_moved_table_takes_its_lines_along(n_tables in 3usize..40, which in 0usize..40) {
        dragged_away(n_tables, which);
    }
}

#[test]
fn a_dragged_line_shares_no_piece_through_a_table() {
    dragged_away(33, 14);
    dragged_away(33, 18);
}

/// Drags a table out of the way of all others, in a few steps and then for good.
fn dragged_away(n_tables: usize, which: usize) {
    let mut diagram = company::company(n_tables);
    let places = arrange(&diagram);
    moved(&mut diagram, places);
    let mut scene = Scene::new(&diagram);
    let table = diagram.tables().nth(which % n_tables).expect("there are so many").id;
    let bounds = scene.bounds().expect("there are tables");

    let slot = scene.table_slot(table).expect("the table is in the scene");
    let home = scene.table(slot).expect("the slot is taken").rect.corner();
    let to = Point { x: bounds.right() + 100, y: bounds.y };
    for step in 1..=4 {
        scene.preview_move(&[table], (to.x - home.x) * step / 4, (to.y - home.y) * step / 4);
    }
    check(&scene);
    let changes = moved(&mut diagram, vec![(table, to)]);
    scene.update(&diagram, &changes);
    check(&scene);
}

/// Places the tables in a raster, in such a field each.
fn field(at: usize) -> Point {
    Point { x: (at % 8) as i32 * 480, y: (at / 8) as i32 * 560 }
}

/// A change to one table or line of the diagram, without an overlap of tables.
fn random_change(
    diagram: &Diagram,
    free: &mut Vec<usize>,
    numbers: &mut company::Numbers,
    mint: &mut IdMint,
) -> Vec<Change> {
    let tables: Vec<_> = diagram.tables().collect();
    let refs: Vec<_> = diagram.refs().collect();
    let table = tables[numbers.below(tables.len())];
    match numbers.below(6) {
        0 => vec![Change::DeleteRef { id: refs[numbers.below(refs.len())].id }],
        1 | 2 => {
            let other = tables[numbers.below(tables.len())];
            let column = &table.columns[numbers.below(table.columns.len())];
            let reference =
                small::reference(mint, (table, &column.name), (other, &other.columns[0].name));
            vec![Change::CreateRef { reference: Box::new(reference) }]
        }
        3 if table.columns.len() > 3 => {
            let column = table.columns[table.columns.len() - 1].id;
            vec![Change::DeleteColumn { table: table.id, id: column }]
        }
        4 if tables.len() > 20 => vec![Change::DeleteTable { id: table.id }],
        _ => {
            let to = free.swap_remove(numbers.below(free.len()));
            let jitter = Point { x: numbers.below(50) as i32, y: numbers.below(50) as i32 };
            let at = Point { x: field(to).x + jitter.x, y: field(to).y + jitter.y };
            let position = Some(Some(at));
            let patch = TablePatch { position, ..TablePatch::default() };
            vec![Change::UpdateTable { id: table.id, patch }]
        }
    }
}

#[test]
fn edits_one_after_another_leave_a_drawing_as_good_as_a_new_one() {
    for seed in 0..4 {
        let mut diagram = company::company(36);
        let numbers = &mut company::Numbers::new(seed);
        let mint = &mut IdMint::new(7, seed.into());
        let places = diagram.tables().enumerate().map(|(at, it)| (it.id, field(at))).collect();
        moved(&mut diagram, places);
        let mut free: Vec<usize> = (36..96).collect();
        let mut scene = Scene::new(&diagram);
        for step in 0..40 {
            let changes = random_change(&diagram, &mut free, numbers, mint);
            let changes = ChangeSet::new("edit", changes);
            let Ok(applied) = diagram.apply(&changes) else { continue };
            scene.update(&diagram, &applied.effective);
            if step % 8 == 7 {
                check(&scene);
            }
        }
        let (quality, fresh) = (Quality::of(&scene), Quality::of(&Scene::new(&diagram)));
        assert_eq!(quality.lines, fresh.lines);
        assert!(quality.shared <= quality.length * 0.002, "seed {seed}: {quality:?}");
        assert!(quality.length <= fresh.length * 1.05, "{quality:?} after edits, {fresh:?} anew");
    }
}

#[test]
fn the_same_diagram_gives_the_same_drawing() {
    let diagram = company::company(60);
    assert_eq!(arrange(&diagram), arrange(&diagram.clone()));
    let picture = |it: &Diagram| crowfoot_layout::svg(&Scene::new(it), &Default::default());
    assert_eq!(picture(&diagram), picture(&diagram.clone()));
}

#[test]
fn lines_do_not_lie_on_one_another() {
    for n_tables in [20, 60, 150] {
        let quality = Quality::of(&Scene::new(&company::company(n_tables)));
        assert_eq!(quality.shared, 0.0, "{n_tables}: {quality:?}");
    }
}

#[test]
fn a_preview_that_is_dropped_leaves_tables_and_lines_where_they_were() {
    let diagram = company::company(40);
    let mut scene = Scene::new(&diagram);
    let before: Vec<TableBox> = scene.tables().map(|it| it.1.clone()).collect();
    let lines = |scene: &Scene| scene.lines().map(|it| it.1.clone()).collect::<Vec<_>>();
    let lines_before = lines(&scene);
    for step in 1..=5 {
        scene.preview_move(&[before[3].id, before[4].id], 300 * step, -200 * step);
    }
    assert_ne!(scene.tables().map(|it| it.1.clone()).collect::<Vec<_>>(), before);
    scene.drop_preview();
    assert_eq!(scene.tables().map(|it| it.1.clone()).collect::<Vec<_>>(), before);
    assert_eq!(lines(&scene), lines_before);
    check(&scene);
}

#[test]
fn a_drop_concerns_the_lines_around_it_also_where_channels_are_full() {
    let mut diagram = company::company(400);
    let places = arrange(&diagram);
    moved(&mut diagram, places);
    let mut scene = Scene::new(&diagram);
    check(&scene);
    let few = scene.tables().map(|it| it.1.clone()).filter(|it| scene.lines_of(it.id).len() == 3);
    for table in few.step_by(9).take(8).collect::<Vec<_>>() {
        let at = table.rect.corner();
        let changes = moved(&mut diagram, vec![(table.id, Point { x: at.x + 8, y: at.y + 6 })]);
        let delta = scene.update(&diagram, &changes);
        assert!(delta.lines.len() < 70, "{} lines changed", delta.lines.len());
        check(&scene);
    }
}

#[test]
fn what_is_far_away_keeps_its_shape() {
    let mut diagram = company::company(80);
    let places = arrange(&diagram);
    moved(&mut diagram, places);
    let mut scene = Scene::new(&diagram);
    let corner = scene.tables().map(|it| it.1).max_by_key(|it| it.rect.x + it.rect.y).unwrap();
    let (id, at) = (corner.id, corner.rect.corner());
    let changes = moved(&mut diagram, vec![(id, Point { x: at.x + 60, y: at.y + 40 })]);
    let delta = scene.update(&diagram, &changes);
    assert_eq!(delta.tables.len(), 1);
    assert!(
        delta.lines.len() < 30,
        "{} of {} lines changed",
        delta.lines.len(),
        scene.lines().count()
    );
}

/// A parent so far from the left, and two children right of it that refer to the same column, with
/// such a gap between.
fn family(gap: i32, off: i32) -> Diagram {
    let mint = &mut IdMint::new(1, 1);
    let columns = [("*id", "bigint"), ("name", "text"), ("parent_id", "bigint")];
    let mut tables = ["parent", "son", "daughter"].map(|it| small::table(mint, it, &columns));
    tables[0].position = Some(Point { x: off, y: 160 });
    let width = TableBox::new(&Diagram::default(), &tables[0], Point::default()).rect.w;
    tables[1].position = Some(Point { x: off + width + gap, y: 210 });
    tables[2].position = Some(Point { x: off + width + gap, y: 360 });
    let refs: Vec<_> = tables[1..]
        .iter()
        .map(|it| small::reference(mint, (it, "parent_id"), (&tables[0], "id")))
        .collect();
    let tables = tables.into_iter().map(|it| Change::CreateTable { table: Box::new(it) });
    let refs = refs.into_iter().map(|it| Change::CreateRef { reference: Box::new(it) });
    let mut diagram = Diagram::default();
    let changes = ChangeSet::new("make", tables.chain(refs).collect());
    diagram.apply(&changes).expect("the change-set is sound");
    diagram
}

#[test]
fn lines_into_one_column_bend_once_to_it() {
    // Where tracks lie depends on where the tables stand, so they are tried at many places.
    let places = (60..140).step_by(10).flat_map(|gap| (0..64).map(move |off| (gap, off)));
    for (gap, off) in places {
        let mut diagram = family(gap, off);
        let mut scene = Scene::new(&diagram);
        let check_all = |scene: &Scene, when: &str| {
            check(scene);
            for (_, line) in scene.lines() {
                assert_eq!(line.points.len(), 4, "gap {gap} off {off} {when}: {:?}", line.points);
            }
        };
        check_all(&scene, "at first");
        // The ways found while a table is dragged and after it was dropped are of the same kind.
        let daughter = diagram.tables().nth(2).map(|it| (it.id, it.position.unwrap())).unwrap();
        scene.preview_move(&[daughter.0], 0, 40);
        check_all(&scene, "dragged");
        let to = Point { y: daughter.1.y + 40, ..daughter.1 };
        let changes = moved(&mut diagram, vec![(daughter.0, to)]);
        scene.update(&diagram, &changes);
        check_all(&scene, "dropped");
    }
}
