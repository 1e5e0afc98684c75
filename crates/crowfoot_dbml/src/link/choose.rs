//! What the first of several modules sees: its own elements, those that it uses, and what those are
//! made of.

use std::collections::BTreeSet;

use crowfoot_text::{Diagnostic, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    load::Uses,
    name::{Key, Names, key, name_of, rename, schema_key, shown},
};
use crate::ast::{Ast, Endpoint, Item, Qualified, Setting, TableItem, UseItem, Value, Wanted};

/// An element: its module and its place there.
type Place = (usize, usize);

struct Modules<'a, 'd> {
    items: Vec<Vec<Item<'a>>>,
    /// What each module uses, with the module that it is from.
    uses: Vec<Vec<(UseItem<'a>, Option<usize>)>>,
    /// Other names that a module gives to what it uses.
    aliases: Vec<FxHashMap<String, Place>>,
    diagnostics: &'d mut Vec<Diagnostic>,
}

/// Makes one text of the modules, of which the first is the one that is read.
pub(super) fn choose<'a>(
    modules: Vec<Ast<'a>>,
    uses: Uses,
    diagnostics: &mut Vec<Diagnostic>,
) -> Ast<'a> {
    let n_modules = modules.len();
    let mut all = Modules {
        items: Vec::with_capacity(n_modules),
        uses: Vec::with_capacity(n_modules),
        aliases: vec![FxHashMap::default(); n_modules],
        diagnostics,
    };
    for (module, targets) in modules.into_iter().zip(uses) {
        let mut targets = targets.into_iter();
        let (mut own, mut used) = (Vec::new(), Vec::new());
        for item in module.items {
            match item {
                Item::Use(it) => used.push((it, targets.next().flatten())),
                other => own.push(other),
            }
        }
        all.items.push(own);
        all.uses.push(used);
    }
    let exports = all.exports();
    let visible: Vec<BTreeSet<Place>> =
        (0..n_modules).map(|it| all.visible(it, &exports)).collect();
    let mut chosen = visible[0].clone();
    all.add_parts(&mut chosen, &visible);
    all.rename();
    all.assemble(&chosen)
}

