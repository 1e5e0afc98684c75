//! From the catalog to a diagram.

use std::sync::Arc;

use crowfoot_schema::{
    Cardinality, Check, Column, ColumnId, ColumnPairs, ColumnType, DefaultValue, Diagram, Dialect,
    Document, EntityId, Enum, EnumHead, EnumId, EnumValue, IdMint, Increment, Index, IndexPart,
    IndexTarget, PrimaryKey, Ref, RefId, Table, TableId,
};
use crowfoot_text::{Diagnostic, Parsed, Span};
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::catalog::{
    Catalog, ColumnDraft, IndexDraft, PartDraft, RefDraft, TableDraft, Target, is_usual,
};

/// The ids of what was made of a table's draft.
struct Made {
    id: TableId,
    /// By place in the draft's columns; none for dropped ones.
    columns: Vec<Option<ColumnId>>,
}

/// A foreign key whose both ends are found.
struct Paired {
    draft: RefDraft,
    name: Option<SmolStr>,
    to: usize,
    to_places: Vec<u32>,
    cardinality: Cardinality,
}

impl Catalog<'_> {
    /// Makes the diagram.
    pub(crate) fn finish(mut self, mint: &mut IdMint) -> Parsed<Diagram> {
        self.resolve_targets();
        self.drop_only_schema();
        self.settle_sequences();
        let refs = self.pair_refs();

        let mut document = Document::default();
        document.settings.dialect = Some(self.dialect);
        document.settings.options = self.user_types.iter().map(|it| it.option()).collect();
        let enums = self.make_enums(mint, &mut document);
        let mut names: FxHashSet<(Option<SmolStr>, SmolStr)> = self
            .enums
            .iter()
            .filter(|it| it.is_live)
            .map(|it| (it.schema.clone(), it.name.clone()))
            .collect();
        let tables = std::mem::take(&mut self.tables);
        let mut spans = FxHashMap::default();
        let mut made: Vec<Option<Made>> = Vec::with_capacity(tables.len());
        document.tables.reserve(tables.len());
        for draft in tables {
            if !draft.is_live {
                made.push(None);
                continue;
            }
            let id = mint.id();
            spans.insert(EntityId::Table(id), draft.span);
            let (table, columns) =
                self.make_table(id, draft, &enums, &mut names, mint, &mut document.enums);
            document.tables.push(Arc::new(table));
            made.push(Some(Made { id, columns }));
        }
        for paired in refs {
            let span = paired.draft.span;
            let (Some(from), Some(to)) = (&made[paired.draft.from], &made[paired.to]) else {
                continue;
            };
            match make_ref(paired, from, to, mint) {
                Some(item) => {
                    spans.insert(EntityId::Ref(item.id), span);
                    document.refs.push(Arc::new(item));
                }
                None => {
                    let message = "the columns of a foreign key do not go in pairs".to_owned();
                    self.report.warn("sql/bad-reference", span, message);
                }
            }
        }
        self.build(document, &spans)
    }

    /// Makes the diagram; what it refuses is told and left out.
    fn build(
        mut self,
        mut document: Document,
        spans: &FxHashMap<EntityId, Span>,
    ) -> Parsed<Diagram> {
        for _ in 0..8 {
            let rejected = match document.clone().into_diagram() {
                Ok(value) => return Parsed { value, diagnostics: self.report.finish() },
                Err(rejected) => rejected,
            };
            let mut bad = FxHashSet::default();
            for reason in rejected.reasons {
                // Reasons about a part of a table are told by their place in the list of changes.
                let table = reason
                    .change
                    .checked_sub(document.enums.len())
                    .and_then(|at| document.tables.get(at))
                    .map(|it| EntityId::Table(it.id));
                let entity = match reason.entity {
                    entity @ (EntityId::Table(_) | EntityId::Ref(_) | EntityId::Enum(_)) => entity,
                    other => table.unwrap_or(other),
                };
                if bad.insert(entity) {
                    let span = spans.get(&entity).copied().unwrap_or_default();
                    let diagnostic = Diagnostic::error("sql/rejected", span, reason.message);
                    self.report.diagnostics.push(diagnostic);
                }
            }
            document.tables.retain(|it| !bad.contains(&EntityId::Table(it.id)));
            document.refs.retain(|it| !bad.contains(&EntityId::Ref(it.id)));
            document.enums.retain(|it| !bad.contains(&EntityId::Enum(it.id)));
        }
        Parsed { value: Diagram::new(), diagnostics: self.report.finish() }
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
    fn make_enums(&self, mint: &mut IdMint, document: &mut Document) -> Vec<Option<EnumId>> {
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
            document.enums.push(Arc::new(item));
            ids.push(Some(id));
        }
        ids
    }

    fn make_table(
        &self,
        id: TableId,
        mut draft: TableDraft,
        enums: &[Option<EnumId>],
        names: &mut FxHashSet<(Option<SmolStr>, SmolStr)>,
        mint: &mut IdMint,
        made_enums: &mut Vec<Arc<Enum>>,
    ) -> (Table, Vec<Option<ColumnId>>) {
        let mut table = Table::new(id, draft.schema.clone(), draft.name.clone());
        let mut ids = vec![None; draft.columns.len()];
        let mut sources: Vec<Option<ColumnDraft>> =
            std::mem::take(&mut draft.columns).into_iter().map(Some).collect();
        table.columns = Vec::with_capacity(draft.order.len());
        for place in &draft.order {
            let Some(source) = sources[*place as usize].take().filter(|it| it.is_live) else {
                continue;
            };
            let ty = if let Some(values) = &source.values {
                let name = free_name(names, &draft, &source.column.name);
                let id = mint.id();
                let item = make_enum(id, draft.schema.clone(), name, values, mint);
                made_enums.push(Arc::new(item));
                Some(ColumnType::Enum { id, dimensions: 0 })
            } else {
                let id = self.enum_of(&source, enums);
                id.map(|id| ColumnType::Enum { id, dimensions: source.dimensions })
            };
            let mut column: Column = source.column;
            if let Some(ty) = ty {
                column.ty = ty;
            }
            column.id = mint.id();
            ids[*place as usize] = Some(column.id);
            table.columns.push(column);
        }
        make_lists(draft, &ids, &mut table, mint);
        (table, ids)
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
        if text.is_empty() || is_usual(text) || text.contains(['(', ' ']) {
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

    /// Finds both ends of every foreign key; one that has none is told and left out.
    fn pair_refs(&mut self) -> Vec<Paired> {
        let mut taken: FxHashMap<(usize, SmolStr), RefKey> = FxHashMap::default();
        let drafts = std::mem::take(&mut self.refs);
        let mut paired = Vec::with_capacity(drafts.len());
        for draft in drafts {
            if !draft.is_live || !self.tables[draft.from].is_live {
                continue;
            }
            let from = &self.tables[draft.from];
            let to = match &draft.target {
                Target::Table(to) => *to,
                Target::Named(path) => {
                    let message =
                        format!("`{}` refers to `{path}`, which is not there", qualified(from));
                    self.report.warn("sql/unresolved-reference", draft.span, message);
                    continue;
                }
            };
            let target = &self.tables[to];
            let to_places = if draft.target_columns.is_empty() {
                target.primary.as_ref().map(|it| it.columns.clone())
            } else {
                draft.target_columns.iter().map(|it| target.find(it)).collect()
            };
            let Some(to_places) = to_places else {
                let columns = draft.target_columns.join(", ");
                let what = if columns.is_empty() { "a primary key".to_owned() } else { columns };
                let message = format!(
                    "`{}` refers to `{what}` of `{}`, which is not there",
                    qualified(from),
                    qualified(target)
                );
                self.report.warn("sql/unresolved-reference", draft.span, message);
                continue;
            };
            if draft.columns.len() != to_places.len() {
                let n_columns = draft.columns.len();
                let message = format!(
                    "`{}` refers with {n_columns} column{} to {} of `{}`",
                    qualified(from),
                    if n_columns == 1 { "" } else { "s" },
                    to_places.len(),
                    qualified(target)
                );
                self.report.warn("sql/bad-reference", draft.span, message);
                continue;
            }
            let key: RefKey = (draft.columns.clone(), to, to_places.clone());
            let Some(name) = self.free_ref_name(&draft, key, &mut taken) else { continue };
            let is_one = is_key(&self.tables[draft.from], &draft.columns);
            let cardinality = if is_one { Cardinality::OneToOne } else { Cardinality::ManyToOne };
            paired.push(Paired { draft, name, to, to_places, cardinality });
        }
        paired
    }

    /// The name of a foreign key, changed when its table has another of that name; none for one that
    /// was said before.
    fn free_ref_name(
        &mut self,
        draft: &RefDraft,
        key: RefKey,
        taken: &mut FxHashMap<(usize, SmolStr), RefKey>,
    ) -> Option<Option<SmolStr>> {
        let Some(wanted) = &draft.name else { return Some(None) };
        let table = &self.tables[draft.from].name;
        match taken.get(&(draft.from, wanted.clone())) {
            None => {
                taken.insert((draft.from, wanted.clone()), key);
                Some(Some(wanted.clone()))
            }
            Some(earlier) if *earlier == key => {
                let message = format!("`{table}` has the foreign key `{wanted}` already");
                self.report.warn("sql/duplicate-constraint", draft.span, message);
                None
            }
            Some(_) => {
                let free = (2..)
                    .map(|nth| SmolStr::new(format!("{wanted}_{nth}")))
                    .find(|it| !taken.contains_key(&(draft.from, it.clone())))?;
                let message = format!(
                    "`{table}` has another foreign key `{wanted}`; this one is called `{free}`"
                );
                self.report.warn("sql/duplicate-constraint", draft.span, message);
                taken.insert((draft.from, free.clone()), key);
                Some(Some(free))
            }
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

/// None when a column stands twice on a side.
fn make_ref(paired: Paired, from: &Made, to: &Made, mint: &mut IdMint) -> Option<Ref> {
    let draft = paired.draft;
    let id_of = |ids: &[Option<ColumnId>], place: &u32| ids[*place as usize];
    let pairs: Option<Vec<(ColumnId, ColumnId)>> = draft
        .columns
        .iter()
        .zip(&paired.to_places)
        .map(|(a, b)| Some((id_of(&from.columns, a)?, id_of(&to.columns, b)?)))
        .collect();
    let pairs = ColumnPairs::new(pairs?).ok()?;
    let mut item = Ref::new(mint.id::<RefId>(), from.id, to.id, pairs);
    item.name = paired.name;
    item.cardinality = paired.cardinality;
    item.on_delete = draft.on_delete;
    item.on_update = draft.on_update;
    item.deferrable = draft.deferrable;
    item.note = draft.note;
    item.options = draft.options;
    Some(item)
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
fn make_lists(draft: TableDraft, ids: &[Option<ColumnId>], table: &mut Table, mint: &mut IdMint) {
    table.head.note = draft.comment;
    table.head.options = draft.options;
    table.head.primary_key = draft.primary.and_then(|key| {
        let columns: Vec<ColumnId> =
            key.columns.iter().filter_map(|it| ids[*it as usize]).collect();
        (!columns.is_empty()).then_some(PrimaryKey { name: key.name, columns })
    });
    table.indexes.reserve(draft.indexes.len());
    table.indexes.extend(draft.indexes.into_iter().filter_map(|it| make_index(it, ids, mint)));
    table.checks = draft
        .checks
        .into_iter()
        .map(|source| Check {
            id: mint.id(),
            expr: source.expr,
            name: source.name,
            column: source.column.and_then(|it| ids[it as usize]),
            partial: None,
            options: source.options,
            extras: Vec::new(),
        })
        .collect();
}

/// None when one of its columns is gone.
fn make_index(source: IndexDraft, ids: &[Option<ColumnId>], mint: &mut IdMint) -> Option<Index> {
    let part = |(part, modifiers)| {
        let target = match part {
            PartDraft::Column(place) => IndexTarget::Column(ids[place as usize]?),
            PartDraft::Expr(expr) => IndexTarget::Expr(expr),
        };
        Some(IndexPart { target, modifiers })
    };
    let parts: Vec<IndexPart> = source.parts.into_iter().map(part).collect::<Option<_>>()?;
    let mut index = Index::new(mint.id(), source.uniqueness, parts);
    index.name = source.name;
    index.method = source.method;
    index.predicate = source.predicate;
    index.include = source.include.iter().filter_map(|it| ids[*it as usize]).collect();
    index.note = source.note;
    index.options = source.options;
    Some(index)
}
