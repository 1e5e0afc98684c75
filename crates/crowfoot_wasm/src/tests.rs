//! The editor as the browser uses it: commands, questions, undo, and deliveries from the server.

mod drafts;
mod views;

use crowfoot_schema::{
    Cardinality, Change, ChangeSet, Column, ColumnId, ColumnType, Diagram, Document, IdMint, Index,
    IndexPart, LineColors, Notation, Point, PrimaryKey, ReferentialAction, Table, TableId,
    TablePatch, Uniqueness,
};
use serde_json::{Value, json};

use crate::{
    Editor,
    command::{
        ArrangeStyle, ColumnFields, Command, EnumFields, EnumValueFields, PlacedTable, Selection,
        TableFields,
    },
    outcome::Done,
    plan::arrange_document,
    query::Query,
    view::{Direction, RefForm, RefPair, RefSeed, Severity},
};

/// `users (id*, email unique)`, `orders (id*, user_id, note)`, `lines (order_id*, no*)`.
struct Shop {
    editor: Editor,
    users: TableId,
    orders: TableId,
    lines: TableId,
    user: ColumnId,
    email: ColumnId,
    order_user: ColumnId,
    order_note: ColumnId,
    line_order: ColumnId,
}

fn shop() -> Shop {
    let mut mint = IdMint::new(1_700_000_000_000, 1);
    let mut diagram = Diagram::new();
    let mut table = |name: &str, columns: &[(&str, &str)], key: usize| {
        let mut table = Table::new(mint.id(), None, name);
        for (name, ty) in columns {
            table.columns.push(Column::new(mint.id(), *name, ColumnType::named(*ty)));
        }
        let columns = table.columns[..key].iter().map(|it| it.id).collect();
        table.head.primary_key = Some(PrimaryKey { name: None, columns });
        table.head.position = Some(Point { x: 0, y: 0 });
        table
    };
    let mut users = table("users", &[("id", "integer"), ("email", "varchar(80)")], 1);
    let orders = table("orders", &[("id", "int"), ("user_id", "integer"), ("note", "text")], 1);
    let lines = table("lines", &[("order_id", "integer"), ("no", "integer")], 2);
    let email = users.columns[1].id;
    let unique = Index::new(mint.id(), Uniqueness::Constraint, vec![IndexPart::column(email)]);
    users.indexes.push(unique);
    let create = |it: &Table| Change::CreateTable { table: Box::new(it.clone()) };
    let changes = [&users, &orders, &lines].into_iter().map(create).collect();
    diagram.apply(&ChangeSet::new("a shop", changes)).unwrap();

    let mut editor = Editor::new(1_700_000_001_000, 7);
    editor.open(&snapshot(&diagram, 5)).unwrap();
    Shop {
        editor,
        user: users.columns[0].id,
        email,
        order_user: orders.columns[1].id,
        order_note: orders.columns[2].id,
        line_order: lines.columns[0].id,
        users: users.id,
        orders: orders.id,
        lines: lines.id,
    }
}

fn snapshot(diagram: &Diagram, revision: u64) -> String {
    let diagram = serde_json::to_value(Document::from(diagram)).unwrap();
    json!({ "id": "d1", "name": "Shop", "revision": revision, "diagram": diagram }).to_string()
}

impl Shop {
    fn new_ref(&mut self, seed: RefSeed) -> (RefForm, Direction) {
        let found = self.editor.ask(Query::NewRef { seed, draft: None }).unwrap();
        let form = serde_json::from_value(found["form"].clone()).unwrap();
        let direction = match found["direction"].as_str() {
            Some("clear") => Direction::Clear,
            Some("ask") => Direction::Ask,
            Some("noKey") => Direction::NoKey,
            _ => Direction::Open,
        };
        (form, direction)
    }

    fn drag(&mut self, from: (TableId, ColumnId), to: (TableId, ColumnId)) -> (RefForm, Direction) {
        self.new_ref(RefSeed {
            from_table: Some(from.0),
            from_column: Some(from.1),
            to_table: Some(to.0),
            to_column: Some(to.1),
        })
    }

