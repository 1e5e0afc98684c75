//! Which table an index is of, for statements that name the index alone.

use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use super::catalog::{Catalog, TableDraft};
use crate::parse::ast::Path;

/// The tables by the names of their indexes, made when first asked for. A table may have lost such
/// an index since.
pub(crate) type TablesByIndex = FxHashMap<SmolStr, Vec<usize>>;

impl Catalog<'_> {
    /// Must be called after an index got a name.
    pub(crate) fn enter_index(&mut self, table: usize, name: &SmolStr) {
        if let Some(tables) = &mut self.tables_by_index {
            tables.entry(name.clone()).or_default().push(table);
        }
    }

    /// Where the index of that name is: its table, and its place there.
    pub(crate) fn find_index(&mut self, path: &Path) -> Option<(usize, usize)> {
        let name = &path.name.text;
        let tables = &self.tables;
        let by_index = self.tables_by_index.get_or_insert_with(|| by_index(tables));
        let places: Vec<(usize, usize)> = by_index
            .get(name)?
            .iter()
            .filter(|it| tables[**it].is_live)
            .filter_map(|&table| {
                let indexes = &tables[table].indexes;
                let at = indexes.iter().position(|it| it.name.as_ref() == Some(name))?;
                Some((table, at))
            })
            .collect();
        let in_schema = |schema: &Option<SmolStr>| {
            places.iter().find(|(table, _)| self.tables[*table].schema == *schema).copied()
        };
        match &path.schema {
            Some(schema) => in_schema(&self.schema(&schema.text)),
            None => self.search_path.iter().find_map(in_schema).or(places.first().copied()),
        }
    }
}

fn by_index(tables: &[TableDraft]) -> TablesByIndex {
    let mut found = TablesByIndex::default();
    for (at, table) in tables.iter().enumerate() {
        for name in table.indexes.iter().filter_map(|it| it.name.as_ref()) {
            found.entry(name.clone()).or_default().push(at);
        }
    }
    found
}
