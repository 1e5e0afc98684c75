//! Small pictures of each kind of line in each notation, and where things are hit.

#[path = "support/small.rs"]
mod small;

use crowfoot_layout::{Facing, Hit, Mark, Scene, SvgOptions, Theme, svg};
use crowfoot_schema::{
    Cardinality, Change, ChangeSet, Color, ColumnPairs, Diagram, Group, IdMint, Index, IndexPart,
    LineColors, Notation, Point, Ref, RefId, RefPatch, ReferentialAction, SettingsPatch, Table,
    TablePatch, Uniqueness,
};
use small::{reference, table};

/// Customers with orders, their lines, a manager, a profile, tags, and two addresses.
fn shop(notation: Notation) -> Diagram {
    let mint = &mut IdMint::new(1, 1);
    let place = |mut table: Table, x: i32, y: i32| {
        table.position = Some(Point { x, y });
        table
    };
    let customers = place(
        table(
            mint,
            "customers",
            &[
                ("*id", "bigint"),
                ("!email", "text"),
                ("manager_id", "bigint"),
                ("home", "bigint"),
                ("work", "bigint"),
            ],
        ),
        0,
        0,
    );
    let addresses =
        place(table(mint, "addresses", &[("*id", "bigint"), ("line", "text")]), 420, 200);
    let orders = place(
        table(
            mint,
            "orders",
            &[("*shop", "integer"), ("*number", "integer"), ("!customer_id", "bigint")],
        ),
        420,
        0,
    );
    let lines = place(
        table(
            mint,
            "order_lines",
            &[("*shop", "integer"), ("*number", "integer"), ("*line", "integer")],
        ),
        840,
        20,
    );
    let mut profiles =
        place(table(mint, "profiles", &[("*id", "bigint"), ("!customer_id", "bigint")]), 0, 260);
    let unique = profiles.columns[1].id;
    profiles.indexes.push(Index::new(
        mint.id(),
        Uniqueness::Constraint,
        vec![IndexPart::column(unique)],
    ));
    let tags = place(table(mint, "tags <&>", &[("*id", "bigint")]), 840, 260);

    let id = |table: &Table, name: &str| table.column_named(name).expect("the column was made").id;
    let composite = ColumnPairs::new(vec![
        (id(&lines, "shop"), id(&orders, "shop")),
        (id(&lines, "number"), id(&orders, "number")),
    ]);
    let mut many = reference(mint, (&tags, "id"), (&addresses, "id"));
    many.cardinality = Cardinality::ManyToMany;
    many.inactive = true;
    let mut named = reference(mint, (&orders, "customer_id"), (&customers, "id"));
    named.name = Some("orders_customer".into());
    let refs = [
        named,
        reference(mint, (&customers, "manager_id"), (&customers, "id")),
        reference(mint, (&customers, "home"), (&addresses, "id")),
        reference(mint, (&customers, "work"), (&addresses, "id")),
        reference(mint, (&profiles, "customer_id"), (&customers, "id")),
        Ref::new(mint.id(), lines.id, orders.id, composite.expect("the columns differ")),
        many,
    ];
    let mut changes = vec![Change::UpdateSettings {
        patch: SettingsPatch { notation: Some(notation), ..SettingsPatch::default() },
    }];
    let tables = [customers, addresses, orders, lines, profiles, tags];
    changes.extend(tables.map(|it| Change::CreateTable { table: Box::new(it) }));
    changes.extend(refs.map(|it| Change::CreateRef { reference: Box::new(it) }));
    let mut diagram = Diagram::new();
    diagram.apply(&ChangeSet::new("make", changes)).expect("the changes fit each other");
    diagram
}

fn picture(notation: Notation, theme: Theme) -> String {
    let scene = Scene::new(&shop(notation));
    svg(&scene, &SvgOptions { theme, has_ref_names: true, ..SvgOptions::default() })
}

#[test]
fn crows_foot() {
    insta::assert_snapshot!(picture(Notation::CrowsFoot, Theme::Light));
}

#[test]
fn labels() {
    insta::assert_snapshot!(picture(Notation::Labels, Theme::Dark));
}

#[test]
fn idef1x() {
    insta::assert_snapshot!(picture(Notation::Idef1x, Theme::Light));
}

