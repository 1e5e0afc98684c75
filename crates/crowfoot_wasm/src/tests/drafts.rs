//! The table editor: what is pending, what is wrong with it, and how it is saved.

use crowfoot_schema::{Change, ChangeSet, ColumnId, ColumnPatch, ReferentialAction};
use serde_json::{Value, json};

use super::{Shop, renamed, shop};
use crate::{
    draft::{ConflictChoice, DraftCall},
    query::Query,
    view::{DraftColumn, DraftForeignKey, DraftView, RowState},
};

impl Shop {
    fn draft(&mut self, call: DraftCall) -> DraftView {
        self.editor.draft(self.orders, call).unwrap().unwrap()
    }

    /// Edits the draft of `orders`, as JavaScript does.
    fn edit(&mut self, edit: Value) -> DraftView {
        let call = json!({ "call": "edit", "edit": edit });
        self.draft(serde_json::from_value(call).unwrap())
    }

    fn set(&mut self, column: ColumnId, fields: Value) -> DraftView {
        self.edit(json!({ "edit": "setColumn", "id": column, "fields": fields }))
    }

    /// The form of `orders.user_id > users.id`.
    fn form(&self) -> Value {
        json!({
            "fromTable": self.orders, "toTable": self.users,
            "pairs": [{ "from": self.order_user, "to": self.user }],
        })
    }

    fn add_key(&mut self) -> DraftView {
        let form = self.form();
        self.edit(json!({ "edit": "addForeignKey", "form": form }))
    }

    /// Saves the draft of `orders`, and gives what was sent.
    fn save_draft(&mut self) -> ChangeSet {
        let sent = self.editor.send_draft(self.orders).unwrap().unwrap();
        let revision = sent.base + 1;
        self.editor.draft_saved(self.orders, revision, &sent.change_set).unwrap();
        sent.change_set
    }

    fn theirs(&mut self, change: Change) {
        let changes = ChangeSet::new("theirs", vec![change]);
        let revision = self.editor.revision + 1;
        self.editor.receive(revision, &changes, None).unwrap();
    }

    fn they_rename(&mut self, column: ColumnId, name: &str) {
        let patch = ColumnPatch { name: Some(name.into()), ..ColumnPatch::default() };
        self.theirs(Change::UpdateColumn { table: self.orders, id: column, patch });
    }
}

fn opened() -> Shop {
    let mut shop = shop();
    shop.draft(DraftCall::Open);
    shop
}

fn column(view: &DraftView, id: ColumnId) -> &DraftColumn {
    view.columns.iter().find(|it| it.id == id).unwrap()
}

fn only_key(view: &DraftView) -> &DraftForeignKey {
    let [key] = view.foreign_keys.as_slice() else { panic!("{:#?}", view.foreign_keys) };
    key
}

fn codes(view: &DraftView) -> Vec<&str> {
    view.problems.iter().map(|it| it.code.as_str()).collect()
}

fn ops(changes: &ChangeSet) -> Vec<String> {
    let op = |it: &Change| serde_json::to_value(it).unwrap()["op"].as_str().unwrap().to_owned();
    changes.changes.iter().map(op).collect()
}

#[test]
fn nothing_shows_before_it_is_saved() {
    let mut shop = opened();
    let view = shop.edit(json!({ "edit": "setName", "name": "purchases" }));
    assert_eq!((view.label.as_str(), view.is_dirty, view.can_save), ("purchases", true, true));
    assert_eq!(view.head.was["name"], "orders");
    assert_eq!(shop.name_of(shop.orders), "orders");
    assert!(shop.editor.outgoing().is_none());

    shop.save_draft();
    assert_eq!(shop.name_of(shop.orders), "purchases");
    let view = shop.draft(DraftCall::View);
    assert!(!view.is_dirty && view.head.state == RowState::Unchanged);
    assert_eq!(
        shop.editor.undo().unwrap().description,
        "undo: change table orders: table orders renamed to purchases"
    );
    assert_eq!(shop.name_of(shop.orders), "orders");
}