    fn save(&mut self, form: RefForm) -> Done {
        self.editor.run(Command::SaveRef { form }).unwrap()
    }

    fn refs(&mut self, text: &str) -> Vec<String> {
        let text = text.to_owned();
        let rows = self.editor.ask(Query::RefRows { text, offset: 0, limit: 100 }).unwrap();
        let row = |it: &Value| {
            format!("{} {} {}", it["from"].as_str()?, it["symbol"].as_str()?, it["to"].as_str()?)
                .into()
        };
        rows["rows"].as_array().unwrap().iter().filter_map(row).collect()
    }

    fn problems(&mut self, form: RefForm) -> Vec<String> {
        let found = self.editor.ask(Query::CheckRef { form, draft: None }).unwrap();
        let code = |it: &Value| it["code"].as_str().unwrap().to_owned();
        found.as_array().unwrap().iter().map(code).collect()
    }

    fn add_user_ref(&mut self) -> Done {
        let (from, to) = ((self.orders, self.order_user), (self.users, self.user));
        let (form, _) = self.drag(from, to);
        self.save(form)
    }

    fn rename(&mut self, id: TableId, name: &str) -> Done {
        let fields = TableFields { name: Some(name.to_owned()), ..TableFields::default() };
        self.editor.run(Command::UpdateTable { id, fields }).unwrap()
    }

    fn name_of(&self, id: TableId) -> String {
        self.editor.diagram().table(id).unwrap().name.to_string()
    }

    /// The server's answer to what waits first.
    fn confirm(&mut self) {
        let sent = self.editor.outgoing().unwrap();
        self.editor.receive(sent.base + 1, &sent.change_set, Some(sent.ticket)).unwrap();
    }
}

fn renamed(id: TableId, name: &str) -> ChangeSet {
    let patch = TablePatch { name: Some(name.into()), ..TablePatch::default() };
    ChangeSet::new("rename", vec![Change::UpdateTable { id, patch }])
}

#[test]
fn a_column_that_is_dragged_over_another_shows_the_line_that_it_would_make() {
    let mut desk = shop();
    let (order_user, user) = ((desk.orders, desk.order_user), (desk.users, desk.user));
    let made = desk.editor.draft_line(order_user, user);
    let back = desk.editor.draft_line(user, order_user);
    assert!(!made.is_empty());
    // Whichever was dragged: the key is the parent.
    assert_eq!(made, back);
}

#[test]
fn the_key_is_the_parent_whichever_way_one_drags() {
    let mut shop = shop();
    let (key, user) = ((shop.orders, shop.order_user), (shop.users, shop.user));
    for (from, to) in [(key, user), (user, key)] {
        let (form, direction) = shop.drag(from, to);
        assert_eq!(direction, Direction::Clear);
        assert_eq!((form.from_table, form.to_table), (Some(shop.orders), Some(shop.users)));
        assert_eq!(form.cardinality, Cardinality::ManyToOne);
    }
}

#[test]
fn two_keys_ask_and_no_key_is_said() {
    let mut shop = shop();
    let (user, email) = ((shop.users, shop.user), (shop.users, shop.email));
    let (form, direction) = shop.drag(user, email);
    assert_eq!((form.cardinality, direction), (Cardinality::OneToOne, Direction::Ask));
    let (note, key) = ((shop.orders, shop.order_note), (shop.orders, shop.order_user));
    let (_, direction) = shop.drag(note, key);
    assert_eq!(direction, Direction::NoKey);
}

#[test]
fn a_composite_key_is_taken_whole() {
    let mut shop = shop();
    let (form, direction) =
        shop.drag((shop.orders, shop.order_user), (shop.lines, shop.line_order));
    assert_eq!(direction, Direction::Clear);
    assert_eq!(form.pairs.len(), 2);
    assert_eq!(shop.problems(form), ["ref/no-from-column"]);
}