/// The shop with actions or groups, and its lines coloured by them.
fn colored(by: LineColors, theme: Theme) -> (Diagram, String) {
    let mut diagram = shop(Notation::CrowsFoot);
    let actions = [
        ReferentialAction::Cascade,
        ReferentialAction::SetNull,
        ReferentialAction::SetDefault,
        ReferentialAction::Restrict,
    ];
    let mut refs: Vec<_> =
        diagram.refs().filter(|it| it.foreign_key().is_some()).map(|it| it.id).collect();
    refs.sort_unstable();
    let mut changes: Vec<Change> = (refs.into_iter().zip(actions))
        .map(|(id, it)| Change::UpdateRef {
            id,
            patch: Box::new(RefPatch { on_delete: Some(Some(it)), ..RefPatch::default() }),
        })
        .collect();
    let mint = &mut IdMint::new(9, 9);
    for (name, color, table) in
        [("people", None, "customers"), ("goods", Some("#fff000"), "orders")]
    {
        let color = color.map(|it| Color::parse(it).expect("it is one"));
        let group =
            Group { id: mint.id(), name: name.into(), color, note: None, extras: Vec::new() };
        let patch = TablePatch { group: Some(Some(group.id)), ..TablePatch::default() };
        let id = diagram.table_named(None, table).expect("it was made").id;
        changes.push(Change::CreateGroup { group });
        changes.push(Change::UpdateTable { id, patch });
    }
    let patch = SettingsPatch { line_colors: Some(by), ..SettingsPatch::default() };
    changes.push(Change::UpdateSettings { patch });
    let mut scene = Scene::new(&diagram);
    let applied = diagram.apply(&ChangeSet::new("colour", changes)).expect("they fit");
    scene.update(&diagram, &applied.effective);
    let options = SvgOptions { theme, ..SvgOptions::default() };
    let picture = svg(&scene, &options);
    assert_eq!(
        picture,
        svg(&Scene::new(&diagram), &options),
        "an update is as good as a new scene"
    );
    (diagram, picture)
}

fn legend(diagram: &Diagram) -> Vec<String> {
    let legend = Scene::new(diagram).legend().expect("the colours mean something");
    legend.keys.iter().map(|it| it.words.to_string()).collect()
}

#[test]
fn lines_tell_what_a_delete_does() {
    let (diagram, light) = colored(LineColors::Action, Theme::Light);
    assert!(light.contains(
        "<g stroke=\"#d9480f\" stroke-width=\"2\" transform=\"translate(-.5 -.5)\"><path d="
    ));
    assert!(light.contains("<g stroke=\"#1c6fd1\"><path stroke-dasharray=\"6 4\" d="));
    assert!(light.contains("<g stroke=\"#8a3fc9\"><path stroke-dasharray=\"9 3 2 3\" d="));
    assert!(light.contains("<g stroke=\"#0b7a75\"><path stroke-dasharray=\"15 3\" d="));
    let (_, dark) = colored(LineColors::Action, Theme::Dark);
    assert!(
        dark.contains("<g stroke=\"#ff8a4c\" stroke-width=\"2\" transform=\"translate(-.5 -.5)\">")
    );
    assert_eq!(legend(&diagram), ["Cascade", "Set null", "Set default", "Restrict", "No action"]);
}

#[test]
fn lines_tell_the_group_of_the_referenced_table() {
    let (diagram, light) = colored(LineColors::Group, Theme::Light);
    // The first of the colours for groups without one, and a yellow that can be seen.
    assert!(light.contains("<g stroke=\"#2f6fde\">") && light.contains("fill=\"#2f6fde\""));
    assert!(light.contains("fill=\"#fff000\"") && !light.contains("<g stroke=\"#fff000\">"));
    let (_, dark) = colored(LineColors::Group, Theme::Dark);
    assert!(dark.contains("<g stroke=\"#fff000\">"));
    assert_eq!(legend(&diagram), ["people", "goods", "No group"]);
    assert_eq!(Scene::new(&shop(Notation::CrowsFoot)).legend(), None);
    let mut ungrouped = shop(Notation::CrowsFoot);
    let patch = SettingsPatch { line_colors: Some(LineColors::Group), ..SettingsPatch::default() };
    let changes = ChangeSet::new("colour", vec![Change::UpdateSettings { patch }]);
    ungrouped.apply(&changes).expect("it fits");
    assert_eq!(legend(&ungrouped), ["No table is in a group"]);
}