impl<'a> Modules<'a, '_> {
    fn item(&self, (module, at): Place) -> &Item<'a> {
        &self.items[module][at]
    }

    /// Its own elements, as far as they can be named.
    fn own(&self, module: usize) -> BTreeSet<Place> {
        let is_named = |at: &usize| {
            matches!(
                self.items[module][*at],
                Item::Table(_) | Item::Partial(_) | Item::Enum(_) | Item::Group(_) | Item::Note(_)
            )
        };
        (0..self.items[module].len()).filter(is_named).map(|at| (module, at)).collect()
    }

    /// What can be used of each module: its own elements and those that it hands on.
    fn exports(&self) -> Vec<BTreeSet<Place>> {
        let mut exports: Vec<_> = (0..self.items.len()).map(|it| self.own(it)).collect();
        // What is handed on travels one module further each time; circles were cut before.
        for _ in 0..self.items.len() {
            let mut is_settled = true;
            for module in 0..self.items.len() {
                for (item, target) in &self.uses[module] {
                    if let (true, Some(target)) = (item.is_reuse, *target) {
                        let found = self.selected(item, &exports[target]);
                        let n_before = exports[module].len();
                        exports[module].extend(found);
                        is_settled &= exports[module].len() == n_before;
                    }
                }
            }
            if is_settled {
                break;
            }
        }
        exports
    }

    /// What a module can name: its own elements and those that it uses. What it wants and is not
    /// there is told.
    fn visible(&mut self, module: usize, exports: &[BTreeSet<Place>]) -> BTreeSet<Place> {
        let mut visible = self.own(module);
        for (item, target) in &self.uses[module] {
            let Some(target) = *target else { continue };
            visible.extend(self.selected(item, &exports[target]));
            for wanted in item.wanted.iter().flatten() {
                let found = self.find(&exports[target], wanted);
                if let (Some(alias), [only]) = (&wanted.alias, found.as_slice()) {
                    self.aliases[module].insert(alias.text.to_string(), *only);
                }
                if found.is_empty() {
                    self.diagnostics.push(not_there(wanted));
                }
            }
        }
        visible
    }

    fn selected(&self, item: &UseItem<'a>, exports: &BTreeSet<Place>) -> BTreeSet<Place> {
        match &item.wanted {
            None => exports.clone(),
            Some(wanted) => wanted.iter().flat_map(|it| self.find(exports, it)).collect(),
        }
    }

    /// The elements that are meant, of those that can be used.
    fn find(&self, exports: &BTreeSet<Place>, wanted: &Wanted<'a>) -> Vec<Place> {
        let kind = wanted.kind.text.to_ascii_lowercase();
        let bare = &wanted.name.name.text;
        let is_named = |it: &Qualified<'a>| key(it) == key(&wanted.name);
        let is_in = |it: &Qualified<'a>| key(it).0 == schema_key(bare);
        let is_meant = |place: &&Place| match (self.item(**place), kind.as_str()) {
            (Item::Table(it), "table") => is_named(&it.name),
            (Item::Enum(it), "enum") => is_named(&it.name),
            (Item::Partial(it), "tablepartial") => is_named(&it.name),
            (Item::Note(it), "note") => it.name.text == *bare,
            (Item::Group(it), "tablegroup") => it.name.text == *bare,
            (Item::Table(it), "schema") => is_in(&it.name),
            (Item::Enum(it), "schema") => is_in(&it.name),
            _ => false,
        };
        exports.iter().filter(is_meant).copied().collect()
    }

    /// Adds what chosen elements are made of: the tables of groups, the enums and partials of
    /// tables.
    fn add_parts(&self, chosen: &mut BTreeSet<Place>, visible: &[BTreeSet<Place>]) {
        let mut by_key: Vec<FxHashMap<(Kind, Key), Place>> = Vec::with_capacity(visible.len());
        for places in visible {
            let keyed = places.iter().filter_map(|it| Some((kind_and_key(self.item(*it))?, *it)));
            by_key.push(keyed.collect());
        }
        let mut left: Vec<Place> = chosen.iter().copied().collect();
        while let Some(place) = left.pop() {
            let module = place.0;
            let mut parts = Vec::new();
            let mut add = |kind: Kind, key: Key, bare: &str| {
                let alias = self.aliases[module].get(bare).filter(|_| key.0.is_empty());
                parts.extend(alias.or_else(|| by_key[module].get(&(kind, key))).copied());
            };
            match self.item(place) {
                Item::Group(group) => {
                    for name in &group.tables {
                        add(Kind::Table, key(name), &name.name.text);
                    }
                }
                Item::Table(table) | Item::Partial(table) => {
                    for part in &table.body {
                        match part {
                            TableItem::Column(column) => {
                                let schema = schema_key(column.ty.schema().unwrap_or(""));
                                let name = column.ty.name();
                                add(Kind::Enum, (schema, name.to_lowercase()), name);
                            }
                            TableItem::Inject(name) => {
                                let key = (String::new(), name.text.to_lowercase());
                                add(Kind::Partial, key, &name.text);
                            }
                            TableItem::Indexes(_)
                            | TableItem::Checks(_)
                            | TableItem::Records(_)
                            | TableItem::Property(_) => {}
                        }
                    }
                }
                _ => {}
            }
            left.extend(parts.into_iter().filter(|it| chosen.insert(*it)));
        }
    }

    /// Calls everything by its own name where a module has another one for it.
    fn rename(&mut self) {
        for module in 0..self.items.len() {
            let names: Names<'a> = self.aliases[module]
                .iter()
                .filter_map(|(alias, place)| Some((alias.clone(), name_of(self.item(*place))?)))
                .collect();
            if !names.is_empty() {
                self.items[module].iter_mut().for_each(|it| rename(it, &names));
            }
        }
    }

    /// The chosen elements as one text, the first module's in front; of the others also the refs
    /// and records between chosen tables.
    fn assemble(self, chosen: &BTreeSet<Place>) -> Ast<'a> {
        let mut names = FxHashSet::default();
        for place in chosen {
            if let Item::Table(table) = self.item(*place) {
                names.insert(key(&table.name));
                names.extend(table.alias.iter().map(|it| (String::new(), it.text.to_lowercase())));
            }
        }
        let used: FxHashSet<usize> = chosen.iter().map(|it| it.0).collect();
        let diagnostics = self.diagnostics;
        let mut ast = Ast::default();
        for (module, items) in self.items.into_iter().enumerate() {
            for (at, mut item) in items.into_iter().enumerate() {
                let is_chosen = chosen.contains(&(module, at));
                let is_there = |it: &Endpoint<'a>| names.contains(&key(&it.table));
                let is_kept = match &mut item {
                    _ if module == 0 => true,
                    Item::Ref(it) => {
                        let are_there = is_there(&it.left) && is_there(&it.right);
                        let is_touched = is_there(&it.left) || is_there(&it.right);
                        if !are_there && is_touched && used.contains(&module) {
                            let other = if is_there(&it.left) { &it.right } else { &it.left };
                            diagnostics.push(left_out(&other.table, it.span));
                        }
                        are_there
                    }
                    Item::Records(it) => {
                        it.table.as_ref().is_some_and(|it| names.contains(&key(it)))
                    }
                    Item::Table(table) if is_chosen => {
                        for part in &mut table.body {
                            if let TableItem::Column(column) = part {
                                column.settings.retain(|it| keeps(it, &names, diagnostics));
                            }
                        }
                        true
                    }
                    Item::Group(group) if is_chosen => {
                        group.tables.retain(|it| names.contains(&key(it)));
                        true
                    }
                    _ => is_chosen,
                };
                if is_kept {
                    ast.items.push(item);
                }
            }
        }
        ast
    }
}

