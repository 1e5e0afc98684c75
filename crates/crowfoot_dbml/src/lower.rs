//! Lowering: from the AST to a diagram. Names are resolved here, and what does not resolve or
//! contradicts itself is reported at its place.

mod body;
mod dismissals;
mod partial;
mod refs;
mod rest;
mod setting;
mod table;

use std::{borrow::Cow, sync::Arc};

use crowfoot_schema::{Diagram, Document, Enum, Group, IdMint, Note, Partial, Settings, Table};
use crowfoot_text::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use crate::{
    ast::{Ast, Name, Qualified},
    closest,
};

/// Makes the diagram that an AST of `text` describes.
pub(crate) fn lower(
    text: &str,
    ast: &Ast<'_>,
    mint: &mut IdMint,
    diagnostics: &mut Vec<Diagnostic>,
) -> Diagram {
    let mut lower = Lower {
        text,
        mint,
        diagnostics,
        hints_left: 100,
        settings: Settings::default(),
        enums: Vec::new(),
        enum_names: FxHashMap::default(),
        groups: Vec::new(),
        notes: Vec::new(),
        partials: Vec::new(),
        partial_refs: Vec::new(),
        tables: Vec::new(),
        table_names: FxHashMap::default(),
        aliases: FxHashMap::default(),
        folded_tables: None,
        wide_tables: FxHashMap::default(),
        pending_refs: Vec::new(),
    };
    lower.settings(ast);
    lower.enums(ast);
    lower.groups(ast);
    lower.notes(ast);
    lower.partials(ast);
    let bodies = lower.table_heads(ast);
    lower.table_bodies(&bodies);
    let refs = lower.refs(ast);
    lower.members(ast);
    lower.outer_records(ast);
    let views = lower.views(ast);
    let dismissals = lower.dismissals(ast);

    fn shared<T>(items: Vec<T>) -> Vec<Arc<T>> {
        items.into_iter().map(Arc::new).collect()
    }
    let document = Document {
        settings: lower.settings,
        tables: shared(lower.tables),
        refs: shared(refs),
        enums: shared(lower.enums),
        groups: shared(lower.groups),
        notes: shared(lower.notes),
        views: shared(views),
        partials: shared(lower.partials),
        dismissals: shared(dismissals),
        ..Document::default()
    };
    assemble(document, diagnostics)
}

/// Makes the diagram. Lowering sees to it that what it makes holds together; should an entity be
/// refused all the same, it is reported and left out, so that the rest is not lost with it.
fn assemble(mut document: Document, diagnostics: &mut Vec<Diagnostic>) -> Diagram {
    for _ in 0..8 {
        // The entities are shared, so that a copy costs little.
        let rejected = match document.clone().into_diagram() {
            Ok(diagram) => return diagram,
            Err(rejected) => rejected,
        };
        let mut bad: Vec<usize> = rejected.reasons.iter().map(|it| it.change).collect();
        bad.sort_unstable();
        for reason in rejected.reasons {
            let problem = Diagnostic::error("dbml/refused", Span::at(0), reason.message);
            diagnostics.push(problem);
        }
        // Reasons count the entities in this order.
        let mut at = 0;
        let mut is_good = || {
            at += 1;
            bad.binary_search(&(at - 1)).is_err()
        };
        document.enums.retain(|_| is_good());
        document.groups.retain(|_| is_good());
        document.partials.retain(|_| is_good());
        document.tables.retain(|_| is_good());
        document.refs.retain(|_| is_good());
        document.notes.retain(|_| is_good());
        document.views.retain(|_| is_good());
        document.dismissals.retain(|_| is_good());
    }
    Diagram::new()
}

/// A schema and a name; the schema is empty for the default one.
type Key<'a> = (&'a str, &'a str);

struct Lower<'a, 'm> {
    text: &'a str,
    mint: &'m mut IdMint,
    diagnostics: &'m mut Vec<Diagnostic>,
    /// How many more times a "did you mean" may be looked for, which reads all names.
    hints_left: u32,
    settings: Settings,
    enums: Vec<Enum>,
    enum_names: FxHashMap<Key<'a>, usize>,
    groups: Vec<Group>,
    notes: Vec<Note>,
    partials: Vec<Partial>,
    /// For each partial, the refs written at its columns.
    partial_refs: Vec<Vec<partial::PartialRef<'a>>>,
    tables: Vec<Table>,
    table_names: FxHashMap<Key<'a>, usize>,
    aliases: FxHashMap<&'a str, usize>,
    /// Table names in small letters; none for a name that two tables share then.
    folded_tables: Option<FxHashMap<(String, String), Option<usize>>>,
    /// Columns by name, of tables with very many.
    wide_tables: FxHashMap<usize, FxHashMap<smol_str::SmolStr, usize>>,
    pending_refs: Vec<refs::PendingRef<'a>>,
}

/// The schema as it is looked up: `public` is the default one.
fn schema_key<'a>(schema: Option<&'a Name<'a>>) -> &'a str {
    match schema {
        Some(name) if name.text != "public" => &name.text,
        _ => "",
    }
}