#[test]
fn marks_follow_the_columns() {
    let diagram = shop(Notation::CrowsFoot);
    let marks = |from: &str, column: &str| {
        let table = diagram.table_named(None, from).unwrap();
        let column = table.column_named(column).unwrap().id;
        let reference = diagram
            .refs_of(table.id)
            .find(|it| it.from == table.id && it.columns.iter().any(|pair| pair.0 == column));
        crowfoot_layout::marks(&diagram, reference.unwrap())
    };
    let one = |is_optional| Mark { is_many: false, is_optional, is_child: false };
    let many = Mark { is_many: true, is_optional: true, is_child: true };
    assert_eq!(marks("orders", "customer_id"), (many, one(false)));
    assert_eq!(marks("customers", "manager_id"), (many, one(true)));
    let alone = Mark { is_many: false, is_optional: true, is_child: true };
    assert_eq!(marks("profiles", "customer_id"), (alone, one(false)));
    assert_eq!(marks("tags <&>", "id"), (many, many));
}

/// A second ref from the column of the first, of which every address must have one.
fn with_twins(notation: Notation) -> (Diagram, [RefId; 2]) {
    let mut diagram = shop(notation);
    let table = |name| diagram.table_named(None, name).expect("it was made");
    let mint = &mut IdMint::new(7, 7);
    let mut twin = reference(mint, (table("customers"), "home"), (table("tags <&>"), "id"));
    twin.from_optional = Some(false);
    let home = table("customers").column_named("home").expect("it was made").id;
    let first = diagram.refs().find(|it| it.columns.iter().any(|it| it.0 == home));
    let ids = [first.expect("it was made").id, twin.id];
    let changes = vec![Change::CreateRef { reference: Box::new(twin) }];
    diagram.apply(&ChangeSet::new("twin", changes)).expect("the tables exist");
    (diagram, ids)
}

#[test]
fn lines_fan_out_to_different_notations() {
    let (diagram, ids) = with_twins(Notation::CrowsFoot);
    let scene = Scene::new(&diagram);
    let lines =
        ids.map(|it| scene.line_slot(it).and_then(|it| scene.line(it)).expect("it is there"));
    let [first, twin] = lines.map(|it| (it.from.at, it.from.next, it.points.clone()));
    assert_eq!((first.0.x, (first.0.y - twin.0.y).abs()), (twin.0.x, 12.0));
    assert_eq!((first.1, twin.1), (Some(12.0), Some(12.0)));
    assert_eq!(first.2[2], twin.2[2], "they join behind their notations");
}

#[test]
fn another_notation_brings_together_what_it_draws_alike() {
    let (mut diagram, ids) = with_twins(Notation::CrowsFoot);
    let mut scene = Scene::new(&diagram);
    for notation in [Notation::Labels, Notation::Idef1x, Notation::CrowsFoot] {
        let patch = SettingsPatch { notation: Some(notation), ..SettingsPatch::default() };
        let changes = ChangeSet::new("notation", vec![Change::UpdateSettings { patch }]);
        let applied = diagram.apply(&changes).expect("it fits");
        let delta = scene.update(&diagram, &applied.effective);
        let fresh = Scene::new(&diagram);
        for id in ids {
            let slot = scene.line_slot(id).expect("it is there");
            assert_eq!(scene.line(slot), fresh.line_slot(id).and_then(|it| fresh.line(it)));
            assert!(delta.lines.contains(&slot), "whoever draws it is told");
            let is_fanned = scene.line(slot).is_some_and(|it| it.from.next.is_some());
            assert_eq!(is_fanned, notation == Notation::CrowsFoot);
        }
    }
}

#[test]
fn a_line_stands_in_the_middle_again_when_the_other_notation_is_gone() {
    let (mut diagram, [first, twin]) = with_twins(Notation::CrowsFoot);
    let mut scene = Scene::new(&diagram);
    let changes = ChangeSet::new("alone", vec![Change::DeleteRef { id: twin }]);
    let applied = diagram.apply(&changes).expect("it is there");
    let delta = scene.update(&diagram, &applied.effective);
    let slot = scene.line_slot(first).expect("it is there");
    let line = scene.line(slot).expect("it is there");
    assert!(delta.lines.contains(&slot));
    assert_eq!((line.from.next, line.points[0].y), (None, line.points[1].y));
    assert_eq!(scene.line(slot), Scene::new(&diagram).line(slot));
}

