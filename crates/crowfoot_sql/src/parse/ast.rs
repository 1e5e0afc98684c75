//! What statements say, before anything is looked up.

use crowfoot_schema::{DefaultValue, Deferrable, Extra, ReferentialAction};
use crowfoot_text::Span;
use smol_str::SmolStr;

/// A name, folded as the dialect folds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) text: SmolStr,
    pub(crate) span: Span,
    pub(crate) is_quoted: bool,
}

/// A name that may be qualified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Path {
    pub(crate) schema: Option<Name>,
    pub(crate) name: Name,
}

impl Path {
    pub(crate) fn span(&self) -> Span {
        self.schema.as_ref().map_or(self.name.span, |it| it.span.to(self.name.span))
    }
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(schema) = &self.schema {
            write!(f, "{}.", schema.text)?;
        }
        f.write_str(&self.name.text)
    }
}

#[derive(Debug)]
pub(crate) enum Statement {
    CreateTable(Box<CreateTable>),
    AlterTable(AlterTable),
    CreateIndex(Box<CreateIndex>),
    AlterIndex {
        index: Path,
        new_name: Name,
    },
    Drop(Drop),
    RenameTables(Vec<(Path, Path)>),
    Comment(Comment),
    CreateEnum {
        path: Path,
        values: Vec<(SmolStr, Span)>,
    },
    AlterEnum {
        path: Path,
        action: EnumAction,
    },
    /// A domain or a composite type.
    CreateType {
        path: Path,
        kind: UserTypeKind,
        /// What follows `AS`.
        definition: String,
    },
    /// A clause that a domain gets later.
    AlterDomain {
        path: Path,
        clause: String,
    },
    CreateSequence {
        path: Path,
        owner: Option<(Path, Name)>,
    },
    OwnSequence {
        path: Path,
        owner: (Path, Name),
    },
    /// `SET search_path`: the schemas that unqualified names are looked up in.
    SearchPath(Vec<SmolStr>),
    Use(SmolStr),
    /// A `DO` block: the span of its source.
    Do(Span),
    /// Understood, and nothing to import. The word for the kind is for messages.
    Skipped(&'static Skipped),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UserTypeKind {
    Domain,
    Composite,
}

/// A kind of statement that is known and left out.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Skipped {
    pub(crate) code: &'static str,
    /// As it stands in a message: `INSERT`.
    pub(crate) name: &'static str,
    /// Why it is left out.
    pub(crate) reason: &'static str,
}

#[derive(Debug, Default)]
pub(crate) struct CreateTable {
    pub(crate) path: Option<Path>,
    pub(crate) is_if_not_exists: bool,
    pub(crate) columns: Vec<ColumnDef>,
    pub(crate) constraints: Vec<Constraint>,
    /// Tables whose columns are copied in front of its own ones.
    pub(crate) parents: Vec<Parent>,
    pub(crate) comment: Option<String>,
    pub(crate) options: Vec<Extra>,
    /// `AS SELECT ...`: its columns are not known.
    pub(crate) as_query: Option<Span>,
}

/// A table that another takes columns from.
#[derive(Debug)]
pub(crate) struct Parent {
    pub(crate) path: Path,
    pub(crate) kind: ParentKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ParentKind {
    Like(Included),
    Inherits,
    PartitionOf { bounds: String },
}

/// What a table that is made like another one takes from it besides the names and types of its
/// columns and that they are not null.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Included {
    pub(crate) checks: bool,
    pub(crate) comments: bool,
    pub(crate) defaults: bool,
    pub(crate) generated: bool,
    pub(crate) identity: bool,
    /// The primary key and the indexes.
    pub(crate) keys: bool,
    pub(crate) storage: bool,
}

impl Included {
    pub(crate) const ALL: Self = Self {
        checks: true,
        comments: true,
        defaults: true,
        generated: true,
        identity: true,
        keys: true,
        storage: true,
    };
}

#[derive(Debug)]
pub(crate) struct ColumnDef {
    pub(crate) name: Name,
    pub(crate) ty: TypeName,
    pub(crate) not_null: bool,
    pub(crate) default: Option<DefaultClause>,
    pub(crate) identity: Option<Identity>,
    pub(crate) generated: Option<(String, bool)>,
    pub(crate) charset: Option<SmolStr>,
    pub(crate) collation: Option<SmolStr>,
    pub(crate) comment: Option<String>,
    pub(crate) options: Vec<Extra>,
    /// Constraints that were written at the column; their lists of columns hold just this one.
    pub(crate) constraints: Vec<Constraint>,
    /// MySQL's place for a new column.
    pub(crate) position: Option<Position>,
}