#[test]
fn choosing_the_to_table_preselects_its_key_and_the_likely_column() {
    let mut shop = shop();
    let form = RefForm { from_table: Some(shop.orders), ..RefForm::default() };
    let found =
        shop.editor.ask(Query::WithToTable { form, table: shop.users, draft: None }).unwrap();
    let form: RefForm = serde_json::from_value(found).unwrap();
    assert_eq!(form.pairs, [RefPair { from: Some(shop.order_user), to: Some(shop.user) }]);
}

#[test]
fn problems_are_named_at_once() {
    let mut shop = shop();
    let form = RefForm {
        from_table: Some(shop.orders),
        to_table: Some(shop.users),
        pairs: vec![RefPair { from: Some(shop.order_note), to: Some(shop.user) }],
        on_delete: Some(ReferentialAction::SetDefault),
        ..RefForm::default()
    };
    let expected = ["ref/type-mismatch", "ref/set-default-without-default"];
    assert_eq!(shop.problems(form), expected);

    shop.add_user_ref();
    let (form, _) = shop.drag((shop.orders, shop.order_user), (shop.users, shop.user));
    assert_eq!(shop.problems(form), ["ref/duplicate"]);
    assert_eq!(shop.problems(RefForm::default())[..2], ["ref/no-from-table", "ref/no-to-table"]);
}

#[test]
fn an_error_comes_before_a_warning() {
    assert!((Severity::Error as u8) < Severity::Warning as u8);
}

#[test]
fn a_saved_ref_is_listed_found_and_changed_in_place() {
    let mut shop = shop();
    let made = shop.add_user_ref();
    assert_eq!(made.description, "add ref orders.user_id > users.id");
    assert_eq!(made.touched.tables.len(), 2);
    assert_eq!(shop.refs(""), ["orders.user_id > users.id"]);
    assert_eq!(shop.refs("USERS user_id").len(), 1);
    assert!(shop.refs("nobody").is_empty());

    let id = made.created.refs[0];
    let detail = shop.editor.ask(Query::Ref { id }).unwrap();
    let mut form: RefForm = serde_json::from_value(detail["form"].clone()).unwrap();
    form.cardinality = Cardinality::OneToOne;
    form.on_delete = Some(ReferentialAction::Cascade);
    shop.save(form.clone());
    assert_eq!(shop.refs(""), ["orders.user_id - users.id"]);
    assert_eq!(shop.save(form).description, "", "saving the same again does nothing");
}

#[test]
fn renaming_shows_in_the_list() {
    let mut shop = shop();
    shop.add_user_ref();
    assert_eq!(shop.refs("").len(), 1);
    let done = shop.rename(shop.users, "people");
    assert_eq!(done.description, "rename table users to people");
    assert_eq!(done.touched.refs.len(), 1);
    assert_eq!(shop.refs(""), ["orders.user_id > people.id"]);
}

#[test]
fn deleting_a_table_with_its_selected_ref_is_one_step_of_undo() {
    let mut shop = shop();
    let made = shop.add_user_ref();
    let before = shop.editor.diagram().clone();
    let things =
        Selection { tables: vec![shop.users], refs: made.created.refs, ..Selection::default() };
    let done = shop.editor.run(Command::Delete { things }).unwrap();
    assert_eq!(done.description, "delete table users and ref orders.user_id > users.id");
    assert!(shop.refs("").is_empty());
    shop.editor.undo().unwrap();
    assert_eq!(*shop.editor.diagram(), before);
    assert_eq!(shop.editor.history().redo.as_deref(), Some(&*done.description));
    shop.editor.redo().unwrap();
    assert!(shop.editor.diagram().table(shop.users).is_none());
}

