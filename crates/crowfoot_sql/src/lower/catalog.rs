//! The state of the database while statements are played: drafts of what the diagram will hold.
//!
//! Drafts refer to one another by their place in lists, so that a rename costs nothing and what was
//! made before it stays attached.

use crowfoot_schema::{Column, Deferrable, Dialect, Extra, ReferentialAction, Uniqueness};
use crowfoot_text::Span;
use rustc_hash::FxHashMap;
use smol_str::{SmolStr, StrExt};

use super::{index_name::TablesByIndex, report::Report, user_type::UserTypeDraft};
use crate::{
    foreign::{Foreign, foreign, told},
    parse::ast::{Name, Path},
};

/// Wide tables get a map of their columns' names; for others a look along the list is quicker.
const WIDE: usize = 24;

pub(crate) struct Catalog<'a> {
    pub(crate) dialect: Dialect,
    /// The database that the text is for, when it is none of the dialects.
    pub(crate) foreign: Option<Foreign>,
    pub(crate) text: &'a str,
    pub(crate) report: Report,
    pub(crate) tables: Vec<TableDraft>,
    pub(crate) refs: Vec<RefDraft>,
    pub(crate) enums: Vec<EnumDraft>,
    /// Domains and composite types, in the order in which they are made.
    pub(crate) user_types: Vec<UserTypeDraft>,
    pub(crate) sequences: FxHashMap<SmolStr, SequenceDraft>,
    /// Schema and name in small letters, to the tables called so.
    by_path: FxHashMap<(SmolStr, SmolStr), Vec<usize>>,
    /// The same without the schema.
    by_name: FxHashMap<SmolStr, Vec<usize>>,
    enum_names: FxHashMap<(SmolStr, SmolStr), usize>,
    pub(super) tables_by_index: Option<TablesByIndex>,
    /// Where unqualified names are looked up; the first is where things are created.
    pub(crate) search_path: Vec<Option<SmolStr>>,
}

#[derive(Clone)]
pub(crate) struct ColumnDraft {
    /// Complete but for its id and a type that is looked up in the end.
    pub(crate) column: Column,
    pub(crate) is_live: bool,
    /// The enum that is its type.
    pub(crate) enumeration: Option<usize>,
    pub(crate) dimensions: u8,
    /// MySQL's enum written at the column.
    pub(crate) values: Option<Vec<SmolStr>>,
    /// The sequence that its default takes from, with the default as it was written.
    pub(crate) sequence: Option<Box<(Path, String)>>,
}

#[derive(Clone)]
pub(crate) struct KeyDraft {
    pub(crate) name: Option<SmolStr>,
    pub(crate) columns: Vec<u32>,
}

#[derive(Clone)]
pub(crate) enum PartDraft {
    Column(u32),
    Expr(String),
}

#[derive(Clone)]
pub(crate) struct IndexDraft {
    pub(crate) name: Option<SmolStr>,
    pub(crate) uniqueness: Uniqueness,
    pub(crate) parts: Vec<(PartDraft, Option<SmolStr>)>,
    pub(crate) method: Option<SmolStr>,
    pub(crate) predicate: Option<String>,
    pub(crate) include: Vec<u32>,
    pub(crate) note: Option<String>,
    pub(crate) options: Vec<Extra>,
}

#[derive(Clone)]
pub(crate) struct CheckDraft {
    pub(crate) name: Option<SmolStr>,
    pub(crate) expr: String,
    pub(crate) column: Option<u32>,
    pub(crate) options: Vec<Extra>,
}

pub(crate) struct TableDraft {
    pub(crate) schema: Option<SmolStr>,
    pub(crate) name: SmolStr,
    pub(crate) span: Span,
    pub(crate) is_live: bool,
    pub(crate) columns: Vec<ColumnDraft>,
    /// Places in `columns`, in the order in which people see them.
    pub(crate) order: Vec<u32>,
    lookup: Option<FxHashMap<SmolStr, u32>>,
    pub(crate) primary: Option<KeyDraft>,
    pub(crate) indexes: Vec<IndexDraft>,
    pub(crate) checks: Vec<CheckDraft>,
    pub(crate) comment: Option<String>,
    pub(crate) options: Vec<Extra>,
    /// Its own foreign keys, and those that point at it, as places in the list of refs.
    pub(crate) refs_out: Vec<usize>,
    pub(crate) refs_in: Vec<usize>,
}