#[test]
fn a_changed_row_and_a_field_of_the_table_are_brought_back() {
    let mut shop = opened();
    let (user, note) = (shop.order_user, shop.order_note);
    let fields = json!({ "name": "buyer_id", "isPrimary": true, "isUnique": true });
    shop.set(user, fields);
    shop.edit(json!({ "edit": "moveColumn", "id": user, "after": null }));
    shop.set(note, json!({ "type": "varchar(80)" }));
    shop.edit(json!({ "edit": "setName", "name": "purchases" }));
    shop.edit(json!({ "edit": "setAlias", "alias": "P" }));

    let entity = json!({ "kind": "column", "id": user });
    let view = shop.edit(json!({ "edit": "revert", "entity": entity }));
    assert_eq!(column(&view, user).state, RowState::Unchanged);
    assert_eq!(column(&view, note).state, RowState::Changed);

    let table = json!({ "kind": "table", "id": shop.orders });
    let view = shop.edit(json!({ "edit": "revert", "entity": table, "field": "name" }));
    assert_eq!((view.head.name.as_str(), view.head.alias.as_str()), ("orders", "P"));
    shop.edit(json!({ "edit": "revert", "entity": table }));
    let entity = json!({ "kind": "column", "id": note });
    let view = shop.edit(json!({ "edit": "revert", "entity": entity }));
    assert!(!view.is_dirty, "{:?}", view.counts);
}

#[test]
fn typing_in_a_form_is_one_step_of_undo() {
    let mut shop = opened();
    let view = shop.add_key();
    let id = only_key(&view).id;
    for name in ["o", "or", "ord"] {
        let mut form = serde_json::to_value(&only_key(&shop.draft(DraftCall::View)).form).unwrap();
        form["name"] = json!(name);
        shop.edit(json!({ "edit": "setForeignKey", "id": id, "form": form }));
    }
    let view = shop.draft(DraftCall::Undo);
    assert_eq!(only_key(&view).name, "");
    assert!(!shop.draft(DraftCall::Undo).is_dirty);
}

#[test]
fn rows_say_what_they_were() {
    let mut shop = opened();
    let (user, note) = (shop.order_user, shop.order_note);
    shop.set(user, json!({ "name": "buyer_id", "isNotNull": true, "isUnique": true }));
    shop.edit(json!({ "edit": "moveColumn", "id": note, "after": null }));
    let view =
        shop.edit(json!({ "edit": "addColumn", "fields": { "name": "total", "type": "int" } }));

    let changed = column(&view, user);
    assert_eq!(changed.state, RowState::Changed);
    let was: Vec<_> = changed.was.iter().map(|(field, text)| format!("{field} {text}")).collect();
    assert_eq!(was, ["isNotNull no", "isUnique no", "name user_id"]);
    assert_eq!(column(&view, note).was["place"], "after user_id");
    assert_eq!(view.columns.last().unwrap().state, RowState::Added);
    assert_eq!(view.counts.words, "1 column added, 2 changed");

    let view = shop.edit(json!({ "edit": "dropColumn", "id": note }));
    assert_eq!(column(&view, note).state, RowState::Removed);
    assert_eq!(view.counts.words, "1 column added, 1 changed, 1 removed");
}

#[test]
fn what_is_taken_back_leaves_no_trace() {
    let mut shop = opened();
    let (user, note) = (shop.order_user, shop.order_note);
    shop.set(user, json!({ "name": "x", "isPrimary": true, "isUnique": true, "default": "1" }));
    shop.set(
        user,
        json!({ "name": "user_id", "isPrimary": false, "isUnique": false, "default": "" }),
    );
    let key = only_key(&shop.add_key()).id;
    shop.edit(json!({ "edit": "dropForeignKey", "id": key }));
    shop.edit(json!({ "edit": "dropColumn", "id": note }));
    shop.edit(json!({ "edit": "restoreColumn", "id": note }));
    let view = shop.draft(DraftCall::View);
    assert!(!view.is_dirty, "{view:#?}");
    assert!(shop.editor.send_draft(shop.orders).unwrap().is_none());
    while shop.draft(DraftCall::View).can_undo {
        shop.draft(DraftCall::Undo);
    }
    assert!(!shop.draft(DraftCall::View).is_dirty);
}