/// Kinds of elements that others are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Table,
    Partial,
    Enum,
}

fn kind_and_key(item: &Item<'_>) -> Option<(Kind, Key)> {
    match item {
        Item::Table(it) => Some((Kind::Table, key(&it.name))),
        Item::Partial(it) => Some((Kind::Partial, key(&it.name))),
        Item::Enum(it) => Some((Kind::Enum, key(&it.name))),
        _ => None,
    }
}

/// Whether a setting of a column stays: a ref to a table that is not chosen does not.
fn keeps(setting: &Setting<'_>, names: &FxHashSet<Key>, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let Value::Ref(reference) = &setting.value else { return true };
    let is_there = names.contains(&key(&reference.target.table));
    if !is_there {
        diagnostics.push(left_out(&reference.target.table, setting.span));
    }
    is_there
}

fn left_out(target: &Qualified<'_>, span: Span) -> Diagnostic {
    let message = format!("this ref is left out: the table `{}` is not used", shown(target));
    Diagnostic::info("dbml/unused-target", span, message)
}

fn not_there(wanted: &Wanted<'_>) -> Diagnostic {
    const KINDS: [&str; 6] = ["table", "enum", "tablepartial", "note", "schema", "tablegroup"];
    let kind = &wanted.kind.text;
    if !KINDS.iter().any(|it| it.eq_ignore_ascii_case(kind)) {
        let message = format!("`{kind}` is no kind of element that can be used");
        return Diagnostic::error("dbml/unknown-kind", wanted.kind.span, message)
            .with_help(format!("say one of {}", KINDS.join(", ")));
    }
    let kind = kind.to_ascii_lowercase();
    let message = format!("that file has no {kind} `{}` to use", shown(&wanted.name));
    Diagnostic::error("dbml/unknown-import", wanted.name.span(), message)
}