#[test]
fn a_refused_command_changes_nothing() {
    let mut shop = shop();
    let before = shop.editor.diagram().clone();
    let fields = TableFields { name: Some("orders".into()), ..TableFields::default() };
    let fault = shop.editor.run(Command::UpdateTable { id: shop.users, fields }).unwrap_err();
    assert_eq!(fault.code, "schema/duplicate-table-name");
    assert_eq!(*shop.editor.diagram(), before);
    assert!(shop.editor.outgoing().is_none());
    assert_eq!(shop.editor.history().undo, None);
}

#[test]
fn what_waits_is_sent_in_order_and_confirmed() {
    let mut shop = shop();
    shop.rename(shop.users, "people");
    shop.rename(shop.orders, "sales");
    assert_eq!(shop.editor.outgoing().unwrap().base, 5);
    shop.confirm();
    assert_eq!((shop.editor.n_pending(), shop.editor.outgoing().unwrap().base), (1, 6));
    shop.confirm();
    assert!(shop.editor.outgoing().is_none());
    assert_eq!(
        (shop.name_of(shop.users), shop.name_of(shop.orders)),
        ("people".into(), "sales".into())
    );
}

#[test]
fn changes_of_others_merge_with_what_waits() {
    let mut shop = shop();
    shop.rename(shop.users, "people");
    let received = shop.editor.receive(6, &renamed(shop.orders, "sales"), None).unwrap();
    assert_eq!(received.touched.tables.len(), 2);
    assert!(received.dropped.is_empty());
    assert_eq!(
        (shop.name_of(shop.users), shop.name_of(shop.orders)),
        ("people".into(), "sales".into())
    );
    assert_eq!(shop.editor.outgoing().unwrap().base, 6);
}

#[test]
fn a_clash_takes_the_own_change_back_and_says_so() {
    let mut shop = shop();
    shop.rename(shop.users, "people");
    let received = shop.editor.receive(6, &renamed(shop.users, "persons"), None).unwrap();
    assert_eq!(received.dropped.len(), 1);
    assert_eq!(received.dropped[0].description, "rename table users to people");
    assert_eq!(shop.name_of(shop.users), "persons");
    assert_eq!(shop.editor.n_pending(), 0);
}

#[test]
fn undo_steps_over_what_others_did() {
    let mut shop = shop();
    shop.rename(shop.users, "people");
    shop.confirm();
    shop.editor.receive(7, &renamed(shop.orders, "sales"), None).unwrap();
    shop.editor.undo().unwrap();
    assert_eq!(
        (shop.name_of(shop.users), shop.name_of(shop.orders)),
        ("users".into(), "sales".into())
    );

    shop.confirm();
    shop.editor.receive(9, &renamed(shop.users, "persons"), None).unwrap();
    let fault = shop.editor.redo().unwrap_err();
    assert_eq!(fault.code, "wasm/cannot-undo");
    assert_eq!(shop.name_of(shop.users), "persons");
}

#[test]
fn what_the_server_does_not_take_is_taken_back() {
    let mut shop = shop();
    shop.rename(shop.users, "people");
    shop.rename(shop.orders, "sales");
    let ticket = shop.editor.outgoing().unwrap().ticket;
    let received = shop.editor.drop_pending(ticket, vec!["no".into()]);
    assert_eq!(received.dropped[0].reasons, ["no"]);
    assert_eq!(
        (shop.name_of(shop.users), shop.name_of(shop.orders)),
        ("users".into(), "sales".into())
    );
}

#[test]
fn a_newer_snapshot_keeps_what_waits() {
    let mut shop = shop();
    let before = shop.editor.diagram().clone();
    shop.rename(shop.users, "people");
    shop.editor.reopen(&snapshot(&before, 9)).unwrap();
    assert_eq!(shop.name_of(shop.users), "people");
    assert_eq!(shop.editor.outgoing().unwrap().base, 9);
}

#[test]
fn what_is_no_snapshot_leaves_everything_as_it_is() {
    let mut shop = shop();
    shop.rename(shop.users, "people");
    assert!(shop.editor.reopen("<title>Sign in to the network</title>").is_err());
    assert_eq!(shop.name_of(shop.users), "people");
    assert_eq!(shop.editor.outgoing().unwrap().base, 5);
}

