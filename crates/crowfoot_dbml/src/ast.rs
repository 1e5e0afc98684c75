//! What a DBML text says, close to how it is written. Names and strings are borrowed from the text
//! wherever they need no unescaping.

use std::borrow::Cow;

use crowfoot_text::Span;

/// A name as it is meant, and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Name<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) span: Span,
}

/// A name that a schema may stand before.
#[derive(Clone, Debug)]
pub(crate) struct Qualified<'a> {
    pub(crate) schema: Option<Name<'a>>,
    pub(crate) name: Name<'a>,
}

impl Qualified<'_> {
    pub(crate) fn span(&self) -> Span {
        self.schema.as_ref().map_or(self.name.span, |it| it.span.to(self.name.span))
    }
}

/// A whole text.
#[derive(Debug, Default)]
pub(crate) struct Ast<'a> {
    pub(crate) items: Vec<Item<'a>>,
}

/// An element of a text.
#[derive(Debug)]
pub(crate) enum Item<'a> {
    Project(Project<'a>),
    Table(Table<'a>),
    Partial(Table<'a>),
    Ref(RefItem<'a>),
    Enum(EnumItem<'a>),
    Group(GroupItem<'a>),
    Note(NoteItem<'a>),
    View(ViewItem<'a>),
    Records(RecordsItem<'a>),
    Use(UseItem<'a>),
    /// Kept as it is written.
    Verbatim(Span),
}

/// `use` or `reuse`: elements of another file.
#[derive(Debug)]
pub(crate) struct UseItem<'a> {
    /// Whoever uses this file gets them, too.
    pub(crate) is_reuse: bool,
    /// None for all.
    pub(crate) wanted: Option<Vec<Wanted<'a>>>,
    /// None where it is missing, which is reported.
    pub(crate) path: Option<Name<'a>>,
    pub(crate) span: Span,
}

/// An element of another file, by its kind and name.
#[derive(Debug)]
pub(crate) struct Wanted<'a> {
    pub(crate) kind: Name<'a>,
    pub(crate) name: Qualified<'a>,
    /// What it is called in this file.
    pub(crate) alias: Option<Name<'a>>,
}

#[derive(Debug)]
pub(crate) struct Project<'a> {
    pub(crate) name: Option<Name<'a>>,
    pub(crate) settings: Vec<Setting<'a>>,
    pub(crate) span: Span,
}

/// A table or a table partial.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    pub(crate) name: Qualified<'a>,
    pub(crate) alias: Option<Name<'a>>,
    pub(crate) settings: Vec<Setting<'a>>,
    pub(crate) body: Vec<TableItem<'a>>,
}

#[derive(Debug)]
pub(crate) enum TableItem<'a> {
    Column(Column<'a>),
    Inject(Name<'a>),
    Indexes(Vec<IndexItem<'a>>),
    Checks(Vec<CheckItem<'a>>),
    Records(RecordsItem<'a>),
    /// `Note: '…'`, a property or a block that we do not know.
    Property(Setting<'a>),
}

#[derive(Debug)]
pub(crate) struct Column<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) ty: TypeText<'a>,
    pub(crate) settings: Vec<Setting<'a>>,
}

/// The type of a column. Most stand in the text in one piece as they are meant; the few others
/// are kept in parts, so that a column stays small.
#[derive(Debug, Default)]
pub(crate) struct TypeText<'a> {
    whole: &'a str,
    /// Where in `whole` the name ends and the arguments and brackets begin.
    name_len: u32,
    parts: Option<Box<TypeParts<'a>>>,
}

/// A type in parts.
#[derive(Debug, Default)]
pub(crate) struct TypeParts<'a> {
    pub(crate) schema: Option<Cow<'a, str>>,
    pub(crate) name: Cow<'a, str>,
    /// Arguments and array brackets, without white space.
    pub(crate) suffix: Cow<'a, str>,
}

impl<'a> TypeText<'a> {
    /// A type that stands in the text as it is meant.
    pub(crate) fn whole(text: &'a str, name_len: u32) -> Self {
        Self { whole: text, name_len, parts: None }
    }

    pub(crate) fn parts(parts: TypeParts<'a>) -> Self {
        Self { whole: "", name_len: 0, parts: Some(Box::new(parts)) }
    }

    /// The whole type in one piece, where it stands so in the text.
    pub(crate) fn as_whole(&self) -> Option<&'a str> {
        self.parts.is_none().then_some(self.whole)
    }

    pub(crate) fn schema(&self) -> Option<&str> {
        self.parts.as_ref()?.schema.as_deref()
    }

    pub(crate) fn name(&self) -> &str {
        match &self.parts {
            Some(parts) => &parts.name,
            None => &self.whole[..self.name_len as usize],
        }
    }

    /// Arguments and array brackets.
    pub(crate) fn suffix(&self) -> &str {
        match &self.parts {
            Some(parts) => &parts.suffix,
            None => &self.whole[self.name_len as usize..],
        }
    }
}

#[derive(Debug)]
pub(crate) struct IndexItem<'a> {
    pub(crate) parts: Vec<IndexPart<'a>>,
    pub(crate) settings: Vec<Setting<'a>>,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) enum IndexPart<'a> {
    Column(Name<'a>),
    Expr(&'a str),
}

#[derive(Debug)]
pub(crate) struct CheckItem<'a> {
    pub(crate) expr: &'a str,
    pub(crate) settings: Vec<Setting<'a>>,
}

#[derive(Debug)]
pub(crate) struct RefItem<'a> {
    pub(crate) name: Option<Name<'a>>,
    pub(crate) left: Endpoint<'a>,
    pub(crate) operator: Operator,
    pub(crate) right: Endpoint<'a>,
    pub(crate) settings: Vec<Setting<'a>>,
    pub(crate) span: Span,
}

/// One side of a ref.
#[derive(Clone, Debug)]
pub(crate) struct Endpoint<'a> {
    pub(crate) table: Qualified<'a>,
    pub(crate) columns: Vec<Name<'a>>,
    pub(crate) span: Span,
}

/// The operator between the sides of a ref.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Operator {
    pub(crate) cardinality: crowfoot_schema::Cardinality,
    pub(crate) is_left_optional: bool,
    pub(crate) is_right_optional: bool,
}

#[derive(Debug)]
pub(crate) struct EnumItem<'a> {
    pub(crate) name: Qualified<'a>,
    pub(crate) settings: Vec<Setting<'a>>,
    pub(crate) values: Vec<EnumValue<'a>>,
}

#[derive(Debug)]
pub(crate) struct EnumValue<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) settings: Vec<Setting<'a>>,
}