#[derive(Clone)]
pub(crate) enum Target {
    Table(usize),
    /// Not there when the statement was read.
    Named(Path),
}

pub(crate) struct RefDraft {
    pub(crate) is_live: bool,
    pub(crate) span: Span,
    pub(crate) name: Option<SmolStr>,
    pub(crate) from: usize,
    pub(crate) columns: Vec<u32>,
    pub(crate) target: Target,
    /// Empty where the primary key of the target is meant.
    pub(crate) target_columns: Vec<SmolStr>,
    pub(crate) on_delete: Option<ReferentialAction>,
    pub(crate) on_update: Option<ReferentialAction>,
    pub(crate) deferrable: Option<Deferrable>,
    pub(crate) note: Option<String>,
    pub(crate) options: Vec<Extra>,
}

pub(crate) struct EnumDraft {
    pub(crate) schema: Option<SmolStr>,
    pub(crate) name: SmolStr,
    pub(crate) values: Vec<SmolStr>,
    pub(crate) comment: Option<String>,
    pub(crate) is_live: bool,
}

#[derive(Default)]
pub(crate) struct SequenceDraft {
    pub(crate) is_created: bool,
    /// Table and column.
    pub(crate) owner: Option<(usize, u32)>,
    /// How many columns take their default from it.
    pub(crate) n_uses: usize,
}

impl TableDraft {
    pub(crate) fn new(schema: Option<SmolStr>, name: SmolStr, span: Span) -> Self {
        Self {
            schema,
            name,
            span,
            is_live: true,
            columns: Vec::new(),
            order: Vec::new(),
            lookup: None,
            primary: None,
            indexes: Vec::new(),
            checks: Vec::new(),
            comment: None,
            options: Vec::new(),
            refs_out: Vec::new(),
            refs_in: Vec::new(),
        }
    }

    /// The place of the column of that name: exactly, else in any case.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        if let Some(lookup) = &self.lookup {
            let found = lookup.get(name).or_else(|| lookup.get(&name.to_ascii_lowercase_smolstr()));
            return found.copied();
        }
        let live = || self.columns.iter().enumerate().filter(|(_, it)| it.is_live);
        let exact = live().find(|(_, it)| it.column.name == name);
        exact
            .or_else(|| live().find(|(_, it)| it.column.name.eq_ignore_ascii_case(name)))
            .map(|(at, _)| at as u32)
    }

    /// Adds a column at a place in the order; it must not be there yet.
    pub(crate) fn add(&mut self, column: ColumnDraft, at: Option<usize>) -> u32 {
        let place = self.columns.len() as u32;
        if let Some(lookup) = &mut self.lookup {
            enter(lookup, &column.column.name, place);
        }
        self.columns.push(column);
        match at {
            Some(at) => self.order.insert(at.min(self.order.len()), place),
            None => self.order.push(place),
        }
        if self.lookup.is_none() && self.columns.len() > WIDE {
            self.index_names();
        }
        place
    }

    /// Must be called after a column was renamed or dropped. The map is made anew when a column
    /// is added; scripts that alter a table column by column would else make it each time.
    pub(crate) fn forget_names(&mut self) {
        self.lookup = None;
    }

    fn index_names(&mut self) {
        let mut lookup = FxHashMap::default();
        for (place, draft) in self.columns.iter().enumerate() {
            if draft.is_live {
                enter(&mut lookup, &draft.column.name, place as u32);
            }
        }
        self.lookup = Some(lookup);
    }

    pub(crate) fn column_mut(&mut self, place: u32) -> &mut ColumnDraft {
        &mut self.columns[place as usize]
    }
}

