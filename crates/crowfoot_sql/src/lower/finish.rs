//! From the catalog to a diagram.

use crowfoot_schema::{
    Cardinality, Change, ChangeSet, Check, ColumnId, ColumnPairs, ColumnType, DefaultValue,
    Diagram, Dialect, Enum, EnumHead, EnumId, EnumValue, IdMint, Increment, Index, IndexPart,
    IndexTarget, PrimaryKey, Ref, RefId, SettingsPatch, Table, TableId,
};
use crowfoot_text::{Diagnostic, Parsed, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::catalog::{Catalog, ColumnDraft, PartDraft, TableDraft, Target};

/// The ids of what was made of a table's draft.
struct Made {
    id: TableId,
    /// By place in the draft's columns; none for dropped ones.
    columns: Vec<Option<ColumnId>>,
}

impl Catalog<'_> {
    /// Makes the diagram.
    pub(crate) fn finish(mut self, mint: &mut IdMint) -> Parsed<Diagram> {
        self.resolve_targets();
        self.drop_only_schema();
        self.settle_sequences();

        let mut changes = vec![Change::UpdateSettings {
            patch: SettingsPatch { dialect: Some(Some(self.dialect)), ..SettingsPatch::default() },
        }];
        let enums = self.make_enums(mint, &mut changes);
        let tables = std::mem::take(&mut self.tables);
        let mut spans = vec![Span::at(0); changes.len()];
        let mut made: Vec<Option<Made>> = Vec::with_capacity(tables.len());
        let mut names: FxHashSet<(Option<SmolStr>, SmolStr)> = self
            .enums
            .iter()
            .filter(|it| it.is_live)
            .map(|it| (it.schema.clone(), it.name.clone()))
            .collect();
        for draft in &tables {
            if !draft.is_live {
                made.push(None);
                continue;
            }
            let id = mint.id();
            let mut table = Table::new(id, draft.schema.clone(), draft.name.clone());
            let columns =
                self.make_columns(draft, &enums, &mut names, &mut table, mint, &mut changes);
            spans.resize(changes.len(), draft.span);
            make_lists(draft, &columns, &mut table, mint);
            changes.push(Change::CreateTable { table: Box::new(table) });
            spans.push(draft.span);
            made.push(Some(Made { id, columns }));
        }
        self.make_refs(&tables, &made, mint, &mut changes);
        let last = spans.last().copied().unwrap_or_default();
        spans.resize(changes.len(), last);
        self.apply(changes, spans)
    }

    /// Applies the changes; what the diagram refuses is told and left out.
    fn apply(mut self, mut changes: Vec<Change>, mut spans: Vec<Span>) -> Parsed<Diagram> {
        let mut diagram = Diagram::new();
        for _ in 0..8 {
            let set = ChangeSet::new("import SQL", changes);
            let Err(rejected) = diagram.apply(&set) else { break };
            changes = set.changes;
            let mut bad = FxHashSet::default();
            for reason in rejected.reasons {
                if bad.insert(reason.change) {
                    let span = spans.get(reason.change).copied().unwrap_or_default();
                    let diagnostic = Diagnostic::error("sql/rejected", span, reason.message);
                    self.report.diagnostics.push(diagnostic);
                }
            }
            let mut at = 0;
            spans.retain(|_| {
                at += 1;
                !bad.contains(&(at - 1))
            });
            at = 0;
            changes.retain(|_| {
                at += 1;
                !bad.contains(&(at - 1))
            });
        }
        Parsed { value: diagram, diagnostics: self.report.finish() }
    }

    /// A MySQL script that works in one database says nothing by naming it.
    fn drop_only_schema(&mut self) {
        if self.dialect != Dialect::MySql {
            return;
        }
        let mut schemas = self.tables.iter().filter(|it| it.is_live).map(|it| &it.schema);
        let Some(first) = schemas.next() else { return };
        if first.is_none() || schemas.any(|it| it != first) {
            return;
        }
        let places: Vec<usize> =
            (0..self.tables.len()).filter(|it| self.tables[*it].is_live).collect();
        for at in places {
            self.leave_table(at);
            self.tables[at].schema = None;
            self.enter_table(at);
        }
        self.search_path = vec![None];
    }

    /// Decides which columns count up by a sequence of their own.
    fn settle_sequences(&mut self) {
        let uses: Vec<(usize, usize, SmolStr)> = self
            .tables
            .iter()
            .enumerate()
            .filter(|(_, it)| it.is_live)
            .flat_map(|(at, table)| {
                table.columns.iter().enumerate().map(move |(place, it)| (at, place, it))
            })
            .filter(|(_, _, it)| it.is_live)
            .filter_map(|(at, place, it)| {
                let (path, _) = it.sequence.as_deref()?;
                let key = match &path.schema {
                    Some(_) => self.sequence_key(path),
                    None => self.sequence_beside(at, path),
                };
                Some((at, place, key))
            })
            .collect();
        for (_, _, key) in &uses {
            self.sequences.entry(key.clone()).or_default().n_uses += 1;
        }
        for (table, place, key) in uses {
            let sequence = &self.sequences[&key];
            let draft = &self.tables[table];
            let usual = format!("{}_{}_seq", draft.name, draft.columns[place].column.name);
            let is_own = sequence.owner == Some((table, place as u32))
                || (sequence.owner.is_none() && key.rsplit('.').next() == Some(usual.as_str()))
                || (sequence.owner.is_none() && sequence.is_created && sequence.n_uses == 1);
            let draft = &mut self.tables[table].columns[place];
            if is_own {
                draft.column.increment = Some(Increment::Serial);
            } else if let Some(sequence) = &draft.sequence {
                draft.column.default = Some(DefaultValue::Expr(sequence.1.clone()));
            }
        }
    }

    /// An unqualified sequence is looked for beside its table first.
    fn sequence_beside(&self, table: usize, path: &crate::parse::ast::Path) -> SmolStr {
        if let Some(schema) = &self.tables[table].schema {
            let key = SmolStr::new(format!("{schema}.{}", path.name.text));
            if self.sequences.contains_key(&key) {
                return key;
            }
        }
        path.name.text.clone()
    }

    /// The ids of the enums, by their place in the list of drafts.
    fn make_enums(&self, mint: &mut IdMint, changes: &mut Vec<Change>) -> Vec<Option<EnumId>> {
        let mut ids = Vec::with_capacity(self.enums.len());
        for draft in &self.enums {
            if !draft.is_live {
                ids.push(None);
                continue;
            }
            let id = mint.id();
            let name = draft.name.clone();
            let mut item = make_enum(id, draft.schema.clone(), name, &draft.values, mint);
            item.head.note = draft.comment.clone();
            changes.push(Change::CreateEnum { item });
            ids.push(Some(id));
        }
        ids
    }

    fn make_columns(
        &self,
        draft: &TableDraft,
        enums: &[Option<EnumId>],
        names: &mut FxHashSet<(Option<SmolStr>, SmolStr)>,
        table: &mut Table,
        mint: &mut IdMint,
        changes: &mut Vec<Change>,
    ) -> Vec<Option<ColumnId>> {
        let mut ids = vec![None; draft.columns.len()];
        table.columns.reserve(draft.order.len());
        for place in &draft.order {
            let source = &draft.columns[*place as usize];
            if !source.is_live {
                continue;
            }
            let mut column = source.column.clone();
            column.id = mint.id();
            ids[*place as usize] = Some(column.id);
            if let Some(values) = &source.values {
                let name = free_name(names, draft, &column.name);
                let id = mint.id();
                let item = make_enum(id, draft.schema.clone(), name, values, mint);
                changes.push(Change::CreateEnum { item });
                column.ty = ColumnType::Enum { id, dimensions: 0 };
            } else if let Some(id) = self.enum_of(source, enums) {
                column.ty = ColumnType::Enum { id, dimensions: source.dimensions };
            }
            table.columns.push(column);
        }
        ids
    }

    /// The enum that is a column's type, also when it was made after the table.
    fn enum_of(&self, source: &ColumnDraft, enums: &[Option<EnumId>]) -> Option<EnumId> {
        if let Some(at) = source.enumeration {
            return enums[at];
        }
        if !self.has_enums() {
            return None;
        }
        let ColumnType::Named(text) = &source.column.ty else { return None };
        let text = text.split('[').next().unwrap_or("");
        if text.is_empty() || text.contains(['(', ' ']) {
            return None;
        }
        let unquote = |it: &str| SmolStr::new(it.trim_matches('"'));
        let at = match text.split_once('.') {
            Some((schema, name)) => {
                self.enum_in(Some(&self.schema(&unquote(schema))), &unquote(name))
            }
            None => self.enum_in(None, &unquote(text)),
        };
        enums[at?]
    }

    fn make_refs(
        &mut self,
        tables: &[TableDraft],
        made: &[Option<Made>],
        mint: &mut IdMint,
        changes: &mut Vec<Change>,
    ) {
        let mut taken: FxHashMap<(usize, SmolStr), RefKey> = FxHashMap::default();
        for draft in std::mem::take(&mut self.refs) {
            let (true, Some(from)) = (draft.is_live, &made[draft.from]) else { continue };
            let from_draft = &tables[draft.from];
            let to = match &draft.target {
                Target::Table(to) => *to,
                Target::Named(path) => {
                    let message = format!(
                        "`{}` refers to `{path}`, which is not there",
                        qualified(from_draft)
                    );
                    self.report.warn("sql/unresolved-reference", draft.span, message);
                    continue;
                }
            };
            let Some(to_made) = &made[to] else { continue };
            let to_draft = &tables[to];
            let to_places = if draft.target_columns.is_empty() {
                to_draft.primary.as_ref().map(|it| it.columns.clone())
            } else {
                draft.target_columns.iter().map(|it| to_draft.find(it)).collect()
            };
            let Some(to_places) = to_places else {
                let columns = draft.target_columns.join(", ");
                let what = if columns.is_empty() { "a primary key".to_owned() } else { columns };
                let message = format!(
                    "`{}` refers to `{what}` of `{}`, which is not there",
                    qualified(from_draft),
                    qualified(to_draft)
                );
                self.report.warn("sql/unresolved-reference", draft.span, message);
                continue;
            };
            let id_of = |ids: &[Option<ColumnId>], place: &u32| ids[*place as usize];
            let pairs: Option<Vec<(ColumnId, ColumnId)>> = draft
                .columns
                .iter()
                .zip(&to_places)
                .map(|(a, b)| Some((id_of(&from.columns, a)?, id_of(&to_made.columns, b)?)))
                .collect();
            let pairs = pairs.and_then(|it| ColumnPairs::new(it).ok());
            let (Some(pairs), true) = (pairs, draft.columns.len() == to_places.len()) else {
                let message = format!(
                    "`{}` refers to `{}` with columns that do not go in pairs",
                    qualified(from_draft),
                    qualified(to_draft)
                );
                self.report.warn("sql/bad-reference", draft.span, message);
                continue;
            };

            let key: RefKey = (draft.columns.clone(), to, to_places);
            let mut name = draft.name.clone();
            if let Some(wanted) = &draft.name {
                match taken.get(&(draft.from, wanted.clone())) {
                    None => {
                        taken.insert((draft.from, wanted.clone()), key);
                    }
                    Some(earlier) if *earlier == key => {
                        let table = &from_draft.name;
                        let message = format!("`{table}` has the foreign key `{wanted}` already");
                        self.report.warn("sql/duplicate-constraint", draft.span, message);
                        continue;
                    }
                    Some(_) => {
                        let free = (2..)
                            .map(|nth| SmolStr::new(format!("{wanted}_{nth}")))
                            .find(|it| !taken.contains_key(&(draft.from, it.clone())));
                        let free = free.unwrap_or_default();
                        let message = format!(
                            "`{}` has another foreign key `{wanted}`; this one is called `{free}`",
                            from_draft.name
                        );
                        self.report.warn("sql/duplicate-constraint", draft.span, message);
                        taken.insert((draft.from, free.clone()), key);
                        name = Some(free);
                    }
                }
            }

            let mut item = Ref::new(mint.id::<RefId>(), from.id, to_made.id, pairs);
            item.name = name;
            item.on_delete = draft.on_delete;
            item.on_update = draft.on_update;
            item.deferrable = draft.deferrable;
            item.note = draft.note;
            item.options = draft.options;
            if is_key(from_draft, &draft.columns) {
                item.cardinality = Cardinality::OneToOne;
            }
            changes.push(Change::CreateRef { reference: Box::new(item) });
        }
    }

    /// Looks up the targets that came after their foreign keys.
    fn resolve_targets(&mut self) {
        for at in 0..self.refs.len() {
            let draft = &self.refs[at];
            if draft.is_live
                && let Target::Named(path) = &draft.target
                && let Some(table) = self.find_table(path, Some(&self.tables[draft.from].schema))
            {
                self.refs[at].target = Target::Table(table);
            }
        }
    }
}

