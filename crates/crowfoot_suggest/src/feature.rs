//! What is known about a column and a key that it may refer to, as named numbers.

macro_rules! features {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// One thing that speaks for or against a foreign key.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Feature {
            $($(#[doc = $doc])* $variant,)*
        }

        impl Feature {
            /// All of them, in the order of their values.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Its name in the table of weights.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }

        /// How many features there are.
        pub const N_FEATURES: usize = Feature::ALL.len();
    };
}

features! {
    /// What the column's name ends in: 0 nothing, 1 a word such as `id`, 2 one such as `code`.
    Ending = "ending",
    /// It begins with `fk` or `id`.
    LeadingId = "leading-id",
    /// 1 an index begins with it, 2 it has an index of its own.
    Indexed = "indexed",
    /// An index on it is named like one for a foreign key.
    IndexNamed = "index-named",
    /// How usual an index is on columns of that ending in this schema, if it has none; negative.
    IndexMissing = "index-missing",
    /// 1 part of the primary key, 2 all of it.
    Primary = "primary",
    /// It alone is unique.
    Unique = "unique",
    NotNull = "not-null",
    HasDefault = "has-default",
    /// What it holds: 0 unknown, 1 numbers, 2 text, 3 UUIDs, 4 others.
    Kind = "kind",
    /// It stands first in its table.
    First = "first",
    /// How many tables have a column of that name, as a power of 2.
    Common = "common",
    /// In which part of them it is the primary key.
    CommonKey = "common-key",
    /// How many words its stem has.
    StemWords = "stem-words",
    /// A column beside it says what kind of thing it belongs to.
    Polymorphic = "polymorphic",
    /// Its name speaks of a system outside.
    Outside = "outside",
    /// A number stands in its name.
    Numbered = "numbered",
    /// Its name says nothing by itself.
    Generic = "generic",
    /// Which part of its stem is the end of the target's name.
    NameCover = "name-cover",
    /// Which part of the target's name that is.
    TableCover = "table-cover",
    /// How many words of the target's name stand before it.
    WordsBefore = "words-before",
    /// Which part of the tables begins with those words.
    BeforeShared = "before-shared",
    /// Those words stand in the name of the column's own table, too.
    BeforeOwn = "before-own",
    /// Which part of its stem's beginning is the target's name.
    HeadCover = "head-cover",
    /// Which part of its name is the name of the target's key.
    KeyCover = "key-cover",
    /// How many tables have a key of that name.
    KeyTables = "key-tables",
    /// The key is named after its table.
    KeyOwner = "key-owner",
    /// How likely the target holds those who act, if the column names a role of theirs: 0 to 3.
    Actor = "actor",
    /// The column names a row above or before it in the same table.
    Tree = "tree",
    /// The target is the column's own table.
    SelfRef = "self-ref",
    /// 1 the stem shortens the target's name, 2 by the first letters of its words.
    Abbreviation = "abbreviation",
    /// Which part of its stem is letters of the target's name.
    LetterCover = "letter-cover",
    /// Which part of the target's name those letters are.
    LetterTable = "letter-table",
    /// It has the words of the target's name in another order.
    Shuffled = "shuffled",
    /// It has the words of the target's name with others between them.
    Gapped = "gapped",
    /// The column's own table keeps what others held: 1 by its name, 2 by its columns, too.
    OwnCopy = "own-copy",
    /// The column's own table has no key.
    OwnKeyless = "own-keyless",
    /// How much nearer it is by name than all others.
    Lead = "lead",
    /// A longer key that holds the column leads there, too: 1 it may, 2 it does.
    Covered = "covered",
    /// The column is the whole primary key and does not count up, while the target's key does.
    SharedKey = "shared-key",
    /// Which part of the key's columns are named like keys of one column elsewhere.
    Borrowed = "borrowed",
    /// 1 the target's name stands in that of the column's own table, 2 it begins it.
    PartOf = "part-of",
    /// How many columns the key has.
    KeySize = "key-size",
    /// Which part of the own primary key is in it.
    OwnPrimary = "own-primary",
    /// The column is named after its own table.
    OwnKey = "own-key",
    /// The endings of column and key: 2 the same, 1 both ids, 0 unclear, -1 they differ.
    KeyFit = "key-fit",
    /// 2 the target's primary key, 1 a unique one, 0 one that was guessed.
    Standing = "standing",
    /// 2 the same type to the letter, 1 the same family, 0 unknown.
    TypeFit = "type-fit",
    /// 1 same schema, -1 another one, 0 there are none.
    SameSchema = "same-schema",
    /// Both tables begin with the same word, and not all tables do.
    SameModule = "same-module",
    /// The target's name stands in the name of the column's own table.
    OwnNamesTarget = "own-names-target",
    /// Which part of the name of the column's own table is the target's, if it begins with it.
    OwnCover = "own-cover",
    /// No other candidate is so large a part of it.
    OwnNearest = "own-nearest",
    /// The name of the column's own table stands in the target's.
    TargetNamesOwn = "target-names-own",
    /// How many other tables are as near by name.
    Rivals = "rivals",
    /// It is a lookup word, such as `type` or `status`.
    Lookup = "lookup",
    /// For how many columns of the schema the target is the nearest one, as a power of 2.
    Popular = "popular",
    /// How many columns the target has, as a power of 2.
    TargetSize = "target-size",
    /// The target's key is itself named after another table.
    TargetShares = "target-shares",
    /// The column's note names the target.
    NoteNames = "note-names",
    /// The name of an index on the column names the target where the column does not.
    IndexNames = "index-names",
    /// Which part of the declared keys on columns of that name go to the target; -1 there are none.
    HabitColumn = "habit-column",
    /// How many declared keys on columns of that name go to the target, as a power of 2.
    HabitColumnCount = "habit-column-count",
    /// Of other columns of that name, which part is declared; -1 there are no keys in the schema.
    RateName = "rate-name",
    /// The same of those whose stem ends in the same word.
    RateRole = "rate-role",
    /// The same of those that seem to mean the same target.
    RateTarget = "rate-target",
    /// The same of those of the same table that look like keys.
    RateTable = "rate-table",
    /// The same of those of tables whose names begin alike.
    RateModule = "rate-module",
    /// The same of those that are as near to a table in the same way.
    RateWay = "rate-way",
    /// The same of those that have the same indexes and constraints, too.
    RateShape = "rate-shape",
    /// The same of all.
    RateAll = "rate-all",
    /// How many others of that name are not declared, as a power of 2.
    OpenName = "open-name",
    /// How many others of the same table are not that look like keys, as a power of 2.
    OpenTable = "open-table",
    /// How many declared keys the own table has, as a power of 2; -1 there are none in the schema.
    OwnDeclares = "own-declares",
    /// 1 a declared key holds all the columns and leads elsewhere, 2 from there on to the target.
    Held = "held",
    /// Which part of the columns stands in declared keys already.
    HabitTaken = "habit-taken",
    /// The same as `habit-column` for the last word of the stem.
    HabitRole = "habit-role",
    /// How many declared keys go to the target, as a power of 2; -1 there are none in the schema.
    HabitTarget = "habit-target",
    /// Which part of the declared keys has several columns; -1 there are none in the schema.
    HabitSeveral = "habit-several",
    /// How many declared keys of several columns go to the target, as a power of 2; -1 there are no
    /// keys in the schema.
    HabitTargetSeveral = "habit-target-several",
    /// How many keys the schema declares for each table.
    HabitDensity = "habit-density",
    /// How many columns are as near to a table in the same way, as a power of 2.
    Pattern = "pattern",
    /// It follows from a rule: 1 from one that holds as a rule, 2 from one of the plainest.
    Ruled = "ruled",
}

/// What more of it always speaks for a key, ...
const FOR: &[Feature] = {
    use Feature::*;
    &[
        LeadingId,
        IndexNamed,
        NameCover,
        TableCover,
        KeyCover,
        Actor,
        Tree,
        Lead,
        KeyFit,
        Standing,
        SameSchema,
        NoteNames,
        IndexNames,
        PartOf,
        Ruled,
        HabitColumn,
        HabitColumnCount,
        HabitRole,
        HabitTarget,
        HabitSeveral,
        HabitTargetSeveral,
        RateName,
        RateRole,
        RateTarget,
        RateTable,
        RateModule,
        RateWay,
        RateShape,
        RateAll,
    ]
};
/// ... and what against it.
const AGAINST: &[Feature] = {
    use Feature::*;
    &[Polymorphic, Outside, OwnCopy, Covered, Held, Rivals, OpenName, OpenTable]
};

impl Feature {
    /// Whether more of it always speaks for a key (1) or against it (-1), or now so and now so (0).
    pub fn direction(self) -> f32 {
        if FOR.contains(&self) {
            1.0
        } else if AGAINST.contains(&self) {
            -1.0
        } else {
            0.0
        }
    }
}

/// The value of [`Feature::Standing`] for a primary key, ...
pub(crate) const PRIMARY: f32 = 2.0;
/// ... and for a unique one.
pub(crate) const UNIQUE: f32 = 1.0;

/// The value of each feature.
pub type Features = [f32; N_FEATURES];
