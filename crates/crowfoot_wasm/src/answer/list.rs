//! The long lists: tables and refs, a page at a time.

use crowfoot_schema::{Ref, RefId, ReferentialAction, Side, TableId};

use super::{Lens, holds, words};
use crate::{
    Editor,
    view::{RefRow, RefRows, TableQuery, TableRow, TableRows},
    words::{action_words, end_label, symbol, table_label},
};

/// Sorted lists, kept until the diagram changes: a page of 20,000 refs costs that page only.
#[derive(Default)]
pub(crate) struct Lists {
    generation: Option<u64>,
    /// Tables by label.
    tables: Vec<(String, TableId)>,
    /// Refs by from end and to end, with what a search looks into.
    refs: Vec<ListedRef>,
    /// The last search of refs, and the places in `refs` of what it found.
    found: Option<(String, Vec<usize>)>,
}

struct ListedRef {
    id: RefId,
    /// Both ends and the name, in small letters.
    text: String,
}

impl Editor {
    pub(super) fn table_rows(
        &mut self,
        query: &TableQuery,
        offset: usize,
        limit: usize,
    ) -> TableRows {
        self.freshen();
        let words = words(&query.text);
        let mut rows = Vec::new();
        let mut total = 0;
        for (label, id) in &self.lists.tables {
            let Some(table) = self.shown.table(*id) else { continue };
            if query.group.is_some() && table.group != query.group {
                continue;
            }
            let alias = table.alias.as_deref().unwrap_or_default();
            let is_named = holds(&format!("{label} {alias}"), &words);
            let mut matched = Vec::new();
            if !is_named {
                let columns = table.columns.iter().map(|it| &it.name);
                matched.extend(columns.filter(|it| holds(it, &words)).cloned());
                if matched.is_empty() {
                    continue;
                }
            }
            total += 1;
            if total <= offset || rows.len() >= limit {
                continue;
            }
            let group = table.group.and_then(|it| self.shown.group(it));
            rows.push(TableRow {
                id: *id,
                label: label.clone(),
                schema: table.schema.clone(),
                name: table.name.clone(),
                n_columns: table.columns.len(),
                n_refs: self.shown.refs_of(*id).count(),
                color: table.header_color.clone(),
                group: group.map(|it| it.name.clone()),
                matched_columns: matched,
            });
        }
        TableRows { total, rows }
    }

    pub(super) fn ref_rows(&mut self, text: &str, offset: usize, limit: usize) -> RefRows {
        self.freshen();
        let words = words(text);
        if words.is_empty() {
            let page = self.lists.refs.iter().skip(offset).take(limit);
            let rows = page.filter_map(|it| self.ref_row(it.id)).collect();
            return RefRows { total: self.lists.refs.len(), rows };
        }
        if self.lists.found.as_ref().is_none_or(|(it, _)| it != text) {
            let refs = self.lists.refs.iter().enumerate();
            let is_found =
                |it: &ListedRef| words.iter().all(|word| it.text.contains(word.as_str()));
            let found = refs.filter(|(_, it)| is_found(it)).map(|(at, _)| at).collect();
            self.lists.found = Some((text.to_owned(), found));
        }
        let found: &[usize] = self.lists.found.as_ref().map_or(&[], |(_, it)| it);
        let page = found.iter().skip(offset).take(limit).filter_map(|&at| self.lists.refs.get(at));
        let rows = page.filter_map(|it| self.ref_row(it.id)).collect();
        RefRows { total: found.len(), rows }
    }

    /// A ref as a row of a list.
    pub(super) fn ref_row(&self, id: RefId) -> Option<RefRow> {
        Some(self.lens().row_of(self.shown.reference(id)?))
    }

    /// Sorts the lists anew if the diagram has changed.
    pub(super) fn freshen(&mut self) {
        if self.lists.generation == Some(self.generation) {
            return;
        }
        let diagram = &self.shown;
        let mut tables: Vec<_> = diagram.tables().map(|it| (table_label(it), it.id)).collect();
        tables.sort_by_cached_key(|(label, id)| (label.to_lowercase(), *id));

        let mut refs: Vec<_> = diagram
            .refs()
            .map(|it| {
                let table = diagram.table(it.from).map_or_else(String::new, table_label);
                let from = end_label(diagram, it, Side::From);
                let to = end_label(diagram, it, Side::To);
                let name = it.name.as_deref().unwrap_or_default();
                let text = format!("{from} {to} {name}").to_lowercase();
                (table.to_lowercase(), ListedRef { id: it.id, text })
            })
            .collect();
        refs.sort_by(|(a, at), (b, bt)| (a, &at.text, at.id).cmp(&(b, &bt.text, bt.id)));
        self.lists = Lists {
            generation: Some(self.generation),
            tables,
            refs: refs.into_iter().map(|(_, it)| it).collect(),
            found: None,
        };
    }

    /// All tables by label.
    pub(super) fn sorted_tables(&mut self) -> &[(String, TableId)] {
        self.freshen();
        &self.lists.tables
    }
}

impl Lens<'_> {
    pub(crate) fn row_of(&self, reference: &Ref) -> RefRow {
        let said = |action: Option<ReferentialAction>| {
            action.filter(|it| *it != ReferentialAction::NoAction)
        };
        let (on_delete, on_update) = (said(reference.on_delete), said(reference.on_update));
        let clauses = [("on delete", on_delete), ("on update", on_update)];
        let clauses = clauses
            .into_iter()
            .filter_map(|(when, action)| Some(format!("{when} {}", action_words(action?))));
        RefRow {
            id: reference.id,
            from: end_label(self.diagram, reference, Side::From),
            symbol: symbol(reference),
            to: end_label(self.diagram, reference, Side::To),
            from_table: reference.from,
            to_table: reference.to,
            cardinality: reference.cardinality,
            name: reference.name.clone(),
            on_delete,
            on_update,
            actions: clauses.collect::<Vec<_>>().join(", "),
            inactive: reference.inactive,
            color: reference.color.clone(),
            note: reference.note.clone(),
        }
    }
}