#[test]
fn a_line_that_goes_to_the_other_side_leaves_the_middle_to_others() {
    let (diagram, ids) = with_twins(Notation::CrowsFoot);
    let mut scene = Scene::new(&diagram);
    let [first, twin] = ids.map(|it| scene.line_slot(it).expect("it is there"));
    let ends = |scene: &Scene| {
        [first, twin].map(|it| scene.line(it).map(|it| (it.from.facing, it.from.next)))
    };
    let before = ends(&scene);
    assert_eq!(before, [Some((Facing::Right, Some(12.0))); 2]);
    let tags = diagram.table_named(None, "tags <&>").expect("it was made").id;
    let delta = scene.preview_move(&[tags], -1600, 0);
    assert_eq!(ends(&scene), [Some((Facing::Right, None)), Some((Facing::Left, None))]);
    assert!(delta.lines.contains(&first) && delta.lines.contains(&twin));
    scene.drop_preview();
    assert_eq!(ends(&scene), before);
}

#[test]
fn tables_rows_handles_and_lines_are_hit() {
    let diagram = shop(Notation::CrowsFoot);
    let scene = Scene::new(&diagram);
    let customers = diagram.table_named(None, "customers").unwrap();
    let email = customers.column_named("email").unwrap().id;
    let rect = scene.table(scene.table_slot(customers.id).unwrap()).unwrap().rect;
    let (middle, right) = ((rect.x + rect.w / 2) as f32, rect.right() as f32);
    assert_eq!(scene.hit(middle, 10.0, 8.0), Some(Hit::Header(customers.id)));
    assert_eq!(scene.hit(middle, 60.0, 8.0), Some(Hit::Row { table: customers.id, column: email }));
    assert_eq!(
        scene.hit(right + 2.0, 60.0, 8.0),
        Some(Hit::Handle { table: customers.id, column: email, facing: Facing::Right })
    );
    assert_eq!(scene.hit(-4000.0, 0.0, 8.0), None);
    for (_, line) in scene.lines() {
        let (a, b) = (line.points[0], line.points[1]);
        let at = ((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
        assert!(scene.hit_line(at.0, at.1 + 7.0, 8.0).is_some(), "a line is hit from 7 px away");
        assert!(line.distance(crowfoot_layout::Pt::new(at.0, at.1)) == 0.0);
    }
}

#[test]
fn a_composite_ref_forks_to_its_columns() {
    let scene = Scene::new(&shop(Notation::CrowsFoot));
    let (_, line) = scene.lines().find(|it| it.1.from.columns.len() == 2).unwrap();
    assert_eq!(line.from.fork.len(), 2);
    assert_eq!(line.from.fork_segments().count(), 3);
}

#[test]
fn notations_of_composite_refs_into_the_same_columns_stand_apart() {
    let mint = &mut IdMint::new(1, 1);
    let place = |mut table: Table, x: i32, y: i32| {
        table.position = Some(Point { x, y });
        table
    };
    let key = [("*shop", "integer"), ("*number", "integer")];
    let optional = [("*id", "bigint"), ("shop", "integer"), ("number", "integer")];
    let orders = place(table(mint, "orders", &key), 0, 0);
    let lines = place(table(mint, "order_lines", &key), 400, 0);
    let letters = place(table(mint, "letters", &optional), 400, 200);
    let calls = place(table(mint, "calls", &optional), 400, 400);
    let id = |table: &Table, name: &str| table.column_named(name).expect("the column was made").id;
    let refs = [&lines, &letters, &calls].map(|from| {
        let pairs = ["shop", "number"].map(|it| (id(from, it), id(&orders, it)));
        let mut it = reference(mint, (from, "shop"), (&orders, "shop"));
        it.columns = ColumnPairs::new(pairs.to_vec()).expect("the columns differ");
        it
    });
    let ids = refs.clone().map(|it| it.id);
    let tables = [orders, lines, letters, calls];
    let tables = tables.into_iter().map(|it| Change::CreateTable { table: Box::new(it) });
    let refs = refs.into_iter().map(|it| Change::CreateRef { reference: Box::new(it) });
    let mut diagram = Diagram::default();
    let changes = ChangeSet::new("make", tables.chain(refs).collect());
    diagram.apply(&changes).expect("the change-set is sound");

    let scene = Scene::new(&diagram);
    let end = |at: usize| {
        let slot = scene.line_slot(ids[at]).expect("the line is in the scene");
        scene.line(slot).expect("the slot is taken").to.clone()
    };
    let [own, letter, call] = [0, 1, 2].map(end);
    assert_ne!(own.mark, letter.mark, "one must have an order, the other need not");
    assert_eq!(letter.at, call.at, "the same notation is drawn once");
    assert_eq!((letter.at.y - own.at.y).abs(), 12.0, "others are a notation's height apart");
    assert!([&own, &letter].iter().all(|it| it.fork[0] < it.at.y && it.at.y < it.fork[1]));
}
