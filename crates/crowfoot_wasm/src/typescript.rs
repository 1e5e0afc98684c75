//! The TypeScript of everything that crosses into the browser, kept beside its users.

use std::{any::TypeId, collections::BTreeMap, fmt::Write as _, path::Path};

use ts_rs::{Config, TS, TypeVisitor};

use crate::{command::Command, draft::DraftCall, outcome, query::Query, scene, view};

/// Declarations by name, each type once.
struct Declarations<'a> {
    config: &'a Config,
    seen: Vec<TypeId>,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if self.seen.contains(&TypeId::of::<T>()) {
            return;
        }
        self.seen.push(TypeId::of::<T>());
        T::visit_dependencies(self);
        T::visit_generics(self);
        // Wrappers such as boxes have no declaration of their own.
        if std::any::type_name::<T>().starts_with("crowfoot_") {
            let mut text = String::new();
            if let Some(docs) = T::docs() {
                text.push_str(&docs);
            }
            let _ = writeln!(text, "export {}", T::decl(self.config));
            self.by_name.insert(T::ident(self.config), text);
        }
    }
}

/// The whole of `model.ts`.
fn typescript() -> String {
    let config = Config::new().with_large_int("number");
    let mut all = Declarations { config: &config, seen: Vec::new(), by_name: BTreeMap::new() };
    all.visit::<Command>();
    all.visit::<Query>();
    all.visit::<DraftCall>();
    all.visit::<view::DraftView>();
    all.visit::<view::DiagramView>();
    all.visit::<view::TableRows>();
    all.visit::<view::TableView>();
    all.visit::<view::RefRows>();
    all.visit::<view::RefDetail>();
    all.visit::<view::NewRef>();
    all.visit::<view::RefProblem>();
    all.visit::<view::EnumView>();
    all.visit::<view::GroupView>();
    all.visit::<view::NoteView>();
    all.visit::<view::ViewView>();
    all.visit::<view::ViewedTable>();
    all.visit::<view::ViewChoices>();
    all.visit::<view::ViewChoice>();
    all.visit::<view::TableChoice>();
    all.visit::<view::ColumnChoice>();
    all.visit::<view::SearchHit>();
    all.visit::<view::SuggestionReview>();
    all.visit::<view::SuggestionCount>();
    all.visit::<outcome::Done>();
    all.visit::<outcome::Outgoing>();
    all.visit::<outcome::DraftOutgoing>();
    all.visit::<outcome::Received>();
    all.visit::<outcome::History>();
    all.visit::<outcome::Fault>();
    all.visit::<scene::TableFace>();
    all.visit::<scene::GroupFace>();
    all.visit::<scene::NoteFace>();
    all.visit::<scene::HitFace>();
    all.visit::<scene::LineFace>();
    all.visit::<scene::LegendFace>();
    all.visit::<scene::Fit>();
    all.visit::<scene::Look>();
    let mut text = String::from(
        "// Written by a test of crowfoot_wasm; CROWFOOT_UPDATE=1 writes it anew.\n\n",
    );
    for declaration in all.by_name.values() {
        text.push_str(declaration);
        text.push('\n');
    }
    text
}

#[test]
fn the_committed_types_are_those_of_the_model() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/src/core/generated/model.ts");
    let wanted = typescript();
    if std::env::var_os("CROWFOOT_UPDATE").is_some() {
        std::fs::write(&path, &wanted).expect("the types can be written");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == wanted,
        "web/src/core/generated/model.ts is stale: run this test with CROWFOOT_UPDATE=1"
    );
}