/// The exact name and, unless another column has it, its small letters.
fn enter(lookup: &mut FxHashMap<SmolStr, u32>, name: &SmolStr, place: u32) {
    lookup.insert(name.clone(), place);
    lookup.entry(name.to_ascii_lowercase_smolstr()).or_insert(place);
}

impl<'a> Catalog<'a> {
    pub(crate) fn new(dialect: Dialect, text: &'a str) -> Self {
        let mut report = Report::default();
        let foreign = foreign(dialect, text).map(|(kind, span)| {
            report.diagnostics.push(told(kind, dialect, span));
            kind
        });
        Self {
            dialect,
            foreign,
            text,
            report,
            tables: Vec::new(),
            refs: Vec::new(),
            enums: Vec::new(),
            user_types: Vec::new(),
            sequences: FxHashMap::default(),
            by_path: FxHashMap::default(),
            by_name: FxHashMap::default(),
            enum_names: FxHashMap::default(),
            tables_by_index: None,
            search_path: vec![None],
        }
    }

    /// A schema's name as drafts have it: none for the default one.
    pub(crate) fn schema(&self, name: &SmolStr) -> Option<SmolStr> {
        let is_owner = self.foreign == Some(Foreign::SqlServer) && name.eq_ignore_ascii_case("dbo");
        let is_default = match self.dialect {
            _ if is_owner => true,
            Dialect::PostgreSql => name == "public",
            Dialect::Sqlite => {
                name.eq_ignore_ascii_case("main") || name.eq_ignore_ascii_case("temp")
            }
            Dialect::MySql => false,
        };
        (!is_default && !name.is_empty()).then(|| name.clone())
    }

    /// The schema that something of that path is created in.
    pub(crate) fn home(&self, path: &Path) -> Option<SmolStr> {
        match &path.schema {
            Some(schema) => self.schema(&schema.text),
            None => self.search_path.first().cloned().flatten(),
        }
    }

    pub(crate) fn set_search_path(&mut self, schemas: &[SmolStr]) {
        let is_real = |it: &&SmolStr| !matches!(it.as_str(), "" | "pg_catalog" | "$user");
        let path: Vec<_> = schemas.iter().filter(is_real).map(|it| self.schema(it)).collect();
        self.search_path = if path.is_empty() { vec![None] } else { path };
    }

    /// Adds a table that is not there yet.
    pub(crate) fn add_table(&mut self, table: TableDraft) -> usize {
        let at = self.tables.len();
        self.tables.push(table);
        self.enter_table(at);
        at
    }

    pub(crate) fn enter_table(&mut self, at: usize) {
        let (path, name) = self.keys(at);
        self.by_path.entry(path).or_default().push(at);
        self.by_name.entry(name).or_default().push(at);
    }

    /// Forgets a table's name; before it is renamed or dropped.
    pub(crate) fn leave_table(&mut self, at: usize) {
        let (path, name) = self.keys(at);
        if let Some(list) = self.by_path.get_mut(&path) {
            list.retain(|it| *it != at);
        }
        if let Some(list) = self.by_name.get_mut(&name) {
            list.retain(|it| *it != at);
        }
    }

    fn keys(&self, at: usize) -> ((SmolStr, SmolStr), SmolStr) {
        let table = &self.tables[at];
        let name = table.name.to_ascii_lowercase_smolstr();
        (((lower(&table.schema)), name.clone()), name)
    }

    /// The table of that schema and name: exactly, else in any case.
    pub(crate) fn table_in(&self, schema: &Option<SmolStr>, name: &SmolStr) -> Option<usize> {
        let list = self.by_path.get(&(lower(schema), name.to_ascii_lowercase_smolstr()))?;
        let exact = list.iter().find(|it| self.tables[**it].name == *name);
        exact.or(list.first()).copied()
    }

    /// The table of exactly that schema and name, as two that differ in case only may both exist.
    pub(crate) fn same_table(&self, schema: &Option<SmolStr>, name: &SmolStr) -> Option<usize> {
        let found = self.table_in(schema, name)?;
        let is_same = self.dialect == Dialect::Sqlite || self.tables[found].name == *name;
        is_same.then_some(found)
    }

