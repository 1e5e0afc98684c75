use std::collections::{BTreeMap, HashSet};

use crowfoot_schema::{
    ColumnType, EntityId, EnumId, GroupId, NoteId, Table, TableId, View, ViewId,
};

use super::{holds, words};
use crate::{
    Editor,
    view::{
        Counts, DiagramView, EnumValueView, EnumView, GroupView, NoteView, SearchHit, ViewChoice,
        ViewChoices, ViewView, ViewedTable,
    },
    words::{enum_label, ref_label, table_label, type_text},
};

impl Editor {
    pub(super) fn diagram_view(&self) -> DiagramView {
        let diagram = &self.shown;
        let settings = diagram.settings();
        DiagramView {
            dialect: settings.dialect,
            notation: settings.notation,
            line_colors: settings.line_colors,
            view: self.view(),
            note: settings.note.clone(),
            counts: Counts {
                tables: diagram.tables().len(),
                columns: diagram.tables().map(|it| it.columns.len()).sum(),
                refs: diagram.refs().len(),
                enums: diagram.enums().len(),
                groups: diagram.groups().len(),
                notes: diagram.notes().len(),
                views: diagram.views().len(),
                unplaced: diagram.tables().filter(|it| it.position.is_none()).count(),
            },
        }
    }

    /// All enums by label, with the columns that use them.
    pub(super) fn enum_views(&self) -> Vec<EnumView> {
        let mut used: BTreeMap<EnumId, Vec<String>> = BTreeMap::new();
        for table in self.shown.tables() {
            for column in &table.columns {
                if let ColumnType::Enum { id, .. } = column.ty {
                    let label = format!("{}.{}", table_label(table), column.name);
                    used.entry(id).or_default().push(label);
                }
            }
        }
        let mut views: Vec<EnumView> = self
            .shown
            .enums()
            .map(|item| EnumView {
                id: item.id,
                label: enum_label(item),
                schema: item.schema.clone(),
                name: item.name.clone(),
                note: item.note.clone(),
                values: item
                    .values
                    .iter()
                    .map(|it| EnumValueView {
                        id: it.id,
                        name: it.name.clone(),
                        note: it.note.clone(),
                    })
                    .collect(),
                used_by: used.remove(&item.id).unwrap_or_default(),
            })
            .collect();
        views.sort_by_cached_key(|it| (it.label.to_lowercase(), it.id));
        views
    }

    /// All groups by name.
    pub(super) fn group_views(&self) -> Vec<GroupView> {
        let mut members: BTreeMap<GroupId, Vec<TableId>> = BTreeMap::new();
        for table in self.shown.tables() {
            if let Some(group) = table.group {
                members.entry(group).or_default().push(table.id);
            }
        }
        let mut views: Vec<GroupView> = self
            .shown
            .groups()
            .map(|group| GroupView {
                id: group.id,
                name: group.name.clone(),
                color: group.color.clone(),
                note: group.note.clone(),
                tables: members.remove(&group.id).unwrap_or_default(),
            })
            .collect();
        views.sort_by_cached_key(|it| (it.name.to_lowercase(), it.id));
        views
    }

    /// All views by name.
    pub(super) fn view_views(&self) -> Vec<ViewView> {
        let n_tables = |view: &View| self.shown.tables_of(view).count();
        let views = self.shown.views();
        let view =
            |it: &View| ViewView { id: it.id, name: it.name.clone(), n_tables: n_tables(it) };
        let mut views: Vec<ViewView> = views.map(view).collect();
        views.sort_by_cached_key(|it| (it.name.to_lowercase(), it.id));
        views
    }

    /// The tables of a view by label; nothing if there is no such view.
    pub(super) fn viewed(&self, id: ViewId) -> Vec<ViewedTable> {
        let Some(view) = self.shown.view(id) else { return Vec::new() };
        let tables = self.shown.tables_of(view);
        let table = |it: &Table| ViewedTable { id: it.id, label: table_label(it) };
        let mut tables: Vec<ViewedTable> = tables.map(table).collect();
        tables.sort_by_cached_key(|it| (it.label.to_lowercase(), it.id));
        tables
    }

    /// What a view could show, too: those first that refs join to what it shows.
    pub(super) fn view_choices(&mut self, id: ViewId, text: &str, limit: usize) -> ViewChoices {
        let words = words(text);
        let sorted = self.sorted_tables().to_vec();
        let Some(view) = self.shown.view(id) else { return ViewChoices::default() };
        let shown: HashSet<TableId> = self.shown.tables_of(view).map(|it| it.id).collect();
        let is_related = |id: TableId| {
            self.shown.refs_of(id).any(|it| shown.contains(&it.from) || shown.contains(&it.to))
        };
        let (mut related, mut others) = (Vec::new(), Vec::new());
        let mut choices = ViewChoices::default();
        for (label, id) in sorted.into_iter().filter(|it| !shown.contains(&it.1)) {
            let is_related = is_related(id);
            if is_related {
                choices.related.push(id);
            }
            if holds(&label, &words) {
                let list = if is_related { &mut related } else { &mut others };
                list.push(ViewChoice { id, label, is_related });
            }
        }
        choices.choices = related.into_iter().chain(others).take(limit).collect();
        choices
    }

    pub(super) fn note_views(&self) -> Vec<NoteView> {
        self.shown.notes().filter_map(|it| self.note_view(it.id)).collect()
    }

    pub(super) fn note_view(&self, id: NoteId) -> Option<NoteView> {
        let note = self.shown.note(id)?;
        Some(NoteView {
            id,
            name: note.name.clone(),
            text: note.text.clone(),
            color: note.color.clone(),
            position: note.position,
            size: note.size,
        })
    }

    /// What a search over everything finds: names that begin with the text first, then the short.
    pub(super) fn search(&self, text: &str, limit: usize) -> Vec<SearchHit> {
        let wanted = words(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let whole = wanted.join(" ");
        let mut hits: Vec<((u8, usize), SearchHit)> = Vec::new();
        let mut look = |name: &str, label: String, kind: u8, make: &dyn Fn(String) -> SearchHit| {
            let small = label.to_lowercase();
            if wanted.iter().all(|it| small.contains(it.as_str())) {
                let name = name.to_lowercase();
                let rank = if name == whole {
                    0
                } else if name.starts_with(&whole) {
                    3 + kind
                } else {
                    6 + kind
                };
                hits.push(((rank, label.len()), make(label)));
            }
        };
        for table in self.shown.tables() {
            let (id, label) = (table.id, table_label(table));
            let n_columns = table.columns.len();
            look(&table.name, label.clone(), 0, &|label| SearchHit {
                entity: EntityId::Table(id),
                table: Some(id),
                label,
                detail: crate::words::count(n_columns, "column"),
            });
            for column in &table.columns {
                look(&column.name, format!("{label}.{}", column.name), 1, &|label| SearchHit {
                    entity: EntityId::Column(column.id),
                    table: Some(id),
                    label,
                    detail: type_text(&self.shown, column),
                });
            }
        }
        for reference in self.shown.refs() {
            let Some(name) = &reference.name else { continue };
            look(name, name.to_string(), 2, &|label| SearchHit {
                entity: EntityId::Ref(reference.id),
                table: None,
                label,
                detail: ref_label(&self.shown, reference),
            });
        }
        hits.sort_by(|(a, x), (b, y)| (a, &x.label).cmp(&(b, &y.label)));
        hits.into_iter().take(limit).map(|(_, hit)| hit).collect()
    }
}