fn key<'a>(name: &'a Qualified<'a>) -> Key<'a> {
    (schema_key(name.schema.as_ref()), &name.name.text)
}

/// A qualified name as people read it.
fn shown((schema, name): Key<'_>) -> Cow<'_, str> {
    if schema.is_empty() { Cow::Borrowed(name) } else { Cow::Owned(format!("{schema}.{name}")) }
}

impl<'a> Lower<'a, '_> {
    fn error(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::error(code, span, message));
    }

    fn warn(&mut self, code: &'static str, span: Span, message: impl Into<String>) {
        self.diagnostics.push(Diagnostic::warning(code, span, message));
    }

    /// Reports an unknown name, with the nearest known one.
    fn unknown<'c>(
        &mut self,
        code: &'static str,
        span: Span,
        message: String,
        name: &str,
        candidates: impl IntoIterator<Item = &'c str>,
    ) {
        let mut problem = Diagnostic::error(code, span, message);
        if self.hints_left > 0 {
            self.hints_left -= 1;
            if let Some(close) = closest::closest(name, candidates) {
                problem = problem.with_help(format!("did you mean `{close}`?"));
            }
        }
        self.diagnostics.push(problem);
    }

    /// The table of that name or alias, or a report that there is none.
    fn find_table(&mut self, name: &'a Qualified<'a>) -> Option<usize> {
        let wanted = key(name);
        if let Some(&at) = self.table_names.get(&wanted) {
            return Some(at);
        }
        if name.schema.is_none()
            && let Some(&at) = self.aliases.get(wanted.1)
        {
            return Some(at);
        }
        let tables = &self.tables;
        let folded = self.folded_tables.get_or_insert_with(|| {
            let mut folded = FxHashMap::default();
            for (at, table) in tables.iter().enumerate() {
                let schema = table.schema.as_deref().unwrap_or("").to_lowercase();
                folded
                    .entry((schema, table.name.to_lowercase()))
                    .and_modify(|it| *it = None)
                    .or_insert(Some(at));
            }
            folded
        });
        let lower = (wanted.0.to_lowercase(), wanted.1.to_lowercase());
        if let Some(&Some(at)) = folded.get(&lower) {
            let table = &self.tables[at];
            let meant = shown((table.schema.as_deref().unwrap_or(""), &table.name)).into_owned();
            let message = format!("`{}` is taken for the table `{meant}`", shown(wanted));
            self.warn("dbml/other-case", name.span(), message);
            return Some(at);
        }
        let message = format!("there is no table `{}`", shown(wanted));
        let mut problem = Diagnostic::error("dbml/unknown-table", name.span(), message);
        if self.hints_left > 0 {
            self.hints_left -= 1;
            let names: Vec<String> = self
                .tables
                .iter()
                .map(|it| shown((it.schema.as_deref().unwrap_or(""), &it.name)).into_owned())
                .collect();
            let full = shown(wanted).into_owned();
            let elsewhere = self.tables.iter().position(|it| it.name == wanted.1);
            let close = closest::closest(&full, names.iter().map(String::as_str));
            if let Some(at) = elsewhere {
                problem = problem.with_help(format!("did you mean `{}`?", names[at]));
            } else if let Some(close) = close {
                problem = problem.with_help(format!("did you mean `{close}`?"));
            }
        }
        self.diagnostics.push(problem);
        None
    }

    /// Where in its table the column of that name stands, or a report that there is none.
    fn find_column(&mut self, table: usize, name: &Name<'_>) -> Option<usize> {
        /// From so many columns on, a table gets a map of its names.
        const MANY: usize = 48;
        let columns = &self.tables[table].columns;
        let found = if columns.len() < MANY {
            columns.iter().position(|it| *it.name == *name.text)
        } else {
            let names = self.wide_tables.entry(table).or_insert_with(|| {
                columns.iter().enumerate().map(|(at, it)| (it.name.clone(), at)).collect()
            });
            names.get(&*name.text).copied()
        };
        if found.is_some() {
            return found;
        }
        let mut others = columns
            .iter()
            .enumerate()
            .filter(|(_, it)| it.name.to_lowercase() == name.text.to_lowercase());
        if let (Some((at, column)), None) = (others.next(), others.next()) {
            let message = format!("`{}` is taken for the column `{}`", name.text, column.name);
            self.warn("dbml/other-case", name.span, message);
            return Some(at);
        }
        let message =
            format!("the table `{}` has no column `{}`", self.tables[table].name, name.text);
        let names: Vec<_> = columns.iter().map(|it| it.name.clone()).collect();
        let candidates = names.iter().map(|it| it.as_str());
        self.unknown("dbml/unknown-column", name.span, message, &name.text, candidates);
        None
    }
}

/// The items of a kind, in the order of the text.
macro_rules! items {
    ($ast:expr, $kind:ident) => {
        $ast.items.iter().filter_map(|it| match it {
            $crate::ast::Item::$kind(it) => Some(it),
            _ => None,
        })
    };
}
use items;

pub(crate) use partial::{injected_columns, is_column_unique, translate, translate_index};