/// What tells two foreign keys of a table apart: columns, target, columns there.
type RefKey = (Vec<u32>, usize, Vec<u32>);

/// Whether columns are exactly a primary or unique key.
fn is_key(table: &TableDraft, columns: &[u32]) -> bool {
    let same =
        |key: &[u32]| key.len() == columns.len() && key.iter().all(|it| columns.contains(it));
    if table.primary.as_ref().is_some_and(|it| same(&it.columns)) {
        return true;
    }
    table.indexes.iter().any(|index| {
        if index.uniqueness == crowfoot_schema::Uniqueness::None || index.predicate.is_some() {
            return false;
        }
        let plain: Option<Vec<u32>> = index
            .parts
            .iter()
            .map(|(part, _)| match part {
                PartDraft::Column(place) => Some(*place),
                PartDraft::Expr(_) => None,
            })
            .collect();
        plain.is_some_and(|it| same(&it))
    })
}

fn qualified(table: &TableDraft) -> String {
    match &table.schema {
        Some(schema) => format!("{schema}.{}", table.name),
        None => table.name.to_string(),
    }
}

fn make_enum(
    id: EnumId,
    schema: Option<SmolStr>,
    name: SmolStr,
    values: &[SmolStr],
    mint: &mut IdMint,
) -> Enum {
    let mut seen = FxHashSet::default();
    let values = values.iter().filter(|it| seen.insert(*it)).map(|value| EnumValue {
        id: mint.id(),
        name: value.clone(),
        note: None,
        extras: Vec::new(),
    });
    let values = values.collect();
    Enum { head: EnumHead { id, name, schema, note: None, extras: Vec::new() }, values }
}