#[derive(Debug)]
pub(crate) struct GroupItem<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) settings: Vec<Setting<'a>>,
    pub(crate) tables: Vec<Qualified<'a>>,
}

#[derive(Debug)]
pub(crate) struct NoteItem<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) settings: Vec<Setting<'a>>,
    pub(crate) text: Cow<'a, str>,
}

#[derive(Debug)]
pub(crate) struct ViewItem<'a> {
    pub(crate) name: Name<'a>,
    pub(crate) settings: Vec<Setting<'a>>,
    pub(crate) tables: Option<Listed<'a>>,
    pub(crate) notes: Option<Listed<'a>>,
    pub(crate) groups: Option<Listed<'a>>,
    pub(crate) schemas: Option<Listed<'a>>,
}

/// What a view shows of one kind.
#[derive(Debug)]
pub(crate) enum Listed<'a> {
    All,
    Names(Vec<Qualified<'a>>),
}

#[derive(Debug)]
pub(crate) struct RecordsItem<'a> {
    /// None inside a table.
    pub(crate) table: Option<Qualified<'a>>,
    /// None where the columns are not listed.
    pub(crate) columns: Option<Vec<Name<'a>>>,
    pub(crate) rows: Vec<Row>,
    pub(crate) span: Span,
}

/// A row of records.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) cells: Vec<crowfoot_schema::Cell>,
    pub(crate) span: Span,
}

/// One of a list in square brackets, or a line `key: value` of a body.
#[derive(Debug)]
pub(crate) struct Setting<'a> {
    pub(crate) key: &'a str,
    pub(crate) value: Value<'a>,
    pub(crate) key_span: Span,
    /// Key and value.
    pub(crate) span: Span,
    /// Where the value stands; empty without one.
    pub(crate) value_span: Span,
}

impl Setting<'_> {
    /// Whether the key is that word or those words, in either case of letters.
    pub(crate) fn is(&self, key: &str) -> bool {
        is_key(self.key, key)
    }
}

/// Compares words in either case of letters, whatever white space stands between them.
pub(crate) fn is_key(text: &str, key: &str) -> bool {
    if text.eq_ignore_ascii_case(key) {
        return true;
    }
    key.contains(' ') && {
        let mut words = text.split_ascii_whitespace();
        key.split(' ').all(|it| words.next().is_some_and(|word| word.eq_ignore_ascii_case(it)))
            && words.next().is_none()
    }
}

/// The value of a setting.
#[derive(Debug)]
pub(crate) enum Value<'a> {
    None,
    Text(Cow<'a, str>),
    Quoted(Cow<'a, str>),
    Expr(&'a str),
    Number(&'a str),
    Color(&'a str),
    /// Bare words, dots between them perhaps; the last of dotted ones by itself.
    Words {
        last: Cow<'a, str>,
        is_dotted: bool,
    },
    Ref(Box<InlineRef<'a>>),
    /// Anything else; only its place is known.
    Other,
}

/// A ref as it is written at a column.
#[derive(Debug)]
pub(crate) struct InlineRef<'a> {
    pub(crate) operator: Operator,
    pub(crate) target: Endpoint<'a>,
    pub(crate) settings: Vec<Setting<'a>>,
}