#[test]
fn moving_is_told_apart_from_changing() {
    let mut shop = shop();
    let position = Point { x: 300, y: 40 };
    let tables = vec![PlacedTable { id: shop.users, position }];
    let done = shop.editor.run(Command::Move { tables, notes: Vec::new() }).unwrap();
    assert!(done.touched.moved);
    assert_eq!(shop.editor.diagram().table(shop.users).unwrap().position, Some(position));
    let done = shop.rename(shop.users, "people");
    assert!(!done.touched.moved);
}

#[test]
fn new_things_get_free_names() {
    let mut shop = shop();
    for expected in ["table_1", "table_2"] {
        let create = Command::CreateTable { fields: TableFields::default(), position: None };
        let made = shop.editor.run(create).unwrap().created.tables[0];
        assert_eq!(shop.name_of(made), expected);
        assert!(shop.editor.diagram().table(made).unwrap().position.is_some());
    }
    let create =
        Command::CreateColumn { table: shop.users, fields: ColumnFields::default(), after: None };
    shop.editor.run(create).unwrap();
    let users = shop.editor.diagram().table(shop.users).unwrap();
    assert_eq!(users.columns.last().unwrap().name, "column_1");
}

#[test]
fn a_type_may_be_an_enum_by_its_name() {
    let mut shop = shop();
    let value = |name: &str| EnumValueFields { name: name.into(), ..EnumValueFields::default() };
    let fields = EnumFields {
        name: Some("state".into()),
        values: Some(vec![value("open"), value("done")]),
        ..EnumFields::default()
    };
    let id = shop.editor.run(Command::CreateEnum { fields }).unwrap().created.enums[0];
    let fields = ColumnFields { ty: Some("state[]".into()), ..ColumnFields::default() };
    let (table, column) = (shop.orders, shop.order_note);
    shop.editor.run(Command::UpdateColumn { table, id: column, fields }).unwrap();
    let orders = shop.editor.diagram().table(shop.orders).unwrap();
    assert_eq!(orders.column(column).unwrap().ty, ColumnType::Enum { id, dimensions: 1 });

    // Values are given whole: one stays and comes last, one goes, one is new.
    let kept = shop.editor.diagram().enumeration(id).unwrap().values[0].id;
    let values = vec![value("new"), EnumValueFields { id: Some(kept), ..value("opened") }];
    let fields = EnumFields { values: Some(values), ..EnumFields::default() };
    shop.editor.run(Command::UpdateEnum { id, fields }).unwrap();
    let values = &shop.editor.diagram().enumeration(id).unwrap().values;
    let names: Vec<&str> = values.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["new", "opened"]);
    assert_eq!(values[1].id, kept);
}

#[test]
fn the_scene_follows_and_says_what_changed() {
    let mut shop = shop();
    assert_eq!(shop.editor.take_scene_changes()[0], 1, "all is new after opening");
    assert_eq!(shop.editor.table_boxes().len(), 3 * crate::scene::TABLE_STRIDE);
    shop.add_user_ref();
    let changes = shop.editor.take_scene_changes();
    assert_eq!(changes[0], 0);
    assert!(changes.len() > 2);
    let stream = shop.editor.line_stream(&[0]);
    assert!(stream[9] >= 2.0, "a line has two points at least");
    shop.editor.preview_move(&[0], 50, 0);
    assert_eq!(shop.editor.table_box(0)[0], 50);
    shop.editor.drop_preview();
    assert_eq!(shop.editor.table_box(0)[0], 0);
}