/// A name for the enum of a MySQL column.
fn free_name(
    names: &mut FxHashSet<(Option<SmolStr>, SmolStr)>,
    table: &TableDraft,
    column: &SmolStr,
) -> SmolStr {
    let usual = SmolStr::new(format!("{}_{column}", table.name));
    let mut name = usual.clone();
    let mut nth = 2;
    while !names.insert((table.schema.clone(), name.clone())) {
        name = SmolStr::new(format!("{usual}_{nth}"));
        nth += 1;
    }
    name
}

/// Primary key, indexes, checks and the rest of a table.
fn make_lists(draft: &TableDraft, ids: &[Option<ColumnId>], table: &mut Table, mint: &mut IdMint) {
    table.head.note = draft.comment.clone();
    table.head.options = draft.options.clone();
    table.head.primary_key = draft.primary.as_ref().and_then(|key| {
        let columns: Vec<ColumnId> =
            key.columns.iter().filter_map(|it| ids[*it as usize]).collect();
        (!columns.is_empty()).then(|| PrimaryKey { name: key.name.clone(), columns })
    });
    for source in &draft.indexes {
        let parts: Option<Vec<IndexPart>> = source
            .parts
            .iter()
            .map(|(part, modifiers)| {
                let target = match part {
                    PartDraft::Column(place) => IndexTarget::Column(ids[*place as usize]?),
                    PartDraft::Expr(expr) => IndexTarget::Expr(expr.clone()),
                };
                Some(IndexPart { target, modifiers: modifiers.clone() })
            })
            .collect();
        let Some(parts) = parts else { continue };
        let mut index = Index::new(mint.id(), source.uniqueness, parts);
        index.name = source.name.clone();
        index.method = source.method.clone();
        index.predicate = source.predicate.clone();
        index.include = source.include.iter().filter_map(|it| ids[*it as usize]).collect();
        index.note = source.note.clone();
        index.options = source.options.clone();
        table.indexes.push(index);
    }
    for source in &draft.checks {
        table.checks.push(Check {
            id: mint.id(),
            expr: source.expr.clone(),
            name: source.name.clone(),
            column: source.column.and_then(|it| ids[it as usize]),
            partial: None,
            options: source.options.clone(),
            extras: Vec::new(),
        });
    }
}