#[derive(Clone, Debug)]
pub(crate) enum DefaultClause {
    Value(DefaultValue),
    /// `nextval` of that sequence; the expression in case nobody owns it.
    NextVal {
        sequence: Path,
        expr: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Identity {
    Auto,
    Always,
    ByDefault,
}

#[derive(Clone, Debug)]
pub(crate) enum Position {
    First,
    After(Name),
}

/// The type of a column.
#[derive(Clone, Debug, Default)]
pub(crate) struct TypeName {
    /// Its canonical text, dimensions and schema with it.
    pub(crate) text: SmolStr,
    /// Its name when it might be one that the schema defines.
    pub(crate) path: Option<Path>,
    pub(crate) dimensions: u8,
    /// MySQL's `enum('a', 'b')`.
    pub(crate) values: Option<Vec<SmolStr>>,
}

#[derive(Debug)]
pub(crate) struct Constraint {
    pub(crate) name: Option<Name>,
    pub(crate) span: Span,
    pub(crate) kind: ConstraintKind,
}

#[derive(Debug)]
pub(crate) enum ConstraintKind {
    PrimaryKey(KeyDef),
    Unique(KeyDef),
    /// A plain index in a table's body.
    Index(KeyDef),
    Check {
        expr: String,
        options: Vec<Extra>,
    },
    ForeignKey(ForeignKey),
    NotNull(Name),
    Exclude(String),
    /// `PRIMARY KEY USING INDEX x` and `UNIQUE USING INDEX x`.
    UsingIndex {
        index: Name,
        is_primary: bool,
    },
}

/// The parts of a key or index.
#[derive(Debug, Default)]
pub(crate) struct KeyDef {
    pub(crate) parts: Vec<PartDef>,
    pub(crate) method: Option<SmolStr>,
    pub(crate) predicate: Option<String>,
    pub(crate) include: Vec<Name>,
    pub(crate) comment: Option<String>,
    pub(crate) options: Vec<Extra>,
}

#[derive(Debug)]
pub(crate) struct PartDef {
    pub(crate) target: PartTarget,
    pub(crate) modifiers: Option<SmolStr>,
}

#[derive(Debug)]
pub(crate) enum PartTarget {
    Column(Name),
    Expr(String),
}

#[derive(Debug)]
pub(crate) struct ForeignKey {
    pub(crate) columns: Vec<Name>,
    pub(crate) target: Path,
    /// Empty where the primary key of the target is meant.
    pub(crate) target_columns: Vec<Name>,
    pub(crate) on_delete: Option<ReferentialAction>,
    pub(crate) on_update: Option<ReferentialAction>,
    pub(crate) deferrable: Option<Deferrable>,
    /// The columns after `ON DELETE SET NULL` or `SET DEFAULT`; empty where all are meant.
    pub(crate) delete_columns: Vec<Name>,
    pub(crate) options: Vec<Extra>,
}

#[derive(Debug)]
pub(crate) struct CreateIndex {
    pub(crate) name: Option<Name>,
    pub(crate) table: Path,
    pub(crate) is_unique: bool,
    pub(crate) is_if_not_exists: bool,
    pub(crate) key: KeyDef,
    pub(crate) span: Span,
}

#[derive(Debug)]
pub(crate) struct AlterTable {
    pub(crate) path: Path,
    pub(crate) is_if_exists: bool,
    pub(crate) actions: Vec<AlterAction>,
}

#[derive(Debug)]
pub(crate) enum AlterAction {
    AddColumn {
        column: Box<ColumnDef>,
        is_if_not_exists: bool,
    },
    AddConstraint(Constraint),
    /// MODIFY and CHANGE: the whole column anew.
    ReplaceColumn {
        old: Name,
        column: Box<ColumnDef>,
    },
    DropColumn {
        name: Name,
        is_if_exists: bool,
    },
    DropConstraint {
        name: Name,
        is_if_exists: bool,
    },
    DropPrimaryKey,
    DropForeignKey {
        name: Name,
        is_if_exists: bool,
    },
    DropIndex {
        name: Name,
        is_if_exists: bool,
    },
    RenameColumn {
        old: Name,
        new: Name,
    },
    RenameConstraint {
        old: Name,
        new: Name,
    },
    RenameIndex {
        old: Name,
        new: Name,
    },
    RenameTo(Path),
    SetSchema(Name),
    SetType {
        column: Name,
        ty: TypeName,
    },
    SetNotNull {
        column: Name,
        not_null: bool,
    },
    SetDefault {
        column: Name,
        default: Option<DefaultClause>,
    },
    SetIdentity {
        column: Name,
        identity: Option<Identity>,
        options: Option<String>,
    },
    SetGenerated {
        column: Name,
    },
    AttachPartition {
        child: Path,
        bounds: String,
    },
    DetachPartition(Path),
    /// `VALIDATE CONSTRAINT`: the rows that were there were checked.
    Validate(Name),
    /// A column's storage or compression.
    SetOption {
        column: Name,
        option: Extra,
    },
    SetOptions {
        comment: Option<String>,
        options: Vec<Extra>,
    },
    /// Understood, and nothing to import.
    Skipped(&'static Skipped),
}

#[derive(Debug)]
pub(crate) struct Drop {
    pub(crate) kind: DropKind,
    pub(crate) paths: Vec<Path>,
    pub(crate) is_if_exists: bool,
    pub(crate) is_cascade: bool,
    /// MySQL's `DROP INDEX x ON t`.
    pub(crate) table: Option<Path>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DropKind {
    Table,
    Index,
    Type,
    Schema,
}

#[derive(Debug)]
pub(crate) struct Comment {
    pub(crate) on: CommentOn,
    pub(crate) text: Option<String>,
}

#[derive(Debug)]
pub(crate) enum CommentOn {
    Table(Path),
    Column { table: Path, column: Name },
    Type(Path),
    Index(Path),
    Constraint { table: Path, name: Name },
}

#[derive(Debug)]
pub(crate) enum EnumAction {
    AddValue { value: SmolStr, place: Option<EnumPlace>, is_if_not_exists: bool },
    RenameValue { old: SmolStr, new: SmolStr },
    RenameTo(Name),
    SetSchema(Name),
    Nothing,
}

#[derive(Debug)]
pub(crate) enum EnumPlace {
    Before(SmolStr),
    After(SmolStr),
}
