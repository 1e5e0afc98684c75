//! What a view shows, as a diagram of its own.

use std::{collections::HashSet, sync::Arc};

use crate::{Diagram, Note, Shown, Table, View, ViewId};

impl Diagram {
    /// What a view shows, and where it stands there: a diagram to be drawn and never to be changed.
    /// None if there is no such view.
    pub fn seen_in(&self, id: ViewId) -> Option<Self> {
        self.view(id).map(|view| self.seen_by(view))
    }

    /// The tables that a view shows, which need not be in the diagram.
    pub fn tables_of<'a>(&'a self, view: &'a View) -> impl Iterator<Item = &'a Table> {
        self.shared_tables_of(view).map(|it| &**it)
    }

    fn shared_tables_of<'a>(&'a self, view: &'a View) -> impl Iterator<Item = &'a Arc<Table>> {
        // A view may name thousands.
        let named: Option<HashSet<_>> = match &view.tables {
            Shown::All => None,
            Shown::Only(list) => Some(list.iter().collect()),
        };
        let is_named = move |it: &Table| named.as_ref().is_none_or(|named| named.contains(&it.id));
        self.tables.values().filter(move |it| is_named(it) || view.has_kind_of(it))
    }

    /// What a view shows that need not be in the diagram.
    ///
    /// Refs between two tables that it shows are in it; types and groups are there as in the whole.
    pub fn seen_by(&self, view: &View) -> Self {
        let mut seen = Self {
            settings: self.settings.clone(),
            enums: self.enums.clone(),
            enum_names: self.enum_names.clone(),
            groups: self.groups.clone(),
            partials: self.partials.clone(),
            ..Self::default()
        };
        for table in self.shared_tables_of(view) {
            let id = table.id;
            let position = view.places.tables.get(&id).copied();
            seen.table_names.insert((table.schema.clone(), table.name.clone()), id);
            seen.tables.insert(id, standing(table, position));
        }
        for id in seen.tables.keys().copied().collect::<Vec<_>>() {
            for reference in self.refs_of(id).filter(|it| it.from == id) {
                if !seen.tables.contains_key(&reference.to) {
                    continue;
                }
                seen.refs_by_table.insert((reference.from, reference.id));
                seen.refs_by_table.insert((reference.to, reference.id));
                if let Some(shared) = self.refs.get(&reference.id) {
                    seen.refs.insert(reference.id, Arc::clone(shared));
                }
            }
        }
        for (&id, note) in self.notes.iter().filter(|(_, it)| view.has_note(it)) {
            let position = view.places.notes.get(&id).copied();
            let note = if note.position == position {
                Arc::clone(note)
            } else {
                Arc::new(Note { position, ..Note::clone(note) })
            };
            seen.notes.insert(id, note);
        }
        seen
    }
}

/// The table at that place.
fn standing(table: &Arc<Table>, position: Option<crate::Point>) -> Arc<Table> {
    if table.position == position {
        return Arc::clone(table);
    }
    let mut table = Table::clone(table);
    table.head.position = position;
    Arc::new(table)
}

#[cfg(test)]
mod tests {
    use crate::{
        Change, ChangeSet, Column, ColumnPairs, ColumnType, Diagram, IdMint, Placed, Point, Ref,
        Shown, Table, View,
    };

    #[test]
    fn a_view_shows_its_tables_at_its_own_places() {
        let mint = &mut IdMint::new(1, 1);
        let mut table = |name: &str| {
            let mut table = Table::new(mint.id(), None, name);
            table.columns.push(Column::new(mint.id(), "id", ColumnType::named("int")));
            table.position = Some(Point { x: 1, y: 1 });
            table
        };
        let (a, b, c) = (table("a"), table("b"), table("c"));
        let mut join = |from: &Table, to: &Table| {
            let pairs = ColumnPairs::one(from.columns[0].id, to.columns[0].id);
            let reference = Box::new(Ref::new(mint.id(), from.id, to.id, pairs));
            Change::CreateRef { reference }
        };
        let refs = [join(&a, &b), join(&b, &c), join(&a, &a)];
        let (a_id, b_id) = (a.id, b.id);
        let tables = [a, b, c].map(|it| Change::CreateTable { table: Box::new(it) });
        let mut view = View::new(IdMint::new(2, 2).id(), "pair");
        view.tables = Shown::Only(vec![a_id, b_id]);
        let id = view.id;
        let place = Change::PlaceInView {
            id,
            thing: Placed::Table(a_id),
            position: Some(Point { x: 7, y: 9 }),
        };
        let changes = tables.into_iter().chain(refs).chain([Change::CreateView { view }, place]);
        let mut diagram = Diagram::new();
        diagram.apply(&ChangeSet::new("make", changes.collect())).unwrap();

        let seen = diagram.seen_in(id).unwrap();
        let places: Vec<_> = seen.tables().map(|it| it.position).collect();
        assert_eq!(places, [Some(Point { x: 7, y: 9 }), None]);
        assert_eq!((seen.refs().len(), seen.refs_of(b_id).count()), (2, 1));
        assert_eq!(seen.table_named(None, "b").map(|it| it.id), Some(b_id));
        assert!(diagram.tables().all(|it| it.position == Some(Point { x: 1, y: 1 })));

        let mut without = diagram.clone();
        let done = without.apply(&ChangeSet::new("", vec![Change::DeleteTable { id: a_id }]));
        assert!(without.view(id).unwrap().places.tables.is_empty());
        without.apply(&done.unwrap().inverse).unwrap();
        assert_eq!(without, diagram);
    }
}
