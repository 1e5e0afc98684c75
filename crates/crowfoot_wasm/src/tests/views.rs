//! Views on the canvas: what they show, and places of their own.

use crowfoot_schema::{Point, TableId, ViewId};
use serde_json::json;

use super::{Shop, shop};
use crate::{outcome::Done, query::Query};

fn run(shop: &mut Shop, command: serde_json::Value) -> Done {
    shop.editor.run(serde_json::from_value(command).unwrap()).unwrap()
}

/// A view of those tables, shown on the canvas.
fn viewing(shop: &mut Shop, tables: &[TableId]) -> ViewId {
    let done = run(shop, json!({ "do": "createView", "fields": {}, "tables": tables }));
    let view = done.created.views[0];
    shop.editor.show_view(Some(view));
    view
}

/// Where tables stand on the canvas.
fn seen(shop: &Shop) -> Vec<(TableId, Point)> {
    let tables = shop.editor.scene.tables();
    tables.map(|(_, it)| (it.id, it.rect.corner())).collect()
}

#[test]
fn a_view_has_places_of_its_own() {
    let mut shop = shop();
    shop.add_user_ref();
    let (users, orders) = (shop.users, shop.orders);
    let whole = seen(&shop);
    let view = viewing(&mut shop, &[users, orders]);
    let before = seen(&shop);
    assert_eq!(before.len(), 2);
    assert_eq!(shop.editor.scene.lines().count(), 1);

    let at = Point { x: 400, y: 300 };
    run(&mut shop, json!({ "do": "move", "tables": [{ "id": users, "position": at }] }));
    assert!(seen(&shop).contains(&(users, at)));
    let moved = seen(&shop);
    shop.editor.show_view(None);
    assert_eq!(seen(&shop), whole);
    run(&mut shop, json!({ "do": "arrange", "scope": "all", "style": "layered" }));
    shop.editor.show_view(Some(view));
    assert_eq!(seen(&shop), moved);
    run(&mut shop, json!({ "do": "arrange", "scope": "all" }));
    assert_eq!(shop.editor.seen().tables().len(), 2);

    shop.editor.undo().unwrap();
    assert_eq!(seen(&shop), moved);
    shop.editor.undo().unwrap();
    shop.editor.undo().unwrap();
    assert_eq!(seen(&shop), before);
    shop.editor.show_view(None);
    assert_eq!(seen(&shop), whole);
}

#[test]
fn tables_come_into_a_view_and_leave_it() {
    let mut shop = shop();
    shop.add_user_ref();
    let (users, orders, lines) = (shop.users, shop.orders, shop.lines);
    let view = viewing(&mut shop, &[users, orders]);
    let places = seen(&shop);
    let set = |is_shown, table| json!({ "do": "setViewed", "id": view, "tables": [table], "isShown": is_shown });
    run(&mut shop, set(true, lines));
    assert_eq!(seen(&shop).len(), 3);
    assert!(places.iter().all(|it| seen(&shop).contains(it)), "nothing else moved");
    run(&mut shop, set(false, orders));
    assert_eq!(seen(&shop).len(), 2);
    assert_eq!(shop.editor.scene.lines().count(), 0);
    shop.editor.undo().unwrap();
    assert_eq!(shop.editor.scene.lines().count(), 1);

    let made = run(
        &mut shop,
        json!({ "do": "createTable", "fields": {}, "position": { "x": 5, "y": 9 } }),
    );
    assert!(seen(&shop).contains(&(made.created.tables[0], Point { x: 5, y: 9 })));
    let tables = shop.editor.ask(Query::Viewed { id: view }).unwrap();
    assert_eq!(tables.as_array().unwrap().len(), 4);
}

#[test]
fn a_view_is_offered_what_refs_join_to_it_first() {
    let mut shop = shop();
    shop.add_user_ref();
    let users = shop.users;
    let view = viewing(&mut shop, &[users]);
    let ask = |shop: &mut Shop, text: &str, limit| {
        shop.editor.ask(Query::ViewChoices { id: view, text: text.to_owned(), limit }).unwrap()
    };
    let lines = json!({ "id": shop.lines, "label": "lines", "isRelated": false });
    let orders = json!({ "id": shop.orders, "label": "orders", "isRelated": true });
    let all = json!({ "choices": [orders, lines], "related": [shop.orders] });
    assert_eq!(ask(&mut shop, "", 9), all);
    let found = json!({ "choices": [lines], "related": [shop.orders] });
    assert_eq!(ask(&mut shop, "LINE", 1), found);
    let gone = json!({ "choices": [], "related": [] });
    run(&mut shop, json!({ "do": "deleteView", "id": view }));
    assert_eq!(ask(&mut shop, "", 9), gone);
}

#[test]
fn a_view_of_all_is_hidden_from_and_deleted() {
    let mut shop = shop();
    let users = shop.users;
    let before = seen(&shop);
    let view = viewing(&mut shop, &[]);
    assert_eq!(seen(&shop), before);
    run(&mut shop, json!({ "do": "setViewed", "id": view, "tables": [users], "isShown": false }));
    assert_eq!(seen(&shop).len(), before.len() - 1);
    run(&mut shop, json!({ "do": "updateView", "id": view, "fields": { "name": "Most" } }));
    let views = shop.editor.ask(Query::Views).unwrap();
    assert_eq!(views, json!([{ "id": view, "name": "Most", "nTables": 2 }]));
    run(&mut shop, json!({ "do": "deleteView", "id": view }));
    assert_eq!((shop.editor.view(), seen(&shop)), (None, before));
}