#[test]
fn a_rename_and_a_foreign_key_are_one_change_set() {
    let mut shop = opened();
    shop.set(shop.order_user, json!({ "name": "buyer_id" }));
    let view = shop.add_key();
    let mut form = serde_json::to_value(&only_key(&view).form).unwrap();
    form["onDelete"] = json!("cascade");
    let id = only_key(&view).id;
    let view = shop.edit(json!({ "edit": "setForeignKey", "id": id, "form": form }));
    let key = only_key(&view);
    assert_eq!((key.label.as_str(), key.state), ("buyer_id > users.id", RowState::Added));
    assert_eq!(key.on_delete, Some(ReferentialAction::Cascade));
    assert_eq!(view.counts.words, "1 column changed, 1 foreign key added");
    assert_eq!(ops(&shop.save_draft()), ["updateColumn", "createRef"]);
    assert_eq!(shop.refs(""), ["orders.buyer_id > users.id"]);
    shop.editor.undo().unwrap();
    assert!(shop.refs("").is_empty());
}

#[test]
fn a_column_takes_its_refs_along_and_brings_them_back() {
    let mut shop = shop();
    shop.add_user_ref();
    shop.confirm();
    shop.editor.draft(shop.users, DraftCall::Open).unwrap();
    let (table, user) = (shop.users, shop.user);
    let rows = shop.editor.ask(Query::RefsThatGo { table, column: user }).unwrap();
    assert_eq!(rows[0]["from"], "orders.user_id");

    let mut edit = |edit: &str| {
        let call = json!({ "call": "edit", "edit": { "edit": edit, "id": user } });
        let call = serde_json::from_value(call).unwrap();
        shop.editor.draft(table, call).unwrap().unwrap()
    };
    let view = edit("dropColumn");
    assert!(view.referenced_by[0].is_removed && view.primary.is_empty());
    assert_eq!(view.counts.words, "1 column removed, 1 ref of other tables removed");
    let view = edit("restoreColumn");
    assert!(!view.is_dirty && view.primary == [user]);

    edit("dropColumn");
    let sent = shop.editor.send_draft(table).unwrap().unwrap();
    assert_eq!(ops(&sent.change_set), ["deleteColumn"]);
    assert_eq!(
        sent.change_set.description,
        "change table users: column id dropped, foreign key user_id > users.id dropped"
    );
}

#[test]
fn a_foreign_key_may_be_incomplete_for_a_while() {
    let mut shop = opened();
    let form = json!({ "fromTable": shop.orders, "pairs": [{ "from": shop.order_user }] });
    let view = shop.edit(json!({ "edit": "addForeignKey", "form": form }));
    assert_eq!(codes(&view), ["ref/no-to-table"]);
    assert!(!view.can_save && view.is_dirty);
    assert!(shop.editor.send_draft(shop.orders).is_err());
    let id = only_key(&view).id;
    let form = shop.form();
    let view = shop.edit(json!({ "edit": "setForeignKey", "id": id, "form": form }));
    assert!(view.can_save, "{:#?}", view.problems);
}

#[test]
fn problems_stand_at_their_fields() {
    let mut shop = opened();
    let view = shop.set(shop.order_user, json!({ "name": "note" }));
    let [problem] = column(&view, shop.order_user).problems.as_slice() else { panic!("{view:#?}") };
    assert_eq!(problem.field.as_deref(), Some("name"));
    assert_eq!(problem.message, "`orders` has a column `note` already");
    assert!(column(&view, shop.order_note).problems.is_empty());

    shop.set(shop.order_user, json!({ "name": "" }));
    let view = shop.edit(json!({ "edit": "setName", "name": "users" }));
    assert_eq!(codes(&view), ["schema/duplicate-table-name", "schema/empty-name"]);
    assert_eq!(view.head.problems[0].field.as_deref(), Some("name"));

    shop.set(shop.order_user, json!({ "name": "user_id", "type": "text" }));
    shop.edit(json!({ "edit": "setName", "name": "orders" }));
    let view = shop.add_key();
    assert_eq!(codes(&view), ["ref/type-mismatch"]);
    assert_eq!(only_key(&view).problems[0].pair, Some(0));
    assert!(view.can_save);
}