    /// The table that a path means, as seen from a schema.
    pub(crate) fn find_table(&self, path: &Path, from: Option<&Option<SmolStr>>) -> Option<usize> {
        let name = &path.name.text;
        if let Some(schema) = &path.schema {
            return self.table_in(&self.schema(&schema.text), name);
        }
        if let Some(found) = from.and_then(|it| self.table_in(it, name)) {
            return Some(found);
        }
        let found = self.search_path.iter().find_map(|it| self.table_in(it, name));
        found.or_else(|| self.table_in(&None, name)).or_else(|| {
            // Whatever schema it is in, if there is but one of that name.
            match self.by_name.get(&name.to_ascii_lowercase_smolstr())?.as_slice() {
                [only] => Some(*only),
                _ => None,
            }
        })
    }

    /// The places of columns by their names; one that is not there is told and left out.
    pub(crate) fn columns(&mut self, table: usize, names: &[Name]) -> Option<Vec<u32>> {
        let mut places = Vec::with_capacity(names.len());
        let mut is_complete = true;
        for name in names {
            match self.tables[table].find(&name.text) {
                Some(place) => places.push(place),
                None => {
                    is_complete = false;
                    self.no_column(table, name);
                }
            }
        }
        is_complete.then_some(places)
    }

    pub(crate) fn no_column(&mut self, table: usize, name: &Name) {
        let message = format!("`{}` has no column `{}`", self.tables[table].name, name.text);
        self.report.warn("sql/unknown-column", name.span, message);
    }

    pub(crate) fn enter_enum(&mut self, at: usize) {
        let item = &self.enums[at];
        let key = (item.schema.clone().unwrap_or_default(), item.name.clone());
        self.enum_names.insert(key, at);
    }

    pub(crate) fn leave_enum(&mut self, at: usize) {
        let item = &self.enums[at];
        let key = (item.schema.clone().unwrap_or_default(), item.name.clone());
        self.enum_names.remove(&key);
    }

    /// The enum that a path means.
    pub(crate) fn find_enum(&self, path: &Path) -> Option<usize> {
        if self.enum_names.is_empty() || (!path.name.is_quoted && is_usual(&path.name.text)) {
            return None;
        }
        let schema = path.schema.as_ref().map(|it| self.schema(&it.text));
        self.enum_in(schema.as_ref(), &path.name.text)
    }

    pub(crate) fn enum_in(
        &self,
        schema: Option<&Option<SmolStr>>,
        name: &SmolStr,
    ) -> Option<usize> {
        let find = |schema: &Option<SmolStr>| {
            self.enum_names.get(&(schema.clone().unwrap_or_default(), name.clone())).copied()
        };
        match schema {
            Some(schema) => find(schema),
            None => self.search_path.iter().find_map(find).or_else(|| find(&None)),
        }
    }

    pub(crate) fn has_enums(&self) -> bool {
        !self.enum_names.is_empty()
    }

    /// The key of a sequence.
    pub(crate) fn sequence_key(&self, path: &Path) -> SmolStr {
        match self.home(path) {
            Some(schema) => SmolStr::new(format!("{schema}.{}", path.name.text)),
            None => path.name.text.clone(),
        }
    }
}

fn lower(schema: &Option<SmolStr>) -> SmolStr {
    schema.as_ref().map(|it| it.to_ascii_lowercase_smolstr()).unwrap_or_default()
}

/// Whether a type is one of the database's own that most columns have, so that it need not be looked
/// up among the enums.
pub(crate) fn is_usual(name: &str) -> bool {
    matches!(
        name,
        "integer"
            | "int"
            | "bigint"
            | "smallint"
            | "int4"
            | "int8"
            | "text"
            | "varchar"
            | "character"
            | "boolean"
            | "bool"
            | "timestamp"
            | "timestamptz"
            | "date"
            | "numeric"
            | "uuid"
            | "jsonb"
            | "json"
            | "bytea"
            | "real"
            | "double"
    )
}
