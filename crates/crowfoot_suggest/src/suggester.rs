use crowfoot_schema::{Column, ColumnId, Diagram, Table, TableId};
use rustc_hash::FxHashMap;
use smol_str::SmolStr;

use crate::{
    ExistingKey, Suggestion, inflect::singular, kind::Kind, suggestion::cardinality, word,
};

/// Finds the foreign keys that a diagram means without declaring them.
///
/// It reads the diagram once, when it is made, and answers for that state: make a new one when the
/// diagram has changed. Same diagram, same suggestions in the same order.
#[derive(Clone, Debug)]
pub struct Suggester {
    diagram: Diagram,
    /// The tables by the words of their name, the last one in the singular, written together.
    by_name: FxHashMap<SmolStr, Vec<TableId>>,
}

impl Suggester {
    /// Reads a diagram.
    pub fn new(diagram: &Diagram) -> Self {
        let mut by_name: FxHashMap<SmolStr, Vec<TableId>> = FxHashMap::default();
        for table in diagram.tables() {
            by_name.entry(glued(&word::split(&table.name))).or_default().push(table.id);
        }
        Self { diagram: diagram.clone(), by_name }
    }

    /// What the table means without declaring it, in the order of its columns.
    pub fn for_table(&self, table: TableId) -> Vec<Suggestion> {
        let Some(table) = self.diagram.table(table) else { return Vec::new() };
        let mut existing = Vec::new();
        for reference in self.diagram.refs_of(table.id) {
            let Some((from, to, pairs)) = reference.foreign_key() else { continue };
            if from == table.id {
                let (from_columns, to_columns) = pairs.into_iter().unzip();
                existing.push(ExistingKey { from_columns, to_table: to, to_columns });
            }
        }
        self.for_table_value(table, &existing)
    }

    /// The same for a table as somebody is editing it, which need not be in the diagram (yet):
    /// `existing` are the foreign keys that it has or is about to have.
    pub fn for_table_value(&self, table: &Table, existing: &[ExistingKey]) -> Vec<Suggestion> {
        let is_free = |id: ColumnId| !existing.iter().any(|it| it.from_columns.contains(&id));
        let columns = table.columns.iter().filter(|it| is_free(it.id));
        columns.filter_map(|column| self.for_column(table, column)).collect()
    }

    /// What all tables mean without declaring it.
    pub fn all(&self) -> Vec<Suggestion> {
        self.diagram.tables().flat_map(|it| self.for_table(it.id)).collect()
    }

    fn for_column(&self, table: &Table, column: &Column) -> Option<Suggestion> {
        let words = word::split(&column.name);
        let (last, stem) = words.split_last()?;
        if last != "id" || stem.is_empty() {
            return None;
        }
        let name = glued(stem);
        let (target, reason) = if name == "parent" {
            (table, format!("`{}` names the parent in the same table", column.name))
        } else {
            let mut targets =
                self.by_name.get(&name)?.iter().filter_map(|it| self.diagram.table(*it));
            let (target, other) = (targets.next()?, targets.next());
            if other.is_some() {
                return None;
            }
            (target, format!("`{}` is named after the table `{}`", column.name, target.name))
        };
        let [key] = target.primary_columns() else { return None };
        let key = target.column(*key)?;
        if (target.id == table.id && key.id == column.id) || !Kind::of(column).fits(Kind::of(key)) {
            return None;
        }
        let from_columns = vec![column.id];
        let (cardinality, is_optional) = cardinality(table, &from_columns);
        Some(Suggestion {
            from_table: table.id,
            from_columns,
            to_table: target.id,
            to_columns: vec![key.id],
            cardinality,
            is_optional,
            confidence: 0.9,
            reason,
        })
    }
}

fn glued(words: &[SmolStr]) -> SmolStr {
    let Some((last, head)) = words.split_last() else { return SmolStr::default() };
    head.iter().map(SmolStr::as_str).chain([singular(last).as_str()]).collect()
}