#[test]
fn what_the_server_refuses_stands_until_it_is_edited() {
    let mut shop = opened();
    shop.set(shop.order_user, json!({ "name": "buyer" }));
    shop.editor.send_draft(shop.orders).unwrap().unwrap();
    assert!(shop.draft(DraftCall::View).is_saving);
    let reasons = json!([{
        "change": 0, "entity": { "kind": "column", "id": shop.order_user }, "field": "name",
        "code": "x/too-long", "message": "too long",
    }]);
    shop.editor.draft_not_saved(shop.orders, serde_json::from_value(reasons).unwrap());
    let view = shop.draft(DraftCall::View);
    assert_eq!(column(&view, shop.order_user).problems[0].message, "too long");
    assert!(view.is_dirty && !view.is_saving);
    let view = shop.set(shop.order_user, json!({ "name": "buyers" }));
    assert!(view.can_save);
}

#[test]
fn disjoint_edits_merge_and_are_news() {
    let mut shop = opened();
    shop.set(shop.order_user, json!({ "isNotNull": true }));
    shop.they_rename(shop.order_user, "buyer_id");
    assert_eq!(shop.editor.take_stale_drafts(), [shop.orders]);
    let view = shop.draft(DraftCall::View);
    let merged = column(&view, shop.order_user);
    assert_eq!((merged.name.as_str(), merged.is_not_null), ("buyer_id", true));
    assert_eq!(view.news[0].words, "column user_id renamed to buyer_id");
    assert!(view.conflicts.is_empty() && view.can_save);
    assert!(shop.draft(DraftCall::DismissNews).news.is_empty());
    // What is elsewhere is no news.
    shop.theirs(renamed(shop.lines, "rows").changes.remove(0));
    assert!(shop.draft(DraftCall::View).news.is_empty());
}

#[test]
fn the_same_field_twice_has_to_be_decided() {
    for (choice, expected) in [(ConflictChoice::Theirs, "theirs"), (ConflictChoice::Mine, "mine")] {
        let mut shop = opened();
        shop.set(shop.order_user, json!({ "name": "mine", "isNotNull": true }));
        shop.they_rename(shop.order_user, "theirs");
        let view = shop.draft(DraftCall::View);
        let [conflict] = view.conflicts.as_slice() else { panic!("{:#?}", view.conflicts) };
        assert_eq!((conflict.theirs.as_str(), conflict.mine.as_str()), ("theirs", "mine"));
        assert!(!view.can_save);
        assert_eq!(shop.editor.send_draft(shop.orders).unwrap_err().code, "draft/conflicts");

        let conflict = conflict.id.clone();
        let view = shop.draft(DraftCall::Resolve { conflict, choice });
        assert!(view.conflicts.is_empty() && view.can_save);
        shop.save_draft();
        let saved = shop.editor.diagram().table(shop.orders).unwrap();
        let saved = saved.column(shop.order_user).unwrap();
        assert_eq!((saved.name.as_str(), saved.not_null), (expected, true));
    }
}

#[test]
fn a_foreign_key_onto_what_has_gone_asks() {
    let mut shop = opened();
    shop.add_key();
    let (users, orders) = (shop.users, shop.orders);
    shop.theirs(Change::DeleteTable { id: users });
    let view = shop.draft(DraftCall::View);
    assert_eq!(view.conflicts[0].code, "conflict/uses-deleted");
    let conflict = view.conflicts[0].id.clone();
    let view =
        shop.draft(DraftCall::Resolve { conflict: conflict.clone(), choice: ConflictChoice::Mine });
    assert_eq!(codes(&view), ["ref/no-to-table"]);
    shop.draft(DraftCall::Undo);
    let view = shop.draft(DraftCall::Resolve { conflict, choice: ConflictChoice::Theirs });
    assert!(view.foreign_keys.is_empty() && !view.is_dirty);

    shop.theirs(Change::DeleteTable { id: orders });
    assert!(shop.editor.draft(orders, DraftCall::View).unwrap().is_none());
}