#[test]
fn tables_are_arranged_in_layers_and_tidied_with_one_undo() {
    let mut shop = shop();
    shop.add_user_ref();
    let at = |shop: &Shop, id| shop.editor.shown.table(id).unwrap().position.unwrap();
    let ids = [shop.users, shop.orders, shop.lines];
    let run = |shop: &mut Shop, command: Value| {
        shop.editor.run(serde_json::from_value(command).unwrap()).unwrap();
    };
    run(&mut shop, json!({ "do": "arrange", "scope": "all", "style": "layered" }));
    assert!(at(&shop, shop.users).x < at(&shop, shop.orders).x, "parents are to the left");
    shop.editor.undo().unwrap();
    assert_eq!(ids.map(|id| at(&shop, id)), [Point { x: 0, y: 0 }; 3]);

    let tidy = json!({ "do": "tidy", "tables": [shop.users, shop.orders] });
    run(&mut shop, tidy);
    assert_ne!(at(&shop, shop.users), at(&shop, shop.orders));
    assert_eq!(at(&shop, shop.lines), Point { x: 0, y: 0 }, "others stay");
    shop.editor.undo().unwrap();
    assert_eq!(ids.map(|id| at(&shop, id)), [Point { x: 0, y: 0 }; 3]);
}

#[test]
fn an_arrangement_made_beside_the_page_is_the_one_made_here() {
    let mut shop = shop();
    shop.add_user_ref();
    let document = shop.editor.document();
    let places = arrange_document(&document, ArrangeStyle::Layered, &|_| {}).unwrap();
    let arrange = json!({ "do": "arrange", "scope": "all", "style": "layered" });
    shop.editor.run(serde_json::from_value(arrange).unwrap()).unwrap();
    let here = shop.editor.diagram().clone();
    shop.editor.undo().unwrap();
    // A table that is gone meanwhile is left out.
    let gone = PlacedTable { id: IdMint::new(9, 9).id(), position: Point { x: 1, y: 1 } };
    let tables = places.into_iter().chain([gone]).collect();
    let done = shop.editor.run(Command::Arranged { tables }).unwrap();
    assert_eq!(done.description, "arrange the tables");
    assert_eq!(*shop.editor.diagram(), here);
    assert!(arrange_document("{}", ArrangeStyle::Compact, &|_| {}).is_err());
}

#[test]
fn another_notation_redraws_all_lines() {
    let mut shop = shop();
    shop.add_user_ref();
    let before = shop.editor.line_stream(&[0]);
    shop.editor.take_scene_changes();
    let notation = Notation::Labels;
    shop.editor.run(Command::SetNotation { notation }).unwrap();
    assert_eq!(shop.editor.take_scene_changes()[0], 1);
    assert_ne!(shop.editor.line_stream(&[0]), before);
}

#[test]
fn lines_coloured_by_action_have_a_legend() {
    let mut shop = shop();
    let (from, to) = ((shop.orders, shop.order_user), (shop.users, shop.user));
    let (mut form, _) = shop.drag(from, to);
    form.on_delete = Some(ReferentialAction::Cascade);
    shop.save(form);
    assert_eq!(shop.editor.legend(), None);
    let before = shop.editor.line_stream(&[0]);
    shop.editor.take_scene_changes();
    shop.editor.run(Command::SetLineColors { by: LineColors::Action }).unwrap();
    let legend = shop.editor.legend().unwrap();
    let words: Vec<&str> = legend.keys.iter().map(|it| it.words.as_str()).collect();
    assert_eq!(words, ["Cascade"]);
    assert_eq!(shop.editor.take_scene_changes(), [0, 0, 0]);
    let after = shop.editor.line_stream(&[0]);
    assert_eq!((before[3], before[6], after[6]), (-1.0, 0.0, 1.0));
    assert_eq!((after[3], after[4]), (0xd9_48_0f as f32, 0xff_8a_4c as f32));
    shop.editor.undo().unwrap();
    assert_eq!(shop.editor.line_stream(&[0]), before);
}

#[test]
fn a_bad_snapshot_is_a_fault() {
    let mut editor = Editor::new(0, 0);
    for text in ["", "{}", "[1]", r#"{"id":"a","name":"b","revision":1,"diagram":{"version":99}}"#]
    {
        assert_eq!(editor.open(text).unwrap_err().code, "wasm/bad-snapshot", "{text}");
    }
}