#[test]
fn a_table_that_has_gone_can_be_made_again() {
    let mut shop = opened();
    shop.set(shop.order_user, json!({ "name": "buyer" }));
    let orders = shop.orders;
    shop.theirs(Change::DeleteTable { id: orders });
    let view = shop.draft(DraftCall::View);
    assert!(view.is_dropped && !view.can_save);
    let conflict = view.conflicts[0].id.clone();
    let view = shop.draft(DraftCall::Resolve { conflict, choice: ConflictChoice::Mine });
    assert!(view.is_new && view.can_save, "{view:#?}");
    assert_eq!(ops(&shop.save_draft()), ["createTable"]);
    assert!(shop.editor.diagram().table(orders).unwrap().column_named("buyer").is_some());
    assert!(!shop.draft(DraftCall::View).is_new);
}

#[test]
fn what_is_edited_during_a_save_is_a_second_one() {
    let mut shop = opened();
    shop.set(shop.order_user, json!({ "name": "first" }));
    let sent = shop.editor.send_draft(shop.orders).unwrap().unwrap();
    shop.set(shop.order_user, json!({ "name": "user_id" }));
    shop.editor.draft_saved(shop.orders, sent.base + 1, &sent.change_set).unwrap();
    let view = shop.draft(DraftCall::View);
    assert_eq!(column(&view, shop.order_user).was["name"], "first");
    assert!(view.is_dirty && view.conflicts.is_empty());
}

#[test]
fn the_diagram_goes_before_its_drafts() {
    let mut shop = opened();
    shop.set(shop.order_user, json!({ "name": "buyer" }));
    shop.rename(shop.users, "people");
    assert_eq!(shop.editor.send_draft(shop.orders).unwrap_err().code, "draft/not-yet");
    shop.confirm();
    shop.rename(shop.orders, "purchases");
    shop.confirm();
    let view = shop.draft(DraftCall::View);
    assert_eq!(view.label, "purchases");
    assert!(view.news.is_empty() && view.can_save);
    shop.editor.undo().unwrap();
    assert_eq!(shop.draft(DraftCall::View).label, "orders");
}

#[test]
fn a_suggestion_becomes_a_foreign_key() {
    let mut shop = opened();
    let view = shop.draft(DraftCall::View);
    let suggestion = column(&view, shop.order_user).suggestion.clone().unwrap();
    assert_eq!(suggestion.label, "user_id > users.id");
    let accept = json!({ "edit": "acceptSuggestion", "column": shop.order_user });
    let view = shop.edit(accept.clone());
    assert_eq!(only_key(&view).label, "user_id > users.id");
    assert!(column(&view, shop.order_user).suggestion.is_none());
    let call = serde_json::from_value(json!({ "call": "edit", "edit": accept })).unwrap();
    assert_eq!(shop.editor.draft(shop.orders, call).unwrap_err().code, "draft/no-suggestion");
    // A new column is looked at as well.
    shop.edit(json!({ "edit": "dropForeignKey", "id": only_key(&view).id }));
    let view = shop.edit(json!({ "edit": "addColumn", "fields": { "name": "order_id" } }));
    assert!(view.columns.last().unwrap().suggestion.is_some());
}

#[test]
fn ref_forms_see_what_is_pending() {
    let mut shop = opened();
    let view = shop.edit(json!({ "edit": "addColumn", "fields": { "name": "line_order_id" } }));
    let added = view.columns.last().unwrap().id;
    let draft = Some(shop.orders);
    let ask = |draft| Query::ColumnChoices {
        table: shop.orders,
        text: "line".to_owned(),
        like: None,
        draft,
    };
    let (with, without) = (ask(draft), ask(None));
    assert_eq!(shop.editor.ask(with).unwrap()[0]["id"], json!(added));
    assert_eq!(shop.editor.ask(without).unwrap(), json!([]));

    let form: crate::view::RefForm = serde_json::from_value(json!({
        "fromTable": shop.orders, "toTable": shop.lines,
        "pairs": [{ "from": added, "to": shop.line_order }],
    }))
    .unwrap();
    let problems = |draft| Query::CheckRef { form: form.clone(), draft };
    let (with, without) = (problems(draft), problems(None));
    assert_eq!(shop.editor.ask(with).unwrap()[0]["code"], "ref/target-not-unique");
    assert_eq!(shop.editor.ask(without).unwrap()[0]["code"], "ref/no-from-column");
}

#[test]
fn a_kept_draft_is_taken_up_again() {
    let mut before = opened();
    assert!(before.editor.keep_draft(before.orders).is_none());
    before.set(before.order_user, json!({ "name": "mine" }));
    let kept = serde_json::to_string(&before.editor.keep_draft(before.orders)).unwrap();

    let mut shop = shop();
    shop.they_rename(shop.order_note, "remark");
    let view = shop.editor.restore_draft(&kept).unwrap().unwrap();
    assert_eq!(column(&view, shop.order_user).name, "mine");
    assert_eq!(column(&view, shop.order_note).name, "remark");
    assert_eq!(view.news[0].words, "column note renamed to remark");
    assert_eq!(shop.editor.restore_draft("{}").unwrap_err().code, "draft/not-kept");
}

#[test]
fn rows_of_a_spreadsheet_become_columns_in_one_step() {
    let mut shop = opened();
    let text = "total\tnumeric(10,2)\tnot null\tdefault 0\nstate\ttext\twobbly\n";
    let after = shop.order_user;
    let view = shop.edit(json!({ "edit": "pasteColumns", "after": after, "text": text }));
    let names: Vec<_> = view.columns.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["id", "user_id", "total", "state", "note"]);
    assert_eq!(view.columns[2].default, "0");
    assert_eq!(view.notices, ["row 2: `wobbly` is not understood"]);
    assert!(shop.draft(DraftCall::View).notices.is_empty());
    assert!(!shop.draft(DraftCall::Undo).is_dirty);
}

#[test]
fn lines_of_dbml_become_columns_with_their_refs() {
    let mut shop = opened();
    let text = "buyer int [not null, ref: > users.id, note: 'who pays'],\n\
                code varchar(8) [unique, default: 'x']\nparent int [ref: - orders.id]\nbroken [";
    let view = shop.edit(json!({ "edit": "pasteColumns", "text": text }));
    let labels: Vec<_> = view.foreign_keys.iter().map(|it| it.label.as_str()).collect();
    assert_eq!(labels, ["buyer > users.id", "parent - orders.id"]);
    let column = |name: &str| view.columns.iter().find(|it| it.name == name).unwrap();
    assert!(column("buyer").is_not_null && column("code").is_unique);
    assert_eq!(
        (column("buyer").note.as_str(), column("code").default.as_str()),
        ("who pays", "'x'")
    );
    assert!(view.notices.iter().any(|it| it.starts_with("line 4: ")), "{:?}", view.notices);

    let call = json!({ "call": "edit", "edit": { "edit": "pasteColumns", "text": "(*" } });
    let call = serde_json::from_value(call).unwrap();
    assert_eq!(shop.editor.draft(shop.orders, call).unwrap_err().code, "draft/cannot-paste");
}

#[test]
fn a_key_that_was_just_taken_out_is_not_suggested() {
    let mut shop = opened();
    let user = shop.order_user;
    let view = shop.edit(json!({ "edit": "acceptSuggestion", "column": user }));
    let id = only_key(&view).id;
    shop.save_draft();
    let view = shop.edit(json!({ "edit": "dropForeignKey", "id": id }));
    assert!(column(&view, user).suggestion.is_none());
}

#[test]
fn dismissing_a_suggestion_waits_for_the_save() {
    let mut shop = shop();
    let at = |view: &DraftView| view.columns[1].suggestion.clone();
    let opened = shop.draft(DraftCall::Open);
    assert!(at(&opened).is_some());
    let column = shop.order_user;
    let view = shop.edit(json!({ "edit": "dismissSuggestion", "column": column }));
    assert_eq!(at(&view), None);
    assert_eq!(view.counts.words, "1 suggestion dismissed");
    assert!(view.can_save);
    assert_eq!(shop.editor.diagram().dismissals().len(), 0);
    assert!(at(&shop.draft(DraftCall::Undo)).is_some());
    shop.draft(DraftCall::Redo);
    let sent = shop.save_draft();
    assert_eq!(sent.description, "change table orders: suggestion for user_id dismissed");
    assert_eq!(shop.editor.diagram().dismissals().len(), 1);
    let after = shop.draft(DraftCall::View);
    assert_eq!(at(&after), None);
    assert!(!after.is_dirty);
    // Taken back by an undo of the diagram, it is suggested again.
    shop.editor.undo().unwrap();
    assert!(at(&shop.draft(DraftCall::View)).is_some());
}
